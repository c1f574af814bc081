"""Contradictions: what cannot both be right, found by rules that know no case by name."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

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
from shieldwall.evidence.records import Contradiction, DistanceCheck, Lineage


def contradictions(
    case: Case,
    claims: tuple[Claim, ...],
    lineage: Lineage,
    checks: tuple[DistanceCheck, ...],
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Contradiction, ...]:
    """Every contradiction among ``claims``, by rule and then in the order of the case.

    ``checks``: the distances among them, measured (``distance.check_distances``). ``names``: what
    the reader calls a system, radar or aircraft; its id where there is none.
    Ids are made of the rule and the claim found wrong; the order in which claims are given changes
    neither what is found nor its order.
    """
    at = {c.id: i for i, c in enumerate(case.claims)}
    ordered = tuple(sorted(claims, key=lambda c: (at.get(c.id, len(at)), c.id)))
    return (
        *chronology.contradicted(case, ordered, lineage),
        *relay.contradicted(case, ordered, lineage, names),
        *identity.contradicted(case, ordered, lineage),
        *place.contradicted(case, ordered, lineage),
        *count.contradicted(case, ordered, lineage),
        *distance.contradicted(case, ordered, checks),
        *conduct.contradicted(case, ordered, lineage),
    )
