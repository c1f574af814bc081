"""Drawing the ensemble from the order of battle, the catalogue and the case."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely

from shieldwall.case.assumed import in_force
from shieldwall.case.records import Assumption, Band, Case, Deployment
from shieldwall.catalogue.records import Catalogue, Figure, Radar, System
from shieldwall.control.records import Draws
from shieldwall.draws import log_triangle, strata, stream, triangle
from shieldwall.geodesy import WGS84, Frame
from shieldwall.network.assumptions import DEFAULTS
from shieldwall.network.bands import Bools, Floats, Ints, present_within_total, scattered
from shieldwall.network.ensemble import Ensemble, Unit
from shieldwall.orbat.records import LAUNCHER_UNITS, HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import Tally, availability_uniforms

ALMOST_CERTAIN = 0.999
"""Odds are kept below one where a total binds them: a total may prove a certain site wrong."""


def draw_ensemble(
    case: Case,
    catalogue: Catalogue,
    orbat: OrderOfBattle,
    k_band: tuple[float, float, float],
    draws: int | None = None,
    control: Draws | None = None,
) -> Ensemble:
    """N draws of everything that is not known, from the case's seed.

    ``k_band``: low, likely, high of the effective Earth radius factor. ``draws`` defaults to the
    case's. ``control``: who operates and what is connected, in as many draws. Same case and seed
    give the same draws; a change in one unknown leaves the others.
    """
    n = case.draws if draws is None else draws
    assumed = in_force(case, DEFAULTS)
    deployments = [d for d in case.deployments if d.system in catalogue.systems]
    units = (
        *(_site_unit(catalogue, odds) for odds in orbat.units),
        *(_density_unit(catalogue, d) for d in deployments),
    )
    figures = _figures(case, catalogue, units, n)
    holdings = _totals(case, catalogue, orbat, n)
    present, launchers = _present(case, orbat, holdings, n)
    teams = [_teams(case, d, orbat, assumed, n) for d in deployments]
    lat, lon = _positions(case, units, n)
    base, antenna, guidance = _heights(case, catalogue, units, figures, assumed, n)
    works = [
        _serviceable(case.seed, odds.system, odds.id, odds.serviceable, n) for odds in orbat.units
    ]
    # A team that is fielded has a missile that works: its availability is in the fielded share.
    always = np.ones(n, dtype=np.bool_)
    return Ensemble(
        seed=case.seed,
        units=units,
        present=_columns([*present.T, *(t > 0 for t in teams)], n, np.bool_),
        serviceable=_columns([*works, *(always for _ in deployments)], n, np.bool_),
        launchers=_columns([*launchers.T, *teams], n, np.int64),
        lat=lat,
        lon=lon,
        base_m=base,
        antenna_m=antenna,
        guidance=guidance,
        figures=figures,
        k_factor=triangle(strata(stream(case.seed, "k"), n), *k_band),
        holdings=holdings,
        operators={} if control is None else control.operators,
        connected={} if control is None else control.connected,
    )


def _columns(columns: Iterable[np.ndarray], n: int, kind: type) -> np.ndarray:
    found = list(columns)
    return np.column_stack(found).astype(kind) if found else np.empty((n, 0), dtype=kind)


def _site_unit(catalogue: Catalogue, odds: UnitOdds) -> Unit:
    layer = (
        catalogue.systems[odds.system].layer if odds.system in catalogue.systems else "surveillance"
    )
    return Unit(odds.id, odds.system, odds.place, layer, "site")


def _density_unit(catalogue: Catalogue, deployment: Deployment) -> Unit:
    layer = catalogue.systems[deployment.system].layer
    return Unit(deployment.id, deployment.system, deployment.place, layer, "density")


def figures_of(item: System | Radar) -> Iterable[Figure]:
    """The figures of a system or radar that coverage reads, known ones only."""
    radars = item.radars if isinstance(item, System) else (item,)
    interceptors = item.interceptors if isinstance(item, System) else ()
    found = [
        figure
        for radar in radars
        for figure in (
            radar.instrumented, radar.reference_range, radar.antenna_height, radar.altitude_max
        )
    ] + [
        figure
        for each in interceptors
        for figure in (each.range_max, each.range_min, each.altitude_max, each.altitude_min)
    ]  # fmt: skip
    return [f for f in found if f is not None and f.known]


def fire_figures_of(system: System) -> Iterable[Figure]:
    """The figures of a system that raids read besides, known ones only."""
    fire = system.fire
    found = [
        figure
        for each in system.interceptors
        for figure in (each.speed, each.range_ballistic, each.altitude_ballistic)
    ]
    if fire is not None:
        found += [
            fire.channels, fire.ready, fire.gun_rounds, fire.gun_rate, fire.reaction, fire.reload,
            fire.interceptor_cost, *(kill.figure for kill in fire.kills),
        ]  # fmt: skip
    return [f for f in found if f is not None and f.known]


def _figures(
    case: Case, catalogue: Catalogue, units: tuple[Unit, ...], n: int
) -> dict[str, Floats]:
    """Each figure in play, one value per draw, in SI, shared by all units of the system."""
    wanted: dict[str, Figure] = {}
    for unit in units:
        item = catalogue.systems.get(unit.system) or catalogue.radars[unit.system]
        wanted |= {f.id: f for f in figures_of(item)}
        if isinstance(item, System):
            wanted |= {f.id: f for f in fire_figures_of(item)}
    for choice in case.threats:
        threat = catalogue.threats[choice.catalogue]
        for figure in (threat.rcs, threat.range, threat.speed, threat.altitude, threat.cost):
            if figure is not None and figure.known:
                wanted[figure.id] = figure
    drawn = {}
    for id, figure in sorted(wanted.items()):
        shape = log_triangle if figure.unit == "m2" else triangle
        drawn[id] = shape(strata(stream(case.seed, id), n), *figure.si)
    return drawn


def _totals(case: Case, catalogue: Catalogue, orbat: OrderOfBattle, n: int) -> dict[str, Ints]:
    """The total held in each draw, in launchers or sets; batteries count their launchers."""
    totals = {}
    for held in orbat.held:
        if held.total is None or held.unit not in (*LAUNCHER_UNITS, "batteries"):
            continue
        uniform = strata(stream(case.seed, f"total {held.system}"), n)
        total = held.total.quantile(uniform)
        battery = (
            catalogue.systems[held.system].launchers_per_battery
            if held.system in catalogue.systems
            else None
        )
        if held.unit == "batteries" and battery is not None and battery.known:
            rng = stream(case.seed, f"battery {held.system}")
            total = total * triangle(strata(rng, n), *battery.si)
        totals[held.system] = np.rint(total).astype(np.int64)
    return totals


def _present(
    case: Case, orbat: OrderOfBattle, holdings: dict[str, Ints], n: int
) -> tuple[Bools, Ints]:
    """Presence and launchers (N, S) of the sited units, joint over the sites of a system."""
    present = np.zeros((n, len(orbat.units)), dtype=np.bool_)
    launchers = np.zeros((n, len(orbat.units)), dtype=np.int64)
    for held in orbat.held:
        columns = [i for i, u in enumerate(orbat.units) if u.system == held.system]
        if not columns:
            continue
        units = [orbat.units[i] for i in columns]
        size = np.column_stack([_sizes(case.seed, u, n) for u in units])
        odds = np.array([u.presence for u in units])
        given_held = np.minimum(odds / held.held if held.held > 0 else odds, ALMOST_CERTAIN)
        has_any = strata(stream(case.seed, f"held {held.system}"), n) < held.held
        uniform = np.column_stack([strata(stream(case.seed, f"present {u.id}"), n) for u in units])
        for draw in np.flatnonzero(has_any):
            if held.system in holdings:
                total = int(holdings[held.system][draw])
                size[draw] = np.minimum(size[draw], max(total, 1))
                here = present_within_total(uniform[draw], given_held, size[draw], total)
            else:
                here = uniform[draw] < given_held
            present[draw, columns] = here
            launchers[draw, columns] = np.where(here, size[draw], 0)
    return present, launchers


def _sizes(seed: int, unit: UnitOdds, n: int) -> Ints:
    uniform = strata(stream(seed, f"launchers {unit.id}"), n)
    drawn = np.rint(unit.launchers.quantile(uniform))
    return np.maximum(drawn, 1).astype(np.int64)


def _teams(
    case: Case,
    deployment: Deployment,
    orbat: OrderOfBattle,
    assumed: dict[str, Assumption],
    n: int,
) -> Ints:
    """Teams out in the area: the fielded share of what is held, (N,)."""
    held: HeldOdds | None = next((h for h in orbat.held if h.system == deployment.system), None)
    if held is None or held.total is None:
        return np.zeros(n, dtype=np.int64)
    stock = held.total.quantile(strata(stream(case.seed, f"stock {deployment.id}"), n))
    share = triangle(
        strata(stream(case.seed, f"fielded {deployment.id}"), n), *_filled(deployment.fielded)
    )
    each = assumed["missiles_per_team"].band
    if held.unit == "missiles" and each is not None:
        rng = stream(case.seed, f"missiles per team {deployment.id}")
        stock = stock / triangle(strata(rng, n), *_filled(each))
    has_any = strata(stream(case.seed, f"held {held.system}"), n) < held.held
    return np.where(has_any, np.rint(stock * share), 0).astype(np.int64)


def _serviceable(seed: int, system: str, unit: str, share: Tally, n: int) -> Bools:
    """Whether the unit works, (N,); units of a system share the availability of a draw."""
    availability = share.quantile(availability_uniforms(seed, system, n))
    return strata(stream(seed, f"serviceable {unit}"), n) < availability


def _positions(case: Case, units: tuple[Unit, ...], n: int) -> tuple[Floats, Floats]:
    """Emplacements (N, U) in degrees, inside each place's precision or area."""
    lat, lon = np.zeros((n, len(units))), np.zeros((n, len(units)))
    for column, unit in enumerate(units):
        place = case.place(unit.place)
        rng = stream(case.seed, f"position {unit.id}")
        if place.polygon is not None:
            lon[:, column], lat[:, column] = _inside(rng, place.polygon, n)
            continue
        if place.lat is None or place.lon is None or place.precision_m is None:
            raise ValueError(f"unit {unit.id} stands at a place without a position")
        distance = place.precision_m * np.sqrt(strata(rng, n))
        azimuth = 360.0 * strata(rng, n)
        lon[:, column], lat[:, column], _ = WGS84.fwd(
            np.full(n, place.lon), np.full(n, place.lat), azimuth, distance
        )
    return lat, lon


