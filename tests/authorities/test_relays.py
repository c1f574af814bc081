"""validation.md, Evidence: seven relays of one report with likelihood ratio 3 give 0.75."""

from __future__ import annotations

import math

import pytest

from makers import case, claim, moment, source
from shieldwall.case.records import Case
from shieldwall.evidence.lineage import infer

LANGUAGES = ("en", "es", "fr", "it", "pt", "ru", "uk")


def seven(coded: bool) -> Case:
    """One imagery firm's report and seven papers that repeat its words and credit it."""
    firm = source("orbital-view", family="imagery")
    papers = tuple(source(f"paper-{k}") for k in range(7))
    first = claim(
        "first", source="orbital-view", publication=moment("2024-06-01"),
        statement="An image shows 4 launchers beside runway 27 at Base 4471.",
    )  # fmt: skip
    told = tuple(
        claim(
            f"relay-{k}", source=f"paper-{k}", publication=moment(f"2024-06-{k + 2:02d}"),
            statement="Orbital View: an image shows 4 launchers beside runway 27 at Base 4471.",
            modality="reported", said_by="Orbital-View", language=LANGUAGES[k],
            relays="first" if coded else None,
        )
        for k in range(7)
    )  # fmt: skip
    return case(sources=(firm, *papers), claims=(first, *told))


def posterior(origins: float, ratio: float = 3.0) -> float:
    """Even prior odds, one likelihood ratio for each independent origin."""
    odds = math.pow(ratio, origins)
    return odds / (1 + odds)


@pytest.mark.parametrize("coded", [True, False], ids=["coded", "inferred"])
def test_seven_relays_count_once(coded: bool) -> None:
    made = seven(coded)
    lineage = infer(made, made.claims)
    relays = tuple(c.id for c in made.claims if c.id != "first")
    assert posterior(lineage.effective(lineage.claims)) == pytest.approx(0.75, abs=0.01)
    assert posterior(lineage.effective(relays)) == pytest.approx(0.75, abs=0.01)
    assert posterior(len(relays)) == pytest.approx(0.9995, abs=1e-4)


def test_duplicates_and_order_change_nothing() -> None:
    made = seven(coded=False)
    forward, backward = infer(made, made.claims), infer(made, made.claims[::-1])
    assert {(e.claim, e.parent): e for e in forward.edges} == {
        (e.claim, e.parent): e for e in backward.edges
    }
