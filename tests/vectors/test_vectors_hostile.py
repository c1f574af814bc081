"""Files made to harm: each is refused with a clear error, within 10 s and 512 MB."""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors import read_polygons
from shieldwall.vectors.geopackage_writer import Layer, write_layers

MOST_SECONDS, MOST_MEGABYTES = 10, 512
CLOSED = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0))
KML = (
    "<kml><Placemark><name>n</name><Polygon><outerBoundaryIs><LinearRing><coordinates>{}"
    "</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
)
GOOD_KML = KML.format("0,0 1,0 1,1 0,0")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.kml", b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>'),
        ("a.kml", b'<?xml version="1.0"?><VRTDataset rasterXSize="1"/>'),
        ("a.kml", b'<x:kml xmlns:x="http://example.org/other"/>'),
        ("a.kml", b"PK\x03\x04 a zip"),
        ("a.kml", b'{"type": "Polygon"}'),
        ("a.kml", b"SQLite format 3\0"),
        ("a.kmz", GOOD_KML.encode()),
        ("a.kmz", b"SQLite format 3\0"),
        ("a.gpkg", b"PK\x03\x04 a zip"),
        ("a.gpkg", GOOD_KML.encode()),
        ("a.geojson", b"<OGRVRTDataSource/>"),
        ("a.geojson", b""),
    ],
)
def test_a_file_in_disguise_is_refused(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(HostileInputError, match="whatever its name says"):
        read_polygons(tmp_path / name)


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE kml [<!ENTITY file SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE kml SYSTEM "http://example.org/kml.dtd">',
    ],
)
def test_document_types_and_entities_are_refused(tmp_path: Path, head: str) -> None:
    (tmp_path / "a.kml").write_text(f'<?xml version="1.0"?>{head}{GOOD_KML}')
    with pytest.raises(HostileInputError, match="document type or entities"):
        read_polygons(tmp_path / "a.kml")


def test_a_declared_encoding_hides_nothing(tmp_path: Path) -> None:
    """In code page 37 the byte of '<' is another: a second reader could see other tags."""
    text = f'<?xml version="1.0" encoding="cp037"?>{GOOD_KML}'
    (tmp_path / "a.kml").write_text(text)
    assert len(read_polygons(tmp_path / "a.kml")) == 1
    (tmp_path / "b.kml").write_bytes(GOOD_KML.encode("utf-16"))
    with pytest.raises(InputError):
        read_polygons(tmp_path / "b.kml")


def zipped(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"doc.kml": b"<kml>" + b" " * 5_000_000 + b"</kml>"}, "times its packed size"),
        ({"doc.kml": b"0" * 9_000_000}, "times its packed size"),
        ({"doc.kml": GOOD_KML.encode(), "../../up.kml": b"x"}, "leaves the archive"),
        ({"doc.kml": GOOD_KML.encode(), "/up.kml": b"x"}, "leaves the archive"),
        ({"doc.kml": GOOD_KML.encode(), "C:\\up.kml": b"x"}, "leaves the archive"),
        ({"doc.kml": GOOD_KML.encode(), **{f"{n}": b"" for n in range(1_001)}}, "entries"),
        ({"doc.kml": b"<OGRVRTDataSource/>"}, "whatever its name says"),
    ],
)
def test_a_bomb_or_an_escape_in_a_kmz_is_refused(
    tmp_path: Path, entries: dict[str, bytes], message: str
) -> None:
    with pytest.raises(HostileInputError, match=message):
        read_polygons(zipped(tmp_path / "a.kmz", entries))


def test_a_kmz_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.kmz", {"doc.kml": b" " * 9_000_000})
    data = bytearray(path.read_bytes())
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 1_000)
    data[22:26] = struct.pack("<I", 1_000)
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_polygons(path)


def test_a_nested_archive_is_not_opened(tmp_path: Path) -> None:
    inner = zipped(tmp_path / "inner.kmz", {"doc.kml": GOOD_KML.encode()}).read_bytes()
    path = zipped(tmp_path / "a.kmz", {"inner.kmz": inner})
    with pytest.raises(InputError, match="no KML document at its root"):
        read_polygons(path)


@pytest.mark.parametrize("cut", [30, 100])
def test_a_cut_archive_is_unreadable(tmp_path: Path, cut: int) -> None:
    path = zipped(tmp_path / "a.kmz", {"doc.kml": GOOD_KML.encode()})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError, match="not a readable KMZ"):
        read_polygons(path)


def package(path: Path, *changes: str) -> Path:
    layer = Layer("areas", "", "POLYGON", (("name", "TEXT"),), [(CLOSED, ("a",))], ())
    write_layers(path, [layer], date(2025, 12, 31))
    connection = sqlite3.connect(path)
    for change in changes:
        connection.execute(change)
    connection.commit()
    connection.close()
    return path


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS geom FROM n"


def test_a_layer_that_is_a_view_is_refused(tmp_path: Path) -> None:
    path = package(tmp_path / "a.gpkg", "DROP TABLE areas", f"CREATE VIEW areas AS {ENDLESS}")
    with pytest.raises(HostileInputError, match="not a plain table"):
        read_polygons(path)


def test_a_virtual_table_is_refused(tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.gpkg", "DROP TABLE areas", "CREATE VIRTUAL TABLE areas USING fts5(geom)"
    )
    with pytest.raises(HostileInputError, match="not a plain table"):
        read_polygons(path)


