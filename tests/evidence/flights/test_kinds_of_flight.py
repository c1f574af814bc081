"""What aircraft do near airfields, point by point: circuits, go-arounds, helicopters, gaps."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.landings import part, thinned
from shieldwall.evidence.flights import Track, landings
from shieldwall.evidence.flights.airfields import airfields


def fly(code, points, every_s=1.0, offset_m=0.0, callsign="", aircraft="abc123"):
    """A track through (s, km east, km north, m above the field), joined straight."""
    fields = airfields()
    field = fields.code.index(code)
    points = np.array(points, dtype=float)
    time = np.arange(points[0, 0], points[-1, 0] + 0.5, every_s)
    east, north, height = (np.interp(time, points[:, 0], points[:, k]) for k in (1, 2, 3))
    speed = np.hypot(np.gradient(east, time), np.gradient(north, time)) * 1000.0
    heading = np.degrees(np.arctan2(np.gradient(east, time), np.gradient(north, time))) % 360.0
    n = len(time)
    lat = fields.lat[field]
    return Track(
        name=code,
        aircraft=aircraft,
        callsign=callsign,
        time_s=1.7e9 + time,
        lat=lat + np.degrees(north / 6371.0),
        lon=fields.lon[field] + np.degrees(east / 6371.0) / np.cos(np.radians(lat)),
        baro_m=height + fields.elevation_m[field] + offset_m,
        geo_m=np.full(n, np.nan),
        speed_mps=speed,
        heading_deg=heading,
        ground=np.full(n, -1, np.int8),
        kind=np.zeros(n, np.int8),
        age_s=np.full(n, np.nan),
    )


def events(track):
    return [(m.event, m.airport) for m in landings(track) if m.event != "unknown"]


ARRIVAL = [(0, -60, 3, 3500), (360, -18, 0, 950), (610, -1.2, 0, 0), (640, 0.4, 0, 0),
           (660, 0.6, 0, 0), (900, 0.6, 0.5, 0), (1200, 0.6, 0.5, 0)]  # fmt: skip
DEPARTURE = [(4200, 0.6, 0.5, 0), (4400, -1.2, 0, 0), (4425, 0.0, 0, 0), (4600, 15, 2, 1500),
             (5000, 90, 20, 6000)]  # fmt: skip
GO_AROUND = [(0, -60, 3, 3500), (360, -18, 0, 950), (590, -2.0, 0, 70), (600, -1.3, 0, 60),
             (660, 4, 0, 500), (760, 12, 6, 900), (900, 5, 14, 900), (1100, -18, 8, 900),
             (1160, -18, 0, 900)]  # fmt: skip
SECOND = [(1160 + t - 360, x, y, z) for t, x, y, z in ARRIVAL[2:]]


def test_a_stop_is_a_landing_a_take_off_and_the_turnaround_that_joins_them():
    moves = landings(fly("LSZH", ARRIVAL + DEPARTURE))
    stop = [m for m in moves if m.airport == "LSZH"]
    assert [m.event for m in stop] == ["landing", "turnaround", "take-off"]
    assert len({m.visit for m in stop}) == 1
    assert stop[1].ground_time_s == pytest.approx(4425 - 630, abs=60)
    assert all(m.probability > 0.95 and m.why for m in stop)


def test_a_go_around_is_one_landing_the_second():
    assert events(fly("LSZH", GO_AROUND + SECOND)) == [("landing", "LSZH")]


def test_a_go_around_that_leaves_is_no_landing():
    away = [*GO_AROUND[:7], (1500, 60, 60, 5000), (2100, 180, 150, 9000)]
    assert events(fly("LSZH", away, callsign="SWR12K")) == []


def circuits(roll_s):
    """Three circuits of a light aircraft at 45 m/s, each touching for ``roll_s``."""
    points, start = [(-300, -20, 4, 600)], 0
    for _ in range(3):
        points += [(start, -6, 0, 300), (start + 125, -0.4, 0, 0)]
        points += [(start + 125 + roll_s, -0.4 + 0.04 * roll_s, 0, 0)]
        points += [(start + 220 + roll_s, 4, 0, 300), (start + 260 + roll_s, 4, 1.8, 300)]
        points += [(start + 500 + roll_s, -6, 1.8, 300)]
        start += 545 + int(roll_s)
    return points


def test_touch_and_goes_of_a_light_aircraft_are_each_a_landing_and_a_take_off():
    found = events(fly("LSZG", circuits(15.0)))
    assert found.count(("landing", "LSZG")) == 3
    assert found.count(("take-off", "LSZG")) == 3


def test_low_circuits_that_stay_up_are_no_landings():
    points = [(t, x, y, z + 200) for t, x, y, z in circuits(15.0)]
    assert events(fly("LSZG", points)) == []


def test_a_helicopter_that_lands_away_from_airfields_lands_nowhere_listed():
    points = [(0, -25, 9, 400), (420, -1, 9, 300), (480, -0.1, 9, 60), (520, 0, 9, 0),
              (1500, 0, 9, 0), (1540, 0.1, 9, 80), (1900, 20, 12, 400)]  # fmt: skip
    found = landings(fly("LSZH", points))
    named = [m for m in found if m.airport is not None and m.probability >= 0.5]
    assert named == []


def test_a_helicopter_hovering_high_has_not_landed():
    points = [(0, -25, 0, 500), (420, -1, 0, 500), (900, -0.9, 0, 500), (1400, 20, 3, 500),
              (1800, 40, 3, 500)]  # fmt: skip
    assert events(fly("LSZH", points)) == []


def test_a_helicopter_lands_at_its_field():
    points = [(0, -25, 0, 400), (420, -1, 0, 250), (480, -0.2, 0, 40), (520, 0, 0, 0),
              (1500, 0, 0, 0)]  # fmt: skip
    assert events(fly("EDPY" if "EDPY" in airfields().code else "LSZG", points))[-1][0] == "landing"


@pytest.mark.parametrize("offset_m", [-230.0, 230.0])
def test_the_days_pressure_does_not_hide_a_landing(offset_m):
    moves = landings(fly("EGLL", ARRIVAL, offset_m=offset_m))
    assert [(m.event, m.airport) for m in moves][-1] == ("landing", "EGLL")


def test_without_any_altitude():
    track = fly("EGLL", ARRIVAL)
    assert events(replace(track, baro_m=np.full(track.size, np.nan))) == [("landing", "EGLL")]


def test_without_speeds_and_headings():
    track = fly("EGLL", ARRIVAL + DEPARTURE, every_s=5.0)
    unknown = np.full(track.size, np.nan)
    found = events(replace(track, speed_mps=unknown, heading_deg=unknown))
    assert found[:3] == [("landing", "EGLL"), ("turnaround", "EGLL"), ("take-off", "EGLL")]


@pytest.mark.parametrize("flag", [0, 1])
def test_on_ground_flags_that_are_always_wrong(flag):
    track = fly("EGLL", ARRIVAL)
    assert events(replace(track, ground=np.full(track.size, flag, np.int8))) == [
        ("landing", "EGLL")
    ]


def test_on_ground_flags_that_flicker_in_cruise():
    track = fly("EGLL", [(0, -150, 5, 10_000), (1300, 150, 9, 10_000)])
    flags = np.zeros(track.size, np.int8)
    flags[::97] = 1
    assert events(replace(track, ground=flags)) == []


def test_unheard_for_an_hour_and_back_where_flight_would_have_led():
    track = fly("LSZH", [(0, -300, 0, 10_000), (1200, 0, 0, 10_000), (4800, 900, 0, 10_000)])
    rows = np.flatnonzero((track.time_s < 1.7e9 + 1200) | (track.time_s > 1.7e9 + 3000))
    assert events(part(track, rows)) == []


def test_a_stop_wholly_unheard_is_found_with_its_interval():
    track = fly("LSZH", ARRIVAL + DEPARTURE)
    height = track.baro_m - airfields().elevation_m[airfields().code.index("LSZH")]
    moves = landings(part(track, np.flatnonzero(height > 900.0)))
    landing = next(m for m in moves if m.event == "landing")
    assert (landing.airport, landing.probability > 0.5) == ("LSZH", True)
    assert landing.earliest_s <= 1.7e9 + 630 <= landing.latest_s
    turnaround = next(m for m in moves if m.event == "turnaround")
    assert turnaround.ground_time_s == pytest.approx(3800, abs=600)


def test_an_end_far_from_anything_is_unknown():
    track = fly("MUGM", [(0, -100, -300, 10_000), (3000, 600, -300, 10_000)])
    moves = landings(track)
    assert {(m.event, m.airport) for m in moves} == {("unknown", None)}


def test_the_field_beside_is_not_taken():
    """Approach to Northolt, 9 km from Heathrow, by a light aircraft, and to Heathrow by a jet."""
    assert events(thinned(fly("EGWU", ARRIVAL), 30.0, 11.0)) == [("landing", "EGWU")]
    assert events(thinned(fly("EGLL", ARRIVAL), 30.0, 11.0)) == [("landing", "EGLL")]


def test_a_flight_unheard_between_two_standing_places():
    first = fly("EGLL", ARRIVAL)
    second = fly("LFPG", [(7200, 0.3, 0.3, 0), (7500, 0.3, 0.3, 0), (7800, 0.5, 0.2, 0)])
    joined = {
        name: np.concatenate([getattr(first, name), getattr(second, name)])
        for name in ("time_s", "lat", "lon", "baro_m", "geo_m", "speed_mps", "heading_deg",
                     "ground", "kind", "age_s")
    }  # fmt: skip
    assert events(replace(first, **joined)) == [
        ("landing", "EGLL"), ("take-off", "EGLL"), ("landing", "LFPG")
    ]  # fmt: skip
