"""What coverage computes: fields on the published grid, shares of defended areas, reach."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.geodesy import Grid

Floats32 = NDArray[np.float32]

ALTITUDES_M = (50, 100, 300, 1_000, 3_000, 10_000)
"""Altitudes above ground at which cover is stated."""


@dataclass(frozen=True)
class Spread:
    """Mean over the draws and the 5th to 95th percentile."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class AreaCover:
    """One defended area, one threat, one altitude: shares of the area, 0 to 1."""

    area: str
    threat: str
    altitude_m: int
    depth: tuple[Spread, Spread, Spread]
    """Share covered by at least 1, 2, 3 layers, by what is present and serviceable."""
    rings: float
    """Share inside bare range rings: all that is reported is there, works, sees everything."""
    horizon: float
    """What envelope, detection range and the smooth Earth's horizon leave of it."""
    terrain: float
    """The same over real terrain."""
    present: float
    """The same given the odds that each unit is there."""
    layer: Mapping[str, Spread]
    """Share covered by each layer."""
    adds: Mapping[str, Spread]
    """Share that only this layer covers: what the others miss."""


@dataclass(frozen=True)
class SiteFloor:
    """The coverage floor round one unit on the published grid, metres above ground.

    NaN outside its radars' reach. The median over the draws of its emplacement, mast and k.
    """

    unit: str
    median_m: Floats32  # (rows, cols)


@dataclass(frozen=True)
class ReachResult:
    """From one origin to one place, against one threat's published range."""

    place: str
    origin: str
    threat: str | None
    nearest_km: float
    farthest_km: float
    plus_minus_km: float
    range_km: tuple[float, float, float] | None
    probability: float | None
    """Share of the draws in which the range exceeds the nearest distance."""


@dataclass(frozen=True)
class SectionLayer:
    """One unit's line in a cross-section: the floor above sea level along it, NaN out of reach."""

    unit: str
    floor_msl_m: Floats32
    ceiling_msl_m: float


@dataclass(frozen=True)
class CrossSection:
    """A vertical cut from a site to a defended area. Never drawn on coarse terrain."""

    title: str
    distance_m: Floats32
    ground_msl_m: Floats32
    layers: tuple[SectionLayer, ...]


@dataclass(frozen=True)
class Coverage:
    """T threats, A altitudes, L layers on a grid no finer than the published precision."""

    grid: Grid
    threats: tuple[str, ...]
    altitudes_m: tuple[int, ...]
    layers: tuple[str, ...]
    layer_probability: Floats32  # (T, A, L, rows, cols) present, serviceable and covering
    depth_probability: Floats32  # (T, A, 3, rows, cols) at least 1, 2, 3 layers
    rings: Floats32  # (T, A, L, rows, cols) inside bare rings, all present
    void_share: float
    """Largest share of the ground round a site that has no elevation and was taken as sea."""
    floors: tuple[SiteFloor, ...]
    areas: tuple[AreaCover, ...]
    sections: tuple[CrossSection, ...]
    reach: tuple[ReachResult, ...]
