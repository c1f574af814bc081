"""What a case says of raids and of the network's functions: records of raids.toml, network.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Band

FunctionKind = Literal["sensor", "command", "link", "power"]
Firing = Literal["shoot-look-shoot", "salvo"]
Training = Literal["untrained", "basic", "drilled"]
Arrivals = Literal["even", "random"]


@dataclass(frozen=True)
class Function:
    """One node of the network's graph: a class of sensors, a command post, a link, power.

    Never a named site. It works if it is itself well and, of each group in ``needs``, any one
    works. A system that a sensor, command or link function serves is joined to the network while
    that function works; one that a power function serves cannot fire without it.
    """

    id: str
    name: str
    kind: FunctionKind
    needs: tuple[tuple[str, ...], ...]
    """Ids of functions: all groups are needed, any one of a group will do."""
    serves: tuple[str, ...]
    """Catalogue ids of the systems that depend on it directly."""
    made_of: tuple[str, ...]
    """For sensors: catalogue ids of the radars and systems whose units it consists of."""
    works: Band | None
    """Chance that it is well when the raid comes; ``None``: the named assumption."""
    delay_s: Band | None
    """What it adds between a detection and an order; ``None``: the named assumption of its kind."""
    capacity: Band | None
    """For command posts: how many tracks are decided on at once; ``None``: the named assumption."""
    reason: str
    where: str


@dataclass(frozen=True)
class Doctrine:
    """How units of a system fire."""

    system: str
    firing: Firing
    salvo: int
    """Rounds in one salvo; 1 for one at a time."""
    looks: int | None
    """Most engagements of one target by one unit; ``None``: as many as time allows."""
    reason: str
    where: str


@dataclass(frozen=True)
class Crew:
    """How well the people of a system that no transfer tells of are trained."""

    system: str
    training: Training
    reason: str
    where: str


@dataclass(frozen=True)
class RaidGroup:
    """So many of one threat, coming one after another."""

    threat: str
    """The id of one of the case's threats."""
    number: int
    decoys: int
    """Others among them that look the same and carry nothing."""
    spacing_s: float
    arrivals: Arrivals
    """Evenly spaced, or at random with that mean."""
    after_s: float
    """When the first of the group comes."""
    altitude_m: Band | None
    """Above ground; ``None``: the catalogue's figure, or the named assumption of its class."""


@dataclass(frozen=True)
class Outage:
    """A function that is unavailable for a time, and recovers: never a named site."""

    function: str
    from_s: float
    for_s: float


@dataclass(frozen=True)
class Raid:
    """A published class of attack on a defended area, by straight generic tracks."""

    id: str
    name: str
    area: str
    """The id of a defended area."""
    axis: str | None
    """An origin that the case cites, from whose direction it comes; ``None``: all round."""
    groups: tuple[RaidGroup, ...]
    outages: tuple[Outage, ...]
    reason: str
    """Why this raid: what in the documents it stands for."""
    where: str
