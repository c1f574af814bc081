"""Who could strike from where: geodesic distances against published ranges and published claims."""

from __future__ import annotations

import numpy as np

from shieldwall.case.records import Case, Claim, Origin, Place
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.records import DistanceCheck, ReachResult
from shieldwall.geodesy import WGS84, distance_m
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.rule import usable

STEP_M = 1_000.0
"""A line is walked in steps of this length to find its nearest point."""

ROUNDING = 0.1
"""A published distance that is farther off than this share of itself fits no line."""


def distances_km(place: Place, origin: Origin) -> tuple[float, float]:
    """Nearest and farthest WGS-84 geodesic distance from a place to a point or line, km."""
    if place.lat is None or place.lon is None:
        raise ValueError(f"{place.id} has no position to measure from")
    lon, lat = _walked(origin)
    _, _, metres = WGS84.inv(np.full(len(lon), place.lon), np.full(len(lat), place.lat), lon, lat)
    return float(np.min(metres)) / 1000, float(np.max(metres)) / 1000


def _walked(origin: Origin) -> tuple[list[float], list[float]]:
    """The vertices of the line and points between them along geodesics."""
    lon, lat = [origin.line[0][0]], [origin.line[0][1]]
    for (lon1, lat1), (lon2, lat2) in zip(origin.line, origin.line[1:], strict=False):
        steps = int(distance_m(lat1, lon1, lat2, lon2) // STEP_M)
        for x, y in WGS84.npts(lon1, lat1, lon2, lat2, steps) if steps else ():
            lon.append(x)
            lat.append(y)
        lon.append(lon2)
        lat.append(lat2)
    return lon, lat


def reach(case: Case, catalogue: Catalogue, ensemble: Ensemble) -> tuple[ReachResult, ...]:
    """Every place the case asks about, from every origin, for every threat it names."""
    found = []
    for wanted in case.reaches:
        place = case.place(wanted.place)
        for origin in case.origins:
            nearest, farthest = distances_km(place, origin)
            slack = origin.precision_m / 1000
            found.append(
                ReachResult(place.id, origin.id, None, nearest, farthest, slack, None, None)
            )
            for id in wanted.threats:
                choice = next(t for t in case.threats if t.id == id)
                figure = catalogue.threats[choice.catalogue].range
                if figure is None or not figure.known:
                    found.append(
                        ReachResult(place.id, origin.id, id, nearest, farthest, slack, None, None)
                    )
                    continue
                low, likely, high = (each / 1000 for each in figure.si)
                enough = float(np.mean(ensemble.figures[figure.id] >= nearest * 1000))
                found.append(
                    ReachResult(
                        place.id,
                        origin.id,
                        id,
                        nearest,
                        farthest,
                        slack,
                        (low, likely, high),
                        enough,
                    )
                )
    return tuple(found)


def check_distances(case: Case) -> tuple[DistanceCheck, ...]:
    """Every published distance of the case against every origin."""
    return tuple(
        _check(case, claim)
        for claim in case.claims
        if claim.about == "distance"
        and claim.count is not None
        and claim.count.unit == "km"
        and claim.place is not None
        and case.place(claim.place).kind == "point"
        and case.origins
        and usable(claim, case.as_of)
    )


def _check(case: Case, claim: Claim) -> DistanceCheck:
    place = case.place(claim.place or "")
    low, stated, high = _stated_km(claim)
    computed = {o.id: distances_km(place, o) for o in case.origins}
    names = {o.id: o.name for o in case.origins}
    slack = {o.id: max(o.precision_m / 1000, ROUNDING * stated) for o in case.origins}
    gap = {id: max(low - near, near - high, 0.0) for id, (near, _) in computed.items()}
    claimed = claim.origin
    best = min(gap, key=lambda id: (gap[id], id != claimed, abs(computed[id][0] - stated)))
    fits = best if gap[best] <= slack[best] else None
    measured = f"{computed[best][0]:.0f} km from {names[best]}"
    if fits is None:
        verdict = f"It fits no line of the case: {place.name} is at the nearest {measured}."
    elif claimed is None:
        verdict = f"No line was named; the nearest fit is {measured}."
    elif claimed == fits:
        verdict = f"It fits the line it names: {place.name} is {measured}."
    elif gap[claimed] <= _precision_km(case, claimed):
        verdict = f"Within the precision of {names[claimed]}, though {measured} fits better."
    else:
        verdict = (
            f"It does not fit the line it names: {place.name} is {computed[claimed][0]:.0f} km "
            f"from {names[claimed]}, and {measured}, which the figure fits better."
        )
    return DistanceCheck(claim.id, place.id, claimed, stated, computed, fits, verdict)


def _stated_km(claim: Claim) -> tuple[float, float, float]:
    """Low, likely and high of a published distance; one figure stands for all three."""
    count = claim.count
    given = [] if count is None else [
        v for v in (count.low, count.likely, count.high) if v is not None
    ]  # fmt: skip
    low, high = min(given), max(given)
    likely = count.likely if count is not None and count.likely is not None else (low + high) / 2
    return low, likely, high


def _precision_km(case: Case, origin: str) -> float:
    """How precisely the origin's line is known, km."""
    return next(o.precision_m for o in case.origins if o.id == origin) / 1000
