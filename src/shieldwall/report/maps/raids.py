"""Charts of raids: what comes through by what is not known and by chance, and against its size.

Ways the network could be are drawn as a quantile dot plot, one dot for each fiftieth, since readers
judge counts of dots better than densities (Kay, Kola, Hullman and Munson 2016).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.raid.records import Size
from shieldwall.report.maps.svg import el, join, num, path, picture
from shieldwall.report.words import percent

Floats = NDArray[np.float64]
_At = Callable[[Sequence[float], Sequence[float]], Floats]

DOTS = 50

_WIDTH, _HEIGHT = 520.0, 322.0
_LEFT, _RIGHT = 40.0, 16.0
_DOT_TOP, _DOT_BASE = 26.0, 140.0
_BAR_TOP, _BAR_BASE = 198.0, 276.0
_DOT_STEP = 11.0
_MOST_TICKS = 11


@dataclass(frozen=True)
class Outcome:
    """What one raid comes to, for its chart."""

    threats: int
    mean: float
    draw_means: Sequence[float]
    """In rising order."""
    band: tuple[float, float]
    histogram: Sequence[float]
    single: tuple[float, float]
    """5th and 95th percentile of single raids."""


def outcome_chart(title: str, told: str, of: Outcome, known: Markup, chance: Markup) -> Markup:
    """Dots above for the ways the network could be, bars below for any one raid; one axis.

    ``known`` and ``chance`` are the words over the two halves.
    """
    scale = _Scale(of.threats)
    ends = [(_DOT_BASE + 11, of.band), (_BAR_BASE + 9, of.single)]
    mean = scale(of.mean)
    parts = [
        el("path", class_="raid-mean", d=f"M{num(mean)} {num(_DOT_TOP)}V{num(_BAR_BASE)}"),
        _dots(of, scale),
        _histogram(of, scale),
        *(_bracket(scale(low), scale(high), y) for y, (low, high) in ends),
        _count_axis(of.threats, scale),
        el("text", known, x=0.0, y=12.0, class_="raid-head"),
        el("text", chance, x=0.0, y=182.0, class_="raid-head"),
    ]
    return picture(_WIDTH, _HEIGHT, title, told, *parts, class_="chart")


@dataclass(frozen=True)
class _Scale:
    """From a number of threats to x; each whole number has a column of its own."""

    threats: int

    @property
    def column(self) -> float:
        return (_WIDTH - _LEFT - _RIGHT) / (self.threats + 1)

    def __call__(self, number_of: float) -> float:
        return _LEFT + (number_of + 0.5) * self.column


def _dots(of: Outcome, scale: _Scale) -> Markup:
    """One dot for each fiftieth of the draws, stacked where it falls."""
    means = np.asarray(of.draw_means)
    places = np.round((np.arange(DOTS) + 0.5) / DOTS * (means.size - 1)).astype(int)
    across = [scale(float(m)) for m in means[places]]
    bins = [round((x - _LEFT) / _DOT_STEP) for x in across]
    highest = max(bins.count(b) for b in set(bins))
    step = min(_DOT_STEP, (_DOT_BASE - _DOT_TOP) / highest)
    seen: dict[int, int] = {}
    parts = [el("path", class_="grid", d=f"M{num(_LEFT)} {num(_DOT_BASE)}H{num(_WIDTH - _RIGHT)}")]
    for b in bins:
        n = seen[b] = seen.get(b, 0) + 1
        parts.append(
            el("circle", class_="raid-dot", cx=_LEFT + b * _DOT_STEP,
               cy=_DOT_BASE - (n - 0.5) * step, r=min(_DOT_STEP, step) * 0.43)
        )  # fmt: skip
    return join(parts)


def _histogram(of: Outcome, scale: _Scale) -> Markup:
    most = max(of.histogram)
    tall = _BAR_BASE - _BAR_TOP
    gap = min(1.5, scale.column * 0.1)
    parts = [
        el("path", class_="grid", d=f"M{num(_LEFT)} {num(_BAR_BASE)}H{num(_WIDTH - _RIGHT)}"),
        el("path", class_="grid", d=f"M{num(_LEFT)} {num(_BAR_TOP)}H{num(_WIDTH - _RIGHT)}"),
        el("text", percent(most), class_="tick", x=_LEFT - 6, y=_BAR_TOP + 4, text_anchor="end"),
        el("text", "0", class_="tick", x=_LEFT - 6, y=_BAR_BASE + 4, text_anchor="end"),
    ]
    for n, share in enumerate(of.histogram):
        high = tall * share / most if most > 0 else 0.0
        if high >= 0.05:
            parts.append(
                el("rect", class_="raid-bar", x=scale(n - 0.5) + gap, y=_BAR_BASE - high,
                   width=scale.column - 2 * gap, height=high)
            )  # fmt: skip
    return join(parts)


def _bracket(low: float, high: float, y: float) -> Markup:
    line = f"M{num(low)} {num(y - 4)}v8M{num(low)} {num(y)}H{num(high)}M{num(high)} {num(y - 4)}v8"
    return el("path", class_="raid-bracket", d=line)


def _count_axis(threats: int, scale: _Scale) -> Markup:
    step = tick_step(threats, _MOST_TICKS)
    parts = [
        el("text", str(n), class_="tick", x=scale(n), y=_BAR_BASE + 29, text_anchor="middle")
        for n in range(0, threats + 1, step)
    ]
    words = f"threats that come through, of {threats}"
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(el("text", words, class_="axis", x=middle, y=_HEIGHT - 3, text_anchor="middle"))
    return join(parts)


def tick_step(reach: int, most: int) -> int:
    """A round step that cuts ``reach`` into at most so many."""
    tens = (1, 10, 100, 1_000, 10_000, 100_000)
    return next(k * t for t in tens for k in (1, 2, 5) if reach / (k * t) <= most)


_SIZE_LEFT, _SIZE_RIGHT, _SIZE_TOP, _SIZE_BASE = 40.0, 92.0, 26.0, 276.0


def saturation_chart(
    title: str, told: str, sizes: Sequence[Size], threats: int, head: Markup
) -> Markup:
    """Mean threats through against the size of the raid, with its band; thin: all come through."""
    most = max(s.threats for s in sizes)

    def at(across: Sequence[float], up: Sequence[float]) -> Floats:
        x = _SIZE_LEFT + np.asarray(across) / most * (_WIDTH - _SIZE_LEFT - _SIZE_RIGHT)
        y = _SIZE_BASE - np.asarray(up) / most * (_SIZE_BASE - _SIZE_TOP)
        return np.column_stack((x, y))

    size = [0.0, *(float(s.threats) for s in sizes)]
    low, mean, high = (
        at(size, [0.0, *(getattr(s.leakers, end) for s in sizes)])
        for end in ("low", "mean", "high")
    )
    parts = [_size_axes(most, at)]
    parts += [
        el("path", class_="raid-all", d=path(at([0, most], [0, most]))),
        el("path", class_="band-one", d=path(np.vstack((high, low[::-1])), closed=True)),
        el("path", class_="line-one", d=path(mean)),
    ]
    for (x, y), each in zip(mean[1:], sizes, strict=True):
        now = each.threats == threats
        parts.append(
            el("circle", class_="raid-now" if now else "mark-one", cx=float(x), cy=float(y),
               r=5.0 if now else 2.8)
        )  # fmt: skip
    right = _WIDTH - _SIZE_RIGHT + 7
    top, end = float(at([most], [most])[0, 1]), float(mean[-1, 1])
    parts += [
        el("text", "all come", class_="name-rings", x=right, y=top + 4),
        el("text", "through", class_="name-rings", x=right, y=top + 17),
        el("text", "mean, band", class_="name-one", x=right, y=max(end + 4, top + 33)),
        el("text", head, x=0.0, y=12.0, class_="raid-head"),
    ]
    return picture(_WIDTH, _HEIGHT, title, told, *parts, class_="chart")


def _size_axes(most: int, at: _At) -> Markup:
    step = tick_step(most, 5)
    parts = []
    for n in range(0, most + 1, step):
        x, y = (float(v) for v in at([n], [n])[0])
        parts += [
            el("path", class_="grid", d=f"M{num(_SIZE_LEFT)} {num(y)}H{num(_WIDTH - _SIZE_RIGHT)}"),
            el("text", str(n), class_="tick", x=_SIZE_LEFT - 6, y=y + 4, text_anchor="end"),
            el("text", str(n), class_="tick", x=x, y=_SIZE_BASE + 17, text_anchor="middle"),
        ]
    middle = (_SIZE_LEFT + _WIDTH - _SIZE_RIGHT) / 2
    words = "threats in the raid"
    parts.append(
        el("text", words, class_="axis", x=middle, y=_SIZE_BASE + 38, text_anchor="middle")
    )
    return join(parts)


_CELL, _CELL_HIGH = 240.0, 14.0


def reach_of(
    values: Sequence[tuple[float, float, float]], at_least: float = 0.0
) -> tuple[float, float]:
    """One axis for all (mean, low, high) of a block: from the least to the most, nought inside.

    It reaches ``at_least`` so far up, so that what is next to nothing looks it.
    """
    least = min([0.0, *(min(v) for v in values)])
    most = max([at_least, *(max(v) for v in values)])
    room = 0.02 * max(most - least, 1e-9)
    return least - (room if least < 0 else 0.0), most + room


def zero_bar(
    value: tuple[float, float, float], reach: tuple[float, float], class_: str = ""
) -> Markup:
    """A bar from nought to the mean with its whisker; without a class one for more or for less.

    Hidden from screen readers: the figures stand in the cells beside it.
    """
    mean, low, high = value
    least, most = reach

    def x(at: float) -> float:
        return _CELL * (at - least) / max(most - least, 1e-9)

    zero, y = x(0.0), _CELL_HIGH / 2
    class_ = class_ or ("raid-more" if mean > 0 else "raid-less")
    whisker = (
        f"M{num(x(low))} {num(y - 3.5)}v7M{num(x(low))} {num(y)}H{num(x(high))}"
        f"M{num(x(high))} {num(y - 3.5)}v7"
    )
    return el(
        "svg",
        el("rect", class_="track", width=_CELL, height=_CELL_HIGH),
        el("rect", class_=class_, x=min(zero, x(mean)), y=2.0, width=abs(x(mean) - zero),
           height=_CELL_HIGH - 4),
        el("path", class_="raid-zero", d=f"M{num(zero)} 0V{num(_CELL_HIGH)}"),
        *(el("path", class_=c, d=whisker) for c in ("whisker-halo", "whisker")),
        viewBox=f"0 0 {num(_CELL)} {num(_CELL_HIGH)}", class_="cell-bar",
        preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip
