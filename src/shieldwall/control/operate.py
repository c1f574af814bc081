"""From evidence to operational control: the one door of the room, in the order it is worked out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Case, Indicator, Transfer
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.dynamics import CONNECTION
from shieldwall.control.effects import DRAWS, PATHS, effects, level, steps
from shieldwall.control.forecast import (
    COURSE_WEEKS,
    SUPPLIER,
    Course,
    band,
    course,
    forecast,
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
    NeedOdds,
    OperationalControl,
    SystemControl,
    Window,
)
from shieldwall.control.transfers import SPANS
from shieldwall.draws import strata, stream
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import NOTHING, Left
from shieldwall.orbat.fuse import serviceable
from shieldwall.orbat.fusion import Fusion
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.workers import processors

Floats = NDArray[np.float64]

NEEDS = {"crews": "trained crews", "upkeep": "a logistics and maintenance chain",
         "links": "radar coverage and data links"}  # fmt: skip
"""What the source document says that independence needs."""


def operational_control(
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    orbat: OrderOfBattle,
    draws: int | None = None,
    workers: int | None = None,
    left: Left = NOTHING,
) -> OperationalControl:
    """Who operates each system that came from abroad, week by week, and what follows.

    Reads the claims of ``evidence`` alone: what was published after the as-of date is in none of
    them, and outcomes are not in the case any more. ``left`` is left out. The same seed gives the
    same result on any number of ``workers``. Raises ``CaseError`` for observations that do not fit
    their indicators.
    """
    case = replace(case, claims=evidence.claims, outcomes=())
    signs = indicators(case)
    foreign = tuple(t for t in case.transfers if not t.domestic)
    domestic = tuple(t for t in case.transfers if t.domestic)
    grid = weeks(replace(case, transfers=foreign), evidence)
    case = replace(case, transfers=foreign)
    if not foreign:
        return OperationalControl(
            (case.as_of,), (), domestic, None, (), (), (), (), signs, Draws({}, {}, _none()), True
        )
    starts = {t.system: _start(grid, t) for t in foreign}
    read = _reader(listen(case, evidence, signs, len(grid), starts), signs, left)
    model = make_model(case, foreign, signs, len(grid), starts, draws or case.draws)
    whole = read(NOTHING)
    posterior = infer(model, whole, workers=workers)
    fusion, held = Fusion(case, catalogue, evidence), _held(orbat)
    courses = {t.system: _course(model, posterior, fusion, t.system) for t in foreign}
    again, now = Present(model.part(DRAWS, PATHS), workers or processors()), level(posterior)
    without = effects(again, evidence, whole, now, read)
    waterfall = steps(again, whole, now, lambda r: windows(r, signs))
    systems = tuple(
        SystemControl(
            system=t.system,
            transfer=t,
            held=held.get(t.system, 0.0),
            start=starts[t.system] or 0,
            operators=weekly(posterior.operators[t.system]),
            filtered=posterior.filtered[t.system].mean(axis=0),
            at_consoles=band(posterior.operators[t.system][:, -1, SUPPLIER].sum(axis=1)),
            connected=weekly(posterior.connection[t.system][:, :, 1:]),
            serviceable=_works(fusion, t.system, len(grid)),
            needs=_needs(model, posterior, signs, whole, t.system),
            families=families(w for w in whole if w.system == t.system),
            windows=tuple(w for w in whole if w.system == t.system),
            forecast=forecast(case, model, posterior, t.system, courses[t.system]),
            next_observations=next_observations(model, posterior, signs, whole, t.system),
            steps=waterfall[t.system],
            effects=without[t.system],
        )
        for t in foreign
    )
    return OperationalControl(
        grid, systems, domestic, weekly(posterior.mission),
        tuple(w for w in whole if w.system is None),
        families(w for w in whole if w.system is None),
        tuple(learnt(rate, foreign[0].host) for rate in SPANS),
        tuple(
            tell(case, e, courses, {t.system: held.get(t.system, 0.0) for t in foreign})
            for e in case.foretold
            if e.system is None or e.system in courses
        ),
        signs, _drawn(case, posterior, foreign), len(foreign) <= EXACT_SYSTEMS,
    )  # fmt: skip


def _none() -> NDArray[np.int64]:
    return np.zeros(0, dtype=np.int64)


def _reader(
    heard: Heard, signs: dict[str, Indicator], always: Left
) -> Callable[[Left], tuple[Window, ...]]:
    """What is read when something is left out, besides what is ``always`` left out."""

    def read(left: Left) -> tuple[Window, ...]:
        both = Left(always.claims | left.claims, always.absent or left.absent)
        return windows(heard.readings(both), signs)

    return read


def _start(grid: tuple[date, ...], transfer: Transfer) -> int | None:
    """Index of the first week that ends after the delivery; ``None``: it is not published."""
    if transfer.delivered is None:
        return None
    day = transfer.delivered.start.date()
    return next((i for i, end in enumerate(grid) if end >= day), len(grid) - 1)


def _held(orbat: OrderOfBattle) -> dict[str, float]:
    return {h.system: h.held for h in orbat.held}


def _works(fusion: Fusion, system: str, count: int) -> Floats:
    """(T,) expected share that works in each week, or what the analyst set by hand."""
    return np.array([_share(fusion, system, (count - 1 - w) * 7 / 365.25) for w in range(count)])


def _share(fusion: Fusion, system: str, ago: float) -> float:
    by_hand = [o for _, o in fusion.overrides(system, None) if o.target == "serviceability"]
    if by_hand:
        return by_hand[-1].band.middle
    return serviceable(fusion, system, ago=ago).tally.mean


def _course(model: Model, posterior: Posterior, fusion: Fusion, system: str) -> Course:
    works = lambda years: _share(fusion, system, -years)  # noqa: E731
    return course(model, posterior, system, works, COURSE_WEEKS)


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
    return Draws(operators, connected, mission)


def _pick(rng: np.random.Generator, odds: Floats, draws: int) -> NDArray[np.int64]:
    sums = np.cumsum(odds, axis=1)
    at = strata(rng, draws)[:, None] * sums[:, -1:]
    found: NDArray[np.int64] = np.minimum((at >= sums).sum(axis=1), odds.shape[1] - 1)
    return found
