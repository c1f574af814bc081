"""Reading OGC GeoPackage 1.x: the polygons of its feature tables, row by row and read-only.

A SQLite file can hold views, virtual tables and triggers that run when it is read. The connection
therefore only selects from plain tables, calls no functions, and stops after a few seconds.
"""

from __future__ import annotations

import sqlite3
import struct
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np

from shieldwall.errors import HostileInputError, InputError
from shieldwall.vectors.geopackage_writer import quoted
from shieldwall.vectors.polygons import MAX_FILE_VERTICES, Ring

MAX_ROWS = 2_000
MAX_VALUE_BYTES = 8_000_000
MAX_SECONDS = 3.0
STEPS_BETWEEN_CHECKS = 10_000
WGS84_IDS = (4326,)
NAME_COLUMNS = ("name", "title", "label", "id")

# SQLite's own ceilings for this connection: (what, most).
SQLITE_LIMITS = (
    (sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE_BYTES),
    (sqlite3.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (sqlite3.SQLITE_LIMIT_COLUMN, 200),
    (sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 20),
    (sqlite3.SQLITE_LIMIT_COMPOUND_SELECT, 3),
    (sqlite3.SQLITE_LIMIT_ATTACHED, 0),
)
ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_PRAGMA)

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
"""Length of the header's bounding box by its code (GeoPackage 1.3, clause 2.1.3)."""
POLYGON, MULTIPOLYGON = 3, 6


def features(path: Path) -> Iterator[tuple[str, list[list[Ring]]]]:
    """(name, polygons) of each row of each polygon table, in table and row order.

    Raises ``HostileInputError`` for views, virtual tables or work without end, ``InputError`` for
    a file that is no GeoPackage or not in WGS-84.
    """
    uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        _harden(connection)
        for table, column, srs in _polygon_tables(path.name, connection):
            if srs not in WGS84_IDS:
                raise InputError(
                    f"{path.name}: layer {table}: reference system {srs}; save it in WGS-84 "
                    "longitude and latitude (EPSG:4326)"
                )
            yield from _rows(path.name, connection, table, column)
    except sqlite3.Error as error:
        if "interrupted" in str(error):
            raise HostileInputError(
                f"{path.name}: still reading after {MAX_SECONDS:g} s; this is no usual GeoPackage"
            ) from error
        raise InputError(f"{path.name}: not a readable GeoPackage: {error}") from error
    finally:
        connection.close()


def _harden(connection: sqlite3.Connection) -> None:
    for what, most in SQLITE_LIMITS:
        connection.setlimit(what, most)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")
    deadline = time.monotonic() + MAX_SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS_BETWEEN_CHECKS)
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in ALLOWED else sqlite3.SQLITE_DENY
    )


def _polygon_tables(file: str, connection: sqlite3.Connection) -> list[tuple[str, str, object]]:
    """(table, geometry column, srs id) of the plain tables that hold polygons."""
    plain = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        if kind == "table" and not str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL"):
            plain[str(name)] = str(name)
    if "gpkg_geometry_columns" not in plain:
        raise InputError(f"{file}: not a GeoPackage: it has no table gpkg_geometry_columns")
    listed = connection.execute(
        "SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns"
    ).fetchmany(MAX_ROWS)
    tables = []
    for table, column, kind, srs in sorted(listed, key=lambda row: str(row[0])):
        if str(kind).upper() not in ("POLYGON", "MULTIPOLYGON", "GEOMETRY"):
            continue
        if table not in plain:
            raise HostileInputError(
                f"{file}: layer {table!s:.80} is not a plain table; save the layer itself"
            )
        tables.append((str(table), str(column), srs))
    return tables


def _rows(
    file: str, connection: sqlite3.Connection, table: str, column: str
) -> Iterator[tuple[str, list[list[Ring]]]]:
    columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({quoted(table)})")]
    if column not in columns:
        raise InputError(f"{file}: layer {table}: it has no column {column}")
    lowered = {name.lower(): name for name in reversed(columns)}
    label = next((lowered[name] for name in NAME_COLUMNS if name in lowered), column)
    chosen = f"SELECT {quoted(column)}, {quoted(label)} FROM {quoted(table)}"
    for number, (blob, name) in enumerate(connection.execute(chosen), 1):
        where = f"{file}: layer {table}, row {number}"
        if number > MAX_ROWS:
            raise HostileInputError(f"{where}: more than {MAX_ROWS} rows; keep the areas needed")
        if not isinstance(blob, bytes):
            continue
        try:
            polygons = _polygons(blob)
        except (ValueError, struct.error, KeyError) as error:
            raise InputError(f"{where}: its geometry is broken: {error}") from error
        if polygons:
            yield str(name) if isinstance(name, str | int) else "", polygons


def _polygons(blob: bytes) -> list[list[Ring]]:
    """The polygons of a GeoPackage blob: header (clause 2.1.3), then well-known binary.

    Read here rather than by GEOS, whose reader (3.14) overflows the stack, and with it ends the
    process, on collections nested some ten thousand deep.
    """
    if blob[:2] != b"GP" or len(blob) < 8:
        raise ValueError("no GeoPackage header")
    start = 8 + ENVELOPE_BYTES[blob[3] >> 1 & 7]
    order, kind, dimensions, offset = _wkb_head(blob, start)
    if kind == POLYGON:
        rings, _ = _wkb_rings(blob, order, dimensions, offset)
        return [rings] if rings else []
    if kind != MULTIPOLYGON:
        return []
    (count,) = struct.unpack_from(f"{order}I", blob, offset)
    offset += 4
    polygons = []
    for _ in range(min(count, MAX_FILE_VERTICES)):
        order, kind, dimensions, offset = _wkb_head(blob, offset)
        if kind != POLYGON:
            raise ValueError("a multipolygon holds something else")
        rings, offset = _wkb_rings(blob, order, dimensions, offset)
        polygons.append(rings)
    return polygons


def _wkb_head(blob: bytes, offset: int) -> tuple[str, int, int, int]:
    """(byte order, base type, dimensions, next offset) of one WKB geometry, ISO or extended."""
    order = {0: ">", 1: "<"}[blob[offset]] if offset < len(blob) else "<"
    (code,) = struct.unpack_from(f"{order}I", blob, offset + 1)
    flags, code = code >> 29, code & 0x1FFFFFFF
    dimensions = 2 + (flags >> 2 & 1) + (flags >> 1 & 1)
    if flags == 0:
        dimensions = {0: 2, 1: 3, 2: 3, 3: 4}.get(code // 1000, 0)
        code %= 1000
    if dimensions == 0 or flags & 1:
        raise ValueError(f"unknown type code {code}")
    return order, code, dimensions, offset + 5


def _wkb_rings(blob: bytes, order: str, dimensions: int, offset: int) -> tuple[list[Ring], int]:
    (count,) = struct.unpack_from(f"{order}I", blob, offset)
    offset += 4
    rings: list[Ring] = []
    for _ in range(min(count, MAX_FILE_VERTICES)):
        (points,) = struct.unpack_from(f"{order}I", blob, offset)
        offset += 4
        end = offset + 8 * dimensions * points
        if end > len(blob):
            raise ValueError(f"a ring of {points} points does not fit into {len(blob)} bytes")
        numbers = np.frombuffer(blob[offset:end], dtype=f"{order}f8").reshape(points, dimensions)
        rings.append(tuple((float(lon), float(lat)) for lon, lat in numbers[:, :2]))
        offset = end
    return rings, offset
