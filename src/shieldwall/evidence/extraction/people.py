"""Speakers and operators: noun phrases by the verbs of saying and by the words for forces."""

from __future__ import annotations

from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, apart, mention
from shieldwall.evidence.extraction.scan import Hit, Scan
from shieldwall.evidence.extraction.theme import Theme

_HELPING = words("people", "helping")
_SMALL = words("people", "small")
_WHO = ("organisation", "group", "armed", "capital", "country", "states")
_WIDEST = 4
_ARTICLES = words("people", "articles")
_NO_NAMES = (
    "organisation", "group", "capital", "country", "airdefence", "military", "demonym", "month",
    "weekday", "armed", "city",
)  # fmt: skip


def speakers(scan: Scan, theme: Theme, named: bool) -> list[Mention]:
    """Who said, reported, confirmed or refused to say something."""
    if theme.elsewhere or not (named or theme.clear):
        return []
    found: list[Mention] = []
    for h in scan.hits("speech"):
        closing = scan.gap(h.first).strip(' "').startswith(",") or '"' in scan.gap(h.first)
        found += (
            (_inverted(scan, h.stop) if closing else [])
            or _subject(scan, h)
            or _inverted(scan, h.stop)
        )
    for h in scan.hits("cue"):
        if h.entry.value == "declined to comment" or h.entry.row["scope"] == "forward":
            found += _subject(scan, h)
        elif h.entry.value == "reported" and h.entry.row["scope"] == "sentence":
            found += _inverted(scan, h.stop)
    return apart(found + _words_of(scan))


def _words_of(scan: Scan) -> list[Mention]:
    """Whose words are spoken of: ``Sergey Lavrov's latest statements``."""
    made = []
    for i, word in enumerate(scan.words):
        if word in _WORDS:
            owner = next(
                (k for k in (i - 1, i - 2) if scan.word(k) == "s" and scan.gap(k) == "'"), None
            )
            if owner is not None:
                made += _phrase(scan, scan.sentence(i)[0], owner, "speaker: whose words")
    return made


_WORDS = words("people", "words")


def _subject(scan: Scan, h: Hit) -> list[Mention]:
    """The phrase that ends before the verb, helping verbs passed over."""
    low, at = scan.sentence(h.first)[0], h.first - 1
    while at >= low and scan.word(at) in _HELPING and h.first - at < 6:
        at -= 1
    if ")" in scan.gap(at + 1):
        while at > low and "(" not in scan.gap(at + 1 - 1):
            at -= 1
        at -= 1
    if at < low or scan.gap(at + 1).strip(' \n"(') not in ("", ","):
        return []
    return _phrase(scan, low, at + 1, "speaker: before a verb of saying")


def _phrase(scan: Scan, low: int, stop: int, why: str) -> list[Mention]:
    for room in ("organisation", "armed"):
        for h in scan.within(room, max(low, stop - 5), stop):
            if h.stop == stop and scan.capital(h.first):
                return [mention(scan, "speaker", h.first, stop, None, why)]
    named = _name(scan, low, stop)
    if named is not None and any(
        h.stop == named and h.entry.value == "strong"
        for h in scan.within("locative", max(low, named - 3), named)
    ):
        return []
    if named is not None:
        return [mention(scan, "speaker", named, stop, _value(scan, named, stop), why)]
    for room in _WHO:
        for h in scan.within(room, max(low, stop - 5), stop):
            if not _reaches(scan, h, stop) or not (room in _OFFICES or scan.capital(h.first)):
                continue
            first = _noun(scan, low, h.first) if room == "group" else h.first
            if room in _LANDS:
                if room == "states" and not scan.raw(h.first).isupper():
                    continue
                if (at := _placed(scan, low, h.first)) is not None:
                    return _settled(scan, low, at, stop, why)
            return [mention(scan, "speaker", first, stop, _value(scan, first, stop), why)]
    return []


_LANDS = ("capital", "country", "states")


