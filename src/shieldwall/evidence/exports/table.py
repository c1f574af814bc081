"""Claims as one flat table, out to any spreadsheet and back without loss.

A cell that a spreadsheet would run as a formula begins with an apostrophe; so does one that begins
with an apostrophe itself, so that reading back takes off exactly one.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from shieldwall.case.columns import FIELDS
from shieldwall.case.records import Claim
from shieldwall.case.render import claim_fields
from shieldwall.case.sheets import read_rows
from shieldwall.errors import InputError
from shieldwall.evidence.exports.records import Exported
from shieldwall.written import cell, from_cell

TRAIL = (
    "detection_low", "detection_likely", "detection_high", "document", "span_start", "span_end",
    "read_by",
)  # fmt: skip
"""What the spreadsheet import of a case leaves to the evidence store."""
FOUND = ("source_name", "origin_claim", "origin_family")
"""Computed when exported; not read back."""
COLUMNS = (*FIELDS, *TRAIL, *FOUND)
_NUMBERS = frozenset(
    name for name in COLUMNS if name.startswith(("count_", "detection_", "span_"))
    and not name.endswith(("unit", "bound"))
) | {"credibility"}  # fmt: skip


def csv_text(exported: Exported) -> str:
    """One claim a row, UTF-8 text with plain newlines; an empty cell is unknown."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for claim in exported.claims:
        cells = flat(claim)
        cells |= {
            "source_name": exported.case.source(claim.source).name,
            "origin_claim": exported.lineage.origin(claim.id),
            "origin_family": exported.family(claim),
        }
        writer.writerow([_cell(cells.get(name)) for name in COLUMNS])
    return out.getvalue()


def flat(claim: Claim) -> dict[str, Any]:
    """The fields of a claim under flat names, unknown ones left out."""
    found: dict[str, Any] = {}
    for key, value in claim_fields(claim).items():
        if isinstance(value, dict):
            found |= {f"{key}_{name}": each for name, each in value.items()}
        elif isinstance(value, tuple):
            found |= {f"{key}_start": value[0], f"{key}_end": value[1]}
        else:
            found[key] = value
    return {key: value for key, value in found.items() if value is not None}


def nested(cells: dict[str, Any]) -> dict[str, Any]:
    """Flat fields as the keys of a ``[[claim]]`` table; the inverse of ``flat``."""
    fields: dict[str, Any] = {}
    for key, value in cells.items():
        group, _, name = key.partition("_")
        if group in ("count", "detection"):
            fields.setdefault(group, {})[name] = value
        elif group == "span":
            fields["span"] = (cells["span_start"], cells["span_end"])
        else:
            fields[key] = value
    return fields


def read_csv(path: Path) -> list[tuple[int, dict[str, Any]]]:
    """The row number and the fields of each claim of an exported table.

    Raises ``InputError`` for a table with other columns; ``shieldwall import`` reads those.
    """
    found = []
    for row in read_rows(path):
        if set(row.cells) != set(COLUMNS):
            raise InputError(
                f"{path.name}: is no table of `shieldwall evidence export`; read the analyst's own "
                "tables with `shieldwall import`"
            )
        where = f"{path.name} row {row.number}"
        texts = {name: row.cells[name] for name in (*FIELDS, *TRAIL) if row.cells[name]}
        found.append((row.number, {k: _value(where, k, text) for k, text in texts.items()}))
    return found


def _value(where: str, name: str, text: str) -> Any:
    if name not in _NUMBERS:
        return from_cell(text)
    try:
        return float(text) if "." in text else int(text)
    except ValueError as error:
        raise InputError(f"{where}: {name} must be a number (got {text[:40]!r})") from error


def _cell(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}" if value.is_integer() and abs(value) < 1e15 else repr(value)
    return cell("" if value is None else str(value))
