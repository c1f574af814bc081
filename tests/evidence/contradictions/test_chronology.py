"""Four times of a claim: what is surely out of order is found, what may overlap is not."""

import pytest

import makers
import told
from told import clock


def image(**fields):
    usual = {"source": "firm", "event": clock("2019-03-20"), "acquisition": clock("2019-03-20"),
             "publication": clock("2019-03-24")}  # fmt: skip
    return makers.claim("image", **usual | fields)


def relay(event, **fields):
    usual = {"source": "site", "relays": "image", "event": clock(event),
             "publication": clock("2019")}  # fmt: skip
    return makers.claim("relay", **usual | fields)


def test_a_relay_that_redates_its_origin_is_contradicted_by_when_the_image_was_taken():
    only = told.one(image(), relay("2019-03-24"))
    assert (only.kind, only.claims, only.checkable) == ("chronology", ("relay", "image"), True)
    assert "20 March 2019, not 24 March 2019" in only.finds


def test_an_image_does_not_say_since_when():
    since = relay("2019-03-15")
    assert told.found(image(event=None), since) == ()
    assert "dates it on 20 March 2019, not 15 March" in told.one(image(), since).finds


def test_what_happened_in_between_is_named_as_coming_after():
    landing = makers.claim(
        "landing", source="tracks", about="movement", system="an124", event=clock("2019-03-23"),
        statement="Two aircraft land.",
    )  # fmt: skip
    only = told.one(image(), relay("2019-03-24"), landing)
    assert only.claims == ("relay", "image", "landing")
    assert "before, not after, this: Two aircraft land" in only.finds


@pytest.mark.parametrize("event", ["2019-03-20", "2019-03", "2019", "2019-03-20T23:00-04:00"])
def test_intervals_that_may_overlap_do_not_contradict(event):
    assert told.found(image(), relay(event)) == ()


def test_zones_are_converted_before_times_are_compared():
    """22:00 at Caracas is 02:00 UTC of the next day, as 04:00 at Damascus is 02:00."""
    seen = image(event=None, acquisition=clock("2019-03-24T02:00Z"))
    assert told.found(seen, relay("2019-03-23T22:00-04:00", publication=None)) == ()
    only = told.one(seen, relay("2019-03-24T02:00-04:00", publication=None))
    assert "24 March 2019, 06:00 UTC" in only.finds


def test_the_origin_may_date_its_own_event_anew():
    assert told.found(image(), relay("2019-03-24", source="firm")) == ()


def test_published_before_it_happened():
    early = makers.claim("early", event=clock("2024-06-03"))
    only = told.one(early)
    assert only.id == "chronology:early:published"
    assert "before it is said to have happened" in only.finds


def test_plans_may_be_published_before():
    plan = makers.claim("plan", about="intent", event=clock("2024-06-03"))
    guess = makers.claim("guess", modality="speculated", event=clock("2024-06-03"))
    assert told.found(plan, guess) == ()


def test_one_image_has_one_date():
    first = makers.claim(
        "first", source="firm", material="image", acquisition=clock("2019-03-20"),
        publication=clock("2019-03-24"),
    )  # fmt: skip
    second = makers.claim(
        "second", source="site", material="image", acquisition=clock("2019-03-24"),
        publication=clock("2019-03-25"),
    )  # fmt: skip
    only = told.one(second, first)
    assert only.claims == ("second", "first")
