"""What each piece of evidence contributes: the odds without it, beside the odds with it.

Only the systems that a piece speaks of are fused again. Leaving out an origin, a source or a family
takes what relays it with it, and what only may repeat it speaks for itself, as in a case that never
had it; leaving out a document does not: a relay of it, or its origin, read elsewhere still speaks.
The grades of channels are not computed again: an error that only the piece showed stays found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Case, Claim
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import Left, touches
from shieldwall.orbat.fuse import launchers_at, launchers_told, serviceable, shares_told
from shieldwall.orbat.fusion import Fusion, held_odds, unit_odds

By = Literal["origin", "source", "family", "document"]


@dataclass(frozen=True)
class Change:
    """One probability, with and without a piece of evidence."""

    id: str
    """A system, or a unit as ``system@place``."""
    with_it: float
    without: float
    rests: tuple[str, ...] = ()
    """Of a share that works: the claims and assumptions that it is made of with the piece."""


@dataclass(frozen=True)
class Contribution:
    """What one origin, source, family or document does to the order of battle."""

    key: str
    claims: tuple[str, ...]
    """What is left out, sorted."""
    held: tuple[Change, ...]
    units: tuple[Change, ...]
    shares: tuple[Change, ...] = ()
    """Mean share that works of each system of which it says that."""
    launchers: tuple[Change, ...] = ()
    """Mean number of launchers of each unit of which it tells that, if there."""

    @property
    def largest(self) -> float:
        """The largest change of any probability or share."""
        every = (*self.held, *self.units, *self.shares)
        return max((abs(c.with_it - c.without) for c in every), default=0.0)


def leave_out(
    case: Case, catalogue: Catalogue, evidence: Evidence, by: By = "origin"
) -> tuple[Contribution, ...]:
    """The contribution of each origin, source, family or document, sorted by its key."""
    fusion = Fusion(case, catalogue, evidence)
    spoken = {c.id: s for s, claims in fusion.speaking.items() for c in claims}
    listed = frozenset(fusion.systems)
    found = []
    for key, out in sorted(pieces(evidence, by).items()):
        systems = sorted({spoken[id] for id in out if id in spoken} & listed)
        left = Left(frozenset(out), by != "document")
        changes = [_changes(fusion, system, left) for system in systems]
        found.append(
            Contribution(
                key, tuple(sorted(out)), tuple(held for held, _ in changes),
                tuple(unit for _, units in changes for unit in units),
                tuple(c for system in fusion.systems for c in _share(fusion, system, left)),
                tuple(c for system in systems for c in _launchers(fusion, system, left)),
            )
        )  # fmt: skip
    return tuple(found)


def _changes(fusion: Fusion, system: str, out: Left) -> tuple[Change, tuple[Change, ...]]:
    before, after = fusion.found[system], fusion.presence(system, out)
    held = Change(system, held_odds(fusion, system, before), held_odds(fusion, system, after))
    units = (
        Change(
            f"{system}@{place}", unit_odds(fusion, system, place, before),
            unit_odds(fusion, system, place, after),
        )
        for place in before.stands
    )  # fmt: skip
    return held, tuple(units)


def _share(fusion: Fusion, system: str, left: Left) -> Iterator[Change]:
    """What works of a system, where the piece says so and nobody set it by hand."""
    by_hand = any(o.target == "serviceability" for _, o in fusion.overrides(system, None))
    if not by_hand and touches(shares_told(fusion, system), left):
        before, after = serviceable(fusion, system), serviceable(fusion, system, left)
        yield Change(system, before.tally.mean, after.tally.mean, before.trail)


def _launchers(fusion: Fusion, system: str, left: Left) -> Iterator[Change]:
    for place in fusion.found[system].stands:
        by_hand = any(o.target == "launchers" for _, o in fusion.overrides(system, place))
        if not by_hand and touches(launchers_told(fusion, system, place), left):
            before = launchers_at(fusion, system, place)
            after = launchers_at(fusion, system, place, left)
            yield Change(f"{system}@{place}", before.tally.mean, after.tally.mean)


def pieces(evidence: Evidence, by: By) -> dict[str, set[str]]:
    """Each piece of the evidence, by its key: the claims that go with it."""
    found: dict[str, set[str]] = {}
    for claim in evidence.claims:
        for key in _keys(evidence, claim, by):
            found.setdefault(key, set()).add(claim.id)
    return found


def _keys(evidence: Evidence, claim: Claim, by: By) -> tuple[str, ...]:
    """The pieces a claim goes with."""
    origin = evidence.lineage.origin(claim.id)
    if by == "origin":
        return (origin,)
    if by == "family":
        return (evidence.weight(claim.id).family,)
    if by == "document":
        return (claim.document or claim.address or claim.id,)
    return tuple({claim.source, evidence.claim(origin).source})
