"""Zip archives: taking one document out of a stranger's, and writing our own always alike."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

from shieldwall.errors import HostileInputError, InputError

MAX_ENTRIES = 1_000
MAX_ENTRY_BYTES = 8_000_000
MAX_TOTAL_BYTES = 64_000_000
MAX_RATIO = 100
"""Largest unpacked size over packed; coordinates in text pack some 3 to 20 times."""

METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first instant a zip can hold: the time of every entry written here."""


def kml_document(path: Path) -> bytes:
    """The main KML document of a KMZ, unpacked in memory; archives inside are left alone.

    Raises ``HostileInputError`` for a bomb or a name that escapes, ``InputError`` for a broken
    archive or one without a KML document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check(path.name, entries)
            document = _main_document(path.name, entries)
            with archive.open(document) as file:
                data = file.read(MAX_ENTRY_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError,
            RuntimeError, OSError) as error:  # fmt: skip
        raise InputError(f"{path.name}: not a readable KMZ: {error}") from error
    if len(data) > MAX_ENTRY_BYTES:
        raise HostileInputError(f"{path.name}: {document.filename!r} unpacks to more than it says")
    return data


def _check(file: str, entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or total > MAX_TOTAL_BYTES:
        raise HostileInputError(
            f"{file}: {len(entries)} entries of {total / 1e6:.0f} MB unpacked; at most "
            f"{MAX_ENTRIES} and {MAX_TOTAL_BYTES / 1e6:.0f} MB are opened"
        )
    for entry in entries:
        name = PurePosixPath(entry.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in entry.filename:
            raise HostileInputError(f"{file}: entry {entry.filename[:80]!r} leaves the archive")
        if entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise HostileInputError(
                f"{file}: entry {entry.filename[:80]!r} unpacks to more than {MAX_RATIO} times "
                "its packed size"
            )


def _main_document(file: str, entries: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """``doc.kml``, or the first KML at the archive's root."""
    at_root = [e for e in entries if "/" not in e.filename and e.filename.lower().endswith(".kml")]
    if not at_root:
        raise InputError(f"{file}: no KML document at its root; save it again as KMZ")
    document = next((e for e in at_root if e.filename.lower() == "doc.kml"), at_root[0])
    if document.flag_bits & 1 or document.compress_type not in METHODS:
        raise InputError(f"{file}: {document.filename!r} is encrypted or packed in an unusual way")
    if document.file_size > MAX_ENTRY_BYTES:
        raise HostileInputError(
            f"{file}: {document.filename!r} is {document.file_size / 1e6:.0f} MB unpacked; at "
            f"most {MAX_ENTRY_BYTES / 1e6:.0f} MB are read"
        )
    return document


def write_archive(path: Path, entries: Mapping[str, bytes]) -> None:
    """Write a zip whose bytes depend on its entries alone, in the order given."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data, compresslevel=9)
