"""Writing files so that none is ever half-written."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from shieldwall.errors import OutputError, UsageError

STAGING = ".staging-"
"""How the names of folders begin in which results are put together."""


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Yield a temporary path beside ``path``; on success sync it and rename it into place.

    On any error the temporary file is removed and ``path`` is left as it was. Raises
    ``OutputError`` where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise OutputError(
            f"cannot write {path}: {error.strerror}; choose a folder you may write to"
        ) from error
    temporary = Path(name)
    try:
        yield temporary
        with temporary.open("rb+") as file:
            os.fsync(file.fileno())
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror}") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` to ``path`` whole or not at all."""
    with replacing(path) as temporary:
        temporary.write_bytes(data)


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 ``text`` with plain newlines to ``path`` whole or not at all."""
    write_bytes(path, text.encode("utf-8"))


@contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """Yield an empty folder inside ``folder``; on success rename its files into ``folder``.

    Until the first rename, any error and any interruption leaves ``folder`` as it was; so does a
    folder that stands where a file is to come, which is looked for before. Files are then renamed
    one by one: each is whole, the old one or the new, but where a rename fails, or the process is
    killed among them, some are new and some old; the message tells which. What killed processes
    left is removed on entry. Raises ``OutputError`` where something cannot be written.
    """
    _clear(writable(folder))
    try:
        aside, lock = _aside(folder)
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror}") from error
    try:
        yield aside
        _put(sorted(aside.iterdir()), folder)
    except OSError as error:
        raise OutputError(f"cannot write {error.filename or folder}: {error.strerror}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        os.close(lock)


def _put(files: list[Path], folder: Path) -> None:
    """Rename ``files`` into ``folder``, none of them where one is sure to fail."""
    for file in files:
        target = folder / file.name
        if target.is_dir() and not target.is_symlink():
            raise OutputError(
                f"cannot write {target}: a folder of that name is in the way; remove it or choose "
                "another folder for the results. Nothing was changed"
            )
    for done, file in enumerate(files):
        try:
            file.replace(folder / file.name)
        except OSError as error:
            new = ", ".join(f.name for f in files[:done]) or "none"
            old = ", ".join(f.name for f in files[done:])
            raise OutputError(
                f"cannot write {folder / file.name}: {error.strerror}. New files in place: {new}; "
                f"as they were: {old}"
            ) from error


def _aside(folder: Path) -> tuple[Path, int]:
    """A new folder in ``folder``, and the handle that locks it for as long as this process lives.

    A lock and not a process number in the name: numbers are used again, and mean nothing to
    processes in another container.
    """
    while True:
        aside = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder))
        lock = os.open(aside, os.O_RDONLY)
        with suppress(OSError):  # a file system without locks: nothing of it is ever cleared
            fcntl.flock(lock, fcntl.LOCK_EX)
        if aside.exists():
            return aside, lock
        os.close(lock)  # cleared before it was locked


def _clear(folder: Path) -> None:
    """Remove the folders that killed processes left behind: those that nobody holds locked."""
    for left in folder.glob(f"{STAGING}*"):
        with suppress(OSError):
            lock = os.open(left, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(left)
            finally:
                os.close(lock)


def apart(results: Path, case: Path) -> None:
    """Raise ``UsageError`` where results would be written among a case's own files."""
    at = results.resolve()
    if at.is_relative_to(case.resolve()) or (at / "case.toml").exists():
        raise UsageError(
            f"{results}: results would stand among the files of a case; choose a folder outside "
            f"it, such as {Path('out', case.resolve().name)}"
        )


def writable(folder: Path) -> Path:
    """``folder``, made if it is missing; ``OutputError`` where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise OutputError(
            f"cannot write {folder}: {error.strerror}; choose a folder you may write to"
        ) from error
