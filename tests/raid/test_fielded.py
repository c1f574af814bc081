"""What stands, sees and fires under a variant, as the kernel reads it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, command, function, one, world
from shieldwall.raid.fielded import QUANTILES, UNLIMITED, field, kill_quantiles, plain_picks
from shieldwall.raid.variants import Variant


def moments(mean: float, alike: float) -> tuple[float, float]:
    """Mean and variance of the straight lines between the quantiles."""
    table = kill_quantiles(np.array([[[mean]]]), np.array([[alike]]))[0, 0, 0].astype(np.float64)
    a, b = table[:-1], table[1:]
    middle = float(((a + b) / 2).mean())
    return middle, float(((a * a + a * b + b * b) / 3).mean()) - middle**2


@pytest.mark.parametrize("alike", [0.01, 0.03, 1 / 11, 0.2, 0.5])
@pytest.mark.parametrize("mean", [0.02, 0.1, 0.3, 0.5, 0.8, 0.97])
def test_quantiles_keep_the_mean_and_the_spread(mean: float, alike: float) -> None:
    """Mean exact; the variance of the beta distribution within 4 %, 0.5 % between .1 and .9."""
    found, spread = moments(mean, alike)
    assert found == pytest.approx(mean, rel=1e-6)
    wanted = mean * (1 - mean) * alike
    assert spread == pytest.approx(wanted, rel=0.005 if 0.1 <= mean <= 0.9 else 0.04)


def test_beta_8_2() -> None:
    found, spread = moments(0.8, 1 / 11)
    assert found == pytest.approx(0.8, abs=1e-7)
    assert spread == pytest.approx(8 * 2 / (10 * 10 * 11), rel=0.005)


@pytest.mark.parametrize("mean", [0.0, 0.4, 1.0])
def test_no_spread_where_shots_are_not_alike_or_nothing_is_uncertain(mean: float) -> None:
    flat = kill_quantiles(np.array([[[mean]]]), np.zeros((1, 1)))
    assert flat.shape == (1, 1, 1, QUANTILES)
    assert (flat == np.float32(mean)).all()
    if mean in (0.0, 1.0):
        assert (kill_quantiles(np.array([[[mean]]]), np.full((1, 1), 0.3)) == mean).all()


def test_quantiles_rise() -> None:
    rng = np.random.default_rng(1)
    table = kill_quantiles(rng.random((20, 3, 2)), rng.uniform(0, 0.9, (20, 2)))
    assert (np.diff(table, axis=-1) >= 0).all()
    assert table.min() >= 0
    assert table.max() <= 1


# ---- variants -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory):
    setup = Setup(
        sams=(Sam("dish", launchers=3, channels=2, ready=4, kill=0.6, layer="long"),
              Sam("tube", optical=True, channels=1, ready=2, kill=0.4, channels_per="battery",
                  launchers=3, layer="short")),
        groups=({"number": 10, "decoys": 3}, {"number": 5}),
        functions=(command("dish", "tube"),),
        doctrines=({"system": "dish", "firing": "salvo", "salvo": 2},
                   {"system": "tube", "looks": 3}),
        training=None,
    )  # fmt: skip
    return world(tmp_path_factory.mktemp("two"), setup)


def of(found, name: str, variant: Variant = Variant()):  # noqa: B008  frozen
    """(dish, tube): what every draw has in common."""
    values = getattr(found.fielded(variant).batteries, name)
    assert (values == values[0]).all()
    return values[0].tolist()


def test_channels_and_rounds_come_by_launcher_or_by_battery(two) -> None:
    assert of(two, "channels") == [6, 1]
    assert of(two, "rounds") == [12, 6]
    assert of(two, "channels", Variant(units={"dish": {"channels": 5}})) == [15, 1]
    assert of(two, "rounds", Variant(units={"tube": {"ready": 7}})) == [12, 21]
    assert of(two, "channels", Variant(units={"dish": {"count": 1}})) == [2, 1]
    assert of(two, "rounds", Variant(units={"dish": {"count": 5}})) == [20, 6]


def test_doctrine_salvo_and_looks(two) -> None:
    assert of(two, "salvo") == [2, 1]
    assert of(two, "looks") == [1, 3]
    assert of(two, "looks", Variant(units={"dish": {"looks": 9}})) == [9, 3]
    assert of(two, "salvo", Variant(units={"tube": {"salvo": 4}})) == [2, 4]


def test_without_a_doctrine_it_looks_and_shoots_again(tmp_path: Path) -> None:
    found = world(tmp_path, Setup())
    assert of(found, "salvo") == [1]
    assert of(found, "looks") == [UNLIMITED]


@pytest.mark.parametrize("key", ["present", "serviceable", "count"])
def test_what_is_not_there_or_does_not_work_does_not_play(two, key: str) -> None:
    assert of(two, "plays") == [True, True]
    assert of(two, "plays", Variant(units={"dish": {key: 0}})) == [False, True]


def test_layers_may_be_left_out(two) -> None:
    assert of(two, "plays", Variant(without_layers=frozenset({"short"}))) == [True, False]


def test_kill_and_reaction_may_be_set(two) -> None:
    variant = Variant(units={"dish": {"kill": 0.25, "reaction_s": 7.0}}, crews={"all": "supplier"})
    kill = two.fielded(variant).batteries.kill
    assert np.allclose(kill[:, 0], 0.25)
    assert of(two, "reaction_s", variant)[0] == 7.0


def test_crews_scale_times_and_chances(tmp_path: Path) -> None:
    """Of two crews that nobody tells of, the host's: by the assumptions on their level."""
    assumed = {f"crew_{what}_{level}": value for what, level, value in (
        ("reaction", "basic", 2.0), ("success", "basic", 0.5), ("reaction", "untrained", 4.0),
        ("success", "untrained", 0.25), ("reaction", "mixed", 1.5), ("success", "mixed", 0.75),
    )}  # fmt: skip
    found = world(tmp_path, Setup(sams=(Sam(kill=0.8, reaction_s=10.0),), training=None,
                                  assumed=assumed))  # fmt: skip
    ways = {"": (20.0, 0.4), "host": (20.0, 0.4), "untrained": (40.0, 0.2), "joint": (15.0, 0.6),
            "supplier": (10.0, 0.8)}  # fmt: skip
    for who, (reaction_s, kill) in ways.items():
        for name in ("all", "sam"):
            batteries = found.fielded(Variant(crews={name: who} if who else {})).batteries
            assert np.allclose(batteries.reaction_s, reaction_s), who
            assert np.allclose(batteries.kill, kill), who


