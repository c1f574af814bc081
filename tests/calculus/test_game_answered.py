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

US, RUSSIA, HOST = "United States", "Russia", "Venezuela"


def event(when: str | None, actor: str, toward: str = HOST) -> PressureEvent:
    moment = None if when is None else parse_moment(when)
    return PressureEvent(f"{actor}-{when}", moment, actor, toward, "k", "s", None,
                         "pressure.toml:1")  # fmt: skip


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
    assert found.chance is not None
    assert 0 < found.chance < 1
    assert (found.begins, found.ends) == (date(2024, 1, 10), date(2024, 12, 31))


def test_on_the_same_day_is_no_answer_and_on_the_last_day_is_one() -> None:
    same = answered(record(["2024-05-01"], ["2024-05-01"]), sample_game())
    last = answered(record(["2024-05-01"], ["2024-06-30"]), sample_game())
    late = answered(record(["2024-05-01"], ["2024-07-01"]), sample_game())
    assert [f and f.answers for f in (same, last, late)] == [0, 1, 0]


def test_loose_and_missing_dates_are_left_out_and_counted_and_what_came_later_is_not() -> None:
    case = record(["2024-03-01", "2025-02-01", "2025", "2024", None], ["2024-03-20", None])
    found = answered(case, sample_game())
    assert found is not None
    assert (found.acts, found.answers, found.undated) == (1, 1, 3)


def test_acts_toward_others_are_none_and_do_not_stretch_the_period() -> None:
    """An act against the supplier three years before would make a reply at random hit seldom."""
    case = record(["2024-09-01", "2024-11-15"], ["2024-10-01"])
    others = (
        event("2021-01-15", US, RUSSIA),
        event(None, US, RUSSIA),
        event("2024-10-20", RUSSIA, US),
    )
    more = dataclasses.replace(case, pressure=(*case.pressure, *others))
    found = answered(more, sample_game())
    assert found is not None
    assert found == answered(case, sample_game())
    assert (found.begins, found.acts, found.replies, found.undated) == (date(2024, 9, 1), 2, 1, 0)


def test_names_are_alike_whatever_their_case() -> None:
    case = record(["2024-03-01"], ["2024-03-20"])
    shout = tuple(dataclasses.replace(e, toward=" VENEZUELA") for e in case.pressure)
    assert answered(dataclasses.replace(case, pressure=shout), sample_game()) == answered(
        case, sample_game()
    )


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
    assert found.chance is not None
    assert 1 / (1 + REARRANGEMENTS) <= found.chance < 0.01


def test_without_a_supplier_nothing_is_said() -> None:
    case = record(["2024-01-10"], ["2024-02-09"])
    alone = dataclasses.replace(sample_game(), actors=ACTORS[:2])
    assert answered(case, alone) is None


@pytest.mark.parametrize(
    ("acts", "replies", "begins"),
    [
        (["2024-01-10"], [], date(2024, 1, 10)),
        ([], ["2024-01-10"], date(2024, 1, 10)),
        ([None], [], None),
    ],
)
def test_where_there_is_nothing_to_compare_it_says_so(
    acts: list[str | None], replies: list[str | None], begins: date | None
) -> None:
    found = answered(record(acts, replies), sample_game())
    assert found is not None
    assert found.chance is None
    assert (found.begins, found.answers, found.before) == (begins, 0, 0)
    assert (found.acts, found.replies) == (sum(map(bool, acts)), len(replies))
