"""What may stand in the files of a case: one pydantic model a table.

Descriptions are read three times: by editors, through ``formats.json_schema``; by error messages,
where a key is missing; by whoever maintains the format. Checks that need more than one key are in
``checks.py``, so that each names the key that is wrong.
"""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from shieldwall.case.records import (
    About,
    Bound,
    Family,
    Favours,
    Layer,
    Modality,
    ReadBy,
    Reliability,
)
from shieldwall.case.schema_values import (
    Address,
    BandTable,
    Day,
    Id,
    Language,
    Latitude,
    Longitude,
    Name,
    Number,
    Points,
    Sha256,
    ShareBand,
    Span,
    Table,
    Text,
    Time,
)

MAX_DRAWS = 4096

PressureKind = Literal[
    "naval deployment", "sanctions", "interdiction", "exercise", "warning", "coup attempt",
    "delivery", "redeployment", "airlift", "strike", "statement", "summit", "mobilisation",
]  # fmt: skip
EvidenceCode = Literal["V", "V2", "C", "R1", "R2", "U"]
HoldingUnit = Literal["launchers", "batteries", "missiles", "radars", "aircraft"]


class AreaTable(Table):
    """What the maps show and the grid covers, in degrees."""

    west: Longitude = Field(description="western edge, degrees of longitude, west negative")
    south: Latitude = Field(description="southern edge, degrees of latitude, south negative")
    east: Longitude = Field(description="eastern edge, degrees of longitude")
    north: Latitude = Field(description="northern edge, degrees of latitude")


class TerrainTable(Table):
    """Which elevation to use."""

    choice: Literal["auto", "files", "cache", "offline", "smooth"] = Field(
        default="auto",
        description="auto tries your files, the cache, the coarse map, smooth Earth in turn",
    )
    files: list[Name] = Field(
        default=[],
        max_length=1000,
        description="elevation files (GeoTIFF, HGT), inside the case folder",
    )
    cell_m: float = Field(
        default=500, ge=20, le=10_000, description="cell of the site grids, in metres"
    )


class CaseHead(Table):
    """The keys of case.toml that stand once."""

    format: Literal[1] = Field(description="the version of this format: 1")
    title: Name = Field(description="the title of the report")
    summary: Text = Field(description="one or two sentences: what the case is about")
    as_of: Day = Field(description="the date the assessment stands at, such as 2025-12-31")
    seed: int = Field(1, ge=0, le=2**63 - 1, description="the same seed gives the same bytes")
    draws: int = Field(256, ge=16, le=MAX_DRAWS, description="how many networks are drawn")
    layers: list[Layer] = Field(
        min_length=1, description='the layers in play, such as ["long", "medium", "short", "point"]'
    )
    area: AreaTable = Field(description="an [area] table with west, south, east and north")
    terrain: TerrainTable = Field(TerrainTable(), description="which elevation to use")


class ThreatTable(Table):
    """A class of threat in play."""

    id: Id = Field(description="the name this case uses for it")
    name: Name = Field(description="what the report calls it")
    catalogue: Id = Field(description="the id of a catalogue threat; `shieldwall catalogue` lists")


class ShapeTable(Table):
    """A named shape: its polygon is written here or read from a file of the case."""

    id: Id = Field(description="the name other tables use for it")
    name: Name = Field(description="what the report calls it")
    polygon: Points | None = Field(None, description="corners as [longitude, latitude] pairs")
    file: Name | None = Field(
        None, description="a GeoJSON, KML, KMZ or GeoPackage file inside the case folder"
    )
    feature: Name | None = Field(None, description="the name of the polygon in that file")


class PlaceTable(ShapeTable):
    """A named place: a point, an area, or a name only."""

    lat: Latitude | None = Field(None, description="degrees of latitude, as published")
    lon: Longitude | None = Field(None, description="degrees of longitude, as published")
    precision_m: float | None = Field(
        None, gt=0, le=500_000, description="how exactly the position was published, in metres"
    )
    height_m: BandTable | None = Field(
        None, description="height of the roof an emplacement stands on; give the reason in note"
    )
    source: Text = Field(description="who published the position")
    note: Text | None = Field(None, description="anything a reader should know")


