"""Raids against closed forms: the production kernel, set to cases whose outcome is known.

Cases and catalogues of exact figures are written to disk and read as any other
(``tests/support/raid_cases.py``). 20,000 replications here, 100,000 in ``make conformance``; a
Monte Carlo figure must lie within four standard errors of the closed form, which are estimated from
the same replications; the rest is exact to the digits given.
"""

from __future__ import annotations

import os
from itertools import permutations, product
from math import comb
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import ArrayLike

from raid_cases import Sam, Setup, command, function, world
from shieldwall.case.assumed import likely
from shieldwall.raid.assumptions import DEFAULTS
from shieldwall.raid.kernel import next_launch
from shieldwall.raid.replay import replay
from shieldwall.raid.statistics import wilson
from shieldwall.raid.tracks import STEPS
from shieldwall.raid.variants import Variant

REPLICATIONS = 100_000 if os.environ.get("CONFORMANCE") == "1" else 20_000


def mean_z(values: ArrayLike, expected: float) -> float:
    """Standard errors between the mean of a sample and what is expected."""
    x = np.asarray(values, dtype=np.float64).ravel()
    return float((x.mean() - expected) / (x.std(ddof=1) / np.sqrt(x.size)))


def variance_z(values: ArrayLike, expected: float) -> float:
    """The same for the variance; its standard error by the fourth moment."""
    x = np.asarray(values, dtype=np.float64).ravel()
    off = (x - x.mean()) ** 2
    return float((x.var(ddof=1) - expected) / (off.std(ddof=1) / np.sqrt(x.size)))


def check(values: ArrayLike, mean: float, variance: float | None = None) -> None:
    assert abs(mean_z(values, mean)) < 4
    if variance is not None:
        assert abs(variance_z(values, variance)) < 4


# ---- leakage ------------------------------------------------------------------------------------


TWO_EACH = {"system": "sam", "firing": "salvo", "salvo": 2}


def test_independent_leakage(tmp_path: Path) -> None:
    """Wilkening 2000, Science and Global Security 8, 183: K = 1 - (1 - k)^n, P0 = K^W."""
    setup = Setup(sams=(Sam(kill=0.8),), groups=({"number": 10},), doctrines=(TWO_EACH,))
    found = world(tmp_path, setup).play(REPLICATIONS)
    assert pytest.approx(0.664833, abs=5e-7) == (1 - 0.2**2) ** 10
    check(found.none_through, 0.664833)
    check(found.leakers, 0.4, 0.384)
    assert (found.shots == 20).all()


def test_leakage_with_a_common_mode(tmp_path: Path) -> None:
    """Wilkening 2000: all or nothing depends on one thing that works nine times in ten.

    Power without which the system cannot fire: variance .9 (.384 + .4^2) + .1 10^2 - 1.36^2.
    """
    setup = Setup(
        sams=(Sam(kill=0.8),), groups=({"number": 10},), doctrines=(TWO_EACH,),
        functions=(function("grid", "power", serves=["sam"], works={"low": 0.9, "high": 0.9}),),
    )  # fmt: skip
    found = world(tmp_path, setup).play(REPLICATIONS)
    check(found.leakers, 1.36, 8.64)
    check(found.none_through, 0.9 * 0.664833)


LAYERS = ("long", "medium", "short")


@pytest.mark.parametrize("chances", [*permutations((0.3, 0.5, 0.7))], ids=str)
def test_layers_in_any_order(tmp_path: Path, chances: tuple[float, ...]) -> None:
    """Nunn, Glass, Hsu and Perin 1982: s = product of (1 - p_i), whichever layer comes first."""
    sams = tuple(
        Sam(layer, kill=p, layer=layer, reaction_s=60.0 + 100 * n)
        for n, (layer, p) in enumerate(zip(LAYERS, chances, strict=True))
    )
    once = tuple({"system": layer, "looks": 1} for layer in LAYERS)
    setup = Setup(sams=sams, groups=({"number": 20},), doctrines=once)
    found = world(tmp_path, setup).play(REPLICATIONS)
    check(found.leakers, 2.1, 1.8795)
    assert pytest.approx(0.108758, abs=5e-7) == (1 - 0.105) ** 20
    check(found.none_through, 0.108758)
    stopped, met = found.kills.mean(axis=(0, 1)), 20.0
    for kills, p in zip(stopped, chances, strict=True):
        assert kills == pytest.approx(met * p, abs=0.1)
        met *= 1 - p


