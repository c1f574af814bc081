"""The reference class: published historical transfers of air-defence systems, and their spans.

Each milestone is known to have come on a date, by a date, or not before one. A span between two
milestones is therefore an interval, and where the later one had not come, open above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from typing import Literal, get_args

from shieldwall.case.documents import Document
from shieldwall.case.entries import Entry, entries
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Moment
from shieldwall.case.schema_values import Address, Id, Table, Text, Time
from shieldwall.case.schema_values import Name as Word
from shieldwall.case.shipped import refuse, shipped
from shieldwall.errors import Problem
from shieldwall.evidence.witness import DAYS_PER_YEAR

Name = Literal["delivered", "operational", "host_operates", "independent", "integrated", "reversed"]
FirstBy = Literal["supplier", "contractors", "joint", "host"]
Rate = Literal["enter", "hand", "free", "join"]
Kind = Literal["on", "by", "not by"]

KINDS: dict[str, Kind] = {"date": "on", "by": "by", "not_by": "not by"}
"""How a table says when: the key, and what it says."""

FILE = "control/data/transfers.toml"

SPANS: dict[Rate, tuple[Name, Name]] = {
    "enter": ("delivered", "operational"),
    "hand": ("operational", "host_operates"),
    "free": ("host_operates", "independent"),
    "join": ("delivered", "integrated"),
}
"""What each rate is learnt from. ``hand`` only where the supplier operated first, alone."""


@dataclass(frozen=True)
class Milestone:
    """A step of a transfer, as published."""

    when: Moment
    kind: Kind
    """It came then; it had come by then; it had not come before then."""
    how: str
    source: str
    address: str | None
    evidence: str


@dataclass(frozen=True)
class HistoricTransfer:
    """One historical transfer."""

    id: str
    system: str
    supplier: str
    host: str
    first_by: FirstBy | None
    """Who operated it first; ``None``: unknown."""
    milestones: dict[Name, Milestone]
    note: str


@dataclass(frozen=True)
class Span:
    """How long one step took: between ``low`` and ``high`` years; ``high`` ``None`` where open."""

    transfer: str
    low: float
    high: float | None


class MilestoneTable(Table):
    """A milestone as its file has it; one of date, by and not_by is given."""

    date: Time | None = None
    by: Time | None = None
    not_by: Time | None = None
    how: Text
    source: Text
    address: Address | None = None
    evidence: Word


class OperationalTable(MilestoneTable):
    """The first time it was ready, and who operated it then, where known."""

    first_by: FirstBy | None = None


class HistoricTable(Table):
    """One ``[[transfer]]``. The clock starts with the delivery."""

    id: Id
    system: Word
    supplier: Word
    host: Word
    note: Text
    delivered: MilestoneTable
    operational: OperationalTable | None = None
    host_operates: MilestoneTable | None = None
    independent: MilestoneTable | None = None
    integrated: MilestoneTable | None = None
    reversed: MilestoneTable | None = None


@cache
def transfers() -> tuple[HistoricTransfer, ...]:
    """The reference class. Raises ``CatalogueError`` for a table that is wrong."""
    return read_transfers(shipped(FILE))


def read_transfers(document: Document) -> tuple[HistoricTransfer, ...]:
    """The transfers of a document. Raises ``CatalogueError`` with file, line and key."""
    problems: list[Problem] = []
    found = entries(document, "transfer", HistoricTable, problems)
    problems += [p for entry in found if entry.sound for p in _undated(entry)]
    refuse(problems)
    return tuple(_transfer(entry.table) for entry in found)


def _undated(entry: Entry[HistoricTable]) -> Iterator[Problem]:
    for name, milestone in _milestones(entry.table).items():
        if sum(getattr(milestone, key) is not None for key in KINDS) != 1:
            yield entry.problem(name, f"write one of {', '.join(KINDS)}")


def _milestones(table: HistoricTable) -> dict[Name, MilestoneTable]:
    found = {name: getattr(table, name) for name in get_args(Name)}
    return {name: milestone for name, milestone in found.items() if milestone is not None}


def _transfer(table: HistoricTable) -> HistoricTransfer:
    return HistoricTransfer(
        table.id, table.system, table.supplier, table.host,
        None if table.operational is None else table.operational.first_by,
        {name: _milestone(each) for name, each in _milestones(table).items()}, table.note,
    )  # fmt: skip


def _milestone(table: MilestoneTable) -> Milestone:
    key, when = next((k, w) for k in KINDS if (w := getattr(table, k)) is not None)
    return Milestone(when, KINDS[key], table.how, table.source, table.address, table.evidence)


def spans(rate: Rate, host: str | None = None, as_of: date | None = None) -> tuple[Span, ...]:
    """The spans a rate is learnt from: transfers that tell of both ends, to others than ``host``.

    What is known of the host itself is evidence, and enters once. What came after ``as_of`` had not
    come by then: when it was published is not kept, so the date of the thing itself stands for it.
    """
    start, end = SPANS[rate]
    others = (t for t in transfers() if host is None or t.host.casefold() != host.casefold())
    then = (t if as_of is None else _as_known(t, as_of) for t in others)
    return tuple(s for t in then if (s := _span(t, rate, start, end)) is not None)


def _as_known(transfer: HistoricTransfer, as_of: date) -> HistoricTransfer:
    """A transfer as it stood on a day: later milestones had not come, or were not known of."""
    day = parse_moment(as_of.isoformat())
    milestones = {}
    for name, milestone in transfer.milestones.items():
        if milestone.when.start <= day.start:
            milestones[name] = milestone
        elif milestone.kind != "by":
            milestones[name] = replace(milestone, when=day, kind="not by")
    return replace(transfer, milestones=milestones)


def _span(transfer: HistoricTransfer, rate: Rate, start: Name, end: Name) -> Span | None:
    if rate == "hand" and transfer.first_by not in ("supplier", "contractors"):
        return None
    first, second = transfer.milestones.get(start), transfer.milestones.get(end)
    if first is None or second is None or first.kind == "not by":
        return None
    if rate == "free" and transfer.first_by == "host" and first.when == second.when:
        return None  # who began on their own had nobody to be free of
    began = (None if first.kind == "by" else first.when.start, first.when.end)
    low = max(0.0, _years(began[1], second.when.start))
    if second.kind == "by":
        low = 0.0
    # Where it began at an unknown time before, the span may be longer than the dates say.
    if second.kind == "not by" or began[0] is None:
        return Span(transfer.id, low, None) if low > 0 else None
    high = _years(began[0], second.when.end)
    return Span(transfer.id, low, high) if high > 0 else None


def _years(first: datetime, second: datetime) -> float:
    return (second - first).total_seconds() / 86_400 / DAYS_PER_YEAR
