"""Tables of control.toml, indicators.toml and outcome.toml, turned into records."""

from __future__ import annotations

from shieldwall.case import control_records as records
from shieldwall.case.entries import Entry
from shieldwall.case.rules import band_if, band_of
from shieldwall.case.schema_control import (
    ForetoldTable,
    IndicatorTable,
    ObservationTable,
    OutcomeTable,
    TransferTable,
)


def transfer(entry: Entry[TransferTable]) -> records.Transfer:
    """The record of a [[transfer]]."""
    table = entry.table
    return records.Transfer(
        system=table.system,
        host=table.host,
        supplier=table.supplier,
        delivered=table.delivered,
        source=table.source,
        note=table.note or "",
        where=entry.where,
        published=table.published,
    )


def observation(entry: Entry[ObservationTable]) -> records.Observation:
    """The record of an [[observation]]."""
    table = entry.table
    return records.Observation(
        table.id, table.indicator, table.system, tuple(table.claims), table.says,
        table.note or "", entry.where,
    )  # fmt: skip


def foretold(entry: Entry[ForetoldTable]) -> records.Foretold:
    """The record of a [[foretold]]."""
    table = entry.table
    return records.Foretold(
        table.id, table.text, table.event, table.system, table.on,
        band_if(table.seen), table.document, table.reason,
        entry.where, table.registered,
    )  # fmt: skip


def outcome(entry: Entry[OutcomeTable]) -> records.Outcome:
    """The record of an [[outcome]]."""
    table = entry.table
    return records.Outcome(
        table.foretold, table.happened, tuple(table.claims), table.reason, entry.where
    )


def indicator(table: IndicatorTable, where: str) -> records.Indicator:
    """The record of an indicator, whichever file its table stands in."""
    look = table.look
    return records.Indicator(
        table.id, table.name, table.group, table.of, table.need, table.persistence_weeks,
        {state: band_of(band) for state, band in table.likelihood.items()}, table.reason,
        None if look is None else records.Look(
            look.how, look.family, look.effort_days, look.wait_days, look.hit, look.false_alarm
        ),
        where,
    )  # fmt: skip
