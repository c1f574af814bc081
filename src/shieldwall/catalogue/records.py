"""Systems, radars, threats and their figures as frozen records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shieldwall.units import si_unit, to_si

Evidence = Literal["V", "V2", "C", "R1", "R2", "U"]
Role = Literal["surveillance", "acquisition", "guidance", "illuminator"]
Layer = Literal["long", "medium", "short", "point"]
SystemKind = Literal["missile", "gun", "gun-missile", "manpads"]
Category = Literal[
    "one-way drone", "drone", "cruise missile", "ballistic missile", "helicopter", "aircraft",
    "transport",
]  # fmt: skip


def short_name(name: str) -> str:
    """``S-300VM``, without the designations that follow a bracket or a slash."""
    return name.split(" (", maxsplit=1)[0].split(" / ", maxsplit=1)[0]


@dataclass(frozen=True)
class Published:
    """One of several values in print for the same figure, with who printed it."""

    value: float
    """In the unit of its figure."""
    sources: tuple[str, ...]
    evidence: Evidence
    note: str
    rejected: bool
    """True: shown, and set aside for the reason in ``note``."""


@dataclass(frozen=True)
class Attribute:
    """Something published in words, such as how a system moves: never a number to compute with."""

    name: str
    text: str
    evidence: Evidence
    sources: tuple[str, ...]
    remark: str


@dataclass(frozen=True)
class Figure:
    """One published figure with its band.

    ``low``, ``likely``, ``high`` are complete: a missing bound was filled by ``convention``, a
    declared default band, and ``filled`` names the bounds it filled. An unsourced figure (evidence
    U throughout) has no values at all: ``known`` is False and it must be met by a named assumption.
    """

    id: str
    """``s300vm.range_max_9m82m``: unique over the catalogue."""
    name: str
    unit: str
    low: float | None
    likely: float | None
    high: float | None
    evidence: tuple[Evidence, Evidence, Evidence]
    sources: tuple[str, ...]
    remark: str
    conflict: bool
    convention: str
    filled: tuple[str, ...]
    """Those of ``low``, ``likely``, ``high`` that the convention filled; their evidence is U (for
    the midpoint of two published bounds: C)."""
    where: str
    kind: str = ""
    """What is measured (``range``, ``rcs``, ...): decides heading, units and default band."""
    stated: tuple[float | None, float | None, float | None] = (None, None, None)
    """(low, likely, high) as published, before any convention."""
    published: tuple[Published, ...] = ()
    """Where sources disagree: their values side by side."""
    assumption: str = ""
    """For an unsourced figure: the named assumption that must stand in for it."""

    @property
    def known(self) -> bool:
        """False for an unsourced figure, which has no value and never gets one here."""
        return self.low is not None

    @property
    def unverified(self) -> bool:
        """True where any bound rests on a source that was not opened (R1, R2)."""
        return any(code in ("R1", "R2") for code in self.evidence)

    @property
    def si(self) -> tuple[float, float, float]:
        """(low, likely, high) in SI. Raises ``ValueError`` for an unsourced figure."""
        if self.low is None or self.likely is None or self.high is None:
            raise ValueError(f"{self.id} is unsourced: it has no value")
        return (
            to_si(self.low, self.unit),
            to_si(self.likely, self.unit),
            to_si(self.high, self.unit),
        )

    @property
    def si_unit(self) -> str:
        """The unit of ``si``."""
        return si_unit(self.unit)


@dataclass(frozen=True)
class Interceptor:
    """A missile or gun: its slant ranges and altitudes."""

    id: str
    name: str
    kind: Literal["missile", "gun"]
    range_max: Figure
    range_min: Figure | None
    altitude_max: Figure | None
    altitude_min: Figure | None
    speed: Figure | None
    range_ballistic: Figure | None = None
    """Longest range against ballistic targets, always shorter: never taken for ``range_max``."""
    altitude_ballistic: Figure | None = None


@dataclass(frozen=True)
class KillFigure:
    """Which figure states the chance that one shot kills a class of target."""

    against: tuple[Category, ...]
    figure: Figure
    """A claim (kind ``sskp``) or a count (``observed``), in shares. May be unsourced: then
    ``known`` is False and its named assumption stands in."""
    interceptor: str | None
    """Id of the interceptor it was published for; ``None``: any of the system's."""


