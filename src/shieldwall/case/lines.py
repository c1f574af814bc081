"""Which line each key of a TOML text stands on: ``tomllib`` gives values only.

A small scanner over the grammar's tokens. It runs before ``tomllib`` and is the first to see a
hostile text, so it also bounds what ``tomllib`` is slow on: nesting, dotted keys, sheer number.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from contextlib import suppress

KeyPath = tuple[str | int, ...]
"""``("claim", 3, "count", "low")``: array tables and array items count from 0."""

MAX_DEPTH = 16
MAX_KEY_PARTS = 16
MAX_VALUES = 400_000
"""Twenty thousand claims with every key; more takes ``tomllib`` tens of seconds."""

_BLANK = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
_SPACE = re.compile(r"[ \t]*+")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]++")
_BASIC = re.compile(r'"(?:[^"\\\n]++|\\.)*+"')
_LITERAL = re.compile(r"'[^'\n]*+'")
_LONG_BASIC = re.compile(r'"""(?:[^"\\]++|\\.|"{1,2}(?!"))*+"{3,5}', re.DOTALL)
_LONG_LITERAL = re.compile(r"'''(?:[^']++|'{1,2}(?!'))*+'{3,5}", re.DOTALL)
_BARE_VALUE = re.compile(r"[^,\[\]{}#\n\"']++")


class BeyondLimitsError(ValueError):
    """Nesting, a dotted key or a number of values beyond the limits, at ``line``."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


class Lines:
    """Line numbers, from 1, of the keys of one TOML text."""

    def __init__(self, found: dict[KeyPath, int]) -> None:
        self._found = found

    def of(self, path: KeyPath) -> int | None:
        """The line of ``path``, or of the nearest thing that holds it; None for the whole file."""
        while path:
            if path in self._found:
                return self._found[path]
            path = path[:-1]
        return None


def key_lines(text: str) -> Lines:
    """Scan ``text`` (plain newlines). An invalid text gives the lines before its first error.

    Raises ``BeyondLimitsError`` beyond ``MAX_DEPTH``, ``MAX_KEY_PARTS``, ``MAX_VALUES``.
    """
    scanner = _Scanner(text)
    with suppress(_NotToml):
        scanner.document()
    return Lines(scanner.found)


class _NotToml(Exception):
    """The text stops being TOML here; ``tomllib`` says where and why."""


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.found: dict[KeyPath, int] = {}
        self._values = 0
        self._array_tables: dict[KeyPath, int] = {}
        self._newlines = [match.start() for match in re.finditer("\n", text)]

    def document(self) -> None:
        text, at, table = self.text, self._skip(_BLANK, 0), KeyPath()
        while at < len(text):
            if text.startswith("[", at):
                table, at = self._header(at)
            else:
                at = self._pair(at, table, 0)
            at = self._skip(_BLANK, at)

    def _header(self, start: int) -> tuple[KeyPath, int]:
        double = self.text.startswith("[[", start)
        parts, at = self._key(start + 1 + double)
        at = self._expect("]]" if double else "]", at)
        path = self._resolve(parts[:-1]) + parts[-1:]
        if double:
            self._array_tables[path] = self._array_tables.get(path, -1) + 1
            self._keep(path, start)
        path = self._resolve_last(path)
        self._keep(path, start)
        return path, at

    def _resolve(self, parts: tuple[str, ...]) -> KeyPath:
        path: KeyPath = ()
        for part in parts:
            path = self._resolve_last((*path, part))
        return path

    def _resolve_last(self, path: KeyPath) -> KeyPath:
        return (*path, self._array_tables[path]) if path in self._array_tables else path

    def _pair(self, start: int, table: KeyPath, depth: int) -> int:
        parts, at = self._key(start)
        path = table
        for part in parts:
            path = (*path, part)
            self._keep(path, start)
        at = self._expect("=", at)
        return self._value(self._skip(_SPACE, at), path, depth)

    def _key(self, at: int) -> tuple[tuple[str, ...], int]:
        parts: list[str] = []
        while True:
            at = self._skip(_SPACE, at)
            match = _BARE_KEY.match(self.text, at)
            match = match or _BASIC.match(self.text, at) or _LITERAL.match(self.text, at)
            if match is None:
                raise _NotToml
            parts.append(_unquoted(match.group()))
            if len(parts) > MAX_KEY_PARTS:
                raise BeyondLimitsError(
                    self._line(at), f"has a key of more than {MAX_KEY_PARTS} dotted parts"
                )
            at = self._skip(_SPACE, match.end())
            if not self.text.startswith(".", at):
                return tuple(parts), at
            at += 1

    def _value(self, at: int, path: KeyPath, depth: int) -> int:
        if depth > MAX_DEPTH:
            raise BeyondLimitsError(
                self._line(at), f"nests arrays and tables more than {MAX_DEPTH} deep"
            )
        self._values += 1
        if self._values > MAX_VALUES:
            raise BeyondLimitsError(self._line(at), f"has more than {MAX_VALUES} values")
        text = self.text
        first = text[at : at + 1]
        if first == "[":
            return self._array(at + 1, path, depth)
        if first == "{":
            return self._inline_table(at + 1, path, depth)
        if first == '"':
            long = text.startswith('"""', at)
            match = (_LONG_BASIC if long else _BASIC).match(text, at)
        elif first == "'":
            long = text.startswith("'''", at)
            match = (_LONG_LITERAL if long else _LITERAL).match(text, at)
        else:
            match = _BARE_VALUE.match(text, at)
        if match is None:
            raise _NotToml
        return match.end()

    def _array(self, at: int, path: KeyPath, depth: int) -> int:
        index, held_at = 0, self._line(at)
        while True:
            at = self._skip(_BLANK, at)
            if self.text.startswith("]", at):
                return at + 1
            if self._line(at) != held_at:
                self._keep((*path, index), at)
            at = self._skip(_BLANK, self._value(at, (*path, index), depth + 1))
            if self.text.startswith(",", at):
                at += 1
            elif not self.text.startswith("]", at):
                raise _NotToml
            index += 1

    def _inline_table(self, at: int, path: KeyPath, depth: int) -> int:
        at = self._skip(_SPACE, at)
        if self.text.startswith("}", at):
            return at + 1
        while True:
            at = self._skip(_SPACE, self._pair(at, path, depth + 1))
            if self.text.startswith("}", at):
                return at + 1
            at = self._expect(",", at)

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        match = pattern.match(self.text, at)
        return match.end() if match else at

    def _expect(self, mark: str, at: int) -> int:
        if not self.text.startswith(mark, at):
            raise _NotToml
        return at + len(mark)

    def _line(self, at: int) -> int:
        return bisect_left(self._newlines, at) + 1

    def _keep(self, path: KeyPath, at: int) -> None:
        self.found.setdefault(path, self._line(at))


def _unquoted(token: str) -> str:
    if token[0] == "'":
        return token[1:-1]
    if token[0] == '"' and "\\" in token:
        try:
            return str(tomllib.loads(f"key = {token}")["key"])
        except tomllib.TOMLDecodeError as error:
            raise _NotToml from error
    return token.strip('"')
