"""From a case's game to what the network changes: the one door of the room."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shieldwall.calculus.answered import answered
from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.facts import (
    DIFFERENCES,
    WorldKind,
    drawn_band,
    facts_in,
    worlds_of,
)
from shieldwall.calculus.records import (
    ByRationality,
    Calculus,
    Difference,
    Odds,
    World,
)
from shieldwall.calculus.sensitivity import Inputs, shares, turnings
from shieldwall.calculus.solve import Solution, payoffs, solve
from shieldwall.calculus.tree import Tree, lay_out
from shieldwall.case.assumed import in_force
from shieldwall.case.game_records import Game
from shieldwall.case.records import Case
from shieldwall.control.records import OperationalControl
from shieldwall.draws import band_over, log_triangle, strata, stream
from shieldwall.raid.records import RaidOutcomes

Floats = NDArray[np.float64]

DRAWS = 4_096
RATIONALITIES = (0.0, 0.3, 1.0, 3.0, 10.0, None)
"""Fixed rationalities that the game is solved at; ``None``: subgame-perfect."""


def calculus(
    case: Case, control: OperationalControl, fought: RaidOutcomes, draws: int = DRAWS
) -> Calculus | None:
    """The game of the case in every world; ``None`` where the case has none."""
    game = case.game
    if game is None:
        return None
    tree = lay_out(game)
    worths = payoff_draws(case, game, draws)
    sharp = rationality_draws(case, draws)
    kinds = worlds_of(game)
    facts = {k.key: facts_in(case, game, k, control, fought, draws) for k in kinds}
    solved = {k.key: play(tree, worths, facts[k.key], sharp) for k in kinds}
    found = Inputs(tree, worths, facts["drawn"], sharp)
    parts = shares(found)
    evidence = [s for s in parts if s.kind == "facts"]
    weights = [s for s in parts if s.kind == "payoffs"]
    return Calculus(
        game=game,
        tree=tree,
        worlds=tuple(_world(tree, k, solved[k.key]) for k in kinds),
        differences=tuple(
            _difference(tree, key, name, solved[one], solved[other])
            for key, name, one, other in DIFFERENCES
            if one in solved and other in solved
        ),
        rationality=tuple(
            ByRationality(
                level,
                measures(tree, play(
                    tree, worths, facts["drawn"], None if level is None else np.full(draws, level)
                )),
            )
            for level in RATIONALITIES
        ),
        turnings=turnings(found),
        shares=parts,
        payoffs_outweigh=sum(s.total for s in weights) > sum(s.total for s in evidence),
        answered=answered(case, game),
        facts={f: odds(v) for f, v in facts["drawn"].items()},
        draws=draws,
    )  # fmt: skip


def payoff_draws(case: Case, game: Game, draws: int) -> Floats:
    """(P, N) of every payoff's band, each from a stream of its own."""
    return np.array([
        drawn_band(case.seed, f"payoff {p.actor} {p.consequence} {p.times or ''}", p.worth, draws)
        for p in game.payoffs
    ])  # fmt: skip


def rationality_draws(case: Case, draws: int) -> Floats:
    """(N,) of the assumed band, on a logarithmic scale."""
    band = in_force(case, DEFAULTS)["rationality"].band
    if band is None:
        raise ValueError("assumption rationality has no figure")
    uniform = strata(stream(case.seed, "calculus rationality"), draws)
    return log_triangle(uniform, band.low, band.middle, band.high)


def play(
    tree: Tree, worths: Floats, facts: Mapping[str, Floats], rationality: Floats | None
) -> Solution:
    """The game solved with these payoffs and facts in every draw."""
    draws = worths.shape[1]
    scales = np.array([
        np.ones(draws) if p.times is None else facts[p.times] for p in tree.game.payoffs
    ])  # fmt: skip
    return solve(tree, payoffs(tree, worths, scales), dict(facts), rationality)


def odds(values: Floats) -> Odds:
    """Mean and 5th to 95th percentile of (N,)."""
    low, high = band_over(values)
    return Odds(float(values.mean()), float(low), float(high))


def chances(tree: Tree, solution: Solution) -> dict[str, Floats]:
    """Consequence -> (N,) chance that it comes about."""
    return {
        c.id: solution.reached[[c.id in e.consequences for e in tree.ends]].sum(axis=0)
        for c in tree.game.consequences
    }


def measures(tree: Tree, solution: Solution) -> dict[str, Odds]:
    """Consequence -> chance that it comes about, over draws."""
    return {c: odds(v) for c, v in chances(tree, solution).items()}


def _world(tree: Tree, kind: WorldKind, solution: Solution) -> World:
    moves, reached = _moves(tree, solution)
    return World(
        kind.key, kind.name, measures(tree, solution),
        {a.id: odds(solution.worth[i]) for i, a in enumerate(tree.game.actors)},
        moves, reached, tuple(odds(each) for each in solution.reached),
    )  # fmt: skip


def _moves(tree: Tree, solution: Solution) -> tuple[dict[tuple[str, str], Odds], dict[str, float]]:
    """Chance of each move where its node is reached, over all ways to it; chance of the node."""
    came: dict[str, Floats] = {}
    taken: dict[tuple[str, str], Floats] = {}
    for at, place in enumerate(tree.places):
        here = [e for e, end in enumerate(tree.ends) if end.path[: len(place.path)] == place.path]
        arrival = solution.reached[here].sum(axis=0)
        came[place.node.id] = came.get(place.node.id, 0.0) + arrival
        for m, branch in enumerate(place.branches):
            key = (place.node.id, branch.move.id)
            taken[key] = taken.get(key, 0.0) + arrival * solution.choices[at][m]
    shares_of = {
        key: odds(np.where(came[key[0]] > 0, value / np.maximum(came[key[0]], 1e-300), 0.0))
        for key, value in taken.items()
    }
    return shares_of, {node: float(value.mean()) for node, value in came.items()}


def _difference(tree: Tree, key: str, name: str, one: Solution, other: Solution) -> Difference:
    first, second = chances(tree, one), chances(tree, other)
    return Difference(
        key, name, {c: odds(first[c] - second[c]) for c in first},
        {a.id: odds(one.worth[i] - other.worth[i]) for i, a in enumerate(tree.game.actors)},
    )  # fmt: skip
