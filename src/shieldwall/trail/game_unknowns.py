"""On what the crisis game hangs: how sharply governments choose, thresholds, shares of variance."""

from __future__ import annotations

from collections.abc import Mapping

from shieldwall.calculus.records import Calculus, Share, Turning
from shieldwall.case.game_records import Game, Payoff
from shieldwall.provenance import Ledger, Quantity
from shieldwall.trail.game_inputs import DRAWS, payoff_id, valued

RATIONALITY = "assumption:rationality"
_OTHERS = "all else at the 50th percentile of its draws"


def enter_unknowns(ledger: Ledger, crisis: Calculus) -> None:
    """Enter all three."""
    _levels(ledger, crisis)
    payoffs = {_moved(p): p for p in crisis.game.payoffs}
    for turning in crisis.turnings:
        _turning(ledger, crisis.game, turning, payoffs)
    for share in crisis.shares:
        _share(ledger, crisis.game, share)


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


def turning_id(turning: Turning, part: str) -> str:
    """``low`` or ``high`` end of what is moved, the chance ``from`` or ``to``, or ``even_at``."""
    if turning.kind == "rationality":
        return f"calculus.turning.rationality.{part}"
    name = turning.name.replace(" times ", ".").replace(" ", ".")
    return f"calculus.turning.{turning.kind}.{name}.{part}"


def _moved(payoff: Payoff) -> str:
    """A payoff as ``Turning.name`` has it."""
    times = f" times {payoff.times}" if payoff.times else ""
    return f"{payoff.actor} {payoff.consequence}{times}"


def _turning(ledger: Ledger, game: Game, turning: Turning, payoffs: Mapping[str, Payoff]) -> None:
    payoff = payoffs.get(turning.name) if turning.kind == "payoff" else None
    if payoff is not None:
        source, label, unit = payoff_id(payoff), valued(game, payoff), "payoff"
    elif turning.kind == "fact":
        name = next(f.name for f in game.facts if f.id == turning.name).rstrip(".")
        source, label, unit = f"calculus.fact.{turning.name}", f"The fact “{name}”", "share"
    else:
        source, label, unit = RATIONALITY, "How sharply governments choose", "ratio"

    def enter(part: str, what: str, value: float, of: str, method: str, *inputs: str) -> None:
        ledger.quantity(
            Quantity(turning_id(turning, part), f"{label}: {what}", value, None, None, of, method,
                     inputs)
        )  # fmt: skip

    for part, what, value, chance, end in (
        ("low", "its low end", turning.low, turning.strike_low, "from"),
        ("high", "its high end", turning.high, turning.strike_high, "to"),
    ):
        share = "5th" if part == "low" else "95th"
        enter(part, what, value, unit, f"the {share} percentile of its draws", source, DRAWS)
        enter(
            end, f"chance of a strike at {what}", chance, "probability",
            f"solved once, {_OTHERS}", turning_id(turning, part), DRAWS,
        )  # fmt: skip
    if turning.threshold is not None:
        enter(
            "even_at", "where a strike is as likely as not", turning.threshold, unit,
            f"between two of the steps from low to high at which the game was solved, {_OTHERS}; "
            "the first such place",
            *(turning_id(turning, p) for p in ("low", "high", "from", "to")),
        )  # fmt: skip


def _share(ledger: Ledger, game: Game, share: Share) -> None:
    """With what it does together with others, and by itself."""
    base = f"calculus.share.{share.kind}.{share.group}"
    of = f"Share of the variance of a strike's chance: {_group(game, share)}"
    for id, what, value, method in (
        (base, "with all that it does together with others", share.total,
         "total index (Jansen 1999) over groups of unknowns; an estimate may fall below 0"),
        (f"{base}.alone", "by itself", share.first,
         "first-order index (Sobol 1993; Saltelli et al. 2010); an estimate may fall below 0"),
    ):  # fmt: skip
        ledger.quantity(
            Quantity(id, f"{of}, {what}", value, None, None, "share", method,
                     (DRAWS, "world:drawn"))
        )  # fmt: skip


def _group(game: Game, share: Share) -> str:
    if share.kind == "payoffs":
        actor = next((a.name for a in game.actors if a.id == share.group), share.group)
        return f"what {actor} gains and loses"
    if share.kind == "rationality":
        return "how sharply governments choose"
    facts = {"raid": "how raids go", "control": "who operates the systems, and what is joined",
             "assumed": "facts that nothing is published on"}  # fmt: skip
    return facts.get(share.group, share.group)
