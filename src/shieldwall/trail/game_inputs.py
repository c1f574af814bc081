"""What a solution of the crisis game depends on: payoffs, facts, assumptions."""

from __future__ import annotations

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Calculus, Odds
from shieldwall.case.game_records import Fact, Game, Payoff
from shieldwall.provenance import Leaf, Ledger, Quantity

DRAWS = "calculus.draws"
"""How often the game was solved: every number of the room rests on it, and it on all inputs."""
ASSUMED = ("assumption:rationality", "assumption:perfect_information", "assumption:payoffs_alike")
"""Those of the room that a solution rests on; the last of its table is about the record."""


def enter_inputs(ledger: Ledger, crisis: Calculus) -> tuple[str, ...]:
    """Enter them all; their ids."""
    game = crisis.game
    payoffs = tuple(ledger.leaf(_payoff_leaf(game, p)) for p in game.payoffs)
    facts = tuple(_fact(ledger, f, crisis.facts[f.id]) for f in game.facts)
    known = {f"assumption:{a.id}" for a in DEFAULTS}
    return (*payoffs, *facts, *(a for a in ASSUMED if a in known))


def payoff_id(payoff: Payoff) -> str:
    """Its leaf in the ledger."""
    times = f".{payoff.times}" if payoff.times else ""
    return f"payoff:{payoff.actor}.{payoff.consequence}{times}"


def valued(game: Game, payoff: Payoff) -> str:
    """What is valued and by whom, in the case's words."""
    thing = next(c.name for c in game.consequences if c.id == payoff.consequence).rstrip(".")
    actor = next(a.name for a in game.actors if a.id == payoff.actor)
    if payoff.times is None:
        return f"What “{thing}” is worth to {actor}"
    fact = next(f.name for f in game.facts if f.id == payoff.times).rstrip(".")
    return f"What “{thing}”, to the measure of “{fact}”, is worth to {actor}"


def _payoff_leaf(game: Game, payoff: Payoff) -> Leaf:
    worth = payoff.worth
    text = f"{valued(game, payoff)}: {worth.low:g} to {worth.high:g}. {payoff.reason}"
    return Leaf(
        payoff_id(payoff), "payoff", text, "assumed in the case's game.toml", where=payoff.where
    )


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
    ledger.quantity(
        Quantity(id, fact.name, found.mean, found.low, found.high, "share",
                 "as the rooms before have it, draw by draw", inputs)
    )  # fmt: skip
    return id
