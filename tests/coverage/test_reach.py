"""Distances to points and lines, and whose range suffices."""

import pytest

import makers
from shieldwall.case.records import Origin, Reach
from shieldwall.coverage.reach import distances_km, reach
from shieldwall.network.draw import draw_ensemble
from weighing import fused as order_of_battle


def line(id, *points, precision_m=5_000.0):
    return Origin(id, id.title(), points, precision_m, None, "test", "case.toml:1")


def test_one_degree_of_latitude_at_ten_north():
    """110.61 km: WGS-84 meridian arc between 10 and 11 degrees."""
    near, far = distances_km(makers.place(), line("point", (-66.0, 11.0)))
    assert near == far == pytest.approx(110.61, abs=0.01)


def test_the_nearest_point_of_a_line_may_lie_between_its_ends():
    meridian = line("line", (-65.0, 8.0), (-65.0, 12.0))
    near, far = distances_km(makers.place(), meridian)
    assert near == pytest.approx(109.64, abs=0.05)
    assert far == pytest.approx(247.0, abs=1.5)


def test_reach_counts_the_draws_whose_range_suffices():
    """Range 800 to 1,500 km, likely 1,000: over 1,105 km in (395/500)(395/700) = 44.6 %."""
    case = makers.case(
        origins=(line("south", (-66.0, 0.0)),), reaches=(Reach("base", ("drone",), "case.toml:1"),)
    )
    catalogue = makers.catalogue()
    orbat = order_of_battle(case, catalogue)
    ensemble = draw_ensemble(case, catalogue, orbat, (1.3, 1.33, 1.4), draws=1000)
    distance, drone = reach(case, catalogue, ensemble)
    assert distance.threat is None
    share = (1500 - drone.nearest_km) ** 2 / (700 * 500)
    assert drone.probability == pytest.approx(share, abs=0.01)
    assert drone.range_km == (800, 1000, 1500)
