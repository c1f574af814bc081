"""What the other rooms say, as the game's facts: one value a draw, in each world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import STATES
from shieldwall.case.game_records import Fact, Game
from shieldwall.case.records import Band, Case
from shieldwall.control.records import OperationalControl, Weekly
from shieldwall.draws import strata, stream, triangle
from shieldwall.raid.records import RaidOutcomes

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class WorldKind:
    """A world to play the game in: which fate of raids, and what control is made to be."""

    key: str
    name: str
    fate: str | None
    """Key of ``RaidOutcome.fates``; ``None``: nothing is stopped, since nothing is there."""
    set: Mapping[str, float]
    """Last part of a fact -> what it is: ``at_consoles``, ``connected``, ``operating``."""


WORLDS = (
    WorldKind("drawn", "as it is", "drawn", {}),
    WorldKind(
        "without", "without the systems", None,
        {"at_consoles": 0.0, "connected": 0.0, "operating": 0.0},
    ),
    WorldKind("supplier", "supplier's people at the consoles", "supplier",
              {"at_consoles": 1.0, "operating": 1.0}),
    WorldKind("host", "host crews alone", "host", {"at_consoles": 0.0, "operating": 0.0}),
    WorldKind("integrated", "connected", "integrated", {"connected": 1.0}),
    WorldKind("unplugged", "unplugged", "unplugged", {"connected": 0.0}),
)  # fmt: skip

DIFFERENCES = (
    ("systems", "with the systems instead of without", "drawn", "without"),
    ("advisers", "supplier crews instead of host crews", "supplier", "host"),
    ("connection", "connected instead of unplugged", "integrated", "unplugged"),
)
"""Key, name, one world, the other."""


def worlds_of(game: Game) -> tuple[WorldKind, ...]:
    """The worlds that make a difference to a game: those about a supplier need one."""
    has_supplier = any(a.role == "supplier" for a in game.actors)
    return tuple(w for w in WORLDS if has_supplier or w.key not in ("supplier", "host"))


def facts_in(
    case: Case,
    game: Game,
    world: WorldKind,
    control: OperationalControl,
    fought: RaidOutcomes,
    draws: int,
) -> dict[str, Floats]:
    """Fact -> (N,) in one world; the same draws in all of them."""
    return {f.id: _values(case, f, world, control, fought, draws) for f in game.facts}


def _values(
    case: Case,
    fact: Fact,
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
        return _raid(case.seed, fought, what, part, world, draws)
    if part in world.set:
        return np.full(draws, world.set[part])
    return drawn_band(case.seed, f"fact {fact.of}", _control(control, what, part), draws)


def drawn_band(seed: int, name: str, band: Band, draws: int) -> Floats:
    """(N,) of a band, from the stream of that name."""
    return triangle(
        strata(stream(seed, f"calculus {name}"), draws), band.low, band.middle, band.high
    )


def _raid(
    seed: int, fought: RaidOutcomes, raid: str, part: str, world: WorldKind, draws: int
) -> Floats:
    if world.fate is None:
        return np.zeros(draws)
    found = next(r for r in fought.raids if r.raid == raid)
    fate = found.fates[world.fate]
    values = np.array(fate.stopped if part == "stopped" else fate.none_through)
    # The draws of the network in random order, the same for every raid and world.
    rows = stream(seed, "calculus draws").permutation(draws) % values.size
    return values[rows]


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
