"""Reading polygons: every format gives the same area, and what is wrong is said clearly."""

from __future__ import annotations

import json
import sqlite3
import struct
import zipfile
from datetime import date
from pathlib import Path

import pytest
import shapely

from shieldwall.errors import InputError
from shieldwall.vectors import NamedPolygon, read_polygons
from shieldwall.vectors.geopackage_writer import Layer, write_layers

RING = ((-67.0, 10.4), (-66.8, 10.4), (-66.8, 10.6), (-67.0, 10.6))
CLOSED = (*RING, RING[0])


def feature(ring: object, name: str = "Caracas") -> dict[str, object]:
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name}, "geometry": geometry}


def geojson(path: Path, *features: object) -> Path:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def kml_text(ring: object = CLOSED, name: str = "Caracas", inner: str = "") -> str:
    points = " ".join(f"{lon},{lat},0" for lon, lat in ring)  # type: ignore[attr-defined]
    return (
        '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2">'
        f"<Document><Folder><Placemark><name>{name}</name><Polygon><outerBoundaryIs><LinearRing>"
        f"<coordinates>\n{points}\n</coordinates></LinearRing></outerBoundaryIs>{inner}</Polygon>"
        "</Placemark></Folder></Document></kml>"
    )


def kmz(path: Path, **entries: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in entries.items():
            archive.writestr(name, text)
    return path


def gpkg(path: Path, *rings: object, geometry: str = "POLYGON") -> Path:
    rows = [(ring, (f"Area {n}",)) for n, ring in enumerate(rings, 1)]
    layer = Layer("areas", "", geometry, (("name", "TEXT"),), rows, ())  # type: ignore[arg-type]
    write_layers(path, [layer], date(2025, 12, 31))
    return path


def put_blob(path: Path, body: bytes, flags: int = 1) -> Path:
    """The first geometry of a written GeoPackage replaced by ``body`` in well-known binary."""
    connection = sqlite3.connect(path)
    blob = struct.pack("<2sBBi", b"GP", 0, flags, 4326) + body
    connection.execute("UPDATE areas SET geom = ? WHERE fid = 1", (blob,))
    connection.commit()
    connection.close()
    return path


def test_every_format_gives_the_same_polygon(tmp_path: Path) -> None:
    paths = [
        geojson(tmp_path / "a.geojson", feature(CLOSED)),
        geojson(tmp_path / "a.JSON", feature(CLOSED)),
        tmp_path / "a.kml",
        kmz(tmp_path / "a.kmz", **{"doc.kml": kml_text()}),
    ]
    paths[2].write_text(kml_text())
    for path in paths:
        assert read_polygons(path) == [NamedPolygon("Caracas", RING)], path.name
    assert read_polygons(gpkg(tmp_path / "a.gpkg", CLOSED)) == [NamedPolygon("Area 1", RING)]


def test_several_features_keep_their_order_and_parts_get_numbers(tmp_path: Path) -> None:
    east = tuple((lon + 1, lat) for lon, lat in CLOSED)
    both = {"type": "MultiPolygon", "coordinates": [[CLOSED], [east]]}
    point = {"type": "Feature", "properties": {}, "geometry": {"type": "Point"}}
    path = geojson(
        tmp_path / "a.geojson",
        feature(east, "east"),
        point,
        {"type": "Feature", "properties": {"name": "two"}, "geometry": both},
    )
    assert [p.name for p in read_polygons(path)] == ["east", "two (1 of 2)", "two (2 of 2)"]


def test_kmz_takes_doc_kml_and_leaves_the_rest(tmp_path: Path) -> None:
    path = kmz(tmp_path / "a.kmz", **{
        "files/other.kml": "not read", "first.kml": kml_text(name="first"),
        "doc.kml": kml_text(name="doc"), "inside.kmz": "not read",
    })  # fmt: skip
    assert [p.name for p in read_polygons(path)] == ["doc"]


@pytest.mark.parametrize("byte_order", [0, 1])
@pytest.mark.parametrize("wkt", ["POLYGON", "POLYGON Z", "MULTIPOLYGON", "MULTIPOLYGON Z"])
@pytest.mark.parametrize("flavor", ["iso", "extended"])
def test_well_known_binary_as_geos_writes_it(
    tmp_path: Path, byte_order: int, wkt: str, flavor: str
) -> None:
    shape = shapely.Polygon(RING)
    shape = shapely.force_3d(shape, 7.0) if wkt.endswith("Z") else shape
    shape = shapely.MultiPolygon([shape]) if wkt.startswith("MULTI") else shape
    body = shapely.to_wkb(shape, byte_order=byte_order, flavor=flavor)
    path = put_blob(gpkg(tmp_path / "a.gpkg", CLOSED), body)
    assert read_polygons(path)[0].ring == RING


BAD_RINGS: dict[str, tuple[object, str]] = {
    "unclosed": (RING, "not closed"),
    "out of range": ([(-67, 10), (-66, 10), (-66, 100), (-67, 10)], "out of range"),
    "metres": ([(500_000, 10), (600_000, 10), (6e5, 11), (500_000, 10)], "out of range"),
    "antimeridian": ([(179, 10), (-179, 10), (-179, 11), (179, 10)], "antimeridian"),
    "crossing": ([(0, 0), (1, 1), (1, 0), (0, 1), (0, 0)], "not a simple ring"),
    "no area": ([(0, 0), (1, 1), (0, 0)], "needs three"),
    "on a line": ([(0, 0), (1, 1), (2, 2), (0, 0)], "not a simple ring"),
    "not a number": ([(float("nan"), 0), (1, 0), (1, 1), (float("nan"), 0)], "not a number"),
    "infinite": ([(float("inf"), 0), (1, 0), (1, 1), (float("inf"), 0)], "not a number"),
}


@pytest.mark.parametrize("kind", BAD_RINGS)
@pytest.mark.parametrize("suffix", ["geojson", "kml", "gpkg"])
def test_a_ring_that_encloses_nothing_certain_is_refused(
    tmp_path: Path, kind: str, suffix: str
) -> None:
    ring, message = BAD_RINGS[kind]
    path = tmp_path / f"a.{suffix}"
    if suffix == "geojson":
        geojson(path, feature(ring))
        message = "not (valid JSON|a number)" if kind in ("not a number", "infinite") else message
    elif suffix == "kml":
        path.write_text(kml_text(ring))
    else:
        gpkg(path, ring)
    with pytest.raises(InputError, match=message) as caught:
        read_polygons(path)
    assert str(caught.value).startswith(f"a.{suffix}: ")


def test_an_overflowing_number_in_geojson_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "a.geojson", feature(CLOSED))
    path.write_text(path.read_text().replace("-67.0", "1e999"))
    with pytest.raises(InputError, match="not a number"):
        read_polygons(path)


