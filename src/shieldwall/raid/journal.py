"""Finished points of a sweep, kept as they are finished: one JSON line each, synced.

The file is named after a hash of everything that the points depend on, so that another case, design
or version never continues it. A last line that a kill cut short is dropped.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from shieldwall.errors import OutputError

Row = dict[str, Any]


class Journal:
    """Opened for one sweep at a time: ``with Journal(folder, key) as journal``."""

    def __init__(self, folder: Path, key: str) -> None:
        self.path = folder / f"sweep-{key[:16]}.partial.jsonl"
        self.done: dict[int, list[Row]] = {}
        """Point -> its rows."""
        self._key = key
        self._file: BinaryIO | None = None

    def __enter__(self) -> Journal:
        try:
            self._file = self.path.open("a+b")
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._read()
        except BlockingIOError as error:
            self._close()
            raise OutputError(
                f"{self.path} is being written by another sweep; let it end or choose another --out"
            ) from error
        except OSError as error:
            self._close()
            raise OutputError(f"cannot write {self.path}: {error.strerror}") from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._close()

    def add(self, point: int, rows: list[Row]) -> None:
        """Keep a finished point; it is on the disk when this returns. Raises ``OutputError``."""
        self._write({"point": point, "rows": rows})
        self.done[point] = rows

    def finish(self) -> None:
        """The table is written: nothing is to be continued."""
        self.path.unlink(missing_ok=True)

    def _read(self) -> None:
        file = self._open()
        file.seek(0)
        sound = 0
        for number, line in enumerate(file):
            try:
                entry = json.loads(line)
                if not line.endswith(b"\n"):
                    break
                if number == 0:
                    if entry["sweep"] != self._key:
                        break
                else:
                    self.done[int(entry["point"])] = list(entry["rows"])
            except (ValueError, KeyError, TypeError):
                break
            sound += len(line)
        file.truncate(sound)
        if sound == 0:
            self._write({"sweep": self._key})

    def _write(self, entry: Row) -> None:
        file = self._open()
        try:
            file.write(json.dumps(entry, separators=(",", ":")).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        except OSError as error:
            raise OutputError(f"cannot write {self.path}: {error.strerror}") from error

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError("the journal is not open")
        return self._file

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
