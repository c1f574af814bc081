"""A replay is a replication as it went in the run."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from raid_cases import Sam, Setup, command, function, one, world
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.replay import replay
from shieldwall.raid.run import run
from shieldwall.raid.variants import Variant

EACH = 40
NUMBERS = (0, 1, 39, 40, 77, 333, 639)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory):
    setup = Setup(
        sams=(Sam("far", kill=0.5, ready=5, layer="long", channels=2),
              Sam("near", kill=0.4, ready=4, layer="short", places=("base", "east"))),
        groups=({"number": 7, "decoys": 3, "spacing_s": 20.0, "arrivals": "random"},
                {"number": 2, "after_s": 30.0}),
        functions=(function("grid", "power", serves=["far"], works=one(0.6)),
                   command("near", needs=["grid"])),
        teams={"team": 40}, places={"east": (3_000.0, 0.0)},
        assumed={"assess_s": (3.0, 5.0, 8.0), "common_effect": 0.2, "scan_s": 8.0, "reloads": 1.0},
    )  # fmt: skip
    return world(tmp_path_factory.mktemp("replayed"), setup)


@pytest.fixture(scope="module")
def played(found):
    return {
        mode: run(field(found.scene, Variant(mode), plain_picks(found.all_rows)), EACH, 1)
        for mode in ("drawn", "autonomous")
    }


@pytest.mark.parametrize("mode", ["drawn", "autonomous"])
@pytest.mark.parametrize("number", NUMBERS)
def test_it_went_so_in_the_run(found, played, number: int, mode: str) -> None:
    told = replay(found.scene, Variant(mode), number, EACH)
    m, r = divmod(number, EACH)
    assert (told.draw, told.replication, told.mode) == (m, r, mode)
    whole = played[mode]
    assert told.leakers == whole.leakers[m, r]
    fired = sum(e.rounds for e in told.events if e.kind in ("fired", "teams fired"))
    assert fired == whole.shots[m, r].sum()
    killed = Counter(e.real for e in told.events if e.kind == "killed")
    assert killed[True] == whole.kills[m, r].sum()
    assert killed[False] == whole.decoys_killed[m, r]
    empty = {e.by: e.at_s for e in reversed(told.events) if e.kind == "empty"}
    units = [f"{b.unit.id} {b.kind}" for b in found.scene.batteries]
    for unit, at_s in zip(units, whole.empty_s[m, r], strict=True):
        assert empty.get(unit, np.inf) == pytest.approx(at_s)


@pytest.mark.parametrize("number", NUMBERS)
def test_events_come_in_order_and_make_sense(found, number: int) -> None:
    told = replay(found.scene, Variant(), number, EACH)
    times = [e.at_s for e in told.events]
    assert times == sorted(times)
    assert len(told.threats) == 12
    assert [name for name, *_ in told.threats] == ["jet"] * 12
    assert sum(real for *_, real in told.threats) == 9
    last = {e.threat: e for e in told.events if e.kind in ("killed", "through")}
    assert set(last) == set(range(12))
    for event in told.events:
        _, start, end, real = told.threats[event.threat]
        assert start <= event.at_s
        assert event.real == real
        if event.kind == "fired":
            assert event.at_s <= end, "nobody fires at what is gone"
            assert event.by
        assert event.at_s <= end or event.kind in ("ordered", "found", "teams fired")
    for threat, event in last.items():
        assert told.threats[threat][2] == event.at_s


def test_functions_that_worked_are_named(found) -> None:
    seen = {replay(found.scene, Variant(), n, EACH).working for n in range(30)}
    assert seen == {(), ("The grid", "Command post")}


def test_a_case_without_functions_names_none(tmp_path) -> None:
    told = replay(world(tmp_path, Setup()).scene, Variant(), 0, EACH)
    assert told.working == ()
    assert {e.kind for e in told.events} <= {"fired", "killed", "through", "empty"}