def test_size_scales_threats_and_decoys(two) -> None:
    for size, number, decoys in (
        (1.0, [10, 5], [3, 0]),
        (0.5, [5, 2], [2, 0]),
        (3.0, [30, 15], [9, 0]),
    ):
        fielded = two.fielded(Variant(size=size))
        assert fielded.threats.number.tolist() == number
        assert fielded.threats.decoys.tolist() == decoys
        assert fielded.threat_count == sum(number)


def test_modes_say_who_is_joined_and_who_fights(two) -> None:
    for mode, joins, plays in (
        ("drawn", True, [True, True]), ("integrated", True, [True, True]),
        ("degraded", True, [True, True]), ("autonomous", False, [True, True]),
        ("unplugged", False, [False, True]),
    ):  # fmt: skip
        assert of(two, "joins", Variant(mode)) == [joins, joins], mode
        assert of(two, "plays", Variant(mode)) == plays, mode
        assert two.fielded(Variant(mode)).graph.coordinated is (mode != "degraded")


def test_a_system_cut_off_may_still_fight_by_itself(tmp_path: Path) -> None:
    """By the named assumption; what is optical needs no radar."""
    cut = Variant(units={s: {"connected": 0} for s in ("dish", "tube")})
    sams = (Sam("dish"), Sam("tube", optical=True))
    for odds, plays in ((1.0, [True, True]), (0.0, [False, True])):
        setup = Setup(sams=sams, assumed={"alone_unplugged": odds})
        found = world(tmp_path / str(odds), setup)
        assert of(found, "joins", cut) == [False, False]
        assert of(found, "plays", cut) == plays


def test_degraded_orders_take_longer(tmp_path: Path) -> None:
    setup = Setup(
        functions=(command("sam", delay_s=one(10.0)),),
        assumed={"degraded_delay": 3.0},
    )
    found = world(tmp_path, setup)
    assert np.allclose(found.fielded().graph.decide_s, 10.0)
    assert np.allclose(found.fielded(Variant("degraded")).graph.decide_s, 30.0)


def test_functions_set_or_left_out(two) -> None:
    post = two.scene.wiring.index("post")
    assert (two.fielded().graph.well[:, post] == 1.0).all()
    assert (two.fielded(Variant(functions={"post": 0.3})).graph.well[:, post] == 0.3).all()
    gone = two.fielded(Variant(without_functions=frozenset({"post"}))).graph.well
    assert (gone[:, post] == 0.0).all()


def test_a_sensor_function_needs_one_of_what_it_is_made_of(tmp_path: Path) -> None:
    watch = function("watch", "sensor", made_of=["eye"])
    setup = Setup(functions=(watch,), radars={"eye": 100.0}, serviceable=0.0)
    found = world(tmp_path, setup)
    graph = field(found.scene, Variant(), plain_picks(found.all_rows)).graph
    assert not graph.well.any()
    again = world(tmp_path / "again", replace(setup, serviceable=1.0))
    assert again.fielded().graph.well.all()
