"""Facts of a game in each world: set, drawn, and paired with the raids draw by draw."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sample_calculus import (
    ACTORS,
    SHIFTS,
    came,
    fact,
    game,
    move,
    node,
    sample_game,
    with_fates,
    worth,
)
from sample_raids import DRONES, MISSILES
from samples import sample_assessment
from shieldwall.calculus.facts import (
    DIFFERENCES,
    WORLDS,
    _control,
    beta_of,
    drawn_band,
    drawn_odds,
    facts_in,
    worlds_of,
)
from shieldwall.calculus.tree import Tree, lay_out
from shieldwall.case.records import Band
from shieldwall.report.records import Assessment

N = 512
FACTS = (
    fact("a", f"raid.{DRONES}.stopped"), fact("b", f"raid.{MISSILES}.stopped"),
    fact("none", f"raid.{DRONES}.none_through"), fact("held", "control.s300vm.at_consoles"),
    fact("joined", "control.s300vm.connected"), fact("doing", "control.mission.operating"),
    fact("assumed", band=Band(0.1, 0.4, 0.8)), fact("elsewhere", "control.nothing.connected"),
)  # fmt: skip
GAME = dataclasses.replace(sample_game(), facts=FACTS)
TREE = lay_out(GAME)
STATES = game(
    (node("n", "chance", move("yes", (), "m", "joined", network="joined"),
          move("no", (), "m", network="apart")),
     node("m", "supplier", move("operate", (), None, crews="supplier"),
          move("leave", (), None, crews="host"), move("stay"))),
    (came("c"),), (worth("host", "c", 1),), FACTS,
)  # fmt: skip
KINDS = {w.key: w for w in WORLDS}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


def read(sample: Assessment, world: str, tree: Tree = TREE) -> dict[str, np.ndarray]:
    fought = with_fates(sample.raids)
    return facts_in(sample.case, tree, KINDS[world], sample.control, fought, N)


def test_without_the_systems_nothing_is_stopped_joined_or_manned(sample: Assessment) -> None:
    found = read(sample, "without")
    for each in ("a", "b", "none", "held", "joined", "doing"):
        assert not found[each].any(), each
    np.testing.assert_array_equal(found["assumed"], read(sample, "drawn")["assumed"])


@pytest.mark.parametrize(("world", "wanted"), [
    ("supplier", {"held": 1.0, "doing": 1.0}), ("host", {"held": 0.0, "doing": 0.0}),
    ("connected", {"joined": 1.0}), ("apart", {"joined": 0.0}),
])  # fmt: skip
def test_a_world_sets_what_it_is_about_and_nothing_else(
    sample: Assessment, world: str, wanted: dict[str, float]
) -> None:
    found, drawn = read(sample, world), read(sample, "drawn")
    for each in ("held", "joined", "doing", "assumed"):
        if each in wanted:
            assert (found[each] == wanted[each]).all()
        else:
            np.testing.assert_array_equal(found[each], drawn[each])


def test_raids_of_one_draw_stay_together_in_every_world(sample: Assessment) -> None:
    """The sample's fates differ by a constant, so that paired draws differ by it exactly."""
    drawn = read(sample, "drawn")
    np.testing.assert_array_equal(drawn["a"], drawn["b"])
    np.testing.assert_allclose(drawn["none"], drawn["a"] / 4)
    for world, shift in (("host", -0.04), ("supplier", 0.08), ("connected", 0.1),
                         ("apart", -0.05)):  # fmt: skip
        np.testing.assert_allclose(read(sample, world)["a"] - drawn["a"], shift)


def test_a_raid_is_fought_in_the_state_that_the_way_has_set(sample: Assessment) -> None:
    tree = lay_out(STATES)
    drawn = read(sample, "drawn", tree)
    assert len(tree.states) == 7
    for s, state in enumerate(tree.states):
        np.testing.assert_allclose(drawn["a"][s] - drawn["a"][0], SHIFTS[".".join(state)])
        np.testing.assert_array_equal(drawn["assumed"][s], drawn["assumed"][0])
    host = read(sample, "host", tree)
    for s, (network, crews) in enumerate(tree.states):
        who = "host" if crews == "drawn" else crews
        np.testing.assert_allclose(host["a"][s] - drawn["a"][0], SHIFTS[f"{network}.{who}"])


