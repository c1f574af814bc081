"""The column map: which of the analyst's columns holds which field of a claim."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, PlainValidator

from shieldwall.case.documents import did_you_mean, read_document
from shieldwall.case.entries import whole
from shieldwall.case.records import Family, Reliability
from shieldwall.case.schema import ClaimTable, CountTable
from shieldwall.case.schema_values import Table
from shieldwall.case.sheets import Row
from shieldwall.errors import CaseError, Problem

NOT_COLUMNS = ("count", "detection", "document", "span", "read_by")
"""Fields that are no single cell, or that the evidence store fills."""

FIELDS = (
    *(name for name in ClaimTable.model_fields if name not in NOT_COLUMNS),
    *(f"count_{name}" for name in CountTable.model_fields),
)
"""Fields a column may fill, in the order of the format; those of ``count`` are flat."""


def _as_cell(value: object) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | float | date):
        raise ValueError("must be text, a number or a date")
    return value.isoformat() if isinstance(value, date) else str(value)


Cell = Annotated[str, PlainValidator(_as_cell)]


class NewSourceTable(Table):
    """What a source is given that the case does not have yet."""

    family: Family = Field(default="press", description="the family of new sources")
    reliability: Reliability = Field(
        default="F", description="their grade; F counts for nothing until a person grades them"
    )


class MapTable(Table):
    """The file of a column map."""

    sheet: str | None = Field(default=None, description="the sheet of an XLSX file")
    columns: dict[str, str] = Field(description="our field = the heading of their column")
    constants: dict[str, Cell] = Field(
        default={}, description="our field = what it is where the column is absent or empty"
    )
    values: dict[str, dict[str, str]] = Field(
        default={}, description="our field: their word = our word; an empty word means unknown"
    )
    split: dict[str, str] = Field(
        default={}, description="our field = separator; each part becomes a claim of its own"
    )
    leave_out: dict[str, list[str]] = Field(
        default={}, description="their column = cells; rows that hold one are left out"
    )
    source: NewSourceTable = Field(
        default=NewSourceTable(), description="what new sources are given"
    )


@dataclass(frozen=True)
class ColumnMap:
    """A checked column map."""

    columns: dict[str, str]
    sheet: str | None = None
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)
    split: dict[str, str] = field(default_factory=dict)
    leave_out: dict[str, list[str]] = field(default_factory=dict)
    source: NewSourceTable = field(default_factory=NewSourceTable)

    def keeps(self, row: Row) -> bool:
        """False for a row the map leaves out."""
        return not any(row.cells[column] in cells for column, cells in self.leave_out.items())

    def claims(self, row: Row) -> Iterator[dict[str, str]]:
        """The fields of each claim in a row, as text; unknown ones are absent."""
        for texts in itertools.product(*(self._texts(name, row) for name in FIELDS)):
            yield {name: text for name, text in zip(FIELDS, texts, strict=True) if text}

    def _texts(self, name: str, row: Row) -> list[str]:
        cell = row.cells.get(self.columns.get(name, ""), "")
        parts = cell.split(self.split[name]) if name in self.split else [cell]
        told = self.values.get(name, {})
        texts = [told.get(part.strip(), part.strip()) for part in parts if part.strip()]
        return list(dict.fromkeys(texts)) or [self.constants.get(name, "")]

    def origin(self, name: str) -> str:
        """How a message names where a field comes from."""
        if name in self.columns:
            return f"column {self.columns[name]!r}"
        return f"[constants] {name}" if name in self.constants else name


def read_map(path: Path | None) -> ColumnMap | None:
    """Read a column map; None for none. Raises ``CaseError`` with every problem of its keys."""
    if path is None:
        return None
    document = read_document(path)
    problems: list[Problem] = []
    table = whole(document, MapTable, problems)
    for key in ("columns", "constants", "values", "split") if table else ():
        for name in getattr(table, key):
            if name not in FIELDS:
                hint = did_you_mean(name, FIELDS) or f"; fields are {', '.join(FIELDS)}"
                message = f"is no field of a claim{hint}"
                problems.append(document.problem((key, name), message))
    for name, separator in table.split.items() if table else ():
        if not separator:
            problems.append(document.problem(("split", name), "needs a separator such as ;"))
    if table is None or problems:
        raise CaseError(problems)
    return ColumnMap(**{name: getattr(table, name) for name in MapTable.model_fields})


def fitted(column_map: ColumnMap | None, headings: Sequence[str], table: str) -> ColumnMap:
    """The map held against the table's headings; without a map, headings named as fields count.

    Raises ``CaseError`` for columns that are not there.
    """
    if column_map is None:
        found = ColumnMap({name: name for name in FIELDS if name in headings})
        wrong, known = [name for name in headings if name not in FIELDS], FIELDS
        message = "is no field of a claim; rename it or write a column map"
    else:
        found, known = column_map, tuple(headings)
        named = dict.fromkeys([*found.columns.values(), *found.leave_out])
        wrong = [name for name in named if name not in headings]
        message = f"is no column of the table, which has {', '.join(headings)}"
    if wrong:
        raise CaseError(
            [Problem(table, 1, name, "", message + did_you_mean(name, known)) for name in wrong]
        )
    return found
