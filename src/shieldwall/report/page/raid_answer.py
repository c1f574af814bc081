"""How it would fare, as one of the answers: the raids that fare best and worst."""

from __future__ import annotations

from markupsafe import Markup

from shieldwall.raid.records import RaidOutcome
from shieldwall.report.page.figures import Figures
from shieldwall.report.raid_words import band, unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import number, percent

_ENOUGH = 0.1
"""Fewer threats than this are not worth a sentence."""


def raid_answer(assessment: Assessment, figures: Figures) -> Markup:
    """What comes through of the most telling raids, and what decides it. Empty without raids."""
    raids = assessment.raids.raids
    if not raids:
        return Markup("")
    chosen = _chosen(raids)
    said = [
        Markup("{}: {}; {}").format(r.name, comes_through(r, figures), none_does(r, figures))
        for r in chosen
    ]
    worst = chosen[0]
    return Markup("How it would fare against straight, generic raids. {}.{}{}").format(
        Markup(". ").join(said), _decides(worst, figures), _worth(raids, figures)
    )


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
        " Of what is not known, the first depends most on {} ({} of the variance)."
    ).format(
        unknown(most.group).name,
        figures.link(
            f"raid.{found.raid}.sobol.{most.group}.total", percent(min(most.total.value, 1.0))
        ),
    )


def _worth(raids: tuple[RaidOutcome, ...], figures: Figures) -> Markup:
    """What working as one network and the supplier's crews change, where that is most."""
    found = max(raids, key=lambda r: (round(abs(r.integration.more.mean) / r.threats, 9), r.raid))
    parts = []
    for key, change, words in (
        ("integration", found.integration, "one network instead of every unit alone"),
        ("advisers", found.advisers, "the supplier’s crews instead of the host’s"),
    ):
        if change is not None and abs(change.more.mean) >= _ENOUGH:
            less = "fewer" if change.more.mean < 0 else "more"
            figure = figures.link(f"raid.{found.raid}.value.{key}",
                                  number(abs(change.more.mean), 1))  # fmt: skip
            parts.append(Markup("with {} {} {} come through").format(words, figure, less))
    if not parts:
        return Markup("")
    text = Markup(", ").join(parts)
    return Markup(" Integration matters most against this raid: {}; {}.").format(found.name, text)
