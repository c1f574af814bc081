"""Systems, their components, and aircraft: names from the lexicon, kept or dropped by context."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from shieldwall.evidence.extraction.lexicon import words
from shieldwall.evidence.extraction.mention import Mention, covered, latin, mention
from shieldwall.evidence.extraction.records import ProposalKind
from shieldwall.evidence.extraction.scan import Hit, Scan
from shieldwall.evidence.extraction.theme import Theme, company, off_duty, spoils

_NEAR = 4
"""Words within which a much used name needs a word of air defence."""
_LIST = 7
"""Words within which a system that is sure vouches for a much used name."""
_ROUNDS = words("things", "rounds")
_ROUND_STEMS = ("ракет", "missil", "перехват")
_WEAPONS = words("things", "weapons")
_SIGHT = 60
"""Words either side in which a "context" name looks for a word of air defence: a paragraph."""
_BESIDE_NOUN = 2
"""Words either side in which a launcher, radar or battery alone makes a weapon of such a name."""
_ARMS = 12
"""Words either side in which it looks for a weapon or those who serve one: a sentence."""

Names = Mapping[str, str]
"""Normal name -> catalogue id."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    hit: Hit
    stop: int
    value: str
    level: str
    kind: ProposalKind
    plural: bool


def things(scan: Scan, theme: Theme, names: Names) -> list[Mention]:
    """Every system, designated component and aircraft of the text, in order."""
    if theme.elsewhere:
        return []
    found = [c for room in ("system", "component", "aircraft") for c in _candidates(scan, room)]
    found = _longest(found)
    sure = [c for c in found if c.level == "" or (c.level == "doc" and theme.plain)]
    if sure and theme.against == 0:
        sure += [c for c in found if c.level == "doc" and c not in sure]
    if not theme.plain and not any(c.level == "" for c in sure):
        return []
    taken = list(sure)
    elsewhere = off_duty(scan, theme)
    for level in ("context", "near", "near"):
        kept = {c.hit.first for c in taken}
        known = {str(c.value).split("-")[0] for c in taken}
        for c in found:
            if (
                c.level == level
                and c.hit.first not in kept
                and not elsewhere(c.hit.first)
                and _vouched(scan, c, theme, kept, known)
            ):
                taken.append(c)
    made = [_mention(scan, c, names) for c in taken]
    return sorted([*made, *_registrations(scan)], key=lambda m: (m.first, m.stop))


def _candidates(scan: Scan, room: str) -> list[_Candidate]:
    kind: ProposalKind = room  # type: ignore[assignment]
    return [c for hit in scan.hits(room) if (c := _candidate(scan, hit, kind)) is not None]


def _candidate(scan: Scan, hit: Hit, kind: ProposalKind) -> _Candidate | None:
    """The name with the letters and figures glued behind it, or ``None`` where it is no name."""
    row, written = hit.entry.row, hit.entry.written
    if scan.gap(hit.first) == "" or (written[0].isalpha() and not scan.capital(hit.first)):
        return None
    if row.get("upper") and not scan.raw(hit.first).isupper():
        return None
    raw_first = scan.raw(hit.first)
    spaced = hit.stop - hit.first > 1 and scan.gap(hit.first + 1) in (" ", "\n")
    if spaced and len(raw_first) <= 2 and "-" in written[:4]:
        return None
    stop, suffix = _suffix(scan, hit)
    if stop < 0 or (spoils(scan, hit) and stop == hit.stop):
        return None
    level = str(row.get("level", ""))
    if suffix and any(c.isdigit() for c in suffix + written):
        level = "" if kind == "system" else level
    value = _specific(hit) + suffix
    if kind == "component" and written[0].isdigit():
        value = _designation(scan, hit.first, stop)
    return _Candidate(hit, stop, value, level, kind, False)


def _specific(hit: Hit) -> str:
    """The usual name, or the variant that the lexicon writes in one word: ``HQ-17AE``."""
    return _variant(hit.entry.room, hit.entry.value, hit.entry.written)


@lru_cache(maxsize=4096)
def _variant(room: str, value: str, written: str) -> str:
    own = room != "system" or plain(written).startswith(plain(value))
    return written if own and re.fullmatch(r"[A-Z][A-Za-z]*-\d+[A-Z\d-]*", written) else value


