"""Many elevation files as one surface.

Files on the same lattice (same system, same spacing, whole posts apart) are laid side by side
before their posts are joined, so that there is no seam between tiles; where they overlap, the file
named first wins. Voids that land encloses are then joined from their rims. Lattices are asked in
turn, finest first, each filling what is still missing.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

from shieldwall.errors import TerrainError
from shieldwall.geodesy import Floats
from shieldwall.terrain.assumptions import ENCLOSED_VOID_M, POSTS_PER_CELL
from shieldwall.terrain.patch import Patch, unwrapped
from shieldwall.terrain.posts import Floats32, bilinear, block_mean
from shieldwall.terrain.rasters import Raster
from shieldwall.terrain.voids import fill_enclosed

ON_LATTICE = 1e-3
"""Files whose posts lie within this share of a post of each other's share a lattice."""

STRIP_POSTS = 8_000_000
"""Posts read at a time while thinning a file."""

MAX_WINDOW_POSTS = 100_000_000
KEPT_BYTES = 192 * 1024 * 1024
KEPT_FILE_POSTS = 16_000_000
"""Thinned files up to this size are kept whole, up to ``KEPT_BYTES`` together."""


@dataclass
class _Shelf:
    """Thinned files kept for the next window, the least lately used given up first."""

    items: OrderedDict[tuple[Raster, int], Floats32] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[Raster, int]) -> Floats32 | None:
        with self.lock:
            if key in self.items:
                self.items.move_to_end(key)
            return self.items.get(key)

    def put(self, key: tuple[Raster, int], posts: Floats32) -> None:
        with self.lock:
            self.items[key] = posts
            while sum(p.nbytes for p in self.items.values()) > KEPT_BYTES and len(self.items) > 1:
                self.items.popitem(last=False)


@dataclass(frozen=True)
class _Placed:
    raster: Raster
    row: int
    col: int


@dataclass(frozen=True)
class _Lattice:
    """Files whose posts lie on one lattice; its origin is the first file's corner."""

    files: tuple[_Placed, ...]

    @property
    def head(self) -> Raster:
        return self.files[0].raster


