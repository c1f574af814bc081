"""On what the crisis game hangs: how sharply governments choose, thresholds, shares of variance."""

from __future__ import annotations

from collections.abc import Mapping

from shieldwall.calculus.records import Calculus, Hangs, Share, Turning
from shieldwall.case.game_records import Game, Payoff
from shieldwall.provenance import Ledger, Quantity
from shieldwall.trail.game_inputs import DRAWS, payoff_id, valued

RATIONALITY = "assumption:rationality"
KNOWLEDGE = "assumption:foreknowledge"
BEND = 0.01
"""A chance that goes further than this beyond those at the ends is told of."""
_OTHERS = "all else at the 50th percentile of its draws"


def enter_unknowns(ledger: Ledger, crisis: Calculus) -> None:
    """Enter all three, of a strike; shares, and what moves it most, of each other consequence."""
    _levels(ledger, crisis)
    payoffs = {_moved(p): p for p in crisis.game.payoffs}
    for turning in crisis.turnings:
        _turning(ledger, crisis.game, turning, payoffs)
    any_strike = Hangs(crisis.shares, (), crisis.assumed_total, crisis.evidence_total)
    _divided(ledger, crisis.game, any_strike, "", "a strike’s chance")
    for consequence, hangs in crisis.hangs.items():
        of = base_of(crisis.game, consequence)
        if of:
            name = next(c.name for c in crisis.game.consequences if c.id == consequence)
            told = f"the chance that “{name.rstrip('.')}” comes about"
            _divided(ledger, crisis.game, hangs, of, told)
            for turning in hangs.turnings[:1]:
                _turning(ledger, crisis.game, turning, payoffs, of, told)


def rationality_id(level: float | None, consequence: str) -> str:
    """A chance with every government choosing as sharply; ``None``: always the best move."""
    name = "best" if level is None else f"{level:g}".replace(".", "_")
    return f"calculus.rationality.{name}.{consequence}"


def _levels(ledger: Ledger, crisis: Calculus) -> None:
    for level in crisis.rationality:
        at = level.rationality
        how = "always the best move" if at is None else f"sharpness {at:g}"
        solved = (
            "subgame-perfect, by backward induction" if at is None
            else "agent quantal response with that sharpness in every draw"
        )  # fmt: skip
        for each in crisis.game.consequences:
            found = level.measures[each.id]
            ledger.quantity(
                Quantity(
                    rationality_id(at, each.id),
                    f"{each.name.rstrip('.')}, as it is, governments choosing by {how}",
                    found.mean, found.low, found.high, "probability",
                    f"{solved}; mean over the draws, low and high the 5th and 95th percentile",
                    (DRAWS, "world:drawn"),
                )
            )  # fmt: skip


def base_of(game: Game, consequence: str) -> str:
    """What stands before ids of what the chance of a consequence hangs on; "" for that of any
    strike, also where the consequence is the only strike."""
    strikes = [c.id for c in game.consequences if c.measure == "strike"]
    return "" if strikes == [consequence] else f"of.{consequence}."


def share_id(kind: str, group: str, of: str = "") -> str:
    """Share of the variance that a group makes, with all it acts through; ``of`` as ``base_of``."""
    return f"calculus.{of}share.{kind}.{group}"


def side_id(side: str, of: str = "") -> str:
    """The same of all that is ``assumed``, or of all ``evidence``, as one group."""
    return f"calculus.{of}side.{side}"


def turning_id(turning: Turning, part: str, of: str = "") -> str:
    """``low`` or ``high`` end of what is moved, the chance ``from`` or ``to``, its ``least`` or
    ``most``, or ``even_at`` (the first; others are ``even_at_2`` and so on)."""
    if turning.kind in ("rationality", "knowledge"):
        return f"calculus.{of}turning.{turning.kind}.{part}"
    name = turning.name.replace(" times ", ".").replace(" ", ".")
    return f"calculus.{of}turning.{turning.kind}.{name}.{part}"


def even_part(n: int) -> str:
    """The part of ``turning_id`` of the n-th threshold, from 0."""
    return "even_at" if n == 0 else f"even_at_{n + 1}"


def bends(turning: Turning) -> bool:
    """Whether the chance goes further inside the band than at its ends: it rises and falls."""
    low, high = sorted((turning.strike_low, turning.strike_high))
    return low - turning.least > BEND or turning.most - high > BEND


