"""Cross-sections: behind a ridge nothing low is seen, and no floor is finer than the precision."""

from dataclasses import replace

import numpy as np
import pytest

import makers
from shieldwall.case.records import DefendedArea
from shieldwall.coverage.measure import cover
from shieldwall.coverage.sections import _stepped
from shieldwall.network.draw import draw_ensemble
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.source import Terrain
from weighing import fused as order_of_battle

EAST = ((-65.75, 9.95), (-65.65, 9.95), (-65.65, 10.05), (-65.75, 10.05))


class Ridge:
    """1,500 m high along the meridian 65.9 west, 11 km east of the base."""

    spacing_m = 0.0

    def sample(self, patch, cell_m):
        lon = patch.spread(patch.lon)
        return np.where(np.abs(lon + 65.9) < 0.01, 1_500.0, 0.0).astype(np.float32)


def section(allowed=True, precision_m=1_000.0):
    case = makers.case(
        places=(makers.place(precision_m=precision_m),),
        defended_areas=(DefendedArea("east", "East", EAST, "test", "case.toml:1"),),
    )
    case = replace(case, terrain=replace(case.terrain, cell_m=500.0))
    catalogue = makers.catalogue()
    orbat = order_of_battle(case, catalogue)
    ensemble = draw_ensemble(case, catalogue, orbat, (4 / 3, 4 / 3, 4 / 3), draws=32)
    terrain = Terrain(TerrainNote("files", "t", 0.0, "", None, None, allowed), Ridge())
    return cover(case, catalogue, ensemble, terrain, workers=1).sections


def test_the_floor_rises_behind_the_ridge():
    (cut,) = section()
    assert cut.title == "Base to East"
    assert cut.ground_msl_m.max() == pytest.approx(1_500, abs=50)
    floor = cut.layers[0].floor_msl_m
    before, behind = floor[cut.distance_m < 8_000], floor[cut.distance_m > 20_000]
    assert before.max() < 10
    assert np.nanmin(behind) > 2_000


def test_none_is_drawn_on_coarse_terrain():
    assert section(allowed=False) == ()


def test_the_floor_is_no_finer_than_the_precision():
    """Straight between steps of 5 km: a second difference is zero but at the steps' middles."""
    (cut,) = section(precision_m=5_000.0)
    floor = cut.layers[0].floor_msl_m
    bends = np.abs(np.diff(floor[cut.distance_m > 14_000], 2)) > 1.0
    assert bends.sum() <= 2 * (cut.distance_m.max() - 14_000) / 5_000 + 2


def test_steps_keep_the_mean():
    along = np.linspace(0, 9_999, 100)
    values = np.sin(along / 300).astype(np.float32)
    stepped = _stepped(along, values, 2_500.0)
    assert stepped[12] == pytest.approx(values[:25].mean(), abs=0.02)
    assert np.array_equal(_stepped(along, values, 0.0), values)
