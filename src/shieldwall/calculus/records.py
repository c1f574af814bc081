"""What the calculus finds, as the report, the exports and the verb read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shieldwall.calculus.tree import Tree
from shieldwall.case.game_records import Game


@dataclass(frozen=True)
class Odds:
    """A probability over draws: mean, and 5th to 95th percentile."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class World:
    """How the game goes in one world."""

    key: str
    name: str
    measures: Mapping[str, Odds]
    """Consequence -> chance that it comes about, rationality drawn from its band."""
    worth: Mapping[str, Odds]
    """Actor -> what the game is worth to it, on the game's scale."""
    moves: Mapping[tuple[str, str], Odds]
    """(node, move) -> chance that it is taken where the node is reached."""
    reached: Mapping[str, float]
    """Node -> chance that it is reached."""
    ends: tuple[Odds, ...]
    """Chance of each end of the tree."""


@dataclass(frozen=True)
class Difference:
    """One world less another, on the same draws."""

    key: str
    name: str
    measures: Mapping[str, Odds]
    """Consequence -> change of its chance."""
    worth: Mapping[str, Odds]
    """Actor -> what it gains."""


@dataclass(frozen=True)
class ByRationality:
    """The chance of each consequence at one rationality; ``None``: every best move is taken."""

    rationality: float | None
    measures: Mapping[str, Odds]


@dataclass(frozen=True)
class Turning:
    """A parameter on which the likeliest course turns, all others at their likely values."""

    kind: str
    """``payoff``, ``fact`` or ``rationality``"""
    name: str
    low: float
    high: float
    strike_low: float
    """Chance of a strike with it at its low, and at its high."""
    strike_high: float
    threshold: float | None
    """Where the chance of a strike passes one half; ``None``: not inside its band."""


@dataclass(frozen=True)
class Share:
    """How much of the variance of the chance of a strike one group of unknowns makes."""

    group: str
    kind: str
    """``payoffs``, ``facts`` or ``rationality``"""
    first: float
    total: float


@dataclass(frozen=True)
class Answered:
    """The dated record against action and reaction."""

    acts: int
    """Dated acts of the adversary."""
    answers: int
    """Of these, followed by an act of the supplier within the days."""
    before: int
    """Preceded by one within as many days."""
    days: float
    chance: float
    """Share of rearrangements of the supplier's dates with at least as many answers."""
    undated: int


@dataclass(frozen=True)
class Calculus:
    """What it changes; ``None`` in an assessment without a game."""

    game: Game
    tree: Tree
    worlds: tuple[World, ...]
    """As it is first."""
    differences: tuple[Difference, ...]
    rationality: tuple[ByRationality, ...]
    turnings: tuple[Turning, ...]
    shares: tuple[Share, ...]
    payoffs_outweigh: bool
    """Whether payoffs make more of the variance than what the evidence could tell."""
    answered: Answered | None
    facts: Mapping[str, Odds]
    """Fact -> its value as it is."""
    draws: int
