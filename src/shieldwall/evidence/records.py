"""What the evidence room hands on: claims with their lineage, contradictions, grades and weights.

A *claim* is one thing said or seen (``case.records.Claim``); imagery readings become claims too, so
that one rule weighs them all. An *origin* is a claim that repeats no other. Every
probability here is about the evidence (who repeats whom, how often such a source is right), never
about the world: that is the order of battle's to infer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from shieldwall.case.records import Band, Claim, Family, Modality, Moment, Reliability

STATED: frozenset[Modality] = frozenset({"asserted", "reported", "speculated"})
"""Ways of saying that state a thing, or a number or value. Denials and silence state none and are
no party to a contradiction of values."""

ContradictionKind = Literal[
    "chronology", "place", "count", "identity", "distance", "relay", "conduct"
]
"""``relay``: a relay says other than its origin; ``conduct``: a statement against what is seen."""


@dataclass(frozen=True)
class Edge:
    """One claim that may repeat another."""

    claim: str
    parent: str
    """The claim it repeats: published before it, or at an unknown time."""
    probability: float
    """That it does; over the parents of a claim these add up to at most 1."""
    reasons: tuple[str, ...]
    """In words, strongest first: attribution, same text, same image, rare tokens, time order."""
    coded: bool
    """True for ``relays`` written in the case: probability 1."""


@dataclass(frozen=True)
class Lineage:
    """Who repeats whom, with odds."""

    claims: tuple[str, ...]
    """Ids in the order of the case."""
    edges: tuple[Edge, ...]
    """Sorted by claim (in case order), then by falling probability. No circle has a chance."""

    def parents(self, claim: str) -> tuple[Edge, ...]:
        """What a claim may repeat."""
        return self._parents.get(claim, ())

    def own(self, claim: str) -> float:
        """Probability that a claim is an origin, repeating no other."""
        return max(0.0, 1.0 - sum(e.probability for e in self.parents(claim)))

    def parent(self, claim: str) -> str | None:
        """What it most likely repeats; ``None`` where it is rather its own origin than not."""
        found = self.parents(claim)
        return found[0].parent if found and self.own(claim) < 0.5 else None

    def origin(self, claim: str) -> str:
        """The claim that it goes back to, along the likeliest parents."""
        walked = {claim}
        while (parent := self.parent(claim)) is not None and parent not in walked:
            walked.add(parent)
            claim = parent
        return claim

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Origin -> the claims that go back to it, itself first, in the order of the case."""
        found: dict[str, list[str]] = {}
        for claim in self.claims:
            found.setdefault(self.origin(claim), []).append(claim)
        return {o: (o, *(c for c in group if c != o)) for o, group in sorted(found.items())}

    def effective(self, claims: tuple[str, ...]) -> float:
        """Expected number of independent origins among ``claims``.

        A parent outside of ``claims`` still speaks through them, once.
        """
        inside = frozenset(claims)
        silent: dict[str, float] = {}
        for edge in (e for c in sorted(inside) for e in self.parents(c)):
            if edge.parent not in inside:
                silent[edge.parent] = silent.get(edge.parent, 1.0) * (1 - edge.probability)
        return sum(self.own(c) for c in sorted(inside)) + sum(1 - s for s in silent.values())

    @cached_property
    def _parents(self) -> dict[str, tuple[Edge, ...]]:
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            found.setdefault(edge.claim, []).append(edge)
        return {claim: tuple(edges) for claim, edges in found.items()}


@dataclass(frozen=True)
class Contradiction:
    """Two things that cannot both be right, and which the evidence is against."""

    id: str
    kind: ContradictionKind
    claims: tuple[str, ...]
    """The claim found wrong first, then those it is held against."""
    says: str
    """What was said, in one sentence."""
    finds: str
    """What the evidence finds instead, in one sentence."""
    why: str
    """The rule and the figures behind it."""
    checkable: bool
    """True where the first claim's source could have checked it: its channel loses grade."""


