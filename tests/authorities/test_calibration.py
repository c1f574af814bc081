"""Probabilities mean what they say: simulated worlds with known truth.

The worlds are drawn from the table the cases are assessed with (``tests/support/worlds.py``);
``python -m benchmarks fusion`` runs ten times as many and prints the figures.
"""

from functools import cache

import numpy as np
import pytest

from rivals import RIVALS
from shieldwall.orbat import counts
from worlds import Maker, Outcome, Wrong, calibration_error, outcomes, ranks, weighed

WORLDS, DENSE_WORLDS, RELAY_WORLDS, SEED = 500, 750, 250, 20251231
NOTHING = Wrong()


def relayed(edges: bool) -> tuple[np.ndarray, np.ndarray]:
    """Said and so in worlds where four in five claims are copies; ``edges``: known as such."""
    rng, found = np.random.default_rng(SEED), []
    for _ in range(RELAY_WORLDS):
        world = Maker(rng, sources=14, copying=0.8).world()
        if not edges:
            world.evidence = weighed(world.case, ())
        found += outcomes(world)
    return told(tuple(found))


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


def test_where_most_is_relayed_lineage_decides() -> None:
    """With the edges dropped the very same worlds fail: the test above them can fail."""
    said, so = relayed(edges=True)
    counted, same = relayed(edges=False)
    assert (so == same).all()
    assert calibration_error(said, so) <= 0.03
    assert calibration_error(counted, so) > 0.05
    assert brier(counted, so) > brier(said, so) + 0.01


def count_ranks() -> np.ndarray:
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(DENSE_WORLDS):
        found += ranks(Maker(rng, sources=14, counting=1.0, dense=True).world(), rng)
    return np.array(found)


def unevenness(inside: np.ndarray) -> float:
    """Chi-squared of the ranks over ten equal cells, 9 degrees: 27.9 is 1 in 1,000."""
    even = len(inside) / 10
    cells, _ = np.histogram(inside, 10, (0, 1))
    return float(((cells - even) ** 2 / even).sum())


def test_nine_in_ten_counts_lie_in_their_intervals() -> None:
    inside = count_ranks()
    assert len(inside) >= 2_000
    assert 0.87 <= ((inside > 0.05) & (inside < 0.95)).mean() <= 0.93
    assert unevenness(inside) < 27.9, "not only the ends"


def test_a_wrong_rate_of_missing_launchers_would_show(monkeypatch: pytest.MonkeyPatch) -> None:
    right = counts._seen
    monkeypatch.setattr(counts, "_seen", lambda count, values, missed: right(count, values, 0.4))
    assert unevenness(count_ranks()) > 27.9
