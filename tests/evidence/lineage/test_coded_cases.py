"""Relay edges of the shipped cases, found with ``relays`` removed and half of ``said_by`` hidden.

An edge is right where it links a claim to its coded parent, or to another claim of the same coded
origin group that is published no later. The strict figure counts the coded parent alone.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpora import Corpus, corpus, hide_credits
from edges import Tally, tally
from shieldwall.case import load_case

CASES = Path(__file__).parents[3] / "cases"
SEEDS = range(20)


LATER = Path(__file__).with_name("coded_after_the_fit.txt").read_text("utf-8").splitlines()
"""Case and claim: coded after the weights were fitted, by people who did not know them."""


def _coded(seeds: range, later: bool) -> Tally:
    """The shipped cases, without or with the claims that the fit had not seen."""
    found = Tally()
    for name in ("venezuela-2019", "venezuela-2025", "moscow-2023"):
        case = load_case(CASES / name)
        kept = tuple(c for c in case.claims if later or f"{name} {c.id}" not in LATER)
        case = replace(case, claims=kept)
        truth = {c.id: c.relays for c in kept}
        tallies = (tally(Corpus(hide_credits(case, seed), truth)) for seed in seeds)
        found = sum(tallies, start=found)
    return found


def _generated(credit: float) -> Tally:
    made = [corpus(seed, credit=credit) for seed in range(500, 520)]
    hidden = (Corpus(hide_credits(m.case, k), m.parent) for k, m in enumerate(made))
    return sum((tally(m) for m in hidden), start=Tally())


def test_relays_of_the_coded_cases() -> None:
    total = _coded(SEEDS, later=False)
    assert total.precision >= 0.95
    assert total.recall >= 0.85
    assert total.strict >= 0.65
    assert total.calibration_error <= 0.05
    assert total.brier <= 0.08


def test_claims_that_the_fit_had_not_seen() -> None:
    """They make the two larger cases half as large again, nearly all as origins of their own."""
    total = _coded(range(5), later=True)
    assert total.precision >= 0.82
    assert total.recall >= 0.83
    assert total.calibration_error <= 0.05


@pytest.mark.parametrize(("credit", "precision", "recall"), [(0.6, 0.95, 0.85), (0.3, 0.9, 0.85)])
def test_relays_of_generated_corpora(credit: float, precision: float, recall: float) -> None:
    """Half of the credits hidden on top: at 0.3, six relays in seven name nobody."""
    total = _generated(credit)
    assert total.precision >= precision
    assert total.recall >= recall
    assert total.calibration_error <= 0.05


def test_independent_reports_of_one_fact_are_not_linked() -> None:
    linked = total = 0
    for seed in range(600, 610):
        made = corpus(seed, relays=0)
        found = tally(made)
        linked += found.found
        total += len(made.parent)
    assert linked / total <= 0.05
