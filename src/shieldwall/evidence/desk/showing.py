"""Drafts as a person sees them in a terminal: passage, claim, and what is known of the document.

Documents come from strangers: what a terminal would obey is shown as U+FFFD instead.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from shieldwall.case.columns import FIELDS
from shieldwall.evidence.desk.alike import Likeness
from shieldwall.evidence.store import Proposal, StoredDocument

CONTEXT = 240
"""Characters shown on either side of a passage."""
HIDDEN = frozenset({"id", "ingestion"})
MARK, BOLD, PLAIN = "\033[7m", "\033[1m", "\033[0m"


def safe(text: str) -> str:
    """``text`` on one line, with nothing in it that a terminal obeys."""
    return printable(" ".join(text.split()))


def printable(text: str) -> str:
    """``text`` with U+FFFD for every character that a terminal may obey or hide."""
    return "".join("�" if unicodedata.category(c)[0] == "C" else c for c in text)


def plural(number: int, one: str, many: str) -> str:
    """``1 stretch``, ``2 stretches``."""
    return f"{number} {one if number == 1 else many}"


def in_context(text: str, start: int, end: int, colour: bool = False) -> str:
    """The passage with what stands around it; the span is marked with ⟦ ⟧."""
    first, last = max(0, start - CONTEXT), min(len(text), end + CONTEXT)
    before, span, after = text[first:start], text[start:end], text[end:last]
    if first:
        before = "… " + before.split(maxsplit=1)[-1] if " " in before else before
    if last < len(text):
        after = after.rsplit(maxsplit=1)[0] + " …" if " " in after else after
    left, right = (f"{MARK}⟦", f"⟧{PLAIN}") if colour else ("⟦", "⟧")
    space = ("" if not before or not before[-1].isspace() else " ",
             "" if not after or not after[0].isspace() else " ")  # fmt: skip
    return f"{safe(before)}{space[0]}{left}{safe(span)}{right}{space[1]}{safe(after)}"


def about_document(document: StoredDocument, alike: Sequence[Likeness], claims: int) -> list[str]:
    """What the store knows of a document, a line each."""
    first = document.seen[0]
    more = document.more
    lines = [f"{first.name}, {document.media_type}, sha256 {document.sha256[:12]}…"]
    named = [more.get("title"), more.get("publisher"), more.get("author")]
    if any(named):
        lines.append("; ".join(str(each) for each in named if each))
    lines += [s.address for s in document.seen if s.address][:1]
    retrieved = f"{first.retrieved:%Y-%m-%d %H:%M}Z" if first.retrieved else "at an unknown time"
    language, date = document.language or "unknown", document.date or "unknown"
    lines.append(f"language {language}; published {date}; retrieved {retrieved}")
    dropped = sum(end - start for start, end, _ in document.dropped)
    lines.append(
        f"{plural(len(document.dropped), 'stretch', 'stretches')} dropped ({dropped} characters); "
        f"{plural(claims, 'claim', 'claims')} read in it so far"
    )
    return [safe(line) for line in (*lines, *map(str, alike))]


def shown(
    number: str,
    proposal: Proposal,
    text: str,
    fields: Mapping[str, Any],
    document: Sequence[str],
    notes: Sequence[str],
    colour: bool = False,
    width: int = 100,
) -> str:
    """One draft, ready to be decided on."""
    strong, plain = (BOLD, PLAIN) if colour else ("", "")
    passage = in_context(text, proposal.start, proposal.end, colour)
    rows = [(key, safe(str(fields[key]))) for key in FIELDS if key in fields and key not in HIDDEN]
    parts = [
        "",
        f"{strong}Draft {number}, characters {proposal.start}-{proposal.end}{plain}",
        *_block("document", document, width),
        *_block("passage", [passage], width),
        *(line for key, value in rows for line in _block(key, [value], width)),
        *_block("note", notes, width),
    ]
    return "\n".join(parts)


def _block(label: str, lines: Sequence[str], width: int) -> list[str]:
    """Lines behind a label, wrapped."""
    found: list[str] = []
    for line in lines:
        found += textwrap.wrap(line, width - 16, break_long_words=False) or [""]
    return [f"  {label if i == 0 else '':<13} {line}" for i, line in enumerate(found)]
