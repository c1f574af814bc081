"""Simulated worlds of operational control, drawn from the very model that assesses them.

A world draws its own rates inside their bands and from history, the mission's course, the courses
of three systems and their connection, signs by stretches of their persistence, and what sources of
known rates report of them; some stretches nobody reports. Nothing that is assessed is read back:
steps are taken by scipy, rates and chances are drawn here anew. What is foretold is scored against
what came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from scipy.linalg import block_diag, expm

import makers
from shieldwall.case.control_records import STATES, Indicator, Transfer
from shieldwall.case.records import Band, Case
from shieldwall.control.assumptions import DEFAULTS
from shieldwall.control.dynamics import (
    connection_generator,
    mission_generator,
    operators_generator,
    settled,
)
from shieldwall.control.forecast import COURSE_WEEKS, DAYS_AHEAD, INDEPENDENT, course, forecast
from shieldwall.control.indicators import product_indicators
from shieldwall.control.infer import Model, infer, make_model
from shieldwall.control.rates import MEANS, SHAPES, posterior
from shieldwall.control.readings import windows
from shieldwall.control.records import Reading, Window
from shieldwall.control.transfers import SPANS, spans

AS_OF, WEEKS, YEAR = date(2024, 6, 30), 156, 365.25
SYSTEMS = ("sam", "gun", "third")
SOURCES = {"good": 0.75, "fair": 0.50, "poor": 0.25}
"""Name -> chance of being tied to the truth (grades B, C, D); tied, it is right 85 % of the time,
else it says yes and no alike."""
GRADE = 0.25
"""One grade in that chance."""
DRAWS = 48
CHUNK = 50
"""Worlds of one seed."""


@dataclass(frozen=True)
class Wrong:
    """What the assessed model has wrong about the world; by default nothing."""

    handing: float = 1.0
    """True rates of handing over and letting go, as multiples of what they should be."""
    blunt: float = 0.0
    """Signs tell states apart by so much less than their bands say (1: not at all)."""
    shift: float = 0.0
    """Every chance of a sign, on the scale of log odds."""
    grades: int = 0
    """Sources are so many grades worse than told."""
    unheard: float = 0.0
    """Share of reports that a sign was not so which are never published."""
    pace: float = 1.0
    """True rates of what the mission does, as multiples."""


@dataclass(frozen=True)
class World:
    """Truth, and what was read."""

    case: Case
    windows: tuple[Window, ...]
    starts: dict[str, int | None]
    mission: np.ndarray
    """(WEEKS + COURSE_WEEKS,) state in each week."""
    operators: dict[str, np.ndarray]
    connected: dict[str, np.ndarray]
    works: dict[str, bool]
    """Whether it works on the last date ahead, should anybody ask."""


@dataclass(frozen=True)
class Scored:
    """What was said of one thing and what was so."""

    what: str
    said: float
    so: bool


def works(years: float) -> np.ndarray:
    """(DRAWS,) the share that works, so many years ahead: known in these worlds."""
    return np.full(DRAWS, 0.8 * 2.0 ** (-years / 4.0))


class Maker:
    """Makes worlds, one after the other, from one generator."""

    def __init__(self, seed: int, wrong: Wrong = Wrong()) -> None:
        self.rng, self.wrong = np.random.default_rng([20251231, seed]), wrong
        self.signs = product_indicators()
        self.odds = {rate: posterior(spans(rate, None, AS_OF)) for rate in SPANS}

    def world(self) -> World:
        """One world."""
        rng = self.rng
        shared = {a.id.removeprefix("control_"): self._rate(a.band) for a in DEFAULTS if a.band}
        paced = {name: rate * self.wrong.pace for name, rate in shared.items() if "mission" in name}
        shared |= paced
        pace = mission_generator(shared)
        mission = self._walk(settled(pace)[0], pace, None, 0)
        starts = {s: self._start() for s in SYSTEMS}
        operators, connected = {}, {}
        for system, start in starts.items():
            rates = shared | self._learnt()
            crews, joined = operators_generator(rates), connection_generator(rates)
            known = start is not None
            first = np.eye(6)[0] if known else _long_run(pace[0], crews[0])
            alone = np.eye(2)[0] if known else settled(joined)[0]
            operators[system] = self._walk(first, crews[0], mission, start or 0)
            connected[system] = self._walk(alone, joined, None, start or 0)
        transfers = tuple(Transfer(s, "Here", "There", None, "test", "", "t:1") for s in SYSTEMS)
        case = makers.case(
            as_of=AS_OF, seed=int(rng.integers(2**31)), draws=DRAWS, transfers=transfers, claims=()
        )
        read = [r for sign in self.signs.values() for r in self._read(
            sign, {"mission": {None: mission}, "operators": operators, "connection": connected}[
                sign.of])]  # fmt: skip
        return World(
            case, windows(read, self.signs), starts, mission, operators, connected,
            {s: bool(rng.random() < works(DAYS_AHEAD[-1] / YEAR)[0]) for s in SYSTEMS},
        )  # fmt: skip

    def _rate(self, band: Band) -> np.ndarray:
        """Inside its band: a triangle, on a logarithmic scale if it spans more than threefold."""
        ends = np.array([band.low, band.middle, band.high])
        if band.low > 0 and band.high > 3 * band.low:
            return np.exp(self.rng.triangular(*np.log(ends), 1))
        return self.rng.triangular(*ends, 1)

    def _learnt(self) -> dict[str, np.ndarray]:
        """One transfer's own rates, as history has them."""
        found = {}
        for rate, odds in self.odds.items():
            mean, shape = np.unravel_index(self.rng.choice(odds.size, p=odds.ravel()), odds.shape)
            drawn = self.rng.gamma(SHAPES[shape], MEANS[mean] / SHAPES[shape])
            twice = self.wrong.handing if rate in ("hand", "free") else 1.0
            found[rate] = np.array([np.clip(drawn, MEANS[0] / 10, MEANS[-1]) * twice])
        return found

    def _start(self) -> int | None:
        if self.rng.random() < 0.25:
            return None
        return int(self.rng.integers(0, WEEKS - 8))

    def _walk(
        self, first: np.ndarray, generator: np.ndarray, mission: np.ndarray | None, start: int
    ) -> np.ndarray:
        """States by week, (WEEKS + COURSE_WEEKS,): the mission drives the step into its week."""
        sums = np.cumsum(expm(generator * 7 / YEAR), axis=-1)
        count = WEEKS + COURSE_WEEKS
        driven = np.zeros(count, dtype=int) if mission is None else mission
        uniform = self.rng.random(count)
        found = np.empty(count, dtype=int)
        last = sums.shape[-1] - 1
        found[0] = min(np.searchsorted(np.cumsum(first), uniform[0], side="right"), last)
        for t in range(1, count):
            found[t] = found[t - 1]
            if t > start:
                row = sums[driven[t], found[t - 1]]
                found[t] = min(np.searchsorted(row, uniform[t], side="right"), last)
        return found

    def _read(self, sign: Indicator, truth: dict[str | None, np.ndarray]) -> Iterator[Reading]:
        """Reports on stretches of a sign's persistence, of which most are passed over."""
        rng, lasts = self.rng, int(np.ceil(sign.persistence_weeks))
        chance = self._chances(sign)
        for system, states in truth.items():
            week = int(rng.integers(-lasts, lasts))
            seen = rng.beta(0.6, 1.4)
            while week < WEEKS:
                if week >= 0 and rng.random() < seen:
                    so = bool(rng.random() < chance[states[week]])
                    yield from self._reports(sign, system, week, lasts, so)
                week += lasts + int(rng.integers(0, lasts))

    def _chances(self, sign: Indicator) -> np.ndarray:
        bands = [sign.likelihood[state] for state in STATES[sign.of]]
        drawn = np.array([
            b.low if b.high <= b.low else self.rng.triangular(b.low, b.middle, b.high)
            for b in bands
        ])  # fmt: skip
        drawn += self.wrong.blunt * (drawn.mean() - drawn)
        odds = drawn / np.maximum(1 - drawn, 1e-9) * np.exp(self.wrong.shift)
        return odds / (1 + odds)

    def _reports(
        self, sign: Indicator, system: str | None, week: int, lasts: int, so: bool
    ) -> Iterator[Reading]:
        """Each of one to three sources once, the first in the week the stretch begins."""
        at = week
        for name in self.rng.permutation(list(SOURCES))[: self.rng.integers(1, 4)]:
            tied = max(0.0, SOURCES[name] - GRADE * self.wrong.grades)
            right = 0.5 + 0.35 * tied
            yes = bool(self.rng.random() < (right if so else 1 - right))
            if not yes and self.rng.random() < self.wrong.unheard:
                continue
            told = 0.5 + 0.35 * SOURCES[name]
            ratio = told / (1 - told) if yes else (1 - told) / told
            speaker = f"{sign.id} {system} {week} {name}"
            yield Reading(
                sign.id, system, "yes" if yes else "no", speaker, str(name), "press", (speaker,),
                None, at, Band(ratio, ratio, ratio),
            )  # fmt: skip
            at = min(week + int(self.rng.integers(0, lasts)), WEEKS - 1)


