"""The chapter on how the network would fare: the answer first, every figure with its trail."""

from __future__ import annotations

import dataclasses
import re

import pytest
from markupsafe import Markup

from sample_raids import DRONES, MISSILES
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.raid.records import RaidOutcome, RaidOutcomes
from shieldwall.raid.scene import GROUPS
from shieldwall.report.maps.raids import (
    DOTS,
    Outcome,
    outcome_chart,
    reach_of,
    tick_step,
    zero_bar,
)
from shieldwall.report.page import render
from shieldwall.report.page.answers.raids import raid_answer
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.page.names import Names
from shieldwall.report.page.raid_tables import unknown_rows
from shieldwall.report.page.raids import raid_chapter
from shieldwall.report.raid_words import UNKNOWNS
from shieldwall.report.records import Assessment
from shieldwall.report.words import LIKELIHOOD


@pytest.fixture(scope="module")
def assessment(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def text(assessment: Assessment) -> str:
    return render(assessment)


@pytest.fixture(scope="module")
def section(text: str) -> str:
    return _section(text)


def _section(text: str) -> str:
    start = text.index('<section id="raids"')
    return text[start : text.index("</section>", start)]


def _words(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def _raids(
    assessment: Assessment, *raids: RaidOutcome, unsited: tuple[str, ...] = ()
) -> Assessment:
    case = dataclasses.replace(
        assessment.case,
        raids=tuple(r for r in assessment.case.raids if r.id in {x.raid for x in raids}),
    )
    return dataclasses.replace(assessment, case=case, raids=RaidOutcomes(raids, unsited))


def test_it_stands_after_operational_control_and_the_contents_lead_there(text: str) -> None:
    order = [
        text.index(f'<section id="{s}"')
        for s in ("network", "cover", "control", "raids", "evidence")
    ]
    assert order == sorted(order)
    assert '<a href="#raids">Raids</a>' in text


def test_every_number_of_every_raid_is_printed_with_its_trail(
    assessment: Assessment, section: str
) -> None:
    made = {id for id in assessment.ledger.quantities if id.startswith("raid.")}
    assert len(made) > 100
    for id in sorted(made):
        assert f'href="#{anchor(id)}"' in section, id
    assert 'class="unknown"' not in section


def test_every_trail_ends_at_leaves_that_are_in_the_ledger(assessment: Assessment) -> None:
    ledger = assessment.ledger
    for id in (i for i in ledger.quantities if i.startswith("raid.")):
        for each in ledger.quantities[id].inputs:
            known = each in ledger.quantities or each in ledger.leaves
            assert known or each == "data:terrain", (id, each)
    runs = ledger.quantities[f"raid.{DRONES}.runs"].inputs
    for wanted in (f"raid:{DRONES}", "function:link", "crew:iglas", "doctrine:bukm2e",
                   "assumption:straight_tracks", "assumption:kill_in_the_field",
                   "catalogue:bukm2e.range_max", "control.s300vm.connected", "data:raids.shahed",
                   "orbat.bukm2e@la-carlota.in_service", "orbat.iglas.total"):  # fmt: skip
        assert wanted in runs, wanted
    assert "data:raids.cruise" in ledger.quantities[f"raid.{MISSILES}.runs"].inputs
    without = ledger.quantities[f"raid.{DRONES}.without.link.more"]
    assert "function:link" in without.inputs
    assert "common random numbers" in without.method
    assert "Shapley 1953" in ledger.quantities[f"raid.{DRONES}.layer.long.shapley"].method
    assert "Jansen 1999" in ledger.quantities[f"raid.{DRONES}.sobol.kill.total"].method
    assert "Wilson" in ledger.quantities[f"raid.{DRONES}.none_through_counted"].method


def test_percentages_outside_charts_are_links(section: str) -> None:
    loose = re.sub(r"<svg\b.*?</svg>|<a\b.*?</a>|<table.*?</caption>", "", section, flags=re.S)
    assert not re.findall(r"\d[\d\u202f]*\u202f%", _words(loose))


def test_the_answer_comes_first_with_band_chance_and_term(section: str) -> None:
    lede = _words(section[section.index("<ul") : section.index("</ul>")])
    assert "Eight drones at Caracas . Of 8 threats 4.5 come through on average" in lede
    assert "( 3.5 to 5.5 by what is not known; any one raid 3 to 6 )" in lede
    assert any(term in lede for _, term in LIKELIHOOD)
    assert section.index("<ul") < section.index("<h3")


def test_it_says_that_it_is_no_prediction_and_what_the_fits_rest_on(section: str) -> None:
    words = _words(section)
    assert "This is no prediction. Tracks are straight and generic" in words
    assert "one party’s claims of its own kills" in words
    assert "published raids from 2022" in words
    assert "no unit of theirs is drawn: Pantsir-S1." in words
    assert anchor("assumption:straight_tracks") in section


def test_charts_have_a_name_a_text_and_a_table(section: str) -> None:
    drawings = re.findall(r'<svg[^>]*role="(?:img|group)".*?</svg>', section, flags=re.S)
    assert len(drawings) == 2 * 3
    assert all("<title>" in d and "<desc>" in d for d in drawings)
    assert section.count("These charts as tables") == 2
    assert section.count("The same as lines") == 2
    for bar in re.findall(r'<svg[^>]*class="cell-bar".*?>', section):
        assert 'aria-hidden="true"' in bar


def test_every_group_of_unknowns_has_a_plain_name_and_says_what_would_help(
    assessment: Assessment,
) -> None:
    assert set(UNKNOWNS) == set(GROUPS)
    assert all(each.help and each.of for each in UNKNOWNS.values())
    found = assessment.raids.raids[0]
    rows = unknown_rows(found, Figures(assessment.ledger))
    assert [r.name for r in rows] == [UNKNOWNS[g].name for g in GROUPS], "most first"
    assert "0\u202f%" in rows[-1].first, "an estimate below nought is printed as nought"


def test_what_has_no_price_says_so(section: str) -> None:
    words = _words(section)
    assert "no price is published" in words
    assert "No price is published for S-300VM" in words
    assert "1.5 (1 to 2.5)" in words
    assert "Pantsir-S1, guns" in words
    assert "fires nothing" in words


def test_a_raid_without_replay_advisers_functions_and_layers_still_has_its_plate(
    assessment: Assessment,
) -> None:
    first = assessment.raids.raids[0]
    bare = dataclasses.replace(
        first, replay=None, advisers=None, functions=(), layers=(), weapons=(), systems=(),
        shots_per_kill=None, none_through_rare=None,
    )  # fmt: skip
    section = _section(render(_raids(assessment, bare)))
    assert "No layer has a unit at a place." in section
    assert "One raid as it went" not in section
    assert "Resilience" not in section


def test_a_case_without_raids_says_so_in_one_line(assessment: Assessment) -> None:
    text = render(_raids(assessment, unsited=("pantsir",)))
    section = _words(_section(text))
    assert "The case describes no raid, so nothing is said" in section
    assert "Pantsir-S1" in section
    assert "<h3" not in _section(text)
    assert "What comes through" not in text


def test_the_first_page_tells_of_the_best_and_the_worst_raid(assessment: Assessment) -> None:
    words = _words(raid_answer(assessment, Figures(assessment.ledger)).text)
    worst, best = "Four cruise missiles from the sea", "Eight drones at Caracas"
    assert words.index(worst) < words.index(best)
    assert "depends most on what is there ( 50\u202f% of the variance)" in words
    assert "1.5 fewer come through" in words
    one = _raids(assessment, assessment.raids.raids[0])
    assert worst not in _words(raid_answer(one, Figures(assessment.ledger)).text)


def test_likelihood_and_confidence_share_no_sentence(section: str) -> None:
    for sentence in re.split(r"(?<=[.:;])\s", _words(section)):
        assert "confidence" not in sentence.lower()


def test_the_replay_names_units_and_marks_decoys(section: str) -> None:
    words = _words(section)
    assert "Buk-M2E, La Carlota airbase fires two rounds" in words
    assert "Igla-S 9K338 teams fire one round" in words
    assert "9 One-way attack drone (decoy)" in words
    assert "found by the network" in words
    assert "05:20" in words
    assert 'class="raid-mark killed decoy"' in section


def test_a_short_stretch_of_time_still_has_an_axis(assessment: Assessment) -> None:
    first = assessment.raids.raids[0]
    assert first.replay is not None
    event = first.replay.events[2]
    one = dataclasses.replace(first.replay, events=(event,))
    assert "minutes after the first sets out" in _section(
        render(_raids(assessment, dataclasses.replace(first, replay=one)))
    )


def test_the_dots_are_fifty_and_the_bars_are_scaled_to_the_highest() -> None:
    of = Outcome(4, 2.0, [n / 16 for n in range(64)], (0.2, 3.8), (0.1, 0.2, 0.4, 0.2, 0.1), (0, 4))
    drawn = outcome_chart("title", "told", of, Markup("known"), Markup("chance"))
    assert drawn.count('class="raid-dot"') == DOTS
    heights = [float(h) for h in re.findall(r'class="raid-bar"[^>]*height="([\d.]+)"', drawn)]
    assert heights[2] == max(heights)
    assert heights[0] == pytest.approx(heights[2] / 4, abs=0.2)


@pytest.mark.parametrize(
    ("reach", "most", "step"),
    [(20, 11, 2), (4, 11, 1), (80, 5, 20), (200, 11, 20), (1, 5, 1), (1200, 12, 100)],
)
def test_ticks_are_round(reach: int, most: int, step: int) -> None:
    assert tick_step(reach, most) == step


def test_bars_go_right_for_more_and_left_for_fewer_from_one_nought() -> None:
    reach = reach_of([(2.0, 1.0, 3.0), (-1.0, -2.0, 0.0)])
    assert reach[0] < -2.0
    assert reach[1] > 3.0
    more, fewer = zero_bar((2.0, 1.0, 3.0), reach), zero_bar((-1.0, -2.0, 0.0), reach)
    assert 'class="raid-more"' in more
    assert 'class="raid-less"' in fewer
    zero = re.findall(r'class="raid-zero" d="M([\d.]+) 0', more + fewer)
    assert zero[0] == zero[1]
    assert reach_of([(0.0, 0.0, 0.0)], 2.0)[1] >= 2.0


def test_hostile_names_are_text(tmp_path_factory: pytest.TempPathFactory) -> None:
    hostile = sample_assessment(tmp_path_factory.mktemp("case"), hostile=True)
    raids = tuple(dataclasses.replace(r, name=HOSTILE_TEXT) for r in hostile.raids.raids)
    section = _section(render(dataclasses.replace(hostile, raids=RaidOutcomes(raids, ()))))
    assert "<script" not in section
    assert "&lt;script&gt;" in section


def test_same_assessment_same_chapter(assessment: Assessment, section: str) -> None:
    assert _section(render(assessment)) == section
    chapter = raid_chapter(assessment, Figures(assessment.ledger), Names(assessment))
    assert [r.id for r in chapter.raids] == [DRONES, MISSILES]
