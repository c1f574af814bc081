"""The log in one SQLite file: write-ahead log, full sync, one writer, sealed when it leaves.

Readers work beside a writer and never wait. A writer that is killed leaves its write-ahead log and
an open seal behind: the next one checks every hash, goes on, and seals again.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from shieldwall.errors import InputError, OutputError
from shieldwall.evidence.store import handles, lock, schema, seal
from shieldwall.evidence.store.chain import GENESIS
from shieldwall.evidence.store.check import check_content
from shieldwall.evidence.store.records import Finding
from shieldwall.evidence.store.seal import Seal
from shieldwall.files import replacing

BUSY_S = 5.0
"""How long to wait for a reader before leaving the write-ahead log to the next writer."""


class SqliteLog:
    """The log at ``file``, made if missing and wanted for writing."""

    def __init__(self, file: Path, actor: str, read_only: bool) -> None:
        self.place = str(file)
        self._file = file
        self._lock: int | None = None
        self._handle: handles.Key | None = None
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        if read_only:
            if not file.exists():
                raise InputError(f"there is no evidence store at {file}; add a document first")
            self._attach(self._connect_reader())
            return
        if not file.parent.is_dir():
            raise InputError(f"{file.parent} is no folder; an evidence store lies in a case folder")
        self._lock = lock.take(file, actor)
        try:
            self._seal = self._ready()
        except BaseException:
            lock.release(self._lock)
            raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query with ``?`` for values."""
        with self._reading():
            return self._connection.execute(query, values).fetchall()

    def write(self, query: str, values: Sequence[Any]) -> None:
        """One statement inside of ``transaction``."""
        self._connection.execute(query, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing; on disk when it ends without error."""
        with self._writing():
            if self._seal.closed:
                opened = Seal(self._seal.entries, self._seal.head)
                seal.write(self._file, opened)
                self._seal = opened
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):  # a full disk has rolled back by itself
                    self._connection.execute("ROLLBACK")
                raise

    def verify(self, noted: str | None) -> tuple[Finding, ...]:
        """Everything wrong with file, seal and content; asks again if a writer came between."""
        for _ in range(3):
            try:
                before = seal.read(self._file)
            except InputError as error:
                return (
                    Finding(seal.path_of(self._file).name, str(error)),
                    *self._content(None, noted),
                )
            found = self._against(before, noted)
            with suppress(InputError):
                if not found or seal.read(self._file) == before:
                    break
        return found

    def close(self) -> None:
        """Seal, if anything was written, and let the next writer in.

        Raises ``OutputError`` where the disk is full: what was recorded is kept all the same.
        """
        try:
            if self._lock is not None and not self._seal.closed:
                self._close_sealed()
        except (OSError, OutputError, sqlite3.Error) as error:
            raise OutputError(
                f"everything is recorded, but {self._file} could not be sealed: {error}; see that "
                "the disk has room: the next writer checks and seals it"
            ) from error
        finally:
            self._disconnect()
            if self._lock is not None:
                lock.release(self._lock)
                self._lock = None
            if self._copy is not None:
                self._copy.cleanup()

    def _close_sealed(self) -> None:
        entries, hash = _head(self._connection)
        busy, _, _ = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        self._disconnect()
        if busy or _size(_wal(self._file)):
            return  # a reader is at work: the next writer seals
        seal.write(self._file, seal.closed(self._file, entries, hash))

    def _attach(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._handle = handles.opened(self._file)

    def _disconnect(self) -> None:
        self._connection.close()
        if self._handle is not None:
            handles.gone(self._handle)
            self._handle = None

    def _ready(self) -> Seal:
        """Check what is there, or make it; leaves a connection and returns the seal."""
        for left in self._file.parent.glob(f".{self._file.name}.*"):
            left.unlink(missing_ok=True)  # from a writer killed while it replaced a file
        if not self._file.exists():
            _create(self._file)
        vouched = seal.read(self._file)
        if vouched is None:
            with self._reading():
                _connect(self._file, "mode=ro").close()  # says so if it is not ours
            raise InputError(f"{seal.path_of(self._file)} is missing; {_REMEDY}")
        if vouched.closed:
            found = _file_findings(self._file, vouched)
            if found:
                raise InputError(_altered(self._file, found))
        self._attach(self._connect_writer())
        if not vouched.closed:
            found = self._content(vouched, None)
            if found:
                self._disconnect()
                raise InputError(_altered(self._file, found))
        return vouched

    def _against(self, vouched: Seal | None, noted: str | None) -> tuple[Finding, ...]:
        if vouched is None:
            name = seal.path_of(self._file).name
            return (Finding(name, "missing"), *self._content(None, noted))
        if not vouched.closed:
            return self._content(vouched, noted)
        self._disconnect()  # else the raw handle would have to stay open (handles)
        try:
            found = _file_findings(self._file, vouched)
            return (*found, *_content_as_it_lies(self._file, vouched, noted))
        except OSError as error:
            return (Finding(self._file.name, f"cannot be read ({error.strerror})"),)
        finally:
            with suppress(InputError):  # what was found says more
                writer = self._lock is not None
                self._attach(self._connect_writer() if writer else self._connect_reader())

    def _content(self, vouched: Seal | None, noted: str | None) -> tuple[Finding, ...]:
        plain = self._connection.text_factory
        try:
            self._connection.execute("BEGIN")
            found = check_content(self._connection, vouched, noted)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            return (Finding(self._file.name, f"cannot be read ({error})"),)
        finally:
            self._connection.text_factory = plain
        return found

    def _connect_writer(self) -> sqlite3.Connection:
        with self._reading():
            wanted = ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON")
            connection = _connect(self._file, "mode=rw", *wanted)
        if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
            return connection
        connection.close()
        raise OutputError(f"{self._file.parent} cannot hold a write-ahead log; use a local disk")

    def _connect_reader(self) -> sqlite3.Connection:
        """A connection that leaves file and folder as they are, whatever may be written there."""
        with self._reading():
            unmerged = _size(_wal(self._file)) > 0
            if os.access(self._file.parent, os.W_OK):
                return _query_only(self._file, "mode=ro" if unmerged else "mode=rw")
            if not unmerged and not _beside(self._file, "-shm").exists():
                return _query_only(self._file, "immutable=1")
            with suppress(sqlite3.Error):
                return _query_only(self._file, "mode=ro")
            # A killed writer's log in a folder that may not be written: read a copy.
            self._copy = tempfile.TemporaryDirectory()
            for path in (self._file, _wal(self._file)):
                shutil.copyfile(path, Path(self._copy.name, path.name))
            return _query_only(Path(self._copy.name, self._file.name), "mode=rw")

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise InputError(f"cannot read {self._file}: {error}; {_REMEDY}") from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(
                f"cannot write {self._file}: {error}; nothing of this was recorded, and "
                "what was recorded before is kept; see that the disk has room"
            ) from error


def unseal(file: Path, actor: str) -> None:
    """Leave an open seal over whatever sound log ``file`` holds, for the next writer to close.

    Raises ``InputError`` where the log itself is not sound: no seal can mend that.
    """
    held = lock.take(file, actor)
    try:
        connection = _connect(file, "mode=rw")
        try:
            found = check_content(connection, None, None)
            entries, head = (0, GENESIS) if found else _head(connection)
        finally:
            connection.close()
        if found:
            raise InputError(_altered(file, found))
        seal.write(file, Seal(entries, head))
    except sqlite3.Error as error:
        raise InputError(f"cannot read {file}: {error}; bring back a copy") from error
    finally:
        lock.release(held)


_REMEDY = (
    "run 'shieldwall evidence verify', or bring back a copy of the file and its .seal together"
)


def _connect(file: Path, how: str, *pragmas: str) -> sqlite3.Connection:
    uri = f"{file.absolute().as_uri()}?{how}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_S, isolation_level=None)
    try:
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _check_header(file, connection)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _query_only(file: Path, how: str) -> sqlite3.Connection:
    return _connect(file, how, "query_only = ON")


def _content_as_it_lies(file: Path, vouched: Seal, noted: str | None) -> tuple[Finding, ...]:
    try:
        connection = _connect(file, "immutable=1")
    except (sqlite3.Error, InputError) as error:
        return (Finding(file.name, f"cannot be opened ({error})"),)
    try:
        return check_content(connection, vouched, noted)
    finally:
        connection.close()


def _create(file: Path) -> None:
    """An empty store that appears whole; its seal stands before it, open."""
    before = seal.read(file)
    if (before is not None and (before.entries or before.closed)) or _size(_wal(file)):
        raise InputError(f"{file} is missing, though its seal or log is there; {_REMEDY}")
    seal.write(file, Seal(0, GENESIS))
    try:
        with replacing(file) as temporary:
            connection = sqlite3.connect(temporary, isolation_level=None)
            try:
                connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {schema.FORMAT}")
                connection.execute("PRAGMA journal_mode = WAL")
                for statement in schema.SQLITE:
                    connection.execute(statement)
            finally:
                connection.close()
    except sqlite3.Error as error:
        raise OutputError(f"cannot write {file}: {error}; see that the disk has room") from error
    seal.sync_folder(file.parent)


def _check_header(file: Path, connection: sqlite3.Connection) -> None:
    """Raises ``InputError`` for what is no store of ours, or a newer one."""
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        if "not a database" not in str(error):
            raise
        raise InputError(f"{file} is no evidence store: no SQLite file; {_REMEDY}") from error
    if application != schema.APPLICATION_ID:
        raise InputError(f"{file} is no evidence store: another program made it; {_REMEDY}")
    if version != schema.FORMAT:
        raise InputError(
            f"{file} has format {version}, this Shieldwall reads {schema.FORMAT}; use a newer one"
        )


def _file_findings(file: Path, vouched: Seal) -> tuple[Finding, ...]:
    found = seal.differences(file, vouched)
    if _size(_wal(file)):
        found += (Finding(_wal(file).name, "a log that no writer of this store left"),)
    return found


def _altered(file: Path, found: tuple[Finding, ...]) -> str:
    lines = [f"  {finding}" for finding in found[:10]]
    more = [f"  and {len(found) - 10} more"] if len(found) > 10 else []
    return "\n".join([f"{file} was altered; nothing is written to it:", *lines, *more, _REMEDY])


def _head(connection: sqlite3.Connection) -> tuple[int, str]:
    last = connection.execute("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1").fetchone()
    return last or (0, GENESIS)


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)


def _wal(file: Path) -> Path:
    return _beside(file, "-wal")


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
