"""Where a track may have stopped: standing places, gaps, low points, and its two ends."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isnan

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.flights import kernel
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.cleaning import Path
from shieldwall.evidence.flights.flat import flat_km


@dataclass(frozen=True)
class State:
    """An aircraft at last (or, going backwards in time, first) contact in flight."""

    time: float
    lat: float
    lon: float
    alt: float
    speed: float
    heading: float
    """Radians east of north, towards where it flies; backwards in time for a first contact."""
    slope: float
    """Climb over distance, in the same sense of time; NaN where altitude is unknown."""
    rate: float = np.nan
    """Mean rate of climb over the last minutes, m/s, in the same sense of time."""


@dataclass(frozen=True)
class Stand:
    """A stretch of points that may be on the ground."""

    first: int
    last: int
    lat: float
    lon: float
    alt: float
    slowest: float
    flagged: bool
    """The aircraft said it was on the ground."""
    low_pass: bool
    """No slow point: the lowest point of a descent followed by a climb."""
    interval: float
    """Time between its positions, seconds."""


@dataclass(frozen=True)
class Pause:
    """Between two stretches of flight: what was seen before, meanwhile, after."""

    before: int | None
    """Last point in flight; ``None`` at the start of the track."""
    after: int | None
    """First point in flight again; ``None`` at its end."""
    stands: tuple[Stand, ...] = field(default=())


def pauses(path: Path) -> tuple[Pause, ...]:
    """All places where the track may have stopped, in order of time, its ends included."""
    n = len(path.time)
    if n == 0:
        return ()
    step = np.diff(path.time)
    usual = float(np.median(step)) if n > 1 else 0.0
    limit = max(V["gap_s"], V["gap_intervals"] * usual)
    low = _grounded(path)
    items = _runs(path, low)
    covered = np.zeros(n, dtype=bool)
    for first, last in items:
        covered[max(0, first - 1) : last + 2] = True
    gaps = [
        (int(i), int(i) + 1) for i in np.flatnonzero(step > limit) if _stop_possible(path, int(i))
    ]
    for i, j in gaps:
        covered[[i, j]] = True
    lows = _low_points(path, covered)
    found = _joined(n, items, gaps)
    made = [
        Pause(
            first - 1 if first > 0 else None,
            last + 1 if last < n - 1 else None,
            tuple(_stand(path, a, b) for a, b in stands),
        )
        for first, last, stands in found
    ]
    made += [
        Pause(k - 1, k + 1, (_stand(path, k, k, low_pass=True),)) for k in lows if 0 < k < n - 1
    ]
    if not any(p.before is None for p in made):
        made.append(Pause(None, 0))
    if not any(p.after is None for p in made):
        made.append(Pause(n - 1, None))
    return tuple(sorted(made, key=_order))


def _low_points(path: Path, covered: NDArray[np.bool_]) -> list[int]:
    """Lowest points of descents that end in a climb with no standing place or gap in between."""
    seen = np.concatenate(([0], np.cumsum(covered)))
    found = []
    for low, begun, ended in zip(*kernel.valleys(path.alt, V["valley_m"]), strict=True):
        near = path.alt[begun : ended + 1] < path.alt[low] + V["valley_m"]
        rows = np.flatnonzero(near) + begun
        start, end = np.searchsorted(path.time, path.time[low] + np.array([-1, 1]) * V["gap_s"])
        if seen[end] > seen[start]:
            continue
        if seen[rows[-1] + 1] == seen[rows[0]]:
            found.append(int(low))
    return found


def _order(pause: Pause) -> tuple[int, int]:
    return (-1 if pause.before is None else pause.before, pause.after or 0)


def _grounded(path: Path) -> NDArray[np.bool_]:
    """Points (n,) that may be on the ground: slow, or flagged and not too fast."""
    slow = path.speed < V["slow_mps"]
    flagged = path.ground == 1
    fast = path.speed > V["roll_mps"]
    if (flagged & fast).sum() > 0.5 * max(1, fast.sum()):
        return np.asarray(slow)
    return np.asarray(slow | (flagged & ~fast))


def _runs(path: Path, low: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Stretches of such points, joined over flickers, cut where they are far apart."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], low.astype(np.int8), [0]))))
    runs = [(int(a), int(b) - 1) for a, b in edges.reshape(-1, 2)]
    joined: list[tuple[int, int]] = []
    for first, last in runs:
        if joined:
            a, b = joined[-1]
            between = path.speed[b + 1 : first]
            brief = path.time[first] - path.time[b] < 90.0
            if brief and (np.nan_to_num(between) < 1.6 * V["slow_mps"]).all():
                joined[-1] = (a, last)
                continue
        joined.append((first, last))
    cut: list[tuple[int, int]] = []
    for first, last in joined:
        start = first
        for i in np.flatnonzero(np.diff(path.time[first : last + 1]) > V["gap_s"]) + first:
            if _metres(path, int(i), int(i) + 1) > V["apart_m"]:
                cut.append((start, int(i)))
                start = int(i) + 1
        cut.append((start, last))
    return cut


def _stop_possible(path: Path, i: int) -> bool:
    """Whether a gap leaves time to come down, stop and climb: not at an aircraft's own speed."""
    span = path.time[i + 1] - path.time[i]
    far = _metres(path, i, i + 1)
    speed = np.nanmax([path.speed[i], path.speed[i + 1], 30.0])
    high = np.nanmin([path.alt[i], path.alt[i + 1], 1e5])
    return bool(far < (0.97 if high < 4_000.0 else 0.85) * speed * span)


