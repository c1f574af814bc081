"""What the other rooms say, as the game's facts: one value a draw, in each world and state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from shieldwall.calculus.tree import State, Tree
from shieldwall.case.control_records import STATES
from shieldwall.case.game_records import Fact, Game
from shieldwall.case.records import Band, Case
from shieldwall.control.records import OperationalControl, Weekly
from shieldwall.draws import strata, stream, triangle
from shieldwall.raid.records import RaidOutcomes, fate_key

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WorldKind:
    """A world to play the game in: what is there, and what raids and control are made to be."""

    key: str
    name: str
    lacks: frozenset[str]
    """What moves and consequences may need and is not there."""
    state: State
    """How raids are fought where no move on the way says so: connection, crews."""
    set: Mapping[str, float]
    """Last part of a fact -> what it is: ``at_consoles``, ``connected``, ``operating``."""


WORLDS = (
    WorldKind("drawn", "as it is", frozenset(), ("drawn", "drawn"), {}),
    WorldKind(
        "without", "without the systems", frozenset({"systems"}), ("drawn", "drawn"),
        {"at_consoles": 0.0, "connected": 0.0, "operating": 0.0},
    ),
    WorldKind(
        "host", "without the supplier's people", frozenset({"crews"}), ("drawn", "host"),
        {"at_consoles": 0.0, "operating": 0.0},
    ),
    WorldKind(
        "supplier", "supplier's people surely at the consoles", frozenset(), ("drawn", "supplier"),
        {"at_consoles": 1.0, "operating": 1.0},
    ),
    WorldKind("connected", "connected", frozenset(), ("joined", "drawn"), {"connected": 1.0}),
    WorldKind("apart", "not connected", frozenset(), ("apart", "drawn"), {"connected": 0.0}),
)  # fmt: skip

DIFFERENCES = (
    ("systems", "with the systems instead of without", "drawn", "without"),
    ("advisers", "with the supplier's people instead of without", "drawn", "host"),
    ("connection", "connected instead of not", "connected", "apart"),
    ("crews", "supplier's people surely at the consoles instead of host crews alone", "supplier",
     "host"),
)  # fmt: skip
"""Key, name, one world, the other."""


def worlds_of(game: Game) -> tuple[WorldKind, ...]:
    """The worlds that make a difference to a game: those about a supplier need one."""
    has_supplier = any(a.role == "supplier" for a in game.actors)
    return tuple(w for w in WORLDS if has_supplier or w.key not in ("supplier", "host"))


def facts_in(
    case: Case,
    tree: Tree,
    world: WorldKind,
    control: OperationalControl,
    fought: RaidOutcomes,
    draws: int,
) -> dict[str, Floats]:
    """Fact -> (S, N) by state of the tree, in one world; the same draws in all of them.

    Only facts of raids differ between states.
    """
    forced = _forced(tree.game, world)
    return {
        f.id: np.broadcast_to(
            _values(case, f, tree.states, world, control, fought, draws)
            if f.id not in forced else np.full(draws, forced[f.id]),
            (len(tree.states), draws),
        )
        for f in tree.game.facts
    }  # fmt: skip


def _forced(game: Game, world: WorldKind) -> dict[str, float]:
    """Facts that tell a chance of being joined, in a world that is, or is not."""
    if world.state[0] == "drawn":
        return {}
    return {
        m.chance: float(m.network == world.state[0])
        for n in game.nodes for m in n.moves if m.chance is not None and m.network is not None
    }  # fmt: skip


def of_raid(fact: Fact) -> bool:
    """Whether the fact is of a raid: such a one differs by state, and is believed in part."""
    return fact.of is not None and fact.of.startswith("raid.")


def _values(
    case: Case,
    fact: Fact,
    states: tuple[State, ...],
    world: WorldKind,
    control: OperationalControl,
    fought: RaidOutcomes,
    draws: int,
) -> Floats:
    if fact.of is None:
        if fact.band is None:
            raise ValueError(f"fact {fact.id} has neither a source nor a band")
        return drawn_band(case.seed, f"fact {fact.id}", fact.band, draws)
    kind, what, part = fact.of.split(".")
    if kind == "raid":
        return _raid(case.seed, fought, what, part, states, world, draws)
    if part in world.set:
        return np.full(draws, world.set[part])
    return drawn_odds(case.seed, f"fact {fact.of}", _control(control, what, part), draws)


def drawn_band(seed: int, name: str, band: Band, draws: int) -> Floats:
    """(N,) of a band, from the stream of that name."""
    return triangle(
        strata(stream(seed, f"calculus {name}"), draws), band.low, band.middle, band.high
    )


def drawn_odds(seed: int, name: str, odds: Band, draws: int) -> Floats:
    """(N,) of a chance that another room knows by its mean and its 5th and 95th percentile: a beta
    distribution with that mean, and as wide. ``odds.middle`` is the mean."""
    mean, wide = odds.middle, odds.high - odds.low
    if not 0.0 < mean < 1.0 or wide <= 0.0:
        return np.full(draws, mean)
    both = beta_of(mean, wide)
    uniform = strata(stream(seed, f"calculus {name}"), draws)
    found: Floats = betaincinv(*both, uniform)
    return found


def beta_of(mean: float, wide: float) -> tuple[float, float]:
    """The beta distribution of a mean whose 5th and 95th percentile lie so far apart; where none
    is as wide, the widest."""
    heaviest, lightest = 6.0, -2.0
    tried = np.logspace(heaviest, lightest, 161)
    widths = _width(mean, tried)
    enough = np.flatnonzero(widths >= wide)
    if not enough.size:
        weight = float(tried[int(widths.argmax())])
        return mean * weight, (1 - mean) * weight
    first = int(enough[0])  # from the tightest on
    low, high = np.log(tried[first]), np.log(tried[max(first - 1, 0)])
    for _ in range(50):
        middle = (low + high) / 2
        if _width(mean, np.exp([middle]))[0] >= wide:
            low = middle
        else:
            high = middle
    weight = float(np.exp(low))
    return mean * weight, (1 - mean) * weight


def _width(mean: float, weights: Floats) -> Floats:
    a, b = mean * weights, (1 - mean) * weights
    found: Floats = betaincinv(a, b, 0.95) - betaincinv(a, b, 0.05)
    return found


def _raid(
    seed: int,
    fought: RaidOutcomes,
    raid: str,
    part: str,
    states: tuple[State, ...],
    world: WorldKind,
    draws: int,
) -> Floats:
    """(S, N): what comes of the raid in each state; nothing is stopped without the systems."""
    if "systems" in world.lacks:
        return np.zeros((len(states), draws))
    found = next(r for r in fought.raids if r.raid == raid)
    # The draws of the network in random order, the same for every raid, state and world.
    order = stream(seed, "calculus draws").permutation(draws)
    rows = []
    for state in states:
        network, crews = (
            own if own != "drawn" else given for own, given in zip(state, world.state, strict=True)
        )
        fate = found.fates[fate_key(network, crews)]
        values = np.array(fate.stopped if part == "stopped" else fate.none_through)
        rows.append(values[order % values.size])
    return np.array(rows)


def _control(control: OperationalControl, what: str, part: str) -> Band:
    """The posterior odds of the as-of date: mean, 5th and 95th percentile."""
    if what == "mission":
        if control.mission is None:
            return Band(0.0, 0.0, 0.0)
        return _last(control.mission, STATES["mission"].index("operating"))
    system = next((s for s in control.systems if s.system == what), None)
    if system is None:  # on an earlier day, before the transfer was told of
        return Band(0.0, 0.0, 0.0)
    if part == "connected":
        return _last(system.connected, 0)
    return system.at_consoles


def _last(weekly: Weekly, state: int) -> Band:
    return Band(
        float(weekly.low[-1, state]), float(weekly.mean[-1, state]), float(weekly.high[-1, state])
    )
