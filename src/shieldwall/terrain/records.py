"""Elevation as rooms receive it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shieldwall.geodesy import Grid
from shieldwall.written import percent

TerrainKind = Literal["files", "cache", "offline", "smooth"]

WORTH_SAYING = 0.005


@dataclass(frozen=True)
class TerrainNote:
    """Which elevation was used and what that means, for the report."""

    kind: TerrainKind
    name: str
    spacing_m: float
    """Distance between posts of the source, metres."""
    words: str
    """One or two sentences for a reader."""
    floor_error_m: tuple[float, float] | None
    """Measured error of floors at this spacing: (mean absolute, 95th percentile)."""
    share_error: float | None
    """Measured mean absolute error of covered shares (0-1) at this spacing."""
    sections_allowed: bool
    """False for the coarse map: no cross-section is drawn on it."""


@dataclass(frozen=True)
class SiteTerrain:
    """Elevation on a metric grid about a site: voids that are not enclosed are 0 and counted."""

    grid: Grid
    elevation_m: NDArray[np.float32]  # (rows, cols)
    void_share: float


def noted_voids(note: TerrainNote, share: float) -> TerrainNote:
    """The note with a sentence on voids, where a ``share`` of some site's ground is void."""
    if share < WORTH_SAYING:
        return note
    said = f" Up to {percent(share)} of the ground round a site has no elevation and is taken "
    said += "as sea."
    return replace(note, words=note.words + said)