def test_a_world_that_is_connected_forces_whatever_tells_of_it(sample: Assessment) -> None:
    """Also an assumed chance of the network's being joined."""
    made = dataclasses.replace(
        STATES, nodes=tuple(
            dataclasses.replace(n, moves=tuple(
                dataclasses.replace(m, chance="assumed" if m.chance else None) for m in n.moves))
            for n in STATES.nodes
        ),
    )  # fmt: skip
    tree = lay_out(made)
    assert (read(sample, "connected", tree)["assumed"] == 1.0).all()
    assert not read(sample, "apart", tree)["assumed"].any()
    assert read(sample, "host", tree)["assumed"].min() >= 0.1


def test_every_draw_of_the_network_is_used_as_often_as_any_other(sample: Assessment) -> None:
    values, counts = np.unique(read(sample, "drawn")["a"][0], return_counts=True)
    assert values.size == 32
    assert set(counts) == {N // 32}


def test_control_enters_with_its_mean_and_band(sample: Assessment) -> None:
    """The mean of a fact is the room's posterior mean, and its band is as wide as the room's."""
    found = read(sample, "drawn")
    for key, of in (("held", "s300vm"), ("joined", "s300vm"), ("doing", "mission")):
        part = {"held": "at_consoles", "joined": "connected", "doing": "operating"}[key]
        band = _control(sample.control, of, part)
        assert found[key].mean() == pytest.approx(band.middle, abs=0.01)
        low, high = np.quantile(found[key][0], [0.05, 0.95])
        assert high - low == pytest.approx(band.high - band.low, abs=0.02)
    assert not found["elsewhere"].any()


@pytest.mark.parametrize("odds", [
    (0.09, 0.57, 0.95), (0.05, 0.23, 0.56), (0.086, 0.784, 0.991), (0.008, 0.11, 0.31),
    (0.7, 0.78, 0.85), (0.0, 0.02, 0.1), (0.95, 0.99, 1.0), (0.499, 0.5, 0.501),
])  # fmt: skip
def test_a_chance_keeps_its_mean_and_its_width(odds: tuple[float, float, float]) -> None:
    found = drawn_odds(1, "x", Band(*odds), 4_096)
    assert found.mean() == pytest.approx(odds[1], abs=0.002)
    low, high = np.quantile(found, [0.05, 0.95])
    assert high - low == pytest.approx(odds[2] - odds[0], abs=0.005)
    assert 0.0 <= found.min() <= found.max() <= 1.0


def test_a_chance_that_is_certain_or_without_a_band_is_one_number() -> None:
    assert (drawn_odds(1, "x", Band(0, 0, 0), 8) == 0).all()
    assert (drawn_odds(1, "x", Band(1, 1, 1), 8) == 1).all()
    assert (drawn_odds(1, "x", Band(0.4, 0.4, 0.4), 8) == 0.4).all()
    # No beta with this mean is as wide: the widest there is.
    a, b = beta_of(0.02, 0.9)
    assert a / (a + b) == pytest.approx(0.02)
    assert 0.1 < drawn_odds(1, "x", Band(0, 0.02, 0.9), 4_096).max() < 1.0


def test_a_fact_draws_the_same_whatever_else_the_game_reads(sample: Assessment) -> None:
    found = read(sample, "drawn", lay_out(dataclasses.replace(GAME, facts=(FACTS[6],))))
    np.testing.assert_array_equal(found["assumed"], read(sample, "drawn")["assumed"])
    other = drawn_band(sample.case.seed + 1, "fact assumed", Band(0.1, 0.4, 0.8), N)
    assert (other != found["assumed"][0]).any()


def test_without_a_supplier_no_world_is_about_one() -> None:
    alone = dataclasses.replace(GAME, actors=ACTORS[:2])
    assert [w.key for w in worlds_of(alone)] == ["drawn", "without", "connected", "apart"]
    assert [w.key for w in worlds_of(GAME)] == [w.key for w in WORLDS]
    assert {k for _, _, *pair in DIFFERENCES for k in pair} <= set(KINDS)


def test_a_fact_of_nothing_is_no_fact(sample: Assessment) -> None:
    bare = dataclasses.replace(GAME, facts=(dataclasses.replace(FACTS[6], band=None),))
    with pytest.raises(ValueError, match="neither a source nor a band"):
        facts_in(sample.case, lay_out(bare), KINDS["drawn"], sample.control, sample.raids, N)
