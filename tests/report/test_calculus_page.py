"""The chapter on what it changes: limits first, every figure with its trail, each government."""

from __future__ import annotations

import dataclasses
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from markupsafe import Markup

from sample_calculus import came, game, move, node, sample_game, with_calculus, worth
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.calculus.records import Calculus, Odds
from shieldwall.calculus.tree import lay_out
from shieldwall.case.game_records import CHANCE, Game
from shieldwall.case.moments import parse_moment
from shieldwall.case.records import PressureEvent
from shieldwall.provenance import CHANGE, Leaf
from shieldwall.report.calculus_text import calculus_text
from shieldwall.report.calculus_words import NO_GAME, NO_PREDICTION, OUTWEIGH
from shieldwall.report.explain import lines, trail_of
from shieldwall.report.maps.calculus import Drawn, band_bar, game_chart
from shieldwall.report.page import render
from shieldwall.report.page.answers.ripple import ripple_answer
from shieldwall.report.page.calculus_tables import answered_words
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.records import Assessment
from shieldwall.report.words import LIKELIHOOD, measure
from shieldwall.trail.calculus import end_id
from shieldwall.trail.game_unknowns import rationality_id, turning_id

RECORD = tuple(
    PressureEvent(f"e{n}", parse_moment(day), actor, "Venezuela", "k", "s", None, "pressure.toml:1")
    for n, (day, actor) in enumerate(
        [("2025-03-01", "United States"), ("2025-04-01", "Russia"), ("2025-09-01", "United States"),
         ("2025-12", "Russia")]
    )
)  # fmt: skip


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Assessment:
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.fixture(scope="module")
def assessment(bare: Assessment) -> Assessment:
    return with_calculus(bare, record=RECORD)


@pytest.fixture(scope="module")
def text(assessment: Assessment) -> str:
    return render(assessment)


@pytest.fixture(scope="module")
def section(text: str) -> str:
    return part(text, "calculus")


def part(text: str, id: str) -> str:
    start = text.index(f'<section id="{id}"')
    return text[start : text.index("</section>", start)]


