"""Which elevation a case gets, in which order, and what is said about it."""

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
import rasterio

import makers
from shieldwall.case.records import Area, TerrainChoice
from shieldwall.errors import HostileInputError, TerrainError
from shieldwall.terrain import coarse, open_terrain
from shieldwall.written import number

AREA = Area(20.0, 10.0, 21.0, 11.0)


def relief(path, west=20.0, east=21.0, height_m=250):
    cols = round((east - west) * 100)
    with rasterio.open(
        path, "w", driver="GTiff", dtype="int16", count=1, crs="EPSG:4326", width=cols, height=100,
        transform=rasterio.Affine(0.01, 0, west, 0, -0.01, 11),
    ) as file:  # fmt: skip
        file.write(np.full((1, 100, cols), height_m, np.int16))
    return path


def opened(tmp_path, choice="auto", files=()):
    case = replace(makers.case(), area=AREA, terrain=TerrainChoice(choice, tuple(files), 500.0))
    return open_terrain(case, tmp_path / "cache")


@pytest.fixture
def no_itur(monkeypatch):
    monkeypatch.setattr(coarse, "installed", lambda: False)


def test_the_cases_own_files_come_first(tmp_path):
    terrain = opened(tmp_path, files=[relief(tmp_path / "own.tif")])
    assert terrain.note.kind == "files"
    assert "own.tif" in terrain.note.words
    assert "100\u202f%" in terrain.note.words
    assert "because" not in terrain.note.words
    assert terrain.elevation_at(10.5, 20.5) == 250
    assert terrain.note.spacing_m == pytest.approx(1_112, abs=1)


def test_files_that_cover_too_little_are_passed_over_in_words(tmp_path):
    terrain = opened(tmp_path, files=[relief(tmp_path / "own.tif", east=20.5)])
    assert terrain.note.kind == "offline"
    assert "(own.tif) cover 50\u202f% of the case area" in terrain.note.words
    assert "cache holds 0 of the 1 tiles" in terrain.note.words


def test_files_by_name_are_used_whatever_they_cover(tmp_path):
    terrain = opened(tmp_path, "files", [relief(tmp_path / "own.tif", east=20.5)])
    assert terrain.note.kind == "files"
    assert "50\u202f%" in terrain.note.words
    assert terrain.site(10.5, 20.5, 20_000, 500).void_share == pytest.approx(0.5, abs=0.03)


@pytest.mark.parametrize(
    ("choice", "says"),
    [("files", "names no elevation files"), ("cache", "run 'shieldwall terrain fetch")],
)
def test_a_choice_by_name_is_refused_rather_than_replaced(tmp_path, choice, says):
    with pytest.raises(TerrainError, match=says):
        opened(tmp_path, choice)


def test_files_elsewhere_are_refused(tmp_path):
    with pytest.raises(TerrainError, match="cover 0\u202f%"):
        opened(tmp_path, "files", [relief(tmp_path / "far.tif", west=60, east=61)])


def test_unreadable_files_are_an_error_even_in_auto(tmp_path):
    path = tmp_path / "N10E020.hgt"
    path.write_bytes(b"short")
    with pytest.raises(TerrainError, match="5 bytes"):
        opened(tmp_path, files=[path])
    huge = tmp_path / "huge.tif"
    with rasterio.open(
        huge, "w", driver="GTiff", dtype="int16", count=1, width=72_000, height=72_000, tiled=True,
        crs="EPSG:4326", transform=rasterio.Affine(1e-4, 0, 20, 0, -1e-4, 11), sparse_ok=True,
    ):  # fmt: skip
        pass
    with pytest.raises(HostileInputError):
        opened(tmp_path, files=[huge])


def test_the_coarse_map_says_what_it_is_worth(tmp_path):
    note = opened(tmp_path, "offline").note
    assert (note.kind, note.sections_allowed) == ("offline", False)
    assert note.floor_error_m is not None
    assert note.share_error is not None
    assert f"{number(note.floor_error_m[0])} m" in note.words
    assert "no elevation model" in note.words


def test_the_coarse_map_has_mountains_sea_and_no_voids(tmp_path):
    terrain = opened(tmp_path, "offline")
    assert 1_500 < terrain.elevation_at(46.5, 8.0) < 3_500
    assert terrain.elevation_at([30.0, 11.5], [-40.0, -66.0]).tolist() == [0, 0]
    site = terrain.site(10.5, -66.9, 100_000, 1_000)
    assert site.void_share == 0
    assert site.elevation_m.max() > 1_000


def test_the_coarse_map_by_the_antimeridian_and_the_pole(tmp_path):
    terrain = opened(tmp_path, "offline")
    one = terrain.site(-16.8, 179.99, 30_000, 1_000).elevation_m
    two = terrain.elevation_at(-16.8, np.array([179.99, -180.01, 539.99]))
    assert np.ptp(two) < 0.01
    assert one[30, 30] == pytest.approx(two[0], abs=0.01)
    assert np.isfinite(terrain.site(-89.95, 10.0, 20_000, 1_000).elevation_m).all()


def test_the_coarse_map_leaves_numpy_as_it_was(tmp_path):
    """Importing itur turns division warnings off for the whole process."""
    code = (
        "import numpy as np; before = np.geterr()\n"
        "from shieldwall.terrain import coarse; coarse.model('itu1511')\n"
        "assert np.geterr() == before, np.geterr()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.usefixtures("no_itur")
def test_without_the_extra_the_smooth_earth_and_the_reason(tmp_path):
    note = opened(tmp_path).note
    assert (note.kind, note.sections_allowed) == ("smooth", False)
    assert "not installed" in note.words
    assert "shieldwall[offline]" in note.words
    with pytest.raises(TerrainError, match="not installed"):
        opened(tmp_path, "offline")


def test_smooth_by_choice_gives_no_excuses(tmp_path):
    terrain = opened(tmp_path, "smooth")
    assert "because" not in terrain.note.words
    assert terrain.elevation_at(46.5, 8.0) == 0


def test_importing_the_room_imports_neither_rasterio_nor_itur():
    code = (
        "import sys, shieldwall.terrain\n"
        "heavy = {'rasterio', 'itur', 'astropy', 'scipy'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_map_read_directly_equals_the_model_of_its_package():
    lat = 90 - (np.array([400, 950, 1_500]) + 0.5) / 12
    lon = (np.array([0, 1_357, 4_319]) + 0.5) / 12 - 180
    grid_lon, grid_lat = np.meshgrid(lon, lat)
    exact = coarse.model("itu1511").topographic_altitude(grid_lat, grid_lon).value * 1000
    assert np.array_equal(coarse._posts(lat, lon), np.round(exact).astype(np.float32))
