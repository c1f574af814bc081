"""What must hold between the tables of game.toml, and with the rest of a case."""

from __future__ import annotations

import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any

from shieldwall.case.checks_crisis import crisis_problems
from shieldwall.case.documents import did_you_mean, shown
from shieldwall.case.entries import Entry
from shieldwall.case.game_records import CHANCE
from shieldwall.case.rules import Problems, band_problems, known_id, repeats, sound
from shieldwall.case.schema_game import FactTable, MoveTable, NodeTable
from shieldwall.case.tables import Tables

MAX_NODES = 200
"""Also of facts, consequences and payoffs: an argument that nobody can follow persuades nobody."""
MAX_PATHS = 5_000
"""From the root to an end, with a node played once for each way to it."""

FORMS = (
    "raid.RAID.stopped", "raid.RAID.none_through", "control.SYSTEM.at_consoles",
    "control.SYSTEM.connected", "control.mission.operating",
)  # fmt: skip
"""What a fact may be of."""

MISSION = "control.mission.operating"
_RAID = re.compile(r"raid\.([a-z0-9_-]+)\.(stopped|none_through)")
_SYSTEM = re.compile(r"control\.([a-z0-9_-]+)\.(at_consoles|connected)")


def game_problems(tables: Tables) -> Problems:
    """Every problem of the game; what nothing reads is looked for where there is no other."""
    every = (_whole, _unique, _actors, _facts, _payoffs, _nodes, _ways, _needs)
    problems = list(chain.from_iterable(check(tables) for check in every))
    yield from problems
    parts: tuple[tuple[Entry[Any], ...], ...] = (
        tables.games, tables.actors, tables.facts, tables.consequences, tables.payoffs,
        tables.nodes,
    )  # fmt: skip
    if not problems and all(map(sound, chain.from_iterable(parts))):
        yield from crisis_problems(tables)


def _whole(tables: Tables) -> Problems:
    others: Iterator[Entry[Any]] = chain(
        tables.actors, tables.facts, tables.consequences, tables.payoffs, tables.nodes
    )
    stray = next(others, None)
    if stray is not None and "game" not in stray.document.data:
        message = "is missing: write one [[game]] with scale and note"
        yield stray.document.problem(("game",), message)
    for again in tables.games[1:]:
        message = f"stands there already ({tables.games[0].where}); a case has one game"
        yield again.problem((), message)
    for game in tables.games[:1]:
        for kind, wanted in (("actor", "who chooses"), ("node", "the first is where it begins")):
            if not game.document.data.get(kind):
                yield game.problem((), f"has no [[{kind}]]: {wanted}; or delete the file")
    groups: tuple[tuple[str, tuple[Entry[Any], ...]], ...] = (
        ("fact", tables.facts), ("consequence", tables.consequences),
        ("payoff", tables.payoffs), ("node", tables.nodes),
    )  # fmt: skip
    for kind, group in groups:
        if len(group) > MAX_NODES:
            message = f"is one [[{kind}]] too many: at most {MAX_NODES} are read"
            yield group[MAX_NODES].problem((), message)


def _unique(tables: Tables) -> Problems:
    groups: tuple[tuple[Entry[Any], ...], ...]
    groups = (tables.actors, tables.facts, tables.consequences, tables.nodes)
    for group in groups:
        yield from repeats(group, "id", lambda table: table.id)
    yield from repeats(tables.actors, "role", lambda table: table.role, "is played already")
    yield from repeats(
        tables.payoffs,
        "consequence",
        lambda table: (table.actor, table.consequence, table.times),
        "has a [[payoff]] of that actor and times already",
    )


def _actors(tables: Tables) -> Problems:
    wanting = {entry.table.actor for entry in tables.payoffs}
    all_known = wanting <= {entry.table.id for entry in tables.actors}
    for entry in tables.actors:
        id = entry.table.id
        if id == CHANCE:
            yield entry.problem("id", "is kept for nodes at which nobody chooses; rename it", id)
        elif id is not None and all_known and id not in wanting:
            message = "has no [[payoff]]: without one, all ends are the same to it"
            yield entry.problem("id", message, id)


def _facts(tables: Tables) -> Problems:
    for entry in filter(sound, tables.facts):
        table = entry.table
        if table.of is None and table.band is None:
            message = f"is missing: write one of {', '.join(FORMS)}, or band for what is assumed"
            yield entry.problem("of", message)
        elif table.of is not None and table.band is not None:
            yield entry.problem("band", "stands beside of; write one of the two")
        elif table.of is not None:
            yield from _source(entry, table.of, tables)
        elif table.band is not None:
            yield from band_problems(entry, table.band, ("band",))


