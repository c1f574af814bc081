"""How operational control goes on: chances by dates ahead, and the time until independence.

Mission and system walk on together by the same weekly steps as before the as-of date; connection
and the share that works each by their own. Nothing is read any more.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import Foretold
from shieldwall.case.records import Band, Case
from shieldwall.control.dynamics import (
    INDEPENDENT,
    MISSION,
    OPERATORS,
    WEEK_YEARS,
    joint_step,
)
from shieldwall.control.infer import Chain, Model, Posterior
from shieldwall.control.records import Ahead, Forecast, Told, Weekly
from shieldwall.draws import band_over, strata, stream, triangle

Floats = NDArray[np.float64]

DAYS_AHEAD = (0, 30, 91, 182, 365, 730)
YEARS_AHEAD = (0.0, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 7.5, 10.0)
COURSE_WEEKS = 104
SUPPLIER = tuple(
    OPERATORS.index(s) for s in ("supplier_instructors", "supplier_contractors", "joint")
)
"""States in which somebody of the supplier's sits at the consoles."""


@dataclass(frozen=True)
class Course:
    """A system in the weeks ahead, in every draw; index 0 is the as-of date."""

    together: Floats
    """(D, weeks, A, K)"""
    connected: Floats
    """(D, weeks)"""
    serviceable: Floats
    """(D, weeks)"""

    @property
    def operators(self) -> Floats:
        """(D, weeks, K)"""
        found: Floats = self.together.sum(axis=2)
        return found


def horizon(case: Case) -> int:
    """How many weeks ahead anything is asked: two years, or as far as an event is foretold."""
    days = max(((event.on - case.as_of).days for event in case.foretold), default=0)
    return max(COURSE_WEEKS, -(-days // 7))


def band(draws: Floats) -> Band:
    """Mean over the draws (axis 0), with 5th and 95th percentile."""
    low, high = band_over(draws)
    return Band(float(low), float(draws.mean()), float(high))


def weekly(draws: Floats) -> Weekly:
    """The same of every week and state: from (D, T, K)."""
    low, high = band_over(draws)
    return Weekly(draws.mean(axis=0), low, high)


def course(
    model: Model, posterior: Posterior, system: str, works: Callable[[float], Floats], weeks: int
) -> Course:
    """``weeks`` weeks ahead; ``works`` gives (D,) the share that works, so many years ahead."""
    steps = joint_step(model.mission_step, model.operators[system].steps)
    at = posterior.together[system].reshape(model.draws, 1, -1)
    together = [at]
    for _ in range(weeks):
        at = at @ steps
        together.append(at)
    shape = (model.draws, weeks + 1, len(MISSION), len(OPERATORS))
    return Course(
        np.concatenate(together, axis=1).reshape(shape),
        _connected(model.connection[system], posterior.connection[system][:, -1], weeks),
        np.stack([works(n * WEEK_YEARS) for n in range(weeks + 1)], axis=1),
    )


def _connected(chain: Chain, now: Floats, weeks: int) -> Floats:
    at, found = now[:, None, :], [now[:, 1]]
    for _ in range(weeks):
        at = at @ chain.steps[:, 0]
        found.append(at[:, 0, 1])
    return np.stack(found, axis=1)


def forecast(
    case: Case, model: Model, posterior: Posterior, system: str, ahead: Course
) -> Forecast:
    """The forecast of one system."""
    independent = ahead.operators[:, :, INDEPENDENT]
    all_three = independent * ahead.connected * ahead.serviceable
    dates = tuple(
        Ahead(
            case.as_of + timedelta(days=days), band(independent[:, w]), band(ahead.connected[:, w]),
            band(ahead.serviceable[:, w]), band(all_three[:, w]),
        )
        for days in DAYS_AHEAD
        for w in [round(days / 7)]
    )  # fmt: skip
    reached = _reached(model, posterior, system, round(YEARS_AHEAD[-1] / WEEK_YEARS))
    mean = reached.mean(axis=0)
    within = tuple(
        (years, band(reached[:, min(round(years / WEEK_YEARS), reached.shape[1] - 1)]))
        for years in YEARS_AHEAD
    )
    shown = slice(0, COURSE_WEEKS + 1, 4)
    return Forecast(
        dates, tuple(range(0, COURSE_WEEKS + 1, 4)), weekly(independent[:, shown, None]),
        weekly(all_three[:, shown, None]), within,
        (_time(mean, 0.05), _time(mean, 0.5), _time(mean, 0.95)),
    )  # fmt: skip


def _reached(model: Model, posterior: Posterior, system: str, weeks: int) -> Floats:
    """(D, weeks + 1) chance of having been independent at some time from the as-of date on."""
    stays = model.operators[system].steps.copy()
    stays[:, :, INDEPENDENT, :] = 0.0
    stays[:, :, INDEPENDENT, INDEPENDENT] = 1.0
    steps = joint_step(model.mission_step, stays)
    at = posterior.together[system].reshape(model.draws, 1, -1)
    inside = np.tile(np.arange(len(OPERATORS)) == INDEPENDENT, len(MISSION))
    found = [at[:, 0, inside].sum(axis=1)]
    for _ in range(weeks):
        at = at @ steps
        found.append(at[:, 0, inside].sum(axis=1))
    return np.stack(found, axis=1)


def _time(reached: Floats, chance: float) -> float | None:
    """Years until the chance is reached; ``None`` where it is not within the horizon."""
    at = int(np.searchsorted(reached, chance))
    return None if at >= len(reached) else at * WEEK_YEARS


def tell(case: Case, event: Foretold, courses: dict[str, Course], held: dict[str, float]) -> Told:
    """The chance of an event that the case foretold, in every draw."""
    asked = [event.system] if event.system is not None else list(courses)
    days = (event.on - case.as_of).days
    week = -(-days // 7)
    if event.event == "connected":
        draws = _any([held[s] * courses[s].connected[:, week] for s in asked])
        why = "held and connected"
    elif event.event == "supplier operates":
        draws = _at_consoles(
            [courses[s].together[:, week] for s in asked], [held[s] for s in asked]
        )
        why = "held, and operated by the supplier's instructors, its contractors or joint crews"
    else:
        seen = event.seen or Band(1.0, 1.0, 1.0)
        one = courses[asked[0]]
        uniform = strata(stream(case.seed, f"control seen {event.id}"), len(one.connected))
        chance = triangle(uniform, seen.low, seen.middle, seen.high)
        manned = 1 - one.operators[:, week, 0]
        draws = held[asked[0]] * manned * one.serviceable[:, week] * chance
        why = "held, operated by somebody, working, and seen"
    return Told(event, band(draws), draws, why)


def _any(chances: list[Floats]) -> Floats:
    found: Floats = 1 - np.prod([1 - c for c in chances], axis=0)
    return found


def _at_consoles(together: list[Floats], held: list[float]) -> Floats:
    """That the supplier's people are at the consoles of any system.

    Joint through what the mission does on the day; what systems share by its past is left out.
    """
    mission = together[0].sum(axis=2)
    none = np.ones_like(mission)
    for joint, chance in zip(together, held, strict=True):
        there = joint[:, :, SUPPLIER].sum(axis=2)
        none *= 1 - chance * there / np.maximum(joint.sum(axis=2), 1e-300)
    found: Floats = 1 - (mission * none).sum(axis=1)
    return found
