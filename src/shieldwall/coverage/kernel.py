"""The coverage floor on plain arrays: eight octants of rays about one observer.

Grid and rays. The grid is cut at the observer into eight octants, each counted from the observer
outwards: ``r`` lines away and ``c <= r`` posts along the line. A fan of straight rays, evenly
spaced in slope ``c / r``, walks outwards line by line. Each ray keeps one number, the largest
elevation slope met so far; a line adds the crossing with the line itself and the one crossing
with a column that can lie between two lines. A cell's horizon is interpolated between the two
rays beside it. East and west octants walk a transposed copy, so that every read is along memory.

Straightening. With Re = kR, an observer at height zo and a post z at angle θ = d/Re,

    tan α = (z - zo) / ((Re + z) sin θ) - tan(θ/2)

holds exactly. Every post is therefore replaced, once per observer, by its straightened height

    w = d tan α = (z - zo) / (1 + z/Re) · θ / sin θ - d tan(θ/2),

in which sight lines are straight: along a ray the slope is w divided by lines walked, and it is
linear across rays over any plane. Between posts w bends by cell²/(2 Re) f(1-f), kept as ``sag``.
Series in θ² and z/Re replace the sines; they are good to 1e-7 of a height within 600 km.

All heights and distances are metres, all arrays float32, k = infinity is ``inv_re = 0``.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from shieldwall.coverage.lanes import (
    BAND,
    BEFORE,
    GRID,
    HORIZON,
    MOST_LANES,
    OUT,
    POST,
    SAMPLES,
    SLOPES,
    STRAIGHT,
    compiled,
    get,
    put,
    sample,
)

LINES_TOGETHER = 32
"""Lines finished before they are written out together: keeps transposed writes in the cache."""

ROWS_TOGETHER = 16
"""Rows transposed together: a cache line of float32."""

RAYS_TOGETHER = 512
"""Rays whose posts are sampled before they are used: keeps the samples in the nearest cache."""

BEYOND = 3
"""Posts repeated beyond the grid's edge, for the rays that leave it between its last posts."""

PAD = BEYOND + 2 + MOST_LANES
"""Spare elements behind each buffer."""

SAMPLES_APART = RAYS_TOGETHER + MOST_LANES
"""Distance between the three runs of samples."""

UNSEEN = np.float32(-1e30)
"""Horizon before any post: lower than any slope, and finite so that products stay finite."""

_F = np.float32
_ONE, _ZERO = _F(1), _F(0)
_ROUNDING = 4e-7
"""Rounding of a crossing's place, in lines per line walked (a few float32 units)."""


@compiled
def transpose(grid: Any, rows: int, cols: int, across: Any) -> None:
    """Flat ``across`` (cols, rows) = flat ``grid`` (rows, cols) with its axes exchanged."""
    whole = rows - rows % ROWS_TOGETHER
    for top in range(0, whole, ROWS_TOGETHER):
        for col in range(cols):
            for n in range(ROWS_TOGETHER):  # of constant length: becomes a transpose in registers
                post = get(grid, (top + n) * cols + col, GRID)
                put(across, col * rows + top + n, post, OUT)
    for col in range(cols):
        for row in range(whole, rows):
            across[col * rows + row] = grid[row * cols + col]


@compiled
def _read_line(grid: Any, start: int, step: int, count: int, post: Any) -> None:
    """Posts of one line outwards from the axis, the last one repeated beyond the grid."""
    if step > 0:
        for c in range(count):
            put(post, c, get(grid, start + c, GRID), POST)
    else:
        for c in range(count):
            put(post, c, get(grid, start - c, GRID), POST)
    post[count : count + BEYOND] = post[count - 1]


