"""Inference over mission and systems equals that of one big chain of all joint states.

The big chain is built here by Kronecker products (4 states of the mission x 6 x 6 of two systems)
and taken forward and backward in plain numpy.
"""

from dataclasses import fields, replace

import numpy as np
import pytest

from control_models import DRAWS, WEEKS, A, K, heard, model, reading, window
from shieldwall.case.records import Band
from shieldwall.control.infer import Chain, emission, infer, ratios


def together(made, windows, d):
    """Filtered and smoothed (T, A, K, K) of draw d by the big chain."""
    names = list(made.operators)
    one, other = (made.operators[s] for s in names)
    given = [_plain(made, windows, d, s, "operators", K) for s in names]
    seen = _plain(made, windows, d, None, "mission", A)
    initial = np.kron(made.mission_initial[d], np.kron(one.initial[d], other.initial[d]))
    likelihood = [np.kron(seen[t], np.kron(given[0][t], given[1][t])) for t in range(WEEKS)]
    steps = [None, *(_big_step(made, d, one, other, t) for t in range(1, WEEKS))]
    forward = [initial * likelihood[0]]
    for t in range(1, WEEKS):
        forward.append((forward[-1] @ steps[t]) * likelihood[t])
    backward = [np.ones_like(initial)]
    for t in range(WEEKS - 1, 0, -1):
        backward.insert(0, steps[t] @ (likelihood[t] * backward[0]))
    shape = (WEEKS, A, K, K)
    filtered = np.array([f / f.sum() for f in forward]).reshape(shape)
    both = [f * b for f, b in zip(forward, backward, strict=True)]
    return filtered, np.array([x / x.sum() for x in both]).reshape(shape)


def _big_step(made, d, one, other, t):
    at = [
        np.kron(
            one.steps[d, b] if t > one.start else np.eye(K),
            other.steps[d, b] if t > other.start else np.eye(K),
        )
        for b in range(A)
    ]
    return np.block([[made.mission_step[d, a, b] * at[b] for b in range(A)] for a in range(A)])


def _plain(made, windows, d, system, of, states):
    """(T, states) by the formula r p + 1 - p."""
    found = np.ones((WEEKS, states))
    for w in windows:
        if w.system == system and made.of[w.indicator] == of:
            r = np.prod([x.ratio.middle for x in w.readings])
            p = made.signs[w.indicator][d]
            found[w.week] *= r * p + 1 - p
    return found


@pytest.mark.parametrize("seed", range(6))
def test_two_systems_exactly(seed):
    made, windows = model(seed), heard(seed)
    found = infer(made, windows, exact=True)
    for d in range(DRAWS):
        filtered, smoothed = together(made, windows, d)
        assert np.abs(found.mission[d] - smoothed.sum(axis=(2, 3))).max() < 1e-10
        assert np.abs(found.operators["sam"][d] - smoothed.sum(axis=(1, 3))).max() < 1e-10
        assert np.abs(found.operators["gun"][d] - smoothed.sum(axis=(1, 2))).max() < 1e-10
        assert np.abs(found.filtered["sam"][d] - filtered.sum(axis=(1, 3))).max() < 1e-10
        assert np.abs(found.filtered["gun"][d] - filtered.sum(axis=(1, 2))).max() < 1e-10
        assert np.abs(found.together["sam"][d] - smoothed[-1].sum(axis=2)).max() < 1e-10
        assert np.abs(found.together["gun"][d] - smoothed[-1].sum(axis=1)).max() < 1e-10


def test_what_is_read_of_one_system_moves_the_other_through_the_mission():
    made = model(1)
    windows = tuple(w for w in heard(1, many=60) if w.system == "sam")
    assert any(made.of[w.indicator] == "operators" for w in windows)
    silent, told = infer(made, ()), infer(made, windows)
    assert np.abs(silent.operators["gun"] - told.operators["gun"]).max() > 1e-4
    assert (silent.connection["gun"] == told.connection["gun"]).all()


def test_one_system_is_two_of_which_one_is_silent():
    made = model(2)
    alone = replace(
        made, operators={"sam": made.operators["sam"]}, connection={"sam": made.connection["sam"]}
    )
    windows = tuple(w for w in heard(2) if w.system != "gun")
    one, two = infer(alone, windows, exact=True), infer(made, windows, exact=True)
    assert np.abs(one.operators["sam"] - two.operators["sam"]).max() < 1e-12
    assert np.abs(one.filtered["sam"] - two.filtered["sam"]).max() < 1e-12
    assert np.abs(one.together["sam"] - two.together["sam"]).max() < 1e-12


