"""Vertical cuts through the terrain from a site to the defended areas.

The ground is public; the floor is not drawn finer than the site's published precision: it is the
median over draws of the emplacement, in steps of that precision.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from shieldwall.case.records import Case, DefendedArea
from shieldwall.coverage.floor import coverage_floors
from shieldwall.coverage.records import CrossSection, Floats32, SectionLayer
from shieldwall.coverage.stations import Site, Station
from shieldwall.geodesy import Floats, Frame
from shieldwall.terrain.posts import bilinear
from shieldwall.terrain.source import Terrain

POSTS = 400
DRAWS = 64
"""Draws of the emplacement that the median floor is taken over."""

BEYOND = 1.25
"""The cut goes on past the area by a quarter of its distance, to show what lies behind."""

LOWEST = ("long", "medium", "short")


@dataclass(frozen=True)
class _Line:
    """A ray from the site through an area: distance, and where on the site's grid it runs."""

    area: DefendedArea
    along_m: Floats
    row: Floats
    col: Floats


def cross_sections(
    case: Case, standing: tuple[Station, ...], terrain: Terrain, layers: tuple[str, ...]
) -> tuple[CrossSection, ...]:
    """From the first site of the longest layer to each area near it; none on coarse terrain."""
    if not terrain.note.sections_allowed:
        return ()
    sites = [s for s in standing if isinstance(s, Site) and s.unit.layer in LOWEST]
    sites.sort(key=lambda s: (layers.index(s.unit.layer), s.unit.id))
    if not sites:
        return ()
    site = sites[0]
    lines = [line for area in case.defended_areas if (line := _line(case, site, area)) is not None]
    floors = _median_floors(site, lines)
    precision_m = case.place(site.unit.place).precision_m or 0.0
    return tuple(
        _section(case, site, line, floor, precision_m)
        for line, floor in zip(lines, floors, strict=True)
    )


def _line(case: Case, site: Site, area: DefendedArea) -> _Line | None:
    """The ray to an area's middle; ``None`` where it is too near or leaves the site's grid."""
    place = case.place(site.unit.place)
    if place.lat is None or place.lon is None:
        return None
    middle = shapely.Polygon(area.polygon).centroid
    x, y = (float(v) for v in Frame(place.lat, place.lon).to_xy(middle.y, middle.x))
    distance = float(np.hypot(x, y))
    grid = site.terrain.grid
    half = min(grid.rows, grid.cols) // 2 * grid.cell_m
    if not 2 * (place.precision_m or 0.0) < distance * BEYOND <= half:
        return None
    along: Floats = np.linspace(0.0, distance * BEYOND, POSTS)
    row = (grid.y0_m - along * y / distance) / grid.cell_m - 0.5
    col = (along * x / distance - grid.x0_m) / grid.cell_m - 0.5
    return _Line(area, along, row, col)


def _median_floors(site: Site, lines: list[_Line]) -> list[Floats32]:
    """Median floor above ground along each line, over draws of emplacement, mast and k."""
    if not lines:
        return []
    every = max(1, len(site.emplacement) // DRAWS)
    seen: list[list[Floats32]] = [[] for _ in lines]
    for draw in range(0, len(site.emplacement), every):
        floor = coverage_floors(
            site.terrain.elevation_m, site.terrain.grid.cell_m,
            site.emplacement[draw : draw + 1], float(site.mast_m[draw]),
            float(site.k_factor[draw]), threads=1,
        )[0]  # fmt: skip
        for line, found in zip(lines, seen, strict=True):
            found.append(bilinear(floor, line.row, line.col))
    return [np.median(found, axis=0).astype(np.float32) for found in seen]


def _section(
    case: Case, site: Site, line: _Line, floor: Floats32, precision_m: float
) -> CrossSection:
    ground = bilinear(site.terrain.elevation_m, line.row, line.col)
    stepped = np.maximum(_stepped(line.along_m, ground + floor, precision_m), ground)
    reach_m = np.median(site.envelope.range_max_m.max(axis=1))
    stepped[line.along_m > reach_m] = np.nan
    ceiling = np.median(site.envelope.altitude_max_m.max(axis=1)) + np.median(site.launcher_m)
    return CrossSection(
        title=f"{case.place(site.unit.place).name} to {line.area.name}",
        distance_m=line.along_m.astype(np.float32),
        ground_msl_m=ground,
        layers=(SectionLayer(site.unit.id, stepped, float(ceiling)),),
    )


def _stepped(along_m: Floats, values: Floats32, step_m: float) -> Floats32:
    """Means over steps of ``step_m``, joined by straight lines between their middles."""
    if step_m <= along_m[1] - along_m[0]:
        return values.copy()
    step = (along_m // step_m).astype(np.intp)
    number = np.bincount(step)
    middle = np.bincount(step, along_m) / number
    mean = np.bincount(step, values) / number
    return np.interp(along_m, middle, mean).astype(np.float32)
