"""What may stand behind a key: ids, texts, dates, points, bands; how strict every table is."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)

from shieldwall.case.moments import FIRST_YEAR, LAST_YEAR, parse_moment
from shieldwall.case.records import (
    Moment,
)

MAX_POINTS = 20_000
_BIDI_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e")


def _clean(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    for character in text:
        hidden = unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
        if hidden or character in _BIDI_OVERRIDES:
            raise ValueError(
                f"holds the control character U+{ord(character):04X}; "
                "write printable text, tabs and newlines only"
            )
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s<>\"]+", text):
        raise ValueError("must be one web address beginning https:// or http://, without spaces")
    return text


def _plain_date(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise ValueError("must be a date without quotes or clock, such as 2025-12-31")
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise ValueError(f"the year must lie in {FIRST_YEAR} to {LAST_YEAR}")
    return value


def _points(value: object) -> tuple[tuple[float, float], ...]:
    if not isinstance(value, list) or not value:
        raise ValueError("must be a list of [longitude, latitude] pairs")
    if len(value) > MAX_POINTS:
        raise ValueError(f"has {len(value)} points; at most {MAX_POINTS} are read: simplify it")
    return tuple(_point(number, pair) for number, pair in enumerate(value, 1))


def _point(number: int, pair: Any) -> tuple[float, float]:
    numeric = isinstance(pair, list) and all(type(x) in (int, float) for x in pair)
    if not numeric or len(pair) != 2:
        raise ValueError(f"point {number} must be a pair of numbers: [longitude, latitude]")
    lon, lat = pair
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(
            f"point {number} must be [longitude, latitude] with longitude in -180 to 180 and "
            "latitude in -90 to 90"
        )
    return float(lon), float(lat)


def _span(value: object) -> tuple[int, int]:
    whole = isinstance(value, list) and len(value) == 2 and all(type(x) is int for x in value)
    if not whole or not 0 <= value[0] < value[1]:  # type: ignore[index]
        raise ValueError("must be [first, last + 1]: two whole numbers, the first the smaller")
    return value[0], value[1]  # type: ignore[index]


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,63}$")]
Name = Annotated[str, StringConstraints(max_length=200), AfterValidator(_clean)]
Text = Annotated[str, StringConstraints(max_length=4000), AfterValidator(_clean)]
Address = Annotated[str, StringConstraints(max_length=2000), AfterValidator(_web_address)]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Time = Annotated[Moment, PlainValidator(parse_moment), WithJsonSchema({"type": "string"})]
Day = Annotated[
    date, PlainValidator(_plain_date), WithJsonSchema({"type": "string", "format": "date"})
]
Points = Annotated[
    tuple[tuple[float, float], ...],
    PlainValidator(_points),
    WithJsonSchema(
        {
            "type": "array",
            "maxItems": MAX_POINTS,
            "items": {
                "type": "array",
                "items": {"type": "number"},
                "minItems": 2,
                "maxItems": 2,
            },
        }
    ),
]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Span = Annotated[
    tuple[int, int],
    PlainValidator(_span),
    WithJsonSchema(
        {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
    ),
]
Number = Annotated[float, Field(ge=-1e12, le=1e12)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
Latitude = Annotated[float, Field(ge=-90, le=90)]


class Table(BaseModel):
    """A table of the format: no unknown keys, no text for numbers, no NaN."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class BandTable(Table):
    """A figure with its uncertainty."""

    low: Number = Field(description="the lowest value that can be defended")
    likely: Number | None = Field(None, description="the most likely value; leave out if unknown")
    high: Number = Field(description="the highest value that can be defended")


class ShareBand(Table):
    """A probability with its uncertainty."""

    low: float = Field(ge=0, le=1, description="the lowest value that can be defended")
    likely: float | None = Field(None, ge=0, le=1, description="the most likely value")
    high: float = Field(ge=0, le=1, description="the highest value that can be defended")
