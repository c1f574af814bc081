"""Everything a raid is fought with, over all draws: what stands where, what sees, hits and orders.

A ``Scene`` is one raid against one ensemble. What is not known is kept in named groups of arrays
whose first axis is the draw; ``fielded`` puts rows of them together. A plain run takes row n of
every group for draw n; the decomposition of variance takes one group from other draws than the
rest, and asks what that changes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from shieldwall.case.assumed import in_force
from shieldwall.case.raid_records import Doctrine, Raid
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue, Interceptor, System, Threat
from shieldwall.coverage.along import Sight
from shieldwall.network.ensemble import Ensemble, Floats, Unit
from shieldwall.raid.assumptions import DEFAULTS
from shieldwall.raid.graph import Wiring, wire
from shieldwall.raid.tracks import Tracks
from shieldwall.raid.unknowns import (
    Known,
    connection_group,
    kill_group,
    operators_group,
    places_group,
    presence_group,
    reach_group,
    times_group,
)

Array = NDArray[Any]

GROUPS = (
    "presence", "serviceability", "places", "reach", "kill", "times", "operators", "connection",
    "network",
)  # fmt: skip
"""What is not known, in groups: each is drawn on its own and can be taken from another draw."""

GUNS = "guns"
"""The last layer: guns of units whose missiles are a layer of their own."""


@dataclass(frozen=True)
class Battery:
    """One kind of interceptor of one unit at a site: what fires as one."""

    unit: Unit
    column: int
    """In the ensemble."""
    kind: str
    """``missile`` or ``gun``."""
    layer: str
    system: System
    interceptors: tuple[Interceptor, ...]

    @property
    def weapon(self) -> Weapon:
        """What its shots and kills are counted with."""
        return Weapon(self.system.id, self.kind, self.layer)


@dataclass(frozen=True)
class Spread:
    """A density of teams over an area."""

    unit: Unit
    column: int
    layer: str
    system: System
    area: shapely.Polygon
    """In the raid's frame."""

    @property
    def kind(self) -> str:
        """``missile`` or ``gun``."""
        return "gun" if self.system.kind == "gun" else "missile"

    @property
    def weapon(self) -> Weapon:
        """What its shots and kills are counted with."""
        return Weapon(self.system.id, self.kind, self.layer)


@dataclass(frozen=True)
class Weapon:
    """One kind of interceptor of one system, wherever its units stand."""

    system: str
    kind: str
    layer: str


@dataclass(frozen=True)
class Scene:
    """One raid against one ensemble of N draws; see the module for what groups are."""

    case: Case
    raid: Raid
    threats: tuple[Threat, ...]
    """One for each group of the raid."""
    ensemble: Ensemble
    sight: Sight
    points: slice
    """This raid's points in ``sight``."""
    tracks: Tracks
    batteries: tuple[Battery, ...]
    sensors: tuple[int, ...]
    """Columns of the units that are sensors on their own."""
    spreads: tuple[Spread, ...]
    inside_m: Floats
    """(D, J) how far each track runs inside the area of each density."""
    strip: tuple[Floats, Floats]
    """(D, J) where along each track, as shares of it, that area begins and ends."""
    layers: tuple[str, ...]
    weapons: tuple[Weapon, ...]
    """What shots and kills are counted with."""
    wiring: Wiring
    drawn: dict[str, dict[str, Array]]
    """Group -> name -> array with the draws first."""
    doctrines: dict[str, Doctrine]
    kept: dict[tuple[int, int, bool], tuple[Array, Array, Array]] = field(default_factory=dict)
    """Masks already made: place, reach, terrain -> arrays; see ``fielded.make_masks``."""
    tables: dict[bytes, NDArray[np.float32]] = field(default_factory=dict)
    """Kill quantiles already made."""

    @property
    def draws(self) -> int:
        """N."""
        return self.ensemble.draws

    def forget(self) -> None:
        """Give back the memory of what was kept between variants."""
        self.kept.clear()
        self.tables.clear()


