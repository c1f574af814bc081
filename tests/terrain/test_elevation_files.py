"""Elevation files: what is read, and what is refused before it is read."""

import resource
import struct
import time
import zipfile

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from shieldwall.errors import HostileInputError, TerrainError
from shieldwall.terrain import hgt
from shieldwall.terrain.rasters import open_raster

SIDE = 1201
WHOLE = slice(0, SIDE)


def tile(value=100):
    return np.full((SIDE, SIDE), value, ">i2")


def zipped(path, *members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def geotiff(path, values, **options):
    usual = {
        "driver": "GTiff", "dtype": values.dtype, "count": 1, "crs": "EPSG:4326",
        "height": values.shape[-2], "width": values.shape[-1],
        "transform": Affine(0.01, 0, 8.0, 0, -0.01, 47.0),
    }  # fmt: skip
    with rasterio.open(path, "w", **(usual | options)) as file:
        file.write(values if values.ndim == 3 else values[None])
    return path


def test_hgt_rows_run_north_to_south_and_voids_are_missing(tmp_path):
    posts = tile()
    posts[0, 0], posts[-1, -1], posts[5, 7] = 1_000, 2_000, -32768
    path = tmp_path / "S03W060.hgt"
    path.write_bytes(posts.tobytes())
    raster = open_raster(path)
    read = raster.read(WHOLE, WHOLE)
    assert (read[0, 0], read[-1, -1], read[1, 1]) == (1_000, 2_000, 100)
    assert np.isnan(read[5, 7])
    assert np.isnan(read).sum() == 1
    a, _, c, _, e, f = raster.transform
    assert (c + a / 2, f + e / 2) == pytest.approx((-60, -2)), "first post on the NW corner"
    assert f + e * (SIDE - 0.5) == pytest.approx(-3), "last row on the southern edge"


def test_zipped_hgt_equals_plain(tmp_path):
    posts = np.random.default_rng(1).integers(0, 3_000, (SIDE, SIDE)).astype(">i2")
    path = zipped(tmp_path / "N10E020.hgt.zip", ("N10E020.hgt", posts.tobytes()))
    np.testing.assert_array_equal(open_raster(path).read(WHOLE, WHOLE), posts)


@pytest.mark.parametrize("name", ["N4E008.hgt", "N91E000.hgt", "N10E180.hgt", "alps.hgt"])
def test_a_name_that_is_no_tile_is_refused(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(tile().tobytes())
    with pytest.raises(TerrainError, match=name):
        open_raster(path)


@pytest.mark.parametrize("size", [0, 100, 2 * SIDE * SIDE - 2, 2 * SIDE * SIDE + 2])
def test_a_tile_of_the_wrong_size_is_refused(tmp_path, size):
    path = tmp_path / "N10E020.hgt"
    path.write_bytes(bytes(size))
    with pytest.raises(TerrainError, match="bytes"):
        open_raster(path)


@pytest.mark.parametrize(
    "members",
    [
        [("N10E021.hgt", tile().tobytes())],
        [("../N10E020.hgt", tile().tobytes())],
        [("N10E020.hgt", tile().tobytes()), ("N10E021.hgt", b"")],
        [("readme.txt", b"no tile")],
    ],
)
def test_archives_that_hold_something_else_are_refused(tmp_path, members):
    with pytest.raises(TerrainError):
        open_raster(zipped(tmp_path / "N10E020.hgt.zip", *members))


def test_a_zip_bomb_is_refused_by_its_declared_size(tmp_path):
    bomb = zipped(tmp_path / "N10E020.hgt.zip", ("N10E020.hgt", bytes(200_000_000)))
    with pytest.raises(HostileInputError, match="declares"):
        open_raster(bomb)


def test_a_zip_bomb_that_lies_about_its_size_is_refused(tmp_path):
    path = zipped(tmp_path / "N10E020.hgt.zip", ("N10E020.hgt", bytes(60_000_000)))
    data = path.read_bytes()
    honest, lie = struct.pack("<I", 60_000_000), struct.pack("<I", 2 * SIDE * SIDE)
    assert data.count(honest) == 2
    path.write_bytes(data.replace(honest, lie))
    raster = open_raster(path)
    with pytest.raises(TerrainError):
        raster.read(WHOLE, WHOLE)


def test_an_archive_of_thousands_of_files_is_refused_before_they_are_listed(tmp_path):
    members = [(f"{n}.txt", b"") for n in range(5_000)]
    with pytest.raises(HostileInputError, match="5000 files"):
        open_raster(zipped(tmp_path / "N10E020.hgt.zip", *members))


def test_an_archive_cut_short_is_refused(tmp_path):
    path = zipped(tmp_path / "N10E020.hgt.zip", ("N10E020.hgt", tile().tobytes()))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(TerrainError, match="cut short"):
        open_raster(path)


def test_geotiff_voids_declared_or_not_are_missing(tmp_path):
    values = np.full((10, 10), 50, np.int16)
    values[0, 0], values[1, 1], values[2, 2] = -32767, -9999, 20
    path = geotiff(tmp_path / "a.tif", values, nodata=20)
    read = open_raster(path).read(slice(0, 10), slice(0, 10))
    assert np.isnan(read[[0, 1, 2], [0, 1, 2]]).all()
    assert np.isnan(read).sum() == 3


def test_a_geotiff_header_that_claims_10_gb_is_refused_quickly_and_in_little_memory(tmp_path):
    path = tmp_path / "huge.tif"
    with rasterio.open(
        path, "w", driver="GTiff", dtype="int16", count=1, width=72_000, height=72_000,
        crs="EPSG:4326", transform=Affine(1e-4, 0, 0, 0, -1e-4, 10), tiled=True, sparse_ok=True,
    ):  # fmt: skip
        pass
    assert path.stat().st_size < 2_000_000
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    with pytest.raises(HostileInputError, match="72000 x 72000"):
        open_raster(path)
    assert time.monotonic() - start < 10.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_geotiff_in_one_giant_block_is_refused(tmp_path):
    values = np.zeros((6_000, 6_000), np.int16)
    path = geotiff(tmp_path / "strip.tif", values, blockysize=6_000, compress="deflate")
    with pytest.raises(HostileInputError, match="blocks of 72 MB"):
        open_raster(path)


def test_a_vrt_in_disguise_is_not_followed(tmp_path):
    secret = geotiff(tmp_path / "secret.tif", np.full((10, 10), 7, np.int16))
    disguise = tmp_path / "dem.tif"
    disguise.write_text(
        '<VRTDataset rasterXSize="10" rasterYSize="10"><VRTRasterBand dataType="Int16" band="1">'
        f'<SimpleSource><SourceFilename relativeToVRT="0">{secret}</SourceFilename>'
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    with pytest.raises(TerrainError, match=r"dem\.tif: not a readable GeoTIFF"):
        open_raster(disguise)


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
@pytest.mark.parametrize(
    ("values", "options", "says"),
    [
        (np.zeros((3, 9, 9), np.uint8), {"count": 3}, "3 bands"),
        (np.zeros((9, 9), np.complex64), {}, "complex64"),
        (np.zeros((9, 9), np.int16), {"crs": None}, "no coordinate reference system"),
        (np.zeros((9, 9), np.int16), {"crs": 'LOCAL_CS["mine",UNIT["m",1]]'}, "reference system"),
    ],
)
def test_what_is_no_elevation_is_refused_in_words(tmp_path, values, options, says):
    path = geotiff(tmp_path / "a.tif", values, **options)
    with pytest.raises(TerrainError, match=says):
        open_raster(path)


def test_other_kinds_of_file_and_missing_ones_are_named(tmp_path):
    with pytest.raises(TerrainError, match="GeoTIFF"):
        open_raster(tmp_path / "relief.vrt")
    with pytest.raises(TerrainError, match="no such"):
        open_raster(tmp_path / "relief.tif")


def test_tile_corners():
    assert hgt.tile_corner("N46E008.hgt") == (46, 8)
    assert hgt.tile_corner("s01w001.HGT.zip") == (-1, -1)
