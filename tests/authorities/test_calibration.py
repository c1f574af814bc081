"""Probabilities mean what they say: simulated worlds with known truth.

The worlds are drawn from the table the cases are assessed with (``tests/support/worlds.py``);
``python -m benchmarks fusion`` runs ten times as many and prints the figures.
"""

from functools import cache

import numpy as np
import pytest

from rivals import RIVALS
from worlds import Maker, Outcome, Wrong, calibration_error, outcomes, ranks

WORLDS, DENSE_WORLDS, SEED = 500, 750, 20251231
NOTHING = Wrong()


@cache
def seen(wrong: Wrong) -> tuple[Outcome, ...]:
    rng = np.random.default_rng(SEED)
    return tuple(o for _ in range(WORLDS) for o in outcomes(Maker(rng, wrong).world()))


def told(found: tuple[Outcome, ...]) -> tuple[np.ndarray, np.ndarray]:
    return np.array([o.said for o in found]), np.array([float(o.so) for o in found])


def brier(said: np.ndarray, so: np.ndarray) -> float:
    return float(((said - so) ** 2).mean())


def test_presence_is_calibrated_when_the_table_is_right() -> None:
    said, so = told(seen(NOTHING))
    assert len(said) > 3_000
    assert (said > 0.9).sum() > 30, "strong statements are made at all"
    assert (said < 0.1).sum() > 300
    assert calibration_error(said, so) <= 0.03


@pytest.mark.parametrize(
    "wrong",
    [Wrong(unlabelled=0.5), Wrong(letters=1), Wrong(letters=-1), Wrong(detection=0.4),
     Wrong(detection=0.95), Wrong(afresh=4)],
)  # fmt: skip
def test_presence_bears_one_wrong_assumption(wrong: Wrong) -> None:
    assert calibration_error(*told(seen(wrong))) <= 0.08


def test_brier_is_better_than_that_of_simpler_ways() -> None:
    said, so = told(seen(NOTHING))
    ours = brier(said, so)
    assert ours < brier(np.full_like(so, so.mean()), so) - 0.02, "evidence tells"
    for name, rival in RIVALS.items():
        theirs = np.array([rival(o.votes, o.prior) for o in seen(NOTHING)])
        assert ours < brier(theirs, so) - 0.005, name
        assert calibration_error(said, so) < calibration_error(theirs, so), name


def test_nine_in_ten_counts_lie_in_their_intervals() -> None:
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(DENSE_WORLDS):
        world = Maker(rng, sources=14, counting=1.0, dense=True).world()
        found += ranks(world, rng)
    inside = np.array(found)
    assert len(inside) >= 2_000
    assert 0.87 <= ((inside > 0.05) & (inside < 0.95)).mean() <= 0.93
    # Not only the ends: ranks are even over the whole range (chi-squared, 9 degrees, 1 in 1,000).
    even = len(inside) / 10
    cells, _ = np.histogram(inside, 10, (0, 1))
    assert float(((cells - even) ** 2 / even).sum()) < 27.9
