"""Log odds of every candidate parent against 'own origin', with the reasons in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.facts import Facts, codes, upstreams
from shieldwall.evidence.lineage.order import before
from shieldwall.evidence.lineage.pairs import Pairs

FloatArray = NDArray[np.float64]
Features = dict[str, FloatArray]

_NEAR = frozenset(["presence", "count", "holding", "delivery", "conduct", "movement"])
"""Ways to speak of the same weapons: a relay often turns a delivery into a holding."""


def pair_features(facts: Facts, pairs: Pairs) -> Features:
    """One column per row of ``assumptions.PAIR``: what speaks for and against each pair."""
    i, j = pairs.child, pairs.parent
    f: Features = {}
    f["named"], f["noted"], f["upstream"] = _credits(facts, pairs)
    f["copy"] = np.maximum(pairs.jaccard, 0.8 * pairs.containment)
    f["names"] = np.minimum(pairs.names, 16.0) / 4.0
    f["words"] = np.minimum(pairs.words, 16.0) / 4.0
    f["names_share"] = pairs.names_share
    f["agree"], f["differ"], f["error"] = _values(facts, pairs)
    f["events_apart"] = _apart(facts, pairs)
    f["material"] = _same(facts.material, i, j) * (1 - f["events_apart"])
    f["materials_differ"] = _differ(facts.material, i, j)
    same_source = facts.source[i] == facts.source[j]
    f["address"] = _same(facts.address, i, j) * ~same_source
    f["source"] = same_source * (1 - f["material"])
    f["about_far"] = _about_far(facts, pairs)
    same_system, f["system_open"], f["systems_differ"] = _alike(facts.system, i, j)
    same_place, f["place_open"], f["places_differ"] = _alike(facts.place, i, j)
    f["subject"], f["subjects_differ"] = _subjects(facts, pairs)
    f["silence"] = 1.0 * (facts.silent[i] != facts.silent[j])
    f["parent_reports"] = 1.0 * facts.reported[j]
    f["parent_primary"] = 1.0 * facts.primary[j]
    f["named_else"] = f["named"] * np.maximum(
        f["about_far"], np.maximum(f["systems_differ"], f["places_differ"])
    )
    f["before"] = np.log(np.maximum(before(facts.span, i, j), 0.02))
    with np.errstate(invalid="ignore"):
        middle = facts.span.mean(axis=1)
        gap = facts.span[i, 0] - middle[j]
    f["lag"] = np.log1p(np.where(np.isfinite(gap), np.maximum(gap, 0), 0.0))
    mates = same_system * same_place * (1 - f["about_far"])
    f["crowd"] = np.log1p(np.bincount(i, weights=mates, minlength=len(facts.claims)))[i]
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
        "weak_press": 1.0 * facts.weak,
        "unaddressed": 1.0 * ((facts.address < 0) & ~facts.primary),
        "dated_event": np.array([1.0 * (c.event is not None) for c in facts.claims]),
        "public": np.isin([c.about for c in facts.claims], ["identity", "distance"]) * 1.0,
        "reported": 1.0 * facts.reported,
        "guess": 1.0 * facts.guess,
        "says_relay": np.array([1.0 * c.relays for c in facts.credits]),
        "credits_known": inside,
        "credits_stranger": names * (1 - inside),
        "left_uncoded": 1.0 * (by_hand & coded),
        "article_relays": np.zeros(len(facts.claims)),
    }


def _same(values: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64]) -> FloatArray:
    return np.asarray(1.0 * ((values[i] == values[j]) & (values[i] >= 0)))


def _differ(values: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64]) -> FloatArray:
    return np.asarray(1.0 * ((values[i] != values[j]) & (values[i] >= 0) & (values[j] >= 0)))


def _alike(
    values: NDArray[np.int64], i: NDArray[np.int64], j: NDArray[np.int64]
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The same, or named by neither; named by one only; both named and different."""
    one = (values[i] < 0) != (values[j] < 0)
    return 1.0 * (values[i] == values[j]), 1.0 * one, _differ(values, i, j)


