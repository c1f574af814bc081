"""Writing files so that nothing is ever half-written."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shieldwall.errors import OutputError


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

    On any error, an interruption included, it is removed and ``folder`` keeps what it had. Raises
    ``OutputError`` where the folder cannot be written.
    """
    aside = Path(writable(folder), f".staging-{os.getpid()}")
    try:
        aside.mkdir(exist_ok=True)
        yield aside
        for path in sorted(aside.iterdir()):
            path.replace(folder / path.name)
    except OSError as error:
        raise OutputError(f"cannot write {folder}: {error.strerror}") from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)


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
