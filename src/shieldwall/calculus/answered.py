"""Action and reaction against the dated record: does the supplier act after the adversary does?"""

from __future__ import annotations

from datetime import date

import numpy as np

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Answered
from shieldwall.case.assumed import in_force
from shieldwall.case.game_records import Game
from shieldwall.case.names import named_alike
from shieldwall.case.records import Case, PressureEvent
from shieldwall.draws import stream

REARRANGEMENTS = 10_000
CLOSE_DAYS = 31
"""Dates known to the year only say nothing of what followed what."""


def answered(case: Case, game: Game) -> Answered | None:
    """How often an act of the supplier toward the host follows one of the adversary toward it.

    Counted are acts up to the as-of date. The chance is that of a permutation test: the supplier's
    dates are moved at random over the period from the first such act to the as-of date, as many
    times as ``REARRANGEMENTS``; ``None`` where either side has no dated act, so that there is
    nothing to compare. A record made by people who look for answers will hold some: see the guide.
    ``None`` for a game without a host, an adversary or a supplier.
    """
    names = {a.role: a.name for a in game.actors}
    if not names.keys() >= {"host", "adversary", "supplier"}:
        return None
    band = in_force(case, DEFAULTS)["answer_days"].band
    if band is None:
        raise ValueError("assumption answer_days has no figure")
    host, sides = names["host"], (names["adversary"], names["supplier"])
    acts, replies = ([_day(e) for e in dated_acts(case, name, host)] for name in sides)
    every = np.array([d.toordinal() for d in acts], dtype=np.float64)
    given = np.array([d.toordinal() for d in replies], dtype=np.float64)
    dated = sorted([*acts, *replies])
    found, chance = _followed(every, given, band.middle), None
    if acts and replies:
        # A month that is not over has its middle behind the as-of date.
        first, last = dated[0].toordinal(), max(dated[-1], case.as_of).toordinal()
        rng = stream(case.seed, "calculus answers")
        shuffled = [
            _followed(every, rng.uniform(first, last, given.size), band.middle)
            for _ in range(REARRANGEMENTS)
        ]
        chance = (1 + sum(s >= found for s in shuffled)) / (1 + REARRANGEMENTS)
    return Answered(
        acts=len(acts),
        replies=len(replies),
        answers=found,
        before=_followed(-every, -given, band.middle),
        days=band.middle,
        chance=chance,
        undated=sum(_toward(e, name, host) and _loose(e, case.as_of)
                    for e in case.pressure for name in sides),
        begins=dated[0] if dated else None,
        ends=case.as_of,
    )  # fmt: skip


def dated_acts(case: Case, actor: str, host: str) -> tuple[PressureEvent, ...]:
    """Acts of an actor toward the host up to the as-of date, of those whose date is close enough.

    What one of them does toward a third, or toward the other, is no act toward the host: such acts
    may lie years before the crisis, and would stretch the period over which dates are moved.
    """
    return tuple(e for e in case.pressure if _toward(e, actor, host) and _dated(e, case.as_of))


def _toward(event: PressureEvent, actor: str, host: str) -> bool:
    return named_alike(event.actor, actor) and named_alike(event.toward, host)


def _dated(event: PressureEvent, as_of: date) -> bool:
    moment = event.date
    if moment is None or moment.start.date() > as_of:
        return False
    return (moment.end - moment.start).days <= CLOSE_DAYS


def _loose(event: PressureEvent, as_of: date) -> bool:
    """Without a date, or with one too wide; what came after the as-of date is neither."""
    moment = event.date
    if moment is None:
        return True
    wide = (moment.end - moment.start).days > CLOSE_DAYS
    return wide and moment.start.date() <= as_of


def _day(event: PressureEvent) -> date:
    """The middle of its date."""
    if event.date is None:
        raise ValueError(f"{event.id} has no date")
    return (event.date.start + (event.date.end - event.date.start) / 2).date()


def _followed(acts: np.ndarray, replies: np.ndarray, days: float) -> int:
    """Acts with a reply after them within the days."""
    later = replies[None, :] - acts[:, None]
    return int(((later > 0) & (later <= days)).any(axis=1).sum())
