"""Choose the reader by what the file is called and what it holds, and let in nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors import archive, geojson, geopackage, kml
from shieldwall.vectors.events import MapEvent, geojson_events, kml_events
from shieldwall.vectors.polygons import NamedPolygon, Ring, named_polygons

Parts = Iterator[tuple[str, Sequence[Ring]]]

# extension -> (kind, most bytes, what the file starts with after blanks)
LIMITS: dict[str, tuple[str, int, bytes]] = {
    ".geojson": ("GeoJSON", 8_000_000, b"{"),
    ".json": ("GeoJSON", 8_000_000, b"{"),
    ".kml": ("KML", 8_000_000, b"<"),
    ".kmz": ("KMZ", 16_000_000, b"PK\x03\x04"),
    ".gpkg": ("GeoPackage", 64_000_000, b"SQLite format 3\0"),
}
"""What each kind may weigh. Parsed JSON takes some 20 times its text in memory, so 8 MB stays well
inside 512 MB; a GeoPackage is read row by row. Other limits: ``polygons`` (points), ``archive``
(entries and ratios of a zip), ``kml`` (tags and depth), ``geopackage`` (rows, bytes, seconds)."""
EVENT_SUFFIXES = (".geojson", ".json", ".kml", ".kmz")


def read_polygons(path: Path) -> list[NamedPolygon]:
    """Every polygon of a .geojson, .json, .kml, .kmz or .gpkg file, in file order.

    A feature of several polygons gives one for each part, ``name (1 of 2)`` and so on. Raises
    ``InputError`` for a file that cannot be used, ``HostileInputError`` for one that is unsafe or
    is not what its extension says.
    """
    kind = _kind(path, tuple(LIMITS))
    try:
        return named_polygons(path.name, _numbered(_readers()[kind](path)))
    except RecursionError as error:
        raise HostileInputError(f"{path.name}: nested too deeply to be a {kind} file") from error


def read_events(path: Path) -> list[MapEvent]:
    """Every feature of a .geojson, .json, .kml or .kmz file as an event, in file order.

    What the file does not say of an event stays ``None``. Raises as ``read_polygons``.
    """
    kind = _kind(path, EVENT_SUFFIXES)
    try:
        if kind == "GeoJSON":
            return geojson_events(path.name, path.read_bytes())
        data = archive.kml_document(path) if kind == "KMZ" else path.read_bytes()
        return kml_events(path.name, data)
    except RecursionError as error:
        raise HostileInputError(f"{path.name}: nested too deeply to be a {kind} file") from error


def _kind(path: Path, suffixes: tuple[str, ...]) -> str:
    """What the file is by its extension; refused where its size or its first bytes disagree."""
    suffix = path.suffix.lower()
    if suffix not in suffixes:
        raise InputError(f"{path.name}: unknown kind of file; use one of {', '.join(suffixes)}")
    kind, most_bytes, start = LIMITS[suffix]
    data = _head(path, most_bytes)
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n").startswith(start):
        raise HostileInputError(f"{path.name}: this is not a {kind} file, whatever its name says")
    return kind


def _readers() -> dict[str, Callable[[Path], Iterator[tuple[str, list[list[Ring]]]]]]:
    return {
        "GeoJSON": lambda path: geojson.features(path.name, path.read_bytes()),
        "KML": lambda path: kml.features(path.name, path.read_bytes()),
        "KMZ": lambda path: kml.features(path.name, archive.kml_document(path)),
        "GeoPackage": geopackage.features,
    }


def _head(path: Path, most_bytes: int) -> bytes:
    """The first bytes of a regular file that is not too large."""
    try:
        if not path.is_file():
            raise InputError(f"{path.name}: no such file; the path is relative to the case folder")
        size = path.stat().st_size
        if size > most_bytes:
            raise HostileInputError(
                f"{path.name}: {size / 1e6:.0f} MB; at most {most_bytes / 1e6:.0f} MB are read. "
                "Keep only the areas the case names"
            )
        with path.open("rb") as file:
            return file.read(1_024)
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error


def _numbered(features: Iterator[tuple[str, list[list[Ring]]]]) -> Parts:
    """Split features of several polygons into parts with names of their own."""
    for name, polygons in features:
        for number, rings in enumerate(polygons, 1):
            part = f" ({number} of {len(polygons)})" if len(polygons) > 1 else ""
            yield f"{name}{part}", rings
