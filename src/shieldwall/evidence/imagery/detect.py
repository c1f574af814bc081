"""The chance that a thing would have been seen, had it been there: what *not seen* is worth."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from shieldwall.case.assumed import likely
from shieldwall.case.records import Assumption, Band

SIZE_OF = {
    "launchers": "image_vehicle_m",
    "radars": "image_vehicle_m",
    "vehicles": "image_vehicle_m",
    "aircraft": "image_aircraft_m",
    "missiles": "image_missile_m",
}
"""What can be seen, and the assumption that gives its size."""

Assumed = dict[str, Assumption]


def recognised(cycles: float, half: float) -> float:
    """Probability of recognising an object with ``cycles`` line pairs across it.

    Target transfer probability function: x^E / (1 + x^E), x = cycles / half, E = 2.7 + 0.7 x
    (Ratches et al. 1975, static performance model; valid for well-lit, uncluttered scenes).
    """
    x = cycles / half
    if x <= 0:
        return 0.0
    return 1 / (1 + math.exp(-min((2.7 + 0.7 * x) * math.log(x), 700.0)))


def resolved(assumed: Assumed, what: str, resolution_m: float) -> Band:
    """Probability of recognising ``what`` at a ground resolution (metres a pixel)."""
    size, cycles = _band(assumed[SIZE_OF[what]]), _band(assumed["image_recognition_cycles"])
    return Band(
        recognised(size.low / (2 * resolution_m), cycles.high),
        recognised(size.middle / (2 * resolution_m), cycles.middle),
        recognised(size.high / (2 * resolution_m), cycles.low),
    )


def clear(assumed: Assumed, cloud_percent: float | None) -> Band:
    """Probability that no cloud stands over the site, from the cover of the whole scene.

    The scene's share is the expected chance; how it lies over the site is open by half of it.
    """
    if cloud_percent is None:
        return _band(assumed["image_cloud_unknown"])
    covered = cloud_percent / 100
    return Band(max(0.0, 1 - 1.5 * covered), 1 - covered, 1 - 0.5 * covered)


def look(assumed: Assumed, what: str, resolution_m: float, cloud_percent: float | None) -> Band:
    """Probability that one look shows a thing that stands in the open."""
    sharp, free = resolved(assumed, what, resolution_m), clear(assumed, cloud_percent)
    return Band(sharp.low * free.low, sharp.middle * free.middle, sharp.high * free.high)


def marginal(in_open: Band, looks: Sequence[Band]) -> Band:
    """Detection of the last look, given that those before it saw nothing.

    What is hidden stays hidden through the period, cloud and reader are drawn anew: after k looks
    D_k = open (1 - product of (1 - look)), and the last adds (D_k - D_k-1) / (1 - D_k-1). Claims
    with these values, multiplied as if independent, give exactly D_k together.
    """
    values = sorted(_one(part(in_open), [part(each) for each in looks]) for part in PARTS)
    middle = _one(in_open.middle, [each.middle for each in looks])
    return Band(values[0], middle, values[-1])


def _one(in_open: float, looks: Sequence[float]) -> float:
    missed = 1.0
    for each in looks[:-1]:
        missed *= 1 - each
    before = in_open * (1 - missed)
    after = in_open * (1 - missed * (1 - looks[-1]))
    return (after - before) / (1 - before) if before < 1 else 0.0


PARTS: tuple[Callable[[Band], float], ...] = (
    lambda b: b.low,
    lambda b: b.middle,
    lambda b: b.high,
)


def _band(assumption: Assumption) -> Band:
    if assumption.band is None:
        raise ValueError(f"assumption {assumption.id} has no figure")
    return Band(assumption.band.low, likely(assumption), assumption.band.high)
