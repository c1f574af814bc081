"""What the terrain room takes for granted, in one table, each with its reason.

Limits that only protect the machine live beside the code they protect.
"""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

ELEVATION_M = (-500.0, 9_000.0)
"""Elevations outside this are voids: the lowest dry land is some 430 m below the sea, the highest
summit under 8,900 m; files mark voids with -9999, -32767, -32768 or 1e38, declared or not."""

COVERED_ENOUGH = 0.9
"""Share of the case area that files must cover before ``auto`` uses them: some sea has no tiles."""

POSTS_PER_CELL = 2.0
"""Posts finer than this many to a cell are thinned by block means before they are joined, so that
a coarse grid is a sample of mean terrain and not of single posts."""

SECTION_SPACING_M = 1_000.0
"""Cross-sections are drawn only on elevation with posts no farther apart: a ridge is narrower."""

ENCLOSED_VOID_M = 2_000.0
"""A void with known posts within this distance on all four sides is land, and joined from them."""

K_STANDARD = 4.0 / 3.0
K_STANDARD_BAND = (1.2, 1.7)
"""Used without ITU-R P.453: spans the 10 to 90 % values of P.453 at Moscow (1.21 to 1.43) and,
nearly, at Caracas (1.36 to 1.76)."""

K_PERCENT = (90.0, 50.0, 10.0)
"""Percentages of the year for which the gradient of P.453 is exceeded: low, likely, high k."""

K_LIMITS = (0.7, 4.0)
"""k outside this is clipped: ducting makes k infinite or negative, which no single effective
Earth radius can carry over a whole path."""


def assumptions() -> tuple[Assumption, ...]:
    """The table above as the report shows it."""
    where = "shieldwall.terrain.assumptions"
    return (
        Assumption(
            "terrain_voids",
            "Voids enclosed by known ground within this distance on all four sides are joined from "
            "it; other voids are taken as sea level.",
            Band(ENCLOSED_VOID_M, ENCLOSED_VOID_M, ENCLOSED_VOID_M),
            "m",
            "Files do not tell sea from missing land; radar mapping leaves gaps on steep slopes.",
            where,
        ),
        Assumption(
            "terrain_covered_enough",
            "Elevation files are used by themselves when they cover this share of the case area.",
            Band(COVERED_ENOUGH, COVERED_ENOUGH, COVERED_ENOUGH),
            "share",
            "Publishers leave out tiles of open sea.",
            where,
        ),
        Assumption(
            "refraction_standard",
            "Effective Earth radius factor where ITU-R P.453 is not installed.",
            Band(K_STANDARD_BAND[0], K_STANDARD, K_STANDARD_BAND[1]),
            "",
            "The standard 4/3; the band spans most of the yearly variation at mid and low "
            "latitudes.",
            where,
        ),
        Assumption(
            "refraction_limits",
            "Effective Earth radius factors outside these limits are clipped to them.",
            Band(K_LIMITS[0], None, K_LIMITS[1]),
            "",
            "Ducting makes the factor infinite or negative; one radius cannot carry that over a "
            "whole path.",
            where,
        ),
    )
