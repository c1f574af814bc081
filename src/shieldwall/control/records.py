"""What the room of operational control hands on."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import Foretold, Indicator, Transfer
from shieldwall.case.records import Band, Family
from shieldwall.control.rates import Learnt

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Reading:
    """One origin's word, or look, on one sign; relays add nothing to it."""

    indicator: str
    system: str | None
    """``None``: of the mission."""
    says: Literal["yes", "no"]
    """Whether it says that the sign was so; how far that is believed is in ``ratio``."""
    speaker: str
    """The claim that is the origin."""
    source: str
    family: Family
    claims: tuple[str, ...]
    """All claims of the case behind it, relays included."""
    on: date | None
    """``None``: undated."""
    week: int
    """Index into the weeks; an undated one stands in the last."""
    ratio: Band
    """How much likelier it is made where the sign was so than where it was not."""

    @property
    def bits(self) -> float:
        """Weight of evidence for the sign's being so; below zero speaks against."""
        return math.log2(self.ratio.middle)


@dataclass(frozen=True)
class Window:
    """Readings of one thing: of a sign, within its persistence of the first."""

    indicator: str
    system: str | None
    week: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Weekly:
    """Probabilities by week, as means over the draws and 5th and 95th percentile: each (T, K)."""

    mean: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class NeedOdds:
    """How likely a need of independence is met on the as-of date."""

    need: str
    """``crews``, ``upkeep`` or ``links``."""
    name: str
    odds: Band


@dataclass(frozen=True)
class Ahead:
    """What is forecast for one date."""

    on: date
    independent: Band
    connected: Band
    serviceable: Band
    all_three: Band
    """Independent, connected and serviceable at once."""


@dataclass(frozen=True)
class Forecast:
    """How operational control goes on from the as-of date."""

    dates: tuple[Ahead, ...]
    weeks: tuple[int, ...]
    """Weeks ahead of the course below."""
    independent: Weekly
    """(weeks, 1)"""
    all_three: Weekly
    """(weeks, 1)"""
    within: tuple[tuple[float, Band], ...]
    """(years ahead, probability of having been independent by then)."""
    quantiles: tuple[float | None, float | None, float | None]
    """Years until independence, with chance 5, 50 and 95 %; ``None``: beyond the horizon."""


@dataclass(frozen=True)
class NextObservation:
    """A look that could be taken among published things, and what it would teach."""

    indicator: str
    name: str
    system: str
    about: str
    """Whose state it would tell of: ``operators`` or ``connection``."""
    how: str
    family: Family
    bits: float
    """Expected gain of information about that state, given all that is known."""
    low: float
    high: float
    """5th and 95th percentile over the draws."""
    effort_days: float
    wait_days: float
    chance: float
    """That it would be found."""
    found: tuple[float, ...]
    """Probability of each state, were it found."""
    not_found: tuple[float, ...]

    @property
    def per_effort(self) -> float:
        """Bits for each day of an analyst's work."""
        return self.bits / self.effort_days

    @property
    def per_day(self) -> float:
        """Bits for each day of waiting."""
        return self.bits / self.wait_days


@dataclass(frozen=True)
class Step:
    """One step of the waterfall: what an origin adds to what was known before it, in date order."""

    speaker: str
    indicator: str
    says: Literal["yes", "no", ""]
    family: Family
    on: date | None
    independent: float
    """Probability of independent control once it is taken in."""
    connected: float


@dataclass(frozen=True)
class Effect:
    """What leaving out one piece of evidence does to one system."""

    by: str
    """``document``, ``origin``, ``source`` or ``family``."""
    key: str
    claims: tuple[str, ...]
    """Those left out that something read rests on, sorted."""
    independent: float
    connected: float
    """As they would be without it."""


@dataclass(frozen=True)
class FamilySays:
    """What one source family says of one sign, and how much that weighs."""

    indicator: str
    family: Family
    yes: int
    no: int
    """Origins that speak either way."""
    bits: float
    """Of the sign's being so, all its origins together; below zero speaks against."""


@dataclass(frozen=True)
class SystemControl:
    """Who operates one system, as if the country holds it."""

    system: str
    transfer: Transfer
    held: float
    """Probability that the country holds it at all, by the order of battle's rule."""
    start: int
    """Index of the week of delivery; before it there is nothing to operate."""
    operators: Weekly
    """(T, 6), given all that was read."""
    filtered: Floats
    """(T, 6), each week given what spoke of it or of earlier weeks."""
    at_consoles: Band
    """Probability that the supplier's people sit at its consoles on the as-of date."""
    connected: Weekly
    """(T, 1)"""
    serviceable: Floats
    """(T,) expected share that works, by the order of battle's rule at each week."""
    works_now: Band
    """The same on the as-of date, with 5th and 95th percentile."""
    needs: tuple[NeedOdds, ...]
    families: tuple[FamilySays, ...]
    windows: tuple[Window, ...]
    forecast: Forecast
    next_observations: tuple[NextObservation, ...]
    """The most telling first."""
    steps: tuple[Step, ...]
    effects: tuple[Effect, ...]

    @property
    def now(self) -> Floats:
        """(6,) who operates on the as-of date."""
        found: Floats = self.operators.mean[-1]
        return found


@dataclass(frozen=True)
class Told:
    """The forecast of an event that the case foretold."""

    event: Foretold
    odds: Band
    draws: Floats
    """(D,) the probability in each draw."""
    why: str


@dataclass(frozen=True)
class Draws:
    """What the network draws from: who operates and what is connected, joint over systems."""

    operators: dict[str, Ints]
    """System -> (D,) index into the states of operators."""
    connected: dict[str, Bools]
    """System -> (D,)"""


@dataclass(frozen=True)
class OperationalControl:
    """The answer to who operates the network."""

    weeks: tuple[date, ...]
    """The day each week ends; the last is the as-of date."""
    systems: tuple[SystemControl, ...]
    domestic: tuple[Transfer, ...]
    """Systems of the host's own make: their control is not in doubt."""
    mission: Weekly | None
    """(T, 4) what the supplier's mission does; ``None`` where no system came from abroad."""
    mission_windows: tuple[Window, ...]
    rates: tuple[Learnt, ...]
    told: tuple[Told, ...]
    indicators: dict[str, Indicator]
    """The signs in force."""
    drawn: Draws
    exact: bool
    """Whether the mission was carried exactly, not by paths drawn from its posterior."""
