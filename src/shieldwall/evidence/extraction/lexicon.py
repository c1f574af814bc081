"""The lexicon: TOML tables by meaning, grown into one tree of words that is walked once.

A name is cut into runs of letters and runs of digits, so that ``S-300VM``, ``S300VM`` and
``S 300 VM`` are the same three steps. ``|`` behind a word lets it take endings: plural ``s`` or
``es`` in Latin letters, the endings of declension and conjugation in Cyrillic. Endings are
generous on purpose: the stems are what tells words apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from shieldwall.case.documents import Document
from shieldwall.case.shipped import refuse, shipped
from shieldwall.errors import Problem
from shieldwall.evidence.extraction.folding import fold

FILES = (
    "systems",
    "components",
    "aircraft",
    "places",
    "countries",
    "counts",
    "cues",
    "people",
    "times",
    "topics",
)

WORD = re.compile(r"[^\W\d_]+|\d+")
_STEP = re.compile(r"([^\W\d_]+|\d+)(\|?)")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = re.compile(r"[a-z]")
_LONGEST = 40

_LATIN_ENDINGS = ("", "s", "es")
_TWINS = str.maketrans("асеіорхуктмнвёј", "aceiopxyktmhbej")
"""Cyrillic letters that look like Latin ones, for words written in a mixture of both."""


_DESIGNATION = re.compile(r"\d{1,2}[A-Z]{1,2}\d{1,3}[A-Z\d]*")
_RUSSIAN = str.maketrans("ABVGDEZIKLMNOPRSTUF", "АБВГДЭЗИКЛМНОПРСТУФ")
"""``9S32ME`` as it is written at home; a last ``E`` is the ``Э`` of export."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name: its room in the lexicon, its value, and what else its row says."""

    room: str
    value: str
    row: Mapping[str, Any]
    written: str
    """The name as the table writes it."""


@dataclass(slots=True)
class Node:
    """A step of the tree: what may follow, and what ends here."""

    next: dict[str, Node] = field(default_factory=dict)
    ends: list[Entry] = field(default_factory=list)


class Lexicon:
    """All names in one tree; ``first`` finds where a word may begin a name."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.root = Node()
        self._keys: dict[str, tuple[str, ...]] = {}
        self._first: dict[str, tuple[Node, ...]] = {}
        for entry in entries:
            node = self.root
            for step in steps(entry.written):
                node = node.next.setdefault(step, Node())
            node.ends.append(entry)

    def first(self, word: str) -> tuple[Node, ...]:
        """The nodes a name that begins with this word may stand at."""
        found = self._first.get(word)
        if found is None:
            found = self.follow((self.root,), word)
            if len(self._first) > 200_000:
                self._first.clear()
            self._first[word] = found
        return found

    def follow(self, nodes: Iterable[Node], word: str) -> tuple[Node, ...]:
        """One step on from each node."""
        keys = self._keys.get(word)
        if keys is None:
            keys = tuple(_keys(word))
            if len(self._keys) > 200_000:
                self._keys.clear()
            self._keys[word] = keys
        return tuple([n.next[key] for n in nodes for key in keys if key in n.next])


def steps(name: str) -> list[str]:
    """``Buk|-M2`` -> ``buk|``, ``m``, ``2``."""
    return [word + mark for word, mark in _STEP.findall(fold(name).text)]


def _keys(word: str) -> Iterator[str]:
    """The steps a word of a text can take: itself, and its stem with an ending allowed."""
    if len(word) > _LONGEST:
        return
    yield word
    if not _CYRILLIC.search(word):
        for ending in _LATIN_ENDINGS:
            if word.endswith(ending):
                yield word[: len(word) - len(ending)] + "|"
        return
    if _LATIN.search(word):
        twin = word.translate(_TWINS)
        if not _CYRILLIC.search(twin):
            yield from _keys(twin)
        return
    endings = _endings()
    for cut in range(5):
        if len(word) - cut >= 2 and word[len(word) - cut :] in endings:
            yield word[: len(word) - cut] + "|"


@cache
def _endings() -> frozenset[str]:
    return words("lexicon", "cyrillic_endings") | {""}


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships with the product; read once."""
    return Lexicon(entry for name in FILES for entry in read_entries(_document(name)))


def tables(name: str) -> dict[str, Any]:
    """One file of the lexicon. Raises ``CatalogueError`` where it is not TOML."""
    return _document(name).data


@cache
def _document(name: str) -> Document:
    return shipped(f"evidence/extraction/data/{name}.toml")


def words(module: str, name: str) -> frozenset[str]:
    """A list of small words for one of the rules, folded as texts are."""
    return frozenset(fold(word).text for word in tables("words")[module][name].split())


def read_entries(document: Document) -> Iterator[Entry]:
    """Rooms hold either rows with ``names`` or plain lists of names under a value.

    Raises ``CatalogueError`` with file and line for a row without a value, or names that are none.
    """
    refuse(_unnamed(document))
    for room, rows in document.data.items():
        if isinstance(rows, list):
            for row in rows:
                value = row["value"]
                for written in row.get("names", (value,)):
                    yield Entry(room, value, row, _plural(room, written))
                    if room in ("system", "component") and _DESIGNATION.fullmatch(written):
                        yield Entry(room, value, row, written.translate(_RUSSIAN))
        elif isinstance(rows, dict) and not room.startswith("_"):
            for value, names in rows.items():
                row = {"value": value}
                for written in names:
                    yield Entry(room, value, row, written)


def _unnamed(document: Document) -> Iterator[Problem]:
    for room, rows in document.data.items():
        if isinstance(rows, list):
            for n, row in enumerate(rows):
                value = row.get("value") if isinstance(row, dict) else None
                if not isinstance(value, str) or not value:
                    yield document.problem((room, n, "value"), "must be a name in quotes", value)
                elif not _are_names(row.get("names", [value])):
                    yield document.problem((room, n, "names"), "must be a list of names")
        elif isinstance(rows, dict) and not room.startswith("_"):
            for value, names in rows.items():
                if not _are_names(names):
                    yield document.problem((room, value), "must be a list of names")


def _are_names(names: object) -> bool:
    return isinstance(names, list) and all(isinstance(n, str) and steps(n) for n in names)


def _plural(room: str, written: str) -> str:
    """Names of weapons take the plural ``s`` where they end in small Latin letters."""
    last = WORD.findall(written)[-1]
    takes = room == "system" and len(last) > 2 and last.isascii() and last[1:].islower()
    return written + "|" if takes and written[-1].isalpha() else written
