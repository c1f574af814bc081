"""What a trail ends at, claim by claim: who said it, what that counts as, whom it repeats."""

from dataclasses import replace

import makers
import weighing
from shieldwall.evidence.records import Channel, Edge
from shieldwall.trail.leaves import claim_leaf

SOURCES = (makers.source("agency", "B"), replace(makers.source("paper", "C"), name="Paper, daily"))
CLAIMS = (makers.claim("first", source="agency"), makers.claim("story", source="paper"))


def told(*edges, claims=CLAIMS, computed=None):
    """The last claim's leaf, in words."""
    case = makers.case(sources=SOURCES, claims=claims)
    found = weighing.evidence(case, edges)
    if computed is not None:
        lower = Channel("paper", "C", computed, ("x",), "errors")
        found = replace(found, channels=(found.channel("agency"), lower))
    return claim_leaf(case, found, case.claims[-1]).source


def test_the_grade_that_weighs_stands_beside_the_one_by_hand():
    assert told() == "Paper, daily (press, graded C2)"
    assert told(computed="E") == "Paper, daily (press, graded C2, counted as E2)"


def test_a_relay_names_what_it_repeats_and_how_sure_that_is():
    agency = SOURCES[0].name
    coded = (CLAIMS[0], replace(CLAIMS[1], relays="first"))
    assert told(claims=coded).endswith(f"), relaying {agency}")
    likely = Edge("story", "first", 0.8, ("same text",), False)
    assert told(likely).endswith(f"), relaying {agency} with probability 80\u202f%")
    assert told(replace(likely, probability=0.3)).endswith("(press, graded C2)")
    almost = replace(likely, probability=0.999)
    assert told(almost).endswith("with probability 99\u202f%"), "what is inferred is never certain"