# ---- firing -------------------------------------------------------------------------------------


def twenty_single_rounds() -> Setup:
    """20 launchers of one round each, ten threats at the same instant, a command post for all."""
    places = {f"site-{n}": (0.0, 0.0) for n in range(20)}
    return Setup(
        sams=(Sam(kill=0.7, channels=1, ready=1, places=tuple(places)),),
        groups=({"number": 10},), functions=(command("sam"),), places=places,
        doctrines=({"system": "sam", "firing": "salvo", "salvo": 2},), draws=32,
    )  # fmt: skip


def test_uncoordinated_and_coordinated_fire(tmp_path: Path) -> None:
    """Washburn and Kress 2009, Combat Modeling, ch. 2: W (1 - p/W)^N, each round at a random
    target; coordinated, two rounds go to each: W (1 - p)^(N/W)."""
    scene = world(tmp_path, twenty_single_rounds())
    alone = scene.play(REPLICATIONS, Variant("autonomous"))
    assert pytest.approx(2.342389, abs=5e-7) == 10 * (1 - 0.07) ** 20
    check(alone.leakers, 2.342389)
    assert (alone.shots == 20).all()
    together = scene.play(REPLICATIONS, Variant("integrated"))
    check(together.leakers, 0.9, 10 * 0.09 * 0.91)
    assert (together.shots == 20).all()


def test_shoot_look_shoot(tmp_path: Path) -> None:
    """Washburn and Kress 2009: with m looks 1 - (1 - p)^m are killed, by (1 - (1 - p)^m)/p shots"""
    setup = Setup(groups=({"number": 10},), doctrines=({"system": "sam", "looks": 2},))
    found = world(tmp_path, setup).play(REPLICATIONS)
    check(found.leakers, 10 * 0.09, 10 * 0.09 * 0.91)
    check(found.shots, 13.0, 10 * 0.3 * 0.7)


def test_shared_magazine(tmp_path: Path) -> None:
    """Perfect shoot-look-shoot from one magazine leaves max(0, W - Bin(N, p))."""
    found = world(tmp_path, Setup(sams=(Sam(ready=15),), groups=({"number": 10},)))
    played = found.play(REPLICATIONS)
    weights = [comb(15, n) * 0.7**n * 0.3 ** (15 - n) for n in range(16)]
    mean = sum(w * max(0, 10 - n) for n, w in enumerate(weights))
    assert mean == pytest.approx(0.479202, abs=5e-7)
    assert sum(weights[10:]) == pytest.approx(0.721621, abs=5e-7)
    check(played.leakers, 0.479202)
    check(played.none_through, 0.721621)


def erlang_loss(channels: int, load: float) -> float:
    blocked = 1.0
    for n in range(1, channels + 1):
        blocked = load * blocked / (n + load * blocked)
    return blocked


