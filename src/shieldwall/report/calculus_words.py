"""Plain names of what a crisis game is told by: parameters, shares, changes, consequences."""

from __future__ import annotations

import re

from shieldwall.calculus.records import Calculus, Difference, Odds, Turning, World
from shieldwall.case.game_records import Consequence, Game, Measure, Payoff
from shieldwall.report.words import number, points, signed, span

NO_PREDICTION = (
    "A structured argument under stated assumptions, and not a prediction: it says what would "
    "follow if governments wanted what is written down, and chose so."
)
OUTWEIGH = (
    "Payoffs, which are assumed, and what else is assumed make more of the spread of a strike’s "
    "chance than all that the evidence could tell: read the rest as what follows from them."
)
NOTHING_DRAWN = (
    "No unit of any system is drawn, so raids meet nothing in any world: with and without the "
    "systems differ only by the moves that need them and by what governments are assumed to want."
)
NO_GAME = "The case lays out no crisis (game.toml), so nothing is said of what it changes."
RATIONALITIES = {
    0.0: "by chance alone", 0.3: "hardly better than chance", 1.0: "noticing what is better",
    3.0: "mostly the best move", 10.0: "nearly always the best move", None: "always the best move",
}  # fmt: skip
"""Fixed rationality -> how such a government chooses."""
EVIDENCE = {
    "raid": "how raids go", "control": "who operates the systems, and what is joined",
    "assumed": "facts that nothing is published on",
}  # fmt: skip
"""Group of facts -> what it tells of."""
CHOOSING = {
    "rationality": "how sharply governments choose",
    "knowledge": "how much governments know beforehand",
}
"""Kind of what is assumed of governments themselves -> what it is."""
_ARTICLE = re.compile(r"^United\b|\b(States|Kingdom|Emirates|Federation|Republic|Netherlands)$")


def of_measure(game: Game, measure: Measure) -> tuple[Consequence, ...]:
    """Consequences measured so, in the order of the file."""
    return tuple(c for c in game.consequences if c.measure == measure)


def in_sentence(name: str) -> str:
    """A country's name inside a sentence: ``the United States``."""
    return f"the {name}" if _ARTICLE.search(name) else name


def actor_name(game: Game, id: str) -> str:
    """The government's name inside a sentence."""
    return next((in_sentence(a.name) for a in game.actors if a.id == id), id)


def role_name(game: Game, role: str) -> str:
    """The name of the government in that role inside a sentence, ``""`` without one."""
    return next((in_sentence(a.name) for a in game.actors if a.role == role), "")


def consequence_name(game: Game, id: str) -> str:
    """What comes about, in the case's words."""
    return next((c.name for c in game.consequences if c.id == id), id)


def fact_name(game: Game, id: str) -> str:
    """The fact in the case's words."""
    return next((f.name for f in game.facts if f.id == id), id)


def world(crisis: Calculus, key: str) -> World | None:
    """The world of that key."""
    return next((w for w in crisis.worlds if w.key == key), None)


def difference(crisis: Calculus, key: str) -> Difference | None:
    """The difference of that key."""
    return next((d for d in crisis.differences if d.key == key), None)


def turning_payoff(game: Game, turning: Turning) -> Payoff | None:
    """The payoff that a turning moves; ``None`` for a fact and for rationality."""
    if turning.kind != "payoff":
        return None
    for payoff in game.payoffs:
        times = f" times {payoff.times}" if payoff.times else ""
        if f"{payoff.actor} {payoff.consequence}{times}" == turning.name:
            return payoff
    return None


def turning_words(game: Game, turning: Turning) -> str:
    """The parameter that is moved, in the reader's words."""
    if turning.kind in CHOOSING:
        return CHOOSING[turning.kind]
    if turning.kind == "fact":
        return f"the fact “{fact_name(game, turning.name)}”"
    payoff = turning_payoff(game, turning)
    if payoff is None:
        return turning.name
    return f"what {valued(game, payoff)} is worth to {actor_name(game, payoff.actor)}"


def valued(game: Game, payoff: Payoff) -> str:
    """The consequence, and by which fact it is scaled."""
    name = consequence_name(game, payoff.consequence).rstrip(".")
    if not payoff.times:
        return f"“{name}”"
    fact = fact_name(game, payoff.times).rstrip(".")
    return f"“{name}”, to the measure of “{fact}”,"


def share_words(game: Game, kind: str, group: str) -> str:
    """A group of unknowns, in the reader's words."""
    if kind == "payoffs":
        return f"what {actor_name(game, group)} gains and loses"
    if kind in CHOOSING:
        return CHOOSING[kind]
    return EVIDENCE.get(group, group)


def share_of(total: float) -> float:
    """A share of variance as printed: estimates below nought are printed as nought."""
    return min(max(total, 0.0), 1.0)


def points_band(found: Odds) -> str:
    """``−12 to +3``."""
    return f"{points(found.low)} to {points(found.high)}"


def worth_band(found: Odds) -> str:
    """``−1.2 to +0.3``."""
    return f"{signed(found.low)} to {signed(found.high)}"


def thresholds(turning: Turning) -> str:
    """Where the chance passes one half, every time that it does."""
    return " and ".join(turning_figure(turning, t) for t in turning.thresholds)


def turning_figure(turning: Turning, value: float) -> str:
    """A value of what is moved: facts are shares, payoffs have signs, rationality has neither."""
    if turning.kind in ("fact", "knowledge"):
        return span(value, value, "share").split(" to ")[-1]
    return signed(value) if turning.kind == "payoff" else number(value, 2)
