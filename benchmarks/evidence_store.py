"""The evidence store beside plain inserts into SQLite with the same pragmas, and beside itself.

Documents of about 2,000 characters, in one transaction and one by one, with the bytes and text of
each. The plain inserts keep the same bytes in one table, with no hash, chain, index or trigger:
what the promises cost is the ratio. Sealing and verifying are timed on the store made in bulk.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.tables import show
from shieldwall.evidence.store import NewProposal, Store, open_store

BULK = 10_000
SINGLE = 500
PROPOSALS = 20_000
WORDS = "Five launchers of the system were seen near the airbase on the day after the landing. "


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder))
    show(
        "Evidence store: documents of 2,000 characters",
        ("what", "entries", "seconds", "a second", "times plain"),
        rows,
        "times plain: our seconds over those of plain sqlite3 inserts with the same pragmas",
    )


def measure(folder: Path) -> list[tuple[str, ...]]:
    """One row for each way of writing and reading."""
    bulk, plain = folder / "bulk.sqlite", folder / "plain.sqlite"
    texts = [f"{i} {WORDS * 24}"[:2000] for i in range(BULK)]
    alone = [f"alone {text}" for text in texts[:SINGLE]]
    plain_bulk = seconds(lambda: insert(plain, texts, together=True))
    plain_alone = seconds(lambda: insert(plain, alone, together=False))
    store = open_store(bulk, actor="benchmark")
    rows = [
        row("added in bulk", BULK, seconds(lambda: add_all(store, texts)), plain_bulk),
        row("added one by one", SINGLE, seconds(lambda: add_each(store, alone)), plain_alone),
        row("proposals in bulk", PROPOSALS, seconds(lambda: propose(store, texts))),
        row("the same documents again", BULK, seconds(lambda: add_all(store, texts))),
    ]
    entries = BULK + SINGLE + PROPOSALS
    rows += [
        row("open proposals read", PROPOSALS, seconds(store.proposals)),
        row("documents read", BULK + SINGLE, seconds(store.documents)),
        row("merged and sealed", entries, seconds(store.close)),
    ]
    with open_store(bulk, actor="benchmark", read_only=True) as reader:
        rows.append(row("verified", entries, seconds(reader.verify)))
    rows.append(row("opened for writing", entries, seconds(lambda: reopen(bulk))))
    return rows


def row(what: str, count: int, took_s: float, plain_s: float | None = None) -> tuple[str, ...]:
    ratio = "" if plain_s is None else f"{took_s / plain_s:.1f}"
    return what, f"{count:,}", f"{took_s:.2f}", f"{count / took_s:,.0f}", ratio


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def add_all(store: Store, texts: list[str]) -> None:
    with store.together():
        add_each(store, texts)


def add_each(store: Store, texts: list[str]) -> None:
    for i, text in enumerate(texts):
        content = f"<p>{text}</p>".encode()
        store.add_document(content, text, name=f"{i}.html", media_type="text/html")


def propose(store: Store, texts: list[str]) -> None:
    documents = [d.sha256 for d in store.documents()[: len(texts)]]
    with store.together():
        for i in range(PROPOSALS):
            text = texts[i // 2]
            start = text.index("Five" if i % 2 else "system")
            end = start + 4
            found = NewProposal(
                documents[i // 2], start, end, text[start:end], "count", 5, "asserted"
            )
            store.propose(found)


def insert(file: Path, texts: list[str], together: bool) -> None:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE IF NOT EXISTS documents (name TEXT, content BLOB, text BLOB)")
    if together:
        connection.execute("BEGIN")
    for i, text in enumerate(texts):
        values = (f"{i}.html", f"<p>{text}</p>".encode(), text.encode())
        connection.execute("INSERT INTO documents VALUES (?, ?, ?)", values)
    if together:
        connection.execute("COMMIT")
    connection.close()


def reopen(file: Path) -> None:
    open_store(file, actor="benchmark").close()


if __name__ == "__main__":
    main()
