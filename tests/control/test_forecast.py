"""The weeks ahead: against powers of one big step, and what is foretold by its meaning."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import numpy as np
import pytest

import makers
from shieldwall.case.control_records import STATES, Foretold, Transfer
from shieldwall.case.records import Band
from shieldwall.control.forecast import (
    COURSE_WEEKS,
    DAYS_AHEAD,
    INDEPENDENT,
    SUPPLIER,
    Course,
    course,
    forecast,
    horizon,
    tell,
)
from shieldwall.control.indicators import product_indicators
from shieldwall.control.infer import infer, make_model

A, K = len(STATES["mission"]), len(STATES["operators"])
TRANSFERS = tuple(Transfer(s, "Here", "There", None, "", "", "t:1") for s in ("sam", "gun"))
CASE = makers.case(transfers=TRANSFERS, claims=())
MODEL = make_model(CASE, TRANSFERS, product_indicators(), 40, {"sam": 5, "gun": None}, 16)
POSTERIOR = infer(MODEL, (), workers=1)


def works(years):
    return np.linspace(0.8, 1.0, 16) - 0.2 * years


AHEAD = {s: course(MODEL, POSTERIOR, s, works, COURSE_WEEKS) for s in ("sam", "gun")}


def big_step(system, d, absorbing=False):
    """(A K, A K) built entry by entry."""
    found = np.zeros((A, K, A, K))
    for a, k, b, j in product(range(A), range(K), range(A), range(K)):
        moved = MODEL.operators[system].steps[d, b, k, j]
        if absorbing and k == INDEPENDENT:
            moved = float(j == INDEPENDENT)
        found[a, k, b, j] = MODEL.mission_step[d, a, b] * moved
    return found.reshape(A * K, A * K)


@pytest.mark.parametrize("system", ["sam", "gun"])
@pytest.mark.parametrize("week", [0, 1, 13, 104])
def test_course_is_the_posterior_times_a_power_of_the_step(system, week):
    for d in (0, 7):
        power = np.linalg.matrix_power(big_step(system, d), week)
        expected = (POSTERIOR.together[system][d].ravel() @ power).reshape(A, K)
        assert np.abs(AHEAD[system].together[d, week] - expected).max() < 1e-12
        joined = np.linalg.matrix_power(MODEL.connection[system].steps[d, 0], week)
        expected = (POSTERIOR.connection[system][d, -1] @ joined)[1]
        assert AHEAD[system].connected[d, week] == pytest.approx(expected, abs=1e-12)
    assert AHEAD[system].serviceable[:, week] == pytest.approx(works(week * 7 / 365.25))


def test_dates_ahead_and_all_three_at_once():
    found = forecast(CASE, MODEL, POSTERIOR, "sam", AHEAD["sam"])
    for days, each in zip(DAYS_AHEAD, found.dates, strict=True):
        week = round(days / 7)
        alone = AHEAD["sam"].operators[:, week, INDEPENDENT]
        linked = AHEAD["sam"].connected[:, week]
        share = works(week * 7 / 365.25)
        assert each.on == CASE.as_of + timedelta(days=days)
        assert each.independent.middle == pytest.approx(alone.mean())
        assert each.all_three.middle == pytest.approx((alone * linked * share).mean())
        assert each.independent.low == np.sort(alone)[(len(alone) - 1) // 20]
        assert each.all_three.middle <= min(
            each.independent.middle, each.connected.middle, share.max()
        )


def test_time_until_independence_is_that_of_the_first_time():
    found = forecast(CASE, MODEL, POSTERIOR, "sam", AHEAD["sam"])
    odds = dict(found.within)
    now = POSTERIOR.operators["sam"][:, -1, INDEPENDENT].mean()
    assert odds[0.0].middle == pytest.approx(now)
    inside = np.tile(np.arange(K) == INDEPENDENT, A)
    expected = np.mean([
        (POSTERIOR.together["sam"][d].ravel()
         @ np.linalg.matrix_power(big_step("sam", d, absorbing=True), 52))[inside].sum()
        for d in range(16)
    ])  # fmt: skip
    assert odds[1.0].middle == pytest.approx(expected, abs=1e-12)
    assert odds[1.0].middle > found.dates[DAYS_AHEAD.index(365)].independent.middle, (
        "some lose it again"
    )
    means = [band.middle for _, band in found.within]
    assert means == sorted(means)
    first, median, last = found.quantiles
    assert first is not None
    assert median is None or first <= median
    assert last is None or median <= last
    if median is not None:
        years = [y for y, band in found.within if band.middle >= 0.5]
        assert median <= min(years)


def event(kind, system=None, days=70, seen=None):
    on = CASE.as_of + timedelta(days=days)
    return Foretold("e", "text", kind, system, on, seen, None, "", "f:1")


HELD = {"sam": 0.9, "gun": 0.4}


def test_connected_is_of_any_that_is_held():
    one = tell(CASE, event("connected", "sam"), AHEAD, HELD)
    assert np.allclose(one.draws, 0.9 * AHEAD["sam"].connected[:, 10])
    both = tell(CASE, event("connected"), AHEAD, HELD)
    none = (1 - 0.9 * AHEAD["sam"].connected[:, 10]) * (1 - 0.4 * AHEAD["gun"].connected[:, 10])
    assert np.allclose(both.draws, 1 - none)
    assert both.odds.middle == pytest.approx(both.draws.mean())


def test_supplier_operates_any_is_joint_through_the_mission():
    """Given the mission the systems are apart; without it they are not."""
    told = tell(CASE, event("supplier operates"), AHEAD, HELD).draws
    expected = np.zeros(16)
    for d in range(16):
        for a in range(A):
            none = 1.0
            for system, held in HELD.items():
                joint = AHEAD[system].together[d, 10, a]
                none *= 1 - held * joint[list(SUPPLIER)].sum() / joint.sum()
            expected[d] += AHEAD["sam"].together[d, 10, a].sum() * (1 - none)
    assert np.allclose(told, expected)
    alone = [tell(CASE, event("supplier operates", s), AHEAD, HELD).draws for s in HELD]
    apart = 1 - (1 - alone[0]) * (1 - alone[1])
    assert (told <= apart + 1e-12).all()
    assert (told >= np.maximum(*alone) - 1e-12).all()


def test_seen_in_action_takes_somebody_at_it_working_and_seen():
    seen = Band(0.3, 0.3, 0.3)
    told = tell(CASE, event("seen in action", "sam", seen=seen), AHEAD, HELD)
    manned = 1 - AHEAD["sam"].operators[:, 10, 0]
    assert np.allclose(told.draws, 0.9 * manned * works(70 / 365.25) * 0.3)


@pytest.mark.parametrize(("days", "week"), [(0, 0), (1, 1), (7, 1), (8, 2)])
def test_an_event_is_foretold_for_the_week_it_is_in(days, week):
    told = tell(CASE, event("connected", "sam", days), AHEAD, HELD)
    assert np.allclose(told.draws, 0.9 * AHEAD["sam"].connected[:, week])


def test_an_event_far_ahead_is_walked_to_and_not_cut_short():
    far = event("connected", "sam", 7 * (COURSE_WEEKS + 300))
    weeks = horizon(replace(CASE, foretold=(far,)))
    assert weeks == COURSE_WEEKS + 300
    ahead = {"sam": course(MODEL, POSTERIOR, "sam", works, weeks)}
    told = tell(CASE, far, ahead, HELD)
    assert np.allclose(told.draws, 0.9 * ahead["sam"].connected[:, weeks])
    assert not np.allclose(told.draws, 0.9 * ahead["sam"].connected[:, COURSE_WEEKS])
    assert horizon(CASE) == COURSE_WEEKS


def test_a_mission_that_cannot_be_does_no_harm():
    joint = np.zeros((1, 1, A, K))
    joint[0, 0, 1, INDEPENDENT] = 1.0
    sure = Course(joint, np.ones((1, 1)), np.ones((1, 1)))
    told = tell(CASE, event("supplier operates", days=0), {"sam": sure}, {"sam": 1.0})
    assert told.draws == pytest.approx([0.0])
