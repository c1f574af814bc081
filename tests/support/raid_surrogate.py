"""One layer that stands for a whole defence, calibrated on raids of the past: the model that the
back-test of raids (``benchmarks/raid_backtest.py``) sets before the production kernel.

Each raid draws its own probabilities that a weapon gets through, is reported destroyed, or is
reported lost on its way; all weapons of the raid share them. Two stages, because reports changed
what they call destroyed, not what got through:

    through of launched        beta-binomial; the mean's log odds change by ``slope`` with each
                               factor e in the size of the raid
    lost of those stopped      beta-binomial

Of each stage the posterior is kept on a grid of mean, rho and slope, so that few raids give a wide
forecast. Older raids weigh less: a raid's log-likelihood is halved each half-life (power
discounting; West and Harrison 1997, section 6.3; Smith 1979, J. R. Statist. Soc. B 41, 375). The
half-life is that which foretold best, month by month, the raids before; nothing later is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from shared_fates import log_pmf

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

HALF_LIVES = (30.0, 60.0, 120.0, 240.0, inf)
"""Days; what the choice is made from. Infinity: every raid of the past weighs the same."""
SLOPE_SD = 0.3
"""Of the normal prior of the slope: a raid e times as large changes the odds by up to 1.8."""
NEGLIGIBLE = 1e-4
"""Cells of the grid whose posterior, beside the best cell's, is below this are dropped."""
WARM_UP = 30
"""Raids before the first that half-lives are compared on."""
MONTH_DAYS = 30
"""Half-lives are compared on forecasts made this often."""
_MEANS = 1 / (1 + np.exp(-np.linspace(-5.0, 5.0, 41)))
_RHOS = 1 / (1 + np.exp(-np.linspace(-5.5, 2.5, 25)))
_SLOPES = np.linspace(-0.6, 0.6, 5)


@dataclass(frozen=True)
class Shares:
    """Probabilities of one weapon's fate, one entry for each draw of a raid; they add up to 1."""

    through: Floats
    destroyed: Floats
    not_reached: Floats


@dataclass(frozen=True)
class Stage:
    """A posterior over beta-binomials: cells with weights that add up to 1."""

    log_odds: Floats
    """Of the mean at the reference size."""
    rho: Floats
    slope: Floats
    weight: Floats
    reference: float
    """Size of the raid, weapons, at which ``log_odds`` is told."""
    half_life_days: float

    def shapes(self, size: float) -> tuple[Floats, Floats]:
        """a and b of each cell's Beta distribution, for a raid of ``size`` weapons."""
        odds = self.log_odds + self.slope * np.log(max(size, 1.0) / self.reference)
        mean = _kept(odds)
        total = 1 / self.rho - 1
        return mean * total, (1 - mean) * total

    def mean(self, size: float) -> float:
        """Probability for one weapon of a raid of ``size``."""
        a, b = self.shapes(size)
        return float(self.weight @ (a / (a + b)))

    def pmf(self, size: int) -> Floats:
        """Probabilities of 0 ... ``size`` hits (shape size + 1)."""
        a, b = self.shapes(size)
        hits = np.arange(size + 1)[:, None]
        told: Floats = np.exp(log_pmf(size, hits, a / (a + b), self.rho)) @ self.weight
        scaled: Floats = told / told.sum()
        return scaled

    def quantile(self, uniform: ArrayLike, size: float) -> Floats:
        """The raid's probability at each ``uniform``: the inverse of the mixture of Betas.

        By 50 halvings of [0, 1]; rising in ``uniform``, which has any shape and lies in [0, 1].
        """
        u = np.asarray(uniform, float)
        a, b = self.shapes(size)
        low, high = np.zeros_like(u), np.ones_like(u)
        for _ in range(50):
            middle = (low + high) / 2
            under = betainc(a, b, middle[..., None]) @ self.weight < u
            low, high = np.where(under, middle, low), np.where(under, high, middle)
        found: Floats = (low + high) / 2
        return found

    def draw(self, rng: np.random.Generator, size: float, draws: int) -> Floats:
        """``draws`` probabilities, one a raid: a cell by its weight, then its Beta."""
        a, b = self.shapes(size)
        cell = rng.choice(len(self.weight), draws, p=self.weight)
        drawn: Floats = rng.beta(a[cell], b[cell])
        return drawn


@dataclass(frozen=True)
class RaidLevel:
    """What a raid on this defence shares: its probabilities of through, destroyed, lost."""

    through: Stage
    """Of those launched."""
    lost: Stage
    """Reported lost on its way, of those stopped."""
    raids: int

    def through_pmf(self, launched: int) -> Floats:
        """Probabilities that 0 ... ``launched`` get through."""
        return self.through.pmf(launched)

    def through_quantile(self, uniform: ArrayLike, launched: int) -> Floats:
        """The raid's probability of getting through at each ``uniform`` in [0, 1].

        One less this is the kill probability to give a single layer whose shots share a raid's
        fate: binomial draws with it give ``through_pmf``.
        """
        return self.through.quantile(uniform, launched)

    def draw(self, rng: np.random.Generator, launched: int, draws: int) -> Shares:
        """``draws`` raids of ``launched`` weapons: each raid's three probabilities."""
        through = self.through.draw(rng, launched, draws)
        lost = (1 - through) * self.lost.draw(rng, launched, draws)
        return Shares(through, 1 - through - lost, lost)

    def simulate(self, rng: np.random.Generator, launched: int, draws: int) -> Ints:
        """Counts (through, destroyed, not reached) of ``draws`` raids, shape (draws, 3)."""
        shares = self.draw(rng, launched, draws)
        chances = np.stack([shares.through, shares.destroyed, shares.not_reached], axis=1)
        found: Ints = rng.multinomial(launched, np.clip(chances, 0.0, 1.0))
        return found


