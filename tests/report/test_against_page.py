"""The section where documents and assessment part, as the page shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.evidence.records import Contradiction
from shieldwall.report.against import against
from shieldwall.report.page import render
from shieldwall.report.records import Assessment


def told_by_a_document(assessment: Assessment) -> Assessment:
    """The sample with one outlet made the document, and an error found in a distance of its."""
    case, evidence = assessment.case, assessment.evidence

    def named(source: str) -> str:
        return "doc9" if source == "outlet" else source

    wrong = Contradiction(
        "distance:border-distance", "distance", ("border-distance",), "said", "found", "why", True
    )
    return replace(
        assessment,
        case=replace(
            case,
            # Readings of the sample's signs name the outlet too, so it stays.
            sources=(*case.sources, *(replace(s, id="doc9") for s in case.sources
                                      if s.id == "outlet")),
            claims=tuple(replace(c, source=named(c.source)) for c in case.claims),
        ),
        evidence=replace(
            evidence,
            claims=tuple(replace(c, source=named(c.source)) for c in evidence.claims),
            channels=tuple(
                replace(c, source=named(c.source), errors=(wrong.id,), computed="E")
                if c.source == "outlet" else c
                for c in evidence.channels
            ),
            contradictions=(*evidence.contradictions, wrong),
        ),
    )  # fmt: skip


def section(page: str) -> str:
    return page[page.index('<section id="against"') : page.index('<section id="evidence"')]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return told_by_a_document(sample_assessment(tmp_path_factory.mktemp("sample")))


def test_without_a_document_there_is_no_section(tmp_path: Path) -> None:
    assert 'id="against"' not in render(sample_assessment(tmp_path))


def test_every_entry_is_a_row_of_three_cells_with_its_claims(sample: Assessment) -> None:
    found = against(sample)
    assert {"distance", "grade"} <= {e.kind for e in found}
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", section(render(sample)), re.DOTALL)
    assert len(rows) == len(found)
    for row in rows:
        assert row.count("<td") == 2
    for entry in found:
        (row,) = [r for r in rows if unescape(entry.why)[1:20] in unescape(r)
                  and all(f">{c}</a>" in r for c in entry.claims)]  # fmt: skip
        for figure in entry.figures:
            assert f'href="#f-{figure}"' in row


def test_every_link_of_the_section_leads_somewhere(sample: Assessment) -> None:
    page = render(sample)
    ids = set(re.findall(r'id="([^"]+)"', page))
    links = re.findall(r'href="#([^"]+)"', section(page))
    assert links
    assert set(links) <= ids


def test_text_of_a_case_is_escaped(tmp_path: Path) -> None:
    shown = section(render(told_by_a_document(sample_assessment(tmp_path, hostile=True))))
    assert "<script" not in shown
    assert HOSTILE_TEXT[:25] in unescape(shown)