@compiled
def _straighten(post: Any, r: int, count: int, zo: Any, cell: Any, inv_re: Any, w: Any) -> None:
    """Straightened heights of one line (see the module's head)."""
    turn2 = (cell * inv_re) * (cell * inv_re)
    sag = _F(0.5) * cell * cell * inv_re
    r2 = _F(r) * _F(r)
    for c in range(count):
        along = _F(np.int32(c))
        steps2 = r2 + along * along
        theta2 = turn2 * steps2
        z = get(post, c, POST)
        e = z * inv_re
        by_sine = _ONE + theta2 * _F(1 / 6) * (_ONE + theta2 * _F(7 / 60))
        fall = sag * steps2 * (_ONE + theta2 * _F(1 / 12) * (_ONE + theta2 * _F(1 / 10)))
        put(w, c, (z - zo) * (_ONE - e + e * e) * by_sine - fall, STRAIGHT)


@compiled
def _write_floors(
    horizon: Any, rays: int, post: Any, w: Any, r: int, count: int,
    zo: Any, cell: Any, inv_re: Any, line: Any,
) -> None:  # fmt: skip
    """Floors of one line: the height a cell needs to stand in its horizon's line of sight.

    Between rays the horizon is taken on the chord: a corner of the horizon inside the gap is cut,
    but a higher post can never give a lower floor. Following the lines from either side into
    the corner was tried: far more exact, and no longer monotone.

    Straightening is undone exactly: with Δ the missing straightened height,
    floor = q (1 + z/Re) / (1 - q/Re), q = Δ sin θ / θ (1 + z/Re) / (1 + zo/Re).
    """
    turn2 = (cell * inv_re) * (cell * inv_re)
    rays_per_post = _F(rays / r)
    away = _F(r)
    r2 = away * away
    back = _ONE / (_ONE + zo * inv_re)
    for c in range(count):
        along = _F(np.int32(c))
        place = along * rays_per_post
        i = np.int32(place)
        part = place - _F(i)
        low = get(horizon, i, HORIZON)
        slope = low + part * (get(horizon, i + 1, HORIZON) - low)
        missing = slope * away - get(w, c, STRAIGHT)
        missing = missing if missing > _ZERO else _ZERO
        theta2 = turn2 * (r2 + along * along)
        stretch = _ONE + get(post, c, POST) * inv_re
        by_sine = _ONE - theta2 * _F(1 / 6) * (_ONE - theta2 * _F(1 / 20))
        q = missing * by_sine * stretch * back
        rest = _ONE - q * inv_re
        floor = q * stretch / rest
        put(line, c, floor if rest > _ZERO else _F(np.inf), BAND)


@compiled
def _walk_rays(
    slopes: Any, inv_slopes: Any, w: Any, r: int, count: int, sag: Any,
    horizon: Any, before: Any, samples: Any,
) -> None:  # fmt: skip
    """Take line ``r`` into the horizon of every ray.

    ``before`` holds the post of the line before that lies to the right of each ray: if the ray
    has crossed a column since, it crossed between that post and its new left neighbour.
    """
    away = _F(r)
    inv_away = _ONE / away
    # A crossing this close to the line before was counted there, with the right posts.
    crossed = _F(1.0 - _ROUNDING * r)
    for first in range(0, count, RAYS_TOGETHER):
        together = min(RAYS_TOGETHER, count - first)
        sample(w, slopes, first, together, away, samples, SAMPLES_APART)
        for n in range(together):
            i = first + n
            f = get(samples, n, SAMPLES)
            left = get(samples, n + SAMPLES_APART, SAMPLES)
            right = get(samples, n + 2 * SAMPLES_APART, SAMPLES)
            on_line = (left + f * (right - left) + sag * f * (_ONE - f)) * inv_away
            g = f * get(inv_slopes, i, SLOPES)
            height = left + g * (get(before, i, BEFORE) - left) + sag * g * (_ONE - g)
            on_column = height / (away - g)
            on_column = on_column if g < crossed else on_line
            new = on_line if on_line > on_column else on_column
            old = get(horizon, i, HORIZON)
            put(horizon, i, new if new > old else old, HORIZON)
            put(before, i, right, BEFORE)


