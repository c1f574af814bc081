"""What comes and what moved it: fans of probability ahead, and the waterfall of the evidence."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.control.records import Weekly
from shieldwall.report.maps.svg import el, join, num, path, picture
from shieldwall.report.words import month_year, percent

_WIDTH, _HEIGHT = 520.0, 214.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 42.0, 128.0, 12.0, 30.0
_NAME_STEP = 15.0


def fan_chart(
    name: str,
    told: str,
    as_of: date,
    weeks: Sequence[int],
    fans: tuple[tuple[str, Weekly, Markup], ...],
) -> Markup:
    """Lines with their 5 to 95 % bands over the weeks ahead; each (class, course, name)."""
    reach = max(weeks[-1], 1)
    x = _LEFT + np.array(weeks, float) / reach * (_WIDTH - _LEFT - _RIGHT)
    parts, ends = [_fan_axes(as_of, reach)], []
    for class_, fan, words in fans:
        low, mean, high = (
            np.column_stack((x, _up(o[:, 0]))) for o in (fan.low, fan.mean, fan.high)
        )
        parts.append(
            el("path", class_=f"band-{class_}", d=path(np.vstack((high, low[::-1])), closed=True))
        )
        parts.append(el("path", class_=f"line-{class_}", d=path(mean)))
        ends.append((float(mean[-1, 1]), words, class_))
    parts.append(_fan_names(ends))
    return picture(_WIDTH, _HEIGHT, f"{name}: the two years ahead", told, *parts, class_="chart")


def _up(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - odds)


def _fan_axes(as_of: date, reach: int) -> Markup:
    parts = []
    floor, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _TOP + (floor - _TOP) * (1 - share)
        parts.append(el("path", class_="grid", d=f"M{num(_LEFT)} {num(y)}H{num(right)}"))
        if share in (0.0, 0.5, 1.0):
            parts.append(el("text", percent(share), class_="tick", x=_LEFT - 5, y=y + 4,
                            text_anchor="end"))  # fmt: skip
    for n in range(5):
        day = as_of + timedelta(days=round(n * reach * 7 / 4))
        x = _LEFT + n / 4 * (right - _LEFT)
        parts.append(el("path", class_="grid", d=f"M{num(x)} {num(floor)}v4"))
        parts.append(el("text", month_year(day, brief=True), class_="tick", x=x, y=floor + 17,
                        text_anchor="middle"))  # fmt: skip
    return el("g", *parts)


def _fan_names(ends: list[tuple[float, Markup, str]]) -> Markup:
    parts, least = [], _HEIGHT - _BOTTOM + _NAME_STEP
    for y, words, class_ in sorted(ends, key=lambda e: -e[0]):
        least = min(y, least - _NAME_STEP)
        parts.append(el("text", words, class_=f"name-{class_}", x=_WIDTH - _RIGHT + 7, y=least + 4))
    return join(parts)


@dataclass(frozen=True)
class Fall:
    """One row of a waterfall: where it begins and ends, and what stands at its right."""

    label: str
    before: float
    after: float
    figure: Markup
    kind: Literal["level", "step", "others"]


_FALL_WIDTH, _FALL_LEFT, _FALL_RIGHT, _FALL_ROW, _FALL_TOP = 1040.0, 520.0, 84.0, 22.0, 26.0


def waterfall(title: str, told: str, falls: Sequence[Fall]) -> Markup:
    """Levels as bars from the left edge, steps as bars between two levels, with arrow heads.

    The axis runs over what the levels span, not from nought to one.
    """
    scale = _Scale.of(falls)
    bottom = _FALL_TOP + _FALL_ROW * len(falls)
    parts = []
    for value in scale.ticks():
        at = scale(value)
        parts.append(el("path", class_="grid", d=f"M{num(at)} {num(_FALL_TOP - 6)}V{num(bottom)}"))
        parts.append(el("text", percent(value), class_="tick", x=at, y=_FALL_TOP - 10,
                        text_anchor="middle"))  # fmt: skip
    for n, fall in enumerate(falls):
        top = _FALL_TOP + _FALL_ROW * n
        parts.append(_fall(fall, scale(fall.before), scale(fall.after), top))
        if n + 1 < len(falls):
            tie = f"M{num(scale(fall.after))} {num(top + _FALL_ROW - 5)}v10"
            parts.append(el("path", class_="tie-line", d=tie))
    return picture(_FALL_WIDTH, bottom + 6, title, told, *parts, class_="chart waterfall")


@dataclass(frozen=True)
class _Scale:
    """From a probability to x."""

    low: float
    high: float

    @staticmethod
    def of(falls: Sequence[Fall]) -> _Scale:
        values = [v for f in falls for v in (f.before, f.after)]
        low = math.floor(min(values) * 20 - 0.5) / 20
        high = math.ceil(max(values) * 20 + 0.5) / 20
        return _Scale(max(0.0, low), min(1.0, high))

    def __call__(self, value: float) -> float:
        across = _FALL_WIDTH - _FALL_RIGHT - _FALL_LEFT
        return _FALL_LEFT + (value - self.low) / (self.high - self.low) * across

    def ticks(self) -> list[float]:
        reach = self.high - self.low
        step = 0.05 if reach <= 0.4 else 0.1 if reach <= 0.8 else 0.2
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        return [n * step for n in range(first, last + 1)]


def _fall(fall: Fall, a: float, b: float, top: float) -> Markup:
    y, high = top + 5, _FALL_ROW - 10
    label = el("text", fall.label, class_=f"fall-name {fall.kind}", x=_FALL_LEFT - 12, y=top + 15,
               text_anchor="end")  # fmt: skip
    figure = el("text", fall.figure, class_="fall-figure", x=_FALL_WIDTH - _FALL_RIGHT + 10,
                y=top + 15)  # fmt: skip
    if fall.kind == "level":
        bar = el("rect", class_="kept", x=_FALL_LEFT, y=y, width=b - _FALL_LEFT, height=high)
        return el("g", label, bar, figure)
    rises = b >= a
    class_ = "bits-for" if rises else "bits-against"
    low, width = min(a, b), max(abs(b - a), 1.0)
    bar = el("rect", class_=class_, x=low, y=y, width=width, height=high)
    tip, turn = (low + width, 1) if rises else (low, -1)
    head = el("path", class_=class_, d=f"M{num(tip)} {num(y - 3)}l{6 * turn} {num(high / 2 + 3)}"
              f"l{-6 * turn} {num(high / 2 + 3)}z")  # fmt: skip
    return el("g", label, bar, head, figure)
