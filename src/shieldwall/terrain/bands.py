"""How far results on the coarse map are off, as measured.

``benchmarks/coarse_terrain.py`` makes these figures: it thins real relief (the Alps tile N46E008,
3 arc-seconds) to the spacing of the coarse map, computes the floors of 24 observers on both, and
compares every cell within some 35 x 51 km of the middle; a test recomputes them. Mountain relief
is the hard case; plains were not measured. The map itself equals such averages: over the same tile
its posts correlate with them at 0.999.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class TerrainBand:
    """Errors of floors and covered shares against the relief that was thinned."""

    floor_error_m: tuple[float, float]
    """Mean absolute error and 95th percentile, metres; floors above 10,000 m count as 10,000."""
    share_error: float
    """Mean absolute error of the share of cells covered, over observers and altitudes, 0 to 1."""
    share_bias: Mapping[int, float]
    """Altitude above ground, metres -> mean of (share on thinned relief - share on the relief)."""


COARSE_ANYWHERE = TerrainBand(
    (5394.0, 9700.0),
    0.315,
    {50: 0.103, 100: 0.125, 300: 0.200, 1_000: 0.385, 3_000: 0.591, 10_000: 0.485},
)
"""Observers anywhere on the ground, valleys and slopes too: the band of record."""

COARSE_SITED = TerrainBand(
    (1368.0, 5340.0),
    0.112,
    {50: 0.073, 100: 0.086, 300: 0.125, 1_000: 0.149, 3_000: 0.073, 10_000: 0.063},
)
"""Observers on the highest ground within 2 km, as a crew would choose."""
