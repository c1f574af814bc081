"""Who says the same, set against who says otherwise: the better supported camp is believed.

Support is the expected number of origins that are tied to the truth, by the room's table: what the
hand grade of whoever brought the statement in leaves, times the commitment of the words. Each
origin and each source counts once. The credibility coded for a claim is left out: it may already
know what is to be found here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.assumptions import COMMITMENT, RELIABILITY, SURE
from shieldwall.evidence.records import Lineage

V = TypeVar("V")


@dataclass(frozen=True)
class Camp:
    """All who say one thing."""

    label: str
    """What they say, for the reader."""
    roots: tuple[Claim, ...]
    """Those among them who did not take it from another in the camp, in case order."""
    support: float
    """Their own support and that of the camps that bear them out."""


@dataclass(frozen=True)
class Clash:
    """Two camps that cannot both be right."""

    against: Camp
    """The camp with less support; in a tie the one that comes first in the case."""
    believed: Camp
    held: tuple[Claim, ...]
    """The roots that bear out the believed camp and exclude the other, its own first."""
    tie: bool

    @property
    def why(self) -> str:
        """How it was decided, for the reader."""
        if self.tie:
            return (
                f"{self.believed.support:.2g} origins tied to the truth are expected behind "
                "either; neither is named wrong."
            )
        return (
            f"Origins tied to the truth, as expected from their grades: "
            f"{self.believed.support:.2g} against {self.against.support:.2g}."
        )


def clashes(
    case: Case,
    lineage: Lineage,
    sides: Sequence[tuple[V, str, Sequence[Claim]]],
    supports: Callable[[V, V], bool],
    excludes: Callable[[V, V], bool],
) -> list[Clash]:
    """The clashes among ``sides`` (value, its label, who states it; in the order of the case).

    ``supports`` says that two values bear each other out (a value itself), ``excludes`` that they
    cannot both hold. Each side is held against the best supported that excludes it; a tie is told
    once.
    """
    camps = [
        Camp(
            label,
            roots(lineage, claims),
            _support(
                case,
                lineage,
                [c for other, _, more in sides if supports(value, other) for c in more],
            ),
        )
        for value, label, claims in sides
    ]
    found = []
    for i, camp in enumerate(camps):
        others = [j for j in range(len(camps)) if excludes(sides[i][0], sides[j][0])]
        if not others:
            continue
        best = max(others, key=lambda j: (camps[j].support, -j))
        gap = camps[best].support - camp.support
        if gap < -1e-9 or (gap <= 1e-9 and i > best):
            continue
        backing = (j for j in others if j != best and supports(sides[best][0], sides[j][0]))
        held = [*camps[best].roots, *(root for j in backing for root in camps[j].roots)]
        found.append(Clash(camp, camps[best], tuple(held), gap <= 1e-9))
    return found


def roots(lineage: Lineage, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Those that do not more likely than not go back to another of them."""
    back = _going_back(lineage, claims)
    return tuple(c for c in claims if back[c.id] <= 0.5)


def surely_repeats(lineage: Lineage, claim: str) -> str | None:
    """The claim it repeats, where that is coded or as good as certain; else ``None``.

    What a relay says otherwise is itself a sign that it repeats something else.
    """
    edges = lineage.parents(claim)
    return edges[0].parent if edges and (edges[0].coded or edges[0].probability >= SURE) else None


def _support(case: Case, lineage: Lineage, claims: Sequence[Claim]) -> float:
    """Expected origins tied to the truth: each source once, then each origin once."""
    back = _going_back(lineage, claims)
    origins: dict[str, str] = {}
    by_source: dict[str, tuple[float, str]] = {}
    for claim in claims:
        grade = RELIABILITY[case.source(claim.source).reliability].likely or 0.0
        weight = grade * COMMITMENT[claim.modality] * (1.0 - back[claim.id])
        entry = (weight, _sure_origin(lineage, claim.id, origins))
        by_source[claim.source] = max(by_source.get(claim.source, (0.0, "")), entry)
    by_origin: dict[str, float] = {}
    for weight, origin in by_source.values():
        by_origin[origin] = max(by_origin.get(origin, 0.0), weight)
    return math.fsum(sorted(by_origin.values()))


def _going_back(lineage: Lineage, claims: Sequence[Claim]) -> dict[str, float]:
    """Probability that each goes back to another of ``claims``, through whatever lies between.

    Parents first, with a stack of its own: a chain of relays may be as long as a case.
    """
    ids = frozenset(c.id for c in claims)
    back: dict[str, float] = {}
    stack = [(c.id, False) for c in claims]
    while stack:
        id, ready = stack.pop()
        if id in back and back[id] >= 0:
            continue
        edges = lineage.parents(id)
        between = [e.parent for e in edges if e.parent not in ids and e.parent not in back]
        if between and not ready:
            back[id] = -1.0  # being worked out: whoever meets it again has gone in a circle
            stack.append((id, True))
            stack += [(parent, False) for parent in between]
            continue
        shares = (1.0 if e.parent in ids else max(0.0, back.get(e.parent, 0.0)) for e in edges)
        total = math.fsum(e.probability * s for e, s in zip(edges, shares, strict=True))
        back[id] = min(1.0, total)
    return back


def _sure_origin(lineage: Lineage, claim: str, known: dict[str, str]) -> str:
    walked: dict[str, None] = {}
    at = claim
    while at not in known and at not in walked:
        walked[at] = None
        at = surely_repeats(lineage, at) or at
    origin = known.get(at, at)
    known |= dict.fromkeys(walked, origin)
    return origin
