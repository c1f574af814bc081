"""Numbers of the crisis game: how it goes in each world, what changes it, on what it rests."""

from __future__ import annotations

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Calculus, Odds
from shieldwall.case.game_records import Fact, Payoff
from shieldwall.provenance import Leaf, Ledger, Quantity

ASSUMED = tuple(f"assumption:{a.id}" for a in DEFAULTS)
PLAYED = (
    "agent quantal response of the whole game (McKelvey and Palfrey 1998), rationality and payoffs "
    "drawn from their bands; mean over the draws, low and high the 5th and 95th percentile"
)
PAIRED = f"one world less the other on the same draws; {PLAYED}"


def enter_calculus(ledger: Ledger, crisis: Calculus | None) -> None:
    """Enter every number of the room; a case without a game has none."""
    if crisis is None:
        return
    payoffs = tuple(ledger.leaf(_payoff_leaf(p)) for p in crisis.game.payoffs)
    facts = tuple(_fact(ledger, f, crisis.facts[f.id]) for f in crisis.game.facts)
    inputs = (*payoffs, *facts, *ASSUMED)
    names = {c.id: c.name for c in crisis.game.consequences}
    actors = {a.id: a.name for a in crisis.game.actors}
    for world in crisis.worlds:
        for consequence, found in world.measures.items():
            _enter(
                ledger, f"calculus.{world.key}.{consequence}",
                f"{names[consequence]}, {world.name}", found, "probability", PLAYED, inputs,
            )  # fmt: skip
        for actor, found in world.worth.items():
            _enter(ledger, f"calculus.worth.{world.key}.{actor}",
                   f"What it is worth to {actors[actor]}, {world.name}", found, "payoff", PLAYED,
                   inputs)  # fmt: skip
    for (node, move), found in crisis.worlds[0].moves.items():
        _enter(ledger, f"calculus.move.{node}.{move}", f"{move} at {node}", found, "probability",
               PLAYED, inputs)  # fmt: skip
    for change in crisis.differences:
        for consequence, found in change.measures.items():
            _enter(ledger, f"calculus.change.{change.key}.{consequence}",
                   f"Change of the chance: {names[consequence]}, {change.name}", found,
                   "probability", PAIRED, inputs)  # fmt: skip
        for actor, found in change.worth.items():
            _enter(
                ledger, f"calculus.gain.{change.key}.{actor}",
                f"What {actors[actor]} gains, {change.name}", found, "payoff", PAIRED, inputs,
            )  # fmt: skip
    for share in crisis.shares:
        ledger.quantity(
            Quantity(
                f"calculus.share.{share.kind}.{share.group}",
                f"Share of the variance of a strike's chance: {share.kind} of {share.group}",
                share.total, None, None, "share", "total index (Jansen 1999)", inputs,
            )
        )  # fmt: skip
    if crisis.answered is not None:
        ledger.quantity(
            Quantity(
                "calculus.answered",
                "Chance of as many answers of the supplier if its dates were random",
                crisis.answered.chance, None, None, "probability",
                "permutation test on the dated record of the case's pressure.toml",
                ("assumption:answer_days",),
            )
        )  # fmt: skip


def _fact(ledger: Ledger, fact: Fact, found: Odds) -> str:
    """A fact rests on the other rooms' numbers, or on what the analyst assumes."""
    inputs: tuple[str, ...] = ()
    if fact.of is None:
        inputs = (ledger.leaf(Leaf(f"fact:{fact.id}", "assumption", f"{fact.name}: {fact.reason}",
                                   "the case's game.toml", where=fact.where)),)  # fmt: skip
    else:
        kind, what, part = fact.of.split(".")
        name = {"stopped": "leakers"}.get(part, part)
        inputs = (f"raid.{what}.{name}" if kind == "raid" else fact.of,)
    inputs = tuple(i for i in inputs if i in ledger.quantities or i in ledger.leaves)
    id = f"calculus.fact.{fact.id}"
    _enter(ledger, id, fact.name, found, "share", "as the rooms before have it, draw by draw",
           inputs)  # fmt: skip
    return id


def _payoff_leaf(payoff: Payoff) -> Leaf:
    times = f" times {payoff.times}" if payoff.times else ""
    worth = payoff.worth
    text = (
        f"{payoff.consequence}{times} is worth {worth.low:g} to {worth.high:g} to "
        f"{payoff.actor}: {payoff.reason}"
    )
    name = f"payoff:{payoff.actor}.{payoff.consequence}" + (
        f".{payoff.times}" if payoff.times else ""
    )
    return Leaf(name, "assumption", text, "the case's game.toml", where=payoff.where)


def _enter(
    ledger: Ledger, id: str, label: str, found: Odds, unit: str, method: str,
    inputs: tuple[str, ...],
) -> None:  # fmt: skip
    ledger.quantity(Quantity(id, label, found.mean, found.low, found.high, unit, method, inputs))
