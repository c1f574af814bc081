"""Sites: airfields by a name and a type word, buildings by their tenant, codes in brackets."""

from __future__ import annotations

from dataclasses import replace

from shieldwall.evidence.extraction.folding import unmarked
from shieldwall.evidence.extraction.gazetteer import airfields
from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, apart, mention
from shieldwall.evidence.extraction.scan import Hit, Scan

BY_NAME = "place: airfield by name"
_LONGEST = 7
_LINKS = frozenset((" ", "-", "\n", "'", ' "', '" '))
"""What may stand between the words of one name."""
_INNER = words("sites", "inner")
_LEADING = words("sites", "leading")
_BRIDGE = words("sites", "bridge")
_HOUSING = words("sites", "housing")
_ROOFS = words("sites", "roofs")
_MAIN = frozenset(("main", "former", "central", "principal"))


def sites(scan: Scan) -> list[Mention]:
    """Airfields, buildings and airport codes of the text, none overlapping."""
    found = [m for hit in scan.hits("site") if (m := _airfield(scan, hit)) is not None]
    found += [m for hit in scan.hits("building") if (m := _building(scan, hit)) is not None]
    found += _roofs(scan)
    return apart(found)


def _airfield(scan: Scan, hit: Hit) -> Mention | None:
    """A name before the type word (English), or behind it (the other languages)."""
    first = _back(scan, hit.first)
    stop = hit.stop
    if first == hit.first or not scan.word(first).isascii():
        ahead = _ahead(scan, hit.stop, _BRIDGE)
        if ahead is None:
            if first == hit.first:
                return None
        else:
            first, stop = hit.first, ahead
    start, end = scan.span(first, stop)
    text = unmarked(scan.text[start:end])
    code = airfields().named(text)
    value = None
    if not scan.word(hit.first).isascii():
        names = [
            h
            for room in ("city", "doubtful", "capital", "region")
            for h in scan.within(room, first, stop)
        ]
        if names:
            value = f"{names[0].entry.value} {_ENGLISH.get(scan.word(hit.first)[:4], '')}".strip()
            code = code or airfields().named(value)
    return mention(scan, "place", first, stop, value, BY_NAME, id=code)


_ENGLISH = {
    "аэро": "airport",
    "аеро": "airport",
    "авиа": "air base",
    "авіа": "air base",
    "поли": "range",
}


def _back(scan: Scan, first: int) -> int:
    """The first of the capitalised words that end before word ``first``."""
    low, at, best = scan.sentence(first)[0], first - 1, first
    while at >= max(low, first - _LONGEST) and scan.gap(at + 1) in _LINKS:
        word = scan.word(at)
        if ((scan.capital(at) or (word.isdigit() and best < first)) and word not in _LEADING) or (
            scan.capital(at) and word in _INNER and at > low
        ):
            best = at
        elif (word not in _INNER and word != "s") or (
            word == "of" and scan.word(at - 1) not in _HEADS
        ):
            break
        at -= 1
    while best < first and (
        scan.word(best) in _LEADING - {"el", "la", "los", "las"} or _adjective(scan, best)
    ):
        best += 1
    if best < first and scan.word(best - 1) in _INNER and scan.gap(best) == "-" and best > low:
        best -= 1
    return best if any(scan.capital(i) for i in range(best, first)) else first


_HEADS = frozenset(("isle", "port", "bay", "university", "city", "republic", "duke"))
"""Words whose name goes on behind ``of``; else ``of`` leads to the site: ``imagery of Ayni``."""


def _adjective(scan: Scan, at: int) -> bool:
    return bool(scan.within("demonym", at, at + 1) or scan.within("states", at, at + 1))


def _ahead(scan: Scan, stop: int, bridge: frozenset[str]) -> int | None:
    """The end of the capitalised words that follow word ``stop - 1``, small words between."""
    high, at, best = scan.sentence(stop - 1)[1], stop, None
    while at < min(high, stop + _LONGEST) and scan.gap(at) in _LINKS:
        if (scan.capital(at) and not (best is None and scan.word(at) in _LEADING)) or (
            scan.word(at).isdigit() and best == at and scan.gap(at) == "-"
        ):
            best = at + 1
        elif scan.word(at) not in (bridge if best is None else _INNER):
            break
        at += 1
    return best


def _building(scan: Scan, hit: Hit) -> Mention | None:
    """``main Defense building``, ``building housing the X``, ``здание Минобороны``."""
    if scan.word(hit.first) in ("building", "headquarters"):
        first = _back(scan, hit.first)
        if first < hit.first:
            if scan.word(first - 1) in _MAIN and scan.gap(first) == " ":
                first -= 1
            return mention(scan, "place", first, hit.stop, None, "place: building by name")
    following = scan.word(hit.stop)
    if following not in _HOUSING and scan.word(hit.first).isascii():
        return None
    stop = _tenant(scan, hit.stop)
    if stop is None:
        return None
    return mention(scan, "place", hit.first, stop, None, "place: building by its tenant")


def _tenant(scan: Scan, at: int) -> int | None:
    """Where the name of an office ends that begins behind a few small words."""
    for i in range(at, at + 4):
        for h in scan.within("organisation", i, i + 1):
            return h.stop
    return _ahead(scan, at, _HOUSING)


def _roofs(scan: Scan) -> list[Mention]:
    """The office whose roof is named: ``roof of the Interior Ministry``."""
    made = []
    for i, word in enumerate(scan.words):
        if word not in _ROOFS:
            continue
        at = i + 1
        while scan.word(at) in ("of", "the", "del", "de", "la", "du", "le", "l") and at < i + 4:
            at += 1
        if at == i + 1 and word.isascii():
            continue
        org = [h.stop for h in scan.within("organisation", at, at + 1)]
        stop = org[0] if org else _ahead(scan, at, frozenset())
        ministry = any(
            "minist" in scan.word(k) or "department" in scan.word(k) for k in range(at, stop or at)
        )
        if stop is not None and (org or ministry):
            made.append(mention(scan, "place", at, stop, None, "place: roof of an office"))
    return made


def coded(scan: Scan, found: list[Mention]) -> list[Mention]:
    """Places, and the ICAO or IATA codes in brackets behind them, which give airfields their id."""
    codes = _codes(scan, {m.stop for m in found})
    by_first = {c.first: c.id for c in codes}
    made = [replace(m, id=by_first.get(m.stop, m.id)) if m.why == BY_NAME else m for m in found]
    return made + codes


def _codes(scan: Scan, behind: set[int]) -> list[Mention]:
    made = []
    for i in sorted(behind):
        raw = scan.raw(i)
        opened = scan.gap(i) in (" (", "(", "\n(", " [")
        if opened and raw.isupper() and scan.gap(i + 1)[:1] in (")", "]", ",", "/"):
            icao = raw if raw in airfields().codes else None
            if icao is None and len(raw) == 3:
                icao = airfields().by_iata.get(raw)
            if icao is not None:
                made.append(mention(scan, "place", i, i + 1, raw, "place: airport code", id=icao))
    return made
