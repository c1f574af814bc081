"""From evidence to the order of battle: presence, launchers, serviceability, each fused apart.

The model is in ``presence.py`` and ``counts.py``; who speaks is in ``witness.py``. What the
evidence is not on the whole for is in no order of battle; what the analyst sets by hand wins.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from shieldwall.case.records import Band, Case, Claim, Holding
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.records import STATED, Evidence
from shieldwall.evidence.witness import DAYS_PER_YEAR, NOTHING, Left, Telling, witnesses
from shieldwall.orbat.counts import (
    Care,
    Figure,
    outside,
    posterior,
    share,
    total_prior,
    unit_prior,
)
from shieldwall.orbat.fusion import Fusion, held_odds, unit_odds
from shieldwall.orbat.presence import Presence
from shieldwall.orbat.records import LAUNCHER_UNITS, HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import Floats, Tally, of_band

RULE = "origins over time: country and places, each source one witness"

SIZE_ROWS = ("odd_size", "odd_size_batteries", "odd_size_least")
COUNT_ROWS = (
    "count_missed", "count_error", "count_about", "count_error_least", "counted_one_by_one",
    "count_beyond",
)  # fmt: skip
SHARE_ROWS = ("availability_spread", "share_error_least", "half_life_share")
"""The first is of the default; the others are of what is told."""


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
    launchers, count_trail, warnings = launchers_at(fusion, system, place)
    works, works_trail, _ = serviceable(fusion, system)
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
        warnings=warnings,
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
    total, total_trail, warnings = _total(fusion, system, holding)
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
        warnings=warnings,
    )


class Counted(NamedTuple):
    """A number or share, what it comes from, and the figures that were taken for errors."""

    tally: Tally
    trail: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def _figures(
    fusion: Fusion, telling: Telling, half_life: float, left: Left = NOTHING, ago: float = 0.0
) -> list[Figure]:
    """What is told: one figure of each source, as far as it holds ``ago`` years before now."""
    undated = 1.0 if math.isinf(half_life) else fusion.assume("undated_persistence")
    found = []
    for voice in witnesses(fusion.hearing.voices(telling, left)):
        still = undated if voice.age is None else 0.5 ** (abs(voice.age - ago) / half_life)
        if voice.says.count is not None:
            found.append(Figure(voice.speaker, voice.says.count, voice.looks, voice.tied * still))
    return found


def _telling(claims: Iterable[Claim], units: tuple[str, ...]) -> Iterator[Claim]:
    """Those that tell a number in ``units``; that of a component is not that of its system."""
    for c in claims:
        told = c.count is not None and c.count.unit in units
        if told and c.component is None and c.modality in STATED:
            yield c


def launchers_told(fusion: Fusion, system: str, place: str) -> Telling:
    """The claims that tell how many launchers stand at the place."""
    claims = (c for c in fusion.speaking.get(system, ()) if c.place == place)
    return fusion.topic(("at", system, place), _telling(claims, LAUNCHER_UNITS))


def shares_told(fusion: Fusion, system: str) -> Telling:
    """The claims that tell what share of a system works."""
    radar = system in fusion.catalogue.radars
    claims = (
        c
        for c in fusion.evidence.claims
        if c.about == "serviceability" and (c.system == system or (c.system is None and radar))
    )
    return fusion.topic(("share", system), _telling(claims, ("share",)))


def _warnings(
    figures: Iterable[Figure], values: Floats, prior: Floats, care: Care
) -> tuple[str, ...]:
    possible = values[prior > 0]
    return tuple(
        f"{f.claim}: tells {f.count.bound} {number:g} {f.count.unit}, where {possible[0]:g} to "
        f"{possible[-1]:g} are possible: taken for an error"
        for f in figures
        if outside(f, values, prior, care)
        for number in [
            next(n for n in (f.count.likely, f.count.high, f.count.low) if n is not None)
        ]
    )


def launchers_at(fusion: Fusion, system: str, place: str, left: Left = NOTHING) -> Counted:
    """Launch vehicles or sets at the place: a battery, as far as counts do not say other."""
    item = fusion.catalogue.systems.get(system)
    battery = item.launchers_per_battery if item is not None else None
    usual = Band(*battery.si) if battery is not None and battery.known else Band(1.0, 1.0, 1.0)
    holding = fusion.holding(system)
    cap = holding.band.high if holding and holding.unit in LAUNCHER_UNITS else None
    values, prior = unit_prior(usual, cap, fusion.sizes)
    told = launchers_told(fusion, system, place)
    figures = _figures(fusion, told, fusion.assume(fusion.half_life(system)), left)
    trail = (
        *((f"catalogue:{battery.id}",) if battery is not None else ()),
        *(f"claim:{f.claim}" for f in figures),
        *(f"assumption:{id}" for id in SIZE_ROWS),
        *(f"assumption:{id}" for id in COUNT_ROWS if figures),
    )
    tally = posterior(values, prior, figures, fusion.care)
    return Counted(tally, trail, _warnings(figures, values, prior, fusion.care))


def _total(
    fusion: Fusion, system: str, holding: Holding | None
) -> tuple[Tally | None, tuple[str, ...], tuple[str, ...]]:
    """How many are held: the published band, the claims within it, and what stands at places."""
    if holding is None:
        return None, (), ()
    country = (c for c in fusion.speaking.get(system, ()) if not fusion.point(c.place))
    topic = fusion.topic(("held", system), _telling(country, (holding.unit,)))
    told = _figures(fusion, topic, math.inf)
    bounds = _at_places(fusion, system) if holding.unit in LAUNCHER_UNITS else []
    values, prior = total_prior(holding.band, told, fusion.care)
    figures = [*told, *bounds]
    trail = tuple(f"claim:{f.claim}" for f in figures)
    warnings = _warnings(figures, values, prior, fusion.care)
    return posterior(values, prior, figures, fusion.care), trail, warnings


def _at_places(fusion: Fusion, system: str) -> list[Figure]:
    """Counts at places, as what they are for the country: lower bounds."""
    placed = (c for c in fusion.speaking.get(system, ()) if fusion.point(c.place))
    topic = fusion.topic(("placed", system), _telling(placed, LAUNCHER_UNITS))
    return [
        replace(figure, count=replace(figure.count, bound="at least"))
        for figure in _figures(fusion, topic, math.inf)
        if figure.count.bound != "at most"
    ]


def serviceable(fusion: Fusion, system: str, left: Left = NOTHING, ago: float = 0.0) -> Counted:
    """Share that works: the default availability, as far as published shares do not say other.

    ``ago`` years before the as-of date (below zero: after it); a share told of another time holds
    less, the farther that is.
    """
    default = fusion.assumed["availability"].band
    spread = fusion.assumed["availability_spread"].band
    if default is None or spread is None:
        raise ValueError("the availability assumptions need figures")
    half_life = fusion.assume("half_life_share")
    figures = _figures(fusion, shares_told(fusion, system), half_life, left, ago)
    trail = ("assumption:availability", *(f"claim:{f.claim}" for f in figures))
    works = share(default, spread, figures, fusion.care)
    rows = SHARE_ROWS if figures else SHARE_ROWS[:1]
    return Counted(works, (*trail, *(f"assumption:{id}" for id in rows)))
