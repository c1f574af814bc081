"""Solutions of small games worked out by hand, and what holds of any."""

from __future__ import annotations

import math

import numpy as np
import pytest

from random_games import as_game, random_game
from sample_calculus import came, fact, game, move, node, worth
from shieldwall.calculus.solve import Solution, payoffs, solve
from shieldwall.calculus.tree import Tree, lay_out
from shieldwall.case.game_records import Game

ENTRY = game(
    (node("enter", "adversary", move("out"), move("in", ("entered",), "answer")),
     node("answer", "host", move("fight", ("fought",)), move("yield", ("yielded",)))),
    (came("entered", "strike"), came("fought"), came("yielded")),
    (worth("adversary", "fought", -1), worth("adversary", "yielded", 1),
     worth("host", "fought", -1), worth("host", "entered", -1)),
)  # fmt: skip
"""Entry deterrence (Selten 1978): out (0, 0); in and fight (-1, -2); in and yield (1, -1)."""


def solved(
    made: Game, level: float | None, facts: dict[str, float] | None = None
) -> tuple[Tree, Solution]:
    given = {f: np.array([v]) for f, v in (facts or {}).items()}
    tree = lay_out(made)
    worths = np.array([[p.worth.low] for p in made.payoffs])
    scales = np.array([[1.0] if p.times is None else given[p.times] for p in made.payoffs])
    sharp = None if level is None else np.array([level])
    return tree, solve(tree, payoffs(tree, worths, scales.reshape(-1, 1)), given, sharp)


def chance(tree: Tree, found: Solution, consequence: str) -> float:
    return float(found.reached[[consequence in e.consequences for e in tree.ends], 0].sum())


def test_a_threat_that_would_not_be_carried_out_deters_nobody() -> None:
    tree, found = solved(ENTRY, None)
    assert chance(tree, found, "entered") == 1.0
    assert chance(tree, found, "fought") == 0.0
    np.testing.assert_allclose(found.worth[:, 0], [-1.0, 1.0, 0.0])  # host, adversary, supplier


@pytest.mark.parametrize("level", [0.3, 1.0, 3.0])
def test_quantal_response_by_hand(level: float) -> None:
    tree, found = solved(ENTRY, level)
    fight = 1 / (1 + math.exp(level))  # -2 against -1
    inside = 1 - 2 * fight  # worth of entering
    enter = 1 / (1 + math.exp(-level * inside))
    assert chance(tree, found, "entered") == pytest.approx(enter)
    assert chance(tree, found, "fought") == pytest.approx(enter * fight)
    assert found.worth[0, 0] == pytest.approx(enter * (-1 - fight))


def test_without_rationality_every_move_is_as_likely() -> None:
    for seed in range(8):
        made, facts = as_game(random_game(seed))
        tree, found = solved(made, 0.0, facts)
        for place, choice in zip(tree.places, found.choices, strict=True):
            if place.actor >= 0:
                np.testing.assert_allclose(choice[:, 0], 1 / len(place.branches))


def test_chance_moves_with_the_probability_of_its_fact_and_one_outcome_takes_the_rest() -> None:
    made = game(
        (node("n", "chance", move("a", ("c",), None, "f"), move("b", ("d",), None, "g"),
              move("rest")),),
        (came("c"), came("d")), (worth("host", "c", 10), worth("host", "d", -5)),
        (fact("f"), fact("g")),
    )  # fmt: skip
    for facts, wanted in (({"f": 0.2, "g": 0.3}, (0.2, 0.3, 0.5)),
                          ({"f": 0.8, "g": 0.8}, (0.5, 0.5, 0.0)),
                          ({"f": -1.0, "g": 2.0}, (0.0, 1.0, 0.0))):  # fmt: skip
        _, found = solved(made, None, facts)
        np.testing.assert_allclose(found.choices[0][:, 0], wanted)
        assert found.worth[0, 0] == pytest.approx(10 * wanted[0] - 5 * wanted[1])


def test_a_fact_scales_a_payoff() -> None:
    made = game(
        (node("n", "adversary", move("no"), move("yes", ("struck",))),), (came("struck"),),
        (worth("adversary", "struck", 2), worth("adversary", "struck", -8, times="stopped")),
        (fact("stopped"),),
    )  # fmt: skip
    for stopped, strikes in ((0.0, 1.0), (0.2, 1.0), (0.3, 0.0), (1.0, 0.0)):
        tree, found = solved(made, None, {"stopped": stopped})
        assert chance(tree, found, "struck") == strikes
        tree, found = solved(made, 1.0, {"stopped": stopped})
        wanted = 1 / (1 + math.exp(-(2 - 8 * stopped)))
        assert chance(tree, found, "struck") == pytest.approx(wanted)


