"""A laid-out game played with given payoffs, facts and governments: what comes of it, counted up.

Draws are taken in blocks, so that memory stays bounded however many ways a game has; what is kept
of a block are sums over ways, not the choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from shieldwall.calculus.facts import of_raid
from shieldwall.calculus.solve import NOTHING, Solution, payoffs, solve
from shieldwall.calculus.tree import Tree

Floats = NDArray[np.float64]

BLOCK = 4_000_000
"""Most numbers in an array over ends, actors and draws: 32 MB."""


@dataclass(frozen=True)
class Inputs:
    """All that a solution depends on, over N draws."""

    tree: Tree
    worths: Floats  # (P, N)
    facts: Mapping[str, Floats]  # each (S, N), by state of the tree, or (N,)
    rationality: Floats | None  # (N,); None: every best move is taken
    knowledge: Floats | None = None  # (N,) 0 to 1; None: the truth of the draw
    means: Mapping[str, Floats] = field(default_factory=dict)
    """Fact of a raid -> (S, 1), what open sources allow."""
    lacking: frozenset[str] = NOTHING

    @property
    def draws(self) -> int:
        """N."""
        return int(self.worths.shape[1])

    def rows(self, rows: slice) -> Inputs:
        """Some of the draws."""
        return replace(
            self, worths=self.worths[:, rows],
            facts={f: v[..., rows] for f, v in self.facts.items()},
            rationality=None if self.rationality is None else self.rationality[rows],
            knowledge=None if self.knowledge is None else self.knowledge[rows],
        )  # fmt: skip

    def choosing(self, level: float | None) -> Inputs:
        """With every government choosing as sharply; ``None``: always the best move."""
        return replace(self, rationality=None if level is None else np.full(self.draws, level))

    def believed(self) -> dict[str, Floats]:
        """Facts as governments go by them.

        What a strike is worth is linear in what a raid stops, so that a move of chance over it is
        worth its mean. Of a draw's departure from the mean they know the share ``knowledge``.
        """
        facts = dict(self.facts)
        if self.knowledge is not None:
            for id, mean in self.means.items():
                facts[id] = mean + self.knowledge * (facts[id] - mean)
        return facts


def raid_means(tree: Tree, facts: Mapping[str, Floats]) -> dict[str, Floats]:
    """Fact of a raid -> (S, 1) its mean over draws in each state."""
    return {
        f.id: np.atleast_2d(facts[f.id]).mean(axis=1, keepdims=True)
        for f in tree.game.facts if of_raid(f)
    }  # fmt: skip


@dataclass(frozen=True)
class Counted:
    """What comes of a game in N draws."""

    chances: Floats
    """(C + 1, N) of each consequence; the last of any that is measured as a strike."""
    worth: Floats
    """(A, N) of the game to each actor, as it sees it beforehand."""


@dataclass(frozen=True)
class Played(Counted):
    """The same with the ways there."""

    came: Mapping[str, Floats]
    """Node -> (N,) chance that the game comes to it, by any way."""
    taken: Mapping[tuple[str, str], Floats]
    """(node, move) -> (N,) chance that it is taken, by any way."""
    places: Floats
    """(L,) mean chance of each place of the tree."""
    ends: Floats
    """(E, N)"""


def count(inputs: Inputs) -> Counted:
    """The game played: chances and worth alone."""
    adds = _adds(inputs.tree, inputs.lacking)
    parts = [(adds @ s.reached, s.worth) for s in _solutions(inputs)]
    chances, worth = zip(*parts, strict=True)
    return Counted(np.concatenate(chances, axis=1), np.concatenate(worth, axis=1))


def play(inputs: Inputs) -> Played:
    """The game played, with the chance of every node, move and way."""
    tree = inputs.tree
    adds = _adds(tree, inputs.lacking)
    chances, worth, ends = [], [], []
    places = np.zeros(len(tree.places))
    came = {n.id: np.zeros(inputs.draws) for n in tree.game.nodes}
    taken = {step: np.zeros(inputs.draws) for step in tree.steps}
    at = 0
    for solution in _solutions(inputs):
        size = solution.reached.shape[1]
        rows = slice(at, at + size)
        at += size
        for n, place in enumerate(tree.places):
            arrival = solution.come[n]
            places[n] += arrival.sum()
            came[place.node.id][rows] += arrival
            for m, branch in enumerate(place.branches):
                taken[place.node.id, branch.move.id][rows] += arrival * solution.choices[n][m]
        chances.append(adds @ solution.reached)
        worth.append(solution.worth)
        ends.append(solution.reached)
    return Played(
        np.concatenate(chances, axis=1), np.concatenate(worth, axis=1), came, taken,
        places / inputs.draws, np.concatenate(ends, axis=1),
    )  # fmt: skip


def _solutions(inputs: Inputs) -> Iterator[Solution]:
    """Solutions of one block of draws after another."""
    tree, game = inputs.tree, inputs.tree.game
    size = max(1, BLOCK // (len(tree.ends) * len(game.actors)))
    for at in range(0, inputs.draws, size):
        block = inputs.rows(slice(at, min(at + size, inputs.draws)))
        facts = block.believed()
        scales = np.ones((len(tree.states), len(game.payoffs), block.draws))
        for p, payoff in enumerate(game.payoffs):
            if payoff.times is not None:
                scales[:, p] = facts[payoff.times]
        ends = payoffs(tree, block.worths, scales, inputs.lacking)
        yield solve(tree, ends, facts, block.rationality, inputs.lacking)


def _adds(tree: Tree, lacking: frozenset[str]) -> csr_array:
    """(C + 1, E) which ends bring each consequence, and any strike."""
    game = tree.game
    there = [not lacking & set(c.needs) for c in game.consequences]
    strikes = [c.measure == "strike" for c in game.consequences]
    entries = {(int(c), int(e)) for e, c in tree.brought if there[c]}
    entries |= {(len(there), e) for c, e in entries if strikes[c]}
    pairs = np.array(sorted(entries), dtype=np.int64).reshape(-1, 2)
    return csr_array(
        (np.ones(len(pairs)), (pairs[:, 0], pairs[:, 1])), shape=(len(there) + 1, len(tree.ends))
    )
