"""What a database must do to hold the log: four calls, and nothing about evidence."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from shieldwall.evidence.store.records import Finding


class Log(Protocol):
    """Tables ``entries`` and ``blobs`` of ``schema``; values in queries stand as ``?``."""

    place: str
    """Where it is, fit to be shown: no passwords."""

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query; ``InputError`` where it cannot be read."""

    def write(self, query: str, values: Sequence[Any]) -> None:
        """One statement; only inside of ``transaction``."""

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing, on disk at its end; ``OutputError`` where it cannot be written."""

    def verify(self, noted: str | None) -> tuple[Finding, ...]:
        """Everything wrong; ``noted`` is a head of the log that must still be in it."""

    def close(self) -> None:
        """Leave it to the next writer."""
