"""The share of a system that works: the order of battle's rule in the past, now and ahead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Band
from shieldwall.control.dynamics import WEEK_YEARS
from shieldwall.evidence.witness import Left
from shieldwall.orbat.fuse import serviceable
from shieldwall.orbat.fusion import Fusion
from shieldwall.orbat.tally import Tally, availability_uniforms, of_band

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Working:
    """One system's share that works, some claims left out."""

    fusion: Fusion
    system: str
    left: Left
    draws: int

    def tally(self, ago: float) -> Tally:
        """The share ``ago`` years before the as-of date, or what the analyst set by hand."""
        by_hand = [o for _, o in self.fusion.overrides(self.system, None)
                   if o.target == "serviceability"]  # fmt: skip
        if by_hand:
            return of_band(by_hand[-1].band, 0.01)
        return serviceable(self.fusion, self.system, self.left, ago).tally

    def by_week(self, count: int) -> Floats:
        """(T,) the expected share in each of ``count`` weeks up to the as-of date."""
        ago = (count - 1 - np.arange(count)) * WEEK_YEARS
        return np.array([self.tally(float(years)).mean for years in ago])

    @property
    def now(self) -> Band:
        """Expected share on the as-of date, with 5th and 95th percentile."""
        tally = self.tally(0.0)
        return Band(tally.band.low, tally.mean, tally.band.high)

    def ahead(self, years: float) -> Floats:
        """(D,) the share in each draw, so many years ahead: the draws of the network's ensemble."""
        return self.tally(-years).quantile(self._uniform)

    @cached_property
    def _uniform(self) -> Floats:
        return availability_uniforms(self.fusion.case.seed, self.system, self.draws)