def _suffix(scan: Scan, hit: Hit) -> tuple[int, str]:
    """Where the name ends with what is glued to it, and that; (-1, "") where it is another word."""
    stop, suffix = hit.stop, ""
    last = scan.word(stop - 1)
    for _ in range(4):
        gap, raw = scan.gap(stop), scan.raw(stop)
        if gap == "" and raw:
            if raw in ("s", "х", "й", "е", "м", "ми", "го", "ти") or raw.islower():
                return (stop, suffix) if len(raw) <= 2 else (-1, "")
            if not _is_suffix(raw):
                return -1, ""
        elif gap == "-" and _hyphened(scan, stop, last):
            suffix += "-"
        else:
            break
        suffix += latin(raw)
        last = scan.word(stop)
        stop += 1
    return stop, suffix


def _is_suffix(raw: str) -> bool:
    return (raw.isdigit() and len(raw) <= 3) or (raw.isupper() and len(raw) <= 4)


def _hyphened(scan: Scan, at: int, last: str) -> bool:
    """True if the word behind a hyphen is a variant (``-M4``, ``-100``), not a compound."""
    raw = scan.raw(at)
    if raw.isdigit():
        return len(raw) <= 3 and not (len(last) <= 1 and last.isalpha())
    glued = scan.gap(at + 1) == "" and scan.raw(at + 1).isdigit()
    return raw.isupper() and len(raw) <= 3 and (glued or len(raw) == 1)


def _designation(scan: Scan, first: int, stop: int) -> str:
    """``9С32МЭ`` as ``9S32ME``; a scanner's 5 for S mended: ``9532ME``."""
    start, end = scan.span(first, stop)
    text = re.sub(r"\s", "", latin(scan.text[start:end]))
    return re.sub(r"^95(\d\d[A-Z])", r"9S\1", text)


def _longest(found: list[_Candidate]) -> list[_Candidate]:
    """Of overlapping candidates the longest; ``Strela-10`` before ``Strela``."""
    found = sorted(found, key=lambda c: (c.hit.first, -c.stop))
    kept: list[_Candidate] = []
    for c in found:
        if not kept or c.hit.first >= kept[-1].stop:
            kept.append(c)
    return kept


def _vouched(scan: Scan, c: _Candidate, theme: Theme, vouching: set[int], known: set[str]) -> bool:
    """True if a much used name stands in the company that makes it a weapon.

    ``vouching`` are the first words of the names already kept, ``known`` their families: where a
    text says Shell-S1 once, its Shell is one too.
    """
    first, stop = c.hit.first, c.stop
    if _person(scan, first, stop) or any(
        h.stop == first for h in scan.within("work", first - 2, first)
    ):
        return False
    if c.hit.entry.row.get("radar") and company(scan, first, stop, 3, ("noun",)):
        return True
    if c.level == "near":
        low, high = scan.sentence(first)
        around = range(max(low, first - _LIST), min(high, first + _LIST + 1))
        beside = any(i in vouching for i in around)
        family = c.value in known or (scan.word(stop) in _WEAPONS and theme.military >= 3)
        return theme.military >= 2 and (
            beside or family or company(scan, first, stop, _NEAR, ("airdefence",))
        )
    beside = any(i in vouching for i in range(first - _SIGHT, stop + _SIGHT))
    if theme.against > theme.military:
        return company(scan, first, stop, _NEAR, ("airdefence",))
    anchored = bool(vouching or scan.hits("airdefence")) and theme.military > 2 * theme.against
    noun = company(scan, first, stop, _BESIDE_NOUN, ("noun",)) and theme.military > theme.against
    return (
        beside
        or anchored
        or noun
        or company(scan, first, stop, _SIGHT, ("airdefence",))
        or (
            theme.military >= (2 if theme.against == 0 else 3)
            and company(scan, first, stop, _ARMS, ("arms",))
        )
    )


def _person(scan: Scan, first: int, stop: int) -> bool:
    """True beside a capitalised plain word: a given name, a surname, half of a brand."""
    low, high = scan.sentence(first)
    behind = stop < high and scan.gap(stop) == " " and _unknown(scan, stop)
    before = first > low and scan.gap(first) == " " and _unknown(scan, first - 1)
    return behind or (before and scan.word(first - 1) not in _MAKERS)


def _unknown(scan: Scan, at: int) -> bool:
    """True for a capitalised word that says nothing to a weapon."""
    raw = scan.raw(at)
    plainly = len(raw) >= 3 and raw[0].isupper() and raw[1:].islower()
    if not plainly or scan.word(at) in _BESIDE:
        return False
    return not any(scan.within(room, at, at + 1) for room in _KNOWN)


_MAKERS = words("things", "makers")
_BESIDE = words("things", "beside")
_KNOWN = (
    "airdefence", "military", "arms", "system", "component", "noun", "unit", "country", "month",
    "demonym", "number", "bound", "weekday", "capital", "city", "cue", "speech", "group", "force",
    "organisation", "present", "kindof",
)  # fmt: skip


