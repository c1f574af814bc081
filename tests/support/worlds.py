"""Simulated worlds with known truth, made from the very tables the cases are assessed with.

A world has systems that are held or not, places where units come and go, launchers, sources with
grades, families and interests, and what they publish. Every rate is made from the declared tables
by ``generating``, which shares no code with what weighs the cases; nothing here is a constant of
the world's own but how much is said, when, and by whom.

What makes the worlds honest: a source asked of a thing says one of several things, yes or no, each
at its own rate, mixed so that speaking at all tells nothing; silence is then no evidence. A copy
repeats its parent, whatever the truth; the copy's edge carries the probability that a perfect
reader of the texts would give it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

import numpy as np

import generating
import makers
from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import Assumption, Band, Case, Claim, Count, Source
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.assumptions import ABOUT_ERROR
from shieldwall.evidence.grades import weights
from shieldwall.evidence.records import Channel, Edge, Evidence, Lineage, Weight
from shieldwall.evidence.witness import DAYS_PER_YEAR
from shieldwall.orbat.assumptions import DEFAULTS
from shieldwall.orbat.fuse import launchers_at
from shieldwall.orbat.fusion import Fusion

AS_OF = date(2024, 6, 30)
YEARS = 6.0
SYSTEMS = ("sam", "gun")
PLACES = ("north", "south", "east")
GRADES = "ABCDEF"
FAMILIES = ("statement", "press", "imagery", "sighting")
BATTERY = Band(2, 4, 6)
DENSE = tuple(
    Assumption(id, "Dense", Band(share, share, share), "share", "test", "worlds.py")
    for id, share in (("prior_presence", 0.95), ("prior_place", 0.8))
)


@dataclass(frozen=True)
class Wrong:
    """What the assessed evidence has wrong about the world; by default nothing."""

    unlabelled: float = 0.0
    """Share of copies that nobody recognises as such."""
    letters: int = 0
    """Grades by hand are this many letters too good (or too bad, below zero)."""
    detection: float | None = None
    """True probability of detection of looks that are told as having another."""
    afresh: int = 1
    """Of so many things each source speaks in a system, erring afresh: more than one witness."""


@dataclass(frozen=True)
class Outcome:
    """What the order of battle said of one thing, and what was so."""

    said: float
    so: bool
    votes: tuple[Weight, ...]
    """Every claim on it with its weight, copies too: for simpler methods."""
    prior: float


@dataclass
class World:
    """One simulated world: the evidence, and the truth that made it."""

    case: Case
    catalogue: Catalogue
    evidence: Evidence
    held: dict[str, bool]
    launchers: dict[tuple[str, str], int | None]
    """How many stand at the place on the as-of date; ``None``: the unit is not there."""

    def fusion(self) -> Fusion:
        return Fusion(self.case, self.catalogue, self.evidence)


KINDS = (
    *(("asserted", c) for c in (1, 2, 3, 4, 5, 6)),
    *(("reported", c) for c in (1, 2, 3)),
    ("speculated", 2), ("speculated", 3), ("denied", 2), ("denied", 3), ("not confirmed", 2),
    ("declined to comment", 2), ("not seen", 2),
)  # fmt: skip
DETECTION = 0.7


@dataclass
class Maker:
    """Makes one world; reads all its rates from the tables in force."""

    rng: np.random.Generator
    wrong: Wrong = field(default_factory=Wrong)
    sources: int = 9
    copying: float = 0.3
    counting: float = 0.6
    dense: bool = False
    """Nearly everything is held and there, and counted: for intervals of counts."""

    def __post_init__(self) -> None:
        self.case = makers.case(
            as_of=AS_OF, claims=(), places=(*(makers.place(p) for p in PLACES), NOWHERE),
            assumptions=DENSE if self.dense else (),
        )  # fmt: skip
        self.assumed = in_force(self.case, DEFAULTS)
        self.leave = math.log(2) / self.value("half_life_mobile")
        self.place_prior = self.value("prior_place")
        self.sizes, prior = generating.sizes(
            BATTERY, *map(self.value, ("odd_size", "odd_size_batteries", "odd_size_least"))
        )
        self.size_sums = np.cumsum(prior / prior.sum())
        self.size_sums[-1] = 1.0

    def value(self, id: str) -> float:
        return likely(self.assumed[id])

    def chance(self, probability: float) -> bool:
        return bool(self.rng.random() < probability)

    def world(self) -> World:
        true = tuple(self._source(i) for i in range(self.sources))
        self.case = replace(self.case, sources=true)
        claims: list[Claim] = []
        edges: list[Edge] = []
        held = {s: self.chance(self.value("prior_presence")) for s in SYSTEMS}
        spells = {(s, p): self._spells(held[s]) for s in SYSTEMS for p in PLACES}
        for system in SYSTEMS:
            said: dict[str, list[Claim]] = {}
            for source in true:
                for place in self.rng.permutation([*PLACES, NOWHERE.id])[: self.wrong.afresh]:
                    self._speak(source, system, str(place), held, spells, said, claims, edges)
        by_hand = tuple(replace(s, reliability=self._judged(s.reliability)) for s in true)
        case = replace(self.case, sources=by_hand, claims=tuple(claims))
        system = replace(makers.system(), launchers_per_battery=makers.figure(
            "battery", BATTERY.low, BATTERY.likely or 0, BATTERY.high, "vehicles"))  # fmt: skip
        catalogue = makers.catalogue(*(replace(system, id=s) for s in SYSTEMS))
        return World(
            case, catalogue, weighed(case, tuple(edges)), held,
            {at: found[0][2] if found and found[0][0] == 0 else None
             for at, found in spells.items()},
        )  # fmt: skip

    def _source(self, number: int) -> Source:
        made = makers.source(
            f"s{number}", GRADES[self.rng.integers(len(GRADES))],
            str(self.rng.choice(FAMILIES)),
        )  # fmt: skip
        return replace(made, favours=[None, "strength", "weakness"][self.rng.integers(3)])

    def _judged(self, grade: str) -> str:
        """The grade the analyst gives, off by what is wrong."""
        if grade == "F":
            return grade
        return GRADES[min(4, max(0, GRADES.index(grade) - self.wrong.letters))]

    def _spells(self, held: bool) -> list[tuple[float, float, int]]:
        """Stays at a place, latest first: (years ago it ended, years ago it began, launchers)."""
        if not held:
            return []
        found, ago, there = [], 0.0, self.chance(self.place_prior)
        come = self.leave * self.place_prior / (1 - self.place_prior)
        while ago < 100 * YEARS:
            until = ago + float(self.rng.exponential(1 / (self.leave if there else come)))
            if there:
                found.append((ago, until, self._size()))
            ago, there = until, not there
        return found

    def _size(self) -> int:
        return int(self.sizes[np.searchsorted(self.size_sums, self.rng.random())])

    def _speak(
        self,
        source: Source,
        system: str,
        place: str,
        held: dict[str, bool],
        spells: dict[tuple[str, str], list[tuple[float, float, int]]],
        topics: dict[str, list[Claim]],
        claims: list[Claim],
        edges: list[Edge],
    ) -> None:
        """One source says one thing of a system: its own, or a copy of what was said before."""
        id = f"c{len(claims):03d}"
        earlier = topics.setdefault(place, [])
        ago = None if self.chance(0.1) else round(float(self.rng.uniform(0, YEARS)), 2)
        when = float(self.rng.uniform(10, 90)) * YEARS if self._long_gone(ago) else (ago or 0.0)
        here = spells.get((system, place), [])
        now = next((s for s in here if s[0] <= when < s[1]), None)
        so = held[system] if place == NOWHERE.id else now is not None
        if earlier and self.chance(self.copying):
            parent = earlier[self.rng.integers(len(earlier))]
            claims.append(self._copy(id, source, parent, held, here, edges))
            return
        claim = makers.claim(
            id, source=source.id, system=system, place=place, event=moment(ago), publication=None
        )
        claim = self._said(source, claim, so)
        claim = self._counted(claim, source, now[2] if now is not None else None)
        claims.append(claim)
        earlier.append(claim)
        if self.chance(0.2):
            claims.append(replace(claim, id=f"c{len(claims):03d}"))

    def _long_gone(self, ago: float | None) -> bool:
        return ago is None and not self.chance(self.value("undated_persistence"))

    def _chances(self, source: Source, claim: Claim, so: bool) -> np.ndarray:
        """P(each kind | so, or not), mixed to one scale: that one speaks at all tells nothing."""
        rates = self._rates(source, claim)
        gain = rates[:, 0] - rates[:, 1]
        up, down = gain[gain > 0].sum(), -gain[gain < 0].sum()
        balance = np.where(gain > 0, down, np.where(gain < 0, up, (up + down) / 2))
        mixed: np.ndarray = (balance if up + down > 0 else 1.0) * rates[:, 0 if so else 1]
        return mixed / mixed.sum()

    def _rates(self, source: Source, claim: Claim) -> np.ndarray:
        """Hit and false-alarm rate of each kind, as the table has them; (len(KINDS), 2)."""
        key = (
            source.reliability, source.family, source.favours, claim.place == NOWHERE.id,
            self.wrong.detection,
        )  # fmt: skip
        if key not in RATES:
            found = []
            for kind in KINDS:
                one = _of_kind(claim, *kind)
                if one.detection is not None and self.wrong.detection is not None:
                    one = replace(one, detection=Band(*(self.wrong.detection,) * 3))
                said = self._rates_of(source, one)
                found.append((said.hit, said.false_alarm))
            RATES[key] = np.array(found)
        return RATES[key]

    def _rates_of(self, source: Source, claim: Claim) -> generating.Said:
        return generating.rates(source, claim, claim.place != NOWHERE.id)

    def _copy(
        self,
        id: str,
        source: Source,
        parent: Claim,
        held: dict[str, bool],
        here: list[tuple[float, float, int]],
        edges: list[Edge],
    ) -> Claim:
        """A copy, or what is likely one: of the same date, and maybe its source's own."""
        likely_copy = 1.0 if self.chance(0.5) or parent.event is None else 0.5
        claim = replace(parent, id=id, source=source.id, count=None)
        if not self.chance(likely_copy):
            ago = age_of(claim)
            so = any(s[0] <= ago < s[1] for s in here)
            if claim.place == NOWHERE.id:
                so = held[str(claim.system)]
            claim = self._said(source, claim, so)
        kind = parent.modality, parent.credibility
        if kind == (claim.modality, claim.credibility):
            at = KINDS.index(kind)
            by_chance = sum(self._chances(source, claim, so)[at] for so in (True, False)) / 2
            share = likely_copy / (likely_copy + (1 - likely_copy) * by_chance)
            if not self.chance(self.wrong.unlabelled):
                edges.append(Edge(id, parent.id, float(share), ("same text",), False))
        return claim

    def _said(self, source: Source, claim: Claim, so: bool) -> Claim:
        """One of the things that may be said, each at its rate."""
        chances = self._chances(source, claim, so)
        return _of_kind(claim, *KINDS[self.rng.choice(len(KINDS), p=chances)])

    def _counted(self, claim: Claim, source: Source, size: int | None) -> Claim:
        """A number with the claim: from the truth where the claim is tied to it, else unread."""
        if claim.modality not in ("asserted", "reported", "speculated"):
            return claim
        if claim.place == NOWHERE.id or not self.chance(self.counting):
            return claim
        tied = size is not None and self.chance(self._rates_of(source, claim).tied)
        number = size if tied and size is not None else self._size()
        return replace(claim, count=self._told(source, number))

    def _told(self, source: Source, number: int) -> Count:
        bound = str(self.rng.choice(["exact", "exact", "about", "at least"]))
        looks = source.family in ("imagery", "sighting")
        if bound == "at least":
            given = self._size()
            if given > number:
                return Count(None, float(given - 1), None, "launchers", "at most")
            return Count(None, float(given), None, "launchers", "at least")
        odds = self._told_odds(bound, looks)[number - 1]
        told = float(np.searchsorted(odds, self.rng.random() * odds[-1]))
        return Count(None, told, None, "launchers", bound)  # type: ignore[arg-type]

    def _told_odds(self, bound: str, looks: bool) -> np.ndarray:
        """Running sums over the numbers told, for each true number."""
        key = bound, looks
        if key not in TOLD:
            most = 2 * len(self.sizes)
            share = ABOUT_ERROR if bound == "about" else self.value("count_error")
            least = self.value("count_error_least")
            rows = [
                generating.seen(int(n), self.value("count_missed"), most)
                if looks and bound == "exact"
                else generating.rounded(int(n), share, least, most)
                for n in self.sizes
            ]
            TOLD[key] = np.cumsum(np.array(rows), axis=1)
        return TOLD[key]


