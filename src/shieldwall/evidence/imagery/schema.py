"""What may stand in the properties of an imagery feature, and what STAC calls the same."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, ValidationError

from shieldwall.case.documents import did_you_mean, shown
from shieldwall.case.records import Bound
from shieldwall.case.schema_values import Address, Id, Language, Name, ShareBand, Table, Text, Time
from shieldwall.evidence.imagery.files import Feature

Objects = Literal["launchers", "radars", "vehicles", "aircraft", "missiles"]
Activities = Literal["deployment", "maintenance", "footprint"]

PREFIX = "shieldwall:"
"""Our keys in STAC Items, where others' keys stand beside them."""

SAME = {
    "datetime": "acquired",
    "start_datetime": "acquired",
    "eo:cloud_cover": "cloud_percent",
    "gsd": "resolution_m",
    "platform": "sensor",
}
"""STAC's names (STAC 1.0 common metadata, EO extension) for ours; cloud in percent, gsd in m."""


STAC_TIMES = ("datetime", "start_datetime")


class SeenTable(Table):
    """One thing that was seen."""

    what: Objects | Activities = Field(description="launchers, radars, ... or an activity")
    system: Id | None = Field(None, description="a catalogue id")
    component: Name | None = Field(None, description="a part of the system, such as 9S32ME")
    low: float | None = Field(None, ge=0, le=1e6, description="the lowest number counted")
    likely: float | None = Field(None, ge=0, le=1e6, description="the number counted")
    high: float | None = Field(None, ge=0, le=1e6, description="the highest number counted")
    bound: Bound = Field("exact", description="the word it came with")
    statement: Text | None = Field(None, description="what was read, in your own words")


class UnseenTable(Table):
    """One thing that was looked for and not seen."""

    what: Objects = Field("vehicles", description="what was looked for")
    system: Id = Field(description="a catalogue id: which system was looked for")
    component: Name | None = Field(None, description="a part of the system")
    open: ShareBand | None = Field(None, description="share of the time it stands in the open")
    statement: Text | None = Field(None, description="what was read, in your own words")


class ReadingTable(Table):
    """One image as somebody read it."""

    id: Id = Field(description="a name for this reading: a-z, 0-9, _ and -")
    source: Id = Field(description="the id of a [[source]] in sources.toml: who read it")
    acquired: Time | None = Field(None, description="when the image was taken")
    published: Time | None = Field(None, description="when the reading was published")
    event: Time | None = Field(None, description="when what it is shown for happened")
    sensor: Name | None = Field(None, description="satellite or sensor")
    resolution_m: float | None = Field(None, ge=0.01, le=10_000, description="metres a pixel")
    cloud_percent: float | None = Field(None, ge=0, le=100, description="cloud cover, percent")
    place: Id | None = Field(None, description="the id of a [[place]] in case.toml")
    image: Name | None = Field(None, description="one name for all readings of one image")
    credibility: int | None = Field(
        None, ge=1, le=6, description="1 confirmed to 5 improbable, 6 cannot be judged"
    )
    illustrative: bool = Field(default=False, description="a library picture: no reading")
    recycled: bool = Field(default=False, description="an old picture shown as new: no reading")
    address: Address | None = Field(None, description="the web address it was read at")
    language: Language | None = Field(None, description="its language, such as en")
    note: Text | None = Field(None, description="anything a reader should know")
    seen: list[SeenTable] = Field(default=[], max_length=100, description="what was seen")
    not_seen: list[UnseenTable] = Field(default=[], max_length=100, description="and what not")


def table(feature: Feature, sources: dict[str, str]) -> ReadingTable:
    """The feature's properties, validated. ``sources`` maps names and ids to source ids.

    Raises ``InputError`` with file, feature, key and what would be right.
    """
    given = _given(feature)
    if "source" not in given and isinstance(feature.properties.get("providers"), list):
        given["source"] = _provider(feature, sources)
    try:
        return ReadingTable.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(p + 1) if isinstance(p, int) else p for p in first["loc"]) or "id"
        raise feature.wrong(key, _message(key, first)) from None


def _given(feature: Feature) -> dict[str, Any]:
    """The properties under our names. Others' keys are left alone in STAC Items, refused else."""
    known = ReadingTable.model_fields
    given: dict[str, Any] = {}
    for raw, value in feature.properties.items():
        key = SAME.get(raw, raw.removeprefix(PREFIX))
        if key not in known:
            ours = not feature.stac and ":" not in raw and raw not in ("providers", "name", "title")
            if ours or raw.startswith(PREFIX):
                raise feature.wrong(raw[:60], f"is no key of a reading{did_you_mean(key, known)}")
            continue
        if value is None:
            continue
        if raw == "start_datetime" and "acquired" in given:
            continue
        if key in given and given[key] != value and raw != "datetime":
            raise feature.wrong(raw[:60], f"stands beside another {key}; write one")
        given[key] = _whole_seconds(value) if raw in STAC_TIMES else value
    given.setdefault("id", _id(feature))
    if given["id"] is None:
        del given["id"]
    return given


def _whole_seconds(value: object) -> object:
    """STAC's times may carry fractions of a second; no claim is that precise."""
    return re.sub(r"(T\d\d:\d\d:\d\d)\.\d+", r"\1", value) if isinstance(value, str) else value


def _id(feature: Feature) -> object:
    if feature.stac and isinstance(feature.id, str):
        return re.sub(r"[^a-z0-9_-]+", "-", feature.id.lower()).strip("-_")[:64]
    return feature.id


def _provider(feature: Feature, sources: dict[str, str]) -> str:
    names = [p.get("name") for p in feature.properties["providers"] if isinstance(p, dict)]
    found = [sources[n.casefold()] for n in names if isinstance(n, str) and n.casefold() in sources]
    if not found:
        raise feature.wrong(
            "providers",
            "none of them is a [[source]] of the case by name or id; add one, or write "
            f"{PREFIX}source",
        )
    return found[0]


def _message(key: str, error: Any) -> str:
    field = ReadingTable.model_fields.get(key)
    if error["type"] == "missing":
        return f"is missing: {field.description if field else 'write it'}"
    if error["type"] == "extra_forbidden":
        return "is no key of a reading"
    text = error["msg"].removeprefix("Value error, ")
    return f"{text[:1].lower()}{text[1:]} (got {shown(error['input'])})"