def _noun(scan: Scan, low: int, first: int) -> int:
    """The noun phrase: adjectives and the article with it."""
    first = _widen(scan, low, first)
    article = scan.word(first - 1) in _DETERMINERS and scan.gap(first) in (" ", "'", "\n")
    return first - 1 if article and first > low else first


_DETERMINERS = words("people", "determiners")


def _placed(scan: Scan, low: int, first: int) -> int | None:
    """The preposition before a country or capital that is no subject: ``in``, ``of``."""
    at = first - 1
    while at > low and scan.word(at) in ("the", "la", "el", "les", "l"):
        at -= 1
    if at < low or scan.gap(at + 1) not in (" ", "\n", "'") or scan.word(at) in _BOTH:
        return None
    placing = any(h.stop == at + 1 for h in scan.within("locative", at - 2, at + 1))
    return at if placing or scan.word(at) in _OF else None


_BOTH = frozenset(("and", "or", "y", "e", "et", "и", "та", "і", "й"))


def _settled(scan: Scan, low: int, at: int, stop: int, why: str) -> list[Mention]:
    """Those who are somewhere: ``witnesses in Damascus``; the place alone says nothing."""
    for h in scan.within("group", max(low, at - 3), at):
        if h.stop == at:
            return [mention(scan, "speaker", _noun(scan, low, h.first), stop, None, why)]
    return []


def _reaches(scan: Scan, h: Hit, stop: int) -> bool:
    """True if a noun ends at ``stop``, or an adjective or a genitive stands between.

    ``fuentes militares``, ``portavoz del ejército``, ``officials of the ministry``.
    """
    if h.stop == stop:
        return True
    tail = range(h.stop, stop)
    close = all(scan.gap(i) in (" ", "'", "\n") for i in (*tail,)) and scan.gap(stop)[:1] != ","
    if h.entry.room not in _OFFICES or not close or len(tail) > 3:
        return False
    linked = scan.word(h.stop) in _OF
    return (linked and len(tail) >= 2) or (len(tail) == 1 and scan.word(h.stop) not in _SMALL)


_OFFICES = ("organisation", "group")
_OF = frozenset(("of", "de", "del", "du", "des", "d"))


def _value(scan: Scan, first: int, stop: int) -> str | None:
    """A capital, country or office by its usual name; else the words themselves."""
    for room in ("capital", "country", "states"):
        for h in scan.within(room, first, first + 1):
            if h.stop == stop:
                return h.entry.value
    return None


def _name(scan: Scan, low: int, stop: int) -> int | None:
    """Where a person's name of two or three capitalised words begins that ends at ``stop``."""
    at = stop
    while (
        at > low
        and stop - at < 4
        and scan.capital(at - 1)
        and (at == stop or scan.gap(at) in (" ", "-"))
    ):
        if scan.word(at - 1) in _SMALL or not scan.raw(at - 1)[1:].islower():
            break
        at -= 1
    while at < stop and scan.within("title", at, at + 1):
        at += 1
    plain = not any(scan.within(r, at, stop) for r in _NO_NAMES)
    return (
        at
        if plain and (stop - at >= 2 or (stop - at == 1 and at > low and len(scan.word(at)) > 3))
        else None
    )


def _widen(scan: Scan, low: int, first: int) -> int:
    """The noun with what stands before it: ``Various OSINT specialists``."""
    start = first
    while (
        start > low and first - start < _WIDEST and scan.gap(start) in (" ", "-")
        and scan.word(start - 1) not in _SMALL
        and not scan.within("speech", start - 1, start) and not scan.within("cue", start - 1, start)
    ):  # fmt: skip
        start -= 1
    if scan.word(start) == "s" and scan.gap(start) == "'":
        start += 1
    for h in scan.within("states", start - 2, start):
        if h.stop == start and scan.gap(start).strip(".") == " ":
            start = h.first
    if scan.word(start - 1) in ("and", "or"):
        for h in scan.within("group", start - 2, start - 1):
            if h.stop == start - 1:
                return _widen(scan, low, h.first)
    return start


