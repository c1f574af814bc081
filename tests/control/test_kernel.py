"""The kernel equals adding up every course that the hidden states can take."""

from itertools import product

import numpy as np
import pytest
from scipy.stats import chi2

from shieldwall.control.kernel import draw_paths, smooth, smooth_together, stand_last

STILL = np.zeros((1, 5), dtype=np.int64)


def every_course(initial, steps, path, emission, start):
    """(T, K) filtered, smoothed, and cumulative log-likelihood: all K ** T courses, one by one."""
    weeks, states = emission.shape
    filtered, log = np.zeros((weeks, states)), np.zeros(weeks)
    for last in range(weeks):
        smoothed = np.zeros((last + 1, states))
        for course in product(range(states), repeat=last + 1):
            odds = initial[course[0]] * emission[0, course[0]]
            for t in range(1, last + 1):
                moved = steps[path[t]][course[t - 1], course[t]]
                odds *= moved if t > start else float(course[t - 1] == course[t])
                odds *= emission[t, course[t]]
            for t, state in enumerate(course):
                smoothed[t, state] += odds
        total = smoothed[-1].sum()
        filtered[last], log[last] = smoothed[-1] / total, np.log(total)
    return filtered, smoothed / total, log


def rows(rng, *shape):
    return rng.dirichlet(np.ones(shape[-1]), shape[:-1])


@pytest.mark.parametrize("start", [0, 1, 3, 10])
@pytest.mark.parametrize("seed", range(5))
def test_small_chains_along_paths_of_the_mission(seed, start):
    rng = np.random.default_rng(seed)
    initial, steps = rows(rng, 3), rows(rng, 2, 3, 3)
    paths, emission = rng.integers(0, 2, (4, 6)), rng.random((6, 3))
    found = smooth(initial, steps, paths, emission, start)
    for m, path in enumerate(paths):
        for ours, theirs in zip(
            found, every_course(initial, steps, path, emission, start), strict=True
        ):
            assert np.abs(ours[m] - theirs).max() < 1e-12


