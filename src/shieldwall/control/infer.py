"""Who operates, given what was read: exact along each path of the mission, or exact altogether.

Systems are independent given the mission's path a. With up to two systems every joint state is
carried. With more, paths are drawn from the posterior of the mission by its own signs, and weighed
by what the systems' signs make of them:

    P(state of a system | all read) = sum over paths of w(a) P(state | a, its own signs)
    w(a) proportional to the product over systems of P(their signs | a)

Filtered weeks weigh the same paths by what was read up to the week; a path drawn from the smoothed
posterior is one from the filtered, weighed by 1 / (backward message of its state).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.assumed import in_force
from shieldwall.case.control_records import STATES, Indicator, Transfer, Variable
from shieldwall.case.records import Band, Case
from shieldwall.control.assumptions import DEFAULTS, named
from shieldwall.control.dynamics import (
    MISSION,
    OPERATORS,
    WEEK_YEARS,
    connection_generator,
    joint_step,
    mission_generator,
    operators_generator,
    settled,
    step,
)
from shieldwall.control.kernel import draw_paths, smooth, smooth_together
from shieldwall.control.rates import drawn
from shieldwall.control.records import Reading, Window
from shieldwall.draws import log_triangle, strata, stream, triangle
from shieldwall.workers import spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ASSUMED_RATES = (
    "return", "replace", "hire", "contract_ends", "lapse", "withdraw", "taken_over", "unjoin",
    "mission_comes", "mission_intervenes", "mission_grows", "mission_shrinks", "mission_ends",
    "mission_gone",
)  # fmt: skip
PATHS = 24
"""Paths of the mission in each draw of the figures."""
LONG_RUN = 14
"""Doublings of a week until nothing changes: some 300 years."""
EXACT_SYSTEMS = 2
"""Up to so many systems, every joint state is carried."""


@dataclass(frozen=True)
class Chain:
    """One hidden chain of a system, in every draw of the figures."""

    initial: Floats
    """(D, K)"""
    steps: Floats
    """(D, A, K, K) one week; A is 1 where the mission does not drive it."""
    start: int


@dataclass(frozen=True)
class Model:
    """All that does not depend on what was read: steps, signs, and the draws of their bands."""

    count: int
    """Weeks."""
    draws: int
    mission_initial: Floats
    """(D, A)"""
    mission_step: Floats
    """(D, A, A)"""
    operators: dict[str, Chain]
    connection: dict[str, Chain]
    signs: dict[str, Floats]
    """Sign -> (D, K): chance of its being so in each state of what it tells of."""
    of: dict[str, str]
    """Sign -> what it tells of."""
    uniform: Floats
    """(D, paths, T) for drawing the mission's paths."""
    seed: int

    def part(self, draws: int, paths: int) -> Model:
        """The same with fewer draws and paths: for differences, not for levels."""
        n = slice(0, draws)
        return Model(
            self.count, min(draws, self.draws), self.mission_initial[n], self.mission_step[n],
            {k: Chain(c.initial[n], c.steps[n], c.start) for k, c in self.operators.items()},
            {k: Chain(c.initial[n], c.steps[n], c.start) for k, c in self.connection.items()},
            {k: p[n] for k, p in self.signs.items()}, self.of, self.uniform[n, :paths], self.seed,
        )  # fmt: skip


@dataclass(frozen=True)
class Posterior:
    """Each array's first axis is the draw of the figures."""

    mission: Floats
    """(D, T, A)"""
    operators: dict[str, Floats]
    """(D, T, K)"""
    filtered: dict[str, Floats]
    """(D, T, K)"""
    together: dict[str, Floats]
    """(D, A, K) mission and system on the as-of date."""
    connection: dict[str, Floats]
    """(D, T, 2)"""


