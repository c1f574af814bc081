"""Text as it is looked up: case and accents folded, every character still knowing its place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_INVISIBLE = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff]"
)
"""Soft hyphens, combining marks, joiners and bidirectional controls: no letters of a word."""
_MARKS = re.compile(r"[*_`]+")

_SAME = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    **dict.fromkeys("\u2018\u2019\u02bc\u00b4\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb", '"'),
    **dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\u3000", " "),
}


class _Table(dict[int, int]):
    """Folds a character the first time it is met; always one character for one."""

    def __missing__(self, code: int) -> int:
        char = chr(code)
        same = _SAME.get(char)
        if same is None:
            base = unicodedata.normalize("NFKD", char)[0]
            same = base.casefold()
        self[code] = ord(same) if len(same) == 1 else code
        return self[code]


_TABLE = _Table({c: ord(chr(c).lower()) for c in range(128)})


@dataclass(frozen=True)
class Folded:
    """``text`` folded; ``at`` gives the place of each character, ``None`` where nothing moved."""

    text: str
    at: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded stretch lies in the text it came from."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """Lower case, accents off (``й`` becomes ``и``), dashes, quotes and blanks unified.

    Invisible characters and marks of emphasis are left out, and only then are places counted one
    by one.
    """
    marks = _emphasis(text)
    if not marks and text.isascii():
        return Folded(text.lower(), None)
    if not marks and _INVISIBLE.search(text) is None:
        return Folded(text.translate(_TABLE), None)
    at = [i for i, c in enumerate(text) if i not in marks and _INVISIBLE.match(c) is None]
    return Folded("".join(text[i] for i in at).translate(_TABLE), at)


def unmarked(text: str) -> str:
    """The text as written, without marks of emphasis."""
    marks = _emphasis(text)
    return "".join(c for i, c in enumerate(text) if i not in marks) if marks else text


def _emphasis(text: str) -> set[int]:
    """Where ``*``, ``_`` and backticks of Markdown stand beside a letter or figure.

    Between two of them only asterisks go, and not between figures: ``a_b`` is one name, ``2*3``
    no number.
    """
    found: set[int] = set()
    for m in _MARKS.finditer(text):
        before, behind = text[m.start() - 1 : m.start()], text[m.end() : m.end() + 1]
        beside = before.isalnum() + behind.isalnum()
        figures = before.isdigit() and behind.isdigit()
        if beside == 1 or (beside == 2 and set(m[0]) == {"*"} and not figures):
            found.update(range(m.start(), m.end()))
    return found
