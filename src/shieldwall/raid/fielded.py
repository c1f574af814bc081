"""What stands, sees and fires in each draw of a variant: rows of a scene, as the kernel reads them.

``field`` takes a scene, a variant and, for each group of unknowns, which draws to take it from.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

from shieldwall.case.raid_records import Doctrine
from shieldwall.coverage.along import UNSEEN
from shieldwall.network.ensemble import Floats
from shieldwall.raid.arrays import Batteries, Graph, Masks, Teams, Threats
from shieldwall.raid.assumptions import LEVELS
from shieldwall.raid.graph import outages
from shieldwall.raid.mask_kernel import mask_batteries, mask_sensors
from shieldwall.raid.scene import GROUPS, GUNS, Scene
from shieldwall.raid.unknowns import altitude_share
from shieldwall.raid.variants import CREWS, Variant

Array = NDArray[Any]
Ints = NDArray[np.int64]
Picks = dict[str, Ints]
"""Group of unknowns -> (M,) the draws to take it from."""

QUANTILES = 65
KEPT = 1_024
"""Rows whose masks are kept for the next variant."""

OF_ARMS = ("channels", "ready", "kill", "salvo", "looks")
UNLIMITED = 1_000_000
"""Looks where no doctrine limits them."""


def plain_picks(rows: Ints) -> Picks:
    """Every group from the same draws."""
    return dict.fromkeys(GROUPS, rows)


@dataclass(frozen=True)
class Fielded:
    """M rows, ready for the kernel; masks are made row by row, since they are large."""

    scene: Scene
    variant: Variant
    picks: Picks
    threats: Threats
    """``at_s`` is of the row: see ``row``."""
    batteries: Batteries
    """Each array with the rows first."""
    teams: Teams
    graph: Graph

    @property
    def rows(self) -> int:
        """M."""
        return int(self.picks["presence"].size)

    @property
    def threat_count(self) -> int:
        """Real threats of one raid."""
        return int(self.threats.number.sum())

    def row(self, m: int) -> tuple[Threats, Batteries, Teams, Graph]:
        """What the kernel reads of one row, masks apart."""
        at_s = self.scene.drawn["reach"]["at_s"][self.picks["reach"][m]]
        return (
            self.threats._replace(at_s=at_s),
            Batteries(*(each[m] for each in self.batteries)),
            self.teams._replace(
                warned=self.teams.warned[m], cold=self.teams.cold[m], kill=self.teams.kill[m]
            ),
            self.graph._replace(
                well=self.graph.well[m], delay_s=self.graph.delay_s[m],
                capacity=self.graph.capacity[m], decide_s=self.graph.decide_s[m],
                sensor_scan_s=self.graph.sensor_scan_s[m],
            ),
        )  # fmt: skip

    def masks(self, m: int) -> Masks:
        """The masks of one row."""
        return make_masks(
            self.scene, int(self.picks["places"][m]), int(self.picks["reach"][m]),
            self.scene.drawn["presence"]["there"][self.picks["presence"][m]]
            & self.scene.drawn["serviceability"]["works"][self.picks["serviceability"][m]],
            self.variant.terrain,
        )  # fmt: skip


def field(scene: Scene, variant: Variant, picks: Picks) -> Fielded:
    """M rows of a scene under a variant."""
    return Fielded(
        scene, variant, picks,
        _threats(scene, variant), _batteries(scene, variant, picks), _teams(scene, variant, picks),
        _graph(scene, variant, picks),
    )  # fmt: skip


def _threats(scene: Scene, variant: Variant) -> Threats:
    groups = scene.raid.groups
    return Threats(
        number=np.array([round(g.number * variant.size) for g in groups], dtype=np.int64),
        decoys=np.array([round(g.decoys * variant.size) for g in groups], dtype=np.int64),
        spacing_s=np.array([g.spacing_s for g in groups], dtype=np.float64),
        random=np.array([g.arrivals == "random" for g in groups], dtype=np.bool_),
        after_s=np.array([g.after_s for g in groups], dtype=np.float64),
        at_s=np.empty((0, 0)),
    )


def _set(scene: Scene, variant: Variant, key: str) -> dict[int, float]:
    """Battery -> what the variant sets of its system; of arms, the missiles where it has both."""
    return {
        b: variant.units[battery.system.id][key]
        for b, battery in enumerate(scene.batteries)
        if key in variant.units.get(battery.system.id, {})
        and not (key in OF_ARMS and battery.layer == GUNS)
    }


def _batteries(scene: Scene, variant: Variant, picks: Picks) -> Batteries:
    drawn = {g: {k: v[picks[g]] for k, v in scene.drawn[g].items()} for g in GROUPS if g not in (
        "places", "reach", "network")}  # fmt: skip
    columns = [b.column for b in scene.batteries]
    there = drawn["presence"]["there"][:, columns].copy()
    launchers = drawn["presence"]["launchers"][:, columns].copy()
    works = drawn["serviceability"]["works"][:, columns].copy()
    for b, count in _set(scene, variant, "count").items():
        launchers[:, b] = round(count)
        there[:, b] &= count > 0
    for b, present in _set(scene, variant, "present").items():
        launchers[:, b] = np.maximum(launchers[:, b], 1) if present else 0
        there[:, b] = bool(present)
    for b, serviceable in _set(scene, variant, "serviceable").items():
        works[:, b] = bool(serviceable)
    crew = _crew(scene, variant, drawn["operators"]["battery"], [
        b.system.id for b in scene.batteries])  # fmt: skip
    joined, fights = _mode(scene, variant, drawn["connection"])
    kept = np.array([b.layer not in variant.without_layers for b in scene.batteries], dtype=bool)
    times = {k: v.copy() for k, v in drawn["times"].items()}
    for key in ("channels", "ready", "reaction_s"):
        for b, value in _set(scene, variant, key).items():
            times[key][:, b] = value
    slower, _ = _levels(drawn["operators"], crew)
    per_unit = np.array(
        [b.kind == "missile" and b.system.fire is not None
         and b.system.fire.channels_per == "battery" for b in scene.batteries], dtype=bool,
    )  # fmt: skip
    channels = np.rint(times["channels"]) * np.where(per_unit, np.sign(launchers), launchers)
    doctrine = [scene.doctrines.get(b.system.id) for b in scene.batteries]
    salvo = np.array([1 if d is None else d.salvo for d in doctrine], dtype=np.int64)
    looks = np.array([_looks(d) for d in doctrine], dtype=np.int64)
    for b, value in _set(scene, variant, "salvo").items():
        salvo[b] = round(value)
    for b, value in _set(scene, variant, "looks").items():
        looks[b] = round(value)
    rows = there.shape[0]
    return Batteries(
        plays=there & works & (crew >= 0) & fights & kept,
        joins=joined,
        channels=np.minimum(channels, _most(scene, variant)).astype(np.int64),
        rounds=(np.rint(times["ready"]) * launchers).astype(np.int64),
        reloads=times["reloads"].astype(np.int64),
        reload_s=times["reload_s"],
        reaction_s=times["reaction_s"] * slower,
        assess_s=times["assess_s"],
        scan_s=times["scan_s"],
        kill=_quantiles(
            scene,
            _kill(scene, variant, drawn["kill"]["battery"], drawn["operators"], crew),
            drawn["kill"]["alike"],
        ),
        salvo=np.broadcast_to(salvo, (rows, salvo.size)).copy(),
        looks=np.broadcast_to(looks, (rows, looks.size)).copy(),
        weapon=np.broadcast_to(
            np.array([scene.weapons.index(b.weapon) for b in scene.batteries], dtype=np.int64),
            (rows, len(scene.batteries)),
        ).copy(),
    )


def _looks(doctrine: Doctrine | None) -> int:
    """Most engagements of one threat: one salvo, or as many looks as time allows."""
    if doctrine is None:
        return UNLIMITED
    if doctrine.looks is not None:
        return doctrine.looks
    return 1 if doctrine.firing == "salvo" else UNLIMITED


def _most(scene: Scene, variant: Variant) -> int:
    """Threats that may come: nobody needs more channels."""
    threats = _threats(scene, variant)
    return int(threats.number.sum() + threats.decoys.sum())


def _crew(scene: Scene, variant: Variant, drawn: Array, systems: list[str]) -> Array:
    """(M, B) level of each crew; a set one operates whatever is there, but for what is ``idle``."""
    crew = drawn.copy()
    for n, system in enumerate(systems):
        who = variant.crews.get(system, variant.crews.get("all", ""))
        if who:
            set_to = LEVELS.index(CREWS[who])
            crew[:, n] = np.where(drawn[:, n] < 0, -1, set_to) if variant.idle else set_to
    return crew


def _levels(operators: dict[str, Array], crew: Array) -> tuple[Floats, Floats]:
    """What the level of each crew does to times and to kill chances, each (M, B)."""
    level = np.maximum(crew, 0)
    return (
        np.take_along_axis(operators["slower"], level, axis=1),
        np.take_along_axis(operators["success"], level, axis=1),
    )


def _kill(
    scene: Scene, variant: Variant, drawn: Array, operators: dict[str, Array], crew: Array
) -> Floats:
    """Mean chance that one round kills (M, B, G): published, in the field, by these crews."""
    _, success = _levels(operators, crew)
    chance = np.clip(drawn * success[:, :, None], 0.0, 1.0)
    for b, value in _set(scene, variant, "kill").items():
        chance[:, b] = value
    return chance


def _mode(scene: Scene, variant: Variant, drawn: dict[str, Array]) -> tuple[Array, Array]:
    """Whether each battery is joined, and whether it can fight at all, each (M, B).

    Drawn: unjoined, it may still fight on its own radars. Unplugged: nothing with a radar fights.
    """
    joined = drawn["joined"].copy()
    for b, value in _set(scene, variant, "connected").items():
        joined[:, b] = bool(value)
    optical = np.array([b.system.optical for b in scene.batteries], dtype=np.bool_)
    everything = np.ones_like(joined)
    match variant.mode:
        case "integrated" | "degraded":
            return everything, everything
        case "autonomous":
            return ~everything, everything
        case "unplugged":
            return ~everything, everything & optical
    return joined, joined | drawn["alone"] | optical


def _quantiles(scene: Scene, mean: Floats, alike: Floats) -> NDArray[np.float32]:
    """``kill_quantiles``, kept for the next variant that asks for the same."""
    key = blake2b(mean.tobytes() + alike.tobytes(), digest_size=16).digest()
    if key not in scene.tables:
        scene.tables[key] = kill_quantiles(mean, alike)
    return scene.tables[key]


def kill_quantiles(mean: Floats, alike: Floats) -> NDArray[np.float32]:
    """Quantiles (M, B, G, Q) of the chance that one round kills, over raids.

    The chance is the same for all rounds of a raid at a class of threat and differs from raid to
    raid as a beta distribution with ``mean`` (M, B, G) and intraclass correlation ``alike``
    (M, G), so that kills of one round each are beta-binomial (Skellam 1948).
    """
    p = np.clip(mean, 0.0, 1.0)
    rho = np.broadcast_to(alike[:, None, :], p.shape)
    u = np.linspace(0.0, 1.0, QUANTILES)
    table = np.repeat(p[..., None], QUANTILES, axis=-1)
    loose = (p > 1e-6) & (p < 1.0 - 1e-6) & (rho > 1e-6)
    if loose.any():
        spread = (1.0 - rho[loose]) / rho[loose]
        a, b = p[loose] * spread, (1.0 - p[loose]) * spread
        inner = betaincinv(a[:, None], b[:, None], u[None, :])
        # A straight line to 0 or 1 would feign long tails: the ends keep the mean of their cells.
        low = p[loose] * betainc(a + 1.0, b, inner[:, 1]) * (QUANTILES - 1)
        high = p[loose] * (1.0 - betainc(a + 1.0, b, inner[:, -2])) * (QUANTILES - 1)
        inner[:, 0] = np.clip(2.0 * low - inner[:, 1], 0.0, inner[:, 1])
        inner[:, -1] = np.clip(2.0 * high - inner[:, -2], inner[:, -2], 1.0)
        table[loose] = _mean_kept(inner, p[loose])
    return table.astype(np.float32)


def _mean_kept(quantiles: Floats, mean: Floats) -> Floats:
    """Scaled towards 0 or 1 so that the mean of the straight lines is exact."""
    found = (quantiles.sum(axis=1) - (quantiles[:, 0] + quantiles[:, -1]) / 2) / (QUANTILES - 1)
    down = mean <= found
    out = quantiles.copy()
    low = quantiles[down] * (mean[down] / found[down])[:, None]
    high = 1 - (1 - quantiles[~down]) * ((1 - mean[~down]) / (1 - found[~down]))[:, None]
    out[down], out[~down] = low, high
    return out


def _teams(scene: Scene, variant: Variant, picks: Picks) -> Teams:
    """Mean rounds that teams along each track fire at one threat: a Poisson stream.

    Teams to an area, times the strip that a track and the half width cut out of it, times what
    terrain leaves open, times the share that is at its weapon in time. No team has a position.
    """
    rows, groups = picks["reach"].size, len(scene.threats)
    shape = (rows, len(scene.spreads), groups)
    if not scene.spreads:
        empty = np.zeros((rows, 0, scene.tracks.x_m.shape[0], groups))
        strip = np.zeros((0, scene.tracks.x_m.shape[0]))
        return Teams(
            empty, empty, np.zeros((*shape, 1), np.float32), strip, strip, np.empty(0, np.int64)
        )
    columns = [s.column for s in scene.spreads]
    number = scene.drawn["presence"]["launchers"][picks["presence"]][:, columns].astype(float)
    for n, spread in enumerate(scene.spreads):
        own = variant.units.get(spread.system.id, {})
        number[:, n] = own.get("count", number[:, n])
        if own.get("present", 1.0) == 0 or own.get("serviceable", 1.0) == 0:
            number[:, n] = 0.0
        if spread.layer in variant.without_layers:
            number[:, n] = 0.0
    visible = np.stack([scene.sight.visible[s.unit.id] for s in scene.spreads], axis=1)
    height = scene.drawn["reach"]["agl_m"][picks["reach"]][:, :, -1]
    open_share = altitude_share(visible[picks["places"]], height)
    if not variant.terrain:
        open_share = np.ones_like(open_share)
    half = scene.drawn["reach"]["team_half_m"][picks["reach"]]
    area = np.array([s.area.area for s in scene.spreads])
    inside = scene.inside_m  # (D, J)
    crews = _crew(
        scene, variant, scene.drawn["operators"]["team"][picks["operators"]],
        [s.system.id for s in scene.spreads],
    )  # fmt: skip
    number = np.where(crews >= 0, number, 0.0)
    met = (number / area)[:, :, None] * 2.0 * half * open_share
    met = met[:, :, None, :] * inside[None, :, :, None]
    operators = {k: v[picks["operators"]] for k, v in scene.drawn["operators"].items()}
    crew = _crew(scene, variant, operators["team"], [s.system.id for s in scene.spreads])
    _, success = _levels(operators, crew)
    chance = scene.drawn["kill"]["team"][picks["kill"]] * success[:, :, None]
    for n, spread in enumerate(scene.spreads):
        if "kill" in variant.units.get(spread.system.id, {}):
            chance[:, n] = variant.units[spread.system.id]["kill"]
    network = scene.drawn["network"]
    return Teams(
        warned=met * network["warned"][picks["network"]][:, :, None, None],
        cold=met * network["cold"][picks["network"]][:, :, None, None],
        kill=_quantiles(scene, chance, scene.drawn["kill"]["alike"][picks["kill"]]),
        enter=scene.strip[0],
        leave=scene.strip[1],
        weapon=np.array([scene.weapons.index(s.weapon) for s in scene.spreads], dtype=np.int64),
    )


def _graph(scene: Scene, variant: Variant, picks: Picks) -> Graph:
    wiring, network = scene.wiring, {
        k: v[picks["network"]] for k, v in scene.drawn["network"].items()
    }  # fmt: skip
    well, delay = network["well"].copy(), network["delay_s"].copy()
    serves = (
        scene.drawn["presence"]["there"][picks["presence"]]
        & scene.drawn["serviceability"]["works"][picks["serviceability"]]
    )
    if scene.case.functions:
        power = [f.kind == "power" for f in wiring.functions]
        if variant.mode in ("integrated", "degraded"):
            well[:] = 1.0
        elif variant.mode == "autonomous":
            well[:, power] = 1.0  # compared with integrated: the network, not the power
    for n, function in enumerate(wiring.functions):
        if function.id in variant.functions:
            well[:, n] = variant.functions[function.id]
        if function.made_of:
            well[:, n] *= serves[:, wiring.consists_of[n]].any(axis=1)
        if function.id in variant.without_functions:
            well[:, n] = 0.0
    if variant.mode == "degraded":
        delay *= network["degraded"][:, None]
    command = np.array([f.kind == "command" for f in wiring.functions], dtype=np.bool_)
    out_from, out_for = outages(wiring, scene.raid.outages)
    return Graph(
        well=well,
        delay_s=np.where(command, 0.0, delay),
        group_start=wiring.group_start,
        choice_start=wiring.choice_start,
        choices=wiring.choices,
        joined_by=wiring.joined_by,
        powered_by=wiring.powered_by,
        warned_by=wiring.warned_by & (variant.mode not in ("autonomous", "unplugged")),
        command_of=wiring.command_of,
        hears=wiring.hears,
        sensor_of=wiring.sensor_of,
        capacity=network["capacity"].astype(np.int64).clip(1),
        decide_s=np.where(command, delay, 0.0),
        out_from_s=out_from,
        out_for_s=out_for,
        sensor_scan_s=scene.drawn["times"]["sensor_scan_s"][picks["times"]],
        coordinated=variant.mode != "degraded",
    )


def make_masks(scene: Scene, place: int, reach: int, in_service: Array, terrain: bool) -> Masks:
    """The masks of one row: places of one draw, reaches of another."""
    where = {k: v[place] for k, v in scene.drawn["places"].items()}
    r = {k: v[reach] for k, v in scene.drawn["reach"].items()}
    key = (place, reach, terrain)
    if key not in scene.kept:
        made = _battery_masks(scene, place, where, r, terrain)
        if place == reach and len(scene.kept) < KEPT:
            scene.kept[key] = made
    else:
        made = scene.kept[key]
    needed, allowed, own = made
    return Masks(needed, allowed, own, _sensor_masks(scene, place, where, r, in_service, terrain))


def _floors(scene: Scene, columns: list[int], place: int, terrain: bool) -> Array:
    """Floors (U, J, K) of units along the tracks in one draw; 0 where terrain is left out."""
    tracks, steps = scene.tracks.x_m.shape
    out = np.zeros((len(columns), tracks, steps))
    for n, column in enumerate(columns):
        if terrain:
            row = scene.sight.floor_m[scene.ensemble.units[column].id][place, scene.points]
            seen = row.reshape(tracks, steps)
            out[n] = np.where(seen == UNSEEN, np.inf, seen)
    return out


def _ground(scene: Scene) -> Array:
    ground = scene.sight.ground_m[scene.points].astype(np.float64)
    return ground.reshape(scene.tracks.x_m.shape)


def _battery_masks(
    scene: Scene, place: int, where: dict[str, Array], r: dict[str, Array], terrain: bool
) -> tuple[Array, Array, Array]:
    tracks, steps = scene.tracks.x_m.shape
    batteries, groups = r["finds_m"].shape
    units = sorted({b.column for b in scene.batteries})
    unit = np.array([units.index(b.column) for b in scene.batteries], dtype=np.int64)
    needed = np.empty((batteries, tracks, groups, steps), dtype=np.float32)
    allowed = np.empty((batteries, tracks, groups, steps + 1), dtype=np.int16)
    own = np.empty((batteries, tracks, groups))
    mask_batteries(
        scene.tracks.x_m, scene.tracks.y_m, _ground(scene), r["agl_m"], r["at_s"],
        where["east_m"][units], where["north_m"][units], where["height_m"][units],
        _floors(scene, units, place, terrain), unit, r["finds_m"], r["follows_m"],
        r["range_min_m"], r["range_max_m"], r["low_m"], r["high_m"], r["fly_mps"],
        needed, allowed, own,
    )  # fmt: skip
    return needed, allowed, own


def _sensor_masks(
    scene: Scene, place: int, where: dict[str, Array], r: dict[str, Array], in_service: Array,
    terrain: bool,
) -> Array:  # fmt: skip
    columns = list(scene.sensors)
    seen = np.empty((len(columns), scene.tracks.x_m.shape[0], r["finds_m"].shape[1]))
    mask_sensors(
        scene.tracks.x_m, scene.tracks.y_m, _ground(scene), r["agl_m"], r["at_s"],
        where["east_m"][columns], where["north_m"][columns], where["height_m"][columns],
        _floors(scene, columns, place, terrain), r["sensor_finds_m"], r["sensor_high_m"],
        in_service[columns], seen,
    )  # fmt: skip
    return seen
