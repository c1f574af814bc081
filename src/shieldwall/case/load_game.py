"""Tables of game.toml, turned into records."""

from __future__ import annotations

from shieldwall.case import game_records as records
from shieldwall.case.entries import Entry
from shieldwall.case.rules import band_if, band_of
from shieldwall.case.schema_game import (
    ActorTable,
    ConsequenceTable,
    FactTable,
    MoveTable,
    NodeTable,
    PayoffTable,
)
from shieldwall.case.tables import Tables


def game(tables: Tables) -> records.Game | None:
    """The game of a case that has passed its checks; ``None``: it has none."""
    if not tables.games:
        return None
    head = tables.games[0]
    return records.Game(
        scale=head.table.scale,
        note=head.table.note,
        actors=tuple(map(_actor, tables.actors)),
        facts=tuple(map(_fact, tables.facts)),
        consequences=tuple(map(_consequence, tables.consequences)),
        payoffs=tuple(map(_payoff, tables.payoffs)),
        nodes=tuple(map(_node, tables.nodes)),
        where=head.where,
        worst=head.table.worst,
        best=head.table.best,
    )


def _actor(entry: Entry[ActorTable]) -> records.Actor:
    table = entry.table
    return records.Actor(table.id, table.name, table.role, entry.where)


def _fact(entry: Entry[FactTable]) -> records.Fact:
    table = entry.table
    band = band_if(table.band)
    return records.Fact(table.id, table.name, table.of, band, table.reason, entry.where)


def _consequence(entry: Entry[ConsequenceTable]) -> records.Consequence:
    table = entry.table
    return records.Consequence(table.id, table.name, table.measure, entry.where, tuple(table.needs))


def _payoff(entry: Entry[PayoffTable]) -> records.Payoff:
    table = entry.table
    return records.Payoff(
        table.actor, table.consequence, band_of(table.worth), table.times, table.reason, entry.where
    )


def _node(entry: Entry[NodeTable]) -> records.Node:
    table = entry.table
    moves = tuple(map(_move, table.move))
    return records.Node(table.id, table.actor, table.question, moves, entry.where)


def _move(table: MoveTable) -> records.Move:
    return records.Move(
        table.id, table.name, tuple(table.brings), table.leads, table.chance, tuple(table.needs),
        table.network, table.crews,
    )  # fmt: skip
