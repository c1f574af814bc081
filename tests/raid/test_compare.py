"""Two variants on the same draws and chance: their difference is of what was changed alone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, world
from raid_folders import DRONES, MISSILES, write_case
from shieldwall.raid.compare import change, compare, idle, paired_share
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.run import run
from shieldwall.raid.scene import Scene
from shieldwall.raid.setting import Setting, setting
from shieldwall.raid.variants import Variant, parse

RUNS = 64
NO_BUK = Variant(units={"bukm2e": {"count": 0.0}})


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    groups = [{**DRONES, "number": 12}, {**MISSILES, "number": 8}]
    return setting(write_case(tmp_path_factory.mktemp("invented"), {"mixed": groups}))


@pytest.fixture(scope="module")
def scene(made: Setting) -> Scene:
    return made.scenes()[0]


def test_a_network_differs_from_itself_by_nothing(scene):
    found = change(scene, Variant("drawn"), Variant(), RUNS)
    assert found.leakers.mean == found.leakers.low == found.leakers.high == 0.0
    assert set(found.leakers.quantiles) == {0.0}
    assert found.none_through.value == found.shots.mean == 0.0
    assert all(each.kills.mean == each.shots.mean == 0.0 for each in found.layers)
    within = found.none_through.interval
    assert within.low < 0.0 < within.high, "so many raids cannot show that it is exactly nothing"


def test_one_less_other_is_other_less_one_turned_round(scene):
    one, back = (change(scene, a, b, RUNS) for a, b in ((NO_BUK, Variant()), (Variant(), NO_BUK)))
    assert one.leakers.mean == -back.leakers.mean
    assert (one.leakers.low, one.leakers.high) == (-back.leakers.high, -back.leakers.low)
    assert one.none_through.value == -back.none_through.value
    assert one.none_through.interval.low == pytest.approx(-back.none_through.interval.high)


def test_the_difference_is_that_of_the_sides(scene):
    found = change(scene, NO_BUK, Variant(), RUNS)
    assert found.leakers.mean == pytest.approx(found.one.leakers.mean - found.other.leakers.mean)
    assert found.shots.mean == pytest.approx(found.one.shots.mean - found.other.shots.mean)
    assert found.none_through.value == pytest.approx(
        found.one.none_through.value - found.other.none_through.value
    )
    kills = sum(each.kills.mean for each in found.layers)
    assert kills == pytest.approx(-found.leakers.mean), "as many threats on both sides"
    medium = next(each for each in found.layers if each.layer == "medium")
    assert medium.kills.high <= 0.0, "Buk is all of that layer"
    assert medium.kills.mean < 0.0 < found.leakers.mean


def test_pairing_narrows_the_interval(scene):
    small = Variant(units={"pantsir": {"salvo": 2.0}})
    found = change(scene, small, Variant(), RUNS)
    fielded = field(scene, Variant(), plain_picks(np.arange(scene.draws)))
    alone = run(fielded, RUNS).leakers.var(axis=1, ddof=1).mean() / (RUNS * scene.draws)
    unpaired = 1.96 * np.sqrt(2 * alone)
    assert 0.0 < found.leakers.interval.half_width < 0.8 * unpaired


def test_threats_of_each_side_are_told(scene):
    found = change(scene, Variant(size=2.0), Variant(), 8)
    assert (found.one.threats, found.other.threats) == (40, 20)


def test_workers_change_nothing(made, scene):
    sides = [(t, parse(t, made.names)) for t in (("network.mode=autonomous",), ("crews.all=host",))]
    assert compare((scene,), *sides, 8, 1) == compare((scene,), *sides, 8, 3)


def test_a_published_difference_of_paired_shares():
    """Agresti, Categorical Data Analysis (2nd ed. 2002), 10.1: approval of 1,600 people asked
    twice, 794, 150, 86 and 570; the difference is -.04, its 95 % interval (-.06, -.02)."""
    cells = {(1, 1): 794, (1, 0): 150, (0, 1): 86, (0, 0): 570}
    before, after = (
        np.repeat([c[n] for c in cells], list(cells.values())).astype(bool)[None, :] for n in (0, 1)
    )
    found = paired_share(after, before)
    assert found.value == pytest.approx(-0.04)
    assert (round(found.interval.low, 2), round(found.interval.high, 2)) == (-0.06, -0.02)


def test_the_interval_of_paired_shares_holds_the_truth_as_often_as_it_says():
    rng, trials, times = np.random.default_rng(3), 200, 1_500
    luck = rng.random((times, trials))
    one, other = luck < 0.30, (luck + 0.5 * (rng.random((times, trials)) < 0.1)) % 1.0 < 0.25
    truth = 0.30 - 0.25
    held = [
        p.low <= truth <= p.high
        for p in (paired_share(a[None], b[None]).interval for a, b in zip(one, other, strict=True))
    ]
    assert 0.93 <= np.mean(held) <= 0.98


def test_settings_that_nothing_follows_from_say_why(tmp_path: Path):
    setup = Setup(sams=(Sam(),), teams={"igla": 50.0})
    found = idle(
        ["units.sam.count=0", "units.pantsir.count=0", "units.igla.salvo=2", "units.igla.kill=0.5",
         "crews.pantsir=host", "crews.all=host", "network.mode=drawn",
         "raid.size=2"],
        world(tmp_path, setup).scene,
    )  # fmt: skip
    assert [text.partition(":")[0] for text in found] == [
        "units.pantsir.count=0", "units.igla.salvo=2", "crews.pantsir=host",
    ]  # fmt: skip
    assert "no unit of pantsir is drawn" in found[0]
    assert "teams have no salvo" in found[1]
    assert "no unit of pantsir is drawn" in found[2]
