"""Forward and backward over hidden states: plain arrays, no records (Rabiner 1989, section III).

A chain takes its step into week t by the matrix of the mission's state in that week; before its
``start`` it stands still. Emissions are likelihoods up to a constant in each week, so that a week
without a reading is a row of ones. Filtered rows are scaled to add up to one, and the logarithms of
the scales add up to the log-likelihood of all that was read.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@njit(cache=True, nogil=True)
def smooth(
    initial: Floats, steps: Floats, paths: Ints, emission: Floats, start: int
) -> tuple[Floats, Floats, Floats]:
    """One chain along each of M paths of what drives it.

    ``initial`` (K,), ``steps`` (A, K, K) rows adding up to one, ``paths`` (M, T) in 0 to A - 1,
    ``emission`` (T, K). Returns filtered (M, T, K), smoothed (M, T, K) and the cumulative
    log-likelihood (M, T). Where all that was read is impossible it is minus infinity.
    """
    many, weeks = paths.shape
    states = initial.size
    filtered = np.empty((many, weeks, states))
    smoothed = np.empty((many, weeks, states))
    log = np.empty((many, weeks))
    later = np.empty(states)
    for m in range(many):
        total = 0.0
        for t in range(weeks):
            scale = 0.0
            step = steps[paths[m, t]]
            for k in range(states):
                if t == 0:
                    came = initial[k]
                elif t <= start:
                    came = filtered[m, t - 1, k]
                else:
                    came = 0.0
                    for j in range(states):
                        came += filtered[m, t - 1, j] * step[j, k]
                filtered[m, t, k] = came * emission[t, k]
                scale += filtered[m, t, k]
            if scale > 0.0:
                total += math.log(scale)
                for k in range(states):
                    filtered[m, t, k] /= scale
            else:
                total = -math.inf
            log[m, t] = total
        smoothed[m, weeks - 1] = filtered[m, weeks - 1]
        later[:] = 1.0
        for t in range(weeks - 2, -1, -1):
            step = steps[paths[m, t + 1]]
            scale = 0.0
            if t + 1 <= start:
                for k in range(states):
                    later[k] *= emission[t + 1, k]
                    scale += later[k]
            else:
                ahead = later * emission[t + 1]
                for k in range(states):
                    later[k] = 0.0
                    for j in range(states):
                        later[k] += step[k, j] * ahead[j]
                    scale += later[k]
            total = 0.0
            for k in range(states):
                later[k] /= scale if scale > 0.0 else 1.0
                smoothed[m, t, k] = filtered[m, t, k] * later[k]
                total += smoothed[m, t, k]
            for k in range(states):
                smoothed[m, t, k] /= total if total > 0.0 else 1.0
    return filtered, smoothed, log


@njit(cache=True, nogil=True)
def stand_last(
    initial: Floats, steps: Floats, paths: Ints, emission: Floats, start: int
) -> tuple[Floats, Floats]:
    """The last week of ``smooth`` alone, forward only, in D draws of its figures.

    ``initial`` (D, K), ``steps`` (D, A, K, K), ``paths`` (D, M, T), ``emission`` (D, T, K). Weeks
    before ``start``, in which the chain stands still, are taken at once. Returns (D, M, K) and the
    log-likelihood (D, M).
    """
    draws, many, weeks = paths.shape
    states = initial.shape[1]
    last = np.empty((draws, many, states))
    log = np.zeros((draws, many))
    came = np.empty(states)
    for d in range(draws):
        first = initial[d].copy()
        for t in range(min(start, weeks - 1) + 1):
            first *= emission[d, t]
        for m in range(many):
            now = first.copy()
            for t in range(min(start, weeks - 1), weeks):
                if t > start:
                    step = steps[d, paths[d, m, t]]
                    for k in range(states):
                        came[k] = 0.0
                        for j in range(states):
                            came[k] += now[j] * step[j, k]
                    for k in range(states):
                        now[k] = came[k] * emission[d, t, k]
                scale = now.sum()
                if scale > 0.0:
                    log[d, m] += math.log(scale)
                    now /= scale
                else:
                    log[d, m] = -math.inf
            last[d, m] = now
    return last, log


@njit(cache=True, nogil=True)
def draw_paths(filtered: Floats, step: Floats, uniform: Floats) -> Ints:
    """Paths of a chain from its posterior, drawn from the last week backward.

    ``filtered`` (T, A), ``step`` (A, A), ``uniform`` (M, T) in [0, 1). Returns (M, T)
    (Carter and Kohn 1994).
    """
    many, weeks = uniform.shape
    states = step.shape[0]
    paths = np.empty((many, weeks), dtype=np.int64)
    odds = np.empty(states)
    for m in range(many):
        for t in range(weeks - 1, -1, -1):
            total = 0.0
            for a in range(states):
                odds[a] = filtered[t, a]
                if t < weeks - 1:
                    odds[a] *= step[a, paths[m, t + 1]]
                total += odds[a]
            left = uniform[m, t] * total
            chosen = states - 1
            for a in range(states):
                left -= odds[a]
                if left < 0.0:
                    chosen = a
                    break
            paths[m, t] = chosen
    return paths


@njit(cache=True, nogil=True)
def smooth_together(
    initial: Floats,
    mission: Floats,
    steps: Floats,
    seen: Floats,
    emission: Floats,
    start: Ints,
) -> tuple[Floats, Floats, float]:
    """The mission and two chains that it drives, exactly: every joint state is carried.

    ``initial`` (A, K, K), ``mission`` (A, A), ``steps`` (2, A, K, K), ``seen`` (T, A),
    ``emission`` (2, T, K), ``start`` (2,). Returns filtered and smoothed (T, A, K, K) and the
    log-likelihood.
    """
    weeks, missions = seen.shape
    states = steps.shape[2]
    shape = (weeks, missions, states, states)
    filtered, smoothed = np.empty(shape), np.empty(shape)
    total = 0.0
    for t in range(weeks):
        now = initial.copy() if t == 0 else _ahead(filtered[t - 1], mission, steps, t, start)
        scale = 0.0
        for a in range(missions):
            for i in range(states):
                for j in range(states):
                    now[a, i, j] *= seen[t, a] * emission[0, t, i] * emission[1, t, j]
                    scale += now[a, i, j]
        total += math.log(scale) if scale > 0.0 else -math.inf
        filtered[t] = now / scale if scale > 0.0 else now
    smoothed[weeks - 1] = filtered[weeks - 1]
    later = np.ones((missions, states, states))
    for t in range(weeks - 2, -1, -1):
        for a in range(missions):
            for i in range(states):
                for j in range(states):
                    later[a, i, j] *= seen[t + 1, a] * emission[0, t + 1, i] * emission[1, t + 1, j]
        later = _back(later, mission, steps, t + 1, start)
        later /= later.sum()
        both = filtered[t] * later
        smoothed[t] = both / both.sum()
    return filtered, smoothed, total


@njit(cache=True, nogil=True)
def stand_last_together(
    initial: Floats,
    mission: Floats,
    steps: Floats,
    seen: Floats,
    emission: Floats,
    start: Ints,
) -> Floats:
    """The last week of ``smooth_together`` alone, forward only, in D draws of its figures.

    Each argument but ``start`` (2,) with a first axis of D. Returns (D, A, K, K).
    """
    draws, missions, states, _ = initial.shape
    weeks = seen.shape[1]
    last = np.empty(initial.shape)
    moved = np.empty((missions, states, states))
    row = np.empty(states)
    for d in range(draws):
        now = initial[d].copy()
        for t in range(weeks):
            total = 0.0
            for b in range(missions):
                for i in range(states):
                    for j in range(states):
                        came = now[b, i, j]
                        if t > 0:
                            came = 0.0
                            for a in range(missions):
                                came += now[a, i, j] * mission[d, a, b]
                        moved[b, i, j] = came
            for b in range(missions):
                if t > start[0]:
                    for j in range(states):
                        for i in range(states):
                            row[i] = moved[b, i, j]
                        for k in range(states):
                            came = 0.0
                            for i in range(states):
                                came += row[i] * steps[d, 0, b, i, k]
                            moved[b, k, j] = came
                for i in range(states):
                    if t > start[1]:
                        for j in range(states):
                            row[j] = moved[b, i, j]
                        for k in range(states):
                            came = 0.0
                            for j in range(states):
                                came += row[j] * steps[d, 1, b, j, k]
                            moved[b, i, k] = came
                    heard = seen[d, t, b] * emission[d, 0, t, i]
                    for j in range(states):
                        now[b, i, j] = moved[b, i, j] * heard * emission[d, 1, t, j]
                        total += now[b, i, j]
            for b in range(missions):
                for i in range(states):
                    for j in range(states):
                        now[b, i, j] /= total
        last[d] = now
    return last


@njit(cache=True, nogil=True)
def _ahead(now: Floats, mission: Floats, steps: Floats, t: int, start: Ints) -> Floats:
    """One week on: the mission first, then each chain by the mission's new state."""
    missions = now.shape[0]
    found = np.zeros_like(now)
    for a in range(missions):
        for b in range(missions):
            found[b] += now[a] * mission[a, b]
    for b in range(missions):
        if t > start[0]:
            found[b] = np.ascontiguousarray(steps[0, b].T) @ found[b]
        if t > start[1]:
            found[b] = found[b] @ np.ascontiguousarray(steps[1, b])
    return found


@njit(cache=True, nogil=True)
def _back(later: Floats, mission: Floats, steps: Floats, t: int, start: Ints) -> Floats:
    """The adjoint of ``_ahead``."""
    missions = later.shape[0]
    turned = np.empty_like(later)
    for b in range(missions):
        turned[b] = later[b]
        if t > start[1]:
            turned[b] = turned[b] @ np.ascontiguousarray(steps[1, b].T)
        if t > start[0]:
            turned[b] = np.ascontiguousarray(steps[0, b]) @ turned[b]
    found = np.zeros_like(later)
    for a in range(missions):
        for b in range(missions):
            found[a] += mission[a, b] * turned[b]
    return found
