"""Tables of the chapter on what it changes, most of them charts too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.calculus.records import ByRationality, Calculus, Odds, Share, Turning
from shieldwall.case.game_records import CHANCE, Consequence, Game, Node, Payoff
from shieldwall.case.records import Case
from shieldwall.report.calculus_words import (
    RATIONALITIES,
    consequence_name,
    of_measure,
    points_band,
    role_name,
    share_of,
    share_words,
    turning_figure,
    turning_payoff,
    turning_words,
    valued,
)
from shieldwall.report.maps.calculus import band_bar
from shieldwall.report.maps.charts import step_bar
from shieldwall.report.maps.raids import reach_of, zero_bar
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.raid_tables import BarRow
from shieldwall.report.words import count, number, percent, points, signed
from shieldwall.trail.calculus import end_id, move_id, reached_id
from shieldwall.trail.game_inputs import payoff_id
from shieldwall.trail.game_states import AS_DRAWN, state_id, state_words
from shieldwall.trail.game_unknowns import (
    base_of,
    bends,
    even_part,
    rationality_id,
    share_id,
    side_id,
    turning_id,
)

_TURNINGS = 12
_LEAST_AXIS = 0.1


@dataclass(frozen=True)
class ChangeTable:
    """What each thing changes of one consequence's chance."""

    name: str
    now: Markup
    rows: tuple[BarRow, ...]


@dataclass(frozen=True)
class MoveRow:
    """One node and its moves: (move, bar, chance, band)."""

    asks: str
    reached: Markup
    moves: tuple[tuple[str, Markup, Markup, Markup], ...]


@dataclass(frozen=True)
class PayoffRow:
    """What one consequence is worth to a government."""

    name: str
    bar: Markup
    band: Markup
    reason: str


@dataclass(frozen=True)
class TurningRow:
    """One thing moved over its band, and what becomes of a chance."""

    name: str
    band: Markup
    bar: Markup
    moved: Markup
    threshold: Markup


@dataclass(frozen=True)
class ShareRow:
    """One group of unknowns."""

    name: str
    bar: Markup
    first: Markup
    total: Markup


@dataclass(frozen=True)
class FactRow:
    """What the game reads of another room, or what is assumed."""

    name: str
    of: Markup
    value: Markup
    band: Markup
    reason: str


def change_tables(
    crisis: Calculus, consequences: Iterable[Consequence], figures: Figures
) -> tuple[ChangeTable, ...]:
    """Bars about nought in percentage points, one axis for all of them."""
    wanted = tuple(consequences)
    every = [d.measures[c.id] for d in crisis.differences for c in wanted]
    reach = reach_of([(o.mean, o.low, o.high) for o in every], _LEAST_AXIS) if every else (0, 1)
    return tuple(
        ChangeTable(
            c.name.rstrip("."), figures(f"calculus.drawn.{c.id}", words=True),
            tuple(
                BarRow(
                    d.name, "", zero_bar(_three(d.measures[c.id]), reach),
                    change_link(d.key, c.id, d.measures[c.id], figures),
                    figures.link(f"calculus.change.{d.key}.{c.id}",
                                 points_band(d.measures[c.id]), "fig band"),
                )
                for d in crisis.differences
            ),
        )
        for c in wanted
    )  # fmt: skip


def change_link(key: str, consequence: str, found: Odds, figures: Figures) -> Markup:
    """A change in percentage points, with its trail."""
    return figures.link(f"calculus.change.{key}.{consequence}", points(found.mean))


def _three(found: Odds) -> tuple[float, float, float]:
    return found.mean, found.low, found.high


def outcome_rows(
    crisis: Calculus, figures: Figures
) -> tuple[tuple[str, Markup, tuple[Markup, ...]], ...]:
    """Every consequence with a bar of its chance as it is, and its chance in every world."""
    rows = []
    for each in sorted(
        crisis.game.consequences,
        key=lambda c: -round(crisis.worlds[0].measures[c.id].mean, 9),
    ):
        odds = crisis.worlds[0].measures[each.id]
        first = f"calculus.drawn.{each.id}"
        cells = [figures(first), figures.band(first)]
        for other in crisis.worlds[1:]:
            id = f"calculus.{other.key}.{each.id}"
            cells.append(figures(id) + Markup(" ") + figures.band(id))
        bar = step_bar(odds.mean, None, odds.low, odds.high)
        rows.append((each.name.rstrip("."), bar, tuple(cells)))
    return tuple(rows)


def change_rows(crisis: Calculus, figures: Figures) -> tuple[tuple[str, tuple[Markup, ...]], ...]:
    """What each thing changes of every consequence, in the order of the file."""
    return tuple(
        (
            c.name.rstrip("."),
            tuple(
                change_link(d.key, c.id, d.measures[c.id], figures) + Markup(" ")
                + figures.link(f"calculus.change.{d.key}.{c.id}", points_band(d.measures[c.id]),
                               "fig band")
                for d in crisis.differences
            ),
        )
        for c in crisis.game.consequences
    )  # fmt: skip


