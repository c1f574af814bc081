"""How far out tracks begin: by rows of the table of assumptions, each replaced by a case."""

from __future__ import annotations

import numpy as np
import pytest

from raid_cases import Sam, Setup, World, world
from shieldwall.coverage.floor import radar_horizon_m

NEAR = (Sam(range_km=5.0),)
FAR = (Sam(range_km=250.0),)
JET_MPS = 250.0


def longest_m(made: World) -> float:
    tracks = made.scene.tracks
    return float(np.hypot(tracks.x_m[:, 0] - tracks.x_m[:, -1],
                          tracks.y_m[:, 0] - tracks.y_m[:, -1]).max())  # fmt: skip


def test_no_shorter_than_the_least(tmp_path):
    assert longest_m(world(tmp_path / "as-is", Setup(sams=NEAR))) == pytest.approx(40_000, rel=1e-6)
    setup = Setup(sams=NEAR, assumed={"tracks_shortest_m": 60_000.0})
    assert longest_m(world(tmp_path / "longer", setup)) == pytest.approx(60_000, rel=1e-6)


@pytest.mark.parametrize(("mast_m", "assumed"), [(60.0, {}), (20.0, {"tracks_mast_m": 20.0})])
def test_a_far_ring_counts_to_the_horizon_of_a_mast(tmp_path, mast_m, assumed):
    found = longest_m(world(tmp_path, Setup(sams=FAR, assumed=assumed)))
    assert found == pytest.approx(float(radar_horizon_m(mast_m, 1_000.0)), rel=0.01)


@pytest.mark.parametrize(
    ("beyond_m", "assumed"),
    [
        (120.0 * JET_MPS, {}),
        (60.0 * JET_MPS, {"tracks_ahead_s": 60.0}),
        (120.0 * 200.0, {"tracks_fastest_mps": 200.0}),
    ],
)
def test_a_near_ring_counts_with_the_time_before_it(tmp_path, beyond_m, assumed):
    found = longest_m(world(tmp_path, Setup(sams=(Sam(range_km=50.0),), assumed=assumed)))
    assert found == pytest.approx(50_000 + beyond_m, rel=0.01)
