"""Everything that can go wrong, in one tree.

    ShieldwallError                 exit code 1
    ├── UsageError                  2   a flag or argument is wrong
    ├── InputError                  3   a file the user gave is wrong
    │   ├── CaseError                   a case folder: one or more Problems
    │   ├── CatalogueError              a catalogue table
    │   └── HostileInputError           input that is unsafe to open (bombs, escapes, disguises)
    ├── TerrainError                4   elevation is missing or unreadable
    │   └── FetchError                  a download failed
    └── OutputError                 5   a result could not be written

Every message says what is wrong, where, and what would be right. No traceback reaches a user:
``cli.main`` turns these into one message and the exit code, and anything else into exit code 70
(a bug: the message asks for a report).
"""

from __future__ import annotations

from dataclasses import dataclass


class ShieldwallError(Exception):
    """Base of all errors Shieldwall raises on purpose."""

    exit_code = 1


class UsageError(ShieldwallError):
    """A verb was called with an argument that cannot work."""

    exit_code = 2


class InputError(ShieldwallError):
    """A file the user gave is wrong."""

    exit_code = 3


@dataclass(frozen=True)
class Problem:
    """One thing wrong in one file: where it is, what it is, and what would be right."""

    file: str
    line: int | None
    key: str
    value: str
    message: str

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        got = f" (got {self.value})" if self.value else ""
        return f"{where}: {self.key}: {self.message}{got}"


class CaseError(InputError):
    """A case folder that does not validate; carries every problem found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        count = len(self.problems)
        head = "1 problem" if count == 1 else f"{count} problems"
        super().__init__("\n".join([f"the case has {head}:", *(f"  {p}" for p in self.problems)]))


class CatalogueError(InputError):
    """A catalogue table breaks the rule that every figure has unit, source and evidence code."""


class HostileInputError(InputError):
    """Input that is unsafe to open: a bomb, a path that escapes, a file in disguise."""


class TerrainError(ShieldwallError):
    """Elevation is missing, unreadable, or not what its name says."""

    exit_code = 4


class FetchError(TerrainError):
    """A terrain download failed; what was complete before stays in the cache."""


class OutputError(ShieldwallError):
    """A result could not be written; nothing half-written is left behind."""

    exit_code = 5
