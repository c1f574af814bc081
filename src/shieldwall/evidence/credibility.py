"""How far the others bear out what a claim says: its credibility, computed beside the hand grade.

The odds are those that the other sources leave of even ones, counted as everywhere
(``witness.py``): a likely relay bears out as far as it may be an origin of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import islice
from typing import NamedTuple

from shieldwall.case.records import Case, Claim
from shieldwall.evidence import assumptions as table
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import STATED, Credibility, Evidence
from shieldwall.evidence.witness import Hearing, Voice, from_even, witnesses

NAMED = 5
"""So many sources are named in a reason."""

Key = tuple[str | None, ...]


def credibility(case: Case, evidence: Evidence) -> tuple[Credibility, ...]:
    """Each claim's credibility as the other independent sources bear it out.

    A relay has that of its origin; one source speaks once; 6 where nobody else speaks, or all
    others together are rather copies than one origin.
    """
    hearing = Hearing(case, evidence)
    topics: dict[Key, list[Claim]] = defaultdict(list)
    for claim in evidence.claims:
        topics[_topic(case, claim)].append(claim)
    heard: dict[Key, list[_Heard]] = {}
    said: dict[tuple[Key, str | None], _Said] = {}
    found = []
    for claim in evidence.claims:
        origin = evidence.claim(evidence.lineage.origin(claim.id))
        key = _topic(case, origin)
        if key not in heard:
            heard[key] = _heard(hearing, topics[key])
        if (key, origin.value) not in said:
            said[key, origin.value] = _said(heard[key], origin.value)
        found.append(_borne_out(claim, origin, said[key, origin.value]))
    return tuple(found)


class _Heard(NamedTuple):
    """A voice on a topic, as those hear it who give its value, or as those who give another."""

    voice: Voice
    value: str | None
    other: bool

    def tells(self, value: str | None) -> bool:
        """Whether this is how it is heard by who gives ``value``; no value goes with any."""
        return self.other == (None not in (value, self.value) and value != self.value)


@dataclass(frozen=True)
class _Said:
    """What the sources say of one topic, and all together."""

    by_source: dict[str, float]
    """Log of so / not so of each, the heaviest first."""
    own: dict[str, float]
    """Chance that each speaks as an origin."""
    total: float
    independent: float


def _heard(hearing: Hearing, topic: list[Claim]) -> list[_Heard]:
    """All voices on a topic, both ways, the weightiest first.

    Of equal weights for and against, that against comes first: ids decide nothing.
    """
    every = frozenset(c.id for c in topic)
    values: dict[str | None, list[Claim]] = defaultdict(list)
    for claim in topic:
        values[claim.value].append(claim)
    found = []
    for value, claims in values.items():
        inside = hearing.topic(claims, every)
        for voice in hearing.voices(inside):
            found.append(_Heard(voice, value, False))
            if len(values) > 1:
                found.append(_Heard(_against(voice), value, True))
    return sorted(found, key=lambda h: (h.voice.rank[0], h.voice.log_ratio > 0, h.voice.rank))


def _said(heard: list[_Heard], value: str | None) -> _Said:
    """For one value of the topic's subject: whoever gives another speaks against it."""
    logs: dict[str, list[float]] = defaultdict(list)
    own: dict[str, float] = {}
    # Sorted already, once for all values.
    for voice in witnesses((h.voice for h in heard if h.tells(value)), ranked=True):
        logs[voice.source].append(voice.log_ratio)
        own[voice.source] = max(own.get(voice.source, 0.0), voice.own)
    summed = {source: math.fsum(sorted(each)) for source, each in logs.items()}
    ranked = dict(sorted(summed.items(), key=lambda s: (-round(abs(s[1]), 9), s[0])))
    return _Said(ranked, own, math.fsum(summed.values()), math.fsum(own.values()))


def _against(voice: Voice) -> Voice:
    """Who gives another value, turned against this one; who denies another stays as he is."""
    return replace(voice, so=voice.not_so, not_so=voice.so) if voice.log_ratio > 0 else voice


def _topic(case: Case, claim: Claim) -> Key:
    """Claims of one topic speak of the same thing: a system in the country, or at one place."""
    about = "presence" if claim.about in PRESENCE_ABOUT else claim.about
    point = claim.place is not None and case.place(claim.place).kind == "point"
    return about, claim.system, claim.subject, claim.place if point else None


def _borne_out(claim: Claim, origin: Claim, said: _Said) -> Credibility:
    worth = said.independent - said.own.get(origin.source, 0.0)
    if worth < 0.5:
        return Credibility(claim.id, claim.credibility, 6, "no other origin speaks of it")
    total = said.total - said.by_source.get(origin.source, 0.0)
    denies = origin.modality not in STATED
    odds = from_even(-total if denies else total)
    grade = next(g for least, g in table.COMPUTED_CREDIBILITY if odds >= least)
    first = [s for s in islice(said.by_source, NAMED + 1) if s != origin.source][:NAMED]
    more = len(said.by_source) - (origin.source in said.by_source) > len(first)
    number = f"{worth:.1f}".removesuffix(".0")
    return Credibility(
        claim.id, claim.credibility, grade,
        f"{number} other independent source{'' if number == '1' else 's'} "
        f"({', '.join(first)}{' ...' if more else ''}) leave it {odds:.2f} from even odds",
    )  # fmt: skip
