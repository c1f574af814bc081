"""Questions with competing answers, and what each answer expects: records of hypotheses.toml."""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.records import Band


@dataclass(frozen=True)
class Hypothesis:
    """One answer to a question; the answers of a question exclude each other."""

    id: str
    question: str
    text: str
    prior: float | None
    """Share before any evidence; ``None``: even with the other answers left open."""
    where: str


@dataclass(frozen=True)
class Expectation:
    """How likely an observation is under each hypothesis of a question, with the reason."""

    id: str
    question: str
    observation: str
    claims: tuple[str, ...]
    """The claims that report it: it counts once for each origin among them."""
    likelihood: dict[str, Band]
    """Hypothesis id -> probability of observing it, were the hypothesis true."""
    reason: str
    where: str


@dataclass(frozen=True)
class Question:
    """A question with competing hypotheses."""

    id: str
    text: str
    hypotheses: tuple[Hypothesis, ...]
    expectations: tuple[Expectation, ...]
    where: str
