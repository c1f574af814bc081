"""Who speaks of a thing: every origin once, every source once, copies not at all.

A claim that may repeat others speaks as its own origin with the chance that it repeats none; the
rest of the time it says what its parent said, and adds nothing. With h and f the rates of the claim
and s that chance, what it multiplies the odds of its being so by is, in two factors,

    so: (1 - s) + s h / m        not so: (1 - s) + s f / m        m = (h + f) / 2

A parent that does not itself speak of the thing (an image read as conduct, relayed as presence)
speaks through those that repeat it, once, with its own rates. Whoever counts claims asks here: the
order of battle, operational control, what is claimed beside them, hypotheses, credibility.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from operator import attrgetter

from shieldwall.case.records import Band, Case, Claim, Moment
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import Edge, Evidence, Weight

DAYS_PER_YEAR = 365.25
Rank = tuple[float, float, tuple[str, ...]]
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
    own: float = 1.0
    """Chance that it is heard here as an origin, and not as a copy."""

    @property
    def key(self) -> tuple[str, str]:
        """One origin may speak through several claims, at several places."""
        return self.speaker, self.says.id

    @property
    def look(self) -> tuple[str, float | None]:
        """What is one witness: a source, or one look of who looks anew."""
        return self.source, self.age if self.looks else None

    @property
    def tells(self) -> bool:
        """Whether it says anything at all."""
        return self.so != self.not_so

    @cached_property
    def log_ratio(self) -> float:
        return math.log(self.so / self.not_so)

    @property
    def bits(self) -> float:
        """Weight of evidence in bits."""
        return math.log2(self.so / self.not_so)

    @cached_property
    def content(self) -> tuple[str, ...]:
        """What is said, to order voices of the same weight and date by; ids only come last.

        Of numbers told at once the least comes first.
        """
        return *_content(self.says), self.speaker, self.says.id

    @cached_property
    def rank(self) -> Rank:
        """Its place among the voices on what it speaks of: see ``rank``."""
        return rank(self, self.log_ratio)


@dataclass(frozen=True)
class Left:
    """What is left out of the evidence."""

    claims: frozenset[str] = frozenset()
    absent: bool = False
    """True: nobody may have repeated them either; who seemed to speaks so much more himself."""


NOTHING = Left()


@dataclass(frozen=True)
class Telling:
    """Claims on one thing, with all that does not change when some of them are left out."""

    inside: dict[str, Claim]
    """By id, in the order of what is said."""
    ranked: tuple[tuple[Voice, ...], ...]
    """What each says by itself: of each source (each look), for and against, weightiest first."""
    repeating: tuple[str, ...]
    """Those that may repeat others, in the order of ``inside``."""
    reach: frozenset[str]
    """All of them, and whatever they may go back to."""
    elsewhere: frozenset[str]
    """Claims that speak in another topic, and so not through those that repeat them here."""


def could_say(case: Case, parent: Claim, claim: Claim) -> bool:
    """Whether a parent speaks of the same system, and of the same place where the claim names one.

    What else a claim says it does not have from there: an article may be copied and say more.
    """
    same = parent.about == claim.about or {parent.about, claim.about} <= set(PRESENCE_ABOUT)
    anywhere = claim.place is None or case.place(claim.place).kind != "point"
    return same and parent.system == claim.system and (anywhere or parent.place == claim.place)


@dataclass(frozen=True)
class Hearing:
    """The evidence of a case, as it is heard: what each claim says alone is worked out once."""

    case: Case
    evidence: Evidence
    could_say: Callable[[Case, Claim, Claim], bool] = could_say
    """Whether a parent that was inferred could say what a claim says of what is asked."""
    foretold: bool = False
    """True: what is told of days after the as-of date counts too, as what was said by then."""
    _alone: dict[str, Voice] = field(default_factory=dict)
    _parents: dict[str, tuple[Edge, ...]] = field(default_factory=dict)

    def topic(self, claims: Iterable[Claim], elsewhere: frozenset[str] = frozenset()) -> Telling:
        """Claims that speak of one thing, heard."""
        inside = {c.id: c for c in sorted(claims, key=lambda c: (_content(c), c.id))}
        groups: dict[object, list[Voice]] = {}
        for voice in sorted(map(self._by_itself, inside.values()), key=_rank):
            if voice.tells:
                groups.setdefault((voice.look, voice.log_ratio > 0), []).append(voice)
        repeating = tuple(id for id in inside if self.repeated(id))
        return Telling(
            inside, tuple(map(tuple, groups.values())), repeating,
            frozenset(inside.keys() | self._behind(repeating)), elsewhere,
        )  # fmt: skip

    def voices(self, topic: Telling, left: Left = NOTHING) -> tuple[Voice, ...]:
        """The weightiest voices of each source (each look) of a topic, for it and against it.

        With silent parents, which speak through who repeats them: not yet one for each source.
        """
        out = left.claims
        if not topic.repeating:
            return _firsts(topic, out)
        inside = {id: c for id, c in topic.inside.items() if id not in out}
        repeating = tuple(id for id in topic.repeating if id not in out)
        freed = {id for id in repeating if self.repeated(id, left) != self.repeated(id)}
        own = (self._voice(id, inside[id], self.own(id, left)) for id in sorted(freed))
        silent = (
            self._voice(id, through, chance * self.own(id, left))
            for id, (chance, through) in _said_through(self, inside, repeating, left).items()
            if chance > 0 and (id in out or id not in topic.elsewhere)
        )
        return (*_firsts(topic, out | freed), *(v for v in (*own, *silent) if v.tells))

    def repeated(self, id: str, left: Left = NOTHING) -> tuple[Edge, ...]:
        """What a claim may repeat of what is asked.

        Relays coded by hand are taken at their word; of an inferred parent ``could_say`` decides.
        """
        if id not in self._parents:
            claim = self.evidence.claim(id)
            self._parents[id] = tuple(
                e
                for e in self.evidence.lineage.parents(id)
                if self.evidence.has(e.parent)
                and (e.coded or self.could_say(self.case, self.evidence.claim(e.parent), claim))
            )
        if not left.absent or not any(e.parent in left.claims for e in self._parents[id]):
            return self._parents[id]
        found: dict[str, Edge] = {}
        for edge in self._parents[id]:
            for way in self._past(edge, left):
                before = found[way.parent].probability if way.parent in found else 0.0
                found[way.parent] = replace(way, probability=before + way.probability)
        return tuple(found.values())

    def _past(self, edge: Edge, left: Left) -> tuple[Edge, ...]:
        """The edge, or past a parent that is left out to what that one repeats."""
        if edge.parent not in left.claims:
            return (edge,)
        return tuple(
            replace(edge, parent=up.parent, probability=edge.probability * up.probability)
            for up in self.repeated(edge.parent, left)
        )

    def own(self, id: str, left: Left = NOTHING) -> float:
        """Chance that a claim repeats nobody in what it says here."""
        return max(0.0, 1.0 - math.fsum(e.probability for e in self.repeated(id, left)))

    def _by_itself(self, claim: Claim) -> Voice:
        if claim.id not in self._alone:
            self._alone[claim.id] = self._voice(claim.id, claim, self.own(claim.id))
        return self._alone[claim.id]

    def _behind(self, ids: Iterable[str]) -> set[str]:
        """Whatever claims may go back to."""
        found: set[str] = set()
        waiting = list(ids)
        while waiting:
            new = {e.parent for e in self.repeated(waiting.pop())} - found
            found |= new
            waiting += new
        return found

    def _voice(self, speaker: str, says: Claim, own: float) -> Voice:
        weight, origin = self.evidence.weight(speaker), self.evidence.claim(speaker)
        even = (weight.hit + weight.false_alarm) / 2
        when = dated(origin) or dated(says)
        later = when is not None and when.start.date() > self.case.as_of
        if later and not self.foretold:
            own = 0.0  # What is foretold says nothing of the as-of date.
        return Voice(
            speaker=speaker,
            says=says,
            source=origin.source,
            looks=weight.family in LOOKING,
            so=(1 - own) + own * weight.hit / even,
            not_so=(1 - own) + own * weight.false_alarm / even,
            tied=own * weight.tied,
            age=_age(when, self.case.as_of),
            own=own,
        )


def touches(topic: Telling, left: Left) -> bool:
    """Whether what is left out has a part in what is said of a topic."""
    return any(id in topic.reach for id in left.claims)


def _firsts(topic: Telling, out: frozenset[str]) -> tuple[Voice, ...]:
    """The weightiest of each group that is not left out."""
    firsts = (next((v for v in group if v.speaker not in out), None) for group in topic.ranked)
    return tuple(v for v in firsts if v is not None)


_rank = attrgetter("rank")


def witnesses(spoken: Iterable[Voice], ranked: bool = False) -> tuple[Voice, ...]:
    """The weightiest voice of each source: one source is one witness, or one for each look.

    Of equals the latest speaks, then by what is said; the first of them where they are ``ranked``
    already. In the order of weight.
    """
    best: dict[object, Voice] = {}
    for voice in spoken if ranked else sorted(spoken, key=_rank):
        best.setdefault(voice.look, voice)
    return tuple(best.values())


def from_even(log_ratio: float) -> float:
    """The probability that voices of this log ratio together leave of even odds."""
    rest = math.exp(-abs(log_ratio))
    return (1.0 if log_ratio > 0 else rest) / (1.0 + rest)


def spoken_ratio(voice: Voice, weight: Weight) -> Band:
    """The voice's likelihood ratio, with the band of its grade as far as it speaks for itself."""
    whole = math.log(weight.ratio.middle)
    if abs(whole) < 1e-12:
        return Band(1.0, 1.0, 1.0)
    share = voice.log_ratio / whole
    ends = sorted(math.exp(share * math.log(r)) for r in (weight.ratio.low, weight.ratio.high))
    middle = math.exp(voice.log_ratio)
    return Band(min(ends[0], middle), middle, max(ends[1], middle))


