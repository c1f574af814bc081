"""The evidence in time: lanes by the origin's family, threads that start with their origin."""

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest

import makers
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import Band
from shieldwall.evidence.records import Edge, Evidence, Lineage, Weight
from shieldwall.report.maps.timeline import timeline

SVG = "{http://www.w3.org/2000/svg}"


def evidence(case):
    claims = case.claims
    edges = tuple(Edge(c.id, c.relays, 1.0, (), coded=True) for c in claims if c.relays)
    weights = tuple(
        Weight(
            c.id, 0.5, 0.5, Band(1, 1, 1), case.source(makers.origin_of(case, c).source).family, ()
        )
        for c in claims
    )
    return Evidence(claims, (), Lineage(tuple(c.id for c in claims), edges), (), (), (), weights,
                    ())  # fmt: skip


def drawn(case):
    text = str(timeline(case, evidence(case), lambda id: f"#{id}", lambda id: id))
    return ElementTree.fromstring(text)


def marks(root):
    found = {}
    for link in root.iter(f"{SVG}a"):
        (circle,) = link.iter(f"{SVG}circle")
        found[link.get("href")[1:]] = (float(circle.get("cx")), circle.get("class"))
    return found


@pytest.fixture
def case():
    return makers.case(
        as_of=date(2019, 4, 30),
        sources=(
            makers.source("space", family="imagery"),
            makers.source("paper", family="press"),
        ),
        claims=(
            makers.claim("image", source="space", acquisition=parse_moment("2019-03-20"),
                         publication=parse_moment("2019-03-24")),
            makers.claim("relay", source="paper", relays="image",
                         publication=parse_moment("2019-03")),
            makers.claim("later", source="paper", relays="image",
                         publication=parse_moment("2019-03-30")),
            makers.claim("other", source="paper", publication=parse_moment("2019-04-02")),
            makers.claim("whenever", source="paper", publication=None),
        ),
    )  # fmt: skip


def test_relays_lie_in_the_lane_of_their_origin(case):
    lanes = {g.get("class"): g for g in drawn(case).iter(f"{SVG}g") if g.get("class")}
    assert set(lanes) == {"fam imagery", "fam press"}
    assert set(marks(lanes["fam imagery"])) == {"image", "relay", "later"}
    assert set(marks(lanes["fam press"])) == {"other", "whenever"}


def test_origins_are_filled_and_relays_hollow(case):
    kinds = {id: kind for id, (_, kind) in marks(drawn(case)).items()}
    assert kinds == {"image": "own", "relay": "again", "later": "again", "other": "own",
                     "whenever": "own"}  # fmt: skip


def test_time_runs_to_the_right_and_no_relay_precedes_its_origin(case):
    x = {id: at for id, (at, _) in marks(drawn(case)).items()}
    assert x["image"] < x["relay"] < x["later"] < x["other"] < x["whenever"]


def test_months_that_run_past_the_date_stay_inside(case):
    late = replace(case, as_of=date(2019, 3, 25))
    x = {id: at for id, (at, _) in marks(drawn(late)).items()}
    assert max(x[id] for id in ("image", "relay")) < x["whenever"] - 20


def test_marks_of_one_lane_never_lie_on_each_other(case):
    crowd = tuple(
        makers.claim(f"n{i}", source="paper", publication=parse_moment("2019-04-02"))
        for i in range(30)
    )
    root = drawn(replace(case, claims=(*case.claims, *crowd)))
    spots = []
    for circle in root.iter(f"{SVG}circle"):
        spots.append((float(circle.get("cx")), float(circle.get("cy"))))
    assert len(spots) == 35
    for i, (x, y) in enumerate(spots):
        for a, b in spots[:i]:
            assert abs(x - a) > 5 or abs(y - b) > 5


def test_threads_with_relays_say_how_many(case):
    names = [t.text for t in drawn(case).iter(f"{SVG}text") if t.get("class") == "thread-name"]
    assert len(names) == 1
    assert re.search("two relays", names[0])


def test_nothing_dated_draws_nothing(case):
    undated = replace(case, claims=(makers.claim("whenever", source="paper", publication=None),))
    assert drawn_text(undated) == ""


def drawn_text(case):
    return str(timeline(case, evidence(case), lambda id: id, lambda id: id))
