"""Posts held in memory: joining them bilinearly, thinning them by block means.

Arrays are float32 with NaN for "no value here" (void or outside); rows run down, columns across,
positions are in units of posts with whole numbers on the posts.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats32 = NDArray[np.float32]
Floats = NDArray[np.float64]


def bilinear(posts_m: Floats32, row: Floats, col: Floats) -> Floats32:
    """Elevation at fractional positions; ``row`` and ``col`` share any shape, metres out.

    A position whose nearest post is missing is missing. Where only farther posts of the four are
    missing, the others share their weight, so that the half post round the rim of a file and
    round a void is still served. Positions more than half a post outside are missing.
    """
    rows, cols = posts_m.shape
    if not (rows > 1 and cols > 1 and _within(row, rows) and _within(col, cols)):
        return _careful(posts_m, row, col)
    top = np.minimum(row.astype(np.intp), rows - 2)
    left = np.minimum(col.astype(np.intp), cols - 2)
    down, right = (row - top).astype(np.float32), (col - left).astype(np.float32)
    flat, first = posts_m.ravel(), top * cols + left
    north = flat[first] * (1 - right) + flat[first + 1] * right
    south = flat[first + cols] * (1 - right) + flat[first + cols + 1] * right
    joined: Floats32 = north * (1 - down) + south * down
    gaps = np.isnan(joined)
    if gaps.any():
        joined[gaps] = _careful(posts_m, row[gaps], col[gaps])
    return joined


def _within(position: Floats, count: int) -> bool:
    """Whether every position lies between posts; false as well for any that is NaN."""
    return bool(position.size and position.min() >= 0.0 and position.max() <= count - 1.0)


def _careful(posts_m: Floats32, row: Floats, col: Floats) -> Floats32:
    """``bilinear`` where posts may be missing and positions outside."""
    rows, cols = posts_m.shape
    inside = (row >= -0.5) & (row <= rows - 0.5) & (col >= -0.5) & (col <= cols - 0.5)
    row = np.where(inside, row, 0.0)
    col = np.where(inside, col, 0.0)
    top, left = np.floor(row), np.floor(col)
    down, right = (row - top).astype(np.float32), (col - left).astype(np.float32)
    r0 = np.clip(top.astype(np.intp), 0, rows - 1)
    c0 = np.clip(left.astype(np.intp), 0, cols - 1)
    r1 = np.clip(top.astype(np.intp) + 1, 0, rows - 1)
    c1 = np.clip(left.astype(np.intp) + 1, 0, cols - 1)
    total = np.zeros(row.shape, np.float32)
    weight = np.zeros(row.shape, np.float32)
    corners = (
        (r0, c0, (1 - down) * (1 - right)),
        (r0, c1, (1 - down) * right),
        (r1, c0, down * (1 - right)),
        (r1, c1, down * right),
    )
    for r, c, share in corners:
        value = posts_m[r, c]
        known = ~np.isnan(value)
        total += np.where(known, value * share, np.float32(0))
        weight += np.where(known, share, np.float32(0))
    nearest = posts_m[np.where(down < 0.5, r0, r1), np.where(right < 0.5, c0, c1)]
    missing = ~inside | np.isnan(nearest)
    return np.where(missing, np.float32(np.nan), total / np.where(missing, np.float32(1), weight))


def block_mean(posts_m: Floats32, factor: int) -> Floats32:
    """Means of ``factor`` x ``factor`` blocks over the posts that have a value.

    Both sides must be multiples of ``factor``; a block without any value is NaN.
    """
    if factor == 1:
        return posts_m
    known = ~np.isnan(posts_m)
    total = _block_sum(np.where(known, posts_m, np.float32(0)), factor, np.float64)
    count = _block_sum(known, factor, np.int32)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(count > 0, total / count, np.nan).astype(np.float32)


def _block_sum(values: NDArray[Any], factor: int, kind: type) -> NDArray[Any]:
    """Sums of blocks, down and then across: along memory both times."""
    rows, cols = values.shape
    down = values.reshape(rows // factor, factor, cols).sum(axis=1, dtype=kind)
    blocks: NDArray[Any] = down.reshape(rows // factor, cols // factor, factor).sum(axis=2)
    return blocks
