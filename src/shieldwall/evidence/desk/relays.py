"""Claims that stand word for word in another accepted document: they relay the earlier one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shieldwall.case.moments import parse_moment, surely_before
from shieldwall.case.records import Case, Moment
from shieldwall.evidence.exports.table import flat
from shieldwall.evidence.lineage.words import shingles, tokens
from shieldwall.evidence.store import Store

REACH = 240
"""Characters on either side of a span that still count as its passage: some three sentences."""
FEWEST_WORDS = 8
"""A shorter passage is compared with what stands around it: few words prove nothing."""
SAME = ("about", "system", "component", "place")
"""Fields in which two claims must agree to be one telling."""

WORDS = 5
"""Length of a run of words that is compared, as for whole texts."""
MOST_SHARED = 0.7
"""Share of the shorter passage's runs that makes one a copy of the other."""

Fields = Mapping[str, Any]


@dataclass
class _Told:
    """The claims that tell one thing, and where each run of words stands among them."""

    claims: dict[str, Fields] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    runs: dict[str, list[str]] = field(default_factory=dict)
    """Run of words -> ids of the claims whose passage holds it."""


class Relays:
    """Looks for what a claim repeats among those already accepted."""

    def __init__(self, case: Case, store: Store) -> None:
        self._store = store
        self._stored = {document.sha256 for document in store.documents()}
        self._texts: dict[str, str] = {}
        self._told: dict[tuple[Any, ...], _Told] = {}
        for claim in case.claims:
            self.add(flat(claim))

    def add(self, fields: Fields) -> None:
        """Count a claim as accepted; one read in no stored document cannot be compared."""
        if fields.get("document") not in self._stored or "span_start" not in fields:
            return
        told = self._told.setdefault(_telling(fields), _Told())
        known = fields["id"] in told.sizes  # accepted, undone, accepted again
        told.claims[fields["id"]] = fields
        if known:
            return
        runs = _runs(self._passage(fields, REACH))
        told.sizes[fields["id"]] = len(runs)
        for run in runs:
            told.runs.setdefault(run, []).append(fields["id"])

    def drop(self, id: str) -> None:
        """Forget a claim that was taken back."""
        for told in self._told.values():
            told.claims.pop(id, None)

    def parent(self, fields: Fields) -> tuple[str, float] | None:
        """The claim that ``fields`` repeats, and the share of its wording found there.

        ``None`` where there is none, or only one that is surely later.
        """
        told = self._told.get(_telling(fields))
        if told is None:
            return None
        own = self._passage(fields, 0)
        if len(own.split()) < FEWEST_WORDS:
            own = self._passage(fields, REACH)
        runs = _runs(own)
        shared = Counter(id for run in runs for id in told.runs.get(run, ()))
        found = [
            (-number / min(len(runs), told.sizes[id]), id)
            for id, number in shared.items()
            if number >= MOST_SHARED * min(len(runs), told.sizes[id])
            and (other := told.claims.get(id)) is not None
            and other["document"] != fields["document"]
            and not _later(other, fields)
        ]
        return (min(found)[1], -min(found)[0]) if found else None

    def _passage(self, fields: Fields, reach: int) -> str:
        document = fields["document"]
        if document not in self._texts:
            self._texts[document] = self._store.text(document)
        start, end = fields["span_start"], fields["span_end"]
        return self._texts[document][max(0, start - reach) : end + reach]


def _runs(text: str) -> frozenset[str]:
    return shingles(tokens(text), WORDS)


def _telling(fields: Fields) -> tuple[Any, ...]:
    return tuple(fields.get(name) for name in SAME)


def _later(other: Fields, fields: Fields) -> bool:
    theirs, ours = _published(other), _published(fields)
    return theirs is not None and ours is not None and surely_before(ours, theirs)


def _published(fields: Fields) -> Moment | None:
    try:
        return parse_moment(fields.get("publication"))
    except ValueError:
        return None
