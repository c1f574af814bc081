"""From a text to its proposals: the one way through the rules, in the order they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from shieldwall.case.records import Place
from shieldwall.catalogue.names import aliases
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.extraction.counts import counts
from shieldwall.evidence.extraction.lexicon import lexicon, words
from shieldwall.evidence.extraction.mention import Mention
from shieldwall.evidence.extraction.modality import Judge
from shieldwall.evidence.extraction.people import operators, speakers
from shieldwall.evidence.extraction.places import places as find_places
from shieldwall.evidence.extraction.records import Proposal
from shieldwall.evidence.extraction.scan import Scan, scan
from shieldwall.evidence.extraction.sites import sites
from shieldwall.evidence.extraction.theme import judge
from shieldwall.evidence.extraction.things import parts, plain, things
from shieldwall.evidence.extraction.times import times

_PIECE = 40_000
"""Characters read and judged at a time: some twelve pages, so that memory stays bounded."""

_ENGLISH = words("extract", "english")
_OTHERS = words("extract", "others")


def extract(
    text: str,
    document: str = "",
    *,
    catalogue: Catalogue | None = None,
    places: tuple[Place, ...] = (),
    dropped: Sequence[tuple[int, int]] = (),
) -> tuple[Proposal, ...]:
    """Everything in ``text`` that a claim could be made of, with exact spans, by start.

    ``catalogue`` and ``places`` (of the case) give ids; without them ids stay ``None`` except for
    ICAO codes. ``dropped`` stretches (page furniture) are not read. Any string gives an answer, in
    time proportional to its length. Texts beyond 40,000 characters are judged piece by piece.
    """
    read = _blanked(text, dropped)
    names = _names(catalogue) if catalogue is not None else {}
    made = [
        p
        for start, end in _pieces(read)
        for p in _proposals(read[start:end], start, text, document, names, places)
    ]
    return tuple(sorted(made, key=lambda p: (p.start, p.end, p.kind)))


def _blanked(text: str, dropped: Sequence[tuple[int, int]]) -> str:
    """The text with dropped stretches as line breaks, so that every place stays where it was."""
    parts, at = [], 0
    for first, last in sorted(dropped):
        start, end = max(at, first), min(len(text), last)
        if start < end:
            parts += [text[at:start], "\n" * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


@lru_cache(maxsize=4)
def _by_identity(key: int, names: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {plain(name): id for name, id in names}


def _names(catalogue: Catalogue) -> dict[str, str]:
    names = tuple((name, id) for name, id, _ in aliases(catalogue))
    return _by_identity(len(names), names)


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Cut a long text, at the end of a paragraph, a line or a word where there is one."""
    start = 0
    while len(text) - start > _PIECE:
        window = start + _PIECE
        half = start + _PIECE // 2
        cut = max(text.rfind("\n\n", half, window), -1)
        for mark in ("\n", " "):
            if cut < 0:
                cut = text.rfind(mark, half, window)
        end = cut + 1 if cut >= 0 else window
        yield start, end
        start = end
    yield start, len(text)


def _proposals(
    piece: str, offset: int, text: str, document: str, names: dict[str, str], own: tuple[Place, ...]
) -> Iterator[Proposal]:
    taken = scan(piece, lexicon())
    if not taken.words:
        return
    found = _mentions(taken, names, own)
    judged = Judge(taken, found)
    for m in found:
        modality, cue = judged.modality(m)
        start, end = m.start + offset, m.end + offset
        span = None
        if cue is not None:
            a, b = taken.span(*cue)
            span = (a + offset, b + offset)
        yield Proposal(
            document, start, end, text[start:end], m.kind, m.value, m.id, m.bound, m.unit,
            modality, span, m.why,
        )  # fmt: skip


def _mentions(taken: Scan, names: dict[str, str], own: tuple[Place, ...]) -> list[Mention]:
    theme = judge(taken)
    named = things(taken, theme, names)
    named = sorted([*named, *parts(taken, theme, named)], key=lambda m: m.first)
    english = _english(taken)
    dated = times(taken, english)
    sited = [] if theme.elsewhere else sites(taken)
    where = find_places(taken, theme, sited, named, dated, own)
    who = operators(taken, theme, bool(named))
    said = speakers(taken, theme, bool(named))
    counted: list[Mention] = []
    if not theme.elsewhere and (named or theme.clear):
        inside = [
            m for m in named if m.kind != "component" or m.why != "component: noun of a system"
        ]
        counted = counts(taken, inside, dated, english)
    return [*named, *counted, *where, *who, *said, *dated]


def _english(taken: Scan) -> bool:
    """True if the commonest small words are English: decides how ``5.000`` reads."""
    sample = taken.words[:2000]
    return sum(w in _ENGLISH for w in sample) >= sum(w in _OTHERS for w in sample)
