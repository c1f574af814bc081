"""Relay edges of the shipped cases, found with ``relays`` removed and half of ``said_by`` hidden.

An edge is right where it links a claim to its coded parent, or to another claim of the same coded
origin group that is published no later. The strict figure counts the coded parent alone.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from corpora import Corpus, corpus, hide_credits
from edges import Tally, tally

from shieldwall.case import load_case

CASES = Path(__file__).parents[3] / "cases"
SEEDS = range(20)


@pytest.fixture(scope="module")
def coded() -> list[Tally]:
    found = []
    for name in ("venezuela-2019", "venezuela-2025", "moscow-2023"):
        case = load_case(CASES / name)
        truth = {c.id: c.relays for c in case.claims}
        found += [tally(Corpus(hide_credits(case, seed), truth)) for seed in SEEDS]
    return found


@pytest.fixture(scope="module")
def generated() -> list[Tally]:
    return [
        tally(Corpus(hide_credits(made.case, seed), made.parent))
        for seed in range(500, 510)
        for made in (corpus(seed, credit=0.6), corpus(seed, credit=0.3))
    ]


@pytest.mark.parametrize("kind", ["coded", "generated"])
def test_precision_and_recall(kind: str, request: pytest.FixtureRequest) -> None:
    total = sum(request.getfixturevalue(kind), start=Tally())
    assert total.precision >= 0.95
    assert total.recall >= 0.85
    assert total.strict >= 0.65


@pytest.mark.parametrize("kind", ["coded", "generated"])
def test_probabilities_of_edges_are_calibrated(kind: str, request: pytest.FixtureRequest) -> None:
    total = sum(request.getfixturevalue(kind), start=Tally())
    assert total.calibration_error <= 0.05
    assert total.brier <= 0.10


def test_independent_reports_of_one_fact_are_not_linked() -> None:
    linked = total = 0
    for seed in range(600, 610):
        made = corpus(seed, relays=0)
        found = tally(made)
        linked += found.found
        total += len(made.parent)
    assert linked / total <= 0.05
