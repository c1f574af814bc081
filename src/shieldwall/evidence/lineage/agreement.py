"""Sources that give values on many items: what their agreement adds to edges between claims."""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.assumptions import COPYING
from shieldwall.evidence.lineage.copying import Copying, learn
from shieldwall.evidence.lineage.facts import Facts
from shieldwall.evidence.lineage.pairs import Pairs

MOST_VALUES = 3
"""Different values of one item that are told apart; rarer ones are left out."""
MOST_SOURCES, MOST_ITEMS, STARTS = 16, 300, 8
"""Sources compared, those with most items first; items used; first guesses tried: for speed."""

Item = tuple[int, int, int, int]


def agreement(facts: Facts, pairs: Pairs) -> NDArray[np.float64]:
    """Log odds for each pair that the child's source copied the parent's value.

    Zero where the two sources share too few comparable claims. An item is one thing that values
    are given of; its values are shuffled so that no class means the same on all items.
    """
    odds = np.zeros(len(pairs.codes))
    items = _items(facts)
    reports, sources = _reports(items)
    if reports.shape[1] < 3:
        return odds
    column = {s: k for k, s in enumerate(sources)}
    learnt = learn(reports, starts=STARTS)
    copies, chance = learnt.copies, _chance(learnt, int(reports.max()) + 1)
    for row, (i, j) in enumerate(zip(pairs.child.tolist(), pairs.parent.tolist(), strict=True)):
        s, p = column.get(int(facts.source[i])), column.get(int(facts.source[j]))
        if s is None or p is None:
            continue
        rate = min(float(copies[s, p]), 0.999)
        if rate > 0 and _item(facts, i) == _item(facts, j):
            same = facts.label[i] == facts.label[j]
            odds[row] = np.log(rate / chance[s, p] + 1 - rate if same else 1 - rate)
    return odds


def _chance(learnt: Copying, classes: int) -> NDArray[np.float64]:
    """(sources, sources): probability that two sources that look for themselves say the same."""
    right = np.clip(learnt.accuracy, 0.01, 0.99)
    wrong = (1 - right) / max(1, classes - 1)
    return np.outer(right, right) + np.outer(wrong, wrong) * max(1, classes - 1)


def _item(facts: Facts, i: int) -> Item:
    about, system, place = int(facts.about[i]), int(facts.system[i]), int(facts.place[i])
    return about, system, place, int(facts.subject[i])


def _items(facts: Facts) -> dict[Item, dict[int, str]]:
    """Item -> source -> the value it gave, for items on which two sources speak."""
    found: dict[Item, dict[int, str]] = {}
    for i in np.argsort(facts.rank):
        value = facts.label[i]
        if value is not None:
            found.setdefault(_item(facts, int(i)), {}).setdefault(int(facts.source[i]), value)
    return {item: given for item, given in sorted(found.items()) if len(given) > 1}


def _reports(items: dict[Item, dict[int, str]]) -> tuple[NDArray[np.int64], list[int]]:
    """Reports (items, sources) of the sources that share enough items with another."""
    held = Counter(s for given in items.values() for s in given)
    ranked = sorted(held, key=lambda s: (-held[s], s))[:MOST_SOURCES]
    sources = sorted(s for s in ranked if held[s] >= COPYING.fewest_shared)
    column = {s: k for k, s in enumerate(sources)}
    reports = np.full((len(items), len(sources)), -1, dtype=np.int64)
    for row, given in enumerate(items.values()):
        used = Counter(given.values())
        values = sorted(used, key=lambda v: (-used[v], v))[:MOST_VALUES]
        turn = np.random.default_rng(row).permutation(len(values))
        code = {v: int(turn[k]) for k, v in enumerate(values)}
        for source, value in given.items():
            if source in column:
                reports[row, column[source]] = code.get(value, -1)
    spoken = (reports >= 0).sum(axis=1)
    fullest = np.argsort(-spoken, kind="stable")[:MOST_ITEMS]
    kept = reports[np.sort(fullest[spoken[fullest] > 1])]
    return (kept if len(kept) >= COPYING.fewest_shared else kept[:, :0]), sources
