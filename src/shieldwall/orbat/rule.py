"""Passing: the old door to the order of battle, until every caller gathers evidence first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from shieldwall.case.records import Case, Claim
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.grades import credibility, weights
from shieldwall.evidence.records import Channel, Edge, Evidence, Lineage
from shieldwall.orbat import fuse
from shieldwall.orbat.records import LAUNCHER_UNITS, OrderOfBattle

__all__ = ["LAUNCHER_UNITS", "order_of_battle", "usable"]


def usable(claim: Claim, as_of: date) -> bool:
    """True if the claim could have been read on ``as_of``."""
    moment = claim.publication or claim.acquisition or claim.event
    end_of_day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=1)
    return moment is None or moment.start < end_of_day


def order_of_battle(case: Case, catalogue: Catalogue) -> OrderOfBattle:
    """By coded relays and hand grades."""
    claims = tuple(c for c in case.claims if usable(c, case.as_of))
    read = {c.id for c in claims}
    coded = tuple(
        Edge(c.id, c.relays, 1.0, ("coded",), True) for c in claims if c.relays in read and c.relays
    )
    lineage = Lineage(tuple(c.id for c in claims), coded)
    graded = tuple(Channel(s.id, s.reliability, s.reliability, (), "") for s in case.sources)
    weighed = weights(case, claims, lineage, graded)
    credible = credibility(case, claims, lineage, weighed)
    evidence = Evidence(claims, (), lineage, (), graded, credible, weighed, ())
    return fuse.order_of_battle(case, catalogue, evidence)
