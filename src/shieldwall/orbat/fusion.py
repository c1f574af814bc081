"""A case with its evidence, sorted by system: what presence is inferred from, once or again."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import Assumption, Case, Claim, Holding, Override
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.assumptions import ABOUT_ERROR
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import NOTHING, Hearing, Left, Telling, Voice
from shieldwall.orbat.assumptions import DEFAULTS
from shieldwall.orbat.counts import Care, Sizes
from shieldwall.orbat.presence import Pace, Presence, infer
from shieldwall.orbat.records import LAUNCHER_UNITS


@dataclass(frozen=True)
class Fusion:
    """A case with its evidence, sorted by system, ready to be fused or fused again."""

    case: Case
    catalogue: Catalogue
    evidence: Evidence

    @cached_property
    def assumed(self) -> dict[str, Assumption]:
        return in_force(self.case, DEFAULTS)

    @cached_property
    def speaking(self) -> dict[str, tuple[Claim, ...]]:
        """System -> the claims that speak of its being there, in order of their ids."""
        found: dict[str, list[Claim]] = {}
        known = self.catalogue.systems.keys() | self.catalogue.radars.keys()
        for claim in sorted(self.evidence.claims, key=lambda c: c.id):
            system = self._implied(claim)
            if system in known and claim.about in PRESENCE_ABOUT:
                found.setdefault(system, []).append(claim)
        return {system: tuple(claims) for system, claims in found.items()}

    @cached_property
    def systems(self) -> tuple[str, ...]:
        """Those some origin speaks for, and those in the holdings."""
        claimed = {
            system
            for system, claims in self.speaking.items()
            if any(v.log_ratio > 0 for v in self.hearing.voices(self.topic((system,), claims)))
        }
        return tuple(sorted(claimed | {h.system for h in self.case.holdings}))

    @cached_property
    def _components(self) -> dict[str, str]:
        """A component that only one system has -> that system."""
        owners: dict[str, set[str]] = {}
        for system in self.catalogue.systems.values():
            names = [r.name for r in system.radars] + [i.name for i in system.interceptors]
            for name in names:
                owners.setdefault(name.casefold(), set()).add(system.id)
        return {part: min(have) for part, have in owners.items() if len(have) == 1}

    def _implied(self, claim: Claim) -> str | None:
        """The system a claim is about: named, or implied by a component of its own."""
        if claim.system is not None or claim.component is None:
            return claim.system
        return self._components.get(claim.component.casefold())

    @cached_property
    def hearing(self) -> Hearing:
        return Hearing(self.case, self.evidence)

    def point(self, place: str | None) -> bool:
        """Whether a place is one where a unit can stand on the map."""
        return place is not None and self.case.place(place).kind == "point"

    @cached_property
    def _topics(self) -> dict[tuple[str, ...], Telling]:
        return {}

    def topic(self, name: tuple[str, ...], claims: Iterable[Claim]) -> Telling:
        """The topic of that name: the same claims each time, heard once."""
        if name not in self._topics:
            self._topics[name] = self.hearing.topic(claims)
        return self._topics[name]

    @cached_property
    def _split(self) -> dict[str, tuple[Telling, dict[str, Telling]]]:
        """System -> the claims on the country, and those on each place."""
        found = {}
        for system, claims in self.speaking.items():
            places: dict[str, list[Claim]] = {}
            for claim in claims:
                if claim.place is not None and self.point(claim.place):
                    places.setdefault(claim.place, []).append(claim)
            # What is said of a place speaks there, and through it of the country: not twice.
            placed = frozenset(c.id for at in places.values() for c in at)
            found[system] = (
                self.hearing.topic((c for c in claims if c.place not in places), placed),
                {place: self.hearing.topic(at) for place, at in places.items()},
            )
        return found

    def by_place(
        self, system: str, left: Left = NOTHING
    ) -> tuple[tuple[Voice, ...], dict[str, tuple[Voice, ...]]]:
        """Voices on the country, and those on each place that somebody still names."""
        if system not in self._split:
            return (), {}
        country, places = self._split[system]
        return self.hearing.voices(country, left), {
            place: self.hearing.voices(at, left)
            for place, at in places.items()
            if not at.inside.keys() <= left.claims
        }

    def half_life(self, system: str) -> str:
        """The assumption on how long it stays."""
        return "half_life_radar" if system in self.catalogue.radars else "half_life_mobile"

    def place_prior(self, system: str) -> str:
        """The assumption on how often it stands at a place named for it."""
        return "prior_place_radar" if system in self.catalogue.radars else "prior_place"

    def pace(self, system: str) -> Pace:
        """How it comes and goes."""
        return Pace(
            likely(self.assumed[self.place_prior(system)]),
            math.log(2) / likely(self.assumed[self.half_life(system)]),
            likely(self.assumed["undated_persistence"]),
        )

    def prior(self, system: str) -> float:
        """Probability that it is held, before any claim."""
        registered = any(h.system == system and h.band.low >= 1 for h in self.case.holdings)
        return likely(self.assumed["holding_certainty" if registered else "prior_presence"])

    def presence(self, system: str, left: Left = NOTHING) -> Presence:
        """Country and places, some claims left out; overrides are not yet applied."""
        country, places = self.by_place(system, left)
        return infer(country, places, self.prior(system), self.pace(system))

    @cached_property
    def found(self) -> dict[str, Presence]:
        """Presence of every system by all the evidence."""
        return {system: self.presence(system) for system in self.systems}

    def assume(self, id: str) -> float:
        """The likely value of an assumption in force."""
        return likely(self.assumed[id])

    @cached_property
    def care(self) -> Care:
        return care(self.assumed)

    @cached_property
    def sizes(self) -> Sizes:
        return Sizes(
            self.assume("odd_size"), self.assume("odd_size_batteries"),
            self.assume("odd_size_least"),
        )  # fmt: skip

    def holding(self, system: str) -> Holding | None:
        """The holding that binds the draws: launchers or sets before other units."""
        held = [h for h in self.case.holdings if h.system == system]
        return next(iter([h for h in held if h.unit in LAUNCHER_UNITS] or held), None)

    def overrides(self, system: str, place: str | None) -> tuple[tuple[int, Override], ...]:
        """What the analyst set by hand there, in order; a later one wins."""
        return tuple(
            (i, o)
            for i, o in enumerate(self.case.overrides)
            if o.system == system and o.place in (None, place)
        )


def care(assumed: dict[str, Assumption]) -> Care:
    """How carefully things are counted, by the assumptions in force."""
    error = likely(assumed["count_error"])
    return Care(
        likely(assumed["count_missed"]), error, max(error, ABOUT_ERROR),
        likely(assumed["count_error_least"]), likely(assumed["share_error_least"]),
        likely(assumed["counted_one_by_one"]), likely(assumed["count_beyond"]),
    )  # fmt: skip


def held_odds(fusion: Fusion, system: str, presence: Presence) -> float:
    """Probability that the country holds any, with what the analyst set by hand.

    Set without a place it is that; set at a place, it is no less than there.
    """
    by_hand = [o for o in fusion.case.overrides if o.system == system and o.target == "presence"]
    country = [o.band.middle for o in by_hand if o.place is None]
    placed = (o.band.middle for o in by_hand if o.place is not None)
    return max(country[-1] if country else presence.held, *placed, 0.0)


def unit_odds(fusion: Fusion, system: str, place: str, presence: Presence) -> float:
    """Probability that it is at the place, with what the analyst set by hand.

    Set without a place, it is that of the country times that of being here if held.
    """
    by_hand = [o for _, o in fusion.overrides(system, place) if o.target == "presence"]
    if not by_hand:
        return presence.at(place)
    placed = [o.band.middle for o in by_hand if o.place is not None]
    if placed:
        return placed[-1]
    return by_hand[-1].band.middle * presence.given_held(place)
