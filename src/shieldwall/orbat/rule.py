"""The first rule: claims to odds, each origin counted once.

Log odds of a system being at a place = log prior odds + for every independent origin

    reliability weight x modality weight x log(likelihood ratio of its credibility)

Each origin counts only as far as what it saw is likely to hold still (a half-life since its event):
from the freshest to the oldest, each adds its step of the probability times that chance. Relays add
nothing to their origin; of one source's origins the weightiest speaks. What the evidence is not on
the whole for is in no order of battle. A country holds a system with the odds of all origins that
speak of it, wherever; a published holding of at least one makes it almost certain. A place is never
likelier than the country.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import Assumption, Band, Case, Claim, Count, Holding, Override
from shieldwall.catalogue.records import Catalogue
from shieldwall.orbat.assumptions import (
    CREDIBILITY_RATIO,
    DEFAULTS,
    MODALITY_WEIGHT,
    NOT_CONFIRMED_RATIO,
    RELIABILITY_WEIGHT,
)
from shieldwall.orbat.records import HeldOdds, OrderOfBattle, UnitOdds

RULE = "first rule: graded origins, each once"

PRESENCE_ABOUT = ("presence", "count", "delivery", "holding")
LAUNCHER_UNITS = ("launchers", "vehicles", "systems", "radars", "sets")
DAYS_PER_YEAR = 365.25


@dataclass(frozen=True)
class Origin:
    """One independent origin and everything that relays it."""

    claim: Claim
    group: tuple[Claim, ...]


def usable(claim: Claim, as_of: date) -> bool:
    """True if the claim could have been read on ``as_of``: published, or else seen, by its end.

    An undated claim is usable: its date is unknown, not late.
    """
    moment = claim.publication or claim.acquisition or claim.event
    end_of_day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC) + timedelta(days=1)
    return moment is None or moment.start < end_of_day


def origins(case: Case, claims: Iterable[Claim]) -> tuple[Origin, ...]:
    """Group claims by the claim they go back to, in the order of the case."""
    groups: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        groups[case.origin_of(claim).id].append(claim)
    return tuple(Origin(case.claim(id), tuple(group)) for id, group in groups.items())


def independent(case: Case, found: Iterable[Origin]) -> tuple[Origin, ...]:
    """The weightiest origin of each source that says anything: one source is one witness."""
    best: dict[str, tuple[float, str, Origin]] = {}
    for origin in found:
        weight = abs(log_ratio(case, origin.claim))
        key = (weight, origin.claim.id, origin)
        if weight and key[:2] > best.get(origin.claim.source, (0.0, "", origin))[:2]:
            best[origin.claim.source] = key
    return tuple(origin for _, _, origin in best.values())


def log_ratio(case: Case, claim: Claim) -> float:
    """Weight of evidence of one origin for 'it is there', in natural-log units."""
    reliability = RELIABILITY_WEIGHT[case.source(claim.source).reliability]
    if claim.modality == "not confirmed":
        return reliability * math.log(NOT_CONFIRMED_RATIO)
    ratio = math.log(CREDIBILITY_RATIO[claim.credibility])
    return reliability * MODALITY_WEIGHT[claim.modality] * ratio


def posterior(case: Case, found: Iterable[Origin], prior: float) -> float:
    """Probability that it is so, from independent origins and a prior."""
    logit = math.log(prior / (1 - prior)) + sum(log_ratio(case, o.claim) for o in found)
    return 1 / (1 + math.exp(-logit))


def order_of_battle(case: Case, catalogue: Catalogue) -> OrderOfBattle:
    """Apply the first rule to every usable claim of the case."""
    assumed = in_force(case, DEFAULTS)
    known = catalogue.systems.keys() | catalogue.radars.keys()
    read = [c for c in case.claims if usable(c, case.as_of)]
    speaking = [c for c in read if c.system in known and c.about in PRESENCE_ABOUT]
    claimed = {c.system for c in speaking if c.system and log_ratio(case, case.origin_of(c)) > 0}
    systems = sorted(claimed | {h.system for h in case.holdings})
    held = tuple(_held(case, s, speaking, assumed) for s in systems)
    by_system = {h.system: h for h in held}
    sites = dict.fromkeys(
        (c.system, c.place) for c in speaking
        if c.system in by_system and c.place and case.place(c.place).kind == "point"
    )  # fmt: skip
    units = tuple(
        _unit(case, catalogue, read, system, place, by_system[system], assumed)
        for system, place in sites
        if _speaks_for(case, speaking, system, place)
    )
    return OrderOfBattle(tuple(sorted(units, key=lambda u: u.id)), held, RULE)


def _speaks_for(case: Case, speaking: list[Claim], system: str, place: str) -> bool:
    """Whether the evidence is, on the whole, for it being there; an override says so by itself."""
    if any(o.system == system and o.place == place for o in case.overrides):
        return True
    here = [c for c in speaking if c.system == system and c.place == place]
    found = independent(case, origins(case, here))
    return sum(log_ratio(case, o.claim) for o in found) > 0


def _held(
    case: Case, system: str, speaking: list[Claim], assumed: dict[str, Assumption]
) -> HeldOdds:
    claims = [c for c in speaking if c.system == system]
    found = independent(case, origins(case, claims))
    holdings = [h for h in case.holdings if h.system == system]
    certain = any(h.band.low >= 1 for h in holdings)
    odds = posterior(case, found, likely(assumed["prior_presence"]))
    if certain:
        odds = max(odds, likely(assumed["holding_certainty"]))
    by_hand = [o for o in case.overrides if o.system == system and o.target == "presence"]
    odds = max([odds, *(_middle(o.band) for o in by_hand)])
    located = any(c.place and case.place(c.place).kind == "point" for c in claims)
    spread = any(d.system == system for d in case.deployments)
    main = _main_holding(holdings)
    return HeldOdds(
        system=system,
        held=odds,
        total=main.band if main else None,
        unit=main.unit if main else "",
        unlocated=not located and not spread,
        origins=tuple(o.claim.id for o in found),
        claims=tuple(c.id for c in claims),
        trail=(
            *(f"claim:{o.claim.id}" for o in found),
            *(f"holding:{case.holdings.index(h)}" for h in holdings),
            "assumption:prior_presence",
            "assumption:grades",
            *(("assumption:holding_certainty",) if certain else ()),
        ),
    )


def _main_holding(holdings: list[Holding]) -> Holding | None:
    """The holding that binds the draws: launchers or sets before other units."""
    counted = [h for h in holdings if h.unit in LAUNCHER_UNITS]
    return next(iter(counted or holdings), None)


def _unit(
    case: Case,
    catalogue: Catalogue,
    read: list[Claim],
    system: str,
    place: str,
    held: HeldOdds,
    assumed: dict[str, Assumption],
) -> UnitOdds:
    here = [c for c in read if c.system == system and c.place == place]
    presence = [c for c in here if c.about in PRESENCE_ABOUT]
    every = origins(case, presence)
    found = independent(case, every)
    radar = system in catalogue.radars
    lasting = "half_life_radar" if radar else "half_life_mobile"
    odds = min(_still_there(case, found, lasting, assumed), held.held)
    launchers, count_trail = _launchers(case, catalogue, every, system)
    works, works_trail = _serviceable(case, read, system, radar, assumed)
    band, applied = _overridden(case.overrides, system, place, odds, launchers, works)
    odds, launchers, works = band
    return UnitOdds(
        id=f"{system}@{place}",
        system=system,
        place=place,
        kind="radar" if radar else "system",
        presence=odds,
        launchers=launchers,
        serviceable=works,
        origins=tuple(o.claim.id for o in found),
        claims=tuple(c.id for c in here),
        overrides=applied,
        trail=(
            *(f"claim:{o.claim.id}" for o in found),
            "assumption:prior_presence",
            "assumption:grades",
            "assumption:modality",
            f"assumption:{lasting}",
            "assumption:undated_persistence",
            *count_trail,
            *works_trail,
            *(f"override:{i}" for i in applied),
        ),
    )


def _still_there(
    case: Case, found: tuple[Origin, ...], lasting: str, assumed: dict[str, Assumption]
) -> float:
    """Probability that it is there on the as-of date, from origins of different ages."""
    prior = likely(assumed["prior_presence"])
    aged = [(_stay(case, o.claim, lasting, assumed), o) for o in found if log_ratio(case, o.claim)]
    if not aged:
        return prior * likely(assumed["undated_persistence"])
    aged.sort(key=lambda each: (-each[0], each[1].claim.id))
    odds, before = 0.0, 0.0
    for count, (stay, _) in enumerate(aged, 1):
        after = posterior(case, [o for _, o in aged[:count]], prior)
        odds += stay * (after - before)
        before = after
    return odds


def _stay(case: Case, claim: Claim, lasting: str, assumed: dict[str, Assumption]) -> float:
    """Chance that what a claim saw still holds on the as-of date."""
    moment = claim.event or claim.acquisition or claim.publication
    if moment is None:
        return likely(assumed["undated_persistence"])
    as_of = datetime(case.as_of.year, case.as_of.month, case.as_of.day, tzinfo=UTC)
    years = max(0.0, (as_of - moment.start).days / DAYS_PER_YEAR)
    return float(0.5 ** (years / likely(assumed[lasting])))


def _launchers(
    case: Case, catalogue: Catalogue, found: tuple[Origin, ...], system: str
) -> tuple[Band, tuple[str, ...]]:
    """Launch vehicles or sets at the place: the best-graded count, else one battery or one set."""
    counts = [
        (log_ratio(case, o.claim), o.claim.id, o.claim.count)
        for o in found
        if o.claim.count is not None and o.claim.count.unit in LAUNCHER_UNITS
    ]
    battery = (
        catalogue.systems[system].launchers_per_battery if system in catalogue.systems else None
    )
    usual = Band(*battery.si) if battery is not None and battery.known else Band(1.0, 1.0, 1.0)
    usual_trail = (f"catalogue:{battery.id}",) if battery is not None else ()
    if not counts:
        return usual, usual_trail
    _, claim, count = max(counts, key=lambda each: each[0])
    return _count_band(count, usual), (f"claim:{claim}",)


def _count_band(count: Count, usual: Band) -> Band:
    """The band a published count means, by its bound word; open ends close at a usual battery."""
    given = [v for v in (count.low, count.likely, count.high) if v is not None]
    low, high = min(given), max(given)
    if count.bound in ("at least", "more than"):
        high = max(high, usual.high)
    elif count.bound == "at most":
        low = min(low, usual.low)
    middle = count.likely if count.likely is not None else given[0]
    return Band(low, min(max(middle, low), high), high)


def _serviceable(
    case: Case, read: list[Claim], system: str, radar: bool, assumed: dict[str, Assumption]
) -> tuple[Band, tuple[str, ...]]:
    """Share that works: published shares by their grade, mixed with the default availability."""
    default = assumed["availability"].band
    spread = assumed["availability_spread"].band
    if default is None or spread is None:
        raise ValueError("the availability assumptions need figures")
    claims = [
        c for c in read
        if c.about == "serviceability" and c.count is not None and c.count.unit == "share"
        and (c.system == system or (c.system is None and radar))
    ]  # fmt: skip
    band = Band(default.low, likely(assumed["availability"]), default.high)
    found = origins(case, claims)
    shares = [
        (_share_band(o.claim.count, spread), _say(case, o.claim))
        for o in found
        if o.claim.count is not None
    ]
    if shares:
        # Published shares average by their weights; the heaviest says how far to leave the default.
        total = sum(weight for _, weight in shares)
        band = _mixed(band, _average(shares, total), max(w for _, w in shares)) if total else band
    trail = ("assumption:availability", *(f"claim:{o.claim.id}" for o in found))
    return band, trail if not found else (*trail, "assumption:availability_spread")


def _say(case: Case, claim: Claim) -> float:
    """How much a claim counts: its source's grade by how it was said; a denial counts nothing."""
    grade = RELIABILITY_WEIGHT[case.source(claim.source).reliability]
    return grade * max(0.0, MODALITY_WEIGHT.get(claim.modality, 0.0))


