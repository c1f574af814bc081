"""Contradictions: what cannot both be right, found by rules that know no case by name."""

from __future__ import annotations

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.contradictions import (
    chronology,
    conduct,
    count,
    distance,
    identity,
    place,
    relay,
)
from shieldwall.evidence.records import Contradiction, Lineage


def contradictions(
    case: Case, claims: tuple[Claim, ...], lineage: Lineage
) -> tuple[Contradiction, ...]:
    """Every contradiction among ``claims``, by rule and then in the order of the case.

    Ids are made of the rule and the claim found wrong; the order in which claims are given changes
    neither what is found nor its order.
    """
    at = {c.id: i for i, c in enumerate(case.claims)}
    ordered = tuple(sorted(claims, key=lambda c: (at.get(c.id, len(at)), c.id)))
    return (
        *chronology.contradicted(case, ordered, lineage),
        *relay.contradicted(case, ordered, lineage),
        *identity.contradicted(case, ordered, lineage),
        *place.contradicted(case, ordered, lineage),
        *count.contradicted(case, ordered, lineage),
        *distance.contradicted(case, ordered),
        *conduct.contradicted(case, ordered, lineage),
    )
