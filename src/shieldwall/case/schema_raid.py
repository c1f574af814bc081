"""The tables of network.toml and raids.toml: the network's functions, and raids to simulate."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field, PlainValidator, WithJsonSchema

from shieldwall.case.raid_records import Arrivals, Firing, FunctionKind, Training
from shieldwall.case.schema_values import Id, Name, ShareBand, Table, Text

MAX_ITEMS = 50
"""Of a list inside one function or raid."""
MAX_THREATS = 2000
DAY_S = 86_400.0


def _needs(value: object) -> tuple[tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise ValueError('must be a list of ids, such as ["grid", ["radio", "cable"]]')
    if len(value) > MAX_ITEMS:
        raise ValueError(f"must have at most {MAX_ITEMS} items")
    return tuple(_need(number, item) for number, item in enumerate(value, 1))


def _need(number: int, item: object) -> tuple[str, ...]:
    choices = item if isinstance(item, list) else [item]
    ids = all(isinstance(choice, str) and choice for choice in choices)
    if not choices or not ids or len(choices) > MAX_ITEMS:
        raise ValueError(
            f"item {number} must be an id, or a list of ids of which any will do, "
            'such as ["radio", "cable"]'
        )
    return tuple(choices)


Needs = Annotated[
    tuple[tuple[str, ...], ...],
    PlainValidator(_needs),
    WithJsonSchema(
        {
            "type": "array",
            "maxItems": MAX_ITEMS,
            "items": {
                "anyOf": [
                    {"type": "string"},
                    {
                        "type": "array",
                        "items": {"type": "string"},
                        "minItems": 1,
                        "maxItems": MAX_ITEMS,
                    },
                ]
            },
        }
    ),
]


class DelayBand(Table):
    """A time in seconds with its uncertainty."""

    low: float = Field(ge=0, le=DAY_S, description="the lowest value that can be defended, in s")
    likely: float | None = Field(None, ge=0, le=DAY_S, description="the most likely value, in s")
    high: float = Field(ge=0, le=DAY_S, description="the highest value that can be defended, in s")


class CapacityBand(Table):
    """How many tracks at once, with its uncertainty."""

    low: float = Field(ge=1, le=10_000, description="the lowest value that can be defended")
    likely: float | None = Field(None, ge=1, le=10_000, description="the most likely value")
    high: float = Field(ge=1, le=10_000, description="the highest value that can be defended")


class HeightBand(Table):
    """A height above ground in metres, with its uncertainty."""

    low: float = Field(ge=1, le=40_000, description="the lowest value that can be defended, in m")
    likely: float | None = Field(None, ge=1, le=40_000, description="the most likely value, in m")
    high: float = Field(ge=1, le=40_000, description="the highest value that can be defended, in m")


class FunctionTable(Table):
    """One function of the network: a class of things, never a named site."""

    id: Id = Field(description="the name other tables use for it")
    name: Name = Field(description="what the report calls it: a class of things, never a site")
    kind: FunctionKind = Field(description=f"one of: {', '.join(get_args(FunctionKind))}")
    needs: Needs = Field(
        default=(),
        description="ids of functions it needs; a list among them: any one of those will do",
    )
    serves: list[Id] = Field(
        default=[],
        max_length=MAX_ITEMS,
        description="catalogue ids of the systems it joins to the network, or gives power",
    )
    made_of: list[Id] = Field(
        default=[],
        max_length=MAX_ITEMS,
        description="for sensors: catalogue ids of the radars and systems it consists of",
    )
    works: ShareBand | None = Field(
        None, description="chance that it is well when the raid comes; leave out if unpublished"
    )
    delay_s: DelayBand | None = Field(
        None, description="seconds it adds from detection to order; leave out if unpublished"
    )
    capacity: CapacityBand | None = Field(
        None, description="for command: tracks decided on at once; leave out if unpublished"
    )
    reason: Text = Field(description="what was published of it, and what is assumed")


class DoctrineTable(Table):
    """How units of a system fire."""

    system: Id = Field(description="a catalogue id of a system")
    firing: Firing = Field(description=f"one of: {', '.join(get_args(Firing))}")
    salvo: int = Field(1, ge=1, le=16, description="rounds in one salvo; 1 for one at a time")
    looks: int | None = Field(
        None, ge=1, le=100, description="most engagements of one target by one unit; unlimited"
    )
    reason: Text = Field(description="who published it, or why it is assumed")


class CrewTable(Table):
    """How well the people of a system that no transfer from abroad tells of are trained."""

    system: Id = Field(description="a catalogue id of a system")
    training: Training = Field(description=f"one of: {', '.join(get_args(Training))}")
    reason: Text = Field(description="who published it, or why it is assumed")


class RaidGroupTable(Table):
    """So many of one threat, coming one after another."""

    threat: Id = Field(description="the id of a [[threat]]")
    number: int = Field(ge=1, le=MAX_THREATS, description="how many; a round number will do")
    decoys: int = Field(
        0, ge=0, le=MAX_THREATS, description="others among them that look alike and carry nothing"
    )
    spacing_s: float = Field(0, ge=0, le=DAY_S, description="seconds from one to the next")
    arrivals: Arrivals = Field("even", description="even, or random with that mean spacing")
    after_s: float = Field(
        0, ge=0, le=DAY_S, description="seconds until the first of the group comes"
    )
    altitude_m: HeightBand | None = Field(
        None, description="metres above ground; leave out for what the catalogue says"
    )


class OutageTable(Table):
    """A function that is unavailable for a time, and recovers."""

    function: Id = Field(description="the id of a [[function]] in network.toml")
    from_s: float = Field(ge=0, le=DAY_S, description="seconds after the raid begins")
    for_s: float = Field(gt=0, le=DAY_S, description="how many seconds it is out")


class RaidTable(Table):
    """A published class of attack on a defended area."""

    id: Id = Field(description="a name for this raid")
    name: Name = Field(description="what the report calls it")
    area: Id = Field(description="the id of a [[defended_area]]")
    axis: Id | None = Field(
        None, description="the [[origin]] it comes from; leave out for all round"
    )
    reason: Text = Field(description="why this raid, and why these numbers")
    group: list[RaidGroupTable] = Field(
        min_length=1, max_length=MAX_ITEMS, description="a [[raid.group]] for each threat in it"
    )
    unavailable: list[OutageTable] = Field(
        default=[],
        max_length=MAX_ITEMS,
        description="functions out for a time: { function, from_s, for_s }",
    )
