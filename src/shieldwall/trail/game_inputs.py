"""What a solution of the crisis game depends on: payoffs, facts, assumptions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Calculus, Odds
from shieldwall.case.game_records import CHANCE, Consequence, Fact, Game, Move, Node, Payoff
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.trail.leaves import band_words

DRAWS = "calculus.draws"
"""How often the game was solved: every number of the room rests on it, and it on all inputs."""
ASSUMED = (
    "assumption:rationality", "assumption:foreknowledge", "assumption:perfect_information",
    "assumption:payoffs_alike",
)  # fmt: skip
"""Those of the room that a solution rests on; the last of its table is about the record."""

UNTOLD = "since nothing tells of the transfer as of this day"
"""Why a fact of control is 0 where control has no such system (``calculus/facts.py``)."""


def enter_inputs(ledger: Ledger, crisis: Calculus) -> tuple[str, ...]:
    """Enter them all; their ids."""
    game = crisis.game
    payoffs = tuple(ledger.leaf(_payoff_leaf(game, p)) for p in game.payoffs)
    facts = tuple(_fact(ledger, f, crisis.facts[f.id]) for f in game.facts)
    known = {f"assumption:{a.id}" for a in DEFAULTS}
    tree = (ledger.leaf(leaf) for leaf in _tree(game))
    return (*payoffs, *facts, *tree, *(a for a in ASSUMED if a in known))


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
    """What it is worth is its text and why is its source, as of assumptions: a reason that is put
    in other words moves nothing."""
    text = f"{valued(game, payoff)}: {band_words(payoff.worth)}"
    return Leaf(payoff_id(payoff), "payoff", text, payoff.reason, where=payoff.where)


def _tree(game: Game) -> Iterator[Leaf]:
    """Who chooses what, and what it brings: by ids, so that other words are no other game."""
    for each in game.consequences:
        yield Leaf(
            f"consequence:{each.id}", "consequence",
            f"{each.id}: {_told(each)}", each.name, where=each.where,
        )  # fmt: skip
    for node in game.nodes:
        yield Leaf(f"node:{node.id}", "node", _moves(node, node is game.nodes[0]),
                   f"{node.question} {'; '.join(m.name.rstrip('.') for m in node.moves)}",
                   where=node.where)  # fmt: skip


def _moves(node: Node, first: bool) -> str:
    begins = "the game begins here; " if first else ""
    who = "chance decides" if node.actor == CHANCE else f"{node.actor} chooses"
    told = (f"{m.id} ({_told(m) or 'ends it'})" for m in node.moves)
    return f"{node.id}: {begins}{who} {', '.join(told)}"


def _told(item: Consequence | Move) -> str:
    """``brings struck, leads reply``: every field that says anything, but names."""
    names = (f.name for f in fields(item) if f.name not in ("id", "name", "where"))
    found = ((name, getattr(item, name)) for name in names)
    return ", ".join(
        f"{name} {' and '.join(value) if isinstance(value, tuple) else value}"
        for name, value in found
        if value
    )


def _fact(ledger: Ledger, fact: Fact, found: Odds) -> str:
    """A fact rests on the other rooms' numbers, or on what the analyst assumes."""
    other = _elsewhere(fact)
    untold = other is not None and other.startswith("control.") and other not in ledger.quantities
    kind, figure = ("fact", f"{found.mean:g}, {UNTOLD}" if untold else f"as {fact.of} has it")
    if fact.band is not None:
        kind, figure = "assumption", band_words(fact.band)
    inputs: tuple[str, ...]
    inputs = (ledger.leaf(Leaf(f"fact:{fact.id}", kind, f"{fact.name.rstrip('.')}: {figure}",
                               fact.reason, where=fact.where)),)  # fmt: skip
    if other is not None and not untold:
        inputs += (other,)
    id = f"calculus.fact.{fact.id}"
    ledger.quantity(
        Quantity(id, fact.name, found.mean, found.low, found.high, "share",
                 UNTOLD if untold else _how(fact), inputs)
    )  # fmt: skip
    return id


def _elsewhere(fact: Fact) -> str | None:
    """The number of another room that it is; ``None``: the analyst assumes it."""
    if fact.of is None:
        return None
    kind, what, part = fact.of.split(".")
    name = {"stopped": "leakers"}.get(part, part)
    return f"raid.{what}.{name}" if kind == "raid" else fact.of


def _how(fact: Fact) -> str:
    kind = None if fact.of is None else fact.of.split(".")[0]
    if kind == "raid":
        return "as raids have it, the mean of each of their draws, fought as drawn"
    if kind == "control":
        return "operational control's mean and band, as a beta distribution"
    return "drawn from a triangle over its band"
