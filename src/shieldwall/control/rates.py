"""How fast transfers go, learnt from history: transfers differ, so their rates are drawn from one
distribution whose mean and spread are themselves inferred.

A span d of a transfer is exponential with that transfer's own rate, and the rates of all transfers
are Gamma with shape s and mean m, so that over transfers

    P(d > t) = (1 + t m / s) ** -s        (Lomax 1954; as s grows, one constant rate)

Spans are known as intervals or from below. The posterior of (m, s) is taken on a grid, even in the
logarithms of both, and the rate of a new transfer is drawn from it. Each transfer is also foretold
from the others; ``score`` compares that with one constant rate for all.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Band
from shieldwall.control.transfers import SPANS, Rate, Span, spans
from shieldwall.draws import band_over, median_over, strata, stream

Floats = NDArray[np.float64]

MEANS = np.geomspace(0.02, 100.0, 120)
"""Rates per year: from one step in fifty years to one in four days."""
SHAPES = np.geomspace(0.3, 30.0, 40)
"""From transfers that differ by orders of magnitude to transfers that are all alike."""


@dataclass(frozen=True)
class Learnt:
    """A rate as history tells it."""

    rate: Rate
    spans: tuple[Span, ...]
    band: Band
    """Per year: 5th, 50th and 95th percentile of a new transfer's rate."""
    shape: float
    """Posterior mean of s; small where transfers differ much."""
    score: float
    """Mean log2 probability of each span, foretold from the other transfers; nearer 0 is better."""
    constant: float
    """The same with one constant rate."""


def survival(years: float | Floats, mean: Floats, shape: Floats) -> Floats:
    """P(span > ``years``) for each mean rate (per year) and shape, broadcast together."""
    found: Floats = np.exp(-shape * np.log1p(np.asarray(years) * mean / shape))
    return found


def probability(span: Span, mean: Floats, shape: Floats) -> Floats:
    """P(what is known of a span), for each mean rate and shape."""
    above = survival(span.low, mean, shape)
    return above if span.high is None else above - survival(span.high, mean, shape)


def posterior(given: tuple[Span, ...], shapes: Floats = SHAPES) -> Floats:
    """Posterior over the grid of means and ``shapes``: (means, shapes), adding up to one."""
    mean, shape = MEANS[:, None], shapes[None, :]
    log = np.zeros((len(MEANS), len(shapes)))
    for span in given:
        log = log + np.log(np.maximum(probability(span, mean, shape), 1e-300))
    odds = np.exp(log - log.max())
    found: Floats = odds / odds.sum()
    return found


CONSTANT = np.array([1e6])
"""So large a shape that all transfers have one rate."""


def foretold(given: tuple[Span, ...], shapes: Floats = SHAPES) -> float:
    """Mean log2 probability of each span given all others (leaving one transfer out)."""
    if not given:
        return 0.0
    logs = []
    for left in given:
        others = tuple(s for s in given if s.transfer != left.transfer)
        odds = posterior(others, shapes)
        logs.append(np.log2((odds * probability(left, MEANS[:, None], shapes[None, :])).sum()))
    return float(np.mean(logs))


@cache
def learnt(rate: Rate, host: str | None = None, as_of: date | None = None) -> Learnt:
    """A rate by the reference class as known on a day, without what is known of ``host`` itself."""
    given = spans(rate, host, as_of)
    odds = posterior(given)
    drawn = draw_rates(odds, np.random.default_rng(0), 20_000)
    (low, high), likely = band_over(drawn), median_over(drawn)
    return Learnt(
        rate, given, Band(float(low), float(likely), float(high)),
        float((odds.sum(axis=0) * SHAPES).sum()), foretold(given), foretold(given, CONSTANT),
    )  # fmt: skip


def draw_rates(odds: Floats, rng: np.random.Generator, draws: int) -> Floats:
    """Rates of a new transfer, per year, (draws,): a place on the grid, then a Gamma about it."""
    cells = np.searchsorted(np.cumsum(odds.ravel()), strata(rng, draws), side="right")
    mean, shape = np.unravel_index(np.minimum(cells, odds.size - 1), odds.shape)
    found: Floats = rng.gamma(SHAPES[shape], MEANS[mean] / SHAPES[shape])
    return np.clip(found, MEANS[0] / 10, MEANS[-1])


def drawn(seed: int, system: str, host: str, as_of: date, draws: int) -> dict[str, Floats]:
    """Rates of one system's transfer, each (draws,): every system has its own."""
    return {
        rate: draw_rates(
            _posterior(rate, host, as_of), stream(seed, f"control {rate} {system}"), draws
        )
        for rate in SPANS
    }


@cache
def _posterior(rate: Rate, host: str, as_of: date) -> Floats:
    return posterior(spans(rate, host, as_of))
