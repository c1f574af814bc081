"""The chapter on operational control: the answer first, every figure with its trail."""

from __future__ import annotations

import dataclasses
import re
from datetime import date, timedelta

import numpy as np
import pytest
from markupsafe import Markup

from sample_control import START, WEEKS
from samples import sample_assessment
from shieldwall.case.control_records import STATES, Transfer
from shieldwall.case.records import Band
from shieldwall.report.maps.control import Mark, axis
from shieldwall.report.maps.foresight import Fall, waterfall
from shieldwall.report.page import render
from shieldwall.report.page.answers.control import control_answer
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.page.foresight import time_in_words
from shieldwall.report.page.names import Names
from shieldwall.report.page.operators import row_weeks
from shieldwall.report.page.signs import disagreements
from shieldwall.report.records import Assessment
from shieldwall.report.words import LIKELIHOOD, percent, points


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def section(assessment: Assessment) -> str:
    return _section(render(assessment))


def _section(text: str) -> str:
    start = text.index('<section id="control"')
    return text[start : text.index("</section>", start)]


def _words(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def _with(assessment: Assessment, **changes: object) -> Assessment:
    control = dataclasses.replace(assessment.control, **changes)  # type: ignore[arg-type]
    return dataclasses.replace(assessment, control=control)


def test_it_stands_between_coverage_and_evidence_and_the_contents_lead_there(
    assessment: Assessment,
) -> None:
    text = render(assessment)
    order = [text.index(f'<section id="{s}"') for s in ("network", "cover", "control", "evidence")]
    assert order == sorted(order)
    assert '<a href="#control">Control</a>' in text


def test_every_state_need_forecast_rate_and_event_is_printed_with_its_trail(
    assessment: Assessment, section: str
) -> None:
    wanted = [f"control.mission.{s}" for s in STATES["mission"]]
    for system in ("s300vm", "bukm2e"):
        parts = [*STATES["operators"], "connected", "serviceable", "at_consoles", "need.crews",
                 "within.1y", "ahead.2026-12-31.all_three", "step.3.independent",
                 "without.family.press.independent", "sign.host_commands.buk-carlota",
                 "next.mission_present"]  # fmt: skip
        wanted += [f"control.{system}.{part}" for part in parts]
    wanted += ["control.rate.enter", "control.told.seen"]
    for id in wanted:
        assert id in assessment.ledger.quantities, id
        assert f'href="#{anchor(id)}"' in section, id
    assert 'class="unknown"' not in section


def test_percentages_outside_charts_and_past_dates_are_links(section: str) -> None:
    loose = re.sub(r"<svg\b.*?</svg>|<a\b.*?</a>", "", section, flags=re.S)
    row = r'<tr><th scope="row" class="day">\d{4}-\d\d-\d\d</th>(<td class="n">[^<]*</td>)+</tr>'
    assert re.search(row, loose)
    past = re.sub(row, "", loose)
    assert not re.findall(r"\d[\d\u202f]*\u202f%", _words(past))


def test_the_lede_says_who_operates_each_system_with_term_and_figure(section: str) -> None:
    lede = _words(section[section.index("<ul") : section.index("</ul>")])
    for name in ("S-300VM", "Buk-M2E"):
        assert f"{name} , operated by: most likely Venezuela’s crews on their own" in lede
    assert f"likely, {percent(0.62)}" in lede
    assert "if the country holds it" not in lede
    assert "Ruritania’s air-defence mission, most likely: it trains" in lede


def test_terms_of_likelihood_and_the_weight_of_evidence_share_no_sentence(section: str) -> None:
    note = _words(section[section.index('<p class="note">') :].split("</p>", maxsplit=1)[0])
    basis = note.split(".")[0]
    assert "origins speak of" in basis
    assert not any(term in basis for _, term in LIKELIHOOD)


def test_a_system_that_may_not_be_held_is_spoken_of_with_an_if(assessment: Assessment) -> None:
    first, second = assessment.control.systems
    doubtful = dataclasses.replace(first, held=0.4)
    text = _section(render(_with(assessment, systems=(doubtful, second))))
    lede = text[text.index("<ul") : text.index("</ul>")]
    assert lede.count("if the country holds it") == 1
    assert anchor("control.s300vm.held") in lede


def test_systems_of_the_hosts_own_make_get_one_line(assessment: Assessment) -> None:
    own = Transfer("s300vm", "Ruritania", "Ruritania", None, "sample", "", "control.toml:1")
    text = _section(render(_with(assessment, systems=(), domestic=(own,), mission=None)))
    assert len(re.findall("<p", text)) == 1
    assert "Ruritania itself makes and operates S-300VM" in text
    assert "<svg" not in text
    assert "<table" not in text


def test_a_case_without_transfers_says_so_in_one_line(assessment: Assessment) -> None:
    bare = _with(assessment, systems=(), domestic=(), mission=None)
    text = _section(render(bare))
    assert len(re.findall("<p", text)) == 1
    assert "tells of no transfer" in text
    answer = control_answer(bare, Figures(bare.ledger), Names(bare))
    assert "tells of no transfer" in answer.headline
    assert answer.glance is None


def test_the_plate_draws_each_reading_filled_or_hollow_with_its_claim(section: str) -> None:
    start = section.index('<h3 id="control-s300vm">')
    plate = section[start : section.index("</figure>", start)]
    marks = re.findall(r'<circle class="(own|again)"[^>]*><title>(.*?)</title>', plate)
    assert sorted(kind for kind, _ in marks) == ["again", "own", "own", "own"]
    assert f'href="#{anchor("claim:buk-carlota")}"' in plate
    assert any("undated" in told for _, told in marks)
    assert plate.count('class="focus"') == 2
    assert "<desc>On the last day: Venezuela alone 62" in plate


def test_the_axis_presses_together_what_is_older_than_three_years() -> None:
    weeks = sample_weeks()
    old = axis(0, weeks, [])
    assert old.x(old.first) == old.left
    assert old.x(old.last) == old.right
    before, after = old.x(old.seam) - old.x(old.seam - 20), old.x(old.seam + 20) - old.x(old.seam)
    assert before < after
    assert [old.x(w) for w in range(WEEKS)] == sorted(old.x(w) for w in range(WEEKS))
    recent = axis(WEEKS - 30, weeks, [])
    assert recent.x(WEEKS - 15) == pytest.approx(
        (recent.x(WEEKS - 29) + recent.x(WEEKS - 1)) / 2
    )  # fmt: skip


def test_what_was_read_before_the_axis_stands_in_a_margin() -> None:
    mark = Mark(0, "press", True, 1.0, "A sign", "told", "#")
    at = axis(START, sample_weeks(), [mark])
    assert at.x(0) < at.left
    assert at.left > axis(START, sample_weeks(), []).left


def test_the_table_by_dates_ends_today_and_begins_with_the_first_week() -> None:
    at = axis(0, sample_weeks(), [])
    weeks = row_weeks(at)
    assert (weeks[0], weeks[-1]) == (0, WEEKS - 1)
    assert len(weeks) >= 12


def sample_weeks() -> tuple[date, ...]:
    return tuple(date(2025, 12, 31) - timedelta(days=7 * n) for n in range(WEEKS - 1, -1, -1))


def test_families_that_disagree_are_told_in_words(assessment: Assessment) -> None:
    told = disagreements(assessment, Names(assessment))
    assert told == (
        "The mission's published task includes air defence (the mission): so by official "
        "statements, not so by the press.",
        "Host crews command and run it (every system): so by the press, not so by official "
        "statements.",
    )


@pytest.mark.parametrize(
    ("chances", "words"),
    [
        ({0.0: 0.5, 1.0: 0.7}, "already likelier than not"),
        ({0.0: 0.1, 1.0: 0.4, 2.0: 0.6}, "half a chance within about two years"),
        ({0.0: 0.1, 1.0: 0.6}, "half a chance within about one year"),
        ({0.0: 0.0, 10.0: 0.3}, "half a chance only beyond ten years"),
    ],
)
def test_time_to_independence_in_words(
    assessment: Assessment, chances: dict[float, float], words: str
) -> None:
    system = assessment.control.systems[0]
    within = tuple((y, Band(p, p, p)) for y, p in chances.items())
    forecast = dataclasses.replace(system.forecast, within=within)
    assert time_in_words(dataclasses.replace(system, forecast=forecast)) == words


def test_the_waterfall_names_large_steps_and_sums_the_others(section: str) -> None:
    start = section.index('id="control-moved"')
    chart = section[start : section.index("</figure>", start)]
    assert "one other step, each below half a point" in chart
    assert re.findall(r">([+\u2212][\d.]+)<", chart) == ["\u22123.3", "+15.0", "+0.3"]
    steps = section[section.index('id="t-steps-s300vm"') :].split("</table>", maxsplit=1)[0]
    assert steps.count("<tr>") == 1 + 4


def test_rises_and_falls_differ_by_more_than_colour() -> None:
    falls = [Fall("before", 0.5, 0.5, points_of(0), "level"),
             Fall("up", 0.5, 0.6, points_of(0.1), "step"),
             Fall("down", 0.6, 0.55, points_of(-0.05), "step")]  # fmt: skip
    drawn = waterfall("title", "told", falls)
    assert drawn.count('class="bits-for"') == drawn.count('class="bits-against"') == 2
    assert "+10.0" in drawn
    assert "\u22125.0" in drawn


def points_of(change: float) -> Markup:
    return Markup(points(change, 1))


def test_looks_are_ranked_and_the_rest_is_folded_away(assessment: Assessment, section: str) -> None:
    start = section.index('id="t-looks"')
    tables = re.findall(r"<table class=\"dense looks\">.*?</table>", section[start:], flags=re.S)
    assert [t.count('<th scope="row">') for t in tables] == [12, 28 - 12]
    assert "<details><summary>All other looks" in section[start:]
    total = sum(len(s.next_observations) for s in assessment.control.systems)
    assert total == 28


def test_the_answer_names_the_least_and_the_most_settled_of_many(assessment: Assessment) -> None:
    first, second = assessment.control.systems
    now = np.tile([0.0, 0.0, 0.0, 0.0, 0.02, 0.98], (WEEKS, 1))
    sure = dataclasses.replace(second, operators=dataclasses.replace(second.operators, mean=now))
    figures, names = Figures(assessment.ledger), Names(assessment)
    text = _words(control_answer(assessment, figures, names).text)
    assert text.startswith("Most likely Venezuela’s crews on their own operate S-300VM ( likely,")
    more = (first, sure, dataclasses.replace(sure, held=0.2), dataclasses.replace(sure, held=0.1))
    answer = control_answer(_with(assessment, systems=more), figures, names)
    assert _words(answer.headline).count("Buk-M2E") == 2, "what is hardly held is not told first"
    assert "alone, connected and working all at once: S-300VM" in _words(answer.headline)
    assert "Ruritania’s people at the consoles: S-300VM" in _words(answer.text)
    assert answer.glance is not None
    assert [r.label for r in answer.glance.block.rows][2:] == ["Buk-M2E, if held"] * 2
    assert "Asked beforehand: “On 3 January 2026 the S-300VM is connected”" in _words(answer.text)


def test_the_answer_calls_open_what_no_operator_is_likelier_than_not_of(
    assessment: Assessment,
) -> None:
    first, second = assessment.control.systems
    now = np.tile([0.05, 0.25, 0.03, 0.2, 0.28, 0.19], (WEEKS, 1))
    torn = dataclasses.replace(first, operators=dataclasses.replace(first.operators, mean=now))
    answer = control_answer(
        _with(assessment, systems=(torn, second)), Figures(assessment.ledger), Names(assessment)
    )
    assert "who operates S-300VM (foremost Venezuela’s crews under" in _words(answer.headline)
    assert "is open" in answer.headline


def test_history_links_only_to_web_addresses(section: str) -> None:
    outside = re.findall(r'href="([^#"][^"]*)"', section)
    assert len(outside) > 20
    assert all(a.startswith(("https://", "http://")) for a in outside)


def test_no_state_is_called_likeliest_and_unlikely_at_once(assessment: Assessment) -> None:
    first, second = assessment.control.systems
    now = np.tile([0.05, 0.25, 0.03, 0.2, 0.28, 0.19], (WEEKS, 1))
    torn = dataclasses.replace(first, operators=dataclasses.replace(first.operators, mean=now))
    text = _words(_section(render(_with(assessment, systems=(torn, second)))))
    assert "S-300VM , operated by: open, foremost Venezuela’s crews under supervision" in text