@pytest.mark.parametrize("seed", range(3))
def test_many_paths_come_to_the_exact_answer(seed):
    """Batches of paths give a Monte Carlo error; |z| < 4.5 for some 5,000 figures."""
    windows = heard(seed, many=12)
    batches, paths = 60, 400
    made = model(seed, paths=paths, draws=1)
    exact = infer(made, windows, exact=True)
    uniform = np.random.default_rng(seed).random((batches, paths, WEEKS))
    many = replace(_same_in_all_draws(made, batches), uniform=uniform)
    drawn = infer(many, windows, exact=False)
    for ours, truth in (
        (drawn.mission, exact.mission),
        *((drawn.operators[s], exact.operators[s]) for s in exact.operators),
        *((drawn.filtered[s], exact.filtered[s]) for s in exact.operators),
        *((drawn.together[s], exact.together[s]) for s in exact.operators),
    ):
        error = ours.std(axis=0, ddof=1) / np.sqrt(batches)
        gap = np.abs(ours.mean(axis=0) - truth[0])
        assert error.max() < 0.02, "the test is sharp"
        # Weights that are scaled to add up to one have a bias of the order of 1 / paths.
        assert (gap < 4.5 * error + 0.5 / paths).all()


def _same_in_all_draws(made, draws):
    again = lambda x: np.repeat(x, draws, axis=0)  # noqa: E731
    chains = lambda found: {  # noqa: E731
        s: Chain(again(c.initial), again(c.steps), c.start) for s, c in found.items()
    }
    return replace(
        made, draws=draws, mission_initial=again(made.mission_initial),
        mission_step=again(made.mission_step), operators=chains(made.operators),
        connection=chains(made.connection), signs={s: again(p) for s, p in made.signs.items()},
    )  # fmt: skip


def test_three_systems_are_by_paths_and_cannot_be_exact():
    made = model(3, systems=("sam", "gun", "third"))
    by_default = infer(made, ())
    assert (by_default.mission == infer(made, (), exact=False).mission).all()
    with pytest.raises(ValueError, match="3 systems"):
        infer(made, (), exact=True)


@pytest.mark.parametrize("systems", [("sam", "gun"), ("sam", "gun", "third")])
def test_any_number_of_workers_gives_the_same_bytes(systems):
    made, windows = model(4, systems, draws=16), heard(4, systems)
    one, two = (infer(made, windows, workers=n) for n in (1, 2))
    for field in fields(one):
        for a, b in zip(_arrays(one, field.name), _arrays(two, field.name), strict=True):
            assert a.tobytes() == b.tobytes(), field.name


def _arrays(posterior, name):
    found = getattr(posterior, name)
    return list(found.values()) if isinstance(found, dict) else [found]


def test_parts_are_the_same_draws():
    made, windows = model(5, draws=6), heard(5)
    whole, part = infer(made, windows), infer(made.part(3, 4), windows)
    assert (part.operators["sam"] == whole.operators["sam"][:3]).all()
    assert made.part(3, 4).uniform.shape == (3, 4, WEEKS)


def test_a_ratio_of_one_changes_nothing():
    made, windows = model(6), heard(6)
    idle = tuple(window(reading(f"{of}0", s, 1.0, 4)) for of, s in
                 (("mission", None), ("operators", "sam"), ("connection", "gun")))  # fmt: skip
    one, two = infer(made, windows), infer(made, (*windows, *idle))
    for name in ("mission", "operators", "filtered", "connection"):
        for a, b in zip(_arrays(one, name), _arrays(two, name), strict=True):
            assert np.abs(a - b).max() < 1e-12


def test_many_origins_never_exceed_the_force_of_the_sign():
    """However many agree, states are told apart by p(state) at most; and nobody turns it round."""
    made = model(7)
    chance = made.signs["operators0"]
    before = None
    for many in (1, 2, 5, 20, 60):
        agreeing = window(*(reading(speaker=f"c{n}", week=9) for n in range(many)))
        given = emission(made, [agreeing], "sam", "operators")[:, 9]
        force = given / given.max(axis=1, keepdims=True)
        bound = chance / chance.max(axis=1, keepdims=True)
        assert (force >= bound - 1e-12).all()
        if before is not None:
            assert (force <= before + 1e-12).all(), "more that agree never speak the other way"
        before = force
    assert np.allclose(before, bound), "and so many bring it whole"


def test_ratios_lie_in_their_bands_each_by_its_own_stream():
    made = model(8, draws=64)
    wide = Band(1.5, 3.0, 8.0)
    one = ratios(made, [reading(ratio=wide)])
    assert one.min() > 1.5
    assert one.max() < 8.0
    assert np.median(one) == pytest.approx(3.3, abs=0.5)
    other = reading(ratio=wide, speaker="two")
    both = ratios(made, [reading(ratio=wide), other])
    assert np.allclose(both, one * ratios(made, [other]))
    assert np.abs(np.corrcoef(one, ratios(made, [other]))[0, 1]) < 0.5
