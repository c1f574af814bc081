"""Shared samples: a small assessment built straight from the records, for report and export tests.

Nothing here is evidence. Places and figures are those of the shipped catalogue where they have
one; the fields are smooth discs with seeded noise, so that maps and files have something to show.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np

from sample_case import sample_case
from sample_catalogue import sample_catalogue
from sample_control import sample_control
from sample_coverage import sample_coverage
from sample_evidence import sample_contributions, sample_evidence, sample_matrix, sample_topics
from sample_ledger import sample_ledger
from sample_network import sample_ensemble, sample_order_of_battle
from sample_raids import sample_raids
from shieldwall.case.records import Assumption, Band, Case
from shieldwall.raid.assumptions import DEFAULTS as RAID_ASSUMPTIONS
from shieldwall.report.records import Assessment
from shieldwall.terrain.records import TerrainNote

HOSTILE_TEXT = '<script>alert(1)</script> ]]> "double" \'single\' & =HYPERLINK("x") ../../up'
"""What ``sample_assessment(..., hostile=True)`` puts into titles, names and statements."""


def sample_assessment(folder: Path, hostile: bool = False) -> Assessment:
    """A plausible, deterministic assessment; ``hostile`` puts ``HOSTILE_TEXT`` into its texts."""
    rng = np.random.default_rng(20251231)
    case, catalogue = sample_case(folder), sample_catalogue()
    if hostile:
        case = _poisoned(case)
    order = sample_order_of_battle()
    ensemble = sample_ensemble(rng)
    coverage = sample_coverage(case, rng)
    control = sample_control(case)
    fought = sample_raids()
    k_factor = (1.45, 1.54, 1.63)
    return Assessment(
        case=case,
        catalogue=catalogue,
        evidence=sample_evidence(case),
        order_of_battle=order,
        contributions=sample_contributions(case, order),
        matrices=(sample_matrix(case),),
        topics=sample_topics(case),
        control=control,
        ensemble=ensemble,
        terrain=TerrainNote(
            kind="files",
            name="sample relief",
            spacing_m=1_000.0,
            words="A relief made for tests: one ridge along the coast.",
            floor_error_m=(12.0, 48.0),
            share_error=0.02,
            sections_allowed=True,
        ),
        k_factor=k_factor,
        coverage=coverage,
        raids=fought,
        calculus=None,
        assumptions=(
            Assumption("mast_vehicle_m", "Antenna height of a vehicle radar above ground",
                       Band(4, 6, 10), "m", "No published mast; vehicle size.", "coverage"),
            *case.assumptions,
            *RAID_ASSUMPTIONS,
        ),
        ledger=sample_ledger(case=case, catalogue=catalogue, order=order, ensemble=ensemble,
                       coverage=coverage, k_factor=k_factor, control=control,
                       fought=fought),
        version="0.0-sample",
        written=case,
    )  # fmt: skip


def _poisoned(case: Case) -> Case:
    """The case with hostile text wherever an author may write a name or a sentence."""
    bad = HOSTILE_TEXT
    swap = dataclasses.replace
    return swap(
        case,
        title=bad,
        summary=bad,
        places=tuple(swap(p, name=bad, note=bad) for p in case.places),
        defended_areas=tuple(swap(a, name=bad, reason=bad) for a in case.defended_areas),
        claims=tuple(
            swap(c, statement=bad, address="javascript:alert(1)//]]>") for c in case.claims
        ),
        sources=tuple(swap(s, name=bad, note=bad) for s in case.sources),
        threats=tuple(swap(t, name=bad) for t in case.threats),
        assumptions=tuple(swap(a, statement=bad, reason=bad) for a in case.assumptions),
        transfers=tuple(swap(t, host=bad, supplier=bad, note=bad) for t in case.transfers),
        foretold=tuple(swap(f, text=bad, reason=bad) for f in case.foretold),
        functions=tuple(swap(f, name=bad, reason=bad) for f in case.functions),
        raids=tuple(swap(r, name=bad, reason=bad) for r in case.raids),
    )
