"""Elevation from the case's files, the cache, the coarse offline map or the smooth Earth."""

from shieldwall.terrain.assumptions import assumptions
from shieldwall.terrain.cache import default_cache
from shieldwall.terrain.choose import open_terrain
from shieldwall.terrain.fetching import FetchReport, fetch
from shieldwall.terrain.records import SiteTerrain, TerrainNote
from shieldwall.terrain.refraction import Refraction, refraction
from shieldwall.terrain.source import Terrain

__all__ = [
    "FetchReport",
    "Refraction",
    "SiteTerrain",
    "Terrain",
    "TerrainNote",
    "assumptions",
    "default_cache",
    "fetch",
    "open_terrain",
    "refraction",
]
