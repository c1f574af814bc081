"""From entries of the log to the rows people ask for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from shieldwall.evidence.store.chain import loads
from shieldwall.evidence.store.records import (
    Decision,
    Entry,
    Json,
    Proposal,
    Seen,
    StoredDocument,
)


def documents(entries: Iterable[Entry]) -> tuple[StoredDocument, ...]:
    """Documents in the order first recorded, each with every time it was come by."""
    found: dict[str, StoredDocument] = {}
    for entry in entries:
        key = str(entry.document)
        if entry.kind == "document":
            found[key] = _document(entry)
        elif key in found:
            found[key] = replace(found[key], seen=(*found[key].seen, seen(entry)))
    return tuple(found.values())


def seen_fields(entry: Entry) -> dict[str, Json]:
    """Name, address and retrieval of one ``document`` or ``document-seen`` entry, as recorded."""
    fields = loads(entry.payload)
    return {key: fields[key] for key in ("name", "address", "retrieved")}


def seen(entry: Entry) -> Seen:
    """One time a document was come by."""
    fields = seen_fields(entry)
    moment = fields["retrieved"]
    retrieved = None if moment is None else datetime.fromisoformat(moment)
    return Seen(fields["name"], fields["address"], retrieved)


def proposal(entry: Entry) -> Proposal:
    """A proposal as recorded."""
    return Proposal(
        id=str(entry.subject),
        **loads(entry.payload),
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
    )


def decision(entry: Entry) -> Decision:
    """A decision as recorded."""
    fields = loads(entry.payload)
    return Decision(
        proposal=str(entry.subject),
        verdict=fields["verdict"],
        claim=entry.claim,
        text=fields["text"],
        reason=fields["reason"],
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
    )


def _document(entry: Entry) -> StoredDocument:
    fields = loads(entry.payload)
    return StoredDocument(
        sha256=str(entry.document),
        text_sha256=str(entry.text),
        media_type=fields["media_type"],
        language=fields["language"],
        date=fields["date"],
        kept=tuple((start, end) for start, end in fields["kept"]),
        dropped=tuple((start, end, reason) for start, end, reason in fields["dropped"]),
        more=fields["more"],
        seen=(seen(entry),),
        seq=entry.seq,
    )