def _inside(
    rng: np.random.Generator, ring: tuple[tuple[float, float], ...], n: int
) -> tuple[Floats, Floats]:
    """``n`` points spread evenly over an area, (lon, lat), in a frame about its middle."""
    lon, lat = np.array(ring).T
    frame = Frame(float(lat.mean()), float(lon.mean()))
    polygon = shapely.Polygon(np.column_stack(frame.to_xy(lat, lon)))
    there_lat, there_lon = frame.to_latlon(*scattered(rng, polygon, n))
    return there_lon, there_lat


def _heights(
    case: Case,
    catalogue: Catalogue,
    units: tuple[Unit, ...],
    figures: dict[str, Floats],
    assumed: dict[str, Assumption],
    n: int,
) -> tuple[Floats, Floats, Ints]:
    """Base and antenna heights and the guidance radar each unit has, each (N, U)."""
    base, antenna = np.zeros((n, len(units))), np.zeros((n, len(units)))
    guidance = np.full((n, len(units)), -1, dtype=np.int64)
    for column, unit in enumerate(units):
        roof = case.place(unit.place).height_m
        if roof is not None:
            rng = stream(case.seed, f"roof {unit.place}")
            base[:, column] = triangle(strata(rng, n), *_filled(roof))
        system = catalogue.systems.get(unit.system)
        optical = system is not None and system.optical
        name = "eye_height_m" if optical else "mast_vehicle_m"
        rng = stream(case.seed, f"antenna {unit.id}")
        band = assumed[name].band
        if band is None:
            raise ValueError(f"assumption {name} needs a figure")
        antenna[:, column] = triangle(strata(rng, n), *_filled(band))
        radars = guidance_radars(system) if system else [catalogue.radars[unit.system]]
        if not radars:
            continue
        guidance[:, column] = (strata(rng, n) * len(radars)).astype(np.int64)
        for index, radar in enumerate(radars):
            if radar.antenna_height is not None and radar.antenna_height.known:
                chosen = guidance[:, column] == index
                height = figures[radar.antenna_height.id]
                antenna[chosen, column] = height[chosen]
    return base, antenna, guidance


def guidance_radars(system: System) -> list[Radar]:
    """The radars that can guide a system's interceptors: what its line of sight starts from."""
    return [r for r in system.radars if r.role == "guidance"]


def _filled(band: Band) -> tuple[float, float, float]:
    """Low, likely, high; the middle where no likely value was given."""
    middle = (band.low + band.high) / 2 if band.likely is None else band.likely
    return band.low, middle, band.high
