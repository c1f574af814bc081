"""A relay that says other than what it repeats."""

import makers
import told
from shieldwall.evidence.contradictions import contradictions


def journalist():
    general = makers.claim("general", source="journalist", about="personnel", system="il62")
    cargo = makers.claim("cargo", source="journalist", about="delivery", system="an124",
                         count=makers.count(35, "t"))  # fmt: skip
    return general, cargo


def test_two_aircraft_run_together_are_found():
    merged = makers.claim("merged", source="site", about="personnel", system="an124",
                          relays="general")  # fmt: skip
    only = told.one(*journalist(), merged)
    assert (only.kind, only.claims) == ("relay", ("merged", "general", "cargo"))
    assert "two were merged" in only.finds
    assert only.checkable


def test_the_error_is_charged_where_it_entered_and_not_to_who_repeats_it():
    merged = makers.claim("merged", source="site", about="personnel", system="an124",
                          relays="general")  # fmt: skip
    copy = makers.claim("copy", source="blog", about="personnel", system="an124", relays="merged")
    assert [c.claims[0] for c in told.found(*journalist(), merged, copy)] == ["merged"]


def test_a_relay_may_name_less():
    vague = makers.claim("vague", source="site", about="personnel", system=None, relays="general")
    assert told.found(*journalist(), vague) == ()


def test_capability_speaks_of_kinds():
    drone = makers.claim("drone", source="maker", about="capability", system="liutyi", place=None)
    kind = makers.claim("kind", source="site", about="capability", system="owa", relays="drone",
                        place=None)  # fmt: skip
    assert told.found(drone, kind) == ()


def test_a_number_changed_on_the_way():
    other = makers.claim("other", source="site", about="delivery", system="an124", relays="cargo",
                         count=makers.count(53, "t"))  # fmt: skip
    only = told.one(*journalist(), other)
    assert only.id == "relay:other:count"
    assert "35 t" in only.finds


def test_a_rounded_number_is_the_same_number():
    about = makers.claim("about", source="site", about="delivery", system="an124", relays="cargo",
                         count=makers.count(36, "t", "about"))  # fmt: skip
    assert told.found(*journalist(), about) == ()


def test_an_added_word_makes_more_of_what_was_there():
    image = makers.claim("image", source="firm", statement="One battery stands at the base.")
    more = makers.claim("more", source="site", relays="image",
                        statement="Additional systems were sent to the base.")  # fmt: skip
    only = told.one(image, more)
    assert only.id == "relay:more:words"
    assert "does not say additional" in only.finds


def test_more_than_is_a_bound_and_adds_nothing():
    image = makers.claim("image", source="firm", statement="At least five stand at the base.")
    more = makers.claim("more", source="site", relays="image", statement="More than four stand.")
    assert told.found(image, more) == ()


def test_a_relay_that_moves_the_thing():
    far = makers.place("far", lat=11.0)
    seen = makers.claim("seen", source="firm")
    moved = makers.claim("moved", source="site", relays="seen", place="far")
    only = told.one(seen, moved, places=(makers.place(), far))
    assert (only.kind, only.claims) == ("place", ("moved", "seen"))
    assert "111 km" in only.finds


def test_a_place_within_its_precision_is_the_same_place():
    near = makers.place("near", lat=10.05, precision_m=5_000)
    seen = makers.claim("seen", source="firm")
    moved = makers.claim("moved", source="site", relays="seen", place="near")
    assert told.found(seen, moved, places=(makers.place(), near)) == ()


def test_a_source_may_say_more_itself():
    image = makers.claim("image", source="firm", statement="One battery stands at the base.")
    more = makers.claim("more", source="firm", relays="image", system="buk",
                        statement="Additional systems stand beside it.")  # fmt: skip
    assert told.found(image, more) == ()


def test_a_finding_names_systems_as_it_is_told_to_and_reads_no_catalogue_of_its_own():
    merged = makers.claim("merged", source="site", about="personnel", system="an124",
                          relays="general")  # fmt: skip
    claims = (*journalist(), merged)
    names = {"an124": "the big one", "il62": "the long one"}
    (found,) = contradictions(told.case(*claims), claims, told.lineage(claims), (), names)
    assert "says this of the long one, not of the big one" in found.finds
    assert "says this of il62, not of an124" in told.one(*claims).finds
