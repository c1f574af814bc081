"""Facts of a game in each world: set, drawn, and paired with the raids draw by draw."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from sample_calculus import ACTORS, fact, sample_game, with_fates
from sample_raids import DRONES, MISSILES
from samples import sample_assessment
from shieldwall.calculus.facts import DIFFERENCES, WORLDS, drawn_band, facts_in, worlds_of
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
KINDS = {w.key: w for w in WORLDS}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


def read(sample: Assessment, world: str) -> dict[str, np.ndarray]:
    fought = with_fates(sample.raids)
    return facts_in(sample.case, GAME, KINDS[world], sample.control, fought, N)


def test_without_the_systems_nothing_is_stopped_joined_or_manned(sample: Assessment) -> None:
    found = read(sample, "without")
    for each in ("a", "b", "none", "held", "joined", "doing"):
        assert not found[each].any(), each
    np.testing.assert_array_equal(found["assumed"], read(sample, "drawn")["assumed"])


@pytest.mark.parametrize(("world", "wanted"), [
    ("supplier", {"held": 1.0, "doing": 1.0}), ("host", {"held": 0.0, "doing": 0.0}),
    ("integrated", {"joined": 1.0}), ("unplugged", {"joined": 0.0}),
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
    for world, shift in (("host", -0.08), ("supplier", 0.08), ("integrated", 0.15),
                         ("unplugged", -0.1)):  # fmt: skip
        np.testing.assert_allclose(read(sample, world)["a"] - drawn["a"], shift)


def test_every_draw_of_the_network_is_used_as_often_as_any_other(sample: Assessment) -> None:
    values, counts = np.unique(read(sample, "drawn")["a"], return_counts=True)
    assert values.size == 32
    assert set(counts) == {N // 32}


def test_control_enters_with_its_mean_and_band(sample: Assessment) -> None:
    found = read(sample, "drawn")
    system = next(s for s in sample.control.systems if s.system == "s300vm")
    band = system.at_consoles
    assert band.low <= found["held"].min() <= found["held"].max() <= band.high
    assert found["held"].mean() == pytest.approx((band.low + band.middle + band.high) / 3, abs=0.01)
    assert not found["elsewhere"].any()


def test_a_fact_draws_the_same_whatever_else_the_game_reads(sample: Assessment) -> None:
    alone = dataclasses.replace(GAME, facts=(FACTS[6],))
    found = facts_in(
        sample.case, alone, KINDS["drawn"], sample.control, with_fates(sample.raids), N
    )
    np.testing.assert_array_equal(found["assumed"], read(sample, "drawn")["assumed"])
    other = drawn_band(sample.case.seed + 1, "fact assumed", Band(0.1, 0.4, 0.8), N)
    assert (other != found["assumed"]).any()


def test_without_a_supplier_no_world_is_about_one() -> None:
    alone = dataclasses.replace(GAME, actors=ACTORS[:2])
    assert [w.key for w in worlds_of(alone)] == ["drawn", "without", "integrated", "unplugged"]
    assert [w.key for w in worlds_of(GAME)] == [w.key for w in WORLDS]
    assert {k for _, _, *pair in DIFFERENCES for k in pair} <= set(KINDS)


def test_a_fact_of_nothing_is_no_fact(sample: Assessment) -> None:
    bare = dataclasses.replace(GAME, facts=(dataclasses.replace(FACTS[6], band=None),))
    with pytest.raises(ValueError, match="neither a source nor a band"):
        facts_in(sample.case, bare, KINDS["drawn"], sample.control, sample.raids, N)
