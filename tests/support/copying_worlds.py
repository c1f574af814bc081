"""Worlds of sources that copy: reports of known truth, for tests and benchmarks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BENCHMARK = (0.90, 0.85, 0.80, 0.80, 0.60)
"""Accuracies of the sources of validation.md; the last one is copied by six relays."""
SPOKEN = 0.7
"""Share of items on which a source speaks: with it, Dawid-Skene without relays comes out at the
.909 / .064 / .031 that validation.md quotes (with every source on every item it would be .956)."""


def world(
    seed: int,
    *,
    accuracy: tuple[float, ...] = BENCHMARK,
    relays: int = 6,
    of: int = 4,
    rate: float = 0.9,
    items: int = 500,
    classes: int = 2,
    spoken: float = SPOKEN,
    chain: bool = False,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Reports (items, sources), -1 where silent, and the truth (items,)."""
    rng = np.random.default_rng(seed)
    truth = rng.integers(0, classes, items)

    def look(right: float) -> NDArray[np.int64]:
        wrong = (truth + rng.integers(1, classes, items)) % classes
        return np.where(rng.random(items) < right, truth, wrong)

    columns = [look(a) for a in accuracy]
    copied = of
    for _ in range(relays):
        own = look(accuracy[of])
        columns.append(np.where(rng.random(items) < rate, columns[copied], own))
        copied = len(columns) - 1 if chain else of
    reports = np.stack(columns, axis=1)
    reports[rng.random(reports.shape) >= spoken] = -1
    return reports, truth


def score(posterior: NDArray[np.float64], truth: NDArray[np.int64]) -> NDArray[np.float64]:
    """Accuracy, Brier score and expected calibration error (ten bins of the chance of class 1)."""
    hit = float((posterior.argmax(axis=1) == truth).mean())
    sure = np.eye(posterior.shape[1])[truth]
    brier = float(((posterior - sure) ** 2).sum(axis=1).mean() / 2)
    chance, is_one = posterior[:, 1], truth == 1
    bins = np.minimum((chance * 10).astype(int), 9)
    gaps = [
        abs(chance[bins == b].mean() - is_one[bins == b].mean()) * (bins == b).mean()
        for b in np.unique(bins)
    ]
    return np.array([hit, brier, float(sum(gaps))])


def dawid_skene(reports: NDArray[np.int64], steps: int = 100) -> NDArray[np.float64]:
    """Posterior (items, classes) with sources taken as independent (Dawid and Skene 1979)."""
    classes = int(reports.max()) + 1
    says = np.stack([reports == v for v in range(classes)], axis=2).astype(float)
    q = majority(reports)
    for _ in range(steps):
        confusion = np.einsum("ny,nsv->syv", q, says) + 0.01
        confusion /= confusion.sum(axis=2, keepdims=True)
        logs = np.log(q.mean(axis=0)) + np.einsum("nsv,syv->ny", says, np.log(confusion))
        q = np.exp(logs - logs.max(axis=1, keepdims=True))
        q /= q.sum(axis=1, keepdims=True)
    return q


def one_coin(reports: NDArray[np.int64], steps: int = 100) -> NDArray[np.float64]:
    """As ``dawid_skene`` with one accuracy for each source."""
    classes = int(reports.max()) + 1
    says = np.stack([reports == v for v in range(classes)], axis=2).astype(float)
    q = majority(reports)
    for _ in range(steps):
        right = np.einsum("ny,nsy->s", q, says)
        accuracy = np.clip((right + 0.7) / (says.sum(axis=(0, 2)) + 1), 0.01, 0.99)
        weight = np.log(accuracy * max(1, classes - 1) / (1 - accuracy))
        logs = np.einsum("nsy,s->ny", says, weight)
        q = np.exp(logs - logs.max(axis=1, keepdims=True))
        q /= q.sum(axis=1, keepdims=True)
    return q


def majority(reports: NDArray[np.int64]) -> NDArray[np.float64]:
    """Share of the votes for each class."""
    classes = int(reports.max()) + 1
    votes = np.stack([(reports == v).sum(axis=1) for v in range(classes)], axis=1) + 1e-9
    return np.asarray(votes / votes.sum(axis=1, keepdims=True))
