"""Small charts of odds: a probability with and without a source, and presence over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from markupsafe import Markup

from shieldwall.report.maps.svg import el, num, path, picture
from shieldwall.report.words import percent

_BAR, _BAR_HEIGHT = 200.0, 14.0


def dumbbell(with_it: float, without: float) -> Markup:
    """Filled where the probability stands, hollow where it would stand without the source.

    Hidden from screen readers: both figures stand in the cells beside it.
    """
    y, pad = _BAR_HEIGHT / 2, 6.0
    a, b = (pad + share * (_BAR - 2 * pad) for share in (with_it, without))
    return el(
        "svg",
        el("path", class_="axis-line", d=f"M{num(pad)} {num(y)}H{num(_BAR - pad)}"),
        el("path", class_="moved", d=f"M{num(min(a, b))} {num(y)}H{num(max(a, b))}"),
        el("circle", class_="odds-now", cx=a, cy=y, r=4.5),
        el("circle", class_="odds-without", cx=b, cy=y, r=4.0),
        viewBox=f"0 0 {num(_BAR)} {num(_BAR_HEIGHT)}", class_="dumbbell", aria_hidden="true",
    )  # fmt: skip


_MOST_BITS = 4.0
"""Bars end here; the figure beside them does not."""


def bits_bar(bits: float) -> Markup:
    """Weight of evidence from the middle: to the right for, to the left against."""
    middle, y = _BAR / 2, _BAR_HEIGHT / 2
    length = min(abs(bits), _MOST_BITS) / _MOST_BITS * (middle - 4)
    return el(
        "svg",
        el("rect", class_="bits-for" if bits > 0 else "bits-against", y=3, height=_BAR_HEIGHT - 6,
           x=middle if bits > 0 else middle - length, width=length),
        el("path", class_="axis-line", d=f"M{num(middle)} 0V{num(2 * y)}"),
        viewBox=f"0 0 {num(_BAR)} {num(_BAR_HEIGHT)}", class_="cell-bar",
        preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip


_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 300.0, 120.0, 46.0, 48.0, 10.0, 24.0


def presence_chart(name: str, course: Sequence[tuple[date, float]]) -> Markup:
    """Probability of presence on each date spoken of, by all that was read by the as-of date."""
    days = np.array([d.toordinal() for d, _ in course], float)
    odds = np.array([p for _, p in course])
    reach = max(days[-1] - days[0], 1.0)
    x = _LEFT + (days - days[0]) / reach * (_WIDTH - _LEFT - _RIGHT)
    y = _TOP + (1 - odds) * (_HEIGHT - _TOP - _BOTTOM)
    floor = _HEIGHT - _BOTTOM
    parts = [
        el("path", class_="grid", d="".join(
            f"M{num(_LEFT)} {num(_TOP + s * (floor - _TOP))}H{num(_WIDTH - _RIGHT)}"
            for s in (0.0, 0.5, 1.0)
        )),
        el("text", "100 %", class_="tick", x=_LEFT - 4, y=_TOP + 4, text_anchor="end"),
        el("text", "0", class_="tick", x=_LEFT - 4, y=floor + 4, text_anchor="end"),
        el("path", class_="line-one", d=path(np.column_stack((x, y)))),
        *(el("circle", class_="mark-one", cx=float(a), cy=float(b), r=2.4)
          for a, b in zip(x, y, strict=True)),
        el("text", percent(float(odds[-1])), class_="name-one", x=float(x[-1]) + 5,
           y=float(y[-1]) + 4),
        el("text", course[0][0].isoformat()[:7], class_="tick", x=_LEFT, y=_HEIGHT - 8),
        el("text", course[-1][0].isoformat()[:7], class_="tick", x=_WIDTH - _RIGHT, y=_HEIGHT - 8,
           text_anchor="end"),
    ]  # fmt: skip
    told = "; ".join(f"{d.isoformat()} {percent(p)}" for d, p in course)
    return picture(_WIDTH, _HEIGHT, f"{name} over time", told, *parts, class_="chart")
