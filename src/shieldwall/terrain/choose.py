"""Which elevation a case is assessed on: its own files, the cache, the coarse map, smooth Earth.

``auto`` goes down that list and says, for every step it passes, why. A choice made by name is
kept or refused, never replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

from shieldwall.case.records import Area, Case
from shieldwall.errors import TerrainError
from shieldwall.progress import Progress, Silent
from shieldwall.terrain import coarse
from shieldwall.terrain.assumptions import COVERED_ENOUGH, SECTION_SPACING_M
from shieldwall.terrain.bands import COARSE_ANYWHERE, COARSE_SITED
from shieldwall.terrain.cache import Cache, Entry, Square, default_cache, squares
from shieldwall.terrain.copernicus import CREDIT, GLO90, METRES_PER_ARCSEC
from shieldwall.terrain.mosaic import Mosaic
from shieldwall.terrain.patch import points
from shieldwall.terrain.rasters import open_raster
from shieldwall.terrain.records import TerrainKind, TerrainNote
from shieldwall.terrain.source import Elevation, SmoothEarth, Terrain, WithSea
from shieldwall.written import number, percent

AREA_SAMPLES = 101
"""The case area is looked at on so many points a side to tell how much of it files cover."""

Attempt = Terrain | str
"""A terrain, or in words why there is none."""


def open_terrain(
    case: Case, cache: Path | None = None, progress: Progress | None = None
) -> Terrain:
    """The elevation of a case, with the note that says which it is and what that means.

    ``cache`` is the folder of fetched tiles (default: ``default_cache()``); nothing is fetched.
    Raises ``TerrainError`` where ``terrain.choice`` names a source that is not there, and for
    files that cannot be read: those are never passed over silently.
    """
    (progress or Silent()).step("opening the terrain")
    ways: dict[str, Callable[[], Attempt]] = {
        "files": lambda: _files(case),
        "cache": lambda: _cache(case, default_cache() if cache is None else cache),
        "offline": _offline,
    }
    choice = case.terrain.choice
    if choice == "smooth":
        return _smooth()
    if choice != "auto":
        found = ways[choice]()
        if isinstance(found, str):
            raise TerrainError(f"terrain.choice = {choice!r}: {found}")
        return found
    passed: list[str] = []
    for way in ways.values():
        found = way()
        if isinstance(found, Terrain):
            return _saying(found, passed)
        passed.append(found)
    return _saying(_smooth(), passed)


def _saying(terrain: Terrain, passed: list[str]) -> Terrain:
    """The terrain, its note followed by why better ones were passed over."""
    if not passed:
        return terrain
    words = f"{terrain.note.words} Chosen automatically, because {'; '.join(passed)}."
    return Terrain(replace(terrain.note, words=words), terrain.elevation)


def _files(case: Case) -> Attempt:
    if not case.terrain.files:
        return "the case names no elevation files (terrain.files)"
    mosaic = Mosaic(tuple(open_raster(path) for path in case.terrain.files))
    share = _covered(mosaic, case.area)
    named = ", ".join(path.name for path in case.terrain.files[:3])
    if len(case.terrain.files) > 3:
        named += f" and {len(case.terrain.files) - 3} more"
    forced = case.terrain.choice == "files"
    if share == 0.0 or (share < COVERED_ENOUGH and not forced):
        advice = "add tiles" if share == 0.0 else "add tiles, or set terrain.choice = 'files'"
        return f"the case's files ({named}) cover {percent(share)} of the case area ({advice})"
    words = (
        f"Elevation from the case's own files ({named}), posts every {mosaic.spacing_m:.0f} m, "
        f"covering {percent(share)} of the case area. Open voids and places outside the files "
        "are taken as sea level."
    )
    return Terrain(_note("files", named, mosaic.spacing_m, words), mosaic)


def _covered(mosaic: Mosaic, area: Area) -> float:
    lat = np.linspace(area.south, area.north, AREA_SAMPLES)
    lon = np.linspace(area.west, area.east, AREA_SAMPLES)
    grid_lon, grid_lat = np.meshgrid(lon, lat)
    return float(mosaic.covers(points(grid_lat.ravel(), grid_lon.ravel())).mean())


def _cache(case: Case, folder: Path) -> Attempt:
    store = Cache(folder)
    asked = squares(case.area)
    fetch = "run 'shieldwall terrain fetch' on this case"
    entries = store.entries()
    there = sum(square in entries for square in asked)
    if there < len(asked):
        return f"the cache holds {there} of the {len(asked)} tiles of the case area ({fetch})"
    found: dict[Square, Entry] = {}
    for square in asked:
        intact = next((e for e in entries[square] if store.intact(e)), None)
        if intact is None:
            return f"the cache's {entries[square][0].file} is not what was fetched ({fetch})"
        found[square] = intact
    land = [e for e in found.values() if e.state == "land"]
    mosaic = Mosaic(tuple(open_raster(store.folder / e.file) for e in land)) if land else None
    sea = [square for square, e in found.items() if e.state == "sea"]
    spacing = max(e.arcsec for e in found.values()) * METRES_PER_ARCSEC
    from_90 = sum(e.product == GLO90.name for e in land)
    words = (
        f"Elevation from Copernicus DEM GLO-30, {len(land)} tiles, posts every {spacing:.0f} m; "
        f"{len(sea)} squares of open sea are 0 m"
        + (f"; {from_90} tiles withheld from GLO-30 come from GLO-90" if from_90 else "")
        + f". It is a surface model: trees and buildings count as ground. {CREDIT}"
    )
    elevation: Elevation = WithSea(mosaic, sea)
    return Terrain(_note("cache", "Copernicus DEM GLO-30", spacing, words), elevation)


def _offline() -> Attempt:
    if not coarse.installed():
        return f"the coarse offline map is not installed ({coarse.INSTALL})"
    anywhere, sited = COARSE_ANYWHERE, COARSE_SITED
    words = (
        "Elevation from the coarse offline map of ITU-R P.1511, one post every "
        f"{coarse.SPACING_M / 1000:.0f} km: no elevation model. Single ridges and valleys are not "
        "in it, so cover comes out too large. Measured on Alpine relief thinned to this spacing: "
        f"floors off by {number(anywhere.floor_error_m[0], 0)} m in the mean and covered shares by "
        f"{anywhere.share_error * 100:.0f} percentage points from sites anywhere, "
        f"{number(sited.floor_error_m[0], 0)} m and {sited.share_error * 100:.0f} points from "
        "sites on the highest ground within 2 km; plains were not measured. No cross-section is "
        "drawn. 'shieldwall terrain fetch' brings real relief."
    )
    note = TerrainNote(
        "offline",
        "ITU-R P.1511-2",
        coarse.SPACING_M,
        words,
        anywhere.floor_error_m,
        anywhere.share_error,
        False,
    )
    return Terrain(note, coarse.CoarseMap())


def _smooth() -> Terrain:
    words = (
        "No elevation: a smooth Earth at sea level. The horizon is the only mask; no hill hides "
        "anything, so cover at low altitude is overstated wherever there is relief."
    )
    return Terrain(
        TerrainNote("smooth", "smooth Earth", 0.0, words, None, None, False), SmoothEarth()
    )


def _note(kind: TerrainKind, name: str, spacing_m: float, words: str) -> TerrainNote:
    return TerrainNote(kind, name, spacing_m, words, None, None, spacing_m <= SECTION_SPACING_M)