def _long_run(pace: np.ndarray, crews: np.ndarray) -> np.ndarray:
    """(K,) where crews come to under a mission that comes and goes; (A, A) and (A, K, K) a year."""
    missions, states = crews.shape[:2]
    both = block_diag(*crews) + np.kron(pace, np.eye(states))
    return expm(both * 1000)[0].reshape(missions, states).sum(axis=0)


def scores(
    world: World, breaking: Callable[[Model], Model] = lambda model: model
) -> Iterator[Scored]:
    """What the production code says of a world, and what was so; ``breaking`` spoils the model."""
    case = world.case
    made = breaking(make_model(
        case, case.transfers, product_indicators(), WEEKS, world.starts, DRAWS
    ))  # fmt: skip
    found = infer(made, world.windows, workers=1)
    now = WEEKS - 1
    for system in SYSTEMS:
        crews, joined = world.operators[system], world.connected[system]
        ahead = course(made, found, system, works, COURSE_WEEKS)
        told = forecast(case, made, found, system, ahead)
        said = float(found.operators[system][:, -1, INDEPENDENT].mean())
        yield Scored("independent now", said, bool(crews[now] == INDEPENDENT))
        said = float(found.connection[system][:, -1, 1].mean())
        yield Scored("connected now", said, bool(joined[now] == 1))
        for days, each in zip(DAYS_AHEAD, told.dates, strict=True):
            if days < 182:
                continue
            week = now + round(days / 7)
            alone, linked = bool(crews[week] == INDEPENDENT), bool(joined[week] == 1)
            yield Scored(f"independent in {days} days", each.independent.middle, alone)
            if days == DAYS_AHEAD[-1]:
                both = alone and linked and world.works[system]
                yield Scored(f"all three in {days} days", each.all_three.middle, both)
        for years, odds in told.within:
            if years in (1.0, 2.0):
                until = crews[now : now + round(years * YEAR / 7) + 1]
                so = bool((until == INDEPENDENT).any())
                yield Scored(f"independent within {years:g} years", odds.middle, so)


def handing_over_at_once(model: Model) -> Model:
    """A broken model: operators take a hundred steps where one is due."""
    return replace(model, operators={
        s: replace(c, steps=np.linalg.matrix_power(c.steps, 100))
        for s, c in model.operators.items()
    })  # fmt: skip


def chunk(
    seed: int,
    wrong: Wrong = Wrong(),
    breaking: Callable[[Model], Model] = lambda model: model,
    count: int = CHUNK,
) -> list[Scored]:
    """All that is scored in ``count`` worlds of one seed."""
    maker = Maker(seed, wrong)
    return [scored for _ in range(count) for scored in scores(maker.world(), breaking)]


def gathered(found: list[Scored]) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By what is asked: said, and so."""
    asked = dict.fromkeys(s.what for s in found)
    return {
        what: (
            np.array([s.said for s in found if s.what == what]),
            np.array([float(s.so) for s in found if s.what == what]),
        )
        for what in asked
    }
