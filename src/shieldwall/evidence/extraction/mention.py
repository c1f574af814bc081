"""What the rules pass among themselves: a mention by words and characters, without modality yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from shieldwall.case.records import Bound
from shieldwall.evidence.extraction.folding import unmarked
from shieldwall.evidence.extraction.records import ProposalKind
from shieldwall.evidence.extraction.scan import Scan


@dataclass(frozen=True, slots=True)
class Mention:
    """A found thing: words ``first`` up to ``stop``, characters ``start`` up to ``end``."""

    kind: ProposalKind
    first: int
    stop: int
    start: int
    end: int
    value: str | float
    why: str
    id: str | None = None
    bound: Bound | None = None
    unit: str | None = None


def mention(
    scan: Scan,
    kind: ProposalKind,
    first: int,
    stop: int,
    value: str | float | None,
    why: str,
    *,
    id: str | None = None,
    bound: Bound | None = None,
    unit: str | None = None,
) -> Mention:
    """The mention of these words; its value is the words themselves if none is given."""
    start, end = scan.span(first, stop)
    if value is None:
        value = re.sub(r"\s+", " ", unmarked(scan.text[start:end]))
    return Mention(kind, first, stop, start, end, value, why, id, bound, unit)


def covered(mentions: list[Mention]) -> set[int]:
    """The words that some mention has taken."""
    return {i for m in mentions for i in range(m.first, m.stop)}


def apart(found: list[Mention]) -> list[Mention]:
    """In the order of the text, none overlapping: of two that begin together, the longer."""
    kept: list[Mention] = []
    for m in sorted(found, key=lambda m: (m.first, -m.stop)):
        if not kept or m.first >= kept[-1].stop:
            kept.append(m)
    return kept


_LATIN = str.maketrans(
    {
        "А": "A", "Б": "B", "В": "V", "Г": "G", "Д": "D", "Е": "E", "З": "Z", "И": "I", "І": "I",
        "К": "K", "Л": "L", "М": "M", "Н": "N", "О": "O", "П": "P", "Р": "R", "С": "S", "Т": "T",
        "У": "U", "Ф": "F", "Х": "Kh", "Э": "E", "Я": "Ya", "Ж": "Zh", "Й": "Y", "Ц": "Ts",
    }
)  # fmt: skip


def latin(designation: str) -> str:
    """A designation in capital Latin letters: ``9С32МЭ`` -> ``9S32ME``."""
    return designation.upper().translate(_LATIN)
