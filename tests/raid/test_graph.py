"""The network's functions: their order, what joins, warns and feeds what, and outages."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from raid_cases import Sam, Setup, command, function, one, world
from shieldwall.case.raid_records import Function, Outage
from shieldwall.raid.graph import in_order, outages
from shieldwall.raid.replay import replay
from shieldwall.raid.variants import Variant


def made(id: str, *needs: tuple[str, ...], kind: str = "link") -> Function:
    return Function(id, id, kind, needs, (), (), None, None, None, "", "")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.data())
def test_each_function_comes_after_what_it_needs(data: st.DataObject) -> None:
    """Functions that need some of those with lower numbers, told in any order."""
    number = data.draw(st.integers(1, 8))
    functions = []
    for n in range(number):
        below = [f"f{m}" for m in range(n)]
        groups = st.lists(st.sampled_from(below), min_size=1, max_size=3) if below else st.nothing()
        needs = data.draw(st.lists(groups, max_size=2)) if below else []
        functions.append(made(f"f{n}", *map(tuple, needs)))
    found = in_order(tuple(data.draw(st.permutations(functions))))
    assert sorted(f.id for f in found) == sorted(f.id for f in functions)
    place = {f.id: n for n, f in enumerate(found)}
    assert all(place[c] < place[f.id] for f in found for group in f.needs for c in group)


def test_without_functions_one_that_never_works_stands_in(tmp_path: Path) -> None:
    scene = world(tmp_path, Setup()).scene
    assert [f.id for f in scene.wiring.functions] == ["none"]
    assert not scene.wiring.drawn["well"].any()
    assert not scene.wiring.joined_by.any()


def network() -> Setup:
    return Setup(
        sams=(Sam("far", layer="long"), Sam("near", layer="short")),
        functions=(
            function("radio", "link", needs=["post"], serves=["near"]),
            function("line", "link", needs=["post"]),
            function("desk", "link", needs=[["radio", "line"]], serves=["far"]),
            command(id="post", needs=["grid", "watch"]),
            function("ears", "sensor", made_of=["eye"]),
            function("watch", "sensor", made_of=["eye"], needs=["grid"]),
            function("grid", "power", serves=["far"]),
        ),
        radars={"eye": 200.0}, teams={"team": 30},
    )  # fmt: skip


@pytest.fixture(scope="module")
def wired(tmp_path_factory: pytest.TempPathFactory):
    return world(tmp_path_factory.mktemp("wired"), network())


def test_what_joins_and_what_feeds(wired) -> None:
    wiring, scene = wired.scene.wiring, wired.scene
    at = wiring.index
    battery = {b.system.id: n for n, b in enumerate(scene.batteries)}
    assert wiring.joined_by[at("desk"), battery["far"]]
    assert wiring.joined_by[at("radio"), battery["near"]]
    assert wiring.joined_by.sum() == 2, "power joins nothing"
    assert wiring.powered_by.sum() == 1
    assert wiring.powered_by[at("grid"), battery["far"]]
    assert not wiring.warned_by.any()


def test_command_posts_hear_the_sensors_that_they_need(wired) -> None:
    wiring = wired.scene.wiring
    at = wiring.index
    assert wiring.hears[at("post"), at("watch")]
    assert wiring.hears.sum() == 1
    assert all(wiring.command_of[at(f)] == at("post") for f in ("radio", "line", "desk", "post"))
    assert all(wiring.command_of[at(f)] == -1 for f in ("grid", "watch", "ears"))
    assert wiring.sensor_of[at("watch")].all()


def test_a_command_post_that_names_no_sensor_hears_all(tmp_path: Path) -> None:
    functions = (command("sam"), function("ears", "sensor", made_of=["eye"]))
    wiring = world(tmp_path, Setup(functions=functions, radars={"eye": 90.0})).scene.wiring
    assert wiring.hears[wiring.index("post"), wiring.index("ears")]


def test_an_outage_is_of_the_function_that_is_named(wired) -> None:
    """What it means for others depends on what else works: see test_network."""
    wiring = wired.scene.wiring
    start, length = outages(wiring, (Outage("post", 100.0, 50.0),))
    assert {f.id for n, f in enumerate(wiring.functions) if length[n] > 0} == {"post"}
    assert set(start[length > 0]) == {100.0}
    assert set(length[length > 0]) == {50.0}


def test_outages_of_one_function_run_from_the_first_to_the_last(wired) -> None:
    wiring = wired.scene.wiring
    start, length = outages(wiring, (Outage("line", 200.0, 50.0), Outage("line", 100.0, 20.0)))
    assert (start[wiring.index("line")], length[wiring.index("line")]) == (100.0, 150.0)
    assert not outages(wiring, ())[1].any()


# ---- in raids -----------------------------------------------------------------------------------


def fed(tmp_path: Path, **fields) -> Setup:
    return Setup(
        sams=(Sam(kill=1.0),), groups=({"number": 3},),
        functions=(function("grid", "power", serves=["sam"]),), **fields,
    )  # fmt: skip


def test_nothing_fires_while_its_power_is_out(tmp_path: Path) -> None:
    """Threats fly some 650 s; without power for the whole raid all come through."""
    outage = {"function": "grid", "from_s": 0, "for_s": 2_000}
    dark = world(tmp_path / "dark", fed(tmp_path, unavailable=[outage])).play(320)
    assert (dark.leakers == 3).all()
    late = world(tmp_path / "late", fed(tmp_path, unavailable=[{**outage, "for_s": 300}]))
    assert (late.play(320).leakers == 0).all()
    event = next(e for e in replayed(late) if e.kind == "fired")
    assert event.at_s == pytest.approx(300.0, abs=0.01), "it fires once power is back"


def replayed(found, variant: Variant = Variant()):  # noqa: B008  frozen
    return replay(found.scene, variant, 0, 20).events


def test_orders_do_not_pass_a_link_that_is_out(tmp_path: Path) -> None:
    """Ordered before the outage, or found by itself: else a battery is on its own."""
    setup = Setup(
        sams=(Sam(kill=1.0, sees_km=60.0, reaction_s=1.0),), groups=({"number": 1},),
        functions=(
            function("watch", "sensor", made_of=["eye"]),
            command(),
            function("radio", "link", needs=["post"], serves=["sam"], delay_s=one(5.0)),
        ),
        radars={"eye": 300.0},
    )  # fmt: skip
    cued = world(tmp_path / "cued", setup)
    first = next(e.at_s for e in replayed(cued) if e.kind == "fired")
    assert first < 60.0, "ordered from the edge"
    cut = Setup(**{**vars(setup), "unavailable": [
        {"function": "radio", "from_s": 0, "for_s": 3_000}]})  # fmt: skip
    alone = world(tmp_path / "cut", cut)
    assert next(e.at_s for e in replayed(alone) if e.kind == "fired") > first + 200.0


def test_delays_add_up_along_the_way(tmp_path: Path) -> None:
    """Sensor 7 s, decision 11 s, link 5 s, reaction 20 s: alternatives by the quicker."""
    setup = Setup(
        sams=(Sam(kill=1.0, sees_km=60.0, reaction_s=60.0),), groups=({"number": 1},),
        functions=(
            function("watch", "sensor", made_of=["eye"], delay_s=one(7.0)),
            command(delay_s=one(11.0), needs=["watch"]),
            function("slow", "link", needs=["post"], delay_s=one(50.0)),
            function("quick", "link", needs=["post"], delay_s=one(5.0)),
            function("desk", "link", needs=[["slow", "quick"]], serves=["sam"], delay_s=one(0.0)),
        ),
        radars={"eye": 300.0},
    )  # fmt: skip
    found = world(tmp_path, setup)
    fired = next(e.at_s for e in replayed(found) if e.kind == "fired")
    assert fired == pytest.approx(7.0 + 11.0 + 5.0 + 60.0, abs=0.01)
    slow = replayed(found, Variant(without_functions=frozenset({"quick"})))
    assert next(e.at_s for e in slow if e.kind == "fired") == pytest.approx(fired + 45.0, abs=0.01)


def test_a_command_post_decides_on_so_many_at_once(tmp_path: Path) -> None:
    """Six threats at once, two decided on at a time, ten seconds each: ordered at 10, 20, 30."""
    setup = Setup(
        groups=({"number": 6},),
        functions=(command("sam", capacity=one(2), delay_s=one(10.0)),),
    )
    events = replayed(world(tmp_path, setup))
    ordered = [e.at_s for e in events if e.kind == "ordered"]
    assert ordered == pytest.approx([10, 10, 20, 20, 30, 30], abs=0.01)
    assert np.isclose([e.at_s for e in events if e.kind == "found"], 0.0).all()
