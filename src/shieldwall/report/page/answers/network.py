"""What is there, as the first answer: what the country holds, where, and on what evidence."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from shieldwall.orbat.records import HeldOdds, UnitOdds
from shieldwall.report.judgements.network import OPEN, foremost
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.page.answers.records import Answer, Glance, capital, in_words, whole
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import LAYERS, count, likelihood, number, percent, short, spelt, verb

_NAMED = 2
_ROWS = 6
_REACH = tuple(LAYERS)


def network_answer(assessment: Assessment, figures: Figures, names: Names) -> Answer:
    """Holdings by likelihood; then places; then what the evidence comes to."""
    said = (_placed(assessment, figures, names), _evidence(assessment, figures, names))
    return Answer(
        "network", "network", _held(assessment, figures, names),
        tuple(each for each in said if each), _glance(assessment, figures, names),
    )  # fmt: skip


def _systems(assessment: Assessment) -> list[HeldOdds]:
    """Systems of the order of battle, the farthest-reaching layer first."""
    known = assessment.catalogue.systems
    found = [h for h in assessment.order_of_battle.held if h.system in known]
    return sorted(found, key=lambda h: (_REACH.index(known[h.system].layer), h.system))


def _held(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """Systems grouped by how likely it is that the country holds them, the likeliest first."""
    terms: dict[str, list[HeldOdds]] = {}
    for held in sorted(_systems(assessment), key=lambda h: -round(h.held, 2)):
        terms.setdefault(likelihood(held.held), []).append(held)
    if not terms:
        return Markup("No published claim that may be read speaks of any system.")
    parts = []
    for n, (term, alike) in enumerate(terms.items()):
        who = "the country" if n == 0 else "it"
        ordered = [h for h in _systems(assessment) if h in alike]
        parts.append(
            Markup("that {} holds {} {} {} ({})").format(
                who, in_words([whole(names.system(h.system)) for h in ordered]),
                verb(ordered[0].held), term,
                _odds(ordered, figures),
            )
        )  # fmt: skip
    return capital(Markup("{}.").format(Markup("; ").join(parts)))


def _odds(alike: Sequence[HeldOdds], figures: Figures) -> Markup:
    """The figure of one; of several, what each has, or from the least to the most."""
    if len(alike) == 1:
        return figures(f"orbat.{alike[0].system}.held")
    least, most = percent(min(h.held for h in alike)), percent(max(h.held for h in alike))
    text = f"each {most}" if least == most else f"{least} to {most}"
    return figures.to("#t-held", text)


def _placed(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """How many units have a published place, and which systems have none."""
    odds = assessment.order_of_battle.units
    units = [u for u in odds if u.kind == "system"]
    radars = sum(u.kind == "radar" for u in odds)
    if not units:
        text = Markup("No published claim gives any system a place, so no unit is on the map.")
        return text + _unlocated(assessment, names)
    places = len({u.place for u in units})
    more = f", and {count(radars, 'surveillance radar')}" if radars else ""
    text = Markup("The evidence speaks of {} at {}{}.").format(
        figures.to("#t-orbat", count(len(units), "unit")), count(places, "place"), more
    )
    alone = sum(len(u.origins) == 1 for u in odds)
    if alone:
        who = "All" if alone == len(odds) else f"{spelt(alone).capitalize()} of the {len(odds)}"
        verb_ = "rests" if alone == 1 else "rest"
        text += Markup(" {} {} on a single origin each.").format(figures.to("#t-orbat", who), verb_)
    return text + _unlocated(assessment, names)


def _unlocated(assessment: Assessment, names: Names) -> Markup:
    """Systems that the country may hold but no claim places: they cover nothing in these maps."""
    held = sorted((h for h in _systems(assessment) if h.unlocated), key=lambda h: abs(h.held - 0.5))
    if not held:
        return Markup("")
    parts = [whole(names.system(h.system)) for h in held[:_NAMED]]
    more = len(held) - len(parts)
    return Markup(" On no map, for want of a published place: {}{}.").format(
        in_words(parts), f"; {count(more, 'other')} in the table" if more else ""
    )


def _evidence(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """What the evidence comes to: origins, the least settled system, what cannot be right."""
    evidence = assessment.evidence
    if not evidence.lineage.groups:
        return Markup("")
    text = Markup("{} come to about {} independent origins").format(
        figures.to("#t-origins", f"{number(len(evidence.claims))} claims"),
        figures.link("evidence.origins", number(figures.value("evidence.origins"), 0)),
    )
    spoken = [h for h in _systems(assessment) if h.bits and OPEN[0] <= h.held <= OPEN[1]]
    if spoken:
        open_ = min(spoken, key=lambda h: abs(h.held - 0.5))
        text += Markup("; that of {} rests on {}").format(
            names.system(open_.system),
            figures.to("#t-reasons", count(len(open_.origins), "origin")),
        )
    text += Markup(".")
    wrong = len(evidence.contradictions)
    lowered = sum(c.hand != c.computed for c in evidence.channels)
    if wrong:
        text += Markup(" The evidence contradicts itself in {}; {} lost grade by "
                       "errors that can be checked.").format(
            figures.to("#t-contradictions", count(wrong, "place")),
            count(lowered, "source") if lowered else "no source",
        )  # fmt: skip
    for found in assessment.matrices:
        best = next((s for s in found.standings if s.hypothesis == found.leader), None)
        if best is not None:
            text += Markup(" {} Likeliest: {} ({}).").format(
                found.text, best.text[:1].lower() + best.text[1:].rstrip("."),
                figures(f"ach.{found.question}.{best.hypothesis}", words=True),
            )  # fmt: skip
    return text


def _glance(assessment: Assessment, figures: Figures, names: Names) -> Glance | None:
    """The best supported place of each system: odds that it is there, and that it also works."""
    rows = []
    for unit in _varied(assessment, figures)[:_ROWS]:
        base = f"orbat.{unit.id}"
        there, works = figures.value(f"{base}.presence"), figures.value(f"{base}.in_service")
        rows.append(
            Row(
                f"{names.system(unit.system)}, {short(names.place(unit.place))}",
                (Markup("{} → {}").format(
                    figures(f"{base}.presence"), figures(f"{base}.in_service")
                ),),
                step_bar(works, there, None, None),
            )
        )  # fmt: skip
    if not rows:
        return None
    return Glance(
        Block("There → and working", tuple(rows)), "Unit", "Best supported place of each system",
        "Odds. Hatched: there, but not working.",
    )  # fmt: skip


def _varied(assessment: Assessment, figures: Figures) -> list[UnitOdds]:
    """The likeliest unit of each system, the farthest-reaching layer first."""
    order = [h.system for h in _systems(assessment)]
    units = [u for u in assessment.order_of_battle.units if u.kind == "system"]
    first = {u.system: foremost([o for o in units if o.system == u.system]) for u in units}
    return sorted(
        first.values(),
        key=lambda u: order.index(u.system) if u.system in order else len(order),
    )
