"""What it changes: whether the adversary strikes, and whether the supplier is drawn in.

Read from the calculus. Its payoffs are judgement, so that where they decide more than evidence
could, the level is low by the table whatever the origins.
"""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.calculus.records import Calculus, Hangs, Odds, Share, World
from shieldwall.case.game_records import Consequence
from shieldwall.report.calculus_words import (
    CHOOSING,
    actor_name,
    share_words,
    turning_payoff,
    turning_words,
)
from shieldwall.report.judgements.raids import matters
from shieldwall.report.judgements.records import Judgement, Support
from shieldwall.report.judgements.support import (
    agree,
    families,
    fought_claims,
    two_sided,
)
from shieldwall.report.judgements.wording import Found, judge
from shieldwall.report.raid_words import unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import percent, points, span
from shieldwall.trail.game_unknowns import base_of, share_id, turning_id
from shieldwall.trail.origins import crisis_claims, independent, origins_id

MEASURES = ("strike", "involvement")
_OUTWEIGH = "payoffs, which are assumed, decide more of it than what evidence could tell"
_WISHES = "words and acts that show what each outcome is worth to the governments"
"""What would narrow payoffs, where no fact of another room matters."""
FIRST, WITHOUT, SYSTEMS = "drawn", "without", "systems"
ROOMS = {"raid": "how raids go", "control": "who operates the systems and what is joined"}
"""First part of a fact's source -> what it tells of."""


def ripple_judgements(assessment: Assessment) -> Iterator[Judgement | None]:
    """A strike, and direct involvement of the supplier; none where the case has no game."""
    if assessment.calculus is not None:
        yield from of_calculus(assessment, assessment.calculus)


def of_calculus(assessment: Assessment, calculus: Calculus) -> Iterator[Judgement | None]:
    """The same from a calculus at hand."""
    if not calculus.worlds:
        return
    worlds = {w.key: w for w in calculus.worlds}
    first, without = worlds.get(FIRST, calculus.worlds[0]), worlds.get(WITHOUT)
    for measure in MEASURES:
        for consequence in calculus.game.consequences:
            if consequence.measure == measure and consequence.id in first.measures:
                yield _comes_about(assessment, calculus, first, without, consequence)


def _comes_about(
    assessment: Assessment,
    calculus: Calculus,
    first: World,
    without: World | None,
    consequence: Consequence,
) -> Judgement | None:
    ledger, odds = assessment.ledger, first.measures[consequence.id]
    hangs = calculus.hangs.get(consequence.id)
    support = _support(assessment, calculus, odds, hangs)
    change, cited = _decides(calculus, consequence, hangs) if hangs else ("", ())
    figures = (
        f"calculus.{first.key}.{consequence.id}", f"calculus.{WITHOUT}.{consequence.id}",
        f"calculus.change.{SYSTEMS}.{consequence.id}", *cited, origins_id("calculus"),
    )  # fmt: skip
    return judge(
        ledger, f"ripple.{consequence.id}", "ripple",
        Found(odds.mean, odds.low, odds.high,
              f"“{consequence.name.rstrip('.')}” comes about",
              "in the crisis as the case lays it out"),
        support, figures, _compared(calculus, without, consequence), change,
        _look(assessment, calculus, hangs),
    )  # fmt: skip


def _support(
    assessment: Assessment, calculus: Calculus, odds: Odds, hangs: Hangs | None
) -> Support:
    """Evidence enters through facts alone; a game without any rests on no origin's word of it."""
    evidence = assessment.evidence
    read = crisis_claims(
        calculus, assessment.order_of_battle, assessment.control, assessment.ensemble
    )
    raids = any((f.of or "").startswith("raid.") for f in calculus.game.facts)
    bits = fought_claims(assessment)[1] if raids else ()
    return Support(
        independent(evidence, read), families(evidence, read),
        agree(evidence, bits) if bits else None,
        odds.high - odds.low, None, behind="the facts that it reads",
        against=two_sided(evidence, bits),
        assumed=_OUTWEIGH if hangs is not None and hangs.payoffs_outweigh else "",
    )  # fmt: skip


