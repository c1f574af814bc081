"""The next launch at one threat, on masks made by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldwall.raid.kernel import next_launch, quantile

NEEDED_S = (0.0, 10.0, 20.0, 30.0)
AT_S = (5.0, 15.0, 25.0, 35.0)


def launch(earliest_s: float, good=(True, True, True, True), needed=NEEDED_S):
    """Of one battery, track and group; a hit may fall at the ``good`` steps."""
    steps = len(AT_S)
    allowed = [next((k for k in range(n, steps) if good[k]), steps) for n in range(steps + 1)]
    return next_launch(
        np.array(needed, dtype=np.float32)[None, None, None],
        np.array(allowed, dtype=np.int16)[None, None, None], np.array(AT_S)[None], 0, 0, 0,
        float(earliest_s),
    )  # fmt: skip


def test_between_steps_the_hit_is_interpolated() -> None:
    assert launch(12.0) == pytest.approx((12.0, 17.0))
    assert launch(10.0) == pytest.approx((10.0, 15.0))


def test_before_the_first_step_it_waits_for_it() -> None:
    assert launch(-40.0) == (0.0, 5.0)


def test_after_the_last_there_is_none() -> None:
    assert launch(30.0) == pytest.approx((30.0, 35.0))
    assert launch(30.1) == (np.inf, np.inf)


@pytest.mark.parametrize("earliest_s", [0.5, 10.0, 15.0, 20.0])
def test_over_a_gap_it_waits_for_the_far_side(earliest_s: float) -> None:
    assert launch(earliest_s, (True, False, True, True)) == (20.0, 25.0)


def test_one_good_step_is_one_instant() -> None:
    assert launch(20.0, (False, False, True, False)) == (20.0, 25.0)
    assert launch(20.1, (False, False, True, False)) == (np.inf, np.inf)


def test_nothing_good_is_never() -> None:
    assert launch(0.0, (False,) * 4) == (np.inf, np.inf)


def test_launches_needed_at_once_hit_at_the_later_step() -> None:
    """Two steps that need the same launch: as where a threat flies as fast as the interceptor."""
    assert launch(10.0, needed=(0.0, 10.0, 10.0, 30.0)) == pytest.approx((10.0, 15.0))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.tuples(*[st.booleans()] * 4), st.floats(-20, 40), st.floats(0, 30),
)  # fmt: skip
def test_waiting_never_brings_it_forward(good, earliest_s: float, wait_s: float) -> None:
    first, later = launch(earliest_s, good), launch(earliest_s + wait_s, good)
    assert first[0] >= earliest_s
    assert later[0] >= first[0]
    assert later[1] >= first[1] - 1e-9
    assert first[1] > first[0] or first == (np.inf, np.inf)


def test_quantiles_are_joined_by_straight_lines() -> None:
    table = np.array([0.0, 0.2, 1.0])[None, None]
    found = [quantile(table, 0, 0, u) for u in (0.0, 0.25, 0.5, 0.75)]
    assert found == pytest.approx([0.0, 0.1, 0.2, 0.6])
    assert quantile(np.array([0.4])[None, None], 0, 0, 0.9) == 0.4
