"""Fits of shared fates to published raids: how ``raid/data/effects.toml`` was made, and is tested.

Of a raid of n weapons, each destroyed with a probability drawn once for the whole raid, the number
destroyed is beta-binomial (Skellam 1948, J. R. Statist. Soc. B 10, 257; see ``raid/effects.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import betaln, gammaln

Floats = NDArray[np.float64]

HALF_CHI_SQUARE = 1.9207
"""Half the 95th percentile of chi-square with one degree of freedom: the drop of a profile."""


@dataclass(frozen=True)
class Binomial:
    """Independent kills, one probability for all raids."""

    mean: float
    log_likelihood: float
    aic: float
    raids: int
    launched: int


@dataclass(frozen=True)
class BetaBinomial:
    """A kill probability drawn once a raid: its mean, and the correlation of two kills in it."""

    mean: float
    rho: float
    log_likelihood: float
    aic: float
    raids: int
    launched: int

    @property
    def shapes(self) -> tuple[float, float]:
        """a and b of the Beta distribution."""
        total = 1 / self.rho - 1
        return self.mean * total, (1 - self.mean) * total


def fit_binomial(
    launched: ArrayLike, destroyed: ArrayLike, weights: ArrayLike | None = None
) -> Binomial:
    """Maximum likelihood of one probability for all raids.

    ``launched`` and ``destroyed`` are counts, one a raid (shape R); ``weights`` (shape R) multiply
    each raid's log-likelihood. Raises ``ValueError`` for counts that cannot be.
    """
    n, k, w = _checked(launched, destroyed, weights)
    mean = float((w * k).sum() / (w * n).sum())
    p = np.clip(mean, 1e-12, 1 - 1e-12)
    each = _log_choose(n, k) + k * np.log(p) + (n - k) * np.log1p(-p)
    found = float((w * each).sum())
    return Binomial(mean, found, 2 - 2 * found, len(n), int(n.sum()))


def fit_beta_binomial(
    launched: ArrayLike, destroyed: ArrayLike, weights: ArrayLike | None = None
) -> BetaBinomial:
    """Maximum likelihood of mean and rho (Skellam 1948).

    ``launched`` and ``destroyed`` are counts, one a raid (shape R); ``weights`` (shape R) multiply
    each raid's log-likelihood: a raid told for two classes at once counts half in each. Raises
    ``ValueError`` for counts that cannot be. Where no raid has two weapons rho cannot be known and
    comes out as its start, .1.
    """
    n, k, w = _checked(launched, destroyed, weights)
    start = float(np.clip((w * k).sum() / (w * n).sum(), 0.01, 0.99))

    def loss(at: Floats) -> float:
        mean, rho = _inverse_logit(at)
        return -float((w * log_pmf(n, k, mean, rho)).sum())

    found = min(
        (
            minimize(
                loss,
                _logit(np.array([start, rho])),
                method="Nelder-Mead",
                options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 4000},
            )
            for rho in (0.1, 0.5)
        ),
        key=lambda one: float(one.fun),
    )
    mean, rho = (float(v) for v in _inverse_logit(found.x))
    best = -float(found.fun)
    return BetaBinomial(mean, rho, best, 4 - 2 * best, len(n), int(n.sum()))


def delta_aic(launched: ArrayLike, destroyed: ArrayLike, weights: ArrayLike | None = None) -> float:
    """AIC of independent kills less that of the beta-binomial: how much better sharing tells it."""
    alone = fit_binomial(launched, destroyed, weights)
    return alone.aic - fit_beta_binomial(launched, destroyed, weights).aic


def profiles(
    launched: ArrayLike, destroyed: ArrayLike, weights: ArrayLike | None = None
) -> tuple[tuple[float, float], tuple[float, float]]:
    """95 % profile-likelihood intervals of mean and of rho: ((low, high), (low, high)).

    On a grid in log odds, 241 x 241, so ends are good to about 2 % of themselves.
    """
    n, k, w = _checked(launched, destroyed, weights)
    axis = np.linspace(-6.0, 6.0, 241)
    pairs, where = np.unique(np.stack([n, k]), axis=1, return_inverse=True)
    weighed = np.bincount(where.ravel(), w)
    mean, rho = np.meshgrid(_inverse_logit(axis), _inverse_logit(axis), indexing="ij")
    total = np.zeros_like(mean)
    for (size, hits), weight in zip(pairs.T, weighed, strict=True):
        total += weight * log_pmf(size, hits, mean, rho)
    ends = []
    for other in (1, 0):
        profile = total.max(axis=other)
        inside = _inverse_logit(axis[profile >= total.max() - HALF_CHI_SQUARE])
        ends.append((float(inside[0]), float(inside[-1])))
    return ends[0], ends[1]


def log_pmf(n: ArrayLike, k: ArrayLike, mean: ArrayLike, rho: ArrayLike) -> Floats:
    """Log probability that k of n are destroyed, all arguments broadcast; mean, rho in (0, 1)."""
    m, r = np.asarray(mean, float), np.asarray(rho, float)
    count, hits = np.asarray(n, float), np.asarray(k, float)
    a, b = m * (1 / r - 1), (1 - m) * (1 / r - 1)
    found: Floats = _log_choose(count, hits) + betaln(hits + a, count - hits + b) - betaln(a, b)
    return found


def _checked(
    launched: ArrayLike, destroyed: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    n, k = np.asarray(launched, float), np.asarray(destroyed, float)
    w = np.ones_like(n) if weights is None else np.asarray(weights, float)
    if not n.ndim == k.ndim == w.ndim == 1 or not len(n) == len(k) == len(w):
        raise ValueError("launched, destroyed and weights must be one count a raid, as many each")
    if not len(n) or (n < 1).any() or (k < 0).any() or (k > n).any() or (w < 0).any():
        raise ValueError("each raid needs launched >= 1, 0 <= destroyed <= launched, weight >= 0")
    return n, k, w


def _log_choose(n: Floats, k: Floats) -> Floats:
    found: Floats = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return found


def _logit(p: Floats) -> Floats:
    found: Floats = np.log(p) - np.log1p(-p)
    return found


def _inverse_logit(x: ArrayLike) -> Floats:
    """Kept off 0 and 1, where the Beta distribution has no density."""
    found: Floats = np.clip(
        1 / (1 + np.exp(-np.clip(np.asarray(x, float), -30, 30))), 1e-6, 1 - 1e-6
    )
    return found
