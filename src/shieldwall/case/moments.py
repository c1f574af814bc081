"""Published times, at the precision at which they were published."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from shieldwall.case.records import Moment, Precision
from shieldwall.errors import UsageError

FIRST_YEAR = 1900
LAST_YEAR = 2100
WIDEST_OFFSET = timedelta(hours=14)
"""No place on Earth keeps a clock further from UTC."""

_SHAPE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)
_FORMS = 'write "2019", "2019-03", "2019-03-20" or "2019-03-24T10:00-04:00"'


def parse_moment(value: object) -> Moment:
    """Reduced-precision ISO 8601 text, or a TOML date or date-time, as a ``Moment``.

    A clock time must carry its offset or Z and is converted to UTC. Raises ``ValueError`` with
    what would be right.
    """
    if isinstance(value, datetime | date):
        value = value.isoformat()
    if not isinstance(value, str):
        raise ValueError(f"must be a time; {_FORMS}")
    match = _SHAPE.fullmatch(value)
    if match is None:
        raise ValueError(f"is not a time; {_FORMS}")
    year, month, day, hour, minute, second, offset = match.groups()
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise ValueError(f"the year must lie in {FIRST_YEAR} to {LAST_YEAR}")
    if hour is not None and offset is None:
        raise ValueError("a clock time needs its offset from UTC: end it with Z or such as -04:00")
    try:
        start = datetime(
            int(year), int(month or 1), int(day or 1),
            int(hour or 0), int(minute or 0), int(second or 0), tzinfo=UTC,
        )  # fmt: skip
    except ValueError as error:
        raise ValueError(f"there is no such date or time: {error}") from error
    return Moment(value, start - _offset(offset), _precision(month, day, hour, second))


def asked_day(asked: object, flag: str) -> date | None:
    """The day that was asked for: a ``date``, or text such as ``2025-06-30``; ``None``: none was.

    ``flag`` is what it was asked by. Raises ``UsageError`` with what would be right; a date with a
    clock time names no day either.
    """
    if asked is None or (isinstance(asked, date) and not isinstance(asked, datetime)):
        return asked
    right = f"{flag} {asked}: write a day such as 2025-06-30"
    if not isinstance(asked, str):
        raise UsageError(f"{right}, as text or as a datetime.date")
    try:
        moment = parse_moment(asked)
    except ValueError as error:
        raise UsageError(f"{right} ({error})") from error
    if moment.precision != "day":
        raise UsageError(right)
    return moment.start.date()


def _precision(*parts: str | None) -> Precision:
    names: tuple[Precision, ...] = ("year", "month", "day", "minute", "second")
    return names[sum(part is not None for part in parts)]


def _offset(text: str | None) -> timedelta:
    if text is None or text == "Z":
        return timedelta(0)
    size = timedelta(hours=int(text[1:3]), minutes=int(text[4:6]))
    if size > WIDEST_OFFSET or int(text[4:6]) > 59:
        raise ValueError(f"{text} is not an offset from UTC; the widest is 14:00")
    return -size if text[0] == "-" else size


def surely_apart(first: Moment, second: Moment) -> bool:
    """True where one surely ended before the other began."""
    return surely_before(first, second) or surely_before(second, first)


def surely_before(first: Moment, second: Moment) -> bool:
    """True where ``first`` ended before ``second`` began, whatever their precision leaves open.

    Dates compare as dates; a date against a clock time may be off by the unknown local offset.
    """
    mixed = _has_clock(first) != _has_clock(second)
    return first.end + (WIDEST_OFFSET if mixed else timedelta(0)) <= second.start


def _has_clock(moment: Moment) -> bool:
    return moment.precision in ("minute", "second")
