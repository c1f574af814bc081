"""From a case to its evidence: the one door, in the order things must be known."""

from __future__ import annotations

from dataclasses import replace

from shieldwall.case.records import Case, Claim
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.as_of import usable
from shieldwall.evidence.channels import channels
from shieldwall.evidence.contradictions import contradictions
from shieldwall.evidence.contradictions.distance import check_distances
from shieldwall.evidence.contradictions.words import system_names
from shieldwall.evidence.credibility import credibility
from shieldwall.evidence.grades import diagonal, weights
from shieldwall.evidence.imagery import readings
from shieldwall.evidence.lineage import infer
from shieldwall.evidence.records import Edge, Evidence, Lineage


def gather(case: Case, catalogue: Catalogue | None = None) -> Evidence:
    """Everything that could have been read on the case's as-of date, weighed.

    ``catalogue``: what findings call systems by; without one, by their ids.
    Order of files, claims and sources changes nothing but the order of the result. Raises
    ``InputError`` for an imagery reading that is wrong.
    """
    looked = readings(case)
    every = (*case.claims, *(c for r in looked if r.refused is None for c in r.claims))
    claims = tuple(c for c in every if usable(c, case))
    late = tuple(c.id for c in every if not usable(c, case))
    lineage = _lineage(case, claims)
    measured = check_distances(case, claims)
    names = {} if catalogue is None else system_names(catalogue)
    found = contradictions(case, claims, lineage, measured, names)
    graded = channels(case, claims, found)
    weighed = weights(case, claims, lineage, graded)
    refused = tuple(r for r in looked if r.refused is not None)
    warnings = (
        *diagonal(case, claims),
        *(f"Reading {r.id} is not used. {r.refused}" for r in refused),
    )
    weighed_up = Evidence(
        claims, late, lineage, found, graded, (), weighed, warnings, measured, refused
    )
    return replace(weighed_up, credibility=credibility(case, weighed_up))


def _lineage(case: Case, claims: tuple[Claim, ...]) -> Lineage:
    """Who repeats whom; a claim entered twice is its own relay, and nothing more is inferred."""
    kept = _first_of_each(claims)
    found = infer(
        case,
        tuple(
            replace(c, relays=kept.get(c.relays, c.relays) if c.relays else None)
            for c in claims
            if kept[c.id] == c.id
        ),
    )
    twins = {
        id: (Edge(id, first, 1.0, ("the same claim, entered twice",), coded=True),)
        for id, first in kept.items()
        if id != first
    }
    edges = (twins.get(c.id) or found.parents(c.id) for c in claims)
    return Lineage(tuple(c.id for c in claims), tuple(e for each in edges for e in each))


def _first_of_each(claims: tuple[Claim, ...]) -> dict[str, str]:
    """Claim -> the first by id of those that say the same; what they relay is compared likewise."""
    kept = {c.id: c.id for c in claims}
    while True:
        first: dict[Claim, str] = {}
        found = {}
        for claim in sorted(claims, key=lambda c: c.id):
            relays = kept.get(claim.relays, claim.relays) if claim.relays else None
            same = replace(claim, id="", where="", ingestion=None, relays=relays)
            found[claim.id] = first.setdefault(same, claim.id)
        if found == kept:
            return kept
        kept = found
