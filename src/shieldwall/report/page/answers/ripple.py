"""What it changes, as one of the answers; and the same as the opening of its chapter."""

from __future__ import annotations

from markupsafe import Markup

from shieldwall.calculus.records import Calculus
from shieldwall.report.calculus_words import (
    NO_GAME,
    difference,
    of_measure,
    points_band,
    share_of,
    share_words,
    world,
)
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.page.answers.records import NOTHING_THERE, Answer, Glance
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.records import Assessment
from shieldwall.report.words import percent, points, verb
from shieldwall.trail.game_unknowns import rationality_id, share_id, side_id

_ENOUGH = 0.005


def ripple_answer(assessment: Assessment, figures: Figures) -> Answer:
    """A strike with and without the systems; who is drawn in; that payoffs are assumed."""
    crisis = assessment.calculus
    if crisis is None:
        return Answer("ripple", "calculus", Markup(NO_GAME), ())
    if not assessment.ensemble.units:
        nothing = NOTHING_THERE.format(
            "so no systems deter; the chapter plays the crisis all the same"
        )
        return Answer("ripple", "calculus", Markup(nothing), ())
    said = [Markup("A structured argument under stated assumptions, and not a prediction.")]
    if crisis.payoffs_outweigh:
        said[0] += Markup(" ") + outweighs(crisis, figures)
    said += [_tossed(crisis, figures), others(crisis, figures)]
    return Answer(
        "ripple", "calculus", _headline(crisis, figures), tuple(s for s in said if s),
        _glance(crisis, figures),
    )  # fmt: skip


def _headline(crisis: Calculus, figures: Figures) -> Markup:
    """The first strike with the systems and without; as the chapter has it without that world."""
    struck, change = of_measure(crisis.game, "strike")[:1], difference(crisis, "systems")
    if not struck or change is None or world(crisis, "without") is None:
        return strikes(crisis, figures)
    each = struck[0]
    drawn, link = f"calculus.drawn.{each.id}", f"calculus.change.systems.{each.id}"
    band = figures.band(drawn)
    opening = "With the systems"
    if crisis.payoffs_outweigh:
        opening = "If governments want what is assumed: with the systems"
    return Markup("{}, “{}” {} {}{}; without them {}: a change of {} points ({}).").format(
        opening, each.name.rstrip("."), verb(figures.value(drawn)), figures(drawn, words=True),
        Markup(" ({})").format(band) if band else "",
        figures(f"calculus.without.{each.id}", words=True),
        figures.link(link, points(change.measures[each.id].mean)),
        figures.link(link, points_band(change.measures[each.id]), "fig band"),
    )  # fmt: skip


def _tossed(crisis: Calculus, figures: Figures) -> Markup:
    """The strike's chance were every move a toss: what the laying out alone gives."""
    for each in of_measure(crisis.game, "strike")[:1]:
        figure = figures(rationality_id(0.0, each.id))
        return Markup("Were every move a toss, it would be {}.").format(figure)
    return Markup("")


def _glance(crisis: Calculus, figures: Figures) -> Glance | None:
    """The first strike's chance in every world."""
    struck = of_measure(crisis.game, "strike")[:1]
    if not struck:
        return None
    each = struck[0]
    rows = [
        Row(w.name, (figures(f"calculus.{w.key}.{each.id}"),),
            step_bar(w.measures[each.id].mean, None, w.measures[each.id].low,
                     w.measures[each.id].high))
        for w in crisis.worlds
    ]  # fmt: skip
    return Glance(
        Block(each.name.rstrip("."), tuple(rows)), "World", "Chance in the crisis as laid out",
        "On the same draws. Whisker: 5th to 95th percentile of what is not known.",
    )  # fmt: skip


def outweighs(crisis: Calculus, figures: Figures) -> Markup:
    """That what is assumed decides more than evidence could, each as one group; whose payoffs."""
    payoffs = sorted(
        (s for s in crisis.shares if s.kind == "payoffs"),
        key=lambda s: (-round(s.total, 9), s.group),
    )
    text = Markup(
        "Payoffs, which are assumed, outweigh what the evidence could tell: of the variance of a "
        "strike’s chance all that is assumed makes {}, all that other chapters find {} (together "
        "they may make more than all)"
    ).format(
        figures.link(side_id("assumed"), percent(share_of(crisis.assumed_total))),
        figures.link(side_id("evidence"), percent(share_of(crisis.evidence_total))),
    )
    for most in payoffs[:1]:
        text += Markup("; most of it is {} ({})").format(
            share_words(crisis.game, most.kind, most.group),
            figures.link(share_id(most.kind, most.group), percent(share_of(most.total))),
        )
    return text + Markup(".")


def strikes(crisis: Calculus, figures: Figures) -> Markup:
    """The first strike: how likely, without the systems, and the change between them."""
    for each in of_measure(crisis.game, "strike")[:1]:
        id = f"calculus.drawn.{each.id}"
        band = figures.band(id)
        text = Markup("In the crisis that the case lays out, that “{}” comes about {} {}{}").format(
            each.name.rstrip("."), verb(figures.value(id)), figures(id, words=True),
            Markup(" ({})").format(band) if band else "",
        )  # fmt: skip
        change = difference(crisis, "systems")
        if change is not None and world(crisis, "without") is not None:
            link = f"calculus.change.systems.{each.id}"
            found = change.measures[each.id]
            text += Markup("; without the systems {}, so that they change it by {} points ({})"
                           ).format(
                figures(f"calculus.without.{each.id}", words=True),
                figures.link(link, points(found.mean)),
                figures.link(link, points_band(found), "fig band"),
            )  # fmt: skip
        return text + Markup(".")
    return Markup("")


def others(crisis: Calculus, figures: Figures) -> Markup:
    """What connection and crews change of it, and the supplier drawn in."""
    parts = []
    for each in of_measure(crisis.game, "strike")[:1]:
        for key, words in (("connection", "connected instead of not"),
                           ("advisers", "the supplier’s people instead of none")):  # fmt: skip
            change = difference(crisis, key)
            if change is not None and abs(change.measures[each.id].mean) >= _ENOUGH:
                figure = figures.link(f"calculus.change.{key}.{each.id}",
                                      points(change.measures[each.id].mean))  # fmt: skip
                parts.append(Markup("{} {} points").format(words, figure))
    said = [Markup("Of the same chance: {}.").format(Markup("; ").join(parts))] if parts else []
    for each in of_measure(crisis.game, "involvement")[:1]:
        id = f"calculus.drawn.{each.id}"
        said.append(
            Markup("That “{}” comes about {} {}.").format(
                each.name.rstrip("."), verb(figures.value(id)), figures(id, words=True)
            )
        )
    return Markup(" ").join(said)