class DefendedAreaTable(ShapeTable):
    """An area whose cover the report states."""

    reason: Text = Field(description="why this area matters")


class HoldingTable(Table):
    """How many of a system the country holds, as published."""

    system: Id = Field(description="a catalogue id of a system or radar")
    unit: HoldingUnit = Field(description="what was counted")
    low: float = Field(ge=0, le=1e6, description="the lowest published number")
    likely: float | None = Field(None, ge=0, le=1e6, description="the most likely number")
    high: float = Field(ge=0, le=1e6, description="the highest published number")
    evidence: EvidenceCode = Field(
        description="V read, V2 read second-hand, C computed, R1 or R2 attributed, U assumed"
    )
    source: Text = Field(description="who published it, with the address")
    note: Text | None = Field(None, description="conflicts, what the unit means")


class DeploymentTable(Table):
    """A system spread over an area as a density, with no claimed site."""

    id: Id = Field(description="a name for this deployment")
    system: Id = Field(description="a catalogue id of a system")
    place: Id = Field(description="the id of an area place")
    fielded: BandTable = Field(description="share of the holding with teams in the field, 0 to 1")
    reason: Text = Field(description="why this share")


class OriginTable(Table):
    """Where a threat could start from: a point or a line."""

    id: Id = Field(description="the name other tables use for it")
    name: Name = Field(description="what the report calls it")
    line: Points = Field(description="[longitude, latitude] pairs; a single pair is a point")
    precision_m: float = Field(gt=0, le=500_000, description="how exactly it is known, in metres")
    as_of: Time | None = Field(None, description="when the line stood there")
    source: Text = Field(description="who published the line")


class ReachTable(Table):
    """Ask whether threats, from any origin, reach a place."""

    place: Id = Field(description="the id of a located place")
    threats: list[Id] = Field(min_length=1, description="ids of [[threat]] tables")


class AssumptionTable(Table):
    """Something taken for granted, with the reason."""

    id: Id = Field(description="a name the report refers to")
    statement: Text = Field(description="what is taken for granted")
    low: Number | None = Field(None, description="the lowest value that can be defended")
    likely: Number | None = Field(None, description="the most likely value")
    high: Number | None = Field(None, description="the highest value that can be defended")
    unit: Name | None = Field(None, description="the unit of the band, such as share or m")
    reason: Text = Field(description="why it is taken for granted")


class OverrideTable(Table):
    """A result set by hand, with the reason; the report shows it."""

    target: Literal["presence", "launchers", "serviceability"] = Field(
        description="what is set: presence (0 to 1), launchers (a number), serviceability (0 to 1)"
    )
    system: Id = Field(description="a catalogue id of a system or radar")
    place: Id | None = Field(None, description="the id of a place; leave out for everywhere")
    low: float = Field(ge=0, le=1e6, description="the lowest value")
    likely: float | None = Field(None, ge=0, le=1e6, description="the most likely value")
    high: float = Field(ge=0, le=1e6, description="the highest value")
    reason: Text = Field(description="why the computed result is set aside")
    by: Name = Field(description="who decided")
    on: Day | None = Field(None, description="the date of the decision, without quotes")


class FurnitureTable(Table):
    """What stands on the page of a document and is none of what it says."""

    what: Name = Field(description="what it is, such as a reader comment")
    dated: Time | None = Field(None, description="the date it carries, if any")


class SourceTable(Table):
    """Who says things."""

    id: Id = Field(description="the name claims use for it")
    name: Name = Field(description="what the report calls it")
    family: Family = Field(description="statement, flight, imagery, sighting or press")
    reliability: Reliability = Field(description="A to E, or F where it cannot be judged")
    interest: Text | None = Field(None, description="what it gains by being believed")
    note: Text | None = Field(None, description="anything a reader should know")
    favours: Favours | None = Field(
        None, description="what its interest wants believed: strength or weakness"
    )
    side: Name | None = Field(None, description="the party it speaks for, such as Russia")
    furniture: list[FurnitureTable] = Field(
        default=[], max_length=100, description="what its page holds beside its text: no evidence"
    )


