"""A case's game laid out as a tree: one node for each way to it, one end for each path."""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.game_records import CHANCE, Game, Move, Node


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


@dataclass(frozen=True)
class End:
    """One whole path."""

    path: tuple[tuple[str, str], ...]
    consequences: tuple[str, ...]
    """Each once, in the order they came about."""


@dataclass(frozen=True)
class Tree:
    """Places in an order in which each leads only to later ones; 0 is the root."""

    game: Game
    places: tuple[Place, ...]
    ends: tuple[End, ...]


def lay_out(game: Game) -> Tree:
    """The tree of a game; loading has ruled out circles and checked every reference."""
    nodes = {n.id: n for n in game.nodes}
    actors = {a.id: i for i, a in enumerate(game.actors)}
    places: list[Place | None] = []
    ends: list[End] = []

    def walk(node: Node, path: tuple[tuple[str, str], ...], brought: tuple[str, ...]) -> int:
        here = len(places)
        places.append(None)
        branches = []
        for move in node.moves:
            longer = (*path, (node.id, move.id))
            more = tuple(dict.fromkeys((*brought, *move.brings)))
            if move.leads is None:
                ends.append(End(longer, more))
                branches.append(Branch(move, -len(ends)))
            else:
                branches.append(Branch(move, walk(nodes[move.leads], longer, more)))
        actor = -1 if node.actor == CHANCE else actors[node.actor]
        places[here] = Place(node, actor, tuple(branches), path)
        return here

    walk(game.nodes[0], (), ())
    return Tree(game, tuple(p for p in places if p is not None), tuple(ends))
