"""Horizon, envelopes, layers, depth: what the ensemble covers over real terrain."""

from __future__ import annotations

from typing import Any

__all__ = ["coverage_floor", "coverage_floors"]


def __getattr__(name: str) -> Any:
    """Bring the floor functions when first asked for: they import the compiler."""
    if name in __all__:
        from shieldwall.coverage import floor

        return getattr(floor, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
