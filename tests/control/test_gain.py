"""What a look would teach: against adding up every course, and nothing where it is cut off."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from shieldwall.case.control_records import STATES, Indicator, Look
from shieldwall.case.records import Band
from shieldwall.control.gain import information, next_observations, read_again
from shieldwall.control.infer import Chain, Model, Posterior, infer
from shieldwall.control.records import Reading, Window

A, K = len(STATES["mission"]), len(STATES["operators"])


def look(wait_days=0.0, hit=0.8, false_alarm=0.1):
    return Look("look", "press", 2.0, wait_days, hit, false_alarm)


def sign(id, of, taken, persistence=10.0):
    return Indicator(id, id, "mission", of, None, persistence, {}, "test", taken, "t:1")


def small(seed=0, weeks=5):
    """One draw, one system; a sign of each kind."""
    rng = np.random.default_rng(seed)
    rows = lambda *shape: rng.dirichlet(np.ones(shape[-1]), shape[:-1])  # noqa: E731
    stays = lambda *shape: 0.3 * rows(*shape) + 0.7 * np.eye(shape[-1])  # noqa: E731
    signs = {"m": rng.random((1, A)), "o": rng.random((1, K)), "c": rng.random((1, 2))}
    return Model(
        weeks, 1, rows(1, A), stays(1, A, A),
        {"sam": Chain(rows(1, K), stays(1, A, K, K), 0)},
        {"sam": Chain(rows(1, 2), stays(1, 1, 2, 2), 0)},
        signs, {"m": "mission", "o": "operators", "c": "connection"},
        rng.random((1, 4, weeks)), seed,
    )  # fmt: skip


def read(sign_, week, ratio, system="sam"):
    speaker = f"{sign_}{week}"
    band = Band(ratio, ratio, ratio)
    one = Reading(sign_, system, "yes", speaker, "agency", "press", (speaker,), None, week, band)
    return Window(sign_, system, week, (one,))


WINDOWS = (read("m", 1, 4.0, None), read("o", 2, 0.3), read("o", 3, 5.0), read("c", 3, 3.0))
"""The two of ``o`` stand apart: a persistence of one week in the tests below."""


def joint_now(model, windows):
    """(A, K) mission and operators in the last week: over every course of both."""
    mission, system = model.mission_step[0], model.operators["sam"]
    forward = model.mission_initial[0][:, None] * system.initial[0]
    for week in range(model.count):
        if week > 0:
            ahead = np.zeros((A, K))
            for a, k, b, j in product(range(A), range(K), range(A), range(K)):
                ahead[b, j] += forward[a, k] * mission[a, b] * system.steps[0, b, k, j]
            forward = ahead
        for w in windows:
            if w.week == week and w.indicator != "c":
                p, r = model.signs[w.indicator][0], w.readings[0].ratio.middle
                told = r * p + 1 - p
                forward = forward * (told[:, None] if w.indicator == "m" else told)
    return forward / forward.sum()


def bits(joint):
    """Mutual information of a table (states, outcomes)."""
    apart = joint.sum(axis=0) * joint.sum(axis=1, keepdims=True)
    inside = joint > 0
    return float((joint[inside] * np.log2(joint[inside] / apart[inside])).sum())


def by_enumeration(model, joint, id, taken, so=None):
    """Operators now against the outcome of a look ``wait`` weeks ahead."""
    p = model.signs[id][0] if so is None else so
    found = taken.hit * p + taken.false_alarm * (1 - p)
    table = np.zeros((K, 2))
    mission, steps = model.mission_step[0], model.operators["sam"].steps[0]
    for a, k in product(range(A), range(K)):
        at = np.zeros((A, K))
        at[a, k] = 1.0
        for _ in range(round(taken.wait_days / 7)):
            ahead = np.zeros((A, K))
            for b in range(A):
                ahead[b] = (at * mission[:, b][:, None]).sum(axis=0) @ steps[b]
            at = ahead
        chance = float((at * (found[:, None] if id == "m" else found)).sum())
        table[k] += joint[a, k] * np.array([chance, 1 - chance])
    return bits(table)


@pytest.mark.parametrize("wait", [0.0, 7.0, 28.0])
@pytest.mark.parametrize("seed", range(4))
def test_looks_given_everything_known_equal_enumeration(seed, wait):
    made = small(seed)
    signs = {
        "m": sign("m", "mission", look(wait), 1.0), "o": sign("o", "operators", look(wait), 1.0),
        "c": sign("c", "connection", look(wait), 1.0),
    }  # fmt: skip
    found = next_observations(made, infer(made, WINDOWS), signs, WINDOWS, "sam")
    by_id = {o.indicator: o for o in found}
    joint = joint_now(made, WINDOWS)
    for id in ("m", "o"):
        expected = by_enumeration(made, joint, id, look(wait))
        assert by_id[id].bits == pytest.approx(expected, abs=1e-10)
        assert by_id[id].low == pytest.approx(expected, abs=1e-10)
    blank = by_enumeration(made, joint_now(made, ()), "o", look(wait))
    assert abs(by_id["o"].bits / blank - 1) > 1e-3, "what is known matters"
    assert [o.bits for o in found] == sorted((o.bits for o in found), reverse=True)


@pytest.mark.parametrize("wait", [0.0, 14.0])
def test_connection_is_asked_apart(wait):
    made = small(1)
    signs = {"c": sign("c", "connection", look(wait), 1.0)}
    (found,) = next_observations(made, infer(made, WINDOWS), signs, WINDOWS, "sam")
    prior = infer(made, WINDOWS).connection["sam"][0, -1]
    p = 0.8 * made.signs["c"][0] + 0.1 * (1 - made.signs["c"][0])
    step = np.linalg.matrix_power(made.connection["sam"].steps[0, 0], round(wait / 7))
    chance = step @ p
    table = prior[:, None] * np.column_stack([chance, 1 - chance])
    assert found.about == "connection"
    assert found.bits == pytest.approx(bits(table), abs=1e-10)
    assert found.chance == pytest.approx(prior @ chance, abs=1e-12)
    assert found.found == pytest.approx(table[:, 0] / table[:, 0].sum(), abs=1e-12)
    assert found.not_found == pytest.approx(table[:, 1] / table[:, 1].sum(), abs=1e-12)


def test_a_sign_read_within_its_persistence_is_the_same_thing():
    """Its chance is what the readings leave of it; the states are weighed by it already."""
    made = small(2)
    windows = (read("o", 3, 6.0),)
    signs = {"o": sign("o", "operators", look(14.0), 20.0)}
    (found,) = next_observations(made, infer(made, windows), signs, windows, "sam")
    # The thing of week 3 is there or not, whatever comes after.
    p = made.signs["o"][0]
    so = 6.0 * p / (6.0 * p + 1 - p)
    expected = by_enumeration(made, joint_now(made, windows), "o", look(0.0), so)
    assert found.bits == pytest.approx(expected, abs=1e-10)
    ended = {"o": sign("o", "operators", look(14.0), 2.0)}
    (other,) = next_observations(made, infer(made, windows), ended, windows, "sam")
    fresh = by_enumeration(made, joint_now(made, windows), "o", look(14.0))
    assert other.bits == pytest.approx(fresh, abs=1e-10)


@pytest.mark.parametrize("seed", range(20))
def test_information_equals_enumeration(seed):
    rng = np.random.default_rng(seed)
    prior, found = rng.dirichlet(np.full(6, 0.5), 3), rng.random((3, 40, 6))
    found[:, 0] = rng.integers(0, 2, 6)
    gained = information(prior, found)
    for d, c in product(range(3), range(40)):
        p = found[d, c]
        table = prior[d][:, None] * np.column_stack([p, 1 - p])
        assert gained[d, c] == pytest.approx(bits(table), abs=1e-10)


def test_nothing_is_learnt_where_it_is_cut_off():
    """d-separated: the look does not depend on the state, or the state is known."""
    prior = np.array([0.2, 0.3, 0.5])
    assert information(prior, np.full((5, 3), 0.37)) == pytest.approx(0, abs=1e-12)
    assert information(np.array([0.0, 1.0, 0.0]), np.random.default_rng(0).random((9, 3))) == (
        pytest.approx(0, abs=1e-12)
    )
    assert information(np.full(2, 0.5), np.array([[1.0, 0.0]])) == pytest.approx(1, abs=1e-12)
    made = small(3)
    useless = {k: sign(k, of, look(hit=0.3, false_alarm=0.3)) for k, of in made.of.items()}
    for each in next_observations(made, infer(made, WINDOWS), useless, WINDOWS, "sam"):
        assert each.bits == pytest.approx(0, abs=1e-12)


def test_the_mission_tells_nothing_of_a_system_it_is_apart_from():
    made = small(4)
    crews = made.operators["sam"]
    alike = replace(crews, steps=np.repeat(crews.steps[:, :1], A, axis=1))
    made = replace(made, operators={"sam": alike})
    signs = {"m": sign("m", "mission", look())}
    (found,) = next_observations(made, infer(made, ()), signs, (), "sam")
    assert found.bits == pytest.approx(0, abs=1e-12)
    driven = small(4)
    (other,) = next_observations(driven, infer(driven, ()), signs, (), "sam")
    assert other.bits > 1e-4


def test_impossible_states_do_not_spoil_it():
    made = small(5)
    found = infer(made, ())
    joint = found.together["sam"].copy()
    joint[:, :, 2] = 0.0
    joint /= joint.sum()
    sure = Posterior(
        found.mission, {"sam": joint.sum(axis=1)[:, None]}, found.filtered, {"sam": joint},
        found.connection,
    )  # fmt: skip
    signs = {"m": sign("m", "mission", look()), "o": sign("o", "operators", look())}
    for each in next_observations(made, sure, signs, (), "sam"):
        assert each.bits == pytest.approx(
            by_enumeration(made, joint[0], each.indicator, look()), abs=1e-10
        )
        assert each.found[2] == 0.0


def test_read_again_is_bayes_rule():
    assert read_again(np.array([0.5, 0.2]), np.array(3.0)) == pytest.approx([0.75, 0.6 / 1.4])
    assert read_again(np.array([0.3]), np.array(1.0)) == pytest.approx([0.3])
