"""Intervals of counted outcomes: known values, what they cover, and rare outcomes by strata."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldwall.raid.statistics import (
    distribution,
    mean_interval,
    paired,
    share_interval,
    stratified,
    wilson,
)

REPEATS = 300


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (0, 30, 0.0, 0.1135),
        (30, 30, 0.8865, 1.0),
        (15, 50, 0.1910, 0.4375),
        (5, 10, 0.2366, 0.7634),
    ],
)
def test_wilson_gives_known_intervals(successes, trials, low, high) -> None:
    """Wilson 1927; the values are those of the formula worked out by hand."""
    found = wilson(successes, trials)
    assert found.value == successes / trials
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilson_of_nothing_tried_knows_nothing() -> None:
    found = wilson(0, 0)
    assert math.isnan(found.value)
    assert (found.low, found.high) == (0.0, 1.0)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_holds_its_share_and_is_the_same_turned_round(case) -> None:
    successes, trials = case
    found, turned = wilson(successes, trials), wilson(trials - successes, trials)
    assert 0 <= found.low <= found.value <= found.high <= 1
    assert found.half_width > 0
    assert (turned.low, turned.high) == pytest.approx((1 - found.high, 1 - found.low))


def test_draws_are_strata_of_a_mean() -> None:
    """Draws far apart from each other add nothing; what varies inside them does."""
    still = np.repeat(np.array([[0.0], [50.0], [100.0]]), 40, axis=1)
    assert mean_interval(still).half_width == 0.0
    rng = np.random.default_rng(1)
    loose = still + rng.normal(0.0, 2.0, still.shape)
    assert mean_interval(loose).half_width == pytest.approx(1.96 * 2 / np.sqrt(120), rel=0.15)


def test_one_replication_says_nothing_of_chance() -> None:
    found = mean_interval(np.array([[1.0], [3.0]]))
    assert (found.value, found.low, found.high) == (2.0, -math.inf, math.inf)


def test_intervals_of_a_mean_hold_it_nineteen_times_in_twenty() -> None:
    rng = np.random.default_rng(2)
    middle = rng.uniform(0, 20, (8, 1))
    held = 0
    for _ in range(REPEATS):
        found = mean_interval(middle + rng.normal(0, 3, (8, 50)))
        held += found.low <= middle.mean() <= found.high
    assert held / REPEATS == pytest.approx(0.95, abs=0.04)


def test_a_share_of_replications_is_never_certain() -> None:
    found = share_interval(np.zeros((4, 25), dtype=np.bool_))
    assert found.low == 0.0
    assert 0.02 < found.high < 0.05


def test_a_distribution_has_the_band_of_draws_and_the_spread_of_all() -> None:
    values = np.arange(100.0)[:, None] + np.array([[-0.5, 0.5]])
    found = distribution(values)
    assert found.mean == 49.5
    assert (found.low, found.high) == (4.0, 95.0)
    assert found.quantiles[2] == pytest.approx(49.5, abs=1)
    assert found.quantiles == tuple(sorted(found.quantiles))


def test_pairs_take_away_what_both_share() -> None:
    rng = np.random.default_rng(3)
    luck = rng.normal(0, 10, (6, 30))
    found = paired(luck + 2.0, luck)
    assert found.mean == pytest.approx(2.0)
    assert found.interval.half_width < 1e-9


# ---- rare outcomes ------------------------------------------------------------------------------


def happens(odds, seed):
    """Draws an outcome whose chance depends on the raid-level effect."""
    rng = np.random.default_rng(seed)
    return lambda stratum, first, effect: rng.random(effect.size) < odds(effect)


def steep(effect):
    """Half of the raids in the worst fiftieth: .01 of all."""
    return np.where(effect > 0.98, 0.5, 0.0)


def test_strata_are_unbiased_and_hold_the_truth() -> None:
    found = [stratified(happens(steep, n), 1_000 + n) for n in range(REPEATS)]
    values = np.array([f.interval.value for f in found])
    z = (values.mean() - 0.01) / (values.std(ddof=1) / np.sqrt(REPEATS))
    assert abs(z) < 4
    held = np.mean([f.interval.low <= 0.01 <= f.interval.high for f in found])
    assert held >= 0.93


def test_strata_gain_where_the_effect_decides() -> None:
    """By the estimate of their own, and by the spread of repeated runs beside plain sampling."""
    found = [stratified(happens(steep, n), 2_000) for n in range(REPEATS)]
    assert np.mean([f.gain for f in found]) > 1.5
    spread = np.var([f.interval.value for f in found], ddof=1)
    assert spread < 0.01 * 0.99 / 2_000 / 1.5


def test_strata_gain_little_where_the_effect_says_nothing() -> None:
    flat = [stratified(happens(lambda e: np.full(e.size, 0.3), n), 2_000).gain for n in range(40)]
    assert np.mean(flat) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize("certain", [False, True])
def test_what_was_never_seen_otherwise_is_not_certain(certain: bool) -> None:
    found = stratified(lambda s, first, effect: np.full(effect.size, certain), 1_000)
    assert found.interval.value == float(certain)
    assert 1e-4 < found.interval.half_width < 0.01


def test_strata_spend_what_they_are_given_and_number_their_replications() -> None:
    asked: dict[int, list[tuple[int, int]]] = {}

    def sample(stratum, first, effect):
        assert ((effect >= stratum / 10) & (effect < (stratum + 1) / 10)).all()
        asked.setdefault(stratum, []).append((first, effect.size))
        return np.zeros(effect.size, dtype=np.bool_)

    found = stratified(sample, 1_000)
    assert found.replications == sum(n for parts in asked.values() for _, n in parts)
    assert 990 <= found.replications <= 1_000
    for parts in asked.values():
        assert [first for first, _ in parts] == [0, *np.cumsum([n for _, n in parts])[:-1]]
