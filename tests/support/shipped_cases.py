"""The three shipped cases, read once, and what their tests ask of them."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import makers
from shieldwall.case.load import load_case
from shieldwall.case.records import Case, Claim, Origin, Place
from shieldwall.geodesy import WGS84

ROOT = Path(__file__).parents[2]
NAMES = ("venezuela-2025", "venezuela-2019", "moscow-2023")


@cache
def shipped(name: str) -> Case:
    return load_case(ROOT / "cases" / name)


def published_by(case: Case, claim: Claim) -> bool:
    """Publication, or failing that the event, does not lie after the case's day."""
    moment = claim.publication or claim.event
    return moment is None or moment.start.date() <= case.as_of


def going_back_to(case: Case, origin: str) -> list[Claim]:
    return [c for c in case.claims if c.id != origin and makers.origin_of(case, c).id == origin]


def geodesics_km(case: Case, place: str, origin: str) -> list[float]:
    """Distances from a place to points every hundredth of each leg of an origin's line."""
    at, line = located(case.place(place)), the_origin(case, origin).line
    points = list(line)
    for start, end in pairwise(line):
        points += WGS84.npts(*start, *end, 99)
    return [WGS84.inv(*at, *point)[2] / 1000 for point in points]


def located(place: Place) -> tuple[float, float]:
    assert place.lat is not None
    assert place.lon is not None
    return place.lon, place.lat


def the_origin(case: Case, id: str) -> Origin:
    return next(o for o in case.origins if o.id == id)
