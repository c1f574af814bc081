"""The shipped cases as far as the section on documents reads them, on few draws, made once."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from shieldwall.case.load import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.control.operate import operational_control
from shieldwall.coverage.reach import reach
from shieldwall.coverage.records import Coverage
from shieldwall.evidence.ach import matrix
from shieldwall.evidence.gather import gather
from shieldwall.evidence.topics import topics
from shieldwall.network.draw import draw_ensemble
from shieldwall.orbat.contributions import leave_out
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.provenance import Ledger
from shieldwall.report.against import Entry, Kind, against
from shieldwall.report.records import Assessment
from shieldwall.trail.control import enter_control
from shieldwall.trail.coverage import enter_reach
from shieldwall.trail.evidence import (
    enter_bits,
    enter_contributions,
    enter_evidence,
    enter_matrices,
    enter_topics,
)
from shieldwall.trail.named import Named
from shieldwall.trail.orbat import enter_order_of_battle

ROOT = Path(__file__).parents[2]
NAMES = ("venezuela-2025", "venezuela-2019", "moscow-2023")
DRAWS = 16


@cache
def assessed(name: str) -> Assessment:
    """A shipped case without terrain, coverage and raids, on few draws: what the section reads."""
    case, catalogue = load_case(ROOT / "cases" / name), load_catalogue()
    evidence = gather(case, catalogue)
    orbat = order_of_battle(case, catalogue, evidence)
    moved = leave_out(case, catalogue, evidence, by="source")
    matrices = tuple(matrix(case, evidence, question) for question in case.questions)
    told = topics(case, evidence, catalogue.systems.keys() | catalogue.radars.keys())
    control = operational_control(case, catalogue, evidence, DRAWS, 1)
    k_factor = (1.3, 1.4, 1.5)
    ensemble = draw_ensemble(case, catalogue, orbat, k_factor, DRAWS, control.drawn)
    ledger, named = Ledger(), Named(case, catalogue)
    enter_evidence(ledger, named, evidence)
    enter_bits(ledger, named, orbat.held)
    enter_matrices(ledger, matrices)
    enter_topics(ledger, named, told)
    enter_contributions(ledger, named, moved, orbat)
    enter_order_of_battle(ledger, case, catalogue, orbat, ensemble)
    enter_control(ledger, named, control)
    measured = SimpleNamespace(reach=reach(case, catalogue, ensemble))
    coverage = cast(Coverage, measured)
    enter_reach(ledger, case, catalogue, coverage, evidence.distances)
    known: dict[str, Any] = dict.fromkeys(f.name for f in fields(Assessment))  # others: unread
    known |= {
        "case": case, "catalogue": catalogue, "evidence": evidence, "order_of_battle": orbat,
        "contributions": moved, "matrices": matrices, "topics": told, "control": control,
        "ensemble": ensemble, "k_factor": k_factor, "coverage": coverage, "assumptions": (),
        "ledger": ledger, "version": "test",
    }  # fmt: skip
    return Assessment(**known)


@cache
def entries(name: str) -> tuple[Entry, ...]:
    return against(assessed(name))


def one(name: str, kind: Kind, claim: str) -> Entry:
    (only,) = [e for e in entries(name) if e.kind == kind and claim in e.claims]
    return only


def value(name: str, figure: str) -> float:
    found = assessed(name).ledger.quantities[figure].value
    assert found is not None
    return found
