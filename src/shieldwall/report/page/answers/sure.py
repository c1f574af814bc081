"""How sure each answer is: the confidence of its key judgements, without any likelihood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shieldwall.report.judgements import Judgement, Question
from shieldwall.report.page.names import Names
from shieldwall.report.words import listed

_NONE = "none, since no origin speaks of it,"
_LEVELS = ("high", "moderate", "low", _NONE)
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


def sure(found: Sequence[Judgement], question: Question, names: Names) -> Sure:
    """Of the network, which has many judgements, the level of each; elsewhere that of the first
    judgement, which is the most telling.
    """
    own = [j for j in found if j.question == question]
    if question == "network":
        return _each(own, names)
    if not own:
        return Sure("", "")
    confidence = own[0].confidence
    level = f"Confidence is {confidence.level}" if confidence.level else ""
    return Sure(level, confidence.reason.removeprefix(level))


def _each(own: list[Judgement], names: Names) -> Sure:
    """``Confidence`` `` that they are held: high for S-300VM; where they stand: low for both.``"""
    parts = []
    for prefix, words in _KINDS:
        alike = {j.id.removeprefix(prefix).split("@")[0]: j for j in own if j.id.startswith(prefix)}
        if alike:
            parts.append(f"{words}: {_levels(alike, names)}")
    return Sure("Confidence", f" {'; '.join(parts)}.") if parts else Sure("", "")


def _levels(alike: dict[str, Judgement], names: Names) -> str:
    """Systems by level, or that all have one."""
    by: dict[str, list[str]] = {}
    for level in _LEVELS:
        for system, judged in alike.items():
            if (judged.confidence.level or _NONE) == level:
                by.setdefault(level, []).append(names.system(system))
    if len(by) == 1:
        level, systems = next(iter(by.items()))
        many = {1: "", 2: " for both"}.get(len(systems), " for all")
        return f"{level}{many}"
    return ", ".join(f"{level} for {listed(systems)}" for level, systems in by.items())
