"""How many: a prior over whole numbers, and what each published figure says of it.

A figure comes from the truth with chance t (the tie of its origin, times the chance that the number
still holds); otherwise it is such a number as one would expect unread, and says nothing:

    P(figure | n) = t said(figure | n) + (1 - t) sum over m of prior(m) said(figure | m)

Who looks may miss some, so that a count seen is a binomial lower bound on what is there; who tells
rounds. ``at least`` and ``more than`` only rule out what is less. A figure of one place and date is
never an inventory: for the country it is a lower bound.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from shieldwall.case.records import Band, Count
from shieldwall.orbat.tally import Floats, Tally, made, triangular, whole


@dataclass(frozen=True)
class Care:
    """How carefully things are counted: see ``orbat/assumptions.py``."""

    missed: float
    exact: float
    """Relative error (one standard deviation) of a number told as exact."""
    about: float
    """The same of a number told as about."""
    least: float
    """Error of the smallest numbers, in launchers."""
    share_least: float
    """The same of a published share."""
    one_by_one: float
    """Above this, who looks estimates too."""
    beyond: float
    """A number so many errors from all that are possible is an error."""


@dataclass(frozen=True)
class Figure:
    """One published figure, with the chance that it is tied to the number asked for."""

    claim: str
    count: Count
    looks: bool
    tied: float


def _content(figure: Figure) -> tuple[float, bool, str]:
    """Figures are multiplied in the order of what they say: ids must not decide the last bit."""
    return figure.tied, figure.looks, str(figure.count)


def posterior(values: Floats, prior: Floats, figures: Iterable[Figure], care: Care) -> Tally:
    """The number, from a prior over ``values`` and independent figures, in whatever order."""
    prior = prior / prior.sum()
    weights = prior.copy()
    for figure in sorted(figures, key=_content):
        if outside(figure, values, prior, care):
            continue
        given = said(figure.count, values, figure.looks, care)
        weights *= figure.tied * given + (1 - figure.tied) * float(prior @ given)
    return made(values, weights)


def outside(figure: Figure, values: Floats, prior: Floats, care: Care) -> bool:
    """Whether a figure fits no number that the prior allows: it is taken for an error."""
    possible = values[prior > 0]
    if not float(said(figure.count, possible, figure.looks, care).sum()) > 0:
        return True
    if _only_bounds(figure.count) or _one_by_one(figure.count, figure.looks, care):
        return False
    low, high = _ends(figure.count)
    error = _error(figure.count, possible, care)
    return bool((_off(low, high, possible) > care.beyond * error).all())


def said(count: Count, values: Floats, looks: bool, care: Care) -> Floats:
    """P(this figure | each of ``values``), from a source tied to the truth; (len(values),)."""
    low, high = _ends(count)
    if count.bound == "at least":
        return (values >= low).astype(np.float64)
    if count.bound == "more than":
        return (values > low).astype(np.float64)
    if count.bound == "at most":
        return (values <= high).astype(np.float64)
    if _one_by_one(count, looks, care):
        return _seen(round(low), values, care.missed)
    return _rounded(low, high, values, _error(count, values, care))


def _ends(count: Count) -> tuple[float, float]:
    given = [v for v in (count.low, count.likely, count.high) if v is not None]
    return min(given), max(given)


def _only_bounds(count: Count) -> bool:
    return count.bound in ("at least", "more than", "at most")


def _one_by_one(count: Count, looks: bool, care: Care) -> bool:
    low, high = _ends(count)
    return looks and count.bound == "exact" and low == high <= care.one_by_one


def _error(count: Count, values: Floats, care: Care) -> Floats:
    share = care.exact if count.bound == "exact" else care.about
    return np.maximum(care.least, share * values)


def _off(low: float, high: float, values: Floats) -> Floats:
    found: Floats = np.maximum(0.0, np.maximum(low - values, values - high))
    return found


def _seen(count: int, values: Floats, missed: float) -> Floats:
    """Binomial: of n that are there, each is missed with the same chance."""
    odds: Callable[[float], float] = lambda n: (  # noqa: E731
        math.comb(int(n), count) * (1 - missed) ** count * missed ** (int(n) - count)
    )
    return np.array([odds(n) if n >= count else 0.0 for n in values])


def _rounded(low: float, high: float, values: Floats, error: Floats) -> Floats:
    """A normal error on whole numbers; inside of a published range there is none."""
    off = _off(low, high, values)
    near = np.arange(-4, 5)
    few = np.exp(-0.5 * (near / error[:, None]) ** 2).sum(axis=1)
    scale: Floats = np.where(error < 1, few, error * math.sqrt(2 * math.pi))
    return np.exp(-0.5 * (off / error) ** 2) / (scale + (high - low))


@dataclass(frozen=True)
class Sizes:
    """What units there may be beside usual batteries: see ``orbat/assumptions.py``."""

    odd: float
    """Chance of any number."""
    batteries: float
    """Any number goes up to so many batteries,"""
    least: float
    """or to this where it is more."""


def unit_prior(battery: Band, cap: float | None, sizes: Sizes) -> tuple[Floats, Floats]:
    """Launchers at one place: a battery as published, or any number, which falls off as 1/n.

    ``cap`` is what is held at most.
    """
    odd = sizes.odd
    values = whole(1, max(sizes.batteries * battery.high, sizes.least))
    usual, free = triangular(values, battery), 1 / values
    prior = (1 - odd) * usual / max(usual.sum(), 1e-300) + odd * free / free.sum()
    if cap is not None and cap >= 1:
        prior = np.where(values <= cap, prior, 0.0)
    return values, prior


def total_prior(band: Band, figures: Iterable[Figure], care: Care) -> tuple[Floats, Floats]:
    """What is held, from the published band: a triangle, as flat as claims tell within it.

    The band is the analyst's reading of published figures; where these are coded as claims too,
    they say by themselves which is likely, and count once. Flat and triangle are mixed by the sum
    of their ties, at most 1: what is hardly tied to the truth hardly flattens.
    """
    values = whole(band.low, band.high)
    flat, usual = np.ones_like(values) / len(values), triangular(values, band)
    told = min(1.0, math.fsum(f.tied for f in figures if not outside(f, values, flat, care)))
    return values, told * flat + (1 - told) * usual / usual.sum()


SHARES = np.arange(101) / 100


def share(default: Band, spread: Band, figures: Iterable[Figure], care: Care) -> Tally:
    """Share that works: the default availability as prior, published shares by their ties."""
    prior = triangular(SHARES, default)
    weights = prior = prior / prior.sum()
    for figure in sorted(figures, key=_content):
        given = _share_said(figure.count, spread, care)
        unread = float(prior @ given)
        if unread > 0:
            weights = weights * (figure.tied * given + (1 - figure.tied) * unread)
    return made(SHARES, weights)


def _share_said(count: Count, spread: Band, care: Care) -> Floats:
    low, high = _ends(count)
    if count.bound in ("at least", "more than"):
        return (low <= SHARES + 1e-9).astype(np.float64)
    if count.bound == "at most":
        return (high >= SHARES - 1e-9).astype(np.float64)
    off = _off(low, high, SHARES)
    error = max(care.share_least, (low + high) / 2 * (spread.high - spread.low) / 4)
    return np.exp(-0.5 * (off / error) ** 2)
