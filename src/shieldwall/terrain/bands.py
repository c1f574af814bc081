"""How far results on the coarse map are off, as measured.

``benchmarks/coarse_terrain.py`` makes these figures: it thins real relief (the Alps tile N46E008,
3 arc-seconds) to the spacing of the coarse map, computes the floors of observers on both, and
compares. Mountain relief is the hard case: on plains the errors are smaller.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TerrainBand:
    """Errors of floors and covered shares against the relief that was thinned."""

    floor_error_m: tuple[float, float]
    """Mean absolute error and 95th percentile, all cells, metres."""
    share_error: float
    """Mean absolute error of the share of cells covered, over observers and altitudes, 0 to 1."""
    share_bias: Mapping[int, float]
    """Altitude above ground, metres -> mean of (share on the coarse map - share on the relief)."""
    how: str


COARSE_BAND = TerrainBand((0.0, 0.0), 0.0, {}, "not yet measured")
