"""The evidence in time: one lane a family, one thread an origin, with everything that repeats it.

A thread begins where the thing happened or was seen, runs to the origin's publication (filled) and
on through its relays (hollow). Relays lie in the lane of their origin: a newspaper that repeats a
satellite company is imagery. Time is stretched where much was published; ticks keep the dates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from markupsafe import Markup

from shieldwall.case.records import Case, Claim, Family, Moment
from shieldwall.evidence.records import Evidence
from shieldwall.report.maps.svg import el, num, picture
from shieldwall.report.words import count, day, month_year, short

LANES: dict[Family, str] = {
    "statement": "Statements",
    "flight": "Flights",
    "imagery": "Imagery",
    "sighting": "Sightings",
    "press": "Press",
}
_WIDTH, _LEFT, _RIGHT = 1120.0, 96.0, 92.0
_ROW, _LANE_GAP, _TOP = 13.0, 12.0, 26.0
_MARK, _GAP = 4.2, 4.0
_LINEAR = 0.3
"""Share of the width given out by the calendar; the rest by how much was published when."""
_NAMED = 2
"""Threads with at least this many relays are named."""


@dataclass(frozen=True)
class _Thread:
    """One origin and its relays, placed along the time axis."""

    claims: tuple[Claim, ...]
    """The origin, then its relays."""
    xs: tuple[float, ...]
    began: float
    """Where the thing happened or was seen; the origin's own place where that is unknown."""
    room: tuple[float, float]
    """How far a lone mark may move: the time it is published with is only so exact."""
    label: str

    @property
    def start(self) -> float:
        return min(self.began, *self.xs) - _MARK - _GAP

    @property
    def end(self) -> float:
        return max(self.began, *self.xs) + _MARK + _GAP

    @property
    def label_left(self) -> bool:
        """Whether the label stands before the thread, for want of room behind it."""
        return self.end + self.label_width > _WIDTH - 4

    @property
    def label_width(self) -> float:
        return 5.6 * len(self.label) + 8 if self.label else 0.0

    @property
    def extent(self) -> tuple[float, float]:
        """What it takes up of its row, label included."""
        if self.label_left:
            return self.start - self.label_width, self.end
        return self.start, self.end + self.label_width


def timeline(
    case: Case, evidence: Evidence, link: Callable[[str], str], name: Callable[[str], str]
) -> Markup:
    """The timeline as an SVG; ``link`` gives a claim's address, ``name`` a system's name."""
    claims = {c.id: c for c in evidence.claims}
    moments = [m for c in evidence.claims for m in (_seen(c), c.publication) if m]
    if not moments:
        return Markup("")
    scale = _Scale([_middle(m) for m in moments], case)
    lanes: list[tuple[str, Family, list[list[_Thread]]]] = []
    for family, title in LANES.items():
        threads = [
            _thread(case, claims[origin], [claims[c] for c in group[1:]], scale, name)
            for origin, group in evidence.lineage.groups.items()
            if evidence.weight(origin).family == family
        ]
        if threads:
            lanes.append((title, family, _rows(threads)))
    body, y = [], _TOP
    for title, family, rows in lanes:
        height = _ROW * len(rows) + _LANE_GAP
        body.append(_lane(title, family, rows, y, height, link))
        y += height
    body.insert(0, _axis(scale, y))
    origins = len(evidence.lineage.groups)
    text = (
        f"{count(origins, 'thread')}, one for each origin, in {count(len(lanes), 'lane')}: "
        f"{', '.join(title.lower() for title, _, _ in lanes)}. "
        f"{count(len(claims) - origins, 'relay')} along them."
    )
    return picture(_WIDTH, y + 8, "The evidence in time", text, *body, class_="chart timeline")


def _seen(claim: Claim) -> Moment | None:
    return claim.acquisition or claim.event


def _middle(moment: Moment) -> float:
    return (moment.start.timestamp() + moment.end.timestamp()) / 2


class _Scale:
    """From a time to x: part calendar, part rank among the times published."""

    def __init__(self, times: Sequence[float], case: Case) -> None:
        today = case.as_of
        self.last = max(
            datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp(), *times
        )
        self.times = sorted({*times, self.last})
        self.first = self.times[0]
        self.undated = _WIDTH - _RIGHT / 2

    def room(self, moment: Moment | None) -> tuple[float, float]:
        """The stretch of x that a time is exact to; the undated have a margin of their own."""
        if moment is None:
            return _WIDTH - _RIGHT + 6, _WIDTH - 6
        start, end = (min(t.timestamp(), self.last) for t in (moment.start, moment.end))
        return self(start), self(end)

    def __call__(self, time: float) -> float:
        time, reach = min(time, self.last), self.last - self.first
        linear = (time - self.first) / reach if reach else 0.5
        share = _LINEAR * linear + (1 - _LINEAR) * self._rank(time)
        return _LEFT + 14 + share * (_WIDTH - _LEFT - _RIGHT - 28)

    def _rank(self, time: float) -> float:
        """Rank between 0 and 1, straight lines between neighbours."""
        if len(self.times) < 2:
            return 0.5
        above = min(max(bisect_left(self.times, time), 1), len(self.times) - 1)
        low, high = self.times[above - 1], self.times[above]
        return (above - 1 + (time - low) / (high - low)) / (len(self.times) - 1)

    def ticks(self) -> list[tuple[float, str]]:
        """Days, months or years that stand far enough apart, with their labels."""
        first, last = (datetime.fromtimestamp(t, UTC) for t in (self.first, self.last))
        wanted = [datetime(y, 1, 1, tzinfo=UTC) for y in range(first.year, last.year + 1)]
        wanted += [
            datetime(y, m, 1, tzinfo=UTC)
            for y in range(first.year, last.year + 1)
            for m in range(2, 13)
        ]
        days = [datetime.fromtimestamp(t, UTC) for t in self.times]
        wanted += [datetime(d.year, d.month, d.day, tzinfo=UTC) for d in days]
        found: list[tuple[float, str]] = []
        for each in wanted:
            if not self.first <= each.timestamp() <= self.last:
                continue
            x = self(each.timestamp())
            if all(abs(x - other) > 74 for other, _ in found):
                found.append((x, _dated(each)))
        return sorted(found)


