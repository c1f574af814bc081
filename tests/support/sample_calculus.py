"""A made-up crisis for the sample assessment, and small games built by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

import numpy as np

from sample_raids import DRONES
from shieldwall.calculus.assumptions import DEFAULTS
from shieldwall.calculus.calculate import calculus
from shieldwall.calculus.records import Calculus
from shieldwall.case.game_records import (
    Actor,
    Consequence,
    CrewState,
    Fact,
    Game,
    Measure,
    Move,
    Need,
    NetworkState,
    Node,
    Payoff,
)
from shieldwall.case.records import Band, PressureEvent
from shieldwall.provenance import Leaf, Ledger
from shieldwall.raid.records import Fate, RaidOutcomes, fate_key
from shieldwall.report.records import Assessment
from shieldwall.trail.calculus import enter_calculus

WHERE = "game.toml:1"
SHIFTS = {
    fate_key(network, crews): more + most
    for network, more in (("drawn", 0.0), ("joined", 0.1), ("apart", -0.05))
    for crews, most in (("drawn", 0.0), ("supplier", 0.08), ("host", -0.04))
}
"""What is stopped in every state of a sample raid, less what is as drawn."""
DRAWS = 256
ACTORS = (
    Actor("host", "Venezuela", "host", WHERE),
    Actor("adversary", "United States", "adversary", WHERE),
    Actor("supplier", "Russia", "supplier", WHERE),
)


def move(id: str, brings: Sequence[str] = (), leads: str | None = None,
         chance: str | None = None, name: str = "", needs: Sequence[Need] = (),
         network: NetworkState | None = None, crews: CrewState | None = None) -> Move:  # fmt: skip
    """A move named after its id."""
    return Move(
        id, name or id.capitalize(), tuple(brings), leads, chance, tuple(needs), network, crews
    )


def node(id: str, actor: str, *moves: Move) -> Node:
    """A node that asks after itself."""
    return Node(id, actor, f"What happens at {id}?", moves, WHERE)


def fact(id: str, of: str | None = None, band: Band | None = None) -> Fact:
    """A fact with a reason; without a source it is anything from 0 to 1."""
    given = band or (None if of else Band(0.0, 0.5, 1.0))
    return Fact(id, f"The fact {id}", of, given, f"A sample reason for {id}.", WHERE)


def came(
    id: str, measure: Measure = "other", name: str = "", needs: Sequence[Need] = ()
) -> Consequence:
    """A consequence."""
    return Consequence(id, name or id.capitalize(), measure, WHERE, tuple(needs))


def worth(actor: str, consequence: str, low: float, high: float | None = None,
          times: str | None = None) -> Payoff:  # fmt: skip
    """A payoff from low to high, or a sure one."""
    top = low if high is None else high
    return Payoff(actor, consequence, Band(low, (low + top) / 2, top), times,
                  f"A sample reason for {consequence}.", WHERE)  # fmt: skip


def game(nodes: Sequence[Node], consequences: Sequence[Consequence], payoffs: Sequence[Payoff],
         facts: Sequence[Fact] = (), actors: Sequence[Actor] = ACTORS) -> Game:  # fmt: skip
    """A game with a scale and a note."""
    return Game("From -10 to 10, made up.", "Made up for tests.", tuple(actors), tuple(facts),
                tuple(consequences), tuple(payoffs), tuple(nodes), WHERE)  # fmt: skip


def sample_game(text: str = "") -> Game:
    """Pressure, support, a strike, who is at the consoles, and a reply; ``text`` in every name."""
    made = game(
        (
            node("press", "adversary", move("refrain"), move("coerce", ("coerced",), "support"),
                 move("strike", ("struck",), "manned")),
            node("support", "supplier", move("aside"), move("advise", ("advisers",), "stance")),
            node("stance", "host", move("concede", ("conceded",)), move("hold", (), "last")),
            node("last", "adversary", move("refrain"), move("strike", ("struck",), "manned")),
            node("manned", "chance",
                 move("theirs", ("crews-fight",), "reply", "at-consoles",
                      needs=("systems", "crews")),
                 move("others")),
            node("reply", "supplier", move("stay"), move("withdraw", ("withdrew",))),
        ),
        (came("coerced"), came("advisers"), came("conceded", "concession", "The host gives way"),
         came("struck", "strike", "The adversary strikes"),
         came("crews-fight", "involvement", "The supplier’s crews are in the fight"),
         came("withdrew", "withdrawal", "The supplier withdraws")),
        (worth("adversary", "coerced", -2, 1), worth("adversary", "struck", 0, 6),
         worth("adversary", "struck", -6, -2, "stopped"), worth("adversary", "crews-fight", -4, 0),
         worth("adversary", "conceded", 2, 8), worth("host", "struck", -9, -3),
         worth("host", "struck", 2, 6, "stopped"), worth("host", "conceded", -8, -2),
         worth("host", "advisers", -1, 3), worth("host", "withdrew", -5, -1),
         worth("supplier", "advisers", -1, 3), worth("supplier", "crews-fight", -5, 1),
         worth("supplier", "withdrew", -4, 0)),
        (fact("stopped", f"raid.{DRONES}.stopped"), fact("luck"),
         fact("at-consoles", "control.s300vm.at_consoles")),
    )  # fmt: skip
    if not text:
        return made
    return dataclasses.replace(
        made, scale=text, note=text,
        facts=tuple(dataclasses.replace(f, name=text, reason=text) for f in made.facts),
        consequences=tuple(dataclasses.replace(c, name=text) for c in made.consequences),
        payoffs=tuple(dataclasses.replace(p, reason=text) for p in made.payoffs),
        actors=tuple(dataclasses.replace(a, name=text) for a in made.actors),
        nodes=tuple(
            dataclasses.replace(
                n, question=text, moves=tuple(dataclasses.replace(m, name=text) for m in n.moves)
            )
            for n in made.nodes
        ),
    )  # fmt: skip


def with_fates(
    fought: RaidOutcomes, stopped: Mapping[str, Sequence[float]] | None = None
) -> RaidOutcomes:
    """The raids with what comes of them in each world; more is stopped where more is joined."""
    if stopped is None:
        base = np.linspace(0.1, 0.7, 32)
        stopped = {k: tuple(float(x) for x in base + s) for k, s in SHIFTS.items()}
    fates = {
        k: Fate(tuple(v), tuple(float(x) / 4 for x in v)) for k, v in stopped.items()
    }  # fmt: skip
    return dataclasses.replace(
        fought, raids=tuple(dataclasses.replace(r, fates=fates) for r in fought.raids)
    )


def sample_crisis(
    assessment: Assessment, made: Game, draws: int = DRAWS,
    stopped: Mapping[str, Sequence[float]] | None = None, at_consoles: Band | None = None,
) -> Calculus:  # fmt: skip
    """The game solved on the sample's own control and raids, or with these in their place."""
    case, control = dataclasses.replace(assessment.case, game=made), assessment.control
    if at_consoles is not None:
        control = dataclasses.replace(
            control,
            systems=tuple(dataclasses.replace(s, at_consoles=at_consoles) for s in control.systems),
        )
    found = calculus(case, control, with_fates(assessment.raids, stopped), draws)
    if found is None:
        raise ValueError("the sample has a game")
    return found


def with_calculus(
    assessment: Assessment, made: Game | None = None,
    record: Sequence[PressureEvent] | None = None,
    stopped: Mapping[str, Sequence[float]] | None = None, at_consoles: Band | None = None,
) -> Assessment:  # fmt: skip
    """The sample assessment with the crisis in it and in its ledger; raids and control as given."""
    made = made or sample_game()
    case = dataclasses.replace(
        assessment.case, game=made,
        pressure=assessment.case.pressure if record is None else tuple(record),
    )  # fmt: skip
    ledger = Ledger(dict(assessment.ledger.quantities), dict(assessment.ledger.leaves))
    for each in DEFAULTS:
        ledger.leaf(Leaf(f"assumption:{each.id}", "assumption", each.statement, each.where,
                         where=each.where))  # fmt: skip
    found = dataclasses.replace(
        assessment, case=case, ledger=ledger,
        assumptions=(*assessment.assumptions, *DEFAULTS),
    )  # fmt: skip
    crisis = sample_crisis(found, made, DRAWS, stopped, at_consoles)
    enter_calculus(ledger, case, crisis)
    return dataclasses.replace(found, calculus=crisis)
