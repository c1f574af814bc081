"""Intervals, bands and stopping: what may be said of counted outcomes.

The *band* is over draws: what evidence could narrow. The *spread* is over replications of all
draws: what chance decides besides. A Monte Carlo interval says how well the runs pin a figure down.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from shieldwall.draws import band_over

Floats = NDArray[np.float64]

LEVEL = 0.95


@dataclass(frozen=True)
class Interval:
    """An estimate and its interval."""

    value: float
    low: float
    high: float

    @property
    def half_width(self) -> float:
        """Half of its length."""
        return (self.high - self.low) / 2


@dataclass(frozen=True)
class Distribution:
    """A result over draws and replications."""

    mean: float
    low: float
    """5th percentile of the means of the draws."""
    high: float
    """95th percentile of the means of the draws."""
    quantiles: tuple[float, ...]
    """Of all replications of all draws, at ``QUANTILES``."""
    interval: Interval
    """Of the mean, by Monte Carlo alone."""


QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def wilson(successes: float, trials: float, level: float = LEVEL) -> Interval:
    """The score interval of a share (Wilson 1927): 0 of 30 gives [0, .1135], never [0, 0].

    ``successes`` may be a weighted sum and ``trials`` an effective number.
    """
    if trials <= 0:
        return Interval(float("nan"), 0.0, 1.0)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    share = successes / trials
    middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(share * (1 - share) / trials + (z / (2 * trials)) ** 2)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Interval(share, 0.0 if successes <= 0 else low, 1.0 if successes >= trials else high)


def mean_interval(values: Floats, level: float = LEVEL, most: float | None = None) -> Interval:
    """Of the mean of (M, R) values in M draws, by chance inside the draws alone.

    Draws are strata: their means differ by what is not known, not by Monte Carlo. Where all values
    are one, such as no threat through at all, a normal interval would have no length; then another
    may come with a chance up to Wilson's for none of so many, as far off as values allow: between 0
    and ``most`` (the value, or 1 if it is less, where not given).
    """
    draws, replications = values.shape
    middle = float(values.mean())
    if replications < 2:
        return Interval(middle, float("-inf"), float("inf"))
    inside = values.var(axis=1, ddof=1) / replications
    if float(values.min()) == float(values.max()):
        other = wilson(0.0, float(values.size), level).high
        top = max(1.0, middle) if most is None else max(most, middle)
        return Interval(middle, middle - other * middle, middle + other * (top - middle))
    half = NormalDist().inv_cdf(0.5 + level / 2) * sqrt(float(inside.sum())) / draws
    least, top = float(values.min()), float(values.max())
    return Interval(middle, max(middle - half, least), min(middle + half, top))


def share_interval(happened: NDArray[np.bool_], level: float = LEVEL) -> Interval:
    """Of the share of (M, R) replications in which something happened: Wilson, never [0, 0]."""
    return wilson(float(happened.sum()), float(happened.size), level)


def distribution(values: Floats, most: float | None = None) -> Distribution:
    """Mean, band over draws and spread over everything of (M, R) values, none above ``most``."""
    low, high = band_over(values.mean(axis=1))
    flat = np.sort(values, axis=None)
    spread = tuple(float(flat[round(q * (flat.size - 1))]) for q in QUANTILES)
    return Distribution(
        float(values.mean()), float(low), float(high), spread, mean_interval(values, LEVEL, most)
    )


def paired(one: Floats, other: Floats) -> Distribution:
    """Of the difference one less other on the same draws and replications, each (M, R).

    Where no pair differs, a difference of 1 either way may still come with Wilson's chance.
    """
    found = distribution(one - other)
    if one.size > 1 and np.array_equal(one, other):
        chance = wilson(0.0, float(one.size)).high
        return replace(found, interval=Interval(0.0, -chance, chance))
    return found


@dataclass(frozen=True)
class Rare:
    """A probability estimated by strata of the raid-level effect."""

    interval: Interval
    replications: int
    gain: float
    """Variance of plain sampling with as many replications, over that of the strata."""


def stratified(
    sample: Callable[[int, int, Floats], NDArray[np.bool_]],
    replications: int,
    strata: int = 10,
    pilot: int = 20,
    level: float = LEVEL,
) -> Rare:
    """The probability of a rare outcome, its raid-level effect sampled by strata.

    ``sample(stratum, first, effect)`` returns whether the outcome happened at each of the effects,
    replications ``first`` on. After a pilot in each of the equal strata the rest go where the
    outcome varies most (Neyman 1934). The interval is Wilson's at the effective number of trials
    (Korn and Graubard 1998), so that an outcome never seen has an upper end above 0.
    """
    rng = np.random.default_rng(np.random.SeedSequence([strata, pilot, replications]))
    seen, tried = np.zeros(strata), np.zeros(strata, dtype=np.int64)

    def more(stratum: int, number: int) -> None:
        if number <= 0:
            return
        effect = (stratum + rng.random(number)) / strata
        seen[stratum] += float(sample(stratum, int(tried[stratum]), effect).sum())
        tried[stratum] += number

    for s in range(strata):
        more(s, pilot)
    guess = (seen + 0.5) / (tried + 1.0)
    wanted = np.sqrt(guess * (1.0 - guess))
    rest = max(0, replications - strata * pilot)
    for s, number in enumerate(np.floor(rest * wanted / wanted.sum()).astype(int)):
        more(s, int(number))
    share = seen / tried
    total = float(share.mean())
    # Anscombe's share keeps a stratum in which nothing happened from claiming to be certain.
    soft = (seen + 0.5) / (tried + 1.0)
    variance = float((soft * (1 - soft) / tried).sum()) / strata**2
    plain = float(soft.mean()) * (1 - float(soft.mean()))
    effective = plain / variance
    found = wilson(total * effective, effective, level)
    return Rare(found, int(tried.sum()), effective / float(tried.sum()))
