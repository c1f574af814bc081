"""What the main work is doing, told to a person on standard error.

A library caller passes nothing and hears nothing; the command line passes ``Console``.
"""

from __future__ import annotations

import sys
import time
from typing import Protocol, TextIO


class Progress(Protocol):
    """What rooms report to: a named step, then how far it is."""

    def step(self, name: str) -> None:
        """Begin a step; the one before it is done."""

    def advance(self, done: int, total: int) -> None:
        """Within the step, ``done`` of ``total`` parts are finished."""


class Silent:
    """The default: says nothing."""

    def step(self, name: str) -> None:
        pass

    def advance(self, done: int, total: int) -> None:
        pass


class Console:
    """One line a step with its time; a running count on a terminal only."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._live = self._stream.isatty()
        self._name: str | None = None
        self._began = 0.0
        self._shown = 0.0

    def step(self, name: str) -> None:
        self.finish()
        self._name, self._began, self._shown = name, time.monotonic(), 0.0
        if self._live:
            self._stream.write(f"\r\033[K  … {name}")
            self._stream.flush()

    def advance(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._live and now - self._shown > 0.1 and self._name is not None:
            self._shown = now
            self._stream.write(f"\r\033[K  … {self._name}: {done} of {total}")
            self._stream.flush()

    def finish(self) -> None:
        """Close the running step; called by ``step`` and once at the end of a verb."""
        if self._name is None:
            return
        seconds = time.monotonic() - self._began
        start = "\r\033[K" if self._live else ""
        self._stream.write(f"{start}  {self._name} ({seconds:.1f} s)\n")
        self._stream.flush()
        self._name = None
