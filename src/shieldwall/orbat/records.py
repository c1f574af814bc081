"""The order of battle: what is where, how many, serviceable, as odds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Band


@dataclass(frozen=True)
class UnitOdds:
    """One system at one place: the odds that go into the draws, before holdings bind them."""

    id: str
    """``s300vm@capitan-manuel-rios``"""
    system: str
    place: str
    kind: Literal["system", "radar"]
    presence: float
    launchers: Band
    """Launch vehicles (systems) or sets (radars) there, if it is there."""
    serviceable: Band
    """Share of them that work."""
    origins: tuple[str, ...]
    """Claim ids of the independent origins, each counted once."""
    claims: tuple[str, ...]
    """All claims that speak of it, relays included."""
    overrides: tuple[int, ...]
    """Indices into ``case.overrides`` that were applied."""
    trail: tuple[str, ...]
    """Provenance ids behind the odds."""


@dataclass(frozen=True)
class HeldOdds:
    """A system in the country as a whole, wherever it stands."""

    system: str
    held: float
    """Probability that the country holds any."""
    total: Band | None
    """How many, in ``unit``; ``None``: unknown."""
    unit: str
    unlocated: bool
    """True where no claim gives a place: it is in the order of battle, but on no map."""
    origins: tuple[str, ...]
    claims: tuple[str, ...]
    trail: tuple[str, ...]


@dataclass(frozen=True)
class OrderOfBattle:
    """What the evidence says is there."""

    units: tuple[UnitOdds, ...]
    held: tuple[HeldOdds, ...]
    rule: str
    """The name of the rule or model that made it."""
