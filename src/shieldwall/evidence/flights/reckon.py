"""How likely an aircraft used each airfield, from how it was last seen, stood, or came back.

Every hypothesis (one of the listed airfields near; elsewhere; flew on) gets the logarithm of its
weight times the density of what was seen under it. Densities of positions are per km2, of heights
per metre, of times per second, so that hypotheses compare by Bayes' rule without thresholds.

Position about a field. With distance d, direction off by b from the heading, height H above the
field, slope s: aimed with share w,

    w LN(d; H/s, spread) N(b; spread) / d  +  (1 - w) LN(d; max(H/s, circuit), spread) / (2 pi d)

where LN and N are the log-normal and normal densities. First contacts are last contacts backwards
in time, with the steeper slope of a climb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp, isnan, log

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.flights.airfields import MILITARY, Airfields, airfields
from shieldwall.evidence.flights.assumptions import (
    FLOORS,
    LOW_FLIGHT,
    LOW_FLIGHT_LIGHT,
    MILITARY_ADDRESSES,
    MILITARY_CALLSIGNS,
    PASSED_THROUGH,
    PASSING_SHARES,
    SINKING,
    SLOPE_POWER,
    SLOPES,
    SPEEDS_MPS,
    WEIGHTS,
    V,
)
from shieldwall.evidence.flights.flat import flat_km
from shieldwall.evidence.flights.pauses import Stand, State
from shieldwall.evidence.flights.records import Floats

ELSEWHERE, FLEW_ON = -1, -2
"""In place of an airfield's index."""


@dataclass(frozen=True)
class Habit:
    """What kind of aircraft a track shows."""

    weights: Floats
    """By kind of airfield, (7,)."""
    fastest: float
    slow: bool
    """A helicopter, glider or light aircraft: lands anywhere, flies slowly."""
    floors: tuple[tuple[float, float], ...] = FLOORS
    """Share and scale (m) of the heights at which contact ends for those who land."""


@dataclass(frozen=True)
class End:
    """Height above the likeliest field at which contact in flight ended, and P(it used a field)."""

    visit: int
    height_m: float
    probability: float


def heard(who: Habit, ends: tuple[End, ...], visit: int) -> Habit:
    """Habits with the coverage inferred from a track's other ends: the shares of FLOORS updated.

    Each end counts by its probability of having been a landing or take-off, shared out over the
    scales by Bayes' rule, against ``floor_prior`` ends of prior weight.
    """
    shares = np.array([share for share, _ in FLOORS]) * V["floor_prior"]
    for end in ends:
        if end.visit != visit:
            above = max(end.height_m, 0.0)
            likely = np.array([share / scale * exp(-above / scale) for share, scale in FLOORS])
            shares += end.probability * likely / max(float(likely.sum()), 1e-300)
    shares /= shares.sum()
    floors = tuple((float(s), scale) for s, (_, scale) in zip(shares, FLOORS, strict=True))
    return replace(who, floors=floors)


def habit(aircraft: str, callsign: str, fastest: float) -> Habit:
    """Preferences from the fastest speed seen (m/s, NaN unknown), address block and callsign."""
    known = fastest if np.isfinite(fastest) else SPEEDS_MPS[1]
    at = np.interp(np.log(max(known, 1.0)), np.log(SPEEDS_MPS), np.arange(len(SPEEDS_MPS)))
    table = np.log(np.array(WEIGHTS))
    low = int(min(at, len(SPEEDS_MPS) - 2))
    weights = np.exp(table[low] + (at - low) * (table[low + 1] - table[low]))
    if is_military(aircraft, callsign):
        weights[MILITARY] *= V["military_own"]
    elif callsign[:3].isalpha() and callsign[3:4].isdigit():
        weights[MILITARY] *= V["military_airline"]
    return Habit(weights, known, known < SPEEDS_MPS[1])


