"""Is it held, is it there: a tree with the country at its root, solved exactly.

H: the country holds the system. Given H, each place named for it is a chain in continuous time,
there or not, with leave rate a = ln 2 / half-life and arrival rate b = a p / (1 - p), so that p,
the prior of a place, is what the chain returns to. Without H it is nowhere. Voices are independent
given what they speak of, and speak of the state at their own date: forward-backward over two states
(Rabiner 1989, section III), whose likelihood is the place's message to the root:

    odds(H) = odds of the prior x product over voices on the country of (so / not so)
                                x product over places of P(voices | H) / P(voices | nowhere)

An undated voice speaks of the as-of date with the chance ``undated_persistence``, and of a time
long gone otherwise. P(there) = P(H) P(there | H, voices): never above P(H).

Of one source's voices on a system one speaks for H and one against, the weightiest: given H is
false, who invents the system at one place may name others at no cost, and its further claims say
where, not whether.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import cached_property

from shieldwall.evidence.witness import Voice, leads, witnesses

State = tuple[float, float]
"""Not there, there."""


@dataclass(frozen=True)
class Pace:
    """How a system stands at the places named for it."""

    prior: float
    leave: float
    """Per year."""
    undated: float
    """Chance that an undated claim speaks of the as-of date."""

    def after(self, years: float, there: float) -> float:
        """Chance of being there ``years`` on, from the chance ``there``."""
        return self.prior + (there - self.prior) * math.exp(-self.leave * years / (1 - self.prior))


@dataclass(frozen=True)
class Stand:
    """One place, given that the country holds the system."""

    there: float
    """On the as-of date."""
    root: float
    """Log of P(voices | held) / P(voices | not held)."""
    voices: tuple[Voice, ...]
    filtered: tuple[tuple[float, float], ...]
    """(years before the as-of date, chance of being there by what speaks of then or earlier)."""
    pace: Pace

    @cached_property
    def past(self) -> tuple[tuple[float, float], ...]:
        """The same by all voices, oldest first, the as-of date last."""
        return _smoothed(self.filtered, self.pace)


@dataclass(frozen=True)
class Presence:
    """A system in its country and at its places."""

    held: float
    stands: dict[str, Stand]
    voices: tuple[tuple[Voice, float], ...]
    """Those that speak of the country, with their weight on it in bits: see ``leads``."""
    place_prior: float

    def at(self, place: str) -> float:
        """Probability that it is there on the as-of date."""
        return self.held * self.given_held(place)

    def given_held(self, place: str) -> float:
        """The same, if the country holds any."""
        stand = self.stands.get(place)
        return self.place_prior if stand is None else stand.there


def infer(
    country: Iterable[Voice], places: dict[str, tuple[Voice, ...]], prior: float, pace: Pace
) -> Presence:
    """The posterior over country and places, whatever the order of what is given."""
    country = tuple(country)
    for_it = witnesses(v for v in country if v.log_ratio > 0)
    against = witnesses(v for v in country if v.log_ratio < 0)
    # Only who is heard at a place may lead there: a lead that is not would be lost to the country.
    heard = {place: witnesses(at) for place, at in sorted(places.items())}
    lead = leads([
        *((v, v.log_ratio) for v in (*for_it, *against)),
        *((v, _on_country(v, pace)) for at in heard.values() for v in at),
    ])  # fmt: skip
    stands = {place: _stand(at, lead, pace) for place, at in heard.items()}
    log_odds = math.fsum([
        math.log(prior / (1 - prior)),
        *(v.log_ratio for v in (*for_it, *against) if v.key in lead),
        *(s.root for s in stands.values()),
    ])  # fmt: skip
    spoken = tuple((v, log / math.log(2)) for _, (v, log) in sorted(lead.items()))
    return Presence(_logistic(log_odds), stands, spoken, pace.prior)


def _on_country(voice: Voice, pace: Pace) -> float:
    """Log ratio of the country holding any, from one voice on one place."""
    return math.log(((1 - pace.prior) * voice.not_so + pace.prior * voice.so) / voice.not_so)


def _logistic(log_odds: float) -> float:
    if log_odds < 0:
        return math.exp(log_odds) / (1 + math.exp(log_odds))
    return 1 / (1 + math.exp(-log_odds))


def _stand(voices: tuple[Voice, ...], lead: Container[tuple[str, str]], pace: Pace) -> Stand:
    filtered, given_held = _chain(voices, pace)
    spoken = tuple(v for v in voices if v.key in lead)
    if len(spoken) < len(voices):
        given_held = _chain(spoken, pace)[1]
    nowhere = math.fsum(math.log(v.not_so) for v in spoken)
    return Stand(filtered[-1][1], given_held - nowhere, voices, filtered, pace)


def _chain(voices: tuple[Voice, ...], pace: Pace) -> tuple[tuple[tuple[float, float], ...], float]:
    """Forward pass: the chance of being there at each date, and the log-likelihood of it all."""
    # Sorted by what they say, not by who: ids must not decide the last bit.
    heard = sorted((0.0 if v.age is None else -v.age, _emission(v, pace)) for v in voices)
    heard.append((0.0, (1.0, 1.0)))
    forward, logs, before = [], [], -heard[0][0]
    there = pace.prior
    for minus_years, (absent, present) in heard:
        years = -minus_years
        there = pace.after(before - years, there)
        total = (1 - there) * absent + there * present
        there = there * present / total
        logs.append(math.log(total))
        forward.append((years, there))
        before = years
    return tuple(forward), math.fsum(logs)


def _emission(voice: Voice, pace: Pace) -> State:
    if voice.age is not None:
        return voice.not_so, voice.so
    gone = (1 - pace.prior) * voice.not_so + pace.prior * voice.so
    return (
        pace.undated * voice.not_so + (1 - pace.undated) * gone,
        pace.undated * voice.so + (1 - pace.undated) * gone,
    )


def _smoothed(
    forward: tuple[tuple[float, float], ...], pace: Pace
) -> tuple[tuple[float, float], ...]:
    """Backward pass (Rauch, Tung and Striebel's form for a chain): each date by all voices."""
    later_years, later = forward[-1]
    found = [(later_years, later)]
    for years, there in reversed(forward[:-1]):
        gap = years - later_years
        ahead = pace.after(gap, there)
        stays = pace.after(gap, 1.0)
        smooth = 0.0
        if ahead > 0:
            smooth += later * there * stays / ahead
        if ahead < 1:
            smooth += (1 - later) * there * (1 - stays) / (1 - ahead)
        found.append((years, smooth))
        later_years, later = years, smooth
    return tuple(reversed(found))
