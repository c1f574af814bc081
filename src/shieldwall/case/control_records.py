"""What a case says of who operates its systems: records of control.toml and its kin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shieldwall.case.records import Band, Family, Moment

Variable = Literal["operators", "mission", "connection"]
ForetoldEvent = Literal["connected", "supplier operates", "seen in action"]
Need = Literal["crews", "upkeep"]
Group = Literal["mission", "command", "observable"]

STATES: dict[Variable, tuple[str, ...]] = {
    "operators": (
        "not_operational", "supplier_instructors", "supplier_contractors", "joint", "supervised",
        "independent",
    ),
    "mission": ("none", "training", "operating", "leaving"),
    "connection": ("unplugged", "connected"),
}  # fmt: skip
"""What an indicator can tell of, and the states it may be in: who operates a system, what the
supplier's mission in the country does, whether a system is joined to radars, links and command."""


@dataclass(frozen=True)
class Transfer:
    """A system that a supplier has handed, or is handing, to a host."""

    system: str
    host: str
    supplier: str
    """The same as the host: its own make, so that nobody else could operate it."""
    delivered: Moment | None
    """When the first came; ``None``: unknown."""
    source: str
    note: str
    where: str
    published: Moment | None = None
    """When the delivery was first published; ``None``: unknown."""

    @property
    def domestic(self) -> bool:
        """Whether the host is its own supplier."""
        return self.host.casefold() == self.supplier.casefold()


@dataclass(frozen=True)
class Look:
    """How an indicator can be looked for: a published thing, its cost and what it would show."""

    how: str
    family: Family
    effort_days: float
    """An analyst's days of work."""
    wait_days: float
    """Days until it can be had."""
    hit: float
    """Chance of finding it, where it is so."""
    false_alarm: float
    """Chance of seeming to find it, where it is not."""


@dataclass(frozen=True)
class Indicator:
    """A sign that is likelier in some states than in others, with the reason."""

    id: str
    name: str
    group: Group
    """Which of the three key indicators it belongs to."""
    of: Variable
    need: Need | None
    """The need of independence that it is itself; ``None``: a sign only."""
    persistence_weeks: float
    """Readings within so many weeks of the first are readings of one thing."""
    likelihood: dict[str, Band]
    """State -> chance of its being so in a stretch of ``persistence_weeks``."""
    reason: str
    look: Look | None
    where: str


@dataclass(frozen=True)
class Observation:
    """Claims that say an indicator was so, or was not."""

    id: str
    indicator: str
    system: str | None
    """``None``: of every system of the case, or of the mission."""
    claims: tuple[str, ...]
    says: Literal["yes", "no"]
    note: str
    where: str


@dataclass(frozen=True)
class Foretold:
    """An event to forecast, named before it is known."""

    id: str
    text: str
    event: ForetoldEvent
    system: str | None
    """``None``: any system of the case."""
    on: date
    seen: Band | None
    """For ``seen in action``: chance that it is seen, if there, working and attacked."""
    document: float | None
    """What the source document's own reading comes to, as a probability."""
    reason: str
    where: str
    registered: date | None = None
    """When it was written down; ``None``: no day is vouched for, so that no earlier day asks it."""


@dataclass(frozen=True)
class Outcome:
    """How a foretold event came out: for scoring only, never evidence."""

    foretold: str
    happened: bool
    claims: tuple[str, ...]
    reason: str
    where: str
