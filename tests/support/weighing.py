"""Evidence of a small case by hand: coded relays as lineage, hand grades as channels."""

from __future__ import annotations

from dataclasses import replace

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.credibility import credibility
from shieldwall.evidence.grades import weights
from shieldwall.evidence.records import Channel, Edge, Evidence, Lineage
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.orbat.records import OrderOfBattle


def evidence(case: Case, edges: tuple[Edge, ...] = ()) -> Evidence:
    """Every claim of the case, weighed; ``edges`` beside the relays coded in it."""
    coded = tuple(Edge(c.id, c.relays, 1.0, ("coded",), True) for c in case.claims if c.relays)
    lineage = Lineage(tuple(c.id for c in case.claims), (*coded, *edges))
    graded = tuple(Channel(s.id, s.reliability, s.reliability, (), "by hand") for s in case.sources)
    weighed = weights(case, case.claims, lineage, graded)
    found = Evidence(case.claims, (), lineage, (), graded, (), weighed, ())
    return replace(found, credibility=credibility(case, found))


def fused(case: Case, catalogue: Catalogue, edges: tuple[Edge, ...] = ()) -> OrderOfBattle:
    """The order of battle of a small case."""
    return order_of_battle(case, catalogue, evidence(case, edges))
