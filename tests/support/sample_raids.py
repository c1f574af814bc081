"""Raids for the sample assessment, made up: one of drones with decoys, one of cruise missiles."""

from __future__ import annotations

import math

from shieldwall.case.raid_records import Crew, Doctrine, Function, Raid, RaidGroup
from shieldwall.raid.records import (
    Change,
    Cost,
    Event,
    LayerShare,
    RaidOutcome,
    RaidOutcomes,
    Replay,
    Size,
    Sobol,
    WeaponShare,
)
from shieldwall.raid.scene import GROUPS
from shieldwall.raid.statistics import Distribution, Interval, Rare

DRAWS, REPLICATIONS = 64, 128
DRONES, MISSILES = "drones", "missiles"


def sample_functions() -> tuple[Function, ...]:
    """A class of radars, a command post and the link that joins two systems."""
    serves = ("s300vm", "bukm2e")
    return (
        Function("radars", "Early-warning radars", "sensor", (), (), ("jyl1",), None, None, None,
                 "A sample.", "network.toml:1"),
        Function("command", "Air-defence command", "command", (("radars",),), (), (), None, None,
                 None, "A sample.", "network.toml:5"),
        Function("link", "Data links", "link", (("command",),), serves, (), None, None, None,
                 "A sample.", "network.toml:9"),
    )  # fmt: skip


def sample_crews() -> tuple[Crew, ...]:
    """Of the teams, of which no transfer tells."""
    return (Crew("iglas", "basic", "A sample.", "network.toml:14"),)


def sample_doctrines() -> tuple[Doctrine, ...]:
    """Two rounds at a time from the medium range."""
    return (Doctrine("bukm2e", "salvo", 2, None, "A sample.", "network.toml:18"),)


def sample_case_raids() -> tuple[Raid, ...]:
    """What the sample case describes."""
    return (
        Raid(DRONES, "Eight drones at Caracas", "caracas", None,
             (RaidGroup("owa_drone", 8, 2, 20.0, "random", 0.0, None),), (), "A sample.",
             "raids.toml:1"),
        Raid(MISSILES, "Four cruise missiles from the sea", "la-guaira-port", "offshore",
             (RaidGroup("cruise_missile", 4, 0, 10.0, "even", 0.0, None),), (), "A sample.",
             "raids.toml:9"),
    )  # fmt: skip


def sample_raids() -> RaidOutcomes:
    """What is found of them; Pantsir is told of without a place."""
    return RaidOutcomes(
        (_outcome(DRONES, "Eight drones at Caracas", 8, 2, "all round", 4.5),
         _outcome(MISSILES, "Four cruise missiles from the sea", 4, 0, "Ship 300 km north", 3.75)),
        ("pantsir",),
    )  # fmt: skip


def spread(mean: float, half: float = 1.0, least: float = 0.0) -> Distribution:
    """A distribution of that mean, its band about it."""
    low, high = max(least, mean - half), mean + half
    ends = (mean - half - 0.5, mean - half, mean, mean + half, mean + half + 0.5)
    single = tuple(float(math.floor(max(least, e))) for e in ends)
    return Distribution(mean, low, high, single, Interval(mean, mean - 0.03, mean + 0.03))


def change(key: str, name: str, mean: float) -> Change:
    """A difference of that mean."""
    return Change(key, name, spread(mean, 0.5, -1e9), -mean / 50)


def _outcome(
    id: str, name: str, threats: int, decoys: int, axis: str, through: float
) -> RaidOutcome:
    rare = id == MISSILES
    none = 0.012 if rare else 0.22
    weights = [1.0 + n for n in range(threats + 1)]
    histogram = [none, *((1 - none) * w / sum(weights[1:]) for w in weights[1:])]
    return RaidOutcome(
        raid=id, name=name, area="caracas", axis=axis, threats=threats, decoys=decoys, draws=DRAWS,
        replications=REPLICATIONS,
        leakers=spread(through),
        leaker_histogram=tuple(histogram),
        draw_means=tuple(max(0.0, through - 1 + 2 * n / DRAWS) for n in range(DRAWS)),
        none_through=Interval(none, none * 0.9, none * 1.1),
        none_through_band=(0.0, 2 * none),
        none_through_rare=Rare(Interval(none, none * 0.95, none * 1.05), 4096, 2.5)
        if rare else None,
        layers=(
            LayerShare("long", spread(0.5), spread(1.5), spread(0.75), Interval(0, 0, 0.01), None),
            LayerShare("medium", spread(2.0), spread(6.0), spread(1.75), Interval(0.4, 0.38, 0.42),
                       345.0),
        ),
        weapons=(
            WeaponShare("s300vm", "missile", "long", spread(1.5), spread(0.5), Interval(3, 2, 5),
                        None),
            WeaponShare("bukm2e", "missile", "medium", spread(6.0), spread(2.0),
                        Interval(3, 2, 4), Interval(1.5, 1.0, 2.5)),
            WeaponShare("pantsir", "gun", "guns", spread(0.0, 0.0), spread(0.0, 0.0), None, None),
        ),
        shots=spread(7.5),
        shots_per_kill=Interval(3.0, 2.0, 4.5),
        cost=Cost(None if rare else spread(0.2, 0.1), None, ("S-300VM / Antey-2500 (SA-23)",)),
        integration=change("integration", "integrated instead of autonomous", -1.5),
        advisers=None if rare else change("advisers", "supplier crews instead of host crews", -0.5),
        systems=(change("s300vm", "S-300VM / Antey-2500 (SA-23)", 0.5),
                 change("bukm2e", "Buk-M2E (SA-17)", 1.25)),
        functions=(change("radars", "Early-warning radars", 0.02),
                   change("command", "Air-defence command", 1.5),
                   change("link", "Data links", 0.75)),
        modes=tuple((m, spread(through + n / 4)) for n, m in enumerate(
            ("drawn", "integrated", "degraded", "autonomous", "unplugged"))),
        saturation=tuple(
            Size(n, spread(n * through / threats), Interval(none, none * 0.9, none * 1.1))
            for n in (threats // 4, threats // 2, threats, 2 * threats, 4 * threats)
        ),
        sobol=tuple(
            Sobol(g, Interval(0.3 - 0.05 * n, 0.2 - 0.05 * n, 0.4 - 0.05 * n),
                  Interval(0.5 - 0.06 * n, 0.4 - 0.06 * n, 0.6 - 0.06 * n))
            for n, g in enumerate(GROUPS)
        ),
        luck=0.4,
        replay=_replay(threats, decoys),
        fates={},
    )  # fmt: skip


def _replay(threats: int, decoys: int) -> Replay:
    unit = "bukm2e@la-carlota missile"
    events = [
        Event(300.0, "found", 0, "", 0, True), Event(312.0, "ordered", 0, "", 0, True),
        Event(320.0, "fired", 0, unit, 2, True), Event(344.0, "killed", 0, unit, 0, True),
        Event(350.0, "fired", threats, unit, 2, False),
        Event(350.0, "empty", threats, unit, 0, False),
        Event(360.0, "killed", threats, unit, 0, False),
        Event(364.0, "teams fired", 1, "igla-teams", 1, True),
        *(Event(380.0 + n, "through", n, "", 0, True) for n in range(1, threats)),
    ]  # fmt: skip
    events = [e for e in events if e.real or decoys]
    told = tuple(
        ("One-way attack drone", 10.0 * n, 400.0, n < threats) for n in range(threats + decoys)
    )
    return Replay(0, 0, "drawn", told, tuple(events), threats - 1, ("Early-warning radars",))
