"""SRTM height files: one degree square, 1201 or 3601 posts a side, big-endian int16, also zipped.

The name gives the south-west corner (N46E008.hgt); the size gives the spacing. Both are checked
before a byte is read, and of an archive only the one member that is read, and no more of it than
a tile may hold.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

import numpy as np

from shieldwall.errors import HostileInputError, TerrainError
from shieldwall.terrain.posts import Floats32

SIDES = {1201 * 1201 * 2: 1201, 3601 * 3601 * 2: 3601}
"""Bytes of a tile -> posts a side (3 and 1 arc-seconds)."""

MAX_ZIP_BYTES = 64 * 1024 * 1024
MAX_MEMBERS = 16
"""A zipped tile holds the tile and perhaps a note; a directory of thousands is an attack."""

_NAME = re.compile(r"([NS])(\d{2})([EW])(\d{3})", re.IGNORECASE)
_END = struct.Struct("<4s4H2LH")


def tile_corner(name: str) -> tuple[int, int]:
    """South-west corner (lat, lon) in degrees from a tile's name such as ``N46E008.hgt``.

    Raises ``TerrainError`` for a name that is not a tile's.
    """
    match = _NAME.fullmatch(name.split(".", maxsplit=1)[0])
    if match is None:
        raise TerrainError(
            f"{name}: not the name of an SRTM tile; expected one like N46E008.hgt, "
            "the south-west corner in whole degrees"
        )
    lat = int(match[2]) * (1 if match[1] in "Nn" else -1)
    lon = int(match[4]) * (1 if match[3] in "Ee" else -1)
    if not (-90 <= lat < 90 and -180 <= lon < 180):
        raise TerrainError(f"{name}: a tile at latitude {lat}, longitude {lon} is not on Earth")
    return lat, lon


def read_tile(path: Path) -> Floats32:
    """Posts (side, side) of a ``.hgt`` or zipped tile in metres, north row first, voids NaN.

    Raises ``TerrainError`` for a wrong size, ``HostileInputError`` for an unsafe archive.
    """
    data = _zipped(path) if path.suffix.lower() == ".zip" else _plain(path)
    side = SIDES[len(data)]
    raw = np.frombuffer(data, ">i2").reshape(side, side)
    return raw.astype(np.float32)


def tile_side(path: Path) -> int:
    """Posts a side of a tile, from the declared size only; errors as ``read_tile``."""
    if path.suffix.lower() == ".zip":
        with _archive(path) as archive:
            return SIDES[_member(path, archive).file_size]
    return _side(path.name, path.stat().st_size)


def _side(name: str, size: int) -> int:
    if size not in SIDES:
        wanted = " or ".join(f"{size:,}" for size in SIDES)
        raise TerrainError(f"{name}: {size:,} bytes; an SRTM tile has {wanted}")
    return SIDES[size]


def _plain(path: Path) -> bytes:
    _side(path.name, path.stat().st_size)
    with path.open("rb") as file:
        data = file.read(max(SIDES) + 1)
    _side(path.name, len(data))
    return data


def _zipped(path: Path) -> bytes:
    with _archive(path) as archive:
        member = _member(path, archive)
        try:
            with archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
            raise TerrainError(f"{path.name}: damaged archive ({error})") from error
    if len(data) != member.file_size:
        raise HostileInputError(
            f"{path.name}: {member.filename} unpacks to another size than its archive declares"
        )
    return data


def _archive(path: Path) -> zipfile.ZipFile:
    _check_directory(path)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise TerrainError(f"{path.name}: not a readable zip archive ({error})") from error


def _check_directory(path: Path) -> None:
    """Refuse a directory of many entries before ``zipfile`` builds a record for each."""
    size = path.stat().st_size
    if size > MAX_ZIP_BYTES:
        raise HostileInputError(
            f"{path.name}: {size:,} bytes; a zipped SRTM tile stays under {MAX_ZIP_BYTES:,}"
        )
    with path.open("rb") as file:
        file.seek(max(0, size - 0xFFFF - _END.size))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < _END.size:
        raise TerrainError(f"{path.name}: not a zip archive, or cut short")
    *_, entries, directory_bytes, _, _ = _END.unpack_from(tail, at)
    if entries > MAX_MEMBERS or directory_bytes > MAX_MEMBERS * 1024 or b"PK\x06\x07" in tail:
        raise HostileInputError(
            f"{path.name}: {entries} files in the archive; a zipped SRTM tile holds one .hgt"
        )


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    tiles = [i for i in archive.infolist() if i.filename.lower().endswith(".hgt")]
    if len(tiles) != 1:
        raise TerrainError(f"{path.name}: holds {len(tiles)} .hgt files; expected exactly one")
    (tile,) = tiles
    if tile_corner(tile.filename) != tile_corner(path.name):
        raise TerrainError(
            f"{path.name}: holds {tile.filename}, a tile of another place; name both alike"
        )
    if tile.flag_bits & 0x1:
        raise TerrainError(f"{path.name}: the archive is encrypted; give the plain tile")
    if tile.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise TerrainError(f"{path.name}: unusual compression; use plain zip (deflate)")
    if tile.file_size not in SIDES:
        raise HostileInputError(
            f"{path.name}: {tile.filename} declares {tile.file_size:,} bytes; an SRTM tile has "
            + " or ".join(f"{size:,}" for size in SIDES)
        )
    return tile
