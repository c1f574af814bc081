"""The cache of fetched elevation: tiles, and a manifest with the checksum of each.

``CACHE/copernicus/manifest.json`` lists every one-degree square that was asked for: the file that
holds it with its SHA-256, or that it is open sea. A file that differs from its checksum is not
used.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from dataclasses import asdict, dataclass
from math import ceil, floor
from pathlib import Path
from typing import Any, Literal

from shieldwall.case.records import Area
from shieldwall.errors import TerrainError
from shieldwall.files import write_text

FORMAT = 1
MAX_MANIFEST_BYTES = 32 * 1024 * 1024
_FILE = re.compile(r"Copernicus_DSM_COG_(10|30)_[NS]\d{2}_00_[EW]\d{3}_00_DEM_\d+s\.tif")
_SHA256 = re.compile(r"[0-9a-f]{64}")

Square = tuple[int, int]
"""South-west corner (lat, lon) of a one-degree square."""


@dataclass(frozen=True)
class Entry:
    """What is known of one square at one level."""

    lat: int
    lon: int
    wanted_arcsec: int
    """The level that was asked for; what was there may be coarser (GLO-90) or finer."""
    state: Literal["land", "sea"]
    product: str
    arcsec: float
    file: str
    bytes: int
    sha256: str
    address: str


def default_cache() -> Path:
    """``SHIELDWALL_CACHE``, else ``shieldwall`` under ``XDG_CACHE_HOME`` or ``~/.cache``."""
    named = os.environ.get("SHIELDWALL_CACHE")
    if named:
        return Path(named)
    home = os.environ.get("XDG_CACHE_HOME")
    return (Path(home) if home else Path.home() / ".cache") / "shieldwall"


def squares(area: Area) -> tuple[Square, ...]:
    """The one-degree squares that an area touches, south-west to north-east."""
    return tuple(
        (lat, lon)
        for lat in range(floor(area.south), max(ceil(area.north), floor(area.south) + 1))
        for lon in range(floor(area.west), max(ceil(area.east), floor(area.west) + 1))
    )


class Cache:
    """One cache folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "copernicus"
        self._manifest = self.folder / "manifest.json"

    def entries(self) -> dict[Square, list[Entry]]:
        """Square -> its entries, finest first; empty where nothing was fetched yet.

        Raises ``TerrainError`` for a manifest that cannot be trusted.
        """
        if not self._manifest.is_file():
            return {}
        try:
            if self._manifest.stat().st_size > MAX_MANIFEST_BYTES:
                raise ValueError("too large")
            data = json.loads(self._manifest.read_text("utf-8"))
            if data["format"] != FORMAT:
                raise ValueError(f"format {data['format']!r}, expected {FORMAT}")
            found = [_entry(item) for item in data["tiles"]]
        except (ValueError, KeyError, TypeError, OSError) as error:
            raise TerrainError(
                f"{self._manifest}: not a manifest of fetched terrain ({error}); delete the file "
                "and run 'shieldwall terrain fetch' again"
            ) from error
        known: dict[Square, list[Entry]] = {}
        for entry in sorted(found, key=lambda e: e.wanted_arcsec):
            known.setdefault((entry.lat, entry.lon), []).append(entry)
        return known

    def remember(self, entry: Entry) -> None:
        """Add or replace one entry; the manifest is rewritten whole."""
        known = [e for entries in self.entries().values() for e in entries]
        tiles = {_key(e): asdict(e) for e in (*known, entry)}
        data = {"format": FORMAT, "tiles": [tiles[key] for key in sorted(tiles)]}
        write_text(self._manifest, json.dumps(data, indent=1) + "\n")

    def intact(self, entry: Entry) -> bool:
        """Whether the file of an entry is there and is what was fetched; sea has no file."""
        if entry.state == "sea":
            return True
        path = self.folder / entry.file
        return (
            path.is_file()
            and path.stat().st_size == entry.bytes
            and file_sha256(path) == entry.sha256
        )


def _key(entry: Entry) -> tuple[int, int, int]:
    return entry.lat, entry.lon, entry.wanted_arcsec


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _entry(item: dict[str, Any]) -> Entry:
    entry = Entry(**item)
    on_earth = -90 <= entry.lat < 90 and -180 <= entry.lon < 180
    land = bool(_FILE.fullmatch(entry.file) and _SHA256.fullmatch(entry.sha256))
    good = on_earth and (entry.state == "sea" or (entry.state == "land" and land))
    if not good or not entry.arcsec > 0:
        raise ValueError(f"entry {item!r}")
    return entry
