"""Spoofed, stale and multilaterated positions: marked, counted, without effect on the result."""

from dataclasses import replace

import numpy as np
import pytest

from shieldwall.evidence.flights import landings
from shieldwall.evidence.flights.records import MLAT
from tests.evidence.flights.test_kinds_of_flight import ARRIVAL, events, fly


@pytest.fixture
def track():
    return fly("EGLL", ARRIVAL)


def counts(track):
    return landings(track)[0].counts


def test_a_clean_track_has_no_false_position(track):
    found = counts(track)
    assert (found.used, found.spoofed, found.stale, found.mlat) == (track.size, 0, 0, 0)


def test_a_teleport_to_another_airport_for_minutes(track):
    lat, lon = track.lat.copy(), track.lon.copy()
    lat[150:350], lon[150:350] = 33.82, 35.49  # Beirut
    found = replace(track, lat=lat, lon=lon, speed_mps=np.full(track.size, np.nan))
    assert events(found) == [("landing", "EGLL")]
    assert counts(found).spoofed == 200


def test_positions_jumping_between_two_places(track):
    lat, lon = track.lat.copy(), track.lon.copy()
    lat[100:500:3] += 2.0
    found = replace(track, lat=lat, lon=lon)
    assert events(found) == [("landing", "EGLL")]
    assert counts(found).spoofed == len(range(100, 500, 3))


def test_a_place_sent_again_and_again_in_flight_is_stale(track):
    lat, lon = track.lat.copy(), track.lon.copy()
    lat[100:300], lon[100:300] = lat[100], lon[100]
    found = replace(track, lat=lat, lon=lon)
    assert events(found) == [("landing", "EGLL")]
    assert counts(found).stale == 199


def test_old_positions_are_stale(track):
    age = np.where(np.arange(track.size) % 7 == 0, 60.0, 1.0)
    assert counts(replace(track, age_s=age)).stale == int((age > 15).sum())


def test_the_same_row_twice_is_one(track):
    rows = np.repeat(np.arange(track.size), 2)
    arrays = ("time_s", "lat", "lon", "baro_m", "geo_m", "speed_mps", "heading_deg", "ground",
              "kind", "age_s")  # fmt: skip
    twice = replace(track, **{name: getattr(track, name)[rows] for name in arrays})
    assert counts(twice).duplicate >= 900  # those that stand still are the same place anyway
    assert counts(twice).used == 2 * track.size - counts(twice).duplicate
    assert events(twice) == events(track)


def test_multilaterated_positions_beside_its_own_are_left_out(track):
    rng = np.random.default_rng(3)
    mlat = np.arange(track.size) % 3 == 0
    lat = track.lat + mlat * rng.normal(0.0, 0.01, track.size)
    found = replace(track, lat=lat, kind=np.where(mlat, MLAT, 0).astype(np.int8))
    assert counts(found).mlat == mlat.sum()
    assert counts(found).used == (~mlat).sum()
    assert events(found) == [("landing", "EGLL")]


def test_a_track_of_multilaterated_positions_only_is_used(track):
    rng = np.random.default_rng(3)
    lat = track.lat + rng.normal(0.0, 0.002, track.size)
    found = replace(track, lat=lat, kind=np.full(track.size, MLAT, np.int8))
    assert counts(found).mlat == track.size
    assert counts(found).used > 0.9 * track.size
    assert events(found) == [("landing", "EGLL")]


def test_garbled_altitudes_do_not_make_a_landing():
    cruise = fly("EGLL", [(0, -150, 5, 10_000), (1300, 150, 9, 10_000)])
    alt = cruise.baro_m.copy()
    alt[::50] = 20.0
    assert events(replace(cruise, baro_m=alt)) == []
