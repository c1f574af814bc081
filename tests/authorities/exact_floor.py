"""The coverage floor by its definition, in float64, one whole sight line per target.

The definition is that of the surface often called R3: posts joined linearly along grid lines, the
sight line checked at every row and every column it crosses between observer and target. Nothing
is shared with the product's kernel: angles are formed with sines and cosines, not series.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

EARTH_RADIUS_M = 6_371_000.0


@njit(nogil=True)
def _tangent(z: float, d: float, zo: float, re: float) -> float:
    """Tangent of the elevation angle of a post of height z at ground distance d."""
    if math.isinf(re):
        return (z - zo) / d
    theta = d / re
    return ((re + z) * math.cos(theta) - (re + zo)) / ((re + z) * math.sin(theta))


@njit(nogil=True)
def floor_at(
    z: Any, cell: float, row: int, col: int, mast: float, re: float, r: int, c: int
) -> float:
    """Lowest visible altitude above ground at cell (r, c), metres."""
    dr, dc = r - row, c - col
    if dr == 0 and dc == 0:
        return 0.0
    zo = z[row, col] + mast
    reach = cell * math.hypot(dr, dc)
    best = -math.inf
    step = 1 if dr > 0 else -1
    for n in range(1, abs(dr)):
        x = col + dc * n / abs(dr)
        left = math.floor(x)
        part = x - left
        here = row + step * n
        post = z[here, left]
        if part > 0.0:
            post = post * (1.0 - part) + z[here, left + 1] * part
        best = max(best, _tangent(post, reach * n / abs(dr), zo, re))
    step = 1 if dc > 0 else -1
    for n in range(1, abs(dc)):
        y = row + dr * n / abs(dc)
        top = math.floor(y)
        part = y - top
        here = col + step * n
        post = z[top, here]
        if part > 0.0:
            post = post * (1.0 - part) + z[top + 1, here] * part
        best = max(best, _tangent(post, reach * n / abs(dc), zo, re))
    if best == -math.inf:
        return 0.0
    if math.isinf(re):
        return max(0.0, zo + best * reach - z[r, c])
    alpha, theta = math.atan(best), reach / re
    if theta + alpha >= math.pi / 2:
        return math.inf
    return max(0.0, (re + zo) * math.cos(alpha) / math.cos(theta + alpha) - re - z[r, c])


@njit(nogil=True)
def _floors_at(
    z: Any, cell: float, row: int, col: int, mast: float, re: float, rows: Any, cols: Any
) -> Any:
    out = np.empty(rows.size)
    for i in range(rows.size):
        out[i] = floor_at(z, cell, row, col, mast, re, rows[i], cols[i])
    return out


def exact_floors(
    elevation_m: NDArray[Any],
    cell_size_m: float,
    row: int,
    col: int,
    mast_m: float,
    rows: NDArray[np.int64],
    cols: NDArray[np.int64],
    k: float = 4 / 3,
) -> NDArray[np.float64]:
    """Floors at the cells (rows[i], cols[i]), metres above ground."""
    z = np.ascontiguousarray(elevation_m, np.float64)
    re = k * EARTH_RADIUS_M
    parts = 8 if rows.size > 1000 else 1
    with ThreadPoolExecutor(2) as pool:
        found = pool.map(
            lambda r, c: _floors_at(z, cell_size_m, row, col, mast_m, re, r, c),
            np.array_split(rows, parts),
            np.array_split(cols, parts),
        )
        return np.concatenate(list(found))


def whole_grid(
    elevation_m: NDArray[Any],
    cell_size_m: float,
    row: int,
    col: int,
    mast_m: float,
    k: float = 4 / 3,
) -> NDArray[np.float64]:
    """The same for every cell of a small grid."""
    rows, cols = np.indices(elevation_m.shape).reshape(2, -1)
    flat = exact_floors(elevation_m, cell_size_m, row, col, mast_m, rows, cols, k)
    return flat.reshape(elevation_m.shape)
