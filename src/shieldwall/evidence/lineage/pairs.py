"""Which claim might repeat which: candidates by shared words and attributes, never all pairs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.facts import PLAIN, Facts, upstreams

SHORT, NEAR, FIRST = 40, 20, 20
"""A key shared by more claims than ``SHORT`` pairs each with the ``NEAR`` before and the first."""
COMMON = 60
"""Words in more claims than this tell too little to be looked up."""


class Pairs:
    """Candidate pairs (child, parent), the parent earlier in the order, with what they share."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        n = len(facts.claims)
        keys = [_by_key(facts, values) for values in _attributes(facts)]
        named = [{w: v for w, v in bag.items() if w[0] != PLAIN} for bag in facts.rare]
        plain = [{w: v for w, v in bag.items() if w[0] == PLAIN} for bag in facts.rare]
        names, name_weights = _by_weight(facts, named)
        words, word_weights = _by_weight(facts, plain)
        parts, counts = _by_weight(facts, [dict.fromkeys(s, 1.0) for s in facts.shingles])
        self.codes = np.unique(np.concatenate([*keys, names, words, parts, _credited(facts)]))
        self.child, self.parent = self.codes // n, self.codes % n
        self.names = self._sum(names, name_weights)
        self.words = self._sum(words, word_weights)
        shared = self._sum(parts, counts)
        size = np.array([len(s) for s in facts.shingles], dtype=float)
        a, b = size[self.child], size[self.parent]
        self.jaccard = shared / np.maximum(a + b - shared, 1)
        self.containment = shared / np.maximum(np.minimum(a, b), 1)
        total = np.array([sum(bag.values()) for bag in named])
        low = np.minimum(total[self.child], total[self.parent])
        self.names_share = self.names / np.maximum(low, 4.0)

    def _sum(self, codes: NDArray[np.int64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
        at = np.searchsorted(self.codes, codes)
        return np.bincount(at, weights=weights, minlength=len(self.codes)).astype(np.float64)


def _attributes(facts: Facts) -> Iterable[list[tuple[int, ...] | None]]:
    """Keys of each claim, kind by kind; None where it has none of that kind."""
    rows = range(len(facts.claims))
    for kinds in (
        (facts.system, facts.place), (facts.system, facts.about), (facts.place, facts.about),
        (facts.subject,), (facts.material,), (facts.address,), (facts.place,), (facts.system,),
    ):  # fmt: skip
        yield [_key(tuple(int(k[i]) for k in kinds)) for i in rows]
    yield [
        (int(facts.system[i]), int(facts.place[i]), int(facts.about[i]))
        if facts.system[i] >= 0 or facts.place[i] >= 0 or facts.subject[i] < 0 else None
        for i in rows
    ]  # fmt: skip


def _key(values: tuple[int, ...]) -> tuple[int, ...] | None:
    return None if -1 in values else values


def _by_key(facts: Facts, keys: list[tuple[int, ...] | None]) -> NDArray[np.int64]:
    members: dict[tuple[int, ...], list[int]] = {}
    for i, key in enumerate(keys):
        if key is not None:
            members.setdefault(key, []).append(i)
    return _meet(facts, list(members.values()))


def _meet(facts: Facts, groups: Iterable[list[int]]) -> NDArray[np.int64]:
    """Codes child * n + parent of pairs within each group."""
    n = len(facts.claims)
    found = [np.empty(0, np.int64)]
    for group in groups:
        row = np.array(group, dtype=np.int64)
        row = row[np.argsort(facts.rank[row])]
        for child, parent in _steps(len(row)):
            found.append(row[child] * n + row[parent])
    return np.concatenate(found)


def _steps(size: int) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    if size <= SHORT:
        child, parent = np.tril_indices(size, -1)
        yield child, parent
        return
    every = np.arange(size)
    for back in range(1, NEAR + 1):
        yield every[back:], every[:-back]
    for first in range(FIRST):
        yield every[first + 1 :], np.full(size - first - 1, first)


def _by_weight(
    facts: Facts, bags: list[dict[str, float]]
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Pairs that share words, once for each word, with its weight (the smaller of the two)."""
    n = len(facts.claims)
    holders: dict[str, list[int]] = {}
    for i, bag in enumerate(bags):
        for word in bag:
            holders.setdefault(word, []).append(i)
    codes, weights = [np.empty(0, np.int64)], [np.empty(0)]
    for word in sorted(holders):
        rows = holders[word]
        if 2 <= len(rows) <= COMMON:
            row = np.array(rows)
            row = row[np.argsort(facts.rank[row])]
            weight = np.array([bags[i][word] for i in row])
            child, parent = np.tril_indices(len(row), -1)
            codes.append(row[child] * n + row[parent])
            weights.append(np.minimum(weight[child], weight[parent]))
    return np.concatenate(codes), np.concatenate(weights)


def _credited(facts: Facts) -> NDArray[np.int64]:
    """Pairs of a claim with those of the sources that it credits, the nearest before it."""
    n = len(facts.claims)
    ups = upstreams(facts)
    above: dict[int, list[int]] = {}
    for child, parent in sorted(ups):
        above.setdefault(child, []).append(parent)
    by_source: dict[int, list[int]] = {}
    for i in np.argsort(facts.rank):
        by_source.setdefault(int(facts.source[i]), []).append(int(i))
    found = []
    for i in range(n):
        wanted = {*facts.named[i], *above.get(int(facts.source[i]), ())}
        for source in sorted(wanted):
            earlier = [j for j in by_source.get(source, ()) if facts.rank[j] < facts.rank[i]]
            same = [
                j for j in earlier
                if facts.system[j] == facts.system[i] or facts.place[j] == facts.place[i]
            ]  # fmt: skip
            found += [i * n + j for j in {*earlier[-NEAR:], *same[-NEAR:]}]
    return np.array(sorted(found), dtype=np.int64)