def test_holes_are_refused_in_every_format(tmp_path: Path) -> None:
    hole = ((-66.95, 10.45), (-66.85, 10.45), (-66.85, 10.5), (-66.95, 10.45))
    points = " ".join(f"{lon},{lat}" for lon, lat in hole)
    inner = (
        f"<innerBoundaryIs><LinearRing><coordinates>{points}</coordinates></LinearRing>"
        "</innerBoundaryIs>"
    )
    with_hole = feature(CLOSED)
    with_hole["geometry"]["coordinates"].append(hole)  # type: ignore[index]
    paths = [geojson(tmp_path / "a.geojson", with_hole), tmp_path / "a.kml"]
    paths[1].write_text(kml_text(inner=inner))
    body = shapely.to_wkb(shapely.Polygon(RING, [hole]))
    paths.append(put_blob(gpkg(tmp_path / "a.gpkg", CLOSED), body))
    for path in paths:
        with pytest.raises(InputError, match="hole"):
            read_polygons(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.geojson", "{", "not valid JSON"),
        ("a.geojson", '{"type": "FeatureCollection", "features": 3}', "must be a list"),
        ("a.geojson", '{"type": "FeatureCollection", "features": [3]}', "must be an object"),
        ("a.geojson", '{"type": "Polygon", "coordinates": [[[1]]]}', "longitude, latitude"),
        ("a.geojson", '{"type": "Polygon", "coordinates": 1}', "coordinates is missing"),
        ("a.geojson", '{"type": "Point", "coordinates": [1, 2]}', "no polygon"),
        ("a.geojson", '{"crs": {"properties": {"name": "EPSG:3857"}}}', "crs"),
        ("a.kml", "<kml><Document></kml>", "not well-formed"),
        ("a.kml", "<kml/>", "no polygon"),
        ("a.kml", "<kml><Placemark><Polygon/></Placemark></kml>", "no ring"),
        ("a.kml", kml_text().replace("-67.0,10.4,0", "west,10"), "longitude,latitude"),
        ("a.txt", "", "unknown kind"),
    ],
)
def test_a_file_that_is_wrong_says_how(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text)
    with pytest.raises(InputError, match=message):
        read_polygons(tmp_path / name)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for name in ("gone.kml", "folder.kml"):
        (tmp_path / "folder.kml").mkdir(exist_ok=True)
        with pytest.raises(InputError, match="no such file"):
            read_polygons(tmp_path / name)


def sql(path: Path, *statements: str) -> Path:
    connection = sqlite3.connect(path)
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()
    return path


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("UPDATE gpkg_geometry_columns SET srs_id = 3857",), "3857"),
        (("DROP TABLE gpkg_geometry_columns",), "not a GeoPackage"),
        (("UPDATE gpkg_geometry_columns SET column_name = 'shape'",), "no column shape"),
        (("UPDATE areas SET geom = x'00'",), "geometry is broken"),
        (("UPDATE areas SET geom = NULL",), "no polygon"),
    ],
)
def test_a_geopackage_that_is_wrong_says_how(
    tmp_path: Path, change: tuple[str, ...], message: str
) -> None:
    path = sql(gpkg(tmp_path / "a.gpkg", CLOSED), *change)
    with pytest.raises(InputError, match=message):
        read_polygons(path)


def test_writing_is_reading(tmp_path: Path) -> None:
    east = tuple((lon + 1, lat) for lon, lat in CLOSED)
    path = gpkg(tmp_path / "a.gpkg", CLOSED, east)
    assert [p.ring for p in read_polygons(path)] == [RING, east[:-1]]
