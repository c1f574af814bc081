"""Arrivals and departures by week, and what may be said where nothing was seen."""

import itertools

import pytest

from shieldwall.errors import UsageError
from shieldwall.evidence.flights import airlift, landings
from shieldwall.evidence.flights.records import Candidate, Counts, Movement
from tests.evidence.flights.test_kinds_of_flight import ARRIVAL, DEPARTURE, fly

WEEK = 7 * 86_400.0
MONDAY = 1_700_438_400.0  # 2023-11-20T00:00:00Z


def move(end, probability, time_s, airport="SVMI"):
    event = "landing" if end == "arrival" else "take-off"
    return Movement(
        "t", "a", "", event, airport, probability, time_s, time_s, time_s, None, "",
        (Candidate(airport, probability),), end, 0, Counts(1, 1, 0, 0, 0, 0),
    )  # fmt: skip


def test_expected_numbers_and_bands_are_those_of_unlike_coins():
    chances = (0.9, 0.5, 0.7, 0.99)
    (week,) = airlift([move("arrival", p, MONDAY + 60) for p in chances], "SVMI", detection=1.0)
    odds = [0.0] * 5
    for heads in itertools.product((0, 1), repeat=4):
        odds[sum(heads)] += _product(p if h else 1 - p for h, p in zip(heads, chances, strict=True))
    assert week.start == "2023-11-20"
    assert week.arrivals is not None
    assert week.arrivals.expected == pytest.approx(sum(chances))
    assert sum(odds[: week.arrivals.low]) < 0.05 <= sum(odds[: week.arrivals.low + 1])
    assert sum(odds[: week.arrivals.high]) < 0.95 <= sum(odds[: week.arrivals.high + 1])


def _product(values):
    result = 1.0
    for value in values:
        result *= value
    return result


def test_balance_is_arrivals_less_departures():
    moves = [move("arrival", 1.0, MONDAY + 5), move("arrival", 1.0, MONDAY + 6),
             move("departure", 1.0, MONDAY + 7)]  # fmt: skip
    (week,) = airlift(moves, "SVMI", detection=1.0)
    assert (week.balance.expected, week.balance.low, week.balance.high) == (1.0, 1, 1)


def test_no_track_is_not_evidence_of_no_flight():
    moves = [move("arrival", 0.9, MONDAY), move("arrival", 0.9, MONDAY + 2 * WEEK)]
    weeks = airlift(moves, "SVMI")
    assert len(weeks) == 3
    assert all(w.arrivals is None and w.departures is None and w.balance is None for w in weeks)
    assert weeks[1].seen_arrivals.expected == 0.0
    assert "unknown" in weeks[1].said


@pytest.mark.parametrize("detection", [0.2, 0.5, 0.9])
def test_with_known_detection_an_empty_week_is_a_number_with_a_band(detection):
    moves = [move("arrival", 1.0, MONDAY), move("arrival", 1.0, MONDAY + 2 * WEEK)]
    week = airlift(moves, "SVMI", detection)[1]
    assert week.arrivals.expected == pytest.approx((1 - detection) / detection, rel=1e-3)
    assert week.arrivals.low == 0
    assert week.arrivals.high >= 1 or detection == 0.9
    assert "unknown" not in week.said
    one = airlift(moves, "SVMI", detection)[0]
    assert one.arrivals.expected == pytest.approx(1 + 2 * (1 - detection) / detection, rel=1e-3)


def test_several_airfields_taken_as_one_and_others_left_out():
    moves = [move("arrival", 0.6, MONDAY), move("arrival", 0.7, MONDAY, "SVMC"),
             move("arrival", 0.8, MONDAY, "SBGR")]  # fmt: skip
    (week,) = airlift(moves, ("SVMI", "SVMC"), detection=1.0)
    assert week.arrivals.expected == pytest.approx(1.3)


def test_a_turnaround_is_counted_once_as_arrival_and_once_as_departure():
    moves = landings(fly("LSZH", ARRIVAL + DEPARTURE))
    (week,) = airlift(moves, "LSZH", detection=1.0)
    assert week.arrivals.expected == pytest.approx(1.0, abs=0.15)
    assert week.departures.expected == pytest.approx(1.0, abs=0.15)


@pytest.mark.parametrize("detection", [0.0, -0.1, 1.2, float("nan")])
def test_a_detection_that_is_no_probability(detection):
    with pytest.raises(UsageError, match="detection"):
        airlift([move("arrival", 0.9, MONDAY)], "SVMI", detection)


def test_no_movements_no_weeks():
    assert airlift([], "SVMI") == ()
