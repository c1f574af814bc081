"""Landings and take-offs of tracks, as a person reads them and by week."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from shieldwall.errors import UsageError
from shieldwall.evidence.desk.showing import safe
from shieldwall.evidence.flights import Movement, Week, airlift, landings, read_tracks


def movements(paths: Sequence[Path]) -> list[Movement]:
    """Every movement of every track of the files. Raises ``InputError``."""
    return [m for path in paths for track in read_tracks(path) for m in landings(track)]


def weeks(paths: Sequence[Path], airport: str, detection: float | None) -> tuple[Week, ...]:
    """Arrivals and departures at an ICAO code, week by week.

    ``detection`` is the probability that a movement there is seen at all; ``None`` where unknown.
    Raises ``UsageError`` for a code that no airfield has.
    """
    import airportsdata

    code = airport.upper()
    if code not in airportsdata.load("ICAO"):
        raise UsageError(f"--week {airport!r}: no airfield has that ICAO code, such as SVMI")
    return airlift(movements(paths), code, detection)


def listing(found: Sequence[dict[str, Any]]) -> str:
    """Movements by track, one a line."""
    lines: list[str] = []
    for track, group in groupby(found, key=lambda each: (each["track"], each["aircraft"])):
        lines.append(safe(" ".join(part for part in track if part)))
        lines += [f"  {_line(each)}" for each in group]
    return "\n".join(lines) or "no landing or take-off found; no track is not evidence of no flight"


def _line(movement: dict[str, Any]) -> str:
    place = movement["airport"] or "unknown"
    stay = movement["ground_time_s"]
    ground = "" if stay is None else f", on the ground {stay / 3600:.1f} h"
    return (
        f"{movement['time']}  {movement['event']:<10} {place:<7} "
        f"{movement['probability']:.2f}{ground}  {safe(movement['why'])}"
    )


def weekly(found: Sequence[Week], airport: str) -> str:
    """Weeks in words."""
    lines = [each.said for each in found]
    return "\n".join([f"{airport.upper()}:", *lines]) if lines else "no movement in these tracks"