def test_fire_channels_lose_what_erlang_says(tmp_path: Path) -> None:
    """Erlang 1917, B(c, a): threats come at random, each can be fired at in one instant only.

    Between reaction and least range half a second is left, a seven-thousandth of the time that a
    channel is busy with one (an hour; the formula holds for any distribution of it). The first 50
    threats find the channels empty and are taken off: a raid of 50 is the beginning of one of 200.
    """
    assert erlang_loss(4, 3.0) == pytest.approx(0.206107, abs=5e-7)
    busy_s = 3_600.2
    late = Sam(kill=0.7, channels=4, sees_km=30.0, range_min_km=10.0, range_km=40.0,
               speed_mps=50_000.0, reaction_s=4.3)  # fmt: skip
    setup = Setup(
        sams=(late,), assumed={"assess_s": 3_600.0}, threat_mps=4_000.0,
        groups=({"number": 200, "spacing_s": busy_s / 3, "arrivals": "random"},),
    )  # fmt: skip
    scene = world(tmp_path, setup)
    masks = scene.fielded().masks(0)
    steps = masks.allowed[0, :, 0, :-1] == np.arange(masks.allowed.shape[3] - 1)
    last_s = np.where(steps, masks.needed_s[0, :, 0], -np.inf).max(axis=1)
    instant_s = last_s - (masks.own_s[0, :, 0] + 4.3)
    assert (instant_s > 0).all()
    assert (instant_s < 0.55).all()
    whole = scene.play(REPLICATIONS)
    begun = scene.play(REPLICATIONS, Variant(size=0.25))
    later = whole.leakers - begun.leakers
    unfired = 150 - (whole.shots - begun.shots)
    check(unfired / 150, 0.206107)
    check(later / 150, 0.444275)


def test_decoys_that_nobody_tells_apart(tmp_path: Path) -> None:
    """M shots at W real threats among D decoys: the real ones shot at are hypergeometric."""
    setup = Setup(
        sams=(Sam(kill=0.8, ready=20),), groups=({"number": 10, "decoys": 30},),
        doctrines=({"system": "sam", "looks": 1},),
    )  # fmt: skip
    found = world(tmp_path, setup).play(REPLICATIONS)
    met = 20 * 0.25 * 0.75 * 20 / 39
    assert 0.8**2 * met + 5 * 0.8 * 0.2 == pytest.approx(2.030769, abs=5e-7)
    check(found.leakers, 6.0, 2.030769)
    check(found.decoys_killed, 12.0)


def test_one_effect_for_a_raid_is_beta_binomial(tmp_path: Path) -> None:
    """Skellam 1948: N mu (1 - mu) (1 + (N - 1) rho); Beta(8, 2) has rho 1/11."""
    once = ({"system": "sam", "looks": 1},)
    setup = Setup(
        sams=(Sam(kill=0.8),), groups=({"number": 50},), doctrines=once,
        assumed={"common_effect": 1 / 11},
    )  # fmt: skip
    assert pytest.approx(43.6364, abs=5e-5) == 50 * 0.8 * 0.2 * (1 + 49 / 11)
    check(world(tmp_path / "alike", setup).play(REPLICATIONS).leakers, 10.0, 43.6364)
    apart = Setup(sams=(Sam(kill=0.8),), groups=({"number": 50},), doctrines=once)
    check(world(tmp_path / "apart", apart).play(REPLICATIONS).leakers, 10.0, 8.0)


# ---- kinematics ---------------------------------------------------------------------------------


AHEAD_S = next(likely(a) for a in DEFAULTS if a.id == "tracks_ahead_s")
HITS_KM = (28.500, 20.605, 14.373, 9.452, 5.567)
FOUND_M, NEAREST_M, THREAT_MPS, ROUND_MPS = 38_500.0, 3_000.0, 240.0, 900.0
AT = 24
"""The point of the track that is made to lie where the threat is found."""


def straight_at_the_site(length_m: float) -> Setup:
    """One threat at 85 m from the north, along the narrow strip in which the unit stands."""
    sam = Sam(
        kill=0.0, range_km=(length_m - AHEAD_S * THREAT_MPS) / 1_000,
        range_min_km=NEAREST_M / 1_000, speed_mps=ROUND_MPS,
        reaction_s=10.0, sees_km=FOUND_M / 1_000 + 0.05,
    )  # fmt: skip
    return Setup(
        sams=(sam,), groups=({"number": 1, "altitude_m": {"low": 85, "high": 85}},),
        assumed={"assess_s": 10.0, "axis_spread_deg": 0.0}, threat_mps=THREAT_MPS,
        half_deg=(2e-4, 0.13), from_north=True,
    )  # fmt: skip


