"""Claims on a map: one RFC 7946 feature a claim, at the precision at which its place was published.

A claim whose place is unknown, or known by name only, has a null geometry.
"""

from __future__ import annotations

import json
import math
from typing import Any

from shieldwall.case.records import Claim, Place
from shieldwall.evidence.exports.records import Exported
from shieldwall.evidence.exports.table import flat

METRES_PER_DEGREE = 111_195
"""Of latitude, on a sphere of 6,371 km."""


def geojson_text(exported: Exported) -> str:
    """A FeatureCollection, claims in the order of the case."""
    features = [_feature(exported, claim) for claim in exported.claims]
    collection = {"type": "FeatureCollection", "features": features}
    return json.dumps(collection, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def _feature(exported: Exported, claim: Claim) -> dict[str, Any]:
    case = exported.case
    place = None if claim.place is None else case.place(claim.place)
    properties = {key: value for key, value in flat(claim).items() if key != "id"}
    properties |= {
        "source_name": case.source(claim.source).name,
        "origin_claim": exported.lineage.origin(claim.id),
        "origin_family": exported.family(claim),
        "place_name": place.name if place else None,
        "place_precision_m": place.precision_m if place else None,
    }
    geometry = None if place is None else _geometry(place)
    return {"type": "Feature", "id": claim.id, "geometry": geometry, "properties": properties}


def _geometry(place: Place) -> dict[str, Any] | None:
    if place.polygon is not None:
        ring = place.polygon if _counterclockwise(place.polygon) else place.polygon[::-1]
        closed = [_rounded(point, None) for point in (*ring, ring[0])]
        return {"type": "Polygon", "coordinates": [closed]}
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": _rounded((place.lon, place.lat), place.precision_m)}


def _rounded(point: tuple[float, float], precision_m: float | None) -> list[float]:
    """No digit that says more than a tenth of the precision; seven at most, about a centimetre."""
    digits = 7
    if precision_m:
        digits = min(7, max(0, math.ceil(math.log10(10 * METRES_PER_DEGREE / precision_m))))
    return [round(point[0], digits), round(point[1], digits)]


def _counterclockwise(ring: tuple[tuple[float, float], ...]) -> bool:
    pairs = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) > 0
