"""Action and reaction against a record that can be counted by hand."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

import makers
from sample_calculus import ACTORS, sample_game
from shieldwall.calculus.answered import REARRANGEMENTS, answered
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Assumption, Band, Case, PressureEvent

US, RUSSIA = "United States", "Russia"


def event(when: str | None, actor: str) -> PressureEvent:
    moment = None if when is None else parse_moment(when)
    return PressureEvent(f"{actor}-{when}", moment, actor, "x", "k", "s", None, "pressure.toml:1")


def record(acts: list[str | None], replies: list[str | None], **fields: object) -> Case:
    events = [*(event(d, US) for d in acts), *(event(d, RUSSIA) for d in replies)]
    return makers.case(pressure=tuple(events), as_of=date(2024, 12, 31), **fields)


def test_counted_by_hand() -> None:
    """60 days: January is answered in February, April by nothing, August twice in September."""
    case = record(["2024-01-10", "2024-04-01", "2024-08-05"],
                  ["2024-02-09", "2024-09-01", "2024-09-20"])  # fmt: skip
    found = answered(case, sample_game())
    assert found is not None
    assert (found.acts, found.answers, found.days, found.undated) == (3, 2, 60.0, 0)
    assert found.before == 1  # April, 52 days after 9 February
    assert 0 < found.chance < 1


def test_on_the_same_day_is_no_answer_and_on_the_last_day_is_one() -> None:
    same = answered(record(["2024-05-01"], ["2024-05-01"]), sample_game())
    last = answered(record(["2024-05-01"], ["2024-06-30"]), sample_game())
    late = answered(record(["2024-05-01"], ["2024-07-01"]), sample_game())
    assert [f and f.answers for f in (same, last, late)] == [0, 1, 0]


def test_dates_that_are_late_loose_or_missing_are_left_out_and_counted() -> None:
    case = record(["2024-03-01", "2025-02-01", "2024", None], ["2024-03-20", None])
    found = answered(case, sample_game())
    assert found is not None
    assert (found.acts, found.answers, found.undated) == (1, 1, 4)


def test_a_month_stands_in_its_middle() -> None:
    found = answered(record(["2024-03"], ["2024-05-10"]), sample_game())
    assert found is not None
    assert (found.acts, found.answers) == (1, 1)  # 55 days after the middle, 70 after the first


def test_chance_by_enumeration() -> None:
    """One act a year before the last reply: a reply at random in 366 days falls in 60 of them."""
    found = answered(record(["2024-01-01"], ["2024-01-31", "2024-12-31"]), sample_game())
    assert found is not None
    share = 60 / 365
    assert found.chance == pytest.approx(1 - (1 - share) ** 2, abs=0.015)


def test_nothing_is_surer_than_the_rearrangements_allow() -> None:
    acts = [f"2024-{m:02d}-01" for m in range(1, 13)]
    case = record(
        acts,
        [d[:-2] + "03" for d in acts],
        assumptions=(Assumption("answer_days", "x", Band(3, 3, 3), "days", "r", "t"),),
    )
    found = answered(case, sample_game())
    assert found is not None
    assert (found.answers, found.days) == (12, 3.0)
    assert 1 / (1 + REARRANGEMENTS) <= found.chance < 0.01


def test_without_a_supplier_or_a_record_nothing_is_said() -> None:
    case = record(["2024-01-10"], ["2024-02-09"])
    alone = dataclasses.replace(sample_game(), actors=ACTORS[:2])
    assert answered(case, alone) is None
    assert answered(record(["2024-01-10"], []), sample_game()) is None
    assert answered(record([], ["2024-01-10"]), sample_game()) is None
