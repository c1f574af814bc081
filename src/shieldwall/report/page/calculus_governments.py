"""A subchapter for each government: what it would do, what each thing is worth to it, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.calculus.records import Calculus
from shieldwall.case.game_records import Actor, Game, Payoff
from shieldwall.report.calculus_words import (
    consequence_name,
    difference,
    in_sentence,
    of_measure,
    worth_band,
)
from shieldwall.report.maps.raids import reach_of, zero_bar
from shieldwall.report.page.calculus_tables import (
    MoveRow,
    PayoffRow,
    TurningRow,
    change_link,
    move_rows,
    payoff_link,
    payoff_rows,
    turning_rows,
)
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.raid_tables import BarRow
from shieldwall.report.words import signed

THEMES = {
    "host": "deterrent, political signal, dependency",
    "supplier": "foothold, a hand near the trigger, the risk of being drawn in",
    "adversary": "cost, complexity, a third party",
}
GAINS = {
    "systems": "the systems, instead of none",
    "advisers": "the supplier’s people, instead of none",
    "connection": "the connection, instead of none joined",
    "crews": "the supplier’s crews surely at the consoles, instead of the host’s alone",
}
_OWN_TURNINGS = 4


@dataclass(frozen=True)
class Theme:
    """One point of the document, and what the game says of it."""

    name: str
    text: Markup


@dataclass(frozen=True)
class Government:
    """Everything that the chapter prints about one government."""

    id: str
    name: str
    theme: str
    themes: tuple[Theme, ...]
    moves: tuple[MoveRow, ...]
    gains: tuple[BarRow, ...]
    worths: tuple[tuple[str, Markup, Markup], ...]
    turnings: tuple[TurningRow, ...]
    payoffs: tuple[PayoffRow, ...]


def governments(crisis: Calculus, figures: Figures) -> tuple[Government, ...]:
    """Host, supplier, adversary: the order of the source document."""
    order = ("host", "supplier", "adversary")
    actors = sorted(crisis.game.actors, key=lambda a: order.index(a.role))
    return tuple(_government(crisis, a, figures) for a in actors)


def _government(crisis: Calculus, actor: Actor, figures: Figures) -> Government:
    themes = {"host": _host, "supplier": _supplier, "adversary": _adversary}[actor.role]
    return Government(
        id=actor.id,
        name=in_sentence(actor.name),
        theme=THEMES[actor.role] if _has_supplier(crisis.game) else "",
        themes=tuple(themes(crisis, actor, figures)),
        moves=move_rows(crisis, actor.id, figures),
        gains=_gains(crisis, actor.id, figures),
        worths=tuple(
            (w.name, figures.link(id, signed(w.worth[actor.id].mean)),
             figures.link(id, worth_band(w.worth[actor.id]), "fig band"))
            for w in crisis.worlds
            for id in [f"calculus.worth.{w.key}.{actor.id}"]
        ),
        turnings=turning_rows(crisis, figures, actor.id, _OWN_TURNINGS),
        payoffs=payoff_rows(crisis.game, actor.id, figures),
    )  # fmt: skip


def _has_supplier(game: Game) -> bool:
    return any(a.role == "supplier" for a in game.actors)


def _gains(crisis: Calculus, actor: str, figures: Figures) -> tuple[BarRow, ...]:
    """What each thing is worth to it, on an axis of its own."""
    found = [(d.key, d.worth[actor]) for d in crisis.differences]
    reach = reach_of([(o.mean, o.low, o.high) for _, o in found], 1.0)
    return tuple(
        BarRow(
            GAINS.get(key, key), "",
            zero_bar((o.mean, o.low, o.high), reach, "raid-less" if o.mean >= 0 else "raid-more"),
            _gain(crisis, key, actor, figures),
            figures.link(f"calculus.gain.{key}.{actor}", worth_band(o), "fig band"),
        )
        for key, o in found
    )  # fmt: skip


def _gain(crisis: Calculus, key: str, actor: str, figures: Figures) -> Markup:
    found = difference(crisis, key)
    if found is None:
        return Markup("")
    return figures.link(f"calculus.gain.{key}.{actor}", signed(found.worth[actor].mean))


def _changes(crisis: Calculus, key: str, measure: str, figures: Figures) -> Iterator[Markup]:
    """What one thing does to the first consequence of a measure."""
    found = difference(crisis, key)
    wanted = [c for c in crisis.game.consequences if c.measure == measure][:1]
    if found is not None:
        for each in wanted:
            change = change_link(key, each.id, found.measures[each.id], figures)
            yield Markup("the chance that “{}” comes about changes by {} points").format(
                each.name.rstrip("."), change
            )


def _worth_it(crisis: Calculus, key: str, actor: Actor, figures: Figures) -> Markup:
    return Markup("{} on its own scale").format(_gain(crisis, key, actor.id, figures))


def _said(name: str, *parts: Markup) -> Theme:
    text = Markup("; ").join(p for p in parts if p)
    return Theme(name, text[:1].upper() + text[1:] + Markup("."))


def _host(crisis: Calculus, actor: Actor, figures: Figures) -> Iterator[Theme]:
    yield _said(
        "Deterrent",
        Markup("with the systems instead of without, {}, which is worth {}").format(
            next(iter(_changes(crisis, "systems", "strike", figures)), Markup("nothing changes")),
            _worth_it(crisis, "systems", actor, figures),
        ),
    )
    signals = _of_supplier(crisis.game, actor, figures)
    if signals:
        yield _said("Political signal", Markup("what the supplier does is worth to it: {}").format(
            Markup(", ").join(signals)))  # fmt: skip
    if difference(crisis, "advisers") is not None:
        yield _said(
            "Dependency",
            Markup("the supplier’s people instead of none are worth {}").format(
                _worth_it(crisis, "advisers", actor, figures)
            ),
            *_measured(crisis, actor, "withdrawal", figures),
        )


def _supplier(crisis: Calculus, actor: Actor, figures: Figures) -> Iterator[Theme]:
    yield _said(
        "Foothold",
        Markup("that the systems are there is worth {}").format(
            _worth_it(crisis, "systems", actor, figures)
        ),
        *_measured(crisis, actor, "withdrawal", figures),
    )
    yield _said(
        "Hand near the trigger",
        Markup("its own crews surely at the consoles, instead of the host’s alone, are worth {}")
        .format(_worth_it(crisis, "crews", actor, figures)),
        *(Markup("with them {}").format(c)
          for c in _changes(crisis, "crews", "strike", figures)),
    )  # fmt: skip
    risk = [_chance(c.id, c.name, figures) for c in of_measure(crisis.game, "involvement")]
    if risk:
        yield _said(
            "Risk of being drawn in", *risk,
            *(Markup("with its own crews surely at the consoles {}").format(c)
              for c in _changes(crisis, "crews", "involvement", figures)),
        )  # fmt: skip


def _adversary(crisis: Calculus, actor: Actor, figures: Figures) -> Iterator[Theme]:
    yield _said("Cost", Markup("the systems change what the crisis is worth to it by {}").format(
        _worth_it(crisis, "systems", actor, figures)))  # fmt: skip
    yield _said(
        "Complexity",
        Markup("that they are connected instead of not changes it by {}").format(
            _worth_it(crisis, "connection", actor, figures)
        ),
        *_changes(crisis, "connection", "strike", figures),
    )
    risk = [_chance(c.id, c.name, figures) for c in of_measure(crisis.game, "involvement")]
    if difference(crisis, "advisers") is not None:
        yield _said(
            "Third party",
            Markup("the supplier’s people instead of none change it by {}")
            .format(_worth_it(crisis, "advisers", actor, figures)),
            *risk,
        )  # fmt: skip


def _chance(consequence: str, name: str, figures: Figures) -> Markup:
    return Markup("that “{}” comes about as things are: {}").format(
        name.rstrip("."), figures(f"calculus.drawn.{consequence}", words=True)
    )


def _of_supplier(game: Game, actor: Actor, figures: Figures) -> list[Markup]:
    """What the supplier's own moves bring that this government values, with its band."""
    supplier = {a.id for a in game.actors if a.role == "supplier"}
    brought = {c for n in game.nodes if n.actor in supplier for m in n.moves for c in m.brings}
    return [
        _valued(game, p, figures)
        for p in game.payoffs
        if p.actor == actor.id and p.consequence in brought and p.times is None
        and _measure(game, p) == "other"
    ]  # fmt: skip


def _measured(crisis: Calculus, actor: Actor, measure: str, figures: Figures) -> Iterator[Markup]:
    """What it loses or gains by consequences of that measure."""
    game = crisis.game
    for each in game.payoffs:
        if each.actor == actor.id and each.times is None and _measure(game, each) == measure:
            yield Markup("if it comes to that, {}").format(_valued(game, each, figures))


def _measure(game: Game, payoff: Payoff) -> str:
    return next((c.measure for c in game.consequences if c.id == payoff.consequence), "other")


def _valued(game: Game, payoff: Payoff, figures: Figures) -> Markup:
    return Markup("“{}” {}").format(
        consequence_name(game, payoff.consequence).rstrip("."), payoff_link(payoff, figures)
    )