def leads(spoken: Iterable[tuple[Voice, float]]) -> dict[tuple[str, str], tuple[Voice, float]]:
    """By key, what each source says of the country: its weightiest voice for, and that against.

    Each with its log ratio there. Who says yes of one place and no of others has said both.
    """
    best: dict[tuple[str, bool], tuple[Voice, float]] = {}
    for voice, log in sorted(spoken, key=lambda s: rank(*s)):
        best.setdefault((voice.source, log > 0), (voice, log))
    return {v.key: (v, log) for v, log in best.values()}


def rank(voice: Voice, log: float) -> Rank:
    """Weightiest, then latest, then by what is said: last bits of a weight decide nothing."""
    return -round(abs(log), 9), math.inf if voice.age is None else voice.age, voice.content


def _content(claim: Claim) -> tuple[str, ...]:
    count = claim.count
    given = () if count is None else (count.low, count.likely, count.high)
    number = min((n for n in given if n is not None), default=0.0)
    moments = (claim.event, claim.acquisition, claim.publication)
    return (
        claim.place or "", f"{number:024.6f}", str(count), claim.modality, str(claim.credibility),
        claim.about, claim.component or "", claim.statement,
        *(m.text if m else "" for m in moments),
    )  # fmt: skip


def dated(claim: Claim) -> Moment | None:
    """When what a claim says was so; of a claim that does not tell, when it was published."""
    return claim.event or claim.acquisition or claim.publication


def _age(moment: Moment | None, as_of: date) -> float | None:
    """Years from the middle of what a claim speaks of to the as-of date; ``None``: undated."""
    if moment is None:
        return None
    day = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
    return max(0.0, (day - _middle(moment)).total_seconds() / 86_400 / DAYS_PER_YEAR)


def _middle(moment: Moment) -> datetime:
    if moment.precision in ("year", "month"):
        return moment.start + (moment.end - moment.start) / 2
    return moment.start


def _said_through(
    hearing: Hearing, inside: dict[str, Claim], repeating: tuple[str, ...], left: Left
) -> dict[str, tuple[float, Claim]]:
    """Silent ancestors: the chance that each was repeated here, and who repeats it.

    Of several the first by what is said (the order of ``repeating``), whatever their ids.
    """
    children: dict[str, list[tuple[str, float]]] = {}
    through: dict[str, Claim] = {}
    waiting = list(repeating)
    for child in waiting:
        for edge in hearing.repeated(child, left):
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
        known[id] = 1 - math.prod(sorted(1 - p * known[child] for child, p in children[id]))
        for parent in parents.get(id, ()):
            unknown[parent] -= 1
            if unknown[parent] == 0:
                ready.append(parent)
    return known
