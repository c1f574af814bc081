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

from collections.abc import Callable
from typing import Any

import numpy as np
from numba import njit, types
from numba.extending import intrinsic

BAND = 32
"""Lines finished before they are written out together: keeps transposed writes in the cache."""

LANES = 16
"""Rows transposed together: a cache line of float32."""

BEYOND = 3
"""Posts repeated beyond the grid's edge, for the rays that leave it between its last posts."""

PAD = BEYOND + 2
"""Spare elements behind each buffer."""

UNSEEN = np.float32(-1e30)
"""Horizon before any post: lower than any slope, and finite so that products stay finite."""

_F = np.float32
_ONE, _ZERO = _F(1), _F(0)
_ROUNDING = 4e-7
"""Rounding of a crossing's place, in lines per line walked (a few float32 units)."""

# Aliasing tags, one for each array of the kernel: no two of them overlap.
_GRID, _POST, _STRAIGHT, _SLOPES, _HORIZON, _BEFORE, _BAND, _OUT = range(8)
_TAGS = 8

_FASTMATH = {"contract", "nsz"}


def _compiled(function: Callable[..., Any]) -> Any:
    """Compile at the first call, keep the result beside the source or in the user's cache.

    Where neither can be written the function is compiled anew in each process. ``contract`` lets
    products and sums fuse; nothing else of IEEE arithmetic is given up.
    """
    try:
        made: Any = njit(cache=True, nogil=True, fastmath=_FASTMATH, error_model="numpy")(function)
    except RuntimeError:
        made = njit(nogil=True, fastmath=_FASTMATH, error_model="numpy")(function)
    return made


def _tagged(instruction: Any, module: Any, tag: int) -> Any:
    domain = module.add_metadata(["shieldwall.coverage"])
    scopes = [module.add_metadata([f"tag {n}", domain]) for n in range(_TAGS)]
    others = [scope for n, scope in enumerate(scopes) if n != tag]
    instruction.set_metadata("alias.scope", module.add_metadata([scopes[tag]]))
    instruction.set_metadata("noalias", module.add_metadata(others))
    return instruction


def _address(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [index])


def _typed_get(typing: Any, array: Any, index: Any, tag: Any) -> Any:
    """``array[index]`` of a contiguous array, unchecked, under an aliasing tag.

    numba cannot say that two arrays do not overlap, and without that LLVM leaves every loop
    that reads at computed places unvectorised.
    """

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _address(context, builder, signature.args[0], args[0], args[1])
        return _tagged(builder.load(place), builder.module, signature.args[2].literal_value)

    return array.dtype(array, types.intp, tag), code