def test_a_generated_column_is_never_computed(tmp_path: Path) -> None:
    path = package(
        tmp_path / "a.gpkg",
        "ALTER TABLE areas RENAME COLUMN geom TO was",
        "ALTER TABLE areas ADD COLUMN geom AS (zeroblob(1000000000)) VIRTUAL",
    )
    with pytest.raises(InputError, match="no column geom"):
        read_polygons(path)


def test_reading_changes_nothing_and_follows_no_journal(tmp_path: Path) -> None:
    path = package(tmp_path / "a.gpkg")
    before = path.read_bytes()
    (tmp_path / "a.gpkg-wal").write_bytes(b"not a journal")
    assert len(read_polygons(path)) == 1
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.gpkg", "a.gpkg-wal"]


def test_nested_collections_do_not_end_the_process(tmp_path: Path) -> None:
    """GEOS 3.14 overflows its stack on these; our reader passes over what is no polygon."""
    path = package(tmp_path / "a.gpkg")
    body = struct.pack("<BII", 1, 7, 1) * 200_000 + struct.pack("<BII", 1, 7, 0)
    blob = struct.pack("<2sBBi", b"GP", 0, 1, 4326) + body
    connection = sqlite3.connect(path)
    connection.execute("UPDATE areas SET geom = ?", (blob,))
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="no polygon"):
        read_polygons(path)


@pytest.mark.parametrize("rings", [1, 0xFFFFFFFF])
@pytest.mark.parametrize("points", [5, 0x0FFFFFFF, 0xFFFFFFFF])
def test_counts_beyond_the_blob_are_refused(tmp_path: Path, rings: int, points: int) -> None:
    path = package(tmp_path / "a.gpkg")
    body = struct.pack("<BIII", 1, 3, rings, points) + struct.pack("<4d", 0, 0, 1, 1)
    connection = sqlite3.connect(path)
    blob = struct.pack("<2sBBi", b"GP", 0, 1, 4326) + body
    connection.execute("UPDATE areas SET geom = ?", (blob,))
    connection.commit()
    connection.close()
    with pytest.raises(InputError, match="geometry is broken"):
        read_polygons(path)


def too_large(folder: Path) -> Path:
    path = folder / "a.gpkg"
    path.write_bytes(b"SQLite format 3\0")
    with path.open("rb+") as file:
        file.truncate(20_000_000_000)  # sparse: takes no room
    return path


def lists(folder: Path) -> Path:
    path = folder / "a.geojson"
    path.write_text('{"type":"Polygon","coordinates":[[' + ",".join(["[1,2]"] * 1_300_000) + "]]}")
    return path


def deep(folder: Path) -> Path:
    path = folder / "a.geojson"
    path.write_text('{"a":' + "[" * 7_900_000)
    return path


def digits(folder: Path) -> Path:
    path = folder / "a.geojson"
    path.write_text(json.dumps({"a": 1}).replace("1", "1" * 7_900_000))
    return path


def tags(folder: Path) -> Path:
    path = folder / "a.kml"
    path.write_text("<kml>" + "<a/>" * 1_900_000 + "</kml>")
    return path


def attributes(folder: Path) -> Path:
    path = folder / "a.kml"
    path.write_text("<kml " + " ".join(f'a{n}=""' for n in range(680_000)) + "></kml>")
    return path


def coordinates(folder: Path) -> Path:
    path = folder / "a.kml"
    path.write_text(KML.format("1,1 " * 1_900_000))
    return path


def entries(folder: Path) -> Path:
    with zipfile.ZipFile(folder / "a.kmz", "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}", b"")
    return folder / "a.kmz"


def endless_catalogue(folder: Path) -> Path:
    """A schema of tables without end, which SQLite reads before the first answer."""
    return package(folder / "a.gpkg", "PRAGMA writable_schema = ON", (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 700000) "
        "INSERT INTO sqlite_master (type, name, tbl_name, rootpage, sql) "
        "SELECT 'table', 't' || i, 't' || i, 2, 'CREATE TABLE t' || i || '(b)' FROM n"
    ))  # fmt: skip


SUPPORT = Path(__file__).resolve().parent.parent / "support"
ENVIRONMENT = os.environ | {"PYTHONPATH": str(SUPPORT)}

MEASURED = """
import sys, time
from pathlib import Path
from memory import peak_mb
from shieldwall.errors import InputError
from shieldwall.vectors import read_polygons
began = time.monotonic()
try:
    read_polygons(Path(sys.argv[1]))
except InputError as error:
    print(time.monotonic() - began, peak_mb(), len(str(error)), type(error).__name__)
"""


@pytest.mark.parametrize(
    "make",
    [too_large, lists, deep, digits, tags, attributes, coordinates, entries, endless_catalogue],
)
def test_refused_within_time_and_memory(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    command = [sys.executable, "-W", "error", "-c", MEASURED, str(make(tmp_path))]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=60, check=False, env=ENVIRONMENT
    )
    assert done.returncode == 0, done.stderr[-500:]
    seconds, megabytes, length, _ = done.stdout.split()
    assert float(seconds) < MOST_SECONDS
    assert float(megabytes) < MOST_MEGABYTES
    assert int(length) < 500
