"""Key judgements on the page: claim, ground, what would change it; every figure with its trail."""

from __future__ import annotations

import re
from html import unescape

import pytest

from sample_calculus import with_calculus
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.provenance import CHANGE
from shieldwall.report.judgements import QUESTIONS, Judgement, judgements
from shieldwall.report.page import render
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.page.judgements import TITLES, judged
from shieldwall.report.records import Assessment


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return with_calculus(sample_assessment(tmp_path_factory.mktemp("case")))


@pytest.fixture(scope="module")
def found(assessment: Assessment) -> tuple[Judgement, ...]:
    return judgements(assessment)


@pytest.fixture(scope="module")
def section(assessment: Assessment) -> str:
    text = render(assessment)
    start = text.index('<section id="judgements"')
    return text[start : text.index("</section>", start)]


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", html))


def test_every_judgement_stands_there_word_for_word(
    section: str, found: tuple[Judgement, ...]
) -> None:
    told = words(section)
    assert len(found) > 10
    for each in found:
        for sentence in each.sentences:
            assert sentence in told, each.id


def test_they_stand_by_question_in_the_order_of_the_report(
    section: str, found: tuple[Judgement, ...]
) -> None:
    titles = [words(h) for h in re.findall(r"<h3>(.*?)</h3>", section)]
    assert titles == [TITLES[q] for q in QUESTIONS if any(j.question == q for j in found)]
    assert titles[-1] == "What it changes"
    anchors = re.findall(r'<li id="judgement-([^"]*)"', section)
    assert len(anchors) == len(set(anchors)) == len(found)


def test_the_claim_comes_first_then_its_ground_then_folded_what_would_change_it(
    section: str,
) -> None:
    for item in re.findall(r'<li id="judgement-.*?</li>', section, flags=re.S):
        claim, ground = item.index('class="claim"'), item.index('class="ground"')
        assert claim < ground
        if "<details>" in item:
            assert ground < item.index("<details>")


def test_the_figure_of_a_claim_is_a_link_to_its_trail(
    section: str, found: tuple[Judgement, ...]
) -> None:
    for each in found:
        if each.judged and each.figures:
            id = re.sub(r"[^A-Za-z0-9_.@-]", "-", each.id)
            start = section.index(f'<li id="judgement-{id}"')
            item = section[start : section.index("</p>", start)]
            assert f'href="#{anchor(each.figures[0])}"' in item, each.id


def test_all_it_rests_on_is_linked(section: str, found: tuple[Judgement, ...]) -> None:
    for each in found:
        for id in each.figures:
            assert f'href="#{anchor(id)}"' in section, id


def test_no_claim_is_split_over_links_to_other_numbers(assessment: Assessment) -> None:
    """A figure in the text is linked only to a number that prints it."""
    figures = Figures(assessment.ledger)
    for group in judged(judgements(assessment), figures):
        for each in (*group.first, *group.more):
            for target, text in re.findall(r'href="#([^"]*)">([^<]*)</a>', each.detail):
                ids = [i for i in assessment.ledger.quantities if anchor(i) == unescape(target)]
                assert ids, target
                quantity = assessment.ledger.quantities[ids[0]]
                numbers = [quantity.value, quantity.low, quantity.high]
                bare = text.strip("<>+\u2212 ").split("\u202f%")[0].replace("\u202f", "")
                scale = 100 if "%" in text or quantity.unit == CHANGE else 1
                assert any(
                    n is not None and abs(abs(scale * n) - float(bare)) < 1 for n in numbers
                ), (text, ids[0])


def test_a_long_list_is_folded_and_its_numbers_go_on(section: str) -> None:
    lists = re.split(r"<h3>", section)[1:]
    folded = [each for each in lists if "further judgement" in each]
    assert folded
    for each in lists:
        number = each.count('<li id="judgement-')
        shown, _, more = each.partition('<ol class="judgements" start="4">')
        assert (number > 4) == bool(more)
        assert not more or shown.count('<li id="judgement-') == 3


def test_hostile_text_stays_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    hostile = sample_assessment(tmp_path_factory.mktemp("hostile"), hostile=True)
    text = render(hostile)
    start = text.index('<section id="judgements"')
    section = text[start : text.index("</section>", start)]
    assert "<script" not in section
    assert HOSTILE_TEXT.split(" ", maxsplit=1)[0] not in section


def test_a_count_of_origins_leads_to_its_trail(section: str, found: tuple[Judgement, ...]) -> None:
    cited = {i for j in found for i in j.figures if i.endswith(".origins")}
    assert cited
    linked = re.findall(r'<a[^>]* href="#([^"]*)"[^>]*>[\d.]+</a> independent origin', section)
    assert {anchor(i) for i in cited} <= set(linked)
