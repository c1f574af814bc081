"""The coverage floor: the lowest altitude above ground at which a target is in line of sight.

One pass serves every altitude: a target at altitude a over a cell is visible exactly where the
floor is not above a. Terrain is joined linearly along grid lines and a sight line is checked at
every row and column it crosses; the Earth is a sphere of radius kR, with exact tangents. See
``docs/coverage-floor.md`` for the definition, the measured accuracy and the limits.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shieldwall.coverage import kernel
from shieldwall.errors import InputError
from shieldwall.terrain.records import SiteTerrain
from shieldwall.units import EARTH_RADIUS_M
from shieldwall.workers import processors, spread

Floats32 = NDArray[np.float32]
Floats64 = NDArray[np.float64]

STANDARD_K = 4 / 3
"""Effective Earth radius factor of the standard atmosphere (ITU-R P.310)."""

FEWEST_RAYS = 4_000
"""Rays per octant, however small the grid: halving their spacing quarters the error."""

ELEVATION_LIMITS_M = (-12_000.0, 100_000.0)
"""Beyond these a value is a void marker or a mistake, and the kernel's series do not hold."""


@dataclass(frozen=True)
class _Relief:
    """Elevation as the kernel walks it: rows along memory, and columns along memory."""

    along: Floats32
    across: Floats32
    shape: tuple[int, int]


def coverage_floor(
    elevation_m: ArrayLike,
    cell_size_m: float,
    row: int,
    col: int,
    mast_m: float,
    k: float = STANDARD_K,
    *,
    out: Floats32 | None = None,
) -> Floats32:
    """Floor of one observer on a metric grid, in metres above ground.

    ``elevation_m`` is (rows, cols), finite, of any number type and memory order; the observer
    stands ``mast_m`` above the cell (row, col). Returns float32 (rows, cols), 0 where the ground
    itself is in sight; infinite where no altitude is. ``out`` receives the result if given.
    Uses one thread and does not hold the interpreter lock while it works.

    Raises InputError for elevation that is not finite, an observer off the grid, a cell size or
    k that is not positive, and a mast below ground.
    """
    target = None if out is None else np.asarray(out)[np.newaxis]
    floors: Floats32 = coverage_floors(
        elevation_m, cell_size_m, [(row, col)], mast_m, k, threads=1, out=target
    )
    one: Floats32 = floors[0]
    return one


def coverage_floors(
    elevation_m: ArrayLike,
    cell_size_m: float,
    observers: Sequence[tuple[int, int]] | NDArray[np.integer[Any]],
    mast_m: ArrayLike,
    k: ArrayLike = STANDARD_K,
    threads: int | None = None,
    *,
    out: Floats32 | None = None,
) -> Floats32:
    """Floors of n observers (row, col), float32 (n, rows, cols); else as ``coverage_floor``.

    ``mast_m`` and ``k`` are one number or one per observer. ``threads`` defaults to the
    processors this process may use; the result does not depend on it.
    """
    relief = _relief(elevation_m)
    places = _observers(observers, relief.shape)
    if not (math.isfinite(cell_size_m) and cell_size_m > 0):
        raise InputError(f"cell_size_m is {cell_size_m}; it must be a positive number of metres")
    masts = _per_observer(mast_m, len(places), "mast_m")
    if not (np.isfinite(masts) & (masts >= 0)).all():
        raise InputError(f"mast_m is {masts.min():g}; an antenna stands 0 m or more above ground")
    ks = _per_observer(k, len(places), "k")
    if not (ks > 0).all():
        raise InputError(f"k is {ks.min():g}; it must be positive (infinity for a flat Earth)")
    workers = _workers(threads)
    floors = _output(out, (len(places), *relief.shape), relief)
    jobs = []
    for (row, col), mast, factor, floor in zip(places, masts, ks, floors, strict=True):
        antenna_m = float(relief.along[row, col]) + float(mast)
        inv_re = 1.0 / (float(factor) * EARTH_RADIUS_M)
        floor[row, col] = 0.0
        for octant in _octants(relief, floor, row, col):
            jobs.append((*octant, antenna_m, float(cell_size_m), inv_re))
    spread(lambda job: kernel.octant(*job), jobs, workers)
    return floors


def _octants(relief: _Relief, floor: Floats32, row: int, col: int) -> Iterator[tuple[Any, ...]]:
    """Arguments of ``kernel.octant`` up to the observer's own: north and south, east and west.

    The axes belong to the octants right of them or below them, the diagonals to north and south.
    """
    rows, cols = relief.shape
    along, across, out = relief.along.reshape(-1), relief.across.reshape(-1), floor.reshape(-1)
    here, here_across = row * cols + col, col * rows + row
    north_south = ((1, rows - 1 - row), (-1, row))
    east_west = ((1, cols - 1 - col), (-1, col))
    for line, lines in north_south:
        for post, posts in east_west:
            if lines and (posts or post > 0):
                shape = (lines, posts, _rays(lines), int(post < 0), 1)
                path = (line * cols, post)
                yield (along, here, *path, out, here, *path, *shape)
    for line, lines in east_west:
        for post, posts in north_south:
            if lines and (posts or post > 0):
                shape = (lines, posts, _rays(lines), int(post < 0), 0)
                yield (across, here_across, line * rows, post, out, here, line, post * cols, *shape)


def _rays(lines: int) -> int:
    """Rays of an octant: two to a cell at its border, and more on a small grid."""
    return max(2 * lines, FEWEST_RAYS)


def _workers(threads: int | None) -> int:
    if threads is None:
        return processors()
    if threads < 1:
        raise InputError(f"threads is {threads}; at least one is needed")
    return threads


