"""What a raid tells: leakers, layers, values, resilience, saturation, and what matters most.

Every comparison is paired: both sides meet the same draws and the same chance, so that the
difference is of what was changed and of nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from math import factorial
from typing import get_args

import numpy as np

from shieldwall.catalogue.records import Figure
from shieldwall.draws import band_over
from shieldwall.network.ensemble import Floats
from shieldwall.raid.fielded import Ints, field, plain_picks
from shieldwall.raid.records import (
    CREW_STATES,
    NETWORKS,
    Change,
    Cost,
    Fate,
    LayerShare,
    Size,
    WeaponShare,
    fate_key,
)
from shieldwall.raid.run import Outcomes, run
from shieldwall.raid.scene import Scene, Weapon
from shieldwall.raid.statistics import (
    Distribution,
    Interval,
    distribution,
    paired,
    share_interval,
)
from shieldwall.raid.variants import Mode, Variant

SIZES = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
"""Multiples of the raid's size on the saturation curve."""

Play = Callable[[Variant], Outcomes]


def player(scene: Scene, rows: Ints, replications: int, workers: int | None) -> Play:
    """Plays variants of a raid, all on the same draws and chance; each is played once."""
    played: dict[str, Outcomes] = {}

    def play(variant: Variant) -> Outcomes:
        key = repr(variant)
        if key not in played:
            found = run(field(scene, variant, plain_picks(rows)), replications, workers)
            played[key] = found if variant == Variant() else found.leakers_only()
        return played[key]

    return play


def change(play: Play, key: str, name: str, one: Variant, other: Variant) -> Change:
    """More threats through in ``one`` than in ``other``."""
    a, b = play(one), play(other)
    return Change(
        key, name, paired(a.leakers, b.leakers),
        float(a.none_through.mean() - b.none_through.mean()),
    )  # fmt: skip


def integration(play: Play) -> Change:
    """Integrated less autonomous: negative where the network helps."""
    return change(
        play, "integration", "integrated instead of autonomous", Variant("integrated"),
        Variant("autonomous"),
    )  # fmt: skip


def advisers(scene: Scene, play: Play) -> Change | None:
    """Supplier crews less host crews, at every system that came from abroad."""
    abroad = [t.system for t in scene.case.transfers if not t.domestic]
    if not abroad:
        return None
    supplier, host = (Variant(crews=dict.fromkeys(abroad, who)) for who in ("supplier", "host"))
    return change(play, "advisers", "supplier crews instead of host crews", supplier, host)


def systems(scene: Scene, play: Play, names: dict[str, str]) -> tuple[Change, ...]:
    """Without each system less with it."""
    own = dict.fromkeys(u.system for u in scene.ensemble.units if u.system in names)
    return tuple(
        change(play, s, names[s], Variant(units={s: {"count": 0.0}}), Variant()) for s in own
    )


def resilience(scene: Scene, play: Play) -> tuple[Change, ...]:
    """Without each function of the network, and its dependants, less with it."""
    base = Variant("integrated")
    return tuple(
        change(play, f.id, f.name, replace(base, without_functions=frozenset({f.id})), base)
        for f in scene.case.functions
    )


def fates(scene: Scene, play: Play) -> dict[str, Fate]:
    """What comes of the raid in each draw, given each state of connection and of crews.

    Joined and apart are the two sides of what is drawn: all else, and whether a unit that is not
    joined fights alone, is as in the draw.
    """
    abroad = [t.system for t in scene.case.transfers if not t.domestic]
    every = dict.fromkeys(b.system.id for b in scene.batteries)
    connected = {"joined": 1.0, "apart": 0.0}
    threats = max(1, sum(g.number for g in scene.raid.groups))
    found = {}
    for network in NETWORKS:
        units = {s: {"connected": connected[network]} for s in every if network in connected}
        for crews in CREW_STATES:
            who = dict.fromkeys(abroad if crews != "drawn" else (), crews)
            outcomes = play(Variant(units=units, crews=who, idle=bool(who) and crews == "host"))
            stopped = 1.0 - outcomes.leakers.mean(axis=1) / threats
            found[fate_key(network, crews)] = Fate(
                tuple(float(x) for x in stopped),
                tuple(float(x) for x in outcomes.none_through.mean(axis=1)),
            )
    return found


def modes(play: Play, drawn: Distribution) -> tuple[tuple[str, Distribution], ...]:
    """Leakers with the network in each mode; ``drawn``: as the raid itself was counted."""
    return tuple(
        (m, drawn if Variant(m) == Variant() else distribution(play(Variant(m)).leakers))
        for m in get_args(Mode)
    )


def saturation(scene: Scene, play: Play) -> tuple[Size, ...]:
    """Leakers against the size of the raid."""
    found: list[Size] = []
    for size in SIZES:
        outcomes = play(Variant(size=size))
        threats = sum(round(g.number * size) for g in scene.raid.groups)
        if threats > 0 and (not found or found[-1].threats != threats):
            found.append(
                Size(
                    threats,
                    distribution(outcomes.leakers, float(threats)),
                    share_interval(outcomes.none_through),
                )
            )
    return tuple(found)


