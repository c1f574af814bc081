"""Claims with the lineage that their coded relays make, for tests of what stands on lineage."""

from __future__ import annotations

import makers
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Case, Claim, Moment, Source
from shieldwall.evidence.contradictions import contradictions
from shieldwall.evidence.contradictions.distance import check_distances
from shieldwall.evidence.records import Contradiction, Edge, Lineage


def lineage(claims: tuple[Claim, ...]) -> Lineage:
    """Every coded relay with probability 1; all others are origins."""
    edges = (Edge(c.id, c.relays, 1.0, ("coded",), True) for c in claims if c.relays)
    return Lineage(tuple(c.id for c in claims), tuple(edges))


def case(*claims: Claim, **fields: object) -> Case:
    """A case of these claims, each of whose sources is of grade C unless given."""
    given = {s.id: s for s in fields.pop("sources", ())}
    names = dict.fromkeys([*(c.source for c in claims), *given])
    sources = tuple(given.get(name, makers.source(name, "C")) for name in names)
    return makers.case(claims=claims, sources=sources, **fields)


def source(id: str, reliability: str = "C", **fields: object) -> Source:
    usual = {"interest": None, "note": "", "where": "sources.toml:1"}
    return Source(id=id, name=id.title(), family="press", reliability=reliability, **usual | fields)


def found(*claims: Claim, **fields: object) -> tuple[Contradiction, ...]:
    """The contradictions among these claims."""
    made = case(*claims, **fields)
    return contradictions(made, claims, lineage(claims), check_distances(made, claims))


def one(*claims: Claim, **fields: object) -> Contradiction:
    """The one contradiction among these claims."""
    (only,) = found(*claims, **fields)
    return only


def clock(text: str) -> Moment:
    """A moment as a case file would read it."""
    return parse_moment(text)
