"""From evidence to the order of battle: presence, launchers, serviceability, each fused apart.

The model is in ``presence.py`` and ``counts.py``; who speaks is in ``witness.py``. What the
evidence is not on the whole for is in no order of battle; what the analyst sets by hand wins.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from shieldwall.case.assumed import likely
from shieldwall.case.records import Band, Case, Claim, Holding
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.records import Evidence
from shieldwall.orbat.counts import Figure, posterior, share, total_prior, unit_prior
from shieldwall.orbat.fusion import Fusion, held_odds, unit_odds
from shieldwall.orbat.presence import Presence
from shieldwall.orbat.records import LAUNCHER_UNITS, HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import Tally, of_band
from shieldwall.orbat.witness import DAYS_PER_YEAR, witnesses

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
    shown = unit_odds(fusion, system, place, presence)
    spoken = sorted(stand.voices, key=lambda v: v.speaker)
    return UnitOdds(
        id=f"{system}@{place}",
        system=system,
        place=place,
        kind="radar" if system in fusion.catalogue.radars else "system",
        presence=shown,
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
        over_time=presence_over_time(case.as_of, presence, place, shown),
    )


def presence_over_time(
    as_of: date, presence: Presence, place: str, shown: float
) -> tuple[tuple[date, float], ...]:
    """Presence on each date spoken of, and what is ``shown`` of the as-of date."""
    dated = {
        as_of - timedelta(days=round(years * DAYS_PER_YEAR)): presence.held * there
        for years, there in presence.stands[place].past
    }
    return tuple(sorted((dated | {as_of: shown}).items()))


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
        "assumption:place_chance",
        "assumption:reach",
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
    fusion: Fusion,
    system: str,
    claims: Iterable[Claim],
    units: tuple[str, ...],
    lasts: bool = False,
) -> list[Figure]:
    """What ``claims`` tell in ``units``: one figure of each source, as far as it still holds.

    What is said of a component is not said of the system's launchers.
    """
    telling = (
        c
        for c in claims
        if c.count is not None
        and c.count.unit in units
        and c.component is None
        and c.modality in TELLING
    )
    half_life = likely(fusion.assumed[fusion.half_life(system)])
    undated = likely(fusion.assumed["undated_persistence"])
    found = []
    for voice in witnesses(fusion.hearing.voices(fusion.hearing.topic(telling))):
        still = undated if voice.age is None else 0.5 ** (voice.age / half_life)
        if voice.says.count is not None:
            tied = voice.tied if lasts else voice.tied * still
            found.append(Figure(voice.speaker, voice.says.count, voice.looks, tied))
    return found


def _at(fusion: Fusion, system: str, place: str) -> list[Claim]:
    return [c for c in fusion.speaking.get(system, ()) if c.place == place]


def launchers_at(fusion: Fusion, system: str, place: str) -> tuple[Tally, tuple[str, ...]]:
    """Launch vehicles or sets at the place: a battery, as far as counts do not say other."""
    item = fusion.catalogue.systems.get(system)
    battery = item.launchers_per_battery if item is not None else None
    usual = Band(*battery.si) if battery is not None and battery.known else Band(1.0, 1.0, 1.0)
    holding = fusion.holding(system)
    cap = holding.band.high if holding and holding.unit in LAUNCHER_UNITS else None
    values, prior = unit_prior(usual, cap, likely(fusion.assumed["odd_size"]))
    figures = _figures(fusion, system, _at(fusion, system, place), LAUNCHER_UNITS)
    trail = (
        *((f"catalogue:{battery.id}",) if battery is not None else ()),
        *(f"claim:{f.claim}" for f in figures),
        "assumption:odd_size",
        *(("assumption:count_missed", "assumption:count_error") if figures else ()),
    )
    return posterior(values, prior, figures, fusion.care), trail


def _total(
    fusion: Fusion, system: str, holding: Holding | None
) -> tuple[Tally | None, tuple[str, ...]]:
    """How many are held: the published band, the claims within it, and what stands at places."""
    if holding is None:
        return None, ()
    country = [c for c in fusion.speaking.get(system, ()) if not fusion.point(c.place)]
    told = _figures(fusion, system, country, (holding.unit,), lasts=True)
    bounds = _at_places(fusion, system) if holding.unit in LAUNCHER_UNITS else []
    values, prior = total_prior(holding.band, bool(told))
    trail = tuple(f"claim:{f.claim}" for f in (*told, *bounds))
    return posterior(values, prior, [*told, *bounds], fusion.care), trail


def _at_places(fusion: Fusion, system: str) -> list[Figure]:
    """Counts at places, as what they are for the country: lower bounds."""
    placed = [c for c in fusion.speaking.get(system, ()) if fusion.point(c.place)]
    return [
        replace(figure, count=replace(figure.count, bound="at least"))
        for figure in _figures(fusion, system, placed, LAUNCHER_UNITS, lasts=True)
        if figure.count.bound != "at most"
    ]


def _serviceable(fusion: Fusion, system: str) -> tuple[Tally, tuple[str, ...]]:
    """Share that works: the default availability, as far as published shares do not say other."""
    default = fusion.assumed["availability"].band
    spread = fusion.assumed["availability_spread"].band
    if default is None or spread is None:
        raise ValueError("the availability assumptions need figures")
    radar = system in fusion.catalogue.radars
    claims = [
        c
        for c in fusion.evidence.claims
        if c.about == "serviceability" and (c.system == system or (c.system is None and radar))
    ]
    figures = _figures(fusion, system, claims, ("share",), lasts=True)
    trail = ("assumption:availability", *(f"claim:{f.claim}" for f in figures))
    works = share(default, spread, figures)
    return works, (*trail, "assumption:availability_spread") if figures else trail
