"""Action and reaction against the dated record: does the supplier act after the adversary does?"""

from __future__ import annotations

from datetime import date

import numpy as np

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Answered
from shieldwall.case.assumed import in_force
from shieldwall.case.game_records import Game
from shieldwall.case.records import Case, PressureEvent
from shieldwall.draws import stream

REARRANGEMENTS = 10_000
CLOSE_DAYS = 31
"""Dates known to the year only say nothing of what followed what."""


def answered(case: Case, game: Game) -> Answered | None:
    """How often an act of the supplier follows one of the adversary, up to the as-of date.

    The chance is that of a permutation test: the supplier's dates are moved at random over the
    whole period, as many times as ``REARRANGEMENTS``. ``None`` without a supplier, or where either
    has no dated act. A record made by people who look for answers will hold some: see the guide.
    """
    names = {a.role: a.name for a in game.actors}
    if "supplier" not in names or "adversary" not in names:
        return None
    acts = [_day(e) for e in dated_acts(case, names["adversary"])]
    replies = [_day(e) for e in dated_acts(case, names["supplier"])]
    band = in_force(case, DEFAULTS)["answer_days"].band
    if not acts or not replies or band is None:
        return None
    days = band.middle
    every = np.array([d.toordinal() for d in acts], dtype=np.float64)
    given = np.array([d.toordinal() for d in replies], dtype=np.float64)
    first, last = min(every.min(), given.min()), max(every.max(), given.max())
    rng = stream(case.seed, "calculus answers")
    found = _followed(every, given, days)
    shuffled = [
        _followed(every, rng.uniform(first, last, given.size), days) for _ in range(REARRANGEMENTS)
    ]
    return Answered(
        acts=len(acts),
        answers=found,
        before=_followed(-every, -given, days),
        days=days,
        chance=(1 + sum(s >= found for s in shuffled)) / (1 + REARRANGEMENTS),
        undated=sum(
            1 for e in case.pressure
            if e.actor in (names["adversary"], names["supplier"]) and not _dated(e, case.as_of)
        ),
    )  # fmt: skip


def _dated(event: PressureEvent, as_of: date) -> bool:
    moment = event.date
    if moment is None or moment.start.date() > as_of:
        return False
    return (moment.end - moment.start).days <= CLOSE_DAYS


def dated_acts(case: Case, actor: str) -> tuple[PressureEvent, ...]:
    """Acts of an actor up to the as-of date, of those whose date is close enough."""
    return tuple(e for e in case.pressure if e.actor == actor and _dated(e, case.as_of))


def _day(event: PressureEvent) -> date:
    """The middle of its date."""
    if event.date is None:
        raise ValueError(f"{event.id} has no date")
    return (event.date.start + (event.date.end - event.date.start) / 2).date()


def _followed(acts: np.ndarray, replies: np.ndarray, days: float) -> int:
    """Acts with a reply after them within the days."""
    later = replies[None, :] - acts[:, None]
    return int(((later > 0) & (later <= days)).any(axis=1).sum())