def make_model(
    case: Case,
    transfers: tuple[Transfer, ...],
    signs: dict[str, Indicator],
    weeks: int,
    starts: dict[str, int | None],
    draws: int,
) -> Model:
    """Steps and signs of ``transfers``, drawn inside their bands; every unknown its own stream."""
    assumed = {a.id: a.band for a in in_force(case, DEFAULTS).values() if a.band is not None}

    shared = {
        name: _shaped(assumed[named(name)], strata(stream(case.seed, f"control {name}"), draws))
        for name in ASSUMED_RATES
    }
    mission = mission_generator(shared)
    operators, connection = {}, {}
    for transfer in transfers:
        rates = shared | drawn(case.seed, transfer.system, transfer.host, case.as_of, draws)
        start = starts[transfer.system]
        driven = operators_generator(rates)
        fresh = np.zeros((draws, len(OPERATORS)))
        fresh[:, 0] = 1.0
        if start is None:  # nobody published when it came: as it stands in the long run
            fresh = _long_run(mission, driven)
        joined = connection_generator(rates)
        alone = np.tile(np.array([1.0, 0.0]), (draws, 1)) if start is not None else settled(joined)
        operators[transfer.system] = Chain(fresh, step(driven, WEEK_YEARS), start or 0)
        connection[transfer.system] = Chain(alone, step(joined, WEEK_YEARS)[:, None], start or 0)
    return Model(
        weeks, draws, settled(mission), step(mission, WEEK_YEARS), operators, connection,
        {i.id: _chances(case.seed, i, draws) for i in signs.values()},
        {i.id: i.of for i in signs.values()},
        stream(case.seed, "control paths").random((draws, PATHS, weeks)), case.seed,
    )  # fmt: skip


def _long_run(mission: Floats, driven: Floats) -> Floats:
    """(D, K) what a system comes to in the long run under a mission that comes and goes."""
    steps = joint_step(step(mission, WEEK_YEARS), step(driven, WEEK_YEARS))
    for _ in range(LONG_RUN):
        steps = steps @ steps
    draws, missions, states, _ = driven.shape
    mean = steps[:, 0].reshape(draws, missions, states).sum(axis=1)
    found: Floats = mean / mean.sum(axis=1, keepdims=True)
    return found


def _shaped(band: Band, uniform: Floats) -> Floats:
    """A triangle over a band: on a logarithmic scale where it spans more than threefold."""
    low, likely, high = band.low, band.middle, band.high
    if low > 0 and high > 3 * low:
        return log_triangle(uniform, low, likely, high)
    return triangle(uniform, low, likely, high)


def _chances(seed: int, sign: Indicator, draws: int) -> Floats:
    """(D, K): the chance of the sign in each state, in the order of the states."""
    return np.column_stack(
        [
            triangle(
                strata(stream(seed, f"control sign {sign.id} {state}"), draws),
                sign.likelihood[state].low, sign.likelihood[state].middle,
                sign.likelihood[state].high,
            )
            for state in STATES[sign.of]
        ]
    )  # fmt: skip


def ratios(model: Model, readings: Iterable[Reading]) -> Floats:
    """(D,) product of the likelihood ratios of readings of one thing, inside their bands."""
    found = np.zeros(model.draws)
    for reading in sorted(readings, key=lambda r: (r.speaker, r.says)):
        band = reading.ratio
        name = f"control ratio {reading.indicator} {reading.speaker}"
        # Even where a reading lies in many draws: its own stream, the same whatever else is read.
        uniform = strata(stream(model.seed, name), model.draws)
        found += triangle(uniform, np.log(band.low), np.log(band.middle), np.log(band.high))
    return np.exp(found)


def emission(model: Model, found: Iterable[Window], system: str | None, of: Variable) -> Floats:
    """(D, T, K) likelihood of what was read in each week, of one chain."""
    given = np.ones((model.draws, model.count, len(STATES[of])))
    for window in found:
        if window.system == system and model.of[window.indicator] == of:
            chance = model.signs[window.indicator]
            given[:, window.week] *= ratios(model, window.readings)[:, None] * chance + 1 - chance
    return given


def infer(
    model: Model, found: tuple[Window, ...], exact: bool | None = None, workers: int | None = None
) -> Posterior:
    """The posterior of mission, operators and connection by what was read.

    ``exact``: carry every joint state (at most two systems); by default where that can be done. The
    same result on any number of ``workers``.
    """
    systems = tuple(model.operators)
    if exact is None:
        exact = len(systems) <= EXACT_SYSTEMS
    seen = emission(model, found, None, "mission")
    heard = {s: emission(model, found, s, "operators") for s in systems}
    both = pair(model, heard) if exact else None

    def one(d: int) -> _One:
        if both is not None:
            return _exactly(model, both, d, seen)
        return _by_paths(model, d, seen, heard)

    each = spread(one, range(model.draws), workers)
    connection = {
        s: _alone(model, model.connection[s], emission(model, found, s, "connection"))
        for s in systems
    }
    return Posterior(
        np.stack([e.mission for e in each]),
        {s: np.stack([e.operators[s] for e in each]) for s in systems},
        {s: np.stack([e.filtered[s] for e in each]) for s in systems},
        {s: np.stack([e.together[s] for e in each]) for s in systems},
        connection,
    )


