"""How it would fare, as one of the answers: the raids that fare best and worst."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from shieldwall.raid.records import RaidOutcome
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.page.answers.records import NOTHING_THERE, Answer, Glance, in_words
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.raid_words import band, unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import number, percent

NO_RAID = "The case describes no raid, so nothing is said about how the network would fare."
_MOST = 0.5
_ENOUGH = 0.1
"""Fewer threats than this are not worth a sentence."""


def raid_answer(assessment: Assessment, figures: Figures) -> Answer:
    """What comes through of the most telling raids, and what decides it."""
    raids = assessment.raids.raids
    if not raids:
        return Answer("raids", "raids", Markup(NO_RAID), ())
    if not assessment.ensemble.units:
        return Answer("raids", "raids", Markup(NOTHING_THERE.format("so all comes through")), ())
    chosen = _chosen(raids)
    said = (
        Markup("{} Tracks are straight and generic, which flatters the defence.").format(
            Markup(" ").join(_none(r, figures) for r in chosen)
        ),
        _decides(chosen[0], figures),
        _worth(raids, figures),
    )
    return Answer(
        "raids", "raids", _through(chosen, figures), tuple(s for s in said if s),
        _glance(raids, figures),
    )  # fmt: skip


def _through(chosen: Sequence[RaidOutcome], figures: Figures) -> Markup:
    """How much comes through of the raids that fare best and worst, the worse first."""
    shares = [r.leakers.mean / max(r.threats, 1) for r in chosen]
    opening, through = (
        ("Most of what is sent comes through", "")
        if min(shares) > _MOST
        else ("Most of what is sent is stopped", " come through")
        if max(shares) < _MOST
        else ("It depends on the raid", " come through")
    )
    parts = [
        Markup("{} of {}{} in “{}”").format(
            figures.link(f"raid.{r.raid}.leakers", number(r.leakers.mean, 1)), r.threats,
            "" if n else through, r.name,
        )
        for n, r in enumerate(chosen)
    ]  # fmt: skip
    return Markup("{}: on average {}.").format(opening, in_words(parts))


def _none(found: RaidOutcome, figures: Figures) -> Markup:
    """That none comes through of one raid, and how far single raids spread."""
    base, leakers = f"raid.{found.raid}", found.leakers
    single = f"{number(leakers.quantiles[0])} to {number(leakers.quantiles[-1])}"
    ends = figures.band(f"{base}.none_through")
    return Markup("That none comes through in “{}”: {}{}; in any one raid {} do.").format(
        found.name, figures(f"{base}.none_through", words=True),
        Markup(" ({})").format(ends) if ends else "",
        figures.link(f"{base}.one_raid", single, "fig band"),
    )  # fmt: skip


def _glance(raids: Sequence[RaidOutcome], figures: Figures) -> Glance:
    """What share of each raid comes through, as bars."""
    rows = []
    for found in raids:
        leakers, all_ = found.leakers, max(found.threats, 1)
        ends = leakers.mean / all_, leakers.low / all_, leakers.high / all_
        figure = figures.link(f"raid.{found.raid}.leakers", number(leakers.mean, 1))
        rows.append(
            Row(found.name, (Markup("{} of {}").format(figure, found.threats),),
                step_bar(ends[0], None, *ends[1:]))
        )  # fmt: skip
    return Glance(
        Block("What comes through", tuple(rows)), "Raid", "Straight, generic raids",
        "Threats that come through, on average, of those sent. Whisker: 5th to 95th percentile of "
        "what is not known.",
    )  # fmt: skip


def _chosen(raids: tuple[RaidOutcome, ...]) -> list[RaidOutcome]:
    """The raid of which most comes through, and the one of which least does."""
    share = lambda r: (round(r.leakers.mean / max(r.threats, 1), 9), r.raid)  # noqa: E731
    worst, best = max(raids, key=share), min(raids, key=share)
    return [worst] if worst is best else [worst, best]


def comes_through(found: RaidOutcome, figures: Figures) -> Markup:
    """How many come through, with what is not known and with chance."""
    base, leakers = f"raid.{found.raid}", found.leakers
    single = f"{number(leakers.quantiles[0])} to {number(leakers.quantiles[-1])}"
    return Markup(
        "of {} threats {} come through on average ({} by what is not known; any one raid {})"
    ).format(
        found.threats, figures.link(f"{base}.leakers", number(leakers.mean, 1)),
        figures.link(f"{base}.leakers", band(leakers.low, leakers.high), "fig band"),
        figures.link(f"{base}.one_raid", single, "fig band"),
    )  # fmt: skip


def none_does(found: RaidOutcome, figures: Figures) -> Markup:
    """That none comes through, as a likelihood with its band."""
    id = f"raid.{found.raid}.none_through"
    ends = figures.band(id)
    return Markup("that none does: {}{}").format(
        figures(id, words=True), Markup(" ({})").format(ends) if ends else ""
    )


def _decides(found: RaidOutcome, figures: Figures) -> Markup:
    most = max(found.sobol, key=lambda s: round(s.total.value, 9), default=None)
    if most is None or most.total.value <= 0:
        return Markup("")
    return Markup(
        "Of what is not known, the first depends most on {} ({} of the variance)."
    ).format(
        unknown(most.group).name,
        figures.link(
            f"raid.{found.raid}.sobol.{most.group}.total", percent(min(most.total.value, 1.0))
        ),
    )


def _worth(raids: tuple[RaidOutcome, ...], figures: Figures) -> Markup:
    """What working as one network and the supplier's crews stop more, where the first does most."""
    found = min(raids, key=lambda r: (round(r.integration.more.mean / r.threats, 9), r.raid))
    if found.integration.more.mean > -_ENOUGH:
        return Markup("")
    parts = []
    for key, change, words in (
        ("integration", found.integration, "one network instead of every unit alone"),
        ("advisers", found.advisers, "the supplier’s crews instead of the host’s"),
    ):
        if change is not None and change.more.mean <= -_ENOUGH:
            figure = figures.link(f"raid.{found.raid}.value.{key}",
                                  number(-change.more.mean, 1))  # fmt: skip
            parts.append(Markup("with {} {} fewer come through").format(words, figure))
    text = Markup(", ").join(parts)
    return Markup("Integration matters most in “{}”: {}.").format(found.name, text)
