"""One walk over a text: its words, its sentences, and every name of the lexicon in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import NamedTuple

from shieldwall.evidence.extraction.folding import Folded, fold
from shieldwall.evidence.extraction.lexicon import WORD, Entry, Lexicon, Node, words

_GAPS = frozenset(
    ("", " ", "-", "'", ".", "/", " -", "- ", " - ", "\n", "\r\n", "  ", ' "', '" ', '"', "&")
)
"""What may stand between two words of one name."""

_END = re.compile(r"[.!?\u2026]+[\"')\]]*(?=\s)|\n")
_LONGEST = 250
"""Words of a sentence; what goes on longer is a list or no text, and is cut."""
_SHORT = words("scan", "short")
_OPENERS = frozenset("\"'([*-")


class Hit(NamedTuple):
    """A name of the lexicon, from word ``first`` up to word ``stop`` (exclusive)."""

    first: int
    stop: int
    entry: Entry


@dataclass
class Scan:
    """A text taken apart; word indices everywhere, characters only in ``starts`` and ``ends``."""

    text: str
    folded: Folded
    words: list[str]
    starts: list[int]
    """Of each word, in the folded text."""
    ends: list[int]
    gaps: list[str]
    """Before each word, what stands between it and the word before."""
    sentences: list[int]
    """Index of the first word of each sentence, and at the end the number of words."""
    rooms: dict[str, list[Hit]] = field(default_factory=dict)

    def hits(self, room: str) -> list[Hit]:
        """The hits of a room in the order of the text, none overlapping another."""
        return self.rooms.get(room, [])

    def gap(self, i: int) -> str:
        """What stands between word ``i - 1`` and word ``i``, folded."""
        return self.gaps[i] if 0 < i < len(self.gaps) else "\n"

    def word(self, i: int) -> str:
        """The folded word, empty outside of the text."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def raw(self, i: int) -> str:
        """The word as written."""
        if not 0 <= i < len(self.words):
            return ""
        start, end = self.folded.span(self.starts[i], self.ends[i])
        return self.text[start:end]

    def capital(self, i: int) -> bool:
        """True where the word begins with a capital."""
        if not 0 <= i < len(self.words):
            return False
        at = self.starts[i]
        return self.text[at if self.folded.at is None else self.folded.at[at]].isupper()

    def span(self, first: int, stop: int) -> tuple[int, int]:
        """Characters of the words from ``first`` up to ``stop``."""
        return self.folded.span(self.starts[first], self.ends[stop - 1])

    def sentence(self, i: int) -> tuple[int, int]:
        """First word, and first word of the next sentence, of the sentence of word ``i``."""
        at = bisect_right(self.sentences, i)
        return self.sentences[at - 1], self.sentences[min(at, len(self.sentences) - 1)]

    def within(self, room: str, first: int, stop: int) -> list[Hit]:
        """The hits of a room that begin between two words."""
        hits = self.rooms.get(room)
        if not hits:
            return []
        keys = self._firsts.get(room)
        if keys is None:
            keys = self._firsts[room] = [h.first for h in hits]
        low = bisect_left(keys, first)
        return hits[low : bisect_left(keys, stop, low)]

    _firsts: dict[str, list[int]] = field(default_factory=dict)


def scan(text: str, lexicon: Lexicon) -> Scan:
    """Take a text apart, in time proportional to its length."""
    folded = fold(text)
    spans = [m.span() for m in WORD.finditer(folded.text)]
    words = [folded.text[a:b] for a, b in spans]
    starts, ends = [a for a, _ in spans], [b for _, b in spans]
    gaps = ["\n"] * len(words)
    gaps[1:] = [folded.text[a:b] for a, b in zip(ends, starts[1:], strict=False)]
    made = Scan(text, folded, words, starts, ends, gaps, [])
    made.sentences = _sentences(made)
    made.rooms = find(made, lexicon)
    return made


def find(made: Scan, lexicon: Lexicon) -> dict[str, list[Hit]]:
    """Every name at every word by room; of a room the longest at each place."""
    reached: dict[str, int] = {}
    rooms: dict[str, list[Hit]] = {}
    first = lexicon.first
    for i, word in enumerate(made.words):
        nodes = first(word)
        if nodes:
            for room, hit in _walk(made, lexicon, i, nodes).items():
                if i >= reached.get(room, 0):
                    rooms.setdefault(room, []).append(hit)
                    reached[room] = hit.stop
    return rooms


def _walk(made: Scan, lexicon: Lexicon, i: int, nodes: tuple[Node, ...]) -> dict[str, Hit]:
    """The longest name of each room that begins at word ``i``."""
    found: dict[str, Hit] = {}
    words, gaps = made.words, made.gaps
    stop, last, owned = i + 1, len(words), False
    while nodes:
        deeper = False
        for node in nodes:
            for entry in node.ends:
                at = found.get(entry.room)
                if (at is None or at.stop < stop) and not (owned and "'" not in entry.written):
                    found[entry.room] = Hit(i, stop, entry)
            deeper = deeper or bool(node.next)
        if not deeper or stop >= last or gaps[stop] not in _GAPS:
            break
        owned = owned or (words[stop] == "s" and gaps[stop] == "'")
        nodes = lexicon.follow(nodes, words[stop])
        stop += 1
    return found


def _sentences(made: Scan) -> list[int]:
    """Where sentences begin, as word indices.

    A full stop ends one unless it stands behind an abbreviation or an initial, or small letters
    follow. A line break does too, unless the line is long and breaks off in mid-sentence, as in
    texts wrapped by hand.
    """
    text, firsts, line, at = made.folded.text, [0], 0, 0
    for m in _END.finditer(text):
        if m[0] == "\n":
            length, last = m.start() - line, text[max(0, m.start() - 1)]
            line = m.end()
            blank = text[m.end() : m.end() + 1] in ("\n", "\r", "")
            if not blank and 45 <= length <= 130 and last not in '.!?:"\r':
                continue
        at = bisect_right(made.starts, m.start(), lo=at)
        if at >= len(made.words):
            break
        if m[0] == "." and not _stops(made, at, m.end()):
            continue
        if at > firsts[-1]:
            firsts.append(at)
    firsts.append(len(made.words))
    cut = [range(a, b, _LONGEST) or (a,) for a, b in pairwise(firsts)]
    return [*chain.from_iterable(cut), len(made.words)]


def _stops(made: Scan, at: int, end: int) -> bool:
    """True if the full stop before word ``at`` ends a sentence."""
    before = made.word(at - 1)
    alone = made.gap(at - 1) not in ("", "-")
    initial = len(before) == 1 and before.isalpha() and alone
    if made.ends[at - 1] == end - 1 and ((before in _SHORT and alone) or initial):
        return "\n\n" in made.gap(at) or (initial and made.word(at) in _AFTER_INITIALS)
    following = made.folded.text[end : end + 4].strip()[:1]
    return made.capital(at) or made.word(at)[:1].isdigit() or following in _OPENERS


_AFTER_INITIALS = words("scan", "after_initials")
