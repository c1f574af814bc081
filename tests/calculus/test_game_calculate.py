"""The whole calculus: paired differences, worlds, percentiles, and the games that ship."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sample_calculus import (
    ACTORS,
    DRAWS,
    SHIFTS,
    came,
    fact,
    game,
    move,
    node,
    sample_crisis,
    sample_game,
    with_fates,
    worth,
)
from sample_raids import DRONES
from samples import sample_assessment
from shieldwall.calculus.calculate import RATIONALITIES, calculus, odds, share_odds
from shieldwall.calculus.play import Inputs, play
from shieldwall.calculus.records import Odds
from shieldwall.calculus.sensitivity import STEPS
from shieldwall.calculus.solve import Solution, solve
from shieldwall.calculus.tree import Tree, lay_out
from shieldwall.case import load_case
from shieldwall.case.game_records import Game
from shieldwall.case.records import Assumption, Band
from shieldwall.catalogue import load_catalogue
from shieldwall.report.exports.calculus import calculus_data
from shieldwall.report.records import Assessment
from shieldwall.trail.calculus import likeliest, step_chances

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


def test_a_case_without_a_game(sample: Assessment) -> None:
    assert calculus(sample.case, sample.control, sample.raids) is None
    assert calculus_data(None) is None


def test_worlds_that_are_the_same_differ_by_exactly_nothing(sample: Assessment) -> None:
    """No fact of control, and the same fate of raids in all worlds but the one without systems."""
    made = sample_game()
    made = dataclasses.replace(
        made, facts=tuple(dataclasses.replace(f, of=None, band=made.facts[1].band)
                          if f.id == "at-consoles" else f for f in made.facts),
    )  # fmt: skip
    made = without_needs(made)
    same = dict.fromkeys(SHIFTS, tuple(np.linspace(0.2, 0.6, 32)))
    case = dataclasses.replace(sample.case, game=made)
    found = calculus(case, sample.control, with_fates(sample.raids, same), DRAWS)
    assert found is not None
    changes = {d.key: d for d in found.differences}
    for key in ("advisers", "connection", "crews"):
        for each in (*changes[key].measures.values(), *changes[key].worth.values()):
            assert (each.mean, each.low, each.high) == (0.0, 0.0, 0.0)
    assert changes["systems"].measures["struck"].mean < 0
    nothing = dict.fromkeys(same, (0.0,) * 32)
    none = calculus(case, sample.control, with_fates(sample.raids, nothing), DRAWS)
    assert none is not None
    for d in none.differences:
        assert all(o.mean == o.low == o.high == 0.0 for o in d.measures.values())


def test_a_difference_is_that_of_the_means_and_no_wider_than_both(sample: Assessment) -> None:
    found = sample_crisis(sample, sample_game())
    worlds = {w.key: w for w in found.worlds}
    pairs = {"systems": ("drawn", "without"), "advisers": ("drawn", "host"),
             "connection": ("connected", "apart"), "crews": ("supplier", "host")}  # fmt: skip
    assert [d.key for d in found.differences] == list(pairs)
    for d in found.differences:
        one, other = (worlds[k] for k in pairs[d.key])
        for c, change in d.measures.items():
            assert change.mean == pytest.approx(one.measures[c].mean - other.measures[c].mean)
            assert change.low <= change.mean <= change.high
        for a, change in d.worth.items():
            assert change.mean == pytest.approx(one.worth[a].mean - other.worth[a].mean)


def test_moves_are_shares_where_their_node_is_reached(sample: Assessment) -> None:
    found = sample_crisis(sample, sample_game())
    for w in found.worlds:
        for n in found.game.nodes:
            moves = [w.moves[n.id, m.id] for m in n.moves]
            if w.reached[n.id] == 0:
                assert moves == [None] * len(moves)  # unknown, and not that nobody does it
            else:
                assert sum(m.mean for m in moves if m) == pytest.approx(1.0)
        assert w.reached["press"] == pytest.approx(1.0)
        assert sum(e.mean for e in w.ends) == pytest.approx(1.0)
        struck = sum(e.mean for e, end in zip(w.ends, found.tree.ends, strict=True)
                     if "struck" in end.consequences)  # fmt: skip
        assert w.measures["struck"].mean == pytest.approx(struck)


def test_the_chance_of_a_node_times_that_of_a_move_there_is_that_of_the_branch(
    sample: Assessment,
) -> None:
    """Not the mean over draws of their ratio: a node that a draw hardly comes to hardly counts."""
    found = sample_crisis(sample, sample_game())
    for w in found.worlds:
        for n in found.game.nodes:
            for m in n.moves:
                branch = sum(e.mean for e, end in zip(w.ends, found.tree.ends, strict=True)
                             if (n.id, m.id) in end.path)  # fmt: skip
                share = w.moves[n.id, m.id]
                told = 0.0 if share is None else w.reached[n.id] * share.mean
                assert told == pytest.approx(branch, abs=1e-12)


def test_moves_along_a_way_multiply_to_its_chance(sample: Assessment) -> None:
    found = sample_crisis(sample, sample_game())
    order = likeliest(found)
    means = [found.worlds[0].ends[e].mean for e in order]
    assert means == sorted(means, reverse=True)
    for end in order:
        steps = step_chances(found, end)
        assert len(steps) == len(found.tree.ends[end].path)
        assert np.prod(steps) == pytest.approx(found.worlds[0].ends[end].mean)
    # Where one way alone leads to every node, that is what the tables of moves have.
    first = found.worlds[0].moves["press", "coerce"]
    assert first is not None
    path = next(e for e in order if ("press", "coerce") in found.tree.ends[e].path)
    assert step_chances(found, path)[0] == pytest.approx(first.mean)


def test_a_share_is_weighed_by_arrivals() -> None:
    """Nine draws hardly come there and would all take it; one always comes and seldom does."""
    came = np.array([1e-3] * 9 + [1.0])
    taken = np.array([1e-3] * 9 + [0.1])
    found = share_odds(taken, came)
    assert found is not None
    assert found.mean == pytest.approx(0.109 / 1.009)
    assert (found.low, found.high) == pytest.approx((0.1, 0.1))
    even = share_odds(np.arange(100.0) / 100, np.ones(100))
    assert even is not None
    assert (even.low, even.high) == pytest.approx((0.05, 0.94))
    assert share_odds(np.zeros(3), np.zeros(3)) is None


def network_game(**changes: object) -> Game:
    """A strike meets a network that is joined or not; the supplier may have stepped in before."""
    made = game(
        (node("step", "supplier", move("stay", (), "strike"),
              move("operate", ("operating",), "strike", needs=("systems", "crews"),
                   crews="supplier")),
         node("strike", "adversary", move("no"), move("yes", ("struck",), "meets")),
         node("meets", "chance", move("joined", ("answered",), None, "joined",
                                      needs=("systems",), network="joined"),
              move("apart", ("silent",), None, network="apart"))),
        (came("operating"), came("struck", "strike"), came("answered"),
         came("silent", needs=("systems",))),
        (worth("adversary", "struck", 1, 3), worth("adversary", "struck", -6, -4, "stopped"),
         worth("host", "struck", -5, -3), worth("supplier", "operating", -1, 2)),
        (fact("stopped", f"raid.{DRONES}.stopped"), fact("joined", "control.s300vm.connected")),
    )  # fmt: skip
    return dataclasses.replace(made, **changes)  # type: ignore[arg-type]


def test_without_the_systems_nobody_operates_them_and_no_network_is_silent(
    sample: Assessment,
) -> None:
    worlds = {w.key: w for w in sample_crisis(sample, network_game()).worlds}
    without, host, drawn = worlds["without"], worlds["host"], worlds["drawn"]
    assert without.measures["operating"].mean == host.measures["operating"].mean == 0.0
    assert without.moves["step", "stay"] == Odds(1.0, 1.0, 1.0)
    assert without.measures["silent"].mean == without.measures["answered"].mean == 0.0
    assert without.measures["struck"].mean > 0.5  # it is struck, and nothing is silent
    assert host.measures["silent"].mean > 0.05
    assert drawn.measures["operating"].mean > 0.3


def test_connected_and_not_force_the_question_and_nothing_else(sample: Assessment) -> None:
    worlds = {w.key: w for w in sample_crisis(sample, network_game()).worlds}
    for key, one, other in (("connected", "joined", "apart"), ("apart", "apart", "joined")):
        world = worlds[key]
        for move_, share in ((one, 1.0), (other, 0.0)):
            found = world.moves["meets", move_]
            assert found is not None
            assert (found.mean, found.low, found.high) == (share, share, share)
    assert (
        worlds["connected"].measures["struck"].mean < worlds["apart"].measures["struck"].mean
    )  # more is stopped where it is joined


def test_what_a_strike_is_worth_follows_what_it_meets(sample: Assessment) -> None:
    """By hand, in one draw: joined with chance j, stopped s_j, else s_a; a strike is worth
    2 - 5 (j s_j + (1 - j) s_a), by the supplier's crews 8 points more is stopped."""
    tree = lay_out(network_game())
    states = {s: n for n, s in enumerate(tree.states)}
    stopped = np.zeros((len(states), 1))
    for state, n in states.items():
        stopped[n] = 0.3 + SHIFTS[".".join(state)]
    j = 0.7
    worths = np.array([[2.0], [-5.0], [-4.0], [0.5]])
    facts = {"stopped": stopped, "joined": np.full((len(states), 1), j)}
    found = play(Inputs(tree, worths, facts, np.array([1.0])))
    for step, crews in (("stay", 0.0), ("operate", 0.08)):
        worth_ = 2 - 5 * (0.3 + crews + j * 0.1 - (1 - j) * 0.05)
        place = next(p for p in tree.places if p.path == (("step", step),))
        yes = sum(found.ends[e, 0] for e, end in enumerate(tree.ends)
                  if end.path[:2] == (*place.path, ("strike", "yes")))  # fmt: skip
        come = found.taken["step", step][0]
        assert yes / come == pytest.approx(1 / (1 + np.exp(-worth_)))


