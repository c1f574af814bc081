"""Counts: numbers in figures and words, with their bound words, of things of military interest."""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.records import Bound
from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, covered, mention
from shieldwall.evidence.extraction.scan import Hit, Scan

_FAR = 9
"""Words between a number and its noun at most: ``5,000 Igla-S man-portable missiles``."""
_LONGEST = 9
"""Figures of the longest number read; longer ones are identifiers."""
_BLANKS = frozenset((" ", "'", "\n"))
_BREAKS = words("counts", "breaks")
_OVER = words("counts", "over")
"""Words a number may reach its noun across: ``a thousand of them`` it may not."""
_LABELS = words("counts", "labels")
_TENS = range(20, 100, 10)
_MEASURES = frozenset(("km", "miles", "m", "t", "kg"))
_CROSS = words("counts", "cross")


@dataclass(frozen=True, slots=True)
class _Number:
    first: int
    stop: int
    value: float


def counts(scan: Scan, found: list[Mention], times: list[Mention], english: bool) -> list[Mention]:
    """Every count; numbers inside designations, dates, durations and money are none."""
    taken = covered(found) | covered(times)
    named = {i: m for m in found for i in range(m.first, m.stop)}
    numbers = _numbers(scan, taken, english)
    units: list[tuple[_Number, str | None]] = []
    following: tuple[_Number, str | None] | None = None
    for number in reversed(numbers):
        unit = _unit(scan, number, named, taken)
        if unit is None and following is not None and _joined(scan, number, following[0]):
            unit = following[1]
        following = (number, unit)
        units.append(following)
    known = [(n, u or _understood(scan, n)) for n, u in reversed(units)]
    return [
        _count(scan, n, u)
        for n, u in known
        if u is not None and not (u == "persons" and _speaking(scan, n))
    ]


def _speaking(scan: Scan, number: _Number) -> bool:
    """True for persons who speak: ``two former officers said``, ``según dos militares``."""
    if any(
        h.stop == number.first and h.entry.value == "reported"
        for h in scan.within("cue", number.first - 3, number.first)
    ):
        return True
    high = min(number.stop + _SAYING, scan.sentence(number.first)[1])
    for at in range(number.stop, high):
        if scan.gap(at).strip() not in ("", "-") or scan.within("present", at, at + 1):
            return False
        if scan.within("speech", at, at + 1):
            return True
    return False


_SAYING = 6
"""Words behind a number within which a verb of saying makes speakers of persons."""
_NO_ONE = words("counts", "no_one")
"""Words beside ``one`` that make a pronoun of it: ``the last one``, ``one of them``."""


def _understood(scan: Scan, number: _Number) -> str | None:
    """The unit of a number with a bound word that ends its clause: the last noun counted before.

    ``The panel put the number of missing missiles at roughly 3,000.``
    """
    low = scan.sentence(number.first)[0]
    closing = number.stop >= len(scan.words) or scan.gap(number.stop).lstrip('"')[:1] in _CLOSING
    if not closing or _bound(scan, number) is None:
        return None
    before = scan.within("unit", low, number.first) or scan.within(
        "unit", scan.sentence(low - 1)[0] if low else low, low
    )
    return before[-1].entry.value if before else None


def _bound(scan: Scan, number: _Number) -> Hit | None:
    """The bound word directly before a number."""
    for h in scan.within("bound", max(0, number.first - 6), number.first):
        if h.stop == number.first and scan.gap(number.first) in (" ", "\n", "'"):
            return h
    return None


def _numbers(scan: Scan, taken: set[int], english: bool) -> list[_Number]:
    """Numbers in the order of the text."""
    made: list[_Number] = []
    words = {h.first: h for h in scan.hits("number")}
    starts = sorted({i for i, w in enumerate(scan.words) if w[0].isdigit()} | words.keys())
    reached = 0
    for i in starts:
        if i < reached or i in taken:
            continue
        number = (
            _figures(scan, i, words, english)
            if scan.words[i][0].isdigit()
            else _spelt(i, words, scan)
        )
        if number is not None:
            reached = number.stop
            if not _label(scan, number):
                made.append(number)
    return made


def _figures(scan: Scan, i: int, words: dict[int, Hit], english: bool) -> _Number | None:
    """``5,000``, ``1 500``, ``5.000`` (5000, in English 5), ``5.5``, ``2 thousand``."""
    digits, stop = scan.words[i], i + 1
    if len(digits) > _LONGEST or scan.gap(i) in ("", "/", ":", "№") or not digits.isdecimal():
        return None
    if scan.gap(i).endswith(("$", "€", "£", "#", "№", "-")) and scan.gap(i) != " - ":
        return None
    while (
        len(scan.word(stop)) == 3 and scan.word(stop).isdecimal() and len(digits) < _LONGEST
        and len(scan.words[i]) <= 3 and _thousands(scan.gap(stop), english)
    ):  # fmt: skip
        digits += scan.words[stop]
        stop += 1
    value = float(digits)
    if scan.gap(stop) in (".", ",") and scan.word(stop).isdecimal() and len(scan.word(stop)) <= 3:
        value = float(f"{digits}.{scan.words[stop]}")
        stop += 1
    if scan.gap(stop) in ("/", ":", "%", " %") or scan.gap(stop).startswith(("%", " %", ":")):
        return None
    if scan.gap(stop) == "" and not _glued(scan, stop):
        return None
    scale = words.get(stop)
    if scale is not None and scan.gap(stop) in _BLANKS and float(scale.entry.value) >= 1000:
        return _Number(i, scale.stop, value * float(scale.entry.value))
    return _Number(i, stop, value)


