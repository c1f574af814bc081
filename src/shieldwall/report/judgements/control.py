"""Who operates it: on its own, with the supplier at the consoles, joined to the network."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.control_records import STATES
from shieldwall.case.records import Band
from shieldwall.control.records import NextObservation, SystemControl
from shieldwall.control.words import operator
from shieldwall.report.judgements.records import ITSELF, Judgement, Support
from shieldwall.report.judgements.support import (
    Move,
    agree_by_moves,
    change_figures,
    families,
    told_move,
)
from shieldwall.report.judgements.wording import Found, judge
from shieldwall.report.records import Assessment
from shieldwall.report.words import HELD_FOR_SURE, listed, number, percent
from shieldwall.trail.origins import (
    MISSION,
    control_claims,
    independent,
    mission_claims,
    origins_id,
    windows_of,
)

_INDEPENDENT = STATES["operators"].index("independent")
_FOREMOST = 3
HARDLY = 0.1
"""A look of which fewer bits are expected hardly helps."""


def control_judgements(assessment: Assessment) -> Iterator[Judgement | None]:
    """Three for each system from abroad: independent, joined, supplier at the consoles.

    Systems that are surely held come first.
    """
    for system in sorted(assessment.control.systems, key=lambda s: s.held < HELD_FOR_SURE):
        yield _independent(assessment, system)
        yield _connected(assessment, system)
        yield _at_consoles(assessment, system)


def _independent(assessment: Assessment, found: SystemControl) -> Judgement | None:
    now = _last(found, _INDEPENDENT)
    moves, by_family = _moves(found, "independent", now.middle)
    support = _support(assessment, found, "operators", now, moves, by_family)
    look, sharp = _look(found, "operators")
    base = f"control.{found.system}"
    order = sorted(range(len(found.now)), key=lambda n: (-round(float(found.now[n]), 9), n))
    foremost = order[:_FOREMOST]
    parts = [
        f"{operator(STATES['operators'][n], found.transfer)} ({percent(float(found.now[n]))})"
        for n in foremost
    ]
    host = found.transfer.host
    return judge(
        assessment.ledger, f"{base}.independent", "control",
        Found(now.middle, now.low, now.high,
              f"{host}’s crews operate the {_name(assessment, found)} on their own",
              _given(found)),
        support,
        (f"{base}.independent", origins_id(base), origins_id(MISSION),
         *(f"{base}.{STATES['operators'][n]}" for n in foremost), *change_figures(moves), *sharp,
         *_held_figure(found)),
        f"Foremost among those who may operate it: {listed(parts)}.",
        told_move(assessment, moves), look,
    )  # fmt: skip


def _at_consoles(assessment: Assessment, found: SystemControl) -> Judgement | None:
    """What single sources do to it is not worked out by the room of control: what they do to the
    host's operating it alone, the nearest, stands for it.
    """
    there = found.at_consoles
    moves, by_family = _moves(found, "independent", _last(found, _INDEPENDENT).middle)
    support = _support(
        assessment, found, "operators", there, moves, by_family, _alone(found),
    )  # fmt: skip
    look, sharp = _look(found, "operators")
    change, pivots = _pivot(assessment, found)
    base = f"control.{found.system}"
    return judge(
        assessment.ledger, f"{base}.at_consoles", "control",
        Found(there.middle, there.low, there.high,
              f"{found.transfer.supplier}’s people sit at the consoles of the "
              f"{_name(assessment, found)}", _given(found)),
        support,
        (f"{base}.at_consoles", origins_id(base), origins_id(MISSION), *pivots,
         f"{base}.independent", *sharp, *_held_figure(found)),
        "", change, look,
    )  # fmt: skip


def _connected(assessment: Assessment, found: SystemControl) -> Judgement | None:
    joined = found.connected
    now = Band(*(float(w[-1, 0]) for w in (joined.low, joined.mean, joined.high)))
    moves, by_family = _moves(found, "connected", now.middle)
    support = _support(assessment, found, "connection", now, moves, by_family)
    look, sharp = _look(found, "connection")
    base = f"control.{found.system}"
    return judge(
        assessment.ledger, f"{base}.connected", "control",
        Found(now.middle, now.low, now.high,
              f"the {_name(assessment, found)} is joined to radars, links and command",
              _given(found)),
        support,
        (f"{base}.connected", origins_id(f"{base}.connected"), *change_figures(moves), *sharp,
         *_held_figure(found)),
        "", told_move(assessment, moves), look,
    )  # fmt: skip


def _name(assessment: Assessment, found: SystemControl) -> str:
    return assessment.catalogue.short_name(found.system)


def _given(found: SystemControl) -> str:
    """The condition that it is in the country, where that is not nearly certain."""
    return "" if found.held >= HELD_FOR_SURE else "if the country holds it"


def _held_figure(found: SystemControl) -> tuple[str, ...]:
    return () if found.held >= HELD_FOR_SURE else (f"control.{found.system}.held",)


def _last(found: SystemControl, state: int) -> Band:
    each = found.operators
    return Band(*(float(w[-1, state]) for w in (each.low, each.mean, each.high)))


def _moves(found: SystemControl, part: str, now: float) -> tuple[list[Move], list[float]]:
    """What leaving out each source does, the strongest first; by how much families push it up."""
    sources = [
        Move(e.key, now, getattr(e, part), f"control.{found.system}.without.source.{e.key}.{part}")
        for e in found.effects
        if e.by == "source"
    ]
    pushes = [now - getattr(e, part) for e in found.effects if e.by == "family"]
    return sorted(sources, key=lambda m: (-round(m.size, 9), m.source)), pushes


def _support(
    assessment: Assessment,
    found: SystemControl,
    about: str,
    band: Band,
    moves: list[Move],
    by_family: list[float],
    what: str = ITSELF,
) -> Support:
    """Origins and families of what is read of the system; those of the mission are told apart."""
    control, evidence = assessment.control, assessment.evidence
    speakers = [r.speaker for w in windows_of(control, found, about) for r in w.readings]
    mission = mission_claims(control) if about == "operators" else ()
    return Support(
        independent(evidence, control_claims(control, found, about)), families(evidence, speakers),
        agree_by_moves(by_family), band.high - band.low, max((m.size for m in moves), default=0.0),
        what=what, mission=independent(evidence, mission),
    )  # fmt: skip


def _alone(found: SystemControl) -> str:
    return f"{found.transfer.host}’s operating it alone"


def _pivot(assessment: Assessment, found: SystemControl) -> tuple[str, tuple[str, ...]]:
    """What moves who operates it most, for a figure that has no such effects of its own."""
    moves, _ = _moves(found, "independent", float(found.now[_INDEPENDENT]))
    return told_move(assessment, moves, _alone(found)), change_figures(moves)


def _look(found: SystemControl, about: str) -> tuple[str, tuple[str, ...]]:
    """The most telling look, as a sentence, and its figure."""
    looks = [o for o in found.next_observations if o.about == about and o.bits > 0]
    if not looks:
        return "", ()
    best: NextObservation = min(looks, key=lambda o: (-round(o.bits, 9), o.indicator))
    sign = (
        f"{best.name.rstrip('.')} ({best.how.rstrip('.')}; {best.family}; expected gain "
        f"{number(best.bits, 3)} bits)."
    )
    head = "Look for this sign"
    if best.bits < HARDLY:
        head = "No single look would settle it; the best is for this sign"
    return f"{head}: {sign}", (f"control.{found.system}.next.{best.indicator}",)
