"""The sample's evidence: claims all alike in weight, and what follows from each."""

from __future__ import annotations

from types import MappingProxyType

import makers
from shieldwall.case.records import Band, Case
from shieldwall.evidence.ach import Cell, Matrix, Row, Standing
from shieldwall.evidence.records import (
    Channel,
    Contradiction,
    Credibility,
    DistanceCheck,
    Edge,
    Evidence,
    Lineage,
    Weight,
)
from shieldwall.evidence.topics import Topic
from shieldwall.orbat.contributions import Change, Contribution
from shieldwall.orbat.records import OrderOfBattle


def sample_evidence(case: Case) -> Evidence:
    """The case's claims with their coded relays; grades as by hand, all alike in weight."""
    claims = case.claims
    edges = tuple(
        Edge(c.id, c.relays, 1.0, ("coded in the case",), coded=True) for c in claims if c.relays
    )
    weights = tuple(
        Weight(c.id, 0.7, 0.35, Band(1.2, 2.0, 3.0),
               case.source(makers.origin_of(case, c).source).family, ("sample mapping",))
        for c in claims
    )  # fmt: skip
    channels = tuple(
        Channel(s.id, s.reliability, s.reliability, (), "no checkable error") for s in case.sources
    )
    first = claims[0]
    found = Contradiction(
        "chronology-sample", "chronology", (first.id,), "A sample says so.", "It was not so.",
        f"Sample rule: {first.statement}", checkable=True,
    )  # fmt: skip
    credible = tuple(Credibility(c.id, c.credibility, 6, "nobody else speaks") for c in claims)
    lineage = Lineage(tuple(c.id for c in claims), edges)
    measured = DistanceCheck(
        "border-distance", "la-carlota", "border", 700.0,
        MappingProxyType({"border": (568.0, 676.0), "offshore": (300.3, 300.3)}),
        "border", "The stated 700 km fits the border's far end, 676 km.",
    )  # fmt: skip
    return Evidence(
        claims, (), lineage, (found,), channels, credible, weights, (), (measured,)
    )  # fmt: skip


def sample_contributions(case: Case, order: OrderOfBattle) -> tuple[Contribution, ...]:
    """Each source moves each probability by a tenth."""
    return tuple(
        Contribution(
            source.id,
            tuple(c.id for c in case.claims if c.source == source.id),
            tuple(Change(h.system, h.held, max(0.0, h.held - 0.1)) for h in order.held),
            tuple(Change(u.id, u.presence, max(0.0, u.presence - 0.1)) for u in order.units),
        )
        for source in case.sources
    )


def sample_topics(case: Case) -> tuple[Topic, ...]:
    first = case.claims[0]
    return (Topic("movement", "il76", None, "2025-10", (first.id,), (first.id,), 1.0, ("flight",),
                  0.9),)  # fmt: skip


def sample_matrix(case: Case) -> Matrix:
    """Two answers and one observation, which speaks for the first."""
    claim = case.claims[0]
    cells = (Cell("show", Band(0.5, 0.6, 0.8), Band(0.2, 1.1, 1.9)),
             Cell("fear", Band(0.2, 0.3, 0.4), Band(-1.9, -1.1, -0.2)))  # fmt: skip
    row = Row("seen", claim.statement, claim.statement, (claim.id,), 1.0, Band(2, 4, 8), cells, 1.0,
              (0.5, 0.5))  # fmt: skip
    standings = (Standing("show", "A show", 0.5, Band(0.5, 0.68, 0.8), 0.95),
                 Standing("fear", "Fear", 0.5, Band(0.2, 0.32, 0.5), 0.05))  # fmt: skip
    return Matrix("why", "Why is it there?", (row,), standings, "show", True, ("seen",))
