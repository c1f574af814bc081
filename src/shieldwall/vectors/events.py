"""Events out of GeoJSON and KML: a name, a point, times and fields, each as the file gives it.

Nothing is guessed here: a feature without a point has no position, and times stay text. Texts come
out inert: no markup, no control or direction-changing characters, no longer than ``MAX_TEXT``.
"""

from __future__ import annotations

import html
import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors import geojson, kml

MAX_EVENTS = 5_000
MAX_FIELDS = 60
MAX_TEXT = 2_000
"""Characters of a name, a description or a field; a longer one is cut and says so."""
CUT = " […]"


@dataclass(frozen=True)
class MapEvent:
    """One feature of an event list; what the file does not say is ``None``."""

    number: int
    """From 1, in the order of the file."""
    name: str | None
    description: str | None
    lon: float | None
    lat: float | None
    begin: str | None
    """A time as written, from ``TimeStamp`` or ``TimeSpan``; GeoJSON has none of its own."""
    end: str | None
    fields: Mapping[str, str]
    """Properties or extended data, in the order of the file."""
    note: str
    """Why there is no position; empty where there is one."""


def geojson_events(file: str, data: bytes) -> list[MapEvent]:
    """The features of a GeoJSON text. Raises ``InputError``."""
    found = geojson.listed(file, data)
    _check_number(file, len(found))
    return [_from_feature(file, number, each) for number, each in enumerate(found, 1)]


def _from_feature(file: str, number: int, feature: dict[str, Any]) -> MapEvent:
    where = f"{file}: features[{number - 1}]"
    if feature.get("type") != "Feature":
        raise InputError(f"{where}: must be a Feature; save the events as a FeatureCollection")
    properties = feature.get("properties")
    properties = {} if properties is None else properties
    if not isinstance(properties, dict):
        raise InputError(f"{where}.properties: must be an object or null")
    lon, lat, note = _point(where, feature.get("geometry"))
    fields = _fields(where, ((str(k), _text_of(v)) for k, v in properties.items()))
    description = properties.get("description")
    return MapEvent(
        number, inert(geojson.name(feature)), inert(_text_of(description)), lon, lat, None, None,
        fields, note,
    )  # fmt: skip


