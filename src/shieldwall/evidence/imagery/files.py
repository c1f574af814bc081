"""Imagery files of a case, read safely: GeoJSON Features and STAC Items, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shieldwall.case.files import IMAGERY, imagery_files
from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors.geojson import no_constant

MAX_FILES = 500
MAX_BYTES = 8_000_000
"""Of one file: parsed JSON takes some twenty times its text in memory."""
MAX_TOTAL_BYTES = 64_000_000
MAX_FEATURES = 5_000
MAX_POINTS = 2_000
"""Of one geometry: a footprint has five corners, a site one."""


@dataclass(frozen=True)
class Feature:
    """One feature as it stands in its file."""

    file: str
    """Relative to the case folder."""
    number: int
    """From 1, as people count."""
    stac: bool
    id: object
    geometry: object
    properties: dict[str, Any]

    def wrong(self, key: str, message: str) -> InputError:
        """The error for one key of this feature."""
        name = f" ({self.id})" if isinstance(self.id, str) and self.id[:60].isprintable() else ""
        return InputError(f"{self.file}: feature {self.number}{name[:64]}: {key}: {message}")


def features(folder: Path) -> list[Feature]:
    """Every feature of the case's imagery folder, by file name; none where there is no folder.

    Raises ``InputError`` for what cannot be used and ``HostileInputError`` for what is unsafe.
    """
    paths = imagery_files(folder)
    if len(paths) > MAX_FILES:
        raise HostileInputError(f"{IMAGERY}: {len(paths)} files; at most {MAX_FILES} are read")
    found: list[Feature] = []
    total = 0
    for path in paths:
        name = f"{IMAGERY}/{path.name}"
        data = _read(folder, path, name)
        total += len(data)
        if total > MAX_TOTAL_BYTES:
            raise HostileInputError(f"{name}: over {MAX_TOTAL_BYTES / 1e6:.0f} MB in {IMAGERY}")
        found += _features(name, data)
        if len(found) > MAX_FEATURES:
            raise HostileInputError(f"{name}: more than {MAX_FEATURES} features in {IMAGERY}")
    return found


def _read(folder: Path, path: Path, name: str) -> bytes:
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise HostileInputError(f"{name}: is a link that leaves the case folder")
        if not path.is_file():
            raise InputError(f"{name}: is not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise HostileInputError(f"{name}: over {MAX_BYTES / 1e6:.0f} MB; split it")
        return path.read_bytes()
    except (OSError, RuntimeError) as error:
        raise InputError(f"{name}: cannot be read: {error}") from error


def _features(name: str, data: bytes) -> Iterator[Feature]:
    document = _parsed(name, data)
    if not isinstance(document, dict):
        raise InputError(f"{name}: the top must be a FeatureCollection, a Feature or a STAC Item")
    if document.get("crs") is not None:
        raise InputError(f"{name}: crs: RFC 7946 knows WGS-84 only; remove it")
    collection = document.get("type") == "FeatureCollection"
    listed = document.get("features") if collection else [document]
    if not isinstance(listed, list):
        raise InputError(f"{name}: features: must be a list")
    for number, each in enumerate(listed, 1):
        if not isinstance(each, dict) or each.get("type") != "Feature":
            raise InputError(f'{name}: feature {number}: type: must be "Feature"')
        properties = each.get("properties")
        if not isinstance(properties, dict):
            raise InputError(f"{name}: feature {number}: properties: must be an object")
        yield Feature(
            name, number, "stac_version" in each, each.get("id"), each.get("geometry"), properties
        )


def _parsed(name: str, data: bytes) -> object:
    try:
        parsed: object = json.loads(
            data.decode("utf-8-sig"), parse_constant=no_constant, object_pairs_hook=_once
        )
    except UnicodeDecodeError as error:
        raise InputError(f"{name}: not UTF-8 at byte {error.start}") from error
    except RecursionError as error:
        raise HostileInputError(f"{name}: nested too deeply to be GeoJSON") from error
    except ValueError as error:
        raise InputError(f"{name}: not valid JSON: {error!s:.200}") from error
    return parsed


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("an object has the same key twice")
    return found


def positions(feature: Feature) -> tuple[str, list[list[tuple[float, float]]]]:
    """("Point" | "Polygon" | "", rings of (lon, lat)); empty where there is no geometry.

    Raises ``InputError`` for other geometries and for coordinates that are none.
    """
    shape = feature.geometry
    if shape is None:
        return "", []
    kind = shape.get("type") if isinstance(shape, dict) else None
    inside = shape.get("coordinates") if isinstance(shape, dict) else None
    if kind == "Point":
        return "Point", [[_position(feature, inside)]]
    if kind not in ("Polygon", "MultiPolygon") or not isinstance(inside, list):
        raise feature.wrong("geometry", "must be a Point, Polygon, MultiPolygon or null")
    polygons = [inside] if kind == "Polygon" else inside
    rings = [p[0] for p in polygons if isinstance(p, list) and p]
    if len(rings) != len(polygons) or not rings or not all(isinstance(r, list) for r in rings):
        raise feature.wrong("geometry", "each polygon must be a list of rings")
    if sum(len(r) for r in rings) > MAX_POINTS:
        raise feature.wrong("geometry", f"has over {MAX_POINTS} points; simplify the footprint")
    if any(len(r) < 4 for r in rings):
        raise feature.wrong("geometry", "a ring needs four positions, the last like the first")
    return "Polygon", [[_position(feature, p) for p in ring] for ring in rings]


def _position(feature: Feature, value: object) -> tuple[float, float]:
    numbers = isinstance(value, list) and len(value) in (2, 3) and all(
        type(x) in (int, float) for x in value
    )  # fmt: skip
    if numbers and isinstance(value, list) and abs(value[0]) <= 180 and abs(value[1]) <= 90:
        return float(value[0]), float(value[1])
    raise feature.wrong("geometry", "each position must be [longitude, latitude] in degrees")