def _source(entry: Entry[FactTable], of: str, tables: Tables) -> Problems:
    """A fact of a raid that the case does not describe, or of a system nobody handed over."""
    raids, transfers = tables.known.get("raid"), tables.known.get("transfer")
    own = {
        each.table.system
        for each in filter(sound, tables.transfers)
        if each.table.host.casefold() == each.table.supplier.casefold()
    }
    foreign = (transfers or frozenset()) - own
    raid, system = _RAID.fullmatch(of), _SYSTEM.fullmatch(of)
    if raid is not None:
        if raids is not None and raid[1] not in raids:
            hint = did_you_mean(raid[1], sorted(raids))
            hint = hint or "; write a [[raid]] of that id in raids.toml"
            yield entry.problem("of", f"names no raid of this case{hint}", of)
    elif of == MISSION:
        if transfers is not None and not foreign:
            message = "asks for a mission from abroad; write a [[transfer]] in control.toml"
            yield entry.problem("of", message, of)
    elif system is not None:
        if system[1] in own:
            message = "is of the host's own make: nobody else could operate it; write a band"
            yield entry.problem("of", message, of)
        elif transfers is not None and system[1] not in foreign:
            hint = did_you_mean(system[1], sorted(foreign))
            hint = hint or "; write a [[transfer]] of it in control.toml"
            yield entry.problem("of", f"names no system that was handed over{hint}", of)
    else:
        known = [f"raid.{id}.{what}" for id in sorted(raids or ()) for what in _ENDS["raid"]]
        known += [f"control.{id}.{what}" for id in sorted(foreign) for what in _ENDS["control"]]
        hint = did_you_mean(of, [*known, *([MISSION] if foreign else [])])
        yield entry.problem("of", f"must be one of: {', '.join(FORMS)}{hint}", of)


_ENDS = {"raid": ("stopped", "none_through"), "control": ("at_consoles", "connected")}


def _payoffs(tables: Tables) -> Problems:
    for entry in tables.payoffs:
        table = entry.table
        for key, kind in (("actor", "actor"), ("consequence", "consequence"), ("times", "fact")):
            yield from known_id(entry, key, getattr(table, key), tables, kind, "game.toml")
        if table.worth is not None:
            yield from band_problems(entry, table.worth, ("worth",))


def _nodes(tables: Tables) -> Problems:
    actors = tables.known.get("actor", frozenset())
    facts = {entry.table.id: entry for entry in filter(sound, tables.facts)}
    said: set[str] = set()
    for entry in tables.nodes:
        actor = entry.table.actor
        if actor is not None and actor not in (CHANCE, *actors):
            hint = did_you_mean(actor, sorted((CHANCE, *actors)))
            hint = hint or '; write an [[actor]] of that id, or "chance"'
            yield entry.problem("actor", f"is no actor of this game{hint}", actor)
        moves = entry.table.move or []
        yield from _moves(entry, moves, tables)
        if actor == CHANCE:
            yield from _rest(entry, moves)
            yield from _chances(entry, moves, facts, said)
        elif actor in actors:
            for i, move in enumerate(moves):
                if move.chance is not None:
                    message = f'is for nodes whose actor is "{CHANCE}"; leave it out'
                    yield entry.problem(("move", i, "chance"), message, move.chance)


def _moves(entry: Entry[NodeTable], moves: list[MoveTable], tables: Tables) -> Problems:
    seen: set[str] = set()
    for i, move in enumerate(moves):
        if move.id in seen:
            message = "is taken by another move of this node; each must be unique"
            yield entry.problem(("move", i, "id"), message, move.id)
        seen.add(move.id)
        for j, id in enumerate(move.brings):
            path = ("move", i, "brings", j)
            yield from known_id(entry, path, id, tables, "consequence", "game.toml")
            if id in move.brings[:j]:
                yield entry.problem(path, "is named twice; a move brings it once", id)
        yield from known_id(entry, ("move", i, "leads"), move.leads, tables, "node", "game.toml")
        yield from known_id(entry, ("move", i, "chance"), move.chance, tables, "fact", "game.toml")


def _rest(entry: Entry[NodeTable], moves: list[MoveTable]) -> Problems:
    """Exactly one outcome of chance takes what the others leave."""
    rest = [i for i, move in enumerate(moves) if move.chance is None]
    if moves and not rest:
        message = "must be left out in one move of the node: that one takes what the others leave"
        yield entry.problem(("move", len(moves) - 1, "chance"), message, moves[-1].chance)
    for i in rest[1:]:
        message = f"is missing: only one move takes what the others leave, here {moves[rest[0]].id}"
        yield entry.problem(("move", i, "chance"), message)


