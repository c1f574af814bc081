"""Tracks in JSON: readsb traces, OpenSky tracks and states, and records or columns of positions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.errors import InputError
from shieldwall.evidence.flights.columns import (
    UNITS,
    Table,
    choose,
    grounds,
    kinds,
    moments,
    numbers,
    tracks_of,
)
from shieldwall.evidence.flights.records import Floats, Track

FT, KT = UNITS["ft"], UNITS["kt"]

STATE = {"aircraft": 0, "callsign": 1, "time": 3, "contact": 4, "lon": 5, "lat": 6, "baro": 7,
         "ground": 8, "speed": 9, "heading": 10, "geo": 13, "kind": 16}  # fmt: skip
"""Where OpenSky's REST interface puts each value of a state vector (its documentation)."""

WANTED = (
    "a readsb trace has 'trace', an OpenSky track 'path', states 'states', records "
    "timestamp, latitude, longitude"
)


def tracks(path: Path, data: object) -> tuple[Track, ...]:
    """Every aircraft of a JSON file. Raises ``InputError`` naming file and record."""
    if isinstance(data, dict):
        return _one(path, data)
    if not isinstance(data, list) or not data:
        raise InputError(f"{path}: holds no positions; {WANTED}")
    if all(isinstance(item, dict) and {"trace", "path"} & set(item) for item in data):
        return _named(path, [track for item in data for track in _one(path, item)])
    if all(isinstance(item, dict) and "states" in item for item in data):
        return _states(path, [(s, item.get("time")) for item in data for s in item["states"] or ()])
    if all(isinstance(item, list) for item in data):
        return _states(path, [(item, None) for item in data])
    for number, item in enumerate(data):
        if not isinstance(item, dict):
            raise InputError(f"{path}: record {number + 1} is no object; {WANTED}")
    names = list(dict.fromkeys(key for item in data for key in item))
    return _columns(path, {name: [item.get(name) for item in data] for name in names})


def _named(path: Path, found: list[Track]) -> tuple[Track, ...]:
    from dataclasses import replace

    if len(found) < 2:
        return tuple(found)
    return tuple(
        replace(t, name=f"{path}#{t.aircraft}{f'.{n}' if n else ''}")
        for t, n in zip(found, _repeats(found), strict=True)
    )


def _repeats(found: list[Track]) -> list[int]:
    seen: dict[str, int] = {}
    counts = []
    for track in found:
        counts.append(seen.get(track.aircraft, 0))
        seen[track.aircraft] = counts[-1] + 1
    return counts


def _one(path: Path, data: dict[str, Any]) -> tuple[Track, ...]:
    if "trace" in data:
        return _readsb(path, data)
    if "path" in data:
        return _opensky_track(path, data)
    if "states" in data:
        return _states(path, [(state, data.get("time")) for state in data["states"] or ()])
    columns = {
        key: list(value.values()) if isinstance(value, dict) else value
        for key, value in data.items()
        if isinstance(value, dict | list)
    }
    rows = {len(values) for values in columns.values()}
    if not columns or len(rows) != 1:
        raise InputError(f"{path}: is an object without positions; {WANTED}")
    return _columns(path, columns)


def _rows(path: Path, name: str, rows: object, width: int) -> list[list[Any]]:
    if not isinstance(rows, list) or not rows:
        raise InputError(f"{path}: {name!r} holds no positions; {WANTED}")
    for number, row in enumerate(rows):
        if not isinstance(row, list) or len(row) < width:
            raise InputError(
                f"{path}: {name}[{number}]: no position; write a list of at least {width} values"
            )
    return rows


