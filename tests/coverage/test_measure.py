"""The walk over draws: closed forms on a smooth Earth, nesting, and equal bytes on any workers."""

from dataclasses import replace

import numpy as np
import pytest

import makers
from shieldwall.case.records import Deployment, Holding
from shieldwall.coverage.measure import cover, spread
from shieldwall.coverage.points import SUB_CELLS, evaluation_points, published_grid
from shieldwall.coverage.records import ALTITUDES_M
from shieldwall.network.draw import draw_ensemble
from shieldwall.orbat.tally import of_band
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.source import SmoothEarth, Terrain
from weighing import fused as order_of_battle

NOTE = TerrainNote("smooth", "smooth", 0.0, "", None, None, True)
SURE = makers.band(1.0, 1.0, 1.0)
WORKS, BROKEN = of_band(SURE), of_band(makers.band(0.0, 0.0, 0.0))


class Ridge:
    """A wall 1,500 m high along the meridian 65.9 west, east of the base."""

    spacing_m = 0.0

    def sample(self, patch, cell_m):
        lon = patch.spread(patch.lon)
        return np.where(np.abs(lon + 65.9) < 0.01, 1_500.0, 0.0).astype(np.float32)


def covered(case=None, catalogue=None, elevation=None, draws=16, workers=1, **sure):
    case, catalogue = case or makers.case(), catalogue or makers.catalogue()
    orbat = order_of_battle(case, catalogue)
    if sure:
        orbat = replace(
            orbat,
            units=tuple(replace(u, **sure) for u in orbat.units),
            held=tuple(replace(h, held=1.0) for h in orbat.held),
        )
    ensemble = draw_ensemble(case, catalogue, orbat, (4 / 3, 4 / 3, 4 / 3), draws)
    terrain = Terrain(NOTE, elevation or SmoothEarth())
    return cover(case, catalogue, ensemble, terrain, workers)


def shares(coverage, altitude):
    return next(a for a in coverage.areas if a.altitude_m == altitude)


def test_a_sure_unit_covers_its_disc():
    """Detection of 0.01 m2 reaches 31.6 km; at 1,000 m the disc is pi (31.62^2 - 1 - 2^2 + 1)."""
    coverage = covered(presence=0.999, serviceable=WORKS, draws=64)
    altitude = ALTITUDES_M.index(1_000)
    field = coverage.depth_probability[0, altitude, 0]
    area_km2 = field.sum() * (coverage.grid.cell_m / 1000) ** 2
    assert area_km2 == pytest.approx(np.pi * (31.6228**2 - 1 - 2**2 + 1), rel=0.01)


def test_every_answer_is_a_share_of_the_one_before():
    coverage = covered(elevation=Ridge())
    for each in coverage.areas:
        nested = (each.rings, each.horizon, each.terrain, each.present, each.depth[0].mean)
        assert list(nested) == sorted(nested, reverse=True)
        assert each.depth[0].mean >= each.depth[1].mean >= each.depth[2].mean


def test_a_ridge_takes_low_cover_only():
    open_sky, masked = covered(), covered(elevation=Ridge())
    assert shares(masked, 50).terrain < shares(open_sky, 50).terrain - 0.1
    assert shares(masked, 10_000).terrain == pytest.approx(
        shares(open_sky, 10_000).terrain, abs=0.02
    )
    assert shares(masked, 50).horizon == shares(open_sky, 50).horizon


def test_flat_terrain_equals_the_smooth_horizon():
    for each in covered().areas:
        assert each.terrain == pytest.approx(each.horizon, abs=0.01)


def test_workers_change_nothing():
    one, two = covered(workers=1, elevation=Ridge()), covered(workers=3, elevation=Ridge())
    for field in ("layer_probability", "depth_probability", "rings"):
        assert getattr(one, field).tobytes() == getattr(two, field).tobytes()
    assert one.areas == two.areas
    assert one.floors[0].median_m.tobytes() == two.floors[0].median_m.tobytes()


def test_presence_and_availability_scale_cover():
    sure = covered(presence=0.999, serviceable=WORKS, draws=256)
    half = covered(presence=0.5, serviceable=WORKS, draws=256)
    assert shares(half, 300).present == pytest.approx(0.5 * shares(sure, 300).terrain, rel=0.03)
    broken = covered(presence=0.999, serviceable=BROKEN)
    assert shares(broken, 300).depth[0].mean == 0.0
    assert shares(broken, 300).present > 0.5


def test_what_one_layer_adds_and_depth_of_two():
    far, near = makers.system("far"), replace(makers.system("near"), layer="short")
    claims = (makers.claim("a", system="far"), makers.claim("b", system="near"))
    coverage = covered(
        makers.case(claims=claims), makers.catalogue(far, near), presence=0.999, serviceable=WORKS
    )
    each = shares(coverage, 300)
    alone = each.adds["medium"].mean + each.adds["short"].mean
    assert each.depth[0].mean == pytest.approx(each.depth[1].mean + alone)
    assert each.layer["medium"].mean == pytest.approx(each.depth[1].mean + each.adds["medium"].mean)
    assert 0 < alone < 0.2
    assert each.depth[1].mean > 0.7