def move_rows(crisis: Calculus, actor: str, figures: Figures) -> tuple[MoveRow, ...]:
    """What a government does, or what chance does, at each of its nodes."""
    return tuple(
        MoveRow(
            n.question,
            figures(reached_id(crisis.worlds[0].key, n.id)),
            tuple(_move(crisis, n, m.id, m.name, figures) for m in n.moves),
        )
        for n in crisis.game.nodes
        if n.actor == actor
    )


def _move(
    crisis: Calculus, node: Node, move: str, name: str, figures: Figures
) -> tuple[str, Markup, Markup, Markup]:
    odds, id = crisis.worlds[0].moves[node.id, move], move_id(node.id, move)
    if odds is None:  # it never comes to that
        return name, Markup(""), figures(id), Markup("")
    bar = step_bar(odds.mean, None, odds.low, odds.high)
    return name, bar, figures(id), figures.band(id)


def way_chances(
    crisis: Calculus, end: int, figures: Figures
) -> tuple[Markup, tuple[tuple[str, Markup], ...]]:
    """Chance of one whole way as it is, with its band, and in every other world."""
    path = crisis.tree.ends[end].path
    here, *others = ((w.name, end_id(w.key, path)) for w in crisis.worlds)
    return (
        Markup("{} ({})").format(figures(here[1]), figures.band(here[1])),
        tuple((name, figures(id)) for name, id in others),
    )


def chance_rows(crisis: Calculus, figures: Figures) -> tuple[MoveRow, ...]:
    """What chance decides."""
    return move_rows(crisis, CHANCE, figures)


def payoff_rows(game: Game, actor: str, figures: Figures) -> tuple[PayoffRow, ...]:
    """Every payoff of a government, the scale of all its bands the same."""
    own = [p for p in game.payoffs if p.actor == actor]
    ends = [v for p in own for v in (p.worth.low, p.worth.high)]
    reach = min([0.0, *ends]), max([0.0, *ends])
    return tuple(
        PayoffRow(
            valued(game, p).rstrip(","), band_bar(p.worth.low, p.worth.middle, p.worth.high, reach),
            payoff_link(p, figures), p.reason,
        )
        for p in own
    )  # fmt: skip


def payoff_link(payoff: Payoff, figures: Figures) -> Markup:
    """Its band as a link to its reason."""
    return figures.link(
        payoff_id(payoff), f"{signed(payoff.worth.low)} to {signed(payoff.worth.high)}"
    )


def turning_rows(
    crisis: Calculus, figures: Figures, actor: str | None = None, most: int = _TURNINGS
) -> tuple[TurningRow, ...]:
    """What moves the chance of a strike most; with ``actor``, of its payoffs alone."""
    rows: list[TurningRow] = []
    for each in crisis.turnings:
        payoff = turning_payoff(crisis.game, each)
        if actor is not None and (payoff is None or payoff.actor != actor):
            continue
        if percent(each.most) == percent(each.least) or len(rows) >= most:
            break
        name = turning_words(crisis.game, each)
        if actor is not None and payoff is not None:
            name = valued(crisis.game, payoff).rstrip(",")
        rows.append(_turning(each, name, figures))
    return tuple(rows)


def _turning(each: Turning, name: str, figures: Figures, of: str = "") -> TurningRow:
    def moved(part: str, value: float) -> Markup:
        return figures.link(turning_id(each, part, of), turning_figure(each, value), "fig band")

    def chance(part: str) -> Markup:
        return figures(turning_id(each, part, of))

    goes = Markup("{} to {}").format(chance("from"), chance("to"))
    if bends(each):
        goes += Markup("; inside {} to {}").format(chance("least"), chance("most"))
    at = Markup(", ").join(
        figures.link(turning_id(each, even_part(n), of), turning_figure(each, value))
        for n, value in enumerate(each.thresholds)
    )
    return TurningRow(
        name[0].upper() + name[1:],
        Markup("{} to {}").format(moved("low", each.low), moved("high", each.high)),
        step_bar(0.0, None, each.least, each.most), goes, at or Markup("–"),
    )  # fmt: skip


def share_rows(
    game: Game, shares: Iterable[Share], figures: Figures, of: str = ""
) -> tuple[ShareRow, ...]:
    """Groups of unknowns, what matters most first."""
    rows = []
    for each in sorted(shares, key=lambda s: (-round(s.total, 9), s.kind, s.group)):
        id = share_id(each.kind, each.group, of)
        first, total = share_of(each.first), share_of(each.total)
        words = share_words(game, each.kind, each.group)
        rows.append(
            ShareRow(
                words[0].upper() + words[1:], step_bar(first, total, None, None),
                figures.link(f"{id}.alone", percent(first)), figures.link(id, percent(total)),
            )
        )  # fmt: skip
    return tuple(rows)


def sides(assumed: float, evidence: float, figures: Figures, of: str = "") -> Markup:
    """What all that is assumed makes of the variance, and all that other chapters find."""
    return Markup(
        "Each taken as one group: all that is assumed makes {} of it, all that other chapters find "
        "{}."
    ).format(
        figures.link(side_id("assumed", of), percent(share_of(assumed))),
        figures.link(side_id("evidence", of), percent(share_of(evidence))),
    )


