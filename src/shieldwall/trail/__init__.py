"""Entering the results of all rooms into the ledger, so that every printed number has its trail.

The rooms compute; this one says of each number what it is called, how it was made and from what.
"""

from __future__ import annotations

from shieldwall.calculus.records import Calculus
from shieldwall.case.records import Assumption, Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.records import OperationalControl
from shieldwall.coverage.records import Coverage
from shieldwall.evidence.ach import Matrix
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.topics import Topic
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.contributions import Contribution
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.provenance import Ledger
from shieldwall.raid.records import RaidOutcomes
from shieldwall.terrain.records import TerrainNote
from shieldwall.terrain.refraction import Refraction
from shieldwall.trail.calculus import enter_calculus
from shieldwall.trail.control import enter_control
from shieldwall.trail.coverage import enter_coverage, enter_reach
from shieldwall.trail.evidence import (
    enter_bits,
    enter_contributions,
    enter_evidence,
    enter_matrices,
    enter_topics,
)
from shieldwall.trail.leaves import enter_leaves
from shieldwall.trail.named import Named
from shieldwall.trail.orbat import enter_layers, enter_order_of_battle
from shieldwall.trail.origins import enter_origins
from shieldwall.trail.raids import enter_raids


def enter_all(
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    orbat: OrderOfBattle,
    contributions: tuple[Contribution, ...],
    matrices: tuple[Matrix, ...],
    told: tuple[Topic, ...],
    control: OperationalControl,
    ensemble: Ensemble,
    coverage: Coverage,
    fought: RaidOutcomes,
    crisis: Calculus | None,
    assumptions: tuple[Assumption, ...],
    terrain: TerrainNote,
    refraction: Refraction,
) -> Ledger:
    """The ledger of one assessment: leaves first, then each room's numbers in order.

    Raises ``ValueError``, an error of the program, where a figure rests on what is not in it.
    """
    ledger = Ledger()
    named = Named(case, catalogue, evidence.claims)
    readings = frozenset(c.id for c in evidence.claims if not case.has(c.id))
    enter_leaves(
        ledger, named, case, catalogue, evidence, ensemble, assumptions, terrain, refraction
    )
    enter_evidence(ledger, named, evidence, readings)
    enter_bits(ledger, named, orbat.held)
    enter_matrices(ledger, matrices)
    enter_topics(ledger, named, told)
    enter_contributions(ledger, named, contributions, orbat)
    enter_order_of_battle(ledger, case, catalogue, orbat, ensemble)
    enter_control(ledger, named, control)
    enter_layers(ledger, catalogue, ensemble, coverage.layers)
    enter_coverage(ledger, case, catalogue, coverage)
    enter_reach(ledger, case, catalogue, coverage, evidence.distances)
    enter_raids(ledger, case, catalogue, ensemble, fought)
    enter_calculus(ledger, case, crisis)
    enter_origins(
        ledger, named, case, catalogue, evidence, orbat, control, ensemble, coverage, crisis
    )
    broken = ledger.broken()
    if broken:
        each = "; ".join(f"{id} on {', '.join(missing)}" for id, missing in broken.items())
        raise ValueError(f"figures rest on what the ledger lacks: {each}")
    return ledger
