"""Raids run: modes of the network, doctrine, decoys, teams; runs, parts and stops."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, command, function, one, world
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.replay import replay
from shieldwall.raid.run import BATCH, effects, run, run_until
from shieldwall.raid.statistics import mean_interval, share_interval
from shieldwall.raid.variants import Variant


def test_unplugged_only_what_needs_no_radar_fires(tmp_path: Path) -> None:
    sams = (Sam("dish", layer="long"), Sam("tube", layer="short", optical=True))
    once = ({"system": "dish", "looks": 1},)
    setup = Setup(sams=sams, functions=(command("dish", "tube"),), doctrines=once)
    found = world(tmp_path, setup)
    long, short = (found.scene.layers.index(name) for name in ("long", "short"))
    for mode, fires in (("integrated", True), ("autonomous", True), ("unplugged", False)):
        shots = found.play(320, Variant(mode)).shots
        assert bool(shots[:, :, long].any()) is fires, mode
        assert shots[:, :, short].any(), mode


def test_coordinated_units_do_not_fire_at_the_same_threat_at_once(tmp_path: Path) -> None:
    """Two units, one threat, perfect rounds: one round together, two alone or degraded."""
    sam = Sam(kill=1.0, places=("base", "east"))
    setup = Setup(
        sams=(sam,), groups=({"number": 1},), functions=(command("sam"),),
        places={"east": (50.0, 0.0)},
    )  # fmt: skip
    found = world(tmp_path, setup)
    for mode, rounds in (("integrated", 1), ("drawn", 1), ("degraded", 2), ("autonomous", 2)):
        played = found.play(320, Variant(mode))
        assert (played.leakers == 0).all()
        assert (played.shots == rounds).all(), mode


def test_a_salvo_is_fired_at_once_and_once(tmp_path: Path) -> None:
    fires = ({"system": "sam", "firing": "salvo", "salvo": 3},)
    played = world(tmp_path, Setup(doctrines=fires, groups=({"number": 4},))).play(3_200)
    assert (played.shots == 12).all()
    assert played.leakers.mean() == pytest.approx(4 * 0.3**3, abs=0.03)


def test_a_salvo_may_be_repeated_by_setting_looks(tmp_path: Path) -> None:
    fires = ({"system": "sam", "firing": "salvo", "salvo": 3},)
    found = world(tmp_path, Setup(sams=(Sam(kill=0.0),), doctrines=fires, groups=({"number": 4},)))
    assert (found.play(160, Variant(units={"sam": {"looks": 2}})).shots == 24).all()


def test_a_salvo_takes_its_rounds_from_the_magazine(tmp_path: Path) -> None:
    fires = ({"system": "sam", "firing": "salvo", "salvo": 2},)
    sam = Sam(kill=0.0, ready=5)
    found = world(tmp_path, Setup(sams=(sam,), doctrines=fires, groups=({"number": 4},)))
    assert (found.play(160).shots == 5).all(), "two, two, and the last one"


def test_decoys_come_anywhere_among_the_others(tmp_path: Path) -> None:
    """Ten rounds meet the first ten of twenty, one after another: half of them are real."""
    setup = Setup(
        sams=(Sam(kill=1.0, ready=10),), groups=({"number": 10, "decoys": 10, "spacing_s": 30.0},),
        doctrines=({"system": "sam", "looks": 1},),
    )  # fmt: skip
    leakers = world(tmp_path, setup).play(3_200).leakers
    assert leakers.mean() == pytest.approx(5.0, abs=0.1)
    assert leakers.var() == pytest.approx(10 * 0.25 * 10 / 19, rel=0.1)


def test_decoys_take_rounds_and_are_no_leakers(tmp_path: Path) -> None:
    found = world(tmp_path, Setup(groups=({"number": 5, "decoys": 20},), sams=(Sam(kill=1.0),)))
    played = found.play(320)
    assert (played.shots == 25).all()
    assert (played.decoys_killed == 20).all()
    assert (played.kills == 5).all()
    unarmed = found.play(320, Variant(units={"sam": {"count": 0}}))
    assert (unarmed.leakers == 5).all()
    assert not unarmed.decoys_killed.any()


def test_size_is_the_number_of_threats(tmp_path: Path) -> None:
    found = world(tmp_path, Setup(sams=(Sam(kill=0.0),), groups=({"number": 10},)))
    for size, through in ((0.0, 0), (0.5, 5), (2.0, 20)):
        assert (found.play(32, Variant(size=size)).leakers == through).all()


def test_what_is_killed_fired_and_through_adds_up(tmp_path: Path) -> None:
    sams = (Sam("far", ready=4, layer="long"), Sam("near", ready=3, layer="short"))
    found = world(tmp_path, Setup(sams=sams, groups=({"number": 6, "decoys": 2}, {"number": 3})))
    played = found.play(3_200)
    assert (played.kills.sum(axis=2) + played.leakers == 9).all()
    assert (played.leakers_by_group.sum(axis=2) == played.leakers).all()
    assert (played.decoys_killed <= 2).all()
    assert (played.kills.sum(axis=2) + played.decoys_killed <= played.shots.sum(axis=2)).all()
    assert (played.shots <= np.array([4, 3])).all()
    used_up = np.isfinite(played.empty_s)
    assert (used_up == (played.shots == np.array([4, 3]))).all()


def test_rounds_come_again_once_reloaded(tmp_path: Path) -> None:
    """Two rounds, reloaded once in 100 s: four in all, the third no earlier than that."""
    sam = Sam(kill=0.0, ready=2, reload_s=100.0)
    setup = Setup(sams=(sam,), groups=({"number": 1},), assumed={"reloads": 1.0})
    played = world(tmp_path, setup).play(160)
    assert (played.shots == 4).all()
    assert (played.empty_s < 100.0).all(), "when they were first used up"


def test_bursts_of_arrivals_keep_their_times(tmp_path: Path) -> None:
    """One channel that is busy for ten minutes: a second threat is met only if it comes later."""
    sam = Sam(kill=1.0, channels=1)
    for spacing_s, through in ((0.0, 1), (700.0, 0)):
        setup = Setup(sams=(sam,), groups=({"number": 2, "spacing_s": spacing_s},),
                      assumed={"assess_s": 600.0})  # fmt: skip
        played = world(tmp_path / str(spacing_s), setup).play(160)
        assert (played.leakers == through).all()


def test_ballistic_missiles_are_met_by_what_is_rated_for_them(tmp_path: Path) -> None:
    sams = (Sam("old", layer="long"), Sam("new", layer="short", ballistic_km=40.0))
    setup = Setup(
        sams=sams, threats={"rocket": "ballistic missile"}, threat_mps=900.0,
        groups=({"number": 4},), assumed={"kill_unpublished": 1.0},
    )  # fmt: skip
    found = world(tmp_path, setup)
    shots = found.play(320).shots
    assert not shots[:, :, found.scene.layers.index("long")].any()
    assert shots[:, :, found.scene.layers.index("short")].any()


def test_what_is_seen_beyond_the_ring_is_hit_at_its_edge(tmp_path: Path) -> None:
    """A radar that sees 150 km sees a threat in time for a hit at the missile's 45 km: the first
    of the shot opportunities is min(R, (R0 - v t_r) u / (u + v)), here 45 km, not 31."""
    sam = Sam(kill=1.0, sees_km=150.0, range_km=45.0, speed_mps=900.0, reaction_s=15.0)
    setup = Setup(sams=(sam,), groups=({"number": 1, "altitude_m": one(3_000.0)},),
                  functions=(function("ears", "sensor", made_of=["eye"]), command("sam")),
                  radars={"eye": 200.0})  # fmt: skip
    found = world(tmp_path, setup)
    tracks, told = found.scene.tracks, replay(found.scene, Variant(), 0, 1)
    hit_s = next(e.at_s for e in told.events if e.kind == "killed")
    assert (tracks.to_go_m[0] - 250.0 * hit_s) / 1_000 > 43.0


# ---- teams --------------------------------------------------------------------------------------


def teams(warned: bool) -> Setup:
    """Warned by a command post that a radar tells of everything at once, or by nobody."""
    watch = (function("ears", "sensor", made_of=["eye"]), command("team"))
    return Setup(
        sams=(), teams={"team": 60}, groups=({"number": 8},), functions=watch if warned else (),
        radars={"eye": 400.0} if warned else {},
        assumed={"teams_cold": 0.2, "teams_warned": 0.6},
    )  # fmt: skip


@pytest.mark.parametrize("warned", [False, True])
def test_teams_are_a_stream_of_rounds(tmp_path: Path, warned: bool) -> None:
    """Through with exp(-m p) of a mean of m rounds; rounds up to the first that kills."""
    found = world(tmp_path, teams(warned))
    fielded = found.fielded()
    stream = (fielded.teams.warned if warned else fielded.teams.cold)[:, 0, :, 0]
    assert (stream > 0.1).all()
    played = found.play(16_000)
    through = np.exp(-0.7 * stream)
    survive = float(through.mean())
    sigma = np.sqrt(survive * (1 - survive) / (16_000 * 8))
    assert abs(played.leakers.mean() / 8 - survive) < 4 * sigma
    rounds = float(((1 - through) / 0.7).mean())
    assert played.shots.mean() / 8 == pytest.approx(rounds, rel=0.02)
    none = Variant(units={"team": {"count": 0}})
    assert (found.play(160, none).leakers == 8).all()


def test_a_warning_wakes_teams(tmp_path: Path) -> None:
    found = world(tmp_path, teams(True))
    assert (
        found.play(1_600).leakers.mean() < found.play(1_600, Variant("autonomous")).leakers.mean()
    )


# ---- runs ---------------------------------------------------------------------------------------


def test_effects_are_even_over_each_batch_and_shared_by_class(tmp_path: Path) -> None:
    threats = {"jet": "aircraft", "other": "aircraft", "copter": "helicopter"}
    groups = [{"number": 1, "threat": t} for t in threats]
    scene = world(tmp_path, Setup(threats=threats, groups=groups)).scene
    found = effects(scene, 3, 0, 2 * BATCH, scene.case.seed)
    assert found.shape == (2 * BATCH, 3)
    assert (found[:, 0] == found[:, 1]).all(), "both are aircraft"
    assert not (found[:, 0] == found[:, 2]).any()
    for block in (found[:BATCH], found[BATCH:]):
        assert (np.sort((block * BATCH).astype(int), axis=0) == np.arange(BATCH)[:, None]).all()
    assert (effects(scene, 3, 7, 40, scene.case.seed) == found[7:47]).all()
    assert not (effects(scene, 4, 0, BATCH, scene.case.seed) == found[:BATCH]).any()


def test_a_run_stops_once_it_knows(tmp_path: Path) -> None:
    found = world(tmp_path, Setup(groups=({"number": 10},), sams=(Sam(ready=13),)))
    fielded, told = found.fielded(), []
    done = run_until(fielded, 0.02, 4_000, 1, lambda n, width: told.append((n, width)))
    assert done.replications == told[-1][0] < 4_000
    assert [n for n, _ in told] == [BATCH * (n + 1) for n in range(len(told))]
    assert told[-1][1] <= 0.02 < min(width for _, width in told[:-1])
    width = max(mean_interval(done.leakers / 10).half_width,
                share_interval(done.none_through).half_width)  # fmt: skip
    assert width == pytest.approx(told[-1][1])
    assert np.array_equal(done.leakers, run(fielded, done.replications, 1).leakers)


def test_a_run_stops_at_the_most_that_it_may(tmp_path: Path) -> None:
    found = world(tmp_path, Setup())
    assert run_until(found.fielded(), 1e-9, 50, 1).replications == 50


def test_chance_may_be_that_of_other_draws(tmp_path: Path) -> None:
    """Degenerate draws differ by chance alone, so that other chance makes them other draws."""
    found = world(tmp_path, Setup(sams=(Sam(ready=12),)))
    rows = found.rows
    fielded = field(found.scene, Variant(), plain_picks(rows))
    plain = run(fielded, 16, 1)
    turned = run(fielded, 16, 1, chance=rows[::-1].copy())
    assert np.array_equal(plain.leakers[::-1], turned.leakers)
    assert not np.array_equal(plain.leakers, run(fielded, 16, 1, seed=99).leakers)
