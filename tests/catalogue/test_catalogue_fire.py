"""What the catalogue lets a raid read: channels, rounds, times, kills by class, costs."""

from __future__ import annotations

import dataclasses

import pytest

from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Figure, Fire, System

CATALOGUE = load_catalogue()
SYSTEMS = list(CATALOGUE.systems.values())


def fire_of(system: System) -> Fire:
    assert system.fire is not None, system.id
    return system.fire


def test_every_system_that_fires_says_how() -> None:
    for system in SYSTEMS:
        fire = fire_of(system)
        kinds = {shot.kind for shot in system.interceptors}
        assert fire.channels is not None, system.id
        assert (fire.ready is not None) == ("missile" in kinds), system.id
        assert (fire.gun_rounds is not None) == ("gun" in kinds), system.id
        assert (fire.gun_rate is not None) == ("gun" in kinds), system.id
        assert fire.kills, system.id


def test_only_kills_may_be_unsourced() -> None:
    for system in SYSTEMS:
        fire = fire_of(system)
        slots = [getattr(fire, field.name) for field in dataclasses.fields(fire)]
        assert all(f.known for f in slots if isinstance(f, Figure)), system.id
        for kill in fire.kills:
            assert kill.figure.known or kill.figure.assumption in (
                "kill_probability", "gun_kill_probability",
            ), kill.figure.id  # fmt: skip
            assert kill.figure.unit == "share"


def test_a_time_on_the_sheet_is_read() -> None:
    """Leaving out a figure that has a value would make a raid assume what is published."""
    for system in SYSTEMS:
        fire = fire_of(system)
        for short, slot in (("reaction_time", fire.reaction), ("reload_time", fire.reload)):
            figure = system.figures.get(short)
            assert slot is (figure if figure is not None and figure.known else None), system.id


PER_BATTERY = {"s300vm", "s400", "s300pmu2", "patriot", "pechora2m", "nasams", "irist", "hawk"}


def test_channels_belong_to_what_they_were_published_for() -> None:
    assert {s.id for s in SYSTEMS if fire_of(s).channels_per == "battery"} == PER_BATTERY
    likely = {s.id: c.likely for s in SYSTEMS if (c := fire_of(s).channels)}
    assert likely["s300vm"] == likely["s300pmu2"] == 6
    assert likely["bukm2e"] == likely["pantsir"] == likely["torm2"] == 4
    assert likely["zu23"] == 1
    # never the channels of several batteries
    channels = [fire_of(s).channels for s in SYSTEMS]
    assert not any("battalion" in c.id for c in channels if c is not None)
    assert fire_of(CATALOGUE.systems["s400"]).channels is CATALOGUE.figure(
        "s400.channels_per_92n6e"
    )


KILLS = {
    ("s300vm", "aircraft", "9m83m"): "sskp_aircraft",
    ("s300vm", "ballistic missile", "9m83m"): "sskp_lance_class",
    ("s300vm", "ballistic missile", "9m82m"): "sskp_pershing_class",
    ("s300vm", "cruise missile", None): "sskp_cruise_missile_uav",
    ("bukm2e", "helicopter", None): "sskp_helicopter",
    ("bukm2e", "transport", None): "sskp_fighter",
    ("bukm2e", "one-way drone", None): "sskp_small_uav",
    ("pantsir", "one-way drone", "57e6e"): "sskp_uav",
    ("pantsir", "cruise missile", "57e6e"): "sskp_cruise_missile",
    ("iglas", "helicopter", None): "sskp_aircraft",
    ("iglas", "one-way drone", None): "sskp_cruise_missile_uav",
    ("pechora2m", "aircraft", None): "sskp",
    ("s400", "aircraft", None): "sskp_aircraft",
    ("s300pmu2", "ballistic missile", None): "sskp_ballistic",
    ("torm2", "drone", None): "observed_small_uav",
    ("patriot", "ballistic missile", "pac2"): "observed_scud_1991",
    ("zu23", "one-way drone", None): "kill_probability",
}


@pytest.mark.parametrize(("system", "category", "interceptor"), KILLS)
def test_kill_figures(system: str, category: str, interceptor: str | None) -> None:
    fire = fire_of(CATALOGUE.systems[system])
    found = [
        kill.figure.id
        for kill in fire.kills
        if category in kill.against and kill.interceptor == interceptor
    ]
    assert found == [f"{system}.{KILLS[system, category, interceptor]}"]


def test_a_class_without_a_figure_is_not_listed() -> None:
    listed = {s.id: {c for k in fire_of(s).kills for c in k.against} for s in SYSTEMS}
    assert "one-way drone" not in listed["pechora2m"] | listed["s400"] | listed["osa"]
    assert "helicopter" not in listed["osa"]
    assert {s for s in listed if "ballistic missile" in listed[s]} == {
        "s300vm", "bukm2e", "s300pmu2", "patriot",
    }  # fmt: skip


def test_network_wide_shares_are_nobodys_single_shot() -> None:
    read = {kill.figure.id for s in SYSTEMS for kill in fire_of(s).kills}
    assert "patriot.observed_ballistic_ukraine" not in read
    assert read >= {"stinger.hit_rate", "torm2.observed_small_uav"}


def test_ballistic_reach_is_shorter_and_apart() -> None:
    reach = {
        (s.id, shot.id): shot
        for s in SYSTEMS
        for shot in s.interceptors
        if shot.range_ballistic is not None
    }
    assert set(reach) == {
        ("s300vm", "9m82m"), ("s300vm", "9m83m"), ("bukm2e", "9m317"), ("patriot", "mse"),
        ("s400", "48n6e3"), ("s300pmu2", "48n6e2"),
    }  # fmt: skip
    for key, shot in reach.items():
        assert shot.range_ballistic is not None
        assert shot.range_ballistic.si[2] < shot.range_max.si[0], key
    assert {k for k, shot in reach.items() if shot.altitude_ballistic} == {
        ("s300vm", "9m82m"), ("s300vm", "9m83m"),
    }  # fmt: skip


def test_costs_can_be_set_against_each_other() -> None:
    for threat in CATALOGUE.threats.values():
        figure = threat.figures.get("unit_cost")
        assert threat.cost is (figure if figure is not None and figure.known else None), threat.id
    costs = [t.cost for t in CATALOGUE.threats.values()]
    costs += [c for s in SYSTEMS for c in (fire_of(s).interceptor_cost, fire_of(s).unit_cost)]
    found = [c for c in costs if c is not None]
    assert {c.unit for c in found} == {"M USD"}
    priced = {s.id for s in SYSTEMS if fire_of(s).interceptor_cost}
    assert priced == {"patriot", "nasams", "irist", "iglas", "stinger"}


def test_ballistic_threats() -> None:
    ballistic = [t for t in CATALOGUE.threats.values() if t.category == "ballistic missile"]
    assert {t.id for t in ballistic} == {"iskander_m", "scud_b"}
    for threat in ballistic:
        assert threat.speed is not None
        assert threat.range is not None
        assert 1400 < threat.speed.si[0] < threat.speed.si[2] < 2200
        assert threat.altitude is None, "a ballistic missile does not cruise"
        assert threat.rcs is None
        assert threat.figures["rcs"].assumption == "rcs"
    # the rules that the remarks of the Scud state
    scud = CATALOGUE.threats["scud_b"].figures
    range_m = scud["range"].si[1]
    assert scud["speed"].si[1] == pytest.approx((9.81 * range_m) ** 0.5, rel=0.02)
    assert scud["apogee"].si[1] == pytest.approx(range_m / 4, rel=0.01)
