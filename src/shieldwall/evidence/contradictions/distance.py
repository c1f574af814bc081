"""Published distances against geodesy: which line a figure fits, and which places lie how far."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

import numpy as np

from shieldwall.case.records import Case, Claim, Origin, Place
from shieldwall.evidence.assumptions import DISTANCE_ROUNDING as ROUNDING
from shieldwall.evidence.contradictions.words import plain, said
from shieldwall.evidence.records import Contradiction, DistanceCheck
from shieldwall.geodesy import WGS84, distance_m
from shieldwall.written import percent

STEP_M = 1_000.0
"""A line is walked in steps of this length to find its nearest point."""

BETWEEN = "distance to "
"""How the subject of a claim about the distance to another place of the case begins."""


def distances_km(place: Place, origin: Origin) -> tuple[float, float]:
    """Nearest and farthest WGS-84 geodesic distance from a place to a point or line, km."""
    if place.lat is None or place.lon is None:
        raise ValueError(f"{place.id} has no position to measure from")
    return _measured(place.lat, place.lon, origin.line)


@lru_cache(maxsize=1024)
def _measured(lat: float, lon: float, line: tuple[tuple[float, float], ...]) -> tuple[float, float]:
    lons, lats = _walked(line)
    _, _, metres = WGS84.inv(np.full(len(lons), lon), np.full(len(lats), lat), lons, lats)
    return float(np.min(metres)) / 1000, float(np.max(metres)) / 1000


def _walked(line: tuple[tuple[float, float], ...]) -> tuple[list[float], list[float]]:
    """The vertices of the line and points between them along geodesics."""
    lon, lat = [line[0][0]], [line[0][1]]
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        steps = int(distance_m(lat1, lon1, lat2, lon2) // STEP_M)
        for x, y in WGS84.npts(lon1, lat1, lon2, lat2, steps) if steps else ():
            lon.append(x)
            lat.append(y)
        lon.append(lon2)
        lat.append(lat2)
    return lon, lat


def check_distances(case: Case, claims: Iterable[Claim]) -> tuple[DistanceCheck, ...]:
    """Every published distance among the claims against every origin of the case."""
    return tuple(
        _check(case, claim)
        for claim in claims
        if claim.about == "distance"
        and _in_km(claim)
        and claim.place is not None
        and case.place(claim.place).kind == "point"
        and case.origins
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


def contradicted(
    case: Case, claims: tuple[Claim, ...], checks: Iterable[DistanceCheck]
) -> list[Contradiction]:
    """Distances that do not fit the line, or the other place, that they name."""
    checked = {check.claim: check for check in checks}
    found = [
        _found(case, claim, checked[claim.id].verdict)
        for claim in claims
        if claim.id in checked and _misfit(case, claim, checked[claim.id])
    ]
    return found + [c for claim in claims for c in _between(case, claim)]


def _misfit(case: Case, claim: Claim, check: DistanceCheck) -> bool:
    """Whether a figure that names its line is off it by more than line and figure leave open."""
    named = check.claimed_origin
    if named is None:
        return False
    return _gap_km(claim, check.computed_km[named][0]) > max(
        _precision_km(case, named), ROUNDING * check.stated_km
    )


def _between(case: Case, claim: Claim) -> list[Contradiction]:
    """A stated distance between two places of the case, if it is off."""
    here, there = case.place(claim.place) if claim.place else None, _other_end(case, claim)
    if here is None or there is None or not _in_km(claim):
        return []
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return []
    km = distance_m(here.lat, here.lon, there.lat, there.lon) / 1000
    slack = ((here.precision_m or 0.0) + (there.precision_m or 0.0)) / 1000
    if _gap_km(claim, km) <= max(slack, ROUNDING * _stated_km(claim)[1]):
        return []
    return [_found(case, claim, f"{here.name} lies {km:.0f} km from {there.name}.")]


def _found(case: Case, claim: Claim, finds: str) -> Contradiction:
    return Contradiction(
        id=f"distance:{claim.id}",
        kind="distance",
        claims=(claim.id,),
        says=said(case, claim),
        finds=finds,
        why="Measured along the WGS-84 geodesic between the published positions; a figure may be "
        f"{percent(ROUNDING)} off, and a line as far as it is known.",
        checkable=True,
    )


def _gap_km(claim: Claim, true_km: float) -> float:
    """How far a true distance lies outside of what was said, with its bound word."""
    low, _, high = _stated_km(claim)
    bound = claim.count.bound if claim.count else "exact"
    above = 0.0 if bound in ("at least", "more than") else true_km - high
    below = 0.0 if bound == "at most" else low - true_km
    return max(above, below, 0.0)


def _other_end(case: Case, claim: Claim) -> Place | None:
    if claim.subject is None or not claim.subject.casefold().startswith(BETWEEN):
        return None
    wanted = claim.subject[len(BETWEEN) :].strip()
    named = (p for p in case.places if p.id == wanted or plain(p.name) == plain(wanted))
    return next(named, None)


def _in_km(claim: Claim) -> bool:
    count = claim.count
    return (
        count is not None
        and count.unit == "km"
        and any(v is not None for v in (count.low, count.likely, count.high))
    )


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