def words(html: str) -> str:
    return re.sub(r"[ \n]+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


def crisis(assessment: Assessment) -> Calculus:
    assert assessment.calculus is not None
    return assessment.calculus


def test_chapters_stand_in_the_order_of_the_questions(text: str) -> None:
    order = ["answers", "judgements", "network", "cover", "control", "raids", "calculus",
             "evidence", "assumptions", "provenance", "glossary"]  # fmt: skip
    found = [text.index(f'<section id="{s}"') for s in order]
    assert found == sorted(found)
    assert '<a href="#calculus">What it changes</a>' in text
    assert '<a href="#judgements">Key judgements</a>' in text


def test_a_case_without_a_game_says_so_in_one_line(bare: Assessment) -> None:
    page = render(bare)
    assert words(part(page, "calculus")) == f"What it changes {NO_GAME}"
    assert ripple_answer(bare, Figures(bare.ledger)).text == NO_GAME
    assert calculus_text(bare.case, None).splitlines()[-1] == NO_GAME


def test_it_says_first_that_payoffs_outweigh_then_that_it_is_an_argument(
    assessment: Assessment, section: str
) -> None:
    for outweigh in (True, False):
        made = dataclasses.replace(crisis(assessment), payoffs_outweigh=outweigh)
        changed = dataclasses.replace(assessment, calculus=made)
        found = part(render(changed), "calculus")
        first = words(found[found.index("<p") : found.index("</p>")])
        said = "Payoffs, which are assumed, outweigh what the evidence could tell"
        assert first.startswith(said if outweigh else NO_PREDICTION)
        assert (said in words(found)) == outweigh
        line = calculus_text(changed.case, made).splitlines()[0]
        assert (line == OUTWEIGH) == outweigh
    assert section.index("not a prediction") < section.index("<h3")


def test_every_number_of_the_room_is_printed_with_its_trail(
    assessment: Assessment, section: str
) -> None:
    made = {id for id in assessment.ledger.quantities if id.startswith("calculus.")}
    found = crisis(assessment)
    others = tuple(f".{w.key}" for w in found.worlds[1:])
    many = ("calculus.end.", "calculus.turning.", "calculus.rationality.",
            *(f"calculus.reached{o}." for o in others))  # fmt: skip
    shown = {
        id for id in made
        if not (id.startswith(many) or (id.startswith("calculus.move.") and id.endswith(others)))
    }  # fmt: skip
    assert len(shown) > 80
    for id in sorted(shown):
        assert f'href="#{anchor(id)}"' in section, id
    # Of what has more numbers than a page has room for, those that tell most are printed.
    best = max(range(len(found.tree.ends)), key=lambda e: found.worlds[0].ends[e].mean)
    for w in found.worlds:
        assert f'href="#{anchor(end_id(w.key, found.tree.ends[best].path))}"' in section
    for level in found.rationality:
        assert f'href="#{anchor(rationality_id(level.rationality, "struck"))}"' in section
    for part in ("low", "high", "from", "to"):
        assert f'href="#{anchor(turning_id(found.turnings[0], part))}"' in section
    for leaf in (i for i in assessment.ledger.leaves if i.startswith("payoff:")):
        assert f'href="#{anchor(leaf)}"' in section, leaf
    assert 'class="unknown"' not in section


def test_every_link_of_the_chapter_leads_to_an_entry(
    assessment: Assessment, text: str, section: str
) -> None:
    entries = set(re.findall(r' id="([^"]+)"', text))
    links = set(re.findall(r'href="#([^"]+)"', section))
    assert len(links) > 150
    assert not links - entries
    known = {anchor(i) for i in (*assessment.ledger.quantities, *assessment.ledger.leaves)}
    assert not {i for i in links if i.startswith("f-")} - known


def test_thresholds_and_levels_are_their_own_figures(assessment: Assessment, section: str) -> None:
    ledger, found = assessment.ledger, crisis(assessment)
    for t in found.turnings:
        for name, value in (("low", t.low), ("high", t.high), ("from", t.strike_low),
                            ("to", t.strike_high), ("even_at", t.threshold)):  # fmt: skip
            made = ledger.quantities.get(turning_id(t, name))
            assert (None if made is None else made.value) == value
    body = section[section.index('id="calculus-rationality"') :]
    body = body[: body.index("</table>")]
    for level in found.rationality:
        id = rationality_id(level.rationality, "struck")
        assert ledger.quantities[id].value == level.measures["struck"].mean
        mean = round(100 * level.measures["struck"].mean)
        assert f'href="#{anchor(id)}">{mean}\u202f%</a>' in body


def test_a_change_is_told_in_points_wherever_it_is_printed(
    assessment: Assessment, text: str
) -> None:
    change = assessment.ledger.quantities["calculus.change.systems.struck"]
    assert change.unit == CHANGE
    assert change.inputs == ("calculus.drawn.struck", "calculus.without.struck")
    drawn, without = (assessment.ledger.quantities[i].value or 0.0 for i in change.inputs)
    assert change.value == pytest.approx(drawn - without)
    told = measure(change.value, change.unit)
    assert told.endswith("points")
    trail = part(text, "provenance")
    entry = trail[trail.index(f'id="{anchor(change.id)}"') :][:800]
    assert told in entry
    assert told.replace("\u00a0", " ") in lines(trail_of(assessment.ledger, change.id))


def test_the_dated_record_leads_to_the_acts(assessment: Assessment) -> None:
    ledger = assessment.ledger
    followed = ledger.quantities["calculus.answered.followed"]
    assert followed.value == 1
    below = {item.id for _, item in ledger.trail("calculus.answered") if isinstance(item, Leaf)}
    assert below == {"event:e0", "event:e1", "event:e2", "event:e3", "assumption:answer_days"}
    assert ledger.leaves["event:e1"].text == "2025-04-01, Russia toward Venezuela: s"


def test_figures_are_those_of_the_room(assessment: Assessment, section: str) -> None:
    found = crisis(assessment)
    change = found.differences[0].measures["struck"]
    points = f"{round(100 * change.mean):+d}".replace("-", "−")
    link = f'href="#{anchor("calculus.change.systems.struck")}">{points}</a>'
    assert link in section
    move = found.worlds[0].moves["stance", "concede"].mean
    link = f'href="#{anchor("calculus.move.stance.concede")}">{round(100 * move)}\u202f%</a>'
    assert link in section


def test_percentages_outside_charts_and_captions_are_links(section: str) -> None:
    loose = re.sub(r"<svg\b.*?</svg>|<a\b.*?</a>", "", section, flags=re.S)
    assert not re.findall(r"\d[\d\u202f]*\u202f%", words(loose))


def test_no_sentence_holds_likelihood_and_confidence(text: str) -> None:
    terms = "|".join(re.escape(t) for _, t in LIKELIHOOD)
    for id in ("calculus", "judgements"):
        body = re.sub(r"<svg\b.*?</svg>", "", part(text, id), flags=re.S)
        blocks = re.findall(r"<(?:p|li|td|th|caption|span)\b[^>]*>(.*?)</", body, flags=re.S)
        for block in (words(b) for b in [*blocks, body]):
            for sentence in re.split(r"(?<=[.:!?]) ", block):
                assert not (
                    re.search(rf"\b({terms})\b", sentence) and re.search("onfiden", sentence)
                ), sentence


def test_each_government_has_its_part_in_the_order_of_the_document(section: str) -> None:
    heads = [words(h) for h in re.findall(r'<h3 id="government-[^>]*>(.*?)</h3>', section)]
    assert heads == [
        "For Venezuela: deterrent, political signal, dependency",
        "For Russia: foothold, a hand near the trigger, the risk of being drawn in",
        "For the United States: cost, complexity, a third party",
    ]
    for name in ("Deterrent", "Political signal", "Dependency", "Foothold", "Hand near the trigger",
                 "Risk of being drawn in", "Cost", "Complexity", "Third party"):  # fmt: skip
        assert f"<b>{name}.</b>" in section


def test_a_government_shows_its_own_moves_gains_and_payoffs(
    assessment: Assessment, section: str
) -> None:
    parts = re.split(r'<article class="raid government"', section)[1:]
    whose = dict(zip(("host", "supplier", "adversary"), parts, strict=True))
    made = crisis(assessment).game
    for actor, article in whose.items():
        its = article[: article.index("</article>")]
        for n in made.nodes:
            assert (n.question in its) == (n.actor == actor)
        for p in made.payoffs:
            assert (p.reason in its[its.index("All that it values") :]) or p.actor != actor
        values = set(re.findall(r'href="#f-payoff:([a-z]+)', its[its.index("All that it") :]))
        assert values == {actor}
        for key in ("systems", "advisers", "connection"):
            assert anchor(f"calculus.gain.{key}.{actor}") in its


def test_chance_has_a_table_and_every_node_a_box(assessment: Assessment, section: str) -> None:
    made = crisis(assessment).game
    drawing = section[section.index('class="chart game"') :]
    drawing = drawing[: drawing.index("</svg>")]
    assert drawing.count('class="game-head') == len(made.nodes)
    chance = section[section.index("What chance decides") :]
    for n in made.nodes:
        if n.actor == CHANCE:
            assert n.question in chance


def test_action_and_reaction_counts_and_warns(section: str) -> None:
    body = re.sub(r" ([,.])", r"\1", words(section[section.index('id="calculus-answered"') :]))
    assert "From 2025-03-01 to 2025-12-31 the record holds two dated acts" in body
    assert "by the United States toward Venezuela, and two dated acts by Russia." in body
    assert "Of the first, one is followed by one of the second within 60 days" in body
    assert "were random in that period" in body
    assert "A record made by people who look for answers will hold some." in body


@pytest.mark.parametrize(("chance", "said"), [(0.51, True), (0.5, False)])
def test_a_record_that_chance_answers_as_often_tells_nothing(
    assessment: Assessment, chance: float, said: bool
) -> None:
    crisis = assessment.calculus
    assert crisis is not None
    assert crisis.answered is not None
    other = dataclasses.replace(
        crisis, answered=dataclasses.replace(crisis.answered, chance=chance)
    )
    told = words(answered_words(other, Figures(assessment.ledger)))
    assert ("of records, so that this tells nothing. A record" in told) is said


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            "United States",
            "two dated acts by the United States toward Venezuela, and no dated acts",
        ),
        ("Russia", "no dated acts by the United States toward Venezuela, and two dated acts"),
    ],
)
def test_a_record_of_one_side_is_said_to_hold_nothing_to_compare(
    bare: Assessment, kept: str, told: str
) -> None:
    one_sided = with_calculus(bare, record=[e for e in RECORD if e.actor == kept])
    section = part(render(one_sided), "calculus")
    body = re.sub(r" ([,.])", r"\1", words(section[section.index('id="calculus-answered"') :]))
    assert "There is nothing to compare: up to 2025-12-31 the record holds" in body
    assert told in body
    assert "calculus.answered" not in one_sided.ledger.quantities
    text = calculus_text(one_sided.case, one_sided.calculus)
    assert "The dated record holds nothing to compare: up to 2025-12-31" in text


