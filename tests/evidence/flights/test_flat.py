"""Short ways on a flat Earth, against the geodesic; one radius of the Earth in the product."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

import shieldwall
from shieldwall.evidence.flights.flat import flat_km
from shieldwall.geodesy import WGS84


@pytest.mark.parametrize("lat", [0.0, -35.0, 59.0])
@pytest.mark.parametrize("bearing", [0.0, 40.0, 90.0, 200.0, 315.0])
@pytest.mark.parametrize("lon", [-66.0, 179.9, -179.9])
def test_within_one_per_cent_to_500_km(lat, bearing, lon):
    for far_km in (1.0, 50.0, 500.0):
        to_lon, to_lat, _ = WGS84.fwd(lon, lat, bearing, far_km * 1000)
        if abs(to_lat) <= 60:
            found = flat_km(lat, lon, to_lat, to_lon, (lat + to_lat) / 2)
            assert np.hypot(*found) == pytest.approx(far_km, rel=0.01)


def test_north_and_east_have_their_signs():
    north, east = flat_km(10.0, 179.5, np.array([11.0, 9.0]), np.array([-179.5, 178.5]), 10.0)
    assert north == pytest.approx([111.19, -111.19], abs=0.01)
    assert east == pytest.approx([109.50, -109.50], abs=0.01)


def test_the_radius_of_the_earth_is_written_once():
    package = Path(shieldwall.__file__).parent
    written = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if re.search(r"\b6_?371(_?000)?\b", path.read_text("utf-8"))
    ]
    assert written == ["units.py"]
