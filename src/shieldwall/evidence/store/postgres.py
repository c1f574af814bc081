"""The log in PostgreSQL, for archives that several people share: same tables, same chain.

There is no file to seal. The log's own chain, every hash and the triggers are checked; a head noted
elsewhere (``Store.head``) tells whether its end was cut off.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from shieldwall.errors import InputError, OutputError, UsageError
from shieldwall.evidence.store import schema
from shieldwall.evidence.store.chain import check_chain, digest
from shieldwall.evidence.store.check import check_log
from shieldwall.evidence.store.records import Finding

if TYPE_CHECKING:
    import psycopg

WRITER_LOCK = int.from_bytes(b"shieldw1")
"""Key of the advisory lock that the one writer holds; ends with its connection."""


class PostgresLog:
    """The log at ``url``; its tables are made if missing and wanted for writing."""

    def __init__(self, url: str, actor: str, read_only: bool) -> None:
        self.place = _shown(url)
        self._errors = _driver().Error
        with self._reading():
            self._connection = _connect(url, actor)
        try:
            self._ready(read_only)
        except BaseException:
            self._connection.close()
            raise

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query with ``?`` for values."""
        with self._reading():
            return self._execute(query, values).fetchall()

    def write(self, query: str, values: Sequence[Any]) -> None:
        """One statement inside of ``transaction``."""
        self._execute(query, values)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing; on the server's disk when it ends."""
        try:
            with self._connection.transaction():
                yield
        except self._errors as error:
            raise OutputError(
                f"cannot write {self.place}: {_line(error)}; nothing of this was recorded, "
                "and what was recorded before is kept"
            ) from error

    def verify(self, noted: str | None) -> tuple[Finding, ...]:
        """Everything wrong with triggers, bytes and log, in one snapshot."""
        with self._reading(), self._connection.transaction():
            self._execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            found = self._triggers()
            names, damage = self._blobs()
            entries = self.rows(f"SELECT {schema.COLUMNS} FROM entries ORDER BY seq")
        referred = {name for row in entries for name in row[5:7]}
        spare = [Finding(f"bytes {b}", "stored, but in no entry") for b in sorted(names - referred)]
        heads = [(row[0], row[10]) for row in entries]
        log = (*check_chain(entries, names), *check_log(heads, None, noted))
        return (*found, *damage, *spare, *log)

    def close(self) -> None:
        """Ends the connection, and with it the writer's lock."""
        self._connection.close()

    def _ready(self, read_only: bool) -> None:
        if not read_only:
            self._lock()
        exists = self.rows("SELECT to_regclass(?) IS NOT NULL", (f"{schema.SCHEMA}.format",))
        if not exists[0][0]:
            if read_only:
                raise InputError(f"there is no evidence store in {self.place}")
            with self.transaction():
                self._connection.execute(schema.POSTGRES)
        with self._reading():
            self._execute(f"SET search_path = {schema.SCHEMA}")
            self._execute("SET synchronous_commit = on")
            if read_only:
                self._execute("SET default_transaction_read_only = on")
        versions = [version for (version,) in self.rows("SELECT version FROM format")]
        if versions != [schema.FORMAT]:
            raise InputError(
                f"{self.place} has format {versions}, this Shieldwall reads {schema.FORMAT}; "
                "use a newer one"
            )

    def _lock(self) -> None:
        if self.rows("SELECT pg_try_advisory_lock(?)", (WRITER_LOCK,))[0][0]:
            return
        holders = self.rows(
            "SELECT a.pid, a.application_name FROM pg_locks l JOIN pg_stat_activity a USING (pid)"
            " WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1"
            " AND (l.classid::bigint << 32 | l.objid::bigint) = ?"
            " AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            (WRITER_LOCK,),
        )
        who = ", ".join(f"server process {pid}, {name}" for pid, name in holders)
        raise OutputError(
            f"{self.place} has a writer already ({who or 'unknown process'} holds advisory lock "
            f"{WRITER_LOCK}); wait until it is done, or open the store for reading only"
        )

    def _triggers(self) -> list[Finding]:
        rows = self.rows(
            "SELECT tgname FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE nspname = ? AND NOT tgisinternal AND tgenabled = 'O'",
            (schema.SCHEMA,),
        )
        stand = {name for (name,) in rows}
        missing = [name for name in schema.POSTGRES_TRIGGERS if name not in stand]
        return [Finding("tables", f"missing or switched off: trigger {name}") for name in missing]

    def _blobs(self) -> tuple[frozenset[str], list[Finding]]:
        names, found = set(), []
        with self._connection.cursor(binary=True) as cursor:
            for name, data in cursor.stream("SELECT sha256, bytes FROM blobs ORDER BY sha256"):
                names.add(name)
                if digest(data) != name:
                    found.append(Finding(f"bytes {name}", "do not match their hash"))
        return frozenset(names), found

    def _execute(self, query: str, values: Sequence[Any] = ()) -> psycopg.Cursor[Any]:
        return self._connection.execute(_quoted(query), values or None, binary=True)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except self._errors as error:
            raise InputError(f"cannot read {self.place}: {_line(error)}") from error


def _driver() -> Any:
    try:
        import psycopg
    except ImportError as error:
        raise UsageError(
            "an evidence store in PostgreSQL needs the driver: pip install 'shieldwall[postgres]'"
        ) from error
    return psycopg


def _connect(url: str, actor: str) -> psycopg.Connection[Any]:
    name = f"shieldwall {actor}".encode("ascii", "replace").decode()[:63]
    connection: psycopg.Connection[Any] = _driver().connect(
        url, autocommit=True, application_name=name, client_encoding="utf8"
    )
    return connection


def _quoted(query: str) -> str:
    """Queries here hold no ``?`` but for values, and ``%`` only to match with LIKE."""
    return query.replace("%", "%%").replace("?", "%s") if "?" in query else query


def _shown(url: str) -> str:
    """The URL without user, password and options."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or 'localhost'}{parts.path}"


def _line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
