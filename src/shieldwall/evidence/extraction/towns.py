"""Names of places that no table holds: behind words of place and motion, and beside types of land.

``near Zhukivka and Dovzhansk``, ``біля Дубового``, ``the Mosul Dam``, ``Gulf of Aden``. A name is
taken unless another rule has read one of its words, or it is a person's, a firm's or an adjective.
"""

from __future__ import annotations

import re

from shieldwall.evidence.extraction.cyrillic import spellings
from shieldwall.evidence.extraction.gazetteer import airfields, core
from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, apart, mention
from shieldwall.evidence.extraction.scan import Hit, Scan

AND = frozenset(("and", "or", "и", "та", "і", "й", "y", "e", "et"))
ROOMS = ("country", "city", "region", "wide", "doubtful", "capital", "states")
_READ = (
    *ROOMS, "demonym", "month", "weekday", "system", "component", "military", "airdefence",
    "organisation", "site", "unit", "notplace", "armed", "force", "speech", "title", "number",
    "aircraft", "group", "given", "noun", "airname",
)  # fmt: skip
"""Rooms whose words another rule has read, or that name no place."""
_MOTION = words("places", "motion")
"""Weak words of place that tell where something goes, if something moves beside them."""
_FIRMS = words("places", "firms")
_PREFIX = frozenset(("al", "el", "ash", "ar", "ad", "an", "as", "az", "at", "ul", "es", "ez"))
_FAMILY = ("енко", "енка", "енку", "енком", "швили", "швілі", "enko", "shvili", "евич", "ович")
_ADJECTIVE = re.compile(r"(?:ск|цк|ськ|цьк|н)(?:ом|ои|ого|ии|іи|ої|ому|их|ими|ую|ая|ою|им|ым)$")
_LANDS = ("раион", "област", "округ", "кра", "громад", "остров", "остров", "мор", "залив", "заток",
          "півострів", "полуостров")  # fmt: skip
_UNDER = frozenset(("под", "над", "за", "під"))
_FROM = frozenset(("from", "из", "із", "з", "desde", "depuis"))
_TO = frozenset(("to", "до", "hasta", "jusqu"))
"""``from X to Y`` says by itself that both are places."""
_WAY = 8
"""Words either side in which a word of motion is looked for."""
_LONGEST = 3
_ROW = 6
"""Names in a row that one word of place governs at most."""
_WHY = "place: name behind a word of place"


def towns(scan: Scan, military: bool, taken: set[int], placed: list[Mention]) -> list[Mention]:
    """Names behind words of place, and those joined to them."""
    if not military:
        return []
    made: list[Mention] = []
    busy = taken
    leads = {h.stop: h for h in scan.hits("locative")}
    for at, h in leads.items():
        stop = _named(scan, at, busy, scan.word(h.stop - 1))
        if stop is None or not _leads(scan, h, at, stop):
            continue
        made.append(_mention(scan, at, stop))
        made += _row(scan, stop, busy)
    for m in placed:
        if m.first in leads:
            made += _row(scan, m.stop, busy)
    return apart(made)


def _mention(scan: Scan, first: int, stop: int) -> Mention:
    """The place; a Cyrillic name that airportsdata knows as a city bears its name there."""
    value = None
    if not scan.words[first].isascii():
        known = airfields().cities
        options = spellings([scan.raw(i) for i in range(first, stop)])
        value = next((n.title() for n in options if n in known), None)
    return mention(scan, "place", first, stop, value, _WHY)


def _leads(scan: Scan, h: Hit, at: int, stop: int) -> bool:
    """True if this word of place makes a place of the name behind it."""
    before = scan.word(h.stop - 1)
    if before in AND or (before == "a" and scan.raw(h.stop - 1) not in ("à", "À", "a")):
        return False
    if (before == "a" and scan.word(h.first - 1) in _GIVING) or _has(scan, before, stop):
        return False
    if h.entry.value == "strong":
        return True
    name = " ".join(scan.words[at:stop])
    if len(name) >= 5 and before != "a" and (
        name in airfields().cities or core(name) in airfields().by_core
    ):  # fmt: skip
        return True
    if before not in _MOTION:
        return False
    low, high = scan.sentence(at)
    if before in _FROM and scan.word(stop) in _TO:
        return True
    if before in _TO and any(scan.word(i) in _FROM for i in range(max(low, h.first - 4), h.first)):
        return True
    back = _WAY // 2 if before == "a" else _WAY
    low, high = max(low, at - back), min(high, at if before == "a" else stop + _WAY)
    return any(scan.within(room, low, high) for room in ("moving", "going"))


def _has(scan: Scan, before: str, stop: int) -> bool:
    """True for the Russian ``у Иванова есть``: somebody has, nothing is somewhere."""
    high = min(stop + _WAY, scan.sentence(stop - 1)[1])
    return before == "у" and any(scan.word(i) in _HAVING for i in range(stop, high))


_HAVING = frozenset(("есть", "нет", "был", "были", "было", "остался", "осталось", "имеется"))
_GIVING = words("places", "giving")
"""Verbs behind which the French and Spanish ``à`` leads to a person or body."""


