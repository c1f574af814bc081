"""Passes over a track's points on plain arrays: which hold, and where it may have stopped.

Distances on a sphere; metres, seconds, m/s.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shieldwall.units import EARTH_RADIUS_M

GOOD, DUPLICATE, STALE, LOCATED, SPOOFED = range(5)
"""Marks: used; said twice; an old position sent again; multilaterated and not needed; false."""


@njit(cache=True, nogil=True)
def distance(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Metres between two places in degrees (haversine)."""
    a = np.radians(lat1)
    b = np.radians(lat2)
    u = np.sin((b - a) / 2)
    v = np.sin(np.radians(lon2 - lon1) / 2)
    half = np.arcsin(min(1.0, np.sqrt(u * u + np.cos(a) * np.cos(b) * v * v)))
    far: float = 2 * EARTH_RADIUS_M * half
    return far


@njit(cache=True, nogil=True)
def mark(
    time: NDArray[np.float64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    alt: NDArray[np.float64],
    speed: NDArray[np.float64],
    mlat: NDArray[np.int8],
    age: NDArray[np.float64],
    old_s: float,
    moving: float,
    beside_s: float,
    high_m: float,
    slow_high: float,
) -> NDArray[np.int8]:
    """Marks (n,) from each position and its neighbours; chains come after."""
    n = len(time)
    marks = np.zeros(n, np.int8)
    last = -1
    sent = -1e18
    for i in range(n):
        if mlat[i] == 0:
            sent = time[i]
        elif time[i] - sent <= beside_s:
            marks[i] = LOCATED
        if age[i] > old_s:
            marks[i] = STALE
        if alt[i] > high_m and speed[i] < slow_high:
            marks[i] = SPOOFED
        if last >= 0 and lat[i] == lat[last] and lon[i] == lon[last]:
            if time[i] == time[last]:
                marks[i] = DUPLICATE
            elif speed[i] > moving:
                marks[i] = STALE
        if last < 0 or lat[i] != lat[last] or lon[i] != lon[last]:
            last = i
    sent = 1e18
    for i in range(n - 1, -1, -1):
        if mlat[i] == 0:
            sent = time[i]
        elif sent - time[i] <= beside_s and marks[i] == GOOD:
            marks[i] = LOCATED
    return marks


@njit(cache=True, nogil=True)
def chains(
    time: NDArray[np.float64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    marks: NDArray[np.int8],
    fastest: float,
    slack: float,
    part_s: float,
) -> tuple[NDArray[np.int32], int, int]:
    """Strings of positions an aircraft could fly: (part of each point (n,), parts, chains).

    A point joins the latest chain that it can be reached from, else begins one; a chain is cut
    into parts where it pauses for ``part_s``. Marked points have part -1.
    """
    n = len(time)
    part = np.full(n, -1, np.int32)
    most = 8
    tail = np.full(most, -1, np.int64)
    parts = 0
    begun = 0
    for i in range(n):
        if marks[i] != GOOD:
            continue
        best = -1
        oldest = 0
        for k in range(most):
            j = tail[k]
            if j < 0:
                if tail[oldest] >= 0:
                    oldest = k
                continue
            if tail[oldest] >= 0 and time[j] < time[tail[oldest]]:
                oldest = k
            if best >= 0 and time[tail[best]] >= time[j]:
                continue
            far = distance(lat[j], lon[j], lat[i], lon[i])
            if far <= fastest * (time[i] - time[j]) + slack:
                best = k
        if best < 0:
            best = oldest
            begun += 1
            part[i] = parts
            parts += 1
        elif time[i] - time[tail[best]] > part_s:
            part[i] = parts
            parts += 1
        else:
            part[i] = part[tail[best]]
        tail[best] = i
    return part, parts, begun


@njit(cache=True, nogil=True)
def heaviest(
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    weight: NDArray[np.int64],
    time: NDArray[np.float64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    fastest: float,
    slack: float,
    back: int,
) -> NDArray[np.bool_]:
    """Which parts make up the string of most points that one aircraft could have flown.

    Parts are in order of their first point; at most ``back`` predecessors of each are tried.
    """
    m = len(first)
    total = weight.copy()
    before = np.full(m, -1, np.int64)
    for j in range(m):
        for i in range(max(0, j - back), j):
            a = last[i]
            b = first[j]
            if time[a] <= time[b] and total[i] + weight[j] > total[j]:
                far = distance(lat[a], lon[a], lat[b], lon[b])
                if far <= fastest * (time[b] - time[a]) + slack:
                    total[j] = total[i] + weight[j]
                    before[j] = i
    kept = np.zeros(m, np.bool_)
    k = int(np.argmax(total))
    while k >= 0:
        kept[k] = True
        k = before[k]
    return kept


@njit(cache=True, nogil=True)
def motion(
    time: NDArray[np.float64],
    lat: NDArray[np.float64],
    lon: NDArray[np.float64],
    speed: NDArray[np.float64],
    baseline_s: float,
) -> NDArray[np.float64]:
    """Ground speed (n,): as reported, else from positions at least ``baseline_s`` apart."""
    n = len(time)
    found = speed.copy()
    j = 0
    for i in range(n):
        if np.isnan(speed[i]):
            while j + 1 < i and time[i] - time[j + 1] >= baseline_s:
                j += 1
            k, m = j, i
            if time[i] - time[j] < baseline_s:
                while m + 1 < n and time[m] - time[k] < baseline_s:
                    m += 1
            if time[m] - time[k] > 0:
                found[i] = distance(lat[k], lon[k], lat[m], lon[m]) / (time[m] - time[k])
    return found


@njit(cache=True, nogil=True)
def steady(
    time: NDArray[np.float64], alt: NDArray[np.float64], rate: float, error_m: float
) -> NDArray[np.float64]:
    """Altitudes (n,), those further from the median of five than can be flown made unknown."""
    n = len(alt)
    found = alt.copy()
    near = np.empty(5)
    for i in range(n):
        if np.isnan(alt[i]):
            continue
        first = min(max(0, i - 2), max(0, n - 5))
        last = min(n, first + 5)
        m = 0
        for k in range(first, last):
            if not np.isnan(alt[k]):
                value = alt[k]
                at = m
                while at > 0 and near[at - 1] > value:
                    near[at] = near[at - 1]
                    at -= 1
                near[at] = value
                m += 1
        span = (time[last - 1] - time[first]) / 2
        if m >= 3 and abs(alt[i] - near[m // 2]) > error_m + rate * span:
            found[i] = np.nan
    return found


@njit(cache=True, nogil=True)
def valleys(
    alt: NDArray[np.float64], depth_m: float
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Lowest points (m,) of descents of ``depth_m`` followed by such a climb, where each began and
    ended."""
    n = len(alt)
    found = np.empty(n, np.int64)
    begun = np.empty(n, np.int64)
    ended = np.empty(n, np.int64)
    m = 0
    low = -1
    high = -1e9
    top = 0
    falling = False
    for i in range(n):
        a = alt[i]
        if np.isnan(a):
            continue
        if falling:
            if a <= alt[low]:
                low = i
            elif a >= alt[low] + depth_m:
                found[m], begun[m], ended[m] = low, top, i
                m += 1
                falling = False
                high = a
                top = i
        else:
            if a >= high:
                high = a
                top = i
            if a <= high - depth_m:
                falling = True
                low = i
    return found[:m], begun[:m], ended[:m]