def test_facts_lead_to_the_rooms_they_are_from(assessment: Assessment, section: str) -> None:
    body = section[section.index('id="calculus-facts"') :]
    assert 'href="#raid-drones"' in body
    assert 'href="#control"' in body
    assert ">assumed<" in body
    for f in crisis(assessment).game.facts:
        assert f.reason in body


def test_the_answer_is_short_and_says_what_it_is(assessment: Assessment, text: str) -> None:
    answer = ripple_answer(assessment, Figures(assessment.ledger))
    assert words(answer.headline).startswith("If governments want what is assumed: with the")
    sure = dataclasses.replace(crisis(assessment), payoffs_outweigh=False)
    plainly = ripple_answer(
        dataclasses.replace(assessment, calculus=sure), Figures(assessment.ledger)
    )
    assert words(plainly.headline).startswith("With the systems, “")
    assert any(t in answer.headline for _, t in LIKELIHOOD)
    assert "and not a prediction" in words(answer.said[0])
    assert len(words(answer.text)) < 800
    assert "Were every move a toss, it would be" in words(answer.text)
    assert answer.glance is not None
    assert len(answer.glance.block.rows) == len(crisis(assessment).worlds)
    assert "A structured argument under stated assumptions" in words(part(text, "answers"))


def test_hostile_names_stay_text(bare: Assessment) -> None:
    page = render(with_calculus(bare, sample_game(HOSTILE_TEXT)))
    assert "<script" not in page
    for drawing in re.findall(r'<svg[^>]*class="chart game".*?</svg>', page, flags=re.S):
        ElementTree.fromstring(drawing)


