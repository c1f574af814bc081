"""Voids that land encloses: steep slopes that radar mapping could not see, joined from their rims.

Taken as sea they would be pits kilometres deep, and ridges on their far side would see over them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shieldwall.terrain.posts import Floats32

Ints = NDArray[np.intp]


def fill_enclosed(posts_m: Floats32, reach: int) -> Floats32:
    """Fill posts that have a value within ``reach`` posts to the north, south, east and west.

    The four values are weighted by inverse distance (Shepard 1968, exponent 1). Other voids, open
    on some side, stay NaN: sea, or a gap too wide to guess across. Returns ``posts_m`` itself if
    nothing is void.
    """
    void = np.isnan(posts_m)
    if reach < 1 or not void.any() or void.all():
        return posts_m
    row, col = np.nonzero(void)
    total, weight = np.zeros(row.size), np.zeros(row.size)
    enclosed = np.ones(row.size, dtype=np.bool_)
    for axis in (0, 1):
        for backwards in (False, True):
            at = _nearest(void, axis, backwards)[row, col]
            here = (row, col)[axis]
            distance = np.abs(at - here)
            enclosed &= (at >= 0) & (distance <= reach)
            known = np.where(at >= 0, at, 0)
            value = posts_m[known, col] if axis == 0 else posts_m[row, known]
            share = 1.0 / np.maximum(distance, 1)
            total += np.nan_to_num(value) * share
            weight += share
    filled = posts_m.copy()
    filled[row[enclosed], col[enclosed]] = (total / weight)[enclosed]
    return filled


def _nearest(void: NDArray[np.bool_], axis: int, backwards: bool) -> Ints:
    """Index along ``axis`` of the nearest known post before (or behind) each post; -1: none."""
    lines = void if axis == 1 else void.T
    lines = lines[:, ::-1] if backwards else lines
    count = lines.shape[1]
    at = np.where(lines, -1, np.arange(count))
    at = np.maximum.accumulate(at, axis=1)
    if backwards:
        at = np.where(at >= 0, count - 1 - at, -1)[:, ::-1]
    nearest: Ints = at if axis == 1 else at.T
    return nearest
