"""Units as they are published, and the SI units every room computes in."""

from __future__ import annotations

from shieldwall.errors import CatalogueError

EARTH_RADIUS_M = 6_371_000.0
"""The sphere that distances and horizons are reckoned on: the mean radius of the Earth (Moritz
2000, Geodetic Reference System 1980: 6,371,008.8 m), rounded; times k where refraction counts."""

SI: dict[str, tuple[float, str]] = {
    "km": (1000.0, "m"),
    "m": (1.0, "m"),
    "m2": (1.0, "m2"),
    "m/s": (1.0, "m/s"),
    "km/h": (1.0 / 3.6, "m/s"),
    "s": (1.0, "s"),
    "min": (60.0, "s"),
    "h": (3600.0, "s"),
    "deg": (1.0, "deg"),
    "kg": (1.0, "kg"),
    "t": (1000.0, "kg"),
}
"""Published unit -> (factor, SI unit). Units not listed (targets, rounds, shares) are counts."""


def to_si(value: float, unit: str) -> float:
    """``value`` of a published ``unit`` in SI; counts and shares pass unchanged."""
    return value * SI.get(unit, (1.0, unit))[0]


def si_unit(unit: str) -> str:
    """The SI unit that ``to_si`` gives for a published ``unit``."""
    if not unit:
        raise CatalogueError("a figure has no unit; write one ('share' for a ratio)")
    return SI.get(unit, (1.0, unit))[1]
