"""The documents of a case: which claims are their own, and what these go back to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Claim
from shieldwall.evidence.contradictions.words import when
from shieldwall.evidence.records import STATED, Contradiction, ContradictionKind, Evidence
from shieldwall.provenance import Ledger
from shieldwall.report.against.records import Linked
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, short

DOCUMENT = re.compile(r"doc\d+")
"""The id of a source that is a document under assessment, as the cases write it."""

THERE = ("presence", "delivery", "holding", "count")
"""What says that a system is there."""

SHARP = 0.8
"""What is stated as fact ought to be very likely at least (the word begins here)."""


@dataclass(frozen=True)
class Read:
    """An assessment, read from the side of its documents."""

    assessment: Assessment

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """Sources that are documents, in the order of the case."""
        sources = self.assessment.case.sources
        return tuple(s.id for s in sources if DOCUMENT.fullmatch(s.id))

    @property
    def evidence(self) -> Evidence:
        return self.assessment.evidence

    @property
    def ledger(self) -> Ledger:
        return self.assessment.ledger

    @cached_property
    def own(self) -> dict[str, tuple[Claim, ...]]:
        """Document -> its claims, in the order of the case."""
        found: dict[str, list[Claim]] = {d: [] for d in self.documents}
        for claim in self.evidence.claims:
            if claim.source in found:
                found[claim.source].append(claim)
        return {d: tuple(claims) for d, claims in found.items()}

    @property
    def as_of(self) -> str:
        """The day the case stands at, in words."""
        return when(parse_moment(self.assessment.case.as_of))

    def each(self) -> Iterator[tuple[str, tuple[Claim, ...]]]:
        """Documents that say anything, with what they say."""
        return ((d, claims) for d, claims in self.own.items() if claims)

    def has(self, id: str) -> bool:
        """Whether the ledger knows the value of a figure."""
        found = self.ledger.quantities.get(id)
        return found is not None and found.value is not None

    def value(self, id: str) -> float:
        """A figure of the ledger; 0 where there is none, so ask ``has`` first."""
        found = self.ledger.quantities.get(id)
        return 0.0 if found is None or found.value is None else found.value

    def who(self, source: str) -> str:
        """A source by its short name."""
        return short(self.assessment.case.source(source).name)

    def system(self, id: str) -> str:
        """A system, radar or threat of the catalogue by its short name: ``S-300VM``."""
        return self.assessment.catalogue.short_name(id)

    def place(self, id: str) -> str:
        """A place without its region and brackets."""
        return short(self.assessment.case.place(id).name)

    def line(self, id: str) -> str:
        """A line or point that distances are measured from."""
        return next((o.name for o in self.assessment.case.origins if o.id == id), id)

    def linked(self, claim: str, text: str = "") -> Linked:
        """Who says it, or other words, as a link to the claim; it may be one that came later."""
        late = self.assessment.case.claim(claim) if not self.evidence.has(claim) else None
        source = (late or self.evidence.claim(claim)).source
        return Linked(f"claim:{claim}", text or self.who(source))

    def outlets(self, origin: str) -> tuple[str, ...]:
        """Other sources that repeat an origin."""
        group = self.evidence.lineage.groups.get(origin, ())
        own = self.evidence.claim(origin).source
        return tuple(sorted({self.evidence.claim(c).source for c in group} - {own}))

    def another(self, claim: Claim) -> str | None:
        """The origin of a claim, where it is another source's."""
        origin = self.evidence.lineage.origin(claim.id)
        return None if self.evidence.claim(origin).source == claim.source else origin

    def found(self, kind: ContradictionKind, claims: Iterable[str]) -> tuple[Contradiction, ...]:
        """Contradictions of a kind that find one of ``claims`` wrong."""
        ids = frozenset(claims)
        every = self.evidence.contradictions
        return tuple(c for c in every if c.kind == kind and c.claims[0] in ids)

    def interest(self, origin: str) -> str:
        """What the source of an origin gains by being believed; empty where none is known."""
        source = self.assessment.case.source(self.evidence.claim(origin).source)
        return source.interest or ""


def read_documents(assessment: Assessment) -> Read:
    """An assessment, read from the side of its documents."""
    return Read(assessment)


def ids(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(c.id for c in claims)


def stated(claims: Iterable[Claim], *about: str) -> tuple[Claim, ...]:
    """Claims that state something about one of these, as fact or report."""
    told = STATED - {"speculated"}
    return tuple(c for c in claims if c.about in about and c.modality in told)


def behind(read: Read, origin: str, text: str = "one origin") -> tuple[Linked, str]:
    """``one origin``, linked to how many that is, and who repeats it."""
    outlets = len(read.outlets(origin))
    figure = f"origins.{origin}"
    one = Linked(figure if read.has(figure) else f"claim:{origin}", text)
    return one, f"printed by {count(outlets, 'other source')}" if outlets else "repeated by nobody"