def _compared(calculus: Calculus, without: World | None, consequence: Consequence) -> str:
    """The same without the systems, and the difference on the same draws."""
    if without is None or consequence.id not in without.measures:
        return ""
    text = f"Without the systems it would be {percent(without.measures[consequence.id].mean)}"
    found = next((d for d in calculus.differences if d.key == SYSTEMS), None)
    if found is not None and consequence.id in found.measures:
        odds = found.measures[consequence.id]
        text += f"; the systems change it by {points(odds.mean)} points"
        text += f" ({points(odds.low)} to {points(odds.high)})"
    return f"{text}."


def _look(assessment: Assessment, calculus: Calculus, hangs: Hangs | None) -> str:
    """What would narrow what makes most of it: a payoff, then the facts that evidence tells of."""
    ordered = _ordered(hangs) if hangs else []
    facts = next((s.group for s in ordered if s.group in ROOMS and s.total > 0), "")
    helped = _help(assessment, calculus, facts)
    if hangs is None or not ordered or ordered[0].total <= 0 or ordered[0].kind != "payoffs":
        return f"Look for {helped or _WISHES}."
    text = f"Look for {_wishes(calculus, hangs, ordered[0].group)}."
    if helped:
        text += f" Of facts, evidence could narrow {ROOMS[facts]}: look second for {helped}."
    return text


def _wishes(calculus: Calculus, hangs: Hangs, actor: str) -> str:
    """What shows the payoff that turns it most: of the government whose payoffs make most."""
    moved = [(t, turning_payoff(calculus.game, t)) for t in hangs.turnings]
    own = [t for t, p in moved if p is not None and p.actor == actor]
    first = next(iter(own or [t for t, p in moved if p is not None]), None)
    if first is None:
        name = actor_name(calculus.game, actor)
        return f"words and acts that show what each outcome is worth to {name}"
    return f"words and acts that show {turning_words(calculus.game, first).rstrip(',')}"


def _help(assessment: Assessment, calculus: Calculus, group: str) -> str:
    """What evidence would narrow the facts that matter most."""
    if group == "control":
        return unknown("operators").help
    raids = {f.of.split(".")[1] for f in calculus.game.facts if f.of and f.of.startswith("raid.")}
    found = next((r for r in assessment.raids.raids if r.raid in raids), None)
    return unknown(matters(found)[1]).help if group == "raid" and found else ""


def _ordered(hangs: Hangs) -> list[Share]:
    """What makes its variance, the most first."""
    return sorted(hangs.shares, key=lambda s: (-round(s.total, 9), s.kind, s.group))


def _decides(
    calculus: Calculus, consequence: Consequence, hangs: Hangs
) -> tuple[str, tuple[str, ...]]:
    """What makes most of its variance, and the figures of that."""
    ordered = _ordered(hangs)
    if not ordered or ordered[0].total <= 0:
        return "", ()
    most = ordered[0]
    what = {
        "payoffs": share_words(calculus.game, most.kind, most.group),
        "facts": ROOMS.get(most.group, "facts that are assumed"),
        **CHOOSING,
    }.get(most.kind, most.group)  # fmt: skip
    text = (
        f"Of what is not known, its chance hangs most on {what} "
        f"({percent(min(most.total, 1.0))} of the variance)."
    )
    if hangs.payoffs_outweigh:
        text += " Payoffs, which are assumed, outweigh what the evidence could tell."
    of = base_of(calculus.game, consequence.id)
    cited = [share_id(most.kind, most.group, of)]
    for turning in hangs.turnings[:1]:
        ends = span(turning.least, turning.most, "share")
        moved = turning_words(calculus.game, turning)
        text += f" Moved over its own band, {moved} takes it from {ends}."
        cited += [turning_id(turning, part, of) for part in ("from", "to")]
    return text, tuple(cited)
