"""What must hold of any raid, whatever its figures: small worlds, varied as an analyst may."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raid_cases import Sam, Setup, World, command, function, one, world
from shieldwall.network.ensemble import Floats
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.run import Outcomes, joined, run
from shieldwall.raid.variants import Variant

SETTINGS = settings(max_examples=12, deadline=None, derandomize=True)
REPLICATIONS = 64


def busy() -> Setup:
    """Two systems that run out of channels, rounds and time; a command post, power, a radar."""
    return Setup(
        sams=(
            Sam("far", kill=0.6, layer="long", channels=3, ready=9, speed_mps=1_000.0,
                sees_km=120.0, range_km=110.0, reaction_s=15.0),
            Sam("near", kill=0.5, layer="short", channels=2, ready=6, speed_mps=700.0,
                sees_km=40.0, range_km=25.0, reaction_s=8.0, places=("base", "east")),
        ),
        groups=(
            {"number": 9, "decoys": 3, "spacing_s": 15.0, "arrivals": "random"},
            {"number": 4, "spacing_s": 5.0, "after_s": 60.0, "altitude_m": one((80, 100, 400))},
        ),
        functions=(
            function("grid", "power", serves=["far"], works=one((0.6, 0.8, 1.0))),
            function("watch", "sensor", made_of=["eye"], needs=["grid"]),
            command("near", needs=["grid"], capacity=one(2)),
        ),
        assumed={"assess_s": (2.0, 5.0, 9.0), "common_effect": 0.1, "scan_s": 6.0,
                 "reloads": (0.0, 1.0, 1.0), "decision_s": 5.0},
        radars={"eye": 150.0}, places={"east": (4_000.0, 1_000.0)}, seed=3,
    )  # fmt: skip


@cache
def made(**changed: Any) -> World:
    with TemporaryDirectory() as folder:
        return world(Path(folder), replace(busy(), **changed))


def played(
    found: World, variant: Variant, replications: int = REPLICATIONS, **how: Any
) -> Outcomes:
    return run(field(found.scene, variant, plain_picks(found.all_rows)), replications, **how)


ARRAYS = ("leakers_by_group", "kills", "shots", "empty_s", "decoys_killed")


def same(this: Outcomes, other: Outcomes) -> bool:
    """Byte for byte."""
    return all(getattr(this, a).tobytes() == getattr(other, a).tobytes() for a in ARRAYS)


def no_more(after: Floats, before: Floats) -> None:
    """Paired replications: the mean does not rise, four standard errors of Monte Carlo apart.

    Not replication by replication: a kill, a free channel or a further round moves all later
    launches, so that another threat may be met by another system with another chance.
    """
    rise = after - before
    error = rise.std(ddof=1) / np.sqrt(rise.size)
    assert rise.mean() <= 4 * error + 1e-12


def both(key: str, value: float) -> Variant:
    return Variant(units={s: {key: value} for s in ("far", "near")})


# ---- more of anything never lets more through ---------------------------------------------------


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("kill", st.floats(0.0, 1.0)),
        ("channels", st.integers(0, 8)),
        ("ready", st.integers(0, 20)),
        ("count", st.integers(0, 4)),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_leakers_never_rise_with(key: str, values: st.SearchStrategy[float]) -> None:
    @SETTINGS
    @given(st.tuples(values, values))
    def check(pair: tuple[float, float]) -> None:
        less, more = (played(made(), both(key, float(v))).leakers for v in sorted(pair))
        no_more(more, less)

    check()


@pytest.mark.parametrize(
    ("key", "none", "much"), [("kill", 0, 1), ("channels", 0, 8), ("ready", 0, 20), ("count", 0, 4)]
)
def test_much_lets_through_fewer_than_none(key: str, none: float, much: float) -> None:
    without, with_it = (played(made(), both(key, v)).leakers for v in (none, much))
    assert (without == 13).all()
    assert with_it.mean() < 10


@SETTINGS
@given(st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_where_nothing_is_scarce_no_replication_loses_by_a_higher_kill_probability(
    pair: tuple[float, float],
) -> None:
    """One round at each threat, from a battery with channels and rounds for all."""
    less, more = (
        played(plenty(), Variant(units={"sam": {"kill": p}})).leakers for p in sorted(pair)
    )
    assert (more <= less).all()


@cache
def plenty() -> World:
    with TemporaryDirectory() as folder:
        return world(Path(folder), Setup(doctrines=({"system": "sam", "looks": 1},)))


@SETTINGS
@given(st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_no_replication_loses_by_power_that_works_more_often(pair: tuple[float, float]) -> None:
    """Power only lets a system fire or not, so that this holds replication by replication."""
    less, more = (played(powered(), Variant(functions={"grid": p})).leakers for p in sorted(pair))
    assert (more <= less).all()


@cache
def powered() -> World:
    grid = function("grid", "power", serves=["sam"])
    with TemporaryDirectory() as folder:
        return world(Path(folder), Setup(functions=(grid,)))


def test_leakers_never_rise_with_serviceability() -> None:
    shares = (0.0, 0.3, 0.6, 1.0)
    means = [played(made(serviceable=s, draws=32), Variant()).leakers for s in shares]
    for less, more in pairwise(means):
        no_more(more, less)
    assert means[-1].mean() < means[0].mean() - 3


def test_leakers_never_rise_with_presence() -> None:
    means = [played(made(present=p, draws=32), Variant()).leakers for p in (0.0, 0.5, 1.0)]
    for less, more in pairwise(means):
        no_more(more, less)
    assert means[-1].mean() < means[0].mean() - 3


# ---- cutting equals removing --------------------------------------------------------------------


def test_cutting_power_equals_removing_what_depends_on_it() -> None:
    """The grid feeds a system, a sensor and the command post that joins another system."""
    found = made()
    cut = played(found, Variant(without_functions=frozenset({"grid"})))
    gone = Variant(
        without_functions=frozenset({"grid", "watch", "post"}),
        units={"far": {"count": 0.0}, "near": {"connected": 0.0}},
    )
    assert same(cut, played(found, gone))
    assert not same(cut, played(found, Variant()))


def test_cutting_power_equals_a_case_that_never_had_what_depends_on_it(tmp_path: Path) -> None:
    """The same told by the files: ids put what is left out last, so that chance stays paired."""
    here = Sam("a", kill=0.5, channels=3, ready=8, reaction_s=20.0)
    there = Sam("z", kill=0.9, layer="long", reaction_s=20.0)
    grid = function("grid", "power", serves=["z"])
    post = command("a", needs=["grid"], delay_s=one(1))
    whole = world(tmp_path / "whole", Setup(sams=(here, there), functions=(grid, post)))
    less = world(tmp_path / "less", Setup(sams=(here,)))
    rows = np.intersect1d(whole.rows, less.rows)
    cut = Variant(without_functions=frozenset({"grid"}))
    first = run(field(whole.scene, cut, plain_picks(rows)), REPLICATIONS)
    other = run(field(less.scene, Variant(), plain_picks(rows)), REPLICATIONS)
    assert first.leakers_by_group.tobytes() == other.leakers_by_group.tobytes()
    mine = whole.scene.layers.index("medium")
    assert first.shots[:, :, mine].tobytes() == other.shots[:, :, 0].tobytes()
    assert first.shots.sum() == other.shots.sum()


# ---- terrain ------------------------------------------------------------------------------------


def test_a_mask_that_sees_everything_equals_no_terrain() -> None:
    """At 1,000 m, from a mast of 100 m, all of every track is above the horizon."""
    found = plenty()
    assert same(played(found, Variant()), played(found, Variant(terrain=False)))


def test_a_horizon_never_helps_a_battery_by_itself(tmp_path: Path) -> None:
    """Two that do not coordinate may gain by it: what is seen later is fired at twice less often"""
    sam = Sam(kill=0.5, channels=1, speed_mps=1_000.0, reaction_s=10.0)
    low = ({"number": 12, "altitude_m": one(30)},)
    flat = {"assess_s": 5.0, "mast_vehicle_m": 5.0}
    found = world(tmp_path, Setup(sams=(sam,), groups=low, assumed=flat))
    behind, free = (played(found, Variant(terrain=t)).leakers for t in (True, False))
    no_more(free, behind)
    assert free.mean() < behind.mean() - 0.5


# ---- order, workers, parts ----------------------------------------------------------------------


@pytest.mark.parametrize("workers", [2, 5])
def test_the_number_of_workers_changes_nothing(workers: int) -> None:
    assert same(played(made(), Variant(), workers=1), played(made(), Variant(), workers=workers))


@SETTINGS
@given(st.permutations(range(16)))
def test_the_order_of_draws_changes_nothing(order: list[int]) -> None:
    found = made()
    plain = played(found, Variant(), 8)
    other = run(field(found.scene, Variant(), plain_picks(np.array(order))), 8)
    for name in ARRAYS:
        assert np.array_equal(getattr(plain, name)[order], getattr(other, name))


def test_the_order_of_systems_in_the_case_changes_nothing() -> None:
    turned = made(sams=busy().sams[::-1])
    assert same(played(made(), Variant()), played(turned, Variant()))


@SETTINGS
@given(st.integers(1, 99))
def test_two_runs_equal_one(first: int) -> None:
    """Wherever a run is divided, also inside a batch of stratified effects."""
    found = made()
    whole = played(found, Variant(), 100)
    parts = [played(found, Variant(), first),
             played(found, Variant(), 100 - first, first=first)]  # fmt: skip
    assert same(whole, joined(parts))


def test_another_seed_is_another_raid() -> None:
    assert not same(played(made(), Variant()), played(made(), Variant(), seed=4))
