"""Reading GeoJSON (RFC 7946): polygons of features, geometries and collections."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from shieldwall.errors import InputError
from shieldwall.vectors.polygons import Ring

WGS84_NAMES = frozenset({"urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326",
                         "EPSG:4326"})  # fmt: skip
"""What the ``crs`` member of older files may say; RFC 7946 knows no other system."""
NAME_KEYS = ("name", "Name", "NAME", "title", "id")


def features(file: str, data: bytes) -> Iterator[tuple[str, list[list[Ring]]]]:
    """(name, polygons) of each feature; a polygon is a list of rings. Raises ``InputError``."""
    for index, feature in enumerate(listed(file, data)):
        is_feature = feature.get("type") == "Feature"
        geometry = feature.get("geometry") if is_feature else feature
        polygons = list(_polygons(file, index, geometry))
        if polygons:
            yield name(feature) if is_feature else "", polygons


def listed(file: str, data: bytes) -> list[dict[str, Any]]:
    """The features of a collection, or the one object that the file is, as parsed."""
    try:
        document = json.loads(data.decode("utf-8-sig"), parse_constant=no_constant)
    except UnicodeDecodeError as error:
        raise InputError(f"{file}: not UTF-8 at byte {error.start}") from error
    except ValueError as error:
        raise InputError(f"{file}: not valid JSON: {error}") from error
    if not isinstance(document, dict):
        raise InputError(f"{file}: the top must be a GeoJSON object")
    _check_crs(file, document)
    found = document.get("features") if document.get("type") == "FeatureCollection" else [document]
    if not isinstance(found, list):
        raise InputError(f"{file}: features: must be a list")
    for index, feature in enumerate(found):
        if not isinstance(feature, dict):
            raise InputError(f"{file}: features[{index}]: must be an object")
    return found


def no_constant(constant: str) -> float:
    """For ``json.loads``: NaN and the infinities are no JSON. Raises ``ValueError``."""
    raise ValueError(f"{constant} is not a number")


def _check_crs(file: str, document: dict[str, Any]) -> None:
    crs = document.get("crs")
    if crs is None:
        return
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if name not in WGS84_NAMES:
        raise InputError(f"{file}: crs: must be WGS-84 longitude and latitude (got {name!s:.80})")


def name(feature: dict[str, Any]) -> str:
    """What a feature is called, by its properties or id; empty where it has no name."""
    properties = feature.get("properties")
    table = properties if isinstance(properties, dict) else {}
    given = next((table[key] for key in NAME_KEYS if key in table), feature.get("id", ""))
    return str(given) if isinstance(given, str | int) else ""


def _polygons(file: str, index: int, geometry: object) -> Iterator[list[Ring]]:
    """The polygons of a geometry; points and lines are passed over."""
    if not isinstance(geometry, dict):
        return
    kind, inside = geometry.get("type"), geometry.get("coordinates")
    if kind == "GeometryCollection":
        for each in _list(file, index, geometry.get("geometries")):
            yield from _polygons(file, index, each)
    elif kind == "Polygon":
        yield [_ring(file, index, ring) for ring in _list(file, index, inside)]
    elif kind == "MultiPolygon":
        for polygon in _list(file, index, inside):
            yield [_ring(file, index, ring) for ring in _list(file, index, polygon)]


def _list(file: str, index: int, value: object) -> list[Any]:
    if not isinstance(value, list):
        raise InputError(f"{file}: features[{index}].geometry: a list of coordinates is missing")
    return value


def _ring(file: str, index: int, ring: object) -> Ring:
    try:
        return tuple((float(p[0]), float(p[1])) for p in _list(file, index, ring))
    except (TypeError, ValueError, IndexError, KeyError, OverflowError) as error:
        raise InputError(
            f"{file}: features[{index}].geometry: each point must be [longitude, latitude]"
        ) from error
