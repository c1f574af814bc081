"""From a case's game to what the network changes: the one door of the room."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shieldwall.calculus.answered import answered
from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.facts import (
    DIFFERENCES,
    WorldKind,
    drawn_band,
    facts_in,
    of_raid,
    worlds_of,
)
from shieldwall.calculus.play import Counted, Inputs, Played, count, play, raid_means
from shieldwall.calculus.records import (
    ByRationality,
    Calculus,
    Difference,
    Odds,
    World,
)
from shieldwall.calculus.sensitivity import ANY_STRIKE, hangs
from shieldwall.calculus.tree import Tree, lay_out
from shieldwall.case.assumed import in_force
from shieldwall.case.game_records import Game
from shieldwall.case.records import Band, Case
from shieldwall.control.records import OperationalControl
from shieldwall.draws import band_over, log_triangle, strata, stream
from shieldwall.raid.records import RaidOutcomes, fate_key

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
    kinds = worlds_of(game)
    inputs = {k.key: inputs_in(case, tree, k, control, fought, draws) for k in kinds}
    worlds, counted = [], {}
    for kind in kinds:
        played = play(inputs[kind.key])
        worlds.append(_world(tree, kind, played))
        counted[kind.key] = Counted(played.chances, played.worth)
    found = inputs["drawn"]
    hanging = hangs(found)
    strikes = hanging.pop(ANY_STRIKE)
    return Calculus(
        game=game,
        tree=tree,
        worlds=tuple(worlds),
        differences=tuple(
            _difference(game, key, name, counted[one], counted[other])
            for key, name, one, other in DIFFERENCES
            if one in counted and other in counted
        ),
        rationality=tuple(
            ByRationality(level, measures(game, count(found.choosing(level))))
            for level in RATIONALITIES
        ),
        turnings=strikes.turnings,
        shares=strikes.shares,
        payoffs_outweigh=strikes.payoffs_outweigh,
        answered=answered(case, game),
        facts={f: odds(v[0]) for f, v in found.facts.items()},
        draws=draws,
        assumed_total=strikes.assumed_total,
        evidence_total=strikes.evidence_total,
        hangs=hanging,
        by_state={
            f.id: {
                fate_key(*tree.states[s]): odds(found.facts[f.id][s])
                for s in tree.states_read(f.id)
            }
            for f in game.facts if of_raid(f)
        },
    )  # fmt: skip


def inputs_in(
    case: Case,
    tree: Tree,
    world: WorldKind,
    control: OperationalControl,
    fought: RaidOutcomes,
    draws: int,
) -> Inputs:
    """Everything drawn, in one world; the same draws in all of them."""
    facts = facts_in(case, tree, world, control, fought, draws)
    return Inputs(
        tree, payoff_draws(case, tree.game, draws), facts, rationality_draws(case, draws),
        knowledge_draws(case, draws), raid_means(tree, facts), world.lacks,
    )  # fmt: skip


def payoff_draws(case: Case, game: Game, draws: int) -> Floats:
    """(P, N) of every payoff's band, each from a stream of its own."""
    return np.array([
        drawn_band(case.seed, f"payoff {p.actor} {p.consequence} {p.times or ''}", p.worth, draws)
        for p in game.payoffs
    ])  # fmt: skip


def rationality_draws(case: Case, draws: int) -> Floats:
    """(N,) of the assumed band, on a logarithmic scale."""
    band = _assumed(case, "rationality")
    uniform = strata(stream(case.seed, "calculus rationality"), draws)
    return log_triangle(uniform, band.low, band.middle, band.high)


def knowledge_draws(case: Case, draws: int) -> Floats:
    """(N,) of the assumed band."""
    return drawn_band(case.seed, "foreknowledge", _assumed(case, "foreknowledge"), draws)


def _assumed(case: Case, id: str) -> Band:
    band = in_force(case, DEFAULTS)[id].band
    if band is None:
        raise ValueError(f"assumption {id} has no figure")
    return band


def odds(values: Floats) -> Odds:
    """Mean and 5th to 95th percentile of (N,)."""
    low, high = band_over(values)
    return Odds(float(values.mean()), float(low), float(high))


def share_odds(taken: Floats, came: Floats) -> Odds | None:
    """How often what comes to a node takes a move there: the mean over all arrivals, and the 5th
    to 95th percentile of the draws' own shares, each weighed by its arrivals; ``None``: there are
    no arrivals. Both (N,)."""
    if not came.any():
        return None
    there = came > 0
    shares, weights = taken[there] / came[there], came[there]
    order = np.argsort(shares, kind="stable")
    sums = np.cumsum(weights[order])
    last = order.size - 1
    low = min(int(np.searchsorted(sums, 0.05 * sums[-1], side="right")), last)
    high = min(int(np.searchsorted(sums, 0.95 * sums[-1], side="left")), last)
    return Odds(
        float(taken.sum() / came.sum()), float(shares[order[low]]), float(shares[order[high]])
    )


def measures(game: Game, found: Counted) -> dict[str, Odds]:
    """Consequence -> chance that it comes about, over draws."""
    return {c.id: odds(found.chances[n]) for n, c in enumerate(game.consequences)}


def _world(tree: Tree, kind: WorldKind, played: Played) -> World:
    game = tree.game
    return World(
        kind.key, kind.name, measures(game, played),
        {a.id: odds(played.worth[i]) for i, a in enumerate(game.actors)},
        {step: share_odds(value, played.came[step[0]]) for step, value in played.taken.items()},
        {node: float(value.mean()) for node, value in played.came.items()},
        tuple(odds(each) for each in played.ends), tuple(float(p) for p in played.places),
    )  # fmt: skip


def _difference(game: Game, key: str, name: str, one: Counted, other: Counted) -> Difference:
    chances, worth = one.chances - other.chances, one.worth - other.worth
    return Difference(
        key, name, {c.id: odds(chances[n]) for n, c in enumerate(game.consequences)},
        {a.id: odds(worth[i]) for i, a in enumerate(game.actors)},
    )  # fmt: skip
