"""From rates to weekly steps: against the matrix exponential of scipy, and by meaning."""

import numpy as np
import pytest
from scipy.linalg import expm

from shieldwall.case.control_records import STATES
from shieldwall.control.assumptions import FIRST
from shieldwall.control.dynamics import (
    MOVES,
    WEEK_YEARS,
    connection_generator,
    joint_step,
    mission_generator,
    operators_generator,
    settled,
    step,
)
from shieldwall.control.infer import ASSUMED_RATES
from shieldwall.control.transfers import SPANS

OPERATORS, MISSION = STATES["operators"], STATES["mission"]


def rates(seed=0, draws=5):
    """Rates over four orders of magnitude, as bands and history have them."""
    rng = np.random.default_rng(seed)
    found = {r: np.exp(rng.uniform(-4, 4, draws)) for r in (*ASSUMED_RATES, *SPANS)}
    return found | {"taken_over": rng.uniform(0, 1, draws)}


GENERATORS = {
    "operators": operators_generator(rates()),
    "mission": mission_generator(rates()),
    "connection": connection_generator(rates()),
}


@pytest.mark.parametrize("name", GENERATORS)
def test_generators_add_up_to_nothing_and_move_forward_only(name):
    generator = GENERATORS[name]
    size = np.abs(generator).max()
    assert np.abs(generator.sum(axis=-1)).max() < 1e-14 * size
    apart = generator.copy()
    apart[..., range(apart.shape[-1]), range(apart.shape[-1])] = 0
    assert (apart >= 0).all()
    assert apart.any()


@pytest.mark.parametrize("years", [1e-6, WEEK_YEARS, 1.0, 30.0])
@pytest.mark.parametrize("name", GENERATORS)
def test_step_equals_the_matrix_exponential(name, years):
    found = step(GENERATORS[name], years)
    assert np.abs(found - expm(GENERATORS[name] * years)).max() < 1e-12
    assert np.abs(found.sum(axis=-1) - 1).max() < 1e-14
    assert (found >= 0).all()


@pytest.mark.parametrize("name", GENERATORS)
def test_steps_are_a_semigroup(name):
    generator = GENERATORS[name]
    twice = step(generator, 0.3) @ step(generator, 0.5)
    assert np.abs(twice - step(generator, 0.8)).max() < 1e-12
    assert np.abs(step(generator, 0.0) - np.eye(generator.shape[-1])).max() < 1e-15


def test_no_rate_at_all_stands_still():
    assert np.array_equal(step(np.zeros((2, 3, 3)), 5.0), np.tile(np.eye(3), (2, 1, 1)))


@pytest.mark.parametrize("name", GENERATORS)
def test_settled_stays_and_is_where_it_comes_to(name):
    generator = GENERATORS[name]
    found = settled(generator)
    assert np.abs(found.sum(axis=-1) - 1).max() < 1e-9
    assert np.abs(np.einsum("...k,...kl->...l", found, step(generator, 1.0)) - found).max() < 1e-9
    long = step(generator, 1e5)
    assert np.abs(long - found[..., None, :]).max() < 1e-8


def test_first_operators_are_shares_of_all_and_fewer_where_nobody_trains():
    assert set(FIRST) == set(MISSION)
    entered = operators_generator(rates())[:, :, 0, 1:].sum(axis=-1)
    for mission, shares in FIRST.items():
        assert set(shares) <= set(OPERATORS[1:])
        whole = sum(shares.values())
        assert whole < 0.99 if mission == "none" else whole == pytest.approx(1)
        assert np.allclose(entered[:, MISSION.index(mission)], whole * rates()["enter"])


def test_two_steps_of_handing_over_take_as_long_as_the_rate_says():
    only = {r: np.zeros(1) for r in (*ASSUMED_RATES, *SPANS)} | {"hand": np.array([0.4])}
    generator = operators_generator(only)[0, MISSION.index("training")]
    crews, supervised = OPERATORS.index("supplier_instructors"), OPERATORS.index("supervised")
    weeks = step(generator[None], WEEK_YEARS)[0]
    row, spent = np.eye(6)[crews], 0.0
    for _ in range(200 * 52):
        spent += 1 - row[supervised]
        row = row @ weeks
    assert (spent - 0.5) * WEEK_YEARS == pytest.approx(1 / 0.4, rel=1e-3)


def test_without_a_mission_nobody_of_the_supplier_stays():
    """And of what crews leave, the share that is taken over goes on."""
    given = rates() | {"taken_over": np.full(5, 0.6), "withdraw": np.full(5, 1e4)}
    given |= {r: np.full(5, 1e-9) for r in ("enter", "lapse", "hire", "replace")}
    none = step(operators_generator(given)[:, MISSION.index("none")], 0.05)
    for state in ("supplier_instructors", "joint", "supervised"):
        row = none[:, OPERATORS.index(state)]
        assert np.allclose(row[:, OPERATORS.index("independent")], 0.6, atol=1e-3), state
        assert np.allclose(row[:, 0], 0.4, atol=1e-3), state
    crewed = step(operators_generator(given)[:, MISSION.index("training")], 0.05)
    assert (crewed[:, 1, OPERATORS.index("independent")] < 0.9).any()


def test_every_move_is_between_states_and_by_a_known_rate():
    for (source, target), (rate, times) in MOVES.items():
        assert {source, target} <= set(OPERATORS[1:])
        assert rate in (*ASSUMED_RATES, *SPANS)
        assert times > 0


def test_joint_step_moves_the_mission_first():
    rng = np.random.default_rng(2)
    mission = rng.dirichlet(np.ones(2), (1, 2))
    steps = rng.dirichlet(np.ones(3), (1, 2, 3))
    found = joint_step(mission, steps)[0].reshape(2, 3, 2, 3)
    for a in range(2):
        for b in range(2):
            assert np.allclose(found[a, :, b], mission[0, a, b] * steps[0, b])
