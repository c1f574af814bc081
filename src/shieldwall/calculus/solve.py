"""Solutions of a game of perfect information, over all draws at once.

Subgame-perfect: every actor takes the move that is best for it, knowing what follows (Kuhn 1953).
Agent quantal response: at each place a move is taken with a probability that grows with what it is
worth, exp(lambda worth) over their sum (McKelvey and Palfrey 1998, logit form). With perfect
information both follow from the ends back, place by place, and are unique up to ties.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from shieldwall.calculus.tree import Tree

Floats = NDArray[np.float64]

NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Solution:
    """Of N draws."""

    choices: tuple[Floats, ...]
    """For each place (moves, N): the probability of each move there."""
    come: tuple[Floats, ...]
    """For each place (N,): the probability that the game comes to it."""
    reached: Floats
    """(E, N) probability of each end."""
    worth: Floats
    """(A, N) what the game is worth to each actor."""


def payoffs(
    tree: Tree, worths: Floats, scales: Floats, lacking: frozenset[str] = NOTHING
) -> Floats:
    """What each end is worth to each actor, (E, A, N).

    ``worths`` (P, N): each payoff of the game; ``scales`` (P, N), or (S, P, N) by state of the
    tree: the fact that scales it, or 1. A consequence that needs what is ``lacking`` is worth
    nothing, since it does not come about.
    """
    game, draws = tree.game, worths.shape[1]
    actors = {a.id: i for i, a in enumerate(game.actors)}
    valued: dict[str, list[int]] = {}
    for p, payoff in enumerate(game.payoffs):
        valued.setdefault(payoff.consequence, []).append(p)
    mine = [
        [] if lacking & set(c.needs) else valued.get(c.id, []) for c in game.consequences
    ]  # fmt: skip
    whose = np.array([actors[p.actor] for p in game.payoffs], dtype=np.int64)
    out = np.zeros((len(tree.ends), len(actors), draws))
    for s in range(len(tree.states)):
        ends = np.flatnonzero(tree.state_of == s)
        if not ends.size:
            continue
        row = np.full(len(tree.ends), -1)
        row[ends] = np.arange(ends.size)
        entries = [(row[e], p) for e, c in tree.brought if row[e] >= 0 for p in mine[c]]
        pairs = np.array(entries, dtype=np.int64).reshape(-1, 2)
        where = pairs[:, 0] * len(actors) + whose[pairs[:, 1]]
        sums = csr_array(
            (np.ones(len(pairs)), (where, pairs[:, 1])),
            shape=(ends.size * len(actors), len(game.payoffs)),
        )
        scale = scales if scales.ndim == 2 else scales[s]
        out[ends] = (sums @ (worths * scale)).reshape(ends.size, len(actors), draws)
    return out


def solve(
    tree: Tree,
    ends: Floats,
    chances: Mapping[str, Floats],
    rationality: Floats | None,
    lacking: frozenset[str] = NOTHING,
) -> Solution:
    """The solution of every draw.

    ``ends`` (E, A, N) as of ``payoffs``; ``chances``: fact -> (N,) probability, or (S, N) by state;
    ``rationality`` (N,) lambda, per unit of payoff, ``None`` for subgame-perfect. A tie between
    best moves goes to the one listed first. Moves that need what is ``lacking`` are not there.
    """
    draws = ends.shape[2]
    choices: list[Floats] = [np.empty(0)] * len(tree.places)
    worth: list[Floats | None] = [None] * len(tree.places)
    for at in range(len(tree.places) - 1, -1, -1):
        place = tree.places[at]
        after = np.stack([_after(b.to, worth, ends) for b in place.branches])  # (moves, A, N)
        open_ = [m for m, b in enumerate(place.branches) if not lacking & set(b.move.needs)]
        if not open_:
            raise ValueError(f"no move is left at {place.node.id} without {sorted(lacking)}")
        taken = np.zeros((len(place.branches), draws))
        if place.actor < 0:
            taken[open_] = _nature(at, open_, tree, chances, draws)
        else:
            taken[open_] = _chosen(after[open_, place.actor], rationality)
        choices[at] = taken
        worth[at] = np.einsum("mn,man->an", taken, after)
        for branch in place.branches:
            if branch.to >= 0:
                worth[branch.to] = None  # read once: a place has one way to it
    reached = np.zeros((len(tree.ends), draws))
    come: list[Floats] = [np.zeros(draws) for _ in tree.places]
    come[0] = np.ones(draws)
    for at, place in enumerate(tree.places):
        for m, branch in enumerate(place.branches):
            through = come[at] * choices[at][m]
            if branch.to < 0:
                reached[-1 - branch.to] = through
            else:
                come[branch.to] = through
    root = worth[0]
    if root is None:
        raise ValueError("a game has a first node")
    return Solution(tuple(choices), tuple(come), reached, root)


def _after(to: int, worth: list[Floats | None], ends: Floats) -> Floats:
    if to < 0:
        end: Floats = ends[-1 - to]
        return end
    found = worth[to]
    if found is None:
        raise ValueError("a place leads to an earlier one")
    return found


def _nature(
    at: int, open_: list[int], tree: Tree, chances: Mapping[str, Floats], draws: int
) -> Floats:
    """Probabilities of those outcomes of chance that are there.

    Each keeps the chance of its fact, and the one without a fact takes all that is left. Where
    that one is not there, the others keep their proportions, or are alike where all are nothing.
    """
    place = tree.places[at]
    out = np.zeros((len(open_), draws))
    rest = None
    for n, m in enumerate(open_):
        fact = place.branches[m].move.chance
        if fact is None:
            rest = n
        else:
            out[n] = np.clip(by_state(chances[fact], place.state), 0.0, 1.0)
    total = out.sum(axis=0)
    if rest is None:
        out = np.where(total > 0, out, 1.0)
        found: Floats = out / out.sum(axis=0)
        return found
    out /= np.maximum(total, 1.0)
    out[rest] = np.maximum(1.0 - total, 0.0)
    return out


def by_state(values: Floats, state: int) -> Floats:
    """(N,) of values that are the same in every state, or of (S, N)."""
    found: Floats = values if values.ndim == 1 else values[state]
    return found


def _chosen(worth: Floats, rationality: Floats | None) -> Floats:
    """Probability of each move (moves, N) to whom each is worth ``worth`` (moves, N)."""
    if rationality is None:
        best = worth.argmax(axis=0)
        sure: Floats = np.equal(np.arange(worth.shape[0])[:, None], best).astype(np.float64)
        return sure
    scaled = rationality * (worth - worth.max(axis=0))
    odds = np.exp(scaled)
    chosen: Floats = odds / odds.sum(axis=0)
    return chosen
