"""The raid kernel with one surrogate layer: a whole defence as one battery that fires once at each.

What a published raid tells is how many of those launched were stopped, not by what. One layer
without limits of channels, rounds or sight, whose rounds kill with a probability that all threats
of a raid share, is then all that can be calibrated. The production kernel runs it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from shieldwall.draws import stream
from shieldwall.raid.arrays import Batteries, Graph, Masks, Results, Teams, Threats
from shieldwall.raid.fielded import QUANTILES
from shieldwall.raid.kernel import replicate
from shieldwall.raid.run import draw_key

Array = NDArray[Any]
Ints = NDArray[np.int64]


def one_layer(
    through: Callable[[ArrayLike], Array], launched: int, replications: int, seed: int
) -> Ints:
    """Threats through, (replications,), of so many launched.

    ``through`` gives a raid's probability of getting through at each quantile in [0, 1]: as of
    ``raid_surrogate.RaidLevel.through_quantile``.
    """
    kill = 1.0 - np.clip(through(np.linspace(0.0, 1.0, QUANTILES)), 0.0, 1.0)
    rng = stream(seed, f"one layer {launched}")
    effect = (rng.permutation(replications) + rng.random(replications)) / replications
    results = Results(
        np.zeros((replications, 1), np.int32), np.zeros((replications, 1), np.int32),
        np.zeros((replications, 1), np.int32), np.zeros((replications, 1), np.float32),
        np.zeros((replications, 1), np.int32), np.empty((0, 5)),
    )  # fmt: skip
    replicate(
        draw_key(seed, launched), 0, effect[:, None], _threats(launched), _in_sight(),
        _battery(kill, launched), _no_teams(), _no_network(), results,
    )  # fmt: skip
    return results.leakers[:, 0].astype(np.int64)


def _threats(launched: int) -> Threats:
    """One after another, each an hour on its way."""
    return Threats(
        np.array([launched]), np.zeros(1, np.int64), np.ones(1), np.zeros(1, np.bool_),
        np.zeros(1), np.array([[0.0, 3600.0]]),
    )  # fmt: skip


def _in_sight() -> Masks:
    """In sight and in reach all the way."""
    return Masks(
        np.array([0.0, 3600.0], np.float32).reshape(1, 1, 1, 2),
        np.array([0, 1, 2], np.int16).reshape(1, 1, 1, 3),
        np.zeros((1, 1, 1)), np.zeros((0, 1, 1)),
    )  # fmt: skip


def _battery(kill: Array, launched: int) -> Batteries:
    yes, many = np.ones(1, np.bool_), np.array([launched])
    return Batteries(
        yes, yes, many, many, np.zeros(1, np.int64), np.zeros(1), np.ones(1), np.zeros(1),
        np.zeros(1), kill.astype(np.float32).reshape(1, 1, -1), np.ones(1, np.int64),
        np.ones(1, np.int64), np.zeros(1, np.int64),
    )  # fmt: skip


def _no_teams() -> Teams:
    none = np.zeros((0, 1, 1))
    strip = np.zeros((0, 1))
    return Teams(none, none, none.astype(np.float32), strip, strip, np.zeros(0, np.int64))


def _no_network() -> Graph:
    """One function that never works and joins nothing."""
    no = np.zeros((1, 1), np.bool_)
    return Graph(
        np.zeros(1), np.zeros(1), np.zeros(2, np.int64), np.zeros(1, np.int64),
        np.zeros(0, np.int64), no, no, np.zeros((1, 0), np.bool_), np.array([-1]), no,
        np.zeros((1, 0), np.bool_), np.ones(1, np.int64), np.zeros(1), np.zeros(1), np.zeros(1),
        np.zeros(0), True,
    )  # fmt: skip
