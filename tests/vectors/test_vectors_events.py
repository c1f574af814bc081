"""Event lists: what a file says comes out as written, what it does not say stays unknown."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path

import pytest

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors import events, read_events

KML = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'


def kml(path: Path, *placemarks: str) -> Path:
    inside = "".join(f"<Placemark>{each}</Placemark>" for each in placemarks)
    path.write_text(KML.format(inside), "utf-8")
    return path


def geojson(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def feature(geometry: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}


def point(lon: float, lat: float) -> dict[str, object]:
    return {"type": "Point", "coordinates": [lon, lat]}


FULL = (
    "<name>Battery</name><description>Seen from the road</description>"
    "<TimeSpan><begin>2019-03-20</begin><end>2019-03-23</end></TimeSpan>"
    '<ExtendedData><Data name="by"><displayName>By</displayName><value>an analyst</value></Data>'
    '<SchemaData><SimpleData name="sure">yes</SimpleData></SchemaData></ExtendedData>'
    "<Point><coordinates> -66.9228,9.3727,0 </coordinates></Point>"
)


def test_a_placemark_gives_all_it_says(tmp_path: Path) -> None:
    (event,) = read_events(kml(tmp_path / "a.kml", FULL))
    assert (event.name, event.description) == ("Battery", "Seen from the road")
    assert (event.lon, event.lat) == (-66.9228, 9.3727)
    assert (event.begin, event.end) == ("2019-03-20", "2019-03-23")
    assert event.fields == {"by": "an analyst", "sure": "yes"}


def test_kmz_is_the_same_list(tmp_path: Path) -> None:
    plain = kml(tmp_path / "a.kml", FULL)
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.write(plain, "doc.kml")
    assert read_events(tmp_path / "a.kmz") == read_events(plain)


@pytest.mark.parametrize(
    ("inside", "note"),
    [
        ("<name>x</name>", "no geometry"),
        ("<Point><coordinates>0,0</coordinates></Point>", "unknown place"),
        ("<Point><coordinates> </coordinates></Point>", "without coordinates"),
        ("<LineString><coordinates>1,1 2,2</coordinates></LineString>", "LineString"),
        ("<MultiGeometry><Point><coordinates>1,1</coordinates></Point><Point><coordinates>2,2"
         "</coordinates></Point></MultiGeometry>", "several"),
    ],
)  # fmt: skip
def test_no_point_is_no_position(tmp_path: Path, inside: str, note: str) -> None:
    (event,) = read_events(kml(tmp_path / "a.kml", inside))
    assert event.lon is event.lat is None
    assert note in event.note


@pytest.mark.parametrize(
    ("geometry", "note"),
    [
        (None, "no geometry"),
        (point(0, 0), "unknown place"),
        ({"type": "Point", "coordinates": []}, "without coordinates"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 0]]]}, "Polygon"),
    ],
)
def test_no_point_of_geojson_is_no_position(tmp_path: Path, geometry: object, note: str) -> None:
    (event,) = read_events(geojson(tmp_path / "a.geojson", feature(geometry)))
    assert event.lon is event.lat is None
    assert note in event.note


def test_geojson_properties_are_fields_as_text(tmp_path: Path) -> None:
    given = feature(point(1, 2), name="n", number=3, many=[1, "x"], none=None)
    (event,) = read_events(geojson(tmp_path / "a.json", given))
    assert event.fields == {"name": "n", "number": "3", "many": '[1, "x"]'}
    assert (event.name, event.begin) == ("n", None)


def test_texts_come_out_inert(tmp_path: Path) -> None:
    hostile = "Site <script>alert(1)</script><b>A</b>\u202egnp\x07 &lt;img onerror=x&gt;"
    (event,) = read_events(geojson(tmp_path / "a.json", feature(None, name=hostile)))
    assert event.name == "Site A �gnp� ‹img onerror=x>"


@pytest.mark.parametrize("part", ["<a ", "<!", "<![", "<script>", '<a b="', "<!--", "<a<", "&lt;"])
def test_broken_markup_is_read_in_one_pass_and_leaves_none(part: str) -> None:
    text = events.inert(f"Before {part * 5_000}") or ""
    assert text.startswith("Before")
    assert not re.search(r"<[A-Za-z!/?]", text)


def test_a_long_text_is_cut_and_says_so(tmp_path: Path) -> None:
    (event,) = read_events(geojson(tmp_path / "a.json", feature(None, name="x" * 100_000)))
    assert event.name is not None
    assert len(event.name) == events.MAX_TEXT
    assert event.name.endswith("[…]")


WRONG_POINT = "<Point><coordinates>a,b</coordinates></Point>"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "[]", "not a GeoJSON file"),
        ("a.json", "{", "not valid JSON"),
        ("a.json", '{"type": "Point", "coordinates": [1, 2]}', "must be a Feature"),
        ("a.json", json.dumps(feature(point(1, 99))), "out of range"),
        ("a.json", json.dumps(feature(point(1, 10**400))), "out of range"),
        ("a.json", json.dumps(feature({"type": "Point", "coordinates": ["1", 2]})), "a point is"),
        ("a.json", json.dumps(feature({"type": "Point", "coordinates": [True, 2]})), "a point is"),
        ("a.json", '{"type":"Feature","properties":[],"geometry":null}', "must be an object"),
        ("a.kml", KML.format("<Placemark><Point>"), "not well-formed"),
        ("a.kml", KML.format(f"<Placemark>{WRONG_POINT}</Placemark>"), "must be longitude"),
        ("a.kml", '<!DOCTYPE kml [<!ENTITY x "y">]><kml/>', "document type or entities"),
        ("a.gpkg", "SQLite format 3\0", "unknown kind"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_one_error(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        read_events(tmp_path / name)


def test_too_many_events_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HostileInputError, match="5000 events"):
        read_events(kml(tmp_path / "a.kml", *["<name>x</name>"] * 5_001))


def test_zip_slip_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.kmz", "w") as archive:
        archive.writestr("../doc.kml", KML.format(""))
    with pytest.raises(HostileInputError, match="leaves the archive"):
        read_events(tmp_path / "a.kmz")
