"""What the extractor hands on: proposals with exact spans, and drafts of claims made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Bound, Modality

ProposalKind = Literal[
    "system", "component", "count", "place", "aircraft", "operator", "speaker", "time"
]
Span = tuple[int, int]
"""First and last-plus-one character in the text that was given."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One mention that a person may accept; ``text`` is exactly ``document[start:end]``."""

    document: str
    start: int
    end: int
    text: str
    kind: ProposalKind
    value: str | float
    """Designation as known, number, ISO 8601 date, or the words themselves where relative."""
    id: str | None
    """Catalogue id, ICAO code or case place id; ``None``: not resolved."""
    bound: Bound | None
    unit: str | None
    """Of a count: what is counted, in the plural, or ``km``, ``t``."""
    modality: Modality
    cue: Span | None
    """The hedge, negation or attribution that decided the modality."""
    why: str
    """Name of the rule that found it."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim as far as one sentence says it; every part is a proposal of that sentence.

    ``about`` is the kind of claim its parts allow; nothing here was not in the sentence.
    """

    document: str
    start: int
    end: int
    about: Literal["presence", "count", "movement", "control", "personnel", "distance"]
    system: Proposal | None
    component: Proposal | None
    place: Proposal | None
    count: Proposal | None
    event: Proposal | None
    said_by: Proposal | None
    modality: Modality
