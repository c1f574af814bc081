"""Writing OGC GeoPackage 1.3: feature layers in WGS-84 with their QGIS styles, always alike.

Clause and table numbers are those of OGC 12-128r17. SQLite writes the version of its library into
the header, so bytes repeat with the same library.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from shieldwall.vectors.polygons import Ring

APPLICATION_ID = 0x47504B47  # "GPKG", clause 1.1.1.1.1
USER_VERSION = 10_300
PAGE_BYTES = 4_096
SRS = 4326
WKB_TYPES = {"POINT": 1, "LINESTRING": 2, "POLYGON": 3}
GEOMETRY_COLUMN = "geom"

Value = str | float | int | None
Columns = tuple[tuple[str, Literal["TEXT", "REAL", "INTEGER"]], ...]

WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,'
    'AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,'
    'AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],'
    'AUTHORITY["EPSG","4326"]]'
)

# The definitions of annex C, tables 1, 5 and 8.
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT, f_table_schema TEXT,
  f_table_name TEXT, f_geometry_column TEXT, styleName TEXT, styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT, ui TEXT, update_time DATETIME);
"""

_SYSTEMS = (
    ("Undefined Cartesian", -1, "NONE", -1, "undefined", "undefined Cartesian"),
    ("Undefined geographic", 0, "NONE", 0, "undefined", "undefined geographic"),
    ("WGS 84", SRS, "EPSG", SRS, WGS84_WKT, "longitude and latitude in degrees"),
)


@dataclass(frozen=True)
class Style:
    """A QGIS style of a layer, as QML; the first style of a layer is its default."""

    name: str
    qml: str


@dataclass(frozen=True)
class Layer:
    """A table of features: points, lines or closed outer rings, (lon, lat) in degrees."""

    name: str
    description: str
    geometry: Literal["POINT", "LINESTRING", "POLYGON"]
    columns: Columns
    rows: Sequence[tuple[Ring, tuple[Value, ...]]]
    styles: tuple[Style, ...]


def write_layers(path: Path, layers: Iterable[Layer], changed: date) -> None:
    """Write a new GeoPackage at ``path``, an empty file; ``changed`` stands for the clock."""
    stamp = f"{changed.isoformat()}T00:00:00.000Z"
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in (
            f"page_size={PAGE_BYTES}", "journal_mode=OFF", "synchronous=OFF", "encoding='UTF-8'",
            f"application_id={APPLICATION_ID}", f"user_version={USER_VERSION}",
        ):  # fmt: skip
            connection.execute(f"PRAGMA {pragma}")
        connection.executescript(f"BEGIN;{_TABLES}")
        connection.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        for layer in layers:
            _write(connection, layer, stamp)
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, "
            "last_change) VALUES ('layer_styles','attributes','layer_styles','QGIS styles',?)",
            (stamp,),
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


def quoted(name: str) -> str:
    """``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def _write(connection: sqlite3.Connection, layer: Layer, stamp: str) -> None:
    columns = "".join(f", {quoted(name)} {kind}" for name, kind in layer.columns)
    connection.execute(
        f"CREATE TABLE {quoted(layer.name)} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, "
        f"{GEOMETRY_COLUMN} {layer.geometry}{columns})"
    )
    points = [point for ring, _ in layer.rows for point in ring]
    extent = (
        (min(x for x, _ in points), min(y for _, y in points),
         max(x for x, _ in points), max(y for _, y in points))
        if points else (None,) * 4
    )  # fmt: skip
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?,'features',?,?,?,?,?,?,?,?)",
        (layer.name, layer.name, layer.description, stamp, *extent, SRS),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?,?,?,?,0,0)",
        (layer.name, GEOMETRY_COLUMN, layer.geometry, SRS),
    )
    marks = ",".join("?" * (2 + len(layer.columns)))
    connection.executemany(
        f"INSERT INTO {quoted(layer.name)} VALUES ({marks})",
        (
            (n, blob(layer.geometry, ring), *values)
            for n, (ring, values) in enumerate(layer.rows, 1)
        ),
    )
    connection.executemany(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
        "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
        "update_time) VALUES ('','',?,?,?,?,'',?,'','',?)",
        (
            (layer.name, GEOMETRY_COLUMN, style.name, style.qml, number == 0, stamp)
            for number, style in enumerate(layer.styles)
        ),
    )


def blob(geometry: str, points: Ring) -> bytes:
    """A geometry as a GeoPackage binary (clause 2.1.3), little-endian, with its bounding box."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    is_point = geometry == "POINT"
    flags = 0b0000_0001 if is_point else 0b0000_0011
    header = struct.pack("<2sBBi", b"GP", 0, flags, SRS)
    if not is_point:
        header += struct.pack("<4d", min(xs), max(xs), min(ys), max(ys))
    body = struct.pack("<BI", 1, WKB_TYPES[geometry])
    if geometry == "POLYGON":
        body += struct.pack("<I", 1)
    if not is_point:
        body += struct.pack("<I", len(points))
    return header + body + b"".join(struct.pack("<2d", x, y) for x, y in points)