def is_military(aircraft: str, callsign: str) -> bool:
    """Whether the address block or the callsign is a military one of the table."""
    if callsign.upper().startswith(MILITARY_CALLSIGNS):
        return True
    try:
        address = int(aircraft, 16)
    except ValueError:
        return False
    return any(low <= address <= high for low, high in MILITARY_ADDRESSES)


Scores = dict[int, float]
"""Airfield index, ``ELSEWHERE`` or ``FLEW_ON`` -> logarithm of weight times density."""


def at_contact(seen: State, who: Habit, climbing: bool) -> Scores:
    """Scores from a last contact in flight (``climbing``: a first one, backwards in time)."""
    fields = airfields()
    slope = V["departure_slope"] if climbing else V["approach_slope"]
    alt = seen.alt if not isnan(seen.alt) else 1_000.0
    reach = float(np.clip(2.5 * alt / 1000.0 / slope, 40.0, 400.0))
    near = fields.near(seen.lat, seen.lon, reach)
    steady = _slope_ratio(seen, who, climbing) + _speed_ratio(seen, who, climbing)
    scores: Scores = {FLEW_ON: log(V["flew_on_km2"] * (V["flew_on_slow"] if who.slow else 1.0))}
    ground = 0.0
    if near.size:
        km, off = bearing(fields, near, seen)
        height = seen.alt - fields.elevation_m[near]
        place = _position(km, off, height, slope)
        total = np.log(who.weights[fields.kind[near]]) + place + _height_ratio(height, who) + steady
        keep = np.argsort(-total, kind="stable")[:12]
        scores.update(zip(near[keep].tolist(), total[keep].tolist(), strict=True))
        ground = float(np.median(fields.elevation_m[near[np.argsort(km, kind="stable")[:5]]]))
    elsewhere = V["elsewhere_km2"] * (V["elsewhere_slow"] if who.slow else 1.0)
    unlisted = np.log(elsewhere) + _height_ratio(np.array([seen.alt - ground]), who)[0] + steady
    scores[ELSEWHERE] = float(unlisted)
    return scores


def bearing(fields: Airfields, near: NDArray[np.int64], seen: State) -> tuple[Floats, Floats]:
    """Distance in km, and how far off the heading (rad; NaN without one), of fields."""
    lat, lon = fields.lat[near], fields.lon[near]
    north, east = flat_km(seen.lat, seen.lon, lat, lon, (lat + seen.lat) / 2)
    off = (np.arctan2(east, north) - seen.heading + np.pi) % (2 * np.pi) - np.pi
    return np.hypot(north, east), np.asarray(off)


def _position(km: Floats, off: Floats, height: Floats, slope: float) -> Floats:
    """Log density per km2 of being at such a place when about to land at each field."""
    far = np.hypot(km, 0.5)
    known = np.isfinite(height)
    glide = np.where(known, np.maximum(height, 0.0) / 1000.0 / slope, 12.0)
    tight = np.where(known, V["aimed_spread"] + 0.4 / (1.0 + glide), 0.9)
    aimed = _lognormal(far, glide + 1.2, tight)
    spread = V["aimed_rad"] + V["offset_km"] / far
    off = np.where(np.isfinite(off), off, 0.0) if np.isfinite(off).any() else np.full_like(off, 9.0)
    high = np.clip(np.where(known, height, 1_000.0) / 4_000.0, 0.0, 1.0)
    sharp = 0.75 - 0.45 * high
    ahead = sharp * _normal(off, spread) + (1.0 - sharp) * _normal(off, 0.5)
    loose = V["around_spread"] + (V["around_spread_high"] - V["around_spread"]) * np.minimum(
        high * 4_000.0 / 1_500.0, 1.0
    )
    around = _lognormal(far, np.maximum(0.8 * glide, V["pattern_km"]), loose)
    share = V["aimed_share"] + (V["aimed_high"] - V["aimed_share"]) * high
    density = share * aimed * ahead / far + (1.0 - share) * around / (2 * np.pi * far)
    return np.asarray(np.log(density + 1e-30))


