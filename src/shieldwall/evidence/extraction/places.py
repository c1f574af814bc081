"""Places: countries, cities, regions and sites, and capitals only where they are places."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from shieldwall.case.records import Place
from shieldwall.evidence.extraction.gazetteer import core
from shieldwall.evidence.extraction.lexicon import Entry, Lexicon, words
from shieldwall.evidence.extraction.mention import Mention, covered, mention
from shieldwall.evidence.extraction.scan import Hit, Scan, find
from shieldwall.evidence.extraction.sites import coded
from shieldwall.evidence.extraction.theme import Theme
from shieldwall.evidence.extraction.towns import AND, ROOMS, lands, towns

_ARTICLES = words("places", "articles")
_COMPOUND = words("places", "compound")
_SIDES = frozenset(("pro", "anti", "про", "анти"))
_STANDS = words("places", "stands")
_MOVING = 8
"""Words either side in which a word of moving makes a place of a capital."""
_NO_GIVEN_NAMES = (
    "demonym", "kindof", "month", "weekday", "military", "airdefence", "site", "unit",
)  # fmt: skip


def places(
    scan: Scan,
    theme: Theme,
    sited: list[Mention],
    named: list[Mention],
    dated: list[Mention],
    own: tuple[Place, ...],
) -> list[Mention]:
    """Every place; in a text that is not about the military only behind a word of place.

    ``named`` are the systems, components and aircraft found, ``dated`` the times.
    """
    if theme.elsewhere:
        return []
    taken = covered(named) | covered(dated) | covered(sited)
    military = bool(named) or theme.clear
    sited = [*sited, *(lands(scan, taken) if military else [])]
    taken |= covered(sited)
    hits = [(room, h) for room in ROOMS for h in scan.hits(room) if h.first not in taken]
    hits.sort(key=lambda rh: (rh[1].first, -rh[1].stop))
    made, reached, strict = list(sited), 0, theme.military < 2 and not named
    accepted: set[int] = set()
    for room, hit in hits:
        if hit.first < reached or not _cased(scan, hit):
            continue
        if _compound(scan, hit) or _tenanted(scan, hit):
            continue
        if _is_place(scan, room, hit, strict, accepted):
            why = f"place: {room}" if room != "states" else "place: country"
            made.append(mention(scan, "place", hit.first, hit.stop, hit.entry.value, why))
            reached = hit.stop
            accepted.add(hit.stop)
    made += _own(scan, own, taken | covered(made))
    made += towns(scan, military, taken | covered(made), made)
    return [_resolved(scan, m, own) for m in coded(scan, made)]


def _tenanted(scan: Scan, hit: Hit) -> bool:
    """True for the country in an office's name: ``Минобороны РФ``, ``Ministry of ... of X``."""
    at = hit.first
    while (
        scan.word(at - 1) in ("of", "de", "du", "la", "the", "del", "d", "l") and at > hit.first - 3
    ):
        at -= 1
    if scan.gap(at) not in (" ", "\n") or (at == hit.first and scan.word(at).isascii()):
        return False
    return any(
        h.stop == at for room in ("organisation", "armed") for h in scan.within(room, at - 6, at)
    )


def _cased(scan: Scan, hit: Hit) -> bool:
    return scan.capital(hit.first) and (
        not hit.entry.written.isupper()
        or scan.raw(hit.first).isupper()
        or len(hit.entry.written) > 4
    )


def _compound(scan: Scan, hit: Hit) -> bool:
    """True for ``Russia-backed``, ``pro-Moscow``, and a word with more letters glued to it."""
    if scan.gap(hit.first) == "-" and scan.word(hit.first - 1) in _SIDES:
        return True
    gap = scan.gap(hit.stop)
    return (gap == "-" and scan.word(hit.stop) in _COMPOUND) or gap == ""


def _is_place(scan: Scan, room: str, hit: Hit, strict: bool, accepted: set[int]) -> bool:
    if room == "capital":
        return _located(scan, hit, accepted)
    if room == "states":
        return _stands_alone(scan, hit)
    if room == "doubtful" or strict:
        return _strong(scan, hit) and not _surname(scan, hit)
    if room == "city":
        return not _surname(scan, hit)
    return True


def _stands_alone(scan: Scan, hit: Hit) -> bool:
    """True where ``US`` is a noun: before a verb, a preposition, a mark, or in ``US-Venezuela``."""
    gap = scan.gap(hit.stop)
    if not scan.raw(hit.first).isupper():
        return False
    if gap == "-":
        return bool(scan.within("country", hit.stop, hit.stop + 1))
    bare = gap.strip(". ")
    return (bool(bare) and bare != "-") or scan.word(hit.stop) in _STANDS or not scan.word(hit.stop)


def _before(scan: Scan, hit: Hit) -> int:
    """The word before a place, articles passed over."""
    at = hit.first - 1
    low = scan.sentence(hit.first)[0]
    while at > low and scan.word(at) in _ARTICLES and scan.gap(at + 1) in (" ", "'", "\n"):
        if scan.within("locative", at, at + 1) and scan.word(at) not in ("the", "central"):
            break
        at -= 1
    return at if at >= low else -1


def _strong(scan: Scan, hit: Hit) -> bool:
    at = _before(scan, hit)
    if _article(scan, at):
        return False
    return at >= 0 and any(
        h.entry.value == "strong" and h.stop == at + 1
        for h in scan.within("locative", at - 2, at + 1)
    )