def _text_of(value: object) -> str:
    """A property as text; lists and objects as the JSON they were written in."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _point(where: str, geometry: object) -> tuple[float | None, float | None, str]:
    if geometry is None:
        return None, None, "no geometry"
    if not isinstance(geometry, dict):
        raise InputError(f"{where}.geometry: must be an object or null")
    if geometry.get("type") != "Point":
        return None, None, f"drawn as {str(geometry.get('type'))[:40]}, not as a point"
    pair = geometry.get("coordinates")
    if pair == []:
        return None, None, "a point without coordinates"
    if not isinstance(pair, list) or not all(type(x) in (int, float) for x in pair[:2]):
        pair = ()
    if not 2 <= len(pair) <= 4:
        raise InputError(f"{where}.geometry: a point is [longitude, latitude]")
    return _position(where, pair[0], pair[1])


def _position(where: str, lon: float, lat: float) -> tuple[float | None, float | None, str]:
    if not (abs(lon) <= 180 and abs(lat) <= 90):  # false for NaN too
        raise InputError(
            f"{where}: a coordinate is out of range (got {lon!s:.30}, {lat!s:.30}); "
            "longitude then latitude, in WGS-84 degrees"
        )
    if lon == lat == 0:
        # What programs write for a place they do not know; no event list needs the open sea there.
        return None, None, "0, 0 stands for an unknown place"
    return float(lon), float(lat), ""


def kml_events(file: str, data: bytes) -> list[MapEvent]:
    """The placemarks of a KML text. Raises ``InputError``."""
    reader = _Events(file)
    kml.parse(file, data, reader)
    return reader.events


class _Events(kml.Reader):
    """Keeps what a placemark says of one event."""

    TEXTS = frozenset({"name", "description"})
    TIMES = frozenset({("TimeStamp", "when"), ("TimeSpan", "begin"), ("TimeSpan", "end")})
    SHAPES = frozenset({"LineString", "LinearRing", "Polygon", "Model", "Track", "MultiTrack"})

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.events: list[MapEvent] = []
        self._reset()

    def _reset(self) -> None:
        self._said: dict[str, str] = {}
        self._data: list[tuple[str, str]] = []
        self._points: list[str] = []
        self._shape = ""
        self._key = ""

    def opened(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == "Placemark":
            _check_number(self.file, len(self.events) + 1)
            self._reset()
        elif tag in ("Data", "SimpleData"):
            self._key = str(attributes.get("name", ""))
        elif tag in self.SHAPES:
            self._shape = self._shape or tag

    def wanted(self) -> bool:
        if "Placemark" not in self.path:
            return False
        parent, tag = self.path[-2:]
        return (
            (parent == "Placemark" and tag in self.TEXTS)
            or (parent, tag) in self.TIMES
            or (parent == "Point" and tag == "coordinates")
            or (parent == "Data" and tag == "value")
            or (parent == "SchemaData" and tag == "SimpleData")
        )

    def read(self, text: str) -> None:
        tag = self.path[-1]
        if tag == "coordinates":
            self._points.append(text.strip())
        elif tag in ("value", "SimpleData"):
            self._data.append((self._key, text))
        else:
            self._said.setdefault({"when": "begin"}.get(tag, tag), text)

    def closed(self, tag: str) -> None:
        if tag != "Placemark":
            return
        number = len(self.events) + 1
        where = f"{self.file}: placemark {number}"
        lon, lat, note = self._point(where)
        said = {key: inert(text) for key, text in self._said.items()}
        fields = _fields(where, iter(self._data))
        name, description = said.get("name"), said.get("description")
        begin, end = said.get("begin"), said.get("end")
        self.events.append(MapEvent(number, name, description, lon, lat, begin, end, fields, note))

    def _point(self, where: str) -> tuple[float | None, float | None, str]:
        if not any(self._points):
            drawn = f"drawn as {self._shape}, not as a point" if self._shape else "no geometry"
            return None, None, "a point without coordinates" if self._points else drawn
        if len(self._points) > 1 or self._shape:
            return None, None, "drawn as several shapes, not as one point"
        try:
            lon, lat, *_ = (float(part) for part in self._points[0].split(","))
        except ValueError as error:
            raise InputError(
                f"{where}: coordinates must be longitude,latitude (got {self._points[0]!r:.60})"
            ) from error
        return _position(where, lon, lat)


def _check_number(file: str, number: int) -> None:
    if number > MAX_EVENTS:
        raise HostileInputError(f"{file}: more than {MAX_EVENTS} events; split the list")


def _fields(where: str, pairs: Iterator[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in pairs:
        name, text = inert(key), inert(value)
        if name and text:
            found.setdefault(name, text)
        if len(found) > MAX_FIELDS:
            raise HostileInputError(f"{where}: more than {MAX_FIELDS} fields; keep those you need")
    return found


_BLANKS = re.compile(r"\s+")
_MARKUP = re.compile(r"<[A-Za-z!/?]")
_TAG = re.compile(r"<(/?[A-Za-z]\w*|[!?])[^<>]*>")


def inert(text: str) -> str | None:
    """``text`` on one line without markup or hidden characters; ``None`` where nothing is left.

    Each control, private, unassigned or direction-changing character becomes U+FFFD, so that what
    was hidden shows.
    """
    text = text[: 10 * MAX_TEXT]
    plain = _BLANKS.sub(" ", _without_markup(text) if _MARKUP.search(text) else text)
    shown = "".join("�" if unicodedata.category(c)[0] == "C" else c for c in plain).strip()
    return (shown if len(shown) <= MAX_TEXT else shown[: MAX_TEXT - len(CUT)] + CUT) or None


def _without_markup(text: str) -> str:
    """What a reader would see of HTML; one pass, since ``html.parser`` is quadratic on bad tags."""
    seen, at, unseen = [], 0, ""
    for tag in _TAG.finditer(text):
        if not unseen:
            seen.append(text[at : tag.start()])
        name = tag[1].lower()
        if name in ("script", "style"):
            unseen = unseen or name
        elif unseen and name == f"/{unseen}":
            unseen = ""
        at = tag.end()
    rest = "" if unseen else text[at:]
    # What is written with entities may look like markup once more: it must not work as such.
    plain = html.unescape(" ".join([*seen, rest]))
    return _MARKUP.sub(lambda found: found[0].replace("<", "‹"), plain)
