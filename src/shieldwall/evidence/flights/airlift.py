"""Arrivals and departures by week, as numbers with bands: what later rooms take from tracks.

A movement seen with probability p counts as a coin that shows heads with p; a week's count is the
sum of such coins (Poisson-binomial, computed exactly). What was *not* seen is a matter of the
detection probability d: with n seen, the unseen follow the negative binomial (n + 1, d), the
posterior under an even prior on the true number. Where d is not known, no such number is given:
no track is not evidence of no flight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np

from shieldwall.errors import UsageError
from shieldwall.evidence.flights.records import Floats, Movement

BAND = (0.05, 0.95)
"""Bands hold nine tenths."""

MOST_UNSEEN = 4_000


@dataclass(frozen=True)
class Number:
    """An expected number and the band that holds nine tenths of its chances."""

    expected: float
    low: int
    high: int


@dataclass(frozen=True)
class Week:
    """Movements at an airfield (or several taken as one) from a Monday, 00:00 UTC."""

    start: str
    """ISO date of the Monday."""
    seen_arrivals: Number
    seen_departures: Number
    arrivals: Number | None
    """True number; ``None`` where the detection probability is not known: unknown, not zero."""
    departures: Number | None
    balance: Number | None
    """Arrivals less departures, of the true numbers."""
    detection: float | None

    @property
    def said(self) -> str:
        """One line in words."""
        seen = f"{self.seen_arrivals.expected:.1f} arrivals, "
        seen += f"{self.seen_departures.expected:.1f} departures seen"
        if self.arrivals is None or self.departures is None:
            return f"week of {self.start}: {seen}; how many there were is unknown"
        return (
            f"week of {self.start}: {seen}; arrivals {self.arrivals.low} to {self.arrivals.high}, "
            f"departures {self.departures.low} to {self.departures.high}"
        )


def airlift(
    movements: Sequence[Movement],
    airports: str | tuple[str, ...],
    detection: float | None = None,
) -> tuple[Week, ...]:
    """Every week from the first movement (anywhere) to the last, empty ones included.

    ``detection`` is the probability that a movement there is seen at all, in (0, 1]; ``None``
    where it is not known. Raises ``UsageError`` for another value.
    """
    if detection is not None and not 0.0 < detection <= 1.0:
        raise UsageError(f"detection {detection:g}: must be above 0 and at most 1, or None")
    wanted = (airports,) if isinstance(airports, str) else airports
    ends = [m for m in movements if m.end]
    if not ends:
        return ()
    start, last = _monday(min(m.time_s for m in ends)), _monday(max(m.time_s for m in ends))
    weeks = []
    while start <= last:
        inside = [m for m in ends if _monday(m.time_s) == start]
        weeks.append(_week(start, inside, wanted, detection))
        start += timedelta(days=7)
    return tuple(weeks)


def _monday(time_s: float) -> datetime:
    day = datetime.fromtimestamp(time_s, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def _week(
    start: datetime, inside: list[Movement], wanted: tuple[str, ...], detection: float | None
) -> Week:
    seen = [_coins([_chance(m, wanted) for m in inside if m.end == e]) for e in ENDS]
    true = None if detection is None else [_with_unseen(s, detection) for s in seen]
    arrivals = departures = balance = None
    if true is not None:
        arrivals, departures = (_number(t, 0) for t in true)
        balance = _number(np.convolve(true[0], true[1][::-1]), 1 - len(true[1]))
    return Week(
        start.date().isoformat(), _number(seen[0], 0), _number(seen[1], 0),
        arrivals, departures, balance, detection,
    )  # fmt: skip


ENDS = ("arrival", "departure")


def _chance(movement: Movement, wanted: tuple[str, ...]) -> float:
    """That the movement was at one of the airfields, named or only a candidate."""
    return min(1.0, sum(c.probability for c in movement.candidates if c.airport in wanted))


def _coins(chances: Sequence[float]) -> Floats:
    """Probabilities of 0, 1, 2 ... heads."""
    odds = np.ones(1)
    for chance in chances:
        odds = np.convolve(odds, [1.0 - chance, chance])
    return odds


def _with_unseen(seen: Floats, detection: float) -> Floats:
    """Probabilities of the true number, given those of the number seen."""
    if detection >= 1.0:
        return seen
    size = min(int((len(seen) + 4.0 * np.sqrt(len(seen)) + 12.0) / detection), MOST_UNSEEN)
    unseen = np.arange(size, dtype=np.float64)
    total = np.zeros(len(seen) + size - 1)
    term = detection * (1.0 - detection) ** unseen
    for n, chance in enumerate(seen):
        total[n : n + size] += chance * term / term.sum()
        term = np.convolve(term, detection * (1.0 - detection) ** unseen)[:size]
    return np.asarray(total / total.sum())


def _number(odds: Floats, least: int) -> Number:
    """Mean and band of probabilities of least, least + 1, ..."""
    below = np.cumsum(odds)
    low, high = (int(np.searchsorted(below, q)) + least for q in BAND)
    values = np.arange(len(odds)) + least
    return Number(float(odds @ values), low, min(high, least + len(odds) - 1))
