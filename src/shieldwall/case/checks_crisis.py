"""What a game says that nothing reads, and what it would take too long to solve.

Asked only of a game whose tables are sound and fit each other, so that one slip is told once.
"""

from __future__ import annotations

from itertools import chain

from shieldwall.case.rules import Problems
from shieldwall.case.tables import Tables

MAX_WORK = 400_000
"""Ways through the game times payoffs and facts: a quarter of a minute on two idle cores, a minute
on busy ones, and 0.6 GB. Every payoff and fact is moved over its band, and every way played."""


def crisis_problems(tables: Tables) -> Problems:
    """Every problem of a game that is sound otherwise."""
    yield from _scale(tables)
    yield from _brought(tables)
    yield from _used(tables)
    yield from _work(tables)


def _scale(tables: Tables) -> Problems:
    """The ends of the scale are in order, and every payoff lies between them."""
    for game in tables.games:
        worst, best = game.table.worst, game.table.best
        if worst >= best:
            yield game.problem("worst", f"must be less than best ({best:g})", worst)
            return
        for entry in tables.payoffs:
            for key in ("low", "likely", "high"):
                value = getattr(entry.table.worth, key)
                if value is not None and not worst <= value <= best:
                    message = (
                        f"lies beyond the scale, from worst ({worst:g}) to best ({best:g}); keep "
                        f"to it, or state a wider one at {game.where}"
                    )
                    yield entry.problem(("worth", key), message, value)
                    break


def _brought(tables: Tables) -> Problems:
    """A consequence that no move brings never comes about, whatever it is worth."""
    moves = chain.from_iterable(entry.table.move for entry in tables.nodes)
    brought = set(chain.from_iterable(move.brings for move in moves))
    for entry in tables.consequences:
        if entry.table.id not in brought:
            message = "is brought by no move, so that it never comes about; name it in brings of a "
            yield entry.problem("id", f"{message}[[node.move]], or delete it", entry.table.id)


def _used(tables: Tables) -> Problems:
    """A fact that scales no payoff and is the chance of no move changes nothing."""
    moves = chain.from_iterable(entry.table.move for entry in tables.nodes)
    used = {move.chance for move in moves} | {entry.table.times for entry in tables.payoffs}
    for entry in tables.facts:
        if entry.table.id not in used:
            message = "is read by nothing; name it in times of a [[payoff]] or in chance of a "
            yield entry.problem("id", f"{message}[[node.move]], or delete it", entry.table.id)


def _work(tables: Tables) -> Problems:
    """Ways times what is moved over its band: what solving it takes."""
    nodes = {entry.table.id: entry for entry in tables.nodes}
    moves = chain.from_iterable(entry.table.move for entry in tables.nodes)
    if not {move.leads for move in moves} <= {None, *nodes}:
        return  # too much is wrong elsewhere for every table to have been read
    counted: dict[str, int] = {}

    def ways(id: str) -> int:
        if id not in counted:
            moves = nodes[id].table.move
            counted[id] = sum(1 if m.leads is None else ways(m.leads) for m in moves)
        return counted[id]

    for root in tables.nodes[:1]:
        many, moved = ways(root.table.id), len(tables.payoffs) + len(tables.facts)
        if many * moved > MAX_WORK:
            message = (
                f"begins {many:,} ways through a game of {moved} payoffs and facts; {many:,} × "
                f"{moved} is {many * moved:,}, and at most {MAX_WORK:,} are solved: leave out what "
                "decides little"
            )
            yield root.problem("id", message, root.table.id)
