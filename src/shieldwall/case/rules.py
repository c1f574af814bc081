"""What the checks of a case are made of: ids that exist and are unique, bands in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any, Protocol

from shieldwall.case.documents import did_you_mean
from shieldwall.case.entries import Entry
from shieldwall.case.records import Band
from shieldwall.case.tables import Tables
from shieldwall.errors import Problem

Problems = Iterator[Problem]


class Banded(Protocol):
    """A table with the three keys of a band."""

    @property
    def low(self) -> float | None:
        """The lowest value."""

    @property
    def likely(self) -> float | None:
        """The most likely value."""

    @property
    def high(self) -> float | None:
        """The highest value."""


def band_of(table: Banded) -> Band:
    """The record of a table that has a band: a sound table gives both ends."""
    found = band_if(table)
    if found is None:
        raise ValueError("a band has both ends")
    return found


def band_if(table: Banded | None) -> Band | None:
    """The record of a table that may be missing, or have no ends."""
    if table is None or table.low is None or table.high is None:
        return None
    return Band(table.low, table.likely, table.high)


def sound(entry: Entry[Any]) -> bool:
    """Whether a table is valid by itself."""
    return entry.sound


def repeats(
    group: Sequence[Entry[Any]],
    key: str,
    identity: Callable[[Any], object],
    same: str = "with the same unit or place is there already",
) -> Problems:
    """Tables that say who they are as one before them does."""
    first: dict[object, Entry[Any]] = {}
    for entry in group:
        if not entry.sound and (key != "id" or entry.table.id is None):
            continue
        seen = first.setdefault(identity(entry.table), entry)
        if seen is not entry:
            message = f"{'is taken' if key == 'id' else same} ({seen.where}); each must be unique"
            yield entry.problem(key, message, getattr(entry.table, key))


def band_problems(
    entry: Entry[Any],
    band: Banded,
    path: tuple[str | int, ...] = (),
    least: float | None = None,
    most: float | None = None,
) -> Problems:
    """A band whose figures are out of order or out of limits."""
    named = [(key, getattr(band, key)) for key in ("low", "likely", "high")]
    known = [(key, value) for key, value in named if value is not None]
    for (low, below), (high, above) in pairwise(known):
        if below > above:
            message = f"must not exceed {high} ({above:g}); order them low, likely, high"
            yield entry.problem((*path, low), message, below)
    for key, value in known:
        if least is not None and value < least:
            yield entry.problem((*path, key), f"must be {least:g} or more", value)
        if most is not None and value > most:
            yield entry.problem((*path, key), f"must be {most:g} or less", value)


def known_id(
    entry: Entry[Any],
    key: str | tuple[str | int, ...],
    id: str | None,
    tables: Tables,
    kind: str,
    home: str,
) -> Problems:
    """A reference to a table of ``kind`` that the case does not have."""
    known = tables.known.get(kind)
    if id is not None and known is not None and id not in known:
        hint = did_you_mean(id, sorted(known)) or f"; write a [[{kind}]] of that id in {home}"
        yield entry.problem(key, f"is no {kind.replace('_', ' ')} of this case{hint}", id)


def in_catalogue(
    entry: Entry[Any], key: str | tuple[str | int, ...], id: str | None, allowed: frozenset[str]
) -> Problems:
    """A catalogue id that is none, or not of the kind that belongs here."""
    if id is not None and id not in allowed:
        hint = did_you_mean(id, sorted(allowed))
        message = f"is not in the catalogue{hint or '; `shieldwall catalogue` lists ids'}"
        yield entry.problem(key, message, id)
