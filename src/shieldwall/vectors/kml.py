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
    reader = _Placemarks(file)
    parse(file, data, reader)
    yield from reader.features


def parse(file: str, data: bytes, reader: Reader) -> None:
    """Send a KML document's events to ``reader``. Raises as ``features``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
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


class Reader:
    """Takes the parser's events inside the limits; texts are kept where ``wanted`` says so."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.path: list[str] = []
        """Local names of the open tags, the root first."""
        self._tags = 0
        self._text: list[str] | None = None
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, Any]) -> None:
        space, _, local = tag.rpartition("}")
        if not self.path and (local != "kml" or not self._is_kml(space)):
            raise HostileInputError(
                f"{self.file}: this is <{local[:40]}>, not KML, whatever its name says"
            )
        self._tags += 1
        self.path.append(local)
        if self._tags > MAX_TAGS or len(self.path) > MAX_DEPTH:
            raise HostileInputError(
                f"{self.file}: more than {MAX_TAGS} tags or {MAX_DEPTH} levels; "
                "keep only what the case names"
            )
        self.opened(local, attributes)
        if self._text is None and self.wanted():
            self._text, self._depth = [], len(self.path)

    @staticmethod
    def _is_kml(space: str) -> bool:
        name = space.removeprefix("{")
        return name == "" or name.startswith(NAMESPACES[1:])

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        if self._text is not None and len(self.path) == self._depth:
            text, self._text = "".join(self._text), None
            self.read(text)
        self.closed(self.path.pop())

    def close(self) -> None:
        """The parser's last call."""

    def wanted(self) -> bool:
        """True if the text of the tag just opened (``path``) is to be read."""
        raise NotImplementedError

    def read(self, text: str) -> None:
        """The text of a wanted tag, which is still the last of ``path``."""
        raise NotImplementedError

    def opened(self, tag: str, attributes: dict[str, Any]) -> None:
        """A tag was opened."""

    def closed(self, tag: str) -> None:
        """A tag was closed and is off ``path``."""


class _Placemarks(Reader):
    """Keeps names and rings of placemarks only."""

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self.features: list[Feature] = []
        self._points = 0
        self._name = ""
        self._polygons: list[list[Ring]] = []

    def opened(self, tag: str, attributes: dict[str, Any]) -> None:
        if tag == "Placemark":
            self._name, self._polygons = "", []
        elif tag == "Polygon":
            self._polygons.append([])

    def wanted(self) -> bool:
        return self.path[-2:] in (["Placemark", "name"], ["LinearRing", "coordinates"])

    def read(self, text: str) -> None:
        if self.path[-1] == "name":
            self._name = text.strip()[:MAX_NAME_CHARACTERS]
        elif "Polygon" in self.path:
            self._polygons[-1].append(self._ring(text))

    def closed(self, tag: str) -> None:
        if tag == "Placemark" and self._polygons:
            self.features.append((self._name, self._polygons))
            self._polygons = []

    def _ring(self, text: str) -> Ring:
        tuples = text.split(None, MAX_FILE_VERTICES)
        self._points += len(tuples)
        if self._points > MAX_FILE_VERTICES:
            raise too_much(self.file)
        try:
            points = (point.split(",", 2) for point in tuples)
            return tuple((float(p[0]), float(p[1])) for p in points)
        except (ValueError, IndexError) as error:
            raise InputError(
                f"{self.file}: placemark {self._name or len(self.features) + 1}: coordinates must "
                "be longitude,latitude pairs separated by blanks"
            ) from error
