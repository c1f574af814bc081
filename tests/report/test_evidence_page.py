"""The evidence chapter of the page: what it must show of the evidence, whatever the case."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from samples import sample_assessment
from shieldwall.report.page import render
from shieldwall.report.records import Assessment
from shieldwall.trail.evidence import enter_bits
from shieldwall.trail.named import Named


@pytest.fixture
def sample(tmp_path: Path) -> Assessment:
    return sample_assessment(tmp_path)


def chapter(assessment: Assessment) -> str:
    page = render(assessment)
    return page[page.index('<section id="evidence"') : page.index('<section id="tables"')]


def text(markup: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def rows(markup: str, anchor: str) -> list[str]:
    table = markup[markup.index(f'id="{anchor}"') :]
    body = table[table.index("<tbody>") : table.index("</tbody>")]
    return [text(row) for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)]


def test_every_origin_stands_in_the_table_with_its_relays(sample: Assessment) -> None:
    found = rows(chapter(sample), "t-origins")
    groups = sample.evidence.lineage.groups
    assert len(found) == len(groups)
    for origin, group in groups.items():
        (row,) = [r for r in found if re.search(rf" {re.escape(origin)} ", f" {r} ")
                  and sample.evidence.claim(origin).statement.strip() in r]  # fmt: skip
        assert all(relay in row for relay in group[1:])


def test_reasons_list_the_origins_that_move_a_system(sample: Assessment) -> None:
    order = sample.order_of_battle
    (held, *rest) = order.held
    origin = next(iter(sample.evidence.lineage.groups))
    spoken = replace(held, bits=((origin, 1.5), ("nobody", 0.01)), prior=0.5)
    shown = replace(sample, order_of_battle=replace(order, held=(spoken, *rest)))
    shown.ledger.quantities.pop(f"bits.{held.system}.{origin}", None)
    enter_bits(
        shown.ledger,
        Named(sample.case, sample.catalogue),
        (replace(spoken, bits=((origin, 1.5),)),),
    )
    found = rows(chapter(shown), "t-reasons")
    assert "+1.5" in found[0]
    assert sample.evidence.claim(origin).statement.strip() in found[0]
    assert "one more origin hardly moves it" in found[1]


def test_contradictions_say_what_was_said_and_what_is_found(sample: Assessment) -> None:
    (row,) = rows(chapter(sample), "t-contradictions")
    (found,) = sample.evidence.contradictions
    assert found.says in row
    assert found.finds in row
    assert text(found.why) in row


def test_the_matrix_prints_bits_with_their_sign_and_where_answers_stand(sample: Assessment) -> None:
    shown = chapter(sample)
    matrix = text(shown[shown.index('id="ach-why"') :])
    assert "+1.1" in matrix
    assert "\u22121.1" in matrix
    assert re.search(r"likely, 68.% 50 to 80.%", matrix)
    assert 'class="n for-3"' in shown
    assert 'class="n against-3"' in shown


def test_sources_that_move_a_probability_are_named_with_what_it_would_be(
    sample: Assessment,
) -> None:
    found = rows(chapter(sample), "t-moved")
    first = sample.contributions[0]
    name = sample.case.source(first.key).name
    assert any(name in row for row in found)


def test_only_sources_that_lost_grade_are_listed(sample: Assessment) -> None:
    assert "t-channels" not in chapter(sample)
    evidence = sample.evidence
    (first, *rest) = evidence.channels
    lowered = replace(first, hand="B", computed="C", errors=("chronology-sample",), why="One error")
    shown = replace(sample, evidence=replace(evidence, channels=(lowered, *rest)))
    (row,) = rows(chapter(shown), "t-channels")
    assert sample.case.source(first.source).name in row
    assert " B C chronology One error" in row


def test_warnings_reach_the_reader(sample: Assessment) -> None:
    told = replace(sample, evidence=replace(sample.evidence, warnings=("Grades look alike.",)))
    assert "Grades look alike." in chapter(told)
