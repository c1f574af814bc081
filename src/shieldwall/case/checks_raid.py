"""What must hold between the tables of network.toml and raids.toml, and with the rest of a case."""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from typing import Any

from shieldwall.case.documents import shown
from shieldwall.case.entries import Entry
from shieldwall.case.rules import (
    Problems,
    band_problems,
    in_catalogue,
    known_id,
    repeats,
    sound,
)
from shieldwall.case.tables import CatalogueIds, Tables

MAX_FUNCTIONS = 100
"""Functions are classes of things: a network has about ten."""
MAX_RAIDS = 100

KINDS = {
    "made_of": ("sensor",),
    "capacity": ("command",),
    "delay_s": ("sensor", "command", "link"),
}
"""Keys of a function that mean something for these kinds only."""


def raid_problems(tables: Tables) -> Problems:
    """Every problem of functions, doctrines, crews and raids, the catalogue apart."""
    yield from _unique(tables)
    yield from _few(tables)
    yield from _functions(tables)
    yield from _circles(tables)
    yield from _crews(tables)
    yield from _raids(tables)


def raid_catalogue(tables: Tables, catalogue: CatalogueIds) -> Problems:
    """Systems and radars that the catalogue does not have."""
    systems = frozenset(catalogue.systems)
    for entry in filter(sound, tables.functions):
        for key, allowed in (("serves", systems), ("made_of", systems | set(catalogue.radars))):
            for i, id in enumerate(getattr(entry.table, key)):
                yield from in_catalogue(entry, (key, i), id, allowed)
    fired: Iterator[Entry[Any]] = chain(tables.doctrines, tables.crews)
    for each in fired:
        yield from in_catalogue(each, "system", each.table.system, systems)


def _unique(tables: Tables) -> Problems:
    yield from repeats(tables.functions, "id", lambda table: table.id)
    yield from repeats(tables.raids, "id", lambda table: table.id)
    for group, kind in ((tables.doctrines, "doctrine"), (tables.crews, "crew")):
        same = f"has a [[{kind}]] already"
        yield from repeats(group, "system", lambda table: table.system, same)


def _few(tables: Tables) -> Problems:
    if len(tables.functions) > MAX_FUNCTIONS:
        message = f"is one too many: at most {MAX_FUNCTIONS} are read; a function is a class"
        yield tables.functions[MAX_FUNCTIONS].problem("id", message)
    if len(tables.raids) > MAX_RAIDS:
        message = f"is one too many: at most {MAX_RAIDS} are read; make a case for the others"
        yield tables.raids[MAX_RAIDS].problem("id", message)


def _functions(tables: Tables) -> Problems:
    sites = {e.table.id: e.table.name for e in tables.places if e.sound}
    named = {name.casefold(): id for id, name in sites.items()}
    for entry in filter(sound, tables.functions):
        table = entry.table
        for i, group in enumerate(table.needs):
            for j, id in enumerate(group):
                path = ("needs", i, j)
                yield from known_id(entry, path, id, tables, "function", "network.toml")
        for key, kinds in KINDS.items():
            if getattr(table, key) not in (None, []) and table.kind not in kinds:
                wanted = " or ".join(f'"{kind}"' for kind in kinds)
                message = f'is for kind = {wanted}, not "{table.kind}"; leave it out'
                yield entry.problem(key, message)
        for key in ("works", "delay_s", "capacity"):
            band = getattr(table, key)
            if band is not None:
                yield from band_problems(entry, band, (key,))
        place = table.id if table.id in sites else named.get(table.name.casefold())
        if place is not None:
            message = f"is the place {place}; a function is a class of things, never a site"
            key = "id" if table.id in sites else "name"
            yield entry.problem(key, message, getattr(table, key))


def _circles(tables: Tables) -> Problems:
    """A function that needs itself, by whatever way: nothing could work first."""
    functions = {entry.table.id: entry for entry in filter(sound, tables.functions)}
    needed = {
        id: [need for need in chain.from_iterable(entry.table.needs) if need in functions]
        for id, entry in functions.items()
    }
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        way = error.args[1][::-1]
        circle = shown(" -> ".join(way)).strip("'")
        message = f"goes in a circle ({circle}); no function may need itself"
        yield functions[way[0]].problem("needs", message)


def _crews(tables: Tables) -> Problems:
    abroad = {
        entry.table.system
        for entry in filter(sound, tables.transfers)
        if entry.table.host.casefold() != entry.table.supplier.casefold()
    }
    for entry in filter(sound, tables.crews):
        if entry.table.system in abroad:
            message = "has a [[transfer]] from abroad, which tells who operates it; leave this out"
            yield entry.problem("system", message, entry.table.system)


def _raids(tables: Tables) -> Problems:
    for entry in tables.raids:
        table = entry.table
        yield from known_id(entry, "area", table.area, tables, "defended_area", "case.toml")
        yield from known_id(entry, "axis", table.axis, tables, "origin", "case.toml")
        for i, group in enumerate(table.group or ()):
            path = ("group", i, "threat")
            yield from known_id(entry, path, group.threat, tables, "threat", "case.toml")
            if group.altitude_m is not None:
                yield from band_problems(entry, group.altitude_m, ("group", i, "altitude_m"))
        for i, out in enumerate(table.unavailable or ()):
            path = ("unavailable", i, "function")
            yield from known_id(entry, path, out.function, tables, "function", "network.toml")
