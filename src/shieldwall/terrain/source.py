"""One interface to elevation, whatever it comes from: a ``Terrain`` and the grids cut from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import ceil, inf
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from shieldwall.errors import TerrainError
from shieldwall.geodesy import Floats, Frame, Grid
from shieldwall.terrain.patch import Patch, patches, points
from shieldwall.terrain.posts import Floats32
from shieldwall.terrain.records import SiteTerrain, TerrainNote

POINT_CELL_M = 60.0
"""Ground that stands for a point: posts finer than half of this are thinned."""


class Elevation(Protocol):
    """What every source of elevation can do."""

    def sample(self, patch: Patch, cell_m: float) -> Floats32:
        """Elevation (rows, cols) at a patch, metres; NaN where there is none."""


@dataclass(frozen=True)
class Terrain:
    """Elevation for a case, with the note that says which it is and what that means."""

    note: TerrainNote
    elevation: Elevation

    def site(self, lat: float, lon: float, radius_m: float, cell_m: float) -> SiteTerrain:
        """Elevation round a site in its own azimuthal-equidistant frame.

        The grid has an odd number of rows and columns, at least ``radius_m`` to every side; the
        site is the centre of the centre cell, so cell centres lie at multiples of ``cell_m``.
        Raises ``TerrainError`` for a place or a size that is none.
        """
        good_place = -90.0 <= lat <= 90.0 and -180.0 <= lon <= 180.0
        if not (good_place and 0.0 < cell_m < inf and 0.0 <= radius_m < inf):
            raise TerrainError(
                f"terrain round {lat}, {lon}: radius {radius_m} m, cell {cell_m} m; expected "
                "degrees, a radius of 0 or more and a cell above 0"
            )
        half = ceil(radius_m / cell_m)
        edge_m = (half + 0.5) * cell_m
        side = 2 * half + 1
        return self.on(Grid(Frame(lat, lon), -edge_m, edge_m, cell_m, side, side))

    def on(self, grid: Grid) -> SiteTerrain:
        """Elevation at the cell centres of any grid; voids are 0 m and counted."""
        out = np.empty((grid.rows, grid.cols), np.float32)
        voids = 0
        for rows, cols, patch in patches(grid):
            block = self.elevation.sample(patch, grid.cell_m)
            gaps = np.isnan(block)
            voids += int(gaps.sum())
            out[rows, cols] = np.where(gaps, np.float32(0), block)
        return SiteTerrain(grid, out, voids / out.size)

    def elevation_at(self, lat: Floats | float, lon: Floats | float) -> Floats32:
        """Elevation at points, metres, voids 0; ``lat`` and ``lon`` share any shape, in degrees.

        Posts are joined bilinearly as they are, however far apart the points; only posts finer
        than some 30 m are averaged first, so that a survey of metres fits into memory.
        """
        lat, lon = np.broadcast_arrays(np.asarray(lat, float), np.asarray(lon, float))
        flat_lat, flat_lon = lat.ravel(), lon.ravel()
        out = np.empty(flat_lat.size, np.float32)
        for run in _neighbours(flat_lat, flat_lon):
            out[run] = self.elevation.sample(points(flat_lat[run], flat_lon[run]), POINT_CELL_M)[0]
        return np.nan_to_num(out, nan=0.0).reshape(lat.shape)


def _neighbours(lat: Floats, lon: Floats) -> Iterator[NDArray[np.intp]]:
    """Indices of the points of each one-degree square: each needs few tiles, and small windows."""
    if lat.size == 0:
        return
    square = np.floor(lat) * 1_000.0 + np.floor(lon)
    order = np.argsort(square, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(square[order])) + 1)


class SmoothEarth:
    """No relief at all: 0 m everywhere, and the horizon is the only mask."""

    def sample(self, patch: Patch, cell_m: float) -> Floats32:
        """Zeros (rows, cols)."""
        return np.zeros((patch.rows, patch.cols), np.float32)


class WithSea:
    """A source in which some one-degree squares are known to be open sea, 0 m."""

    SEAM_DEG = 3.0 / 3600.0
    """Tiles reach half a post over their degree lines; within this of a sea square is sea."""

    def __init__(self, land: Elevation | None, sea: Iterable[tuple[int, int]]):
        self._land = land
        self._sea = np.zeros((180, 360), bool)
        for lat, lon in sea:
            self._sea[lat + 90, lon + 180] = True

    def sample(self, patch: Patch, cell_m: float) -> Floats32:
        """The source's own values, and 0 m where it has none and a square is sea."""
        shape = (patch.rows, patch.cols)
        out = (
            np.full(shape, np.nan, np.float32)
            if self._land is None
            else self._land.sample(patch, cell_m)
        )
        gaps = np.isnan(out)
        if gaps.any():
            lat, lon = patch.spread(patch.lat)[gaps], patch.spread(patch.lon)[gaps]
            out[gaps] = np.where(self._is_sea(lat, lon), np.float32(0), np.float32(np.nan))
        return out

    def _is_sea(self, lat: Floats, lon: Floats) -> NDArray[np.bool_]:
        sea = np.zeros(lat.shape, bool)
        for north in (-self.SEAM_DEG, 0.0, self.SEAM_DEG):
            for east in (-self.SEAM_DEG, 0.0, self.SEAM_DEG):
                row = np.clip(np.floor(lat + north).astype(int) + 90, 0, 179)
                col = (np.floor(lon + east).astype(int) + 180) % 360
                sea |= self._sea[row, col]
        return sea
