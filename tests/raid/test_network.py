"""What the graph of functions does to a raid: who sees for whom, other ways, outages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, World, command, function, one, world
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.replay import replay
from shieldwall.raid.run import run
from shieldwall.raid.variants import Variant

FAR = Sam("far", sees_km=200.0, range_km=10.0, reaction_s=5.0, speed_mps=1_000.0)
NEAR = Sam("near", sees_km=12.0, range_km=60.0, reaction_s=20.0, speed_mps=600.0)
"""One sees far and reaches little, the other the reverse: each is worth more with the other."""
RAID = {"groups": ({"number": 10, "spacing_s": 5},), "assumed": {"assess_s": 15.0}}
ALL_RAID = {"from_s": 0, "for_s": 80_000}
WATCH = function("watch", "sensor", made_of=["eye"], delay_s=one(1))


def through(found: World, variant: Variant = Variant()) -> float:  # noqa: B008  frozen
    return float(found.play(2_000, variant).leakers.mean())


def alone(folder: Path, *functions: dict, out: tuple = ()) -> World:
    """The near-sighted system, a radar that sees far, and a network."""
    return world(folder, Setup(sams=(NEAR,), radars={"eye": 200.0}, functions=functions,
                               unavailable=out, **RAID))  # fmt: skip


# ---- who sees for whom --------------------------------------------------------------------------


def test_what_is_removed_no_longer_sees_for_the_others(tmp_path: Path) -> None:
    post = (command("far", "near", delay_s=one(1)),)
    both = world(tmp_path / "both", Setup(sams=(FAR, NEAR), functions=post, **RAID))
    without = world(
        tmp_path / "one", Setup(sams=(NEAR,), functions=(command("near", delay_s=one(1)),), **RAID)
    )
    expected = through(without)
    assert through(both) < expected - 0.5
    for key in ("count", "present", "serviceable"):
        gone = Variant(units={"far": {key: 0.0}})
        assert through(both, gone) == pytest.approx(expected, abs=0.1), key


def test_what_the_evidence_has_absent_does_not_see(tmp_path: Path) -> None:
    post = (command("far", "near", delay_s=one(1)),)
    found = world(tmp_path, Setup(sams=(NEAR, FAR), functions=post, present=0.5, draws=64, **RAID))
    column = {b.system.id: b.column for b in found.scene.batteries}
    there = found.ensemble.in_service
    rows = np.flatnonzero(there[:, column["near"]] & ~there[:, column["far"]])
    assert rows.size > 3
    absent = run(field(found.scene, Variant(), plain_picks(rows)), 64, 1).leakers.mean()
    gone = Variant(units={"far": {"count": 0.0}})
    removed = run(field(found.scene, gone, plain_picks(rows)), 64, 1).leakers.mean()
    assert absent == removed


# ---- other ways ---------------------------------------------------------------------------------


def test_another_link_never_takes_the_command_away(tmp_path: Path) -> None:
    net = function("net", "link", needs=["post"], serves=["near"], delay_s=one(5))
    radio = function("radio", "link", serves=["near"], delay_s=one(0))
    post = command(delay_s=one(1))
    joined = through(alone(tmp_path / "net", WATCH, post, net))
    assert through(alone(tmp_path / "radio", WATCH, post, net, radio)) == joined
    serving = {**WATCH, "serves": ["near"]}
    assert through(alone(tmp_path / "watch", serving, post, net)) == joined


# ---- outages ------------------------------------------------------------------------------------


GRID, GEN = function("grid", "power"), function("gen", "power")


def test_an_outage_of_all_choices_is_one_of_what_needs_them(tmp_path: Path) -> None:
    post = command("near", needs=[["grid", "gen"]], delay_s=one(1))
    functions = (GRID, GEN, WATCH, post)
    well = alone(tmp_path / "well", *functions)
    grid = {"function": "grid", **ALL_RAID}
    both = alone(tmp_path / "both", *functions, out=(grid, {"function": "gen", **ALL_RAID}))
    one_out = alone(tmp_path / "one", *functions, out=(grid,))
    removed = through(well, Variant(without_functions=frozenset({"grid", "gen"})))
    assert removed > through(well) + 0.5
    assert through(both) == pytest.approx(removed, abs=0.1)
    assert through(one_out) == through(well), "the generators carry on"
    broken = Variant(functions={"gen": 0.0})
    assert through(one_out, broken) == pytest.approx(removed, abs=0.1), "unless they are broken"


def test_orders_take_the_way_that_is_open(tmp_path: Path) -> None:
    links = (
        function("data", "link", needs=["post"], serves=["near"], delay_s=one(1)),
        function("voice", "link", needs=["post"], serves=["near"], delay_s=one(3)),
    )
    functions = (WATCH, command(delay_s=one(1)), *links)
    found = alone(tmp_path / "out", *functions, out=({"function": "data", **ALL_RAID},))
    assert through(found) == pytest.approx(
        through(found, Variant(without_functions=frozenset({"data"}))), abs=0.05
    )


def test_a_post_that_is_out_decides_once_it_is_back(tmp_path: Path) -> None:
    """Out for the first half minute: what it found then it orders after, not never."""
    out = ({"function": "post", "from_s": 0, "for_s": 30},)
    found = alone(tmp_path, WATCH, command("near", delay_s=one(1)), out=out)
    ordered = [e.at_s for e in replay(found.scene, Variant(), 0, 1).events if e.kind == "ordered"]
    assert ordered
    assert min(ordered) == pytest.approx(31.0)


# ---- teams --------------------------------------------------------------------------------------


def warned(folder: Path, radar: bool, out: tuple = ()) -> World:
    functions = (*((WATCH,) if radar else ()), command("team", delay_s=one(1)))
    return world(
        folder,
        Setup(
            sams=(), teams={"team": 300.0}, functions=functions, unavailable=out,
            radars={"eye": 400.0} if radar else {}, groups=({"number": 10, "spacing_s": 5},),
            assumed={"teams_cold": 0.0, "teams_warned": 1.0},
        ),
    )  # fmt: skip


def test_a_warning_needs_somebody_who_sees(tmp_path: Path) -> None:
    assert through(warned(tmp_path / "seen", True)) < 1.0
    assert through(warned(tmp_path / "unseen", False)) == 10.0
    out = ({"function": "post", **ALL_RAID},)
    assert through(warned(tmp_path / "out", True, out)) == 10.0


def test_teams_fire_where_they_stand_and_at_what_still_flies(tmp_path: Path) -> None:
    sam = Sam(kill=1.0, sees_km=None, reaction_s=1.0)
    found = world(
        tmp_path,
        Setup(sams=(sam,), teams={"team": 300.0}, groups=({"number": 10, "spacing_s": 5},),
              assumed={"teams_cold": 1.0, "teams_warned": 1.0}),
    )  # fmt: skip
    enter, leave = found.scene.strip
    assert (enter > 0.0).all()
    assert (leave <= 1.0).all()
    without = Variant(units={"sam": {"count": 0.0}})
    for variant in (Variant(), without):
        told = replay(found.scene, variant, 0, 1)
        length = told.threats
        for event in (e for e in told.events if e.kind == "teams fired"):
            _, start, end, _ = length[event.threat]
            assert start < event.at_s <= end + 1e-6
    teams = found.scene.weapons.index(found.scene.spreads[0].weapon)
    fired, free = (
        found.play(320, v).weapon_shots[:, :, teams].mean() for v in (Variant(), without)
    )
    assert free > 1.0
    assert fired < 0.2 * free, "the dead are not fired at"
