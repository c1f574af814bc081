"""The numbers of evidence that the model owes: relays, unknown grades, order and duplicates.

Closed form: at even odds, one report of likelihood ratio 3 leaves 3 / (1 + 3) = 0.75 however often
it is relayed; counted as eight it would leave 3^8 / (1 + 3^8) = 0.9998, and as seven 0.9995.
"""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import makers
from shieldwall.case.records import Count
from shieldwall.evidence import assumptions as table
from shieldwall.evidence.records import Edge
from shieldwall.orbat.fuse import order_of_battle
from weighing import evidence, fused

LAND = makers.place("land", lat=None, lon=None, precision_m=None)
PLACES = (makers.place(), makers.place("camp", lat=10.5), LAND)
SOURCES = tuple(
    replace(makers.source(f"{grade}{family}", grade, family), favours=favours)
    for grade in "ABCDEF"
    for family, favours in (("press", None), ("imagery", None), ("statement", "strength"))
)
WORDS = tuple(table.COMMITMENT)
SEEN = makers.band(0.7, 0.8, 0.9)
FAIR = makers.source("fair", "C")


def held(case, edges=()):
    return fused(case, makers.catalogue(), edges).held[0].held


@pytest.mark.parametrize("coded", [True, False])
def test_seven_relays_of_one_report_of_ratio_three(coded):
    report = makers.claim("report", source="fair", place="land")
    relays = [
        replace(report, id=f"relay{i}", source=f"{g}press", relays="report" if coded else None)
        for i, g in enumerate("ABCDABC")
    ]
    case = makers.case(places=PLACES, sources=(FAIR, *SOURCES), claims=(report, *relays))
    edges = () if coded else tuple(Edge(r.id, "report", 1.0, ("text",), False) for r in relays)
    assert evidence(case).weight("report").ratio.likely == pytest.approx(3.0, abs=1e-12)
    assert held(case, edges) == pytest.approx(0.75, abs=1e-12)


def test_seven_reports_counted_as_origins_would_leave_much_more():
    reports = tuple(makers.claim(f"r{i}", source=f"s{i}", place="land") for i in range(7))
    sources = tuple(makers.source(f"s{i}", "C") for i in range(7))
    case = makers.case(places=PLACES, sources=sources, claims=reports)
    assert held(case) == pytest.approx(3**7 / (1 + 3**7), abs=1e-9)
    assert held(case) == pytest.approx(0.9995, abs=1e-4)


claims = st.builds(
    lambda source, place, modality, credibility, day, number: makers.claim(
        "", statement="Said", detection=SEEN if modality == "not seen" else None,
        source=source.id, place=place, modality=modality, credibility=credibility,
        publication=None if day is None else makers.moment(f"20{day:02d}-06-01"),
        count=None if number is None else Count(None, float(number), None, "launchers", "exact"),
    ),
    st.sampled_from(SOURCES),
    st.sampled_from(["base", "camp", "land"]),
    st.sampled_from(WORDS),
    st.integers(1, 6),
    st.none() | st.integers(10, 24),
    st.none() | st.integers(1, 9),
)  # fmt: skip
some = st.lists(claims, min_size=1, max_size=12).map(
    lambda found: tuple(replace(c, id=f"c{i:02d}") for i, c in enumerate(found))
)


def posterior(found, edges=()):
    """All that is inferred, to the last bit, by system and unit."""
    case = makers.case(places=PLACES, sources=SOURCES, claims=tuple(found))
    order = order_of_battle(case, makers.catalogue(), evidence(case, edges))
    return [(h.system, h.held, h.total) for h in order.held], [
        (u.id, u.presence, u.launchers, u.serviceable, u.over_time) for u in order.units
    ]


@settings(max_examples=60, deadline=None)
@given(found=some, data=st.data())
def test_the_order_of_ingestion_does_not_move_a_bit(found, data):
    assert posterior(data.draw(st.permutations(found))) == posterior(found)


@settings(max_examples=60, deadline=None)
@given(found=some, data=st.data())
def test_taking_in_a_document_twice_does_not_move_a_bit(found, data):
    again = data.draw(st.lists(st.sampled_from(found), max_size=4))
    first = data.draw(st.sampled_from(["a", "z"]))
    copies = tuple(replace(c, id=f"{first}-{c.id}-{i}") for i, c in enumerate(again))
    assert posterior((*found, *copies)) == posterior(found)


@settings(max_examples=60, deadline=None)
@given(
    found=some, place=st.sampled_from(["base", "camp", "land"]), known=st.booleans(),
    modality=st.sampled_from(WORDS),
)  # fmt: skip
def test_grades_f_and_6_do_not_move_a_bit(found, place, known, modality):
    """MISP scores both 50, as if they were middling; they are unknown."""
    mute = makers.claim(
        "mute", source="Aimagery" if known else "Fpress", credibility=6 if known else 1,
        place=place, modality=modality, detection=SEEN if modality == "not seen" else None,
        count=Count(None, 7.0, None, "launchers", "exact"),
    )  # fmt: skip
    assert posterior((*found, mute)) == posterior(found)


@settings(max_examples=60, deadline=None)
@given(found=some)
def test_no_place_is_likelier_than_the_country(found):
    case = makers.case(places=PLACES, sources=SOURCES, claims=found)
    order = order_of_battle(case, makers.catalogue(), evidence(case))
    held = {h.system: h.held for h in order.held}
    assert all(u.presence <= held[u.system] for u in order.units)
