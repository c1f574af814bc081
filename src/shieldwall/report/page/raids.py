"""The chapter on how the network would fare: the answer of each raid first, then what makes it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.catalogue.records import short_name
from shieldwall.raid.assumptions import DEFAULTS
from shieldwall.raid.records import RaidOutcome
from shieldwall.report.maps.raids import Outcome, outcome_chart, saturation_chart
from shieldwall.report.page import raid_tables as tables
from shieldwall.report.page.answers.raids import NO_RAID, comes_through, none_does
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.raid_words import NO_PREDICTION, NOTHING_DRAWN, of_what, unknown
from shieldwall.report.raid_words import band as band_words
from shieldwall.report.records import Assessment
from shieldwall.report.words import NARROW_SPACE, band, layer_name, listed, number, percent, span

_MATTERS = 0.1
"""A group with so large a total share is worth naming its assumptions."""
_ASSUMED = {
    "serviceability": ("availability",),
    "kill": ("kill_in_the_field", "kill_unpublished", "common_effect"),
    "times": ("reaction_unpublished_s", "assess_s", "reloads"),
    "operators": ("crew_success_basic", "crew_success_mixed"),
    "connection": ("alone_unplugged",),
    "network": ("function_works", "decision_s", "teams_warned"),
}
"""Group of unknowns -> assumptions that carry it."""


@dataclass(frozen=True)
class RaidPlate:
    """Everything the chapter prints about one raid."""

    id: str
    name: str
    answer: Markup
    made_of: Markup
    outcome: Markup
    saturation: Markup
    none: Markup
    layers: tuple[tables.LayerRow, ...]
    layers_say: Markup
    values: tuple[tables.BarRow, ...]
    functions: tuple[tables.BarRow, ...]
    modes: tuple[tables.BarRow, ...]
    unknowns: tuple[tables.UnknownRow, ...]
    unknowns_say: Markup
    weapons: tuple[tables.WeaponRow, ...]
    cost: Markup
    replay: tables.ReplayPlate | None
    histogram: tuple[tuple[str, Markup], ...]
    sizes: tuple[tuple[str, Markup, Markup, Markup], ...]


@dataclass(frozen=True)
class RaidChapter:
    """The chapter; without raids only ``nothing`` is said."""

    nothing: str
    unsited: str
    caution: str
    fits: tuple[Markup, ...]
    raids: tuple[RaidPlate, ...]
    assumed: tuple[tuple[Markup, Markup, str], ...]


def raid_chapter(assessment: Assessment, figures: Figures, names: Names) -> RaidChapter:
    """Every raid of the case, in its order."""
    found = assessment.raids
    unsited = ""
    if found.unsited:
        who = listed(names.system(s) for s in found.unsited)
        unsited = f"Told of without a place, so that no unit of theirs is drawn: {who}."
    if not found.raids:
        return RaidChapter(NO_RAID, unsited, "", (), (), ())
    return RaidChapter(
        nothing="",
        unsited=unsited,
        caution=NO_PREDICTION if assessment.ensemble.units else f"{NOTHING_DRAWN} {NO_PREDICTION}",
        fits=_fits(assessment, figures),
        raids=tuple(_plate(r, assessment, figures, names) for r in found.raids),
        assumed=_assumed(assessment, figures),
    )


def _plate(found: RaidOutcome, assessment: Assessment, figures: Figures, names: Names) -> RaidPlate:
    return RaidPlate(
        id=found.raid,
        name=found.name,
        answer=Markup("{}. {}.").format(
            _capital(comes_through(found, figures)), _capital(none_does(found, figures))
        ),
        made_of=_made_of(found, assessment, figures),
        outcome=_outcome(found, figures),
        saturation=_saturation(found, figures),
        none=_none(found, figures),
        layers=tables.layer_rows(found, figures),
        layers_say=_layers_say(found, figures),
        values=tables.value_rows(found, figures, names),
        functions=tables.function_rows(found, figures),
        modes=tables.mode_rows(found, figures),
        unknowns=tables.unknown_rows(found, figures),
        unknowns_say=_unknowns_say(found, figures),
        weapons=tables.weapon_rows(found, figures, names),
        cost=_cost(found, figures),
        replay=tables.replay_plate(found, assessment, figures, names),
        histogram=tuple(
            (str(n), figures.link(f"raid.{found.raid}.one_raid", percent(share)))
            for n, share in enumerate(found.leaker_histogram)
        ),
        sizes=_sizes(found, figures),
    )


def _capital(text: Markup) -> Markup:
    return text[:1].upper() + text[1:]


def _made_of(found: RaidOutcome, assessment: Assessment, figures: Figures) -> Markup:
    raid = next(r for r in assessment.case.raids if r.id == found.raid)
    return Markup(
        "{} from {}, on {}. {} {} ways the network could be, each fought {} times ({})."
    ).format(
        of_what(found).capitalize(), found.axis,
        figures.link(f"raid:{found.raid}", "straight generic tracks"), raid.reason.strip(),
        number(found.draws), number(found.replications),
        figures(f"raid.{found.raid}.runs"),
    )  # fmt: skip


def _outcome(found: RaidOutcome, figures: Figures) -> Markup:
    base = f"raid.{found.raid}"
    leakers, quantiles = found.leakers, found.leakers.quantiles
    ends = band_words(leakers.low, leakers.high)
    single = f"{number(quantiles[0])} to {number(quantiles[-1])}"
    told = (
        f"Mean {number(leakers.mean, 1)} of {found.threats}. By what is not known {ends}; by "
        f"chance too, any one raid: {single}."
    )
    return outcome_chart(
        f"{found.name}: what comes through", told,
        Outcome(found.threats, leakers.mean, found.draw_means, (leakers.low, leakers.high),
                found.leaker_histogram, (quantiles[0], quantiles[-1])),
        Markup("By what is not known: mean {}, band {}").format(
            figures.link(f"{base}.leakers", number(leakers.mean, 1)),
            figures.link(f"{base}.leakers", ends),
        ),
        Markup("By chance too, any one raid: {}").format(figures.link(f"{base}.one_raid", single)),
    )  # fmt: skip


def _saturation(found: RaidOutcome, figures: Figures) -> Markup:
    last = found.saturation[-1]
    told = "; ".join(
        f"of {s.threats} {number(s.leakers.mean, 1)} ({band_words(s.leakers.low, s.leakers.high)})"
        for s in found.saturation
    )
    head = Markup("If it were smaller or larger: of {} come {}").format(
        last.threats,
        figures.link(f"raid.{found.raid}.size.{last.threats}.leakers",
                     number(last.leakers.mean, 1)),
    )  # fmt: skip
    return saturation_chart(
        f"{found.name}: threats through against its size", f"Come through {told}.",
        found.saturation, found.threats, head,
    )  # fmt: skip


def _none(found: RaidOutcome, figures: Figures) -> Markup:
    """How well the runs pin the probability down, and what strata add."""
    base = f"raid.{found.raid}"
    none = found.none_through
    text = Markup(
        "That none comes through was counted in {} of all runs ({} by Wilson’s interval)"
    ).format(
        figures.link(f"{base}.none_through_counted", fine(none.value)),
        figures.link(f"{base}.none_through_counted", fine_span(none.low, none.high)),
    )  # fmt: skip
    rare = found.none_through_rare
    if rare is not None:
        text += Markup("; by strata of the effect that all shots of a raid share, {} ({})").format(
            figures.link(f"{base}.none_through_strata", fine(rare.interval.value)),
            figures.link(
                f"{base}.none_through_strata", fine_span(rare.interval.low, rare.interval.high)
            ),
        )
    mean = found.leakers.interval
    pinned = figures.link(f"{base}.leakers_counted", f"{number(mean.low, 2)} to "
                          f"{number(mean.high, 2)}")  # fmt: skip
    return text + Markup(". Runs pin the mean down to {}.").format(pinned)


def fine(share: float) -> str:
    """A share of a hundredth or less with two decimals, else with one."""
    digits = 2 if share < 0.01 else 1
    return f"{number(100 * share, digits)}{NARROW_SPACE}%"


def fine_span(low: float, high: float) -> str:
    """Two of them."""
    return f"{fine(low).removesuffix(f'{NARROW_SPACE}%')} to {fine(high)}"


def _layers_say(found: RaidOutcome, figures: Figures) -> Markup:
    if not found.layers:
        return Markup("No layer has a unit at a place.")
    best = max(found.layers, key=lambda s: round(s.shapley.mean, 9))
    if best.shapley.mean <= 0:
        return Markup("No layer stops any.")
    id = f"raid.{found.raid}.layer.{best.layer}.shapley"
    return Markup("{} stops most: {} on average.").format(
        layer_name(best.layer).capitalize(), tables.mean_of(id, figures, best.shapley)
    )


def _unknowns_say(found: RaidOutcome, figures: Figures) -> Markup:
    base = f"raid.{found.raid}"
    if found.luck is None:
        return Markup("Too few runs to tell what matters most.")
    luck = figures.link(f"{base}.luck", percent(found.luck))
    text = Markup("Chance makes {} of the whole variance of one raid, whatever is known.").format(
        luck
    )
    most = sorted(found.sobol, key=lambda s: (-round(s.total.value, 9), s.group))[:2]
    most = [s for s in most if s.total.value > 0]
    if not most:
        return text + Markup(" Nothing else varies.")
    parts = [
        Markup("{} ({})").format(
            unknown(s.group).name,
            figures.link(f"{base}.sobol.{s.group}.total", percent(min(s.total.value, 1.0))),
        )
        for s in most
    ]
    return text + Markup(" Of the rest, most hangs on {}. What would help: {}.").format(
        Markup(" and ").join(parts), "; ".join(unknown(s.group).help for s in most)
    )


def _cost(found: RaidOutcome, figures: Figures) -> Markup:
    base, parts = f"raid.{found.raid}", []
    cost = found.cost
    for name, words, each in (
        ("lost", "The raid loses {} ({}) million US dollars of threats", cost.threat_lost),
        ("fired", "The defence fires {} ({}) million US dollars of rounds", cost.rounds_fired),
    ):
        if each is not None:
            id = f"{base}.cost.{name}"
            parts.append(
                Markup(words).format(
                    figures.link(id, number(each.mean, 1)),
                    figures.link(id, band_words(each.low, each.high)),
                )
            )
    if cost.unpriced:
        names = (short_name(n) for n in cost.unpriced)
        parts.append(Markup("No price is published for {}").format(listed(names)))
    return Markup("").join(p + Markup(". ") for p in parts)


def _sizes(found: RaidOutcome, figures: Figures) -> tuple[tuple[str, Markup, Markup, Markup], ...]:
    rows = []
    for size in found.saturation:
        id = f"raid.{found.raid}.size.{size.threats}"
        none = size.none_through
        rows.append(
            (
                str(size.threats),
                tables.mean_of(f"{id}.leakers", figures, size.leakers),
                tables.band_of(f"{id}.leakers", figures, size.leakers),
                figures.link(f"{id}.none_through", percent(none.value)) + Markup(" ")
                + figures.link(
                    f"{id}.none_through", span(none.low, none.high, "share"), "fig band"
                ),
            )
        )  # fmt: skip
    return tuple(rows)


def _fits(assessment: Assessment, figures: Figures) -> tuple[Markup, ...]:
    """What published raids say of how alike shots turn out, each a link to its trail."""
    return tuple(
        figures.link(id, leaf.text, "fig long")
        for id, leaf in assessment.ledger.leaves.items()
        if id.startswith("data:raids.")
    )


def _assumed(assessment: Assessment, figures: Figures) -> tuple[tuple[Markup, Markup, str], ...]:
    """Assumptions without a figure, which always hold, and those of what matters most."""
    total: dict[str, float] = {}
    for found in assessment.raids.raids:
        for index in found.sobol:
            total[index.group] = max(total.get(index.group, 0.0), index.total.value)
    groups = sorted((g for g in total if total[g] >= _MATTERS), key=lambda g: (-total[g], g))
    wanted = [a.id for a in DEFAULTS if a.band is None]
    wanted += [id for group in groups for id in _ASSUMED.get(group, ())]
    known = {a.id: a for a in assessment.assumptions}
    return tuple(
        (
            figures.link(f"assumption:{a.id}", a.statement, "fig long"),
            Markup("")
            if a.band is None
            else figures.link(f"assumption:{a.id}", band(a.band, a.unit), "fig long"),
            a.reason,
        )
        for id in dict.fromkeys(wanted)
        if (a := known.get(id)) is not None
    )
