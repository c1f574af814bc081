"""What the model reads off each claim, as arrays: one row per claim, in the order of the case."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Case, Claim, Source
from shieldwall.evidence.lineage.assumptions import LOOK
from shieldwall.evidence.lineage.attribution import EMPTY, Credit, Names, credit, upstream
from shieldwall.evidence.lineage.order import ranks, spans
from shieldwall.evidence.lineage.words import digits, portable, shingles, tokens
from shieldwall.written import MONTHS, WEEKDAYS, unbracketed

PRIMARY = frozenset(["imagery", "flight", "sighting", "statement"])
"""Families that see or decide for themselves; press mostly passes on."""
SILENT = frozenset(["not confirmed", "denied", "declined to comment", "not seen"])
BACKGROUND = 100
"""Rarity is judged as in a case of so many claims, even where there are fewer."""
PLAIN = "~"
"""Marks words of one language among those that survive translation."""
SHINGLE = 3
"""Words of a shingle: claims are a sentence or two."""


class Facts:
    """A case's claims, coded as numbers and sets."""

    def __init__(self, case: Case, claims: Sequence[Claim]) -> None:
        self.claims = claims
        self.index = {c.id: i for i, c in enumerate(claims)}
        self.sources = _sources(case, claims)
        self.names = Names(self.sources)
        where = {s.id: i for i, s in enumerate(self.sources)}
        self.source = np.array([where[c.source] for c in claims], dtype=np.int64)
        self.primary = np.array([self.sources[s].family in PRIMARY for s in self.source])
        poor = [s.family == "press" and s.reliability in "DE" for s in self.sources]
        self.weak = np.array(poor)[self.source]
        self.system, self.place = (
            codes([c.system for c in claims]),
            codes([c.place for c in claims]),
        )
        self.about = codes([c.about for c in claims])
        self.subject = codes([c.subject for c in claims])
        self.material, self.address = (
            codes([c.material for c in claims]), codes([c.address for c in claims]),
        )  # fmt: skip
        self.language = codes([c.language for c in claims])
        self.silent = np.array([c.modality in SILENT for c in claims])
        self.reported = np.array([c.modality == "reported" for c in claims])
        self.guess = np.array([c.modality == "speculated" for c in claims])
        self.number = np.array([_number(c) for c in claims])
        self.label = [_label(c) for c in claims]
        self.unit = codes([None if c.count is None else c.count.unit for c in claims])
        self.credits: list[Credit] = [credit(c) for c in claims]
        self.named = [self._named(i) for i in range(len(claims))]
        self.words = [tokens(f"{c.statement} {c.value or ''} {c.component or ''}") for c in claims]
        self.shingles = [shingles(w, SHINGLE) for w in self.words]
        self.rare = self._rare(case)
        self.coded = _coded(case, self.index, claims)
        self.span = spans(claims)
        self.rank = ranks(self.span, self._originality(), self.coded)

    def _named(self, i: int) -> dict[int, float]:
        """Sources that a claim credits, best fit of any of its names; never its own."""
        found: dict[int, float] = {}
        for name in self.credits[i].names:
            for source, fit in self.names.named(name).items():
                if source != self.source[i]:
                    found[source] = max(found.get(source, 0.0), fit)
        return found

    def _rare(self, case: Case) -> list[dict[str, float]]:
        """Telling words of each claim with their weight: inverse frequency in the case, in nats.

        What the claim's own coded fields say already (system, place, count, dates) tells nothing
        more, and words of other than names and numbers tell within one language only.
        """
        places = {p.id: p.name for p in case.places}
        bags = []
        for claim, words in zip(self.claims, self.words, strict=True):
            known, names = _told(claim, places), portable(claim.statement)
            kept = {
                w for w in words
                if (len(w) > 2 or digits(w)) and w not in EMPTY | known and not _is_system(w, claim)
            }  # fmt: skip
            bags.append({w if w in names or digits(w) else PLAIN + w for w in kept})
        used = Counter(w for bag in bags for w in bag)
        n = max(len(self.claims), BACKGROUND)
        return [
            {w: math.log((n + 1) / used[w]) * _telling(w) for w in sorted(bag) if used[w] > 1}
            for bag in bags
        ]

    def _originality(self) -> NDArray[np.float64]:
        """How much a claim looks like an origin, to settle who goes first where times overlap."""
        cited = Counter(s for named in self.named for s in named)
        score = LOOK["primary"] * self.primary + LOOK["reported"] * self.reported
        for i, claim in enumerate(self.claims):
            credits = self.credits[i]
            score[i] += LOOK["credits"] * bool(credits.names) + LOOK["says_relay"] * credits.relays
            score[i] += LOOK["dated"] * (claim.event is not None or claim.acquisition is not None)
            score[i] += LOOK["material"] * (claim.material is not None)
            score[i] += min(LOOK["cited_most"], LOOK["cited"] * cited[self.source[i]])
            score[i] += LOOK["maker"] * self._maker(i)
            if claim.publication is not None and claim.publication.precision not in (
                "year",
                "month",
            ):
                score[i] += LOOK["exact_date"]
        return score

    def _maker(self, i: int) -> bool:
        """True if the material a claim rests on carries its source's name."""
        material = self.claims[i].material
        if material is None:
            return False
        named = self.sources[self.source[i]]
        return bool(set(tokens(material)) & set(tokens(f"{named.id} {unbracketed(named.name)}")))


