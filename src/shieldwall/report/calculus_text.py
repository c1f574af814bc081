"""The crisis game in words for a terminal: what it changes first, then on what that rests."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.calculus.records import Calculus, Hangs, Odds, Turning
from shieldwall.case.game_records import Game, Measure
from shieldwall.case.records import Case
from shieldwall.report.calculus_words import (
    NO_GAME,
    NO_PREDICTION,
    NOTHING_DRAWN,
    OUTWEIGH,
    RATIONALITIES,
    actor_name,
    consequence_name,
    of_measure,
    points_band,
    role_name,
    share_of,
    share_words,
    thresholds,
    turning_figure,
    turning_words,
    worth_band,
)
from shieldwall.report.calculus_words import world as world_of
from shieldwall.report.words import count, likelihood, number, percent, plain, points, signed, span
from shieldwall.trail.game_unknowns import bends

_WIDE = 46
_TURNINGS = 6


def calculus_text(case: Case, crisis: Calculus | None, drawn: bool = True) -> str:
    """All of it as lines; where payoffs outweigh evidence the first says so.

    ``drawn``: whether any unit of a system is.
    """
    return plain("\n".join(_lines(case, crisis, drawn)))


def _lines(case: Case, crisis: Calculus | None, drawn: bool) -> Iterator[str]:
    if crisis is not None and crisis.payoffs_outweigh:
        yield OUTWEIGH
    yield f"{case.title}: what it changes, on {case.as_of}"
    if crisis is None:
        yield NO_GAME
        return
    yield NO_PREDICTION
    if not drawn:
        yield NOTHING_DRAWN
    yield f"{count(len(crisis.tree.ends), 'way')} through the game, {number(crisis.draws)} draws."
    heads: tuple[tuple[Measure, str], ...] = (
        ("strike", "Strike"), ("involvement", "The supplier drawn in"),
    )  # fmt: skip
    for measure, head in heads:
        found = of_measure(crisis.game, measure)
        if found:
            yield ""
            yield f"{head}:"
        for each in found:
            yield from _consequence(crisis, each.id, each.name)
    yield ""
    yield from _gains(crisis)
    yield ""
    yield from _turns(crisis)
    yield ""
    yield "Chance of a strike by how governments choose:"
    struck = of_measure(crisis.game, "strike")[:1]
    for level in crisis.rationality:
        for each in struck:
            yield _row(RATIONALITIES.get(level.rationality, str(level.rationality)),
                       _chance(level.measures[each.id]))  # fmt: skip
    if crisis.answered is not None:
        yield ""
        yield from _answered(crisis)


def _consequence(crisis: Calculus, id: str, name: str) -> Iterator[str]:
    """How likely it is in the worlds, and what each thing changes of it."""
    odds = crisis.worlds[0].measures[id]
    yield f"  {name}: {likelihood(odds.mean)}, {_chance(odds)}"
    without = world_of(crisis, "without")
    if without is not None:
        yield "  " + _row("without the systems", _chance(without.measures[id]))
    for change in crisis.differences:
        found = change.measures[id]
        yield "  " + _row(change.name, f"{points(found.mean)} points ({points_band(found)})")


def _gains(crisis: Calculus) -> Iterator[str]:
    game = crisis.game
    yield "Who gains (mean and band; each on a scale of its own, never compared):"
    for change in crisis.differences:
        parts = (
            f"{actor_name(game, actor)} {signed(found.mean)} ({worth_band(found)})"
            for actor, found in change.worth.items()
        )
        yield f"  {change.name}: {'; '.join(parts)}"


def _turns(crisis: Calculus) -> Iterator[str]:
    game = crisis.game
    yield "What the chance of a strike hangs on (share of its variance, with all it acts through):"
    for share in sorted(crisis.shares, key=lambda s: (-round(s.total, 9), s.kind, s.group)):
        yield _row(share_words(game, share.kind, share.group), percent(share_of(share.total)))
    yield _row("all that is assumed, as one", percent(share_of(crisis.assumed_total)))
    yield _row("all that evidence tells, as one", percent(share_of(crisis.evidence_total)))
    passing = [t for t in crisis.turnings if t.threshold is not None]
    if passing:
        yield "One thing moved over its band, the rest in the middle; an even chance at:"
    else:
        yield "No one thing moved over its band takes it past an even chance; most moves it:"
    for turning in (passing or list(crisis.turnings))[:_TURNINGS]:
        ends = f"{turning_figure(turning, turning.low)} to {turning_figure(turning, turning.high)}"
        moved = span(turning.strike_low, turning.strike_high, "share")
        at = f"{found}; " if (found := thresholds(turning)) else ""
        goes = f"{at}from {ends} it goes {moved}{_between(turning)}"
        yield f"  {turning_words(game, turning)}: {goes}"
    strikes = [c.id for c in of_measure(game, "strike")]
    for consequence, hangs in crisis.hangs.items():
        if [consequence] != strikes:
            yield from _hangs(game, consequence_name(game, consequence).rstrip("."), hangs)


def _hangs(game: Game, name: str, hangs: Hangs) -> Iterator[str]:
    """On what the chance of another consequence hangs most."""
    best = max(hangs.shares, key=lambda s: (round(s.total, 9), s.kind, s.group), default=None)
    if best is not None and best.total > 0:
        shares = (percent(share_of(x)) for x in (
            best.total, hangs.assumed_total, hangs.evidence_total))  # fmt: skip
        yield (
            "The chance that “{}” comes about hangs most on {}, {}; on what is assumed {}, on what "
            "evidence tells {}."
        ).format(name, share_words(game, best.kind, best.group), *shares)


def _between(turning: Turning) -> str:
    """How far it goes inside the band, where that is further than at the ends."""
    if not bends(turning):
        return ""
    return f", inside as far as {span(turning.least, turning.most, 'share')}"


def _answered(crisis: Calculus) -> Iterator[str]:
    found = crisis.answered
    if found is None:
        return
    game = crisis.game
    one, other, host = (role_name(game, r) for r in ("adversary", "supplier", "host"))
    acts = f"{count(found.acts, 'act')} by {one} toward {host}"
    if found.chance is None:
        yield (
            f"The dated record holds nothing to compare: up to {found.ends}, {acts}, and "
            f"{count(found.replies, 'act')} by {other}. An answer needs an act of each."
        )
    else:
        yield (
            f"The dated record, {found.begins} to {found.ends}: of {acts}, followed within "
            f"{number(found.days)} days by one of {other} toward it: {found.answers}; preceded by "
            f"one within as many: {found.before}. With {other}’s dates at random in that period as "
            f"many would be followed in {percent(found.chance)} of records. Those who keep a "
            "record look for answers; it will hold some."
        )
    if found.undated:
        yield f"Left out, with no date close enough: {count(found.undated, 'act')}."


def _chance(odds: Odds) -> str:
    ends = percent(odds.low), percent(odds.high)
    if ends == (percent(odds.mean),) * 2:
        return ends[0]
    return f"{percent(odds.mean)} ({span(odds.low, odds.high, 'share')})"


def _row(name: str, text: str) -> str:
    return f"  {name:<{_WIDE}} {text}"