@dataclass(frozen=True)
class _One:
    """The posterior in one draw: as ``Posterior`` without the first axis, connection apart."""

    mission: Floats
    operators: dict[str, Floats]
    filtered: dict[str, Floats]
    together: dict[str, Floats]


def _alone(model: Model, chain: Chain, given: Floats) -> Floats:
    """(D, T, K) smoothed: a chain that nothing drives."""
    still = np.zeros((1, model.count), dtype=np.int64)
    return np.stack(
        [
            smooth(chain.initial[d], chain.steps[d], still, given[d], chain.start)[1][0]
            for d in range(model.draws)
        ]
    )


def _by_paths(model: Model, d: int, seen: Floats, heard: dict[str, Floats]) -> _One:
    still = np.zeros((1, model.count), dtype=np.int64)
    initial, week = model.mission_initial[d], model.mission_step[d]
    filtered, smoothed, _ = smooth(initial, week[None], still, seen[d], 0)
    paths = draw_paths(filtered[0], week, model.uniform[d])
    along = {
        s: smooth(c.initial[d], c.steps[d], paths, heard[s][d], c.start)
        for s, c in model.operators.items()
    }
    log = np.sum([found[2] for found in along.values()], axis=0)  # (M, T)
    last = _shares(log[:, -1])
    # Where a filtered week is asked, the path's future is taken back out of its weight.
    future = np.take_along_axis(smoothed[0] / np.maximum(filtered[0], 1e-300), paths.T, 1).T
    by_week = _shares(log - np.log(np.maximum(future, 1e-300)))
    mission = np.stack([last @ (paths == a) for a in range(len(MISSION))], axis=1)
    operators = {s: np.einsum("m,mtk->tk", last, f[1]) for s, f in along.items()}
    up_to = {s: np.einsum("mt,mtk->tk", by_week, f[0]) for s, f in along.items()}
    together = {}
    for s, found in along.items():
        joint = np.zeros((len(MISSION), len(OPERATORS)))
        np.add.at(joint, paths[:, -1], last[:, None] * found[1][:, -1])
        together[s] = joint
    return _One(mission, operators, up_to, together)


def _shares(log: Floats) -> Floats:
    """Weights along the first axis that add up to one, from their logarithms."""
    weights = np.exp(log - log.max(axis=0))
    found: Floats = weights / weights.sum(axis=0)
    return found


@dataclass(frozen=True)
class Pair:
    """Two chains and the mission together; where there is one system, the second stands still."""

    initial: Floats
    """(D, A, K, K)"""
    steps: Floats
    """(D, 2, A, K, K)"""
    emission: Floats
    """(D, 2, T, K)"""
    start: Ints


def pair(model: Model, heard: dict[str, Floats]) -> Pair:
    """The joint of up to two systems; ``heard`` (D, T, K) of each."""
    if len(heard) > EXACT_SYSTEMS:
        raise ValueError(f"{len(heard)} systems have too many joint states")
    chains = [model.operators[s] for s in heard]
    spare, states = EXACT_SYSTEMS - len(chains), len(OPERATORS)
    alone = np.tile(np.eye(states)[0], (model.draws, 1))
    still = np.broadcast_to(np.eye(states), chains[0].steps.shape)
    silent = np.ones((model.draws, model.count, states))
    initials = [c.initial for c in chains] + [alone] * spare
    return Pair(
        np.einsum("da,di,dj->daij", model.mission_initial, *initials),
        np.stack([c.steps for c in chains] + [still] * spare, axis=1),
        np.stack([*heard.values(), *[silent] * spare], axis=1),
        np.array([c.start for c in chains] + [0] * spare),
    )


def _exactly(model: Model, both: Pair, d: int, seen: Floats) -> _One:
    names = list(model.operators)
    filtered, smoothed, _ = smooth_together(
        both.initial[d], model.mission_step[d], both.steps[d], seen[d], both.emission[d], both.start
    )
    axes = {s: 3 - n for n, s in enumerate(names)}  # the axis of the other system
    return _One(
        smoothed.sum(axis=(2, 3)),
        {s: smoothed.sum(axis=(1, axes[s])) for s in names},
        {s: filtered.sum(axis=(1, axes[s])) for s in names},
        {s: smoothed[-1].sum(axis=axes[s] - 1) for s in names},
    )
