"""Modality by clause: which hedge, negation, refusal or attribution governs a mention, and why.

In the manner of NegEx (Chapman et al. 2001, J. Biomed. Inform. 34:301): a cue reaches forward or
over its clause until a terminator. Terminators are semicolons, colons, spaced dashes and words of
contrast; for cues that reach over their clause also relative pronouns and a comma with a new
subject. Of the cues that reach a mention a negation or refusal wins over a hedge, a hedge over an
attribution, and among equals the nearest.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from shieldwall.case.records import Modality
from shieldwall.evidence.extraction.contrast import absence, exceptions
from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention
from shieldwall.evidence.extraction.scan import Hit, Scan

_CONTRAST = words("modality", "contrast")
_RELATIVE = words("modality", "relative")
_STARTERS = words("modality", "starters")
_JOINING = words("modality", "joining")
_ASKED = words("modality", "asked")
_PICTURES = words("modality", "pictures")
_ONLY = words("modality", "only")
_NEGATIVE = frozenset(("not confirmed", "denied", "declined to comment", "not seen"))
_QUOTE = re.compile(
    r"\u00ab[^\u00ab\u00bb\n]{25,600}\u00bb|\u201c[^\u201c\u201d\n]{25,600}\u201d"
    r'|(?<![^\s(])"(?=\S)[^"\n]{25,600}(?<=\S)"'
)
_QUOTED = 5
"""Words: a shorter quotation is a name or a term."""
_PRONOUNS = words("modality", "pronouns")
_SUBORDINATING = words("modality", "subordinating")
_OWN_TEXT = words("modality", "own_text")
_AND = words("modality", "and")
_ADVERBS = words("modality", "adverbs")
_NO_CONDITIONAL = words("modality", "no_conditional")
_CONDITIONAL = re.compile(
    r"\w{2,20}(?:[aei]r|dr)(?:ía|ían)|\w{2,20}(?:[ei]r|dr|rr|ur)(?:ait|aient)"
)
_ENDINGS = ("ria", "rian", "rait", "raient")
_NEAR = 6


@dataclass(frozen=True, slots=True)
class _Region:
    """Words from ``low`` up to ``high`` under a cue."""

    low: int
    high: int
    modality: Modality
    first: int
    stop: int

    @property
    def rank(self) -> int:
        if self.modality in _NEGATIVE:
            return 3
        return 2 if self.modality == "speculated" else 1

    def distance(self, m: Mention) -> int:
        return m.first - self.stop if m.first >= self.stop else self.first - m.stop


_NOMINAL = frozenset(("una", "la", "las", "de", "un", "le", "du", "ce", "cette", "otra", "cada"))
"""Before one of these a word in ``-ría`` or ``-rait`` is a noun."""


class Judge:
    """Finds the modality of mentions, sentence by sentence; each sentence is read once."""

    def __init__(self, scan: Scan, mentions: list[Mention]) -> None:
        self.scan = scan
        self.things = {
            m.first: m for m in mentions if m.kind in ("system", "component", "aircraft", "count")
        }
        self.named = {m.first for m in mentions if m.kind not in ("time", "speaker")}
        self.times = {i for m in mentions if m.kind == "time" for i in range(m.first, m.stop)}
        self.passed: set[int] = set()
        """Words of contrast before an exception between commas: the clause goes on behind it."""
        self.regions: dict[int, list[_Region]] = {}
        self.quoted = self._quotes()
        self.conditional = [
            i for i, word in enumerate(scan.words)
            if word.endswith(_ENDINGS) and self._conditional(i)
        ]  # fmt: skip

    def modality(self, m: Mention) -> tuple[Modality, tuple[int, int] | None]:
        """The modality of a mention, and the words of the cue that decided it."""
        low, high = self.scan.sentence(m.first)
        if low not in self.regions:
            self.regions[low] = self._read(low, high)
        governing = [
            r for r in self.regions[low]
            if r.low <= m.first < r.high
            and not (r.first < m.stop and m.first < r.stop)
            and (r.rank == 1 or not self._inserted(m, r))
        ]  # fmt: skip
        if m.kind == "speaker":
            beside = [r for r in self.regions[low] if m.first - 4 <= r.first < m.stop + 6]
            governing = beside or governing
        if governing:
            best = min(governing, key=lambda r: (-r.rank, r.distance(m), r.first))
            return best.modality, (best.first, best.stop) if best.stop > best.first else None
        for a, b, first, stop in self.quoted:
            if a <= m.first < b:
                return "reported", (first, stop)
        return "asserted", None

    def _inserted(self, m: Mention, r: _Region) -> bool:
        """True if the mention stands in a relative clause between commas and the cue behind it."""
        if r.first < m.stop:
            return False
        closed = any("," in self.scan.gap(i) for i in range(m.stop, r.first + 1))
        low = self.scan.sentence(m.first)[0]
        for i in range(m.first, low, -1):
            if self.scan.word(i) in _RELATIVE and "," in self.scan.gap(i):
                return closed
            if "," in self.scan.gap(i):
                return False
        return False

    def _read(self, low: int, high: int) -> list[_Region]:
        said = self.scan.within("speech", low, high)
        cues = [
            h
            for h in self.scan.within("cue", low, high)
            if not self._no_cue(h) and not (h.entry.written == "would" and self._backshift(h, said))
        ]
        busy = {i for h in cues for i in range(h.first, h.stop)}
        apart = [
            e for e in exceptions(self.scan, low, high, self.named)
            if e.at not in busy and self.scan.word(e.at + 1) not in _ONLY
        ]  # fmt: skip
        self.passed |= {e.at - 1 for e in apart if "," in self.scan.gap(e.stop)}
        made = [self._reach(h, low, high) for h in cues if h.entry.row["scope"] != "none"]
        made += [self._said(h, low, high) for h in self.scan.within("speech", low, high)
                 if h.first not in busy and not self._pictured(h)]  # fmt: skip
        made += [_Region(e.at, e.stop, e.modality, e.at, e.at + 1) for e in apart]
        taken = busy | {e.at for e in apart}
        made += self._negations(low, high, taken) + self._verdicts(low, high)
        made += self._headed(low, high) + self._conditionals(low, high, busy)
        end = (
            self.scan.gap(high)
            if high < len(self.scan.words)
            else self.scan.folded.text[self.scan.ends[high - 1] :][:5]
        )
        if end.lstrip(' "').startswith("?"):
            made.append(_Region(low, high, "speculated", high, high))
        return made

    def _backshift(self, would: Hit, said: list[Hit]) -> bool:
        """True for the future of what was said: ``had written that it would arrive``."""
        return any(
            s.stop <= would.first and "that" in self.scan.words[s.stop - 1 : s.stop + 1]
            for s in said
        )

    def _verdicts(self, low: int, high: int) -> list[_Region]:
        """``calling the report of a contract false``: what closes a clause judges it."""
        return [
            _Region(self._left(h.first, low), h.stop, "denied", h.first, h.stop)
            for h in self.scan.within("verdict", low, high)
            if self.scan.gap(h.stop).strip('"')[:1] not in (" ", "-")
        ]

    def _conditionals(self, low: int, high: int, busy: set[int]) -> list[_Region]:
        """``protegería``, ``aurait reçu``: newspapers say so what others say."""
        made = []
        for i in self.conditional[bisect_left(self.conditional, low) :]:
            if i >= high:
                break
            if i not in busy:
                left, right = self._left(i, low), self._right(i + 1, high, soft=True)
                made.append(_Region(left, right, "reported", i, i + 1))
        return made

    def _conditional(self, i: int) -> bool:
        """True for a verb in the Spanish or French conditional."""
        return (
            self.scan.words[i] not in _NO_CONDITIONAL
            and self.scan.word(i - 1) not in _NOMINAL
            and _CONDITIONAL.fullmatch(self.scan.raw(i)) is not None
        )

    def _headed(self, low: int, high: int) -> list[_Region]:
        """``Media: ...``: what follows the name of a speaker and a colon is reported."""
        for room in ("group", "organisation", "capital"):
            for h in self.scan.within(room, low, low + 3):
                if self.scan.gap(h.stop).startswith(":"):
                    return [_Region(h.stop, high, "reported", h.first, h.stop)]
        return []

    def _no_cue(self, h: Hit) -> bool:
        """True for the month of May, and for what a text says it will do itself."""
        if h.first in self.times or self.scan.word(h.first - 1) in _OWN_TEXT:
            return True
        mid = h.first > 0 and self.scan.gap(h.first) == " "
        if h.entry.written == "si":
            return self.scan.raw(h.first).lower() != "si" or (
                mid and self.scan.word(h.first - 1) not in ("que", *_AND)
            )
        return h.entry.written == "may" and mid and self.scan.capital(h.first)

    def _reach(self, h: Hit, low: int, high: int) -> _Region:
        modality: Modality = h.entry.value  # type: ignore[assignment]
        scope = h.entry.row["scope"]
        start, end = h.first, h.stop
        if scope == "near":
            end = min(self._right(h.stop, high, soft=False), h.stop + _NEAR)
        elif scope == "forward":
            end = self._right(h.stop, high, soft=False)
            if h.stop >= high or self.scan.gap(h.stop).strip('"')[:1] not in (" ", "-", "\n"):
                start = self._semicolon(h.first, low)
        elif scope == "clause":
            start, end = self._left(h.first, low), self._right(h.stop, high, soft=True)
            if self._last_of_row(h, low):
                start = h.first
        elif scope == "refusal":
            start, end = self._left(h.first, low), self._right(h.stop, high, soft=False)
            if self.scan.word(low) in _ASKED:
                start = low
        else:
            end = self._right(h.stop, high, soft=False)
            opening = h.first - self._left(h.first, low) <= 1
            start = (
                h.first
                if opening and "," not in self.scan.gap(h.first)
                else self._semicolon(h.first, low)
            )
        if scope == "condition":
            end = next((i for i in range(h.stop, end) if "," in self.scan.gap(i)), end)
            start = h.first
        if modality == "denied" and absence(
            self.scan, h.stop if scope == "forward" else start, end
        ):
            modality = "reported"
        return _Region(start, end, modality, h.first, h.stop)

    def _last_of_row(self, h: Hit, low: int) -> bool:
        """True for a hedge of the last thing of a row only: ``X, Y and perhaps Z``."""
        if h.first <= low:
            return False
        if self.scan.word(h.first - 1) in _AND:
            return True
        opened = "," in self.scan.gap(h.first) and "," not in self.scan.gap(h.stop)
        return opened and self.scan.word(h.first) in _ADVERBS

    def _said(self, h: Hit, low: int, high: int) -> _Region:
        """A verb of saying governs what it introduces, or, behind a comma, what it closes."""
        end = self._right(h.stop, high, soft=False)
        start = h.first
        for at in range(h.first, max(low, h.first - 9), -1):
            gap = self.scan.gap(at)
            if "," in gap or '"' in gap or " - " in gap:
                start = self._semicolon(at, low)
                if self._opening(low, at) or self.scan.word(at) in _AND:
                    start = h.first
                break
        return _Region(start, end, "reported", h.first, h.stop)

    def _opening(self, low: int, at: int) -> bool:
        """True if the words before a comma only lead in (``On Friday, the ministry said``)."""
        return at - low <= 7 and not any(low <= f < at for f in self.things)

    def _pictured(self, h: Hit) -> bool:
        """True where pictures show: the picture is the evidence, not a speaker."""
        return any(self.scan.word(i) in _PICTURES for i in range(h.first - 4, h.first))

    def _negations(self, low: int, high: int, busy: set[int]) -> list[_Region]:
        made = []
        scan = self.scan
        bounds = {i for h in scan.within("bound", low, high) for i in range(h.first, h.stop)}
        hedges = {h.stop for h in scan.within("cue", low, high) if h.entry.value == "speculated"}
        hits = [(h, False) for h in scan.within("negator", low, high)]
        hits += [(h, True) for h in scan.within("absent", low, high)]
        for h, absent in hits:
            if (
                h.first in busy
                or h.first in bounds
                or h.first in hedges
                or scan.word(h.stop) in _ONLY
            ):
                continue
            left, right = self._left(h.first, low), self._right(h.stop, high, soft=True)
            if not (self._lacks(h, left, right) if absent else self._undone(h, right)):
                continue
            modality: Modality = "not seen" if scan.within("look", left, right) else "denied"
            if modality == "denied" and absence(scan, h.first - 1 if absent else h.stop, right):
                modality = "reported"
            made.append(_Region(left, right, modality, h.first, h.stop))
        return made

    def _undone(self, h: Hit, right: int) -> bool:
        """True if the negated verb is one of being there, coming, holding, being seen or gone."""
        stop = min(right, h.stop + 4)
        seen = any(v.entry.value == "verb" for v in self.scan.within("look", h.stop, stop))
        if seen or self.scan.within("absence", h.stop, stop):
            return True
        return any(self._verb(v) for v in self.scan.within("present", h.stop, stop))

    def _verb(self, v: Hit) -> bool:
        return not (
            v.entry.written == "have" and self.scan.word(v.first - 2) not in ("do", "does", "did")
        )

    def _lacks(self, h: Hit, left: int, right: int) -> bool:
        """True for ``no S-400``; ``нет`` and ``немає`` also stand behind what lacks."""
        if any(i in self.things for i in range(h.stop, min(right, h.stop + 5))):
            return True
        behind = self.scan.word(h.first) in ("нет", "немає", "немае")
        return behind and any(left <= f < h.first for f in self.things)

    def _hard(self, i: int) -> bool:
        gap = self.scan.gap(i)
        if ";" in gap or ": " in gap or " - " in gap:
            return True
        if i in self.passed:
            return False
        return self.scan.word(i) in _CONTRAST and not self.scan.word(i + 1).endswith("ed")

    def _soft(self, i: int) -> bool:
        word, gap = self.scan.word(i), self.scan.gap(i)
        if word in _RELATIVE or (word == "that" and self.scan.gap(i + 1) == " "):
            return True
        if "," not in gap:
            return word in _PRONOUNS and gap == " "
        following = self.scan.word(i + 1) if word in _JOINING else word
        return following in _STARTERS

    def _left(self, at: int, low: int) -> int:
        for i in range(at, low, -1):
            if self._hard(i) or self._soft(i):
                return i
        return low

    def _right(self, at: int, high: int, *, soft: bool) -> int:
        low = self.scan.sentence(at - 1)[0]
        closing = soft and self.scan.word(self._left(at - 1, low)) in _SUBORDINATING
        for i in range(at, high):
            if closing and i > at and "," in self.scan.gap(i):
                return i
            if i > at and self._hard(i):
                return i
            if (
                soft
                and i > at
                and self.scan.word(i) not in ("that", "que", "что", "що")
                and self._soft(i)
            ):
                return i
        return high

    def _semicolon(self, at: int, low: int) -> int:
        for i in range(at, low, -1):
            if ";" in self.scan.gap(i):
                return i
        return low

    def _quotes(self) -> list[tuple[int, int, int, int]]:
        """Quoted stretches with a verb of saying in or beside their sentence, and that verb."""
        scan, found = self.scan, []
        at = scan.folded.at
        for m in _QUOTE.finditer(scan.text):
            start, end = m.span()
            if at is not None:
                start, end = bisect_left(at, start), bisect_left(at, end)
            a, b = bisect_left(scan.starts, start), bisect_left(scan.starts, end)
            if b - a < _QUOTED:
                continue
            low = scan.sentence(a)[0]
            before = scan.sentence(low - 1)[0] if low else low
            after = scan.sentence(b)[1] if b < len(scan.words) else b
            if said := scan.within("speech", before, after):
                found.append((a, b, said[0].first, said[0].stop))
        return found
