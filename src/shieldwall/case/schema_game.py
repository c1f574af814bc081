"""The tables of game.toml: a crisis as a game of governments, under stated assumptions."""

from __future__ import annotations

from typing import get_args

from pydantic import Field

from shieldwall.case.game_records import CrewState, Measure, Need, NetworkState, Role
from shieldwall.case.schema_values import Id, Name, Table, Text

MOST_WORTH = 100.0
MAX_MOVES = 8
"""Of one node."""
MAX_BROUGHT = 20
"""Consequences of one move."""


class WorthBand(Table):
    """What something is worth on the game's scale, with its uncertainty."""

    low: float = Field(ge=-MOST_WORTH, le=MOST_WORTH, description="the lowest that can be defended")
    likely: float | None = Field(
        None, ge=-MOST_WORTH, le=MOST_WORTH, description="the most likely value"
    )
    high: float = Field(
        ge=-MOST_WORTH, le=MOST_WORTH, description="the highest that can be defended"
    )


class FactBand(Table):
    """What is assumed of a fact: a chance or a share, 0 to 1, or a factor that scales payoffs."""

    low: float = Field(ge=0, le=MOST_WORTH, description="the lowest value that can be defended")
    likely: float | None = Field(None, ge=0, le=MOST_WORTH, description="the most likely value")
    high: float = Field(ge=0, le=MOST_WORTH, description="the highest value that can be defended")


class GameTable(Table):
    """What the game as a whole rests on."""

    scale: Text = Field(description="what a payoff of 1 means, and between which ends payoffs lie")
    worst: float = Field(
        ge=-MOST_WORTH, le=MOST_WORTH, description="the lowest payoff of the scale, such as -10"
    )
    best: float = Field(
        ge=-MOST_WORTH, le=MOST_WORTH, description="the highest payoff of the scale, such as 10"
    )
    note: Text = Field(description="what is assumed and left out, and how payoffs were decided")


class ActorTable(Table):
    """A government that chooses."""

    id: Id = Field(description='the name other tables use for it; not "chance"')
    name: Name = Field(description="what the report calls it")
    role: Role = Field(description=f"one of: {', '.join(get_args(Role))}; each once at most")


class FactTable(Table):
    """A number that other rooms compute, or that is assumed."""

    id: Id = Field(description="the name moves and payoffs use for it")
    name: Name = Field(description="what the report calls it")
    of: Name | None = Field(
        None,
        description=(
            "raid.RAID.stopped, raid.RAID.none_through, control.SYSTEM.at_consoles, "
            "control.SYSTEM.connected or control.mission.operating; leave out where band is given"
        ),
    )
    band: FactBand | None = Field(None, description="what is assumed; leave out where of is given")
    reason: Text = Field(description="why this number stands for that, or why it is assumed")


class ConsequenceTable(Table):
    """Something that moves bring about, and that actors value."""

    id: Id = Field(description="the name moves and payoffs use for it")
    name: Name = Field(description="what the report calls it")
    measure: Measure = Field(
        "other", description=f"what it counts towards, one of: {', '.join(get_args(Measure))}"
    )
    needs: list[Need] = Field(
        default=[], max_length=2,
        description="what must be there for it to come about: systems, crews (the supplier's)",
    )  # fmt: skip


class PayoffTable(Table):
    """What a consequence is worth to an actor."""

    actor: Id = Field(description="the id of an [[actor]]")
    consequence: Id = Field(description="the id of a [[consequence]]")
    worth: WorthBand = Field(description="on the game's scale: { low, likely, high }")
    times: Id | None = Field(
        None, description="the [[fact]] that scales it; leave out for worth as it stands"
    )
    reason: Text = Field(description="what was published of it, and what is assumed")


class MoveTable(Table):
    """One choice, or one outcome of chance."""

    id: Id = Field(description="a name for this move, once in its node")
    name: Name = Field(description="what is done, or happens, in plain words")
    brings: list[Id] = Field(
        default=[], max_length=MAX_BROUGHT, description="ids of the [[consequence]] tables it adds"
    )
    leads: Id | None = Field(
        None, description="the [[node]] that comes next; leave out where the game ends"
    )
    chance: Id | None = Field(
        None,
        description="at a node of chance: the [[fact]] that is its probability; one move has none",
    )
    needs: list[Need] = Field(
        default=[], max_length=2,
        description="what must be there for it: systems, crews (the supplier's people)",
    )  # fmt: skip
    network: NetworkState | None = Field(
        None,
        description="what it tells of connection: joined, apart; facts of raids are then those of "
        "raids fought so",
    )
    crews: CrewState | None = Field(
        None,
        description="who operates from then on: supplier, host; facts of raids are then those of "
        "raids fought so",
    )


class NodeTable(Table):
    """A point at which somebody chooses, knowing all that came before; the first is the root."""

    id: Id = Field(description="the name moves use for it")
    actor: Id = Field(description='the id of an [[actor]], or "chance"')
    question: Text = Field(description="what is decided here, in one sentence")
    move: list[MoveTable] = Field(
        min_length=2, max_length=MAX_MOVES, description="a [[node.move]] for each choice: 2 to 8"
    )
