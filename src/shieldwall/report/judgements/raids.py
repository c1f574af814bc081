"""How it would fare: the raid of which most comes through, and the one of which least does."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.raid.records import RaidOutcome
from shieldwall.report.judgements.records import Judgement, Support
from shieldwall.report.judgements.support import (
    agree,
    families,
    fought_claims,
    presence_moved,
    two_sided,
)
from shieldwall.report.judgements.wording import Found, judge
from shieldwall.report.raid_words import band, unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import listed, number, percent
from shieldwall.trail.origins import independent, origins_id

_ENOUGH = 0.1
"""Fewer threats than this are not worth a sentence."""


def raid_judgements(assessment: Assessment) -> Iterator[Judgement | None]:
    """One, or two where raids differ; none where the case describes no raid."""
    raids = assessment.raids.raids
    if not raids:
        return
    share = lambda r: (round(r.leakers.mean / max(r.threats, 1), 9), r.raid)  # noqa: E731
    worst, best = max(raids, key=share), min(raids, key=share)
    for found in (worst,) if worst is best else (worst, best):
        yield _none_through(assessment, found)


def _none_through(assessment: Assessment, found: RaidOutcome) -> Judgement | None:
    base = f"raid.{found.raid}"
    low, high = found.none_through_band
    leakers = found.leakers
    detail = (
        f"Of {found.threats} threats {number(leakers.mean, 1)} come through on average "
        f"({band(leakers.low, leakers.high)} by what is not known).{_worth(found)} Tracks are "
        "straight and generic, which flatters the defence."
    )
    change, group = matters(found)
    return judge(
        assessment.ledger, base, "raids",
        Found(found.none_through.value, low, high,
              f"none of the {found.threats} threats of the raid “{found.name}” comes "
              "through"),
        _support(assessment, high - low),
        (f"{base}.none_through", f"{base}.leakers", f"{base}.value.integration",
         f"{base}.value.advisers", origins_id("network"),
         *((f"{base}.sobol.{group}.total",) if group else ())),
        detail, change, f"Look for {unknown(group).help}." if unknown(group).help else "",
    )  # fmt: skip


def _support(assessment: Assessment, width: float) -> Support:
    """All that places the network and tells who operates it.

    Raids are not fought again without a source: what one does to presence stands for it.
    """
    evidence = assessment.evidence
    claims, bits = fought_claims(assessment)
    met = presence_moved(assessment, (u.id for u in assessment.ensemble.units))
    return Support(
        independent(evidence, claims), families(evidence, claims),
        agree(evidence, bits), width, met,
        behind="the network that it meets", against=two_sided(evidence, bits),
        what="the presence of a unit that it meets",
    )  # fmt: skip


def matters(found: RaidOutcome) -> tuple[str, str]:
    """The group of unknowns on which it hangs most (Sobol 1993), and its id."""
    most = max(found.sobol, key=lambda s: round(s.total.value, 9), default=None)
    if most is None or most.total.value <= 0:
        return "", ""
    name = unknown(most.group).name
    return (
        f"Of what is not known, how many come through hangs most on {name} "
        f"({percent(min(most.total.value, 1.0))} of the variance)."
    ), most.group


def _worth(found: RaidOutcome) -> str:
    """What working as one network, and the supplier's crews, change."""
    parts = []
    for change, words in (
        (found.integration, "one network instead of every unit alone"),
        (found.advisers, "the supplier’s crews instead of the host’s"),
    ):
        if change is not None and abs(change.more.mean) >= _ENOUGH:
            less = "fewer" if change.more.mean < 0 else "more"
            parts.append(f"with {words} {number(abs(change.more.mean), 1)} {less}")
    return f" {listed(parts).capitalize()} come through." if parts else ""
