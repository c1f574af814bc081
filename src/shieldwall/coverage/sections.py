"""Vertical cuts through the terrain from a site to the defended areas."""

from __future__ import annotations

import numpy as np
import shapely

from shieldwall.case.records import Case, DefendedArea
from shieldwall.coverage.floor import coverage_floors
from shieldwall.coverage.records import CrossSection, Floats32, SectionLayer
from shieldwall.coverage.stations import Site, Station
from shieldwall.geodesy import Frame
from shieldwall.terrain.posts import bilinear
from shieldwall.terrain.records import SiteTerrain
from shieldwall.terrain.source import Terrain

POSTS = 400
BEYOND = 1.25
"""The cut goes on past the area by a quarter of its distance, to show what lies behind."""

LOWEST = ("long", "medium", "short")


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
    found = (_section(case, site, area) for area in case.defended_areas)
    return tuple(each for each in found if each is not None)


def _section(case: Case, site: Site, area: DefendedArea) -> CrossSection | None:
    place = case.place(site.unit.place)
    if place.lat is None or place.lon is None:
        return None
    middle = shapely.Polygon(area.polygon).centroid
    x, y = (float(v) for v in Frame(place.lat, place.lon).to_xy(middle.y, middle.x))
    length = float(np.hypot(x, y)) * BEYOND
    grid = site.terrain.grid
    half = min(grid.rows, grid.cols) // 2 * grid.cell_m
    if not grid.cell_m * 4 < length <= half:
        return None
    along = np.linspace(0.0, length, POSTS)
    ground = _along(site.terrain, site.terrain.elevation_m, along, x, y)
    middle_cell = (grid.rows // 2, grid.cols // 2)
    mast, k = float(np.median(site.mast_m)), float(np.median(site.k_factor))
    floor = coverage_floors(
        site.terrain.elevation_m, grid.cell_m, [middle_cell], mast, k, threads=1
    )
    line = ground + _along(site.terrain, floor[0], along, x, y)
    ceiling = float(
        np.median(site.envelope.altitude_max_m.max(axis=1)) + np.median(site.launcher_m)
    )
    line[along > np.median(site.envelope.range_max_m.max(axis=1))] = np.nan
    return CrossSection(
        title=f"{place.name} to {area.name}",
        distance_m=along.astype(np.float32),
        ground_msl_m=ground,
        layers=(SectionLayer(site.unit.id, line, ceiling),),
    )


def _along(
    terrain: SiteTerrain, field: Floats32, along_m: np.ndarray, x_m: float, y_m: float
) -> Floats32:
    """Values of a field on the site's grid at distances along the ray towards (x, y)."""
    grid = terrain.grid
    length = float(np.hypot(x_m, y_m))
    east, north = along_m * x_m / length, along_m * y_m / length
    row, col = (grid.y0_m - north) / grid.cell_m - 0.5, (east - grid.x0_m) / grid.cell_m - 0.5
    return bilinear(field, row, col)
