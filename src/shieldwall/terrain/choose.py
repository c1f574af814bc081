"""Which elevation a case is assessed on: its own files, the cache, the coarse map, smooth Earth.

``auto`` goes down that list and says, for every step it passes, why. A choice made by name is
kept or refused, never replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from shieldwall.case.records import Area, Case
from shieldwall.errors import TerrainError
from shieldwall.progress import Progress, Silent
from shieldwall.terrain import coarse
from shieldwall.terrain.assumptions import COVERED_ENOUGH, SECTION_SPACING_M
from shieldwall.terrain.bands import COARSE_BAND
from shieldwall.terrain.cache import Cache, Entry, Square, default_cache, squares
from shieldwall.terrain.copernicus import CREDIT, GLO90, METRES_PER_ARCSEC
from shieldwall.terrain.mosaic import Mosaic
from shieldwall.terrain.patch import points
from shieldwall.terrain.rasters import open_raster
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.source import Elevation, SmoothEarth, Terrain, WithSea

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
        "smooth": _smooth,
    }
    choice = case.terrain.choice
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
    raise AssertionError("the smooth Earth is always there")


def _saying(terrain: Terrain, passed: list[str]) -> Terrain:
    """The terrain, its note preceded by why better ones were passed over."""
    if not passed:
        return terrain
    note = terrain.note
    reasons = "; ".join(passed)
    words = f"{note.words} Chosen automatically, because {reasons}."
    return Terrain(
        TerrainNote(
            note.kind, note.name, note.spacing_m, words, note.floor_error_m, note.share_error,
            note.sections_allowed,
        ),
        terrain.elevation,
    )  # fmt: skip


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
        return f"the case's files ({named}) cover {share:.0%} of the case area ({advice})"
    words = (
        f"Elevation from the case's own files ({named}), posts every {mosaic.spacing_m:.0f} m, "
        f"covering {share:.0%} of the case area. Voids, and places outside the files, are taken "
        "as sea level."
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
    fetch = f"run 'shieldwall terrain fetch {case.folder.name}'"
    found = _finest(store, asked)
    if len(found) < len(asked):
        return f"the cache holds {len(found)} of the {len(asked)} tiles of the case area ({fetch})"
    damaged = [e.file for e in found.values() if not store.intact(e)]
    if damaged:
        return f"{len(damaged)} tiles in the cache are damaged, {damaged[0]} first ({fetch})"
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


def _finest(store: Cache, asked: tuple[Square, ...]) -> dict[Square, Entry]:
    """The finest entry of every square asked for that has one."""
    best: dict[Square, Entry] = {}
    for (lat, lon, _), entry in sorted(store.entries().items(), reverse=True):
        if (lat, lon) in asked:
            best[lat, lon] = entry
    return dict(sorted(best.items()))


def _offline() -> Attempt:
    if not coarse.installed():
        return f"the coarse offline map is not installed ({coarse.INSTALL})"
    mean, worst = COARSE_BAND.floor_error_m
    words = (
        "Elevation from the coarse offline map of ITU-R P.1511, one post every "
        f"{coarse.SPACING_M / 1000:.0f} km: no elevation model. Single ridges and valleys are not "
        f"in it; on mountain relief its floors are off by {mean:,.0f} m in the mean "
        f"({worst:,.0f} m at the 95th percentile) and covered shares by "
        f"{COARSE_BAND.share_error * 100:.0f} percentage points. No cross-sections are drawn. "
        "'shieldwall terrain fetch' brings real relief."
    )
    note = TerrainNote(
        "offline", "ITU-R P.1511-2", coarse.SPACING_M, words, COARSE_BAND.floor_error_m,
        COARSE_BAND.share_error, False,
    )  # fmt: skip
    return Terrain(note, coarse.CoarseMap())


def _smooth() -> Attempt:
    words = (
        "No elevation: a smooth Earth at sea level. The horizon is the only mask; no hill hides "
        "anything, so cover at low altitude is overstated wherever there is relief."
    )
    return Terrain(
        TerrainNote("smooth", "smooth Earth", 0.0, words, None, None, False), SmoothEarth()
    )


def _note(kind: str, name: str, spacing_m: float, words: str) -> TerrainNote:
    return TerrainNote(
        "files" if kind == "files" else "cache", name, spacing_m, words, None, None,
        spacing_m <= SECTION_SPACING_M,
    )  # fmt: skip
