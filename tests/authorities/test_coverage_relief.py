"""The floor on relief against exact float64 sight lines; the benchmark runs the full sample."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from shieldwall.coverage.floor import coverage_floor, coverage_floors
from tests.authorities import relief
from tests.authorities.exact_floor import exact_floors, whole_grid

ALTITUDES_M = (50, 300, 1_000, 3_000, 5_000)
OBSERVERS = 12
TARGETS = 1_500


def _compare(z: NDArray[np.float32], cell_m: float, seed: int) -> tuple[NDArray[np.float64], ...]:
    """Ours and exact at random targets from twelve random observers with 20 m masts."""
    rng = np.random.default_rng(seed)
    ours, exact = [], []
    floor = np.empty_like(z)
    for row, col in rng.integers(0, z.shape[0], (OBSERVERS, 2)):
        coverage_floor(z, cell_m, row, col, 20.0, out=floor)
        rows, cols = rng.integers(0, z.shape[0], (2, TARGETS))
        ours.append(floor[rows, cols].astype(np.float64))
        exact.append(exact_floors(z, cell_m, row, col, 20.0, rows, cols))
    return np.concatenate(ours), np.concatenate(exact)


@pytest.mark.parametrize(
    ("tile", "read", "cell_m"),
    [(relief.OLYMPIC, relief.olympic, 30.0), (relief.ALPS, relief.alps, 90.0)],
    ids=["olympic", "alps"],
)
def test_real_relief(tile: object, read: Callable[[], NDArray[np.float32]], cell_m: float) -> None:
    if not relief.TILES.exists():
        pytest.skip(f"{tile} is not beside this checkout; generated relief is tested instead")
    ours, exact = _compare(read(), cell_m, seed=7)
    error = np.abs(ours - exact)
    assert error.mean() <= 0.1
    assert np.quantile(error, 0.99) <= 1.5
    disagree = [((ours <= a) != (exact <= a)).mean() for a in ALTITUDES_M]
    # Owed is 0.01 %; of this smaller sample that would be less than two cells.
    assert max(disagree) <= 2.5 / ours.size


def test_generated_relief() -> None:
    ours, exact = _compare(relief.generated(1_001, seed=3), 60.0, seed=8)
    error = np.abs(ours - exact)
    assert error.mean() <= 0.1
    assert np.quantile(error, 0.99) <= 1.5


@pytest.mark.parametrize("shape", [(1, 60), (60, 1), (2, 2), (7, 90), (90, 7), (45, 52)])
@pytest.mark.parametrize("k", [4 / 3, np.inf])
def test_every_cell_of_small_grids_from_every_corner(shape: tuple[int, int], k: float) -> None:
    z = np.random.default_rng(5).uniform(0.0, 90.0, shape)
    rows, cols = shape
    places = [(0, 0), (0, cols - 1), (rows - 1, 0), (rows - 1, cols - 1), (rows // 2, cols // 3)]
    floors = coverage_floors(z, 30.0, places, 5.0, k)
    for (row, col), floor in zip(places, floors, strict=True):
        error = np.abs(floor - whole_grid(z, 30.0, row, col, 5.0, k))
        assert error.mean() <= 0.05
        assert error.max() <= 3.0
