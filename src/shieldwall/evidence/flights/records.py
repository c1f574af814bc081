"""Tracks as they were received, and the movements reckoned from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bytes = NDArray[np.int8]

Event = Literal["landing", "take-off", "turnaround", "unknown"]

Way = Literal["arrival", "departure"]
"""Which end of a flight a movement is."""

ADSB, MLAT = 0, 1
"""Kinds of position: sent by the aircraft, or located by the receivers (multilateration, TIS-B)."""


@dataclass(frozen=True, eq=False)
class Track:
    """One aircraft in one file; all arrays (n,), in order of time, unknown values NaN (or -1)."""

    name: str
    """The file, followed by ``#`` and the aircraft where the file holds several."""
    aircraft: str
    """ICAO 24-bit address in hex where known, else what the file calls it, else empty."""
    callsign: str
    """The first callsign of the track, or empty."""
    time_s: Floats
    """Seconds since 1970, UTC."""
    lat: Floats
    lon: Floats
    baro_m: Floats
    """Pressure altitude, metres, as sent: not corrected for the day's pressure."""
    geo_m: Floats
    """Height by satellite, metres."""
    speed_mps: Floats
    """Ground speed as reported."""
    heading_deg: Floats
    """Direction of travel over ground as reported."""
    ground: Bytes
    """1 on the ground, 0 in the air, -1 not said."""
    kind: Bytes
    """``ADSB`` or ``MLAT``."""
    age_s: Floats
    """How old the position was when recorded, where the file says so."""

    @property
    def size(self) -> int:
        """Number of positions."""
        return len(self.time_s)


@dataclass(frozen=True)
class Counts:
    """What became of a track's positions."""

    points: int
    used: int
    duplicate: int
    stale: int
    mlat: int
    """All multilaterated positions, used or not."""
    spoofed: int


@dataclass(frozen=True)
class Candidate:
    """An airfield a movement may have been at."""

    airport: str
    probability: float


@dataclass(frozen=True)
class Movement:
    """Something an aircraft did at one end of a stretch of flight, with odds."""

    track: str
    aircraft: str
    callsign: str
    event: Event
    airport: str | None
    """ICAO code; ``None`` where no airfield has an even chance."""
    probability: float
    """Of the event at the airport; for ``unknown``, that it was not at the likeliest airfield."""
    time_s: float
    """Best moment, seconds since 1970, UTC; for a turnaround that of its landing."""
    earliest_s: float
    latest_s: float
    ground_time_s: float | None
    """Between landing and take-off at one airfield; ``None`` where not known."""
    why: str
    candidates: tuple[Candidate, ...]
    """Airfields with one chance in a hundred or more, likeliest first."""
    end: Literal["arrival", "departure", ""]
    """Which end of flight this is about; empty for a turnaround."""
    visit: int
    """Landing, take-off and turnaround of the same stop share this number within a track."""
    counts: Counts

    @property
    def time(self) -> str:
        """Best moment, ISO 8601 UTC."""
        return iso(self.time_s)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "track": self.track,
            "aircraft": self.aircraft or None,
            "callsign": self.callsign or None,
            "event": self.event,
            "airport": self.airport,
            "time": self.time,
            "interval": [iso(self.earliest_s), iso(self.latest_s)],
            "probability": round(self.probability, 4),
            "ground_time_s": None if self.ground_time_s is None else round(self.ground_time_s),
            "why": self.why,
            "end": self.end or None,
            "visit": self.visit,
            "candidates": [
                {"airport": c.airport, "probability": round(c.probability, 4)}
                for c in self.candidates
            ],
            "points": {
                name: getattr(self.counts, name)
                for name in ("points", "used", "duplicate", "stale", "mlat", "spoofed")
            },
        }


def iso(time_s: float) -> str:
    """Seconds since 1970 as ISO 8601 UTC, to the second."""
    return f"{np.datetime64(round(time_s), 's')}Z"
