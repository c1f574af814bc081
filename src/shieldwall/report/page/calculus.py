"""The chapter on what the network changes for governments: the argument's limits first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.records import Calculus
from shieldwall.case.game_records import CHANCE
from shieldwall.report.calculus_words import NO_PREDICTION, NOTHING_DRAWN, of_measure
from shieldwall.report.maps.calculus import Drawn, game_chart
from shieldwall.report.page import calculus_tables as tables
from shieldwall.report.page.answers.ripple import others, outweighs, strikes
from shieldwall.report.page.calculus_governments import Government, governments
from shieldwall.report.page.figures import Figures
from shieldwall.report.records import Assessment
from shieldwall.report.words import band, count, number
from shieldwall.trail.calculus import WAYS, likeliest, move_id, step_id

_SELDOM = 0.05
"""A node that is reached less often is drawn faintly."""


@dataclass(frozen=True)
class CalculusChapter:
    """Everything the chapter prints."""

    outweigh: Markup
    caution: str
    answer: Markup
    made_of: Markup
    strikes: tuple[tables.ChangeTable, ...]
    changes: tuple[tables.ChangeTable, ...]
    worlds: tuple[str, ...]
    outcomes: tuple[tuple[str, Markup, tuple[Markup, ...]], ...]
    changed: tuple[str, ...]
    all_changes: tuple[tuple[str, tuple[Markup, ...]], ...]
    ways: tuple[tuple[Markup, Markup, tuple[tuple[str, Markup], ...]], ...]
    """Each with its chance as it is, and in every other world."""
    governments: tuple[Government, ...]
    chance: tuple[tables.MoveRow, ...]
    drawing: Markup
    rationality_of: tuple[str, ...]
    rationality: tuple[tuple[str, Markup, Markup, tuple[Markup, ...]], ...]
    shares: tuple[tables.ShareRow, ...]
    sides: Markup
    hangs: tuple[tables.HangsPart, ...]
    turnings: tuple[tables.TurningRow, ...]
    answered: Markup
    facts: tuple[tables.FactRow, ...]
    scale: str
    note: str
    assumed: tuple[tuple[Markup, Markup, str], ...]


def calculus_chapter(assessment: Assessment, figures: Figures) -> CalculusChapter | None:
    """The crisis of the case; ``None`` where it lays out none."""
    crisis = assessment.calculus
    if crisis is None:
        return None
    game = crisis.game
    measured = [c for c in game.consequences if c.measure not in ("strike", "other")]
    shown = tables.rationality_shown(crisis)
    return CalculusChapter(
        outweigh=outweighs(crisis, figures) if crisis.payoffs_outweigh else Markup(""),
        caution=NO_PREDICTION if assessment.ensemble.units else f"{NOTHING_DRAWN} {NO_PREDICTION}",
        answer=Markup(" ").join(
            s for s in (strikes(crisis, figures), others(crisis, figures)) if s
        ),
        made_of=_made_of(crisis, figures),
        strikes=tables.change_tables(crisis, of_measure(game, "strike"), figures),
        changes=tables.change_tables(crisis, measured, figures),
        worlds=tuple(w.name for w in crisis.worlds),
        outcomes=tables.outcome_rows(crisis, figures),
        changed=tuple(d.name for d in crisis.differences),
        all_changes=tables.change_rows(crisis, figures),
        ways=_ways(crisis, figures),
        governments=governments(crisis, figures),
        chance=tables.chance_rows(crisis, figures),
        drawing=_drawing(crisis, figures),
        rationality_of=tuple(c.name.rstrip(".") for c in shown),
        rationality=tables.rationality_rows(crisis, shown, figures) if shown else (),
        shares=tables.share_rows(game, crisis.shares, figures),
        sides=tables.sides(crisis.assumed_total, crisis.evidence_total, figures),
        hangs=tables.hangs_parts(crisis, figures),
        turnings=tables.turning_rows(crisis, figures),
        answered=tables.answered_words(crisis, figures),
        facts=tables.fact_rows(crisis, assessment.case, figures),
        scale=game.scale,
        note=game.note,
        assumed=_assumed(assessment, figures),
    )


def _made_of(crisis: Calculus, figures: Figures) -> Markup:
    return Markup(
        "{} and {} of chance, {} through the game, solved {} times with payoffs, facts and {} "
        "drawn anew; every world meets the same draws."
    ).format(
        figures.to("#calculus-game", count(len(crisis.game.actors), "government").capitalize()),
        figures.to("#calculus-game",
                   count(sum(n.actor == CHANCE for n in crisis.game.nodes), "node")),
        figures.to("#calculus-game", count(len(crisis.tree.ends), "way")),
        figures.link("calculus.draws", number(crisis.draws)),
        figures.link("assumption:rationality", "how sharply governments choose", "fig long"),
    )  # fmt: skip


def _ways(
    crisis: Calculus, figures: Figures
) -> tuple[tuple[Markup, Markup, tuple[tuple[str, Markup], ...]], ...]:
    """The likeliest single ways through, each move with its chance given those before it."""
    who = {a.id: a.name for a in crisis.game.actors}
    names = {
        (n.id, m.id): f"{who.get(n.actor, 'Chance')}: {m.name}"
        for n in crisis.game.nodes for m in n.moves
    }  # fmt: skip
    return tuple(
        (
            Markup(" → ").join(
                Markup("{} ({})").format(names[step], figures(step_id(path[: k + 1])))
                for k, step in enumerate(path)
            ),
            *tables.way_chances(crisis, e, figures),
        )
        for e in likeliest(crisis)[:WAYS]
        for path in [crisis.tree.ends[e].path]
    )


def _drawing(crisis: Calculus, figures: Figures) -> Markup:
    game, first = crisis.game, crisis.worlds[0]
    actors = {a.id: a for a in game.actors}
    best = crisis.tree.ends[likeliest(crisis)[0]]
    names = {(n.id, m.id): m.name for n in game.nodes for m in n.moves}
    told = "The likeliest single way: " + ", then ".join(names[s] for s in best.path) + "."
    return game_chart(
        game,
        Drawn(
            {key: 0.0 if o is None else float(np.clip(o.mean, 0.0, 1.0))
             for key, o in first.moves.items()},
            {key: figures(move_id(*key)) for key in first.moves},
            frozenset(n for n, share in first.reached.items() if share < _SELDOM),
            frozenset(best.path),
            {
                n.id: ("Chance", "nature") if n.actor == CHANCE
                else (actors[n.actor].name, actors[n.actor].role)
                for n in game.nodes
            },
        ),
        "The crisis as a game", told,
    )  # fmt: skip


def _assumed(assessment: Assessment, figures: Figures) -> tuple[tuple[Markup, Markup, str], ...]:
    known = {a.id: a for a in assessment.assumptions}
    return tuple(
        (
            figures.link(f"assumption:{a.id}", a.statement, "fig long"),
            Markup("")
            if a.band is None
            else figures.link(f"assumption:{a.id}", band(a.band, a.unit), "fig long"),
            a.reason,
        )
        for each in DEFAULTS
        if (a := known.get(each.id)) is not None
    )