def test_a_path_matters_and_only_from_the_step_on():
    rng = np.random.default_rng(1)
    initial, steps, emission = rows(rng, 3), rows(rng, 2, 3, 3), rng.random((5, 3))
    paths = np.array([[0, 0, 0, 0, 0], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
    filtered, _, _ = smooth(initial, steps, paths, emission, 0)
    assert (filtered[0] == filtered[1]).all(), "the first week has no step into it"
    assert (filtered[0, :2] == filtered[2, :2]).all()
    assert np.abs(filtered[0, 2] - filtered[2, 2]).max() > 0.01


def test_it_stands_still_before_its_start():
    rng = np.random.default_rng(2)
    steps, silent = rows(rng, 1, 3, 3), np.ones((5, 3))
    initial = np.array([1.0, 0.0, 0.0])
    filtered, smoothed, _ = smooth(initial, steps, STILL, silent, 2)
    assert (filtered[0, :3] == initial).all()
    assert np.allclose(filtered[0, 3], steps[0, 0])
    assert np.allclose(smoothed[0], filtered[0]), "silence tells nothing of the past"


def test_a_week_without_a_reading_changes_nothing_and_scales_do_not_matter():
    rng = np.random.default_rng(3)
    initial, steps, emission = rows(rng, 3), rows(rng, 1, 3, 3), rng.random((5, 3))
    one = smooth(initial, steps, STILL, emission, 0)
    scaled = smooth(initial, steps, STILL, emission * 10.0 ** np.arange(-2, 3)[:, None], 0)
    assert np.abs(one[0] - scaled[0]).max() < 1e-12
    assert np.abs(one[1] - scaled[1]).max() < 1e-12


def test_long_and_nearly_certain_chains_do_not_underflow():
    rng = np.random.default_rng(4)
    emission = rng.choice([1e-200, 1.0], (2000, 3)) + 1e-250
    still = np.zeros((1, 2000), dtype=np.int64)
    filtered, smoothed, log = smooth(rows(rng, 3), rows(rng, 1, 3, 3), still, emission, 0)
    assert np.isfinite(log).all()
    assert np.allclose(filtered.sum(axis=-1), 1)
    assert np.allclose(smoothed.sum(axis=-1), 1)


def test_impossible_evidence_has_no_likelihood():
    rng = np.random.default_rng(5)
    emission = rng.random((5, 3))
    emission[2] = 0.0
    filtered, smoothed, log = smooth(rows(rng, 3), rows(rng, 1, 3, 3), STILL, emission, 0)
    assert np.isfinite(log[0, :2]).all()
    assert (log[0, 2:] == -np.inf).all()
    assert not filtered[0, 2:].any()
    assert np.isfinite(smoothed).all()


def test_paths_are_drawn_from_the_posterior():
    """Of 20,000 paths, the counts of neighbouring pairs against exact pairwise posteriors."""
    rng = np.random.default_rng(6)
    initial, step, emission = rows(rng, 3), rows(rng, 3, 3), rng.random((6, 3))
    still = np.zeros((1, 6), dtype=np.int64)
    filtered, smoothed, _ = smooth(initial, step[None], still, emission, 0)
    many = 20_000
    paths = draw_paths(filtered[0], step, rng.random((many, 6)))
    for t in range(5):
        ahead = np.ones(3)
        for later in range(5, t, -1):
            ahead = emission[later] * (step @ ahead if later < 5 else 1.0)
        pair = filtered[0, t][:, None] * step * ahead
        pair /= pair.sum()
        assert np.allclose(pair.sum(axis=1), smoothed[0, t]), "the exact figures agree themselves"
        counts = np.zeros((3, 3))
        np.add.at(counts, (paths[:, t], paths[:, t + 1]), 1)
        expected = many * pair
        assert ((counts - expected) ** 2 / expected).sum() < chi2.ppf(1 - 1e-4, 8)
    independent = smoothed[0, 2][:, None] * smoothed[0, 3]
    assert np.abs(counts / many - independent).max() > 0.02, "pairs are not drawn apart"


def test_paths_never_go_where_nothing_can():
    step = np.array([[0.5, 0.5, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    filtered, _, _ = smooth(np.array([1.0, 0, 0]), step[None], STILL, np.ones((5, 3)), 0)
    uniform = np.full((2, 5), [[1 - 1e-16], [0.0]])
    paths = draw_paths(filtered[0], step, uniform)
    assert set(paths.ravel()) <= {0, 1}
    assert (np.diff(paths, axis=1) >= 0).all()


@pytest.mark.parametrize("start", [(0, 0), (2, 0), (1, 9)])
def test_two_chains_and_their_mission_by_every_course(start):
    rng = np.random.default_rng(7)
    weeks, initial = 4, rng.dirichlet(np.ones(8)).reshape(2, 2, 2)
    mission, steps = rows(rng, 2, 2), rows(rng, 2, 2, 2, 2)
    seen, emission = rng.random((weeks, 2)), rng.random((2, weeks, 2))
    filtered, smoothed, log = smooth_together(
        initial, mission, steps, seen, emission, np.array(start)
    )
    for last in range(weeks):
        courses = list(product(product(range(2), repeat=3), repeat=last + 1))
        odds = np.array([_odds(c, initial, mission, steps, seen, emission, start) for c in courses])
        ends = np.zeros((2, 2, 2))
        for course, chance in zip(courses, odds, strict=True):
            ends[course[-1]] += chance
        assert np.abs(filtered[last] - ends / odds.sum()).max() < 1e-12
    assert log == pytest.approx(np.log(odds.sum()), abs=1e-12)
    for t in range(weeks):
        at = np.zeros((2, 2, 2))
        for course, chance in zip(courses, odds, strict=True):
            at[course[t]] += chance
        assert np.abs(smoothed[t] - at / odds.sum()).max() < 1e-12


def _odds(course, initial, mission, steps, seen, emission, start):
    found = initial[course[0]]
    for t, (a, *chains) in enumerate(course):
        found *= seen[t, a]
        if t > 0:
            found *= mission[course[t - 1][0], a]
        for n, state in enumerate(chains):
            found *= emission[n, t, state]
            if t > 0:
                before = course[t - 1][n + 1]
                moved = steps[n, a][before, state] if t > start[n] else float(before == state)
                found *= moved
    return found


@pytest.mark.parametrize("start", [0, 2, 5, 6, 20])
def test_the_last_week_alone_is_that_of_the_whole(start):
    rng = np.random.default_rng(8)
    initial, steps = rows(rng, 3, 4), rows(rng, 3, 2, 4, 4)
    paths, emission = rng.integers(0, 2, (3, 5, 6)), rng.random((3, 6, 4))
    last, log = stand_last(initial, steps, paths, emission, start)
    for d in range(3):
        filtered, _, whole = smooth(initial[d], steps[d], paths[d], emission[d], start)
        assert np.abs(last[d] - filtered[:, -1]).max() < 1e-12
        assert np.abs(log[d] - whole[:, -1]).max() < 1e-12


def test_the_last_week_of_impossible_evidence_has_no_likelihood():
    rng = np.random.default_rng(9)
    emission = rng.random((1, 6, 3))
    emission[0, 3] = 0.0
    paths = np.zeros((1, 2, 6), dtype=np.int64)
    last, log = stand_last(rows(rng, 1, 3), rows(rng, 1, 1, 3, 3), paths, emission, 0)
    assert (log == -np.inf).all()
    assert not last.any()