class CountTable(Table):
    """How many, as published."""

    low: float | None = Field(None, ge=0, le=1e9, description="the lowest number named")
    likely: float | None = Field(None, ge=0, le=1e9, description="the number named")
    high: float | None = Field(None, ge=0, le=1e9, description="the highest number named")
    unit: Name = Field(description="what was counted: launchers, radars, share, km, persons ...")
    bound: Bound = Field("exact", description="the word it came with")


class ClaimTable(Table):
    """Who said what about which system, where, how many, when."""

    id: Id = Field(description="a name for this claim")
    source: Id = Field(description="the id of a [[source]] in sources.toml")
    about: About = Field(description=f"one of: {', '.join(get_args(About))}")
    statement: Text = Field(description="what was said, in your own words")
    modality: Modality = Field(description=f"one of: {', '.join(get_args(Modality))}")
    credibility: int = Field(
        ge=1, le=6, description="1 confirmed to 5 improbable, 6 cannot be judged"
    )
    relays: Id | None = Field(None, description="the id of the claim this one repeats")
    system: Id | None = Field(None, description="a catalogue id of a system, radar or threat")
    component: Name | None = Field(None, description="a part of the system, such as 9S32ME")
    place: Id | None = Field(None, description="the id of a [[place]]; leave out if unknown")
    origin: Id | None = Field(None, description="for distances: the [[origin]] measured from")
    count: CountTable | None = Field(None, description="how many, as published")
    event: Time | None = Field(None, description="when it happened")
    acquisition: Time | None = Field(None, description="when the image or track was taken")
    publication: Time | None = Field(None, description="when it was published")
    ingestion: Time | None = Field(None, description="when you read it")
    address: Address | None = Field(None, description="the web address it was read at")
    language: Language | None = Field(None, description="its language, such as en or es")
    said_by: Name | None = Field(None, description="whom the text credits, as it names them")
    material: Name | None = Field(
        None, description="the image, video or track it rests on; one name for all who share it"
    )
    subject: Name | None = Field(None, description="whom or what an identity claim is about")
    value: Name | None = Field(None, description="what it says of the subject")
    detection: ShareBand | None = Field(
        None, description='for "not seen": the chance of seeing it, had it been there'
    )
    document: Sha256 | None = Field(None, description="SHA-256 of the stored document")
    span: Span | None = Field(None, description="[first, last + 1] character in its text")
    read_by: ReadBy = Field("analyst", description="analyst, or machine where nobody reviewed it")


class QuestionTable(Table):
    """A question with competing hypotheses."""

    id: Id = Field(description="the name hypotheses use for it")
    text: Text = Field(description="the question")


class HypothesisTable(Table):
    """One answer; the answers of a question exclude each other."""

    id: Id = Field(description="the name expectations use for it")
    question: Id = Field(description="the id of a [[question]]")
    text: Text = Field(description="the answer")
    prior: float | None = Field(None, gt=0, lt=1, description="share before any evidence")


class ExpectationTable(Table):
    """How likely an observation is under each hypothesis, with the reason."""

    id: Id = Field(description="a name for this observation")
    question: Id = Field(description="the id of a [[question]]")
    observation: Text = Field(description="what was observed, in your own words")
    claims: list[Id] = Field(min_length=1, description="the claims that report it")
    likelihood: dict[Id, ShareBand] = Field(
        description="hypothesis id = { low, likely, high }: chance of observing it, were it true"
    )
    reason: Text = Field(description="why these chances")


class PressureTable(Table):
    """A dated act of pressure or response between the governments."""

    id: Id = Field(description="a name for this event")
    date: Time | None = Field(None, description="when it happened")
    actor: Name = Field(description="who acted")
    toward: Name = Field(description="toward whom")
    kind: PressureKind = Field(description=f"one of: {', '.join(get_args(PressureKind))}")
    statement: Text = Field(description="what happened, in your own words")
    address: Address | None = Field(None, description="the web address it was read at")
