"""What must hold between the tables of control.toml, indicators.toml and outcome.toml."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shieldwall.case.control_records import STATES
from shieldwall.case.documents import did_you_mean
from shieldwall.case.entries import Entry
from shieldwall.case.rules import Problems, band_problems, known_id, sound
from shieldwall.case.schema_control import IndicatorTable, TransferTable
from shieldwall.case.tables import Tables


def control_problems(tables: Tables) -> Problems:
    """Every problem of these tables."""
    yield from _asked(tables)
    for entry in filter(sound, tables.indicators):
        yield from indicator_problems(entry)
    yield from _outcomes(tables)


def _asked(tables: Tables) -> Problems:
    known = {entry.table.system for entry in tables.transfers}
    foreign = {entry.table.system for entry in tables.transfers if not _domestic(entry)}
    asked: Sequence[Entry[Any]] = (*tables.observations, *tables.foretold)
    for entry in asked:
        system = entry.table.system
        if system is not None and system not in known:
            message = "has no [[transfer]] in control.toml; write who supplied it to whom"
            yield entry.problem("system", message, system)
        elif system is not None and system not in foreign:
            message = "is of the host's own make: nobody else could operate it; leave this out"
            yield entry.problem("system", message, system)
    yield from _deliveries(tables)
    yield from _said_both_ways(tables)
    yield from _one_mission(tables)
    for observation in filter(sound, tables.observations):
        for i, claim in enumerate(observation.table.claims):
            yield from known_id(observation, ("claims", i), claim, tables, "claim", "claims.toml")
    for foretold in filter(sound, tables.foretold):
        table = foretold.table
        if (table.event == "seen in action") != (table.seen is not None):
            message = 'is for event = "seen in action", which needs it'
            yield foretold.problem("seen", message, table.event)
        if table.seen is not None:
            yield from band_problems(foretold, table.seen, ("seen",))
        if table.event == "seen in action" and table.system is None:
            yield foretold.problem("system", "is missing: which one is to be seen in action?")
        as_of = None if tables.head is None else tables.head.table.as_of
        if as_of is not None and table.on < as_of:
            yield foretold.problem("on", f"lies before as_of ({as_of})", table.on)
        elif table.registered is not None and table.registered > table.on:
            message = f"lies after the day it is asked for ({table.on})"
            yield foretold.problem("registered", message, table.registered)


def _domestic(entry: Entry[TransferTable]) -> bool:
    host, supplier = entry.table.host, entry.table.supplier
    return host is not None and supplier is not None and host.casefold() == supplier.casefold()


def _deliveries(tables: Tables) -> Problems:
    """What comes after the as-of date is no transfer yet."""
    as_of = None if tables.head is None else tables.head.table.as_of
    for entry in filter(sound, tables.transfers):
        for key in ("delivered", "published"):
            moment = getattr(entry.table, key)
            if as_of is not None and moment is not None and moment.start.date() > as_of:
                message = f"lies after as_of ({as_of}): it has not come yet; leave it out"
                yield entry.problem(key, message, moment.text)


def _said_both_ways(tables: Tables) -> Problems:
    """A claim says that a sign was so, or that it was not."""
    said: dict[tuple[str, str], str] = {}
    for entry in filter(sound, tables.observations):
        table = entry.table
        for i, claim in enumerate(table.claims):
            if said.setdefault((table.indicator, claim), table.says) != table.says and (
                table.system is None
            ):
                message = f"says the opposite of {table.indicator} in another observation"
                yield entry.problem(("claims", i), message, claim)


def _one_mission(tables: Tables) -> Problems:
    """All systems from abroad share one mission: of one supplier, in one host."""
    foreign = [entry for entry in filter(sound, tables.transfers) if not _domestic(entry)]
    for entry in foreign[1:]:
        for key in ("host", "supplier"):
            first, other = getattr(foreign[0].table, key), getattr(entry.table, key)
            if first.casefold() != other.casefold():
                message = f"differs from {first}: one mission is asked for; make a case for each"
                yield entry.problem(key, message, other)


def indicator_problems(entry: Entry[IndicatorTable]) -> Problems:
    """What is wrong between the keys of one indicator."""
    table, states = entry.table, STATES[entry.table.of]
    for state in (s for s in table.likelihood if s not in states):
        message = f"is no state of {table.of}: {', '.join(states)}{did_you_mean(state, states)}"
        yield entry.problem(("likelihood", state), message, state)
    for state in (s for s in states if s not in table.likelihood):
        message = f"has no {state}: write a chance for every state of {table.of}"
        yield entry.problem("likelihood", message)
    for state, band in table.likelihood.items():
        yield from band_problems(entry, band, ("likelihood", state))
    if table.need is not None and table.of != "operators":
        yield entry.problem("need", 'is for of = "operators"', table.need)


def _outcomes(tables: Tables) -> Problems:
    """What tells an outcome came later, and so can be no evidence."""
    as_of = None if tables.head is None else tables.head.table.as_of
    claims = {entry.table.id: entry.table for entry in tables.claims if entry.sound}
    for entry in filter(sound, tables.outcomes):
        table = entry.table
        yield from known_id(entry, "foretold", table.foretold, tables, "foretold", "control.toml")
        for i, id in enumerate(table.claims or []):
            yield from known_id(entry, ("claims", i), id, tables, "claim", "claims.toml")
            claim = claims.get(id)
            if claim is None or as_of is None:
                continue
            if claim.publication is None or claim.publication.start.date() <= as_of:
                message = f"must have been published after as_of ({as_of}): it would be evidence"
                yield entry.problem(("claims", i), message, id)
