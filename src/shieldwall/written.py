"""How numbers, days and names are written: one manner for every room and every page.

Months are a table of our own: those of ``strftime`` follow the locale of the machine, and the same
case must give the same bytes everywhere.
"""

from __future__ import annotations

import math
from datetime import date

UNKNOWN = "unknown"
NARROW_SPACE = "\u202f"
MINUS = "\u2212"

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "'", "\ufeff")
"""Beginnings of a cell that spreadsheets take for a formula and run, or take off."""


def number(value: float | None, digits: int | None = None) -> str:
    """A figure with thin spaces between thousands; three figures unless ``digits`` are asked."""
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if digits is None:
        size = abs(value)
        whole = size >= 100 or value == round(value)
        digits = 0 if whole else 1 if size >= 10 else 2
    text = f"{value:,.{digits}f}".replace(",", NARROW_SPACE)
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace("-", MINUS)


def as_given(value: float) -> str:
    """A figure as somebody gave it, to six digits, with thin spaces between thousands."""
    text = f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"
    return text.replace(",", NARROW_SPACE).replace("-", MINUS)


def percent(share: float | None) -> str:
    """A share (0 to 1) in whole percent; only exactly 0 and 1 print as 0 and 100."""
    if share is None or not math.isfinite(share):
        return UNKNOWN
    if 0 < share < 0.01:
        return f"<1{NARROW_SPACE}%"
    if 0.99 < share < 1:
        return f">99{NARROW_SPACE}%"
    return f"{round(100 * share)}{NARROW_SPACE}%".replace("-", MINUS)


def signed(value: float, digits: int = 1) -> str:
    """More or less, with its sign; ``0`` where it rounds to nothing."""
    text = f"{value:+.{digits}f}"
    return text.replace("-", MINUS) if text.strip("+-0.") else "0"


def points(change: float, digits: int = 0) -> str:
    """A change of a probability in percentage points, with its sign and no unit."""
    return signed(100 * change, digits)


def day(when: date, brief: bool = False) -> str:
    """``3 October 2025``; ``brief``, on drawings: ``3 Oct 2025``."""
    return f"{when.day} {month_year(when, brief)}"


def month_year(when: date, brief: bool = False) -> str:
    """``October 2025``; ``brief``, on drawings: ``Oct 2025``."""
    return f"{month(when) if brief else MONTHS[when.month - 1]} {when.year}"


def month(when: date) -> str:
    """``Oct``, on drawings."""
    return MONTHS[when.month - 1][:3]


def unbracketed(name: str) -> str:
    """A source with its office, in a table: its name as far as a bracket."""
    return name.split(" (", maxsplit=1)[0]


def short(name: str) -> str:
    """A place or a source in a sentence: its name without region, office and brackets."""
    return name.split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip() or name


def cell(text: str) -> str:
    """``text`` for a cell of a table: no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def from_cell(text: str) -> str:
    """What ``cell`` was given: exactly one apostrophe less where it set one."""
    return text.removeprefix("'") if text[1:2] and text[1:].startswith(FORMULA_STARTS) else text
