"""Who speaks of a thing: every origin once, every source once, copies not at all.

A claim that may repeat others speaks as its own origin with the chance that it repeats none; the
rest of the time it says what its parent said, and adds nothing. With h and f the rates of the claim
and s that chance, what it multiplies the odds of its being so by is, in two factors,

    so: (1 - s) + s h / m        not so: (1 - s) + s f / m        m = (h + f) / 2

A parent that does not itself speak of the thing (an image read as conduct, relayed as presence)
speaks through those that repeat it, once, with its own rates.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from shieldwall.case.records import Case, Claim, Moment
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import Edge, Evidence

DAYS_PER_YEAR = 365.25
LOOKING = ("imagery", "sighting", "flight")
"""Families that look anew each time; who tells, repeats himself."""


@dataclass(frozen=True)
class Voice:
    """One origin, as it speaks of one thing."""

    speaker: str
    """The claim that is the origin."""
    says: Claim
    """What is said, and where and when: the origin itself, or who repeats it here."""
    source: str
    looks: bool
    so: float
    not_so: float
    tied: float
    """Chance that what it says comes from a tie to the truth, and not from a copy."""
    age: float | None
    """Years from what it speaks of to the as-of date; ``None``: unknown."""

    @property
    def key(self) -> tuple[str, str]:
        """One origin may speak through several claims, at several places."""
        return self.speaker, self.says.id

    @property
    def log_ratio(self) -> float:
        return math.log(self.so / self.not_so)

    @property
    def bits(self) -> float:
        """Weight of evidence in bits."""
        return math.log2(self.so / self.not_so)


@dataclass(frozen=True)
class Hearing:
    """The evidence of a case, as it is heard: what each claim says alone is worked out once."""

    case: Case
    evidence: Evidence
    _alone: dict[str, Voice] = field(default_factory=dict)
    _parents: dict[str, tuple[Edge, ...]] = field(default_factory=dict)

    def voices(self, claims: Iterable[Claim]) -> tuple[Voice, ...]:
        """Every origin that speaks through ``claims``, sorted by its id."""
        inside = {c.id: c for c in sorted(claims, key=lambda c: c.id)}
        found = [self._by_itself(claim) for claim in inside.values()]
        for id, (chance, through) in _said_through(self, inside).items():
            if chance > 0:
                found.append(self._voice(id, through, chance * self.own(id)))
        return tuple(sorted((v for v in found if v.so != v.not_so), key=lambda v: v.speaker))

    def repeated(self, id: str) -> tuple[Edge, ...]:
        """What a claim may repeat as it stands: an article may be copied and still say more.

        Relays coded by hand are taken at their word; an inferred parent has to speak of the same
        system, and of the same place where the claim names one.
        """
        if id not in self._parents:
            claim = self.evidence.claim(id)
            self._parents[id] = tuple(
                e
                for e in self.evidence.lineage.parents(id)
                if self.evidence.has(e.parent)
                and (e.coded or _could_say(self.case, self.evidence.claim(e.parent), claim))
            )
        return self._parents[id]

    def own(self, id: str) -> float:
        """Chance that a claim repeats nobody in what it says here."""
        return max(0.0, 1.0 - math.fsum(e.probability for e in self.repeated(id)))

    def _by_itself(self, claim: Claim) -> Voice:
        if claim.id not in self._alone:
            self._alone[claim.id] = self._voice(claim.id, claim, self.own(claim.id))
        return self._alone[claim.id]

    def _voice(self, speaker: str, says: Claim, own: float) -> Voice:
        weight, origin = self.evidence.weight(speaker), self.evidence.claim(speaker)
        even = (weight.hit + weight.false_alarm) / 2
        return Voice(
            speaker=speaker,
            says=says,
            source=origin.source,
            looks=weight.family in LOOKING,
            so=(1 - own) + own * weight.hit / even,
            not_so=(1 - own) + own * weight.false_alarm / even,
            tied=own * weight.tied,
            age=_age(origin if dated(origin) else says, self.case.as_of),
        )


def witnesses(spoken: Iterable[Voice]) -> tuple[Voice, ...]:
    """The weightiest voice of each source: one source is one witness, or one for each look.

    Of equals the latest speaks, then the first by id.
    """
    best: dict[tuple[str, float | None], Voice] = {}
    for voice in spoken:
        key = voice.source, voice.age if voice.looks else None
        if key not in best or _outweighs(voice, voice.log_ratio, best[key], best[key].log_ratio):
            best[key] = voice
    return tuple(sorted(best.values(), key=lambda v: v.speaker))


def leads(spoken: Iterable[tuple[Voice, float]]) -> dict[tuple[str, str], tuple[Voice, float]]:
    """By key, what each source says of the country: its weightiest voice for, and that against.

    Each with its log ratio there. Who says yes of one place and no of others has said both.
    """
    best: dict[tuple[str, bool], tuple[Voice, float]] = {}
    for voice, log in spoken:
        key = voice.source, log > 0
        if key not in best or _outweighs(voice, log, *best[key]):
            best[key] = voice, log
    return {v.key: (v, log) for v, log in best.values()}


def _outweighs(voice: Voice, log: float, other: Voice, other_log: float) -> bool:
    """Weightiest, then latest, then first by place and id; last bits of a weight decide nothing.

    By place before id, so that the same claim taken in again under another id moves nothing.
    """
    rank, other_rank = _rank(voice, log), _rank(other, other_log)
    return rank > other_rank or (rank == other_rank and _name(voice) < _name(other))


def _rank(voice: Voice, log: float) -> tuple[float, float]:
    return round(abs(log), 9), -math.inf if voice.age is None else -voice.age


def _name(voice: Voice) -> tuple[str, str, str]:
    return voice.says.place or "", voice.speaker, voice.says.id


def dated(claim: Claim) -> Moment | None:
    """When what a claim says was so; of a claim that does not tell, when it was published."""
    return claim.event or claim.acquisition or claim.publication


def _age(claim: Claim, as_of: date) -> float | None:
    """Years from the middle of what a claim speaks of to the as-of date; ``None``: undated."""
    moment = dated(claim)
    if moment is None:
        return None
    day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    return max(0.0, (day - _middle(moment)).total_seconds() / 86_400 / DAYS_PER_YEAR)


def _middle(moment: Moment) -> datetime:
    if moment.precision in ("year", "month"):
        return moment.start + (moment.end - moment.start) / 2
    return moment.start


def _could_say(case: Case, parent: Claim, claim: Claim) -> bool:
    same = parent.about == claim.about or {parent.about, claim.about} <= set(PRESENCE_ABOUT)
    anywhere = claim.place is None or case.place(claim.place).kind != "point"
    return same and parent.system == claim.system and (anywhere or parent.place == claim.place)


def _said_through(hearing: Hearing, inside: dict[str, Claim]) -> dict[str, tuple[float, Claim]]:
    """Silent ancestors: the chance that each was repeated here, and the first that repeats it."""
    children: dict[str, list[tuple[str, float]]] = {}
    through: dict[str, Claim] = {}
    waiting = list(inside)
    for child in waiting:
        for edge in hearing.repeated(child):
            if edge.parent in inside:
                continue
            if edge.parent not in children:
                waiting.append(edge.parent)
                through[edge.parent] = inside.get(child) or through[child]
            children.setdefault(edge.parent, []).append((child, edge.probability))
    chances = _chances(children, inside)
    return {id: (chances.get(id, 0.0), through[id]) for id in children}


def _chances(
    children: dict[str, list[tuple[str, float]]], inside: dict[str, Claim]
) -> dict[str, float]:
    """Chance that each silent ancestor is repeated here, from the claims upward.

    A circle has no chance: what only repeats itself was not said.
    """
    known = dict.fromkeys(inside, 1.0)
    parents: dict[str, list[str]] = {}
    unknown = dict.fromkeys(children, 0)
    for id, repeated in children.items():
        for child, _ in repeated:
            if child not in inside:
                parents.setdefault(child, []).append(id)
                unknown[id] += 1
    ready = [id for id, left in unknown.items() if left == 0]
    while ready:
        id = ready.pop()
        known[id] = 1 - math.prod(1 - p * known[child] for child, p in sorted(children[id]))
        for parent in parents.get(id, ()):
            unknown[parent] -= 1
            if unknown[parent] == 0:
                ready.append(parent)
    return known
