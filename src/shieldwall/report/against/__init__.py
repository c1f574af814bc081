"""Where the source documents and the assessment part: what is said, what is concluded, why.

    against(assessment)  ->  entries, the one of largest consequence first

Every entry is made of what a document's own claims say and of what the rooms concluded; no rule
here knows a case, and a rule that finds nothing to hold against a document says nothing.
"""

from __future__ import annotations

from shieldwall.report.against import events, foretold, meaning, network, worth
from shieldwall.report.against.documents import read_documents
from shieldwall.report.against.records import (
    KINDS,
    Entry,
    Group,
    Kind,
    Linked,
    Number,
    Part,
    rank,
)
from shieldwall.report.records import Assessment

__all__ = ["KINDS", "Entry", "Group", "Kind", "Linked", "Number", "Part", "against"]

RULES = (
    network.presences, network.availability, network.operators, foretold.forecasts,
    foretold.outcomes, network.counts, network.people,
    meaning.disputes, meaning.readings, meaning.silences,
    events.times, events.merged, events.conduct, events.distances, events.tracks,
    worth.altered, worth.records, worth.grades, worth.pictures, worth.furniture,
)  # fmt: skip


COVERED: tuple[Kind, ...] = ("presence", "count", "people", "merged")
"""Kinds that tell of the origin behind a claim, so that its relays need no entry of their own."""


def against(assessment: Assessment) -> tuple[Entry, ...]:
    """All entries of one assessment; the same assessment gives the same entries."""
    read = read_documents(assessment)
    found = [entry for rule in RULES for entry in rule(read)]
    found += worth.relays(read, told={c for e in found if e.kind in COVERED for c in e.claims})
    return tuple(sorted(found, key=rank))