def _about_far(facts: Facts, pairs: Pairs) -> FloatArray:
    """1 where the two speak of different things, and not both of the same weapons."""
    near = np.array([c.about in _NEAR for c in facts.claims])
    other = facts.about[pairs.child] != facts.about[pairs.parent]
    return np.asarray(1.0 * (other & ~(near[pairs.child] & near[pairs.parent])))


def _subjects(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray]:
    """Same subject; other subject, or an identity beside another kind of claim."""
    i, j = pairs.child, pairs.parent
    same = _same(facts.subject, i, j)
    return same, 1.0 * ((facts.subject[i] != facts.subject[j]) & (facts.subject[j] >= 0))


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
        return np.asarray(1.0 * ((a[:, 1] <= b[:, 0]) | (b[:, 1] <= a[:, 0])))


def _values(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Same figure; other figure; a figure shared against all others, in nats.

    Independent reports of a fact share its true figure; a figure that all others contradict is an
    error, and a shared error is a mark of copying. What anybody can look up marks nothing.
    """
    i, j = pairs.child, pairs.parent
    label = codes(facts.label)
    topic = codes([f"{c.about}|{c.system}|{c.place}|{c.subject}" for c in facts.claims])
    has = label >= 0
    both = has[i] & has[j] & (facts.unit[i] == facts.unit[j])
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.abs(np.log(facts.number[i] / facts.number[j]))
    far = np.where(np.isfinite(ratio), np.minimum(1.0, ratio / np.log(1.5)), label[i] != label[j])
    public = np.isin([c.about for c in facts.claims], ["identity", "distance"])
    agree = both & (far < 0.05) & ~public[i]
    agree |= _mentioned(facts, i, j) | _mentioned(facts, j, i)
    every = np.bincount(topic[has], minlength=topic.max() + 1)
    key = topic * (label.max() + 2) + label + 1
    _, key = np.unique(key, return_inverse=True)
    alike = np.bincount(key[has], minlength=key.max() + 1)
    others = every[topic[i]] - alike[key[i]]
    mark = both & (key[i] == key[j]) & (others > alike[key[i]])
    error = np.where(mark, np.log((others + 1) / 2), 0.0)
    return 1.0 * agree, both * far * (far >= 0.05), error


def _mentioned(facts: Facts, i: NDArray[np.int64], j: NDArray[np.int64]) -> NDArray[np.bool_]:
    """True where i has no figure coded but j's figure stands in its words."""
    numbers = [None if np.isnan(v) else f"{v:g}" for v in facts.number]
    words = [set(w) for w in facts.words]
    found = np.zeros(len(i), bool)
    for row in np.flatnonzero(np.isnan(facts.number[i]) & ~np.isnan(facts.number[j])):
        found[row] = numbers[j[row]] in words[i[row]]
    return found


def _credits(facts: Facts, pairs: Pairs) -> tuple[FloatArray, FloatArray, FloatArray]:
    """How well the child's credits name the parent's source or its note, or its own name does."""
    size = len(pairs.codes)
    named, noted, above = np.zeros(size), np.zeros(size), np.zeros(size)
    ups = upstreams(facts)
    notes: dict[tuple[int, int], float] = {}
    sources = facts.source[pairs.parent].tolist()
    for row, (i, source) in enumerate(zip(pairs.child.tolist(), sources, strict=True)):
        if ups:
            above[row] = ups.get((int(facts.source[i]), source), 0.0)
        names = facts.credits[i].names
        if names:
            named[row] = facts.named[i].get(source, 0.0)
            if (i, source) not in notes:
                notes[i, source] = 1.0 * any(facts.names.noted(n, source) for n in names)
            noted[row] = notes[i, source]
    return named, noted, above