def test_a_tie_goes_to_the_move_that_is_listed_first() -> None:
    made = game((node("n", "host", move("a", ("c",)), move("b", ("d",))),),
                (came("c"), came("d")), (worth("host", "c", 1), worth("host", "d", 1)))  # fmt: skip
    tree, found = solved(made, None)
    assert chance(tree, found, "c") == 1.0


def test_enormous_payoffs_do_not_overflow() -> None:
    made = game(
        (node("n", "host", move("a", ("c",)), move("b", ("d",))),),
        (came("c"), came("d")),
        (worth("host", "c", 1e6), worth("host", "d", -1e6)),
    )
    tree, found = solved(made, 10.0)
    assert chance(tree, found, "c") == 1.0
    assert np.isfinite(found.worth).all()


@pytest.mark.parametrize("seed", range(12))
def test_ends_are_a_distribution_and_worth_is_their_mean(seed: int) -> None:
    made, facts = as_game(random_game(seed))
    tree, found = solved(made, 0.7, facts)
    pay = payoffs(tree, np.array([[p.worth.low] for p in made.payoffs]),
                  np.ones((len(made.payoffs), 1)))  # fmt: skip
    assert found.reached.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(np.einsum("en,ean->an", found.reached, pay), found.worth)


@pytest.mark.parametrize("seed", range(40))
def test_a_strike_that_is_worth_more_is_not_struck_less_where_one_government_chooses(
    seed: int,
) -> None:
    """With one who decides, the best plan moves towards what is made worth more: if plan A is best
    before and B after a gain on strikes, B strikes at least as often (revealed preference)."""
    plain = random_game(seed)
    _one_decider(plain["root"])
    made, facts = as_game(plain)
    tree = lay_out(made)
    rng = np.random.default_rng(seed)
    struck = np.flatnonzero(rng.random(len(tree.ends)) < 0.4)
    base = payoffs(tree, np.array([[p.worth.low] for p in made.payoffs]),
                   np.ones((len(made.payoffs), 1)))  # fmt: skip
    given = {f: np.array([v]) for f, v in facts.items()}
    last = 0.0
    for more in (0.0, 0.5, 1.0, 2.0, 5.0, 20.0):
        ends = base.copy()
        ends[struck, 1] += more
        share = float(solve(tree, ends, given, None).reached[struck].sum())
        assert share >= last - 1e-12
        last = share


def _one_decider(plain: dict) -> None:  # type: ignore[type-arg]
    if "pay" in plain:
        return
    plain["actor"] = min(plain["actor"], 1) if plain["actor"] < 0 else 1
    for each in plain["moves"]:
        _one_decider(each["to"])


@pytest.mark.parametrize("level", [None, 0.5, 2.0])
def test_a_last_choice_to_strike_is_never_made_less_by_a_greater_gain(level: float | None) -> None:
    last = 0.0
    for gain in np.linspace(-5, 5, 21):
        made = game(
            (node("n", "adversary", move("no"), move("yes", ("struck",), "met")),
             node("met", "chance", move("x", ("hurt",), None, "f"), move("y"))),
            (came("struck", "strike"), came("hurt")),
            (worth("adversary", "struck", float(gain)), worth("adversary", "hurt", -3),
             worth("host", "struck", -1)), (fact("f"),),
        )  # fmt: skip
        tree, found = solved(made, level, {"f": 0.4})
        share = chance(tree, found, "struck")
        assert share >= last
        last = share
    assert last > 0.8


def test_where_others_answer_a_strike_worth_more_may_be_struck_less() -> None:
    """The host gives way once it sees that it would be struck: why the property above asks for one
    who decides."""

    def strikes(gain: float) -> float:
        made = game(
            (node("stance", "host", move("concede", ("conceded",)), move("hold", (), "last")),
             node("last", "adversary", move("strike", ("struck",)), move("no"))),
            (came("struck", "strike"), came("conceded")),
            (worth("host", "conceded", -2), worth("host", "struck", -9),
             worth("adversary", "struck", gain)),
        )  # fmt: skip
        tree, found = solved(made, 1.0)
        return chance(tree, found, "struck")

    assert strikes(-5.0) < strikes(-1.0)
    assert strikes(-1.0) > 3 * strikes(5.0)
