"""What a text is about, so that a hawk, a patriot or a needle is weighed by its company."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from shieldwall.evidence.extraction.scan import Hit, Scan

_WEIGHT = {"game": 6.0, "strong": 3.0, "weak": 1.0}
_EMPTY_LINE = re.compile(r"\n[ \t\r]*\n")
_REPEATS = 3
"""A word counts this often at most, so that one refrain does not decide."""
_FICTION = 3.0
"""Weight against, from which a text may be about something else altogether."""
_SHARE = 0.6
"""It is, if the weight against is this share of the military weight or more ..."""
_WEAK_SHARE = 1.2
"""... or this share, where only words speak against it that news of war has too."""
_SYSTEMS = 3
"""So many different systems named plainly count for the military, one each: games name them too."""
_CLEAR = 3.0
"""Military weight, and so many times the weight against, of a text about the military."""
_SHORT = 15
"""Words: so short a text, a headline, need not say what it is about."""


@dataclass(frozen=True)
class Theme:
    """The weights of a text: ``military`` (air defence counts double) and ``against``."""

    military: float
    against: float
    strong: bool
    """True where a word speaks against it that news of war has not."""
    short: bool

    @property
    def elsewhere(self) -> bool:
        """True for a text on the whole about a game, a film, sport, shopping or plants."""
        share = _SHARE if self.strong else _WEAK_SHARE
        return self.against >= _FICTION and self.against >= share * self.military

    @property
    def clear(self) -> bool:
        """True for a text that is about the military even where it names no system."""
        return self.military >= _CLEAR and self.military > _CLEAR * self.against

    @property
    def plain(self) -> bool:
        """True where nothing speaks against a military reading, and something for it."""
        return not self.elsewhere and (self.military >= 1 or (self.short and self.against == 0))


def judge(scan: Scan) -> Theme:
    """Weigh a text by the words of ``topics.toml``."""
    military = _tally(scan, "airdefence", lambda h: 2.0) + _tally(scan, "military", lambda h: 1.0)
    named = {
        h.entry.value for h in scan.hits("system") if h.entry.row.get("level") in (None, "doc")
    }
    against = _tally(scan, "against", lambda h: _WEIGHT[h.entry.value])
    strong = any(h.entry.value != "weak" and _cased(scan, h) for h in scan.hits("against"))
    weight = military + min(len(named), _SYSTEMS) * (military > 0)
    return Theme(weight, against, strong, len(scan.words) <= _SHORT)


def _cased(scan: Scan, hit: Hit) -> bool:
    return not hit.entry.written[0].isupper() or scan.capital(hit.first)


def _tally(scan: Scan, room: str, weight: Callable[[Hit], float]) -> float:
    seen: Counter[str] = Counter()
    total = 0.0
    for hit in scan.hits(room):
        written = hit.entry.written
        if seen[written] >= _REPEATS or not _cased(scan, hit):
            continue
        seen[written] += 1
        total += weight(hit)
    return total


def off_duty(scan: Scan, theme: Theme) -> Callable[[int], bool]:
    """Tells of a word whether its paragraph speaks of sport, games or nature, not of arms."""
    if theme.against < _FICTION:
        return lambda first: False
    text, firsts = scan.folded.text, [0]
    for gap in _EMPTY_LINE.finditer(text):
        firsts.append(bisect_left(scan.starts, gap.end()))
    firsts.append(len(scan.words))
    known: dict[int, bool] = {}

    def told(first: int) -> bool:
        at = bisect_right(firsts, first, hi=len(firsts) - 1)
        if at not in known:
            known[at] = _against(scan, firsts[at - 1], firsts[at])
        return known[at]

    return told


def _against(scan: Scan, low: int, high: int) -> bool:
    against = sum(
        _WEIGHT[h.entry.value] for h in scan.within("against", low, high) if _cased(scan, h)
    )
    if against < _FICTION:
        return False
    rooms = (("airdefence", 2.0), ("military", 1.0))
    return against > sum(w * len(scan.within(r, low, high)) for r, w in rooms)


def company(scan: Scan, first: int, stop: int, reach: int, rooms: tuple[str, ...]) -> bool:
    """True if a word of one of the rooms stands within ``reach`` words, outside of the name."""
    low, high = max(0, first - reach), stop + reach
    return any(h.stop <= first or h.first >= stop for r in rooms for h in scan.within(r, low, high))


def spoils(scan: Scan, hit: Hit) -> bool:
    """True if the words beside a name show that it is something else."""
    row = hit.entry.row
    following, before = scan.word(hit.stop), scan.word(hit.first - 1)
    if scan.gap(hit.stop) in (" ", "-", "\n") and following in row.get("next", ()):
        return True
    return scan.gap(hit.first) in (" ", "-", "\n") and before in row.get("before", ())
