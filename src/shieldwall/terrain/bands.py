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
    (5601.0, 9680.0),
    0.349,
    {50: 0.126, 100: 0.152, 300: 0.242, 1_000: 0.454, 3_000: 0.623, 10_000: 0.495},
)
"""Observers anywhere on the ground, valleys and slopes too: the band of record."""

COARSE_SITED = TerrainBand(
    (1473.0, 6232.0),
    0.128,
    {50: 0.077, 100: 0.089, 300: 0.126, 1_000: 0.152, 3_000: 0.089, 10_000: 0.063},
)
"""Observers on the highest ground within 2 km, as a crew would choose."""