def _metres(path: Path, i: int, j: int) -> float:
    return float(kernel.distance(path.lat[i], path.lon[i], path.lat[j], path.lon[j]))


Joined = tuple[int, int, list[tuple[int, int]]]


def _joined(n: int, runs: list[tuple[int, int]], gaps: list[tuple[int, int]]) -> list[Joined]:
    """Runs and the gaps that touch them as (first point not in flight, last, runs).

    A gap between two points in flight has first > last.
    """
    items: list[Joined] = [(a, b, [(a, b)]) for a, b in runs]
    items += [(i + 1, i, []) for i, _ in gaps]
    items.sort(key=lambda item: (item[0], item[1]))
    found: list[Joined] = []
    for first, last, stands in items:
        if found and first <= found[-1][1] + 1:
            a, b, had = found[-1]
            found[-1] = (a, max(b, last), had + stands)
        else:
            found.append((first, last, stands))
    return found


def _stand(path: Path, first: int, last: int, low_pass: bool = False) -> Stand:
    part = slice(first, last + 1)
    lat, lon, alt = path.lat[part], path.lon[part], path.alt[part]
    height = np.nan
    if np.isfinite(alt).any():
        height = float(np.nanpercentile(alt, 10))
        rows = ~(alt > height + 30.0)
        lat, lon = lat[rows], lon[rows]
    speed = path.speed[part]
    around = path.time[max(0, first - 1) : last + 2]
    return Stand(
        first, last, float(np.median(lat)), float(np.median(lon)), height,
        float(np.nanmin(speed)) if np.isfinite(speed).any() else np.nan,
        bool((path.ground[part] == 1).any()), low_pass,
        float(np.min(np.diff(around))) if len(around) > 1 else 0.0,
    )  # fmt: skip


def state(path: Path, point: int, backwards: bool) -> State:
    """The aircraft at a point in flight, seen forwards or backwards in time."""
    step = 1 if backwards else -1
    near, far = _looked(path, point, step)
    heading = np.radians(path.heading[point]) + (np.pi if backwards else 0.0)
    lat, lon, alt = path.lat[point], path.lon[point], path.alt[point]
    if np.isnan(heading):
        north, east = flat_km(path.lat[near], path.lon[near], lat, lon, lat)
        if np.hypot(north, east) > 0.05:
            heading = np.arctan2(east, north)
    slope = np.nan
    speed = float(path.speed[point])
    span = abs(path.time[point] - path.time[far])
    if span > 0:
        slope = float(alt - path.alt[far]) / (span * max(speed if not isnan(speed) else 60.0, 15.0))
    elif isnan(alt):
        alt = path.alt[near]
    return State(
        float(path.time[point]), float(lat), float(lon), float(alt), speed, float(heading), slope,
        _rate(path, point, step),
    )  # fmt: skip


def _rate(path: Path, point: int, step: int) -> float:
    """Mean rate of climb over ``look_long_s`` up to a point; NaN below a minute of altitudes."""
    edge = path.time[point] + step * V["look_long_s"]
    other = int(np.searchsorted(path.time, edge, side="left" if step < 0 else "right"))
    other = other if step < 0 else other - 1
    rows = slice(other, point + 1) if step < 0 else slice(point, other + 1)
    known = np.flatnonzero(np.isfinite(path.alt[rows])) + rows.start
    if known.size < 2 or path.time[known[-1]] - path.time[known[0]] < 60.0:
        return np.nan
    first, last = int(known[0]), int(known[-1])
    rise = float(path.alt[last] - path.alt[first]) / float(path.time[last] - path.time[first])
    return rise if step < 0 else -rise


def _looked(path: Path, point: int, step: int) -> tuple[int, int]:
    """A point some seconds away to take the heading from, and one to take the slope from."""
    near = far = point
    k = point + step
    while 0 <= k < len(path.time):
        away = abs(path.time[k] - path.time[point])
        if away > V["look_s"] and (far != point or away > 3 * V["look_s"]):
            break
        if near == point or abs(path.time[near] - path.time[point]) < V["baseline_s"]:
            near = k
        far = k
        k += step
    return near, far
