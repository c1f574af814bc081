"""The evidence chapter: what was said when, what goes back to what, what cannot be right."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.records import Claim
from shieldwall.evidence.records import Channel, Contradiction, Edge, Evidence
from shieldwall.report.maps.timeline import timeline
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.page.names import FAMILIES, Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, listed, percent, short

_OFTEN = 2
"""Origins with at least this many relays stand in the first table; all stand in the second."""


@dataclass(frozen=True)
class OriginRow:
    """One origin and everything that goes back to it."""

    statement: str
    link: Markup
    who: str
    family: str
    grade: str
    when: tuple[str, ...]
    ratio: Markup
    relays: tuple[Markup, ...]
    independent: Markup | str


@dataclass(frozen=True)
class ContradictionRow:
    """Two things that cannot both be right."""

    kind: str
    says: str
    finds: str
    why: str
    claims: tuple[Markup, ...]


@dataclass(frozen=True)
class ChannelRow:
    """A source that lost grade."""

    name: str
    hand: str
    computed: str
    errors: str
    why: str


@dataclass(frozen=True)
class Chapter:
    """Everything the chapter prints."""

    timeline: Markup
    summary: Markup
    repeated: tuple[OriginRow, ...]
    origins: tuple[OriginRow, ...]
    contradictions: tuple[ContradictionRow, ...]
    channels: tuple[ChannelRow, ...]
    warnings: tuple[str, ...]


def chapter(assessment: Assessment, figures: Figures, names: Names) -> Chapter:
    """The chapter of one assessment."""
    evidence = assessment.evidence
    rows = {o: _origin(assessment, o, figures) for o in evidence.lineage.groups}
    order = sorted(rows, key=lambda o: (-len(rows[o].relays), o))
    return Chapter(
        timeline=timeline(
            assessment.case, evidence, lambda id: f"#{anchor(f'claim:{id}')}", names.system
        ),
        summary=_summary(assessment, figures),
        repeated=tuple(rows[o] for o in order if len(rows[o].relays) >= _OFTEN),
        origins=tuple(rows[o] for o in order),
        contradictions=tuple(_contradiction(c, figures) for c in evidence.contradictions),
        channels=tuple(_channel(assessment, c) for c in evidence.channels if c.hand != c.computed),
        warnings=(*evidence.warnings, *_warnings(assessment)),
    )


def _warnings(assessment: Assessment) -> tuple[str, ...]:
    """What fusion could not make sense of, such as a figure far beyond what is held."""
    order = assessment.order_of_battle
    found = [w for h in order.held for w in h.warnings]
    found += [w for u in order.units for w in u.warnings]
    return tuple(dict.fromkeys(found))


def _summary(assessment: Assessment, figures: Figures) -> Markup:
    """How many claims stand on how many origins, and which is repeated most."""
    evidence = assessment.evidence
    groups = evidence.lineage.groups
    if not groups:
        return Markup("No claim of the case could have been read by its date.")
    text = Markup("{} go back to {}, worth {} independent ones.").format(
        figures.to("#t-origins", count(len(evidence.claims), "claim")),
        count(len(groups), "origin"), figures("evidence.origins", bare=True),
    )  # fmt: skip
    most = max(sorted(groups), key=lambda o: len(groups[o]))
    relays = len(groups[most]) - 1
    if relays >= _OFTEN:
        claim = evidence.claim(most)
        who = short(assessment.case.source(claim.source).name)
        text += Markup(" The most repeated is {}: {} stand behind {}, which counts once.").format(
            who, count(relays, "relay"), figures.link(f"claim:{most}", "one claim")
        )
    if evidence.late:
        later = count(len(evidence.late), "claim")
        text += Markup(" {} published after the date of this report {} kept out.").format(
            later[0].upper() + later[1:], "was" if len(evidence.late) == 1 else "were"
        )
    return text


def _origin(assessment: Assessment, origin: str, figures: Figures) -> OriginRow:
    evidence = assessment.evidence
    claim, group = evidence.claim(origin), evidence.lineage.groups[origin]
    source = assessment.case.source(claim.source)
    channel = evidence.channel(claim.source)
    return OriginRow(
        statement=claim.statement.strip(),
        link=figures.link(f"claim:{origin}", origin, "fig claim-id"),
        who=source.name,
        family=FAMILIES[evidence.weight(origin).family],
        grade=_grade(channel, claim),
        when=_when(claim),
        ratio=figures(f"weight.{origin}") + Markup(" ") + figures.band(f"weight.{origin}"),
        relays=tuple(_relay(evidence, c, figures) for c in group[1:]),
        independent=figures(f"origins.{origin}", bare=True) if len(group) > 1 else "1",
    )


def _grade(channel: Channel, claim: Claim) -> str:
    hand, computed = channel.hand, channel.computed
    letter = computed if hand == computed else f"{hand} → {computed}"
    return f"{letter} / {claim.credibility}"


def _when(claim: Claim) -> tuple[str, ...]:
    parts = tuple(
        f"{name} {moment.text}"
        for name, moment in (
            ("seen", claim.acquisition or claim.event), ("published", claim.publication)
        )
        if moment is not None
    )  # fmt: skip
    return parts or ("undated",)


def _relay(evidence: Evidence, claim: str, figures: Figures) -> Markup:
    """A relay's name; where it was inferred, with the odds and the first reason."""
    link = figures.link(f"claim:{claim}", claim, "fig claim-id")
    edge: Edge = evidence.lineage.parents(claim)[0]
    if edge.coded:
        return link
    reason = f", {edge.reasons[0]}" if edge.reasons else ""
    return link + f" ({percent(edge.probability)}{reason})"


def _contradiction(found: Contradiction, figures: Figures) -> ContradictionRow:
    links = tuple(figures.link(f"claim:{c}", c, "fig claim-id") for c in found.claims)
    return ContradictionRow(found.kind, found.says, found.finds, found.why, links)


def _channel(assessment: Assessment, channel: Channel) -> ChannelRow:
    kinds = {c.id: c.kind for c in assessment.evidence.contradictions}
    errors = listed(sorted({kinds.get(e, e) for e in channel.errors}))
    name = assessment.case.source(channel.source).name
    return ChannelRow(name, channel.hand, channel.computed, errors, channel.why)
