"""Units on the ground: terrain round a site, and what a unit covers in one draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import shapely

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.cover_kernel import cover_teams, cover_unit
from shieldwall.coverage.envelope import Envelope, envelope
from shieldwall.coverage.floor import coverage_floors, smooth_floor_m
from shieldwall.coverage.points import Ints32, Points
from shieldwall.coverage.records import ALTITUDES_M, Floats32
from shieldwall.draws import stream
from shieldwall.geodesy import Frame
from shieldwall.network.bands import Ints, scattered
from shieldwall.network.ensemble import Ensemble, Floats, Unit
from shieldwall.progress import Progress
from shieldwall.terrain.records import SiteTerrain
from shieldwall.terrain.source import Terrain

SITE_CELLS = 800
"""A site's terrain grid is never finer than its radius over this: enough for cells of a map."""

POSTS_PER_SPACING = 8
"""Nor finer than the source's posts over this: interpolating further adds nothing."""

TEAM_CELL_M = 250.0
ALTITUDES = np.array(ALTITUDES_M, dtype=np.float64)

Scratch = dict[tuple[int, int], Floats32]


class Station(Protocol):
    """Something that covers points, draw by draw."""

    @property
    def unit(self) -> Unit:
        """What is drawn."""

    @property
    def terrain(self) -> SiteTerrain | None:
        """Elevation round its site; ``None`` for teams spread over an area."""

    def cover(
        self, draw: int, answers: np.ndarray, ground_m: Floats32, scratch: Scratch
    ) -> Floats32 | None:
        """Mark what it covers in this draw; its floor at the cell centres in reach, if any."""


@dataclass(frozen=True)
class Site:
    """A unit at a place: one emplacement per draw on one terrain grid."""

    unit: Unit
    bit: int
    terrain: SiteTerrain
    envelope: Envelope
    near: Ints32  # (M,) points in its reach
    x_m: Floats  # (M,) their place in the site's frame
    y_m: Floats
    on_grid: Ints32  # (M,) their cell on the site's grid
    centre_of: Ints32  # (C',) positions in ``near`` that are centres of published cells
    centre_cell: Ints32  # (C',) those cells
    emplacement: Ints32  # (N, 2) row and column on the site's grid: where sight lines start
    east_m: Floats  # (N,) its place in the site's frame: where distances start
    north_m: Floats  # (N,)
    launcher_m: Floats  # (N,) above sea level
    mast_m: Floats  # (N,)
    k_factor: Floats  # (N,)
    present: np.ndarray  # (N,)
    service: np.ndarray  # (N,)

    def floor(self, draw: int, scratch: Scratch) -> Floats32:
        """Its coverage floor (M,) at the points of ``near``, in this draw."""
        grid = self.terrain.grid
        shape = (grid.rows, grid.cols)
        if shape not in scratch:
            scratch[shape] = np.empty((1, *shape), dtype=np.float32)
        buffer = scratch[shape]
        row, col = (int(each) for each in self.emplacement[draw])
        coverage_floors(
            self.terrain.elevation_m, grid.cell_m, [(row, col)], float(self.mast_m[draw]),
            float(self.k_factor[draw]), threads=1, out=buffer,
        )  # fmt: skip
        return buffer.ravel()[self.on_grid]

    def cover(
        self, draw: int, answers: np.ndarray, ground_m: Floats32, scratch: Scratch
    ) -> Floats32 | None:
        floor = self.floor(draw, scratch)
        row, col = (int(each) for each in self.emplacement[draw])
        mast, k = float(self.mast_m[draw]), float(self.k_factor[draw])
        distance = np.hypot(self.x_m - self.east_m[draw], self.y_m - self.north_m[draw])
        antenna_msl_m = max(0.0, float(self.terrain.elevation_m[row, col])) + mast
        smooth = smooth_floor_m(distance, antenna_msl_m, k) - ground_m[self.near]
        e = self.envelope
        cover_unit(
            answers, self.bit, self.near, distance, floor, smooth,
            ground_m, float(self.launcher_m[draw]), ALTITUDES, e.sensor_m[draw],
            e.range_min_m[draw], e.range_max_m[draw], e.altitude_min_m[draw],
            e.altitude_max_m[draw], bool(self.present[draw]), bool(self.service[draw]),
        )  # fmt: skip
        return floor[self.centre_of]


