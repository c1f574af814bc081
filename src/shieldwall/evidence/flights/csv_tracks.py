"""Tracks in CSV: OpenSky state vectors, FlightRadar24, and plain tables with a header."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import numpy as np

from shieldwall.errors import InputError
from shieldwall.evidence.flights.columns import (
    MISSING,
    Table,
    choose,
    grounds,
    kinds,
    moments,
    numbers,
    tracks_of,
)
from shieldwall.evidence.flights.records import Floats, Track

WANTED = "time (or timestamp), lat, lon and, best, altitude"

csv.field_size_limit(1 << 16)


def tracks(path: Path, text: str) -> tuple[Track, ...]:
    """Every aircraft of a CSV file with one header line.

    Raises ``InputError`` naming file and line.
    """
    head = text[: text.find("\n") if "\n" in text else len(text)]
    delimiter = max(",;\t|", key=head.count)
    headers, columns = _plain(text, delimiter) or _quoted(path, text, delimiter)
    place = choose(headers)
    if "time" not in place or not ({"lat", "lon"} <= set(place) or "position" in place):
        shown = ", ".join(h[:20] for h in headers[:8])
        raise InputError(
            f"{path}:1: no columns for time, latitude and longitude (found {shown}); the header "
            f"needs {WANTED}"
        )
    if not columns:
        raise InputError(f"{path}: has a header and no positions; a track has one a line")
    return tracks_of(_table(path, columns, place))


Columns = Sequence[Sequence[str]]


def _plain(text: str, delimiter: str) -> tuple[list[str], Columns] | None:
    """Header and columns of a table without quotes or ragged lines, else ``None``: the fast way."""
    if '"' in text:
        return None
    lines = text.replace("\r\n", "\n").rstrip("\n").split("\n")
    if {line.count(delimiter) for line in lines} != {lines[0].count(delimiter)}:
        return None
    values = delimiter.join(lines).split(delimiter)
    width = lines[0].count(delimiter) + 1
    headers = values[:width]
    return headers, [values[width + k :: width] for k in range(width)] if len(lines) > 1 else []


def _quoted(path: Path, text: str, delimiter: str) -> tuple[list[str], Columns]:
    """Header and columns of any table; ``InputError`` names the line that is too short."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows = []
    try:
        headers = next(reader)
        for row in reader:
            if row and len(row) < len(headers):
                raise InputError(
                    f"{path}:{reader.line_num}: {len(row)} fields where the header has "
                    f"{len(headers)}; complete the line or remove it"
                )
            if row:
                rows.append(row[: len(headers)])
    except csv.Error as error:
        raise InputError(
            f"{path}:{reader.line_num}: {error}; write one position a line, separated by commas"
        ) from error
    return headers, list(zip(*rows, strict=True))


def _table(path: Path, columns: Columns, place: dict[str, tuple[int, float]]) -> Table:
    def column(holds: str) -> Sequence[str]:
        return columns[place[holds][0]]

    def scaled(holds: str) -> Floats | None:
        return numbers(column(holds)) * place[holds][1] if holds in place else None

    if "lat" in place and "lon" in place:
        lats, lons = column("lat"), column("lon")
    else:
        pairs = [value.split(",", 1) for value in column("position")]
        lats, lons = [p[0] for p in pairs], [p[1] if len(p) > 1 else "" for p in pairs]
    times = column("time")
    return Table(
        path=path,
        time_s=_certain(path, "time", times, moments(times)),
        lat=_certain(path, "latitude", lats, numbers(lats)),
        lon=_certain(path, "longitude", lons, numbers(lons)),
        baro_m=scaled("baro"),
        geo_m=scaled("geo"),
        speed_mps=scaled("speed"),
        heading_deg=scaled("heading"),
        ground=grounds(column("ground")) if "ground" in place else None,
        kind=kinds(column("kind")) if "kind" in place else None,
        seen_s=moments(column("seen")) if "seen" in place else None,
        aircraft=column("aircraft") if "aircraft" in place else "",
        callsign=column("callsign") if "callsign" in place else "",
        first_line=2,
    )


def _certain(path: Path, name: str, written: Sequence[str], read: Floats) -> Floats:
    """``read``, where every gap was left open on purpose; garbage is an error, not a gap."""
    for row in np.flatnonzero(~np.isfinite(read)):
        value = written[int(row)].strip()
        if value.lower() not in MISSING:
            right = "ISO 8601 or seconds since 1970" if name == "time" else "decimal degrees"
            raise InputError(f"{path}:{row + 2}: {name} {value[:40]!r} is no {name}; write {right}")
    return read
