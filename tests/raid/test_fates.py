"""What comes of a raid in each state of connection and crews, on the same draws and chance."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from raid_cases import Sam, Setup, World, command, world
from shieldwall.raid import measures
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.records import CREW_STATES, NETWORKS, Fate, fate_key
from shieldwall.raid.variants import Variant

EACH = 30
SAMS = (Sam("far", kill=0.6, ready=8, layer="long"), Sam("near", kill=0.5, ready=4, layer="short"))


def made(folder: Path, alone: float = 1.0) -> World:
    return world(folder, Setup(
        sams=SAMS, groups=({"number": 10, "spacing_s": 5.0},),
        functions=(command("far", "near"),), assumed={"alone_unplugged": alone},
    ))  # fmt: skip


def fates(found: World) -> dict[str, Fate]:
    return measures.fates(found.scene, measures.player(found.scene, found.all_rows, EACH, 1))


def test_every_state_has_its_fate_draw_by_draw(tmp_path: Path) -> None:
    found = made(tmp_path)
    told = fates(found)
    assert set(told) == {fate_key(n, c) for n in NETWORKS for c in CREW_STATES}
    play = measures.player(found.scene, found.all_rows, EACH, 1)
    for network, connected in (("joined", 1.0), ("apart", 0.0)):
        units = {s: {"connected": connected} for s in ("far", "near")}
        leakers = play(Variant(units=units)).leakers.mean(axis=1)
        np.testing.assert_allclose(told[fate_key(network, "drawn")].stopped, 1 - leakers / 10)


def test_what_is_always_joined_is_drawn_as_joined(tmp_path: Path) -> None:
    told = fates(made(tmp_path))
    assert told[fate_key("joined", "drawn")] == told[fate_key("drawn", "drawn")]


def test_apart_each_fights_alone_with_the_chance_that_it_does(tmp_path: Path) -> None:
    """Not the mode in which nothing with a radar fights: what is left is what fights alone."""
    stopped = {}
    for alone in (0.0, 1.0):
        found = made((tmp_path / str(alone)), alone)
        stopped[alone] = float(np.mean(fates(found)[fate_key("apart", "drawn")].stopped))
    assert stopped[0.0] == 0.0
    assert stopped[1.0] > 0.3


def test_nothing_from_abroad_has_no_other_crews(tmp_path: Path) -> None:
    told = fates(made(tmp_path))
    assert told[fate_key("drawn", "host")] == told[fate_key("drawn", "drawn")]


@pytest.mark.parametrize("idle", [False, True])
def test_what_nobody_operates_stays_idle_if_asked(tmp_path: Path, idle: bool) -> None:
    found = made(tmp_path)
    before = field(found.scene, Variant(), plain_picks(found.all_rows)).batteries.plays.copy()
    found.scene.drawn["operators"]["battery"][::2] = -1
    variant = Variant(crews={"far": "host", "near": "host"}, idle=idle)
    plays = field(found.scene, variant, plain_picks(found.all_rows)).batteries.plays
    np.testing.assert_array_equal(plays[1::2], before[1::2])
    np.testing.assert_array_equal(plays[::2], before[::2] & (not idle))