def _moved(payoff: Payoff) -> str:
    """A payoff as ``Turning.name`` has it."""
    times = f" times {payoff.times}" if payoff.times else ""
    return f"{payoff.actor} {payoff.consequence}{times}"


def _turning(
    ledger: Ledger,
    game: Game,
    turning: Turning,
    payoffs: Mapping[str, Payoff],
    of: str = "",
    told: str = "chance of a strike",
) -> None:
    payoff = payoffs.get(turning.name) if turning.kind == "payoff" else None
    if payoff is not None:
        source, label, unit = payoff_id(payoff), valued(game, payoff), "payoff"
    elif turning.kind == "fact":
        name = next(f.name for f in game.facts if f.id == turning.name).rstrip(".")
        source, label, unit = f"calculus.fact.{turning.name}", f"The fact “{name}”", "share"
    elif turning.kind == "knowledge":
        source, label, unit = KNOWLEDGE, "How much governments know beforehand", "share"
    else:
        source, label, unit = RATIONALITY, "How sharply governments choose", "ratio"

    def enter(part: str, what: str, value: float, unit: str, method: str, *inputs: str) -> None:
        ledger.quantity(
            Quantity(turning_id(turning, part, of), f"{label}: {what}", value, None, None, unit,
                     method, inputs)
        )  # fmt: skip

    for part, what, value, chance, end in (
        ("low", "its low end", turning.low, turning.strike_low, "from"),
        ("high", "its high end", turning.high, turning.strike_high, "to"),
    ):
        share = "5th" if part == "low" else "95th"
        enter(part, what, value, unit, f"the {share} percentile of its draws", source, DRAWS)
        enter(
            end, f"{told} at {what}", chance, "probability",
            f"solved once, {_OTHERS}", turning_id(turning, part, of), DRAWS,
        )  # fmt: skip
    ends = tuple(turning_id(turning, p, of) for p in ("low", "high", "from", "to"))
    steps = f"of the steps from low to high at which the game was solved, {_OTHERS}"
    if bends(turning):
        for part, chance in (("least", turning.least), ("most", turning.most)):
            enter(part, f"the {part} of the {told.removeprefix('the ')}", chance, "probability",
                  steps[:1].upper() + steps[1:], *ends)  # fmt: skip
    for n, at in enumerate(turning.thresholds):
        enter(
            even_part(n), f"where the {told.removeprefix('the ')} is one half", at, unit,
            f"between two {steps}", *ends,
        )  # fmt: skip


def _divided(ledger: Ledger, game: Game, hangs: Hangs, of: str, told: str) -> None:
    """The variance of a chance divided among groups, and between the two sides."""
    solved = (DRAWS, "world:drawn")
    for share in hangs.shares:
        base = share_id(share.kind, share.group, of)
        label = f"Share of the variance of {told}: {_group(game, share)}"
        for id, what, value, method in (
            (base, "with all that it does together with others", share.total,
             "total index (Jansen 1999) over groups of unknowns; an estimate may fall below 0"),
            (f"{base}.alone", "by itself", share.first,
             "first-order index (Sobol 1993; Saltelli et al. 2010); an estimate may fall below 0"),
        ):  # fmt: skip
            ledger.quantity(
                Quantity(id, f"{label}, {what}", value, None, None, "share", method, solved)
            )
    for side, what, value in (
        ("assumed", "everything assumed (payoffs, assumed facts, how governments choose and what "
         "they know)", hangs.assumed_total),
        ("evidence", "everything that other chapters find", hangs.evidence_total),
    ):  # fmt: skip
        ledger.quantity(
            Quantity(
                side_id(side, of), f"Share of the variance of {told}: {what}", value, None, None,
                "share", "total index (Jansen 1999) of all of it as one group, so that what its "
                "parts do together counts once", solved,
            )
        )  # fmt: skip


def _group(game: Game, share: Share) -> str:
    if share.kind == "payoffs":
        actor = next((a.name for a in game.actors if a.id == share.group), share.group)
        return f"what {actor} gains and loses"
    if share.kind == "rationality":
        return "how sharply governments choose"
    if share.kind == "knowledge":
        return "how much governments know beforehand of what raids would stop"
    facts = {"raid": "how raids go", "control": "who operates the systems, and what is joined",
             "assumed": "facts that nothing is published on"}  # fmt: skip
    return facts.get(share.group, share.group)
