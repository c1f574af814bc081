"""What the calculus finds, as the report, the exports and the verb read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

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
    """Actor -> what the game is worth to it as it sees it beforehand, on the game's scale."""
    moves: Mapping[tuple[str, str], Odds | None]
    """(node, move) -> chance that it is taken, given that the node is reached, by whatever way:
    times the chance of the node it is that of the branch. The band is over the draws, each weighed
    by how often the node is reached in it. ``None``: the node is never reached."""
    reached: Mapping[str, float]
    """Node -> chance that it is reached."""
    ends: tuple[Odds, ...]
    """Chance of each end of the tree."""
    places: tuple[float, ...] = ()
    """Mean chance of each place of the tree: a node, by one way to it."""


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
    """A parameter moved over its band, all others at their middles, and what becomes of a chance:
    that of any strike, or of the consequence that it is told of."""

    kind: str
    """``payoff``, ``fact``, ``rationality`` or ``knowledge``"""
    name: str
    low: float
    high: float
    strike_low: float
    """The chance with it at its low, and at its high."""
    strike_high: float
    threshold: float | None
    """The first value at which the chance passes one half; ``None``: not inside its band."""
    thresholds: tuple[float, ...] = ()
    """Every such value: a chance may rise and fall again."""
    least: float = 0.0
    """Least and most of the chance over the whole band; their difference ranks turnings."""
    most: float = 0.0


@dataclass(frozen=True)
class Share:
    """How much of the variance of a chance one group of unknowns makes."""

    group: str
    kind: str
    """``payoffs``, ``facts``, ``rationality`` or ``knowledge``"""
    first: float
    total: float


@dataclass(frozen=True)
class Hangs:
    """On what one chance hangs."""

    shares: tuple[Share, ...]
    turnings: tuple[Turning, ...]
    """What moves it most stands first."""
    assumed_total: float
    """Share of its variance, with all it acts through, of everything assumed as one group: payoffs,
    assumed facts, rationality, what governments know."""
    evidence_total: float
    """The same of every fact that comes from other rooms, as one group."""

    @property
    def payoffs_outweigh(self) -> bool:
        """Whether what is assumed makes more of the variance than what evidence could tell."""
        return self.assumed_total > self.evidence_total


@dataclass(frozen=True)
class Answered:
    """The dated record against action and reaction: acts toward the host, up to the as-of date."""

    acts: int
    """Dated acts of the adversary."""
    replies: int
    """Dated acts of the supplier."""
    answers: int
    """Of the adversary's, followed by one of the supplier's within the days."""
    before: int
    """Preceded by one within as many days."""
    days: float
    chance: float | None
    """Share of rearrangements of the supplier's dates with at least as many answers; ``None``:
    either has no dated act, so that there is nothing to compare."""
    undated: int
    """Acts of both with no date, or with one too wide."""
    begins: date | None
    """The first of these acts, where the period begins; ``None``: there is none."""
    ends: date
    """The as-of date, where it ends."""


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
    """Whether payoffs, and what else is assumed, make more of the variance than what the evidence
    could tell. This, ``shares`` and ``turnings`` are of the chance of any strike."""
    answered: Answered | None
    facts: Mapping[str, Odds]
    """Fact -> its value as it is; of a raid, fought as drawn."""
    draws: int
    assumed_total: float = 0.0
    """As ``Hangs`` has both, of any strike."""
    evidence_total: float = 0.0
    hangs: Mapping[str, Hangs] = field(default_factory=dict)
    """Consequence measured as a strike or as involvement -> on what its own chance hangs."""
    by_state: Mapping[str, Mapping[str, Odds]] = field(default_factory=dict)
    """Fact of a raid -> ``NETWORK.CREWS`` (``raid.records.fate_key``) -> its value there, as it is:
    every state in which some way reads it."""