def _sources(case: Case, claims: Sequence[Claim]) -> list[Source]:
    used = {c.source for c in claims}
    return sorted((s for s in case.sources if s.id in used), key=lambda s: s.id)


def upstreams(facts: Facts) -> dict[tuple[int, int], float]:
    """(source, source) where the name of the first says that it copies the second."""
    found = {}
    for i, source in enumerate(facts.sources):
        words = upstream(source)
        if words:
            for other, fit in facts.names.named(words).items():
                if other != i:
                    found[i, other] = fit
    return found


def codes(values: Sequence[str | None]) -> NDArray[np.int64]:
    """Small numbers for strings, -1 for None; the same for any order of the claims."""
    known = {v: i for i, v in enumerate(sorted({v for v in values if v is not None}))}
    return np.array([-1 if v is None else known[v] for v in values], dtype=np.int64)


def _number(claim: Claim) -> float:
    """The figure of a claim's count, its bound where it has no likely one; nan without."""
    if claim.count is None:
        return float("nan")
    given = (claim.count.likely, claim.count.low, claim.count.high)
    return next((v for v in given if v is not None), float("nan"))


def _label(claim: Claim) -> str | None:
    """What a claim puts a figure or a name on, as one word."""
    number = _number(claim)
    if claim.count is not None and not math.isnan(number):
        return f"{number:g} {claim.count.unit}"
    return claim.value


def _is_system(word: str, claim: Claim) -> bool:
    """True for the system's own designation, however much of it is written: s300 for s300vm."""
    id = (claim.system or "").replace("-", "")
    return bool(id) and len(word) > 3 and (word.startswith(id[:4]) or id in word)


def _telling(word: str) -> float:
    """Round numbers are shared by chance: 500 tells a third of what 4125 does."""
    return min(1.0, 0.35 * digits(word)) if digits(word) else 1.0


def _told(claim: Claim, places: dict[str, str]) -> set[str]:
    told = [claim.system or "", claim.place or "", claim.subject or "", claim.component or ""]
    if claim.place is not None and claim.place in places:
        told.append(places[claim.place])
    if claim.count is not None:
        c = claim.count
        told += [f"{v:g}" for v in (c.low, c.likely, c.high) if v is not None] + [c.unit]
    for moment in (claim.event, claim.acquisition, claim.publication):
        if moment is not None:
            s = moment.start
            told += [str(s.year), str(s.month), str(s.day)]
            told += [MONTHS[s.month - 1], WEEKDAYS[s.weekday()]]
    return set(tokens(" ".join(told).replace("-", " ")))


def _coded(case: Case, index: dict[str, int], claims: Sequence[Claim]) -> dict[int, int]:
    """Claim -> the claim it is coded to repeat.

    Where that one is not at hand its own parent stands in, or else the first of those that repeat
    it, so that they still count once.
    """
    known = {c.id: c for c in (*case.claims, *claims)}
    found: dict[int, int] = {}
    orphans: dict[str, int] = {}
    for i, claim in enumerate(claims):
        parent = claim.relays
        last = parent
        while parent is not None and parent not in index:
            last = parent
            parent = known[parent].relays if parent in known else None
        if parent is not None:
            found[i] = index[parent]
        elif last is not None:
            first = orphans.setdefault(last, i)
            if first != i:
                found[i] = first
    return found
