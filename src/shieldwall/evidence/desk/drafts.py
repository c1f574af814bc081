"""Drafts of claims: as machines propose them, as the store keeps them, as a person completes them.

A draft is a proposal of kind ``claim`` whose value holds flat fields of a claim (``about``,
``count_low`` and so on), as far as the passage says them. What follows from its document (source,
address, language, dates) is added when it is looked at, so that it is never out of date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Case
from shieldwall.evidence.desk.sources import Attribution
from shieldwall.evidence.desk.writing import claim_id
from shieldwall.evidence.exports.table import nested
from shieldwall.evidence.extraction.records import Draft
from shieldwall.evidence.extraction.records import Proposal as Mention
from shieldwall.evidence.store import Decision, NewProposal, Proposal, Store, StoredDocument

KIND = "claim"
TAKEN_BACK = "taken back: open again"
"""The reason of a decision that undoes the one before it."""

LONGEST_STATEMENT = 600
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*(?=\s|$)|\n[ \t]*\n")
UNJUDGED = 6
"""Credibility nobody has judged: it changes nothing by itself."""


def from_extraction(
    drafts: Iterable[Draft], text: str, dropped: Sequence[tuple[int, int]] = ()
) -> Iterator[NewProposal]:
    """Drafts read in a stored text, as the store keeps them; ``Draft.document`` is its SHA-256."""
    for draft in drafts:
        parts = {
            name: part
            for name in ("system", "component", "place", "count", "event", "said_by")
            if (part := getattr(draft, name)) is not None
        }
        passage = text[draft.start : draft.end]
        statement = shortened(sentence(text, draft.start, draft.end, dropped))
        fields = {"about": draft.about, "statement": statement, **_said(parts)}
        mentions = [_mention(name, part) for name, part in parts.items()]
        yield NewProposal(
            draft.document, draft.start, draft.end, passage, KIND, fields, draft.modality,
            {"parts": mentions},
        )  # fmt: skip


def sentence(text: str, start: int, end: int, dropped: Sequence[tuple[int, int]] = ()) -> str:
    """The passage with the rest of its sentence, as far as one can be told by its marks.

    Nothing of a ``dropped`` stretch is part of it.
    """
    first = max([start - LONGEST_STATEMENT, 0, *(b for _, b in dropped if b <= start)])
    last = min([end + LONGEST_STATEMENT, len(text), *(a for a, _ in dropped if a >= end)])
    begins = [found.end() for found in _SENTENCE_END.finditer(text, first, start)]
    mark = _SENTENCE_END.search(text, end, last)
    begin = begins[-1] if begins else first if first > start - LONGEST_STATEMENT else start
    stop = mark.end() if mark else last if last < end + LONGEST_STATEMENT else end
    return text[begin:stop].strip()


def shortened(passage: str) -> str:
    """A passage on one line, cut at a blank where it is long."""
    words = " ".join(passage.split())
    if len(words) <= LONGEST_STATEMENT:
        return words
    return words[:LONGEST_STATEMENT].rsplit(" ", 1)[0] + " …"


def _said(parts: Mapping[str, Mention]) -> dict[str, Any]:
    """What the parts say, in the words of the format; what it has no word for is left out."""
    found: dict[str, Any] = {}
    for name in ("system", "place"):
        if name in parts and parts[name].id is not None:
            found[name] = parts[name].id
    if "component" in parts:
        found["component"] = str(parts["component"].value)
    if "said_by" in parts:
        found["said_by"] = " ".join(str(parts["said_by"].value).split())[:200]
    if "event" in parts and _is_time(parts["event"].value):
        found["event"] = parts["event"].value
    if "count" in parts and not isinstance(parts["count"].value, str):
        count = parts["count"]
        bound = count.bound or "exact"
        key = {"at least": "low", "more than": "low", "at most": "high"}.get(bound, "likely")
        found |= {f"count_{key}": count.value, "count_unit": count.unit, "count_bound": bound}
    return {key: value for key, value in found.items() if value is not None}


def _is_time(value: object) -> bool:
    try:
        parse_moment(value)
    except ValueError:
        return False
    return True


def _mention(name: str, part: Mention) -> dict[str, Any]:
    return {
        "part": name, "start": part.start, "end": part.end, "text": part.text,
        "value": part.value, "why": part.why,
    }  # fmt: skip


def open_drafts(store: Store) -> list[Proposal]:
    """Drafts nobody decided on, or whose decision was taken back: by document, then by place."""
    standing = standing_decisions(store)
    order = {document.sha256: i for i, document in enumerate(store.documents())}
    found = [
        proposal
        for proposal in store.proposals(open_only=False)
        if proposal.kind == KIND and proposal.id not in standing
    ]
    return sorted(found, key=lambda p: (order[p.document], p.start, p.end, p.id))


def standing_decisions(store: Store) -> dict[str, Decision]:
    """Proposal -> its last decision, those taken back left out."""
    last = {decision.proposal: decision for decision in store.decisions()}
    return {id: each for id, each in last.items() if each.reason != TAKEN_BACK}


def completed(
    proposal: Proposal,
    document: StoredDocument,
    attribution: Attribution,
    case: Case,
    read_by: str | None = None,
) -> dict[str, Any]:
    """The flat fields of the claim a draft would become; what is unknown is left out.

    Ids that the case has no place for are left out too: ``unresolved`` names them.
    """
    first = document.seen[0]
    said = {k: v for k, v in dict(proposal.value).items() if v is not None}
    if "place" in said and said["place"] not in {place.id for place in case.places}:
        del said["place"]
    fields = {
        "id": claim_id(said.get("source", attribution.id), proposal.id),
        "source": attribution.id,
        "modality": proposal.modality,
        "credibility": UNJUDGED,
        **said,
        "ingestion": _ingestion(first.retrieved, proposal.at),
        "address": next((seen.address for seen in document.seen if seen.address), None),
        "language": document.language,
        "document": proposal.document,
        "span_start": proposal.start,
        "span_end": proposal.end,
        "read_by": read_by,
    }
    if document.date is not None:
        fields.setdefault("publication", document.date)
    return {key: value for key, value in fields.items() if value is not None}


def unresolved(proposal: Proposal, case: Case) -> list[str]:
    """What the passage names and the draft has no id for, in words."""
    fields = dict(proposal.value)
    known = {place.id for place in case.places}
    found = []
    for part in proposal.more.get("parts", ()):
        name, text = part["part"], " ".join(str(part["text"]).split())
        lacks = name in ("system", "place") and name not in fields
        if lacks or (name == "place" and fields.get("place") not in known):
            home = "the catalogue" if name == "system" else "this case"
            found.append(f"{name} {text!r} has no id in {home}")
        elif name == "event" and "event" not in fields:
            found.append(f"time {text!r} is not a date by itself")
    return found + list(proposal.more.get("notes", ()))


def as_claim(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Flat fields as the keys of a ``[[claim]]`` table, in the order of the format."""
    from shieldwall.case.schema import ClaimTable

    said = {key: value for key, value in fields.items() if value is not None}
    if not said.keys() & {"count_low", "count_likely", "count_high"}:
        said.pop("count_unit", None)
        said.pop("count_bound", None)
    found = nested(said)
    return {key: found[key] for key in ClaimTable.model_fields if key in found}


def _ingestion(retrieved: datetime | None, recorded: str) -> str:
    """When it was read: retrieved, else recorded; to the second, in UTC."""
    moment = retrieved or datetime.fromisoformat(recorded)
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
