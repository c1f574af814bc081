"""Distances against the map, and charges against conduct."""

import pytest

import makers
import told
from shieldwall.case.records import Origin


def line(id, lat):
    return Origin(id, id.title(), ((-66.0, lat),), 5_000.0, None, "test", "case.toml:1")


def stated(km, origin="near", bound="about", **fields):
    claim = makers.claim("stated", about="distance", system=None, origin=origin,
                         count=makers.count(km, "km", bound), **fields)  # fmt: skip
    return told.found(claim, origins=(line("near", 11.0), line("far", 13.0)))


def test_a_distance_that_fits_another_line_is_found():
    """Base to near is 111 km, to far 332 km (WGS-84)."""
    (only,) = stated(320)
    assert (only.id, only.kind, only.checkable) == ("distance:stated", "distance", True)
    assert "111 km from Near" in only.finds


@pytest.mark.parametrize("km", [101, 111, 121])
def test_rounding_is_no_error(km):
    assert stated(km) == ()


def test_a_lower_bound_is_right_however_low():
    assert stated(60, bound="more than") == ()
    assert stated(150, bound="at least")
    assert stated(150, bound="at most") == ()


def test_without_a_line_named_nothing_is_held_against_it():
    assert stated(700, origin=None) == ()


def test_between_two_places_of_the_case():
    there = makers.place("there", lat=11.0)
    claims = [
        makers.claim(id, about="identity", system=None, count=makers.count(km, "km", "about"),
                     subject="distance to there", value=f"{km} km")
        for id, km in (("right", 112), ("wrong", 200))
    ]  # fmt: skip
    only = told.one(*claims, places=(makers.place(), there))
    assert only.claims == ("wrong",)
    assert "111 km from There" in only.finds


# ---- Conduct ------------------------------------------------------------------------------------

SUBJECT = "air defence in residential areas"


def charge(value="Ruritania", **fields):
    return makers.claim("charge", source="minister", about="conduct", subject=SUBJECT, value=value,
                        system=None, place=None, **fields)  # fmt: skip


def sighting(value="Sylvania"):
    return makers.claim("sighting", source="paper", about="count", subject=SUBJECT, value=value)


MINISTER = told.source("minister", side="Sylvania")


def test_a_charge_is_set_against_what_the_own_side_is_seen_to_do():
    only = told.one(charge(), sighting(), sources=(MINISTER,))
    assert (only.kind, only.claims) == ("conduct", ("charge", "sighting"))
    assert not only.checkable
    assert "Sylvania itself" in only.finds


def test_what_the_charged_side_is_seen_to_do_bears_the_charge_out():
    assert told.found(charge(), sighting("Ruritania"), sources=(MINISTER,)) == ()


def test_a_speaker_of_no_side_contradicts_nothing():
    assert told.found(charge(), sighting()) == ()


def test_an_admission_is_no_contradiction():
    assert told.found(charge("Sylvania"), sighting(), sources=(MINISTER,)) == ()