def _named(scan: Scan, at: int, busy: set[int], before: str) -> int | None:
    """Where the name that begins at word ``at`` ends, ``None`` where none does."""
    if at in busy or scan.gap(at) not in (" ", "\n", ' "'):
        return None
    stop = at
    if scan.word(at) in _PREFIX and scan.gap(at + 1) == "-" and _capital(scan, at + 1):
        stop = at + 2
    while (
        stop < at + _LONGEST
        and _capital(scan, stop)
        and (stop == at or scan.gap(stop) in (" ", "-"))
    ):
        stop += 1
    if stop == at or (scan.capital(stop) and scan.gap(stop) in (" ", "-")):
        return None
    if scan.gap(stop) in ("'", "") or scan.word(stop - 1).endswith(_FAMILY):
        return None
    if any(i in busy or _known(scan, i) for i in range(at, stop)) or _firm(scan, at, stop):
        return None
    return _of_land(scan, stop, before)


def _of_land(scan: Scan, stop: int, before: str) -> int | None:
    """``Шебекинском районе`` whole; no place of an adjective before another noun."""
    last = scan.word(stop - 1)
    if not _ADJECTIVE.search(last) or scan.gap(stop) != " " or scan.capital(stop):
        return stop
    if scan.word(stop).startswith(_LANDS):
        return stop + 1
    small = len(scan.word(stop)) <= 3
    return stop if small or (before in _UNDER and last.endswith(("ом", "им", "ым"))) else None


def _capital(scan: Scan, at: int) -> bool:
    raw = scan.raw(at)
    return len(raw) > 2 and raw[0].isupper() and raw[1:].islower()


def _known(scan: Scan, at: int) -> bool:
    return any(
        h.entry.written[0].isupper() or room not in _COMMON
        for room in _READ
        for h in scan.within(room, at, at + 1)
    )


_COMMON: frozenset[str] = frozenset()


def _firm(scan: Scan, at: int, stop: int) -> bool:
    """True for firms, papers and institutes by the word that closes their name."""
    return scan.word(stop - 1) in _FIRMS or (scan.word(stop) in _FIRMS and scan.capital(stop))


def _row(scan: Scan, at: int, busy: set[int]) -> list[Mention]:
    """Names joined to a place by commas and a closing ``and``."""
    made: list[Mention] = []
    for _ in range(_ROW):
        comma = scan.gap(at) in (", ", ",\n")
        joined = scan.word(at) in AND and scan.gap(at) in (" ", ", ", "\n")
        first = at + 1 if joined else at
        if joined and scan.word(first) in _AGAIN and scan.gap(first) == " ":
            return made
        if not (comma or joined):
            return []
        stop = _joined(scan, first, busy)
        if stop is None:
            return []
        if any(i not in busy for i in range(first, stop)):
            made.append(_mention(scan, first, stop))
        if joined:
            return made
        at = stop
    return []


_AGAIN = frozenset(("in", "near", "from", "to", "en", "a", "в", "у", "на", "біля", "под", "з"))


def _joined(scan: Scan, first: int, busy: set[int]) -> int | None:
    """Where the next name of a row ends: known, or a capitalised word that does not act."""
    for room in ROOMS:
        for h in scan.within(room, first, first + 1):
            if first in busy:
                return h.stop
    gap = scan.gap(first)
    stop = _named(scan, first, busy, "") if gap in (" ", ", ", "\n") else None
    if gap == ", " and stop is None and first not in busy:
        stop = first
        while stop < first + 2 and _capital(scan, stop) and (
            stop == first or scan.gap(stop) == " "
        ) and not _known(scan, stop):  # fmt: skip
            stop += 1
        stop = stop if stop > first and not scan.capital(stop) else None
    if stop is None or any(
        scan.within(r, stop, stop + 1) for r in ("speech", "cue", "present", "negator")
    ):
        return None
    return stop


def lands(scan: Scan, taken: set[int]) -> list[Mention]:
    """``the Mosul Dam``, ``Kola Peninsula``, ``Strait of Malacca``, ``isla de Aves``."""
    made: list[Mention] = []
    for h in scan.hits("land"):
        if not scan.capital(h.first) or h.first in taken:
            continue
        first = h.first
        while (
            first > h.first - _LONGEST
            and first > scan.sentence(h.first)[0]
            and _part(scan, first - 1)
            and scan.gap(first) in (" ", "-")
        ):
            first -= 1
        if first < h.first and not taken & set(range(first, h.stop)):
            made.append(mention(scan, "place", first, h.stop, None, "place: land by its type"))
    for h in scan.hits("headland"):
        at = h.stop
        while scan.word(at) in ("the", "la", "las", "los", "el", "l") and at < h.stop + 2:
            at += 1
        stop = at
        while stop < at + _LONGEST and _capital(scan, stop) and scan.gap(stop) in (" ", "'", "-"):
            stop += 1
        upper = h.entry.written[0].isupper()
        if stop > at and (not upper or scan.capital(h.first)) and h.first not in taken:
            made.append(mention(scan, "place", h.first, stop, None, "place: land by its type"))
    return [m for m in apart(made) if not _listed(scan, m)]


def _listed(scan: Scan, m: Mention) -> bool:
    """True where the tables know the whole name: ``Black Sea``."""
    return any(h.stop >= m.stop for r in ROOMS for h in scan.within(r, m.first, m.first + 1))


def _part(scan: Scan, at: int) -> bool:
    """True for a capitalised word that may be part of the name of a land."""
    return _capital(scan, at) and not any(
        scan.within(r, at, at + 1)
        for r in ("weekday", "month", "locative", "title", "notplace", "system", "demonym")
    ) and scan.word(at) not in _SMALL  # fmt: skip


_SMALL = words("people", "small") | words("sites", "leading")
