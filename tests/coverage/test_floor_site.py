"""Floors of real sites: sight lines on the site's grid against WGS-84 geodesics."""

from __future__ import annotations

import numpy as np
import pytest

from shieldwall.coverage.floor import cell_of, coverage_floor, site_floor, smooth_floor_m
from shieldwall.errors import InputError
from shieldwall.geodesy import WGS84, Frame, Grid
from shieldwall.terrain.records import SiteTerrain

CARACAS, MOSCOW = (10.4806, -66.9036), (55.7558, 37.6173)
REACH_M = 400_000.0


def _grid(place: tuple[float, float], cell_m: float) -> Grid:
    """A square grid whose middle cell is centred on the place."""
    half = int(REACH_M / cell_m) + 2
    edge = (half + 0.5) * cell_m
    return Grid(Frame(*place), -edge, edge, cell_m, 2 * half + 1, 2 * half + 1)


@pytest.mark.parametrize("place", [CARACAS, MOSCOW], ids=["Caracas", "Moscow"])
def test_sight_lines_follow_geodesics_to_400_km(place: tuple[float, float]) -> None:
    lat, lon = place
    grid = _grid(place, 90.0)
    terrain = SiteTerrain(grid, np.zeros((1, 1), np.float32), 0.0)
    row, col = cell_of(terrain, lat, lon)
    assert (row, col) == (grid.rows // 2, grid.cols // 2)
    bearings = np.repeat(np.arange(0.0, 360.0, 7.5), 8)
    ranges = np.tile(np.linspace(REACH_M / 8, REACH_M, 8), 48)
    lons, lats, _ = WGS84.fwd(
        np.full(bearings.shape, lon), np.full(bearings.shape, lat), bearings, ranges
    )
    x, y = grid.frame.to_xy(np.asarray(lats), np.asarray(lons))
    assert np.abs(np.hypot(x, y) - ranges).max() <= 1.0
    along = np.radians(bearings)
    off = np.hypot(x - ranges * np.sin(along), y - ranges * np.cos(along))
    assert off.max() <= grid.cell_m


@pytest.mark.parametrize("place", [CARACAS, MOSCOW], ids=["Caracas", "Moscow"])
def test_floor_rings_lie_at_true_distance(place: tuple[float, float]) -> None:
    """Over the sea the floor at a geodesic distance is the closed form at that distance."""
    grid = _grid(place, 2_000.0)
    terrain = SiteTerrain(grid, np.zeros((grid.rows, grid.cols), np.float32), 1.0)
    floor = site_floor(terrain, *place, 300.0)
    lats, lons = grid.latlon()
    one = np.ones(lats.shape)
    distance = np.asarray(WGS84.inv(one * place[1], one * place[0], lons, lats)[2])
    ring = distance <= REACH_M
    expected = smooth_floor_m(distance, 300.0)
    # Posts every 2 km touch the horizon up to 0.06 m low, seen from 400 km some metres.
    assert np.abs(floor - expected)[ring].max() <= 3.0


def test_an_emplacement_off_the_centre_stays_close_to_its_geodesics() -> None:
    """The docstring's bound: e metres off the centre, lines leave by less than e d² / (6 R²)."""
    lat, lon = MOSCOW
    frame = Frame(lat, lon)
    off_m = 5_000.0
    lon1, lat1, _ = WGS84.fwd(lon, lat, 30.0, off_m)
    x1, y1 = frame.to_xy(lat1, lon1)
    for bearing in np.arange(0.0, 360.0, 15.0):
        lon2, lat2, _ = WGS84.fwd(lon1, lat1, bearing, REACH_M)
        x2, y2 = frame.to_xy(lat2, lon2)
        half_lon, half_lat, _ = WGS84.fwd(lon1, lat1, bearing, REACH_M / 2)
        x, y = frame.to_xy(half_lat, half_lon)
        length = np.hypot(x2 - x1, y2 - y1)
        aside = abs((x - x1) * (y2 - y1) - (y - y1) * (x2 - x1)) / length
        bound = off_m * REACH_M**2 / (6 * 6_371_000.0**2) * 1.05
        assert aside <= bound
        assert abs(length - REACH_M) <= bound


def test_the_emplacement_is_snapped_to_the_cell_it_lies_in() -> None:
    grid = Grid(Frame(*CARACAS), -1_000.0, 1_500.0, 100.0, 30, 20)
    rng = np.random.default_rng(2)
    terrain = SiteTerrain(grid, rng.uniform(0, 80, (30, 20)).astype(np.float32), 0.0)
    lat, lon = grid.frame.to_latlon(255.0, -301.0)  # 12.55 cells east, 18.01 south of the corner
    assert cell_of(terrain, float(lat), float(lon)) == (18, 12)
    expected = coverage_floor(terrain.elevation_m, 100.0, 18, 12, 9.0, 1.3)
    out = np.empty((30, 20), np.float32)
    found = site_floor(terrain, float(lat), float(lon), 9.0, 1.3, out=out)
    assert np.array_equal(found, expected)
    assert np.shares_memory(found, out)


def test_an_emplacement_off_the_grid_is_refused() -> None:
    grid = Grid(Frame(*CARACAS), -500.0, 500.0, 100.0, 10, 10)
    terrain = SiteTerrain(grid, np.zeros((10, 10), np.float32), 0.0)
    with pytest.raises(InputError, match="off the site's grid"):
        site_floor(terrain, CARACAS[0] + 0.1, CARACAS[1], 9.0)
