"""Random games of perfect information, as nested plain data and as a case's game."""

from __future__ import annotations

from typing import Any

import numpy as np

from shieldwall.case.game_records import (
    Actor,
    Consequence,
    Fact,
    Game,
    Move,
    Node,
    Payoff,
)
from shieldwall.case.records import Band

ROLES = ("host", "adversary", "supplier")


def random_game(seed: int, depth: int = 4) -> dict[str, Any]:
    """``{"actors": n, "root": node}``; a node is ``{"actor", "moves": [{"p", "to"}]}``, actor -1
    for chance; an end is ``{"pay": [...]}``."""
    rng = np.random.default_rng(seed)
    actors = int(rng.integers(2, 4))

    def node(left: int) -> dict[str, Any]:
        if left == 0 or (left < depth and rng.random() < 0.2):
            return {"pay": [float(x) for x in np.round(rng.normal(0, 2, actors), 3)]}
        actor = int(rng.integers(-1, actors)) if left < depth else int(rng.integers(0, actors))
        moves = int(rng.integers(2, 4))
        weights = np.round(rng.dirichlet(np.ones(moves)), 3)
        weights[-1] = round(1.0 - float(weights[:-1].sum()), 3)
        return {
            "actor": actor,
            "moves": [
                {"p": float(weights[m]) if actor < 0 else None, "to": node(left - 1)}
                for m in range(moves)
            ],
        }

    return {"actors": actors, "root": node(depth)}


def as_game(plain: dict[str, Any]) -> tuple[Game, dict[str, float]]:
    """The game with each end a consequence of its own, and the probabilities of its facts."""
    nodes: list[Node] = []
    facts: list[Fact] = []
    ends: list[list[float]] = []
    chances: dict[str, float] = {}

    def add(node: dict[str, Any]) -> str:
        id = f"n{len(nodes)}"
        nodes.append(Node(id, "", "", (), ""))
        here = len(nodes) - 1
        moves = []
        for m, move in enumerate(node["moves"]):
            fact = None
            if node["actor"] < 0 and m < len(node["moves"]) - 1:
                fact = f"f{len(facts)}"
                facts.append(Fact(fact, fact, None, Band(0.0, 0.5, 1.0), "", ""))
                chances[fact] = move["p"]
            if "pay" in move["to"]:
                ends.append(move["to"]["pay"])
                moves.append(Move(f"m{m}", "", (f"e{len(ends) - 1}",), None, fact))
            else:
                moves.append(Move(f"m{m}", "", (), add(move["to"]), fact))
        actor = "chance" if node["actor"] < 0 else ROLES[node["actor"]]
        nodes[here] = Node(id, actor, "", tuple(moves), "")
        return id

    add(plain["root"])
    payoffs = [
        Payoff(ROLES[a], f"e{e}", Band(pay[a], pay[a], pay[a]), None, "", "")
        for e, pay in enumerate(ends)
        for a in range(plain["actors"])
    ]
    return Game(
        "", "", tuple(Actor(r, r, r, "") for r in ROLES[: plain["actors"]]), tuple(facts),
        tuple(Consequence(f"e{e}", "", "other", "") for e in range(len(ends))), tuple(payoffs),
        tuple(nodes), "",
    ), chances  # fmt: skip
