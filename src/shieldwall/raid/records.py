"""What the room finds, as the report, the exports and the verbs read it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shieldwall.raid.statistics import Distribution, Interval, Rare


@dataclass(frozen=True)
class LayerShare:
    """What one layer does in a raid."""

    layer: str
    kills: Distribution
    shots: Distribution
    shapley: Distribution
    """Its fair share of the threats stopped: the mean over all orders in which layers may be
    added (Shapley 1953)."""
    exhausted: Interval
    """Share of raids in which a unit of it used up its ready rounds."""
    exhausted_s: float | None
    """Median time to that, of those raids; ``None``: it never happened."""


@dataclass(frozen=True)
class WeaponShare:
    """What one kind of interceptor of one system does in a raid, and what that costs."""

    system: str
    kind: str
    """``missile`` or ``gun``."""
    layer: str
    shots: Distribution
    kills: Distribution
    """Real threats."""
    shots_per_kill: Interval | None
    """Ratio of means, decoys counted as threats are, band over draws; ``None``: no kill."""
    cost_per_kill: Interval | None
    """The same in million US dollars of rounds; ``None`` too where a round has no published
    price."""


@dataclass(frozen=True)
class Change:
    """How much the outcome changes, paired on the same draws and replications."""

    key: str
    name: str
    more: Distribution
    """More threats through with it so than as it is."""
    none_through: float
    """Change of the probability that none comes through."""


@dataclass(frozen=True)
class Size:
    """One point of the saturation curve."""

    threats: int
    leakers: Distribution
    none_through: Interval


@dataclass(frozen=True)
class Sobol:
    """How much of the variance over draws one group of unknowns makes (Sobol 1993)."""

    group: str
    first: Interval
    """By itself."""
    total: Interval
    """With all its interactions (Jansen 1999)."""


@dataclass(frozen=True)
class Cost:
    """What a kill costs, in million US dollars; ``None`` where no price is published."""

    threat_lost: Distribution | None
    """Published price of the threats killed, in one raid."""
    rounds_fired: Distribution | None
    """Published price of the rounds fired, where every layer that fired has one."""
    unpriced: tuple[str, ...]
    """Systems and threats without a published price."""


@dataclass(frozen=True)
class Event:
    """One line of a replayed raid."""

    at_s: float
    kind: str
    """found, ordered, fired, empty, teams fired, killed, through"""
    threat: int
    by: str
    """The unit, or the teams; empty for the network."""
    rounds: int
    real: bool


@dataclass(frozen=True)
class Replay:
    """One replication of one draw, as it went."""

    draw: int
    replication: int
    mode: str
    threats: tuple[tuple[str, float, float, bool], ...]
    """Of each threat: what it is, start and end in seconds, whether it is real."""
    events: tuple[Event, ...]
    leakers: int
    working: tuple[str, ...]
    """Functions that worked."""


NETWORKS = ("drawn", "joined", "apart")
"""Connection as drawn; every system joined; none joined, where each fights alone with the chance
that it does so as drawn."""
CREW_STATES = ("drawn", "supplier", "host")
"""Crews as drawn; the supplier's at everything that came from abroad; the host's alone, at what
has any crew in the draw."""


def fate_key(network: str, crews: str) -> str:
    """Key of ``RaidOutcome.fates``: one of ``NETWORKS`` and one of ``CREW_STATES``."""
    return f"{network}.{crews}"


@dataclass(frozen=True)
class Fate:
    """What comes of a raid in each draw, given the state of connection and crews: for whoever
    weighs raids against choices."""

    stopped: tuple[float, ...]
    """Mean share of the real threats that do not come through."""
    none_through: tuple[float, ...]
    """Share of the replications in which none does."""


@dataclass(frozen=True)
class RaidOutcome:
    """One raid against the ensemble."""

    raid: str
    name: str
    area: str
    axis: str
    """``all round``, or the name of the origin."""
    threats: int
    decoys: int
    draws: int
    replications: int
    leakers: Distribution
    leaker_histogram: tuple[float, ...]
    """Probability of 0, 1, 2 ... real threats through, over draws and chance."""
    draw_means: tuple[float, ...]
    """Mean leakers of each draw, in rising order."""
    none_through: Interval
    none_through_band: tuple[float, float]
    """5th and 95th percentile over draws."""
    none_through_rare: Rare | None
    """By strata of the raid-level effect, where it is rare or nearly certain."""
    layers: tuple[LayerShare, ...]
    weapons: tuple[WeaponShare, ...]
    shots: Distribution
    shots_per_kill: Interval | None
    """Ratio of means; band over draws that killed any; ``None``: none did."""
    cost: Cost
    integration: Change
    """Integrated less autonomous."""
    advisers: Change | None
    """Supplier crews less host crews; ``None`` where no system came from abroad."""
    systems: tuple[Change, ...]
    """Without each system."""
    functions: tuple[Change, ...]
    """Without each function: resilience."""
    modes: tuple[tuple[str, Distribution], ...]
    """Leakers in each mode of the network."""
    saturation: tuple[Size, ...]
    sobol: tuple[Sobol, ...]
    luck: float | None
    """Share of the whole variance that chance makes, whatever is known; ``None``, and no indices,
    where the runs are too few to tell."""
    replay: Replay | None
    fates: Mapping[str, Fate]
    """``fate_key`` -> what comes of it, for every state of connection and crews."""


@dataclass(frozen=True)
class RaidOutcomes:
    """All raids of a case."""

    raids: tuple[RaidOutcome, ...]
    unsited: tuple[str, ...]
    """Systems told of without a place: no unit of theirs is drawn."""
