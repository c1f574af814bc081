"""Whoever counts claims counts copies and sources alike: one formula, in ``witness.py``."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

import makers
import weighing
from shieldwall.case.question_records import Expectation, Hypothesis, Question
from shieldwall.case.records import Band
from shieldwall.evidence.ach import matrix
from shieldwall.evidence.records import Edge
from shieldwall.evidence.topics import topics
from shieldwall.evidence.witness import Hearing, from_even, witnesses

HALF = 0.5
"""Chance that the second claim repeats the first."""


def made(about, **fields):
    """Two sources of grade B on one thing, the second perhaps a copy; of the first nothing else."""
    sources = (makers.source("one", "B"), makers.source("two", "B"), makers.source("third", "B"))
    claims = tuple(
        makers.claim(f"c-{s}", source=s, about=about, place="land", **fields)
        for s in ("one", "two")
    )
    land = makers.place("land", lat=None, lon=None, precision_m=None)
    case = makers.case(sources=sources, claims=claims, places=(makers.place(), land))
    return case, weighing.evidence(case, (Edge("c-two", "c-one", HALF, ("same text",), False),))


def heard(case, evidence):
    voices = Hearing(case, evidence).voices(Hearing(case, evidence).topic(evidence.claims))
    return math.fsum(v.log_ratio for v in witnesses(voices))


def formula(evidence):
    """By hand: the first is an origin, the second one half of the time."""
    found = 0.0
    for id, own in (("c-one", 1.0), ("c-two", 1.0 - HALF)):
        w = evidence.weight(id)
        mean = (w.hit + w.false_alarm) / 2
        found += math.log((1 - own + own * w.hit / mean) / (1 - own + own * w.false_alarm / mean))
    return found


def test_ten_to_one_that_is_a_copy_half_of_the_time_is_worth_2_38():
    """(.5 + .5 x 1.818) / (.5 + .5 x .182)."""
    case, evidence = made("personnel", system=None)
    ten = tuple(replace(w, hit=0.5, false_alarm=0.05) for w in evidence.weights)
    hearing = Hearing(case, replace(evidence, weights=ten))
    (_, copy) = witnesses(hearing.voices(hearing.topic(evidence.claims)))
    assert (copy.speaker, copy.own) == ("c-two", HALF)
    assert math.exp(copy.log_ratio) == pytest.approx(2.385, abs=1e-3)


def test_what_is_claimed_beside_systems():
    case, evidence = made("personnel", system=None)
    (topic,) = topics(case, evidence, ())
    assert math.log(topic.probability / (1 - topic.probability)) == pytest.approx(formula(evidence))
    assert topic.independent == pytest.approx(1.5)


def test_hypotheses():
    case, evidence = made("personnel", system=None)
    answers = tuple(Hypothesis(h, "q", h, None, "h:1") for h in ("so", "not"))
    odds = {"so": Band(0.8, 0.8, 0.8), "not": Band(0.2, 0.2, 0.2)}
    row = Expectation("row", "q", "Seen.", ("c-one", "c-two"), odds, "test", "h:2")
    (found,) = matrix(case, evidence, Question("q", "Is it?", answers, (row,), "h:1")).rows
    assert math.log(found.ratio.likely) == pytest.approx(formula(evidence))


def test_credibility():
    """Of a third source's claim of the same, from even odds."""
    case, evidence = made("personnel", system=None)
    third = makers.claim("c-third", source="third", about="personnel", system=None, place="land")
    claims = (*case.claims, third)
    case = makers.case(sources=case.sources, claims=claims, places=case.places)
    edge = Edge("c-two", "c-one", HALF, ("same text",), False)
    found = {c.claim: c for c in weighing.evidence(case, (edge,)).credibility}["c-third"]
    assert f"leave it {1 / (1 + math.exp(-formula(evidence))):.2f} " in found.why
    assert found.why.startswith("1.5 other independent sources (one, two)")


def test_the_order_of_battle_hears_the_same():
    case, evidence = made("presence", system="sam")
    assert heard(case, evidence) == pytest.approx(formula(evidence))


def test_thousands_of_sources_that_agree_overflow_nothing():
    assert from_even(0.0) == 0.5
    assert from_even(math.log(3)) == pytest.approx(0.75)
    assert from_even(-math.log(3)) == pytest.approx(0.25)
    assert (from_even(-5_000.0), from_even(5_000.0)) == (0.0, 1.0)
