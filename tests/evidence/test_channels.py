"""Channels lose a letter for each checkable error, two at most."""

import pytest

import makers
import told
from shieldwall.evidence.channels import FAULTS, channels
from shieldwall.evidence.records import Contradiction


def error(id, kind="distance", claim="one", checkable=True):
    return Contradiction(id, kind, (claim, "other"), "says", "finds", "why", checkable)


def channel(grade, *errors):
    claims = (makers.claim("one", source="paper"), makers.claim("other", source="rival"))
    case = told.case(*claims, sources=(told.source("paper", grade),))
    found = {c.source: c for c in channels(case, claims, tuple(errors))}
    assert found["rival"].errors == ()
    assert found["rival"].computed == found["rival"].hand
    return found["paper"]


@pytest.mark.parametrize(("grade", "number", "after"), [
    ("A", 0, "A"), ("A", 1, "B"), ("A", 2, "C"), ("A", 5, "C"), ("D", 1, "E"), ("D", 2, "E"),
    ("E", 1, "E"), ("F", 2, "F"),
])  # fmt: skip
def test_a_letter_for_each_error_and_two_at_most(grade, number, after):
    found = channel(grade, *(error(f"distance:{i}") for i in range(number)))
    assert (found.hand, found.computed) == (grade, after)
    assert len(found.errors) == number


def test_only_checkable_errors_count():
    assert channel("B", error("distance:x", checkable=False)).computed == "B"


@pytest.mark.parametrize("kind", [k for k, f in FAULTS.items() if not f.letters])
def test_kinds_that_nobody_could_check_cost_nothing(kind):
    assert channel("B", error("x", kind)).computed == "B"


def test_every_source_is_listed_in_order_and_says_why():
    claims = (makers.claim("one", source="paper"),)
    case = told.case(*claims, sources=(told.source("silent", "B"), told.source("paper", "C")))
    found = channels(case, claims, (error("distance:one"),))
    assert [c.source for c in found] == [s.id for s in case.sources]
    assert {c.source: c.why for c in found} == {
        "silent": "B by hand; no checkable error found.",
        "paper": "C by hand, D after 1 checkable error: a distance that a map contradicts.",
    }


def test_order_of_contradictions_changes_nothing():
    errors = (error("b", "identity"), error("a", "relay"), error("c", "place"))
    assert channel("A", *errors) == channel("A", *errors[::-1])
