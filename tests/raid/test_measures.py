"""Measures of a raid: what layers, systems, functions and modes are worth, and what it costs."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, command, function, world
from shieldwall.raid import measures
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.fight import fight
from shieldwall.raid.run import run
from shieldwall.raid.statistics import distribution
from shieldwall.raid.variants import Variant

EACH = 40


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):
    setup = Setup(
        sams=(
            Sam("far", kill=0.5, ready=6, layer="long", round_cost=1.5),
            Sam("middle", kill=0.6, ready=4, layer="medium", round_cost=0.5),
            Sam("near", kill=0.4, ready=3, layer="short", places=("base", "east"), round_cost=0.1),
        ),
        groups=({"number": 12, "spacing_s": 5.0},),
        functions=(function("grid", "power", serves=["far"]), command("near", "middle")),
        places={"east": (1_000.0, 0.0)}, assumed={"assess_s": 5.0, "common_effect": 0.1},
    )  # fmt: skip
    return world(tmp_path_factory.mktemp("measured"), setup)


@pytest.fixture(scope="module")
def play(found):
    return measures.player(found.scene, found.all_rows, EACH, 1)


def test_shapley_values_share_out_all_that_is_stopped(found, play) -> None:
    """Efficiency (Shapley 1953): they add up to what all layers stop together."""
    layers = measures.layers(found.scene, play)
    assert [x.layer for x in layers] == ["long", "medium", "short"]
    stopped = 12 - play(Variant()).leakers.mean()
    assert sum(x.shapley.mean for x in layers) == pytest.approx(stopped)
    assert sum(x.kills.mean for x in layers) == pytest.approx(stopped)
    assert all(x.shapley.mean > 0 for x in layers)


def test_layers_that_do_the_same_are_worth_the_same(tmp_path: Path) -> None:
    """Symmetry: each stops half of what both stop, whichever of them came to fire."""
    sams = tuple(Sam(name, layer=name, kill=1.0, ready=100) for name in ("long", "short"))
    twin = world(tmp_path, Setup(sams=sams, groups=({"number": 8},)))
    play = measures.player(twin.scene, twin.rows, 20, 1)
    assert [x.shapley.mean for x in measures.layers(twin.scene, play)] == [4.0, 4.0]


def test_a_layer_that_cannot_kill_is_worth_nothing(tmp_path: Path) -> None:
    sams = (Sam("far", layer="long", kill=0.0), Sam("near", layer="short"))
    idle = world(tmp_path, Setup(sams=sams))
    play = measures.player(idle.scene, idle.rows, 20, 1)
    assert measures.layers(idle.scene, play)[0].shapley.mean == pytest.approx(0.0, abs=0.05)


def test_exhaustion_is_told_with_its_time(found, play) -> None:
    for layer in measures.layers(found.scene, play):
        assert layer.exhausted.value > 0.9
        assert 60.0 < layer.exhausted_s < 700.0


def test_the_network_helps_where_rounds_are_few(found, play) -> None:
    """Integrated less autonomous: fewer through. Paired: the interval is of the difference."""
    change = measures.integration(play)
    assert change.more.mean < 0
    assert change.more.interval.high < 0
    assert change.none_through >= 0


def test_without_a_system_more_come_through(found, play) -> None:
    names = {s.id: s.name for s in found.catalogue.systems.values()}
    found_changes = measures.systems(found.scene, play, names)
    assert {c.key for c in found_changes} == {"far", "middle", "near"}
    for change in found_changes:
        without = play(Variant(units={change.key: {"count": 0.0}}))
        more = without.leakers.mean() - play(Variant()).leakers.mean()
        assert change.more.mean == pytest.approx(more)
        assert change.more.mean > 0


def test_resilience_is_what_a_function_holds_up(found, play) -> None:
    grid, post = measures.resilience(found.scene, play)
    assert (grid.key, post.key) == ("grid", "post")
    far = next(c for c in measures.systems(found.scene, play, {"far": "far"}) if c.key == "far")
    assert grid.more.mean == pytest.approx(far.more.mean), "without power its system is gone"
    assert post.more.mean == pytest.approx(-measures.integration(play).more.mean)


def test_no_advisers_where_nothing_came_from_abroad(found, play) -> None:
    assert measures.advisers(found.scene, play) is None


def test_more_threats_more_leakers(found, play) -> None:
    sizes = measures.saturation(found.scene, play)
    assert [s.threats for s in sizes] == [3, 6, 12, 18, 24, 36, 48]
    means = [s.leakers.mean for s in sizes]
    assert means == sorted(means)
    assert all(0 <= s.none_through.low <= s.none_through.high <= 1 for s in sizes)


def test_modes_are_all_told(found, play) -> None:
    drawn = distribution(play(Variant()).leakers)
    told = dict(measures.modes(play, drawn))
    assert told["drawn"] is drawn, "as the raid itself was counted"
    assert list(told) == ["drawn", "integrated", "degraded", "autonomous", "unplugged"]
    assert told["drawn"].mean == told["integrated"].mean, "all are connected, all is well"
    assert told["unplugged"].mean == 12.0
    assert told["integrated"].mean < told["degraded"].mean


def test_costs_are_published_prices_of_what_is_lost_and_fired(found, play) -> None:
    outcomes = play(Variant())
    names = {s.id: s.name for s in found.catalogue.systems.values()}
    told = measures.cost(found.scene, outcomes, names)
    assert told.unpriced == ()
    assert told.threat_lost.mean == pytest.approx(2.0 * (12 - outcomes.leakers.mean()))
    spent = outcomes.shots.mean(axis=(0, 1)) @ np.array([1.5, 0.5, 0.1])
    assert told.rounds_fired.mean == pytest.approx(spent)


def test_what_has_no_price_is_named_and_not_counted(tmp_path: Path) -> None:
    free = world(tmp_path, Setup())
    play = measures.player(free.scene, free.rows, 8, 1)
    told = measures.cost(free.scene, play(Variant()), {"sam": "The system"})
    assert told.rounds_fired is None
    assert told.unpriced == ("The system",)


def test_rounds_for_a_kill(found, play) -> None:
    outcomes = play(Variant())
    told = measures.shots_per_kill(outcomes)
    assert told.value == pytest.approx(outcomes.shots.sum() / outcomes.kills.sum())
    assert told.low <= told.value <= told.high


def test_each_variant_is_played_once(found) -> None:
    play = measures.player(found.scene, found.all_rows, 4, 1)
    assert play(Variant("integrated")) is play(Variant("integrated"))


def test_one_raid_fought_is_told_consistently(found) -> None:
    told = fight(found.scene, found.catalogue, 1, replications=EACH)
    assert (told.threats, told.decoys, told.draws, told.replications) == (12, 0, 16, EACH)
    assert sum(told.leaker_histogram) == pytest.approx(1.0)
    mean = sum(n * p for n, p in enumerate(told.leaker_histogram))
    assert mean == pytest.approx(told.leakers.mean)
    assert told.leaker_histogram[0] == pytest.approx(told.none_through.value)
    assert np.mean(told.draw_means) == pytest.approx(told.leakers.mean)
    assert told.draw_means == tuple(sorted(told.draw_means))
    assert told.axis == "all round"
    rows = np.arange(found.scene.draws)
    means = run(field(found.scene, Variant(), plain_picks(rows)), EACH, 1).leakers.mean(axis=1)
    assert means[told.replay.draw] == told.draw_means[(told.draws - 1) // 2], "the middle draw"
    low, high = told.none_through_band
    assert low <= told.none_through.value <= high


def test_rare_outcomes_are_estimated_by_strata_too(tmp_path: Path) -> None:
    """None of 12 through, with effects of the raid: rare; by strata as by many replications."""
    setup = Setup(
        sams=(Sam(kill=0.5),), groups=({"number": 12},),
        doctrines=({"system": "sam", "looks": 1},), assumed={"common_effect": 0.12},
    )  # fmt: skip
    found = world(tmp_path, setup)
    rare = fight(found.scene, found.catalogue, 1, replications=64).none_through_rare
    often = found.play(64_000).none_through.mean()
    assert 0.001 < often < 0.05
    assert rare is not None
    assert rare.gain > 1
    assert rare.interval.low <= often <= rare.interval.high


def test_what_is_neither_rare_nor_certain_needs_no_strata(tmp_path: Path) -> None:
    setup = Setup(groups=({"number": 2},), doctrines=({"system": "sam", "looks": 1},))
    found = world(tmp_path, setup)
    assert fight(found.scene, found.catalogue, 1, replications=64).none_through_rare is None
