"""What the coarse map is worth: real relief against the same relief thinned to its spacing.

The Alps tile N46E008 (3 arc-seconds, ``../shared/data/dem``) is averaged over blocks of 1/12
degree, the posts of ITU-R P.1511, and joined bilinearly as the product joins that map. Floors of
the same observers are computed on both, each observer standing on the ground of its own surface,
and compared in every cell that is no void. The figures kept in ``shieldwall.terrain.bands`` come
from ``run()``; ``python -m benchmarks.coarse_terrain`` prints them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.coverage import coverage_floors
from shieldwall.coverage.records import ALTITUDES_M
from shieldwall.geodesy import Frame, Grid
from shieldwall.terrain.coarse import POSTS_PER_DEGREE
from shieldwall.terrain.mosaic import Mosaic
from shieldwall.terrain.patch import patches
from shieldwall.terrain.posts import Floats32, bilinear, block_mean
from shieldwall.terrain.rasters import Raster, open_raster

DEM = Path(__file__).parents[2] / "shared" / "data" / "dem"
TILES = ("N46E008.tif", "N44W072.hgt")
"""The first makes the figures of record; the second shows how gentler relief differs."""

CELL_M = 90.0
OBSERVERS = 24
SEED = 2026
MAST_M = 15.0
SITING_M = 2_000.0
"""A sited observer stands on the highest ground within so much of where chance put it."""

TOP_M = float(max(ALTITUDES_M))
"""Floors above the highest altitude stated count as that altitude: no result tells them apart."""


def run() -> list[dict[str, Any]]:
    """Two rows per tile that is there: observers anywhere on the ground, and sited observers.

    The first row is the one of record.
    """
    tiles = [DEM / name for name in TILES if (DEM / name).is_file()]
    return [measure(path, sited) for path in tiles for sited in (False, True)]


def measure(path: Path, sited: bool) -> dict[str, Any]:
    """Errors of floors and shares on one tile of 1201 x 1201 posts, thinned."""
    raster = open_raster(path)
    grid = _grid(raster)
    fine, coarse = _surfaces(raster, grid)
    void = np.isnan(fine)
    fine = np.where(void, coarse, fine)
    chance = np.random.default_rng(SEED)
    ground = np.argwhere(~void)
    observers = ground[chance.choice(len(ground), OBSERVERS, replace=False)]
    if sited:
        observers = np.array([_highest(fine, row, col) for row, col in observers])
    true = coverage_floors(fine, CELL_M, observers, MAST_M)[:, ~void]
    seen = coverage_floors(coarse, CELL_M, observers, MAST_M)[:, ~void]
    error = np.abs(np.minimum(seen, TOP_M) - np.minimum(true, TOP_M))
    shares = {a: ((seen <= a).mean(axis=1), (true <= a).mean(axis=1)) for a in ALTITUDES_M}
    return {
        "tile": path.name,
        "observers": "sited" if sited else "anywhere",
        "floor_mean_m": float(error.mean(dtype=np.float64)),
        "floor_p95_m": float(np.quantile(error, 0.95)),
        "share_error": float(np.mean([np.abs(s - t).mean() for s, t in shares.values()])),
        "share_bias": {a: float((s - t).mean()) for a, (s, t) in shares.items()},
        "share_true": {a: float(t.mean()) for a, (_, t) in shares.items()},
        "void": float(void.mean()),
    }


def _highest(fine: Floats32, row: int, col: int) -> tuple[int, int]:
    reach = int(SITING_M / CELL_M)
    top, left = max(0, row - reach), max(0, col - reach)
    near = fine[top : row + reach + 1, left : col + reach + 1]
    down, across = np.unravel_index(int(near.argmax()), near.shape)
    return top + int(down), left + int(across)


def _grid(raster: Raster) -> Grid:
    """Cells about the tile's middle, inside the outermost posts of the thinned relief."""
    lon = round(raster.transform[2]) + 0.5
    lat = round(raster.transform[5]) - 0.5
    frame = Frame(lat, lon)
    reach = 0.5 - 0.5 / POSTS_PER_DEGREE
    x, _ = frame.to_xy(np.array([lat + reach, lat]), np.array([lon + reach, lon + reach]))
    half_x, half_y = float(x.min()), float(frame.to_xy(lat + reach, lon)[1])
    cols, rows = int(2 * half_x / CELL_M), int(2 * half_y / CELL_M)
    return Grid(frame, -cols * CELL_M / 2, rows * CELL_M / 2, CELL_M, rows, cols)


def _surfaces(raster: Raster, grid: Grid) -> tuple[Floats32, Floats32]:
    """The relief and its thinned self on one grid; voids of the relief are NaN."""
    posts = raster.read(slice(0, raster.rows - 1), slice(0, raster.cols - 1))
    thinned = block_mean(posts, (raster.rows - 1) // POSTS_PER_DEGREE)
    thinned = np.where(np.isnan(thinned), np.nanmean(thinned), thinned)
    mosaic = Mosaic((raster,))
    fine = np.empty((grid.rows, grid.cols), np.float32)
    coarse = np.empty((grid.rows, grid.cols), np.float32)
    north, west = round(raster.transform[5]), round(raster.transform[2])
    for rows, cols, patch in patches(grid):
        fine[rows, cols] = mosaic.sample(patch, CELL_M)
        row = (north - patch.spread(patch.lat)) * POSTS_PER_DEGREE - 0.5
        col = (patch.spread(patch.lon) - west) * POSTS_PER_DEGREE - 0.5
        coarse[rows, cols] = bilinear(thinned, row, col)
    return fine, coarse


def main() -> None:
    """Print the rows as a table."""
    for row in run():
        print(f"{row['tile']}, observers {row['observers']}; {row['void']:.1%} void, left out")
        print(f"  floors: mean {row['floor_mean_m']:.0f} m, 95 % {row['floor_p95_m']:.0f} m")
        print(f"  shares: mean absolute error {row['share_error']:.3f}")
        for altitude, bias in row["share_bias"].items():
            print(f"  {altitude:>6} m: true {row['share_true'][altitude]:.3f}, bias {bias:+.3f}")


if __name__ == "__main__":
    main()
