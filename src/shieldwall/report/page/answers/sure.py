"""How sure each answer is: the confidence of its key judgements, without any likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shieldwall.report.judgements import Judgement, Question
from shieldwall.report.words import listed

_LEVELS = ("high", "moderate", "low")
_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_KINDS = (
    ("network.held.", "that they are held"), ("network.at.", "where they stand"),
    ("network.works.", "what works"),
)  # fmt: skip
"""First part of a judgement's id -> what it tells of."""


@dataclass(frozen=True)
class Sure:
    """How good the ground of an answer is; both empty where nothing was judged."""

    level: str
    """``Confidence is low``."""
    reason: str
    """What follows it, up to its full stop."""


def sure(found: Sequence[Judgement], question: Question) -> Sure:
    """Of the network, which has many judgements, how many stand at each level.

    Elsewhere that of the first judgement, which is the most telling.
    """
    own = [j for j in found if j.question == question]
    if question == "network":
        return _counted(own)
    if not own:
        return Sure("", "")
    confidence = own[0].confidence
    level = f"Confidence is {confidence.level}" if confidence.level else ""
    return Sure(level, confidence.reason.removeprefix(level))


def _counted(own: list[Judgement]) -> Sure:
    """``Confidence`` `` that they are held: high for both; where they stand: low for both.``"""
    parts = []
    for prefix, words in _KINDS:
        alike = [j for j in own if j.id.startswith(prefix)]
        if alike:
            parts.append(f"{words}: {_levels(alike)}")
    return Sure("Confidence", f" {'; '.join(parts)}.") if parts else Sure("", "")


def _levels(alike: list[Judgement]) -> str:
    by = {level: sum(j.confidence.level == level for j in alike) for level in _LEVELS}
    told = [(level, n) for level, n in by.items() if n]
    silent = len(alike) - sum(by.values())
    if len(told) == 1 and not silent:
        level, n = told[0]
        return level if n == 1 else f"{level} for {'both' if n == 2 else f'all {_word(n)}'}"
    parts = [f"{level} for {_word(n)}" for level, n in told]
    if silent:
        parts.append(f"none for {_word(silent)}, of which no origin speaks")
    return listed(parts)


def _word(n: int) -> str:
    return _NUMBERS[n] if n < len(_NUMBERS) else str(n)
