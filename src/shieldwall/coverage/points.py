"""Where cover is evaluated: sub-cells of the published grid and a lattice in each defended area."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from shieldwall.case.records import Area, Case, DefendedArea
from shieldwall.geodesy import Floats, Frame, Grid
from shieldwall.network.ensemble import Unit

Ints32 = NDArray[np.int32]

FINEST_CELL_M = 1_000.0
"""Published cells are never finer than this, whatever the precision of the places."""

SUB_CELLS = 3
"""Each published cell is the mean of SUB_CELLS x SUB_CELLS points; odd, so one is its centre."""

AREA_POINTS = 400
"""About so many points, evenly spaced, stand for a defended area."""


@dataclass(frozen=True)
class Points:
    """P points: the sub-cells of the grid first, then those of the defended areas."""

    lat: Floats  # (P,)
    lon: Floats  # (P,)
    cell: Ints32  # (P,) published cell, row-major; -1 for points of defended areas
    area: Ints32  # (P,) index of the defended area; -1 for points of the grid
    centres: Ints32  # (rows * cols,) the point at the centre of each published cell

    @property
    def count(self) -> int:
        """P."""
        return len(self.lat)


def published_grid(case: Case, units: tuple[Unit, ...]) -> Grid:
    """The grid results are published on: as coarse as the coarsest position that feeds it."""
    places = [case.place(u.place) for u in units if u.kind == "site"]
    cell = max([FINEST_CELL_M, *(p.precision_m for p in places if p.precision_m is not None)])
    frame = Frame((case.area.south + case.area.north) / 2, (case.area.west + case.area.east) / 2)
    x, y = frame.to_xy(*_outline(case.area))
    x0 = math.floor(x.min() / cell) * cell
    y0 = math.ceil(y.max() / cell) * cell
    rows = math.ceil((y0 - y.min()) / cell)
    cols = math.ceil((x.max() - x0) / cell)
    return Grid(frame, x0, y0, cell, rows, cols)


def _outline(area: Area) -> tuple[Floats, Floats]:
    along = np.linspace(0.0, 1.0, 33)
    lon = area.west + (area.east - area.west) * along
    lat = area.south + (area.north - area.south) * along
    west, east = np.full(33, area.west), np.full(33, area.east)
    south, north = np.full(33, area.south), np.full(33, area.north)
    return np.concatenate([south, north, lat, lat]), np.concatenate([lon, lon, west, east])


def evaluation_points(case: Case, grid: Grid) -> Points:
    """All points of the grid and of the case's defended areas."""
    fine = Grid(
        grid.frame, grid.x0_m, grid.y0_m, grid.cell_m / SUB_CELLS,
        grid.rows * SUB_CELLS, grid.cols * SUB_CELLS,
    )  # fmt: skip
    row, col = np.divmod(np.arange(fine.rows * fine.cols), fine.cols)
    cell = (row // SUB_CELLS) * grid.cols + col // SUB_CELLS
    middle = SUB_CELLS // 2
    is_centre = (row % SUB_CELLS == middle) & (col % SUB_CELLS == middle)
    lat, lon = (each.ravel() for each in fine.latlon())
    lats, lons, cells, areas = [lat], [lon], [cell], [np.full(cell.size, -1)]
    for index, area in enumerate(case.defended_areas):
        area_lat, area_lon = _lattice(area)
        lats.append(area_lat)
        lons.append(area_lon)
        cells.append(np.full(area_lat.size, -1))
        areas.append(np.full(area_lat.size, index))
    return Points(
        lat=np.concatenate(lats),
        lon=np.concatenate(lons),
        cell=np.concatenate(cells).astype(np.int32),
        area=np.concatenate(areas).astype(np.int32),
        centres=np.flatnonzero(is_centre).astype(np.int32),
    )


def _lattice(area: DefendedArea) -> tuple[Floats, Floats]:
    """About AREA_POINTS points on an even lattice in the area's own plane."""
    lon, lat = np.array(area.polygon).T
    frame = Frame(float(lat.mean()), float(lon.mean()))
    polygon = shapely.Polygon(np.column_stack(frame.to_xy(lat, lon)))
    shapely.prepare(polygon)
    west, south, east, north = polygon.bounds
    step = math.sqrt(polygon.area / AREA_POINTS)
    x, y = np.meshgrid(
        np.arange(west + step / 2, east, step), np.arange(south + step / 2, north, step)
    )
    inside = shapely.contains_xy(polygon, x.ravel(), y.ravel())
    return frame.to_latlon(x.ravel()[inside], y.ravel()[inside])