def test_a_game_without_strike_or_supplier_still_makes_a_page(bare: Assessment) -> None:
    made = sample_game()
    made = dataclasses.replace(
        made, actors=made.actors[:2],
        nodes=tuple(dataclasses.replace(n, actor="host" if n.actor == "supplier" else n.actor)
                    for n in made.nodes),
        payoffs=tuple(p for p in made.payoffs if p.actor != "supplier"),
        consequences=tuple(dataclasses.replace(c, measure="other") for c in made.consequences),
    )  # fmt: skip
    found = part(render(with_calculus(bare, made)), "calculus")
    assert "Does it deter" not in found
    assert "If governments chose better" not in found
    assert "For Venezuela<" in found
    assert "Third party" not in found


# ---- The drawing ---------------------------------------------------------------------------------


def drawn(made: Game, best: frozenset[tuple[str, str]] = frozenset()) -> Drawn:
    chances = {(n.id, m.id): 1 / len(n.moves) for n in made.nodes for m in n.moves}
    return Drawn(
        chances, {k: Markup("x") for k in chances}, frozenset(), best,
        {n.id: (n.actor, "host") for n in made.nodes},
    )  # fmt: skip


def boxes(chart: Markup) -> list[tuple[float, float, float, float]]:
    root = ElementTree.fromstring(str(chart))
    found = root.iter("{http://www.w3.org/2000/svg}rect")
    return [
        tuple(float(r.get(k, 0)) for k in ("x", "y", "width", "height"))  # type: ignore[misc]
        for r in found if (r.get("class") or "").startswith("game-box")
    ]  # fmt: skip