def _inverted(scan: Scan, at: int) -> list[Mention]:
    """The phrase behind ``according to``, ``said``, ``según``, ``по данным``."""
    low = at
    if scan.gap(at).strip(' \n"'):
        return []
    while scan.word(at) in _ARTICLES and at < low + 2:
        at += 1
    if at >= len(scan.words) or scan.word(at) in ("that", "que", "что", "що"):
        return []
    if any(h.stop > at for h in scan.within("locative", at, at + 1)):
        return []
    stop = at
    while (
        stop < at + 4
        and scan.capital(stop)
        and scan.raw(stop)[1:].islower()
        and (stop == at or scan.gap(stop) in (" ", "-"))
    ):
        stop += 1
    why = "speaker: behind an attribution"
    for end in range(min(at + 5, scan.sentence(at)[1]), at, -1):
        if any(scan.gap(i) not in (" ", "-", "\n", "'") for i in range(at + 1, end)):
            continue
        for room in _WHO:
            for h in scan.within(room, at, end):
                if room == "states" and not scan.raw(h.first).isupper():
                    continue
                if h.stop == end and not any(scan.word(i) in _SMALL for i in range(at, h.first)):
                    last = _genitive(scan, end) if room in _OFFICES else end
                    first = _noun(scan, low, at) if room == "group" else at
                    return [mention(scan, "speaker", first, last, _value(scan, first, last), why)]
    if stop - at >= 2 and _name(scan, at, stop) is not None:
        return [mention(scan, "speaker", _name(scan, at, stop) or at, stop, None, why)]
    return []


def _genitive(scan: Scan, end: int) -> int:
    """Where a noun ends with what it is of: ``ministère de la Défense``."""
    at = end
    while scan.word(at) in _OF | {"la", "the", "el", "los", "las", "l"} and scan.gap(at) == " ":
        at += 1
    free = at > end and scan.word(at) not in _SMALL and scan.gap(at) in (" ", "'")
    return at + 1 if free else end


def operators(scan: Scan, theme: Theme, named: bool) -> list[Mention]:
    """Who operates, commands or holds: forces with their country, and bodies known by name."""
    if theme.elsewhere or not (named or theme.clear):
        return []
    found = [
        mention(scan, "operator", h.first, h.stop, None, "operator: body by name")
        for h in scan.hits("armed") if scan.capital(h.first)
    ]  # fmt: skip
    for h in scan.hits("force"):
        low, high = scan.sentence(h.first)
        if (
            any(f.first == h.stop for f in scan.within("force", h.stop, h.stop + 1))
            and scan.gap(h.stop) == " "
        ):
            continue
        if (
            scan.word(h.stop - 1) == "military"
            and scan.gap(h.stop) == " "
            and not _verbal(scan, h.stop)
        ):
            continue
        owner = scan.within("demonym", max(low, h.first - 3), h.first)
        behind = scan.within("demonym", h.stop, h.stop + 1)
        if owner and _near(scan, owner[0], h):
            found.append(
                mention(
                    scan, "operator", owner[0].first, h.stop, None, "operator: force of a country"
                )
            )
        elif behind and scan.gap(h.stop) == " ":
            found.append(
                mention(
                    scan, "operator", h.first, behind[0].stop, None, "operator: force of a country"
                )
            )
        elif "contractor" in scan.word(h.stop - 1) and any(
            w.startswith("operat") for w in scan.words[low:high]
        ):
            found.append(mention(scan, "operator", h.first, h.stop, None, "operator: contractors"))
    return apart(found)


def _near(scan: Scan, owner: Hit, h: Hit) -> bool:
    between = range(owner.stop, h.first + 1)
    return all(scan.gap(i) in (" ", "-", "\n", "'") for i in between) and not any(
        scan.word(i) in _SMALL for i in range(owner.stop, h.first)
    )


def _verbal(scan: Scan, at: int) -> bool:
    word = scan.word(at)
    return word in _HELPING or word in _SMALL or bool(scan.within("cue", at, at + 1))
