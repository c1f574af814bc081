"""How far the others bear out what a claim says: its credibility, computed beside the hand grade.

The odds are those that the other sources leave of even ones, counted as everywhere
(``witness.py``): a likely relay bears out as far as it may be an origin of its own.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice

from shieldwall.case.records import Case, Claim
from shieldwall.evidence import assumptions as table
from shieldwall.evidence.grades import PRESENCE_ABOUT
from shieldwall.evidence.records import STATED, Credibility, Evidence
from shieldwall.evidence.witness import Hearing, Voice, witnesses

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
    said: dict[tuple[Key, str | None], _Said] = {}
    found = []
    for claim in evidence.claims:
        origin = evidence.claim(evidence.lineage.origin(claim.id))
        key = _topic(case, origin), origin.value
        if key not in said:
            said[key] = _said(hearing, topics[key[0]], origin.value)
        found.append(_borne_out(claim, origin, said[key]))
    return tuple(found)


@dataclass(frozen=True)
class _Said:
    """What the sources say of one topic, and all together."""

    by_source: dict[str, float]
    """Log of so / not so of each, the heaviest first."""
    own: dict[str, float]
    """Chance that each speaks as an origin."""
    total: float
    independent: float


def _said(hearing: Hearing, topic: list[Claim], value: str | None) -> _Said:
    """For one value of the topic's subject: whoever gives another speaks against it.

    Of a source's equal weights for and against, that against counts: ids decide nothing.
    """
    others = [c for c in topic if None not in (value, c.value) and c.value != value]
    apart = frozenset(c.id for c in others)
    alike = [c for c in topic if c.id not in apart]
    voices = (
        *_voices(hearing, alike, apart),
        *map(_against, _voices(hearing, others, frozenset(c.id for c in alike))),
    )
    logs: dict[str, list[float]] = defaultdict(list)
    own: dict[str, float] = {}
    for voice in witnesses(voices, lambda v: (v.rank[0], v.log_ratio > 0, v.rank)):
        logs[voice.source].append(voice.log_ratio)
        own[voice.source] = max(own.get(voice.source, 0.0), voice.own)
    summed = {source: math.fsum(sorted(each)) for source, each in logs.items()}
    ranked = dict(sorted(summed.items(), key=lambda s: (-round(abs(s[1]), 9), s[0])))
    return _Said(ranked, own, math.fsum(summed.values()), math.fsum(own.values()))


def _voices(
    hearing: Hearing, claims: Iterable[Claim], elsewhere: frozenset[str]
) -> tuple[Voice, ...]:
    return hearing.voices(hearing.topic(claims, elsewhere))


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
    odds = 1 / (1 + math.exp(total if denies else -total))
    grade = next(g for least, g in table.COMPUTED_CREDIBILITY if odds >= least)
    first = [s for s in islice(said.by_source, NAMED + 1) if s != origin.source][:NAMED]
    more = len(said.by_source) - (origin.source in said.by_source) > len(first)
    number = f"{worth:.1f}".removesuffix(".0")
    return Credibility(
        claim.id, claim.credibility, grade,
        f"{number} other independent source{'' if number == '1' else 's'} "
        f"({', '.join(first)}{' ...' if more else ''}) leave it {odds:.2f} from even odds",
    )  # fmt: skip
