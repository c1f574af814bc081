"""What stands behind a judgement, gathered from the evidence: origins, families, what moves it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from shieldwall.case.records import Family
from shieldwall.evidence.records import Evidence
from shieldwall.orbat.contributions import Change
from shieldwall.orbat.records import Bits, OrderOfBattle
from shieldwall.report.judgements.records import Support
from shieldwall.report.records import Assessment
from shieldwall.report.words import percent, short
from shieldwall.trail import origins as behind
from shieldwall.trail.evidence import without_id

DIVIDED = 0.25
"""A side with more than this share of the weight divides it."""
_MOVED = 0.01
"""A family that moves a probability by less points no way."""
_WORTH_TELLING = 0.005
TELLS = 0.05
"""An origin of fewer bits hardly speaks."""


@dataclass(frozen=True)
class Move:
    """What leaving out one source does to a probability."""

    source: str
    before: float
    after: float
    figure: str

    @property
    def size(self) -> float:
        return abs(self.after - self.before)


def families(evidence: Evidence, claims: Iterable[str]) -> tuple[Family, ...]:
    """The families of the origins behind them, sorted."""
    return tuple(sorted({evidence.weight(c).family for c in claims if evidence.has(c)}))


def sources(evidence: Evidence, claims: Iterable[str]) -> int:
    """How many sources the likeliest origins of some claims are of."""
    lineage = evidence.lineage
    first = {lineage.origin(c) for c in claims if evidence.has(c)}
    return len({evidence.claim(c).source for c in first if evidence.has(c)})


def agree(evidence: Evidence, bits: Bits) -> bool:
    """Whether families point one way, and none is divided in itself, by weight of evidence."""
    sides: dict[Family, tuple[float, float]] = {}
    for claim, weight in bits:
        if evidence.has(claim):
            family = evidence.weight(claim).family
            yes, no = sides.get(family, (0.0, 0.0))
            sides[family] = yes + max(weight, 0.0), no + max(-weight, 0.0)
    spoken = [s for s in sides.values() if sum(s) > 0]
    divided = any(min(s) > DIVIDED * sum(s) for s in spoken)
    return not divided and len({yes > no for yes, no in spoken}) <= 1


def two_sided(evidence: Evidence, bits: Bits) -> bool:
    """Whether origins speak for it and against it."""
    told = [weight for claim, weight in bits if evidence.has(claim) and abs(weight) >= TELLS]
    return len({weight > 0 for weight in told}) > 1


def agree_by_moves(moves: Iterable[float]) -> bool:
    """Whether families, each by how far the probability falls without it, push one way."""
    return len({m > 0 for m in moves if abs(m) >= _MOVED}) <= 1


def source_moves(changes: Iterable[tuple[str, Change]]) -> list[Move]:
    """Contributions of sources to one probability, the strongest first."""
    found = [
        Move(source, c.with_it, c.without, without_id(source, c.id)) for source, c in changes
    ]  # fmt: skip
    return sorted(found, key=lambda m: (-round(m.size, 9), m.source))


def presence_moved(assessment: Assessment, units: Iterable[str]) -> float | None:
    """The largest move that leaving out one source makes of the presence of any of some units.

    ``None`` where no source was left out.
    """
    among = frozenset(units)
    moved = [
        abs(c.with_it - c.without)
        for piece in assessment.contributions
        for c in piece.units
        if c.id in among
    ]
    return max(moved, default=None)


def support_of(
    evidence: Evidence,
    claims: Iterable[str],
    bits: Bits,
    width: float | None,
    moves: list[Move],
) -> Support:
    """Support of a probability that was fused from claims."""
    read = tuple(claims)
    return Support(
        behind.independent(evidence, read), families(evidence, read), agree(evidence, bits), width,
        max((m.size for m in moves), default=0.0), math.fsum(b for _, b in bits) if bits else None,
        sources(evidence, read), against=two_sided(evidence, bits),
    )  # fmt: skip


def span_of(value: float, moves: list[Move]) -> tuple[float, float]:
    """The least and the most that it comes to as single sources are left out."""
    all_ = [value, *(m.after for m in moves)]
    return min(all_), max(all_)


def network_claims(order: OrderOfBattle, systems: frozenset[str]) -> tuple[tuple[str, ...], Bits]:
    """Claims behind some systems and where they stand, and with how many bits origins speak."""
    held = [h for h in order.held if h.system in systems]
    units = [u for u in order.units if u.system in systems]
    bits = [b for h in held for b in h.bits] + [b for u in units for b in u.bits]
    return behind.network_claims(order, systems), tuple(bits)


def fought_claims(assessment: Assessment) -> tuple[tuple[str, ...], Bits]:
    """Claims behind the network that raids meet: what is there, and who operates it."""
    order, ensemble = assessment.order_of_battle, assessment.ensemble
    _, bits = network_claims(order, frozenset(u.system for u in ensemble.units))
    return behind.fought_claims(order, assessment.control, ensemble), bits


def name_of_source(assessment: Assessment, id: str) -> str:
    """A source by the name the case gives it."""
    return next((s.name for s in assessment.case.sources if s.id == id), id)


def told_move(assessment: Assessment, moves: list[Move], what: str = "it") -> str:
    """The source that moves it most, as a sentence without a likelihood."""
    if not moves:
        return ""
    first = moves[0]
    if first.size < _WORTH_TELLING:
        return f"No single source moves {what} by as much as one point."
    return (
        f"Without {short(name_of_source(assessment, first.source))} and those who repeat it, "
        f"{what} would stand at {percent(first.after)} instead of {percent(first.before)}."
    )


def change_figures(moves: list[Move]) -> tuple[str, ...]:
    """The ids of what is told of the strongest source."""
    return tuple(m.figure for m in moves[:1])
