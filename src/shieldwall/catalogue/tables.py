"""Reading one TOML table strictly: every value checked, every key used, all problems kept."""

from __future__ import annotations

import difflib
import math
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shieldwall.errors import CatalogueError, Problem

_ID = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")


@dataclass
class TomlFile:
    """A parsed file with its text, so that a problem can name its line."""

    name: str
    text: str
    data: dict[str, Any]
    problems: list[Problem]

    def line(self, header: str) -> int | None:
        """Line of a table's header or of a top-level key, if it is written out."""
        for number, line in enumerate(self.text.splitlines(), 1):
            if line.strip() == header or line.partition("=")[0].strip() == header:
                return number
        return None


def read_toml(path: Path, name: str, problems: list[Problem]) -> TomlFile:
    """Parse ``path``. Raises ``CatalogueError`` where it is missing, not UTF-8 or not TOML."""
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except OSError as error:
        raise CatalogueError(f"{name}: cannot be read ({error.strerror}); put it there") from error
    except UnicodeDecodeError as error:
        raise CatalogueError(f"{name}: is not UTF-8 text; save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(f"{name}: is not TOML: {error}") from error
    return TomlFile(name, text, data, problems)


def did_you_mean(word: str, known: Collection[str]) -> str:
    """``; did you mean 'x'?`` where a known word is close, else nothing."""
    close = difflib.get_close_matches(word, list(known), n=1)
    return f"; did you mean '{close[0]}'?" if close else ""


@dataclass
class Table:
    """One table of a file. Getters return a harmless value after noting a problem."""

    file: TomlFile
    values: Mapping[str, Any]
    key: str
    """``figure.range_max``, or empty for the top of the file."""
    header: str
    used: set[str] = field(default_factory=set)

    @property
    def where(self) -> str:
        """File and line of the table, for provenance and messages."""
        line = self.file.line(self.header)
        return self.file.name if line is None else f"{self.file.name}:{line}"

    def problem(self, key: str, message: str, value: object = "") -> None:
        """Note a problem at ``key`` of this table."""
        full = f"{self.key}.{key}" if self.key and key else (self.key or key)
        line = self.file.line(self.header) if self.header else self.file.line(key)
        shown = "" if value == "" else repr(value)
        self.file.problems.append(Problem(self.file.name, line, full, shown, message))

    def get(self, key: str) -> object:
        """The raw value or ``None``; marks the key as used."""
        self.used.add(key)
        return self.values.get(key)

    def text(self, key: str, *, required: bool = False) -> str:
        """A string without surrounding blanks; empty where absent and not required."""
        value = self.get(key)
        if value is None and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.problem(key, f"write {key} as a text in quotes", "" if value is None else value)
            return ""
        return value.strip()

    def identifier(self, key: str) -> str:
        """A required id: lower-case letters, digits, single underscores."""
        value = self.text(key, required=True)
        if value and not _ID.fullmatch(value):
            self.problem(key, "use lower-case letters, digits and underscores", value)
        return value

    def choice(self, key: str, choices: Collection[str]) -> str:
        """One of ``choices``; the first of them after a problem."""
        value = self.text(key, required=True)
        if value in choices:
            return value
        if value:
            self.problem(key, f"write one of {', '.join(choices)}", value)
        return next(iter(choices))

    def number(self, key: str) -> float | None:
        """A finite number, 0 or more, or ``None`` where absent."""
        value = self.get(key)
        if value is None:
            return None
        fine = isinstance(value, int | float) and not isinstance(value, bool)
        if not fine or not math.isfinite(value) or value < 0:  # type: ignore[arg-type, operator]
            self.problem(key, "write a finite number, 0 or more", value)
            return None
        return float(value)  # type: ignore[arg-type]

    def flag(self, key: str) -> bool:
        """true or false; false where absent."""
        value = self.get(key)
        if value is not None and not isinstance(value, bool):
            self.problem(key, "write true or false", value)
        return value is True

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings; empty where absent."""
        value = self.get(key)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
            self.problem(key, "write a list of texts in quotes", value)
            return ()
        return tuple(value)

    def one_of(self, key: str, known: Collection[str], what: str) -> str:
        """The name of something declared elsewhere, or empty where absent."""
        value = self.text(key)
        if value and value not in known:
            self.problem(key, f"there is no such {what}{did_you_mean(value, known)}", value)
            return ""
        return value

    def tables(self, key: str, name: str = "id") -> list[Table]:
        """The tables of ``[[key]]``, each named in messages by its ``name``."""
        value = self.get(key) or []
        if not isinstance(value, list) or not all(isinstance(v, dict) for v in value):
            self.problem(key, f"write it as [[{key}]] tables")
            return []
        return [
            Table(self.file, v, f"{self.key}.{key}.{label}".lstrip("."), self.header)
            for v, label in ((v, v.get(name, i)) for i, v in enumerate(value, 1))
        ]

    def children(self, key: str) -> dict[str, Table]:
        """The tables of ``[key.name]`` by name."""
        value = self.get(key)
        if value is None:
            return {}
        if not isinstance(value, dict) or not all(isinstance(v, dict) for v in value.values()):
            self.problem(key, f"write it as [{key}.name] tables")
            return {}
        return {n: Table(self.file, v, f"{key}.{n}", f"[{key}.{n}]") for n, v in value.items()}

    def child(self, key: str) -> Table | None:
        """The table of ``[key]``, or ``None`` where absent."""
        value = self.get(key)
        if value is None:
            return None
        if not isinstance(value, dict):
            self.problem(key, f"write it as a [{key}] table")
            return None
        return Table(self.file, value, key, f"[{key}]")

    def finish(self) -> None:
        """Note every key that nothing read."""
        for key in sorted(set(self.values) - self.used):
            self.problem(key, f"unknown key{did_you_mean(key, self.used)}")


def top(file: TomlFile) -> Table:
    """The top-level table of a file."""
    return Table(file, file.data, "", "")
