"""Log odds of every candidate parent against 'own origin', with the reasons in words."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.attribution import meaning
from shieldwall.evidence.lineage.facts import Facts, upstreams
from shieldwall.evidence.lineage.order import before
from shieldwall.evidence.lineage.pairs import Pairs
from shieldwall.evidence.lineage.words import fold, tokens

FloatArray = NDArray[np.float64]
Features = dict[str, FloatArray]

_NEAR = frozenset(
    "presence count holding delivery conduct movement capability serviceability connection".split()
)
"""Ways to speak of the same weapons: a relay often turns a delivery into a holding."""


def pair_features(facts: Facts, pairs: Pairs) -> Features:
    """One column per row of ``assumptions.PAIR``: what speaks for and against each pair."""
    i, j = pairs.child, pairs.parent
    f: Features = {}
    f["named"], f["noted"], f["described"], f["upstream"] = _credits(facts, pairs)
    f["copy"] = np.maximum(pairs.jaccard, 0.8 * pairs.containment)
    f["rare"] = np.minimum(pairs.rare, 12.0) / 4.0
    f["rare_share"] = pairs.rare_share
    f["agree"], f["differ"], f["error"] = _values(facts, pairs)
    f["material"] = _same(facts.material, i, j)
    f["materials_differ"] = _differ(facts.material, i, j)
    same_source = facts.source[i] == facts.source[j]
    f["address"] = _same(facts.address, i, j) * ~same_source
    f["source"] = same_source * (1 - f["material"])
    f["about_near"], f["about_far"] = _abouts(facts, pairs)
    f["system"], f["systems_differ"] = _same(facts.system, i, j), _differ(facts.system, i, j)
    f["place"], f["places_differ"] = _same(facts.place, i, j), _differ(facts.place, i, j)
    f["subject"], f["subjects_differ"] = _subjects(facts, pairs)
    f["silence"] = 1.0 * (facts.silent[i] != facts.silent[j])
    f["parent_reports"] = 1.0 * facts.reported[j]
    f["parent_credits"] = np.array([bool(c.names) for c in facts.credits])[j] * 1.0
    f["parent_primary"] = 1.0 * facts.primary[j]
    f["events_apart"] = _apart(facts, pairs)
    f["before"] = np.log(np.maximum(before(facts.span, i, j), 0.02))
    gap = facts.span[i, 0] - facts.span[j, 1]
    f["lag"] = np.log1p(np.where(np.isfinite(gap), np.maximum(gap, 0), 7.0))
    crowd = np.bincount(i, minlength=len(facts.claims))
    f["crowd"] = np.log(np.maximum(crowd, 1))[i]
    return f


def own_features(facts: Facts) -> Features:
    """One column per row of ``assumptions.OWN``: what makes a claim look like an origin."""
    inside = np.array([max(n.values(), default=0.0) for n in facts.named])
    names = np.array([bool(c.names) for c in facts.credits])
    coded = len(facts.coded) > 0
    by_hand = np.array([c.read_by == "analyst" for c in facts.claims])
    return {
        "always": np.ones(len(facts.claims)),
        "primary": 1.0 * facts.primary,
        "reported": 1.0 * facts.reported,
        "guess": 1.0 * facts.guess,
        "says_relay": np.array([1.0 * c.relays for c in facts.credits]),
        "credits_known": inside,
        "credits_stranger": names * (1 - inside),
        "left_uncoded": 1.0 * (by_hand & coded),
        "article_relays": np.zeros(len(facts.claims)),
    }


def _same(codes: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64]) -> FloatArray:
    return 1.0 * ((codes[i] == codes[j]) & (codes[i] >= 0))


def _differ(codes: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64]) -> FloatArray:
    return 1.0 * ((codes[i] != codes[j]) & (codes[i] >= 0) & (codes[j] >= 0))


def _abouts(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    near = np.array([c.about in _NEAR for c in facts.claims])
    other = facts.about[pairs.child] != facts.about[pairs.parent]
    both = near[pairs.child] & near[pairs.parent]
    return 1.0 * (other & both), 1.0 * (other & ~both)


def _subjects(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    """Same subject; other subject, or an identity beside another kind of claim."""
    i, j = pairs.child, pairs.parent
    same = _same(facts.subject, i, j)
    return same, 1.0 * ((facts.subject[i] != facts.subject[j]) & ((facts.subject[j] >= 0)))


def _apart(facts: Facts, pairs: Pairs) -> FloatArray:
    """1 where both name the time of what happened and the two times exclude each other."""
    spans = np.array(
        [
            (np.nan, np.nan) if c.event is None
            else (c.event.start.timestamp(), c.event.end.timestamp())
            for c in facts.claims
        ]
    )  # fmt: skip
    a, b = spans[pairs.child], spans[pairs.parent]
    with np.errstate(invalid="ignore"):
        return 1.0 * ((a[:, 1] <= b[:, 0]) | (b[:, 1] <= a[:, 0]))


def _values(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Same figure; other figure; and a figure shared against everybody else's, in nats.

    Independent reports of a fact share its true figure; a figure that all others contradict is an
    error, and a shared error is a mark of copying.
    """
    topic = [(c.about, c.system, c.place, c.subject) for c in facts.claims]
    every = Counter(t for t, v in zip(topic, facts.value, strict=True) if v is not None)
    alike = Counter((t, v) for t, v in zip(topic, facts.value, strict=True) if v is not None)
    agree, differ, error = (np.zeros(len(pairs.codes)) for _ in range(3))
    for row, (i, j) in enumerate(zip(pairs.child.tolist(), pairs.parent.tolist(), strict=True)):
        mine, theirs = facts.value[i], facts.value[j]
        if mine is None or theirs is None:
            continue
        if mine != theirs:
            differ[row] = 1.0
            continue
        agree[row] = 1.0
        if topic[i] == topic[j]:
            others = every[topic[i]] - alike[topic[i], mine]
            if others > alike[topic[i], mine]:
                error[row] = np.log((others + 1) / 2)
    return agree, differ, error


def _credits(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """How well the child's credits name the parent's source, note or words, or its name does."""
    size = len(pairs.codes)
    named, noted, described, above = (np.zeros(size) for _ in range(4))
    ups = upstreams(facts)
    words: dict[int, frozenset[str]] = {}
    for row, (i, j) in enumerate(zip(pairs.child.tolist(), pairs.parent.tolist(), strict=True)):
        source = int(facts.source[j])
        if ups:
            above[row] = ups.get((int(facts.source[i]), source), 0.0)
        if not facts.credits[i].names:
            continue
        named[row] = facts.named[i].get(source, 0.0)
        if j not in words:
            claim = facts.claims[j]
            text = f"{claim.statement} {claim.material or ''}"
            words[j] = frozenset(meaning(tokens(fold(text))))
        for name in facts.credits[i].names:
            noted[row] = max(noted[row], 1.0 * facts.names.noted(name, source))
            described[row] = max(described[row], len(name & words[j]) / len(name))
    return named, noted, described, above
