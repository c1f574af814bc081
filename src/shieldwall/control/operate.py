"""From evidence to operational control: the one door of the room, in the order it is worked out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import Indicator, Transfer
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.dynamics import CONNECTION
from shieldwall.control.effects import DRAWS, PATHS, effects, level, steps
from shieldwall.control.forecast import (
    SUPPLIER,
    Course,
    band,
    course,
    forecast,
    horizon,
    tell,
    weekly,
)
from shieldwall.control.gain import next_observations, read_again
from shieldwall.control.indicators import indicators
from shieldwall.control.infer import EXACT_SYSTEMS, Model, Posterior, infer, make_model, ratios
from shieldwall.control.present import Present
from shieldwall.control.rates import learnt
from shieldwall.control.readings import Heard, families, listen, weeks, windows
from shieldwall.control.records import (
    Draws,
    Effect,
    NeedOdds,
    OperationalControl,
    Step,
    SystemControl,
    Window,
)
from shieldwall.control.transfers import SPANS
from shieldwall.control.working import Working
from shieldwall.draws import strata, stream
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import NOTHING, Left
from shieldwall.orbat.fusion import Fusion, held_odds
from shieldwall.workers import processors

Floats = NDArray[np.float64]
Windows = tuple[Window, ...]

NEEDS = {"crews": "trained crews", "upkeep": "a logistics and maintenance chain",
         "links": "radar coverage and data links"}  # fmt: skip
"""What the source document says that independence needs."""


def operational_control(
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    draws: int | None = None,
    workers: int | None = None,
    left: Left = NOTHING,
) -> OperationalControl:
    """Who operates each system that came from abroad, week by week, and what follows.

    Reads the claims of ``evidence`` alone: what was published after the as-of date is in none of
    them, and outcomes are not in the case any more. ``left`` is left out, of whether a system is
    held and works too. The same seed gives the same result on any number of ``workers``. Raises
    ``CaseError`` for observations that do not fit their indicators.
    """
    case = replace(case, claims=evidence.claims, outcomes=())
    signs = indicators(case)
    foreign = tuple(t for t in case.transfers if not t.domestic)
    domestic = tuple(t for t in case.transfers if t.domestic)
    if not foreign:
        return OperationalControl(
            (case.as_of,), (), domestic, None, (), (), (), signs, Draws({}, {}), True
        )
    case = replace(case, transfers=foreign)
    asked = Asked(case, evidence, signs, Fusion(case, catalogue, evidence), left, draws, workers)
    return OperationalControl(
        asked.grid, tuple(_system(asked, t) for t in foreign), domestic,
        weekly(asked.posterior.mission), asked.of(None),
        tuple(learnt(rate, foreign[0].host, case.as_of) for rate in SPANS),
        tuple(
            tell(case, event, asked.courses, asked.held)
            for event in case.foretold
            if event.system is None or event.system in asked.courses
        ),
        signs, _drawn(case, asked.posterior, foreign), len(foreign) <= EXACT_SYSTEMS,
    )  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One case with its evidence, and what is worked out of it for all systems, each once."""

    case: Case
    """Its transfers are those from abroad."""
    evidence: Evidence
    signs: dict[str, Indicator]
    fusion: Fusion
    left: Left
    draws: int | None
    workers: int | None

    @cached_property
    def grid(self) -> tuple[date, ...]:
        """The day each week ends."""
        return weeks(self.case, self.evidence)

    @cached_property
    def starts(self) -> dict[str, int | None]:
        """System -> index of the week of its delivery; ``None``: that is not published."""
        return {t.system: _start(self.grid, t) for t in self.case.transfers}

    @cached_property
    def model(self) -> Model:
        return make_model(
            self.case, self.case.transfers, self.signs, len(self.grid), self.starts,
            self.draws or self.case.draws,
        )  # fmt: skip

    @cached_property
    def whole(self) -> Windows:
        """All that was read."""
        return self.read(NOTHING)

    def read(self, left: Left) -> Windows:
        """What is read when something is left out, besides what always is."""
        both = Left(self.left.claims | left.claims, self.left.absent or left.absent)
        return windows(self._heard.readings(both), self.signs)

    def of(self, system: str | None) -> Windows:
        """What was read of a system, or of the mission."""
        return tuple(w for w in self.whole if w.system == system)

    @cached_property
    def posterior(self) -> Posterior:
        return infer(self.model, self.whole, workers=self.workers)

    @cached_property
    def held(self) -> dict[str, float]:
        """Probability that the country holds each system, by the order of battle's rule."""
        systems = [t.system for t in self.case.transfers]
        return {s: held_odds(self.fusion, s, self.fusion.presence(s, self.left)) for s in systems}

    @cached_property
    def working(self) -> dict[str, Working]:
        return {
            t.system: Working(self.fusion, t.system, self.left, self.model.draws)
            for t in self.case.transfers
        }

    @cached_property
    def courses(self) -> dict[str, Course]:
        """Each system in the weeks ahead, as far as anything is asked."""
        ahead = horizon(self.case)
        return {
            s: course(self.model, self.posterior, s, works.ahead, ahead)
            for s, works in self.working.items()
        }

    @cached_property
    def moves(self) -> tuple[dict[str, tuple[Effect, ...]], dict[str, tuple[Step, ...]]]:
        """What leaving out each piece does to each system, and the waterfall."""
        again = Present(self.model.part(DRAWS, PATHS), self.workers or processors())
        now = level(self.posterior)
        return (
            effects(again, self.evidence, self.whole, now, self.read),
            steps(again, self.whole, now, lambda readings: windows(readings, self.signs)),
        )

    @cached_property
    def _heard(self) -> Heard:
        return listen(self.case, self.evidence, self.signs, len(self.grid), self.starts)


