"""Which unknown matters most: Sobol indices of groups of unknowns, and the part of luck.

Two halves of the draws, A and B, stand for two independent ensembles. For each group a third set
takes that group from B and all else from A. With f the mean of many replications:

    first   V_i = mean( f_B (f_AB - f_A) )          Saltelli et al. 2010, table 2 (b)
    total   T_i = mean( (f_A - f_AB)^2 ) / 2        Jansen 1999

both over the variance of f. A and AB meet the same chance and B another, so that the noise of a
finite number of replications neither feigns a first-order index nor adds to a total one much.
"""

from __future__ import annotations

import numpy as np

from shieldwall.draws import band_over
from shieldwall.network.ensemble import Floats
from shieldwall.raid.fielded import Picks, field
from shieldwall.raid.records import Sobol
from shieldwall.raid.run import run
from shieldwall.raid.scene import GROUPS, Scene
from shieldwall.raid.statistics import Interval
from shieldwall.raid.variants import Variant

BOOTSTRAP = 200
OTHER_CHANCE = 1
FEWEST_DRAWS = 8


def sobol(
    scene: Scene, variant: Variant, replications: int, workers: int | None = None
) -> tuple[tuple[Sobol, ...], float | None]:
    """First-order and total indices of each group for mean leakers, and the share of luck.

    Intervals are 90 % by bootstrap over the draws. The share of luck is the mean variance inside a
    draw over the whole variance. Where nothing varies over draws every index is 0. Nothing is told
    of fewer than 8 draws or 2 replications.
    """
    if scene.draws < FEWEST_DRAWS or replications < 2:
        return (), None
    half = scene.draws // 2
    one, two = np.arange(half), np.arange(half, 2 * half)
    plain: Picks = dict.fromkeys(GROUPS, one)
    seed = scene.case.seed
    # The chance of a row is that of its places; with those from B the row keeps the chance of A.
    a, inside = _means(scene, variant, plain, one, replications, workers, seed)
    b, _ = _means(
        scene, variant, dict.fromkeys(GROUPS, two), two, replications, workers,
        seed + OTHER_CHANCE,
    )  # fmt: skip
    mixed = {
        g: _means(scene, variant, {**plain, g: two}, one, replications, workers, seed)[0]
        for g in GROUPS
    }
    within = float(inside.mean())
    between = max(float(np.concatenate([a, b]).var(ddof=1)) - within / replications, 0.0)
    luck = within / (within + between) if within + between > 0 else 0.0
    if between == 0.0:
        still = Interval(0.0, 0.0, 0.0)
        return tuple(Sobol(g, still, still) for g in GROUPS), luck
    rng = np.random.default_rng(np.random.SeedSequence([seed, half]))
    again = rng.integers(0, half, (BOOTSTRAP, half))
    return tuple(_index(g, a, b, mixed[g], within / replications, again) for g in GROUPS), luck


def _means(
    scene: Scene,
    variant: Variant,
    picks: Picks,
    chance: np.ndarray,
    replications: int,
    workers: int | None,
    seed: int,
) -> tuple[Floats, Floats]:
    """Mean leakers of each row, and their variance inside it, each (M,)."""
    outcomes = run(field(scene, variant, picks), replications, workers, seed=seed, chance=chance)
    return outcomes.leakers.mean(axis=1), outcomes.leakers.var(axis=1, ddof=1)


def _index(group: str, a: Floats, b: Floats, ab: Floats, noise: float, again: np.ndarray) -> Sobol:
    def indices(rows: np.ndarray) -> tuple[float, float]:
        whole = np.concatenate([a[rows], b[rows]])
        middle = float(whole.mean())
        variance = max(float(whole.var(ddof=1)) - noise, 1e-12)
        # Centred, which leaves its mean and takes most of its noise (Sobol and Myshetskaya 2007).
        first = float(np.mean((b[rows] - middle) * (ab[rows] - a[rows]))) / variance
        total = float(np.mean((a[rows] - ab[rows]) ** 2)) / 2 / variance
        return first, total

    first, total = indices(np.arange(a.size))
    found = np.array([indices(rows) for rows in again])
    low, high = band_over(found)
    return Sobol(
        group,
        Interval(first, float(low[0]), float(high[0])),
        Interval(total, float(low[1]), float(high[1])),
    )
