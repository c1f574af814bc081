"""From a case to its evidence: the one door, in the order things must be known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.channels import channels
from shieldwall.evidence.contradictions import contradictions
from shieldwall.evidence.grades import credibility, diagonal, weights
from shieldwall.evidence.imagery import readings
from shieldwall.evidence.lineage import infer
from shieldwall.evidence.records import Edge, Evidence, Lineage


def gather(case: Case) -> Evidence:
    """Everything that could have been read on the case's as-of date, weighed.

    Order of files, claims and sources changes nothing but the order of the result. Raises
    ``InputError`` for an imagery reading that is wrong.
    """
    looked = readings(case)
    every = (*case.claims, *(c for r in looked if r.refused is None for c in r.claims))
    claims = tuple(c for c in every if usable(c, case.as_of))
    late = tuple(c.id for c in every if not usable(c, case.as_of))
    lineage = _lineage(case, claims)
    found = contradictions(case, claims, lineage)
    graded = channels(case, claims, found)
    weighed = weights(case, claims, lineage, graded)
    credible = credibility(case, claims, lineage, weighed)
    warnings = (
        *diagonal(case, claims),
        *(f"Reading {r.id} is not used. {r.refused}" for r in looked if r.refused),
    )
    return Evidence(claims, late, lineage, found, graded, credible, weighed, warnings)


def _lineage(case: Case, claims: tuple[Claim, ...]) -> Lineage:
    """Who repeats whom; a claim entered twice is its own relay, and nothing more is inferred."""
    first: dict[Claim, str] = {}
    twins: dict[str, Edge] = {}
    for claim in sorted(claims, key=lambda c: c.id):
        kept = first.setdefault(replace(claim, id="", where="", ingestion=None), claim.id)
        if kept != claim.id:
            twins[claim.id] = Edge(claim.id, kept, 1.0, ("the same claim, entered twice",), True)
    found = infer(case, tuple(c for c in claims if c.id not in twins))
    edges = {c.id: found.parents(c.id) for c in claims} | {t: (e,) for t, e in twins.items()}
    return Lineage(tuple(c.id for c in claims), tuple(e for c in claims for e in edges[c.id]))


def usable(claim: Claim, as_of: date) -> bool:
    """True if the claim could have been read on ``as_of``: published, or else seen, by its end.

    An undated claim is usable: its date is unknown, not late.
    """
    moment = claim.publication or claim.acquisition or claim.event
    end_of_day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=1)
    return moment is None or moment.start < end_of_day
