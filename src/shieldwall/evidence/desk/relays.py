"""Claims that stand word for word in another accepted document: they relay the earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shieldwall.case.moments import parse_moment, surely_before
from shieldwall.case.records import Case, Moment
from shieldwall.evidence.exports.table import flat
from shieldwall.evidence.lineage.duplicates import near_duplicates
from shieldwall.evidence.store import Store

REACH = 240
"""Characters on either side of a span that still count as its passage: some three sentences."""
FEWEST_WORDS = 8
"""A shorter passage is compared with what stands around it: few words prove nothing."""
SAME = ("about", "system", "component", "place")
"""Fields in which two claims must agree to be one telling."""

Fields = Mapping[str, Any]


class Relays:
    """Looks for what a claim repeats among those already accepted."""

    def __init__(self, case: Case, store: Store) -> None:
        self._store = store
        self._stored = {document.sha256 for document in store.documents()}
        self._texts: dict[str, str] = {}
        self._told: dict[tuple[Any, ...], dict[str, Fields]] = {}
        for claim in case.claims:
            self.add(flat(claim))

    def add(self, fields: Fields) -> None:
        """Count a claim as accepted; one read in no stored document cannot be compared."""
        if fields.get("document") in self._stored and "span_start" in fields:
            self._told.setdefault(_telling(fields), {})[fields["id"]] = fields

    def drop(self, id: str) -> None:
        """Forget a claim that was taken back."""
        for group in self._told.values():
            group.pop(id, None)

    def parent(self, fields: Fields) -> tuple[str, float] | None:
        """The claim that ``fields`` repeats, and the share of its wording found there.

        ``None`` where there is none, or only one that is surely later.
        """
        own = self._passage(fields, 0)
        if len(own.split()) < FEWEST_WORDS:
            own = self._passage(fields, REACH)
        found = []
        for id, other in self._told.get(_telling(fields), {}).items():
            if other["document"] == fields["document"] or _later(other, fields):
                continue
            for pair in near_duplicates({"": own, id: self._passage(other, REACH)}):
                found.append((-pair.containment, id))
        return (min(found)[1], -min(found)[0]) if found else None

    def _passage(self, fields: Fields, reach: int) -> str:
        document = fields["document"]
        if document not in self._texts:
            self._texts[document] = self._store.text(document)
        start, end = fields["span_start"], fields["span_end"]
        return self._texts[document][max(0, start - reach) : end + reach]


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
