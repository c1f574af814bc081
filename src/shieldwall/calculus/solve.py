"""Solutions of a game of perfect information, over all draws at once.

Subgame-perfect: every actor takes the move that is best for it, knowing what follows (Kuhn 1953).
Agent quantal response: at each place a move is taken with a probability that grows with what it is
worth, exp(lambda worth) over their sum (McKelvey and Palfrey 1998, logit form). With perfect
information both follow from the ends back, place by place, and are unique up to ties.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.calculus.tree import Tree

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Solution:
    """Of N draws."""

    choices: tuple[Floats, ...]
    """For each place (moves, N): the probability of each move there."""
    reached: Floats
    """(E, N) probability of each end."""
    worth: Floats
    """(A, N) what the game is worth to each actor."""


def payoffs(tree: Tree, worths: Floats, scales: Floats) -> Floats:
    """What each end is worth to each actor, (E, A, N).

    ``worths`` (P, N): each payoff of the game; ``scales`` (P, N): the fact that scales it, or 1.
    """
    game = tree.game
    actors = {a.id: i for i, a in enumerate(game.actors)}
    out = np.zeros((len(tree.ends), len(actors), worths.shape[1]))
    for p, payoff in enumerate(game.payoffs):
        value = worths[p] * scales[p]
        for e, end in enumerate(tree.ends):
            if payoff.consequence in end.consequences:
                out[e, actors[payoff.actor]] += value
    return out


def solve(
    tree: Tree, ends: Floats, chances: dict[str, Floats], rationality: Floats | None
) -> Solution:
    """The solution of every draw.

    ``ends`` (E, A, N) as of ``payoffs``; ``chances``: fact -> (N,) probability; ``rationality``
    (N,) lambda, per unit of payoff, ``None`` for subgame-perfect. A tie between best moves goes to
    the one listed first.
    """
    actors, draws = ends.shape[1], ends.shape[2]
    choices: list[Floats | None] = [None] * len(tree.places)
    worth: list[Floats | None] = [None] * len(tree.places)
    for at in range(len(tree.places) - 1, -1, -1):
        place = tree.places[at]
        after = np.stack([_after(b.to, worth, ends) for b in place.branches])  # (moves, A, N)
        if place.actor < 0:
            taken = _nature(at, tree, chances, draws)
        else:
            taken = _chosen(after[:, place.actor], rationality)
        choices[at] = taken
        worth[at] = np.einsum("mn,man->an", taken, after)
    reached = np.zeros((len(tree.ends), draws))
    come: list[Floats] = [np.zeros(draws) for _ in tree.places]
    come[0] = np.ones(draws)
    settled = [c for c in choices if c is not None]
    for at, place in enumerate(tree.places):
        for m, branch in enumerate(place.branches):
            through = come[at] * settled[at][m]
            if branch.to < 0:
                reached[-1 - branch.to] += through
            else:
                come[branch.to] = come[branch.to] + through
    root = worth[0]
    return Solution(tuple(settled), reached, np.zeros((actors, draws)) if root is None else root)


def _after(to: int, worth: list[Floats | None], ends: Floats) -> Floats:
    if to < 0:
        end: Floats = ends[-1 - to]
        return end
    found = worth[to]
    if found is None:
        raise ValueError("a place leads to an earlier one")
    return found


def _nature(at: int, tree: Tree, chances: dict[str, Floats], draws: int) -> Floats:
    """Probabilities of the outcomes of chance; the one without a fact takes the rest."""
    branches = tree.places[at].branches
    out = np.zeros((len(branches), draws))
    rest = next(m for m, b in enumerate(branches) if b.move.chance is None)
    for m, branch in enumerate(branches):
        if branch.move.chance is not None:
            out[m] = np.clip(chances[branch.move.chance], 0.0, 1.0)
    total = out.sum(axis=0)
    out /= np.maximum(total, 1.0)
    out[rest] = np.maximum(1.0 - total, 0.0)
    return out


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
