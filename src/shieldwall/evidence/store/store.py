"""The evidence store: one log that only grows; documents, proposals and decisions are views of it.

What ``assess`` reads stays in the case's text files. The store keeps what those rest on: documents
as received, what machines read in them, who decided what, and when.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from types import TracebackType
from typing import Self, get_args

from shieldwall.errors import InputError, OutputError, UsageError
from shieldwall.evidence.store import schema, views
from shieldwall.evidence.store.chain import (
    GENESIS,
    LIMITS,
    as_recorded,
    canonical,
    check_name,
    check_proposal,
    digest,
    entry_hash,
    loads,
    proposal_id,
)
from shieldwall.evidence.store.log import Log
from shieldwall.evidence.store.records import (
    Added,
    Decision,
    Entry,
    Finding,
    Json,
    Kind,
    NewProposal,
    Proposal,
    Proposed,
    Seen,
    StoredDocument,
    Verdict,
)

_INSERT = f"INSERT INTO entries ({schema.COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_SELECT = f"SELECT {schema.COLUMNS} FROM entries"


class Store:
    """An open store; made by ``open_store``, closed by leaving its ``with``."""

    def __init__(self, log: Log, actor: str, read_only: bool) -> None:
        self._log = log
        self._actor = check_name("the actor", actor)
        self._read_only = read_only
        self._depth = 0
        self._text: tuple[str, str] = ("", "")
        self._count, self._head = self._last()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            self.close()
        except OutputError:
            if error is None:  # what went wrong inside says more
                raise

    def close(self) -> None:
        """Seal what was written and let the next writer in; ``OutputError`` if it cannot."""
        self._log.close()

    @property
    def place(self) -> str:
        """Where the store is."""
        return self._log.place

    @property
    def head(self) -> str:
        """Hash of the last entry: noted elsewhere, it vouches for everything up to here."""
        return self._last()[1] if self._read_only else self._head

    @contextmanager
    def together(self) -> Iterator[None]:
        """Everything recorded inside in one transaction: all of it, or on any error none.

        Also what makes many entries quick: the disk is waited for once.
        """
        if self._read_only:
            raise UsageError(f"{self.place} is open for reading only; open it for writing")
        if self._depth:  # part of a larger one
            yield
            return
        self._depth += 1
        try:
            with self._log.transaction():
                yield
        except BaseException:
            # Asked, not remembered: an interrupt can strike after the commit came through.
            with suppress(InputError):
                self._count, self._head = self._last()
            raise
        finally:
            self._depth -= 1

    def add_document(
        self,
        content: bytes,
        text: str,
        *,
        name: str,
        media_type: str,
        address: str | None = None,
        retrieved: datetime | None = None,
        language: str | None = None,
        date: str | None = None,
        kept: Sequence[tuple[int, int]] = (),
        dropped: Sequence[tuple[int, int, str]] = (),
        more: Mapping[str, Json] | None = None,
    ) -> Added:
        """Record a document as received and its text.

        Known bytes are the same document: a name, address or time of retrieval that is new for it
        is noted, and nothing at all if there is none. ``name`` is never used as a path. Raises
        ``InputError`` beyond ``chain.LIMITS``.
        """
        raw = text.encode("utf-8", "surrogatepass")
        _within("document", name, len(content))
        _within("text", name, len(raw))
        sha256 = digest(content)
        seen = {"name": name, "address": address, "retrieved": _iso(retrieved)}
        seen = loads(canonical(seen, "a document"))  # as it will read back
        known = self._entries("WHERE document = ? AND kind LIKE 'document%'", sha256)
        if known:
            if not any(views.seen_fields(entry) == seen for entry in known):
                self._append("document-seen", seen, subject=sha256, document=sha256)
            return Added(sha256, str(known[0].text), new=False)
        payload = {
            **seen,
            "media_type": media_type,
            "language": language,
            "date": date,
            "kept": [list(stretch) for stretch in kept],
            "dropped": [list(stretch) for stretch in dropped],
            "more": dict(more or {}),
        }
        with self.together():
            text_sha256 = digest(raw)
            for key, data in ((sha256, content), (text_sha256, raw)):
                self._log.write(
                    "INSERT INTO blobs VALUES (?, ?) ON CONFLICT DO NOTHING", (key, data)
                )
            self._append("document", payload, subject=sha256, document=sha256, text=text_sha256)
        return Added(sha256, text_sha256, new=True)

    def propose(self, proposal: NewProposal) -> Proposed:
        """Record a machine reading; the same reading again changes nothing.

        Raises ``InputError`` where its document is not stored or its passage does not stand there.
        """
        check_proposal(proposal, self.text(proposal.document))
        id = proposal_id(proposal)
        if self._has("proposal", id):
            return Proposed(id, new=False)
        self._append("proposal", as_recorded(proposal), subject=id, document=proposal.document)
        return Proposed(id, new=True)

    def decide(
        self,
        proposal: str,
        verdict: Verdict,
        *,
        claim: str | None = None,
        text: str | None = None,
        reason: str = "",
    ) -> int:
        """Record what was made of a proposal, and return the entry's number.

        Accepted and edited ones name the claim and the text written into the case; a rejected one
        has neither. Raises ``InputError`` for an unknown proposal.
        """
        found = self._entries("WHERE subject = ? AND kind = 'proposal'", proposal)
        if verdict not in get_args(Verdict):
            raise UsageError(f"a decision is accepted, edited or rejected (got {verdict[:60]!a})")
        if not found:
            raise InputError(f"there is no proposal {proposal[:60]!a} in {self.place}")
        if (claim is None, text is None) != (verdict == "rejected",) * 2:
            raise UsageError(
                f"{verdict}: accepted and edited proposals have claim and text, rejected neither"
            )
        payload = {"verdict": verdict, "text": text, "reason": reason}
        named = None if claim is None else check_name("a claim id", claim)
        where = found[0].document
        return self._append("decision", payload, subject=proposal, document=where, claim=named)

    def note(self, subject: str, text: str) -> int:
        """Record a remark on anything that has an id; returns the entry's number."""
        return self._append("note", {"text": text}, subject=check_name("a subject", subject))

    def documents(self) -> tuple[StoredDocument, ...]:
        """Every document once, in the order first recorded."""
        return views.documents(self._entries("WHERE kind LIKE 'document%'"))

    def content(self, sha256: str) -> bytes:
        """A document's bytes as received; ``InputError`` if there is no such document."""
        return self._blob(sha256, "document")

    def text(self, sha256: str) -> str:
        """A document's text, whose characters spans count; ``InputError`` if there is none."""
        if self._text[0] != sha256:
            raw = self._blob(sha256, "text")
            self._text = (sha256, raw.decode("utf-8", "surrogatepass"))
        return self._text[1]

    def proposals(self, open_only: bool = True) -> tuple[Proposal, ...]:
        """Proposals in the order recorded; unless asked otherwise those nobody decided on."""
        undecided = (
            "AND NOT EXISTS (SELECT 1 FROM entries AS d"
            " WHERE d.subject = entries.subject AND d.kind = 'decision')"
        )
        found = self._entries(f"WHERE kind = 'proposal' {undecided if open_only else ''}")
        return tuple(views.proposal(entry) for entry in found)

    def decisions(self) -> tuple[Decision, ...]:
        """Every decision in the order recorded; the last one on a proposal stands."""
        return tuple(views.decision(e) for e in self._entries("WHERE kind = 'decision'"))

    def history(self, id: str) -> tuple[Entry, ...]:
        """Every entry about a document, proposal or claim, or made from it, oldest first."""
        return self._entries("WHERE subject = ? OR document = ? OR claim = ?", id, id, id)

    def seen(self, sha256: str) -> tuple[Seen, ...]:
        """Every time a document was come by, oldest first."""
        found = self._entries("WHERE document = ? AND kind LIKE 'document%'", sha256)
        return tuple(views.seen(entry) for entry in found)

    def verify(self, noted: str | None = None) -> tuple[Finding, ...]:
        """Everything wrong with the store; empty if it is sound.

        ``noted`` is a ``head`` kept elsewhere, which tells if the whole store was swapped for an
        older copy, seal included.
        """
        return self._log.verify(noted)

    def _append(
        self,
        kind: Kind,
        payload: Mapping[str, Json],
        *,
        subject: str,
        document: str | None = None,
        text: str | None = None,
        claim: str | None = None,
    ) -> int:
        at = datetime.now(UTC).isoformat(timespec="microseconds")
        line = canonical(payload, f"a {kind}")
        with self.together():
            seq, previous = self._count + 1, self._head
            fields = (seq, at, self._actor, kind, subject, document, text, claim, line, previous)
            hash = entry_hash(*fields)
            self._log.write(_INSERT, (*fields, hash))
            self._count, self._head = seq, hash
        return seq

    def _entries(self, where: str, *values: str) -> tuple[Entry, ...]:
        if not all(value.isprintable() for value in values):
            return ()  # no such id was ever let in
        rows = self._log.rows(f"{_SELECT} {where} ORDER BY seq", values)
        return tuple(Entry(*row) for row in rows)

    def _has(self, kind: Kind, subject: str) -> bool:
        query = "SELECT 1 FROM entries WHERE subject = ? AND kind = ? LIMIT 1"
        return bool(self._log.rows(query, (subject, kind)))

    def _blob(self, sha256: str, column: str) -> bytes:
        query = (
            f"SELECT bytes FROM blobs WHERE sha256 = (SELECT {column} FROM entries"
            " WHERE subject = ? AND kind = 'document')"
        )
        rows = self._log.rows(query, (sha256,)) if sha256.isprintable() else []
        if not rows:
            raise InputError(f"there is no document {sha256[:64]!a} in {self.place}")
        return bytes(rows[0][0])

    def _last(self) -> tuple[int, str]:
        rows = self._log.rows("SELECT seq, hash FROM entries ORDER BY seq DESC LIMIT 1")
        seq, hash = rows[0] if rows else (0, GENESIS)
        return seq, hash


def _within(what: str, name: str, size: int) -> None:
    limit, meant = LIMITS[what]
    if size > limit:
        raise InputError(
            f"{name[:100]!a}: the {what} has {size:,} bytes; the store takes {limit:,} ({meant})"
        )


def _iso(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    if moment.tzinfo is None:
        raise UsageError(f"a time of retrieval needs its zone (got {moment.isoformat()})")
    return moment.astimezone(UTC).isoformat()
