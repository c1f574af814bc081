"""Drafts of claims: what one sentence says, put together."""

from __future__ import annotations

from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.extraction import Draft, claims_of, extract


def drafts(text: str) -> tuple[Draft, ...]:
    """The drafts of a text."""
    return claims_of(extract(text, "d", catalogue=load_catalogue()), text)


def test_a_draft_takes_the_parts_of_its_sentence_and_no_others() -> None:
    text = (
        "The ministry said on 24 March 2019 that five S-300VM launchers stand at Capitan Manuel "
        "Rios airbase. A Pantsir-S1 might follow."
    )
    first, second = drafts(text)
    assert first.system is not None
    assert (first.system.id, first.about, first.modality) == ("s300vm", "count", "reported")
    assert first.component is not None and first.component.value == "launcher"
    assert first.place is not None and first.place.id == "SVCZ"
    assert first.count is not None and first.count.value == 5
    assert first.event is not None and first.event.value == "2019-03-24"
    assert first.said_by is not None and first.said_by.text == "ministry"
    assert text[first.start : first.end] in text.split(". ")[0]
    assert second.system is not None and second.system.id == "pantsir"
    assert (second.about, second.modality) == ("presence", "speculated")
    assert (second.place, second.count, second.event, second.said_by) == (None, None, None, None)


def test_a_flight_is_a_movement_and_people_are_personnel() -> None:
    flight, people = drafts(
        "The An-124 landed in Caracas on Saturday. More than 120 Russian personnel are in Maracay."
    )
    assert (flight.about, flight.place and flight.place.value) == ("movement", "Caracas")
    assert (people.about, people.count and people.count.value) == ("personnel", 120)
    assert people.system is None


def test_a_sentence_about_nothing_gives_no_draft() -> None:
    assert drafts("Moscow will not tolerate it. The weather in Caracas was mild.") == ()
