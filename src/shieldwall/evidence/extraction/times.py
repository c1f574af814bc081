"""Times: dates as ISO 8601 at the precision they have; weekdays, relative times as they are."""

from __future__ import annotations

import re
from datetime import date

from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, apart, mention
from shieldwall.evidence.extraction.scan import Hit, Scan

_SMALL = frozenset(("de", "del", "of", "the"))
_YEAR = range(1900, 2100)
_NUMERIC = re.compile(r"(?<![\w.,/-])(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?![\w,/-]|\.\d)")
_AMBIGUOUS = words("times", "ambiguous")


def times(scan: Scan, english: bool) -> list[Mention]:
    """Every date, weekday and relative time, none overlapping."""
    found = [
        *_numeric(scan, english), *_months(scan), *_spans(scan), *_ago(scan),
        *_weekdays(scan), *_years(scan),
    ]  # fmt: skip
    return apart(found)


def _numeric(scan: Scan, english: bool) -> list[Mention]:
    """``2019-03-24``, ``24.03.2019``, ``24/03/2019``; ``3/4/2019`` in English is left as it is."""
    made = []
    words = (
        {start: i for i, start in enumerate(scan.starts)}
        if _NUMERIC.search(scan.folded.text)
        else {}
    )
    for m in _NUMERIC.finditer(scan.folded.text):
        a, mark, b, c = m.groups()
        year, month, day = (a, b, c) if len(a) == 4 else (c, b, a)
        if len(year) != 4 or len(day) > 2:
            continue
        unsure = english and mark == "/" and len(a) != 4 and int(day) <= 12
        iso = None if unsure else _iso(int(year), int(month), int(day))
        if iso is None and not unsure:
            continue
        first = words[m.start()]
        made.append(mention(scan, "time", first, first + 3, iso, "time: date in figures"))
    return made


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _months(scan: Scan) -> list[Mention]:
    """A month with the day and year beside it; a weekday before it belongs to it."""
    made = []
    for hit in scan.hits("month"):
        if hit.entry.written[0].isupper() and not scan.capital(hit.first):
            continue
        if scan.gap(hit.stop) == "" or scan.gap(hit.first) == "":
            continue
        first, stop, day, year = _around(scan, hit)
        bare = day is None and year is None
        if bare and scan.word(hit.first) in _AMBIGUOUS and not _dated(scan, hit):
            continue
        if bare and not scan.word(hit.first).isascii() and len(scan.word(hit.first)) < 4:
            continue
        first = _weekday_before(scan, first)
        month = int(hit.entry.value)
        iso = None
        if year is not None:
            iso = f"{year}-{month:02d}" if day is None else _iso(year, month, day)
        made.append(mention(scan, "time", first, stop, iso, "time: month"))
    return made


def _around(scan: Scan, hit: Hit) -> tuple[int, int, int | None, int | None]:
    """First word, stop, day and year of the date around a month."""
    first, stop = hit.first, hit.stop
    day = year = None
    before = hit.first - 1
    while scan.word(before) in _SMALL and before > hit.first - 3:
        before -= 1
    if (number := _day(scan, before)) is not None and scan.gap(before + 1) in (" ", ". ", "º ", ""):
        day, first = number, before
    elif _day(scan, stop) is not None and scan.gap(stop) in (" ", ". ") and not _clock(scan, stop):
        day, stop = _day(scan, stop), stop + 1
        if scan.gap(stop) == "" and scan.word(stop) in _ORDINAL:
            stop += 1
    at = stop
    while scan.word(at) in _SMALL and at < stop + 2:
        at += 1
    word = scan.word(at)
    if (
        word.isdecimal()
        and len(word) == 4
        and int(word) in _YEAR
        and scan.gap(at) in (" ", ", ", "\n")
    ):
        year, stop = int(word), at + 1
    return first, stop, day, year


_ORDINAL = frozenset(("st", "nd", "rd", "th", "er", "º", "го"))


