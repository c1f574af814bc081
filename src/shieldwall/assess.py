"""The way of the data: from a case folder to an assessment. Read this file first.

``drawn.py`` has the first half, which every question goes: from the folder to the draws.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from shieldwall import __version__
from shieldwall.calculus.assumptions import DEFAULTS as CALCULUS_ASSUMPTIONS
from shieldwall.calculus.calculate import calculus
from shieldwall.case.assumed import in_force
from shieldwall.case.records import Assumption, Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.assumptions import DEFAULTS as CONTROL_ASSUMPTIONS
from shieldwall.coverage.assumptions import DEFAULTS as COVERAGE_ASSUMPTIONS
from shieldwall.coverage.envelope import upper_bounds
from shieldwall.coverage.measure import cover
from shieldwall.drawn import draw, read
from shieldwall.evidence.ach import DEFAULTS as ACH_ASSUMPTIONS
from shieldwall.evidence.ach import matrix
from shieldwall.evidence.assumptions import DEFAULTS as EVIDENCE_ASSUMPTIONS
from shieldwall.evidence.channels import DEFAULTS as CHANNEL_ASSUMPTIONS
from shieldwall.evidence.imagery import DEFAULTS as IMAGERY_ASSUMPTIONS
from shieldwall.evidence.lineage.assumptions import DEFAULTS as LINEAGE_ASSUMPTIONS
from shieldwall.evidence.topics import topics
from shieldwall.network.assumptions import DEFAULTS as NETWORK_ASSUMPTIONS
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.assumptions import DEFAULTS as ORBAT_ASSUMPTIONS
from shieldwall.orbat.contributions import leave_out
from shieldwall.progress import Progress, Silent
from shieldwall.raid.assumptions import DEFAULTS as RAID_ASSUMPTIONS
from shieldwall.raid.fight import raids
from shieldwall.report.records import Assessment
from shieldwall.terrain.assumptions import assumptions as terrain_assumptions
from shieldwall.terrain.records import noted_voids
from shieldwall.trail import enter_all


def assess(
    folder: Path,
    cache: Path | None = None,
    draws: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    as_of: date | None = None,
) -> Assessment:
    """Assess one case folder; the same case and seed give the same result on any ``workers``.

    ``cache`` holds fetched terrain; ``draws`` overrides the case's number of draws; ``as_of`` asks
    for the assessment as it could have been made on an earlier day. Raises ``UsageError``,
    ``InputError`` or ``TerrainError``.
    """
    progress = progress or Silent()
    found = read(folder, progress, as_of)
    drawn = draw(found, cache, draws, workers, progress)
    case, catalogue, evidence = drawn.case, drawn.catalogue, drawn.evidence
    orbat, control, ensemble = drawn.order_of_battle, drawn.control, drawn.ensemble
    terrain, bending = drawn.terrain, drawn.refraction
    contributions = leave_out(case, catalogue, evidence, by="source")
    matrices = tuple(matrix(case, evidence, question) for question in case.questions)
    told = topics(case, evidence, catalogue.systems.keys() | catalogue.radars.keys())
    coverage = cover(case, catalogue, ensemble, terrain, workers, progress)
    fought = raids(case, catalogue, evidence, ensemble, terrain, workers, progress)
    progress.step("playing the crisis")
    crisis = calculus(case, control, fought)
    assumptions = _assumptions(case, catalogue, ensemble)
    note = noted_voids(terrain.note, coverage.void_share)
    k_factor = bending.low, bending.likely, bending.high
    ledger = enter_all(
        case, catalogue, evidence, orbat, contributions, matrices, told, control, ensemble,
        coverage, fought, crisis, assumptions, note, bending,
    )  # fmt: skip
    return Assessment(
        case, catalogue, evidence, orbat, contributions, matrices, told, control, ensemble, note,
        k_factor, coverage, fought, crisis, assumptions, ledger, __version__,
        found.written,
    )  # fmt: skip


def _assumptions(case: Case, catalogue: Catalogue, ensemble: Ensemble) -> tuple[Assumption, ...]:
    """Every assumption in force, once: the case's, the rooms', and where figures are missing."""
    tables = (
        EVIDENCE_ASSUMPTIONS, LINEAGE_ASSUMPTIONS, IMAGERY_ASSUMPTIONS, CHANNEL_ASSUMPTIONS,
        ACH_ASSUMPTIONS, ORBAT_ASSUMPTIONS, CONTROL_ASSUMPTIONS, NETWORK_ASSUMPTIONS,
        COVERAGE_ASSUMPTIONS, *((RAID_ASSUMPTIONS,) if case.raids else ()),
        *((CALCULUS_ASSUMPTIONS,) if case.game else ()), terrain_assumptions(),
    )  # fmt: skip
    rooms = in_force(case, tuple(a for table in tables for a in table))
    own = {a.id: a for a in case.assumptions}
    missing = {a.id: a for a in upper_bounds(case, catalogue, ensemble.units)}
    return tuple({**own, **rooms, **missing}.values())
