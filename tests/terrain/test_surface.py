"""Joining posts, tiles and lattices into the surface round a site."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from pyproj import Transformer
from rasterio.transform import Affine

from shieldwall.errors import TerrainError
from shieldwall.geodesy import Frame, Grid
from shieldwall.terrain.mosaic import Mosaic
from shieldwall.terrain.patch import patches
from shieldwall.terrain.posts import bilinear, block_mean
from shieldwall.terrain.rasters import open_raster
from shieldwall.terrain.source import SmoothEarth, Terrain, WithSea

ALPS = Path(__file__).parents[3] / "shared" / "data" / "dem" / "N46E008.tif"


def geotiff(path, values, west, north, step, crs="EPSG:4326", **options):
    values = np.asarray(values, np.float32)
    with rasterio.open(
        path, "w", driver="GTiff", dtype="float32", count=1, crs=crs,
        height=values.shape[0], width=values.shape[1],
        transform=Affine(step, 0, west, 0, -step, north), **options,
    ) as file:  # fmt: skip
        file.write(values, 1)
    return open_raster(path)


def plane(lat, lon):
    """A slope of 1,000 m to the degree north and 500 m east: bilinear joins it exactly."""
    return 1_000.0 * (lat - 10.0) + 500.0 * (lon - 20.0) + 100.0


def plane_tile(path, west, north, step=0.01, side=100):
    lat = north - step * (np.arange(side) + 0.5)
    lon = west + step * (np.arange(side) + 0.5)
    return geotiff(path, plane(lat[:, None], lon[None, :]), west, north, step)


def terrain(*rasters):
    return Terrain(None, Mosaic(rasters))


def test_bilinear_shares_the_weight_of_missing_posts():
    posts = np.array([[0, 10], [20, np.nan]], np.float32)
    at = bilinear(posts, np.array([0.0, 0.5, 0.4, 0.9]), np.array([0.5, 0.0, 0.4, 0.9]))
    assert at[:2] == pytest.approx([5, 10])
    assert at[2] == pytest.approx((0.24 * 10 + 0.24 * 20) / 0.84)
    assert np.isnan(at[3]), "the nearest post is missing"


def test_bilinear_serves_half_a_post_round_the_rim():
    posts = np.array([[1, 2], [3, 4]], np.float32)
    at = bilinear(posts, np.array([-0.5, 1.5, -0.6]), np.array([-0.5, 1.5, 0.0]))
    assert at[:2] == pytest.approx([1, 4])
    assert np.isnan(at[2])


def test_block_means_leave_voids_out():
    posts = np.array([[1, 3, np.nan, np.nan], [5, np.nan, np.nan, np.nan]], np.float32)
    mean = block_mean(posts, 2)
    assert mean[0, 0] == 3
    assert np.isnan(mean[0, 1])


def test_a_site_grid_is_odd_centred_and_metric(tmp_path):
    site = terrain(plane_tile(tmp_path / "a.tif", 20, 11)).site(10.5, 20.5, 10_200, 250)
    assert site.elevation_m.shape == (83, 83)
    assert site.elevation_m.dtype == np.float32
    x, y = site.grid.centres()
    assert (x[41], y[41]) == (0, 0)
    assert x[0] == -10_250
    assert site.void_share == 0
    lat, lon = site.grid.latlon()
    np.testing.assert_allclose(site.elevation_m, plane(lat, lon), atol=0.02)


def test_there_is_no_seam_between_tiles(tmp_path):
    tiles = [plane_tile(tmp_path / f"{n}{e}.tif", 20 + e, 11 + n) for n in (0, -1) for e in (0, -1)]
    site = terrain(*tiles).site(10.0, 20.0, 20_000, 100)
    lat, lon = site.grid.latlon()
    np.testing.assert_allclose(site.elevation_m, plane(lat, lon), atol=0.02)


def test_the_file_named_first_wins_and_later_ones_fill_its_voids(tmp_path):
    first = np.full((100, 100), 500.0)
    first[40:60, 40:60] = np.nan
    one = geotiff(tmp_path / "1.tif", first, 20, 11, 0.01, nodata=np.nan)
    two = geotiff(tmp_path / "2.tif", np.full((100, 100), 900.0), 20, 11, 0.01)
    both = terrain(one, two)
    assert both.elevation_at(10.8, 20.2) == 500
    assert both.elevation_at(10.5, 20.5) == 900
    assert terrain(one).elevation_at(10.5, 20.5) == 0


def test_finer_files_come_before_coarser_ones(tmp_path):
    coarse = geotiff(tmp_path / "c.tif", np.full((10, 10), 100.0), 20, 11, 0.1)
    fine = geotiff(tmp_path / "f.tif", np.full((50, 50), 200.0), 20.2, 10.8, 0.01)
    at = terrain(coarse, fine).elevation_at(np.array([10.5, 10.9]), np.array([20.5, 20.9]))
    assert at.tolist() == [200, 100]


def test_voids_are_sea_level_and_counted(tmp_path):
    values = np.full((100, 100), 300.0)
    values[:, 50:] = -32768
    site = terrain(geotiff(tmp_path / "a.tif", values, 20, 11, 0.01)).site(10.5, 20.5, 20_000, 100)
    assert site.void_share == pytest.approx(0.5, abs=0.01)
    assert set(np.unique(site.elevation_m.round(3))) == {0, 300}


def test_any_reference_system(tmp_path):
    """The plane sampled on UTM 34N posts and read back in the site's frame."""
    to_degrees = Transformer.from_crs("EPSG:32634", "EPSG:4326", always_xy=True)
    x0, y0 = Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True).transform(20, 11)
    x = x0 + 200.0 * (np.arange(500) + 0.5)
    y = y0 - 200.0 * (np.arange(500) + 0.5)
    lon, lat = to_degrees.transform(*np.meshgrid(x, y))
    raster = geotiff(tmp_path / "utm.tif", plane(lat, lon), x0, y0, 200.0, "EPSG:32634")
    assert raster.spacing_m == 200
    site = terrain(raster).site(10.55, 20.4, 15_000, 150)
    lat, lon = site.grid.latlon()
    np.testing.assert_allclose(site.elevation_m, plane(lat, lon), atol=0.05)


