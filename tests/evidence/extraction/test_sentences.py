"""The sentences of our own: places, names in company, counts, components, speakers, modality."""

from __future__ import annotations

import pytest

from shieldwall.evidence.extraction import extract
from tests.evidence.extraction import sentences, turns

READ = [
    *sentences.PLACES, *sentences.AMBIGUOUS, *sentences.NEWS, *sentences.COUNTS,
    *sentences.COMPONENTS, *sentences.SPEAKERS,
]  # fmt: skip


def read(text: str, kind: str) -> list[str]:
    """The words of a kind as the text writes them."""
    return [p.text for p in extract(text) if p.kind == kind]


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_reads_these_and_no_others(text: str, wanted: sentences.Wanted) -> None:
    assert {kind: read(text, kind) for kind in wanted} == wanted


@pytest.mark.parametrize("text", sentences.TRAPS)
def test_no_weapon_in_a_game_a_book_or_a_match(text: str) -> None:
    assert [p for p in extract(text) if p.kind not in ("place", "time")] == []


@pytest.mark.parametrize(
    ("text", "wanted"), [
        *sentences.MODALITY, *turns.EXCEPTIONS, *turns.ABSENCES, *turns.PLANS, *turns.LOOKS,
    ],
)  # fmt: skip
def test_modality(text: str, wanted: dict[str, str]) -> None:
    found = {p.text: p.modality for p in extract(text) if p.text in wanted}
    assert found == wanted


@pytest.mark.parametrize(("text", "wanted"), turns.MARKED)
def test_marks_of_emphasis_are_transparent(
    text: str, wanted: list[tuple[str, str | float, str | None]]
) -> None:
    read = [p for p in extract(text) if p.kind in ("system", "component", "count")]
    assert [(p.text, p.value, p.bound) for p in read] == wanted
    assert all(text[p.start : p.end] == p.text for p in read)
