"""Drafts of claims: what one sentence says, put together."""

from __future__ import annotations

from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.extraction import Draft, claims_of, extract


def drafts(text: str) -> tuple[Draft, ...]:
    """The drafts of a text."""
    return claims_of(extract(text, "d", catalogue=load_catalogue()), text)


def parts(draft: Draft) -> dict[str, str]:
    """The parts a draft has, by name, as the text writes them."""
    names = ("system", "component", "place", "count", "event", "said_by")
    return {n: part.text for n in names if (part := getattr(draft, n)) is not None}


def test_a_draft_takes_the_parts_of_its_sentence_and_no_others() -> None:
    text = (
        "The ministry said on 24 March 2019 that five S-300VM launchers stand at Capitan Manuel "
        "Rios airbase. A Pantsir-S1 might follow."
    )
    first, second = drafts(text)
    assert (first.about, first.modality) == ("count", "reported")
    assert parts(first) == {
        "system": "S-300VM", "component": "launchers", "place": "Capitan Manuel Rios airbase",
        "count": "five", "event": "24 March 2019", "said_by": "The ministry",
    }  # fmt: skip
    assert (first.start, first.end) == (0, text.index(". A"))
    assert (second.about, second.modality) == ("presence", "speculated")
    assert parts(second) == {"system": "Pantsir-S1"}


def test_a_flight_is_a_movement_and_people_are_personnel() -> None:
    flight, people = drafts(
        "The An-124 landed in Caracas on Saturday. More than 120 Russian personnel are in Maracay."
    )
    assert (flight.about, flight.place and flight.place.value) == ("movement", "Caracas")
    assert (people.about, people.count and people.count.value) == ("personnel", 120)
    assert people.system is None


def test_a_sentence_about_nothing_gives_no_draft() -> None:
    assert drafts("Moscow will not tolerate it. The weather in Caracas was mild.") == ()
