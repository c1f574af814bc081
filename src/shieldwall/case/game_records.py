"""What a case says of a crisis as a game: actors, moves, chance, payoffs; records of game.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Band

Role = Literal["host", "adversary", "supplier"]
Measure = Literal["strike", "involvement", "concession", "withdrawal", "other"]

Need = Literal["systems", "crews"]
"""What a move or a consequence may presuppose: the systems; the supplier's people to man them."""
NetworkState = Literal["joined", "apart"]
CrewState = Literal["supplier", "host"]

CHANCE = "chance"
"""The actor of a chance node: nature moves, with the probability of a fact."""


@dataclass(frozen=True)
class Actor:
    """A government that chooses."""

    id: str
    name: str
    role: Role
    where: str


@dataclass(frozen=True)
class Fact:
    """A number that the other rooms give, or a band with a reason; it feeds chance and payoffs.

    ``of`` is one of

        raid.RAID.stopped              share of a raid's threats that do not come through, 0 to 1
        raid.RAID.none_through         chance that none comes through
        control.SYSTEM.at_consoles     chance that the supplier's people are at its consoles
        control.SYSTEM.connected       chance that it is joined to radars, links and command
        control.mission.operating      chance that the supplier's mission operates the systems

    or ``None``, with ``band``: what the analyst assumes. A fact of a raid is that of the raid as
    drawn, until a move on the way has set the state of connection or of the crews.
    """

    id: str
    name: str
    of: str | None
    band: Band | None
    reason: str
    where: str


@dataclass(frozen=True)
class Consequence:
    """Something that a path of the game brings about, and that actors value."""

    id: str
    name: str
    measure: Measure
    where: str
    needs: tuple[Need, ...] = ()
    """It does not come about in a world that lacks any of these."""


@dataclass(frozen=True)
class Payoff:
    """What a consequence is worth to an actor, on the game's stated scale."""

    actor: str
    consequence: str
    worth: Band
    times: str | None
    """A fact that scales it, such as the share of a raid that is stopped; ``None``: none."""
    reason: str
    where: str


@dataclass(frozen=True)
class Move:
    """One choice at a node, or one outcome of chance."""

    id: str
    name: str
    brings: tuple[str, ...]
    """Consequences."""
    leads: str | None
    """The next node; ``None``: the game ends."""
    chance: str | None
    """At a chance node: the fact that is its probability; exactly one move has none and takes
    the rest."""
    needs: tuple[Need, ...] = ()
    """It cannot be taken in a world that lacks any of these."""
    network: NetworkState | None = None
    """From here on raids are fought with every system joined, or with none."""
    crews: CrewState | None = None
    """From here on raids are fought by the supplier's crews, or by the host's alone."""


@dataclass(frozen=True)
class Node:
    """A point at which somebody chooses, knowing all that came before."""

    id: str
    actor: str
    """An actor, or ``chance``."""
    question: str
    moves: tuple[Move, ...]
    where: str


@dataclass(frozen=True)
class Game:
    """A crisis in extensive form; the first node is where it begins. Several moves may lead to one
    node: it is then played once for each way to it."""

    scale: str
    """What a payoff of 1 means, in words."""
    note: str
    actors: tuple[Actor, ...]
    facts: tuple[Fact, ...]
    consequences: tuple[Consequence, ...]
    payoffs: tuple[Payoff, ...]
    nodes: tuple[Node, ...]
    where: str
    worst: float = -10.0
    """The ends of the scale, between which every payoff lies."""
    best: float = 10.0
