"""A case as frozen records: what ``load_case`` returns and every later room reads.

Unknown stays ``None``: no default dates, no default places. ``where`` is ``file:line`` in the case
folder, so that every number can be followed back to the line that a person reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # what a case asks and plays is made of this file's bands
    from shieldwall.case.control_records import (
        Foretold,
        Indicator,
        Observation,
        Outcome,
        Transfer,
    )
    from shieldwall.case.game_records import Game
    from shieldwall.case.question_records import Question
    from shieldwall.case.raid_records import Crew, Doctrine, Function, Raid

Family = Literal["statement", "flight", "imagery", "sighting", "press"]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
Modality = Literal[
    "asserted", "reported", "not confirmed", "denied", "declined to comment", "speculated",
    "not seen",
]  # fmt: skip
About = Literal[
    "presence", "count", "holding", "serviceability", "connection", "control", "delivery",
    "movement", "personnel", "distance", "capability", "conduct", "intent", "identity",
]  # fmt: skip
Favours = Literal["strength", "weakness"]
ReadBy = Literal["analyst", "machine"]
Bound = Literal["exact", "at least", "more than", "about", "at most"]
Layer = Literal["long", "medium", "short", "point"]
Precision = Literal["year", "month", "day", "minute", "second"]


@dataclass(frozen=True)
class Band:
    """Low, likely and high of one figure; ``likely`` may be unknown."""

    low: float
    likely: float | None
    high: float

    @property
    def middle(self) -> float:
        """The likely value; halfway between the ends where it is unknown."""
        return (self.low + self.high) / 2 if self.likely is None else self.likely


@dataclass(frozen=True)
class Moment:
    """A time with the precision at which it was published; aware times are kept in UTC."""

    text: str
    start: datetime
    precision: Precision

    @property
    def end(self) -> datetime:
        """The first instant after the moment's own precision: 2019-03 ends on 1 April."""
        s = self.start
        if self.precision == "year":
            return datetime(s.year + 1, 1, 1, tzinfo=UTC)
        if self.precision == "month":
            return datetime(s.year + s.month // 12, s.month % 12 + 1, 1, tzinfo=UTC)
        step = {"day": 86_400, "minute": 60, "second": 1}[self.precision]
        return s + timedelta(seconds=step)


@dataclass(frozen=True)
class Furniture:
    """What stands on the page of a document and is none of what it says: a comment, a trackback."""

    what: str
    dated: Moment | None
    """The date it carries, which is not the document's; ``None``: none."""


@dataclass(frozen=True)
class Source:
    """Who says things: the family of what they publish, a reliability grade, their interests."""

    id: str
    name: str
    family: Family
    reliability: Reliability
    interest: str | None
    """What the source gains by being believed, in words; ``None``: no interest known."""
    note: str
    where: str
    favours: Favours | None = None
    """What its interest wants believed: that there is more, and it works, or less."""
    side: str | None = None
    """The party it speaks for, such as a country; ``None``: nobody's voice."""
    furniture: tuple[Furniture, ...] = ()
    """Found around its text and set aside: told of, never read as evidence."""


@dataclass(frozen=True)
class Count:
    """How many, as published: with its unit and the bound word it was given."""

    low: float | None
    likely: float | None
    high: float | None
    unit: str
    bound: Bound


@dataclass(frozen=True)
class Claim:
    """Who said what about which system, where, how many, when.

    ``relays`` names the claim this one repeats; a claim without it is its own origin.
    ``system`` is a catalogue id (system, radar, threat or transport); ``place`` a place id.
    """

    id: str
    source: str
    about: About
    statement: str
    modality: Modality
    credibility: int
    relays: str | None
    system: str | None
    component: str | None
    place: str | None
    origin: str | None
    """For claims about a distance: the ``Origin`` the claimant measured from."""
    count: Count | None
    event: Moment | None
    acquisition: Moment | None
    publication: Moment | None
    ingestion: Moment | None
    address: str | None
    language: str | None
    where: str
    said_by: str | None = None
    """Whom the text credits, as it names them; ``None``: nobody."""
    material: str | None = None
    """The image, video or track it rests on, by one name for all claims that share it."""
    subject: str | None = None
    """Whom or what an identity claim is about, such as a person or a registration."""
    value: str | None = None
    """What it says of the subject, such as a post held; texts that differ contradict."""
    detection: Band | None = None
    """For looks that saw nothing: the probability of seeing it, had it been there."""
    document: str | None = None
    """SHA-256 of the stored document it was read in."""
    span: tuple[int, int] | None = None
    """First and last-plus-one character of the passage in that document's text."""
    read_by: ReadBy = "analyst"


@dataclass(frozen=True)
class Place:
    """A named place, at the precision at which it was published.

    A point has ``lat``, ``lon`` and ``precision_m``; an area has ``polygon`` (closed rings not
    needed, (lon, lat) in degrees); a place known by name only has neither.
    """

    id: str
    name: str
    lat: float | None
    lon: float | None
    precision_m: float | None
    polygon: tuple[tuple[float, float], ...] | None
    height_m: Band | None
    """Height of the structure an emplacement stands on (roofs), above ground."""
    source: str
    note: str
    where: str

    @property
    def kind(self) -> Literal["point", "area", "unlocated"]:
        """What is known of where it is."""
        if self.polygon is not None:
            return "area"
        return "unlocated" if self.lat is None else "point"


@dataclass(frozen=True)
class DefendedArea:
    """An area whose cover the report states; ``polygon`` as (lon, lat) in degrees."""

    id: str
    name: str
    polygon: tuple[tuple[float, float], ...]
    reason: str
    where: str


@dataclass(frozen=True)
class Holding:
    """How many of a system the country holds, as published; draws of all sites respect it."""

    system: str
    unit: str
    band: Band
    evidence: str
    source: str
    note: str
    where: str


@dataclass(frozen=True)
class Deployment:
    """A system with no claimed site that is spread over an area as a density (MANPADS, guns)."""

    id: str
    system: str
    place: str
    """An area place."""
    fielded: Band
    """Share of the holding that is out with teams at any time: a named assumption."""
    reason: str
    where: str


@dataclass(frozen=True)
class ThreatChoice:
    """A class of threat in play, naming the catalogue entry that carries its figures."""

    id: str
    name: str
    catalogue: str
    where: str


@dataclass(frozen=True)
class Origin:
    """Where a threat could start from: a point, or a line such as a border or a front."""

    id: str
    name: str
    line: tuple[tuple[float, float], ...]
    """(lon, lat) in degrees; one pair is a point."""
    precision_m: float
    as_of: Moment | None
    source: str
    where: str


@dataclass(frozen=True)
class Reach:
    """Ask whether a threat, from any origin, reaches a place."""

    place: str
    threats: tuple[str, ...]
    where: str


@dataclass(frozen=True)
class Assumption:
    """Something the analyst takes for granted, with the reason; shown to the reader."""

    id: str
    statement: str
    band: Band | None
    unit: str
    reason: str
    where: str


@dataclass(frozen=True)
class Override:
    """A result the analyst sets by hand, with the reason; shown in the report."""

    target: Literal["presence", "launchers", "serviceability"]
    system: str
    place: str | None
    band: Band
    reason: str
    by: str
    on: date | None
    where: str


@dataclass(frozen=True)
class PressureEvent:
    """A dated act of pressure or response between the governments: the record for the ripple."""

    id: str
    date: Moment | None
    actor: str
    toward: str
    kind: str
    statement: str
    address: str | None
    where: str


@dataclass(frozen=True)
class Area:
    """What the maps show and the grid covers, in degrees; never across the antimeridian."""

    west: float
    south: float
    east: float
    north: float


@dataclass(frozen=True)
class TerrainChoice:
    """Which elevation to use; ``auto`` tries files, cache, offline map, smooth Earth in turn."""

    choice: Literal["auto", "files", "cache", "offline", "smooth"]
    files: tuple[Path, ...]
    cell_m: float
    """Cell of the site grids on which floors are computed."""


@dataclass(frozen=True)
class Case:
    """A whole case, validated."""

    folder: Path
    name: str
    title: str
    summary: str
    as_of: date
    seed: int
    draws: int
    area: Area
    terrain: TerrainChoice
    layers: tuple[Layer, ...]
    threats: tuple[ThreatChoice, ...]
    places: tuple[Place, ...]
    defended_areas: tuple[DefendedArea, ...]
    holdings: tuple[Holding, ...]
    deployments: tuple[Deployment, ...]
    origins: tuple[Origin, ...]
    reaches: tuple[Reach, ...]
    assumptions: tuple[Assumption, ...]
    overrides: tuple[Override, ...]
    sources: tuple[Source, ...]
    claims: tuple[Claim, ...]
    pressure: tuple[PressureEvent, ...]
    questions: tuple[Question, ...] = ()
    transfers: tuple[Transfer, ...] = ()
    observations: tuple[Observation, ...] = ()
    foretold: tuple[Foretold, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    """The case's own: each replaces the product's of the same id, or is added."""
    outcomes: tuple[Outcome, ...] = ()
    functions: tuple[Function, ...] = ()
    doctrines: tuple[Doctrine, ...] = ()
    crews: tuple[Crew, ...] = ()
    raids: tuple[Raid, ...] = ()
    game: Game | None = None
    """The crisis as a game; ``None``: the case has none."""
    earlier: bool = False
    """Whether it stands at a day that was asked for: see ``evidence.as_of``."""

    def place(self, id: str) -> Place:
        """The place of that id; loading has checked that every reference exists."""
        return self._places[id]

    def source(self, id: str) -> Source:
        """The source of that id."""
        return self._sources[id]

    def claim(self, id: str) -> Claim:
        """The claim of that id."""
        return self._claims[id]

    def has(self, id: str) -> bool:
        """Whether there is a claim of that id."""
        return id in self._claims

    @cached_property
    def _places(self) -> dict[str, Place]:
        return {p.id: p for p in self.places}

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {s.id: s for s in self.sources}

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {c.id: c for c in self.claims}
