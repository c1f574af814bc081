"""The seal beside the SQLite file: what the file was, byte for byte, when its writer left it.

A seal is *closed* (hash of the whole file, and of each stretch of it, to say where it changed) or
*open* (a writer is at work, or was killed: only the log's length and head are known to hold).
It is marked open before a writer's first change and closed after its last, each time whole or not
at all. It finds what accident, a slip or another program did; it is no signature: whoever
recomputes hashes and seal can forge both, unless the head of the log was noted elsewhere.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import blake2b, sha256
from pathlib import Path

from shieldwall.errors import InputError
from shieldwall.evidence.store.chain import digest
from shieldwall.evidence.store.handles import raw
from shieldwall.evidence.store.records import Finding
from shieldwall.files import write_bytes

STRETCH = 65_536
"""Bytes hashed as one: sixteen pages, so that a gigabyte's seal stays below 300 kB."""


@dataclass(frozen=True)
class Seal:
    """What is vouched for; an open seal has no ``sha256`` and no ``stretches``."""

    entries: int
    head: str
    size: int | None = None
    sha256: str | None = None
    stretches: tuple[str, ...] = ()
    format: int = 1

    @property
    def closed(self) -> bool:
        """True where the whole file is vouched for."""
        return self.sha256 is not None


def path_of(file: Path) -> Path:
    """Where the seal of a store's file lies."""
    return file.with_name(file.name + ".seal")


def closed(file: Path, entries: int, head: str) -> Seal:
    """The seal of ``file`` as it is now."""
    whole, stretches, size = sha256(), [], 0
    with raw(file) as stream:
        while chunk := stream.read(STRETCH):
            whole.update(chunk)
            stretches.append(blake2b(chunk, digest_size=8).hexdigest())
            size += len(chunk)
    return Seal(entries, head, size, whole.hexdigest(), tuple(stretches))


def write(file: Path, seal: Seal) -> None:
    """Put the seal beside ``file``: temporary, sync, rename, sync of the folder."""
    write_bytes(path_of(file), _encode(seal))
    sync_folder(file.parent)


def read(file: Path) -> Seal | None:
    """The seal of ``file``; ``None`` if there is none.

    Raises ``InputError`` where a single byte of it is not as it was written.
    """
    path = path_of(file)
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}") from error
    try:
        fields = json.loads(data)
        fields.pop("seal")
        seal = Seal(**{**fields, "stretches": tuple(fields["stretches"])})
        intact = _encode(seal) == data
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        intact = False
    if not intact:
        raise InputError(f"{path} was altered: it is not what a writer left")
    return seal


def differences(file: Path, seal: Seal) -> tuple[Finding, ...]:
    """Where ``file`` is not what its closed seal says; empty if it is, to the byte."""
    now = closed(file, seal.entries, seal.head)
    if now == seal:
        return ()
    found = []
    if now.size != seal.size:
        found.append(Finding(file.name, f"has {now.size:,} bytes, sealed with {seal.size or 0:,}"))
    pairs = zip(now.stretches, seal.stretches, strict=False)
    changed = [i for i, (a, b) in enumerate(pairs) if a != b]
    for first, last in _runs(changed):
        where = f"{file.name} bytes {first * STRETCH:,} to {(last + 1) * STRETCH - 1:,}"
        found.append(Finding(where, "not as sealed"))
    return tuple(found) or (Finding(file.name, "not as sealed"),)


def sync_folder(folder: Path) -> None:
    """Make a rename inside ``folder`` outlive a power cut, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:  # some network folders cannot be synced
        pass
    finally:
        os.close(handle)


def _encode(seal: Seal) -> bytes:
    body = json.dumps(asdict(seal), sort_keys=True)
    return json.dumps({**asdict(seal), "seal": digest(body.encode())}, sort_keys=True).encode()


def _runs(numbers: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
