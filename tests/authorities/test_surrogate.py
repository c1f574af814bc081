"""The layer that stands for a defence: learns what made the raids, forgets, never looks ahead."""

from __future__ import annotations

from math import inf

import numpy as np
import pytest

from raid_surrogate import History, RaidLevel

THROUGH, RHO, LOST = 0.25, 0.15, 0.4


def made(raids: int, seed: int = 0, through: float = THROUGH) -> tuple[np.ndarray, ...]:
    """Days, launched, through and lost of raids every other day that share their fate."""
    rng = np.random.default_rng(seed)
    launched = rng.integers(5, 60, raids)
    total = 1 / RHO - 1
    got = rng.binomial(launched, rng.beta(through * total, (1 - through) * total, raids))
    return 2 * np.arange(raids), launched, got, rng.binomial(launched - got, LOST)


@pytest.fixture(scope="module")
def level() -> RaidLevel:
    return History.of(*made(400)).at(800, (inf,))


def test_finds_what_made_the_raids(level: RaidLevel) -> None:
    a, b = level.through.shapes(30)
    assert level.through.mean(30) == pytest.approx(THROUGH, abs=0.03)
    assert level.through.weight @ (1 / (a + b + 1)) == pytest.approx(RHO, abs=0.03)
    assert level.lost.mean(30) == pytest.approx(LOST, abs=0.03)
    assert level.through.weight.sum() == pytest.approx(1.0, abs=1e-12)


def test_simulated_raids_have_the_probabilities_told(level: RaidLevel) -> None:
    told, draws = level.through_pmf(20), 100_000
    counts = level.simulate(np.random.default_rng(1), 20, draws)
    assert (counts.sum(axis=1) == 20).all()
    seen = np.bincount(counts[:, 0], minlength=21) / draws
    assert told.sum() == pytest.approx(1.0, abs=1e-12)
    assert (np.abs(seen - told) < 4 * np.sqrt(told * (1 - told) / draws) + 1e-9).all()


def test_quantiles_are_the_raid_level_that_binomial_draws_need(level: RaidLevel) -> None:
    rng = np.random.default_rng(2)
    chance = level.through_quantile((np.arange(2_000) + 0.5) / 2_000, 20)
    assert (np.diff(chance) >= 0).all()
    assert chance.mean() == pytest.approx(level.through.mean(20), abs=2e-3)
    seen = rng.binomial(20, chance[:, None], (2_000, 50)).ravel()
    assert np.bincount(seen, minlength=21) / 1e5 == pytest.approx(level.through_pmf(20), abs=0.006)


def test_shares_add_up_and_spread_as_raids_do(level: RaidLevel) -> None:
    shares = level.draw(np.random.default_rng(3), 30, 5_000)
    assert shares.through + shares.destroyed + shares.not_reached == pytest.approx(1.0)
    assert shares.destroyed.min() >= 0
    counts = level.simulate(np.random.default_rng(3), 30, 5_000)[:, 0]
    assert counts.var() > 3 * 30 * THROUGH * (1 - THROUGH), "wider than independent weapons"


def test_nothing_later_is_read() -> None:
    days, launched, through, lost = made(200)
    short = History.of(days[:100], launched[:100], through[:100], lost[:100]).at(200)
    changed = through.copy()
    changed[100:] = 0
    whole = History.of(days, launched, changed, lost).at(200)
    assert whole.raids == short.raids == 100
    assert whole.through_pmf(25) == pytest.approx(short.through_pmf(25), abs=1e-12)
    assert whole.through.half_life_days == short.through.half_life_days


def test_a_raid_that_ends_on_the_day_asked_for_is_not_known() -> None:
    assert History.of(*made(10)).at(18).raids == 9


def test_forgets_when_the_defence_changed_and_not_when_it_did_not() -> None:
    before, after = made(150, 1, 0.05), made(100, 2, 0.6)
    days = np.arange(250) * 2
    moved = [np.concatenate(pair) for pair in zip(before[1:], after[1:], strict=True)]
    level = History.of(days, *moved).at(500)
    assert level.through.half_life_days <= 60
    assert level.through.mean(30) == pytest.approx(0.6, abs=0.06)
    steady = History.of(*made(400)).at(800)
    assert steady.through.half_life_days >= 240


def test_few_raids_give_a_wide_forecast() -> None:
    days, *counts = made(200)
    few = History.of(days[:3], *(c[:3] for c in counts)).at(500)
    many = History.of(days, *counts).at(500)
    ends = np.array([0.05, 0.95])
    assert np.ptp(few.through_quantile(ends, 30)) > 1.1 * np.ptp(many.through_quantile(ends, 30))


def test_size_of_the_raid_matters_where_it_did() -> None:
    rng = np.random.default_rng(4)
    launched = np.tile([5, 80], 150)
    through = rng.binomial(launched, np.where(launched == 5, 0.1, 0.5))
    level = History.of(np.arange(300), launched, through, np.zeros(300)).at(300, (inf,))
    assert level.through.mean(80) > level.through.mean(5) + 0.25


def test_counts_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="together within launched"):
        History.of([0], [5], [4], [2])
    with pytest.raises(ValueError, match="launched >= 1"):
        History.of([0], [0], [0], [0])
    with pytest.raises(ValueError, match="no raid ended before"):
        History.of([5], [5], [1], [0]).at(5)