def _readsb(path: Path, data: dict[str, Any]) -> tuple[Track, ...]:
    """tar1090 ``trace_full``: seconds after ``timestamp``, lat, lon, feet or "ground", knots ..."""
    rows = _rows(path, "trace", data["trace"], 4)
    start = data.get("timestamp")
    if not isinstance(start, int | float):
        raise InputError(f"{path}: 'timestamp' is missing; a readsb trace starts at one")
    on_ground = np.array([row[3] == "ground" for row in rows])
    altitude = [None if isinstance(row[3], str) else row[3] for row in rows]
    callsigns = [
        row[8].get("flight") if len(row) > 8 and isinstance(row[8], dict) else None for row in rows
    ]

    def at(place: int) -> Floats:
        return numbers([row[place] if len(row) > place else None for row in rows])

    said = np.array([row[3] is not None for row in rows])
    flags = np.nan_to_num(at(6)).astype(np.int64)
    baro = numbers(altitude) * FT
    geometric = (flags & 8) > 0
    geo = np.where(geometric, baro, at(10) * FT)
    return tracks_of(
        Table(
            path=path,
            time_s=float(start) + at(0),
            lat=at(1),
            lon=at(2),
            baro_m=np.where(geometric, np.nan, baro),
            geo_m=geo,
            speed_mps=at(4) * KT,
            heading_deg=at(5),
            ground=np.where(said, on_ground, -1).astype(np.int8),
            kind=kinds([row[9] if len(row) > 9 else None for row in rows]),
            aircraft=str(data.get("icao") or ""),
            callsign=callsigns,
        )
    )


def _opensky_track(path: Path, data: dict[str, Any]) -> tuple[Track, ...]:
    """OpenSky ``/tracks``: time, lat, lon, metres, true track, on ground."""
    rows = _rows(path, "path", data["path"], 3)

    def at(place: int) -> list[Any]:
        return [row[place] if len(row) > place else None for row in rows]

    return tracks_of(
        Table(
            path=path,
            time_s=moments(at(0)),
            lat=numbers(at(1)),
            lon=numbers(at(2)),
            baro_m=numbers(at(3)),
            heading_deg=numbers(at(4)),
            ground=grounds(at(5)),
            aircraft=str(data.get("icao24") or ""),
            callsign=str(data.get("callsign") or data.get("calllsign") or ""),
        )
    )


def _states(path: Path, found: Sequence[tuple[Any, Any]]) -> tuple[Track, ...]:
    """OpenSky ``/states``: the moment is that of the answer, else of last contact."""
    rows = _rows(path, "states", [state for state, _ in found], 11)

    def at(name: str) -> list[Any]:
        place = STATE[name]
        return [row[place] if len(row) > place else None for row in rows]

    contact = at("contact")
    times = [c if t is None else t for (_, t), c in zip(found, contact, strict=True)]
    return tracks_of(
        Table(
            path=path,
            time_s=moments(times),
            lat=numbers(at("lat")),
            lon=numbers(at("lon")),
            baro_m=numbers(at("baro")),
            geo_m=numbers(at("geo")),
            speed_mps=numbers(at("speed")),
            heading_deg=numbers(at("heading")),
            ground=grounds(at("ground")),
            kind=kinds(at("kind")),
            seen_s=moments(at("time")),
            aircraft=at("aircraft"),
            callsign=at("callsign"),
        )
    )


def _columns(path: Path, columns: dict[str, list[Any]]) -> tuple[Track, ...]:
    names = list(columns)
    place = choose(names)
    if not {"time", "lat", "lon"} <= set(place):
        raise InputError(f"{path}: has {', '.join(names[:8]) or 'nothing'}; {WANTED}")

    def column(holds: str) -> list[Any]:
        return columns[names[place[holds][0]]]

    def scaled(holds: str) -> Floats | None:
        return numbers(column(holds)) * place[holds][1] if holds in place else None

    times = moments(column("time"))
    return tracks_of(
        Table(
            path=path,
            time_s=times,
            lat=numbers(column("lat")),
            lon=numbers(column("lon")),
            baro_m=scaled("baro"),
            geo_m=scaled("geo"),
            speed_mps=scaled("speed"),
            heading_deg=scaled("heading"),
            ground=grounds(column("ground")) if "ground" in place else None,
            kind=kinds(column("kind")) if "kind" in place else None,
            seen_s=moments(column("seen")) if "seen" in place else None,
            aircraft=column("aircraft") if "aircraft" in place else "",
            callsign=column("callsign") if "callsign" in place else "",
        )
    )