def _chances(
    entry: Entry[NodeTable],
    moves: list[MoveTable],
    facts: dict[str, Entry[FactTable]],
    said: set[str],
) -> Problems:
    """Chances lie between 0 and 1, and those of a node never add up to more."""
    used = [
        (i, facts[move.chance])
        for i, move in enumerate(moves)
        if move.chance is not None and move.chance in facts
    ]
    for i, fact in used:
        for key in ("low", "likely", "high"):
            value = None if fact.table.band is None else getattr(fact.table.band, key)
            if value is not None and value > 1 and fact.table.id not in said:
                said.add(fact.table.id)
                at = f"{moves[i].id} at {entry.table.id}"
                message = f"must be 1 or less: it is the chance of {at}"
                yield fact.problem(("band", key), message, value)
    if len(used) < 2 or all(move.chance is not None for move in moves):
        return
    for i, fact in used:
        if fact.table.of is not None:
            message = "is computed, so it can stand with one other move only; ask at another node"
            yield entry.problem(("move", i, "chance"), message, fact.table.id)
            return
    most = sum(fact.table.band.high for _, fact in used if fact.table.band is not None)
    if most > 1 + 1e-9 and not any(fact.table.id in said for _, fact in used):
        message = f"makes the chances of this node add up to {most:g} at their highest; 1 at most"
        yield entry.problem(("move", used[-1][0], "chance"), message, used[-1][1].table.id)


def _ways(tables: Tables) -> Problems:
    """From the root every node is reached, none leads back to itself, and the ways are few."""
    nodes = {entry.table.id: entry for entry in tables.nodes}
    if not nodes or len(tables.nodes) > MAX_NODES or len(nodes) < len(tables.nodes):
        return
    if not all(map(sound, tables.nodes)):
        return
    leads = {
        id: [move.leads for move in entry.table.move if move.leads is not None]
        for id, entry in nodes.items()
    }
    if not nodes.keys() >= set(chain.from_iterable(leads.values())):
        return
    try:
        order = tuple(TopologicalSorter(leads).static_order())
    except CycleError as error:
        way = error.args[1][::-1]
        circle = shown(" -> ".join(way)).strip("'")
        moves = nodes[way[0]].table.move
        i = next(i for i, move in enumerate(moves) if move.leads == way[1])
        message = f"goes in a circle ({circle}); a game must come to an end"
        yield nodes[way[0]].problem(("move", i, "leads"), message, way[1])
        return
    root, entered = tables.nodes[0], set(chain.from_iterable(leads.values()))
    for id, entry in nodes.items():
        # Whatever else cannot be reached lies behind one of these.
        if id not in entered and entry is not root:
            message = f"is led to by no move, and the game begins at {root.table.id}, the first"
            yield entry.problem("id", message, id)
    paths: dict[str, int] = {}
    for id in order:
        paths[id] = sum(1 if m.leads is None else paths[m.leads] for m in nodes[id].table.move)
    if paths[root.table.id] > MAX_PATHS:
        count = min(paths[root.table.id], 10**9)
        message = f"begins {count:,} ways through the game; at most {MAX_PATHS:,} are solved"
        yield root.problem("id", message, root.table.id)


def _needs(tables: Tables) -> Problems:
    """In every world each node has a move left, and only a supplier has crews to lend."""
    roles = {entry.table.role for entry in tables.actors}
    supplied = "supplier" in roles or not tables.actors
    lone = "speaks of a supplier's crews, and the game has no [[actor]] with role supplier"
    tells: dict[str, str] = {}
    for each in tables.consequences:
        if "crews" in (each.table.needs or []) and not supplied:
            yield each.problem("needs", lone)
    for entry in tables.nodes:
        moves = entry.table.move or []
        if moves and all(move.needs for move in moves):
            message = "stands at every move of the node; one must be there in every world"
            yield entry.problem(("move", len(moves) - 1, "needs"), message)
        for i, move in enumerate(moves):
            if "crews" in move.needs and not supplied:
                yield entry.problem(("move", i, "needs"), lone)
            if move.crews is not None and not supplied:
                yield entry.problem(("move", i, "crews"), lone, move.crews)
            if move.chance is not None and move.network is not None:
                # The worlds that are joined, or are not, set this chance to 1 or 0.
                told = tells.setdefault(move.chance, move.network)
                if told != move.network:
                    message = f"takes {move.chance} for the chance of it, elsewhere that of {told}"
                    yield entry.problem(("move", i, "network"), message, move.network)
