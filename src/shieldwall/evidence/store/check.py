"""Reading a whole SQLite store against its own hashes; survives whatever was done to the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from shieldwall.evidence.store import schema
from shieldwall.evidence.store.chain import GENESIS, check_chain, digest
from shieldwall.evidence.store.records import Finding
from shieldwall.evidence.store.seal import Seal

Row = tuple[Any, ...]


def check_content(
    connection: sqlite3.Connection, seal: Seal | None, noted: str | None
) -> tuple[Finding, ...]:
    """Everything wrong with pages, tables, bytes and log, as far as it can be read."""
    found: list[Finding] = []
    connection.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    for part in (_pages, _tables):
        try:
            found += part(connection)
        except sqlite3.Error as error:
            found.append(Finding("file", f"cannot be read through ({error})"))
    entries, damage = _each(connection, "entries", schema.COLUMNS)
    found += damage
    blobs, damage = _blobs(connection)
    found += damage
    found += check_chain(entries, blobs)
    referred = {name for row in entries for name in row[5:7]}
    found += [Finding(f"bytes {b}", "stored, but in no entry") for b in sorted(blobs - referred)]
    found += check_log([(row[0], row[10]) for row in entries], seal, noted)
    return tuple(found)


def check_log(
    heads: list[tuple[int, str]], seal: Seal | None, noted: str | None
) -> Iterator[Finding]:
    """Whether the log still holds what was vouched for: by its seal, or by a head noted before."""
    if seal is not None:
        count = len(heads)
        if count < seal.entries:
            yield Finding(
                "log",
                f"has {count} entries, sealed with {seal.entries}: an older copy, or its end is "
                "cut off",
            )
        elif seal.closed and count > seal.entries:
            yield Finding("log", f"has {count} entries, sealed with {seal.entries}")
        elif seal.entries and heads[seal.entries - 1] != (seal.entries, seal.head):
            yield Finding("log", f"is not the one that was sealed at entry {seal.entries}")
    if noted not in (None, GENESIS) and noted not in {hash for _, hash in heads}:
        yield Finding("log", f"the head noted before ({noted}) is not in it")


def _pages(connection: sqlite3.Connection) -> list[Finding]:
    rows = [str(text) for (text,) in connection.execute("PRAGMA integrity_check")]
    return (
        [] if rows == ["ok"] else [Finding("pages", line) for row in rows for line in _lines(row)]
    )


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("***")]


def _tables(connection: sqlite3.Connection) -> list[Finding]:
    found = {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql <> ''")}
    missing = [Finding("tables", f"missing: {s.splitlines()[0]}") for s in schema.SQLITE
               if s not in found]  # fmt: skip
    foreign = sorted(found - set(schema.SQLITE))
    return missing + [Finding("tables", f"not ours: {str(s)[:80]}") for s in foreign]


def _blobs(connection: sqlite3.Connection) -> tuple[frozenset[str], list[Finding]]:
    names, found = set(), []
    ids, damage = _ids(connection, "blobs")
    for number in ids:
        query = "SELECT sha256, bytes FROM blobs WHERE rowid = ?"
        try:
            name, data = connection.execute(query, (number,)).fetchone()
        except (sqlite3.Error, TypeError) as error:
            found.append(Finding(f"bytes in row {number}", f"cannot be read ({error})"))
            continue
        names.add(name)
        if not isinstance(data, bytes) or digest(data) != name:
            found.append(Finding(f"bytes {name}", "do not match their hash"))
    return frozenset(names), damage + found


def _each(
    connection: sqlite3.Connection, table: str, columns: str
) -> tuple[list[Row], list[Finding]]:
    """Rows one by one, so that one that cannot be read does not hide the others."""
    rows, found = [], []
    ids, damage = _ids(connection, table)
    for number in ids:
        try:
            row = connection.execute(
                f"SELECT {columns} FROM {table} WHERE rowid = ?", (number,)
            ).fetchone()
        except sqlite3.Error as error:
            found.append(Finding(f"row {number} of {table}", f"cannot be read ({error})"))
            continue
        if row is not None:
            rows.append(row)
    return rows, damage + found


def _ids(connection: sqlite3.Connection, table: str) -> tuple[list[int], list[Finding]]:
    ids: list[int] = []
    try:
        # the unary plus keeps to the table itself: an index could be what is damaged
        ids.extend(i for (i,) in connection.execute(f"SELECT +rowid FROM {table} NOT INDEXED"))
    except sqlite3.Error as error:
        return ids, [Finding(table, f"cannot be read beyond {len(ids)} rows ({error})")]
    return ids, []
