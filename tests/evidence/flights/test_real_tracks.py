"""Real tracks: where they landed, and how many of their arrivals are found when cut and thinned."""

import numpy as np
import pytest

from benchmarks.landings import (
    ARRIVALS,
    FLIGHTS,
    WAYS,
    made_arrivals,
    made_overflights,
    real_arrivals,
    real_overflights,
    score,
)
from shieldwall.evidence.flights import landings, landings_of_files, read_tracks

real = pytest.mark.skipif(not FLIGHTS.is_dir(), reason="the shared real tracks are not here")


def moves(name):
    (track,) = read_tracks(FLIGHTS / name)
    return landings(track)


def named(name):
    return [(m.event, m.airport) for m in moves(name) if m.event != "unknown"]


@real
def test_the_c130j_lands_at_guantanamo_charleston_and_soto_cano():
    assert named("c130j_caribbean.csv") == [
        ("take-off", "KNGU"),
        ("landing", "MUGM"), ("turnaround", "MUGM"), ("take-off", "MUGM"),
        ("landing", "KCHS"), ("turnaround", "KCHS"), ("take-off", "KCHS"),
        ("landing", "MHSC"), ("turnaround", "MHSC"), ("take-off", "MHSC"),
        ("landing", "KCHS"),
    ]  # fmt: skip
    found = [m for m in moves("c130j_caribbean.csv") if m.event == "landing"]
    assert [m.time[:10] for m in found] == ["2025-02-04", "2025-02-05", "2025-02-06", "2025-02-06"]
    assert all(m.probability >= 0.5 for m in found)
    guantanamo = found[0]
    assert guantanamo.earliest_s < guantanamo.time_s < guantanamo.latest_s
    assert guantanamo.probability < found[1].probability  # one unheard, one heard to the runway


@real
def test_a_days_trace_has_every_landing_also_the_one_unheard():
    assert [a for e, a in named("readsb_trace_full.json") if e == "landing"] == [
        "KMSP", "KGEG", "KMSP", "KDEN",
    ]  # fmt: skip
    assert [a for e, a in named("readsb_trace_full.json") if e == "take-off"] == [
        "KMSP", "KGEG", "KMSP",
    ]  # fmt: skip
    first = next(m for m in moves("readsb_trace_full.json") if m.event == "landing")
    assert first.time == "2025-02-05T01:12:26Z"  # the first position said to be on the ground
    whole = [m for m in moves("readsb_trace_full.json") if m.event == "turnaround"]
    assert whole[0].ground_time_s == pytest.approx(151 * 60, rel=0.02)


@real
def test_short_tracks_end_where_they_ended():
    assert named("fr24_track.csv") == [("take-off", "RJCC"), ("landing", "RJTT")]
    assert named("noisy_landing.json.gz") == [("landing", "LSZH")]
    assert named("kingston.json.gz") == [("take-off", "MKJP"), ("landing", "MKJP")]


@real
def test_the_spoofed_flight_lands_nowhere_it_was_put():
    (track,) = read_tracks(FLIGHTS / "noisy_spoofing.json.gz")
    found = landings(track)
    assert [(m.event, m.airport) for m in found] == [("take-off", "LTFM"), ("unknown", None)]
    counts = found[0].counts
    assert counts.spoofed > 500  # the jump to Lviv at 50 knots and 38,000 ft
    assert counts.stale > 1_500  # the place repeated for half an hour at 480 knots
    assert counts.used + counts.duplicate + counts.stale + counts.spoofed == counts.points


ENOUGH = {
    "one point per 30 s": 38 / 40,
    "one point per 60 s": 38 / 40,
    "nothing below 5,000 ft": 34 / 40,
    "the same, per 60 s": 34 / 40,
    "as received": 1.0,
}


@real
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seed", [11, 12, 13])
def test_degraded_arrivals(way, seed):
    """Forty cuts of the eight real arrivals, at random starts, ends and phases.

    Kingston's aircraft flies its last hour below 5,000 ft: unheard then, and left out.
    """
    rng = np.random.default_rng(seed)
    cases = real_arrivals(rng, 5 * len(ARRIVALS))
    if "5,000" in way or "same" in way:
        cases = [c for c in cases if c.airport != "MKJP"]
    right, false, heard = score(cases, WAYS[way], rng)
    assert right >= ENOUGH[way] * heard
    assert heard == len(cases)
    assert false <= 1


@pytest.mark.parametrize("way", list(WAYS)[:3])
def test_generated_arrivals_among_close_airfields(way):
    rng = np.random.default_rng(5)
    right, false, heard = score(made_arrivals(rng, 56), WAYS[way], rng)
    assert (right, false, heard) == (56, 0, 56)


def test_generated_arrivals_unheard_below_5000_feet_say_when_they_cannot_tell():
    """Random runways in the densest places: what is named must come true as often as it says."""
    rng = np.random.default_rng(6)
    said, true = [], []
    for case in made_arrivals(rng, 140):
        track = WAYS["nothing below 5,000 ft"](case.track, rng)
        last = [m for m in landings(track) if m.end == "arrival"][-1]
        if last.event == "landing":
            said.append(last.probability)
            true.append(last.airport == case.airport)
    assert len(said) > 70
    assert np.mean(true) == pytest.approx(np.mean(said), abs=0.12)


@real
@pytest.mark.parametrize("way", list(WAYS)[:3])
def test_overflights_cut_from_real_tracks(way):
    rng = np.random.default_rng(7)
    assert score(real_overflights(rng, 40), WAYS[way], rng)[1] <= 1


@pytest.mark.parametrize("way", list(WAYS)[:3])
def test_generated_overflights_low_and_high(way):
    rng = np.random.default_rng(8)
    assert score(made_overflights(rng, 80), WAYS[way], rng)[1] <= 2


@real
def test_plain_values_for_the_command_line_are_the_same_twice():
    paths = sorted(FLIGHTS.glob("*.json*"))
    first = landings_of_files(paths)
    assert first == landings_of_files(paths)
    for row in first:
        assert {"track", "event", "airport", "time", "probability"} <= set(row)
        assert row["time"].endswith("Z")
        assert row["interval"][0] <= row["time"] <= row["interval"][1]
        assert 0.0 <= row["probability"] <= 1.0
        assert (row["airport"] is None) or row["probability"] >= 0.5