def _mention(scan: Scan, c: _Candidate, names: Names) -> Mention:
    kind = c.kind
    following = scan.word(c.stop)
    if (
        kind == "system"
        and c.hit.entry.row.get("round")
        and (following in _ROUNDS or following.startswith(_ROUND_STEMS))
    ):
        kind = "component"
    why = {"": "name", "doc": "name in a military text"}.get(c.level, "name in company")
    found = mention(scan, kind, c.hit.first, c.stop, c.value, f"{kind}: {why}",
                    id=names.get(plain(c.value)))  # fmt: skip
    return _singular(found, scan, c.hit)


def _singular(found: Mention, scan: Scan, hit: Hit) -> Mention:
    """Leave the plural ``s`` of a Latin name out of the span."""
    last = scan.word(found.stop - 1)
    raw = scan.text[found.start : found.end]
    written = hit.entry.written.rstrip("|")
    if (
        found.stop == hit.stop and last.isascii() and last.isalpha() and len(last) > 3
        and raw.endswith("s") and not written.casefold().endswith("s")
    ):  # fmt: skip
        return Mention(found.kind, found.first, found.stop, found.start, found.end - 1,
                       found.value, found.why, found.id)  # fmt: skip
    return found


def _registrations(scan: Scan) -> list[Mention]:
    """Registrations such as RA-82035."""
    made = []
    for hit in scan.hits("registration"):
        number = scan.word(hit.stop)
        if (
            scan.raw(hit.first).isupper() and scan.gap(hit.stop) in ("-", "") and number.isdigit()
            and len(number) in (4, 5) and scan.gap(hit.stop + 1) != ""
        ):  # fmt: skip
            value = f"{scan.raw(hit.first)}-{number}"
            made.append(mention(scan, "aircraft", hit.first, hit.stop + 1, value,
                                "aircraft: registration"))  # fmt: skip
    return made


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without case, blanks and punctuation."""
    return re.sub(r"[\W_]", "", name.casefold())


_NOT_PARTS = words("things", "not_parts")


def parts(scan: Scan, theme: Theme, found: list[Mention]) -> list[Mention]:
    """Nouns for components (launcher, radar, battery, command post) of a named system.

    A noun is proposed where its sentence names a system or a designated component, or where it is
    counted and a system was named in the two sentences before.
    """
    owners = sorted(m.first for m in found if m.kind in ("system", "component"))
    if not owners or theme.elsewhere:
        return []
    taken, made = covered(found), []
    for hit in scan.hits("noun"):
        if hit.first in taken or scan.word(hit.stop) in _NOT_PARTS or _idle(scan, hit):
            continue
        low, high = scan.sentence(hit.first)
        here = _any_between(owners, low, high)
        before = scan.sentence(max(0, low - 1))[0] if low else 0
        earlier = scan.sentence(max(0, before - 1))[0] if before else 0
        if not here and not (_counted(scan, hit) and _any_between(owners, earlier, high)):
            continue
        first, stop = _widen(scan, hit, taken)
        value = hit.entry.value
        if value == "radar" and first < hit.first and scan.word(hit.first) in ("radar", "radars"):
            start = scan.span(first, hit.first)[0]
            value = scan.text[start : scan.span(hit.first, stop)[0]] + value
        made.append(mention(scan, "component", first, stop, value, "component: noun of a system"))
    return made


def _any_between(firsts: list[int], low: int, high: int) -> bool:
    return bisect_left(firsts, low) < bisect_left(firsts, high)


def _idle(scan: Scan, hit: Hit) -> bool:
    """True for a short capital abbreviation in small letters, or a part of another word."""
    written = hit.entry.written
    return (written.isupper() and not scan.raw(hit.first).isupper()) or scan.gap(hit.stop) == ""


def _counted(scan: Scan, hit: Hit) -> bool:
    words = [scan.word(i) for i in range(hit.first - 4, hit.first)]
    return any(w.isdigit() for w in words) or bool(scan.within("number", hit.first - 4, hit.first))


def _widen(scan: Scan, hit: Hit, taken: set[int]) -> tuple[int, int]:
    """The noun with the adjectives that say what it is, before it or (Spanish, French) behind."""
    first, stop = hit.first, hit.stop
    while True:
        before = [
            h for h in scan.within("kindof", first - 4, first)
            if h.stop == first and h.first not in taken and scan.gap(first) in (" ", "-", "\n")
        ]  # fmt: skip
        if not before:
            break
        first = min(h.first for h in before)
    for h in scan.within("kindafter", stop, stop + 1):
        if h.first == stop and scan.gap(stop) == " ":
            stop = h.stop
    return first, stop
