"""From evidence to the order of battle: presence, launchers, serviceability, each fused apart.

The model is in ``presence.py`` and ``counts.py``; who speaks is in ``witness.py``. What the
evidence is not on the whole for is in no order of battle; what the analyst sets by hand wins.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import Assumption, Band, Case, Claim, Holding, Override
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import Evidence
from shieldwall.orbat.assumptions import ABOUT_FACTOR, DEFAULTS
from shieldwall.orbat.counts import (
    Care,
    Figure,
    posterior,
    share,
    total_prior,
    unit_prior,
)
from shieldwall.orbat.presence import Pace, Presence, infer
from shieldwall.orbat.records import LAUNCHER_UNITS, HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import Tally, of_band
from shieldwall.orbat.witness import DAYS_PER_YEAR, Voice, voices, witnesses

RULE = "origins over time: country and places, each source one witness"

TELLING = ("asserted", "reported", "speculated")


def order_of_battle(case: Case, catalogue: Catalogue, evidence: Evidence) -> OrderOfBattle:
    """The posterior of what is held, where it stands, how many and how much of it works."""
    fusion = Fusion(case, catalogue, evidence)
    units: list[UnitOdds] = []
    held: list[HeldOdds] = []
    for system in fusion.systems:
        units += _units(fusion, system)
        held.append(_held(fusion, system))
    return OrderOfBattle(tuple(sorted(units, key=lambda u: u.id)), tuple(held), RULE)


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
            if any(v.log_ratio > 0 for v in self._voices(claims))
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

    def _voices(self, claims: Iterable[Claim]) -> tuple[Voice, ...]:
        return voices(self.case, self.evidence, claims, self._heard)

    @cached_property
    def _heard(self) -> dict[str, Voice]:
        return {}

    def point(self, place: str | None) -> bool:
        """Whether a place is one where a unit can stand on the map."""
        return place is not None and self.case.place(place).kind == "point"

    def by_place(
        self, system: str, without: Collection[str] = ()
    ) -> tuple[tuple[Voice, ...], dict[str, tuple[Voice, ...]]]:
        """Voices on the country, and those on each place."""
        country: list[Claim] = []
        places: dict[str, list[Claim]] = {}
        for claim in self.speaking.get(system, ()):
            if claim.id in without:
                continue
            here = places.setdefault(claim.place, []) if self.point(claim.place) else country  # type: ignore[arg-type]
            here.append(claim)
        placed = {c.id for claims in places.values() for c in claims}
        # What is said of a place speaks there, and through it of the country: not twice.
        heard = tuple(v for v in self._voices(country) if v.speaker not in placed)
        return heard, {place: self._voices(claims) for place, claims in places.items()}

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

    def presence(self, system: str, without: Collection[str] = ()) -> Presence:
        """Country and places, ``without`` some claims; overrides are not yet applied."""
        country, places = self.by_place(system, without)
        return infer(country, places, self.prior(system), self.pace(system))

    @cached_property
    def found(self) -> dict[str, Presence]:
        """Presence of every system by all the evidence."""
        return {system: self.presence(system) for system in self.systems}

    @cached_property
    def care(self) -> Care:
        error = likely(self.assumed["count_error"])
        return Care(likely(self.assumed["count_missed"]), error, ABOUT_FACTOR * error)

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


def held_odds(fusion: Fusion, system: str, presence: Presence) -> float:
    """Probability that the country holds any, with what the analyst set by hand."""
    by_hand = [
        _middle(o.band)
        for o in fusion.case.overrides
        if o.system == system and o.target == "presence"
    ]
    return max([presence.held, *by_hand])


def unit_odds(fusion: Fusion, system: str, place: str, presence: Presence) -> float:
    """Probability that it is at the place, with what the analyst set by hand."""
    by_hand = [o for _, o in fusion.overrides(system, place) if o.target == "presence"]
    return _middle(by_hand[-1].band) if by_hand else presence.at(place)


def _units(fusion: Fusion, system: str) -> list[UnitOdds]:
    presence = fusion.found[system]
    set_by_hand = {o.place for o in fusion.case.overrides if o.system == system}
    return [
        _unit(fusion, system, place, presence)
        for place, stand in presence.stands.items()
        if place in set_by_hand or math.fsum(v.log_ratio for v in stand.voices) > 0
    ]


def _unit(fusion: Fusion, system: str, place: str, presence: Presence) -> UnitOdds:
    case, stand = fusion.case, presence.stands[place]
    launchers, count_trail = launchers_at(fusion, system, place)
    works, works_trail = _serviceable(fusion, system)
    applied = fusion.overrides(system, place)
    for _, override in applied:
        if override.target == "launchers":
            launchers = of_band(override.band)
        elif override.target == "serviceability":
            works = of_band(override.band, 0.01)
    spoken = sorted(stand.voices, key=lambda v: v.speaker)
    return UnitOdds(
        id=f"{system}@{place}",
        system=system,
        place=place,
        kind="radar" if system in fusion.catalogue.radars else "system",
        presence=unit_odds(fusion, system, place, presence),
        launchers=launchers,
        serviceable=works,
        origins=tuple(v.speaker for v in spoken),
        claims=tuple(
            c.id for c in fusion.evidence.claims if c.system == system and c.place == place
        ),
        overrides=tuple(i for i, _ in applied),
        trail=(
            *(f"claim:{v.speaker}" for v in spoken),
            *_presence_trail(fusion, system),
            f"assumption:{fusion.place_prior(system)}",
            f"assumption:{fusion.half_life(system)}",
            "assumption:undated_persistence",
            *count_trail,
            *works_trail,
            *(f"override:{i}" for i, _ in applied),
        ),
        prior=fusion.prior(system) * fusion.pace(system).prior,
        bits=tuple((v.speaker, v.bits) for v in spoken),
        over_time=presence_over_time(case.as_of, presence, place),
    )


def presence_over_time(
    as_of: date, presence: Presence, place: str
) -> tuple[tuple[date, float], ...]:
    """Presence on each date spoken of and on the as-of date, by all that was read by then."""
    dated = {
        as_of - timedelta(days=round(years * DAYS_PER_YEAR)): presence.held * there
        for years, there in presence.stands[place].past
    }
    return tuple(sorted(dated.items()))


def _presence_trail(fusion: Fusion, system: str) -> tuple[str, ...]:
    holdings = [i for i, h in enumerate(fusion.case.holdings) if h.system == system]
    certain = any(fusion.case.holdings[i].band.low >= 1 for i in holdings)
    return (
        *(f"holding:{i}" for i in holdings),
        "assumption:holding_certainty" if certain else "assumption:prior_presence",
        "assumption:grades",
        "assumption:credibility",
        "assumption:modality",
        "assumption:interest",
        "assumption:one_witness",
    )


def _held(fusion: Fusion, system: str) -> HeldOdds:
    presence, holding = fusion.found[system], fusion.holding(system)
    total, total_trail = _total(fusion, system, holding)
    spread = any(d.system == system for d in fusion.case.deployments)
    return HeldOdds(
        system=system,
        held=held_odds(fusion, system, presence),
        total=total,
        unit=holding.unit if holding else "",
        unlocated=not presence.stands and not spread,
        origins=tuple(v.speaker for v, _ in presence.voices),
        claims=tuple(c.id for c in fusion.speaking.get(system, ())),
        trail=(
            *(f"claim:{v.speaker}" for v, _ in presence.voices),
            *_presence_trail(fusion, system),
            "assumption:held_lasts",
            *total_trail,
        ),
        prior=fusion.prior(system),
        bits=tuple((v.speaker, bits) for v, bits in presence.voices),
    )


def _figures(
    fusion: Fusion, spoken: Iterable[Voice], system: str, units: tuple[str, ...], lasts: bool
) -> list[Figure]:
    """The published figures of some voices, each as far as it still holds."""
    half_life = likely(fusion.assumed[fusion.half_life(system)])
    undated = likely(fusion.assumed["undated_persistence"])
    found = []
    for voice in spoken:
        count = voice.says.count
        if count is None or count.unit not in units or voice.says.component is not None:
            continue
        if voice.says.modality not in TELLING:
            continue
        still = undated if voice.age is None else 0.5 ** (voice.age / half_life)
        found.append(
            Figure(voice.speaker, count, voice.looks, voice.tied * (1.0 if lasts else still))
        )
    return found


def launchers_at(fusion: Fusion, system: str, place: str) -> tuple[Tally, tuple[str, ...]]:
    """Launch vehicles or sets at the place: a battery, as far as counts do not say other."""
    item = fusion.catalogue.systems.get(system)
    battery = item.launchers_per_battery if item is not None else None
    usual = Band(*battery.si) if battery is not None and battery.known else Band(1.0, 1.0, 1.0)
    holding = fusion.holding(system)
    cap = holding.band.high if holding and holding.unit in LAUNCHER_UNITS else None
    values, prior = unit_prior(usual, cap, likely(fusion.assumed["odd_size"]))
    figures = _figures(fusion, _counting(fusion, system, place), system, LAUNCHER_UNITS, False)
    trail = (
        *((f"catalogue:{battery.id}",) if battery is not None else ()),
        *(f"claim:{f.claim}" for f in figures),
        "assumption:odd_size",
        *(("assumption:count_missed", "assumption:count_error") if figures else ()),
    )
    return posterior(values, prior, figures, fusion.care), trail


def _counting(fusion: Fusion, system: str, place: str) -> tuple[Voice, ...]:
    """Who counts at a place: one source one witness, among those that give a number."""
    claims = [
        c
        for c in fusion.speaking.get(system, ())
        if c.place == place and c.count is not None and c.count.unit in LAUNCHER_UNITS
    ]
    return witnesses(voices(fusion.case, fusion.evidence, claims))


def _total(
    fusion: Fusion, system: str, holding: Holding | None
) -> tuple[Tally | None, tuple[str, ...]]:
    """How many are held: the published band, the claims within it, and what stands at places."""
    if holding is None:
        return None, ()
    here = [
        c
        for c in fusion.speaking.get(system, ())
        if c.count is not None and c.count.unit == holding.unit and not fusion.point(c.place)
    ]
    told = _figures(
        fusion, witnesses(voices(fusion.case, fusion.evidence, here)), system,
        (holding.unit,), True,
    )  # fmt: skip
    values, prior = total_prior(holding.band, bool(told))
    trail = tuple(f"claim:{f.claim}" for f in told)
    return posterior(values, prior, told, fusion.care), trail


def _serviceable(fusion: Fusion, system: str) -> tuple[Tally, tuple[str, ...]]:
    """Share that works: the default availability, as far as published shares do not say other."""
    default, spread = (
        fusion.assumed["availability"].band,
        fusion.assumed["availability_spread"].band,
    )
    if default is None or spread is None:
        raise ValueError("the availability assumptions need figures")
    radar = system in fusion.catalogue.radars
    claims = [
        c
        for c in fusion.evidence.claims
        if c.about == "serviceability"
        and c.count is not None
        and c.count.unit == "share"
        and (c.system == system or (c.system is None and radar))
    ]
    spoken = witnesses(voices(fusion.case, fusion.evidence, claims))
    figures = _figures(fusion, spoken, system, ("share",), True)
    trail = ("assumption:availability", *(f"claim:{f.claim}" for f in figures))
    works = share(default, spread, figures)
    return works, (*trail, "assumption:availability_spread") if figures else trail


def _middle(band: Band) -> float:
    return (band.low + band.high) / 2 if band.likely is None else band.likely
