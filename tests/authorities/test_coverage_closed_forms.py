"""Closed forms the coverage floor must reproduce; figures computed from the formulas named."""

from __future__ import annotations

import numpy as np
import pytest

from shieldwall.coverage.floor import (
    STANDARD_K,
    coverage_floor,
    radar_horizon_m,
    smooth_floor_m,
)
from tests.authorities.exact_floor import exact_floors, whole_grid


@pytest.mark.parametrize(
    ("antenna_m", "target_m", "km"),
    [(15, 30, 38.523), (8, 50, 40.786), (15, 5_000, 307.285)],
)
def test_radar_horizon_under_standard_refraction(
    antenna_m: float, target_m: float, km: float
) -> None:
    """4.12 km per root metre, the rounded constant of the textbooks: 4.1219 unrounded."""
    assert 4.12 * (antenna_m**0.5 + target_m**0.5) == pytest.approx(km, abs=5e-4)
    found = radar_horizon_m(antenna_m, target_m) / 1_000
    assert found == pytest.approx(km, rel=5e-4)


@pytest.mark.parametrize("mast_m", [5.0, 30.0, 300.0])
@pytest.mark.parametrize("k", [1.0, STANDARD_K, 1.54, 5.0])
def test_flat_sea_along_a_line_of_400_km(mast_m: float, k: float) -> None:
    cells, cell_m = 4_446, 90.0
    floor = coverage_floor(np.zeros((5, cells)), cell_m, 2, 0, mast_m, k)[2]
    distance = np.arange(cells) * cell_m
    error = np.abs(floor - smooth_floor_m(distance, mast_m, k))
    assert error[distance <= 200e3].max() <= 0.05
    assert error[distance <= 400e3].max() <= 1.0
    assert floor[distance < radar_horizon_m(mast_m, 0.0, k) * 0.999].max() == 0.0


def test_flat_sea_in_every_direction() -> None:
    size, cell_m, mast_m = 1_001, 400.0, 30.0
    row, col = 300, 620
    floor = coverage_floor(np.zeros((size, size)), cell_m, row, col, mast_m)
    rows, cols = np.indices(floor.shape)
    distance = np.hypot(rows - row, cols - col) * cell_m
    error = np.abs(floor - smooth_floor_m(distance, mast_m))
    assert error[distance <= 200e3].max() <= 0.05
    assert error[distance <= 400e3].max() <= 1.0


def test_smooth_floor_and_radar_horizon_agree() -> None:
    """A target at the floor grazes the horizon; the textbook form is its small-height limit."""
    distance = np.array([40e3, 100e3, 300e3])
    target = smooth_floor_m(distance, 15.0)
    assert radar_horizon_m(15.0, target) == pytest.approx(distance, rel=2e-3)


@pytest.mark.parametrize("slopes", [(0.1, 0.2), (-0.3, 0.05), (0.5, -0.4)])
def test_inclined_plane_without_curvature_is_all_in_sight(slopes: tuple[float, float]) -> None:
    rows, cols = np.indices((801, 601))
    plane = 1_000 + 30 * (slopes[0] * (rows - 400) + slopes[1] * (cols - 300))
    assert coverage_floor(plane, 30.0, 400, 300, 25.0, np.inf).max() == 0.0
    # From the surface itself every sight line grazes: exact up to float32.
    assert coverage_floor(plane, 30.0, 400, 300, 0.0, np.inf).max() < 0.005


def test_a_wall_across_an_inclined_plane_without_curvature() -> None:
    """Similar triangles: behind a wall h above the antenna's level at u, the floor is h d/u."""
    cols = np.arange(401) + np.zeros((61, 1))
    z = 0.25 * (cols - 10) * 30.0
    wall, height_m, mast_m = 110, 40.0, 10.0
    z[:, wall] += height_m
    floor = coverage_floor(z, 30.0, 30, 10, mast_m, np.inf)
    behind = np.arange(wall + 1, 401)
    expected = (height_m - mast_m) * (behind - 10) / (wall - 10) + mast_m
    assert floor[30, behind] == pytest.approx(expected, abs=0.01)


def test_pillar_on_a_flat_sea_casts_its_exact_shadow() -> None:
    """3601 x 3601 cells of 30 m, a pillar of 3 x 3 cells and 500 m, 332 cells from the antenna."""
    sea = np.zeros((3_601, 3_601), np.float32)
    sea[1_799:1_802, 2_132:2_135] = 500.0
    floor = coverage_floor(sea, 30.0, 1_800, 1_800, 30.0)
    rows, cols = (a.ravel() for a in np.mgrid[1_786:1_815, 2_130:3_601])
    exact = exact_floors(sea, 30.0, 1_800, 1_800, 30.0, rows, cols)
    flat = smooth_floor_m(np.hypot(rows - 1_800, cols - 1_800) * 30.0, 30.0)
    shadow = exact > flat + 1.0
    found = floor[rows, cols]
    assert rows[shadow].min() > rows.min()
    assert rows[shadow].max() < rows.max()
    assert found[shadow].max() == pytest.approx(2_718.9, abs=0.06)
    assert np.median(found[shadow & (cols >= 3_591)]) == pytest.approx(2_704.6, abs=0.06)
    assert np.abs(found - exact)[shadow].mean() <= 1.0
    # Hardly a cell beside the shadow is darkened: nothing is smeared in azimuth.
    assert (found > flat + 1.0)[~shadow].sum() <= 0.01 * shadow.sum()


def test_the_reference_itself_gives_the_closed_form() -> None:
    """Guards the oracle: on a flat sea the exact sight lines must give the tangent."""
    exact = whole_grid(np.zeros((3, 801)), 250.0, 1, 0, 30.0)[1]
    assert np.abs(exact - smooth_floor_m(np.arange(801) * 250.0, 30.0)).max() <= 0.05
