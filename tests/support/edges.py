"""How well a lineage finds known relays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from corpora import Corpus
from shieldwall.evidence.lineage import infer
from shieldwall.evidence.records import Edge


@dataclass(frozen=True)
class Tally:
    """Counts of edges, and every stated probability with whether it was so."""

    found: int = 0
    right: int = 0
    """To the true parent, or to another of its origin group that is published no later."""
    exact: int = 0
    """To the true parent."""
    relays: int = 0
    stated: tuple[tuple[float, bool], ...] = ()
    """Of each candidate edge: its probability, and whether it is the true parent."""

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.found + other.found, self.right + other.right, self.exact + other.exact,
            self.relays + other.relays, self.stated + other.stated,
        )  # fmt: skip

    @property
    def precision(self) -> float:
        return self.right / max(1, self.found)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.relays)

    @property
    def strict(self) -> float:
        return self.exact / max(1, self.relays)

    @property
    def brier(self) -> float:
        said, so = np.array(self.stated, dtype=float).T
        return float(((said - so) ** 2).mean())

    @property
    def calibration_error(self) -> float:
        return sum(n * abs(said - so) for n, said, so in self.table()) / len(self.stated)

    def table(self) -> list[tuple[int, float, float]]:
        """Ten bins: how many edges, mean probability stated, share that were so."""
        said, so = np.array(self.stated, dtype=float).T
        bins = np.minimum((said * 10).astype(int), 9)
        return [
            (int((bins == b).sum()), float(said[bins == b].mean()), float(so[bins == b].mean()))
            for b in np.unique(bins)
        ]


def tally(made: Corpus) -> Tally:
    """The lineage of a corpus against its truth."""
    lineage = infer(made.case, made.case.claims)
    found = right = exact = 0
    stated: list[tuple[float, bool]] = []
    for claim in made.case.claims:
        truth, parent = made.parent[claim.id], lineage.parent(claim.id)
        stated += [(e.probability, _is(e, truth)) for e in lineage.parents(claim.id)]
        if parent is not None:
            found += 1
            exact += parent == truth
            right += truth is not None and _kin(made, parent, claim.id)
    relays = sum(p is not None for p in made.parent.values())
    return Tally(found, right, exact, relays, tuple(stated))


def _is(edge: Edge, truth: str | None) -> bool:
    return edge.parent == truth


def _kin(made: Corpus, parent: str, claim: str) -> bool:
    if made.parent[claim] == parent:
        return True
    before, after = made.case.claim(parent).publication, made.case.claim(claim).publication
    no_later = before is None or after is None or before.start < after.end
    return no_later and _root(made, parent) == _root(made, claim)


def _root(made: Corpus, claim: str) -> str:
    while (parent := made.parent[claim]) is not None:
        claim = parent
    return claim
