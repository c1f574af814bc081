"""What a document is once it has been read: its text, what of it is the article, what was found.

Offsets count characters of ``Document.text``. ``kept`` and ``dropped`` together tile the text:
every character is in exactly one stretch.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Day
from datetime import datetime
from functools import cached_property
from typing import Literal

MediaType = Literal["text/plain", "text/html", "text/markdown", "application/pdf"]
Precision = Literal["day", "month", "year"]
Place = Literal["JSON-LD", "meta tag", "byline", "URL", "page", "front matter", "PDF properties"]
"""Where on a page a date stands; ``page`` is furniture: comments, copyright lines, clocks."""

Reason = Literal[
    "cookie wall", "comment form", "reader comment", "trackback", "navigation", "related links",
    "share or rating widget", "advertisement", "author box", "newsletter", "copyright line",
    "photo credit", "illustrative caption", "front matter", "page header", "hidden from readers",
]  # fmt: skip


@dataclass(frozen=True, order=True)
class Stretch:
    """Characters ``start`` to ``end`` (exclusive) of a document's text."""

    start: int
    end: int


@dataclass(frozen=True, order=True)
class Dropped:
    """A stretch that is no part of the article, why, and the rule that said so."""

    start: int
    end: int
    reason: Reason
    rule: str


@dataclass(frozen=True)
class Detection:
    """The language a text is written in, or ``None`` where it is too short or unsure."""

    code: str | None
    """ISO 639-1 where there is one."""
    probability: float | None
    """Of the likeliest language, whether or not it was sure enough to name."""
    runner_up: str | None
    runner_up_probability: float | None
    reason: str
    """Why no language is named; empty where one is."""


@dataclass(frozen=True)
class DateCandidate:
    """A date printed somewhere, read or not, and whether it may be the report's."""

    printed: str
    place: Place
    date: Day | None
    """Its first day where only a month or year is printed; ``None`` where it cannot be read."""
    precision: Precision | None
    usable: bool
    reason: str


@dataclass(frozen=True)
class DateFinding:
    """When the report was published, at the precision printed; ``None`` where it is not sure."""

    date: Day | None
    precision: Precision | None
    place: Place | None
    candidates: tuple[DateCandidate, ...]
    """All that were seen, in the order in which places are trusted."""
    reason: str
    """Why this date, or why none; disagreements between places are said here."""


@dataclass(frozen=True)
class Document:
    """One document, from its bytes as received to what of it counts as the article."""

    sha256: str
    """Of the bytes as received."""
    text_sha256: str | None
    """Of the letters and digits kept, case folded: equal for one article in two wrappers.

    ``None`` where nothing is kept.
    """
    name: str
    address: str | None
    retrieved: datetime | None
    media_type: MediaType
    encoding: str
    """As decoded, and how that was known: ``utf-8 (valid)``, ``koi8-r (guessed)``."""
    text: str
    kept: tuple[Stretch, ...]
    dropped: tuple[Dropped, ...]
    language: Detection
    date: DateFinding
    title: str | None
    publisher: str | None
    author: str | None
    neutralised: int
    """Invisible or direction-changing characters, each replaced by one U+FFFD (shown as �)."""
    undecodable: int
    """Bytes or sequences that mean nothing in the encoding, each read as U+FFFD."""
    notes: tuple[str, ...]
    """What a reader should know: guesses, hidden characters, pages without text."""

    @cached_property
    def kept_text(self) -> str:
        """The article alone; its offsets are not those of ``text``."""
        return "".join(self.text[s.start : s.end] for s in self.kept)
