"""Moscow 2023: every trap of its document can be decided from the case."""

from __future__ import annotations

import pytest

from shieldwall.geodesy import WGS84
from shipped_cases import geodesics_km, going_back_to, located, shipped, the_origin


@pytest.mark.parametrize(
    ("place", "origin", "nearest_km", "tolerance_km"),
    [
        ("moscow", "border", 457, 3),
        ("engels", "border", 481, 3),
        ("moscow", "front", 610, 5),
        ("engels", "front", 616, 3),
        ("engels", "kharkiv", 722, 3),
        ("engels", "kherson", 1127, 3),
        ("moscow", "kherson", 1072, 3),
    ],
)
def test_geodesics(place: str, origin: str, nearest_km: float, tolerance_km: float) -> None:
    found = min(geodesics_km(shipped("moscow-2023"), place, origin))
    assert found == pytest.approx(nearest_km, abs=tolerance_km)


def test_the_front_spans_what_the_documents_give() -> None:
    case = shipped("moscow-2023")
    moscow = geodesics_km(case, "moscow", "front")
    assert min(moscow) >= 605
    assert max(moscow) <= 713
    line = the_origin(case, "front").line
    svatove_kupiansk = [WGS84.inv(*located(case.place("engels")), *p)[2] / 1000 for p in line[1:]]
    assert sorted(svatove_kupiansk) == [pytest.approx(616, abs=3), pytest.approx(640, abs=3)]


@pytest.mark.parametrize(
    ("claim", "said", "fits"),
    [("doc3-moscow-500", "front", "border"), ("doc3-engels-600", "border", "front")],
)
def test_each_figure_fits_the_other_line(claim: str, said: str, fits: str) -> None:
    case = shipped("moscow-2023")
    distance = case.claim(claim)
    assert distance.origin == said
    assert distance.count
    assert distance.count.likely
    assert distance.place
    miss_km = {
        origin: abs(min(geodesics_km(case, distance.place, origin)) - distance.count.likely)
        for origin in ("border", "front")
    }
    assert min(miss_km, key=lambda o: miss_km[o]) == fits


def test_reach_is_asked_for_both_places() -> None:
    case = shipped("moscow-2023")
    assert {r.place for r in case.reaches} == {"moscow", "engels"}
    assert {t.catalogue for t in case.threats} == {"owa_generic", "uj22", "tu141", "liutyi"}


def test_roofs_have_bands_with_a_reason_and_rounded_places() -> None:
    case = shipped("moscow-2023")
    roofs = [p for p in case.places if p.height_m]
    assert {p.id for p in roofs} == {"mod-building", "teterinsky-lane", "interior-ministry"}
    for place in roofs:
        assert place.height_m
        assert place.height_m.low < place.height_m.high
        assert "storeys" in place.note
        assert "Assumed" in place.note
        assert place.precision_m
        assert place.precision_m >= 500
        assert all(round(x, 2) == x for x in located(place)), "no finer than 0.01 degree"


def test_errors_and_illustrations_are_facts_about_the_channel() -> None:
    case = shipped("moscow-2023")
    for id in ("doc3-lavrov-office", "doc3-photo", "doc3-watchman", "newsreadonline-alias"):
        assert case.claim(id).about == "identity", id
    photo = case.claim("doc3-photo")
    assert photo.place is None
    assert photo.event
    assert photo.event.text == "2015-12"
    assert not any(case.source(c.source).family == "imagery" for c in case.claims)
    assert case.source("doc3").reliability == "C", "by hand; its errors are found by rule"


def test_silence_and_readings_are_coded() -> None:
    case = shipped("moscow-2023")
    silent = {c.source for c in case.claims if c.modality == "declined to comment"}
    assert {"peskov", "russian-mod"} <= silent
    readings = [c for c in case.claims if c.id.startswith("doc3-reading-")]
    assert len(readings) == 3
    assert {c.about for c in readings} == {"intent"}


def test_a_statement_stands_against_conduct() -> None:
    case = shipped("moscow-2023")
    said, seen = case.claim("lavrov-residential"), case.claim("doc3-moscow-residential")
    assert case.source(said.source).family == "statement"
    assert seen.place == "teterinsky-lane"
    assert said.about == seen.about == "conduct"
    assert said.relays is None
    assert seen.relays is None


def test_specialists_share_their_pictures() -> None:
    case = shipped("moscow-2023")
    relays = {c.source for c in going_back_to(case, "moscow-calling-teterinsky")}
    assert {"toler", "status-6", "matveev", "lee", "guardian", "doc3"} <= relays
