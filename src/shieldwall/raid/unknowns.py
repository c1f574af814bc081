"""What is not known of a raid, drawn: one function for each group of a scene's arrays.

Each array has the draws first. Figures come from the ensemble, where they were drawn once; what is
assumed is drawn here, each assumption by a stream of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Assumption, Band, Case
from shieldwall.catalogue.records import Catalogue, Figure, System, Threat
from shieldwall.coverage.along import Sight
from shieldwall.coverage.envelope import UNLIMITED_M, drawn, envelope
from shieldwall.coverage.records import ALTITUDES_M
from shieldwall.draws import strata, stream, triangle
from shieldwall.network.ensemble import Ensemble, Floats
from shieldwall.raid.assumptions import LEVELS
from shieldwall.raid.effects import effect_for
from shieldwall.raid.tracks import Tracks

if TYPE_CHECKING:
    from shieldwall.raid.scene import Battery, Spread

Array = NDArray[Any]


@dataclass(frozen=True)
class Known:
    """Draws of figures and of assumptions, each by its own stream."""

    case: Case
    ensemble: Ensemble
    assumed: dict[str, Assumption]

    def figure(self, figure: Figure | None, assumption: str, name: str) -> Floats:
        """(N,) of a published figure; of the named assumption where there is none."""
        if figure is not None and figure.known:
            return self.ensemble.figures[figure.id]
        return self.assumption(assumption, name)

    def assumption(self, id: str, name: str) -> Floats:
        """(N,) of an assumption; ``name`` says of what, so that each has its own draws."""
        band = self.assumed[id].band
        if band is None:
            raise ValueError(f"assumption {id} has no figure")
        return self.band(band, f"raid {id} {name}")

    def band(self, band: Band, name: str) -> Floats:
        """(N,) of any band, from the stream of that name."""
        uniform = self.uniform(name)
        return triangle(uniform, band.low, band.middle, band.high)

    def uniform(self, name: str) -> Floats:
        """(N,) stratified uniforms from the stream of that name."""
        return strata(stream(self.case.seed, name), self.ensemble.draws)


def presence_group(ensemble: Ensemble) -> dict[str, Array]:
    """What is there, and how many launchers, (N, U)."""
    return {"there": ensemble.present, "launchers": ensemble.launchers}


def places_group(
    ensemble: Ensemble,
    batteries: tuple[Battery, ...],
    sensors: tuple[int, ...],
    sight: Sight,
    tracks: Tracks,
) -> dict[str, Array]:
    """Positions and heights (N, U) of all units at sites, in the raid's frame."""
    east, north = tracks.frame.to_xy(ensemble.lat, ensemble.lon)
    height = np.zeros_like(east)
    for column in {*(b.column for b in batteries), *sensors}:
        height[:, column] = sight.site_m[ensemble.units[column].id]
    return {"east_m": east, "north_m": north, "height_m": height,
            "row": np.arange(ensemble.draws)}  # fmt: skip


