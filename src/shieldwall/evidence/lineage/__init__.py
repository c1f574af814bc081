"""Who repeats whom, with odds and reasons: claims to a ``Lineage``."""

from __future__ import annotations

from shieldwall.evidence.lineage.copying import Copying, learn
from shieldwall.evidence.lineage.duplicates import Pair, near_duplicates
from shieldwall.evidence.lineage.infer import family, infer
from shieldwall.evidence.lineage.tree import tree, tree_json

__all__ = [
    "Copying", "Pair", "family", "infer", "learn", "near_duplicates", "tree", "tree_json",
]  # fmt: skip
