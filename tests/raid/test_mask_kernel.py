"""What terrain, horizon and envelopes leave of a track, worked out by hand on flat ground."""

from __future__ import annotations

import numpy as np
import pytest

from shieldwall.raid.mask_kernel import mask_batteries, mask_sensors, slant_m
from shieldwall.units import EARTH_RADIUS_M

FAR = 1e9
STEP_M = 1_000.0


def masks(x_m, speed_mps, round_mps, **given):
    """Needed launches, good steps and first sight, of one battery at the middle and one track.

    ``x_m``: the track, along a line through the unit unless ``aside_m``; the threat 100 m above
    the ground flies along it at ``speed_mps``.
    """
    x = np.asarray(x_m, dtype=np.float64)[None]
    steps = x.shape[1]
    usual = {
        "aside_m": 0.0, "agl_m": 100.0, "floor_m": np.zeros(steps), "finds_m": FAR,
        "follows_m": FAR, "range_min_m": 0.0, "range_max_m": FAR, "low_m": 0.0, "high_m": FAR,
    }  # fmt: skip
    g = usual | given
    at = (np.abs(np.diff(x[0], prepend=x[0, 0])).cumsum() / speed_mps)[None]
    needed = np.empty((1, 1, 1, steps), np.float32)
    allowed = np.empty((1, 1, 1, steps + 1), np.int16)
    own = np.empty((1, 1, 1))
    each = {k: np.full((1, 1, 1), g[k]) for k in ("range_min_m", "range_max_m", "low_m", "high_m")}
    mask_batteries(
        x, np.full_like(x, g["aside_m"]), np.zeros_like(x), np.full((1, steps), g["agl_m"]), at,
        np.zeros(1), np.zeros(1), np.zeros(1), np.asarray(g["floor_m"])[None, None],
        np.zeros(1, np.int64), np.full((1, 1), g["finds_m"]), np.full((1, 1), g["follows_m"]),
        each["range_min_m"], each["range_max_m"], each["low_m"], each["high_m"],
        np.full((1, 1, 1), round_mps), needed, allowed, own,
    )  # fmt: skip
    row = allowed[0, 0, 0]
    good = [k for k in range(steps) if row[k] == k]
    follow = [next((k for k in good if k >= n), steps) for n in range(steps + 1)]
    assert row.tolist() == follow, "the first good step from each on"
    return needed[0, 0, 0], good, float(own[0, 0, 0]), at[0]


INBOUND = np.arange(10, -1, -1) * STEP_M
"""Ten kilometres to the unit: step k is 10 - k km away."""


def test_a_slant_is_a_straight_line_through_a_sphere() -> None:
    assert slant_m(0.0, 50.0, 1_050.0) == pytest.approx(1_000.0)
    far = 400_000.0
    chord = 2 * EARTH_RADIUS_M * np.sin(far / 2 / EARTH_RADIUS_M)
    assert slant_m(far, 0.0, 0.0) == pytest.approx(chord)
    low, high = np.array([EARTH_RADIUS_M + 30.0, 0.0]), EARTH_RADIUS_M + 9_000.0
    angle = far / EARTH_RADIUS_M
    there = high * np.array([np.cos(angle), np.sin(angle)])
    assert slant_m(far, 30.0, 9_000.0) == pytest.approx(np.linalg.norm(there - low))


def test_launches_are_hits_less_the_flight() -> None:
    needed, good, own, at = masks(INBOUND, 100.0, 1_000.0)
    slant = np.hypot(INBOUND, 100.0)
    assert own == 0.0
    assert good == list(range(1, 11)), "the first would have had to be launched before it was seen"
    assert needed[1:] == pytest.approx(at[1:] - slant[1:] / 1_000.0, rel=1e-4)


def test_ranges_bound_hits() -> None:
    near = np.hypot(3_000.0, 100.0)
    _, good, _, _ = masks(INBOUND, 100.0, 1_000.0, range_min_m=near - 1, range_max_m=near + 4_000)
    assert good == [3, 4, 5, 6, 7], "from 7 km to 3 km"


@pytest.mark.parametrize(
    ("limit", "there"),
    [
        ({"low_m": 101.0}, False),
        ({"low_m": 99.0}, True),
        ({"high_m": 99.0}, False),
        ({"high_m": 101.0}, True),
    ],
)
def test_altitudes_bound_hits(limit: dict[str, float], there: bool) -> None:
    _, good, own, _ = masks(INBOUND, 100.0, 1_000.0, **limit)
    assert bool(good) is there
    assert own == 0.0, "it is seen all the same"


def test_what_is_found_and_what_is_followed() -> None:
    """Acquisition decides when it is found, guidance what can be hit."""
    _, good, own, at = masks(INBOUND, 100.0, 1_000.0, finds_m=6_010.0, follows_m=4_100.0)
    assert own == at[4]
    # Followed from 4 km on (step 6); the flight of 3 s fits into the 10 s to the next step.
    assert good == [7, 8, 9, 10]


def test_nothing_is_hit_behind_terrain_or_launched_at_before_it_came_out() -> None:
    floor = np.zeros(11)
    floor[:3] = 101.0
    floor[6] = 100.5
    _, good, own, at = masks(INBOUND, 100.0, 500.0, floor_m=floor)
    assert own == at[3]
    # Out at step 3 (7 km): a round for step 4 flies 12 s and cannot have been launched before that;
    # hidden again at step 6; out at step 7 (3 km), and 2 km take 4 s of the 10 s to step 8.
    assert good == [5, 8, 9, 10]


def test_a_floor_at_its_height_is_sight() -> None:
    _, good, own, _ = masks(INBOUND, 100.0, 1_000.0, floor_m=np.full(11, 100.0))
    assert own == 0.0
    assert good


def test_what_recedes_faster_than_the_round_flies_is_not_caught() -> None:
    through = np.arange(10, -11, -1) * STEP_M
    _, slow, _, _ = masks(through, 300.0, 250.0)
    _, quick, _, at = masks(through, 300.0, 900.0)
    assert quick[-1] == 20
    assert slow
    assert max(slow) <= 10, "once past, a slower round never catches it"
    needed, _, _, _ = masks(through, 300.0, 250.0)
    assert (np.diff(needed) >= 0).all()
    assert needed[-1] == needed[10], "nor is a launch for it ever put earlier"
    assert at[10] == pytest.approx(10_000 / 300.0)


def test_an_interceptor_of_no_range_is_none() -> None:
    """Unused places for interceptors have a longest range below 0."""
    _, good, own, _ = masks(INBOUND, 100.0, 1_000.0, range_max_m=-1.0)
    assert not good
    assert own == 0.0


def sensors(works=True, finds_m=FAR, high_m=FAR, floor_m=0.0):
    seen = np.empty((1, 1, 1))
    x = INBOUND[None]
    mask_sensors(
        x, np.zeros_like(x), np.zeros_like(x), np.full((1, 11), 100.0), np.arange(11.0)[None],
        np.zeros(1), np.zeros(1), np.zeros(1), np.full((1, 1, 11), floor_m),
        np.full((1, 1), finds_m), np.full(1, high_m), np.array([works]), seen,
    )  # fmt: skip
    return float(seen[0, 0, 0])


def test_a_sensor_sees_what_is_in_range_in_sight_and_below_its_ceiling() -> None:
    assert sensors() == 0.0
    assert sensors(finds_m=4_100.0) == 6.0
    assert sensors(works=False) == np.inf
    assert sensors(high_m=99.0) == np.inf
    assert sensors(floor_m=101.0) == np.inf
