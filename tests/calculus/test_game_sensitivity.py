"""What decides: a parameter that decides alone has all the variance, thresholds are found."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sample_calculus import came, fact, game, move, node, worth
from shieldwall.calculus.facts import drawn_band
from shieldwall.calculus.play import Inputs
from shieldwall.calculus.records import Share, Turning
from shieldwall.calculus.sensitivity import (
    ANY_STRIKE,
    STEPS,
    crossings,
    groups,
    hangs,
    strike,
)
from shieldwall.calculus.sensitivity import shares as shares_of
from shieldwall.calculus.sensitivity import turnings as turnings_of
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


def shares(given: Inputs) -> tuple[Share, ...]:
    return shares_of(given)[ANY_STRIKE].shares


def turnings(given: Inputs) -> tuple[Turning, ...]:
    return turnings_of(given)[ANY_STRIKE]


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
    assert found["facts", "raid"].facts == ("f", "g")
    assert found["facts", "assumed"].facts == ("h",)
    assert sorted(p for g in found.values() for p in g.worths) == [0, 1]
    assert [k for k, g in found.items() if g.rationality] == [("rationality", "rationality")]
    assert not [k for k, g in found.items() if g.knowledge]
    known = dataclasses.replace(inputs(made), knowledge=np.linspace(0, 1, N))
    assert [k for k, g in groups(known).items() if g.knowledge] == [("knowledge", "knowledge")]


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
    moved = [t.most - t.least for t in turnings(inputs(made))]
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


def test_every_crossing_of_one_half_is_told_and_the_whole_way_counts() -> None:
    """A strike comes about if exactly one of two things does: f, or what f makes unlikely."""
    made = game(
        (node("n", "chance", move("a", (), "m", "f"), move("b", ("struck",), None, "g"),
              move("c")),
         node("m", "chance", move("a", (), None, "f"), move("b", ("struck",)))),
        STRUCK, (worth("adversary", "struck", 1), HOST),
        (fact("f", band=Band(0.0, 0.6, 1.0)), fact("g", band=Band(0.0, 0.0, 0.0))),
    )  # fmt: skip
    given = inputs(made)
    found = next(t for t in turnings(given) if t.name == "f")
    assert found.thresholds == ()  # f (1 - f) is a quarter at most
    assert found.most == pytest.approx(0.25, abs=0.001)
    assert found.least == pytest.approx(min(found.strike_low, found.strike_high))
    assert found.most > max(found.strike_low, found.strike_high) + 0.05
    assert turnings(given)[0].name == "f"


def test_a_chance_that_rises_and_falls_has_two_thresholds() -> None:
    tried = np.linspace(0, 1, STEPS)
    assert crossings(tried, 4 * tried * (1 - tried)) == pytest.approx(
        (0.5 - np.sqrt(0.125), 0.5 + np.sqrt(0.125)), abs=0.001
    )
    assert crossings(tried, np.full(STEPS, 0.5)) == ()
    touching = np.where(tried < 0.4, 0.4, np.where(tried < 0.6, 0.5, 0.4))
    assert crossings(tried, touching) == ()
    assert len(crossings(tried, np.where(tried < 0.4, 0.4, np.where(tried < 0.6, 0.5, 0.6)))) == 1
    assert crossings(tried, 1 - tried) == pytest.approx((0.5,))


def test_what_two_of_one_side_do_together_counts_once() -> None:
    """The product of two payoffs' facts: each total holds the interaction, the side holds it once.

    All that varies is assumed, so that the assumed side makes all of the variance and no more.
    """
    made = game(
        (node("n", "chance", move("a", ("c",), "m", "f"), move("b")),
         node("m", "adversary", move("a", ("struck",)), move("b"))),
        (came("c"), *STRUCK), (HOST, worth("adversary", "struck", -3, 3)), (fact("f"),),
    )  # fmt: skip
    found = shares_of(inputs(made))[ANY_STRIKE]
    assert sum(s.total for s in found.shares) > 1.02
    assert found.assumed_total == pytest.approx(1.0, abs=0.05)
    assert found.evidence_total == pytest.approx(0.0, abs=1e-9)
    assert found.payoffs_outweigh


def test_an_assumed_fact_is_no_evidence() -> None:
    made = game(
        CHOICE, STRUCK,
        (worth("adversary", "struck", 2), worth("adversary", "struck", -8, times="f"), HOST),
        (fact("f", band=Band(0, 0.3, 1)), fact("told", "raid.x.stopped")),
    )  # fmt: skip
    found = shares_of(inputs(made))[ANY_STRIKE]
    assert found.assumed_total == pytest.approx(1.0, abs=0.06)
    assert found.payoffs_outweigh
    told = dataclasses.replace(made, facts=(fact("f", "raid.x.stopped"),))
    assert not shares_of(inputs(told))[ANY_STRIKE].payoffs_outweigh


def test_each_measured_consequence_speaks_for_itself() -> None:
    """The strike hangs on the adversary's payoff alone, who is drawn in on the fact too."""
    made = game(
        (node("n", "adversary", move("no"), move("yes", ("struck",), "m")),
         node("m", "chance", move("a", ("fight",), None, "f"), move("b"))),
        (came("struck", "strike"), came("fight", "involvement"), came("aside")),
        (worth("adversary", "struck", -1, 2), HOST), (fact("f", "control.x.at_consoles"),),
    )  # fmt: skip
    found = hangs(inputs(made))
    assert set(found) == {ANY_STRIKE, "struck", "fight"}
    assert found["struck"] == found[ANY_STRIKE]
    by = {c: {s.group: s.total for s in found[c].shares} for c in ("struck", "fight")}
    assert by["struck"]["control"] == pytest.approx(0.0, abs=1e-9)
    assert by["fight"]["control"] > 0.3
    assert found["struck"].turnings[0].name == "adversary struck"
    assert found["fight"].turnings[0].name == "f"
    assert found["struck"].payoffs_outweigh
    assert not found["fight"].payoffs_outweigh


def test_what_governments_do_not_know_does_not_move_them() -> None:
    made = game(
        CHOICE, STRUCK,
        (worth("adversary", "struck", 2), worth("adversary", "struck", -8, times="f"), HOST),
        (fact("f", "raid.x.stopped", Band(0, 0.3, 1)),),
    )  # fmt: skip
    plain = inputs(made)
    mean = {"f": np.atleast_2d(plain.facts["f"]).mean(axis=1, keepdims=True)}
    none, half, all_ = (
        dataclasses.replace(plain, knowledge=np.full(N, k), means=mean) for k in (0.0, 0.5, 1.0)
    )
    assert np.ptp(strike(none)) == pytest.approx(0.0, abs=1e-12)
    np.testing.assert_allclose(strike(all_), strike(plain))
    f = plain.facts["f"]
    np.testing.assert_allclose(
        strike(half), 1 / (1 + np.exp(-(2 - 8 * (f.mean() + 0.5 * (f - f.mean()))))), rtol=1e-9
    )
    varied = dataclasses.replace(none, knowledge=drawn_band(1, "k", Band(0, 0.5, 1), N))
    found = {s.group: s.total for s in shares(varied)}
    assert found["knowledge"] > 0.02
    assert found["raid"] == pytest.approx(1.0, abs=0.1)
    assert "knowledge" in {t.kind for t in turnings(varied)}
