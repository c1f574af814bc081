"""Tables of network.toml and raids.toml, turned into records."""

from __future__ import annotations

from shieldwall.case import raid_records as records
from shieldwall.case.entries import Entry
from shieldwall.case.rules import band_if
from shieldwall.case.schema_raid import (
    CrewTable,
    DoctrineTable,
    FunctionTable,
    RaidGroupTable,
    RaidTable,
)


def function(entry: Entry[FunctionTable]) -> records.Function:
    """The record of a [[function]]."""
    table = entry.table
    return records.Function(
        id=table.id,
        name=table.name,
        kind=table.kind,
        needs=table.needs,
        serves=tuple(table.serves),
        made_of=tuple(table.made_of),
        works=band_if(table.works),
        delay_s=band_if(table.delay_s),
        capacity=band_if(table.capacity),
        reason=table.reason,
        where=entry.where,
    )


def doctrine(entry: Entry[DoctrineTable]) -> records.Doctrine:
    """The record of a [[doctrine]]."""
    table = entry.table
    return records.Doctrine(
        table.system, table.firing, table.salvo, table.looks, table.reason, entry.where
    )


def crew(entry: Entry[CrewTable]) -> records.Crew:
    """The record of a [[crew]]."""
    return records.Crew(entry.table.system, entry.table.training, entry.table.reason, entry.where)


def raid(entry: Entry[RaidTable]) -> records.Raid:
    """The record of a [[raid]], its groups and outages."""
    table = entry.table
    return records.Raid(
        id=table.id,
        name=table.name,
        area=table.area,
        axis=table.axis,
        groups=tuple(_group(each) for each in table.group),
        outages=tuple(
            records.Outage(out.function, out.from_s, out.for_s) for out in table.unavailable
        ),
        reason=table.reason,
        where=entry.where,
    )


def _group(table: RaidGroupTable) -> records.RaidGroup:
    return records.RaidGroup(
        table.threat,
        table.number,
        table.decoys,
        table.spacing_s,
        table.arrivals,
        table.after_s,
        band_if(table.altitude_m),
    )
