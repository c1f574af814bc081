"""Numbers are read with their bound words."""

import math

import pytest

import makers
import told
from shieldwall.case.records import Count
from shieldwall.evidence.contradictions.count import bounds, in_words


def counted(id, number, bound="exact", about="holding", unit="systems", **fields):
    return makers.claim(id, source=fields.pop("source", id), about=about,
                        count=makers.count(number, unit, bound), **fields)  # fmt: skip


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("exact", (5.0, 5.0)),
        ("at least", (5.0, math.inf)),
        ("more than", (math.nextafter(5.0, 6.0), math.inf)),
        ("at most", (0.0, 5.0)),
        ("about", (4.25, 5.75)),
    ],
)
def test_what_a_bound_word_leaves_open(bound, expected):
    assert bounds(makers.count(5.0, "launchers", bound)) == expected


def test_numbers_in_words():
    assert in_words(makers.count(5000, "missiles", "at least")) == "at least 5\u202f000 missiles"
    assert in_words(Count(9, None, 12, "launchers", "exact")) == "9 to 12 launchers"
    assert in_words(Count(9, None, 12, "launchers", "at most")) == "at most 12 launchers"


def test_no_fewer_than_5000_against_4000_delivered():
    only = told.one(
        counted("president", 5_000, "at least", unit="missiles"),
        counted("register", 4_000, unit="missiles"),
        sources=(told.source("president", "D"), told.source("register", "B")),
    )
    assert only.claims == ("president", "register")
    assert not only.checkable
    missiles = "At least 5\u202f000 missiles and 4\u202f000 missiles"
    assert only.finds == f"{missiles} cannot both be right."


def test_bounds_that_both_hold_do_not_contradict():
    assert told.found(counted("one", 5_000, "at least"), counted("two", 5_400)) == ()


@pytest.mark.parametrize("other", [
    {"unit": "launchers"}, {"place": "far"}, {"system": "buk"}, {"about": "count"},
    {"component": "radar"},
])  # fmt: skip
def test_only_one_thing_at_one_place_in_one_unit_is_compared(other):
    places = (makers.place(), makers.place("far", lat=11.0))
    assert told.found(counted("one", 6), counted("two", 3, **other), places=places) == ()


def test_sightings_of_other_days_do_not_contradict():
    one = counted("one", 6, about="count", event=makers.moment("2024-05-01"))
    two = counted("two", 3, about="count", event=makers.moment("2024-05-02"))
    assert told.found(one, two) == ()
    assert told.found(one, counted("two", 3, about="count", event=makers.moment("2024-05-01")))


def test_a_year_does_not_tie_two_days_together():
    """A count of the year may be of either day; the two days are not of each other."""
    days = [
        counted("one", 6, about="count", event=makers.moment("2024-05-01")),
        counted("two", 3, about="count", event=makers.moment("2024-05-02")),
        counted("year", 4.5, "at least", about="count", event=told.clock("2024")),
    ]
    assert [c.claims for c in told.found(*days)] == [("two", "year")]


def test_holdings_years_apart_do_not_contradict():
    old = counted("old", 12, publication=makers.moment("2010-01-01"))
    assert told.found(old, counted("new", 3)) == ()


def test_a_relay_is_no_second_count():
    claims = (counted("one", 6), counted("relay", 6, relays="one"), counted("two", 3))
    found = told.found(*claims, sources=(told.source("two", "B"),))
    assert [c.claims for c in found] == [("one", "two")]


def test_counts_of_other_days_bear_nobody_out():
    """Three others saw six, but on other days: the two of the day are alike."""
    day = {"about": "count", "event": makers.moment("2024-05-01")}
    others = [
        counted(f"other{i}", 6, about="count", event=makers.moment(f"2024-05-1{i}"))
        for i in (1, 2, 3)
    ]
    only = told.one(counted("six", 6, **day), counted("three", 3, **day), *others)
    assert "neither is named wrong" in only.why


def test_counts_speak_of_when_they_were_so_not_of_when_that_was_seen():
    """Told of one day, though one rests on an image of another."""
    day = {"about": "count", "event": makers.moment("2024-05-01")}
    seen = counted("seen", 6, **day, acquisition=makers.moment("2024-05-09"))
    assert told.found(seen, counted("told", 3, **day))
