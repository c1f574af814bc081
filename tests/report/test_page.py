"""The report page: self-contained, inert, traceable, the same bytes each time."""

from __future__ import annotations

import dataclasses
import itertools
import re
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.control.transfers import transfers
from shieldwall.errors import OutputError
from shieldwall.provenance import Ledger
from shieldwall.report.cover_words import ALIKE, gap, lead_cover
from shieldwall.report.judgements import QUESTIONS
from shieldwall.report.page import render, write_report
from shieldwall.report.page.figures import anchor
from shieldwall.report.page.trails import web_address
from shieldwall.report.records import Assessment
from shieldwall.report.words import measure

VOID = {"meta", "link", "br", "hr", "img", "input", "source", "col"}
NEEDED = {"answers", "network", "cover", "sight", "reach", "control", "raids", "t-orbat", "t-held",
          "t-shares", "assumptions", "overrides", "provenance", "glossary", "limits"}  # fmt: skip
HISTORY = {m.address for t in transfers() for m in t.milestones.values() if m.address}
"""Addresses that the product's own table of historical transfers brings to every page."""


class Page(HTMLParser):
    """Parses strictly: every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.links: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "a" in self.open:
            href, text = self.links[-1]
            self.links[-1] = (href, text + data)

    def ids(self) -> list[str]:
        return [attrs["id"] or "" for _, attrs in self.elements if "id" in attrs]


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def text(assessment: Assessment) -> str:
    return render(assessment)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    return Page(text)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    return render(sample_assessment(tmp_path_factory.mktemp("case"), hostile=True))


def test_parts_are_there_and_headings_skip_no_level(page: Page) -> None:
    assert set(page.ids()) >= NEEDED
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))


def test_every_figure_leads_to_its_trail_and_ids_are_unique(page: Page) -> None:
    ids = page.ids()
    assert len(ids) == len(set(ids))
    inside = [href for href, _ in page.links if href.startswith("#")]
    assert len(inside) > 500
    assert {href[1:] for href in inside} <= set(ids)


def test_drawings_refer_to_what_the_page_defines(text: str, page: Page) -> None:
    uses = {a["href"] or "" for tag, a in page.elements if tag == "use"}
    assert uses
    assert {u[1:] for u in uses} <= set(page.ids())
    assert set(re.findall(r"url\(#([^)]*)\)", text)) <= set(page.ids())


def test_printed_figures_are_those_of_the_ledger(assessment: Assessment, page: Page) -> None:
    printed = {}
    for href, words in page.links:
        printed.setdefault(href, []).append(words)
    for cover in assessment.coverage.areas:
        base = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"
        for name in ("rings", "horizon", "terrain", "present", "depth_1", "depth_3", "adds_long"):
            quantity = assessment.ledger.quantities[f"{base}.{name}"]
            assert measure(quantity.value, quantity.unit) in printed[f"#{anchor(quantity.id)}"]
    for unit in assessment.order_of_battle.units:
        assert f"#{anchor(f'orbat.{unit.id}.presence')}" in printed


def test_answers_hold_no_figure_without_a_trail(text: str) -> None:
    answers = text[text.index('id="answers"') : text.index('class="contents"')]
    loose = re.sub(r"<a\b.*?</a>|<[^>]*>", "", answers, flags=re.S)
    assert not re.findall(r"\d[\d\u202f]*\u202f%", loose)


def test_the_first_page_answers_every_question_and_says_how_sure(text: str) -> None:
    page = text[text.index('id="answers"') : text.index('class="contents"')]
    parts = re.split(r'<div class="answer', page)[1:]
    assert [re.search(r'id="answer-(\w+)"', p)[1] for p in parts] == list(QUESTIONS)  # type: ignore[index]
    for part in parts:
        words = " ".join(re.sub(r"<[^>]*>", " ", part).split())
        assert 'class="headline"' in part
        if 'class="sure"' not in part:
            assert "lays out no crisis" in words
            continue
        sure = part[part.index('class="sure"') :]
        assert "Confidence" in sure
        assert not re.search(r"\b(un)?likely\b|\bchance\b", sure[: sure.index("</p>")])
        assert "<table" in part, "every answer has its picture, which is a table too"


def test_answers_speak_of_the_widest_gap(assessment: Assessment, text: str) -> None:
    lead = lead_cover(assessment)
    assert lead is not None
    assert lead.altitude_m == 100
    gaps = [gap(c) for c in assessment.coverage.areas if c.altitude_m == 100]
    assert gap(lead) >= max(gaps) - ALIKE
    answers = text[text.index('id="answers"') : text.index('class="contents"')]
    assert anchor(f"coverage.{lead.area}.{lead.threat}.100m.depth_1") in answers


def test_trails_end_at_claims_with_grade_address_and_line(text: str) -> None:
    start = text.index(f'id="{anchor("claim:image-relay")}"')
    entry = text[start : text.index("</dd>", start)]
    assert "An outlet repeats the image" in entry
    assert "C3: fairly reliable" in entry
    assert f'href="#{anchor("claim:image-2019")}"' in entry, "a relay leads to its origin"
    assert 'href="https://example.org/image-relay" rel="noreferrer noopener"' in entry
    assert "claims.toml:20" in entry
    start = text.index(f'id="{anchor("catalogue:s300vm.range_max")}"')
    entry = text[start : text.index("</dd>", start)]
    assert "V / V2 / R1, unverified" in entry
    assert "SAMPLE1: A sample sheet" in entry


def test_overrides_are_shown_before_the_maps(text: str) -> None:
    notice = text.index("Set by the analyst")
    assert notice < text.index('id="network"')
    assert "One origin, not confirmed by a second party" in text[notice:][:600]


@pytest.mark.parametrize("which", ["text", "hostile"])
def test_nothing_is_loaded_and_nothing_runs(which: str, request: pytest.FixtureRequest) -> None:
    page = Page(request.getfixturevalue(which))
    assert {tag for tag, _ in page.elements}.isdisjoint(
        {"script", "iframe", "object", "embed", "link", "base", "form", "foreignobject", "img"}
    )
    for tag, attrs in page.elements:
        assert not any(name.startswith("on") for name in attrs), (tag, attrs)
        assert "src" not in attrs
        assert "style" not in attrs
        assert "xlink:href" not in attrs
        href = attrs.get("href") or ""
        if tag == "a":
            assert href.startswith(("#", "https://example.org/")) or href in HISTORY, href
            assert href.startswith("#") or "noreferrer" in (attrs.get("rel") or "")
        elif href:
            assert href.startswith(("#", "data:image/png;base64,")), (tag, href)
    policy = next(a for t, a in page.elements if t == "meta" and "http-equiv" in a)
    assert (policy["content"] or "").startswith("default-src 'none'; style-src 'unsafe-inline'")


def test_hostile_text_is_shown_and_stays_text(hostile: str) -> None:
    Page(hostile)
    assert "<script" not in hostile
    assert 'href="javascript' not in hostile
    assert "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt;" in hostile
    assert "javascript:alert(1)//]]&gt;" in hostile, "the address is visible text, not a link"


@pytest.mark.parametrize("which", ["text", "hostile"])
def test_drawings_are_well_formed_xml(which: str, request: pytest.FixtureRequest) -> None:
    drawings = re.findall(r"<svg\b.*?</svg>", request.getfixturevalue(which), flags=re.S)
    assert len(drawings) > 100
    for each in drawings:
        root = ElementTree.fromstring(each)
        if root.get("role") in ("img", "group"):
            title, told = (next(e for e in root if e.tag.endswith(t)) for t in ("title", "desc"))
            assert title.text
            assert told.text
        else:
            assert root.get("aria-hidden") == "true"


def test_tables_have_captions_and_scopes(text: str) -> None:
    for table in re.findall(r"<table\b.*?</table>", text, flags=re.S):
        assert "<caption" in table
        assert all("scope=" in head for head in re.findall(r"<th\b[^>]*>", table))


def test_same_assessment_same_bytes(assessment: Assessment, text: str, tmp_path: Path) -> None:
    target = tmp_path / "out" / "report.html"
    write_report(assessment, target)
    assert target.read_bytes() == text.encode()
    write_report(sample_assessment(tmp_path / "elsewhere"), target)
    assert target.read_bytes() == text.encode(), "neither folder nor run shows in the page"
    assert len(text) < 3_000_000


def test_a_figure_that_was_not_made_prints_unknown(assessment: Assessment) -> None:
    quantities = dict(assessment.ledger.quantities)
    gone = "orbat.bukm2e@la-carlota.in_service"
    empty = "orbat.bukm2e@la-carlota.launchers"
    del quantities[gone]
    quantities[empty] = dataclasses.replace(
        quantities[empty], value=float("nan"), low=None, high=None
    )
    ledger = Ledger(quantities, assessment.ledger.leaves)
    text = render(dataclasses.replace(assessment, ledger=ledger))
    rows = [r for r in re.findall(r"<tr>.*?</tr>", text, flags=re.S) if "Buk-M2E" in r]
    row = next(r for r in rows if "La Carlota" in r and anchor(empty) in r)
    assert '<span class="unknown">unknown</span>' in row
    assert f'href="#{anchor(empty)}">unknown</a>' in row
    assert not re.search(r"\bnan\b", re.sub(r"base64,[^\"]*|<style>.*?</style>", "", text), re.I)


def test_a_case_with_nothing_located_still_makes_a_page(assessment: Assessment) -> None:
    order = dataclasses.replace(assessment.order_of_battle, units=(), held=())
    coverage = dataclasses.replace(assessment.coverage, areas=(), floors=(), sections=(), reach=())
    case = dataclasses.replace(assessment.case, defended_areas=(), overrides=(), claims=())
    ensemble = dataclasses.replace(assessment.ensemble, units=())
    bare = dataclasses.replace(
        assessment, case=case, order_of_battle=order, coverage=coverage, ensemble=ensemble
    )
    page = Page(render(bare))
    assert {href[1:] for href, _ in page.links if href.startswith("#")} <= set(page.ids())


def test_coarse_terrain_says_why_no_section_is_drawn(assessment: Assessment) -> None:
    note = dataclasses.replace(
        assessment.terrain, kind="offline", spacing_m=9_266.0, sections_allowed=False
    )
    coverage = dataclasses.replace(assessment.coverage, sections=())
    text = render(dataclasses.replace(assessment, terrain=note, coverage=coverage))
    assert "None is drawn: posts 9.3 km apart" in text


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://example.org/a?b=1", True), ("http://example.org", True),
        ("javascript:alert(1)", False), ("data:text/html,x", False), ("//example.org", False),
        ("file:///etc/passwd", False), ("https://", False), ("http://[bad", False),
    ],
)  # fmt: skip
def test_only_web_addresses_become_links(address: str, linked: bool) -> None:
    assert bool(web_address(address)) is linked


def test_a_folder_that_cannot_be_written_is_an_output_error(
    assessment: Assessment, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot write"):
        write_report(assessment, tmp_path / "file" / "report.html")


def test_hostile_sample_is_as_hostile_as_the_tests_say() -> None:
    assert "<script>" in HOSTILE_TEXT
    assert "]]>" in HOSTILE_TEXT
    assert '"' in HOSTILE_TEXT
