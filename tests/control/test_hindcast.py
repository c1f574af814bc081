"""Scores of what was foretold."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import makers
from shieldwall.case.control_records import Foretold, Outcome
from shieldwall.case.records import Band
from shieldwall.control.hindcast import hindcast, log_score
from shieldwall.control.records import Told


class Control:
    """All that a hindcast reads of it."""

    def __init__(self, *told):
        self.told = told


def told(id, odds, document=None):
    draws = np.asarray(odds, float)
    event = Foretold(
        id, f"{id} happens.", "connected", None, date(2024, 7, 1), None, document, "", ""
    )
    return Told(event, Band(float(draws.min()), float(draws.mean()), float(draws.max())), draws, "")


def case(**outcomes):
    found = tuple(Outcome(id, so, ("one",), "", "") for id, so in outcomes.items())
    return replace(makers.case(), outcomes=found)


@pytest.mark.parametrize(
    ("odds", "happened", "score"),
    [(0.7, True, math.log(0.7)), (0.7, False, math.log(0.3)), (1.0, False, math.log(0.02)),
     (0.0, True, math.log(0.02)), (1.0, True, math.log(0.98)), (0.5, False, math.log(0.5))],
)  # fmt: skip
def test_the_log_score_is_clipped(odds, happened, score):
    assert log_score(odds, happened) == pytest.approx(score, abs=1e-12)


def test_sums_beside_document_and_even_odds():
    control = Control(told("a", [0.2, 0.4], document=0.95), told("b", [0.9, 0.9], document=0.5))
    found = hindcast(case(a=False, b=True), control)
    assert found.ours.likely == pytest.approx(math.log(0.7) + math.log(0.9))
    assert found.document == pytest.approx(math.log(0.05) + math.log(0.5))
    assert found.even == pytest.approx(2 * math.log(0.5))
    assert found.better_than_document == 1.0
    assert found.better_than_even == 1.0
    sums = [math.log(0.8) + math.log(0.9), math.log(0.6) + math.log(0.9)]
    assert found.ours.low == pytest.approx(min(sums))
    assert found.ours.high == pytest.approx(max(sums))


def test_the_share_of_draws_that_beat_even_odds():
    found = hindcast(case(a=True), Control(told("a", [0.4, 0.6, 0.7, 0.45])))
    assert found.better_than_even == 0.5
    assert found.document is None
    assert found.better_than_document is None


def test_nothing_to_score():
    assert hindcast(case(), Control(told("a", [0.5]))) is None
    assert hindcast(case(b=True), Control(told("a", [0.5]))) is None