def _article(scan: Scan, at: int) -> bool:
    """True for the English and Spanish ``a``, which folds like the French ``à``."""
    return scan.word(at) == "a" and scan.raw(at) not in ("à", "À")


def _located(scan: Scan, hit: Hit, accepted: set[int]) -> bool:
    """True where a capital is where something lies, lands, is hit or is reached."""
    if scan.gap(hit.first) == "-" or scan.gap(hit.stop) == "-":
        return False
    if _speaks(scan, hit):
        return False
    if _strong(scan, hit):
        return scan.word(hit.stop) not in ("leaders", "officials", "circles", "policy")
    following = hit.stop + (1 if scan.word(hit.stop) == "s" else 0)
    if scan.within("structure", following, following + 1):
        return True
    if following > hit.stop:
        return False
    at = _before(scan, hit)
    if at < 0:
        return False
    if any(h.stop == at + 1 for h in scan.within("reaching", at, at + 1)):
        return True
    if hit.first in accepted and scan.gap(hit.first) == ", ":
        return scan.word(hit.stop) in AND or scan.gap(hit.stop) == ", "
    if scan.word(at) in AND and at in accepted:
        return "," not in scan.gap(at) and not any(
            scan.within(room, hit.stop, hit.stop + 2) for room in ("speech", "cue")
        )
    if scan.word(at)[:1] > "z" and any(
        scan.within(room, at, at + 1) for room in ("structure", "moving")
    ):
        return True
    weak = any(h.stop == at + 1 for h in scan.within("locative", at - 1, at + 1))
    low, high = scan.sentence(hit.first)
    low, high = max(low, hit.first - _MOVING), min(high, hit.stop + _MOVING)
    return weak and scan.word(at) not in AND and bool(scan.within("moving", low, high))


def _speaks(scan: Scan, hit: Hit) -> bool:
    """True for ``в Кремле заявили``, ``у Пентагоні відмовилися``: they speak there."""
    if scan.word(hit.first).isascii() or scan.gap(hit.stop) != " ":
        return False
    refusals = scan.within("cue", hit.stop, hit.stop + 1)
    said = bool(scan.within("speech", hit.stop, hit.stop + 1))
    return said or any(h.entry.value in _REFUSING for h in refusals)


_REFUSING = frozenset(("declined to comment", "denied", "not confirmed"))


def _surname(scan: Scan, hit: Hit) -> bool:
    """True between capitalised words that make a person's or a firm's name of it."""
    before, raw = scan.word(hit.first - 1), scan.raw(hit.first - 1)
    low, high = scan.sentence(hit.first)
    title = scan.within("title", hit.first - 1, hit.first)
    given = (
        hit.first - 1 > low and raw[:1].isupper() and raw[1:].islower() and len(raw) > 2
        and scan.gap(hit.first) == " " and not title and before not in _ARTICLES
        and not any(h.stop == hit.first for r in _NO_GIVEN_NAMES
                    for h in scan.within(r, hit.first - 3, hit.first))
        and not scan.within("locative", hit.first - 1, hit.first)
    )  # fmt: skip
    following = scan.raw(hit.stop)
    family = (
        hit.stop < high and following[:1].isupper() and following[1:].islower()
        and scan.gap(hit.stop) == " " and following.casefold() in ("fc", "united", "city", "club")
    )  # fmt: skip
    return given or family


def _own(scan: Scan, own: tuple[Place, ...], taken: set[int]) -> list[Mention]:
    """The case's places by the names it gives them."""
    if not own:
        return []
    made, reached = [], 0
    for hit in find(scan, _own_lexicon(tuple((p.id, p.name) for p in own))).get("own", []):
        if any(scan.within(room, hit.first, hit.first + 1) for room in ROOMS):
            continue
        free = not taken & set(range(hit.first, hit.stop))
        if free and hit.first >= reached and scan.capital(hit.first):
            made.append(mention(scan, "place", hit.first, hit.stop, hit.entry.row["name"],
                                "place: of the case", id=hit.entry.value))  # fmt: skip
            reached = hit.stop
    return made


@lru_cache(maxsize=8)
def _own_lexicon(names: tuple[tuple[str, str], ...]) -> Lexicon:
    return Lexicon(
        Entry("own", id, {"name": head(name)}, head(name))
        for id, name in names
        if head(name)[:1].isupper() and "between" not in name and len(head(name)) > 3
    )


def head(name: str) -> str:
    """A place's name without what explains it: ``Moscow`` of ``Moscow (Kremlin)``."""
    return name.split("(", maxsplit=1)[0].split(",", maxsplit=1)[0].strip()


def _resolved(scan: Scan, m: Mention, own: tuple[Place, ...]) -> Mention:
    """The mention with the case's id where the case knows the place by this name."""
    if not own:
        return m
    names = {str(m.value), scan.text[m.start : m.end]}
    keys, cores = {_key(n) for n in names}, {core(n) for n in names} - {""}
    for place in own:
        if _key(head(place.name)) in keys or core(head(place.name)) in cores:
            return replace(m, id=place.id)
    return m


def _key(name: str) -> str:
    return "".join(c for c in name.casefold() if c.isalnum())
