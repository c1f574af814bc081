"""Hostile cases: one clear error or inert text, within 10 s and 512 MB, never a traceback."""

import os
import shutil
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
CASE = ROOT / "cases" / "moscow-2023"
SECONDS, MEGABYTES = 10, 512

MEASURED = """
import sys
from memory import peak_mb
from shieldwall.cli import main
try:
    code = main(sys.argv[1:])
except SystemExit as stop:
    code = stop.code
print(f"peak {peak_mb():.0f}", file=sys.stderr)
sys.exit(code)
"""


def run(*arguments):
    """A verb in a process of its own: exit code, errors; its time and memory are asserted."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, *map(str, arguments)],
        capture_output=True, text=True, check=False, timeout=60,
        env=os.environ | {"PYTHONPATH": str(ROOT / "tests" / "support")},
    )  # fmt: skip
    assert time.monotonic() - began < SECONDS
    assert int(done.stderr.rsplit("peak ", 1)[1]) < MEGABYTES
    assert "Traceback" not in done.stderr
    return done.returncode, done.stderr


@pytest.fixture
def case(tmp_path):
    folder = tmp_path / "case"
    shutil.copytree(CASE, folder)
    return folder


def swap(case, old, new):
    text = (case / "case.toml").read_text()
    assert old in text
    (case / "case.toml").write_text(text.replace(old, new, 1))


def first_polygon(case):
    """The text of the first defended area's polygon, from its bracket to its end."""
    text = (case / "case.toml").read_text()
    start = text.index("polygon = [", text.index("[[defended_area]]"))
    depth, end = 0, text.index("[", start)
    for end in range(text.index("[", start), len(text)):
        depth += {"[": 1, "]": -1}.get(text[end], 0)
        if depth == 0:
            break
    return text[start : end + 1]


def test_a_script_in_the_title_is_inert(case, tmp_path):
    title = next(x for x in (case / "case.toml").read_text().splitlines() if x.startswith("title"))
    swap(case, title, 'title = "<script>alert(1)</script>"')
    code, _ = run("assess", case, "--out", tmp_path / "out", "--draws", "2")
    assert code == 0
    page = (tmp_path / "out" / "report.html").read_text()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("path", ["../../etc/passwd", "/etc/passwd"])
def test_a_path_out_of_the_case_is_refused(case, path):
    swap(case, first_polygon(case), f'file = "{path}"\nfeature = "x"')
    code, err = run("check", case)
    assert code == 3
    assert "case.toml:" in err
    assert "stays inside it" in err


def test_a_kmz_bomb_is_refused(case):
    with (
        zipfile.ZipFile(case / "area.kmz", "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("doc.kml", "w", force_zip64=True) as entry,
    ):
        for _ in range(300):
            entry.write(b" " * 1_000_000)
    swap(case, first_polygon(case), 'file = "area.kmz"\nfeature = "x"')
    code, err = run("check", case)
    assert code == 3
    assert "area.kmz" in err


def test_a_kml_holding_a_gdal_vrt_is_refused(case):
    (case / "area.kml").write_text(
        '<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'
        "</OGRVRTLayer></OGRVRTDataSource>"
    )
    swap(case, first_polygon(case), 'file = "area.kml"\nfeature = "x"')
    code, err = run("check", case)
    assert code == 3
    assert "area.kml" in err


def terrain_file(case, name):
    text = (case / "case.toml").read_text()
    start = text.index("[terrain]")
    end = text.index("\n[", start + 1)
    swap(case, text[start:end], f'[terrain]\nchoice = "files"\nfiles = ["{name}"]\n')


def test_a_ten_gigabyte_raster_header_is_refused(case, tmp_path):
    """A GeoTIFF of 50,000 x 50,000 float32 whose one strip lies past the end of the file."""
    entries = [
        (256, 4, 1, 50_000), (257, 4, 1, 50_000), (258, 3, 1, 32), (259, 3, 1, 1), (262, 3, 1, 1),
        (273, 4, 1, 4_096), (277, 3, 1, 1), (278, 4, 1, 50_000), (279, 4, 1, 0xFFFFFFFF),
        (339, 3, 1, 3),
    ]  # fmt: skip
    body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *e) for e in entries)
    (case / "big.tif").write_bytes(struct.pack("<2sHI", b"II", 42, 8) + body + bytes(4))
    terrain_file(case, "big.tif")
    code, err = run("assess", case, "--out", tmp_path / "out", "--draws", "2")
    assert code in (3, 4)
    assert "big.tif" in err
    assert not (tmp_path / "out" / "report.html").exists()


def test_a_terrain_file_that_is_a_vrt_is_refused(case, tmp_path):
    (case / "relief.tif").write_text(
        '<VRTDataset rasterXSize="1" rasterYSize="1"><VRTRasterBand dataType="Byte" band="1">'
        "<SimpleSource><SourceFilename>/etc/passwd</SourceFilename></SimpleSource>"
        "</VRTRasterBand></VRTDataset>"
    )
    terrain_file(case, "relief.tif")
    code, err = run("assess", case, "--out", tmp_path / "out", "--draws", "2")
    assert code in (3, 4)
    assert "relief.tif" in err


@pytest.mark.parametrize(
    "ring",
    [
        "[[nan, 55.0], [37.0, 55.0], [37.0, 56.0]]",
        "[[inf, 55.0], [37.0, 55.0], [37.0, 56.0]]",
        "[[179.0, 55.0], [-179.0, 55.0], [-179.0, 56.0], [179.0, 56.0]]",
        "[[37.0, 55.0], [38.0, 56.0], [38.0, 55.0], [37.0, 56.0]]",
        "[[37.0, 55.0], [37.0, 55.0], [37.0, 55.0]]",
    ],
)
def test_a_polygon_that_is_none_is_refused(case, ring):
    swap(case, first_polygon(case), f"polygon = {ring}")
    code, err = run("check", case)
    assert code == 3
    assert "polygon" in err


def test_bytes_that_are_no_text_are_refused(case):
    (case / "claims.toml").write_bytes(b"\xff\xfe\x00garbage")
    code, err = run("check", case)
    assert code == 3
    assert "claims.toml" in err
