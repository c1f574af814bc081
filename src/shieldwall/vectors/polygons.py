"""What a vector file gives a case: a name and a ring, checked before anything computes on it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shieldwall.errors import HostileInputError, InputError

Ring = tuple[tuple[float, float], ...]

MAX_RING_VERTICES = 10_000
"""More than any border at 1:10,000,000; bounds the time a validity check can be made to take."""
MAX_FILE_VERTICES = 100_000
MAX_POLYGONS = 2_000
MAX_NAME_CHARACTERS = 200


@dataclass(frozen=True)
class NamedPolygon:
    """A polygon without holes; ``ring`` as (lon, lat) in degrees, its first point not repeated."""

    name: str
    ring: Ring


def too_much(file: str) -> HostileInputError:
    """The error for a file of more polygons or points than any case needs."""
    return HostileInputError(
        f"{file}: more than {MAX_POLYGONS} polygons or {MAX_FILE_VERTICES} points; "
        "keep only the areas the case names"
    )


def named_polygons(file: str, parts: Iterable[tuple[str, Sequence[Ring]]]) -> list[NamedPolygon]:
    """Check polygons as read, each a name and its rings (the outer one, then holes).

    Raises ``InputError`` for a polygon that encloses nothing certain: not finite, out of range,
    across the antimeridian, unclosed, self-intersecting, with holes; ``HostileInputError`` where
    there is more than any case needs.
    """
    polygons: list[NamedPolygon] = []
    vertices = 0
    for name, rings in parts:
        label = name[:MAX_NAME_CHARACTERS]
        where = f"{file}: polygon {len(polygons) + 1} ({label or 'no name'})"
        vertices += sum(len(ring) for ring in rings)
        if len(polygons) == MAX_POLYGONS or vertices > MAX_FILE_VERTICES:
            raise too_much(file)
        if not rings:
            raise InputError(f"{where}: it has no ring; remove it or draw it again")
        if len(rings) > 1:
            raise InputError(f"{where}: it has a hole; draw the area as one ring")
        polygons.append(NamedPolygon(label, _checked(where, rings[0])))
    if not polygons:
        raise InputError(f"{file}: no polygon in it; export the areas as polygons")
    return polygons


def _checked(where: str, ring: Ring) -> Ring:
    """The open ring, or an error that says what is wrong with it."""
    if len(ring) > MAX_RING_VERTICES:
        raise HostileInputError(
            f"{where}: {len(ring)} points; simplify it to {MAX_RING_VERTICES} or fewer"
        )
    for lon, lat in ring:
        if not (math.isfinite(lon) and math.isfinite(lat)):
            raise InputError(f"{where}: a coordinate is not a number (got {lon}, {lat})")
        if not (-180 <= lon <= 180 and -90 <= lat <= 90):
            raise InputError(
                f"{where}: a coordinate is out of range (got {lon:g}, {lat:g}); "
                "longitude then latitude, in WGS-84 degrees"
            )
    if len(set(ring)) < 3:
        raise InputError(f"{where}: it has {len(set(ring))} different points; a ring needs three")
    if ring[0] != ring[-1]:
        raise InputError(f"{where}: the ring is not closed; repeat its first point at its end")
    if any(abs(a[0] - b[0]) > 180 for a, b in itertools.pairwise(ring)):
        raise InputError(
            f"{where}: it crosses the antimeridian; split it at longitude 180 into two polygons"
        )
    return _simple(where, ring[:-1])


def _simple(where: str, ring: Ring) -> Ring:
    # Imported here: a case without vector files needs no geometry library to load.
    import shapely

    polygon = shapely.Polygon(ring)
    if not polygon.is_valid:
        reason = shapely.is_valid_reason(polygon).replace("[", " near ").rstrip("]")
        raise InputError(f"{where}: not a simple ring: {reason}; redraw it without crossings")
    return ring
