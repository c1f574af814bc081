"""The way of the data: from a case folder to an assessment. Read this file first."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from shieldwall import __version__
from shieldwall.calculus.assumptions import DEFAULTS as CALCULUS_ASSUMPTIONS
from shieldwall.calculus.calculate import calculus
from shieldwall.case import load_case
from shieldwall.case.assumed import in_force
from shieldwall.case.records import Assumption, Case
from shieldwall.case.schema import MAX_DRAWS
from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.assumptions import DEFAULTS as CONTROL_ASSUMPTIONS
from shieldwall.control.operate import operational_control
from shieldwall.coverage.assumptions import DEFAULTS as COVERAGE_ASSUMPTIONS
from shieldwall.coverage.envelope import upper_bounds
from shieldwall.coverage.measure import cover
from shieldwall.errors import UsageError
from shieldwall.evidence.ach import DEFAULTS as ACH_ASSUMPTIONS
from shieldwall.evidence.ach import matrix
from shieldwall.evidence.as_of import as_it_stood
from shieldwall.evidence.assumptions import DEFAULTS as EVIDENCE_ASSUMPTIONS
from shieldwall.evidence.channels import DEFAULTS as CHANNEL_ASSUMPTIONS
from shieldwall.evidence.gather import gather
from shieldwall.evidence.imagery import DEFAULTS as IMAGERY_ASSUMPTIONS
from shieldwall.evidence.lineage.assumptions import DEFAULTS as LINEAGE_ASSUMPTIONS
from shieldwall.evidence.topics import topics
from shieldwall.network.assumptions import DEFAULTS as NETWORK_ASSUMPTIONS
from shieldwall.network.draw import draw_ensemble
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.assumptions import DEFAULTS as ORBAT_ASSUMPTIONS
from shieldwall.orbat.contributions import leave_out
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.progress import Progress, Silent
from shieldwall.raid.assumptions import DEFAULTS as RAID_ASSUMPTIONS
from shieldwall.raid.fight import raids
from shieldwall.report.records import Assessment
from shieldwall.terrain.assumptions import assumptions as terrain_assumptions
from shieldwall.terrain.choose import open_terrain
from shieldwall.terrain.records import noted_voids
from shieldwall.terrain.refraction import refraction
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
    if draws is not None and draws > MAX_DRAWS:
        raise UsageError(f"{draws} draws are too many; at most {MAX_DRAWS:,} are made")
    progress = progress or Silent()
    progress.step("reading the case")
    catalogue = load_catalogue()
    case = load_case(folder, catalogue)
    if as_of is not None:
        case = _taken_back(case, as_of)
    terrain = open_terrain(case, cache, progress)
    bending = refraction(*_middle(case))
    k_factor = bending.low, bending.likely, bending.high
    progress.step("weighing the evidence")
    evidence = gather(case)
    orbat = order_of_battle(case, catalogue, evidence)
    contributions = leave_out(case, catalogue, evidence, by="source")
    matrices = tuple(matrix(case, evidence, question) for question in case.questions)
    told = topics(evidence, catalogue.systems.keys() | catalogue.radars.keys())
    progress.step("asking who operates it")
    control = operational_control(case, catalogue, evidence, draws, workers)
    progress.step("drawing the network")
    ensemble = draw_ensemble(case, catalogue, orbat, k_factor, draws, control.drawn)
    coverage = cover(case, catalogue, ensemble, terrain, workers, progress)
    fought = raids(case, catalogue, ensemble, terrain, workers, progress)
    progress.step("playing the crisis")
    crisis = calculus(case, control, fought)
    assumptions = _assumptions(case, catalogue, ensemble)
    note = noted_voids(terrain.note, coverage.void_share)
    ledger = enter_all(
        case, catalogue, evidence, orbat, contributions, matrices, told, control, ensemble,
        coverage, fought, crisis, assumptions, note, bending,
    )  # fmt: skip
    return Assessment(
        case, catalogue, evidence, orbat, contributions, matrices, told, control, ensemble, note,
        k_factor, coverage, fought, crisis, assumptions, ledger, __version__,
    )  # fmt: skip


def _taken_back(case: Case, on: date) -> Case:
    """The case as it stood on a day; its title and its summary say so, in every file of results."""
    stood = as_it_stood(case, on)
    first = (
        f"Stands at {on}, a day that was asked for, and not at the case's own date {case.as_of}."
        if on < case.as_of
        else f"Asked for as of {on}, which is the case's own date."
    )
    told = [
        f"{first} Read are {len(stood.claims)} of {len(case.claims)} claims: those surely "
        "published by then. Holdings, grades, signs, raids and the game are as the analyst wrote "
        f"them for {case.as_of}."
    ]
    late = ", ".join(_written_later(case, stood))
    if late:
        told.append(f"These name claims that are not read: {late}.")
    summary = " ".join([*told, case.summary]).strip()
    return replace(stood, title=f"{case.title} (as of {on})", summary=summary)


def _written_later(case: Case, stood: Case) -> Iterator[str]:
    """What the analyst described by word of claims that are left out, such as ``raid drones``."""
    gone = {c.id for c in case.claims if not stood.has(c.id)}
    parts = {
        "raid": stood.raids, "crew": stood.crews, "function": stood.functions,
        "doctrine": stood.doctrines, "foretold event": stood.foretold,
    }  # fmt: skip
    for kind, entries in parts.items():
        for entry in entries:
            if gone & set(re.findall(r"[\w-]+", repr(entry))):
                yield f"{kind} {getattr(entry, 'id', None) or getattr(entry, 'system', '')}"


def _middle(case: Case) -> tuple[float, float]:
    return (case.area.south + case.area.north) / 2, (case.area.west + case.area.east) / 2


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
