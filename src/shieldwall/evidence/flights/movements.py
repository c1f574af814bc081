"""Tracks to movements: landings, take-offs, turnarounds, and ends that stay unknown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import isnan
from pathlib import Path as FilePath
from typing import Any

import numpy as np

from shieldwall.evidence.flights import reckon
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.cleaning import Path, path_of
from shieldwall.evidence.flights.pauses import pauses
from shieldwall.evidence.flights.reading import read_tracks
from shieldwall.evidence.flights.reckon import Habit
from shieldwall.evidence.flights.records import Event, Movement, Track
from shieldwall.evidence.flights.telling import Teller


def landings_of_files(paths: Sequence[FilePath]) -> list[dict[str, Any]]:
    """Movements of every track of the files as plain values, in order of file, track and time.

    Raises ``InputError`` for the first file that is no track.
    """
    return [
        movement.as_dict()
        for path in paths
        for track in read_tracks(path)
        for movement in landings(track)
    ]


def landings(track: Track) -> tuple[Movement, ...]:
    """Landings, take-offs and turnarounds with odds, in order of time.

    A stop gives its landing and its take-off and, where both are at one airfield, the turnaround
    that joins them (same ``visit``). The ends of a track are always reported: ``unknown`` where
    no airfield has an even chance.
    """
    path = path_of(track)
    stops = pauses(path)
    if not stops:
        return ()
    who = _habit(track, path)
    teller = Teller(track, path, who, not (who.slow or _hovers(path)), ends=[])
    found = [m for number, stop in enumerate(stops) for m in teller.tell(stop, number)]
    if len({e.visit for e in teller.ends}) > 1:  # what one end shows of coverage helps the others
        again = replace(teller, ends=[], told=tuple(teller.ends))
        found = [m for number, stop in enumerate(stops) for m in again.tell(stop, number)]
    return tuple(sorted(found, key=lambda m: (m.time_s, m.visit, ORDER[m.event])))


def _hovers(path: Path) -> bool:
    """Whether the aircraft flies slowly well above the lowest place it was seen at."""
    if not np.isfinite(path.alt).any():
        return False
    high = path.alt > np.nanmin(path.alt) + 600.0
    return bool(high.any()) and float(np.mean(path.speed[high] < V["slow_mps"])) > 0.05


ORDER: dict[Event, int] = {"landing": 0, "turnaround": 1, "take-off": 2, "unknown": 3}


def _habit(track: Track, path: Path) -> Habit:
    known = path.speed[np.isfinite(path.speed)]
    fastest = float(np.percentile(known, 98)) if known.size else np.nan
    if np.isfinite(path.alt).any() and np.nanmax(path.alt) > 8_500.0:
        fastest = max(200.0, fastest if not isnan(fastest) else 0.0)
    return reckon.habit(track.aircraft, track.callsign, fastest)