def _lognormal(x: Floats, median: Floats | float, spread: Floats | float) -> Floats:
    z = np.log(x / median) / spread
    return np.asarray(np.exp(-0.5 * z * z) / (x * spread * np.sqrt(2 * np.pi)))


def _normal(x: Floats, spread: Floats | float) -> Floats:
    z = x / spread
    return np.asarray(np.exp(-0.5 * z * z) / (spread * np.sqrt(2 * np.pi)))


def _height_ratio(height: Floats, who: Habit) -> Floats:
    """Log ratio of losing contact at such a height, landing against flying on."""
    above = np.maximum(height, 0.0)
    landing = sum(share / scale * np.exp(-above / scale) for share, scale in who.floors)
    share, scale, top = LOW_FLIGHT_LIGHT if who.slow else LOW_FLIGHT
    flying = share / scale * np.exp(-above / scale) + (1.0 - share) / top
    below = np.minimum(height, 0.0) / V["baro_tail_m"]
    ratio = np.log(landing / flying) - 0.5 * (2.0 * below) ** 2
    return np.where(np.isfinite(ratio), ratio, 0.0)


def _slope_ratio(seen: State, who: Habit, climbing: bool) -> float:
    """Log ratio of such a descent, about to land against flying on; all seen forwards in time.

    For a first contact the same backwards: a climb away from the field is a descent towards it.
    """
    event = "take-off" if climbing else "landing"
    passing = 0.0
    if not who.slow and not isnan(seen.alt):
        low, full, half, top = PASSED_THROUGH
        passing = min(max((seen.alt - low) / (full - low), 0.0), 1.0)
        passing *= min(max((top - seen.alt) / (top - half), 0.0), 1.0)
    ratio = 0.0
    power = 1.0
    if not isnan(seen.rate):
        ratio += _mixtures(seen.rate, SINKING[event], SINKING["flew on"], passing)
        power = SLOPE_POWER
    if not isnan(seen.slope):
        ratio += power * _mixtures(seen.slope, SLOPES[event], SLOPES["flew on"], passing)
    return ratio


Mixture = tuple[tuple[float, float, float], ...]


def _mixtures(x: float, one: Mixture, other: Mixture, passing: float) -> float:
    """Log ratio of two mixtures (down, level, up), the other's shares shifted from level."""
    shifted = tuple(
        (share + passing * (moved - share), mean, spread)
        for (share, mean, spread), moved in zip(other, PASSING_SHARES, strict=True)
    )
    return log(_mixture(x, one) / _mixture(x, shifted))


def _mixture(x: float, parts: Mixture) -> float:
    """Density, with a floor of a thousandth of the narrowest part's peak."""
    total = 1e-3 / min(spread for _, _, spread in parts)
    for share, mean, spread in parts:
        total += share * bell(x - mean, spread)
    return total


def bell(x: float, spread: float) -> float:
    """Normal density about zero."""
    z = x / spread
    return exp(-0.5 * z * z) / (spread * 2.5066282746310002)


def _speed_ratio(seen: State, who: Habit, climbing: bool) -> float:
    """Log ratio of such a speed: an aircraft about to land has slowed down."""
    if isnan(seen.speed) or who.slow:
        return 0.0
    share = seen.speed / who.fastest
    height = 0.0 if isnan(seen.alt) else min(seen.alt, 6_000.0)
    mean = 0.5 + 0.3 * height / 6_000.0 + (0.08 if climbing else 0.0)
    landing = bell(share - mean, 0.2) + 0.1
    flying = bell(share - 0.9, 0.12) + 0.25
    return min(max(log(landing / flying), -1.8), 1.8)