@dataclass(frozen=True)
class History:
    """Past raids of one class, with the log-likelihood of each in each cell of the grid.

    Made once and asked again for later days: ``at`` reads only raids ended before its day.
    """

    ended: Ints
    """Day of each raid's end, rising; any count of days with a fixed beginning."""
    through: _Counted
    lost: _Counted

    @classmethod
    def of(
        cls, ended: ArrayLike, launched: ArrayLike, through: ArrayLike, not_reached: ArrayLike
    ) -> History:
        """From counts, one a raid, in any order. Raises ``ValueError`` for counts that cannot be.

        The reference sizes are of the first 30 raids only, so that nothing later is read.
        """
        day, n, t, lost = (np.asarray(v, dtype=np.int64) for v in
                           (ended, launched, through, not_reached))  # fmt: skip
        if not len(day) == len(n) == len(t) == len(lost) or (n < 1).any():
            raise ValueError("each raid needs a day and launched >= 1, and counts as many")
        if (t < 0).any() or (lost < 0).any() or (t + lost > n).any():
            raise ValueError("through and not_reached must be 0 or more, together within launched")
        order = np.argsort(day, kind="stable")
        day, n, t, lost = (v[order] for v in (day, n, t, lost))
        return cls(day, _Counted.of(n, n, t), _Counted.of(n, n - t, lost))

    def at(self, day: float, half_lives: Sequence[float] = HALF_LIVES) -> RaidLevel:
        """What raids ended before ``day`` tell. Raises ``ValueError`` where there are none."""
        known = int(np.searchsorted(self.ended, day, side="left"))
        if not known:
            raise ValueError("no raid ended before the day that is asked for")
        return RaidLevel(
            self.through.at(self.ended[:known], day, half_lives),
            self.lost.at(self.ended[:known], day, half_lives),
            known,
        )


@dataclass(frozen=True)
class _Counted:
    """One stage's raids in each cell: log-likelihoods (raids, cells)."""

    told: Floats
    reference: float
    cells: tuple[Floats, Floats, Floats]

    @classmethod
    def of(cls, size: Ints, trials: Ints, hits: Ints) -> _Counted:
        reference = float(np.exp(np.log(size[:WARM_UP]).mean())) if len(size) else 1.0
        odds, rho, slope = (
            a.ravel() for a in np.meshgrid(np.log(_MEANS / (1 - _MEANS)), _RHOS, _SLOPES,
                                           indexing="ij")
        )  # fmt: skip
        means = [_kept(odds + slope * np.log(n / reference)) for n in size]
        told = [log_pmf(n, k, m, rho) for n, k, m in zip(trials, hits, means, strict=True)]
        return cls(np.array(told).reshape(len(size), len(odds)), reference, (odds, rho, slope))

    def at(self, ended: Ints, day: float, half_lives: Sequence[float]) -> Stage:
        best = self._chosen(ended, day, half_lives)
        weight = self._posterior(ended, day, best)
        kept = weight > NEGLIGIBLE * weight.max()
        odds, rho, slope = (cell[kept] for cell in self.cells)
        return Stage(odds, rho, slope, weight[kept] / weight[kept].sum(), self.reference, best)

    def _posterior(self, ended: Ints, day: float, half_life: float) -> Floats:
        odds, _, slope = self.cells
        mean = 1 / (1 + np.exp(-odds))
        # Jeffreys' prior of a probability, told in log odds; rho even in log odds.
        prior = 0.5 * np.log(mean * (1 - mean)) - 0.5 * (slope / SLOPE_SD) ** 2
        known = int(np.searchsorted(ended, day, side="left"))
        fading = 0.5 ** ((day - ended[:known]) / half_life)
        log_weight = prior + fading @ self.told[:known]
        weight: Floats = np.exp(log_weight - log_weight.max())
        weight /= weight.sum()
        return weight

    def _chosen(self, ended: Ints, day: float, half_lives: Sequence[float]) -> float:
        """The half-life that foretold best each month from all before it; the longest at a tie.

        With too few raids to compare, that in the middle.
        """
        ordered = sorted(half_lives)
        if len(ended) <= WARM_UP or len(ordered) == 1:
            return ordered[len(ordered) // 2]
        starts = np.arange(day - MONTH_DAYS, ended[WARM_UP - 1], -MONTH_DAYS)
        scores = [sum(self._score(ended, s, half) for s in starts) for half in ordered]
        return max(zip(scores, ordered, strict=True))[1]

    def _score(self, ended: Ints, start: float, half_life: float) -> float:
        first, last = np.searchsorted(ended, [start, start + MONTH_DAYS], side="left")
        if first == last:
            return 0.0
        weight = self._posterior(ended, start, half_life)
        return float(np.log(np.exp(self.told[first:last]) @ weight).sum())


def _kept(log_odds: Floats) -> Floats:
    """The probability at the log odds, kept off 0 and 1."""
    found: Floats = np.clip(1 / (1 + np.exp(-log_odds)), 1e-6, 1 - 1e-6)
    return found