def _typed_put(typing: Any, array: Any, index: Any, value: Any, tag: Any) -> Any:
    """``array[index] = value`` of a contiguous array, unchecked, under an aliasing tag."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _address(context, builder, signature.args[0], args[0], args[1])
        _tagged(builder.store(args[2], place), builder.module, signature.args[3].literal_value)

    return types.void(array, types.intp, array.dtype, tag), code


_get: Any = intrinsic(prefer_literal=True)(_typed_get)
_put: Any = intrinsic(prefer_literal=True)(_typed_put)


@_compiled
def transpose(grid: Any, rows: int, cols: int, across: Any) -> None:
    """Flat ``across`` (cols, rows) = flat ``grid`` (rows, cols) with its axes exchanged."""
    whole = rows - rows % LANES
    for top in range(0, whole, LANES):
        for col in range(cols):
            for n in range(LANES):  # of constant length: becomes a transpose in registers
                post = _get(grid, (top + n) * cols + col, _GRID)
                _put(across, col * rows + top + n, post, _OUT)
    for col in range(cols):
        for row in range(whole, rows):
            across[col * rows + row] = grid[row * cols + col]


@_compiled
def _read_line(grid: Any, start: int, step: int, count: int, post: Any) -> None:
    """Posts of one line outwards from the axis, the last one repeated beyond the grid."""
    if step > 0:
        for c in range(count):
            _put(post, c, _get(grid, start + c, _GRID), _POST)
    else:
        for c in range(count):
            _put(post, c, _get(grid, start - c, _GRID), _POST)
    post[count : count + BEYOND] = post[count - 1]


@_compiled
def _straighten(post: Any, r: int, count: int, zo: Any, cell: Any, inv_re: Any, w: Any) -> None:
    """Straightened heights of one line (see the module's head)."""
    turn2 = (cell * inv_re) * (cell * inv_re)
    sag = _F(0.5) * cell * cell * inv_re
    r2 = _F(r) * _F(r)
    for c in range(count):
        along = _F(np.int32(c))
        steps2 = r2 + along * along
        theta2 = turn2 * steps2
        z = _get(post, c, _POST)
        e = z * inv_re
        by_sine = _ONE + theta2 * _F(1 / 6) * (_ONE + theta2 * _F(7 / 60))
        fall = sag * steps2 * (_ONE + theta2 * _F(1 / 12) * (_ONE + theta2 * _F(1 / 10)))
        _put(w, c, (z - zo) * (_ONE - e + e * e) * by_sine - fall, _STRAIGHT)


@_compiled
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
        low = _get(horizon, i, _HORIZON)
        slope = low + part * (_get(horizon, i + 1, _HORIZON) - low)
        missing = slope * away - _get(w, c, _STRAIGHT)
        missing = missing if missing > _ZERO else _ZERO
        theta2 = turn2 * (r2 + along * along)
        stretch = _ONE + _get(post, c, _POST) * inv_re
        by_sine = _ONE - theta2 * _F(1 / 6) * (_ONE - theta2 * _F(1 / 20))
        q = missing * by_sine * stretch * back
        rest = _ONE - q * inv_re
        floor = q * stretch / rest
        _put(line, c, floor if rest > _ZERO else _F(np.inf), _BAND)


@_compiled
def _walk_rays(
    slopes: Any, inv_slopes: Any, w: Any, r: int, count: int, sag: Any, horizon: Any, before: Any
) -> None:
    """Take line ``r`` into the horizon of every ray.

    ``before`` holds the post of the line before that lies to the right of each ray: if the ray
    has crossed a column since, it crossed between that post and its new left neighbour.
    """
    away = _F(r)
    inv_away = _ONE / away
    # A crossing this close to the line before was counted there, with the right posts.
    crossed = _F(1.0 - _ROUNDING * r)
    for i in range(count):
        place = _get(slopes, i, _SLOPES) * away
        left = np.int32(place)
        f = place - _F(left)
        here = _get(w, left, _STRAIGHT)
        right = _get(w, left + 1, _STRAIGHT)
        on_line = (here + f * (right - here) + sag * f * (_ONE - f)) * inv_away
        g = f * _get(inv_slopes, i, _SLOPES)
        height = here + g * (_get(before, i, _BEFORE) - here) + sag * g * (_ONE - g)
        on_column = height / (away - g)
        on_column = on_column if g < crossed else on_line
        new = on_line if on_line > on_column else on_column
        old = _get(horizon, i, _HORIZON)
        _put(horizon, i, new if new > old else old, _HORIZON)
        _put(before, i, right, _BEFORE)


@_compiled
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
                    _put(out, start + c, _get(band, b * end + c, _BAND), _OUT)
            else:
                for c in range(begin, stop):
                    _put(out, start - c, _get(band, b * end + c, _BAND), _OUT)
        return
    start = base + first * line_step
    whole = max(begin, min(end, first + own)) if lines == BAND else begin
    if line_step > 0:
        for c in range(begin, whole):
            for b in range(BAND):  # of constant length, as in transpose
                post = _get(band, b * end + c, _BAND)
                _put(out, start + c * post_step + b, post, _OUT)
    else:
        for c in range(begin, whole):
            for b in range(BAND):
                post = _get(band, b * end + c, _BAND)
                _put(out, start + c * post_step - b, post, _OUT)
    for c in range(whole, min(end, first + lines - 1 + own)):
        for b in range(max(0, c + 1 - own - first), lines):
            post = _get(band, b * end + c, _BAND)
            _put(out, start + c * post_step + b * line_step, post, _OUT)


@_compiled
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
    """
    zo_, cell_, inv_re_ = _F(zo), _F(cell), _F(inv_re)
    sag = _F(0.5) * cell_ * cell_ * inv_re_
    slopes = np.zeros(rays + 1, np.float32)
    inv_slopes = np.zeros(rays + 1, np.float32)
    for i in range(1, rays + 1):
        slopes[i] = i / rays
        inv_slopes[i] = rays / i
    horizon = np.full(rays + PAD, UNSEEN, np.float32)
    before = np.full(rays + PAD, UNSEEN, np.float32)
    post = np.zeros(lines + PAD, np.float32)
    w = np.zeros(lines + PAD, np.float32)
    width = min(lines, posts) + 1
    band = np.empty((BAND, width), np.float32)
    flat_band = band.reshape(-1)
    first = 1
    for r in range(1, lines + 1):
        inside = min(r, posts) + 1
        on_grid = min(r + 1, posts) + 1
        _read_line(grid, grid_base + r * grid_line, grid_post, on_grid, post)
        _straighten(post, r, on_grid + BEYOND, zo_, cell_, inv_re_, w)
        _write_floors(horizon, rays, post, w, r, inside, zo_, cell_, inv_re_, band[r - first])
        if r - first == BAND - 1 or r == lines:
            _flush(flat_band, first, r - first + 1, begin, width, own,
                   out, out_base, out_line, out_post)  # fmt: skip
            first = r + 1
        # The next line needs rays up to the one beyond its last post; one more for rounding.
        last = min(rays, posts * rays // (r + 1) + 2)
        _walk_rays(slopes, inv_slopes, w, r, last + 1, sag, horizon, before)
        horizon[last + 1] = horizon[last]
