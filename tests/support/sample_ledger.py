"""The sample's trail: each number of it entered as the product enters its own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sample_evidence import sample_contributions, sample_evidence, sample_matrix, sample_topics
from sample_network import UNITS
from shieldwall.case.assumed import in_force
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.assumptions import DEFAULTS as CONTROL_ASSUMPTIONS
from shieldwall.control.records import OperationalControl
from shieldwall.coverage.assumptions import DEFAULTS as COVERAGE_ASSUMPTIONS
from shieldwall.coverage.records import AreaCover, Coverage
from shieldwall.evidence.assumptions import DEFAULTS as EVIDENCE_ASSUMPTIONS
from shieldwall.evidence.channels import DEFAULTS as CHANNEL_ASSUMPTIONS
from shieldwall.evidence.lineage.assumptions import DEFAULTS as LINEAGE_ASSUMPTIONS
from shieldwall.network.assumptions import DEFAULTS as NETWORK_ASSUMPTIONS
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.assumptions import DEFAULTS as ORBAT_ASSUMPTIONS
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.raid.assumptions import DEFAULTS as RAID_ASSUMPTIONS
from shieldwall.raid.records import RaidOutcomes
from shieldwall.trail.control import enter_control
from shieldwall.trail.evidence import (
    enter_bits,
    enter_contributions,
    enter_evidence,
    enter_matrices,
    enter_topics,
)
from shieldwall.trail.named import Named
from shieldwall.trail.origins import enter_origins
from shieldwall.trail.raids import enter_raids


def sample_ledger(*, case: Case, catalogue: Catalogue, order: OrderOfBattle, ensemble: Ensemble,
            coverage: Coverage, k_factor: tuple[float, float, float],
            control: OperationalControl, fought: RaidOutcomes) -> Ledger:  # fmt: skip
    ledger = Ledger()

    def enter(*fields: Any) -> None:
        ledger.quantity(Quantity(*fields))

    _leaves(ledger, case, catalogue)
    _enter_evidence(ledger, Named(case, catalogue), case, order)
    enter("terrain.k_factor", "Effective Earth radius factor", k_factor[1], k_factor[0],
          k_factor[2], "ratio", "refraction band", ("data:refraction",))  # fmt: skip
    enter("terrain.posts", "Distance between posts", 90.0, None, None, "m", "of the relief",
          ("data:terrain",))  # fmt: skip
    columns = {unit.id: column for column, unit in enumerate(ensemble.units)}
    for unit in order.units:
        base, band = f"orbat.{unit.id}", unit.serviceable.band
        service = float(ensemble.in_service[:, columns[unit.id]].mean())
        works = (f"{base}.presence", f"{base}.serviceable")
        enter(
            f"{base}.presence",
            f"{unit.id} is there",
            unit.presence,
            None,
            None,
            "probability",
            "sample rule",
            unit.trail,
        )
        enter(f"{base}.fused", f"{unit.id} by the evidence", unit.presence, None, None,
              "probability", "sample rule", unit.trail)  # fmt: skip
        enter(
            f"{base}.launchers",
            f"{unit.id} launchers",
            4.0,
            1.0,
            6.0,
            "launchers",
            "sample rule",
            unit.trail,
        )
        enter(
            f"{base}.serviceable",
            f"{unit.id} share that works",
            band.likely,
            band.low,
            band.high,
            "share",
            "sample rule",
            ("assumption:availability",),
        )
        enter(f"{base}.in_service", f"{unit.id} there and working", service, None, None,
              "probability", "share of draws", works)  # fmt: skip
    for held in order.held:
        enter(
            f"orbat.{held.system}.held",
            f"{held.system} held",
            held.held,
            None,
            None,
            "probability",
            "sample rule",
            held.trail,
        )
        if held.total is not None:
            total = held.total.band
            enter(f"orbat.{held.system}.total", f"{held.system} total", total.likely,
                  total.low, total.high, held.unit, "sample rule", held.trail)  # fmt: skip
    enter_control(ledger, Named(case, catalogue), control)
    for cover in coverage.areas:
        _enter_cover(enter, cover)
    for reach in coverage.reach:
        base = f"reach.{reach.place}.{reach.origin}"
        if reach.threat is None:
            enter(base, f"{reach.origin} to {reach.place}", reach.nearest_km,
                  reach.nearest_km - reach.plus_minus_km, reach.farthest_km + reach.plus_minus_km,
                  "km", "WGS-84 geodesic", (f"data:origin.{reach.origin}",))  # fmt: skip
        else:
            threat = next(t for t in case.threats if t.id == reach.threat)
            enter(f"{base}.{reach.threat}", f"{reach.threat} reaches {reach.place}",
                  reach.probability, None, None, "probability", "share of draws",
                  (base, f"catalogue:{threat.catalogue}.range"))  # fmt: skip
    for check in sample_evidence(case).distances:
        enter(f"distance.{check.claim}", check.verdict, check.stated_km, None, None, "km",
              "compared with each origin", (f"claim:{check.claim}",))  # fmt: skip
    for assumption in RAID_ASSUMPTIONS:
        ledger.leaf(Leaf(f"assumption:{assumption.id}", "assumption", assumption.statement,
                         assumption.reason, "", assumption.where))  # fmt: skip
    enter_raids(ledger, case, catalogue, ensemble, fought)
    enter_origins(ledger, Named(case, catalogue), case, catalogue, sample_evidence(case),
                  order, control, ensemble, coverage, None)  # fmt: skip
    return ledger


def _enter_cover(enter: Callable[..., None], cover: AreaCover) -> None:
    service = (f"orbat.{u[0]}.in_service" for u in UNITS[:3])
    inputs = (*service, "orbat.iglas.total", "terrain.k_factor", "terrain.posts")
    base = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"
    at = f"{cover.area}, {cover.threat}, {cover.altitude_m} m"
    spreads = {f"depth_{n}": s for n, s in enumerate(cover.depth, 1)}
    spreads |= {f"layer_{k}": s for k, s in cover.layer.items()}
    spreads |= {f"adds_{k}": s for k, s in cover.adds.items()}
    for name, spread in spreads.items():
        enter(f"{base}.{name}", f"Share {name} ({at})", spread.mean, spread.low, spread.high,  
              "share", "mean over draws", inputs)  # fmt: skip
    bare = {"rings": cover.rings, "horizon": cover.horizon, "terrain": cover.terrain,
            "present": cover.present, "lost_to_terrain": cover.rings - cover.terrain}  # fmt: skip
    for name, value in bare.items():
        enter(f"{base}.{name}", f"Share {name} ({at})", value, None, None, "share",  
              "single evaluation", inputs)  # fmt: skip


def _enter_evidence(ledger: Ledger, named: Named, case: Case, order: OrderOfBattle) -> None:
    enter_evidence(ledger, named, sample_evidence(case))
    enter_bits(ledger, named, order.held)
    enter_contributions(ledger, named, sample_contributions(case, order), order)
    enter_matrices(ledger, (sample_matrix(case),))
    enter_topics(ledger, named, sample_topics(case))


def _leaves(ledger: Ledger, case: Case, catalogue: Catalogue) -> None:
    for claim in case.claims:
        ledger.leaf(Leaf(f"claim:{claim.id}", "claim", claim.statement, claim.source,
                         claim.address or "", claim.where))  # fmt: skip
    owners = (*catalogue.systems.values(), *catalogue.threats.values())
    radars = (r.instrumented for r in catalogue.radars.values())
    for figure in (*(f for o in owners for f in o.figures.values()), *radars):
        if figure is not None:
            ledger.leaf(Leaf(f"catalogue:{figure.id}", "catalogue", figure.name, "A sample sheet",
                             "https://example.org/sheet", figure.where))  # fmt: skip
    for holding in case.holdings:
        ledger.leaf(Leaf(f"holding:{holding.system}", "holding", "Published holding",
                         holding.source, "", holding.where))  # fmt: skip
    tables = (EVIDENCE_ASSUMPTIONS, LINEAGE_ASSUMPTIONS, CHANNEL_ASSUMPTIONS, ORBAT_ASSUMPTIONS,
              CONTROL_ASSUMPTIONS, NETWORK_ASSUMPTIONS, COVERAGE_ASSUMPTIONS)  # fmt: skip
    rooms = in_force(case, tuple({a.id: a for table in tables for a in table}.values()))
    for each in ({a.id: a for a in case.assumptions} | rooms).values():
        ledger.leaf(Leaf(f"assumption:{each.id}", "assumption", each.statement, each.reason, "",
                         each.where))  # fmt: skip
    for index, override in enumerate(case.overrides):
        ledger.leaf(Leaf(f"override:{index}", "override", override.reason, override.by, "",
                         override.where))  # fmt: skip
    for origin in case.origins:
        ledger.leaf(Leaf(f"data:origin.{origin.id}", "data", origin.name, origin.source, "",
                         origin.where))  # fmt: skip
    ledger.leaf(Leaf("data:terrain", "data", "sample relief", "made for tests"))
    ledger.leaf(Leaf("data:refraction", "data", "sample refraction band", "made for tests"))