def reach_group(
    catalogue: Catalogue,
    known: Known,
    raid: Raid,
    threats: tuple[Threat, ...],
    tracks: Tracks,
    batteries: tuple[Battery, ...],
    sensors: tuple[int, ...],
    spreads: tuple[Spread, ...],
) -> dict[str, Array]:
    """Speeds, heights, ranges: all that masks are made of beside the places."""
    case, ensemble, n, g = known.case, known.ensemble, known.ensemble.draws, len(threats)
    place = {t.id: i for i, t in enumerate(case.threats)}
    columns = [place[group.threat] for group in raid.groups]
    speed = np.column_stack([_speed(known, t) for t in threats])
    most = max([len(b.interceptors) for b in batteries], default=1)
    shape = (n, len(batteries), g, most)
    inner, outer, low = np.zeros(shape), np.full(shape, -1.0), np.zeros(shape)
    high, fly = np.full(shape, UNLIMITED_M), np.ones(shape)
    finds = np.zeros((n, len(batteries), g))
    follows = np.zeros((n, len(batteries), g))
    for b, battery in enumerate(batteries):
        shell = envelope(battery.unit, case, catalogue, ensemble)
        finds[:, b], follows[:, b] = shell.finds_m[:, columns], shell.follows_m[:, columns]
        for i, each in enumerate(battery.interceptors):
            pace = known.figure(each.speed, "interceptor_speed_unpublished", each.id)
            for k, threat in enumerate(threats):
                falls = threat.category == "ballistic missile"
                far, top = (
                    (each.range_ballistic, each.altitude_ballistic) if falls
                    else (each.range_max, each.altitude_max)
                )  # fmt: skip
                outer[:, b, k, i] = drawn(far, ensemble, -1.0)  # not rated for it: no range
                high[:, b, k, i] = drawn(top, ensemble, UNLIMITED_M)
                inner[:, b, k, i] = drawn(each.range_min, ensemble, 0.0)
                low[:, b, k, i] = drawn(each.altitude_min, ensemble, 0.0)
                fly[:, b, k, i] = pace
    agl, at = _profile(known, raid, threats, tracks, speed)
    seen = [envelope(ensemble.units[c], case, catalogue, ensemble) for c in sensors]
    return {
        "speed_mps": speed, "agl_m": agl, "at_s": at, "finds_m": finds, "follows_m": follows,
        "range_min_m": inner, "range_max_m": outer, "low_m": low, "high_m": high, "fly_mps": fly,
        "sensor_finds_m": _stack([e.finds_m[:, columns] for e in seen], (n, 0, g)),
        "sensor_high_m": _stack([e.altitude_max_m[:, 0] for e in seen], (n, 0)),
        "team_half_m": _stack(
            [_half_width(known, catalogue, s, agl, speed) for s in spreads], (n, 0, g)
        ),
    }  # fmt: skip


def _stack(columns: list[Array], empty: tuple[int, ...]) -> Array:
    return np.stack(columns, axis=1) if columns else np.empty(empty)


def _speed(known: Known, threat: Threat) -> Floats:
    name = "speed_other"
    if threat.category in ("aircraft", "transport", "cruise missile"):
        name = "speed_aircraft"
    elif threat.category == "ballistic missile":
        name = "speed_ballistic"
    return known.figure(threat.speed, name, f"{threat.id} speed")


def _profile(
    known: Known, raid: Raid, threats: tuple[Threat, ...], tracks: Tracks, speed: Floats
) -> tuple[Floats, Floats]:
    """Height above ground and time from the start, each (N, G, K)."""
    agl, at = [], []
    for k, (group, threat) in enumerate(zip(raid.groups, threats, strict=True)):
        name = f"{raid.id} {k}"
        if threat.category == "ballistic missile":
            angle = np.radians(known.assumption("descent_deg", name))
            agl.append(tracks.to_go_m * np.tan(angle)[:, None])
            path = (tracks.to_go_m[0] - tracks.to_go_m) / np.cos(angle)[:, None]
        else:
            level = (
                known.band(group.altitude_m, f"raid height {name}") if group.altitude_m is not None
                else known.figure(threat.altitude, _height(threat), name)
            )  # fmt: skip
            agl.append(np.repeat(level[:, None], tracks.to_go_m.size, axis=1))
            path = np.broadcast_to(tracks.to_go_m[0] - tracks.to_go_m, agl[-1].shape)
        at.append(path / speed[:, k : k + 1])
    return np.stack(agl, axis=1), np.stack(at, axis=1)


def _height(threat: Threat) -> str:
    if threat.category in ("aircraft", "transport"):
        return "height_aircraft"
    return "height_cruise" if threat.category == "cruise missile" else "height_other"