TOLD: dict[tuple[object, ...], np.ndarray] = {}
RATES: dict[tuple[object, ...], np.ndarray] = {}
"""How often each kind of claim is made, remembered."""

NOWHERE = makers.place("country", lat=None, lon=None, precision_m=None)


def moment(ago: float | None):  # type: ignore[no-untyped-def]
    """The day so many years before the as-of date; ``None``: undated."""
    if ago is None:
        return None
    day = datetime(AS_OF.year, AS_OF.month, AS_OF.day) - timedelta(days=ago * DAYS_PER_YEAR)
    return makers.moment(day.date().isoformat())


def _of_kind(claim: Claim, modality: str, credibility: int) -> Claim:
    seen = makers.band(DETECTION, DETECTION, DETECTION) if modality == "not seen" else None
    return replace(claim, modality=modality, credibility=credibility, detection=seen)


def age_of(claim: Claim) -> float:
    """Years before the as-of date."""
    if claim.event is None:
        return 0.0
    return (AS_OF - claim.event.start.date()).days / DAYS_PER_YEAR


def outcomes(world: World) -> list[Outcome]:
    """Of every system and every place spoken of: what was said, and what was so."""
    fusion, found = world.fusion(), []
    for system in fusion.speaking:
        presence, prior = fusion.presence(system), fusion.prior(system)
        votes = _votes(world, system, None)
        found.append(Outcome(presence.held, world.held[system], votes, prior))
        for place in presence.stands:
            so, votes = world.launchers[system, place] is not None, _votes(world, system, place)
            found.append(Outcome(presence.at(place), so, votes, prior * presence.place_prior))
    return found


