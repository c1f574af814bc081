"""Which of a track's positions hold: stale, multilaterated and false ones marked and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.flights import kernel
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.records import MLAT, Bytes, Counts, Floats, Track


@dataclass(frozen=True, eq=False)
class Path:
    """What a track's good positions say; arrays (n,), SI, altitude NaN where unknown."""

    time: Floats
    lat: Floats
    lon: Floats
    alt: Floats
    speed: Floats
    heading: Floats
    """Degrees, as reported."""
    ground: Bytes
    counts: Counts


def marks(track: Track) -> Bytes:
    """A mark (``kernel.GOOD`` ...) for every position of a track."""
    alt = _altitude(track)
    quick = np.nanpercentile(track.speed_mps, 99) if np.isfinite(track.speed_mps).any() else np.nan
    quick = float(quick)
    slow_high = V["slow_high_mps"] if quick > V["jet_mps"] else 0.0
    found = kernel.mark(
        track.time_s, track.lat, track.lon, alt, track.speed_mps,
        (track.kind == MLAT).astype(np.int8), track.age_s, V["old_s"], V["moving_mps"],
        V["beside_s"], V["slow_high_m"], slow_high,
    )  # fmt: skip
    limit = V["fastest_mps"]
    if np.isfinite(quick):
        limit = min(limit, 1.6 * quick + 60.0)
    part, parts, begun = kernel.chains(
        track.time_s, track.lat, track.lon, found, limit, V["jump_m"], V["part_s"]
    )
    if begun > 1:
        found[~_kept(track, part, parts, limit) & (part >= 0)] = kernel.SPOOFED
    return np.asarray(found, dtype=np.int8)


def _kept(track: Track, part: NDArray[np.int32], parts: int, limit: float) -> NDArray[np.bool_]:
    """Points (n,) of the string of parts with most points that one aircraft can have flown."""
    rows = np.flatnonzero(part >= 0)
    numbers = part[rows]
    first = np.full(parts, len(part), dtype=np.int64)
    last = np.full(parts, -1, dtype=np.int64)
    np.minimum.at(first, numbers, rows)
    np.maximum.at(last, numbers, rows)
    weight = np.bincount(numbers, minlength=parts).astype(np.int64)
    good = kernel.heaviest(
        first, last, weight, track.time_s, track.lat, track.lon, limit, V["jump_m"], 256
    )
    kept = np.zeros(len(part), dtype=np.bool_)
    kept[rows] = good[numbers]
    return kept


def path_of(track: Track) -> Path:
    """The good positions with the best altitude and speed, and the counts of all."""
    found = marks(track)
    good = found == kernel.GOOD
    tally = np.bincount(found, minlength=5)
    counts = Counts(
        points=track.size,
        used=int(tally[kernel.GOOD]),
        duplicate=int(tally[kernel.DUPLICATE]),
        stale=int(tally[kernel.STALE]),
        mlat=int((track.kind == MLAT).sum()),
        spoofed=int(tally[kernel.SPOOFED]),
    )
    time, lat, lon = track.time_s[good], track.lat[good], track.lon[good]
    return Path(
        time=time,
        lat=lat,
        lon=lon,
        alt=kernel.steady(time, _altitude(track)[good], V["climb_mps"], V["spike_m"]),
        speed=kernel.motion(time, lat, lon, track.speed_mps[good], V["baseline_s"]),
        heading=track.heading_deg[good],
        ground=track.ground[good],
        counts=counts,
    )


def _altitude(track: Track) -> Floats:
    """Satellite height where nearly every position has it and it is steady; else pressure."""
    geo, baro = np.isfinite(track.geo_m), np.isfinite(track.baro_m)
    if geo.sum() > V["geo_share"] * max(1, (baro | geo).sum()):
        apart = np.diff((track.geo_m - track.baro_m)[geo & baro])
        if apart.size == 0 or np.mean(np.abs(apart) > V["spike_m"]) < 0.01:
            return track.geo_m
    return np.where(baro, track.baro_m, track.geo_m)
