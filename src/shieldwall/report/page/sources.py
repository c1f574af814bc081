"""What each source contributes, what the hypotheses stand at, and presence over time."""

from __future__ import annotations

from dataclasses import dataclass, replace

from markupsafe import Markup

from shieldwall.evidence.ach import Matrix, in_words
from shieldwall.evidence.topics import Topic
from shieldwall.orbat.contributions import Change
from shieldwall.orbat.records import HeldOdds
from shieldwall.report.maps.odds import bits_bar, dumbbell, presence_chart
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import FAMILIES, Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, likelihood, listed, number, percent, short
from shieldwall.trail.evidence import share_id, topic_id, without_id

_MOVERS = 3
"""Sources named for each probability: those that move it most."""
_FEW_BITS = 0.05
"""An origin that speaks with less is counted, not listed."""
_LEAST = 0.005
"""A change below half a percentage point is not told."""


@dataclass(frozen=True)
class Told:
    """One attribute of a thing beside the systems."""

    what: str
    says: str
    origins: tuple[Markup, ...]
    families: str
    independent: str
    claims: int
    word: str
    odds: Markup


@dataclass(frozen=True)
class Mover:
    """One source, and the probability without it."""

    source: str
    without: Markup
    bar: Markup


@dataclass(frozen=True)
class Moved:
    """One probability and the sources that move it most."""

    what: str
    now: Markup
    movers: tuple[Mover, ...]


@dataclass(frozen=True)
class Speaker:
    """One origin on one system."""

    who: str
    statement: str
    link: Markup
    bits: Markup
    bar: Markup
    relays: str


@dataclass(frozen=True)
class Reason:
    """Why a system stands where it does: the prior, and every origin that moves it."""

    system: str
    prior: str
    held: Markup
    word: str
    speakers: tuple[Speaker, ...]
    silent: str


@dataclass(frozen=True)
class Course:
    """Presence of one unit over time."""

    label: str
    drawing: Markup


@dataclass(frozen=True)
class Cell:
    """Bits of one observation for or against one hypothesis, and their colour class."""

    bits: Markup
    shade: str


