"""Which line a published distance fits."""

import makers
from shieldwall.case.records import Origin
from shieldwall.evidence.contradictions.distance import check_distances


def line(id, *points, precision_m=5_000.0):
    return Origin(id, id.title(), points, precision_m, None, "test", "case.toml:1")


def stated(km, origin):
    claim = makers.claim(
        "stated", about="distance", system=None, origin=origin, count=makers.count(km, "km")
    )
    origins = (line("near", (-66.0, 11.0)), line("far", (-66.0, 13.0)))
    return check_distances(makers.case(origins=origins), (claim,))[0]


def test_a_distance_that_fits_the_line_it_names():
    check = stated(112, "near")
    assert check.fits == "near"
    assert "fits the line it names" in check.verdict


def test_a_distance_that_fits_the_other_line_is_flagged():
    check = stated(320, "near")
    assert check.fits == "far"
    assert "does not fit the line it names" in check.verdict
    assert "111 km from Near" in check.verdict
    assert "332 km from Far" in check.verdict


def test_a_distance_that_fits_nothing_says_so():
    check = stated(700, "near")
    assert check.fits is None
    assert "fits no line of the case" in check.verdict


def test_a_published_range_fits_what_lies_inside_it():
    claim = makers.claim(
        "range", about="distance", system=None, origin="near",
        count=makers.Count(100.0, None, 150.0, "km", "exact"),
    )  # fmt: skip
    case = makers.case(claims=(claim,), origins=(line("near", (-66.0, 11.0)),))
    assert check_distances(case, case.claims)[0].fits == "near"
