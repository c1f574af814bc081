"""What the store takes and gives: plain rows, nothing computed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["document", "document-seen", "proposal", "decision", "note"]
Verdict = Literal["accepted", "edited", "rejected"]
Json = Any
"""Whatever JSON can say: None, bool, int, finite float, str, and lists and mappings of those."""


@dataclass(frozen=True)
class Entry:
    """One line of the log, as it was hashed.

    ``document`` and ``text`` are SHA-256 of stored bytes: what the entry is read from, and the text
    extracted from it. ``subject`` is what the entry is about, ``claim`` what it led to.
    """

    seq: int
    at: str
    """When it was recorded, ISO 8601 in UTC to the microsecond, by this machine's clock."""
    actor: str
    kind: Kind
    subject: str | None
    document: str | None
    text: str | None
    claim: str | None
    payload: str
    """Canonical JSON: keys sorted, no spaces, everything beyond ASCII escaped."""
    previous: str
    hash: str


@dataclass(frozen=True)
class Seen:
    """One time a document was come by: under which name, at which address, retrieved when."""

    name: str
    address: str | None
    retrieved: datetime | None


@dataclass(frozen=True)
class StoredDocument:
    """A document, once however often it was come by."""

    sha256: str
    """Of the bytes as received: its identity."""
    text_sha256: str
    """Of the extracted text in UTF-8; spans count its characters."""
    media_type: str
    language: str | None
    date: str | None
    """As the document itself gives it."""
    kept: tuple[tuple[int, int], ...]
    """Stretches of the text that count as the document's own words."""
    dropped: tuple[tuple[int, int, str], ...]
    """Stretches of the text that do not, with the reason."""
    more: Mapping[str, Json]
    seen: tuple[Seen, ...]
    """In the order recorded; never empty."""
    seq: int
    """Entry that first recorded it."""


@dataclass(frozen=True)
class Added:
    """What became of a document handed in."""

    sha256: str
    text_sha256: str
    """Of the text the store holds: the first one recorded for these bytes, which spans count."""
    new: bool
    """False where the bytes were known already."""


@dataclass(frozen=True)
class Proposed:
    """What became of a proposal handed in."""

    id: str
    new: bool


@dataclass(frozen=True)
class NewProposal:
    """A reading of one passage, before anybody has looked at it."""

    document: str
    start: int
    end: int
    """First and last-plus-one character in the stored text."""
    text: str
    """The passage itself: it must be what stands there."""
    kind: str
    value: Json
    modality: str
    more: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True)
class Proposal:
    """A proposal as recorded; ``id`` follows from all else but who recorded it and when."""

    id: str
    document: str
    start: int
    end: int
    text: str
    kind: str
    value: Json
    modality: str
    more: Mapping[str, Json]
    seq: int
    at: str
    actor: str


@dataclass(frozen=True)
class Decision:
    """What a person (or ``--accept``) made of a proposal; the last decision on it stands."""

    proposal: str
    verdict: Verdict
    claim: str | None
    """Id of the claim written; ``None`` for a rejection."""
    text: str | None
    """The lines written into the case, as they were written."""
    reason: str
    seq: int
    at: str
    actor: str


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a store: where it lies and what it is."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"