class Mosaic:
    """Elevation files asked as one; ``sample`` is all a caller needs."""

    def __init__(self, rasters: tuple[Raster, ...]) -> None:
        if not rasters:
            raise TerrainError("no elevation files given")
        self._lattices = _sorted_into_lattices(rasters)
        self._shelf = _Shelf()

    @property
    def spacing_m(self) -> float:
        """Distance between posts of the finest files, metres."""
        return self._lattices[0].head.spacing_m

    def covers(self, patch: Patch) -> NDArray[np.bool_]:
        """Which nodes of a patch lie inside some file, by the headers alone; voids count as in."""
        inside = np.zeros(patch.lat.shape, bool)
        for lattice in self._lattices:
            for row, col in _positions(lattice.head, patch):
                for f in lattice.files:
                    down, across = row - f.row + 0.5, col - f.col + 0.5
                    inside |= (
                        (down >= 0)
                        & (down <= f.raster.rows)
                        & (across >= 0)
                        & (across <= f.raster.cols)
                    )
        return inside

    def sample(self, patch: Patch, cell_m: float) -> Floats32:
        """Elevation (rows, cols) at a patch, metres; NaN where no file has a value."""
        out = np.full((patch.rows, patch.cols), np.nan, np.float32)
        missing = np.ones(out.shape, bool)
        for lattice in self._lattices:
            for row, col in _positions(lattice.head, patch):
                if _window(lattice, row, col, 1) is None:
                    continue
                found = self._sample(lattice, patch.spread(row), patch.spread(col), cell_m)
                out[missing] = found[missing]
                missing = np.isnan(out)
                if not missing.any():
                    return out
        return out

    def _sample(self, lattice: _Lattice, row: Floats, col: Floats, cell_m: float) -> Floats32:
        factor = max(1, int(cell_m / POSTS_PER_CELL / lattice.head.spacing_m))
        row, col = (row + 0.5) / factor - 0.5, (col + 0.5) / factor - 0.5
        reach = int(ENCLOSED_VOID_M / (lattice.head.spacing_m * factor))
        window = _window(lattice, row, col, factor, reach)
        if window is None:
            return np.full(row.shape, np.nan, np.float32)
        top, left, rows, cols = window
        if rows * cols > MAX_WINDOW_POSTS:
            raise TerrainError(
                f"{lattice.head.path.name} and its neighbours: {rows} x {cols} posts at once; "
                "ask for a smaller area or a larger terrain.cell_m"
            )
        posts = np.full((rows, cols), np.nan, np.float32)
        for placed in lattice.files:
            self._lay(posts, top, left, placed, factor)
        return bilinear(fill_enclosed(posts, reach), row - top, col - left)

    def _lay(self, posts: Floats32, top: int, left: int, placed: _Placed, factor: int) -> None:
        """Fill what is missing of a window from one file."""
        raster = placed.raster
        r0, c0 = placed.row // factor, placed.col // factor
        r1 = -(-(placed.row + raster.rows) // factor)
        c1 = -(-(placed.col + raster.cols) // factor)
        rows = slice(max(top, r0), min(top + posts.shape[0], r1))
        cols = slice(max(left, c0), min(left + posts.shape[1], c1))
        if rows.start >= rows.stop or cols.start >= cols.stop:
            return
        target = posts[rows.start - top : rows.stop - top, cols.start - left : cols.stop - left]
        missing = np.isnan(target)
        if not missing.any():
            return
        whole = self._shelf.get((raster, factor))
        if whole is None and (r1 - r0) * (c1 - c0) <= KEPT_FILE_POSTS:
            whole = _thinned(placed, slice(r0, r1), slice(c0, c1), factor)
            self._shelf.put((raster, factor), whole)
        if whole is None:
            part = _thinned(placed, rows, cols, factor)
        else:
            part = whole[rows.start - r0 : rows.stop - r0, cols.start - c0 : cols.stop - c0]
        target[missing] = part[missing]


def _thinned(placed: _Placed, rows: slice, cols: slice, factor: int) -> Floats32:
    """Block means of a file over lattice blocks ``rows``, ``cols``; NaN outside the file."""
    raster = placed.raster
    out = np.empty((rows.stop - rows.start, cols.stop - cols.start), np.float32)
    width = (cols.stop - cols.start) * factor
    strip = max(1, STRIP_POSTS // (width * factor))
    left = cols.start * factor - placed.col
    for at in range(rows.start, rows.stop, strip):
        end = min(at + strip, rows.stop)
        top = at * factor - placed.row
        posts = np.full(((end - at) * factor, width), np.nan, np.float32)
        r = slice(max(0, top), min(raster.rows, top + posts.shape[0]))
        c = slice(max(0, left), min(raster.cols, left + width))
        posts[r.start - top : r.stop - top, c.start - left : c.stop - left] = raster.read(r, c)
        out[at - rows.start : end - rows.start] = block_mean(posts, factor)
    return out


def _window(
    lattice: _Lattice, row: Floats, col: Floats, factor: int, margin: int = 0
) -> tuple[int, int, int, int] | None:
    """Top, left, rows and columns of the blocks that a patch needs; ``None`` if there are none.

    ``margin`` blocks more to every side show whether land encloses a void at the rim.
    """
    if np.isnan(row).all() or np.isnan(col).all():
        return None
    low_row = min(p.row for p in lattice.files) // factor
    low_col = min(p.col for p in lattice.files) // factor
    high_row = -(-max(p.row + p.raster.rows for p in lattice.files) // factor)
    high_col = -(-max(p.col + p.raster.cols for p in lattice.files) // factor)
    top = max(low_row, int(np.floor(np.nanmin(row))) - 1 - margin)
    left = max(low_col, int(np.floor(np.nanmin(col))) - 1 - margin)
    bottom = min(high_row, int(np.ceil(np.nanmax(row))) + 2 + margin)
    right = min(high_col, int(np.ceil(np.nanmax(col))) + 2 + margin)
    if top >= bottom or left >= right:
        return None
    return top, left, bottom - top, right - left


def _positions(head: Raster, patch: Patch) -> Iterator[tuple[Floats, Floats]]:
    """Rows and columns of a patch's nodes; in degrees also one turn east and one west."""
    x, y = _transformer(head.crs).transform(patch.lon, patch.lat)
    x, y = np.asarray(x, float), np.asarray(y, float)
    outside = ~(np.isfinite(x) & np.isfinite(y))
    x[outside] = y[outside] = np.nan
    if head.geographic:
        x = unwrapped(x, float(patch.lon.flat[0]))
    for turn in (0.0, 360.0, -360.0) if head.geographic else (0.0,):
        yield _invert(head, x + turn, y)


def _invert(head: Raster, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Fractional row and column of post centres for x and y in the file's own system."""
    a, b, c, d, e, f = head.transform
    det = a * e - b * d
    col = (e * (x - c) - b * (y - f)) / det - 0.5
    row = (a * (y - f) - d * (x - c)) / det - 0.5
    return row, col


@cache
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs("EPSG:4326", crs, always_xy=True)


def _sorted_into_lattices(rasters: tuple[Raster, ...]) -> tuple[_Lattice, ...]:
    groups: list[list[_Placed]] = []
    for raster in rasters:
        for group in groups:
            placed = _place(group[0].raster, raster)
            if placed is not None:
                group.append(placed)
                break
        else:
            groups.append([_Placed(raster, 0, 0)])
    lattices = [_Lattice(tuple(g)) for g in groups]
    return tuple(sorted(lattices, key=lambda g: g.head.spacing_m))


def _place(head: Raster, raster: Raster) -> _Placed | None:
    """Where a file lies on the lattice of another; ``None`` if it does not."""
    if head.crs != raster.crs:
        return None
    steps = np.array(head.transform)[[0, 1, 3, 4]]
    others = np.array(raster.transform)[[0, 1, 3, 4]]
    across = max(raster.rows, raster.cols)
    if np.abs(steps - others).max() * across > ON_LATTICE * np.abs(steps).max():
        return None
    corner_x = np.array(raster.transform[2] + raster.transform[0] / 2 + raster.transform[1] / 2)
    corner_y = np.array(raster.transform[5] + raster.transform[3] / 2 + raster.transform[4] / 2)
    row, col = (float(v) for v in _invert(head, corner_x, corner_y))
    if abs(row - round(row)) > ON_LATTICE or abs(col - round(col)) > ON_LATTICE:
        return None
    return _Placed(raster, round(row), round(col))
