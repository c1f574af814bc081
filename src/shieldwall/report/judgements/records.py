"""What a key judgement is: a claim with its likelihood, and, apart from it, how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.case.records import Family

Question = Literal["network", "coverage", "control", "raids", "ripple"]
Level = Literal["low", "moderate", "high"]

QUESTIONS: tuple[Question, ...] = ("network", "coverage", "control", "raids", "ripple")
"""In the order in which a report answers them."""

ITSELF = "it"
"""What is moved where the thing itself was worked out without a source."""


@dataclass(frozen=True)
class Support:
    """What stands behind a judgement, as the table of confidence reads it."""

    origins: float
    """Expected number of independent origins."""
    families: tuple[Family, ...]
    """Of them, sorted."""
    agree: bool | None
    """Whether families point one way, and none is divided in itself; ``None``: not told."""
    band: float | None
    """Width of the band; ``None``: it has none."""
    leave_out: float | None
    """How far it, or what ``what`` names, moves when the strongest source is left out; ``None``:
    not worked out."""
    bits: float | None = None
    """Weight of all that speaks of it, one way less the other; ``None``: not told."""
    sources: int | None = None
    """How many sources the origins are of: one firm may look twice; ``None``: not told."""
    behind: str = "it"
    """What the origins speak of: the thing itself, or the facts that a model reads."""
    assumed: str = ""
    """What is assumed, where that decides more of it than evidence could: a clause."""
    against: bool = False
    """Whether an origin speaks the other way, though too faintly to divide its family."""
    what: str = ITSELF
    """What ``leave_out`` and ``agree`` are of, where they were worked out of the nearest figure and
    not of the thing itself."""
    mission: float = 0.0
    """Expected origins that speak of the supplier's mission as a whole: told, and not counted."""


@dataclass(frozen=True)
class Confidence:
    """How good the ground is, apart from how likely the thing is."""

    level: Level | None
    """``None``: the thing could not be judged at all."""
    reason: str
    """In sentences without any likelihood; of what could not be judged: why not."""
    support: Support


@dataclass(frozen=True)
class Judgement:
    """One key judgement. No sentence of it holds both a likelihood and a confidence."""

    id: str
    """``network.held.s300vm``; stable for one case."""
    question: Question
    claim: str
    """One sentence with a term of ICD 203, or that the thing cannot be judged."""
    likelihood: str | None
    """That term; ``None`` where it cannot be judged."""
    probability: float | None
    """0 to 1; ``None``: no figure at all."""
    low: float | None
    high: float | None
    """Ends of its band; what they are is said in the claim."""
    detail: str
    """Figures beside it, in sentences; may be empty."""
    confidence: Confidence
    what_would_change: str
    """The item that moves it most; may be empty."""
    look_next: str
    """What to look for next, among published things; may be empty."""
    figures: tuple[str, ...]
    """Ids in the ledger, the one of its probability first."""

    @property
    def judged(self) -> bool:
        """Whether what is known supports a judgement."""
        return self.likelihood is not None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its parts in order, those that say something."""
        parts = (
            self.claim, self.detail, self.confidence.reason, self.what_would_change, self.look_next,
        )  # fmt: skip
        return tuple(p for p in parts if p)

    @property
    def text(self) -> str:
        """All of it as one paragraph."""
        return " ".join(self.sentences)
