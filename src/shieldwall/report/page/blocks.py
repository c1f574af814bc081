"""Tables that are charts too: a label, figures, and a bar in one row."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True)
class Row:
    """One row of a table that is also a chart."""

    label: str
    cells: tuple[Markup | str, ...]
    bar: Markup


@dataclass(frozen=True)
class Block:
    """Rows of one thing, with its title."""

    title: str
    rows: tuple[Row, ...]