def layers(scene: Scene, play: Play) -> tuple[LayerShare, ...]:
    """Kills, shots, exhaustion and the Shapley value of each layer.

    The value of a set of layers is the number of threats stopped with it alone.
    """
    base = play(Variant())
    stopped = _stopped(scene, play)
    found = []
    for n, layer in enumerate(scene.layers):
        mine = [b for b, battery in enumerate(scene.batteries) if battery.layer == layer]
        empty = base.empty_s[:, :, mine].min(axis=2, initial=np.inf)
        ran_out = np.isfinite(empty)
        found.append(
            LayerShare(
                layer,
                distribution(base.kills[:, :, n].astype(float)),
                distribution(base.shots[:, :, n].astype(float)),
                distribution(_shapley(n, len(scene.layers), stopped)),
                share_interval(ran_out),
                float(np.median(empty[ran_out])) if ran_out.any() else None,
            )
        )
    return tuple(found)


def _stopped(scene: Scene, play: Play) -> dict[frozenset[int], Floats]:
    """Set of layers -> threats stopped by it alone, (M, R)."""
    every = range(len(scene.layers))
    total = float(sum(g.number for g in scene.raid.groups))
    found = {}
    for size in range(len(scene.layers) + 1):
        for kept in combinations(every, size):
            gone = frozenset(scene.layers[n] for n in every if n not in kept)
            found[frozenset(kept)] = total - play(Variant(without_layers=gone)).leakers
    return found


def _shapley(n: int, layers: int, stopped: dict[frozenset[int], Floats]) -> Floats:
    """Mean of what layer n adds, over all orders (Shapley 1953)."""
    others = [m for m in range(layers) if m != n]
    value = np.zeros_like(stopped[frozenset()])
    for size in range(layers):
        weight = factorial(size) * factorial(layers - size - 1) / factorial(layers)
        for before in combinations(others, size):
            with_it = stopped[frozenset((*before, n))]
            value += weight * (with_it - stopped[frozenset(before)])
    return value


def weapons(scene: Scene, outcomes: Outcomes) -> tuple[WeaponShare, ...]:
    """What each kind of interceptor of each system fires, kills and costs."""
    found = []
    for n, weapon in enumerate(scene.weapons):
        shots = outcomes.weapon_shots[:, :, n].astype(float)
        kills = outcomes.weapon_kills[:, :, n].astype(float)
        killed = kills + outcomes.weapon_decoys[:, :, n].astype(float)
        price = _round_price(scene, weapon)
        found.append(
            WeaponShare(
                weapon.system, weapon.kind, weapon.layer, distribution(shots), distribution(kills),
                _ratio(shots, killed),
                None if price is None else _ratio(price[:, None] * shots, killed),
            )
        )  # fmt: skip
    return tuple(found)


def shots_per_kill(outcomes: Outcomes) -> Interval | None:
    """Rounds of all layers for one threat or decoy killed; ``None`` where nothing was."""
    killed = outcomes.weapon_kills + outcomes.weapon_decoys
    return _ratio(outcomes.weapon_shots.sum(axis=2).astype(float), killed.sum(axis=2).astype(float))


def _ratio(spent: Floats, won: Floats) -> Interval | None:
    """Ratio of the means of (M, R) values, and its 5th to 95th percentile over draws that won."""
    spent_each, won_each = spent.mean(axis=1), won.mean(axis=1)
    winning = won_each > 0
    if not winning.any():
        return None
    low, high = band_over(spent_each[winning] / won_each[winning])
    return Interval(float(spent_each.sum() / won_each.sum()), float(low), float(high))


def cost(scene: Scene, outcomes: Outcomes, names: dict[str, str]) -> Cost:
    """Published prices of what is lost and fired; nothing is priced that nobody published."""
    unpriced = []
    lost: Floats | None = np.zeros(outcomes.leakers.shape)
    for k, (group, threat) in enumerate(zip(scene.raid.groups, scene.threats, strict=True)):
        price = _price(scene, threat.cost)
        if price is None:
            unpriced.append(threat.name)
            lost = None
        elif lost is not None:
            lost = lost + price[:, None] * (group.number - outcomes.leakers_by_group[:, :, k])
    fired: Floats | None = np.zeros(outcomes.leakers.shape)
    for n, weapon in enumerate(scene.weapons):
        shots = outcomes.weapon_shots[:, :, n]
        price = _round_price(scene, weapon)
        if weapon.kind == "gun":
            continue  # bursts have no price, and cost little
        if price is None and shots.any():
            unpriced.append(names[weapon.system])
            fired = None
        elif price is not None and fired is not None:
            fired = fired + price[:, None] * shots
    return Cost(
        None if lost is None else distribution(lost),
        None if fired is None else distribution(fired),
        tuple(dict.fromkeys(unpriced)),
    )


def _round_price(scene: Scene, weapon: Weapon) -> Floats | None:
    """(N,) of one round; ``None``: not published. Bursts of a gun have no price."""
    if weapon.kind == "gun":
        return None
    systems = {b.system.id: b.system for b in scene.batteries}
    fire = (systems | {s.system.id: s.system for s in scene.spreads})[weapon.system].fire
    return _price(scene, None if fire is None else fire.interceptor_cost)


def _price(scene: Scene, figure: Figure | None) -> Floats | None:
    if figure is None or not figure.known or figure.id not in scene.ensemble.figures:
        return None
    return scene.ensemble.figures[figure.id]
