"""The figures printed as the terrain band are the ones the benchmark measures."""

import pytest

from benchmarks.coarse_terrain import DEM, TILES, measure
from shieldwall.terrain.bands import COARSE_ANYWHERE, COARSE_SITED

TILE = DEM / TILES[0]


@pytest.mark.skipif(not TILE.is_file(), reason=f"the shared tile {TILES[0]} is not there")
@pytest.mark.parametrize(("sited", "band"), [(False, COARSE_ANYWHERE), (True, COARSE_SITED)])
def test_the_band_of_the_coarse_map_is_measured(sited, band):
    row = measure(TILE, sited)
    assert row["floor_mean_m"] == pytest.approx(band.floor_error_m[0], rel=0.02)
    assert row["floor_p95_m"] == pytest.approx(band.floor_error_m[1], rel=0.02)
    assert row["share_error"] == pytest.approx(band.share_error, abs=0.01)
    assert row["share_bias"] == pytest.approx(dict(band.share_bias), abs=0.01)