def _average(shares: list[tuple[Band, float]], total: float) -> Band:
    """Weighted mean of bands, whatever their order."""

    def mean(values: list[float]) -> float:
        return math.fsum(v * w for v, (_, w) in zip(values, shares, strict=True)) / total

    bands = [band for band, _ in shares]
    return Band(
        mean([b.low for b in bands]),
        mean([_middle(b) for b in bands]),
        mean([b.high for b in bands]),
    )


def _share_band(count: Count, spread: Band) -> Band:
    given = [v for v in (count.low, count.likely, count.high) if v is not None]
    low, high = min(given), max(given)
    if count.bound in ("at least", "more than"):
        high = 1.0
    if count.bound == "at most":
        low = 0.0
    if low == high:
        low, high = low * spread.low, min(1.0, high * spread.high)
    middle = count.likely if count.likely is not None else (low + high) / 2
    return Band(low, min(max(middle, low), high), high)


def _mixed(one: Band, other: Band, weight: float) -> Band:
    """Between two bands, ``weight`` of the way from one to the other."""

    def between(a: float, b: float) -> float:
        return (1 - weight) * a + weight * b

    one_likely = (one.low + one.high) / 2 if one.likely is None else one.likely
    other_likely = (other.low + other.high) / 2 if other.likely is None else other.likely
    return Band(
        between(one.low, other.low),
        between(one_likely, other_likely),
        between(one.high, other.high),
    )


def _middle(band: Band) -> float:
    return (band.low + band.high) / 2 if band.likely is None else band.likely


def _overridden(
    overrides: tuple[Override, ...],
    system: str,
    place: str,
    odds: float,
    launchers: Band,
    works: Band,
) -> tuple[tuple[float, Band, Band], tuple[int, ...]]:
    """The analyst's own values where given, the last one winning, and which were applied."""
    applied = []
    for index, override in enumerate(overrides):
        if override.system != system or override.place not in (None, place):
            continue
        applied.append(index)
        band = override.band
        if override.target == "presence":
            odds = _middle(band)
        elif override.target == "launchers":
            launchers = band
        else:
            works = band
    return (odds, launchers, works), tuple(applied)
