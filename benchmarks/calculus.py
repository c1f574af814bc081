"""Crisis games: the time of 10,000 draws of those that ship, and of one with many ways."""

from __future__ import annotations

import resource
import time
from dataclasses import replace

from benchmarks.tables import show
from shieldwall.calculus.calculate import calculus
from shieldwall.case.game_records import Actor, Consequence, Game, Move, Node, Payoff
from shieldwall.case.records import Band
from tools.calculus_tables import CASES, played, rooms

DRAWS = 10_000
LONG = 12
"""Choices one after another, of two moves each: 4,096 ways."""


def long_game(choices: int = LONG, extra: int = 96) -> Game:
    """Two governments who choose in turn; each move brings something, valued by both."""
    where = "benchmark"
    moves = [(f"m{n}{k}", f"c{n}{k}") for n in range(choices) for k in "ab"]
    nodes = tuple(
        Node(
            f"n{n}", ("host", "adversary")[n % 2], "?",
            tuple(Move(m, m, (c,), f"n{n + 1}" if n + 1 < choices else None, None)
                  for m, c in moves[2 * n : 2 * n + 2]), where,
        )
        for n in range(choices)
    )  # fmt: skip
    consequences = tuple(
        Consequence(c, c, "strike" if n == 2 * choices - 1 else "other", where)
        for n, (_, c) in enumerate(moves)
    )
    more = tuple(Consequence(f"x{n}", f"x{n}", "other", where) for n in range(extra))
    payoffs = tuple(
        Payoff(actor, c.id, Band(-2, 0, 3), None, "made up", where)
        for c in (*consequences, *more) for actor in ("host", "adversary")
    )[: 98 + extra]  # fmt: skip
    return Game(
        "made up", "made up",
        (Actor("host", "Host", "host", where), Actor("adversary", "Other", "adversary", where)),
        (), (*consequences, *more), payoffs, nodes, where,
    )  # fmt: skip


def main() -> None:
    """Print the table."""
    rows = []
    for name in CASES:
        began = time.process_time()
        _, found = played(name, DRAWS)
        rows.append((name, len(found.tree.ends), len(found.game.payoffs), DRAWS,
                     f"{time.process_time() - began:.1f} s"))  # fmt: skip
    case, _ = played(CASES[0], 64)
    began = time.process_time()
    found = calculus(replace(case, game=long_game()), *rooms(CASES[0]))
    if found is None:
        raise ValueError("no game")
    rows.append(("4,096 ways", len(found.tree.ends), len(found.game.payoffs), found.draws,
                 f"{time.process_time() - began:.1f} s"))  # fmt: skip
    show("Crisis games, all worlds, levels and unknowns; one processor's time",
          ("game", "ways", "payoffs", "draws", "time"), rows)  # fmt: skip
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"most memory of the process: {most:.1f} GB")
