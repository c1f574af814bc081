"""A posterior over a number: how many launchers, what share works."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Band
from shieldwall.draws import strata, stream

Floats = NDArray[np.float64]

CELLS = 200
"""Large numbers are told apart this finely at most: nobody counts missiles one by one."""


@dataclass(frozen=True)
class Tally:
    """Probabilities of ``low``, ``low + step``, ``low + 2 step`` ...; they add up to 1."""

    low: float
    weights: tuple[float, ...]
    step: float = 1.0

    @property
    def values(self) -> Floats:
        """What the weights are of."""
        return self.low + self.step * np.arange(len(self.weights), dtype=np.float64)

    @property
    def mean(self) -> float:
        return math.fsum(w * (self.low + self.step * i) for i, w in enumerate(self.weights))

    @property
    def band(self) -> Band:
        """5th, 50th and 95th percentile."""
        low, likely, high = self.quantile(np.array([0.05, 0.5, 0.95]))
        return Band(float(low), float(likely), float(high))

    def quantile(self, uniform: Floats) -> Floats:
        """The least value with at least that probability up to it, for each of ``uniform``."""
        cells = np.searchsorted(self._cumulative, uniform * self._cumulative[-1], side="left")
        found: Floats = self.values[np.minimum(cells, len(self.weights) - 1)]
        return found

    @cached_property
    def _cumulative(self) -> Floats:
        return np.cumsum(self.weights)


def made(values: Floats, weights: Floats) -> Tally:
    """A tally of evenly spaced ``values``; ``weights`` need not add up to 1."""
    step = float(values[1] - values[0]) if len(values) > 1 else 1.0
    return Tally(float(values[0]), tuple((weights / weights.sum()).tolist()), step)


def whole(low: float, high: float) -> Floats:
    """The whole numbers from ``low`` to ``high``, at most ``CELLS`` or so, evenly spaced."""
    first, last = math.ceil(low), max(math.floor(high), math.ceil(low))
    return np.arange(first, last + 1, max(1, -(-(last - first) // CELLS)), dtype=np.float64)


def triangular(values: Floats, band: Band) -> Floats:
    """A triangle over low, likely and high on ``values``, its ends included; not normalised."""
    likely = band.middle
    pad = float(values[1] - values[0]) if len(values) > 1 else 1.0
    rising = (values - band.low + pad) / (likely - band.low + pad)
    falling = (band.high + pad - values) / (band.high + pad - likely)
    return np.maximum(0.0, np.minimum(rising, falling))


def of_band(band: Band, step: float = 1.0) -> Tally:
    """What an analyst sets by hand: a triangle over the band, in cells of ``step``."""
    steps = max(0, round((band.high - band.low) / step))
    if steps == 0:
        return Tally(band.middle, (1.0,))
    values = band.low + step * np.arange(steps + 1, dtype=np.float64)
    return made(values, triangular(values, band))


def availability_uniforms(seed: int, system: str, draws: int) -> Floats:
    """(D,) where in its posterior the share that works of a system lies in each draw.

    Asked by the ensemble now and by operational control for the weeks ahead: a draw that is well
    off today is well off then.
    """
    return strata(stream(seed, f"availability {system}"), draws)
