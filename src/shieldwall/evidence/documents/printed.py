"""Dates as they are printed, in the languages we read; an ambiguous one stays unread.

``03/04/2019`` is 3 April or 4 March and is said to be so; dots (``03.04.2019``) are day first
wherever they are used (CLDR date patterns), as is ISO 8601 year first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date as Day

from shieldwall import written
from shieldwall.evidence.documents.records import Precision

FIRST_YEAR, LAST_YEAR = 1900, 2100

_MONTHS = """
january jan enero ene janvier janv января январь янв січня січень січ janeiro januar jänner ocak
gennaio gen يناير كانون
february feb febrero février févr fév февраля февраль фев лютого лютий лют fevereiro fev februar
şubat febbraio فبراير شباط
march mar marzo mars марта март мар березня березень бер março märz mrz mart مارس آذار
april apr abril abr avril avr апреля апрель апр квітня квітень квіт nisan aprile أبريل نيسان
may mayo mai мая май травня травень трав maio mayıs maggio mag مايو أيار
june jun junio juin июня июнь июн червня червень черв junho juni haziran giugno giu يونيو حزيران
july jul julio juillet juil июля июль июл липня липень лип julho juli temmuz luglio lug يوليو تموز
august aug agosto ago août августа август авг серпня серпень серп ağustos أغسطس آب
september sep sept septiembre set septembre сентября сентябрь сен сент вересня вересень вер setembro
eylül settembre سبتمبر أيلول
october oct octubre octobre октября октябрь окт жовтня жовтень жовт outubro out oktober okt ekim
ottobre ott أكتوبر
november nov noviembre novembre ноября ноябрь ноя нояб листопада листопад лист novembro kasım نوفمبر
december dec diciembre dic décembre déc декабря декабрь дек грудня грудень груд
dezembro dez dezember
aralık dicembre ديسمبر
"""
MONTHS: dict[str, int] = {}
for _word in _MONTHS.split():
    # Each month's words run on until the next English name.
    if _word in ("january", "february", "march", "april", "may", "june", "july", "august",
                 "september", "october", "november", "december"):  # fmt: skip
        _month = len(set(MONTHS.values())) + 1
    MONTHS.setdefault(_word, _month)

_YEAR_FIRST = r"(?P<iso>\b(\d{4})([-/.])(\d{1,2})\3(\d{1,2})(?!\d))"
_DAY_WORD = (
    r"(?P<dmy>\b(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.)?\s+(?:de\s+|of\s+)?([^\W\d_]{3,12})\.?,?\s+"
    r"(?:de\s+|del\s+)?(\d{4})\b)"
)
_WORD_DAY = r"(?P<mdy>\b([^\W\d_]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b)"
_NUMERIC = r"(?P<num>\b(\d{1,2})(?P<mark>[-/.])(\d{1,2})(?P=mark)(\d{4}|\d{2})\b)"
_MONTH_YEAR = r"(?P<my>\b([^\W\d_]{3,12})\.?,?\s+(?:de\s+|del\s+)?(\d{4})\b)"
_NO_YEAR = r"(?P<nod>\b(?:\d{1,2}\.?\s+(?:de\s+)?([^\W\d_]{3,12})|([^\W\d_]{3,12})\.?\s+\d{1,2})\b)"
_ANY = re.compile("|".join((_YEAR_FIRST, _DAY_WORD, _WORD_DAY, _NUMERIC, _MONTH_YEAR, _NO_YEAR)))


@dataclass(frozen=True)
class Printed:
    """A date as printed in a line: where, and what it says, or why it cannot be read."""

    start: int
    end: int
    text: str
    date: Day | None
    precision: Precision | None
    problem: str


def dates_in(line: str) -> Iterator[Printed]:
    """Every date printed in ``line``, in order; words that are no months are passed over."""
    at = 0
    while match := _ANY.search(line, at):
        found = _read(match)
        if found is None:
            at = match.start() + 1
            continue
        yield found
        at = match.end()


def day(year: int, month: int, day_: int) -> Day | None:
    """A day that exists, between 1900 and 2100."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return Day(year, month, day_)
    except ValueError:
        return None


def _read(match: re.Match[str]) -> Printed | None:
    kind = match.lastgroup or ""
    groups = [g for g in match.groups() if g is not None and g != match[0]]
    date: Day | None = None
    precision: Precision | None = "day"
    problem = ""
    if kind == "iso":
        date = day(int(groups[0]), int(groups[2]), int(groups[3]))
    elif kind in ("dmy", "mdy"):
        number, word = (groups[0], groups[1]) if kind == "dmy" else (groups[1], groups[0])
        month = MONTHS.get(_key(word))
        if month is None:
            return None
        date = day(int(groups[2]), month, int(number))
    elif kind == "num":
        date, problem = _numeric(int(groups[0]), groups[1], int(groups[2]), groups[3])
    elif kind == "my":
        month = MONTHS.get(_key(groups[0]))
        if month is None:
            return None
        date, precision = day(int(groups[1]), month, 1), "month"
    else:
        if not any(_key(g) in MONTHS for g in groups):
            return None
        problem = "states no year"
    if date is None:
        precision, problem = None, problem or "is no day of the calendar"
    return Printed(match.start(), match.end(), match[0], date, precision, problem)


def _key(word: str) -> str:
    return word.casefold().replace("i\u0307", "i")


def _numeric(first: int, mark: str, second: int, year_text: str) -> tuple[Day | None, str]:
    if len(year_text) == 2:
        return None, "writes its year with two digits, so day and year could be exchanged"
    year = int(year_text)
    day_first, month_first = day(year, second, first), day(year, first, second)
    if mark == "." or month_first is None or day_first == month_first:
        return day_first, ""
    if day_first is None:
        return month_first, ""
    return None, f"may be {written.day(day_first)} or {written.day(month_first)}"
