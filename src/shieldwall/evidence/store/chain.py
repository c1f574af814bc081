"""The hash chain: canonical text, hashes and identities. Nothing here touches a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from shieldwall.errors import InputError
from shieldwall.evidence.store.records import Entry, Finding, Json, NewProposal

GENESIS = "0" * 64
"""What the first entry follows."""

LIMITS = {
    "document": (100_000_000, "bytes as received; a report of thousands of scanned pages"),
    "text": (100_000_000, "bytes of extracted text; no prose comes near"),
    "payload": (10_000_000, "bytes of JSON in one entry; a list of 100,000 dropped stretches"),
    "name": (200, "characters of an actor, a subject or a claim id"),
}
"""The most the store takes, with the reason."""


def digest(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return sha256(data).hexdigest()


def canonical(value: Json, what: str) -> str:
    """``value`` as JSON that is the same bytes in every process, and plain ASCII.

    NUL, lone surrogates and bidi marks become escapes, so no database or terminal meets them raw.
    Raises ``InputError`` naming ``what`` for anything JSON cannot say, such as NaN.
    """
    try:
        text = json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise InputError(f"{what} cannot be recorded: {error}; plain JSON values can") from error
    limit, meant = LIMITS["payload"]
    if len(text) > limit:
        raise InputError(
            f"{what} takes {len(text):,} bytes; an entry holds at most {limit:,} ({meant})"
        )
    return text


def entry_hash(
    seq: int,
    at: str,
    actor: str,
    kind: str,
    subject: str | None,
    document: str | None,
    text: str | None,
    claim: str | None,
    payload: str,
    previous: str,
) -> str:
    """The hash that seals one entry and, through ``previous``, every entry before it."""
    fields = [seq, at, actor, kind, subject, document, text, claim, payload, previous]
    return digest(json.dumps(fields, separators=(",", ":")).encode("ascii"))


def proposal_id(proposal: NewProposal) -> str:
    """128 bits of the hash of what is proposed: the same reading has the same id everywhere.

    So many bits that nobody can craft two readings of one id and have the second ignored.
    """
    return digest(canonical(as_recorded(proposal), "a proposal").encode("ascii"))[:32]


def as_recorded(proposal: NewProposal) -> dict[str, Json]:
    """A proposal as its entry holds it."""
    return {**vars(proposal), "more": dict(proposal.more)}


def check_chain(entries: Iterable[tuple[Any, ...]], blobs: frozenset[str]) -> Iterator[Finding]:
    """What is wrong with entries read in order of ``seq``, given the bytes there are."""
    previous, expected = GENESIS, 1
    for row in entries:
        entry = Entry(*row)
        where = f"entry {entry.seq} ({entry.kind})"
        if entry.seq != expected:
            gone = f"{expected}" if entry.seq == expected + 1 else f"{expected} to {entry.seq - 1}"
            yield Finding(f"entry {gone}", "missing from the log")
        elif entry.previous != previous:
            yield Finding(where, "does not follow the entry before it")
        if not _sound(row):
            yield Finding(where, "its content does not match its hash")
        for name in (entry.document, entry.text):
            if name is not None and name not in blobs:
                yield Finding(where, f"refers to bytes that are not stored ({name})")
        previous, expected = entry.hash, _next(entry.seq, expected)


def check_proposal(proposal: NewProposal, text: str) -> None:
    """Raises ``InputError`` unless the passage stands where the proposal says."""
    start, end = proposal.start, proposal.end
    if not 0 <= start < end <= len(text):
        raise InputError(
            f"proposal {start}:{end} lies outside of document {proposal.document[:12]}; "
            f"its text has {len(text):,} characters"
        )
    if text[start:end] != proposal.text:
        raise InputError(
            f"proposal {start}:{end} of document {proposal.document[:12]} reads "
            f"{proposal.text[:60]!a}, but {text[start:end][:60]!a} stands there; "
            "spans count the characters of the stored text"
        )


def check_name(what: str, name: str) -> str:
    """``name`` if it may stand in the log as it is; raises ``InputError``."""
    limit, _ = LIMITS["name"]
    if not (0 < len(name) <= limit and name.isprintable()):
        raise InputError(f"{what} must be 1 to {limit} printable characters (got {name[:60]!a})")
    return name


def loads(payload: str) -> dict[str, Json]:
    """A payload back from the log."""
    found: Mapping[str, Json] = json.loads(payload)
    return dict(found)


def _sound(row: tuple[Any, ...]) -> bool:
    try:
        return bool(entry_hash(*row[:-1]) == row[-1])
    except (TypeError, ValueError):  # an altered file can hold any type in any column
        return False


def _next(seq: object, expected: int) -> int:
    return (seq if isinstance(seq, int) and seq >= expected else expected) + 1
