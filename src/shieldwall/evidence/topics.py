"""Things claimed beside air-defence systems, each attribute by its own origins.

That an aircraft came is one thing, who was in it another, what it carried a third: a track bears
out the first and says nothing of the others. Each topic stands on the origins that speak of it and
can know it; who is a relay and who a witness is counted as everywhere (``witness.py``).
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from shieldwall.case.records import About, Case, Claim, Family
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import Hearing, Voice, from_even, witnesses

ABOUT: tuple[About, ...] = ("movement", "personnel", "delivery", "connection")
"""Attributes told apart; presence, counts and shares of systems are the order of battle's."""


@dataclass(frozen=True)
class Topic:
    """One attribute of one thing, in one month or at an unknown time."""

    about: About
    system: str | None
    """A transport or a system; ``None``: of the place as a whole."""
    place: str | None
    """Where, for topics without a system."""
    month: str | None
    claims: tuple[str, ...]
    """All that speak of it, relays included."""
    origins: tuple[str, ...]
    """Who speaks: of each source or look the weightiest, heaviest first; failing any, who would."""
    independent: float
    """Expected number of independent origins among these."""
    families: tuple[Family, ...]
    probability: float
    """That it is so, from even odds, by these origins."""


def topics(case: Case, evidence: Evidence, systems: Collection[str]) -> tuple[Topic, ...]:
    """Topics of the evidence, the most spoken of first.

    ``systems``: ids of air-defence systems and radars, whose deliveries are presence and left out.
    """
    grouped: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for origin in evidence.lineage.groups:
        claim = evidence.claim(origin)
        delivered = claim.about == "delivery" and claim.system in systems
        if claim.about in ABOUT and not delivered:
            grouped[_key(claim)].append(origin)
    told = {key: _telling(evidence, sorted(origins)) for key, origins in sorted(grouped.items())}
    hearing = Hearing(case, evidence, _could_say)
    placed = frozenset(c.id for claims in told.values() for c in claims)
    found = [
        _topic(evidence, sorted(grouped[key]), _spoken(hearing, claims, placed))
        for key, claims in told.items()
    ]
    return tuple(sorted(found, key=lambda t: (-len(t.claims), t.origins)))


def _telling(evidence: Evidence, origins: list[str]) -> list[Claim]:
    """The origins, and those of their relays that speak of the same."""
    first = evidence.claim(origins[0])
    members = (evidence.claim(c) for o in origins for c in evidence.lineage.groups[o])
    return [c for c in members if _same(c, first)]


def _could_say(_: Case, parent: Claim, claim: Claim) -> bool:
    return _same(parent, claim)


def _same(one: Claim, other: Claim) -> bool:
    """Whether they speak of one attribute of one thing; of its month its origin decides."""
    return _key(one)[:3] == _key(other)[:3]


def _spoken(hearing: Hearing, claims: list[Claim], placed: frozenset[str]) -> tuple[Voice, ...]:
    """One voice for each source or look; what speaks in another topic is not heard here too."""
    topic = hearing.topic(claims, placed)
    return witnesses(hearing.voices(topic))


def _key(claim: Claim) -> tuple[str, str, str, str]:
    place = "" if claim.system else claim.place or ""
    return claim.about, claim.system or "", place, _month(claim) or ""


def _month(claim: Claim) -> str | None:
    return claim.event.text[:7] if claim.event else None


def _topic(evidence: Evidence, origins: list[str], spoken: tuple[Voice, ...]) -> Topic:
    claim = evidence.claim(origins[0])
    members = [c for o in origins for c in evidence.lineage.groups[o]]
    inside = [v.speaker for v in spoken if v.speaker in members] or origins[:1]
    # Its own claims first: a parent that only speaks through them may speak in several topics.
    speakers = dict.fromkeys([*inside, *(v.speaker for v in spoken)])
    return Topic(
        about=claim.about,
        system=claim.system,
        place=None if claim.system else claim.place,
        month=_month(claim),
        claims=tuple(sorted(members)),
        origins=tuple(speakers),
        independent=math.fsum(v.own for v in spoken),
        families=tuple(sorted({evidence.weight(o).family for o in speakers})),
        probability=from_even(math.fsum(v.log_ratio for v in spoken)),
    )
