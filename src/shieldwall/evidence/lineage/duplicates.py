"""Near-duplicate texts: MinHash finds candidates, exact shingle overlap decides.

Written here in a few lines of numpy rather than taken from a library: the hashes must be the same
in every process and version, because what they find is evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.words import shingles, tokens

BANDS, ROWS = 32, 3
"""Texts half alike meet in a band with probability 1 - (1 - .5^3)^32 = .986."""
SAMPLE = 4
"""One shingle in so many, the same in every text, is looked up for quotations inside of texts."""
CROWD = 50
"""A band or hash shared by more texts than this pairs each with its neighbours only."""
_PRIME = (1 << 31) - 1


@dataclass(frozen=True)
class Pair:
    """Two texts that share wording."""

    first: str
    second: str
    jaccard: float
    """Shared shingles as a share of all shingles of both."""
    containment: float
    """Shared shingles as a share of those of the shorter text."""


def near_duplicates(
    texts: Mapping[str, str], *, words: int = 5, jaccard: float = 0.5, containment: float = 0.7
) -> tuple[Pair, ...]:
    """Pairs of texts that share wording by either measure, sorted by name.

    ``words`` is the length of a shingle. Candidates come from MinHash bands and from a sample
    of shingles; shares are exact. Same texts, same answer in any order.
    """
    names = sorted(texts)
    sets = [_hashes(shingles(tokens(texts[name]), words)) for name in names]
    found = []
    for a, b in _candidates(sets):
        shared = np.intersect1d(sets[a], sets[b], assume_unique=True).size
        alike = shared / (sets[a].size + sets[b].size - shared)
        inside = shared / min(sets[a].size, sets[b].size)
        if alike >= jaccard or inside >= containment:
            found.append(Pair(names[a], names[b], alike, inside))
    return tuple(found)


def _hashes(parts: frozenset[str]) -> NDArray[np.int64]:
    """Distinct 31-bit hashes of shingles, sorted: the same in every process."""
    raw = b"".join(hashlib.blake2b(p.encode(), digest_size=8).digest() for p in sorted(parts))
    return np.unique((np.frombuffer(raw, dtype="<u8") % _PRIME).astype(np.int64))


def _candidates(sets: list[NDArray[np.int64]]) -> list[tuple[int, int]]:
    full = np.array([i for i, s in enumerate(sets) if s.size], dtype=np.int64)
    if full.size < 2:
        return []
    rng = np.random.default_rng(20190320)
    a = rng.integers(1, _PRIME, BANDS * ROWS)[:, None]
    b = rng.integers(0, _PRIME, BANDS * ROWS)[:, None]
    low = np.stack([((a * sets[i] + b) % _PRIME).min(axis=1) for i in full])
    keys, owners = [], []
    for band in range(BANDS):
        rows = low[:, band * ROWS : (band + 1) * ROWS]
        mixed = (rows @ np.array([1_000_003, 8_191, 1])) % (1 << 61)
        keys.append(mixed * BANDS + band)
        owners.append(full)
    for i in full:
        sample = sets[i][sets[i] % SAMPLE == 0]
        keys.append(-1 - sample)
        owners.append(np.full(sample.size, i))
    return _meet(np.concatenate(keys), np.concatenate(owners))


def _meet(keys: NDArray[np.int64], owners: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs of owners that share a key, sorted."""
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    found = []
    for step in range(1, CROWD):
        same = keys[step:] == keys[:-step]
        if not same.any():
            break
        found.append(np.stack([owners[:-step][same], owners[step:][same]], axis=1))
    if not found:
        return []
    pairs = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return [(int(x), int(y)) for x, y in pairs if x != y]
