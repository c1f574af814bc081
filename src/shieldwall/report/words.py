"""Numbers in words: the likelihood scale, percentages, counts, lists.

The scale is that of Intelligence Community Directive 203 (ODNI, 2015, D.6.e.2.a): seven terms for
1 to 99 percent. A word is chosen from the percentage as it is printed, so that the two never
disagree on the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

from shieldwall.case.records import Band
from shieldwall.provenance import CHANGE
from shieldwall.written import (
    NARROW_SPACE,
    UNKNOWN,
    day,
    month,
    month_year,
    number,
    percent,
    points,
    short,
    signed,
)

__all__ = [
    "HELD_FOR_SURE", "LAYERS", "LIKELIHOOD", "NARROW_SPACE", "UNKNOWN", "band", "count", "day",
    "is_known", "layer_name", "likelihood", "listed", "measure", "metres", "month", "month_year",
    "number", "percent", "plain", "points", "sentence", "short", "signed", "span", "verb",
]  # fmt: skip

LIKELIHOOD: tuple[tuple[int, str], ...] = (
    (5, "almost no chance"),
    (20, "very unlikely"),
    (45, "unlikely"),
    (55, "roughly even chance"),
    (80, "likely"),
    (95, "very likely"),
    (101, "almost certain"),
)
"""(below this percentage, term); the last two terms take in their own upper edge at 99."""

LAYERS = {
    "long": "long range", "medium": "medium range", "short": "short range",
    "point": "point defence", "guns": "guns", "surveillance": "surveillance",
}  # fmt: skip
"""The farthest-reaching first; in raids the guns of gun-missile systems are a layer of their own,
and radars that stand alone are kept apart from all of them."""

HELD_FOR_SURE = 0.95
"""A system held with at least these odds is spoken of without an if."""

_COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip

_COUNTED = ("acts", "days", "launchers", "origins", "rounds", "teams", "threats", "units", "weeks")
"""Units of things that are counted: of one, the singular."""

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
                     "\ufeff\ufffe\uffff\ud800-\udfff]")  # fmt: skip


def plain(text: str) -> str:
    """``text`` without control characters and direction overrides, which hide what is written."""
    return _UNSEEN.sub("", text)


def is_known(value: float | None) -> bool:
    """False for ``None``, NaN and the infinities: none of them is a figure."""
    return value is not None and math.isfinite(value)


def likelihood(probability: float | None) -> str:
    """The term for a probability (0 to 1) as printed in whole percent; ``unknown`` without one."""
    if probability is None or not math.isfinite(probability):
        return UNKNOWN
    whole = round(100 * probability)
    return next(term for below, term in LIKELIHOOD if whole < below)


def verb(probability: float | None) -> str:
    """What stands before the term in a sentence: it *is* likely, it *has a* roughly even chance."""
    term = likelihood(probability)
    if not term.endswith("chance"):
        return "is"
    return "has a" if term.startswith("roughly") else "has"


def measure(value: float | None, unit: str) -> str:
    """A figure with its unit: shares and probabilities as percent, their changes as points."""
    if unit in ("share", "probability"):
        return percent(value)
    if value is None or not math.isfinite(value):
        return UNKNOWN
    if unit == CHANGE:
        return f"{points(value)}\u00a0{'point' if points(value)[1:] == '1' else 'points'}"
    text = number(value)
    if text == "1" and unit in _COUNTED:
        unit = unit.removesuffix("s")
    tail = "" if unit in ("", "ratio", "factor") else f"\u00a0{unit}"
    return f"{text}{tail}"


def span(low: float | None, high: float | None, unit: str) -> str:
    """``low`` to ``high`` with the unit once; empty where either is unknown."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return ""
    if unit == CHANGE:
        return f"{points(low)} to {measure(high, unit)}"
    if unit in ("share", "probability"):
        first = percent(low).removesuffix(f"{NARROW_SPACE}%")
        return f"{first} to {percent(high)}"
    return f"{number(low)} to {measure(high, unit)}"


def band(given: Band | None, unit: str) -> str:
    """A band as ``likely (low to high)``; ``unknown`` without one."""
    if given is None:
        return UNKNOWN
    if given.low == given.high:
        return measure(given.low, unit)
    if given.likely is None:
        return span(given.low, given.high, unit)
    bare = "share" if unit in ("share", "probability") else ""
    return f"{measure(given.likely, unit)} ({span(given.low, given.high, bare)})"


def count(number_of: int, one: str, many: str | None = None) -> str:
    """``three sites``: in words to twelve, in figures beyond."""
    noun = one if number_of == 1 else many or f"{one}s"
    return f"{spelt(number_of)} {noun}"


def spelt(number_of: int) -> str:
    """A whole number: in words to twelve, in figures beyond."""
    return _COUNTS[number_of] if 0 <= number_of < len(_COUNTS) else number(number_of)


def listed(items: Iterable[str], last: str = "and") -> str:
    """``a, b and c``."""
    parts = list(items)
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def layer_name(layer: str) -> str:
    """``medium range``; the id where it has no name here."""
    return LAYERS.get(layer, layer)


def metres(altitude_m: float) -> str:
    """An altitude above ground with its unit, never broken over two lines."""
    return f"{number(altitude_m)}\u00a0m"


def sentence(text: str) -> str:
    """``text`` with a capital and a full stop."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