def _system(asked: Asked, transfer: Transfer) -> SystemControl:
    system, posterior = transfer.system, asked.posterior
    without, waterfall = asked.moves
    works = asked.working[system]
    return SystemControl(
        system=system,
        transfer=transfer,
        held=asked.held[system],
        start=asked.starts[system] or 0,
        operators=weekly(posterior.operators[system]),
        filtered=posterior.filtered[system].mean(axis=0),
        at_consoles=band(posterior.operators[system][:, -1, SUPPLIER].sum(axis=1)),
        connected=weekly(posterior.connection[system][:, :, 1:]),
        serviceable=works.by_week(len(asked.grid)),
        works_now=works.now,
        needs=_needs(asked.model, posterior, asked.signs, asked.whole, system),
        families=families(asked.of(system)),
        windows=asked.of(system),
        forecast=forecast(asked.case, asked.model, posterior, system, asked.courses[system]),
        next_observations=next_observations(
            asked.model, posterior, asked.signs, asked.whole, system
        ),
        steps=waterfall[system],
        effects=without[system],
    )


def _start(grid: tuple[date, ...], transfer: Transfer) -> int | None:
    """Index of the first week that ends after the delivery; ``None``: it is not published."""
    if transfer.delivered is None:
        return None
    day = transfer.delivered.start.date()
    return next((i for i, end in enumerate(grid) if end >= day), len(grid) - 1)


def _needs(
    model: Model,
    posterior: Posterior,
    signs: dict[str, Indicator],
    found: tuple[Window, ...],
    system: str,
) -> tuple[NeedOdds, ...]:
    """How likely each need of independence is met: what signs of it say, in each state."""
    odds = []
    now = posterior.operators[system][:, -1]
    for sign in (s for s in signs.values() if s.need is not None):
        so = model.signs[sign.id]
        for window in (w for w in found if (w.indicator, w.system) == (sign.id, system)):
            if model.count - 1 < window.week + sign.persistence_weeks:
                so = read_again(so, ratios(model, window.readings)[:, None])
        odds.append(NeedOdds(sign.need or "", NEEDS[sign.need or ""], band((now * so).sum(axis=1))))
    links = posterior.connection[system][:, -1, CONNECTION.index("connected")]
    return (*odds, NeedOdds("links", NEEDS["links"], band(links)))


def _drawn(case: Case, posterior: Posterior, foreign: tuple[Transfer, ...]) -> Draws:
    """One state in each draw: the mission first, then each system given what the mission does."""
    draws = len(posterior.mission)
    mission = _pick(stream(case.seed, "control mission"), posterior.mission[:, -1], draws)
    operators, connected = {}, {}
    for t in foreign:
        given = posterior.together[t.system][np.arange(draws), mission]
        rng = stream(case.seed, f"control operators {t.system}")
        operators[t.system] = _pick(rng, given, draws)
        uniform = strata(stream(case.seed, f"control connected {t.system}"), draws)
        connected[t.system] = uniform < posterior.connection[t.system][:, -1, 1]
    return Draws(operators, connected)


def _pick(rng: np.random.Generator, odds: Floats, draws: int) -> NDArray[np.int64]:
    sums = np.cumsum(odds, axis=1)
    at = strata(rng, draws)[:, None] * sums[:, -1:]
    found: NDArray[np.int64] = np.minimum((at >= sums).sum(axis=1), odds.shape[1] - 1)
    return found
