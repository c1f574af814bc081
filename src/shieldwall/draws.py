"""Drawing what is not known: named streams, stratified uniforms, triangles over bands."""

from __future__ import annotations

import zlib

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def stream(seed: int, name: str) -> np.random.Generator:
    """A generator of its own for each unknown.

    A change in one unknown leaves the draws of all others as they are, so that two assessments
    differ only by what changed (common random numbers).
    """
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(name.encode())]))


def strata(rng: np.random.Generator, draws: int) -> Floats:
    """``draws`` uniforms, one from each of as many equal slices of [0, 1), in random order."""
    return (rng.permutation(draws) + rng.random(draws)) / draws


def triangle(uniform: Floats, low: float, likely: float, high: float) -> Floats:
    """The triangular distribution's quantiles at ``uniform``; constant where low equals high."""
    if high <= low:
        return np.full_like(uniform, low)
    turn = (likely - low) / (high - low)
    rising = low + np.sqrt(uniform * (high - low) * (likely - low))
    falling = high - np.sqrt((1 - uniform) * (high - low) * (high - likely))
    return np.where(uniform < turn, rising, falling)


def log_triangle(uniform: Floats, low: float, likely: float, high: float) -> Floats:
    """A triangle on a logarithmic scale, for positive figures that span orders of magnitude."""
    return np.exp(triangle(uniform, np.log(low), np.log(likely), np.log(high)))
