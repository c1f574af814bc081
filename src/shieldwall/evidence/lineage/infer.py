"""From claims to a lineage: coded relays as they stand, the odds of all others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Case, Claim, Family
from shieldwall.evidence.lineage.agreement import agreement
from shieldwall.evidence.lineage.assumptions import OWN, PAIR
from shieldwall.evidence.lineage.facts import Facts
from shieldwall.evidence.lineage.model import own_features, pair_features
from shieldwall.evidence.lineage.pairs import Pairs
from shieldwall.evidence.lineage.reasons import reasons, telling
from shieldwall.evidence.records import Edge, Lineage

FloatArray = NDArray[np.float64]

PASSES = 5
"""Passes over the claims: what an article repeats elsewhere is learnt from the pass before."""
FAINT = 0.01
"""Edges below this probability are left out; those kept take over what they had."""


def infer(case: Case, claims: tuple[Claim, ...]) -> Lineage:
    """Who repeats whom among ``claims``.

    Claims with ``relays`` have one edge of probability 1. All others have candidate parents whose
    probabilities, with that of being an origin, add up to 1. The order of the claims changes
    nothing but the order of the result.
    """
    ids = tuple(c.id for c in claims)
    if not claims:
        return Lineage((), ())
    facts = Facts(case, sorted(claims, key=lambda c: c.id))
    scored = score(facts)
    by_claim: dict[str, list[Edge]] = {}
    for edge in _edges(facts, scored):
        by_claim.setdefault(edge.claim, []).append(edge)
    ordered = (
        e
        for c in ids
        for e in sorted(by_claim.get(c, ()), key=lambda e: (-e.probability, e.parent))
    )
    return Lineage(ids, tuple(ordered))


def family(case: Case, lineage: Lineage, claim_id: str, claims: Sequence[Claim] = ()) -> Family:
    """The family of a claim: that of its origin, not of whoever relays it.

    ``claims`` adds those that are not in the case's files, such as imagery readings.
    """
    known = {c.id: c for c in (*case.claims, *claims)}
    return case.source(known[lineage.origin(claim_id)].source).family


@dataclass(frozen=True)
class Scored:
    """The model's view of all candidate pairs."""

    pairs: Pairs
    features: dict[str, FloatArray]
    probability: FloatArray
    """Of each pair."""


def score(facts: Facts) -> Scored:
    """Probabilities of all candidate pairs, normalised per child with 'own origin'."""
    pairs = Pairs(facts)
    pair, own = pair_features(facts, pairs), own_features(facts)
    pair["link"] = np.zeros(len(pairs.codes))
    pair["copying"] = agreement(facts, pairs)
    probability = np.zeros(len(pairs.codes))
    for step in range(PASSES):
        if step:
            pair["link"], own["article_relays"] = articles(facts, pairs, probability)
        probability = normalise(facts, pairs, weigh(pair, PAIR), weigh(own, OWN))
    return Scored(pairs, pair, probability)


def weigh(features: dict[str, FloatArray], table: dict[str, float]) -> FloatArray:
    """Sum of features times declared weights, in nats."""
    columns = [np.asarray(values) * table[name] for name, values in features.items()]
    return np.asarray(np.sum(columns, axis=0))


def normalise(facts: Facts, pairs: Pairs, odds: FloatArray, own: FloatArray) -> FloatArray:
    """Softmax over the parents of each child and its own origin; coded claims have their one."""
    n = len(facts.claims)
    top = own.copy()
    np.maximum.at(top, pairs.child, odds)
    weight = np.exp(odds - top[pairs.child])
    total = np.exp(own - top) + np.bincount(pairs.child, weights=weight, minlength=n)
    probability = weight / total[pairs.child]
    coded = np.array([i in facts.coded for i in range(n)])
    probability = _gather(facts, pairs, probability)
    probability[coded[pairs.child]] = 0.0
    written = np.array([i * n + j for i, j in sorted(facts.coded.items())], dtype=np.int64)
    probability[np.isin(pairs.codes, written)] = 1.0
    return probability


def _gather(facts: Facts, pairs: Pairs, probability: FloatArray) -> FloatArray:
    """Parents that are one source's claims on one material are one origin: the likeliest has all.

    Otherwise an image told in three claims would be a third as likely to be anybody's origin.
    """
    shared = np.flatnonzero(facts.material[pairs.parent] >= 0)
    child, parent = pairs.child[shared], pairs.parent[shared]
    key = (child * len(facts.sources) + facts.source[parent]) * (facts.material.max() + 1)
    _, group = np.unique(key + facts.material[parent], return_inverse=True)
    total = np.bincount(group, weights=probability[shared])
    order = np.lexsort((-probability[shared], group))
    first = order[np.r_[True, group[order][1:] != group[order][:-1]]] if order.size else order
    gathered = probability.copy()
    gathered[shared] = 0.0
    gathered[shared[first]] = total[group[first]]
    return gathered


def articles(facts: Facts, pairs: Pairs, probability: FloatArray) -> tuple[FloatArray, FloatArray]:
    """How far the child's article repeats the parent's source elsewhere, and anybody at all.

    An article is what one source has at one address. Each pair's own probability is left out, so
    that no claim bears itself out.
    """
    n = len(facts.claims)
    article = facts.source * (facts.address.max() + 2) + facts.address + 1
    _, article = np.unique(article, return_inverse=True)
    to = article[pairs.child] * len(facts.sources) + facts.source[pairs.parent]
    _, to = np.unique(to, return_inverse=True)
    key = to * n + pairs.child
    _, first, key = np.unique(key, return_index=True, return_inverse=True)
    per_child = np.bincount(key, weights=probability)
    linked = np.bincount(to[first], weights=np.minimum(per_child, 1.0))
    others = linked[to] - np.minimum(per_child, 1.0)[key]
    repeats = np.bincount(pairs.child, weights=probability, minlength=n)
    size = np.bincount(article)[article]
    shared = np.bincount(article, weights=repeats)[article] - repeats
    relays = np.where(size > 1, shared / np.maximum(size - 1, 1), 0.0)
    return 1 - np.exp(-np.maximum(others, 0)), relays


def _edges(facts: Facts, scored: Scored) -> list[Edge]:
    ids, n = [c.id for c in facts.claims], len(facts.claims)
    found = []
    for i, j in facts.coded.items():
        row = int(np.searchsorted(scored.pairs.codes, i * n + j))
        known = row < len(scored.pairs.codes) and scored.pairs.codes[row] == i * n + j
        why = reasons(facts, scored.features, row, i, j) if known else ()
        found.append(Edge(ids[i], ids[j], 1.0, ("the case says so", *filter(telling, why)), True))
    kept = np.where(scored.probability >= FAINT, scored.probability, 0.0)
    whole = np.bincount(scored.pairs.child, weights=scored.probability, minlength=n)
    part = np.bincount(scored.pairs.child, weights=kept, minlength=n)
    kept *= (whole / np.maximum(part, FAINT))[scored.pairs.child]
    for row in np.flatnonzero(kept).tolist():
        i, j = int(scored.pairs.child[row]), int(scored.pairs.parent[row])
        if i not in facts.coded:
            why = reasons(facts, scored.features, row, i, j)
            found.append(Edge(ids[i], ids[j], min(1.0, float(kept[row])), why, False))
    return found
