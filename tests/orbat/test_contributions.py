"""Leave-one-out: the odds without a piece are those of a case that never had it."""

from dataclasses import replace
from pathlib import Path

import pytest

import makers
from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.gather import gather
from shieldwall.evidence.records import Edge
from shieldwall.orbat.contributions import leave_out
from weighing import evidence, fused

CLAIMS = (
    makers.claim("image", source="sat", document="a" * 64),
    makers.claim("story", source="paper", relays="image", document="b" * 64),
    makers.claim("guess", source="blog", credibility=3, document="c" * 64),
    makers.claim("other", source="blog", system="gun", document="c" * 64),
)
SOURCES = (
    makers.source("sat", "B", "imagery"), makers.source("paper", "B"), makers.source("blog", "C"),
)  # fmt: skip


def case(*without):
    return makers.case(
        claims=tuple(c for c in CLAIMS if c.id not in without), sources=SOURCES,
        as_of=makers.moment("2024-06-30").start.date(),
    )  # fmt: skip


CATALOGUE = makers.catalogue(makers.system(), makers.system("gun"))


def left_out(by):
    return {c.key: c for c in leave_out(case(), CATALOGUE, evidence(case()), by)}


@pytest.mark.parametrize(
    ("by", "key", "gone"),
    [("origin", "image", ("image", "story")), ("source", "sat", ("image", "story")),
     ("origin", "guess", ("guess",)), ("family", "imagery", ("image", "story")),
     ("source", "paper", ("story",))],
)  # fmt: skip
def test_it_equals_a_case_that_never_had_it(by, key, gone):
    found = left_out(by)[key]
    assert found.claims == tuple(sorted(gone))
    never = {u.id: u for u in fused(case(*gone), CATALOGUE).units}
    (change,) = found.units
    assert change.without == pytest.approx(never["sam@base"].presence)
    whole = {u.id: u for u in fused(case(), CATALOGUE).units}
    assert change.with_it == whole["sam@base"].presence


def test_a_relay_contributes_nothing_and_only_what_is_touched_is_fused_again():
    found = left_out("source")
    assert found["paper"].largest == 0
    assert found["sat"].largest > 0.1
    assert [c.id for c in found["blog"].held] == ["gun", "sam"]
    assert [c.id for c in found["sat"].held] == ["sam"]


def test_an_origin_still_speaks_through_a_relay_read_elsewhere():
    found = left_out("document")
    assert found["a" * 64].largest == pytest.approx(0, abs=1e-9)
    assert found["c" * 64].claims == ("guess", "other")


def test_what_is_left_of_a_place_that_nobody_names_is_its_prior():
    alone = makers.case(claims=(CLAIMS[0],), sources=SOURCES)
    (only,) = leave_out(alone, CATALOGUE, evidence(alone), "origin")
    assert only.units[0].without == pytest.approx(0.5 * 0.3)
    assert only.held[0].without == pytest.approx(0.5)


def test_order_of_the_claims_changes_no_contribution():
    backward = replace(case(), claims=CLAIMS[::-1])
    assert leave_out(backward, CATALOGUE, evidence(backward), "source") == leave_out(
        case(), CATALOGUE, evidence(case()), "source"
    )


@pytest.mark.parametrize("by", ["source", "origin"])
def test_who_may_have_repeated_what_is_left_out_speaks_for_himself(by):
    """A faint edge to what nobody read: the case without it has no such edge."""
    faint = (Edge("guess", "image", 0.45, ("same words",), False),)
    found = {c.key: c for c in leave_out(case(), CATALOGUE, evidence(case(), faint), by)}
    without = found["sat" if by == "source" else "image"]
    assert without.claims == ("image", "story")
    never = {h.system: h.held for h in fused(case("image", "story"), CATALOGUE).held}
    assert {c.id: c.without for c in without.held}["sam"] == never["sam"]


def test_what_a_source_says_of_shares_and_numbers_is_seen():
    share = makers.claim("share", source="blog", about="serviceability", place=None,
                         count=makers.count(0.2, "share"))  # fmt: skip
    number = replace(CLAIMS[0], count=makers.count(9, bound="at least"))
    whole = makers.case(claims=(number, share), sources=SOURCES)
    found = {c.key: c for c in leave_out(whole, CATALOGUE, evidence(whole), "source")}
    (moved,) = found["blog"].shares
    never = fused(replace(whole, claims=(number,)), CATALOGUE).units[0]
    assert moved.without == never.serviceable.mean > moved.with_it
    assert found["blog"].held == found["blog"].launchers == found["sat"].shares == ()
    (fewer,) = found["sat"].launchers
    assert (fewer.id, fewer.without) == ("sam@base", pytest.approx(4, abs=1.0))
    assert fewer.with_it > fewer.without + 1


def test_leaving_out_a_link_of_a_chain_frees_nobody():
    """What repeats it still goes back to the origin: it does not become a witness of its own."""
    case = load_case(Path(__file__).parents[2] / "cases" / "venezuela-2025", load_catalogue())
    pieces = leave_out(case, load_catalogue(), gather(case), by="source")
    (agency,) = (p for p in pieces if p.key == "bi-africa")
    (held,) = (c for c in agency.held if c.id == "pantsir")
    assert held.without == pytest.approx(held.with_it, abs=1e-9)
