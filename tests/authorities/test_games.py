"""Solutions of games against Gambit: outputs of pygambit 17.0.0b2, kept in ``gambit/quantal.json``.

Gambit's stable releases have no wheel for Python 3.11; the file says how its outputs were made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from random_games import as_game, random_game
from shieldwall.calculus.solve import Solution, payoffs, solve
from shieldwall.calculus.tree import Tree, lay_out

KEPT = json.loads((Path(__file__).parent / "gambit" / "quantal.json").read_text("utf-8"))
LAMBDAS = ("0.3", "1.0", "3.0")


def solved(plain: dict[str, Any], rationality: float | None) -> tuple[Tree, Solution]:
    game, chances = as_game(plain)
    tree = lay_out(game)
    worths = np.array([[p.worth.low] for p in game.payoffs])
    ends = payoffs(tree, worths, np.ones_like(worths))
    level = None if rationality is None else np.array([rationality])
    return tree, solve(tree, ends, {f: np.array([p]) for f, p in chances.items()}, level)


@pytest.mark.parametrize("number", range(len(KEPT["games"])))
def test_quantal_response_is_gambits(number: int) -> None:
    kept = KEPT["games"][number]
    assert kept["game"] == random_game(number)
    for level in LAMBDAS:
        tree, solution = solved(kept["game"], float(level))
        decisions = [n for n, place in enumerate(tree.places) if place.actor >= 0]
        for at, theirs in zip(decisions, kept["qre"][level], strict=True):
            np.testing.assert_allclose(solution.choices[at][:, 0], theirs, atol=1e-6)
        np.testing.assert_allclose(solution.worth[:, 0], kept["worth"][level], atol=1e-6)


@pytest.mark.parametrize("number", range(len(KEPT["games"])))
def test_subgame_perfect_is_the_limit_of_rationality(number: int) -> None:
    plain = KEPT["games"][number]["game"]
    tree, perfect = solved(plain, None)
    _, sharp = solved(plain, 1e5)
    for at, place in enumerate(tree.places):
        if place.actor >= 0:
            np.testing.assert_allclose(perfect.choices[at], sharp.choices[at], atol=1e-6)
    np.testing.assert_allclose(perfect.worth, sharp.worth, atol=1e-3)


def test_nobody_gains_by_another_move_in_any_subgame() -> None:
    """Subgame perfection by enumeration: no single deviation at any place pays (Selten 1965)."""
    for number in range(len(KEPT["games"])):
        tree, found = solved(KEPT["games"][number]["game"], None)
        game, chances = as_game(KEPT["games"][number]["game"])
        pay = payoffs(
            tree, np.array([[p.worth.low] for p in game.payoffs]), np.ones((len(game.payoffs), 1))
        )
        assert chances is not None

        def value(at: int, tree: Tree = tree, found: Solution = found, pay: Any = pay) -> Any:
            if at < 0:
                return pay[-1 - at][:, 0]
            return sum(
                found.choices[at][m, 0] * value(b.to, tree, found, pay)
                for m, b in enumerate(tree.places[at].branches)
            )

        for at, place in enumerate(tree.places):
            if place.actor >= 0:
                mine = value(at)[place.actor]
                assert all(value(b.to)[place.actor] <= mine + 1e-12 for b in place.branches)