def _relief(elevation_m: ArrayLike) -> _Relief:
    given = np.asarray(elevation_m)
    if given.ndim != 2 or given.size == 0:
        raise InputError(f"elevation_m has shape {given.shape}; rows and columns are needed")
    if given.dtype.kind not in "iuf":
        raise InputError(f"elevation_m holds {given.dtype}; metres as numbers are needed")
    with np.errstate(over="ignore", invalid="ignore"):  # such values are refused just below
        along = np.require(given, np.float32, ["C", "ALIGNED", "WRITEABLE"])
    low, high = ELEVATION_LIMITS_M
    lowest, highest = float(along.min()), float(along.max())
    if not (low <= lowest and highest <= high):
        row, col = np.argwhere(~((along >= low) & (along <= high)))[0]
        raise InputError(
            f"elevation_m[{row}, {col}] is {along[row, col]} m; heights from {low:.0f} to"
            f" {high:.0f} m are needed: fill voids first"
        )
    across = np.empty(along.shape[::-1], np.float32)
    kernel.transpose(along.reshape(-1), *along.shape, across.reshape(-1))
    return _Relief(along, across, (along.shape[0], along.shape[1]))


def _observers(observers: Any, shape: tuple[int, int]) -> list[tuple[int, int]]:
    places = np.asarray(observers)
    if places.size == 0:
        return []
    if places.ndim != 2 or places.shape[1] != 2 or places.dtype.kind not in "iu":
        raise InputError("observers must be (row, col) pairs of whole numbers")
    pairs = [(int(row), int(col)) for row, col in places]
    for row, col in pairs:
        if not (0 <= row < shape[0] and 0 <= col < shape[1]):
            raise InputError(
                f"observer (row {row}, col {col}) is off the grid of {shape[0]} rows and"
                f" {shape[1]} columns"
            )
    return pairs


def _per_observer(value: ArrayLike, count: int, name: str) -> Floats64:
    given = np.asarray(value, np.float64)
    if given.ndim and given.shape != (count,):
        raise InputError(f"{name} has shape {given.shape}; one number, or {count}, are needed")
    return np.broadcast_to(given, (count,)).astype(np.float64)


def _output(out: Floats32 | None, shape: tuple[int, ...], relief: _Relief) -> Floats32:
    if out is None:
        return np.empty(shape, np.float32)
    if out.shape != shape or out.dtype != np.float32 or not out.flags.carray:
        raise InputError(
            f"out is {out.dtype} {out.shape}; a writable, contiguous float32 {shape} is needed"
        )
    if np.may_share_memory(out, relief.along):
        raise InputError("out lies in the memory of elevation_m; give it memory of its own")
    return out


def site_floor(
    terrain: SiteTerrain,
    lat: float,
    lon: float,
    mast_m: float,
    k: float = STANDARD_K,
    *,
    out: Floats32 | None = None,
) -> Floats32:
    """Floor of an emplacement (degrees, WGS-84) on the grid about its site.

    The emplacement is snapped to the cell it lies in. The grid is azimuthal-equidistant about
    the site, so sight lines from its centre are geodesics at true length; an emplacement e metres
    off the centre sees lines that leave the geodesic by less than e d² / (6 R²) at distance d.
    Raises InputError where the emplacement lies off the grid.
    """
    row, col = cell_of(terrain, lat, lon)
    return coverage_floor(terrain.elevation_m, terrain.grid.cell_m, row, col, mast_m, k, out=out)


def cell_of(terrain: SiteTerrain, lat: float, lon: float) -> tuple[int, int]:
    """(row, col) of the cell a place lies in; InputError where that is off the grid."""
    grid = terrain.grid
    x, y = grid.frame.to_xy(lat, lon)
    east, south = (float(x) - grid.x0_m) / grid.cell_m, (grid.y0_m - float(y)) / grid.cell_m
    if not (0 <= east < grid.cols and 0 <= south < grid.rows):
        raise InputError(
            f"{lat:.4f}, {lon:.4f} lies off the site's grid of {grid.rows} x {grid.cols} cells"
        )
    return int(south), int(east)


def smooth_floor_m(
    distance_m: ArrayLike, antenna_m: ArrayLike, k: ArrayLike = STANDARD_K
) -> Floats64:
    """Floor over a smooth Earth, metres; shapes broadcast.

    Inside the horizon 0; beyond it the tangent line from the antenna touches at angle θh with
    cos θh = Re / (Re + antenna) and rises to Re / cos(θ - θh) - Re.
    """
    re = np.asarray(k, np.float64) * EARTH_RADIUS_M
    distance, antenna = np.asarray(distance_m, np.float64), np.asarray(antenna_m, np.float64)
    # 1/cos t - 1 = 2 sin²(t/2)/cos t, and sin²(θh/2) = h / (2 (Re + h)): nothing cancels.
    dip = 2.0 * np.arcsin(np.sqrt(antenna / (2.0 * (re + antenna))))
    beyond = np.maximum(distance / re - dip, 0.0)
    floor: Floats64 = re * 2.0 * np.sin(beyond / 2.0) ** 2 / np.cos(beyond)
    return floor


def radar_horizon_m(
    antenna_m: ArrayLike, target_m: ArrayLike = 0.0, k: ArrayLike = STANDARD_K
) -> Floats64:
    """Distance at which antenna and target graze a smooth Earth, metres; shapes broadcast.

    sqrt(2 k R) (sqrt(antenna) + sqrt(target)): 4.12 km per root metre at k = 4/3 (Skolnik,
    Introduction to Radar Systems). Heights are small against the Earth's radius.
    """
    re = np.asarray(k, np.float64) * EARTH_RADIUS_M
    heights = np.sqrt(np.asarray(antenna_m, np.float64)) + np.sqrt(np.asarray(target_m, np.float64))
    reach: Floats64 = np.sqrt(2.0 * re) * heights
    return reach
