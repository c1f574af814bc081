"""Where an aircraft landed and left again over a gap in its track, or that it flew on."""

from __future__ import annotations

from math import exp, isnan, log

import numpy as np

from shieldwall.evidence.flights.airfields import airfields
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.flat import EARTH_KM, flat_km
from shieldwall.evidence.flights.kernel import distance
from shieldwall.evidence.flights.pauses import State
from shieldwall.evidence.flights.reckon import ELSEWHERE, FLEW_ON, Habit, Scores, bell, posterior


def joint(
    arrival: Scores,
    departure: Scores,
    before: State | None,
    after: State | None,
    span_s: float,
    who: Habit,
) -> tuple[dict[tuple[int, int], float], float]:
    """Where it landed and where from it left again over a gap: {(a, b): probability}, and P(no).

    ``before`` and ``after`` are the states about the gap, ``None`` where it was seen to stand.
    """
    logs: dict[tuple[int, int], float] = {}
    inbound, outbound = _serious(arrival, before), _serious(departure, after)
    for a, (value, there) in inbound.items():
        for b, (other, back) in outbound.items():
            logs[a, b] = value + other + _between(a, b, span_s, there + back)
            if a == b:  # its weight is in both scores, and it was chosen once
                logs[a, b] -= _weight(a, who)
            if a == b == ELSEWHERE:  # an unlisted place lies within reach of both contacts
                logs[a, b] -= log(np.pi * _reach_km(before, after) ** 2)
    if before is not None and after is not None:
        stay = arrival[FLEW_ON] + _reappears(before, after, span_s)
    else:
        stay = -np.inf
    every = posterior({-1 - i: v for i, v in enumerate([stay, *logs.values()])})
    odds = list(every.values())
    return dict(zip(logs, odds[1:], strict=True)), odds[0]


def _serious(scores: Scores, seen: State | None) -> dict[int, tuple[float, float]]:
    """Score and flying time of the places in the running: the eight best."""
    places = sorted(((v, k) for k, v in scores.items() if k != FLEW_ON), reverse=True)
    return {k: (v, flying_s(k, seen)) for v, k in places[:8] if v > places[0][0] - 9.0}


def _reach_km(before: State | None, after: State | None) -> float:
    heights = [s.alt for s in (before, after) if s is not None and s.alt == s.alt]
    return max(10.0, 0.02 * max(heights, default=0.0))


def _weight(field: int, who: Habit) -> float:
    if field == ELSEWHERE:
        return log(V["elsewhere_km2"] * (V["elsewhere_slow"] if who.slow else 1.0))
    return log(who.weights[airfields().kind[field]])


def flying_s(field: int, seen: State | None) -> float:
    """Seconds between a contact and a field, flown straight at somewhat less than its speed."""
    if seen is None:
        return 0.0
    if field == ELSEWHERE:
        return 300.0
    fields = airfields()
    far = distance(seen.lat, seen.lon, fields.lat[field], fields.lon[field])
    return float(far / max(0.85 * (seen.speed if not isnan(seen.speed) else 90.0), 30.0))


def _between(a: int, b: int, span_s: float, legs_s: float) -> float:
    """Log density per second of the gap's length, given where it landed and left from."""
    other = V["elsewhere_between"]
    if a == b:
        stop = span_s - legs_s
        late = exp(min(stop, 0.0) / 90.0)
        stop = max(stop, 20.0)
        usual = _span(stop, V["stop_s"], V["stop_spread"])
        night = _span(stop, V["night_s"], 1.0)
        touch = exp(-stop / 90.0) / 90.0
        density = (1.0 - other) * late * (0.7 * usual + 0.25 * night + 0.05 * touch)
        return log(density * (0.5 if a == ELSEWHERE else 1.0) + 1e-30)
    hop = 1_800.0
    if a >= 0 and b >= 0:
        fields = airfields()
        hop += distance(fields.lat[a], fields.lon[a], fields.lat[b], fields.lon[b]) / 150.0
    slack = span_s - legs_s - hop
    if slack <= 0.0:
        return -60.0
    return log(0.2 * other * _span(slack + 60.0, 30_000.0, 1.3) + 1e-30)


def _span(x: float, median: float, spread: float) -> float:
    """Log-normal density."""
    return bell(log(x / median), spread) / x


def _reappears(before: State, after: State, span_s: float) -> float:
    """Log density (per km2 and second) of coming back there and then, having flown on."""
    speed = np.nanmax([before.speed, after.speed, 40.0]) / 1000.0
    heading = before.heading if not isnan(before.heading) else 0.0
    lat = before.lat + np.degrees(speed * span_s * np.cos(heading) / EARTH_KM)
    east = speed * span_s * np.sin(heading) / EARTH_KM
    lon = before.lon + np.degrees(east / max(np.cos(np.radians(before.lat)), 0.05))
    km_north, km_east = flat_km(lat, lon, after.lat, after.lon, after.lat)
    spread = 1.0 + 0.12 * speed * span_s
    flown = speed * span_s + 2.0
    straight = np.exp(-0.5 * (km_north**2 + km_east**2) / spread**2) / (2 * np.pi * spread**2)
    gone = np.hypot(*flat_km(before.lat, before.lon, after.lat, after.lon, after.lat))
    anywhere = (1.0 if gone < 1.2 * flown else 1e-6) / (np.pi * flown**2)
    along = bell(gone / flown - 0.97, 0.06) / (2 * np.pi * max(gone, 1.0) * flown)
    place = 0.5 * straight + 0.2 * anywhere + 0.3 * along
    when = 0.7 / 300.0 * np.exp(-span_s / 300.0) + 0.3 / 3_600.0 * np.exp(-span_s / 3_600.0)
    return float(np.log(place * when + 1e-30))
