"""Records as plain JSON data, rounded so that two processors print the same figures."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from shieldwall.case.records import Moment
from shieldwall.report.words import plain

SIGNIFICANT_DIGITS = 7
"""The last bits of a mean over draws differ between processors; seven digits do not, and what is
printed from them again, at two or three, comes out the same."""


def rounded(value: float) -> float | None:
    """``value`` to seven significant digits; ``None`` for NaN and the infinities."""
    if not math.isfinite(value):
        return None
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") + 0.0  # adding 0 turns -0.0 into 0.0


def computed(record: Any) -> Any:
    """A result as plain data, every float rounded. Raises ``TypeError`` for what is no record."""
    return _data(record, rounded)


def as_read(record: Any) -> Any:
    """Part of a case as plain data, its numbers exactly as the case's text gives them."""
    return _data(record, lambda value: value if math.isfinite(value) else None)


def _data(record: Any, number: Any) -> Any:
    if record is None or isinstance(record, bool | int):
        return record
    if isinstance(record, float):
        return number(record)
    if isinstance(record, str):
        return plain(record)
    if isinstance(record, Moment):
        return {"text": plain(record.text), "precision": record.precision}
    if isinstance(record, date):
        return record.isoformat()
    if isinstance(record, Path):
        return record.name  # where a folder lies on somebody's disk is nobody else's business
    if dataclasses.is_dataclass(record):
        fields = dataclasses.fields(record)
        return {f.name: _data(getattr(record, f.name), number) for f in fields}
    if isinstance(record, Mapping):
        return {plain(str(key)): _data(value, number) for key, value in record.items()}
    if isinstance(record, list | tuple):
        return [_data(each, number) for each in record]
    raise TypeError(f"{type(record).__name__} has no place in an export")
