"""Whether two texts name the same government."""

from __future__ import annotations


def named_alike(one: str, other: str) -> bool:
    """Letter case and spaces beside: ``United States`` and `` united states``."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()