def _thousands(gap: str, english: bool) -> bool:
    return gap in (",", " ", "'") or (gap == "." and not english)


def _glued(scan: Scan, at: int) -> bool:
    """True if what is glued to a figure is its measure (``200km``)."""
    return any(
        h.first == at and h.entry.value in _MEASURES for h in scan.within("unit", at, at + 1)
    )


def _spelt(i: int, words: dict[int, Hit], scan: Scan) -> _Number | None:
    """``five``, ``two dozen``, ``twenty-five``, ``five thousand``, ``one hundred and twenty``."""
    total, part, at, largest = 0.0, 0.0, i, 10.0**7
    while (hit := words.get(at)) is not None and scan.sentence(at) == scan.sentence(i):
        if at > i and scan.gap(at) not in (" ", "-", "\n"):
            break
        value = float(hit.entry.value)
        if value >= 100 and at > i and part:
            part *= value
            if value >= 1000:
                total, part, largest = total + part, 0.0, value
        elif at == i or value < _room(part or largest):
            part += value
        else:
            break
        at = hit.stop
        if scan.word(at) in ("and", "y", "et") and at + 1 in words and part >= 30:
            follows = float(words[at + 1].entry.value)
            if follows < 100 and follows < part:
                at += 1
    return _Number(i, at, total + part) if at > i else None


def _room(part: float) -> float:
    """What may be added to a number in words: units to tens, tens to hundreds."""
    if part in _TENS:
        return 10
    return 100 if part >= 100 else 0


def _label(scan: Scan, number: _Number) -> bool:
    """True for numbers that name (``Article 5``) and for ordinals."""
    before, following = scan.word(number.first - 1), scan.word(number.stop)
    if number.value == 1 and before in ("ни", "not", "жодна", "жоден", "no", "ni", "any"):
        return True
    if number.value == 1 and number.stop == number.first + 1 and (
        following in ("of", "из", "з", "із", "de", "des") or before in _NO_ONE
    ):  # fmt: skip
        return True
    if before in _LABELS and scan.gap(number.first) in (" ", ". ", "."):
        return not (before == "no" and scan.gap(number.first) == " ")
    return following in ("percent", "per", "dollars", "euros", "рублей", "долларов", "pour")


def _unit(scan: Scan, number: _Number, named: dict[int, Mention], taken: set[int]) -> str | None:
    """What is counted: the last of the first row of counted nouns behind the number."""
    stop = min(number.stop + _FAR, scan.sentence(number.first)[1])
    if number.stop not in named and scan.within("duration", number.stop, number.stop + 1):
        return None
    for at in range(number.stop, stop):
        gap = scan.gap(at)
        if gap not in _GLUE:
            break
        if at in named:
            continue
        if scan.word(at) in _BREAKS and (at > number.stop or scan.word(at) not in _OVER):
            break
        hits = [h for h in scan.within("unit", at, at + 1) if at not in taken]
        if hits:
            return _head(scan, hits[0], number)
        if at in taken:
            break
    return _named(scan, number, named)


_CLOSING = frozenset(".,;:)!?\n")
_GLUE = frozenset((" ", "-", "", "\n", ' "', '" ', "/", "'", '"'))


def _head(scan: Scan, hit: Hit, number: _Number) -> str | None:
    """Of nouns in a row the last is counted: ``three radar operators`` are persons."""
    while True:
        following = [
            h for h in scan.within("unit", hit.stop, hit.stop + 1)
            if h.first == hit.stop and scan.gap(hit.stop) in (" ", "-", "\n")
        ]  # fmt: skip
        if not following or hit.entry.value in _MEASURES:
            break
        hit = following[0]
    unit = hit.entry.value
    if unit in ("t", "m") and len(scan.word(hit.first)) == 1 and not scan.raw(hit.first).islower():
        return None
    if unit == "people":
        low, high = scan.sentence(number.first)
        return "persons" if scan.within("aircraft", low, high) else None
    if unit in _MEASURES or number.stop <= hit.first:
        return unit
    return None


def _named(scan: Scan, number: _Number, named: dict[int, Mention]) -> str | None:
    """The name of a system or aircraft directly behind the number: ``six Pantsir-S1``."""
    m = named.get(number.stop)
    beside = m is not None and scan.gap(m.first) in (" ", "\n", ' "')
    return str(m.value) if m is not None and beside and m.first == number.stop else None


def _joined(scan: Scan, a: _Number, b: _Number) -> bool:
    """True for both ends of a range: ``40 to 50 launchers``, ``two or three``."""
    between = [scan.word(i) for i in range(a.stop, b.first)]
    if not between:
        return scan.gap(b.first).strip() == "-"
    return len(between) == 1 and between[0] in _CROSS


def _count(scan: Scan, number: _Number, unit: str) -> Mention:
    """The count with the bound word before it in its span."""
    first, bound = number.first, "exact"
    if (word := _bound(scan, number)) is not None:
        first, bound = word.first, word.entry.value
    kind: Bound = bound  # type: ignore[assignment]
    value: float = int(number.value) if number.value == int(number.value) else number.value
    return mention(scan, "count", first, number.stop, value, "count: number of a counted noun",
                   bound=kind, unit=unit)  # fmt: skip