def _dated(on: datetime) -> str:
    if on.day > 1:
        return day(on, brief=True)
    return month_year(on, brief=True) if on.month > 1 else str(on.year)


def _thread(
    case: Case, origin: Claim, relays: list[Claim], scale: _Scale, name: Callable[[str], str]
) -> _Thread:
    seen = _seen(origin)
    first = _x(origin, scale, _middle(seen) if seen else None)
    after = _middle(origin.publication) if origin.publication else None
    xs = (first, *(_x(c, scale, after) for c in relays))
    label = ""
    if len(relays) >= _NAMED:
        who = short(case.source(origin.source).name)
        what = f": {name(origin.system)}" if origin.system else ""
        label = f"{who[:34]}{what}, {count(len(relays), 'relay')}"
    room = (first, first)
    if not relays and not seen:
        room = scale.room(origin.publication)
    return _Thread((origin, *relays), xs, scale(_middle(seen)) if seen else first, room, label)


def _x(claim: Claim, scale: _Scale, after: float | None) -> float:
    """Where a claim stands: the middle of its time, but not before what it rests on."""
    moment = claim.publication or _seen(claim)
    if moment is None:
        return scale.undated
    start, end = moment.start.timestamp(), moment.end.timestamp()
    return scale((max(start, after) + end) / 2 if after is not None and after < end
                 else (start + end) / 2)  # fmt: skip


def _rows(threads: list[_Thread]) -> list[list[_Thread]]:
    """Threads packed so that none lies on another; the much repeated first."""
    rows: list[list[_Thread]] = []
    for thread in sorted(threads, key=lambda t: (-len(t.xs), t.start, t.claims[0].id)):
        for row in rows:
            if (fitted := _fitted(thread, row)) is not None:
                row.append(fitted)
                break
        else:
            rows.append([thread])
    return rows


def _fitted(thread: _Thread, row: list[_Thread]) -> _Thread | None:
    """The thread where it finds room in a row, moved no farther than its time is unsure."""
    step, (low, high) = 2 * (_MARK + _GAP), thread.room
    places = [thread.xs[0]]
    while high - low >= step and len(places) <= (high - low) / step:
        places.append(low + step * (len(places) - 0.5))
    for x in places:
        moved = thread if x == thread.xs[0] else replace(thread, xs=(x,), began=x)
        start, end = moved.extent
        if all(end <= other.extent[0] or start >= other.extent[1] for other in row):
            return moved
    return None


def _lane(
    title: str,
    family: Family,
    rows: list[list[_Thread]],
    top: float,
    height: float,
    link: Callable[[str], str],
) -> Markup:
    parts = [
        el("rect", class_="lane", x=0, y=top, width=_WIDTH, height=height - 2),
        el("text", title, class_="lane-name", x=8, y=top + height / 2 + 3),
    ]
    for n, row in enumerate(rows):
        y = top + _LANE_GAP / 2 + _ROW * (n + 0.5) - 1
        for thread in row:
            parts.append(_drawn(thread, y, link))
    return el("g", *parts, class_=f"fam {family}")


def _drawn(thread: _Thread, y: float, link: Callable[[str], str]) -> Markup:
    began, low, high = thread.began, min(thread.began, *thread.xs), max(thread.began, *thread.xs)
    parts = []
    if high > low:
        parts.append(el("path", class_="thread", d=f"M{num(low)} {num(y)}H{num(high)}"))
    if abs(began - thread.xs[0]) > _MARK:
        parts.append(el("path", class_="seen", d=f"M{num(began)} {num(y - 4)}v8"))
    for claim, x in reversed(list(zip(thread.claims, thread.xs, strict=True))):
        own = claim is thread.claims[0]
        mark = el("circle", el("title", _told(claim)), class_="own" if own else "again",
                  cx=x, cy=y, r=_MARK if own else _MARK - 1)  # fmt: skip
        parts.append(el("a", mark, href=link(claim.id), aria_label=_told(claim), tabindex="-1"))
    if thread.label:
        x, anchor = (thread.start - 2, "end") if thread.label_left else (thread.end + 2, "start")
        parts.append(
            el("text", thread.label, class_="thread-name", x=x, y=y + 3.6, text_anchor=anchor)
        )
    return el("g", *parts)


def _told(claim: Claim) -> str:
    when = claim.publication.text if claim.publication else "undated"
    return f"{claim.id}, published {when}: {claim.statement.strip()}"


def _axis(scale: _Scale, bottom: float) -> Markup:
    parts = []
    for x, label in scale.ticks():
        parts.append(el("path", class_="grid", d=f"M{num(x)} {num(_TOP - 6)}V{num(bottom)}"))
        parts.append(el("text", label, class_="tick", x=x, y=_TOP - 10, text_anchor="middle"))
    x = scale.undated
    parts.append(el("text", "undated", class_="tick", x=x, y=_TOP - 10, text_anchor="middle"))
    return el("g", *parts)
