"""Who says the same, set against who says otherwise: the better supported camp is believed.

Support is the expected number of origins that are tied to the truth, by the room's table: what the
hand grade of whoever brought the statement in leaves, times the commitment of the words. Each
origin and each source counts once. The credibility coded for a claim is left out: it may already
know what is to be found here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shieldwall.case.records import Case, Claim, Modality
from shieldwall.evidence.assumptions import COMMITMENT, RELIABILITY
from shieldwall.evidence.records import Lineage

V = TypeVar("V")

STATED: frozenset[Modality] = frozenset({"asserted", "reported", "speculated"})
"""Ways of saying that state a value. Denials and silence state none and are no party to a
contradiction of values."""


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
    rooted = [(value, label, _roots(lineage, claims)) for value, label, claims in sides]
    camps = [
        Camp(label, roots, _support(case, lineage, [
            root for other, _, more in rooted if supports(value, other) for root in more
        ]))
        for value, label, roots in rooted
    ]  # fmt: skip
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


def _roots(lineage: Lineage, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    ids = {c.id for c in claims}
    return tuple(c for c in claims if not ids & set(ancestors(lineage, c.id)))


def ancestors(lineage: Lineage, claim: str) -> list[str]:
    """The claims it most likely goes back to, nearest first."""
    walked: list[str] = []
    parent = lineage.parent(claim)
    while parent is not None and parent not in walked and parent != claim:
        walked.append(parent)
        parent = lineage.parent(parent)
    return walked


def _support(case: Case, lineage: Lineage, roots: Iterable[Claim]) -> float:
    """Each source once, then each origin once: the weightiest speaks."""
    by_source: dict[str, tuple[float, str]] = {}
    for root in roots:
        grade = RELIABILITY[case.source(root.source).reliability].likely or 0.0
        weight = grade * COMMITMENT[root.modality]
        entry = (weight, lineage.origin(root.id))
        by_source[root.source] = max(by_source.get(root.source, (0.0, "")), entry)
    by_origin: dict[str, float] = {}
    for weight, origin in by_source.values():
        by_origin[origin] = max(by_origin.get(origin, 0.0), weight)
    return sum(sorted(by_origin.values()))