def test_a_site_by_the_antimeridian_sees_both_sides(tmp_path):
    east = geotiff(tmp_path / "e.tif", np.full((100, 100), 10.0), 179, -17, 0.01)
    west = geotiff(tmp_path / "w.tif", np.full((100, 100), 20.0), -180, -17, 0.01)
    for lon in (179.99, -179.99):
        site = terrain(east, west).site(-17.5, lon, 20_000, 200)
        assert site.void_share == 0
        assert (site.elevation_m[100, 0], site.elevation_m[100, -1]) == (10, 20)


def test_open_sea_squares_are_no_voids(tmp_path):
    land = Mosaic((plane_tile(tmp_path / "a.tif", 20, 11),))
    with_sea = Terrain(None, WithSea(land, [(10, 19)]))
    site = with_sea.site(10.5, 20.0, 20_000, 200)
    assert site.void_share == 0
    assert (site.elevation_m[:, 0] == 0).all()
    assert with_sea.site(9.9, 20.0, 5_000, 200).void_share == 1


def test_a_coarse_grid_takes_means_not_single_posts(tmp_path):
    spikes = np.zeros((1_000, 1_000))
    spikes[::2] = 1_000.0
    surface = terrain(geotiff(tmp_path / "a.tif", spikes, 20, 11, 0.001))
    assert surface.site(10.5, 20.5, 20_000, 1_000).elevation_m.std() < 1
    assert surface.elevation_at(np.linspace(10.4, 10.6, 777), 20.5).std() > 100


def test_large_grids_are_the_same_in_blocks(tmp_path):
    surface = terrain(plane_tile(tmp_path / "a.tif", 20, 11))
    grid = Grid(Frame(10.5, 20.5), -50_000, 50_000, 70.0, 1_428, 1_428)
    assert len(list(patches(grid))) == 4
    cut = surface.on(grid).elevation_m
    lat, lon = (each[1_000:1_050, 1_000:1_050] for each in grid.latlon())
    np.testing.assert_allclose(cut[1_000:1_050, 1_000:1_050], plane(lat, lon), atol=0.02)


def test_nearly_the_pole_and_smooth_earth(tmp_path):
    assert (Terrain(None, SmoothEarth()).site(89.9, 0, 50_000, 500).elevation_m == 0).all()
    cap = geotiff(tmp_path / "cap.tif", np.full((10, 360), 7.0), -180, 90, 1.0)
    site = terrain(cap).site(89.0, 30.0, 150_000, 1_000)
    assert site.void_share == 0
    assert site.elevation_m == pytest.approx(7)


@pytest.mark.parametrize(
    "bad", [(91, 0, 1, 1), (0, 0, 1, 0), (0, 0, -1, 1), (0, float("nan"), 1, 1)]
)
def test_impossible_sites_are_refused(bad):
    with pytest.raises(TerrainError, match="terrain round"):
        Terrain(None, SmoothEarth()).site(*bad)


def test_real_relief_agrees_with_scipy():
    """scipy's linear interpolation of the Alps tile at every cell's exact position."""
    ndimage = pytest.importorskip("scipy.ndimage")
    if not ALPS.is_file():
        pytest.skip("the shared Alps tile is not there")
    site = terrain(open_raster(ALPS)).site(46.5, 8.5, 20_000, 90)
    lat, lon = site.grid.latlon()
    with rasterio.open(ALPS) as source:
        posts = source.read(1).astype(np.float64)
        t = source.transform
    posts[posts < -500] = np.nan
    at = [(lat - t.f) / t.e - 0.5, (lon - t.c) / t.a - 0.5]
    exact = ndimage.map_coordinates(posts, at, order=1)
    good = ~np.isnan(exact)
    assert good.mean() > 0.8
    error = np.abs(site.elevation_m - exact)[good]
    assert error.mean() < 0.05
    assert error.max() < 0.5


def test_the_quick_way_equals_the_careful_one():
    chance = np.random.default_rng(8)
    posts = chance.normal(500, 200, (40, 50)).astype(np.float32)
    posts[chance.random(posts.shape) < 0.1] = np.nan
    row, col = chance.uniform(0, 39, 5_000), chance.uniform(0, 49, 5_000)
    row[:3], col[:3] = (0, 39, 39), (49, 0, 49)
    together = bilinear(posts, row, col)
    with_outsider = bilinear(posts, np.append(row, -9.0), np.append(col, 0.0))
    assert np.isnan(with_outsider[-1])
    np.testing.assert_allclose(together, with_outsider[:-1], rtol=1e-5)
