"""One replayed raid: a row for the network, one for each unit and each teams, one for what passes.

Upper half of a row: found, rounds fired, rounds gone. Lower half: orders, kills.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.raid.records import Event
from shieldwall.report.maps.raids import tick_step
from shieldwall.report.maps.svg import el, join, num, picture

MARKS = {
    "found": "found by the network", "ordered": "fire ordered", "fired": "fires",
    "empty": "no round ready", "killed": "kills", "through": "comes through",
}  # fmt: skip
"""Kinds of marks, as the legend names them; teams fire as units do."""
NETWORK, PASSED = "", "through"
_WIDTH, _LEFT, _RIGHT, _TOP = 1120.0, 264.0, 168.0, 30.0
_ROW, _MOST_TICKS = 36.0, 12
_UP, _DOWN = 11.0, 25.0
_LONGEST = 37


@dataclass(frozen=True)
class TimelineRow:
    """One row: what it is called, its events, and the words at its right end."""

    name: str
    events: tuple[Event, ...]
    end: str


def raid_timeline(title: str, told: str, rows: Sequence[TimelineRow]) -> Markup:
    """Marks over minutes since the first threat set out; the axis begins where things happen."""
    times = [e.at_s for row in rows for e in row.events]
    first, last = min(times) / 60, max(times) / 60
    margin = max(0.04 * (last - first), 0.2)
    start, stop = max(0.0, first - margin), last + margin

    def across(at_s: float) -> float:
        return _LEFT + (at_s / 60 - start) / (stop - start) * (_WIDTH - _LEFT - _RIGHT)

    bottom = _TOP + _ROW * len(rows)
    parts = [_axis(start, stop, bottom, across)]
    for n, row in enumerate(rows):
        top = _TOP + _ROW * n
        parts += [
            el("path", class_="raid-row", d=f"M0 {num(top)}H{num(_WIDTH)}"),
            el("text", _cut(row.name), class_="raid-name", x=0.0, y=top + 22),
            *(mark(e.kind, across(e.at_s), top, e.real) for e in row.events),
            el("text", row.end, class_="raid-end", x=_WIDTH - _RIGHT + 12, y=top + 22),
        ]
    parts.append(el("path", class_="raid-row", d=f"M0 {num(bottom)}H{num(_WIDTH)}"))
    return picture(_WIDTH, bottom + 36, title, told, *parts, class_="chart raid-timeline")


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"


def _axis(start: float, stop: float, bottom: float, across: Callable[[float], float]) -> Markup:
    parts = []
    step = tick_step(max(1, round(stop - start)), _MOST_TICKS)
    for minute in range(-(-int(start * 1000) // (step * 1000)) * step, int(stop) + 1, step):
        if minute < start:
            continue
        x = across(minute * 60.0)
        parts += [
            el("path", class_="grid", d=f"M{num(x)} {num(_TOP)}V{num(bottom)}"),
            el("text", str(minute), class_="tick", x=x, y=bottom + 15, text_anchor="middle"),
        ]
    words = "minutes after the first sets out"
    middle = (_LEFT + _WIDTH - _RIGHT) / 2
    parts.append(el("text", words, class_="axis", x=middle, y=bottom + 32, text_anchor="middle"))
    return join(parts)


def mark(kind: str, x: float, top: float, real: bool = True) -> Markup:
    """One mark in a row that begins at ``top``; hollow for decoys."""
    up, down = top + _UP, top + _DOWN
    class_ = f"raid-mark {'teams-fired' if kind == 'teams fired' else kind}"
    class_ += "" if real else " decoy"
    if kind == "found":
        return el("circle", class_=class_, cx=x, cy=up, r=3.6)
    if kind == "ordered":
        return el("path", class_=class_, d=f"M{num(x)} {num(down - 5)}l5 5 -5 5 -5 -5z")
    if kind in ("fired", "teams fired"):
        return el("path", class_=class_, d=f"M{num(x)} {num(up - 6)}v12")
    if kind == "empty":
        return el("rect", class_=class_, x=x - 4, y=up - 4, width=8.0, height=8.0)
    if kind == "killed":
        return el("path", class_=class_,
                  d=f"M{num(x - 4.5)} {num(down - 4.5)}l9 9m0 -9l-9 9")  # fmt: skip
    return el("path", class_=class_, d=f"M{num(x - 4)} {num(top + 12)}l9 6 -9 6z")


def mark_key(kind: str) -> Markup:
    """One mark for the legend."""
    top = -_UP + 9 if kind in ("found", "fired", "empty") else -_DOWN + 9
    if kind == "through":
        top = -9.0
    return el("svg", mark(kind, 9.0, top), viewBox="0 0 18 18", class_="part-key",
              aria_hidden="true")  # fmt: skip
