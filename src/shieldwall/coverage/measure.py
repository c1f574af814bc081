"""The walk of this room: every draw of the ensemble over terrain, counted into fields and shares.

A draw is evaluated whole (all units, all altitudes, all threats) and adds integers to counts, so
the result does not depend on the order of draws or on the number of workers.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import numpy as np

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.cover_kernel import ANSWERS, tally
from shieldwall.coverage.points import Points, evaluation_points, published_grid
from shieldwall.coverage.reach import reach
from shieldwall.coverage.records import (
    ALTITUDES_M,
    AreaCover,
    Coverage,
    Floats32,
    SiteFloor,
    Spread,
)
from shieldwall.coverage.sections import cross_sections
from shieldwall.coverage.stations import Site, Station, stations
from shieldwall.draws import band_over
from shieldwall.geodesy import Grid
from shieldwall.network.bands import Floats
from shieldwall.network.ensemble import Ensemble
from shieldwall.progress import Progress, Silent
from shieldwall.terrain.source import Terrain
from shieldwall.workers import processors

SURVEILLANCE = "surveillance"
ANSWER_COLUMNS = 7
"""Columns of the area counts before those by layer: depth 1 to 3 and four nested answers."""


@dataclass
class Counts:
    """Integer counts over draws; the sum of two is the count over both sets of draws."""

    by_layer: np.ndarray  # (T, A, L, C)
    by_depth: np.ndarray  # (T, A, 3, C)
    rings: np.ndarray  # (T, A, L, C)

    @staticmethod
    def zero(threats: int, layers: int, cells: int) -> Counts:
        shape = (threats, len(ALTITUDES_M), layers, cells)
        depth = (threats, len(ALTITUDES_M), 3, cells)
        return Counts(*(np.zeros(s, dtype=np.int32) for s in (shape, depth, shape)))

    def add(self, other: Counts) -> None:
        self.by_layer += other.by_layer
        self.by_depth += other.by_depth
        self.rings += other.rings


def cover(
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Coverage:
    """What the ensemble covers: fields on the published grid, shares of areas, floors, reach.

    ``workers`` threads (default: one per processor) give the same bytes as one.
    """
    progress = progress or Silent()
    grid = published_grid(case, ensemble.units)
    points = evaluation_points(case, grid)
    layers = _layers(case, ensemble)
    progress.step("terrain round each site")
    ground = terrain.elevation_at(points.lat, points.lon)
    standing = stations(case, catalogue, ensemble, terrain, points, layers, progress)
    progress.step(f"cover in {ensemble.draws} draws")
    counts, areas, floors = _evaluate(
        case, ensemble, points, ground, standing, layers, workers or processors(), progress
    )
    samples = np.bincount(points.cell[points.cell >= 0], minlength=grid.rows * grid.cols)
    fields = [
        (each / (samples * ensemble.draws)).astype(np.float32).reshape(
            *each.shape[:3], grid.rows, grid.cols
        )
        for each in (counts.by_layer, counts.by_depth, counts.rings)
    ]  # fmt: skip
    return Coverage(
        grid=grid,
        threats=tuple(t.id for t in case.threats),
        altitudes_m=ALTITUDES_M,
        layers=layers,
        layer_probability=fields[0],
        depth_probability=fields[1],
        rings=fields[2],
        void_share=max((s.terrain.void_share for s in standing if s.terrain), default=0.0),
        floors=tuple(
            _site_floor(s, floors[s.unit.id], grid) for s in standing if isinstance(s, Site)
        ),
        areas=tuple(_area_covers(case, layers, points, areas)),
        sections=cross_sections(case, standing, terrain, layers),
        reach=reach(case, catalogue, ensemble),
    )


def _layers(case: Case, ensemble: Ensemble) -> tuple[str, ...]:
    """The layers in play, then surveillance if any radar stands on its own."""
    watching = any(u.layer == SURVEILLANCE for u in ensemble.units)
    return (*case.layers, *((SURVEILLANCE,) if watching else ()))


def _evaluate(
    case: Case,
    ensemble: Ensemble,
    points: Points,
    ground: Floats32,
    standing: tuple[Station, ...],
    layers: tuple[str, ...],
    workers: int,
    progress: Progress,
) -> tuple[Counts, np.ndarray, dict[str, Floats32]]:
    """Counts over all draws; area counts (N, areas, T, A, columns); floors (N, C') by site."""
    n, threats, altitudes = ensemble.draws, len(case.threats), len(ALTITUDES_M)
    cells = len(points.centres)
    depth_layers = sum(1 << i for i, layer in enumerate(layers) if layer != SURVEILLANCE)
    columns = ANSWER_COLUMNS + 2 * len(layers)
    areas = np.zeros((n, len(case.defended_areas), threats, altitudes, columns), dtype=np.int32)
    floors = {
        s.unit.id: np.empty((n, s.centre_cell.size), dtype=np.float32)
        for s in standing
        if isinstance(s, Site)
    }
    finished, stop = [0], Event()

    def some(draws: range) -> Counts:
        counts = Counts.zero(threats, len(layers), cells)
        answers = np.empty((ANSWERS, points.count, threats, altitudes), dtype=np.uint8)
        scratch: dict[tuple[int, int], Floats32] = {}
        for draw in draws:
            if stop.is_set():
                break
            answers[:] = 0
            for station in standing:
                centre_floor = station.cover(draw, answers, ground, scratch)
                if centre_floor is not None:
                    floors[station.unit.id][draw] = centre_floor
            tally(
                answers, points.cell, points.area, len(layers), depth_layers,
                counts.by_layer, counts.by_depth, counts.rings, areas[draw],
            )  # fmt: skip
            finished[0] += 1
            progress.advance(finished[0], n)
        return counts

    total = Counts.zero(threats, len(layers), cells)
    for part in _spread(some, n, workers, stop):
        total.add(part)
    return total, areas, floors


def _spread(work: Callable[[range], Counts], n: int, workers: int, stop: Event) -> list[Counts]:
    """``work`` on every ``workers``-th draw, in as many threads; kernels release the GIL.

    An interruption sets ``stop``, so that the threads end with the draw they are at.
    """
    workers = max(1, min(workers, n))
    if workers == 1:
        return [work(range(n))]
    with ThreadPoolExecutor(workers) as pool:
        try:
            return list(pool.map(work, (range(i, n, workers) for i in range(workers))))
        except BaseException:
            stop.set()
            raise


def _site_floor(station: Site, floors: Floats32, grid: Grid) -> SiteFloor:
    """The nearest-rank median over draws (N, C') laid on the grid; NaN out of reach."""
    field = np.full(grid.rows * grid.cols, np.nan, dtype=np.float32)
    field[station.centre_cell] = np.sort(floors, axis=0)[len(floors) // 2]
    return SiteFloor(station.unit.id, field.reshape(grid.rows, grid.cols))


def _area_covers(
    case: Case, layers: tuple[str, ...], points: Points, areas: np.ndarray
) -> list[AreaCover]:
    found = []
    for i, area in enumerate(case.defended_areas):
        total = int(np.sum(points.area == i))
        for t, threat in enumerate(case.threats):
            for a, altitude in enumerate(ALTITUDES_M):
                shares = areas[:, i, t, a] / total
                by_layer = shares[:, ANSWER_COLUMNS : ANSWER_COLUMNS + len(layers)]
                alone = shares[:, ANSWER_COLUMNS + len(layers) :]
                found.append(
                    AreaCover(
                        area=area.id,
                        threat=threat.id,
                        altitude_m=altitude,
                        depth=(spread(shares[:, 0]), spread(shares[:, 1]), spread(shares[:, 2])),
                        rings=float(shares[:, 3].mean()),
                        horizon=float(shares[:, 4].mean()),
                        terrain=float(shares[:, 5].mean()),
                        present=float(shares[:, 6].mean()),
                        layer={name: spread(by_layer[:, j]) for j, name in enumerate(layers)},
                        adds={
                            name: spread(alone[:, j])
                            for j, name in enumerate(layers)
                            if name != SURVEILLANCE
                        },
                    )
                )
    return found


def spread(values: Floats) -> Spread:
    """Mean and 5th to 95th percentile of one value per draw."""
    low, high = band_over(values)
    return Spread(float(values.mean()), float(low), float(high))