@pytest.mark.parametrize("seed", range(10))
def test_boxes_never_overlap_and_stay_inside(seed: int) -> None:
    rng = np.random.default_rng(seed)
    number = int(rng.integers(3, 20))
    nodes = []
    for n in range(number):
        moves = [
            move(f"m{m}", (), f"n{int(rng.integers(n + 1, number))}"
                 if n + 1 < number and (m == 0 or rng.random() < 0.6) else None, name="A move " * 3)
            for m in range(int(rng.integers(2, 5)))
        ]  # fmt: skip
        nodes.append(node(f"n{n}", "host", *moves))
    # A case may have no node that is not reached; here those are left out.
    reached, waiting = {"n0"}, ["n0"]
    by = {n.id: n for n in nodes}
    while waiting:
        for m in by[waiting.pop()].moves:
            if m.leads and m.leads not in reached:
                reached.add(m.leads)
                waiting.append(m.leads)
    made = game([n for n in nodes if n.id in reached], (came("c"),), (worth("host", "c", 1),))
    chart = game_chart(made, drawn(made), "t", "d")
    found = boxes(chart)
    assert len(found) == len(reached)
    width, height = (float(v) for v in re.findall(r'viewBox="0 0 (\S+) (\S+)"', chart)[0])
    for n, (x, y, w, h) in enumerate(found):
        assert x >= -0.1
        assert x + w <= width + 0.1
        assert y + h <= height
        for ox, oy, ow, oh in found[n + 1 :]:
            assert x + w <= ox + 0.1 or ox + ow <= x + 0.1 or y + h <= oy or oy + oh <= y


def test_what_need_not_cross_does_not() -> None:
    """Written in an order that crosses: the left move leads to the node that is written last."""
    made = game(
        (node("a", "host", move("left", (), "z"), move("right", (), "m")),
         node("m", "host", move("x"), move("y")),
         node("z", "host", move("x"), move("y"))),
        (came("c"),), (worth("host", "c", 1),),
    )  # fmt: skip
    _, middle, last = boxes(game_chart(made, drawn(made), "t", "d"))
    assert last[0] + last[2] < middle[0]


def test_lines_are_as_wide_as_moves_are_likely_and_the_likeliest_way_is_strong() -> None:
    made = sample_game()
    best = frozenset({("press", "coerce"), ("support", "advise"), ("stance", "concede")})
    chart = game_chart(made, drawn(made, best), "t", "d")
    strong = re.findall(r'<path class="game-flow strong"[^>]*stroke-width="([^"]*)"', chart)
    assert sorted(float(s) for s in strong) == pytest.approx([13 / 3, 6.5, 6.5], abs=0.06)
    flows = re.findall(r'class="game-flow', chart)
    assert len(flows) == sum(len(n.moves) for n in made.nodes)
    assert chart.count("game-taken") == 3
    assert lay_out(made).places


def test_a_payoff_is_drawn_from_low_to_high_about_nought() -> None:
    root = ElementTree.fromstring(str(band_bar(-5.0, -2.0, 5.0, (-10.0, 10.0))))
    track, band, middle = root.iter("rect")
    assert (float(band.get("x", 0)), float(band.get("width", 0))) == (60.0, 120.0)
    assert float(middle.get("x", 0)) == pytest.approx(94.5)
    assert root.get("aria-hidden") == "true"
    assert track.get("class") == "track"


def test_text_for_a_terminal_has_the_figures_of_the_room(assessment: Assessment) -> None:
    found = crisis(assessment)
    told = calculus_text(assessment.case, found)
    odds: Odds = found.worlds[0].measures["struck"]
    assert f"The adversary strikes: {_term(odds.mean)}" in told
    assert "Who gains" in told
    assert "the United States" in told
    assert "of two acts by the United States" in told


def _term(p: float) -> str:
    return next(t for below, t in LIKELIHOOD if round(100 * p) < below)
