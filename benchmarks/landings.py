"""Landings found on degraded tracks, false ones on overflights, and points per second.

Real tracks come from ``../shared/data/flights``; each arrival on them is cut at many random
phases. Generated ones are flown from a seed: vectors or a straight-in approach, level steps,
holds, wind, a pressure offset, 3-degree slopes, to airfields with others close by.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import numpy as np

from benchmarks.tables import best_of, show
from shieldwall.evidence.flights import Movement, Track, landings, read_tracks
from shieldwall.evidence.flights.airfields import airfields

FLIGHTS = Path(__file__).parents[2] / "shared" / "data" / "flights"

ARRIVALS = (
    ("c130j_caribbean.csv", "KCHS", "2025-02-05T01:02:16"),
    ("c130j_caribbean.csv", "KCHS", "2025-02-06T19:05:30"),
    ("fr24_track.csv", "RJTT", "2024-01-02T08:47:00"),
    ("kingston.json.gz", "MKJP", "2018-06-26T19:10:50"),
    ("noisy_landing.json.gz", "LSZH", "2019-11-11T18:10:00"),
    ("readsb_trace_full.json", "KMSP", "2025-02-05T01:12:26"),
    ("readsb_trace_full.json", "KMSP", "2025-02-05T17:00:18"),
    ("readsb_trace_full.json", "KDEN", "2025-02-05T19:54:30"),
)
"""Arrivals heard down to the runway (LSZH: to 300 ft above it): file, airfield, touchdown."""

DENSE = (
    "KMIA", "KFLL", "KOPF", "EGLL", "EGKK", "EGLC", "EGSS", "UUEE", "UUDD", "UUWW", "LFPO",
    "LFPG", "KJFK", "KLGA", "KEWR", "KTEB", "KLAX", "KSNA", "EDDF", "EHAM", "SVMI", "MUHA",
    "OMDB", "OMSJ", "RJTT", "VHHH", "SBSP", "SBGR",
)  # fmt: skip

FLOOR_M = 1_524.0
"""5,000 ft."""


@dataclass(frozen=True)
class Case:
    """A track and the airfield it lands at; ``None`` for an overflight."""

    track: Track
    airport: str | None


def part(track: Track, rows: np.ndarray) -> Track:
    """The track at these rows only."""
    arrays = ("time_s", "lat", "lon", "baro_m", "geo_m", "speed_mps", "heading_deg", "ground",
              "kind", "age_s")  # fmt: skip
    return replace(track, **{name: getattr(track, name)[rows] for name in arrays})


def thinned(track: Track, every_s: float, phase_s: float) -> Track:
    """One position per ``every_s``: the first of each interval, counted from a phase."""
    if track.size == 0:
        return track
    slot = np.floor((track.time_s - track.time_s[0] + phase_s) / every_s)
    return part(track, np.flatnonzero(np.diff(slot, prepend=-1.0) > 0))


def above(track: Track, floor_m: float) -> Track:
    """What is received with nothing heard below a height above the sea."""
    alt = np.where(np.isfinite(track.baro_m), track.baro_m, track.geo_m)
    return part(track, np.flatnonzero((alt >= floor_m) & (track.ground != 1)))


def real_arrivals(rng: np.random.Generator, count: int) -> list[Case]:
    """Cuts of the real arrivals, each beginning and ending at random moments."""
    made = []
    for number in range(count):
        name, airport, touchdown = ARRIVALS[number % len(ARRIVALS)]
        moment = float(np.datetime64(touchdown, "ms").astype(np.int64)) / 1e3
        track = next(t for t in read_tracks(FLIGHTS / name))
        start = moment - rng.uniform(900.0, 3_600.0)
        end = moment + rng.uniform(-20.0, 240.0)
        rows = np.flatnonzero((track.time_s >= start) & (track.time_s <= end))
        made.append(Case(part(track, rows), airport))
    return made


def real_overflights(rng: np.random.Generator, count: int) -> list[Case]:
    """Cuts of 8 to 30 minutes of the real tracks at 15,000 ft or more."""
    names = ("c130j_caribbean.csv", "fr24_track.csv", "noisy_spoofing.json.gz",
             "readsb_trace_full.json")  # fmt: skip
    made: list[Case] = []
    while len(made) < count:
        track = read_tracks(FLIGHTS / names[len(made) % len(names)])[0]
        alt = np.where(np.isfinite(track.baro_m), track.baro_m, track.geo_m)
        high = np.flatnonzero(alt > 4_572.0)
        start = track.time_s[rng.choice(high)]
        span = rng.uniform(480.0, 1_800.0)
        rows = np.flatnonzero((track.time_s >= start) & (track.time_s <= start + span))
        if len(rows) > 10 and (alt[rows] > 4_572.0).all():
            made.append(Case(part(track, rows), None))
    return made


def made_arrivals(rng: np.random.Generator, count: int) -> list[Case]:
    """Generated arrivals, one position a second, at airfields with others close by."""
    return [Case(_arrival(rng, DENSE[n % len(DENSE)]), DENSE[n % len(DENSE)]) for n in range(count)]


def made_overflights(rng: np.random.Generator, count: int) -> list[Case]:
    """Generated level flights past an airfield, a third of them below 3,000 ft."""
    return [Case(_overflight(rng, DENSE[n % len(DENSE)], n % 3 == 0), None) for n in range(count)]


def _arrival(rng: np.random.Generator, code: str) -> Track:
    """Flown backwards from the threshold, then forwards over the runway and taxiway."""
    fields = airfields()
    field = fields.code.index(code)
    runway = rng.uniform(0.0, 2 * np.pi)
    side_m, down_m = rng.normal(0.0, 600.0), rng.uniform(-1_500.0, -900.0)
    x = down_m * np.sin(runway) + side_m * np.cos(runway)
    y = down_m * np.cos(runway) - side_m * np.sin(runway)
    ground = float(fields.elevation_m[field])
    cruise = rng.uniform(3_500.0, 10_500.0)
    level, level_s = rng.uniform(750.0, 1_500.0), rng.uniform(0.0, 150.0)
    turn_at, turn_by = rng.uniform(12_000.0, 24_000.0), rng.choice([0.0, 1.2, 1.6, 3.0])
    turn_by *= rng.choice([-1.0, 1.0])
    back, leg, leg_m = runway, 0.0, rng.uniform(8_000.0, 20_000.0)
    hold_s = rng.choice([0.0, 0.0, 0.0, 480.0])
    rows, flown, height, held, turned = [], 0.0, 15.0, 0.0, 0.0
    approach = rng.uniform(62.0, 75.0)
    slope = np.tan(np.radians(rng.normal(3.0, 0.1)))
    for second in range(int(rng.uniform(1_200.0, 2_400.0))):
        speed = float(np.clip(approach + 0.012 * (height - 300.0) * (height > 300.0), 0.0, 235.0))
        rows.append((-float(second), x, y, height, speed, back))
        x -= speed * np.sin(back)
        y -= speed * np.cos(back)
        flown += speed
        if height < level:
            height += speed * slope
        elif held < level_s:
            held += 1.0
        elif height < cruise:
            height += speed * 0.05 if (second // 90) % 5 else 0.0
        if flown > turn_at and abs(turned) < abs(turn_by):
            back += 0.035 * np.sign(turn_by)
            turned += 0.035 * np.sign(turn_by)
        elif abs(turned) >= abs(turn_by) > 0.0 and turn_by != 0.0:
            leg += speed
            if leg > leg_m and height >= level and hold_s > 0.0:
                back += 0.03
                hold_s -= 1.0
        back += rng.normal(0.0, 0.002)
    rows.reverse()
    x, y = rows[-1][1], rows[-1][2]
    speed, along = approach, runway
    for second in range(1, 240):
        speed = max(speed - 1.8, 8.0)
        x += speed * np.sin(along)
        y += speed * np.cos(along)
        along += 0.1 if 45 < second < 60 else 0.0
        rows.append((float(second), x, y, 0.0, speed, along))
    return _track(rng, code, np.array(rows), ground)


def _overflight(rng: np.random.Generator, code: str, low: bool) -> Track:
    fields = airfields()
    ground = float(fields.elevation_m[fields.code.index(code)])
    heading = rng.uniform(0.0, 2 * np.pi)
    speed = rng.uniform(55.0, 110.0) if low else rng.uniform(120.0, 250.0)
    height = rng.uniform(450.0, 900.0) if low else rng.uniform(2_500.0, 11_500.0)
    past_m, miss_m = rng.uniform(-10_000.0, 60_000.0), rng.normal(0.0, 4_000.0)
    time_s = np.arange(-900.0, 1.0)
    along = past_m + speed * time_s
    x = along * np.sin(heading) + miss_m * np.cos(heading)
    y = along * np.cos(heading) - miss_m * np.sin(heading)
    wander = np.cumsum(rng.normal(0.0, 0.4, len(time_s)))
    one = np.ones_like(time_s)
    rows = np.stack([time_s, x, y, height + wander, speed * one, heading * one], axis=1)
    return _track(rng, code, rows, ground)


def _track(rng: np.random.Generator, code: str, rows: np.ndarray, ground: float) -> Track:
    fields = airfields()
    field = fields.code.index(code)
    n = len(rows)
    x, y = rows[:, 1] + rng.normal(0.0, 15.0, n), rows[:, 2] + rng.normal(0.0, 15.0, n)
    lat = fields.lat[field] + np.degrees(y / 6_371_000.0)
    lon = fields.lon[field] + np.degrees(x / 6_371_000.0) / np.cos(np.radians(fields.lat[field]))
    alt = rows[:, 3] + ground + rng.normal(0.0, 60.0)
    return Track(
        name=code, aircraft="abc123", callsign="", time_s=1.7e9 + rows[:, 0],
        lat=lat, lon=lon, baro_m=np.round(alt / 7.62) * 7.62, geo_m=np.full(n, np.nan),
        speed_mps=np.round(rows[:, 4]), heading_deg=np.degrees(rows[:, 5]) % 360.0,
        ground=np.full(n, -1, np.int8), kind=np.zeros(n, np.int8), age_s=np.full(n, np.nan),
    )  # fmt: skip


def found(case: Case, moves: Iterable[Movement]) -> bool:
    """Whether a landing at the right airfield has an even chance or better."""
    return any(
        m.event == "landing" and m.airport == case.airport and m.probability >= 0.5 for m in moves
    )


def wrong(case: Case, moves: Iterable[Movement]) -> bool:
    """Whether a landing is named at another airfield, or where there was none."""
    return any(
        m.event == "landing" and m.airport != case.airport and m.probability >= 0.5 for m in moves
    )


Degraded = Callable[[Track, np.random.Generator], Track]

WAYS: dict[str, Degraded] = {
    "as received": lambda track, rng: track,
    "one point per 30 s": lambda track, rng: thinned(track, 30.0, rng.uniform(0.0, 30.0)),
    "one point per 60 s": lambda track, rng: thinned(track, 60.0, rng.uniform(0.0, 60.0)),
    "nothing below 5,000 ft": lambda track, rng: above(track, FLOOR_M),
    "the same, per 60 s": lambda track, rng: thinned(
        above(track, FLOOR_M), 60.0, rng.uniform(0.0, 60.0)
    ),
}


def score(cases: list[Case], way: Degraded, rng: np.random.Generator) -> tuple[int, int, int]:
    """Cases found, with a wrong landing, and heard at all, on tracks degraded in one way."""
    right = false = heard = 0
    for case in cases:
        track = way(case.track, rng)
        if track.size < 3:
            continue
        heard += 1
        moves = landings(track)
        right += found(case, moves)
        false += wrong(case, moves)
    return right, false, heard


Peer = Callable[[Track, str], bool]


def peer() -> Peer | None:
    """``traffic``'s landing detection (aligned on ILS), told the airfield; ``None`` without it.

    It wants runways, taken from the shared table; ours are told neither.
    """
    try:
        import pandas as pd
        from traffic.algorithms.navigation.landing import LandingAlignedOnILS
        from traffic.core import Flight
        from traffic.data.basic.runways import Threshold
    except ImportError:
        return None

    def lands(track: Track, code: str) -> bool:
        fields = airfields()
        ends = [Threshold(*end) for end in _thresholds().get(code, ())]
        place = SimpleNamespace(
            icao=code,
            altitude=fields.elevation_m[fields.code.index(code)] / 0.3048,
            runways=SimpleNamespace(list=ends, shape=SimpleNamespace(is_empty=not ends)),
        )
        flight = Flight(
            pd.DataFrame(
                {
                    "timestamp": pd.to_datetime(track.time_s, unit="s", utc=True),
                    "latitude": track.lat,
                    "longitude": track.lon,
                    "altitude": track.baro_m / 0.3048,
                    "track": track.heading_deg,
                    "groundspeed": track.speed_mps / 0.514444,
                    "icao24": "abc123",
                    "callsign": "ABC",
                }
            )
        )
        return bool(ends) and any(True for _ in LandingAlignedOnILS(place).apply(flight))

    return lands


@cache
def _thresholds() -> dict[str, list[tuple[float, float, float, str]]]:
    """Latitude, longitude, heading and name of every runway's ends, by airfield."""
    found: dict[str, list[tuple[float, float, float, str]]] = {}
    with (FLIGHTS / "runways.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            for end in ("le", "he"):
                values = [row[f"{end}_{k}"] for k in ("latitude_deg", "longitude_deg")]
                values.append(row[f"{end}_heading_degT"])
                if all(values):
                    lat, lon, heading = map(float, values)
                    found.setdefault(row["airport_ident"], []).append(
                        (lat, lon, heading, row[f"{end}_ident"])
                    )
    return found


def main(seed: int = 2026, count: int = 80) -> None:
    """Print both tables."""
    rng = np.random.default_rng(seed)
    sets = {
        "real arrivals": real_arrivals(rng, count),
        "generated arrivals": made_arrivals(rng, count),
        "real overflights": real_overflights(rng, count),
        "generated overflights": made_overflights(rng, count),
    }
    other = peer()
    rows = []
    for name, cases in sets.items():
        for label, way in WAYS.items():
            if "overflights" in name and ("below" in label or "same" in label):
                continue
            tracks = [Case(way(c.track, rng), c.airport) for c in cases]
            right, false, heard = score(tracks, WAYS["as received"], rng)
            theirs = "-"
            if other is not None and name == "real arrivals":
                theirs = str(sum(other(c.track, c.airport) for c in tracks if c.track.size > 2))
            rows.append((name, label, heard, right if cases[0].airport else "-", false, theirs))
    note = "" if other else "install traffic (and pandas below 3) to see its landing detection here"
    show(
        "Landings with probability 0.5 or more",
        ("tracks", "received", "n", "found", "wrong", "traffic finds"),
        rows,
        note,
    )
    _speed()


def _speed() -> None:
    names = sorted({name for name, _, _ in ARRIVALS} | {"noisy_spoofing.json.gz"})
    rows = [_timed(name, FLIGHTS / name) for name in names]
    with TemporaryDirectory() as folder:
        path = Path(folder, "states.csv")
        path.write_text(_states([c.track for c in made_arrivals(np.random.default_rng(1), 100)]))
        rows.append(_timed("100 arrivals at 1 s, OpenSky CSV", path))
    show(
        "Points per second of one processor",
        ("file", "points", "reckoned", "parsed and reckoned"),
        rows,
    )


def _timed(name: str, path: Path) -> tuple[object, ...]:
    tracks = read_tracks(path)
    size = sum(t.size for t in tracks)
    read = best_of(5, lambda: read_tracks(path)).cpu_s
    reckoned = best_of(5, lambda: [landings(t) for t in tracks]).cpu_s
    return name, size, f"{size / reckoned:,.0f}", f"{size / (read + reckoned):,.0f}"


def _states(tracks: list[Track]) -> str:
    """OpenSky's table of state vectors, one aircraft after the other."""
    lines = ["time,icao24,lat,lon,velocity,heading,onground,baroaltitude"]
    for n, t in enumerate(tracks):
        columns = (t.time_s, t.lat, t.lon, t.speed_mps, t.heading_deg, t.baro_m)
        lines += [
            f"{a:.0f},{n:06x},{b:.5f},{c:.5f},{d:.1f},{e:.1f},False,{f:.1f}"
            for a, b, c, d, e, f in zip(*columns, strict=True)
        ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    start = time.perf_counter()
    main()
    print(f"{time.perf_counter() - start:.0f} s")
