"""The tables of control.toml, indicators.toml and outcome.toml: who operates the network."""

from __future__ import annotations

from typing import Literal, get_args

from pydantic import Field

from shieldwall.case.control_records import ForetoldEvent, Group, Need, Variable
from shieldwall.case.records import Family
from shieldwall.case.schema_values import Day, Id, Name, ShareBand, Table, Text, Time


class TransferTable(Table):
    """A system that a supplier has handed to a host: who could operate it."""

    system: Id = Field(description="a catalogue id of a system or radar")
    host: Name = Field(description="the country that is to operate it")
    supplier: Name = Field(description="the country that supplied it; the host where it is its own")
    delivered: Time | None = Field(None, description="when the first came; leave out if unknown")
    published: Time | None = Field(None, description="when that was first published")
    source: Text = Field(description="who published it")
    note: Text | None = Field(None, description="anything a reader should know")


class ObservationTable(Table):
    """Claims that say an indicator was so, or was not."""

    id: Id = Field(description="a name for this observation")
    indicator: Id = Field(
        description="the id of an indicator; `shieldwall control CASE --signs` lists them"
    )
    system: Id | None = Field(
        None, description="a [[transfer]]'s system; leave out for all of them, or the mission"
    )
    claims: list[Id] = Field(min_length=1, description="the claims that report it")
    says: Literal["yes", "no"] = Field(
        "yes", description="whether they say, taken at their word, that it was so"
    )
    note: Text | None = Field(None, description="why they are read so")


class ForetoldTable(Table):
    """An event to forecast, named before it is known."""

    id: Id = Field(description="a name for this event")
    text: Text = Field(description="the event, in one sentence")
    event: ForetoldEvent = Field(description=f"one of: {', '.join(get_args(ForetoldEvent))}")
    system: Id | None = Field(
        None,
        description="a [[transfer]]'s system; leave out for any of them, if connected or operated",
    )
    on: Day = Field(description="the day it is asked for, without quotes")
    seen: ShareBand | None = Field(
        None, description='for "seen in action": chance of being seen, if there and attacked'
    )
    document: float | None = Field(
        None, ge=0, le=1, description="what the document's own reading comes to"
    )
    reason: Text = Field(description="why it is asked, and why these chances")
    registered: Day | None = Field(
        None,
        description="the day it was written down; a day before it (--as-of) does not ask it, nor "
        "does any earlier day where this is left out",
    )


class OutcomeTable(Table):
    """How a foretold event came out: for scoring only, never evidence."""

    foretold: Id = Field(description="the id of a [[foretold]] in control.toml")
    happened: bool = Field(description="true or false")
    claims: list[Id] = Field(min_length=1, description="the claims that say so")
    reason: Text = Field(description="why it is judged so")


class LookTable(Table):
    """How an indicator can be looked for among published things."""

    how: Text = Field(description="what to look at, where it is published")
    family: Family = Field(description="statement, flight, imagery, sighting or press")
    effort_days: float = Field(gt=0, le=1000, description="an analyst's days of work")
    wait_days: float = Field(gt=0, le=3650, description="days until it can be had")
    hit: float = Field(ge=0, le=1, description="chance of finding it, where it is so")
    false_alarm: float = Field(ge=0, le=1, description="chance of the same, where it is not")


class IndicatorTable(Table):
    """A sign that is likelier in some states than in others."""

    id: Id = Field(description="the name observations use for it")
    name: Name = Field(description="what the report calls it: a statement that is so or not")
    group: Group = Field(description="mission, command or observable: which key indicator")
    of: Variable = Field(description="what it tells of: operators, mission or connection")
    need: Need | None = Field(None, description="crews or upkeep, where it is itself that need")
    persistence_weeks: float = Field(
        gt=0, le=1040, description="readings within so many weeks of the first are of one thing"
    )
    likelihood: dict[Id, ShareBand] = Field(
        description="state = { low, likely, high }: chance of its being so in that state"
    )
    reason: Text = Field(description="why these chances")
    look: LookTable | None = Field(None, description="how it can be looked for")
