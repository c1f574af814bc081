"""What holds of the coverage floor on any terrain."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from shieldwall.coverage import coverage_floor
from shieldwall.coverage.floor import smooth_floor_m

Heights = NDArray[np.int16]
K = st.sampled_from([1.0, 4 / 3, 1.6, np.inf])
CELL_M = 75.0
SETTINGS = settings(max_examples=60, deadline=None)


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Heights, int, int, float, float]:
    """Elevation, observer's row and column, mast, k."""
    rows, cols = draw(st.integers(2, 24)), draw(st.integers(2, 24))
    z = draw(arrays(np.int16, (rows, cols), elements=st.integers(-400, 4_000)))
    row, col = draw(st.integers(0, rows - 1)), draw(st.integers(0, cols - 1))
    return z, row, col, float(draw(st.integers(0, 60))), draw(K)


def _slack(*values: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32 carries seven digits of heights that may be tens of kilometres."""
    return np.float32(0.002) + np.float32(2e-6) * sum(np.abs(v) for v in values)


@SETTINGS
@given(scenes(), st.integers(0, 400))
def test_a_taller_mast_never_raises_the_floor(
    scene: tuple[Heights, int, int, float, float], taller_m: int
) -> None:
    z, row, col, mast, k = scene
    low = coverage_floor(z, CELL_M, row, col, mast, k)
    high = coverage_floor(z, CELL_M, row, col, mast + taller_m, k)
    assert (high <= low + _slack(low)).all()


@SETTINGS
@given(scenes(), st.data())
def test_adding_terrain_never_lowers_what_must_be_climbed_to(
    scene: tuple[Heights, int, int, float, float], data: st.DataObject
) -> None:
    """Heights above sea level; the ground under the antenna stays as it is."""
    z, row, col, mast, k = scene
    added = data.draw(arrays(np.int16, z.shape, elements=st.integers(0, 900), fill=st.just(0)))
    added[row, col] = 0
    before = coverage_floor(z, CELL_M, row, col, mast, k) + z
    after = coverage_floor(z + added, CELL_M, row, col, mast, k) + z + added
    assert (after >= before - _slack(before)).all()


@SETTINGS
@given(
    st.tuples(st.integers(2, 60), st.integers(2, 60)),
    st.floats(0.0, 1.0),
    st.floats(0.0, 1.0),
    st.floats(5.0, 400.0),
    st.floats(0.9, 2.0),
)
def test_zero_relief_is_the_smooth_earth(
    shape: tuple[int, int], down: float, right: float, mast_m: float, k: float
) -> None:
    row, col = int(down * (shape[0] - 1)), int(right * (shape[1] - 1))
    floor = coverage_floor(np.zeros(shape), 200.0, row, col, mast_m, k)
    rows, cols = np.indices(shape)
    smooth = smooth_floor_m(np.hypot(rows - row, cols - col) * 200.0, mast_m, k)
    assert np.abs(floor - smooth).max() <= 0.05


@SETTINGS
@given(scenes(), st.integers(1, 3))
def test_quarter_turns_commute(scene: tuple[Heights, int, int, float, float], turns: int) -> None:
    z, row, col, mast, k = scene
    mark = np.zeros(z.shape, bool)
    mark[row, col] = True
    turned_row, turned_col = np.argwhere(np.rot90(mark, turns))[0]
    floor = coverage_floor(z, CELL_M, row, col, mast, k)
    turned = coverage_floor(np.rot90(z, turns), CELL_M, turned_row, turned_col, mast, k)
    back = np.rot90(turned, -turns)
    # Beside a cliff a cell's place between two rays, rounded, weighs what the cliff casts.
    assert (np.abs(back - floor) <= _slack(floor) + 1e-6 * floor.max()).all()


@SETTINGS
@given(scenes())
def test_floors_are_numbers_not_below_ground(
    scene: tuple[Heights, int, int, float, float],
) -> None:
    z, row, col, mast, k = scene
    floor = coverage_floor(z, CELL_M, row, col, mast, k)
    assert (floor >= 0.0).all()
    near = floor[max(row - 1, 0) : row + 2, max(col - 1, 0) : col + 2]
    assert (near == 0.0).all(), "nothing stands between an antenna and its eight neighbours"
