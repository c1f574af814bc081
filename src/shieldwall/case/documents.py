"""One TOML file of a case, read: its values, the lines they stand on, and how to complain."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from shieldwall.case.lines import BeyondLimitsError, KeyPath, Lines, key_lines
from shieldwall.errors import CaseError, Problem

MAX_BYTES = 20_000_000
SHOWN = 60
"""Characters of a bad value that a message repeats."""
MAX_CHOICES = 1000
"""Beyond these a misspelt word gets no suggestion: comparing takes time."""

_POSITION = re.compile(r" \(at line (\d+), column (\d+)\)")


@dataclass(frozen=True)
class Document:
    """A file that is TOML. ``name`` is its name in the case folder."""

    name: str
    data: dict[str, Any] = field(repr=False)
    lines: Lines = field(repr=False)

    @staticmethod
    def empty(name: str) -> Document:
        """A file that is not there or could not be read: it holds no tables."""
        return Document(name, {}, Lines({}))

    def where(self, path: KeyPath) -> str:
        """``file:line`` of a key."""
        return f"{self.name}:{self.lines.of(path) or 1}"

    def problem(self, path: KeyPath, message: str, value: object = "") -> Problem:
        """A problem with the key at ``path``; ``value`` is what stands there."""
        line = self.lines.of(path)
        return Problem(self.name, line, self._spelled(path), shown(value), message)

    def _spelled(self, path: KeyPath) -> str:
        """``claim[isi-image].count.low``: an array table is named by its id where it has one."""
        spelled, at = "", self.data
        for part in path:
            try:
                at = at[part]  # type: ignore[index]
            except (KeyError, IndexError, TypeError):
                at = {}
            if isinstance(part, int):
                known = at.get("id") if isinstance(at, dict) else None
                spelled += f"[{known if isinstance(known, str) else part + 1}]"
            else:
                spelled += f".{part}" if spelled else part
        return spelled if spelled.isprintable() and len(spelled) <= 200 else spelled[:200]


def read_document(path: Path) -> Document:
    """Read and parse a file. Raises ``CaseError`` for one that is too big or not TOML."""
    name = path.name
    try:
        if not path.is_file():
            raise _error(name, None, "file", "is not a regular file")
        if path.stat().st_size > MAX_BYTES:
            raise _error(name, None, "size", f"is over {MAX_BYTES // 1_000_000} MB; split the case")
        data = path.read_bytes()
    except OSError as error:
        raise _error(name, None, "file", f"cannot be read: {error.strerror}") from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        bad = f"0x{data[error.start]:02x}"
        raise _error(name, line, "text", "is not UTF-8; save the file as UTF-8", bad) from error
    return parse_document(name, text)


def parse_document(name: str, text: str) -> Document:
    """Parse ``text``. Raises ``CaseError`` with line and column where it is not TOML."""
    text = text.replace("\r\n", "\n")
    try:
        lines = key_lines(text)
        return Document(name, tomllib.loads(text), lines)
    except tomllib.TOMLDecodeError as error:
        found = _POSITION.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        column = f", column {found[2]}" if found else ""
        reason = _POSITION.sub("", str(error)).replace(" (at end of document)", "")
        message = f"is not TOML at line {line}{column}: {reason}"
        raise _error(name, line, "syntax", message) from error
    except BeyondLimitsError as error:
        raise _error(name, error.line, "syntax", f"{error}; no case needs that") from error
    except (ValueError, RecursionError, OverflowError) as error:
        message = f"holds a value TOML readers refuse: {error}"
        raise _error(name, None, "syntax", message) from error


def _error(name: str, line: int | None, key: str, message: str, value: str = "") -> CaseError:
    return CaseError([Problem(name, line, key, value, message)])


def shown(value: object) -> str:
    """A bad value as a message repeats it: one short printable line."""
    if isinstance(value, str):
        text = repr(value) if value else ""
    elif isinstance(value, dict):
        text = f"a table with {', '.join(map(repr, list(value)[:5]))}" if value else "{}"
    elif isinstance(value, list):
        text = f"a list of {len(value)}"
    elif isinstance(value, bool):
        text = str(value).lower()
    elif isinstance(value, int) and value.bit_length() > 200:
        text = "a number too large to print"
    else:
        text = str(value)
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def did_you_mean(wrong: object, known: Iterable[str]) -> str:
    """``; did you mean "x"?`` where one of ``known`` is close, else nothing."""
    choices = list(islice(known, MAX_CHOICES + 1))
    if not isinstance(wrong, str) or len(wrong) > 100 or len(choices) > MAX_CHOICES:
        return ""
    close = difflib.get_close_matches(wrong.lower(), choices, n=1, cutoff=0.6)
    return f'; did you mean "{close[0]}"?' if close else ""
