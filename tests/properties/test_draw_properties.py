"""Bands over draws: one rule, whatever is drawn."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import shieldwall
from shieldwall.draws import band_over, median_over

FIGURES = st.floats(-1e6, 1e6, allow_nan=False)
DRAWS = arrays.arrays(np.float64, st.integers(1, 300), elements=FIGURES)


@given(DRAWS)
def test_ends_and_middle_were_drawn_and_nine_tenths_lie_within(draws):
    low, high = band_over(draws)
    assert {float(low), float(high), float(median_over(draws))} <= set(draws.tolist())
    assert low <= median_over(draws) <= high
    assert np.mean((low <= draws) & (draws <= high)) >= 0.9


@given(DRAWS)
def test_no_end_is_farther_out_than_the_next_rank(draws):
    """Drawn in one more place each, the ends would leave 5 % or more outside."""
    low, high = band_over(draws)
    assert np.mean(draws < low) <= 0.05
    assert np.mean(draws > high) <= 0.05
    assert np.mean(draws <= low) > 0.05 * (1 - 1 / len(draws))
    assert np.mean(draws >= high) > 0.05 * (1 - 1 / len(draws))


@given(DRAWS, st.floats(0, 100), st.floats(-100, 100))
def test_turned_round_and_moved_a_band_stays_the_same(draws, factor, moved):
    low, high = band_over(draws)
    assert band_over(-draws) == (-high, -low)
    assert band_over(draws[::-1]) == (low, high)
    scaled = band_over(draws * factor + moved)
    assert scaled == (low * factor + moved, high * factor + moved)


@given(arrays.arrays(np.int64, st.tuples(st.integers(1, 60), st.integers(1, 4), st.integers(1, 3)),
                     elements=st.integers(-9, 9)))  # fmt: skip
def test_many_figures_at_once_are_each_by_itself(draws):
    low, high = band_over(draws)
    middle = median_over(draws)
    assert low.dtype == draws.dtype
    for at in np.ndindex(draws.shape[1:]):
        one = draws[(slice(None), *at)]
        assert band_over(one) == (low[at], high[at])
        assert median_over(one) == middle[at]


@pytest.mark.parametrize(
    ("count", "below"), [(1, 0), (20, 0), (21, 1), (101, 5), (256, 12), (4096, 204)]
)
def test_ranks(count, below):
    assert band_over(np.arange(count)) == (below, count - 1 - below)


def test_no_room_has_a_rule_of_its_own():
    package = Path(shieldwall.__file__).parent
    own = re.compile(r"np\.(nan)?(quantile|percentile)\(.*\b(0?\.95|95)\b|0?\.95 \* (last|n\b)")
    found = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if own.search(path.read_text("utf-8"))
    }
    assert found == {"report/maps/charts.py"}, "where it is the height of an axis"
