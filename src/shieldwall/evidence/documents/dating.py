"""When a report was published: every date on the page, which may be the report's, and the choice.

Places are trusted in the order JSON-LD, meta tag, front matter, byline, address. They must agree
(within a day: servers and readers keep different clocks); where they do not, no date is given and
the disagreement is said. Dates of comments, copyright lines, page clocks and later changes are
listed and never used. Dates inside paragraphs are events, not listed here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import date as Day

from shieldwall.evidence.documents.decode import neutralise
from shieldwall.evidence.documents.furniture import Block
from shieldwall.evidence.documents.printed import dates_in, day
from shieldwall.evidence.documents.records import DateCandidate, DateFinding, Place, Precision

_TRUST: tuple[Place, ...] = (
    "JSON-LD", "meta tag", "front matter", "byline", "URL", "PDF properties", "page",
)  # fmt: skip
_PUBLISHED = re.compile(
    r"\b(?:published|posted|first published|date|publicado|publicada|fecha|publié|mis en ligne|"
    r"date|"
    r"опубликован\w*|дата|опубліковано|data|veröffentlicht|datum|stand|yayın\w*|tarih\w*)\b",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:updated|modified|last (?:edit|change)|revised|accessed|retrieved|actualizado|mis à jour|"
    r"обновлен\w*|изменен\w*|оновлено|atualizado|aktualisiert|güncelle\w*)\b",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"(?:\W{0,3})(?:by|por|par|von|автор(?:ы|и)?:?|текст:|yazan:?|written by|text:)\s+"
    r"(?P<name>[^\W\d_][^|•·\d]{2,80}?)\s*(?:[|•·,–—]|\d|$)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"[^\W\d_a-zа-я][\w .,'’-]{1,60}?[,.]\s|[^\W\d_a-zа-я][\w .'’-]{1,40}?\s?\(")
_FURNISHED_WORDS = re.compile(
    r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:lunes|martes|miércoles|jueves|viernes|"
    r"sábado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|понедельник|вторник|среда|"
    r"четверг|пятница|суббота|воскресенье|понеділок|вівторок|середа|п.ятниця|субота|неділя|segunda|"
    r"terça|quarta|quinta|sexta|feira|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|"
    r"pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|am|pm|utc|gmt|et|est|msk|at|в|o|à|um)\b"
    r"|\d{1,2}[:.h]\d{2}(?::\d{2})?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_PATH_DAY = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/_]?)(\d\d)\2(\d\d)(?!\d)")
_PATH_MONTH = re.compile(r"/((?:19|20)\d\d)/(\d\d)/")


def candidate(printed: str, place: Place, why: str, usable: bool = True) -> list[DateCandidate]:
    """The first date in a value of a tag or property, judged by where it stands."""
    printed = neutralise(printed[:80])[0]
    for found in dates_in(printed):
        usable_here = usable and found.date is not None
        reason = f"{found.text} {found.problem}" if found.problem else why
        return [DateCandidate(printed, place, found.date, found.precision, usable_here, reason)]
    return [DateCandidate(printed, place, None, None, False, "is not a date we can read")]


def in_blocks(blocks: list[Block]) -> list[DateCandidate]:
    """Dates of bylines, datelines and page furniture, in the order of the page."""
    found: list[DateCandidate] = []
    prose_seen = 0
    for index, block in enumerate(blocks):
        line = block.text
        if block.prose and block.reason is None:
            prose_seen += 1
            if prose_seen == 1:
                found += _dateline(line)
        elif len(line) <= 200 and _DIGIT.search(line):
            found += _from_line(block, index, prose_seen)
    return found[:200]


def in_address(address: str) -> list[DateCandidate]:
    """A date in an address, written year first as archives do."""
    match = _PATH_DAY.search(address)
    if match:
        date = day(int(match[1]), int(match[3]), int(match[4]))
        if date is not None:
            return [DateCandidate(match[0], "URL", date, "day", True, "stands in the address")]
    match = _PATH_MONTH.search(address)
    month = day(int(match[1]), int(match[2]), 1) if match else None
    if match and month is not None:
        return [DateCandidate(match[0], "URL", month, "month", True, "stands in the address")]
    return []


def choose(candidates: list[DateCandidate], retrieved: datetime | None) -> DateFinding:
    """One date where all usable places agree; else none, and why."""
    latest = None if retrieved is None else retrieved.astimezone(UTC).date() + timedelta(days=1)
    judged = [_not_later(c, latest) for c in candidates]
    judged.sort(key=lambda c: _TRUST.index(c.place))
    usable = [c for c in judged if c.usable]
    listed = tuple(judged)
    if not usable:
        return DateFinding(None, None, None, listed, _why_none(judged))
    best = usable[0]
    other = next((c for c in usable if not _agree(best, c)), None)
    if other is not None:
        said = f"{_where(best)} against {_where(other)}"
        return DateFinding(None, None, None, listed, f"dates disagree: {said}")
    fine: dict[Precision | None, int] = {"day": 0, "month": 1, "year": 2}
    best = min(usable, key=lambda c: fine[c.precision])  # the first of equals: most trusted
    count = len({c.place for c in usable})
    agreement = f"; {count} places agree" if count > 1 else ""
    return DateFinding(best.date, best.precision, best.place, listed, best.reason + agreement)


def _dateline(line: str) -> list[DateCandidate]:
    """``CARACAS, March 24, 2019 (Agency) - ...``: a date in the first words, before a dash."""
    head = re.split(r"\s[-–—]\s|[-–—]{2}|—", line[:110], maxsplit=1)
    if len(head) < 2:
        return []
    for found in dates_in(head[0]):
        if not _DATELINE.match(head[0]) and found.start > 3:
            return []
        usable = found.date is not None
        reason = f"{found.text} {found.problem}" if found.problem else "opens the first paragraph"
        return [DateCandidate(found.text, "byline", found.date, found.precision, usable, reason)]
    return []


def _from_line(block: Block, index: int, prose_seen: int) -> list[DateCandidate]:
    line = block.text
    found = next(dates_in(line), None)
    if found is None:
        if block.reason == "copyright line" and (match := re.search(r"(?:19|20)\d\d", line)):
            year = day(int(match[0]), 1, 1)
            why = "is a copyright or credit line's year"
            return [DateCandidate(match[0], "page", year, "year", False, why)]
        return []
    rest = _FURNISHED_WORDS.sub(" ", line[: found.start] + " " + line[found.end :])
    words = re.findall(r"[^\W\d_]+", rest)
    published = _PUBLISHED.search(rest)
    usable = False
    if block.reason is not None:
        why = f"belongs to a {block.reason}"
    elif _CHANGED.search(rest) and not published:
        why = "is a date of change or retrieval"
    elif published and len(words) <= 12:
        usable, why = True, "is said to be the date of publication"
    elif prose_seen > 1:
        return []
    elif len(words) <= 3 or (BYLINE.match(line) and len(words) <= 10):
        usable = index > 0 or len(words) > 0
        why = "stands in the byline" if usable else "stands above the title: the page's own clock?"
    else:
        return []
    place: Place = "byline" if block.reason is None else "page"
    if found.problem:
        usable, why = False, f"{found.text} {found.problem}"
    return [DateCandidate(found.text, place, found.date, found.precision, usable, why)]


def _not_later(found: DateCandidate, latest: Day | None) -> DateCandidate:
    if latest is None or found.date is None or not found.usable or found.date <= latest:
        return found
    return replace(found, usable=False, reason="lies after the document was retrieved")


def _agree(one: DateCandidate, two: DateCandidate) -> bool:
    if one.date is None or two.date is None:
        return False
    if "year" in (one.precision, two.precision):
        return one.date.year == two.date.year
    if "month" in (one.precision, two.precision):
        return (one.date.year, one.date.month) == (two.date.year, two.date.month)
    return abs((one.date - two.date).days) <= 1


def _where(found: DateCandidate) -> str:
    return f"{found.place} {found.printed.strip()}"


def _why_none(judged: list[DateCandidate]) -> str:
    unread = [c for c in judged if c.date is None and c.place != "page"]
    if unread:
        return f"not sure: {unread[0].reason}"
    if judged:
        return f"no date of publication; {judged[0].printed.strip()} {judged[0].reason}"
    return "no date of publication is stated"