def make_scene(
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    raid: Raid,
    tracks: Tracks,
    sight: Sight,
    points: slice,
) -> Scene:
    """Put one raid before an ensemble."""
    batteries = find_batteries(catalogue, ensemble)
    sensors = tuple(
        n for n, u in enumerate(ensemble.units)
        if u.kind == "site" and u.system in catalogue.radars
    )  # fmt: skip
    spreads = tuple(
        Spread(u, n, u.layer, catalogue.systems[u.system], _area(case, u, tracks))
        for n, u in enumerate(ensemble.units)
        if u.kind == "density"
    )
    used = {*(b.layer for b in batteries), *(s.layer for s in spreads)}
    layers = tuple(n for n in (*case.layers, GUNS) if n in used)
    weapons = tuple(dict.fromkeys([b.weapon for b in batteries] + [s.weapon for s in spreads]))
    choice = {t.id: t.catalogue for t in case.threats}
    threats = tuple(catalogue.threats[choice[g.threat]] for g in raid.groups)
    known = Known(case, ensemble, in_force(case, DEFAULTS))
    wiring = wire(known, batteries, sensors, spreads)
    groups = {
        "presence": presence_group(ensemble),
        "serviceability": {"works": ensemble.serviceable},
        "places": places_group(ensemble, batteries, sensors, sight, tracks),
        "reach": reach_group(catalogue, known, raid, threats, tracks, batteries, sensors, spreads),
        "kill": kill_group(known, threats, batteries, spreads),
        "times": times_group(known, batteries, sensors),
        "operators": operators_group(known, batteries, spreads),
        "connection": connection_group(known, batteries),
        "network": wiring.drawn,
    }
    return Scene(
        case, raid, threats, ensemble, sight, points, tracks, batteries, sensors, spreads,
        _inside(spreads, tracks), _strip(spreads, tracks), layers, weapons, wiring, groups,
        {d.system: d for d in case.doctrines},
    )  # fmt: skip


def _area(case: Case, unit: Unit, tracks: Tracks) -> shapely.Polygon:
    ring = case.place(unit.place).polygon
    if ring is None:
        raise ValueError(f"teams {unit.id} need an area")
    lon, lat = np.array(ring).T
    return shapely.Polygon(np.column_stack(tracks.frame.to_xy(lat, lon)))


def _inside(spreads: tuple[Spread, ...], tracks: Tracks) -> Floats:
    lines = [
        shapely.LineString(np.column_stack([x, y]))
        for x, y in zip(tracks.x_m[:, [0, -1]], tracks.y_m[:, [0, -1]], strict=True)
    ]
    found = [[shapely.intersection(s.area, line).length for line in lines] for s in spreads]
    return np.array(found, dtype=np.float64).reshape(len(spreads), len(lines))


def _strip(spreads: tuple[Spread, ...], tracks: Tracks) -> tuple[Floats, Floats]:
    """First and last point of each track inside each area; parts outside between them count in."""
    shape = (len(spreads), tracks.x_m.shape[0])
    enter, leave = np.zeros(shape), np.ones(shape)
    for d, spread in enumerate(spreads):
        for j, (x, y) in enumerate(zip(tracks.x_m, tracks.y_m, strict=True)):
            line = shapely.LineString([(x[0], y[0]), (x[-1], y[-1])])
            inside = shapely.intersection(spread.area, line)
            if inside.length > 0:
                points = shapely.points(shapely.get_coordinates(inside))
                along = shapely.line_locate_point(line, points, normalized=True)
                enter[d, j], leave[d, j] = float(along.min()), float(along.max())
    return enter, leave


def find_batteries(catalogue: Catalogue, ensemble: Ensemble) -> tuple[Battery, ...]:
    """Every kind of interceptor of every unit at a site, missiles before guns."""
    found = []
    for column, unit in enumerate(ensemble.units):
        system = catalogue.systems.get(unit.system)
        if system is None or unit.kind != "site":
            continue
        for kind in ("missile", "gun"):
            mine = tuple(i for i in system.interceptors if i.kind == kind and i.range_max.known)
            if mine:
                both = kind == "gun" and system.kind != "gun"
                layer = GUNS if both else unit.layer
                found.append(Battery(unit, column, kind, layer, system, mine))
    return tuple(found)
