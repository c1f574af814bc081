"""Opening a track file: limits, compression, and which format it is, told by what is inside.

A file is JSON where its first character says so, else CSV. Gzip is told by its first two bytes.
All errors are ``InputError`` (or ``HostileInputError`` for bombs) naming file, place and remedy.
"""

from __future__ import annotations

import gzip
import json
import zlib
from io import BytesIO
from pathlib import Path

from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.flights import csv_tracks, json_tracks
from shieldwall.evidence.flights.records import Track

MAX_BYTES = 1 << 29
"""Largest file read, unpacked: 512 MiB, some five million positions; a day's trace is under 3."""

FORMATS = (
    "a readsb trace, OpenSky CSV or JSON, FlightRadar24 CSV, or CSV with time, lat, lon, altitude"
)


def read_tracks(path: Path) -> tuple[Track, ...]:
    """Every aircraft of one file, in order of first appearance; positions in order of time.

    Raises ``InputError`` for a file that is no track, ``HostileInputError`` for one too large.
    """
    data = _content(path)
    if data[:2] == b"PK":
        raise InputError(f"{path}: is a zip archive; unpack it and give the track inside")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: byte {error.start} is not UTF-8 text; a track is {FORMATS}, plain or gzipped"
        ) from error
    del data
    start = text[:4096].lstrip()[:1]
    if not start:
        raise InputError(f"{path}: is empty; a track is {FORMATS}")
    if "\0" in text[:65536]:
        raise InputError(f"{path}: holds binary data; a track is {FORMATS}, plain or gzipped")
    if start in "[{":
        return json_tracks.tracks(path, _parsed(path, text))
    return csv_tracks.tracks(path, text)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise HostileInputError(f"{path}: larger than {MAX_BYTES >> 20} MiB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}; give a track file") from error
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as packed:
            plain = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InputError(f"{path}: gzip data is damaged or cut short; fetch it again") from error
    if len(plain) > MAX_BYTES:
        raise HostileInputError(f"{path}: unpacks to more than {MAX_BYTES >> 20} MiB; split it")
    return plain


def _parsed(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        if error.msg == "Extra data" and text.lstrip()[0] == "{":
            return _lines(path, text)
        raise InputError(
            f"{path}:{error.lineno}: not JSON at column {error.colno}: {error.msg}; "
            "fetch the file again"
        ) from error
    except (RecursionError, ValueError) as error:
        raise HostileInputError(f"{path}: JSON nested too deep or a number too long") from error


def _lines(path: Path, text: str) -> list[object]:
    """One JSON object a line."""
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except (ValueError, RecursionError) as error:
                raise InputError(
                    f"{path}:{number}: not JSON; write one object a line, or one list"
                ) from error
    return found
