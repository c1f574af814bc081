"""The sample's coverage: smooth discs with seeded noise over a made relief."""

from __future__ import annotations

import itertools

import numpy as np
import shapely

from sample_network import LAYERS, RANGE_KM, UNITS, parts
from shieldwall.case.records import Case
from shieldwall.coverage.records import (
    ALTITUDES_M,
    AreaCover,
    Coverage,
    CrossSection,
    ReachResult,
    SectionLayer,
    SiteFloor,
    Spread,
)
from shieldwall.geodesy import Frame, Grid

ROWS, COLS, CELL_M = 50, 60, 5_000.0


CENTRE = Frame(lat=10.2, lon=-66.9)


def sample_grid() -> Grid:
    """60 by 50 cells of 5 km about the centre of the sample area."""
    return Grid(CENTRE, -COLS * CELL_M / 2, ROWS * CELL_M / 2, CELL_M, ROWS, COLS)


def _elevation(x_m: np.ndarray, y_m: np.ndarray) -> np.ndarray:
    """A ridge 15 km inland of an east-west coast at y = 40 km; sea to the north."""
    ridge = 2_100 * np.exp(-(((y_m - 28_000) / 9_000) ** 2)) * (1 + 0.2 * np.sin(x_m / 18_000))
    inland = 300 + 250 * np.sin(x_m / 40_000) * np.cos(y_m / 35_000)
    return np.where(y_m > 42_000, 0.0, ridge + inland).astype(np.float32)


def sample_coverage(case: Case, rng: np.random.Generator) -> Coverage:
    grid = sample_grid()
    x, y = np.meshgrid(*grid.centres())
    elevation = _elevation(x, y)
    noise = rng.normal(0, 1, (ROWS, COLS))
    shape = (len(case.threats), len(ALTITUDES_M), len(LAYERS), ROWS, COLS)
    layer_probability = np.zeros(shape, np.float32)
    rings = np.zeros(shape, np.float32)
    floors = []
    for id, layer, lat, lon, presence, works, ceiling, floor in UNITS:
        ux, uy = CENTRE.to_xy(lat, lon)
        distance = np.hypot(x - ux, y - uy)
        masked_m = np.clip(elevation - 400, 0, None) * distance / 60_000
        floor_m = floor + (distance / 4_120) ** 2 + masked_m
        reach_m = 1_000 * RANGE_KM.get(parts(id)[0], (320.0,) * 3)[1]
        floor_m = np.where(distance <= reach_m, floor_m, np.nan).astype(np.float32)
        floors.append(SiteFloor(id, floor_m))
        if layer == "surveillance":
            continue
        here = LAYERS.index(layer)
        for t, a in itertools.product(range(shape[0]), range(shape[1])):
            seen = reach_m * (0.6, 0.75, 1.0)[t]
            inside = (distance <= reach_m) & (ceiling >= ALTITUDES_M[a])
            rings[t, a, here] = inside
            sees = 1 / (
                1 + np.exp((np.nan_to_num(floor_m, nan=30_000) - ALTITUDES_M[a]) / 60 + noise)
            )
            edge = 1 / (1 + np.exp((distance - seen) / 4_000))
            layer_probability[t, a, here] = presence * works * inside * sees * edge
    depth = _depth(layer_probability)
    return Coverage(
        grid=grid,
        threats=tuple(t.id for t in case.threats),
        altitudes_m=ALTITUDES_M,
        layers=LAYERS,
        layer_probability=layer_probability,
        depth_probability=depth,
        rings=rings,
        void_share=0.0,
        floors=tuple(floors),
        areas=_areas(case, grid, depth, layer_probability, rings),
        sections=(_section(),),
        reach=(
            ReachResult("la-carlota", "offshore", None, 300.3, 300.3, 20.0, None, None),
            ReachResult("la-carlota", "offshore", "owa_drone", 300.3, 300.3, 20.0,
                        (700.0, 1_000.0, 1_500.0), 1.0),
            ReachResult("la-carlota", "border", None, 568.0, 676.0, 20.0, None, None),
            ReachResult("la-carlota", "border", "cruise_missile", 568.0, 676.0, 20.0,
                        (1_000.0, 1_600.0, 2_500.0), 1.0),
        ),
    )  # fmt: skip


def _depth(layer_probability: np.ndarray) -> np.ndarray:
    """At least 1, 2, 3 of the layers, taken as independent: (T, A, 3, rows, cols)."""
    t, a, layers, rows, cols = layer_probability.shape
    exactly = np.zeros((layers + 1, t, a, rows, cols))
    exactly[0] = 1
    for each in range(layers):
        p = layer_probability[:, :, each]
        shifted = np.concatenate([np.zeros_like(exactly[:1]), exactly[:-1]])
        exactly = exactly * (1 - p) + shifted * p
    return np.stack([exactly[n:].sum(axis=0) for n in (1, 2, 3)], axis=2).astype(np.float32)


def _areas(case: Case, grid: Grid, depth: np.ndarray, layer: np.ndarray,
           rings: np.ndarray) -> tuple[AreaCover, ...]:  # fmt: skip
    lat, lon = grid.latlon()
    results = []
    for area in case.defended_areas:
        reached = shapely.dwithin(shapely.Polygon(area.polygon), shapely.points(lon, lat), 0.02)
        for (t, threat), (a, altitude) in itertools.product(
            enumerate(case.threats), enumerate(ALTITUDES_M)
        ):

            def share(field: np.ndarray, inside: np.ndarray = reached) -> Spread:
                mean = float(field[inside].mean())
                return Spread(mean, max(0.0, mean - 0.2), min(1.0, mean + 0.2))

            ring = float(rings[t, a].max(axis=0)[reached].mean())
            one = share(depth[t, a, 0])
            results.append(
                AreaCover(
                    area=area.id, threat=threat.id, altitude_m=altitude,
                    depth=(one, share(depth[t, a, 1]), share(depth[t, a, 2])),
                    rings=ring, horizon=0.9 * ring, terrain=0.7 * ring,
                    present=min(0.7 * ring, 1.2 * one.mean),
                    layer={n: share(layer[t, a, i]) for i, n in enumerate(LAYERS)},
                    adds={n: share(layer[t, a, i] * 0.4) for i, n in enumerate(LAYERS)},
                )
            )  # fmt: skip
    return tuple(results)


def _section() -> CrossSection:
    distance = np.linspace(0, 130_000, 200, dtype=np.float32)
    ground = _elevation(np.zeros_like(distance), distance - 92_000)
    floor = ground + 50 + (distance / 4_120) ** 2 + np.clip(distance - 118_000, 0, None) / 8
    buk = np.where(distance > 85_000, ground + 30, np.nan)
    return CrossSection(
        "Capitán Manuel Ríos to Caracas valley",
        distance,
        ground.astype(np.float32),
        (
            SectionLayer("s300vm@capitan-manuel-rios", floor.astype(np.float32), 30_000.0),
            SectionLayer("bukm2e@la-carlota", buk.astype(np.float32), 25_000.0),
        ),
    )
