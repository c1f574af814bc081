"""Who operates, over time: stacked bands of states, lines below them, the evidence in lanes below.

One linear axis carries all of it; what lies more than three years back is pressed into its left
part. Evidence lanes are those of the timeline, but a mark here is one reading of one sign: filled
where it says that the sign was so, hollow where it says that it was not, the larger the more it
weighs.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.case.records import Family
from shieldwall.report.maps.svg import el, join, num, path, picture
from shieldwall.report.maps.timeline import LANES
from shieldwall.report.words import month, month_year, percent

Floats = NDArray[np.float64]

RECENT_WEEKS = 156
"""What is drawn at full width; what is older is pressed together."""
LEAST_WEEKS = 8
PATTERNS = {"not_operational": "state-dots", "supplier_instructors": "state-lines"}
_THIN = 8
"""Of the weeks pressed together every so many are drawn."""
_PRESSED = 0.2
"""Share of the width for what is older."""
_WIDTH, _LEFT, _RIGHT, _TOP = 1120.0, 92.0, 216.0, 30.0
_BEFORE = 36.0
"""Width of the margin for what was read of a time before the axis."""
_STACK, _LINES, _BETWEEN = 210.0, 66.0, 18.0
_ROW, _LANE_GAP, _LABEL_STEP = 13.0, 10.0, 14.0
_LETTER = 5.35
_LONGEST = 60
_TICK_ROOM = 58.0
_SHORT = 40
"""Axes of no more weeks name days."""


@dataclass(frozen=True)
class Stripe:
    """One state: its class, its probability in each week (T,), and the words at its right end."""

    class_: str
    odds: Floats
    end: Markup


@dataclass(frozen=True)
class Line:
    """One line of the lower panel; ``low`` and ``high`` are its band, where it has one."""

    class_: str
    odds: Floats
    low: Floats | None
    high: Floats | None
    end: Markup


@dataclass(frozen=True)
class Mark:
    """One reading of one sign."""

    week: int | None
    """``None``: undated."""
    family: Family
    so: bool
    """Whether it says that the sign was so."""
    bits: float
    sign: str
    told: str
    href: str

    @property
    def radius(self) -> float:
        """Its area grows with what it weighs."""
        return 2.6 + 1.5 * math.sqrt(min(abs(self.bits), 4.0))


@dataclass(frozen=True)
class Axis:
    """Weeks ``first`` to ``last`` on the paper, the weeks before ``seam`` pressed together."""

    first: int
    last: int
    as_of: date
    left: float = _LEFT

    @property
    def seam(self) -> int:
        """Where full width begins."""
        return max(self.first, self.last - RECENT_WEEKS)

    @property
    def right(self) -> float:
        return _WIDTH - _RIGHT

    def x(self, week: float) -> float:
        """Where a week stands; weeks before the first stand in a margin of their own."""
        if week < self.first:
            return self.left - _BEFORE / 2
        middle = self.left + (_PRESSED * (self.right - self.left) if self.seam > self.first else 0)
        if week < self.seam:
            return self.left + (week - self.first) / (self.seam - self.first) * (middle - self.left)
        return middle + (week - self.seam) / (self.last - self.seam) * (self.right - middle)

    def weeks(self) -> NDArray[np.int64]:
        """The weeks that are drawn."""
        old = np.arange(self.first, self.seam, _THIN)
        return np.concatenate((old, np.arange(self.seam, self.last + 1)))

    def day(self, week: int) -> date:
        """The day a week ends."""
        return self.as_of - timedelta(days=7 * (self.last - week))

    def ticks(self) -> list[tuple[float, str]]:
        """Years, quarters, months, then days, as far as there is room for their names."""
        first = self.day(self.first)
        years = range(first.year, self.as_of.year + 1)
        wanted = [date(y, 1, 1) for y in years]
        wanted += [date(y, m, 1) for y in years for m in (7, 4, 10)]
        wanted += [date(y, m, 1) for y in years for m in range(2, 13)]
        if self.last - self.first <= _SHORT:
            wanted += [self.day(w) for w in range(self.seam, self.last + 1, 2)]
        found: list[tuple[float, str]] = []
        for each in wanted:
            x = self.x(self.last - (self.as_of - each).days / 7)
            if first <= each <= self.as_of and all(abs(x - o) > _TICK_ROOM for o, _ in found):
                found.append((x, _dated(each)))
        return sorted(found)


def axis(start: int, weeks: Sequence[date], marks: Sequence[Mark]) -> Axis:
    """The axis from week ``start``, with a margin where something was read of a time before."""
    last = len(weeks) - 1
    first = max(0, min(start, last - LEAST_WEEKS))
    before = any(m.week is not None and m.week < first for m in marks)
    return Axis(first, last, weeks[-1], _LEFT + (_BEFORE if before else 4.0))


def _dated(on: date) -> str:
    if on.day > 1:
        return f"{on.day} {month(on)}"
    return month_year(on, brief=True) if on.month > 1 else str(on.year)


def state_plate(
    title: str,
    told: str,
    at: Axis,
    stripes: Sequence[Stripe],
    focus: tuple[Floats, Floats],
    lines: Sequence[Line],
    marks: Sequence[Mark],
) -> Markup:
    """The plate: ``stripes`` from the bottom up, ``focus`` the 5 to 95 % band of the lowest."""
    body = [_stack(at, stripes, focus)]
    y = _TOP + _STACK
    if lines:
        body.append(_lines(at, lines, y + _BETWEEN))
        y += _BETWEEN + _LINES
    lanes_top = y + _BETWEEN
    lanes, bottom = _lanes(at, marks, lanes_top)
    body += lanes
    body.insert(0, _grid(at, bottom))
    if lanes:
        body.append(_margins(at, marks, lanes_top))
    return picture(_WIDTH, bottom + 20, title, told, *body, class_="chart timeline control-plate")


def _grid(at: Axis, bottom: float) -> Markup:
    parts = []
    for x, label in at.ticks():
        parts.append(el("path", class_="grid", d=f"M{num(x)} {num(_TOP - 6)}V{num(bottom)}"))
        parts += [
            el("text", label, class_="tick", x=x, y=y, text_anchor="middle")
            for y in (_TOP - 10, bottom + 14)
        ]
    if at.seam > at.first:
        x = at.x(at.seam)
        parts.append(el("path", class_="seam", d=f"M{num(x)} {num(_TOP - 6)}V{num(bottom)}"))
    return el("g", *parts)


def _up(odds: Floats, top: float, height: float) -> Floats:
    return top + height * (1 - np.clip(odds, 0.0, 1.0))


def _shares(at: Axis, top: float, height: float, steps: Sequence[float]) -> list[Markup]:
    """Lines and names of the percentages at the left."""
    parts = []
    for share in steps:
        y = top + height * (1 - share)
        parts.append(el("path", class_="grid", d=f"M{num(at.left)} {num(y)}H{num(at.right)}"))
        if share in (0.0, 0.5, 1.0):
            parts.append(el("text", percent(share), class_="tick", x=at.left - 5, y=y + 4,
                            text_anchor="end"))  # fmt: skip
    return parts


def _stack(at: Axis, stripes: Sequence[Stripe], focus: tuple[Floats, Floats]) -> Markup:
    weeks = at.weeks()
    x = np.array([at.x(float(w)) for w in weeks])
    edge = np.zeros(len(weeks))
    parts, middles = [], []
    for stripe in stripes:
        above = edge + stripe.odds[weeks]
        line = np.column_stack((x, _up(above, _TOP, _STACK)))
        floor = np.column_stack((x, _up(edge, _TOP, _STACK)))
        d = path(np.vstack((line, floor[::-1])), closed=True)
        parts.append(el("path", class_=f"state {stripe.class_}", d=d))
        if stripe.class_ in PATTERNS:
            parts.append(el("path", d=d, fill=f"url(#{PATTERNS[stripe.class_]})"))
        middles.append((float(line[-1, 1] + floor[-1, 1]) / 2, stripe.end))
        edge = above
    for odds in focus:
        d = path(np.column_stack((x, _up(odds[weeks], _TOP, _STACK))))
        parts += [el("path", class_=c, d=d) for c in ("focus-halo", "focus")]
    return el("g", *_shares(at, _TOP, _STACK, (0.0, 0.25, 0.5, 0.75, 1.0)), *parts,
              _ends(at, middles, _TOP, _TOP + _STACK))  # fmt: skip


def _lines(at: Axis, lines: Sequence[Line], top: float) -> Markup:
    weeks = at.weeks()
    x = np.array([at.x(float(w)) for w in weeks])
    parts, middles = _shares(at, top, _LINES, (0.0, 0.5, 1.0)), []
    for line in lines:
        if line.low is not None and line.high is not None:
            low, high = (
                np.column_stack((x, _up(o[weeks], top, _LINES))) for o in (line.low, line.high)
            )
            parts.append(el("path", class_=f"band-{line.class_}",
                            d=path(np.vstack((high, low[::-1])), closed=True)))  # fmt: skip
        points = np.column_stack((x, _up(line.odds[weeks], top, _LINES)))
        parts.append(el("path", class_=f"line-{line.class_}", d=path(points)))
        middles.append((float(points[-1, 1]), line.end))
    return el("g", *parts, _ends(at, middles, top, top + _LINES))


def _ends(at: Axis, middles: list[tuple[float, Markup]], top: float, bottom: float) -> Markup:
    """Words at the right ends, moved apart where they would lie on each other."""
    order = sorted(range(len(middles)), key=lambda n: (middles[n][0], -n))
    places, least = [], top
    for n in order:
        least = max(middles[n][0], least)
        places.append(least)
        least += _LABEL_STEP
    most = bottom
    for n in reversed(range(len(places))):
        places[n] = min(places[n], most)
        most = places[n] - _LABEL_STEP
    parts = []
    for n, y in zip(order, places, strict=True):
        middle, words = middles[n]
        x = at.right
        parts.append(
            el("path", class_="lead", d=f"M{num(x + 1)} {num(middle)}L{num(x + 12)} {num(y)}h3")
        )
        parts.append(el("text", words, class_="end-name", x=x + 18, y=y + 4))
    return join(parts)


def _margins(at: Axis, marks: Sequence[Mark], top: float) -> Markup:
    """Names of the margins beside the lanes, where something stands in them."""
    found = []
    if any(m.week is None for m in marks):
        found.append((at.right + 34, "undated"))
    if any(m.week is not None and m.week < at.first for m in marks):
        found.append((at.left - _BEFORE / 2, "before"))
    return join(
        el("text", text, class_="tick", x=x, y=top - 4, text_anchor="middle") for x, text in found
    )


@dataclass(frozen=True)
class _Placed:
    mark: Mark
    x: float
    label: str
    left: bool
    """Whether the label stands to the left."""

    @property
    def extent(self) -> tuple[float, float]:
        room, r = _LETTER * len(self.label) + 10, self.mark.radius + 2
        return (self.x - r - room, self.x + r) if self.left else (self.x - r, self.x + r + room)


def _placed(at: Axis, mark: Mark) -> _Placed:
    x = at.right + 34 if mark.week is None else at.x(mark.week)
    label = mark.sign if len(mark.sign) <= _LONGEST else f"{mark.sign[: _LONGEST - 1].rstrip()}…"
    label = label if mark.so else f"{label}: no"
    return _Placed(mark, x, label, x - _LETTER * len(label) - 16 > at.left)


def _lanes(at: Axis, marks: Sequence[Mark], top: float) -> tuple[list[Markup], float]:
    """One lane a family that speaks; also where they end."""
    parts, y = [], top
    for family, title in LANES.items():
        placed = [_placed(at, m) for m in marks if m.family == family]
        if not placed:
            continue
        rows = _rows(placed)
        height = _ROW * len(rows) + _LANE_GAP
        drawn = [
            el("rect", class_="lane", x=0, y=y, width=_WIDTH, height=height - 2),
            el("text", title, class_="lane-name", x=8, y=y + height / 2 + 3),
        ]
        for n, row in enumerate(rows):
            drawn += [_drawn(p, y + _LANE_GAP / 2 + _ROW * (n + 0.5) - 1) for p in row]
        parts.append(el("g", *drawn, class_=f"fam {family}"))
        y += height
    return parts, y


def _rows(placed: list[_Placed]) -> list[list[_Placed]]:
    """Marks packed so that none lies on another; the latest first."""
    rows: list[list[_Placed]] = []
    for each in sorted(placed, key=lambda p: (-p.x, p.label, p.mark.told)):
        start, end = each.extent
        for row in rows:
            if all(end <= o.extent[0] or start >= o.extent[1] for o in row):
                row.append(each)
                break
        else:
            rows.append([each])
    return rows


def _drawn(each: _Placed, y: float) -> Markup:
    mark, r = each.mark, each.mark.radius
    circle = el("circle", el("title", mark.told), class_="own" if mark.so else "again", cx=each.x,
                cy=y, r=r)  # fmt: skip
    link = el("a", circle, href=mark.href, aria_label=mark.told, tabindex="-1")
    x, anchor = (each.x - r - 4, "end") if each.left else (each.x + r + 4, "start")
    name = el("text", each.label, class_="thread-name", x=x, y=y + 3.6, text_anchor=anchor)
    return link + name


def state_patterns() -> Markup:
    """Hatches laid over two of the states, so that they differ from the others without colour."""
    lines = el("path", class_="pattern-line", d="M-1 1L1 -1M0 7L7 0M6 8L8 6")
    dots = el("circle", class_="pattern-dot", cx=3, cy=3, r=1)
    return el(
        "svg",
        el("pattern", lines, id="state-lines", width=7, height=7, patternUnits="userSpaceOnUse"),
        el("pattern", dots, id="state-dots", width=6, height=6, patternUnits="userSpaceOnUse"),
        class_="definitions", width=0, height=0, aria_hidden="true", focusable="false",
        xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip
