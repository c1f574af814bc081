"""Reading a SQLite file's raw bytes without letting go of SQLite's locks.

POSIX drops every lock a process holds on a file when *any* of its handles to it is closed. A store
open elsewhere in this process would then look closed to other processes, which may take away the
write-ahead log under it. So a raw handle stays open as long as a connection does.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

Key = tuple[int, int]

_connections: Counter[Key] = Counter()
_kept: dict[Key, IO[bytes]] = {}


def opened(file: Path) -> Key:
    """Note a connection to ``file``; returns what ``gone`` takes."""
    key = _key(file.stat())
    _connections[key] += 1
    return key


def gone(key: Key) -> None:
    """Note that a connection was closed."""
    _connections[key] -= 1
    if not _connections[key] and (stream := _kept.pop(key, None)):
        stream.close()


@contextmanager
def raw(file: Path) -> Iterator[IO[bytes]]:
    """``file`` for reading from its beginning."""
    stream = _kept.get(_key(file.stat())) or file.open("rb")
    stream.seek(0)
    try:
        yield stream
    finally:
        key = _key(os.fstat(stream.fileno()))
        if _connections[key]:
            _kept[key] = stream
        else:
            stream.close()


def _key(status: os.stat_result) -> Key:
    return status.st_dev, status.st_ino