@dataclass(frozen=True)
class Observed:
    """One observation of the matrix."""

    observation: str
    reason: str
    claims: tuple[Markup, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Answer:
    """One hypothesis."""

    text: str
    word: str
    odds: Markup


@dataclass(frozen=True)
class Asked:
    """One question with its matrix."""

    id: str
    question: str
    says: str
    rows: tuple[Observed, ...]
    answers: tuple[Answer, ...]


def told(assessment: Assessment, figures: Figures, names: Names) -> tuple[Told, ...]:
    """Aircraft, people, cargo and links, as claimed, each attribute by its own origins."""
    return tuple(_told(assessment, topic, figures, names) for topic in assessment.topics)


def _told(assessment: Assessment, topic: Topic, figures: Figures, names: Names) -> Told:
    thing = names.system(topic.system) if topic.system else ""
    where = short(names.place(topic.place)) if topic.place else ""
    parts = [topic.about, thing or where, topic.month or ""]
    first = assessment.evidence.claim(topic.origins[0])
    return Told(
        ", ".join(p for p in parts if p),
        first.statement.strip(),
        tuple(figures.link(f"claim:{o}", o, "fig claim-id") for o in topic.origins),
        listed(FAMILIES[f] for f in topic.families),
        number(topic.independent),
        len(topic.claims),
        likelihood(topic.probability),
        figures(topic_id(topic)),
    )


def reasons(assessment: Assessment, figures: Figures, names: Names) -> tuple[Reason, ...]:
    """Every system some origin speaks of, the least sure first."""
    order = sorted(assessment.order_of_battle.held, key=lambda h: (h.held, h.system))
    return tuple(_reason(assessment, h, figures, names) for h in order if h.bits)


def _reason(assessment: Assessment, odds: HeldOdds, figures: Figures, names: Names) -> Reason:
    ranked = sorted(odds.bits, key=lambda each: (-abs(each[1]), each[0]))
    telling = [each for each in ranked if abs(each[1]) >= _FEW_BITS]
    quiet = len(ranked) - len(telling)
    figure = f"orbat.{odds.system}.held"
    return Reason(
        names.system(odds.system),
        percent(odds.prior),
        figures(figure),
        likelihood(figures.value(figure)),
        tuple(_speaker(assessment, odds.system, o, bits, figures) for o, bits in telling),
        f"{count(quiet, 'more origin')} hardly {'moves' if quiet == 1 else 'move'} it"
        if quiet
        else "",
    )


def _speaker(
    assessment: Assessment, system: str, origin: str, bits: float, figures: Figures
) -> Speaker:
    evidence = assessment.evidence
    claim = evidence.claim(origin)
    relays = len(evidence.lineage.groups.get(origin, (origin,))) - 1
    return Speaker(
        short(assessment.case.source(claim.source).name),
        claim.statement.strip(),
        figures.link(f"claim:{origin}", origin, "fig claim-id"),
        figures.signed(f"bits.{system}.{origin}"),
        bits_bar(bits),
        f"repeated by {count(relays, 'other')}: nothing added" if relays else "",
    )


def moved(assessment: Assessment, figures: Figures, names: Names) -> tuple[Moved, ...]:
    """Every system held and every unit at a place that some source moves."""
    movers: dict[str, list[tuple[float, str, Change]]] = {}
    for piece in assessment.contributions:
        shares = tuple(replace(c, id=f"{c.id}.share") for c in piece.shares)
        for change in (*piece.held, *piece.units, *shares):
            size = abs(change.with_it - change.without)
            if size >= _LEAST:
                movers.setdefault(change.id, []).append((-size, piece.key, change))
    order = assessment.order_of_battle
    listed = [
        each
        for h in order.held
        for each in (
            (h.system, f"orbat.{h.system}.held"), (f"{h.system}.share", share_id(h.system))
        )
    ]  # fmt: skip
    listed += [(u.id, f"orbat.{u.id}.fused") for u in order.units]
    return tuple(
        Moved(
            _named(id, names),
            figures(figure),
            tuple(
                Mover(
                    assessment.case.source(source).name,
                    figures(without_id(source, id)),
                    dumbbell(change.with_it, change.without),
                )
                for _, source, change in sorted(movers[id], key=lambda m: m[:2])[:_MOVERS]
            ),
        )
        for id, figure in listed
        if id in movers
    )


def _named(id: str, names: Names) -> str:
    if id.endswith(".share"):
        return f"share of {names.system(id.removesuffix('.share'))} that works"
    system, _, place = id.partition("@")
    return f"{names.system(system)} at {short(names.place(place))}" if place else (
        f"{names.system(system)} in the country"
    )  # fmt: skip


def courses(assessment: Assessment, names: Names) -> tuple[Course, ...]:
    """Presence over time of each unit that is spoken of on more than one date."""
    units = sorted(
        (u for u in assessment.order_of_battle.units if len(u.over_time) > 1),
        key=lambda u: (-u.presence, u.id),
    )
    return tuple(Course(_named(u.id, names), presence_chart(_named(u.id, names), u.over_time))
                 for u in units)  # fmt: skip


def asked(assessment: Assessment, figures: Figures) -> tuple[Asked, ...]:
    """The questions of the case with their matrices."""
    return tuple(_asked(found, figures) for found in assessment.matrices)


def _asked(found: Matrix, figures: Figures) -> Asked:
    base = f"ach.{found.question}"
    rows = tuple(
        Observed(
            row.observation,
            row.reason.strip(),
            tuple(figures.link(f"claim:{c}", c, "fig claim-id") for c in row.claims),
            tuple(
                Cell(figures.signed(f"{base}.{row.id}.{cell.hypothesis}"), _shade(cell.bits.likely))
                for cell in row.cells
            ),
        )
        for row in found.rows
    )
    answers = tuple(
        Answer(
            standing.text,
            likelihood(standing.posterior.likely),
            figures(f"{base}.{standing.hypothesis}")
            + Markup(" ")
            + figures.band(f"{base}.{standing.hypothesis}"),
        )
        for standing in found.standings
    )
    return Asked(found.question, found.text, in_words(found), rows, answers)


def _shade(bits: float | None) -> str:
    """``for-2`` or ``against-1``: half a bit, one and two bits are the steps."""
    size = abs(bits or 0.0)
    step = sum(size >= each for each in (0.15, 0.5, 1.0))
    if step == 0:
        return "neither"
    return f"for-{step}" if (bits or 0.0) > 0 else f"against-{step}"
