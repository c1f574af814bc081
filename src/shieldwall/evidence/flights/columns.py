"""Names and units of columns, and columns to tracks: what CSV and JSON share.

Where a header states a unit (``altitude_m``, ``Altitude (ft)``) it holds. Where it does not, the
name decides: OpenSky's ``baroaltitude``, ``geoaltitude``, ``velocity`` are metres and m/s, all
others are feet and knots, as aircraft send them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shieldwall.errors import InputError
from shieldwall.evidence.flights.records import ADSB, MLAT, Bytes, Floats, Track

NAMES: dict[str, str] = {
    **dict.fromkeys(
        ("time", "timestamp", "point_time", "utc", "datetime", "date_time", "time_utc", "epoch",
         "unixtime", "unix_time", "ts", "snapshot_time", "time_position", "time_s", "time_ms"),
        "time",
    ),
    **dict.fromkeys(("lat", "latitude", "lat_deg", "latitude_deg", "y"), "lat"),
    **dict.fromkeys(
        ("lon", "lng", "long", "longitude", "lon_deg", "longitude_deg", "x"), "lon"
    ),
    "position": "position",
    **dict.fromkeys(
        ("altitude", "alt", "alt_baro", "baro_altitude", "baroaltitude", "baro_alt", "height",
         "pressure_altitude"),
        "baro",
    ),
    **dict.fromkeys(
        ("geoaltitude", "geo_altitude", "alt_geom", "geom_altitude", "gps_altitude",
         "altitude_geom"),
        "geo",
    ),
    **dict.fromkeys(
        ("velocity", "groundspeed", "ground_speed", "ground_spe", "speed", "gs", "gspeed"),
        "speed",
    ),
    **dict.fromkeys(("heading", "track", "direction", "true_track", "track_angle"), "heading"),
    **dict.fromkeys(("onground", "on_ground", "ground", "gnd"), "ground"),
    **dict.fromkeys(("icao24", "icao", "hex", "icao_address", "address", "aircraft"), "aircraft"),
    **dict.fromkeys(("callsign", "call_sign", "flight", "ident", "flight_id"), "callsign"),
    **dict.fromkeys(("lastposupdate", "last_position", "lastposition", "last_pos_update"), "seen"),
    **dict.fromkeys(("position_source", "source", "type", "pos_type"), "kind"),
}  # fmt: skip
"""Header, lower case, spaces as underscores, unit removed -> what the column holds."""

METRIC = {
    "baroaltitude", "geoaltitude", "baro_altitude", "geo_altitude", "velocity",
}  # fmt: skip
"""Names OpenSky uses; its values are metres and metres per second."""

UNITS = {
    "ft": 0.3048, "feet": 0.3048, "m": 1.0, "meters": 1.0, "metres": 1.0, "km": 1000.0,
    "kt": 0.514444, "kts": 0.514444, "knots": 0.514444, "mps": 1.0, "m/s": 1.0, "ms-1": 1.0,
    "km/h": 1 / 3.6, "kmh": 1 / 3.6, "kph": 1 / 3.6, "mph": 0.44704,
}  # fmt: skip

MISSING = {"", "nan", "none", "null", "na", "n/a", "-", "\\n"}

RANK = {"time_position": 2, "utc": 1}
"""Names that give way where several columns hold the same: the lower is used."""


@dataclass(frozen=True)
class Column:
    """What a column holds, and the factor to SI."""

    holds: str
    factor: float


def understood(header: str) -> Column | None:
    """What a header means; ``None`` for a column that is not needed."""
    name = header.strip().strip("\ufeff").lower()
    unit = ""
    if (stated := re.fullmatch(r"(.+?)\s*[\[(]\s*([^\])]*)\s*[\])]", name)) is not None:
        name, unit = stated[1], stated[2].strip()
    name = re.sub(r"[\s\-]+", "_", name)
    holds = NAMES.get(name)
    if holds is None and "_" in name:
        bare, _, tail = name.rpartition("_")
        if tail in UNITS:
            holds, unit, name = NAMES.get(bare), tail, bare
    if holds is None:
        return None
    if holds in ("baro", "geo"):
        return Column(holds, UNITS.get(unit, 1.0 if name in METRIC else UNITS["ft"]))
    if holds == "speed":
        return Column(holds, UNITS.get(unit, 1.0 if name in METRIC else UNITS["kt"]))
    return Column(holds, 1.0)


def choose(headers: Sequence[str]) -> dict[str, tuple[int, float]]:
    """What is held -> (column number, factor to SI), the best-ranked name where several fit."""
    found: dict[str, tuple[int, int, float]] = {}
    for number, header in enumerate(headers):
        column = understood(header)
        if column is None:
            continue
        rank = RANK.get(header.strip().lower(), 0)
        if column.holds not in found or rank < found[column.holds][0]:
            found[column.holds] = (rank, number, column.factor)
    return {holds: (number, factor) for holds, (_, number, factor) in found.items()}


def numbers(values: Sequence[Any]) -> Floats:
    """Numbers of any spelling; what is no number is NaN (``*****`` of a full field, ``null``)."""
    found = _plain(values)
    if found is None:
        found = np.array([_number(v) for v in values], dtype=np.float64)
    found[~np.isfinite(found)] = np.nan
    return found


def _plain(values: Sequence[Any]) -> Floats | None:
    """One number a row; ``None`` where some is text, or a list, which numpy takes for a table."""
    try:
        found = np.array(values, dtype=np.float64)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.ndim == 1 else None


def _number(value: Any) -> float:
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        return np.nan


def moments(values: Sequence[Any]) -> Floats:
    """Times as seconds since 1970, UTC: numbers in s, ms, us or ns, or ISO 8601 (no zone: UTC)."""
    found = _plain(values)
    if found is None:
        return _written(values)
    size = np.nanmedian(np.abs(found)) if np.isfinite(found).any() else 0.0
    for power in (9, 6, 3):
        if size > 10.0 ** (8 + power):
            return np.asarray(found / 10.0**power)
    return found


def _written(values: Sequence[Any]) -> Floats:
    texts = [str(v).strip().removesuffix("Z").removesuffix(" UTC") for v in values]
    if not any(_zoned(t) for t in texts[:1]):
        try:
            return np.array(texts, dtype="datetime64[us]").astype(np.int64) / 1e6
        except ValueError:
            pass
    return np.array([_moment(t) for t in texts], dtype=np.float64)


def _zoned(text: str) -> bool:
    return re.search(r"[+-]\d\d:?\d\d$", text[10:]) is not None


def _moment(text: str) -> float:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        number = _number(text)
        return float(moments([number])[0]) if np.isfinite(number) else np.nan
    return (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp()


def grounds(values: Sequence[Any]) -> Bytes:
    """On-ground flags of any spelling; what is neither yes nor no is -1."""
    said = _each(values, lambda v: FLAGS.get(str(v).strip().lower(), -1))
    return np.array(said, dtype=np.int8)


def _each(values: Sequence[Any], meaning: Callable[[Any], int]) -> list[int]:
    """The meaning of every value, worked out once for each different one."""
    try:
        known = {value: meaning(value) for value in set(values)}
    except TypeError:  # a list or object where a flag should be
        return [meaning(value) for value in values]
    return [known[value] for value in values]


FLAGS = {"true": 1, "t": 1, "1": 1, "1.0": 1, "yes": 1, "y": 1,
         "false": 0, "f": 0, "0": 0, "0.0": 0, "no": 0, "n": 0}  # fmt: skip


def kinds(values: Sequence[Any]) -> Bytes:
    """``MLAT`` for multilaterated positions (OpenSky's 2, readsb's ``mlat``, ``tisb``)."""
    located = ("mlat", "tisb", "2")
    said = _each(values, lambda v: MLAT if str(v).lower().startswith(located) else ADSB)
    return np.array(said, dtype=np.int8)


@dataclass(frozen=True)
class Table:
    """Columns of one file as arrays (n,); ``where`` names row i for a message."""

    path: Path
    time_s: Floats
    lat: Floats
    lon: Floats
    baro_m: Floats | None = None
    geo_m: Floats | None = None
    speed_mps: Floats | None = None
    heading_deg: Floats | None = None
    ground: Bytes | None = None
    kind: Bytes | None = None
    seen_s: Floats | None = None
    aircraft: Sequence[Any] | str = ""
    callsign: Sequence[Any] | str = ""
    first_line: int | None = None

    def where(self, row: int) -> str:
        """File and line (or record) of a row."""
        if self.first_line is None:
            return f"{self.path}: record {row + 1}"
        return f"{self.path}:{row + self.first_line}"


def tracks_of(table: Table) -> tuple[Track, ...]:
    """One track per aircraft, in order of first appearance; rows without a position left out."""
    lon = np.where(table.lon > 180.0, table.lon - 360.0, table.lon)
    known = np.isfinite(table.time_s) & np.isfinite(table.lat) & np.isfinite(lon)
    bad = known & ((np.abs(table.lat) > 90.0) | (np.abs(lon) > 180.0))
    if bad.any():
        row = int(np.argmax(bad))
        raise InputError(
            f"{table.where(row)}: latitude {table.lat[row]:g}, longitude {table.lon[row]:g} are "
            "not on Earth; write degrees, latitude -90 to 90, longitude -180 to 180"
        )
    odd = known & ((table.time_s < 0) | (table.time_s > 8e9))
    if odd.any():
        row = int(np.argmax(odd))
        raise InputError(
            f"{table.where(row)}: time {table.time_s[row]:g} is no date; write seconds or "
            "milliseconds since 1970, or ISO 8601"
        )
    if not known.any():
        raise InputError(
            f"{table.path}: no row has time, latitude and longitude; write them as ISO 8601 or "
            "seconds since 1970, and decimal degrees"
        )
    names, owner = _owners(table.aircraft, len(lon))
    made = []
    for number, name in enumerate(names):
        rows = np.flatnonzero(known & (owner == number)) if len(names) > 1 else known.nonzero()[0]
        if rows.size:
            made.append((name, rows[np.argsort(table.time_s[rows], kind="stable")]))
    several = len(made) > 1
    return tuple(_track(table, lon, name, rows, several) for name, rows in made)


def _owners(aircraft: Sequence[Any] | str, size: int) -> tuple[list[str], NDArray[np.int64]]:
    if isinstance(aircraft, str):
        return [aircraft.strip().lower()], np.zeros(size, dtype=np.int64)
    number: dict[Any, int] = {}
    owner = np.array([number.setdefault(a, len(number)) for a in aircraft], dtype=np.int64)
    merged: dict[str, int] = {}
    index = [
        merged.setdefault("" if a is None else str(a).strip().lower(), len(merged)) for a in number
    ]
    return list(merged), np.array(index, dtype=np.int64)[owner]


def _track(table: Table, lon: Floats, name: str, rows: NDArray[np.int64], several: bool) -> Track:
    def part(values: Floats | None, factor: float = 1.0) -> Floats:
        return np.full(rows.size, np.nan) if values is None else values[rows] * factor

    def flag(values: Bytes | None, default: int) -> Bytes:
        return np.full(rows.size, default, np.int8) if values is None else values[rows]

    callsign = table.callsign
    if not isinstance(callsign, str):
        callsign = next((str(callsign[i]).strip() for i in rows if _says(callsign[i])), "")
    return Track(
        name=f"{table.path}#{name}" if several else str(table.path),
        aircraft=name,
        callsign=callsign.strip(),
        time_s=table.time_s[rows],
        lat=table.lat[rows],
        lon=lon[rows],
        baro_m=part(table.baro_m),
        geo_m=part(table.geo_m),
        speed_mps=part(table.speed_mps),
        heading_deg=part(table.heading_deg),
        ground=flag(table.ground, -1),
        kind=flag(table.kind, ADSB),
        age_s=table.time_s[rows] - part(table.seen_s),
    )


def _says(value: Any) -> bool:
    return value is not None and str(value).strip().lower() not in MISSING