def _votes(world: World, system: str, place: str | None) -> tuple[Weight, ...]:
    """All claims on a place; on the country, all of the system."""
    return tuple(
        world.evidence.weight(c.id)
        for c in world.evidence.claims
        if c.system == system and place in (None, c.place)
    )


def ranks(world: World, rng: np.random.Generator) -> list[float]:
    """Randomised rank of each true number in its posterior: uniform if the model is right.

    Czado, Gneiting and Held (2009): u = F(n - 1) + v p(n), v uniform.
    """
    fusion, found = world.fusion(), []
    for (system, place), size in world.launchers.items():
        if size is None:
            continue
        tally, figures, _ = launchers_at(fusion, system, place)
        if any(f.startswith("claim:") for f in figures):
            odds = np.array(tally.weights)
            below = odds[tally.values < size].sum()
            found.append(below + rng.random() * odds[tally.values == size].sum())
    return found


def calibration_error(said: np.ndarray, so: np.ndarray, bins: int = 10) -> float:
    """Expected calibration error: mean gap of said and so over equal bins, by their numbers."""
    cell = np.minimum((said * bins).astype(int), bins - 1)
    gaps = [abs(said[cell == b].sum() - so[cell == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(said))


def weighed(case: Case, edges: tuple[Edge, ...]) -> Evidence:
    """The evidence of a world, as the room would hand it on; credibility is not needed."""
    lineage = Lineage(tuple(c.id for c in case.claims), edges)
    graded = tuple(Channel(s.id, s.reliability, s.reliability, (), "") for s in case.sources)
    return Evidence(
        case.claims, (), lineage, (), graded, (), weights(case, case.claims, lineage, graded), ()
    )
