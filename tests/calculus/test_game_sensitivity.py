"""What decides: a parameter that decides alone has all the variance, thresholds are found."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sample_calculus import came, fact, game, move, node, worth
from shieldwall.calculus.facts import drawn_band
from shieldwall.calculus.sensitivity import Inputs, groups, shares, strike, turnings
from shieldwall.calculus.tree import lay_out
from shieldwall.case.game_records import Game
from shieldwall.case.records import Band

N = 4_096


def inputs(made: Game, level: float | tuple[float, float] = 1.0) -> Inputs:
    facts = {f.id: drawn_band(1, f.id, f.band or Band(0, 0.5, 1), N) for f in made.facts}
    worths = np.array([
        drawn_band(1, f"{n} {p.actor} {p.consequence}", p.worth, N)
        for n, p in enumerate(made.payoffs)
    ])  # fmt: skip
    ends = level if isinstance(level, tuple) else (level, level)
    sharp = drawn_band(1, "rationality", Band(ends[0], sum(ends) / 2, ends[1]), N)
    return Inputs(lay_out(made), worths, facts, sharp)


CHOICE = (node("n", "adversary", move("no"), move("yes", ("struck",))),)
STRUCK = (came("struck", "strike"),)
HOST = worth("host", "struck", -1)


def test_a_fact_that_alone_decides_has_all_of_the_variance() -> None:
    made = game(
        CHOICE, STRUCK,
        (worth("adversary", "struck", 2), worth("adversary", "struck", -8, times="f"), HOST),
        (fact("f", "raid.x.stopped", Band(0, 0.3, 1)), fact("idle", "control.y.connected")),
    )  # fmt: skip
    found = {(s.kind, s.group): s for s in shares(inputs(made))}
    assert found["facts", "raid"].total == pytest.approx(1.0, abs=0.06)
    assert found["facts", "raid"].first == pytest.approx(1.0, abs=0.06)
    for key, each in found.items():
        if key != ("facts", "raid"):
            assert (each.first, each.total) == pytest.approx((0.0, 0.0), abs=0.03)


def test_payoffs_of_the_one_who_chooses_decide_where_facts_are_known() -> None:
    made = game(
        CHOICE, STRUCK, (worth("adversary", "struck", -4, 4), worth("host", "struck", -9, 9))
    )
    found = {(s.kind, s.group): s.total for s in shares(inputs(made))}
    assert found["payoffs", "adversary"] == pytest.approx(1.0, abs=0.06)
    assert found["payoffs", "host"] == pytest.approx(0.0, abs=0.01)


def test_two_that_decide_alike_share_alike() -> None:
    made = game(
        (node("n", "chance", move("a", ("c",), "m", "f"), move("b")),
         node("m", "chance", move("a", ("struck",), None, "g"), move("b"))),
        (came("c"), *STRUCK), (HOST, worth("adversary", "struck", 1)),
        (fact("f", "raid.x.stopped"), fact("g", "control.y.connected")),
    )  # fmt: skip
    found = {s.group: s for s in shares(inputs(made)) if s.kind == "facts"}
    assert found["raid"].total == pytest.approx(found["control"].total, abs=0.05)
    # of f g with means m, variances v: first m2 v over m2 v + m2 v + v2
    mean, variance = 0.5, 1 / 24
    whole = 2 * mean**2 * variance + variance**2
    assert found["raid"].first == pytest.approx(mean**2 * variance / whole, abs=0.06)
    assert found["raid"].total == pytest.approx(
        (mean**2 * variance + variance**2) / whole, abs=0.06
    )


def test_where_nothing_varies_nothing_has_a_share() -> None:
    made = game(CHOICE, STRUCK, (worth("adversary", "struck", 1), HOST))
    assert {(s.first, s.total) for s in shares(inputs(made))} == {(0.0, 0.0)}


def test_groups_hold_every_unknown_once() -> None:
    made = game(CHOICE, STRUCK, (worth("adversary", "struck", 1), HOST),
                (fact("f", "raid.x.stopped"), fact("g", "raid.y.stopped"), fact("h")))  # fmt: skip
    found = groups(inputs(made))
    assert found["facts", "raid"][1] == ["f", "g"]
    assert found["facts", "assumed"][1] == ["h"]
    assert sorted(p for worths, _, _ in found.values() for p in worths) == [0, 1]
    assert [k for k, v in found.items() if v[2]] == [("rationality", "rationality")]


def test_the_threshold_of_a_payoff_is_where_striking_is_worth_nothing() -> None:
    made = game(CHOICE, STRUCK, (worth("adversary", "struck", -2, 6), HOST))
    first = turnings(inputs(made))[0]
    assert (first.kind, first.name) == ("payoff", "adversary struck")
    assert first.threshold == pytest.approx(0.0, abs=0.01)
    assert first.strike_low == pytest.approx(1 / (1 + np.exp(-first.low)))
    assert first.strike_low < 0.5 < first.strike_high


def test_the_threshold_of_a_fact() -> None:
    made = game(
        CHOICE, STRUCK,
        (worth("adversary", "struck", 2), worth("adversary", "struck", -8, times="f"), HOST),
        (fact("f", band=Band(0, 0.3, 1)),),
    )  # fmt: skip
    found = next(t for t in turnings(inputs(made)) if t.kind == "fact")
    assert found.threshold == pytest.approx(0.25, abs=0.01)
    assert found.strike_low > 0.5 > found.strike_high


def test_no_threshold_where_the_band_does_not_reach_it() -> None:
    made = game(CHOICE, STRUCK, (worth("adversary", "struck", 1, 3), HOST))
    found = {t.name: t for t in turnings(inputs(made, (0.3, 3.0)))}
    assert found["adversary struck"].threshold is None
    assert found["rationality"].threshold is None
    assert found["rationality"].strike_low < found["rationality"].strike_high
    assert found["host struck"].strike_low == found["host struck"].strike_high


def test_what_moves_most_stands_first() -> None:
    made = game(CHOICE, STRUCK,
                (worth("adversary", "struck", -1, 1), worth("adversary", "struck", -9, 0, "f"),
                 HOST), (fact("f"),))  # fmt: skip
    moved = [abs(t.strike_high - t.strike_low) for t in turnings(inputs(made))]
    assert moved == sorted(moved, reverse=True)


def test_any_of_several_strikes_counts_once() -> None:
    made = game(
        (node("n", "adversary", move("no"), move("yes", ("struck",), "m")),
         node("m", "chance", move("a", ("again",), None, "f"), move("b"))),
        (came("struck", "strike"), came("again", "strike")),
        (worth("adversary", "struck", 0), HOST), (fact("f"),),
    )  # fmt: skip
    np.testing.assert_allclose(strike(inputs(made)), 0.5)
    none = dataclasses.replace(made, consequences=(came("struck"), came("again")))
    np.testing.assert_allclose(strike(inputs(none)), 0.0)
