"""Key judgements on the crisis: each of its own chance, turning with raids and control."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from judged import check, named
from sample_calculus import SHIFTS, came, fact, game, move, node, with_calculus, worth
from sample_raids import DRONES
from samples import sample_assessment
from shieldwall.calculus.records import (
    Calculus,
    Difference,
    Hangs,
    Odds,
    Share,
    Turning,
    World,
)
from shieldwall.calculus.tree import lay_out
from shieldwall.case.game_records import Actor, Consequence, Fact, Game, Move, Node, Payoff
from shieldwall.case.records import Band
from shieldwall.provenance import Ledger, Quantity
from shieldwall.report.judgements import Judgement, judgements
from shieldwall.report.judgements.ripple import of_calculus
from shieldwall.report.records import Assessment


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


def _game(payoffs_outweigh: bool, strike: float, of: str | None = None) -> Calculus:
    where = "game.toml:1"
    facts = (
        Fact("joined", "It is joined", of, None if of else Band(0, 0.5, 1), "A sample", where),
    )
    game = Game(
        "A scale", "A note",
        (Actor("a", "Arcadia", "adversary", where), Actor("h", "Host", "host", where)), facts,
        (Consequence("struck", "Arcadia strikes", "strike", where),
         Consequence("drawn-in", "The supplier is drawn in", "involvement", where)),
        (Payoff("a", "struck", Band(-1, 0, 1), None, "A sample.", where),),
        (Node("start", "a", "Strike?", (Move("yes", "Strike", ("struck",), None, None),
                                        Move("no", "Do not", (), None, None)), where),),
        where,
    )  # fmt: skip
    odds: Callable[[float], Odds] = lambda p: Odds(p, p - 0.1, p + 0.1)  # noqa: E731
    worlds = tuple(
        World(key, key, {"struck": odds(p), "drawn-in": odds(0.15)}, {}, {}, {"start": 1.0}, ())
        for key, p in (("drawn", strike), ("without", strike + 0.1))
    )
    shares = (Share("a", "payoffs", 0.6, 0.7), Share("raid", "facts", 0.1, 0.2))
    turnings = (Turning("payoff", "a struck", -1, 1, 0.2, 0.8, 0.0, (0.0,), 0.2, 0.8),)
    sides = (0.7, 0.2) if payoffs_outweigh else (0.2, 0.7)
    other = Hangs((Share("control", "facts", 0.5, 0.6),), (), 0.1, 0.6)
    return Calculus(
        game, lay_out(game), worlds,
        (Difference("systems", "with the systems", {"struck": odds(-0.1)}, {}),), (), turnings,
        shares, payoffs_outweigh, None, {}, 8,
        hangs={"struck": Hangs(shares, turnings, *sides), "drawn-in": other},
    )  # fmt: skip


def _ripple(sample: Assessment, calculus: Calculus) -> tuple[tuple[Judgement, ...], Assessment]:
    """Judgements of a calculus whose figures are in the ledger."""
    ledger = Ledger(dict(sample.ledger.quantities), dict(sample.ledger.leaves))
    for id in ("drawn.struck", "without.struck", "drawn.drawn-in"):
        full = f"calculus.{id}"
        ledger.quantity(Quantity(full, full, 0.3, 0.2, 0.4, "probability", "a test", ()))
    entered = dataclasses.replace(sample, ledger=ledger)
    return tuple(j for j in of_calculus(entered, calculus) if j is not None), entered


def test_the_ripple_is_judged_by_the_calculus(sample: Assessment) -> None:
    found, entered = _ripple(sample, _game(True, 0.3, "control.s300vm.connected"))
    check(found, entered)
    struck, drawn_in = found
    assert (struck.id, struck.likelihood) == ("ripple.struck", "unlikely")
    assert (drawn_in.id, drawn_in.likelihood) == ("ripple.drawn-in", "very unlikely")
    assert "Without the systems it would be 40\u202f%" in struck.detail
    assert "Payoffs, which are assumed, outweigh" in struck.what_would_change
    assert "what “Arcadia strikes” is worth to Arcadia" in struck.what_would_change
    assert struck.confidence.level == "low"
    assert struck.look_next == (
        "Look for words and acts that show what “Arcadia strikes” is worth to Arcadia."
    )
    assert drawn_in.look_next == "Look for signs of crews: tours, training, departures."
    assert "what Arcadia gains" not in drawn_in.what_would_change, "each by what it hangs on itself"
    assert "outweigh" not in drawn_in.what_would_change
    assert "who operates the systems and what is joined (60\u202f% of the" in (
        drawn_in.what_would_change
    )
    assert struck.figures[:2] == ("calculus.drawn.struck", "calculus.without.struck")


def test_where_payoffs_decide_they_are_looked_for_first_and_facts_second(
    sample: Assessment,
) -> None:
    calculus = _game(True, 0.3, "control.s300vm.connected")
    hangs = calculus.hangs["struck"]
    shares = (hangs.shares[0], Share("control", "facts", 0.1, 0.2))
    other = dataclasses.replace(
        calculus, hangs={**calculus.hangs, "struck": dataclasses.replace(hangs, shares=shares)}
    )
    struck, _ = _ripple(sample, other)[0]
    assert struck.look_next == (
        "Look for words and acts that show what “Arcadia strikes” is worth to Arcadia. Of facts, "
        "evidence could narrow who operates the systems and what is joined: look second for signs "
        "of crews: tours, training, departures."
    )


def test_a_country_that_takes_an_article_has_it(sample: Assessment) -> None:
    calculus = _game(True, 0.3, "control.s300vm.connected")
    actors = (Actor("a", "United States", "adversary", "game.toml:1"), *calculus.game.actors[1:])
    other = dataclasses.replace(calculus, game=dataclasses.replace(calculus.game, actors=actors))
    struck, _ = _ripple(sample, other)[0]
    assert "what the United States gains and loses" in struck.what_would_change
    assert struck.look_next.endswith("is worth to the United States.")


def test_a_game_that_no_evidence_enters_is_not_judged(sample: Assessment) -> None:
    found, entered = _ripple(sample, _game(True, 0.3))
    check(found, entered)
    assert found
    assert not any(j.judged for j in found)


def test_a_calculus_without_figures_or_none_at_all_gives_no_judgement(sample: Assessment) -> None:
    assert not any(of_calculus(sample, _game(False, 0.3, "control.s300vm.connected")))
    bare = dataclasses.replace(sample, calculus=None)
    assert not any(j.question == "ripple" for j in judgements(bare))


def test_words_on_a_strike_turn_with_what_raids_and_control_find(sample: Assessment) -> None:
    """The whole way from fates and posteriors through the game to the sentence."""
    deters = game(
        (node("start", "adversary", move("refrain"), move("strike", ("struck",), "met")),
         node("met", "chance", move("manned", ("drawn-in",), chance="theirs"), move("alone"))),
        (came("struck", "strike", "They strike"), came("drawn-in", "involvement", "They fight")),
        (worth("adversary", "struck", 4), worth("adversary", "struck", -9, times="stopped"),
         worth("adversary", "drawn-in", -1)),
        (fact("stopped", f"raid.{DRONES}.stopped"), fact("theirs", "control.s300vm.at_consoles")),
    )  # fmt: skip

    def told(stopped: float, at_consoles: float) -> tuple[Judgement, Judgement]:
        found = with_calculus(
            sample, deters, stopped=dict.fromkeys(SHIFTS, (stopped,) * 32),
            at_consoles=Band(at_consoles - 0.02, at_consoles, at_consoles + 0.02),
        )  # fmt: skip
        made = judgements(found)
        check(made, found)
        return named(made, "ripple.struck"), named(made, "ripple.drawn-in")

    (open_, _), (shut, _) = told(0.02, 0.3), told(0.98, 0.3)
    assert open_.likelihood in ("very likely", "almost certain")
    assert shut.likelihood in ("very unlikely", "almost no chance")
    (_, manned), (_, bare) = told(0.02, 0.9), told(0.02, 0.1)
    assert manned.likelihood in ("likely", "very likely")
    assert bare.likelihood in ("very unlikely", "almost no chance")