@compiled
def _flush(
    band: Any, first: int, lines: int, begin: int, end: int, own: int,
    out: Any, base: int, line_step: int, post_step: int,
) -> None:  # fmt: skip
    """Write finished lines ``first`` to ``first + lines - 1`` into the flat output.

    ``own`` is 1 where the octant owns its diagonal (c = r), else 0.
    """
    if post_step in (1, -1):
        for b in range(lines):
            r = first + b
            start = base + r * line_step
            stop = min(end, r + own)
            if post_step > 0:
                for c in range(begin, stop):
                    put(out, start + c, get(band, b * end + c, BAND), OUT)
            else:
                for c in range(begin, stop):
                    put(out, start - c, get(band, b * end + c, BAND), OUT)
        return
    start = base + first * line_step
    whole = max(begin, min(end, first + own)) if lines == LINES_TOGETHER else begin
    if line_step > 0:
        for c in range(begin, whole):
            for b in range(LINES_TOGETHER):  # of constant length, as in transpose
                post = get(band, b * end + c, BAND)
                put(out, start + c * post_step + b, post, OUT)
    else:
        for c in range(begin, whole):
            for b in range(LINES_TOGETHER):
                post = get(band, b * end + c, BAND)
                put(out, start + c * post_step - b, post, OUT)
    for c in range(whole, min(end, first + lines - 1 + own)):
        for b in range(max(0, c + 1 - own - first), lines):
            post = get(band, b * end + c, BAND)
            put(out, start + c * post_step + b * line_step, post, OUT)


@compiled
def octant(
    grid: Any, grid_base: int, grid_line: int, grid_post: int,
    out: Any, out_base: int, out_line: int, out_post: int,
    lines: int, posts: int, rays: int, begin: int, own: int,
    zo: float, cell: float, inv_re: float,
) -> None:  # fmt: skip
    """Floors of one octant of one observer.

    ``grid`` and ``out`` are flat; the observer lies at ``*_base``, the next line ``*_line``
    further, the next post of a line ``*_post`` further (in ``grid`` this is 1 or -1). There are
    ``lines`` lines beyond the observer and ``posts`` posts beyond the axis. The octant writes
    posts from ``begin`` (0 with the axis, 1 without) to its diagonal, included if ``own``.
    There must be at least two rays to a line (see ``lanes.sample``).
    """
    zo_, cell_, inv_re_ = _F(zo), _F(cell), _F(inv_re)
    sag = _F(0.5) * cell_ * cell_ * inv_re_
    slopes = np.zeros(rays + PAD, np.float32)
    inv_slopes = np.zeros(rays + PAD, np.float32)
    samples = np.empty(3 * SAMPLES_APART, np.float32)
    for i in range(1, rays + 1):
        slopes[i] = i / rays
        inv_slopes[i] = rays / i
    horizon = np.full(rays + PAD, UNSEEN, np.float32)
    before = np.full(rays + PAD, UNSEEN, np.float32)
    post = np.zeros(lines + PAD, np.float32)
    w = np.zeros(lines + PAD, np.float32)
    width = min(lines, posts) + 1
    band = np.empty((LINES_TOGETHER, width), np.float32)
    flat_band = band.reshape(-1)
    first = 1
    for r in range(1, lines + 1):
        inside = min(r, posts) + 1
        on_grid = min(r + 1, posts) + 1
        _read_line(grid, grid_base + r * grid_line, grid_post, on_grid, post)
        _straighten(post, r, on_grid + BEYOND, zo_, cell_, inv_re_, w)
        _write_floors(horizon, rays, post, w, r, inside, zo_, cell_, inv_re_, band[r - first])
        if r - first == LINES_TOGETHER - 1 or r == lines:
            _flush(flat_band, first, r - first + 1, begin, width, own,
                   out, out_base, out_line, out_post)  # fmt: skip
            first = r + 1
        if r == lines:
            break
        # The next line needs rays up to the one beyond its last post; one more for rounding.
        last = min(rays, posts * rays // (r + 1) + 2)
        _walk_rays(slopes, inv_slopes, w, r, last + 1, sag, horizon, before, samples)
        horizon[last + 1] = horizon[last]
