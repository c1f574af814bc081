"""Near-duplicate documents: found by MinHash, decided exactly."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from shieldwall.evidence.lineage import near_duplicates
from shieldwall.evidence.lineage.words import shingles, tokens

WORDS = [f"word{i}" for i in range(3_000)]


def text(rng: np.random.Generator, length: int = 200) -> str:
    return " ".join(WORDS[int(k)] for k in rng.integers(len(WORDS), size=length))


def changed(rng: np.random.Generator, original: str, share: float) -> str:
    words = original.split()
    for k in np.flatnonzero(rng.random(len(words)) < share):
        words[k] = WORDS[int(rng.integers(len(WORDS)))]
    return " ".join(words)


def test_agrees_with_all_pairs() -> None:
    rng = np.random.default_rng(11)
    texts = {f"a{k}": text(rng) for k in range(40)}
    texts |= {f"b{k}": changed(rng, texts[f"a{k}"], 0.02 * (k % 8)) for k in range(40)}
    found = {(p.first, p.second): p for p in near_duplicates(texts)}
    sets = {name: shingles(tokens(t), 5) for name, t in texts.items()}
    for a, b in itertools.combinations(sorted(texts), 2):
        shared = len(sets[a] & sets[b])
        alike, inside = shared / len(sets[a] | sets[b]), shared / min(len(sets[a]), len(sets[b]))
        if alike >= 0.5 or inside >= 0.7:
            assert found[a, b].jaccard == pytest.approx(alike)
            assert found[a, b].containment == pytest.approx(inside)
        else:
            assert (a, b) not in found


def test_a_quotation_inside_of_a_long_text_is_found() -> None:
    rng = np.random.default_rng(12)
    short = text(rng, 80)
    long = f"{text(rng, 900)} {short} {text(rng, 900)}"
    (pair,) = near_duplicates({"short": short, "long": long, "other": text(rng, 900)})
    assert (pair.first, pair.second) == ("long", "short")
    assert pair.containment == 1.0
    assert pair.jaccard < 0.1


def test_order_and_empty_texts_change_nothing() -> None:
    rng = np.random.default_rng(13)
    texts = {"x": text(rng), "empty": "", "blank": "  "}
    texts["y"] = texts["x"].upper()
    assert near_duplicates(texts) == near_duplicates(dict(reversed(texts.items())))
    assert [(p.first, p.second) for p in near_duplicates(texts)] == [("x", "y")]
    assert near_duplicates({}) == near_duplicates({"x": "only one"}) == ()
