"""Drawing what is not known: named streams, stratified uniforms, triangles over bands; and the
bands of what comes of it."""

from __future__ import annotations

import zlib
from typing import Any

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


def band_over(draws: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """5th and 95th percentile over the draws, axis 0: the one rule for every printed band.

    Of N ordered values these are the ones with floor((N - 1) / 20) below, or above: nearest rank,
    rounded outward. So an end is a value that was drawn, at least 90 % of the draws lie within, and
    the band of a difference the other way round is the same band with its sign turned, which the
    usual ceil(.05 N) and linear interpolation of whole numbers do not give.
    """
    ordered = np.sort(draws, axis=0)
    out = (len(ordered) - 1) // 20
    return ordered[out], ordered[len(ordered) - 1 - out]


def median_over(draws: NDArray[Any]) -> NDArray[Any]:
    """The middle value over the draws, axis 0; of two the upper, so that it was drawn."""
    found: NDArray[Any] = np.sort(draws, axis=0)[len(draws) // 2]
    return found


def log_triangle(uniform: Floats, low: float, likely: float, high: float) -> Floats:
    """A triangle on a logarithmic scale, for positive figures that span orders of magnitude."""
    return np.exp(triangle(uniform, np.log(low), np.log(likely), np.log(high)))
