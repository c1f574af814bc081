"""Reading KML: the polygons of placemarks, in one pass that builds no tree."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors.polygons import MAX_FILE_VERTICES, MAX_NAME_CHARACTERS, Ring, too_much

MAX_TAGS = 200_000
MAX_DEPTH = 64
NAMESPACES = ("", "http://www.opengis.net/kml/", "http://earth.google.com/kml/")
"""Beginnings of the names a ``kml`` element may carry, over all versions."""

Feature = tuple[str, list[list[Ring]]]


def features(file: str, data: bytes) -> Iterator[Feature]:
    """(name, polygons) of each placemark; a polygon is a list of rings.

    Links, overlays and styles are passed over; nothing a file points to is opened. Raises
    ``HostileInputError`` for a document type, entities, or a root other than ``kml``, and
    ``InputError`` for what is not well formed.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    reader = _Placemarks(file)
    # Fed as text, so that no encoding the file declares can hide tags from the limits.
    parser = DefusedXMLParser(target=reader, forbid_dtd=True)
    try:
        parser.feed(text)
        parser.close()
    except DefusedXmlException as error:
        raise HostileInputError(
            f"{file}: it declares a document type or entities, which KML never needs"
        ) from error
    except ParseError as error:
        raise InputError(f"{file}: not well-formed XML: {error}") from error
    yield from reader.features


class _Placemarks:
    """Takes the parser's events and keeps names and rings of placemarks only."""

    def __init__(self, file: str) -> None:
        self.features: list[Feature] = []
        self._file = file
        self._path: list[str] = []
        self._tags = 0
        self._points = 0
        self._name = ""
        self._polygons: list[list[Ring]] = []
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        space, _, local = tag.rpartition("}")
        if not self._path and (local != "kml" or not self._is_kml(space)):
            raise HostileInputError(
                f"{self._file}: this is <{local[:40]}>, not KML, whatever its name says"
            )
        self._tags += 1
        self._path.append(local)
        if self._tags > MAX_TAGS or len(self._path) > MAX_DEPTH:
            raise HostileInputError(
                f"{self._file}: more than {MAX_TAGS} tags or {MAX_DEPTH} levels; "
                "keep only the areas the case names"
            )
        if local == "Placemark":
            self._name, self._polygons = "", []
        elif local == "Polygon":
            self._polygons.append([])
        elif self._path[-2:] in (["Placemark", "name"], ["LinearRing", "coordinates"]):
            self._text = []

    @staticmethod
    def _is_kml(space: str) -> bool:
        name = space.removeprefix("{")
        return name == "" or name.startswith(NAMESPACES[1:])

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        local = self._path.pop()
        if self._text is not None and local in ("name", "coordinates"):
            text, self._text = "".join(self._text), None
            if local == "name":
                self._name = text.strip()[:MAX_NAME_CHARACTERS]
            elif "Polygon" in self._path:
                self._polygons[-1].append(self._ring(text))
        if local == "Placemark" and self._polygons:
            self.features.append((self._name, self._polygons))
            self._polygons = []

    def close(self) -> None:
        """The parser's last call; everything is in ``features``."""

    def _ring(self, text: str) -> Ring:
        tuples = text.split(None, MAX_FILE_VERTICES)
        self._points += len(tuples)
        if self._points > MAX_FILE_VERTICES:
            raise too_much(self._file)
        try:
            points = (point.split(",", 2) for point in tuples)
            return tuple((float(p[0]), float(p[1])) for p in points)
        except (ValueError, IndexError) as error:
            raise InputError(
                f"{self._file}: placemark {self._name or len(self.features) + 1}: coordinates must "
                "be longitude,latitude pairs separated by blanks"
            ) from error
