"""The libraries of the extra, imported when asked for, with one error where one is missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from shieldwall.errors import UsageError

EXTRA = "pip install 'shieldwall[notebook]'"


def library(name: str) -> Any:
    """The module. Raises ``UsageError`` where it is not installed."""
    try:
        return import_module(name)
    except ImportError as error:
        needed = name.partition(".")[0]
        raise UsageError(f"this view needs {needed}, which is not installed: {EXTRA}") from error


def choose(asked: str | None, known: tuple[str, ...], what: str) -> str:
    """``asked``, or the first known where none is. Raises ``UsageError`` where it is not known."""
    if asked is None and known:
        return known[0]
    if asked in known:
        return str(asked)
    there = ", ".join(known) or "none in this case"
    raise UsageError(f"no {what} is called {asked!r}; there are: {there}")
