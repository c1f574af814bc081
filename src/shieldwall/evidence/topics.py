"""Things claimed beside air-defence systems, each attribute by its own origins.

That an aircraft came is one thing, who was in it another, what it carried a third: a track bears
out the first and says nothing of the others. Each topic stands on the origins that speak of it and
can know it; relays add nothing, and each source is one witness.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from shieldwall.case.records import About, Claim, Family
from shieldwall.evidence.records import Evidence

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
    """The weightiest origin of each source, heaviest first."""
    independent: float
    """Expected number of independent origins among these."""
    families: tuple[Family, ...]
    probability: float
    """That it is so, from even odds, by these origins."""


def topics(evidence: Evidence, systems: Collection[str]) -> tuple[Topic, ...]:
    """Topics of the evidence, the most spoken of first.

    ``systems``: ids of air-defence systems and radars, whose deliveries are presence and left out.
    """
    grouped: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for origin in evidence.lineage.groups:
        claim = evidence.claim(origin)
        delivered = claim.about == "delivery" and claim.system in systems
        if claim.about in ABOUT and not delivered:
            grouped[_key(claim)].append(origin)
    found = [_topic(evidence, sorted(origins)) for _, origins in sorted(grouped.items())]
    return tuple(sorted(found, key=lambda t: (-len(t.claims), t.origins)))


def _key(claim: Claim) -> tuple[str, str, str, str]:
    place = "" if claim.system else claim.place or ""
    return claim.about, claim.system or "", place, _month(claim) or ""


def _month(claim: Claim) -> str | None:
    return claim.event.text[:7] if claim.event else None


def _topic(evidence: Evidence, origins: list[str]) -> Topic:
    claim = evidence.claim(origins[0])
    best: dict[str, tuple[float, str]] = {}
    for origin in origins:
        own = evidence.lineage.own(origin)
        ratio = evidence.weight(origin).ratio.middle
        weight = math.log(own * ratio + 1 - own)
        source = evidence.claim(origin).source
        if source not in best or abs(weight) > abs(best[source][0]):
            best[source] = (weight, origin)
    heard = sorted(best.values(), key=lambda each: (-abs(each[0]), each[1]))
    members = [c for o in origins for c in evidence.lineage.groups[o]]
    return Topic(
        about=claim.about,
        system=claim.system,
        place=None if claim.system else claim.place,
        month=_month(claim),
        claims=tuple(sorted(members)),
        origins=tuple(origin for _, origin in heard),
        independent=math.fsum(evidence.lineage.own(origin) for _, origin in heard),
        families=tuple(sorted({evidence.weight(origin).family for _, origin in heard})),
        probability=1 / (1 + math.exp(-math.fsum(weight for weight, _ in heard))),
    )
