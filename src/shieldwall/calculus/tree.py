"""A case's game laid out as a tree: one node for each way to it, one end for each path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.game_records import CHANCE, Game, Move, Node

State = tuple[str, str]
"""Connection and crews that the way has set; ``drawn`` where it has not."""

AS_DRAWN: State = ("drawn", "drawn")


@dataclass(frozen=True)
class Branch:
    """One move from a place in the tree."""

    move: Move
    to: int
    """A place; an end where negative: end number ``-1 - to``."""


@dataclass(frozen=True)
class Place:
    """A node, reached by one path."""

    node: Node
    actor: int
    """Index of the actor; -1: chance."""
    branches: tuple[Branch, ...]
    path: tuple[tuple[str, str], ...]
    """(node, move) pairs that lead here."""
    state: int = 0
    """Index into ``Tree.states``."""


@dataclass(frozen=True)
class End:
    """One whole path."""

    path: tuple[tuple[str, str], ...]
    consequences: tuple[str, ...]
    """Each once, in the order they came about."""
    state: int = 0
    """Index into ``Tree.states``."""


@dataclass(frozen=True)
class Tree:
    """Places in an order in which each leads only to later ones; 0 is the root."""

    game: Game
    places: tuple[Place, ...]
    ends: tuple[End, ...]
    states: tuple[State, ...] = (AS_DRAWN,)
    """Every state that a way sets; the first is ``AS_DRAWN``."""

    @cached_property
    def brought(self) -> NDArray[np.int64]:
        """(K, 2) pairs of an end and the index of a consequence that comes about on its path."""
        index = {c.id: i for i, c in enumerate(self.game.consequences)}
        pairs = [(e, index[c]) for e, end in enumerate(self.ends) for c in end.consequences]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    @cached_property
    def state_of(self) -> NDArray[np.int64]:
        """(E,) the state of each end."""
        return np.array([e.state for e in self.ends], dtype=np.int64)

    def states_read(self, fact: str) -> list[int]:
        """States in which some way reads a fact: for a payoff, or for a chance."""
        valued = {p.consequence for p in self.game.payoffs if p.times == fact}
        found = {e.state for e in self.ends if valued & set(e.consequences)}
        found |= {
            p.state for p in self.places for b in p.branches if b.move.chance == fact
        }  # fmt: skip
        return sorted(found)

    @cached_property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """Every (node, move) of the game, in the order of the file."""
        return tuple((n.id, m.id) for n in self.game.nodes for m in n.moves)


def lay_out(game: Game) -> Tree:
    """The tree of a game; loading has ruled out circles and checked every reference."""
    nodes = {n.id: n for n in game.nodes}
    actors = {a.id: i for i, a in enumerate(game.actors)}
    places: list[Place | None] = []
    ends: list[End] = []
    states: dict[State, int] = {AS_DRAWN: 0}

    def walk(
        node: Node, path: tuple[tuple[str, str], ...], brought: tuple[str, ...], state: State
    ) -> int:
        here = len(places)
        places.append(None)
        branches = []
        for move in node.moves:
            longer = (*path, (node.id, move.id))
            more = tuple(dict.fromkeys((*brought, *move.brings)))
            then = (move.network or state[0], move.crews or state[1])
            states.setdefault(then, len(states))
            if move.leads is None:
                ends.append(End(longer, more, states[then]))
                branches.append(Branch(move, -len(ends)))
            else:
                branches.append(Branch(move, walk(nodes[move.leads], longer, more, then)))
        actor = -1 if node.actor == CHANCE else actors[node.actor]
        places[here] = Place(node, actor, tuple(branches), path, states[state])
        return here

    walk(game.nodes[0], (), (), AS_DRAWN)
    return Tree(game, tuple(p for p in places if p is not None), tuple(ends), tuple(states))
