"""What the map files say of a unit: where it was published to be, its odds, its ranges."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Literal

import numpy as np

from shieldwall.case.records import Place
from shieldwall.geodesy import WGS84
from shieldwall.network.ensemble import Unit
from shieldwall.provenance import Quantity
from shieldwall.report import words
from shieldwall.report.maps.network import published_range
from shieldwall.report.records import Assessment
from shieldwall.vectors.polygons import Ring

CIRCLE_POINTS = 120
DEGREE_DECIMALS = 5
"""About a metre, finer than any published precision and coarser than processors disagree on."""
LAYER_COLOURS = {
    "long": "#0072b2", "medium": "#009e73", "short": "#e69f00", "point": "#d55e00",
    "surveillance": "#cc79a7",
}  # fmt: skip
"""Okabe and Ito (2008), as in the report; the order is that of every list of units."""


@dataclass(frozen=True)
class UnitFacts:
    """One unit as a table of texts, at the place and precision at which it was published."""

    unit: Unit
    place: Place
    system: str
    presence: float
    rows: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """System and place."""
        return f"{self.system}, {self.place.name}"


@dataclass(frozen=True)
class RangeRing:
    """A published range drawn as a geodesic circle about the published position."""

    unit: str
    bound: str
    radius_m: float
    figure: str
    ring: Ring


def units(assessment: Assessment) -> tuple[UnitFacts, ...]:
    """Every unit with a place on the map, long range first, then by id."""
    found = [_facts(assessment, i, u) for i, u in enumerate(assessment.ensemble.units)]
    order = tuple(LAYER_COLOURS)
    located = (f for f in found if f.place.kind != "unlocated")
    return tuple(sorted(located, key=lambda f: (order.index(f.unit.layer), f.unit.id)))


def _facts(assessment: Assessment, column: int, unit: Unit) -> UnitFacts:
    ledger, catalogue = assessment.ledger.quantities, assessment.catalogue
    place = assessment.case.place(unit.place)
    item = catalogue.systems.get(unit.system) or catalogue.radars[unit.system]
    presence = drawn_share(assessment, column, "presence")
    rows = [
        ("System", item.name),
        ("Layer", unit.layer),
        ("Presence", f"{words.likelihood(presence)} ({words.percent(presence)})"),
    ]
    for part, label in (
        ("launchers", "Launchers, if there"),
        ("serviceable", "Works, if there"),
        ("in_service", "There and works"),
    ):
        quantity = ledger.get(f"orbat.{unit.id}.{part}")
        if quantity is not None:
            rows.append((label, _measure(quantity)))
    rows += [("Place", place.name), ("Position", _position(unit, place))]
    entry = unit.id if unit.kind == "site" else unit.system  # teams are known by their total
    rows.append(("Trail", f"shieldwall explain DIR orbat.{entry}"))
    return UnitFacts(unit, place, item.name, presence, tuple(rows))


def drawn_share(
    assessment: Assessment, column: int, part: Literal["presence", "in_service"]
) -> float:
    """How likely a unit is there, or there and works; of teams, which have no figure of their own,
    in how many draws any are."""
    ensemble = assessment.ensemble
    unit = ensemble.units[column]
    if unit.kind == "density":
        draws = ensemble.present if part == "presence" else ensemble.in_service
        return float(draws[:, column].mean())
    value = assessment.ledger.quantities[f"orbat.{unit.id}.{part}"].value
    if value is None:
        raise ValueError(f"orbat.{unit.id}.{part} has no figure")
    return value


def _measure(quantity: Quantity) -> str:
    text = words.measure(quantity.value, quantity.unit)
    if quantity.low == quantity.high:
        return text
    return f"{text} ({words.span(quantity.low, quantity.high, quantity.unit)})"


def _position(unit: Unit, place: Place) -> str:
    if unit.kind == "density":
        return "teams spread over the area; no position is known or drawn"
    if place.precision_m is None:
        return "somewhere in the area"
    return f"published to within {words.number(place.precision_m)} m"


def range_rings(assessment: Assessment, facts: UnitFacts) -> tuple[RangeRing, ...]:
    """Low, likely and high of the farthest published range; none for areas and unsourced ones."""
    figure = published_range(assessment.catalogue, facts.unit.system)
    if figure is None or facts.place.lat is None or facts.place.lon is None:
        return ()
    lat, lon = facts.place.lat, facts.place.lon
    return tuple(
        RangeRing(facts.unit.id, bound, radius, figure.id, circle(lat, lon, radius))
        for bound, radius in zip(("low", "likely", "high"), figure.si, strict=True)
    )


def circle(lat: float, lon: float, radius_m: float) -> Ring:
    """A closed geodesic circle, counter-clockwise; (lon, lat) in degrees."""
    azimuths = np.arange(CIRCLE_POINTS) * 360.0 / CIRCLE_POINTS
    everywhere = np.ones(CIRCLE_POINTS)
    lons, lats, _ = WGS84.fwd(lon * everywhere, lat * everywhere, azimuths, radius_m * everywhere)
    return closed(tuple(zip(lons.tolist(), lats.tolist(), strict=True)))


def closed(ring: Ring) -> Ring:
    """``ring`` rounded, counter-clockwise, its first point repeated at its end."""
    open_ring = ring[:-1] if ring[0] == ring[-1] else ring
    points = tuple((round(x, DEGREE_DECIMALS), round(y, DEGREE_DECIMALS)) for x, y in open_ring)
    whole = (*points, points[0])
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(whole))
    return whole if area > 0 else whole[::-1]
