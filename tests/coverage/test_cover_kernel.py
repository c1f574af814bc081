"""The kernel of one unit in one draw, point by point against hand-made situations."""

import numpy as np

from shieldwall.coverage.cover_kernel import (
    ANSWERS,
    HORIZON,
    PRESENT,
    RINGS,
    SERVICE,
    TERRAIN,
    cover_teams,
    cover_unit,
    tally,
)

ALTITUDES = np.array([100.0, 3_000.0])


def answered(
    distance,
    *,
    floor=0.0,
    smooth=0.0,
    sensor=1e9,
    ground=0.0,
    launcher=0.0,
    slant=(2_000.0, 40_000.0),
    height=(20.0, 20_000.0),
    present=True,
    service=True,
):
    """Answers (5, A) for one point, one threat, one interceptor."""
    answers = np.zeros((ANSWERS, 1, 1, 2), dtype=np.uint8)
    cover_unit(
        answers, 0, np.array([0], dtype=np.int32), np.array([float(distance)]),
        np.array([floor], dtype=np.float32), np.array([smooth]),
        np.array([ground], dtype=np.float32), launcher, ALTITUDES, np.array([sensor]),
        np.array([slant[0]]), np.array([slant[1]]), np.array([height[0]]), np.array([height[1]]),
        present, service,
    )  # fmt: skip
    return answers[:, 0, 0, :]


def test_everything_open_is_covered_at_every_answer():
    assert answered(10_000).all()


def test_terrain_masks_low_targets_only():
    got = answered(10_000, floor=500.0)
    assert got[HORIZON].tolist() == [1, 1]
    assert got[TERRAIN].tolist() == got[SERVICE].tolist() == [0, 1]


def test_horizon_counts_before_terrain():
    got = answered(10_000, smooth=200.0, floor=500.0)
    assert got[RINGS].tolist() == [1, 1]
    assert got[HORIZON].tolist() == got[TERRAIN].tolist() == [0, 1]


def test_detection_range_limits_all_but_the_rings():
    got = answered(10_000, sensor=9_000.0)
    assert got[RINGS].all()
    assert not got[HORIZON:].any()


def test_slant_range_counts_height():
    """3,000 m up at 39,900 m is 40,013 m away: out of a 40 km reach; at 100 m it is in."""
    assert answered(39_900)[SERVICE].tolist() == [1, 0]


def test_too_close_too_low_and_too_high():
    assert answered(1_500)[SERVICE].tolist() == [0, 1]
    assert answered(10_000, height=(150.0, 20_000.0))[SERVICE].tolist() == [0, 1]
    assert answered(10_000, height=(20.0, 2_500.0))[SERVICE].tolist() == [1, 0]


def test_altitude_is_above_the_ground_below_and_ceiling_above_the_launcher():
    high_ground = answered(10_000, ground=2_000.0, height=(20.0, 3_000.0))
    assert high_ground[SERVICE].tolist() == [1, 0]
    on_a_hill = answered(10_000, ground=2_000.0, launcher=2_000.0, height=(20.0, 3_000.0))
    assert on_a_hill[SERVICE].tolist() == [1, 1]


def test_absent_and_broken_units():
    absent = answered(10_000, present=False, service=False)
    assert absent[TERRAIN].all()
    assert not absent[PRESENT].any()
    broken = answered(10_000, service=False)
    assert broken[PRESENT].all()
    assert not broken[SERVICE].any()


def scattered(team_x, *, visible=(1.0, 0.5), uniform=0.9, points=(0.0, 4_000.0, 8_000.0)):
    """Answers (5, P, A) for points on a line and teams on it; reach 5 km low, 3 km high."""
    x = np.array(points)
    answers = np.zeros((ANSWERS, x.size, 1, 2), dtype=np.uint8)
    team = np.array(team_x, dtype=float)
    cover_teams(
        answers, 0, np.arange(x.size, dtype=np.int32), x, np.zeros_like(x), team,
        np.zeros_like(team), np.array([500.0**2, 0.0]), np.array([5_000.0**2, 3_000.0**2]),
        np.array(visible), np.full(x.size, uniform),
    )  # fmt: skip
    return answers[:, :, 0, :]


def test_no_teams_cover_nothing():
    assert not scattered([]).any()


def test_a_team_covers_its_disc_but_not_its_own_feet():
    """At x = 0: 4 km away is in reach low down, 8 km is not, and 0 m is too close."""
    low = scattered([0.0])[SERVICE, :, 0]
    assert low.tolist() == [0, 1, 0]


def test_visibility_decides_between_horizon_and_terrain():
    high = scattered([1_000.0], uniform=0.9)[:, 0, 1]
    assert high[HORIZON] == 1
    assert high[TERRAIN] == high[SERVICE] == 0
    assert scattered([1_000.0], uniform=0.4)[SERVICE, 0, 1] == 1


def test_more_teams_see_more():
    """Four teams that each see half: 1 - 1/16 = 0.9375 is above 0.9."""
    assert scattered([1_000.0] * 4, uniform=0.9)[SERVICE, 0, 1] == 1


def test_tally_counts_layers_depth_and_what_one_layer_adds():
    """Four points of one area: both layers, first only, surveillance only, nothing."""
    answers = np.zeros((ANSWERS, 4, 1, 1), dtype=np.uint8)
    answers[:, 0] = 0b011
    answers[:, 1] = 0b001
    answers[:, 2] = 0b100
    areas = np.zeros((1, 1, 1, 7 + 6), dtype=np.int32)
    empty = np.zeros((1, 1, 3, 1), dtype=np.int32)
    cell, area = np.full(4, -1, dtype=np.int32), np.zeros(4, dtype=np.int32)
    tally(answers, cell, area, 3, 0b011, empty, empty.copy(), empty.copy(), areas)
    assert areas[0, 0, 0].tolist() == [2, 1, 0, 2, 2, 2, 2, 2, 1, 1, 1, 0, 0]


def test_tally_of_grid_cells():
    answers = np.zeros((ANSWERS, 3, 1, 1), dtype=np.uint8)
    answers[:, 0] = 0b11
    answers[RINGS, 1] = 0b10
    by_layer, by_depth, rings = (np.zeros((1, 1, n, 2), dtype=np.int32) for n in (2, 3, 2))
    cell = np.array([0, 0, 1], dtype=np.int32)
    areas = np.zeros((0, 1, 1, 11), dtype=np.int32)
    tally(answers, cell, np.full(3, -1, dtype=np.int32), 2, 0b11, by_layer, by_depth, rings, areas)
    assert by_layer[0, 0].tolist() == [[1, 0], [1, 0]]
    assert by_depth[0, 0].tolist() == [[1, 0], [1, 0], [0, 0]]
    assert rings[0, 0].tolist() == [[1, 0], [2, 0]]