def test_teams_cover_what_scattered_discs_cover_with_their_spread():
    """20 teams of 6 km reach anywhere in 66 x 44 km, against discs thrown here."""
    area = makers.place("area", lat=None, lon=None, precision_m=None, polygon=makers.BOX)
    gun = replace(makers.system(), layer="point", optical=True, radars=())
    reach = replace(gun.interceptors[0], range_max=makers.figure("sam.range_max", 6, 6, 6))
    catalogue = makers.catalogue(replace(gun, interceptors=(reach,)))
    case = makers.case(
        places=(area,),
        claims=(),
        holdings=(Holding("sam", "launchers", makers.band(20, 20, 20), "V", "r", "", "case.toml"),),
        deployments=(Deployment("teams", "sam", "area", SURE, "test", "case.toml"),),
    )
    got = shares(covered(case, catalogue, draws=256), 300).layer["point"]
    rng = np.random.default_rng(0)
    x, y = np.meshgrid(np.linspace(0.5, 65.3, 40), np.linspace(0.5, 43.8, 40))
    thrown = []
    for _ in range(400):
        team = rng.random((20, 2)) * (65.79, 44.24)
        away = np.hypot(x[..., None] - team[:, 0], y[..., None] - team[:, 1])
        thrown.append(((away <= 5.99) & (away >= 1.98)).any(axis=2).mean())
    assert got.mean == pytest.approx(np.mean(thrown), abs=0.02)
    assert got.low == pytest.approx(np.percentile(thrown, 5), abs=0.03)
    assert got.high == pytest.approx(np.percentile(thrown, 95), abs=0.03)


def test_teams_reach_beyond_the_edge_of_their_area():
    small = ((-66.1, 9.95), (-65.95, 9.95), (-65.95, 10.05), (-66.1, 10.05))
    area = makers.place("area", lat=None, lon=None, precision_m=None, polygon=small)
    gun = replace(makers.system(), layer="point", optical=True, radars=())
    case = makers.case(
        places=(area,),
        claims=(),
        holdings=(Holding("sam", "launchers", makers.band(50, 50, 50), "V", "r", "", "case.toml"),),
        deployments=(Deployment("teams", "sam", "area", SURE, "test", "case.toml"),),
    )
    assert shares(covered(case, makers.catalogue(gun)), 300).layer["point"].mean > 0.9


def test_a_radar_on_a_hill_sees_no_less_over_the_smooth_earth_than_over_terrain():
    class Hill:
        spacing_m = 0.0

        def sample(self, patch, cell_m):
            lat, lon = patch.spread(patch.lat), patch.spread(patch.lon)
            away_km = np.hypot((lat - 10.0) * 110.6, (lon + 66.0) * 109.6)
            return np.maximum(0.0, 1_500.0 - 300.0 * away_km).astype(np.float32)

    system = replace(
        makers.system(),
        radars=(replace(makers.system().radars[0], reference_range=None, reference_rcs_m2=None),),
    )
    for each in covered(catalogue=makers.catalogue(system), elevation=Hill()).areas:
        assert each.horizon >= each.terrain


def test_the_grid_is_as_coarse_as_the_coarsest_place():
    coarse = makers.case(places=(makers.place(precision_m=5_000.0),))
    assert covered(coarse).grid.cell_m == 5_000.0
    assert covered(makers.case(places=(makers.place(precision_m=200.0),))).grid.cell_m == 1_000.0


def test_points_fill_every_cell_and_area():
    case = makers.case()
    catalogue = makers.catalogue()
    ensemble = draw_ensemble(case, catalogue, order_of_battle(case, catalogue), (1.3, 1.33, 1.4))
    grid = published_grid(case, ensemble.units)
    points = evaluation_points(case, grid)
    counts = np.bincount(points.cell[points.cell >= 0], minlength=grid.rows * grid.cols)
    assert set(counts) == {SUB_CELLS**2}
    assert 350 <= (points.area == 0).sum() <= 450
    lat, lon = grid.latlon()
    assert np.abs(points.lat[points.centres] - lat.ravel()).max() < 1e-9
    assert np.abs(points.lon[points.centres] - lon.ravel()).max() < 1e-9
    assert lat.min() <= case.area.south
    assert lat.max() >= case.area.north - grid.cell_m / 100_000


def test_spread_of_known_values():
    got = spread(np.arange(101, dtype=float))
    assert (got.mean, got.low, got.high) == (50.0, 5.0, 95.0)
