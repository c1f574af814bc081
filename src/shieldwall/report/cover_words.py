"""Which rows of cover to speak of first, and the five steps from what range rings claim."""

from __future__ import annotations

from itertools import pairwise

from shieldwall.coverage.records import AreaCover
from shieldwall.report.records import Assessment

LOW_ALTITUDE_M = 100
"""Low enough for terrain and horizon to matter, where the case computes it."""
STEPS = (
    ("rings", "what range rings claim"),
    ("horizon", "horizon and detection range"),
    ("terrain", "terrain"),
    ("present", "whether units are there"),
    ("depth_1", "whether they work"),
)
"""From what rings claim to what is left: the figure's name and what that step takes in."""
ALIKE = 0.05
"""Gaps that differ by less are not told apart; the first of the case stands for them."""
TAKES = 0.005
"""A step that takes less prints as nothing."""


def shares(row: AreaCover) -> tuple[float, ...]:
    """What is left after each of ``STEPS``, 0 to 1."""
    return (row.rings, row.horizon, row.terrain, row.present, row.depth[0].mean)


def gap(row: AreaCover) -> float:
    """What rings promise beyond what is left."""
    return row.rings - row.depth[0].mean


def low_rows(assessment: Assessment) -> dict[str, list[AreaCover]]:
    """By area, the rows at the altitude nearest to ``LOW_ALTITUDE_M``; empty without areas."""
    altitudes = assessment.coverage.altitudes_m
    if not altitudes:
        return {}
    low = min(altitudes, key=lambda a: (abs(a - LOW_ALTITUDE_M), a))
    found: dict[str, list[AreaCover]] = {}
    for row in assessment.coverage.areas:
        if row.altitude_m == low:
            found.setdefault(row.area, []).append(row)
    return found


def lead_row(rows: list[AreaCover]) -> AreaCover:
    """The row of the threat against which rings promise most beyond what is left."""
    widest = max(gap(row) for row in rows)
    return next(row for row in rows if gap(row) >= widest - ALIKE)


def lead_cover(assessment: Assessment) -> AreaCover | None:
    """Of the areas' leading rows, the one with the widest gap; ``None`` where there is none."""
    rows = [lead_row(rows) for rows in low_rows(assessment).values()]
    return max(rows, key=lambda row: round(gap(row), 6), default=None)


def largest_step(row: AreaCover) -> int | None:
    """The place in ``STEPS`` of the step that costs most; ``None`` where none costs anything."""
    losses = [before - after for before, after in pairwise(shares(row))]
    worst = max(range(len(losses)), key=lambda n: round(losses[n], 6))
    return None if losses[worst] < TAKES else worst + 1


def foremost_layer(row: AreaCover) -> str:
    """The layer that alone covers most of it; empty where none does."""
    layer = max(row.adds, key=lambda name: round(row.adds[name].mean, 6), default="")
    return layer if layer and row.adds[layer].mean >= TAKES else ""
