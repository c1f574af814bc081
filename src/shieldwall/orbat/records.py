"""The order of battle: what is where, how many, serviceable, as odds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shieldwall.orbat.tally import Tally

LAUNCHER_UNITS = ("launchers", "vehicles", "systems", "radars", "sets")
"""Units of count that mean launch vehicles, or sets of a radar."""

Bits = tuple[tuple[str, float], ...]
"""Origin -> weight of evidence with which it entered, in bits; above zero speaks for it."""


@dataclass(frozen=True)
class UnitOdds:
    """One system at one place: the odds that go into the draws, before holdings bind them."""

    id: str
    """``s300vm@capitan-manuel-rios``"""
    system: str
    place: str
    kind: Literal["system", "radar"]
    presence: float
    """Probability that it is there on the as-of date: never above that of the country."""
    launchers: Tally
    """Launch vehicles (systems) or sets (radars) there, if it is there."""
    serviceable: Tally
    """Share of them that works."""
    origins: tuple[str, ...]
    """Claim ids of the independent origins, each counted once."""
    claims: tuple[str, ...]
    """All claims that speak of it, relays included."""
    overrides: tuple[int, ...]
    """Indices into ``case.overrides`` that were applied."""
    trail: tuple[str, ...]
    """Provenance ids behind the odds."""
    prior: float = 0.5
    """Presence before any claim about the system."""
    bits: Bits = ()
    over_time: tuple[tuple[date, float], ...] = ()
    """Presence on the dates spoken of and on the as-of date, by all that was read by then."""
    warnings: tuple[str, ...] = ()
    """Figures that no possible number of launchers fits: taken for errors."""


@dataclass(frozen=True)
class HeldOdds:
    """A system in the country as a whole, wherever it stands."""

    system: str
    held: float
    """Probability that the country holds any."""
    total: Tally | None
    """How many, in ``unit``; ``None``: unknown."""
    unit: str
    unlocated: bool
    """True where no claim gives a place: it is in the order of battle, but on no map."""
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    trail: tuple[str, ...]
    prior: float = 0.5
    bits: Bits = ()
    warnings: tuple[str, ...] = ()
    """Figures that no possible total fits: taken for errors."""


@dataclass(frozen=True)
class OrderOfBattle:
    """What the evidence says is there."""

    units: tuple[UnitOdds, ...]
    held: tuple[HeldOdds, ...]
    rule: str
    """The name of the rule or model that made it."""
