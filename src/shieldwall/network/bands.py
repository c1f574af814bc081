"""Drawing what is bound together: presence within a total, points over an area."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def present_within_total(uniform: Floats, odds: Floats, sizes: Ints, total: int) -> Bools:
    """Which sites are occupied, given that together they hold at most ``total``.

    ``uniform``, ``odds``, ``sizes``: (S,). Sites are independent with ``odds`` before the total is
    known; the result is one exact draw from that distribution conditional on the total, by dynamic
    programming over the capacity left (as in conditional Bernoulli sampling: Chen, Dempster and
    Liu 1994).
    """
    sites = len(odds)
    fits = np.ones((sites + 1, total + 1))
    for i in range(sites - 1, -1, -1):
        with_it = np.zeros(total + 1)
        if sizes[i] <= total:
            with_it[sizes[i] :] = fits[i + 1, : total + 1 - sizes[i]]
        fits[i] = (1 - odds[i]) * fits[i + 1] + odds[i] * with_it
    occupied = np.zeros(sites, dtype=np.bool_)
    left = total
    for i in range(sites):
        room = left - int(sizes[i])
        if room < 0 or fits[i, left] <= 0:
            continue
        occupied[i] = uniform[i] < odds[i] * fits[i + 1, room] / fits[i, left]
        left -= int(sizes[i]) if occupied[i] else 0
    return occupied


def scattered(
    rng: np.random.Generator, polygon: shapely.Polygon, count: int
) -> tuple[Floats, Floats]:
    """``count`` points spread evenly over a plane polygon: x and y, each (count,).

    A triangle of its triangulation is chosen by area and a point in it by folding the unit square,
    so that a sliver takes no longer than a square.
    """
    pieces = shapely.get_parts(shapely.constrained_delaunay_triangles(polygon))
    corners = np.array([np.asarray(t.exterior.coords)[:3] for t in pieces])
    area = shapely.area(pieces)
    a, b, c = corners[rng.choice(len(pieces), count, p=area / area.sum())].transpose(1, 0, 2)
    u, v = rng.random((2, count, 1))
    folded = u + v > 1
    u, v = np.where(folded, 1 - u, u), np.where(folded, 1 - v, v)
    at = a + u * (b - a) + v * (c - a)
    return at[:, 0].copy(), at[:, 1].copy()