@dataclass(frozen=True)
class HangsPart:
    """On what the chance of one consequence hangs."""

    name: str
    shares: tuple[ShareRow, ...]
    sides: Markup
    turnings: tuple[TurningRow, ...]


def hangs_parts(crisis: Calculus, figures: Figures) -> tuple[HangsPart, ...]:
    """Each consequence that is looked into by itself, but a strike that is the only one."""
    return tuple(
        HangsPart(
            consequence_name(crisis.game, c).rstrip("."),
            share_rows(crisis.game, found.shares, figures, of),
            sides(found.assumed_total, found.evidence_total, figures, of),
            tuple(_turning(t, turning_words(crisis.game, t), figures, of)
                  for t in found.turnings[:1]),
        )
        for c, found in crisis.hangs.items()
        if (of := base_of(crisis.game, c))
    )  # fmt: skip


def rationality_rows(
    crisis: Calculus, shown: Sequence[Consequence], figures: Figures
) -> tuple[tuple[str, Markup, Markup, tuple[Markup, ...]], ...]:
    """(how they choose, lambda, bar of the first, chance of each consequence shown)."""
    rows = []
    for level in crisis.rationality:
        first = level.measures[shown[0].id]
        cells = tuple(_leveled(level, c, figures) for c in shown)
        words = RATIONALITIES.get(level.rationality, "")
        figure = Markup("without end")
        if level.rationality is not None:
            figure = figures.link("assumption:rationality", number(level.rationality))
        bar = step_bar(first.mean, None, first.low, first.high)
        rows.append((words[:1].upper() + words[1:], figure, bar, cells))
    return tuple(rows)


def _leveled(level: ByRationality, consequence: Consequence, figures: Figures) -> Markup:
    """A chance at one rationality, with its band where it has one."""
    found, id = level.measures[consequence.id], rationality_id(level.rationality, consequence.id)
    if round(found.low, 9) == round(found.high, 9):
        return figures(id)
    return figures(id) + Markup(" ") + figures.band(id)


def rationality_shown(crisis: Calculus) -> tuple[Consequence, ...]:
    """Consequences that the table of rationality follows: strikes and involvement."""
    return of_measure(crisis.game, "strike") + of_measure(crisis.game, "involvement")


def fact_rows(crisis: Calculus, case: Case, figures: Figures) -> tuple[FactRow, ...]:
    """What the game reads, with a link to where it is worked out."""
    raids = {r.id: r.name for r in case.raids}
    rows = []
    for each in crisis.game.facts:
        id = f"calculus.fact.{each.id}"
        of = Markup("assumed")
        if each.of is not None:
            kind, what, _ = each.of.split(".")
            of = figures.to("#control", "operational control")
            if kind == "raid":
                of = figures.to(f"#raid-{what}", raids.get(what, what))
        rows.append(FactRow(each.name.rstrip("."), of, figures(id), figures.band(id), each.reason))
        rows += [
            FactRow(
                Markup("… {}").format(state_words(state)), of, figures(at), figures.band(at), ""
            )
            for state in crisis.by_state.get(each.id, {})
            if (at := state_id(each.id, state)) and state != AS_DRAWN
        ]
    return tuple(rows)


_EVEN = 0.5
"""Records that answer as often by chance: beyond it the record tells nothing."""


def answered_words(crisis: Calculus, figures: Figures) -> Markup:
    """Action and reaction against the dated record; empty in a game without a supplier."""
    found = crisis.answered
    if found is None:
        return Markup("")
    one, other, host = (role_name(crisis.game, r) for r in ("adversary", "supplier", "host"))
    id = "calculus.answered"
    acts = figures.link(f"{id}.acts", count(found.acts, "dated act"))
    replies = figures.link(f"{id}.replies", count(found.replies, "dated act"))
    if found.chance is None or found.begins is None:
        text = Markup(
            "There is nothing to compare: up to {} the record holds {} by {} toward {}, and {} by "
            "{}. An answer needs an act of each."
        ).format(
            found.ends, acts, one, host, replies, other,
        )  # fmt: skip
    else:
        text = Markup(
            "From {} to {} the record holds {} by {} toward {}, and {} by {}. Of the first, {} by "
            "one of the second within {}; {} by one within as many days before. If {}’s dates were "
            "random in that period, as many would be followed in {} of records{}. A record made "
            "by people who look for answers will hold some."
        ).format(
            found.begins, found.ends, acts, one, host, replies, other,
            figures.link(f"{id}.followed", f"{count(found.answers, 'is', 'are')} followed"),
            figures.link("assumption:answer_days", f"{number(found.days)} days"),
            figures.link(f"{id}.preceded", f"{count(found.before, 'is', 'are')} preceded"), other,
            figures(id), ", so that this tells nothing" if found.chance > _EVEN else "",
        )  # fmt: skip
    if found.undated:
        text += Markup(" {} {} no date close enough and {} left out.").format(
            figures.link(f"{id}.undated", count(found.undated, "act").capitalize()),
            "has" if found.undated == 1 else "have",
            "is" if found.undated == 1 else "are",
        )  # fmt: skip
    return text
