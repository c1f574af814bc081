"""Where documents and assessment part, in assessment.json: documented, and as the page has it."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest

from documents import NAMES, assessed, entries
from shieldwall.report.exports.against import against_data
from shieldwall.report.page.against import parted
from shieldwall.report.page.figures import Figures

DOCS = Path(__file__).parents[2] / "docs" / "outputs.md"


def spaced(text: str) -> str:
    """One kind of blank: stripping tags makes all of them plain."""
    return " ".join(text.split())


@pytest.mark.parametrize("name", NAMES)
def test_every_entry_is_there_by_its_ids(name: str) -> None:
    data = against_data(assessed(name))
    assert [(e.kind, e.document, list(e.claims), list(e.held), list(e.figures))
            for e in entries(name)] == [
        (d["kind"], d["document"], d["claims"], d["held"], d["figures"]) for d in data
    ]  # fmt: skip
    assert all(d["says"] and d["concludes"] and d["why"] for d in data)


@pytest.mark.parametrize("name", NAMES)
def test_the_text_is_that_of_the_page(name: str) -> None:
    assessment = assessed(name)
    page = parted(assessment, Figures(assessment.ledger))
    printed = sorted(
        (row.kind, spaced(unescape(row.finds.striptags())), row.why)
        for group in page.groups
        for row in group.rows
    )
    data = against_data(assessment)
    assert sorted((d["name"], spaced(d["concludes"]), d["why"]) for d in data) == printed


def test_its_keys_are_documented() -> None:
    text = DOCS.read_text("utf-8")
    keys = {key for name in NAMES for each in against_data(assessed(name)) for key in each}
    assert sorted(k for k in keys if f"`{k}`" not in text) == []