def _half_width(
    known: Known, catalogue: Catalogue, spread: Spread, agl: Floats, speed: Floats
) -> Floats:
    """(N, G) how far beside a track a team may stand and still fire in time.

    The threat crosses the team's reach along a chord; while the crew reacts it flies on, so that a
    chord shorter than that is missed: half width squared = ground reach squared less half that way
    squared. Nobody reaches what flies above their altitude limits.
    """
    shell = envelope(spread.unit, known.case, catalogue, known.ensemble)
    fire = spread.system.fire
    react = known.figure(
        None if fire is None else fire.reaction, "reaction_unpublished_s", spread.system.id
    )
    height = agl[:, :, -1]
    level = (shell.altitude_min_m[:, :1] <= height) & (height <= shell.altitude_max_m[:, :1])
    reach2 = np.maximum(shell.range_max_m[:, :1] ** 2 - height**2, 0.0)
    half2 = reach2 - (speed * react[:, None] / 2.0) ** 2
    return np.where(level, np.sqrt(np.maximum(half2, 0.0)), 0.0)


def kill_group(
    known: Known,
    threats: tuple[Threat, ...],
    batteries: tuple[Battery, ...],
    spreads: tuple[Spread, ...],
) -> dict[str, Array]:
    """Chance that one round kills (N, B, G), (N, D, G), and how alike a raid's shots are (N, G)."""
    n, g = known.ensemble.draws, len(threats)
    rounds = np.zeros((n, len(batteries), g))
    for b, battery in enumerate(batteries):
        for k, threat in enumerate(threats):
            rounds[:, b, k] = kill_chance(known, battery.system, battery.kind, threat)
    teams = np.zeros((n, len(spreads), g))
    for d, spread in enumerate(spreads):
        for k, threat in enumerate(threats):
            teams[:, d, k] = kill_chance(known, spread.system, spread.kind, threat)
    return {
        "battery": rounds,
        "team": teams,
        "alike": np.column_stack([_alike(known, t) for t in threats]),
    }


def kill_chance(known: Known, system: System, kind: str, threat: Threat) -> Floats:
    """(N,) chance that one round of a kind kills one threat, drilled crews, before common effects.

    The published figure for the class, an interceptor's own first, times what holds in the field
    where it is a claim; the named assumption where nothing is published.
    """
    mine = {i.id for i in system.interceptors if i.kind == kind}
    against = [
        kill for kill in (() if system.fire is None else system.fire.kills)
        if threat.category in kill.against and kill.figure.known
    ]  # fmt: skip
    own = [kill.figure for kill in against if kill.interceptor in mine]
    any_of_it = kind == "missile" or system.kind == "gun"
    stated = own or [k.figure for k in against if k.interceptor is None and any_of_it]
    if not stated:
        gun = "kill_gun_unpublished" if kind == "gun" else "kill_unpublished"
        return known.assumption(gun, f"{system.id} {threat.category}")
    chances = [known.ensemble.figures[f.id] for f in stated]
    field = known.assumption("kill_in_the_field", system.id)
    cut = [c if f.kind == "observed" or f.filled else c * field
           for f, c in zip(stated, chances, strict=True)]  # fmt: skip
    chance: Floats = np.mean(cut, axis=0)
    return chance


def _alike(known: Known, threat: Threat) -> Floats:
    effect = effect_for(threat.category)
    if effect is None:
        return known.assumption("common_effect", threat.category)
    return known.band(effect.rho, f"raid common effect {effect.weapon_class}")


def times_group(
    known: Known, batteries: tuple[Battery, ...], sensors: tuple[int, ...]
) -> dict[str, Array]:
    """Channels and rounds of one launcher, and times, each (N, B)."""
    names = ("channels", "ready", "reaction_s", "reload_s", "assess_s", "scan_s", "reloads")
    found: dict[str, list[Floats]] = {name: [] for name in names}
    for battery in batteries:
        fire, own = battery.system.fire, battery.system.id
        gun = battery.kind == "gun"
        channels = None if fire is None or gun else fire.channels
        found["channels"].append(
            np.ones(known.ensemble.draws) if gun
            else known.figure(channels, "channels_unpublished", own)
        )  # fmt: skip
        found["ready"].append(_bursts(known, battery) if gun else known.figure(
            None if fire is None else fire.ready, "ready_unpublished", own
        ))  # fmt: skip
        found["reaction_s"].append(
            known.figure(None if fire is None else fire.reaction, "reaction_unpublished_s", own)
        )
        found["reload_s"].append(
            known.figure(None if fire is None else fire.reload, "reload_unpublished_s", own)
        )
        found["reloads"].append(np.rint(known.assumption("reloads", own)))
        found["assess_s"].append(known.assumption("assess_s", own))
        found["scan_s"].append(
            np.zeros(known.ensemble.draws) if battery.system.optical
            else known.assumption("scan_s", own)
        )  # fmt: skip
    n = known.ensemble.draws
    stacked: dict[str, Array] = {k: _stack(v, (n, 0)) for k, v in found.items()}
    units = known.ensemble.units
    watch = [known.assumption("scan_s", units[c].system) for c in sensors]
    return {**stacked, "sensor_scan_s": _stack(watch, (n, 0))}


