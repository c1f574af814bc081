"""One writer at a time: a lock that the system lets go of however its process ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

from shieldwall.errors import OutputError


def take(file: Path, actor: str) -> int:
    """Lock the store at ``file`` for writing and return what ``release`` takes.

    Raises ``OutputError`` at once where another writer holds it, or the folder is not writable.
    """
    path = file.with_name(file.name + ".lock")
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror}; open the store for reading only, "
            "or choose a folder you may write to"
        ) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        holder = os.pread(handle, 400, 0).decode("utf-8", "replace").strip()
        os.close(handle)
        raise OutputError(
            f"{file} has a writer already ({holder or 'unknown process'} holds {path.name}); "
            "wait until it is done, or open the store for reading only"
        ) from error
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()}, {actor}\n".encode(), 0)
    except OSError:  # a full disk: the lock holds without its note
        pass
    return handle


def release(handle: int) -> None:
    """Let the next writer in; the file stays, since taking it away would race with the next."""
    try:
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)