def test_shot_opportunities(tmp_path: Path) -> None:
    """R1 = (R0 - v t_r) u / (u + v), then (R - v t_a) u / (u + v) down to the least range: a
    threat closing at .24 km/s found at 38.5 km, rounds of .9 km/s, 10 s to react and to assess.

    Tracks are known at their points only: their length is chosen so that one lies at 38.5 km.
    """
    before = world(tmp_path / "before", straight_at_the_site(69_000.0)).scene
    ends, site_y = before.tracks.y_m[:, -1], before.drawn["places"]["north_m"][0, 0]
    track = int(np.argmin(np.abs(ends - site_y)))
    past = float(site_y - ends[track])
    setup = straight_at_the_site((FOUND_M + past) / ((STEPS - 1 - AT) / (STEPS - 1)) ** 2)
    found = world(tmp_path / "there", setup)
    tracks, masks = found.scene.tracks, found.fielded().masks(0)
    at_s = found.scene.drawn["reach"]["at_s"][0]
    assert tracks.y_m[track, AT] - site_y == pytest.approx(FOUND_M, abs=0.1)

    expected, at_m, hits, launches = [], FOUND_M, [], []
    ready = float(masks.own_s[0, track, 0]) + 10.0
    for n in range(5):
        at_m = (at_m - THREAT_MPS * 10.0) * ROUND_MPS / (ROUND_MPS + THREAT_MPS)
        expected.append(at_m)
        launch, hit = next_launch(masks.needed_s, masks.allowed, at_s, 0, track, 0, ready)
        assert launch == pytest.approx(ready, abs=1e-3), n
        launches.append(launch)
        hits.append(float(tracks.y_m[track, 0] - site_y - THREAT_MPS * hit))
        ready = hit + 10.0
    assert [round(m / 1_000, 3) for m in expected] == list(HITS_KM)
    assert hits == pytest.approx(expected, abs=1.0)
    assert next_launch(masks.needed_s, masks.allowed, at_s, 0, track, 0, ready)[0] == np.inf
    assert (expected[-1] - 2_400.0) * 900 / 1_140 < NEAREST_M

    for number in range(400):
        events = replay(found.scene, Variant(), number, 100).events
        fired = [e.at_s for e in events if e.kind == "fired"]
        if fired and fired[0] == pytest.approx(launches[0], abs=1e-3):
            break
    assert fired == pytest.approx(launches, abs=2e-3), "five shots in a raid too"


# ---- functions, intervals -----------------------------------------------------------------------


def test_availability_in_series_and_parallel(tmp_path: Path) -> None:
    """Power that works nine times in ten and either of two lines at .8: .9 (1 - .2^2) = .8640.

    Exact over all eight ways that the three can be, and by replications.
    """
    parts = {"grid": 0.9, "east": 0.8, "west": 0.8}
    setup = Setup(
        sams=(Sam(kill=1.0),), groups=({"number": 1},),
        functions=(
            *(function(id, "power", works={"low": p, "high": p}) for id, p in parts.items()),
            function("station", "power", needs=["grid", ["east", "west"]], serves=["sam"]),
        ),
    )  # fmt: skip
    found = world(tmp_path, setup)
    check(found.play(REPLICATIONS).none_through, 0.864)
    total = 0.0
    for ways in product((0.0, 1.0), repeat=3):
        chance = np.prod([p if w else 1 - p for w, p in zip(ways, parts.values(), strict=True)])
        played = found.play(1, Variant(functions=dict(zip(parts, ways, strict=True))))
        works = np.unique(played.none_through)
        assert works.size == 1
        total += float(chance) * works[0]
    assert total == pytest.approx(0.8640, abs=1e-12)


def test_zero_of_thirty() -> None:
    """Wilson 1927, J. Amer. Statist. Assoc. 22, 209: 0 of 30 gives [0, .1135]."""
    interval = wilson(0, 30)
    assert interval.low == 0.0
    assert round(interval.high, 4) == 0.1135
