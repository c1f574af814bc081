"""Extraction on short texts: what is found, with which value and modality, and what is not."""

from __future__ import annotations

import pytest

from shieldwall.case.records import Place
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.extraction import Proposal, extract
from tests.evidence.extraction.texts import TRAPS, TRUE

SCORED = ("system", "component", "count", "place", "aircraft")


def found(text: str, kind: str | None = None) -> list[Proposal]:
    """The proposals of a kind."""
    return [p for p in extract(text, catalogue=load_catalogue()) if kind in (None, p.kind)]


@pytest.mark.parametrize("name", TRUE)
def test_reads_what_is_there(name: str) -> None:
    text, expected = TRUE[name]
    read = [p for p in found(text) if p.kind in SCORED]
    assert [(p.kind, p.text, p.value, p.modality) for p in read] == expected


@pytest.mark.parametrize("name", TRAPS)
def test_reads_no_weapon_where_there_is_none(name: str) -> None:
    read = [p for p in found(TRAPS[name]) if p.kind not in ("place", "time")]
    assert read == []


@pytest.mark.parametrize("name", TRUE)
def test_spans_are_exact_and_in_order(name: str) -> None:
    text = TRUE[name][0]
    read = found(text)
    assert all(text[p.start : p.end] == p.text for p in read)
    assert [p.start for p in read] == sorted(p.start for p in read)
    assert all(p.cue is None or text[slice(*p.cue)].strip() for p in read)


def test_ids_come_from_the_catalogue_the_airfields_and_the_case() -> None:
    text = "A Pantsir-S1 and a Buk-M9 stand at Engels air base and at Rublevka."
    own = Place("rublevka", "Rublevka (suburb)", None, None, None, None, None, "", "", "case:1")
    read = extract(text, "d", catalogue=load_catalogue(), places=(own,))
    assert {p.text: p.id for p in read} == {
        "Pantsir-S1": "pantsir", "Buk-M9": None, "Engels air base": "XWSG", "Rublevka": "rublevka",
    }  # fmt: skip
    assert all(p.document == "d" for p in read)


@pytest.mark.parametrize(
    ("words", "value", "bound", "unit"),
    [
        ("no fewer than five launchers", 5, "at least", "launchers"),
        ("more than 1,500 missiles", 1500, "more than", "missiles"),
        ("a dozen S-300 launchers", 12, "exact", "launchers"),
        ("up to 2.5 tonnes", 2.5, "at most", "t"),
        ("twenty-five Igla-S", 25, "exact", "Igla-S"),
        ("two thousand troops", 2000, "exact", "persons"),
        ("about 200km", 200, "about", "km"),
    ],
)
def test_counts(words: str, value: float, bound: str, unit: str) -> None:
    (count,) = found(f"The army said its missile brigade has {words} in Syria.", "count")
    assert (count.value, count.bound, count.unit) == (value, bound, unit)


def test_a_dot_before_three_figures_is_no_decimal_in_spanish() -> None:
    (spanish,) = found("El ejército tiene 5.000 misiles Igla-S en Maracay.", "count")
    assert spanish.value == 5000


@pytest.mark.parametrize("words", ["three months ago", "9S32ME", "in 2019", "12 percent", "a game"])
def test_no_counts(words: str) -> None:
    assert found(f"The missile launchers of the army {words} are in Syria.", "count") == []


def test_a_capital_is_a_place_only_where_something_lies_or_lands() -> None:
    text = (
        "Moscow announced that Washington warned Caracas. The missile flew from Moscow to Caracas. "
        "Strikes hit the air base south of Caracas, and the Kremlin denied it."
    )
    assert [p.start for p in found(text, "place")] == [
        text.index("Moscow to"), text.index("Caracas. S"), text.index("Caracas, and"),
    ]  # fmt: skip
    assert [p.value for p in found(text, "speaker")] == ["Moscow", "Washington", "Kremlin"]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("24 March 2019", "2019-03-24"), ("March 24, 2019", "2019-03-24"),
        ("2019-03-24", "2019-03-24"), ("24.03.2019", "2019-03-24"), ("March 2019", "2019-03"),
        ("24 de marzo de 2019", "2019-03-24"), ("24 mars 2019", "2019-03-24"),
        ("24 марта 2019", "2019-03-24"), ("24 березня 2019", "2019-03-24"),
        ("Saturday", "Saturday"), ("three months ago", "three months ago"),
        ("hace tres meses", "hace tres meses"),
    ],
)  # fmt: skip
def test_times(written: str, value: str) -> None:
    (time,) = found(f"The S-300VM arrived {written}.", "time")
    assert (time.text, time.value) == (written, value)


def test_dropped_stretches_are_not_read() -> None:
    text = "An S-300VM is in Syria. Read also: Pantsir-S1 in Moscow."
    read = extract(text, dropped=[(text.index("Read"), len(text))])
    assert [p.text for p in read] == ["S-300VM", "Syria"]


def test_operators_by_country_and_by_name() -> None:
    text = "Russian personnel and private military contractors operate the Buk-M2 of the FANB."
    assert [p.text for p in found(text, "operator")] == [
        "Russian personnel", "private military contractors", "FANB",
    ]  # fmt: skip
