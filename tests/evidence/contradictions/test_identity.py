"""One subject, two values: names are compared as a reader would."""

import itertools

import pytest

import makers
import told
from shieldwall.evidence.contradictions import contradictions
from shieldwall.evidence.contradictions.words import agree, same
from shieldwall.evidence.records import Edge, Lineage


def post(id, value, subject="post of Sergei Lavrov", **fields):
    return makers.claim(id, source=fields.pop("source", id), about="identity", system=None,
                        place=None, subject=subject, value=value, **fields)  # fmt: skip


def test_the_better_supported_value_wins():
    only = told.one(
        post("one", "minister of defence"),
        post("two", "foreign minister"),
        post("three", "minister of foreign affairs"),
    )
    assert only.claims == ("one", "two", "three")
    assert only.checkable
    assert "foreign minister, not minister of defence" in only.finds


def test_a_better_source_outweighs_a_worse_one():
    only = told.one(
        post("careless", "RA-79765", "registration"), post("track", "RA-78765", "registration"),
        sources=(told.source("careless", "D"), told.source("track", "B")),
    )  # fmt: skip
    assert only.claims == ("careless", "track")


def test_a_tie_names_no_culprit():
    only = told.one(post("one", "minister of defence"), post("two", "foreign minister"))
    assert not only.checkable
    assert "neither is named wrong" in only.why


def test_relays_of_one_origin_do_not_outvote_two_origins():
    first = post("first", "minister of defence")
    relays = [post(f"r{i}", "minister of defence", relays="first") for i in range(5)]
    two = [post("two", "foreign minister"), post("three", "foreign minister")]
    found = told.found(first, *relays, *two)
    assert [c.claims for c in found] == [("first", "two", "three")]


def test_a_source_with_no_known_grade_supports_nothing():
    only = told.one(
        post("unknown", "minister of defence"), post("known", "foreign minister"),
        sources=(told.source("unknown", "F"), told.source("known", "E")),
    )  # fmt: skip
    assert only.claims == ("unknown", "known")


def test_denials_state_no_value():
    denial = post("denial", "minister of defence", modality="denied")
    assert told.found(denial, post("two", "foreign minister")) == ()


def test_order_of_claims_changes_nothing():
    claims = [post("one", "first post"), post("two", "other post"), post("three", "other post")]
    case = told.case(*claims)
    found = {
        contradictions(case, tuple(order), told.lineage(tuple(claims)), ())
        for order in itertools.permutations(claims)
    }
    assert len(found) == 1
    assert len(found.pop()) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("post of Sergei Lavrov", "post of Sergey Lavrov"),
        ("Minister of Defense", "defence minister"),
        ("El Libertador", "el libertador"),
        ("Capitán Manuel Ríos", "Capitan Manuel Rios"),
        ("chief of staff", "head of staff"),
    ],
)
def test_one_name_spelt_twice(first, second):
    assert same(first, second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("registration of the An-124", "registration of the Il-62M"),
        ("RA-78765", "RA-79765"),
        ("Iran", "Iraq"),
        ("Austria", "Australia"),
        ("Boris Ivanov", "Doris Ivanov"),
        ("minister of defence", "foreign minister"),
    ],
)
def test_two_names(first, second):
    assert not same(first, second)


def test_a_fuller_title_agrees_with_a_shorter_one():
    assert agree("head of the main staff", "head of the main staff of the ground forces")


def test_a_town_is_decided_by_the_map_and_not_by_votes():
    base = makers.place("base", name="Ríos airbase, near Sombrero")
    sombrero = makers.place("sombrero", lat=10.1, precision_m=5_000)
    calabozo = makers.place("calabozo", lat=10.7, precision_m=5_000)
    subject = "town of Rios airbase"
    right = post("right", "Sombrero", subject)
    wrong = post("wrong", "Calabozo", subject)
    echo = post("echo", "Calabozo", subject)
    from dataclasses import replace

    claims = (
        replace(right, place="sombrero"), replace(wrong, place="calabozo"),
        replace(echo, place="calabozo"),
    )  # fmt: skip
    found = told.found(*claims, places=(base, sombrero, calabozo))
    assert [(c.kind, c.claims) for c in found] == [
        ("place", ("wrong", "right")),
        ("place", ("echo", "right")),
    ]
    assert "77 km" in found[0].finds


def test_a_chain_of_relays_as_long_as_a_case_is_one_origin():
    chain = [post("c0", "minister of defence")]
    chain += [post(f"c{i}", "minister of defence", relays=f"c{i - 1}") for i in range(1, 3_000)]
    two = [post("two", "foreign minister"), post("three", "foreign minister")]
    found = told.found(*chain, *two)
    assert [c.claims for c in found] == [("c0", "two", "three")]


def test_relays_through_a_claim_that_is_silent_on_the_value_are_one_origin():
    silent = makers.claim("silent", source="silent", system=None, place=None)
    camp = [post(f"r{i}", "minister of defence", relays="silent") for i in range(3)]
    two = [post("two", "foreign minister"), post("three", "foreign minister")]
    assert {c.claims[0] for c in told.found(silent, *camp, *two)} == {"r0", "r1", "r2"}


def test_a_likely_copy_supports_as_far_as_it_may_be_an_origin():
    """Two claims of grade D (.25) of which one is a copy with chance .9: .275 against .25."""
    claims = (post("one", "first post"), post("two", "other post"), post("copy", "other post"))
    grades = tuple(told.source(c.source, "D") for c in claims)
    edges = (Edge("copy", "two", 0.9, ("same text",), False),)
    case = told.case(*claims, sources=grades)
    (found,) = contradictions(case, claims, Lineage(tuple(c.id for c in claims), edges), ())
    assert found.claims[:2] == ("one", "two")
    assert "0.28 against 0.25" in found.why