def at_stand(seen: Stand, who: Habit, seldom_slow: bool) -> Scores:
    """Scores from where it stood, or nearly: slow, flagged, or the lowest point of a pass."""
    fields = airfields()
    near = fields.near(seen.lat, seen.lon, 15.0)
    touched, passing = _on_ground(seen, who, seldom_slow)
    ground = np.nan
    scores: Scores = {}
    if near.size:
        as_state = State(0.0, seen.lat, seen.lon, seen.alt, np.nan, np.nan, np.nan)
        km, _ = bearing(fields, near, as_state)
        height = seen.alt - fields.elevation_m[near]
        total = np.log(who.weights[fields.kind[near]]) + _standing(km)
        total = total + _level(height, seen) + touched
        keep = np.argsort(-total, kind="stable")[:12]
        scores.update(zip(near[keep].tolist(), total[keep].tolist(), strict=True))
        ground = float(fields.elevation_m[near[int(np.argmin(km))]])
    elsewhere = 100.0 * V["elsewhere_km2"] * (V["elsewhere_slow"] if who.slow else 1.0)
    unsure = 200.0 if not isnan(seen.alt) and not isnan(ground) else np.nan
    off = -7.0
    if not isnan(unsure):
        off = float(-np.log(unsure) - 0.5 * min(((seen.alt - ground) / unsure) ** 2, 100.0))
    scores[ELSEWHERE] = float(np.log(elsewhere)) + off + touched
    there = 100.0 * V["flew_on_km2"]
    if seen.low_pass and near.size:  # passes are flown at airfields too
        there += float(np.sum(np.exp(_standing(km)) * who.weights[fields.kind[near]]))
    scores[FLEW_ON] = float(np.log(there)) + passing + _in_air(seen, ground)
    return scores


def _standing(km: Floats) -> Floats:
    """Log density per km2 of standing places about a field."""
    close, wide = V["stand_km"], V["stand_wide_km"]
    density = 0.7 / close**2 * np.exp(-0.5 * (km / close) ** 2)
    density = density + 0.3 / wide**2 * np.exp(-0.5 * (km / wide) ** 2)
    return np.asarray(np.log(density / (2 * np.pi) + 1e-30))


def _level(height: Floats, seen: Stand) -> Floats:
    """Log density per metre of an altitude on the ground, or at the lowest point of a touch."""
    if isnan(seen.alt):
        return np.full_like(height, -7.0)
    error, tail = V["baro_m"], V["baro_tail_m"]
    if seen.low_pass:
        missed = 1.5 * seen.interval
        height = np.where(height > 0.0, np.maximum(height - missed, 0.0), height)
    density = 0.9 * _normal(height, error) + 0.1 * _normal(height, tail)
    return np.asarray(np.log(density + 1e-30))


def _in_air(seen: Stand, ground: float) -> float:
    """Log density per metre of a lowest altitude in flight."""
    if isnan(seen.alt) or isnan(ground):
        return -7.0
    scale = 300.0 if seen.low_pass else 1_500.0
    return float(-np.log(scale) - max(seen.alt - ground, 0.0) / scale) + 0.0


def _on_ground(seen: Stand, who: Habit, seldom_slow: bool) -> tuple[float, float]:
    """Log likelihoods of how it moved, on the ground and in the air."""
    if seen.low_pass:
        share = V["touch_light"] if who.slow else V["touch_prior"]
        return float(np.log(share)), float(np.log(1.0 - share))
    touched, passing = 0.0, 0.0
    if seen.slowest < V["slow_mps"]:
        share = 0.003 if seldom_slow else 0.3
        if seldom_slow and seen.slowest < 3.0:
            share *= 0.1
        passing += float(np.log(share))
    else:
        touched += float(np.log(0.3))
    if seen.flagged:
        passing += float(np.log(0.02))
    else:
        touched += float(np.log(0.7))
    return touched, passing


def posterior(scores: Mapping[int, float]) -> dict[int, float]:
    """Probabilities of the hypotheses, which add up to 1."""
    top = max(scores.values())
    weights = {key: float(np.exp(value - top)) for key, value in scores.items()}
    total = sum(weights.values())
    return {key: weight / total for key, weight in weights.items()}
