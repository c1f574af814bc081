"""The whole calculus: paired differences, worlds, percentiles, and the games that ship."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path

import numpy as np
import pytest

from sample_calculus import ACTORS, DRAWS, sample_crisis, sample_game, with_fates
from samples import sample_assessment
from shieldwall.calculus.calculate import RATIONALITIES, calculus, odds
from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.report.exports.calculus import calculus_data
from shieldwall.report.records import Assessment

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
    same = dict.fromkeys(("drawn", "host", "supplier", "integrated", "unplugged"),
                         tuple(np.linspace(0.2, 0.6, 32)))  # fmt: skip
    case = dataclasses.replace(sample.case, game=made)
    found = calculus(case, sample.control, with_fates(sample.raids, same), DRAWS)
    assert found is not None
    changes = {d.key: d for d in found.differences}
    for key in ("advisers", "connection"):
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
    pairs = {"systems": ("drawn", "without"), "advisers": ("supplier", "host"),
             "connection": ("integrated", "unplugged")}  # fmt: skip
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
            total = sum(w.moves[n.id, m.id].mean for m in n.moves)
            assert total == pytest.approx(1.0 if w.reached[n.id] > 0 else 0.0)
        assert w.reached["press"] == pytest.approx(1.0)
        assert sum(e.mean for e in w.ends) == pytest.approx(1.0)
        struck = sum(e.mean for e, end in zip(w.ends, found.tree.ends, strict=True)
                     if "struck" in end.consequences)  # fmt: skip
        assert w.measures["struck"].mean == pytest.approx(struck)


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
    """Its own game on made-up raids and control: every number a probability, and quick."""
    case = load_case(CASES / name, load_catalogue())
    assert case.game is not None
    wanted = {f.of.split(".")[1] for f in case.game.facts if f.of and f.of.startswith("raid.")}
    one = with_fates(sample.raids).raids[0]
    fought = dataclasses.replace(
        sample.raids, raids=tuple(dataclasses.replace(one, raid=r) for r in sorted(wanted))
    )
    began = time.monotonic()
    found = calculus(case, sample.control, fought, 10_000)
    assert found is not None
    assert time.monotonic() - began < 60
    for w in found.worlds:
        assert sum(e.mean for e in w.ends) == pytest.approx(1.0)
        for each in (*w.measures.values(), *w.moves.values()):
            assert -1e-12 <= each.low <= each.mean <= each.high <= 1 + 1e-12
        assert all(np.isfinite([o.mean, o.low, o.high]).all() for o in w.worth.values())
    struck = next(c.id for c in case.game.consequences if c.measure == "strike")
    deterred = next(d for d in found.differences if d.key == "systems").measures[struck]
    assert deterred.mean < 0  # what is stopped makes a strike worth less, in all three
    assert found.shares
    assert all(s.total > -0.05 for s in found.shares)
