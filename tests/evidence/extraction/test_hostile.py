"""Any string gives an answer with exact spans."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldwall.evidence.extraction import claims_of, extract

STRINGS = {
    "empty": "",
    "nul": "S-300VM\x00 in Syria\x00",
    "lone surrogate": "S-300VM \ud800 in Syria",
    "one long word": "a" * 200_000,
    "one long number": "7" * 200_000,
    "capitals": "A " * 50_000,
    "open brackets": "( " * 20_000 + "said",
    "quotes": '"' * 50_000,
    "hyphens": "S-" * 50_000,
    "number words": "two thousand " * 10_000,
    "two scripts in one word": "сообщFive щS-400 Бukщ",
    "names in a row": "in " + "Aaa, " * 20_000 + "and Bbb S-300VM",
    "names joined": "S-300VM in Aaa" + " and Bbb" * 20_000,
    "conditionals": "S-300VM protegería " * 5_000,
    "words of place": "S-300VM " + "near in " * 20_000,
}


@pytest.mark.parametrize("name", STRINGS)
def test_answers(name: str) -> None:
    text = STRINGS[name]
    read = extract(text)
    assert all(text[p.start : p.end] == p.text for p in read)
    claims_of(read, text)


@pytest.mark.parametrize(
    "text",
    [
        "The S\u00ad-300VM missile battery",
        "The \u202eS-300VM\u202c missile battery",
        "The S\u2011300VM missile battery",
        "The S-300V\u200bM missile battery",
    ],
)
def test_invisible_characters_move_no_span(text: str) -> None:
    (system,) = [p for p in extract(text) if p.kind == "system"]
    assert system.value == "S-300VM"
    assert text[system.start : system.end] == system.text
    assert system.text.startswith("S")
    assert system.text.endswith("M")


def test_accents_in_pieces_read_like_accents_in_one() -> None:
    text = "El sistema Buk-M2E está en la base ae\u0301rea Capita\u0301n Manuel Ri\u0301os."
    (place,) = [p for p in extract(text) if p.kind == "place"]
    assert (place.text, place.id) == ("base ae\u0301rea Capita\u0301n Manuel Ri\u0301os", "SVCZ")


WORDS = st.sampled_from(
    [
        "S-300VM", "Буком", "9S32ME", "five", "5.000", "km", "said", "denied", "no", "Moscow", "in",
        "the", "Engels", "air", "base", "(", ")", '"', "«", "»", ".", ",", "Patriot", "launchers",
        "may", "that", "\u0301", "\u202e", "\x00", ";", "—", "?", "RA-82035", "24", "марта", "не",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=200))
def test_spans_hold_whatever_comes(text: str) -> None:
    read = extract(text)
    assert all(text[p.start : p.end] == p.text and p.text for p in read)
    assert read == extract(text)


def test_a_long_text_reads_like_its_pieces() -> None:
    text = "The army moved five S-300VM launchers to Syria.\n\n"
    once, often = extract(text), extract(text * 5_000)
    assert len(often) == 5_000 * len(once)
    assert {(p.kind, p.text, p.modality) for p in often} == {
        (p.kind, p.text, p.modality) for p in once
    }