def _bursts(known: Known, battery: Battery) -> Floats:
    """Engagements that the rounds carried last for."""
    fire = battery.system.fire
    known_figures = fire is not None and fire.gun_rounds and fire.gun_rate
    if fire is None or not known_figures:
        return known.assumption("ready_unpublished", battery.system.id)
    rounds = known.figure(fire.gun_rounds, "ready_unpublished", battery.system.id)
    rate = known.figure(fire.gun_rate, "ready_unpublished", battery.system.id)
    burst = known.assumption("gun_burst_s", battery.system.id)
    return np.maximum(np.floor(rounds / (rate / 60.0 * burst)), 1.0)


def operators_group(
    known: Known, batteries: tuple[Battery, ...], spreads: tuple[Spread, ...]
) -> dict[str, Array]:
    """Which level of crew each has, (N, B) and (N, D), -1 where nobody can; and what levels do."""
    levels = {name: n for n, name in enumerate(LEVELS)}
    # not_operational, with instructors, contractors, joint, supervised, independent
    by_state = np.array([-1, levels["mixed"], levels["drilled"], levels["mixed"],
                         levels["mixed"], levels["basic"]])  # fmt: skip
    trained = {c.system: levels[c.training] for c in known.case.crews}

    def crew(system: str) -> Array:
        if system in known.ensemble.operators:
            return by_state[known.ensemble.operators[system]]
        return np.full(known.ensemble.draws, trained.get(system, levels["basic"]))

    n = known.ensemble.draws
    return {
        "battery": _stack([crew(b.system.id) for b in batteries], (n, 0)).astype(np.int64),
        "team": _stack([crew(s.system.id) for s in spreads], (n, 0)).astype(np.int64),
        "slower": np.column_stack(
            [known.assumption(f"crew_reaction_{name}", "crews") for name in LEVELS]
        ),
        "success": np.column_stack(
            [known.assumption(f"crew_success_{name}", "crews") for name in LEVELS]
        ),
    }


def connection_group(known: Known, batteries: tuple[Battery, ...]) -> dict[str, Array]:
    """Whether each is joined to the network, and whether it fights where it is not, (N, B)."""
    n = known.ensemble.draws
    always = np.ones(n, dtype=np.bool_)
    joined = [known.ensemble.connected.get(b.system.id, always) for b in batteries]
    alone = []
    for battery in batteries:
        odds = known.assumption("alone_unplugged", battery.system.id)
        alone.append(known.uniform(f"raid alone {battery.system.id}") < odds)
    return {
        "joined": _stack(joined, (n, 0)).astype(np.bool_),
        "alone": _stack(alone, (n, 0)).astype(np.bool_),
    }


def altitude_share(visible: Floats, height_m: Floats) -> Floats:
    """What terrain leaves open (N, D, A) at heights (N, G), interpolated: (N, D, G)."""
    altitudes = np.array(ALTITUDES_M, dtype=np.float64)
    out = np.empty((visible.shape[0], visible.shape[1], height_m.shape[1]))
    for n in range(visible.shape[0]):
        for d in range(visible.shape[1]):
            out[n, d] = np.interp(height_m[n], altitudes, visible[n, d])
    return out
