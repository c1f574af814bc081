"""Who repeats whom, with odds and reasons: claims to a ``Lineage``."""

from __future__ import annotations

from shieldwall.evidence.lineage.infer import family, infer

__all__ = ["family", "infer"]