@dataclass(frozen=True)
class Teams:
    """Many teams somewhere in an area, placed anew in each draw: never a position to publish."""

    unit: Unit
    bit: int
    near: Ints32  # (M,) points in reach of the area
    x_m: Floats  # (M,) their place in the area's frame
    y_m: Floats
    area: shapely.Polygon  # in the area's frame
    number: Ints  # (N,) teams out
    inner_m2: Floats  # (N, A) squared ground distance from which a team reaches the altitude ...
    outer_m2: Floats  # (N, A) ... and to which; 0 where it does not
    visible: Floats  # (N, A) share of it that terrain leaves open, at one team's place per draw
    seed: int
    terrain: SiteTerrain | None = None

    def cover(
        self, draw: int, answers: np.ndarray, ground_m: Floats32, scratch: Scratch
    ) -> Floats32 | None:
        rng = stream(self.seed, f"teams {self.unit.id} {draw}")
        x, y = scattered(rng, self.area, int(self.number[draw]))
        uniform: Floats = rng.random((self.near.size,))
        cover_teams(
            answers, self.bit, self.near, self.x_m, self.y_m, x, y, self.inner_m2[draw],
            self.outer_m2[draw], self.visible[draw], uniform,
        )  # fmt: skip
        return None


def stations(
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    points: Points,
    layers: tuple[str, ...],
    progress: Progress,
    beyond_m: float = 0.0,
) -> tuple[Station, ...]:
    """Every unit whose layer is in play, with the terrain it stands on.

    Points so far beyond the farthest ring of a unit at a site are still looked at: a target is
    found and followed before it is in range.
    """
    found: list[Station] = []
    for done, unit in enumerate(ensemble.units):
        if unit.layer in layers:
            bit = layers.index(unit.layer)
            found.append(
                _site(unit, bit, case, catalogue, ensemble, terrain, points, beyond_m)
                if unit.kind == "site"
                else _teams(unit, bit, case, catalogue, ensemble, terrain, points)
            )
        progress.advance(done + 1, len(ensemble.units))
    return tuple(found)


def _site(
    unit: Unit,
    bit: int,
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    points: Points,
    beyond_m: float,
) -> Site:
    place = case.place(unit.place)
    if place.lat is None or place.lon is None or place.precision_m is None:
        raise ValueError(f"unit {unit.id} stands at a place without a position")
    column = ensemble.units.index(unit)
    shape = envelope(unit, case, catalogue, ensemble)
    frame = Frame(place.lat, place.lon)
    x, y = frame.to_xy(points.lat, points.lon)
    reach_m = shape.ring_m + beyond_m + place.precision_m
    near = np.flatnonzero(np.hypot(x, y) <= reach_m).astype(np.int32)
    farthest = float(np.hypot(x, y)[near].max(initial=place.precision_m)) + place.precision_m
    cell = max(
        case.terrain.cell_m, terrain.note.spacing_m / POSTS_PER_SPACING, farthest / SITE_CELLS
    )
    ground = terrain.site(place.lat, place.lon, farthest + cell, cell)
    grid = ground.grid
    east, north = frame.to_xy(ensemble.lat[:, column], ensemble.lon[:, column])
    emplacement = _cells(ground, east, north)
    heights = ground.elevation_m[emplacement[:, 0], emplacement[:, 1]].astype(np.float64)
    base = ensemble.base_m[:, column]
    on_grid = _cells(ground, x[near], y[near])
    position = np.full(points.count, -1, dtype=np.int32)
    position[near] = np.arange(near.size)
    centre_of = position[points.centres]
    return Site(
        unit=unit,
        bit=bit,
        terrain=ground,
        envelope=shape,
        near=near,
        x_m=x[near],
        y_m=y[near],
        on_grid=(on_grid[:, 0] * grid.cols + on_grid[:, 1]).astype(np.int32),
        centre_of=centre_of[centre_of >= 0],
        centre_cell=np.flatnonzero(centre_of >= 0).astype(np.int32),
        emplacement=emplacement,
        east_m=east,
        north_m=north,
        launcher_m=heights + base,
        mast_m=base + ensemble.antenna_m[:, column],
        k_factor=ensemble.k_factor,
        present=ensemble.present[:, column],
        service=ensemble.in_service[:, column],
    )


