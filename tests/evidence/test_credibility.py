"""How far others bear a claim out: independent sources, each once, copies not at all."""

from dataclasses import replace

import pytest

import makers
import weighing
from shieldwall.evidence.records import Edge

COUNTRY = makers.place("land", lat=None, lon=None, precision_m=None)


def computed(*claims, edges=()):
    sources = tuple(makers.source(f"s{i}", "B") for i in range(5))
    case = makers.case(sources=sources, claims=claims, places=(makers.place(), COUNTRY))
    return {c.claim: c for c in weighing.evidence(case, tuple(edges)).credibility}


def said(number, **fields):
    return makers.claim(f"c{number}", source=f"s{number}", **fields)


def test_credibility_is_what_the_others_bear_out():
    alone = computed(said(0))["c0"]
    assert (alone.hand, alone.computed) == (2, 6)
    borne = computed(said(0), said(1), said(2))["c0"]
    assert borne.computed == 1
    assert "2 other independent sources (s1, s2)" in borne.why
    assert computed(said(0), said(1, modality="denied"))["c0"].computed > 2
    assert computed(said(0, modality="denied"), said(1, modality="denied"))["c0"].computed <= 3


@pytest.mark.parametrize("ids", [("c1", "c2"), ("c2", "c1")])
def test_of_equal_words_for_and_against_those_against_count_whatever_their_ids(ids):
    post = {"about": "identity", "subject": "L", "system": None, "place": None}
    both = (makers.claim(id, source="s1", value=value, **post)
            for id, value in zip(ids, ("defence", "foreign"), strict=True))  # fmt: skip
    assert computed(said(0, value="defence", **post), *both)["c0"].computed == 4


def test_relays_and_the_same_source_bear_out_nothing():
    relay = (said(0), said(1))
    assert computed(*relay, edges=[Edge("c1", "c0", 1.0, ("coded",), True)])["c0"].computed == 6
    again = replace(said(0), id="again")
    assert computed(said(0), again)["c0"].computed == 6


def test_another_post_for_one_person_speaks_against():
    post = {"about": "identity", "subject": "L", "system": None, "place": None}
    one, two = said(0, value="defence", **post), said(1, value="foreign", **post)
    assert computed(one, two)["c0"].computed >= 4
    assert computed(one, replace(two, value="defence"))["c0"].computed == 2


def test_a_likely_copy_of_a_third_bears_out_as_far_as_it_is_an_origin():
    """Copied with chance .9 it is worth a tenth: nine out of ten times it adds nothing."""
    three = (said(0), said(1), said(2, credibility=1))
    copied = computed(*three, edges=[Edge("c2", "c1", 0.9, ("same text",), False)])["c0"]
    assert "1.1 other independent sources (s1, s2)" in copied.why
    odds, alone, both = (
        float(c.why.split("leave it ")[1].split()[0])
        for c in (copied, computed(*three[:2])["c0"], computed(*three)["c0"])
    )
    assert alone < odds < alone + (both - alone) / 5


def test_what_is_rather_copied_than_said_by_others_is_borne_out_by_nobody():
    copies = [said(n) for n in range(3)]
    edges = [Edge(f"c{n}", "c0", 0.9, ("same text",), False) for n in (1, 2)]
    assert computed(*copies, edges=edges)["c0"].computed == 6