@dataclass(frozen=True)
class DistanceCheck:
    """A published distance against every origin: which line it really fits."""

    claim: str
    place: str
    claimed_origin: str | None
    stated_km: float
    computed_km: Mapping[str, tuple[float, float]]
    """Origin id -> (nearest, farthest)."""
    fits: str | None
    """The origin whose distance the stated figure is closest to."""
    verdict: str
    """One sentence for the reader."""


@dataclass(frozen=True)
class Channel:
    """A source's grade by hand, and after the checkable errors found in what it published."""

    source: str
    hand: Reliability
    computed: Reliability
    errors: tuple[str, ...]
    """Contradiction ids."""
    why: str


@dataclass(frozen=True)
class Credibility:
    """A claim's credibility (1 to 6) by hand and as the other origins bear it out."""

    claim: str
    hand: int
    computed: int
    """6 where no other independent origin speaks of the same thing."""
    why: str


@dataclass(frozen=True)
class Weight:
    """What one claim says by itself, were it an origin: how often such a claim is made.

    ``hit`` is the probability of the claim being made where it is so, ``false_alarm`` where it is
    not. A denial, or a look that saw nothing, has ``hit`` below ``false_alarm``. Unknown grades
    have both alike: they change nothing.
    """

    claim: str
    hit: float
    false_alarm: float
    ratio: Band
    """Likelihood ratio hit / false alarm, with the band of the declared mapping."""
    family: Family
    """The family of its origin, not of whoever relays it."""
    reasons: tuple[str, ...]
    """The rows of the mapping that made it, in words."""
    tied: float = 0.0
    """Chance that a figure in it comes from the truth: that the claim, made where it is so, was
    tied to it, and right as its credibility has it."""


@dataclass(frozen=True)
class Reading:
    """One image as somebody read it."""

    id: str
    source: str
    image: str
    acquisition: Moment | None
    publication: Moment | None
    sensor: str | None
    resolution_m: float | None
    cloud_percent: float | None
    place: str | None
    """The place of the case it lies in; ``None`` where it lies in none or nowhere published."""
    refused: str | None
    """Why it is no reading, in words; its claims are then kept out."""
    claims: tuple[Claim, ...]
    note: str
    where: str
    """``file:feature``."""


@dataclass(frozen=True)
class Evidence:
    """All that may be read on the as-of date, weighed."""

    claims: tuple[Claim, ...]
    """Usable claims: the case's, then those of its imagery readings."""
    late: tuple[str, ...]
    """Ids of claims published after the as-of date: kept out."""
    lineage: Lineage
    contradictions: tuple[Contradiction, ...]
    channels: tuple[Channel, ...]
    credibility: tuple[Credibility, ...]
    weights: tuple[Weight, ...]
    """One for each claim, in the same order."""
    warnings: tuple[str, ...]
    """For the analyst, such as hand grades that lie on the diagonal."""
    distances: tuple[DistanceCheck, ...] = ()
    """Published distances against every line of the case, in the order of the claims."""
    refused: tuple[Reading, ...] = ()
    """Images that are no reading of what they are shown for; their claims are kept out."""

    def claim(self, id: str) -> Claim:
        """The claim of that id."""
        return self._claims[id]

    def has(self, id: str) -> bool:
        """Whether a claim of that id may be read."""
        return id in self._weights

    def weight(self, id: str) -> Weight:
        """The weight of the claim of that id."""
        return self._weights[id]

    def channel(self, source: str) -> Channel:
        """The channel of that source."""
        return self._channels[source]

    @cached_property
    def _claims(self) -> dict[str, Claim]:
        return {c.id: c for c in self.claims}

    @cached_property
    def _weights(self) -> dict[str, Weight]:
        return {w.claim: w for w in self.weights}

    @cached_property
    def _channels(self) -> dict[str, Channel]:
        return {c.source: c for c in self.channels}