def test_a_chance_node_that_loses_an_outcome() -> None:
    """The outcome without a fact takes what is left; where it is the one that is lost, the others
    keep their proportions."""

    def chances(lost: str, facts: tuple[float, float]) -> list[float]:
        made = game(
            (node("n", "chance",
                  *(move(m, (m,), None, f, needs=("systems",) if m == lost else ())
                    for m, f in (("a", "f"), ("b", "g"), ("rest", None)))),),
            (came("a"), came("b"), came("rest")), (worth("host", "a", 1),),
            (fact("f"), fact("g")),
        )  # fmt: skip
        given = {k: np.array([v]) for k, v in zip("fg", facts, strict=True)}
        inputs = Inputs(lay_out(made), np.array([[1.0]]), given, None,
                        lacking=frozenset({"systems"}))  # fmt: skip
        return [float(x) for x in play(inputs).chances[:3, 0]]

    assert chances("a", (0.2, 0.3)) == pytest.approx([0.0, 0.3, 0.7])
    assert chances("rest", (0.2, 0.3)) == pytest.approx([0.4, 0.6, 0.0])
    assert chances("rest", (0.0, 0.0)) == pytest.approx([0.5, 0.5, 0.0])
    assert chances("none", (0.2, 0.3)) == pytest.approx([0.2, 0.3, 0.5])


