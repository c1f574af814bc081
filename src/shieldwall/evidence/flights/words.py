"""Why a movement was reckoned, in words."""

from __future__ import annotations

from math import isnan

import numpy as np

from shieldwall.evidence.flights import reckon
from shieldwall.evidence.flights.airfields import airfields
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.pauses import Stand, State
from shieldwall.evidence.flights.records import Way


def why(
    end: Way,
    seen: State | Stand,
    time: tuple[float, float, float],
    listed: list[tuple[float, int]],
    named: bool,
    off: bool,
) -> str:
    """What speaks for it, in words."""
    fields = airfields()
    nearest = listed[0][1] if listed else None
    if isinstance(seen, Stand):
        text = "speed unknown"
        if seen.low_pass:
            text = "lowest point of a descent and climb"
        elif not isnan(seen.slowest):
            text = f"slowest {seen.slowest / 0.514444:.0f} kt"
        text += ", said to be on the ground" if seen.flagged else ""
    else:
        contact = "last contact" if end == "arrival" else "first contact"
        height = "altitude unknown" if isnan(seen.alt) else f"at {seen.alt / 0.3048:.0f} ft"
        text = f"{contact} {height}"
        if not isnan(seen.slope):
            slope = -seen.slope if end == "departure" else seen.slope
            word = "descending" if slope < -0.01 else "climbing" if slope > 0.01 else "level"
            text += f", {word}"
    if nearest is not None:
        km, off_rad = reckon.bearing(fields, np.array([nearest]), as_state(seen))
        above = (as_state(seen).alt - fields.elevation_m[nearest]) / 0.3048
        text += f", {km[0]:.1f} km from {fields.code[nearest]} ({fields.name[nearest]})"
        if not isnan(above):
            text += f", {above:.0f} ft above it"
        if not isnan(off_rad[0]) and isinstance(seen, State):
            text += f", heading {abs(np.degrees(off_rad[0])):.0f} degrees off it"
    unheard = time[2] - time[1]
    if named and unheard > V["gap_s"]:
        text += f"; unheard, the moment is known to within {unheard / 60:.0f} min"
    if not named:
        text += "; no listed airfield is there" if off else "; no airfield has an even chance"
    return text


def as_state(seen: State | Stand) -> State:
    if isinstance(seen, State):
        return seen
    return State(0.0, seen.lat, seen.lon, seen.alt, np.nan, np.nan, np.nan)
