"""network.gpkg: a valid GeoPackage 1.3 whose styles fit its columns."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring

from sample_coverage import CELL_M
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.geodesy import distance_m
from shieldwall.report.exports import write_geopackage
from shieldwall.vectors import read_polygons

FEATURES = {
    "sites": 4, "spread_units": 1, "precision": 3, "rings": 4 * 3, "defended_areas": 3,
    "reach_lines": 4,
}  # fmt: skip


@pytest.fixture
def package(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    write_geopackage(sample_assessment(tmp_path), tmp_path / "network.gpkg")
    connection = sqlite3.connect(tmp_path / "network.gpkg")
    yield connection
    connection.close()


def only(package: sqlite3.Connection, query: str) -> object:
    return package.execute(query).fetchone()[0]


def test_the_file_is_a_sound_geopackage(package: sqlite3.Connection) -> None:
    assert only(package, "PRAGMA application_id") == 0x47504B47
    assert only(package, "PRAGMA user_version") == 10_300
    assert only(package, "PRAGMA integrity_check") == "ok"
    assert package.execute("PRAGMA foreign_key_check").fetchall() == []
    assert {r[0] for r in package.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {
        -1, 0, 4326,
    }  # fmt: skip
    stamps = {r[0] for r in package.execute("SELECT last_change FROM gpkg_contents")}
    assert stamps == {"2025-12-31T00:00:00.000Z"}


def test_layers_hold_what_they_say(package: sqlite3.Connection) -> None:
    for table, count in FEATURES.items():
        assert only(package, f"SELECT count(*) FROM {table}") == count
    row = package.execute(
        "SELECT title, layer, presence, presence_words FROM sites WHERE unit = 'bukm2e@la-carlota'"
    ).fetchone()
    assert row[:3] == ("Buk-M2E (SA-17), La Carlota airbase", "medium", 0.8)
    assert row[3].startswith("very likely (80")


def test_cells_are_those_of_the_published_grid(tmp_path: Path, package: sqlite3.Connection) -> None:
    coverage = sample_assessment(tmp_path).coverage
    cells = {p.name for p in read_polygons_of(tmp_path, package, "cover_cells")}
    assert cells == {""}
    lat, lon = coverage.grid.latlon()
    shape = read_polygons_of(tmp_path, package, "cover_cells")[100].ring
    row, col = package.execute("SELECT row, col FROM cover_cells WHERE fid = 101").fetchone()
    middle = sum(x for x, _ in shape) / 4, sum(y for _, y in shape) / 4
    assert middle == pytest.approx((lon[row, col], lat[row, col]), abs=1e-3)
    (west, south), (east, _), *_ = shape
    assert distance_m(south, west, south, east) == pytest.approx(CELL_M, rel=0.01)
    value = only(package, "SELECT fighter_3000m FROM cover_cells WHERE fid = 101")
    assert value == pytest.approx(coverage.depth_probability[2, 4, 0, row, col], abs=6e-4)


def read_polygons_of(folder: Path, package: sqlite3.Connection, layer: str) -> list:
    """One layer of the package, by our own reader."""
    copy = folder / "copy.gpkg"
    copy.unlink(missing_ok=True)
    package.execute("VACUUM INTO ?", (str(copy),))
    other = sqlite3.connect(copy)
    other.execute("DELETE FROM gpkg_geometry_columns WHERE table_name != ?", (layer,))
    other.execute(f"DELETE FROM {layer} WHERE fid > 1500")
    other.commit()
    other.close()
    return read_polygons(copy)


def test_styles_are_well_formed_and_name_real_columns(package: sqlite3.Connection) -> None:
    styles = package.execute(
        "SELECT f_table_name, styleName, styleQML, useAsDefault FROM layer_styles"
    ).fetchall()
    defaults = [table for table, *_, default in styles if default]
    assert sorted(defaults) == sorted([*FEATURES, "cover_cells"])
    for table, _, qml, _ in styles:
        renderer = fromstring(qml).find("renderer-v2")
        assert renderer is not None
        columns = {row[1] for row in package.execute(f"PRAGMA table_info({table})")}
        assert renderer.get("attr", "fid") in columns
        symbols = {s.get("name") for s in renderer.iter("symbol")}
        classes = {c.get("symbol") for c in (*renderer.iter("category"), *renderer.iter("range"))}
        assert classes <= symbols
    first = next(name for table, name, _, default in styles if table == "cover_cells" and default)
    assert first == "One-way attack drone, 300 m"


def test_every_category_of_a_layer_has_a_symbol(package: sqlite3.Connection) -> None:
    for table in ("sites", "rings"):
        qml = only(package, f"SELECT styleQML FROM layer_styles WHERE f_table_name = '{table}'")
        known = {c.get("value") for c in fromstring(qml).iter("category")}
        assert {r[0] for r in package.execute(f"SELECT layer FROM {table}")} <= known


def test_hostile_text_is_a_value_like_any_other(tmp_path: Path) -> None:
    write_geopackage(sample_assessment(tmp_path, hostile=True), tmp_path / "a.gpkg")
    connection = sqlite3.connect(tmp_path / "a.gpkg")
    assert only(connection, "SELECT name FROM defended_areas") == HOSTILE_TEXT
    for (qml,) in connection.execute("SELECT styleQML FROM layer_styles"):
        assert fromstring(qml).tag == "qgis"
    connection.close()


@pytest.mark.parametrize("hostile", [False, True])
def test_ogr_opens_every_layer(tmp_path: Path, hostile: bool) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is not installed")
    path = tmp_path / "network.gpkg"
    write_geopackage(sample_assessment(tmp_path, hostile), path)
    done = subprocess.run(["ogrinfo", "-ro", "-so", "-al", str(path)], capture_output=True,
                          text=True, check=True, timeout=60)  # fmt: skip
    assert done.stderr == ""
    for table, count in FEATURES.items():
        assert f"Layer name: {table}\n" in done.stdout
        assert f"Feature Count: {count}\n" in done.stdout