@dataclass(frozen=True)
class Fire:
    """What a unit of the system can fire at once, how soon and how often, and what it costs.

    ``None`` where nothing is published: an assumption must stand in. Whatever is there has a
    value, kills apart.
    """

    channels: Figure | None
    """Targets engaged at the same time."""
    channels_per: Literal["launcher", "battery"]
    """What ``channels`` was published for."""
    ready: Figure | None
    """Rounds ready on one launcher (missiles)."""
    gun_rounds: Figure | None
    """Gun rounds carried by one vehicle or mount."""
    gun_rate: Figure | None
    """Rounds per minute, all barrels of one vehicle or mount."""
    reaction: Figure | None
    """From detection to launch."""
    reload: Figure | None
    """Of one launcher, from empty."""
    kills: tuple[KillFigure, ...]
    interceptor_cost: Figure | None
    """Of one missile, in M USD."""
    unit_cost: Figure | None
    """Of one launcher or vehicle, in M USD."""


@dataclass(frozen=True)
class Radar:
    """A radar: how far it is instrumented, and what it sees of a reference target if published."""

    id: str
    name: str
    role: Role
    instrumented: Figure | None
    reference_range: Figure | None
    reference_rcs_m2: float | None
    """The cross-section ``reference_range`` was published for."""
    antenna_height: Figure | None
    altitude_max: Figure | None
    remark: str
    sidc: str = ""
    designations: tuple[str, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    """Of a radar that stands on its own: every figure of its sheet by short id."""
    attributes: tuple[Attribute, ...] = ()
    notes: str = ""

    @property
    def short_name(self) -> str:
        """What to call it in a sentence (``short_name``)."""
        return short_name(self.name)


@dataclass(frozen=True)
class System:
    """An air-defence system: interceptors, its own radars, and everything published about it."""

    id: str
    name: str
    designations: tuple[str, ...]
    """Other names, NATO reporting name included."""
    role: str
    layer: Layer
    kind: SystemKind
    optical: bool
    """True: finds and follows its target by eye or infrared; needs no radar."""
    interceptors: tuple[Interceptor, ...]
    radars: tuple[Radar, ...]
    launchers_per_battery: Figure | None
    figures: Mapping[str, Figure]
    """Every figure of the sheet by short id, those above included."""
    notes: str
    sidc: str
    """APP-6 / 2525 symbol code, unknown frame."""
    attributes: tuple[Attribute, ...] = ()
    fire: Fire | None = None
    """Which of the figures a simulated raid reads."""

    @property
    def short_name(self) -> str:
        """What to call it in a sentence (``short_name``)."""
        return short_name(self.name)


@dataclass(frozen=True)
class Threat:
    """A class of threat or a monitored aircraft."""

    id: str
    name: str
    category: Category
    speed: Figure | None
    altitude: Figure | None
    rcs: Figure | None
    range: Figure | None
    figures: Mapping[str, Figure]
    notes: str
    designations: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    cost: Figure | None = None
    """Of one, in M USD."""

    @property
    def short_name(self) -> str:
        """What to call it in a sentence (``short_name``)."""
        return short_name(self.name)


@dataclass(frozen=True)
class SourceEntry:
    """A row of the source register."""

    id: str
    title: str
    address: str
    status: str


@dataclass(frozen=True)
class Convention:
    """A declared default band: factors on the one published value, and why."""

    id: str
    name: str
    low: float | None
    high: float | None
    reason: str


@dataclass(frozen=True)
class Kind:
    """A kind of figure: its heading on the sheet, its units, and its default band if it has one."""

    id: str
    heading: str
    units: tuple[str, ...]
    convention: str
    midpoint: Literal["arithmetic", "geometric"]


@dataclass(frozen=True)
class NamedAssumption:
    """What must be assumed where nothing is published; a value only where one is declared."""

    id: str
    statement: str
    unit: str
    low: float | None
    high: float | None
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Catalogue:
    """All tables, loaded and checked."""

    systems: Mapping[str, System]
    radars: Mapping[str, Radar]
    """Surveillance radars that stand on their own."""
    threats: Mapping[str, Threat]
    sources: Mapping[str, SourceEntry]
    conventions: Mapping[str, Convention] = field(default_factory=dict)
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    assumptions: Mapping[str, NamedAssumption] = field(default_factory=dict)

    def figure(self, id: str) -> Figure:
        """The figure of a full id such as ``s300vm.range_max_9m82m``; ``KeyError`` if unknown."""
        owner, short = id.split(".", 1)
        for table in (self.systems, self.radars, self.threats):
            if owner in table:
                return table[owner].figures[short]
        raise KeyError(id)

    def short_name(self, id: str) -> str:
        """What to call a system, radar or threat in a sentence; an unknown id stays itself."""
        tables: tuple[Mapping[str, System | Radar | Threat], ...] = (
            self.systems, self.radars, self.threats,
        )  # fmt: skip
        return next((table[id].short_name for table in tables if id in table), id)
