"""The evidence store: documents as received, machine proposals, decisions, and the audit trail.

with open_store(case.folder, actor="analyst") as store:
    added = store.add_document(content, text, name="report.html", media_type="text/html")
    found = store.propose(NewProposal(added.sha256, 0, 8, "S-300VM ", "system", ...))
    store.decide(found.id, "rejected", reason="a game")
"""

from __future__ import annotations

from pathlib import Path

from shieldwall.evidence.store.chain import LIMITS, check_name
from shieldwall.evidence.store.log import Log
from shieldwall.evidence.store.postgres import PostgresLog
from shieldwall.evidence.store.records import (
    Added,
    Decision,
    Entry,
    Finding,
    Kind,
    NewProposal,
    Proposal,
    Proposed,
    Seen,
    StoredDocument,
    Verdict,
)
from shieldwall.evidence.store.sqlite import SqliteLog, unseal
from shieldwall.evidence.store.store import Store

__all__ = [
    "LIMITS",
    "Added",
    "Decision",
    "Entry",
    "Finding",
    "Kind",
    "NewProposal",
    "Proposal",
    "Proposed",
    "Seen",
    "Store",
    "StoredDocument",
    "Verdict",
    "open_store",
    "reseal",
]

FILE = "evidence.sqlite"
"""The store's name in a case folder."""


def open_store(where: Path | str, *, actor: str, read_only: bool = False) -> Store:
    """The store of a case folder, at a ``.sqlite`` path, or at a ``postgresql://`` URL.

    ``actor`` stands in the log beside all that is recorded. For writing it is made if missing,
    checked first, and has one writer: ``OutputError`` where there is another. Raises
    ``InputError`` for what is no store, was altered, or comes from a newer Shieldwall.
    """
    check_name("the actor", actor)
    log: Log
    if isinstance(where, str) and where.startswith(("postgresql://", "postgres://")):
        log = PostgresLog(where, actor, read_only)
    else:
        log = SqliteLog(_file(where), actor, read_only)
    try:
        return Store(log, actor, read_only)
    except BaseException:
        log.close()
        raise


def reseal(where: Path | str, *, actor: str, reason: str) -> tuple[Finding, ...]:
    """Vouch for a SQLite store as it is found, and return what was found; for a person to decide.

    What was found and the reason go into the log as a note on ``seal``. Only for harm outside of
    the log, such as a lost seal or a file that another program compacted: ``InputError`` where an
    entry or a document is harmed.
    """
    check_name("the actor", actor)
    file = _file(where)
    with open_store(file, actor=actor, read_only=True) as store:
        found = store.verify()
    if found:
        unseal(file, actor)
        with open_store(file, actor=actor) as store:
            store.note("seal", "; ".join([reason, *map(str, found)]))
    return found


def _file(where: Path | str) -> Path:
    path = Path(where)
    return path if path.suffix == ".sqlite" else path / FILE
