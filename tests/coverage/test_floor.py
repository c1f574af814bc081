"""The public face of the coverage floor: what it takes, what it refuses, what it promises."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from shieldwall.coverage import coverage_floor, coverage_floors, kernel, lanes
from shieldwall.errors import InputError
from tests.authorities.relief import generated

RELIEF = generated(120, seed=1, height_m=900.0)[:, :90]


def test_shape_type_and_zero_at_the_observer() -> None:
    floor = coverage_floor(RELIEF, 60.0, 40, 30, 12.0)
    assert floor.shape == RELIEF.shape
    assert floor.dtype == np.float32
    assert floor[40, 30] == 0.0
    assert (floor >= 0.0).all()
    assert (floor > 100.0).any()


@pytest.mark.parametrize(
    "form",
    [
        lambda z: z.astype(np.float64),
        np.asfortranarray,
        lambda z: z[::-1, ::-1].copy()[::-1, ::-1],
        lambda z: np.repeat(z, 2, axis=1)[:, ::2],
        lambda z: z.astype(">f4"),
        lambda z: z.tolist(),
        lambda z: np.frombuffer(z.astype(np.float32).tobytes(), np.float32).reshape(z.shape),
    ],
    ids=["float64", "fortran", "flipped", "strided", "big-endian", "lists", "read-only"],
)
def test_any_form_of_the_same_elevation_gives_the_same_floor(form: object) -> None:
    expected = coverage_floor(RELIEF, 60.0, 40, 30, 12.0)
    given = form(RELIEF)  # type: ignore[operator]
    assert np.array_equal(coverage_floor(given, 60.0, 40, 30, 12.0), expected)


def test_integer_elevation() -> None:
    whole = np.rint(RELIEF).astype(np.int16)
    expected = coverage_floor(whole.astype(np.float32), 60.0, 40, 30, 12.0)
    assert np.array_equal(coverage_floor(whole, 60.0, 40, 30, 12.0), expected)


def test_north_up_or_not_does_not_matter() -> None:
    up = coverage_floor(RELIEF, 60.0, 40, 30, 12.0)
    down = coverage_floor(RELIEF[::-1], 60.0, RELIEF.shape[0] - 1 - 40, 30, 12.0)
    assert np.array_equal(down[::-1], up)


def test_elevation_is_left_as_it_was() -> None:
    given = RELIEF.copy()
    coverage_floor(given, 60.0, 40, 30, 12.0)
    assert np.array_equal(given, RELIEF)


def test_many_observers_are_the_single_ones() -> None:
    places = np.array([[0, 0], [40, 30], [119, 89]])
    masts, ks = [5.0, 20.0, 0.0], [4 / 3, np.inf, 1.2]
    many = coverage_floors(RELIEF, 60.0, places, masts, ks)
    for (row, col), mast, k, floor in zip(places, masts, ks, many, strict=True):
        assert np.array_equal(floor, coverage_floor(RELIEF, 60.0, row, col, mast, k))


def test_no_observers_give_no_floors() -> None:
    assert coverage_floors(RELIEF, 60.0, [], 5.0).shape == (0, *RELIEF.shape)


def test_threads_do_not_change_a_bit() -> None:
    places = [(3, 80), (60, 45), (100, 2)]
    one = coverage_floors(RELIEF, 60.0, places, 5.0, threads=1)
    for threads in (2, 3, 8, None):
        assert np.array_equal(coverage_floors(RELIEF, 60.0, places, 5.0, threads=threads), one)


def test_out_is_filled_and_returned_whatever_it_held() -> None:
    out = np.full((2, *RELIEF.shape), np.nan, np.float32)
    places = [(10, 10), (20, 80)]
    found = coverage_floors(RELIEF, 60.0, places, 5.0, out=out)
    assert np.shares_memory(found, out)
    assert np.array_equal(out, coverage_floors(RELIEF, 60.0, places, 5.0))
    single = np.full(RELIEF.shape, np.nan, np.float32)
    coverage_floor(RELIEF, 60.0, 20, 80, 5.0, out=single)
    assert np.array_equal(single, out[1])


@pytest.mark.parametrize(
    "out",
    [
        np.empty((2, 2), np.float32),
        np.empty(RELIEF.shape, np.float64),
        np.empty(RELIEF.shape[::-1], np.float32).T,
        RELIEF.copy(),
    ],
    ids=["shape", "type", "order", "read-only"],
)
def test_an_unfit_out_is_refused(out: NDArray[np.float32]) -> None:
    out.flags.writeable = out.dtype != np.float32 or out.shape != RELIEF.shape
    with pytest.raises(InputError, match="contiguous float32"):
        coverage_floor(RELIEF, 60.0, 40, 30, 12.0, out=out)


def test_out_in_the_elevations_own_memory_is_refused() -> None:
    z = RELIEF.astype(np.float32, order="C")
    with pytest.raises(InputError, match="memory of its own"):
        coverage_floor(z, 60.0, 40, 30, 12.0, out=z)


def _with(value: float) -> NDArray[np.float64]:
    z = np.array(RELIEF, np.float64)
    z[7, 9] = value
    return z


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf, -32_767.0, 1e300])
def test_voids_and_nonsense_are_named_with_their_place(value: float) -> None:
    with pytest.raises(InputError, match=r"elevation_m\[7, 9\]"):
        coverage_floor(_with(value), 60.0, 40, 30, 12.0)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"row": 120}, "off the grid"),
        ({"col": -1}, "off the grid"),
        ({"row": 1.5}, "whole numbers"),
        ({"cell_size_m": 0.0}, "cell_size_m"),
        ({"cell_size_m": np.nan}, "cell_size_m"),
        ({"mast_m": -1.0}, "mast_m"),
        ({"mast_m": np.nan}, "mast_m"),
        ({"mast_m": [1.0, 2.0]}, "mast_m has shape"),
        ({"k": 0.0}, "k is"),
        ({"k": np.nan}, "k is"),
        ({"elevation_m": np.zeros(5)}, "rows and columns"),
        ({"elevation_m": np.zeros((0, 5))}, "rows and columns"),
        ({"elevation_m": np.array([["high"]])}, "numbers"),
    ],
)
def test_errors_say_what_would_be_right(change: dict[str, object], words: str) -> None:
    arguments: dict[str, object] = {
        "elevation_m": RELIEF, "cell_size_m": 60.0, "row": 40, "col": 30, "mast_m": 12.0,
    }  # fmt: skip
    with pytest.raises(InputError, match=words):
        coverage_floor(**(arguments | change))  # type: ignore[arg-type]


def test_fewer_than_one_thread_is_refused() -> None:
    with pytest.raises(InputError, match="threads"):
        coverage_floors(RELIEF, 60.0, [(1, 1)], 5.0, threads=0)


def test_where_no_altitude_is_in_sight_the_floor_is_infinite() -> None:
    """A mast in a shaft whose walls are steeper than the Earth's curve can ever undercut."""
    z = np.full((3, 41), 90_000.0)
    z[:, 0] = 0.0
    floor = coverage_floor(z, 1_000.0, 1, 0, 10.0, k=0.15)
    assert np.isinf(floor[1, -1])
    assert not np.isnan(floor).any()


def test_the_interpreter_is_free_while_the_kernel_works() -> None:
    assert kernel.octant.targetoptions["nogil"] is True
    assert kernel.transpose.targetoptions["nogil"] is True


def test_an_install_that_cannot_be_written_still_compiles(monkeypatch: pytest.MonkeyPatch) -> None:
    """numba raises RuntimeError where it finds no place for its cache."""
    genuine = lanes.njit

    def no_cache(*args: object, **options: object) -> object:
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return genuine(*args, **options)

    monkeypatch.setattr(lanes, "njit", no_cache)
    twice = lanes.compiled(lambda x: 2 * x)
    assert twice(21) == 42
