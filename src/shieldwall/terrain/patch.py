"""Where elevation is asked for: a patch of a metric grid, or a run of points.

Turning every cell of a large grid into degrees one by one costs a minute where half a second is
enough: positions are exact on a lattice of nodes and joined bilinearly between them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from shieldwall.geodesy import Floats, Grid

NODE_SPACING_M = 2_000.0
"""Joining positions linearly over this length leaves them within 0.1 m (length² / 8 / R) at the
equator, growing with the tangent of the latitude."""

EXACT_BEYOND_LAT = 80.0
"""Nearer the poles every position is computed by itself."""

BLOCK = 1024
"""Cells a side of a patch: bounds the memory of one step, whatever the grid."""


@dataclass(frozen=True)
class Patch:
    """Nodes in degrees, every ``step`` cells, of a block of ``rows`` x ``cols`` cells."""

    lat: Floats
    lon: Floats
    step: int
    rows: int
    cols: int

    def spread(self, at_nodes: Floats) -> Floats:
        """Values at the nodes, joined bilinearly to every cell: (rows, cols)."""
        if self.step == 1:
            return at_nodes
        across = _between(at_nodes, self.cols, self.step, 1)
        return _between(across, self.rows, self.step, 0)


def patches(grid: Grid) -> Iterator[tuple[slice, slice, Patch]]:
    """The grid in blocks: rows, columns, and their patch."""
    x, y = grid.centres()
    for top in range(0, grid.rows, BLOCK):
        for left in range(0, grid.cols, BLOCK):
            rows = slice(top, min(top + BLOCK, grid.rows))
            cols = slice(left, min(left + BLOCK, grid.cols))
            yield rows, cols, _patch(grid, x[cols], y[rows])


def points(lat: Floats, lon: Floats) -> Patch:
    """A run of points, each exact; both (n,)."""
    return Patch(lat[None, :], lon[None, :], 1, 1, lat.size)


def _patch(grid: Grid, x: Floats, y: Floats) -> Patch:
    step = max(1, int(NODE_SPACING_M // grid.cell_m))
    if step > 1:
        reach_lat = max(
            abs(v) for v in grid.frame.to_latlon(x[[0, -1, 0, -1]], y[[0, 0, -1, -1]])[0]
        )
        if reach_lat > EXACT_BEYOND_LAT or abs(grid.frame.lat) > EXACT_BEYOND_LAT:
            step = 1
    x_nodes = x[0] + grid.cell_m * step * np.arange(_nodes(x.size, step))
    y_nodes = y[0] - grid.cell_m * step * np.arange(_nodes(y.size, step))
    lat, lon = grid.frame.to_latlon(*np.meshgrid(x_nodes, y_nodes))
    lon = unwrapped(lon, grid.frame.lon)
    return Patch(lat, lon, step, y.size, x.size)


def unwrapped(lon: Floats, centre: float) -> Floats:
    """Longitudes within half a turn of ``centre``, so that the antimeridian is no jump."""
    turned: Floats = centre + (lon - centre + 180.0) % 360.0 - 180.0
    return turned


def _nodes(cells: int, step: int) -> int:
    return cells if step == 1 else (cells - 1) // step + 2


def _between(values: Floats, cells: int, step: int, axis: int) -> Floats:
    at = np.arange(cells) / step
    low = at.astype(np.intp)
    share = (at - low).reshape((-1, 1) if axis == 0 else (1, -1))
    joined: Floats = np.take(values, low, axis) * (1.0 - share)
    joined += np.take(values, low + 1, axis) * share
    return joined
