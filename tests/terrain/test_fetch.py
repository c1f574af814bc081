"""Fetching Copernicus tiles from a local server: layout, levels, resume, and every failure."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio

import makers
from shieldwall.case.records import Area, TerrainChoice
from shieldwall.errors import FetchError, TerrainError, UsageError
from shieldwall.terrain import fetch, open_terrain
from shieldwall.terrain.cache import default_cache, squares
from shieldwall.terrain.copernicus import BUCKETS, GLO30, GLO90, address, level_for
from shieldwall.terrain.ranged import Client

PATIENT = Client(timeout_s=10.0, deadline_s=20.0, attempts=3, backoff_s=0.01)
QUICK = Client(timeout_s=0.5, deadline_s=0.5, attempts=3, backoff_s=0.01)
"""For servers that never answer; the others must not fail because this machine is busy."""


def case(west=20.1, south=10.1, east=21.9, north=10.9, cell_m=5_000.0, choice="cache"):
    return replace(
        makers.case(),
        area=Area(west, south, east, north),
        terrain=TerrainChoice(choice, (), cell_m),
    )


def get(bucket, folder, a_case=None, client=PATIENT):
    return fetch(a_case or case(), folder, base_url=bucket.url, client=client)


def client_for(trouble):
    return QUICK if trouble in ("stall", "drip") else PATIENT


def manifest(folder):
    return json.loads((folder / "copernicus" / "manifest.json").read_text())["tiles"]


def no_leftovers(folder):
    return not [p for p in folder.rglob("*") if p.name.startswith(".")]


def test_addresses_follow_the_buckets_layout():
    name = "Copernicus_DSM_COG_10_N10_00_W067_00_DEM"
    assert GLO30.tile((10, -67)) == name
    assert address(BUCKETS, GLO30, name, f"{name}.tif") == (
        f"https://copernicus-dem-30m.s3.eu-central-1.amazonaws.com/{name}/{name}.tif"
    )
    assert GLO90.tile((-3, 7)) == "Copernicus_DSM_COG_30_S03_00_E007_00_DEM"
    assert (
        address("http://localhost:1/x", GLO90, "a") == "http://localhost:1/x/copernicus-dem-90m/a"
    )


@pytest.mark.parametrize(("wanted_m", "arcsec"), [(250, 8), (200, 4), (90, 2), (45, 1), (10, 1)])
def test_the_coarsest_level_that_is_fine_enough(wanted_m, arcsec):
    assert level_for(wanted_m) == arcsec


def test_squares_of_an_area():
    assert squares(Area(-0.5, -0.5, 0.5, 0.5)) == ((-1, -1), (-1, 0), (0, -1), (0, 0))
    assert squares(Area(20, 10, 21, 11)) == ((10, 20),)


def test_fetched_tiles_are_what_the_server_holds(bucket, tmp_path):
    bucket.add(10, 20, 300.0)
    bucket.add(10, 21, 700.0)
    report = get(bucket, tmp_path)
    assert (report.tiles, report.fetched, report.kept, report.sea) == (2, 2, 0, 0)
    terrain = open_terrain(case(), tmp_path)
    assert terrain.note.kind == "cache"
    assert "Airbus" in terrain.note.words
    assert terrain.elevation_at([10.5, 10.5], [20.5, 21.5]) == pytest.approx([300, 700], abs=25)
    site = terrain.site(10.5, 21.0, 30_000, 500)
    assert site.void_share == 0


def test_only_the_overview_that_is_needed_is_transferred(bucket, tmp_path):
    path = bucket.add(10, 20)
    report = get(bucket, tmp_path, case(east=20.9, cell_m=5_000))
    (entry,) = manifest(tmp_path)
    with rasterio.open(tmp_path / "copernicus" / entry["file"]) as file:
        held = file.read(1)
    with rasterio.open(bucket.folder / Path(path).name) as made:
        assert held.shape == made.shape, "15 arc-seconds is all there is, and too coarse for 8"
        np.testing.assert_array_equal(held, made.read(1))
    assert report.spacing_m == pytest.approx(15 * 30.9, abs=1)


def test_a_large_tile_sends_its_overview_and_little_else(bucket, tmp_path):
    big = np.random.default_rng(3).normal(500, 50, (3_600, 3_600)).astype(np.float32)
    name = "Copernicus_DSM_COG_10_N10_00_E020_00_DEM"
    with rasterio.open(
        tmp_path / "big.tif", "w", driver="COG", dtype="float32", count=1, width=3_600,
        height=3_600, crs="EPSG:4326", compress="deflate", blocksize=512, level=1,
        transform=rasterio.Affine(1 / 3600, 0, 20 - 0.5 / 3600, 0, -1 / 3600, 11 + 0.5 / 3600),
        overview_resampling="average",
    ) as file:  # fmt: skip
        file.write(big, 1)
    data = (tmp_path / "big.tif").read_bytes()
    bucket.objects[f"/copernicus-dem-30m/{name}/{name}.tif"] = data
    bucket.list(10, name)
    report = get(bucket, tmp_path, case(east=20.9, cell_m=500))
    assert report.received_bytes < 0.06 * len(data), "the eighth-size overview is 1/64 of the posts"
    (entry,) = manifest(tmp_path)
    assert entry["arcsec"] == pytest.approx(8)
    with rasterio.open(tmp_path / "copernicus" / entry["file"]) as file:
        np.testing.assert_allclose(
            file.read(1), big.reshape(450, 8, 450, 8).mean(axis=(1, 3)), atol=0.01
        )


def test_open_sea_is_remembered_as_sea(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.list(30, "Copernicus_DSM_COG_30_N10_00_E020_00_DEM")
    report = get(bucket, tmp_path)
    assert (report.fetched, report.sea) == (1, 1)
    asked = len(bucket.asked)
    assert get(bucket, tmp_path).kept == 2
    assert len(bucket.asked) == asked, "a complete cache asks nothing"
    terrain = open_terrain(case(), tmp_path)
    assert terrain.elevation_at(10.5, 21.5) == 0
    assert terrain.site(10.5, 21.2, 20_000, 500).void_share == 0
    assert "1 squares of open sea" in terrain.note.words


def test_withheld_tiles_come_from_glo90(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.add(10, 21, 900.0, arcsec=30)
    report = get(bucket, tmp_path)
    assert (report.fetched, report.from_glo90, report.sea) == (2, 1, 0)
    assert "GLO-90" in open_terrain(case(), tmp_path).note.words


def test_without_lists_404_in_both_buckets_is_sea(bucket, tmp_path):
    bucket.add(10, 20)
    del bucket.objects["/copernicus-dem-30m/tileList.txt"]
    report = get(bucket, tmp_path)
    assert (report.fetched, report.sea) == (1, 1)
    assert get(bucket, tmp_path).kept == 2


def test_a_server_with_nothing_at_all_is_no_ocean(bucket, tmp_path):
    with pytest.raises(FetchError, match="is this the address"):
        get(bucket, tmp_path)
    assert not (tmp_path / "copernicus").exists()


def test_a_listed_tile_that_is_gone_is_no_sea(bucket, tmp_path):
    del bucket.objects[bucket.add(10, 20)]
    with pytest.raises(FetchError, match="the list of tiles names it"):
        get(bucket, tmp_path)


@pytest.mark.parametrize("trouble", ["cut", "503", "stall"])
def test_a_passing_failure_is_tried_again(bucket, tmp_path, trouble):
    bucket.add(10, 20)
    bucket.add(10, 21)
    bucket.trouble = lambda path, times: trouble if times == 0 else None
    assert get(bucket, tmp_path, client=client_for(trouble)).fetched == 2


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ("cut", "connection ended.*after 3 attempts.*run the same command again"),
        ("500", "500.*after 3 attempts"),
        ("stall", "fell silent.*after 3 attempts"),
        ("drip", "too slow.*after 3 attempts"),
        ("html", "'text/html'"),
        ("403", "refused \\(403"),
        ("redirect", "not followed"),
    ],
)
def test_a_lasting_failure_keeps_what_was_complete(bucket, tmp_path, trouble, says):
    bucket.add(10, 20)
    second = bucket.add(10, 21)
    bucket.trouble = lambda path, times: trouble if path == second else None
    with pytest.raises(FetchError, match=says):
        get(bucket, tmp_path, client=client_for(trouble))
    assert [e["lon"] for e in manifest(tmp_path)] == [20]
    assert no_leftovers(tmp_path)
    bucket.trouble = lambda path, times: None
    bucket.asked.clear()
    report = get(bucket, tmp_path)
    assert (report.fetched, report.kept) == (1, 1)
    assert bucket.tiles_asked() == [second]


def test_a_truncated_file_is_found_out(bucket, tmp_path):
    path = bucket.add(10, 20)
    bucket.objects[path] = bucket.objects[path][: len(bucket.objects[path]) * 2 // 3]
    with pytest.raises(FetchError, match="truncated"):
        get(bucket, tmp_path)
    assert no_leftovers(tmp_path)
    assert not list(tmp_path.rglob("*_DEM_*s.tif"))


@pytest.mark.parametrize("data", [b"not a tiff at all", b"II*\x00" + bytes(2_000)])
def test_a_file_that_is_no_tile_is_refused(bucket, tmp_path, data):
    bucket.objects[bucket.add(10, 20)] = data
    with pytest.raises(FetchError):
        get(bucket, tmp_path)


def test_the_tile_of_another_place_is_refused(bucket, tmp_path):
    path, other = bucket.add(10, 20), bucket.add(46, 8)
    bucket.objects[path] = bucket.objects[other]
    with pytest.raises(FetchError, match="another place"):
        get(bucket, tmp_path)


def test_a_list_that_is_no_list_is_refused(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.objects["/copernicus-dem-30m/tileList.txt"] = b"hello\n"
    with pytest.raises(FetchError, match="not a list"):
        get(bucket, tmp_path)


def test_a_server_without_ranges_still_serves(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.add(10, 21)
    bucket.ranges = False
    assert get(bucket, tmp_path).fetched == 2


def test_a_file_that_changes_while_it_is_read_is_refused(bucket, tmp_path):
    path = bucket.add(10, 20)
    big = np.random.default_rng(5).normal(100, 9, (1_200, 1_200)).astype(np.float32)
    step = 1 / 1_200
    with rasterio.open(
        tmp_path / "b.tif", "w", driver="COG", dtype="float32", count=1, width=1_200, height=1_200,
        crs="EPSG:4326", transform=rasterio.Affine(step, 0, 20, 0, -step, 11),
    ) as file:  # fmt: skip
        file.write(big, 1)
    bucket.objects[path] = (tmp_path / "b.tif").read_bytes()

    def grow(asked, times):
        if asked == path and times == 1:
            bucket.objects[path] += b"more"

    bucket.trouble = grow
    with pytest.raises(FetchError, match="changed while it was read"):
        get(bucket, tmp_path, case(east=20.9))


def test_a_damaged_tile_is_not_used_and_is_fetched_again(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.add(10, 21)
    get(bucket, tmp_path)
    tile = next(tmp_path.rglob("*E020*_8s.tif"))
    data = bytearray(tile.read_bytes())
    data[-5] ^= 0xFF
    tile.write_bytes(bytes(data))
    with pytest.raises(TerrainError, match="not what was fetched"):
        open_terrain(case(), tmp_path)
    words = open_terrain(case(choice="auto"), tmp_path).note.words
    assert "not what was fetched" in words
    report = get(bucket, tmp_path)
    assert (report.fetched, report.kept) == (1, 1)
    assert open_terrain(case(), tmp_path).note.kind == "cache"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"format": 2, "tiles": []}', '{"format": 1, "tiles": [{"file": "../x"}]}']
)
def test_a_manifest_that_cannot_be_trusted_is_refused(bucket, tmp_path, text):
    (tmp_path / "copernicus").mkdir()
    (tmp_path / "copernicus" / "manifest.json").write_text(text)
    with pytest.raises(TerrainError, match=r"manifest\.json"):
        open_terrain(case(), tmp_path)


@pytest.mark.parametrize("url", ["http://example.org", "ftp://example.org", "file:///etc", "x"])
def test_only_https_and_this_machine(tmp_path, url):
    with pytest.raises(FetchError, match="https only"):
        fetch(case(), tmp_path, base_url=url)


def test_a_resolution_that_is_none_is_refused(tmp_path):
    with pytest.raises(UsageError, match="resolution"):
        fetch(case(), tmp_path, resolution_m=-1)


def test_the_same_server_gives_the_same_cache(bucket, tmp_path):
    bucket.add(10, 20)
    bucket.add(10, 21)
    for name in ("a", "b"):
        get(bucket, tmp_path / name)
    one, two = (
        {p.name: p.read_bytes() for p in (tmp_path / name).rglob("*.*")} for name in ("a", "b")
    )
    assert one == two


def test_where_the_cache_is(monkeypatch):
    monkeypatch.setenv("SHIELDWALL_CACHE", "/somewhere")
    assert default_cache() == Path("/somewhere")
    monkeypatch.delenv("SHIELDWALL_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/xdg")
    assert default_cache() == Path("/xdg/shieldwall")
