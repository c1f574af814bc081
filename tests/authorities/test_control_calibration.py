"""Probabilities of operational control mean what they say: simulated worlds with known truth.

Worlds are drawn from the tables that cases are assessed with (``tests/support/control_worlds.py``):
within .03 of what is so where nothing is wrong, within .08 where one assumption is. Here all
questions of a kind are scored together; ``make conformance`` scores each by itself on 3,000 worlds,
and ``python -m benchmarks control`` prints the figures.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from itertools import chain
from multiprocessing import get_context

import numpy as np
import pytest

from control_worlds import CHUNK, Wrong, chunk, gathered, handing_over_at_once
from shieldwall.workers import processors
from worlds import calibration_error

LONG = os.environ.get("CONFORMANCE") == "1"
WORLDS, WRONG_WORLDS = (3_000, 1_500) if LONG else (300, 100)
KINDS = ("independent now", "independent in", "independent within", "all three", "connected now")
MISSPECIFIED = (
    Wrong(handing=2.0), Wrong(blunt=0.4), Wrong(shift=0.7), Wrong(grades=1), Wrong(unheard=0.5),
    Wrong(pace=2.0),
)  # fmt: skip
Found = dict[str, tuple[np.ndarray, np.ndarray]]
Told = Callable[..., Found]


@pytest.fixture(scope="module")
def told() -> Iterator[Told]:
    """What is said and so in worlds, each made once, on all processors."""
    with ProcessPoolExecutor(processors(), get_context("spawn")) as pool:

        @cache
        def told(wrong: Wrong = Wrong(), count: int = WORLDS) -> Found:  # noqa: B008  frozen
            chunks = pool.map(partial(chunk, wrong=wrong), range(count // CHUNK))
            return gathered(list(chain.from_iterable(chunks)))

        yield told


def together(found: Found, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Said and so of all questions that begin so."""
    of = [pair for what, pair in found.items() if what.startswith(kind)]
    return np.concatenate([s for s, _ in of]), np.concatenate([so for _, so in of])


def everything(found: Found) -> tuple[np.ndarray, np.ndarray]:
    return together(found, "")


def test_worlds_ask_something(told: Told) -> None:
    found = told()
    for kind in KINDS:
        said, so = together(found, kind)
        assert 0.1 < so.mean() < 0.9, kind
    said, so = together(found, "independent now")
    assert (said > 0.85).sum() > 10, "strong statements are made"
    assert (said < 0.15).sum() > 10
    assert ((said - so) ** 2).mean() < so.var() - 0.02, "evidence tells"


def test_what_is_said_of_control_is_so_as_often(told: Told) -> None:
    assert calibration_error(*everything(told())) <= 0.03
    for kind in KINDS:
        said, so = together(told(), kind)
        allowed = 0.03 + (0.0 if LONG else chance_alone(said))
        assert calibration_error(said, so) <= allowed, kind


@pytest.mark.skipif(not LONG, reason="3,000 worlds: make conformance")
def test_each_question_by_itself(told: Told) -> None:
    for what, pair in told().items():
        assert calibration_error(*pair) <= 0.03, what


@pytest.mark.parametrize("wrong", MISSPECIFIED)
def test_it_bears_one_wrong_assumption(told: Told, wrong: Wrong) -> None:
    found = told(wrong, WRONG_WORLDS)
    assert calibration_error(*everything(found)) <= 0.08
    for kind in KINDS:
        said, so = together(found, kind)
        allowed = 0.08 + (0.0 if LONG else chance_alone(said))
        assert calibration_error(said, so) <= allowed, kind


def test_a_broken_model_is_found_out() -> None:
    """The same worlds, operators stepping a hundred weeks at a time: far outside both limits."""
    found = gathered(chunk(1, breaking=handing_over_at_once, count=100))
    assert calibration_error(*together(found, "independent now")) > 0.08
    assert calibration_error(*together(found, "independent within")) > 0.2
    assert calibration_error(*everything(found)) > 0.08


def chance_alone(said: np.ndarray) -> float:
    """The calibration error that a perfect forecaster has by chance, on so many questions."""
    rng = np.random.default_rng(0)
    drawn = [calibration_error(said, (rng.random(len(said)) < said) * 1.0) for _ in range(50)]
    return float(np.mean(drawn))
