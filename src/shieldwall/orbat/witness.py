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
from dataclasses import dataclass
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


def voices(
    case: Case, evidence: Evidence, claims: Iterable[Claim], heard: dict[str, Voice] | None = None
) -> tuple[Voice, ...]:
    """Every origin that speaks through ``claims``, sorted by its id.

    ``heard`` keeps what claims say as their own origins, for the next call with some left out.
    """
    heard = {} if heard is None else heard
    inside = {c.id: c for c in sorted(claims, key=lambda c: c.id)}
    for id, claim in inside.items():
        if id not in heard:
            heard[id] = _voice(evidence, id, claim, _own(case, evidence, id), case.as_of)
    found = [heard[id] for id in inside]
    found += [
        _voice(evidence, id, through, chance * _own(case, evidence, id), case.as_of)
        for id, (chance, through) in _said_through(case, evidence, inside).items()
    ]
    return tuple(sorted((v for v in found if v.so != v.not_so), key=lambda v: v.speaker))


def witnesses(spoken: Iterable[Voice]) -> tuple[Voice, ...]:
    """The weightiest voice of each source: one source is one witness, or one for each look.

    Of equals the latest speaks, then the first by id.
    """
    best: dict[tuple[str, float | None], Voice] = {}
    for voice in spoken:
        key = voice.source, voice.age if voice.looks else None
        if key not in best or _rank(voice, voice.log_ratio) > _rank(best[key], best[key].log_ratio):
            best[key] = voice
    return tuple(sorted(best.values(), key=lambda v: v.speaker))


def leads(spoken: Iterable[tuple[Voice, float]]) -> dict[tuple[str, str], tuple[Voice, float]]:
    """By key, the one voice of each source that speaks on the country, with its log ratio there."""
    best: dict[str, tuple[Voice, float]] = {}
    for voice, log in spoken:
        before = best.get(voice.source)
        if before is None or _rank(voice, log) > _rank(*before):
            best[voice.source] = voice, log
    return {v.key: (v, log) for v, log in best.values()}


def _rank(voice: Voice, log: float) -> tuple[float, float, tuple[int, ...]]:
    """Weightiest, then latest, then first by id; last bits of a weight decide nothing."""
    late = -math.inf if voice.age is None else -voice.age
    return round(abs(log), 9), late, tuple(-ord(c) for c in voice.speaker + voice.says.id)


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


def _voice(evidence: Evidence, speaker: str, says: Claim, own: float, as_of: date) -> Voice:
    weight, origin = evidence.weight(speaker), evidence.claim(speaker)
    even = (weight.hit + weight.false_alarm) / 2
    return Voice(
        speaker=speaker,
        says=says,
        source=origin.source,
        looks=weight.family in LOOKING,
        so=(1 - own) + own * weight.hit / even,
        not_so=(1 - own) + own * weight.false_alarm / even,
        tied=own * weight.tied,
        age=_age(origin, as_of) if dated(origin) else _age(says, as_of),
    )


def _repeated(case: Case, evidence: Evidence, id: str) -> tuple[Edge, ...]:
    """What a claim may repeat as it stands: an article may be copied and still say more.

    Relays coded by hand are taken at their word; an inferred parent has to speak of the same
    system, and of the same place where the claim names one.
    """
    claim = evidence.claim(id)
    return tuple(
        e
        for e in evidence.lineage.parents(id)
        if evidence.has(e.parent) and (e.coded or _could_say(case, evidence.claim(e.parent), claim))
    )


def _could_say(case: Case, parent: Claim, claim: Claim) -> bool:
    same = parent.about == claim.about or {parent.about, claim.about} <= set(PRESENCE_ABOUT)
    anywhere = claim.place is None or case.place(claim.place).kind != "point"
    return same and parent.system == claim.system and (anywhere or parent.place == claim.place)


def _own(case: Case, evidence: Evidence, id: str) -> float:
    """Chance that a claim repeats nobody in what it says here."""
    return max(0.0, 1.0 - math.fsum(e.probability for e in _repeated(case, evidence, id)))


def _said_through(
    case: Case, evidence: Evidence, inside: dict[str, Claim]
) -> dict[str, tuple[float, Claim]]:
    """Silent ancestors: the chance that each was repeated here, and the first that repeats it."""
    children: dict[str, list[tuple[str, float]]] = {}
    through: dict[str, Claim] = {}
    waiting = list(inside)
    for child in waiting:
        for edge in _repeated(case, evidence, child):
            if edge.parent in inside:
                continue
            if edge.parent not in children:
                waiting.append(edge.parent)
                through[edge.parent] = inside.get(child) or through[child]
            children.setdefault(edge.parent, []).append((child, edge.probability))
    chances: dict[str, float] = {}
    return {id: (_chance(id, children, inside, chances), through[id]) for id in children}


def _chance(
    id: str,
    children: dict[str, list[tuple[str, float]]],
    inside: dict[str, Claim],
    known: dict[str, float],
) -> float:
    if id in inside:
        return 1.0
    if id not in known:
        known[id] = 0.0  # a circle has no chance: what repeats itself was not said
        silent = 1.0
        for child, probability in sorted(children[id]):
            silent *= 1 - probability * _chance(child, children, inside, known)
        known[id] = 1 - silent
    return known[id]
