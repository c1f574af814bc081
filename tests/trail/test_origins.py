"""Counts of independent origins that judgements cite have ids, and are the same counts."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import NAMES, assessed
from shieldwall.provenance import Ledger
from shieldwall.report.judgements import judgements
from shieldwall.report.records import Assessment
from shieldwall.report.words import number
from shieldwall.trail.named import Named
from shieldwall.trail.origins import (
    MISSION,
    control_claims,
    enter_origins,
    independent,
    mission_claims,
    network_claims,
    origins_id,
)


@pytest.mark.parametrize("name", NAMES)
def test_counts_are_those_of_the_claims_behind(name: str) -> None:
    found = assessed(name)
    named, ledger = Named(found.case, found.catalogue), Ledger()
    coverage = type("Cover", (), {"areas": ()})()
    enter_origins(ledger, named, found.case, found.catalogue, found.evidence,
                  found.order_of_battle, found.control, found.ensemble, coverage, None)  # fmt: skip
    wanted: dict[str, tuple[str, ...]] = {}
    for held in found.order_of_battle.held:
        wanted[f"orbat.{held.system}"] = held.claims
    for unit in found.order_of_battle.units:
        wanted[f"orbat.{unit.id}"] = unit.claims
    for system in found.control.systems:
        wanted[f"control.{system.system}"] = control_claims(found.control, system, "operators")
    wanted[MISSION] = mission_claims(found.control)
    assert wanted
    for of, claims in wanted.items():
        expected = independent(found.evidence, claims)
        made = ledger.quantities.get(origins_id(of))
        assert (0.0 if made is None else made.value) == pytest.approx(expected), of
        if made is not None:
            assert all(i.startswith("claim:") for i in made.inputs[:-1])
            assert 0 < expected <= len(made.inputs)
    whole = network_claims(found.order_of_battle, frozenset(u.system for u in found.ensemble.units))
    least = independent(found.evidence, whole)
    assert (ledger.quantities["network.origins"].value or 0.0) >= least - 1e-9


@pytest.mark.parametrize("name", NAMES)
def test_labels_hold_names_and_no_ids(name: str) -> None:
    found = assessed(name)
    names = {s.name for s in found.case.sources}
    ids = {c.id for c in found.case.claims} | {
        s.id for s in found.case.sources if s.id not in " ".join(names)
    }
    ids |= {i for i in (*found.catalogue.systems, *found.catalogue.radars) if any(
        d.isdigit() for d in i)}  # fmt: skip
    told = re.compile(rf"(?<![\w-])({'|'.join(re.escape(i) for i in sorted(ids))})(?![\w-])")
    labels = {id: re.sub(r"https?://\S+", "", q.label) for id, q in found.ledger.quantities.items()
              if not id.startswith("distance.")}  # fmt: skip
    assert len(labels) > 100
    assert not {id: label for id, label in labels.items() if told.search(label)}


@pytest.mark.parametrize("name", NAMES)
def test_the_count_that_a_judgement_prints_is_the_figure_that_it_cites(
    shipped: Callable[[str], tuple[Assessment, Path]], name: str
) -> None:
    found, _ = shipped(name)
    quantities = found.ledger.quantities
    questions = set()
    for each in judgements(found):
        cited = [i for i in each.figures if i.endswith(".origins")]
        behind = each.confidence.support.origins
        told = f"{number(behind, 1)} independent origin"
        if told in each.confidence.reason and behind > 0:
            mission = origins_id(MISSION)
            (figure,) = [i for i in cited if i != mission]
            assert quantities[figure].value == pytest.approx(behind), each.id
            whole = each.confidence.support.mission
            assert (mission in cited) is (whole > 0), each.id
            if whole > 0:
                assert quantities[mission].value == pytest.approx(whole), each.id
                assert f"{number(whole, 1)} independent origin" in each.confidence.reason
            questions.add(each.question)
        else:
            assert "independent origins of" not in each.confidence.reason
    assert {"network", "coverage", "raids", "ripple"} <= questions