def test_blocks_of_draws_change_nothing(
    sample: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = calculus_data(sample_crisis(sample, network_game()))
    monkeypatch.setattr("shieldwall.calculus.play.BLOCK", 700)
    assert calculus_data(sample_crisis(sample, network_game())) == whole


def test_the_game_is_solved_as_often_whatever_it_holds(
    sample: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Columns solved do not grow with payoffs, but for the few steps that each is moved over."""
    solved: list[int] = []

    def counted(tree: Tree, ends: np.ndarray, *rest: Any) -> Solution:
        solved.append(ends.shape[2])
        return solve(tree, ends, *rest)

    monkeypatch.setattr("shieldwall.calculus.play.solve", counted)
    made = network_game()
    sample_crisis(sample, made)
    few, columns = len(solved), sum(solved)
    # six worlds, six levels, two halves, a mixture for each of seven groups and two sides; turnings
    assert few == 6 + 6 + 2 + 7 + 2 + 1
    assert columns == 12 * DRAWS + 11 * DRAWS // 2 + STEPS * (4 + 2 + 1 + 1)
    solved.clear()
    more = tuple(worth("host", c, -1, 1) for c in ("operating", "answered", "silent"))
    sample_crisis(sample, dataclasses.replace(made, payoffs=(*made.payoffs, *more)))
    assert (len(solved), sum(solved)) == (few, columns + 3 * STEPS)


def without_needs(made: Game) -> Game:
    """The same where every move is there in every world."""
    return dataclasses.replace(
        made, nodes=tuple(
            dataclasses.replace(
                n, moves=tuple(dataclasses.replace(m, needs=()) for m in n.moves)
            )
            for n in made.nodes
        ),
    )  # fmt: skip


def test_levels_of_rationality_run_from_chance_to_the_best_move(sample: Assessment) -> None:
    found = sample_crisis(sample, sample_game())
    assert tuple(r.rationality for r in found.rationality) == RATIONALITIES
    chance = found.rationality[0].measures["struck"]
    # refrain, coerce, strike: a third each; then a half, a half, a half.
    assert (chance.mean, chance.low, chance.high) == pytest.approx((1 / 3 + 1 / 24,) * 3)
    best = found.rationality[-1].measures["struck"]
    assert {best.low, best.high} <= {0.0, 1.0}


def test_without_a_supplier_nothing_is_said_of_advisers(sample: Assessment) -> None:
    made = sample_game()
    hosts = {"supplier": "host"}
    made = dataclasses.replace(
        made, actors=ACTORS[:2],
        payoffs=tuple(p for p in made.payoffs if p.actor != "supplier"),
        nodes=tuple(dataclasses.replace(n, actor=hosts.get(n.actor, n.actor)) for n in made.nodes),
    )  # fmt: skip
    found = sample_crisis(sample, made)
    assert [d.key for d in found.differences] == ["systems", "connection"]
    assert found.answered is None


def test_the_same_seed_gives_the_same_and_another_another(sample: Assessment) -> None:
    one, same = (calculus_data(sample_crisis(sample, sample_game())) for _ in range(2))
    assert one == same
    other = dataclasses.replace(sample, case=dataclasses.replace(sample.case, seed=1))
    assert calculus_data(sample_crisis(other, sample_game())) != one


def test_percentiles_are_values_that_were_drawn() -> None:
    found = odds(np.arange(101.0))
    assert (found.mean, found.low, found.high) == (50.0, 5.0, 95.0)
    assert odds(np.array([3.0])).low == 3.0


@pytest.mark.parametrize("name", ["venezuela-2025", "venezuela-2019", "moscow-2023"])
def test_ten_thousand_draws_of_a_game_that_ships(name: str, sample: Assessment) -> None:
    """Its own game on made-up raids and control: every number a probability."""
    case = load_case(CASES / name, load_catalogue())
    assert case.game is not None
    wanted = {f.of.split(".")[1] for f in case.game.facts if f.of and f.of.startswith("raid.")}
    one = with_fates(sample.raids).raids[0]
    fought = dataclasses.replace(
        sample.raids, raids=tuple(dataclasses.replace(one, raid=r) for r in sorted(wanted))
    )
    found = calculus(case, sample.control, fought, 10_000)
    assert found is not None
    for w in found.worlds:
        assert sum(e.mean for e in w.ends) == pytest.approx(1.0)
        for each in w.measures.values():
            assert -1e-12 <= each.low <= each.mean <= each.high <= 1 + 1e-12
        for share in filter(None, w.moves.values()):
            assert -1e-12 <= share.low <= share.high <= 1 + 1e-12
            assert -1e-12 <= share.mean <= 1 + 1e-12
        assert all(np.isfinite([o.mean, o.low, o.high]).all() for o in w.worth.values())
    struck = next(c.id for c in case.game.consequences if c.measure == "strike")
    deterred = next(d for d in found.differences if d.key == "systems").measures[struck]
    assert deterred.mean < 0  # what is stopped makes a strike worth less, in all three
    assert found.shares
    assert all(s.total > -0.05 for s in found.shares)


def test_a_case_replaces_what_governments_know(sample: Assessment) -> None:
    """Knowing no more than open sources, nobody is moved by how raids go; knowing all, they are."""

    def raids(know: float) -> float:
        own = Assumption("foreknowledge", "x", Band(know, know, know), "share", "r", "t")
        case = dataclasses.replace(sample.case, assumptions=(own,))
        found = sample_crisis(dataclasses.replace(sample, case=case), network_game())
        return next(s.total for s in found.shares if s.group == "raid")

    assert raids(0.0) == pytest.approx(0.0, abs=1e-9)
    assert 0.0 < raids(0.5) < raids(1.0)


def test_facts_are_told_in_the_states_in_which_a_way_reads_them(sample: Assessment) -> None:
    found = sample_crisis(sample, network_game())
    assert set(found.by_state) == {"stopped"}
    assert set(found.by_state["stopped"]) == {
        f"{n}.{c}" for n in ("joined", "apart") for c in ("drawn", "supplier")
    }
    for state, told in found.by_state["stopped"].items():
        shift = told.mean - found.facts["stopped"].mean
        assert shift == pytest.approx(SHIFTS[state])