def _cells(ground: SiteTerrain, x_m: Floats, y_m: Floats) -> Ints32:
    """Row and column (M, 2) of points in the site's frame, the nearest cell at its edge."""
    grid = ground.grid
    row = np.clip(((grid.y0_m - y_m) // grid.cell_m).astype(np.int32), 0, grid.rows - 1)
    col = np.clip(((x_m - grid.x0_m) // grid.cell_m).astype(np.int32), 0, grid.cols - 1)
    return np.column_stack([row, col])


def _teams(
    unit: Unit,
    bit: int,
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    points: Points,
) -> Teams:
    ring = case.place(unit.place).polygon
    if ring is None:
        raise ValueError(f"teams {unit.id} need an area")
    column = ensemble.units.index(unit)
    inner, outer = _reached(envelope(unit, case, catalogue, ensemble))
    lon, lat = np.array(ring).T
    frame = Frame(float(lat.mean()), float(lon.mean()))
    area = shapely.Polygon(np.column_stack(frame.to_xy(lat, lon)))
    x, y = frame.to_xy(points.lat, points.lon)
    near = np.flatnonzero(shapely.contains_xy(area.buffer(np.sqrt(outer.max())), x, y))
    visible = np.ones_like(outer)
    for draw in range(ensemble.draws):
        visible[draw] = _visible(
            terrain, float(ensemble.lat[draw, column]), float(ensemble.lon[draw, column]),
            float(ensemble.antenna_m[draw, column]), float(ensemble.k_factor[draw]),
            inner[draw], outer[draw],
        )  # fmt: skip
    return Teams(
        unit=unit,
        bit=bit,
        near=near.astype(np.int32),
        x_m=x[near],
        y_m=y[near],
        area=area,
        number=ensemble.launchers[:, column],
        inner_m2=inner,
        outer_m2=outer,
        visible=visible,
        seed=ensemble.seed,
    )


def _reached(shape: Envelope) -> tuple[Floats, Floats]:
    """Squared ground distances (N, A) between which a team reaches each altitude; 0, 0: never."""
    outer = np.maximum(shape.range_max_m[:, :1] ** 2 - ALTITUDES**2, 0.0)
    inner = np.maximum(shape.range_min_m[:, :1] ** 2 - ALTITUDES**2, 0.0)
    lowest, highest = shape.altitude_min_m[:, :1], shape.altitude_max_m[:, :1]
    allowed = (lowest <= ALTITUDES) & (highest >= ALTITUDES)
    return np.where(allowed, inner, 0.0), np.where(allowed, outer, 0.0)


def _visible(
    terrain: Terrain,
    lat: float,
    lon: float,
    eye_m: float,
    k: float,
    inner_m2: Floats,
    outer_m2: Floats,
) -> Floats:
    """Share (A,) of the ground in reach over which a team at this place sees each altitude."""
    cell = max(TEAM_CELL_M, terrain.note.spacing_m / POSTS_PER_SPACING)
    ground = terrain.site(lat, lon, float(np.sqrt(outer_m2.max())) + cell, cell)
    grid = ground.grid
    middle = (grid.rows // 2, grid.cols // 2)
    floor = coverage_floors(ground.elevation_m, grid.cell_m, [middle], eye_m, k, threads=1)[0]
    x, y = np.meshgrid(*grid.centres())
    away_m2 = x * x + y * y
    share = np.ones(len(outer_m2))
    for a, outer in enumerate(outer_m2):
        inside = (away_m2 >= inner_m2[a]) & (away_m2 <= outer)
        if outer > 0 and inside.any():
            share[a] = float(np.mean(floor[inside] <= ALTITUDES[a]))
    return share