def _clock(scan: Scan, at: int) -> bool:
    """True for a figure that goes on (``12:30``, ``2x``) and is no day."""
    return scan.gap(at + 1) in ("", ":") and scan.word(at + 1) not in (*_ORDINAL, "")


def _day(scan: Scan, at: int) -> int | None:
    """The day of a month at a word, an ordinal ending passed over."""
    word = scan.word(at)
    if word in _ORDINAL and scan.gap(at) in ("", "-"):
        return None
    return int(word) if word.isdecimal() and len(word) <= 2 and 1 <= int(word) <= 31 else None


def _dated(scan: Scan, hit: Hit) -> bool:
    """True if a preposition makes a doubtful word a month: ``in May``."""
    return scan.word(hit.first - 1) in (
        "in", "since", "until", "by", "early", "late", "last", "this", "next", "mid", "en", "de",
        "desde", "of", "during", "through",
    )  # fmt: skip


def _weekday_before(scan: Scan, first: int) -> int:
    for h in scan.within("weekday", first - 2, first):
        if h.stop == first and scan.gap(first) in (" ", ", "):
            return h.first
    return first


def _spans(scan: Scan) -> list[Mention]:
    """``yesterday``, ``last month``, ``recent hours``, ``past two months``, ``last February``."""
    made = [
        mention(scan, "time", h.first, h.stop, None, "time: relative")
        for h in scan.hits("relative")
        if scan.gap(h.stop) not in ("'", "")
    ]
    for i, word in enumerate(scan.words):
        if word in ("past", "last", "previous", "ultimos", "ultimas", "derniers", "dernieres"):
            stop = i + 1
            if scan.word(stop).isdecimal() or scan.within("number", stop, stop + 1):
                stop += 1
            for room in ("duration", "month", "weekday"):
                for h in scan.within(room, stop, stop + 1):
                    if h.first == stop and (stop > i + 1 or room != "duration"):
                        made.append(mention(scan, "time", i, h.stop, None, "time: relative"))
    return made


def _ago(scan: Scan) -> list[Mention]:
    """``three months ago``, ``hace tres meses``, ``il y a trois mois``, ``три месяца назад``."""
    made = []
    for hit in scan.hits("ago"):
        if hit.entry.value == "ago":
            back = [
                h for h in scan.within("duration", hit.first - 2, hit.first) if h.stop == hit.first
            ]
            if back:
                first = back[0].first
                if _quantity(scan, first - 1):
                    first -= 1
                made.append(mention(scan, "time", first, hit.stop, None, "time: relative"))
        elif _quantity(scan, hit.stop):
            ahead = scan.within("duration", hit.stop + 1, hit.stop + 2)
            if ahead:
                made.append(mention(scan, "time", hit.first, ahead[0].stop, None, "time: relative"))
    return made


def _quantity(scan: Scan, at: int) -> bool:
    word = scan.word(at)
    few = word in (
        "a",
        "an",
        "few",
        "several",
        "un",
        "una",
        "unos",
        "quelques",
        "несколько",
        "кілька",
        "varios",
    )
    return few or word.isdecimal() or bool(scan.within("number", at, at + 1))


def _weekdays(scan: Scan) -> list[Mention]:
    made = []
    for h in scan.hits("weekday"):
        latin_small = scan.word(h.first).isascii() and not scan.capital(h.first)
        if latin_small and h.entry.written[0].isupper():
            continue
        made.append(mention(scan, "time", h.first, h.stop, None, "time: weekday"))
    return made


def _years(scan: Scan) -> list[Mention]:
    """A year behind a word of time: ``in 2019``, ``en 2006``, ``в 2009 году``."""
    made = []
    for i, word in enumerate(scan.words):
        if len(word) == 4 and word.isdecimal() and int(word) in _YEAR:
            before = scan.word(i - 1)
            if before in _SINCE and scan.gap(i) == " " and scan.gap(i + 1) not in ("", "-"):
                made.append(mention(scan, "time", i, i + 1, word, "time: year"))
    return made


_SINCE = words("times", "since")
