"""How often a source says a thing, and tells a number: the formulas of the guide, written out.

For simulated worlds. Only the declared tables are read, none of the code that weighs cases: a slip
there shows as miscalibration here. Sources: docs/odds.md, ``evidence/assumptions.py``,
``orbat/assumptions.py``.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from shieldwall.case.records import Band, Claim, Source
from shieldwall.evidence import assumptions as table

FOR_IT = ("asserted", "reported", "speculated")


class Said(NamedTuple):
    hit: float
    """P(said | so)."""
    false_alarm: float
    tied: float
    """Chance that a number told with it is the true one, where it is so."""


def rates(source: Source, claim: Claim, names_place: bool) -> Said:
    """Rates of one claim on presence, from a source of that grade, family and interest."""
    hit, false_alarm = table.CREDIBILITY[claim.credibility]
    untied = table.UNTIED[_interest(source, claim)]
    if claim.credibility == 6:
        pass
    elif claim.modality == "denied":
        hit, false_alarm = false_alarm, hit
    elif claim.modality == "not confirmed":
        (hit, false_alarm), untied = table.NOT_CONFIRMED, table.UNTIED_SILENCE
    elif claim.modality == "not seen":
        seen = claim.detection.likely or 0.0 if claim.detection else 0.0
        hit, false_alarm, untied = 1 - seen, 1.0, 1.0
    scattered = names_place and claim.modality in FOR_IT and claim.credibility <= 3
    here = table.PLACE_CHANCE if scattered else 1.0
    tie = (table.RELIABILITY[source.reliability].likely or 0.0) * table.COMMITMENT[claim.modality]
    tie *= table.REACH[source.family].get("presence", 1.0)
    said = tie * hit + (1 - tie) * untied * here
    return Said(
        said, tie * false_alarm * here + (1 - tie) * untied * here,
        tie * hit / said * hit / (hit + false_alarm),
    )  # fmt: skip


def _interest(source: Source, claim: Claim) -> table.Interest:
    if source.favours is None or claim.modality == "declined to comment":
        return "none"
    return "with" if (source.favours == "strength") == (claim.modality in FOR_IT) else "against"


def sizes(
    battery: Band, odd: float, batteries: float, least: float
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers of launchers at a place and their chances: a battery, or any number as 1/n."""
    numbers = np.arange(1, max(batteries * battery.high, least) + 1)
    peak = battery.likely or 0.0
    usual = np.array([
        max(0.0, min((n - battery.low + 1) / (peak - battery.low + 1),
                     (battery.high + 1 - n) / (battery.high + 1 - peak)))
        for n in numbers
    ])  # fmt: skip
    return numbers, (1 - odd) * usual / usual.sum() + odd / numbers / (1 / numbers).sum()


def seen(number: int, missed: float, most: int) -> np.ndarray:
    """Chance of counting 0, 1 ... below ``most`` of a number, each launcher missed alike."""
    return np.array([
        math.comb(number, c) * (1 - missed) ** c * missed ** (number - c) if c <= number else 0.0
        for c in range(most)
    ])  # fmt: skip


def rounded(number: int, share: float, least: float, most: int) -> np.ndarray:
    """Chance of telling 0, 1 ... below ``most`` for a number: a normal error on whole numbers."""
    error = max(least, share * number)
    odds = np.exp(-0.5 * ((np.arange(most) - number) / error) ** 2)
    return odds / odds.sum()
