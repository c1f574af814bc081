"""Sentences of judgements: the term with its figure, or that a thing cannot be judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shieldwall.provenance import Ledger
from shieldwall.report.judgements.confidence import cannot, rate, unrated
from shieldwall.report.judgements.records import Judgement, Question, Support
from shieldwall.report.words import NARROW_SPACE, likelihood, percent, plain, sentence

_NEVER = 1e-6


@dataclass(frozen=True)
class Found:
    """A figure with its band, and what it is the probability of."""

    probability: float | None
    low: float | None
    high: float | None
    that: str
    """A clause that follows both ``that`` and ``whether``."""
    given: str = ""
    """A condition, such as ``if the country holds it``."""
    band_is: str = ""
    """What the band is, where it is not the 5th to 95th percentile over draws."""

    @property
    def width(self) -> float | None:
        """Of the band; ``None``: it has none."""
        return None if self.low is None or self.high is None else self.high - self.low


def opening(probability: float) -> str:
    """``it is likely``, ``there is almost no chance``: what stands before ``that``."""
    term = likelihood(probability)
    if not term.endswith("chance"):
        return f"it is {term}"
    return f"there is {'a ' if term.startswith('roughly') else ''}{term}"


def claim(found: Found) -> str:
    """One sentence with the term of ICD 203, the figure and its band."""
    if found.probability is None:
        return unjudged(found)
    figure = printed(found.probability)
    band = ""
    if found.low is not None and found.high is not None:
        ends = printed(found.low), printed(found.high)
        if ends != (figure, figure):
            low = ends[0].removesuffix(f"{NARROW_SPACE}%")
            band = f"; {low} to {ends[1]}{f' {found.band_is}' if found.band_is else ''}"
    said = f"{opening(found.probability)} ({figure}{band}) that {found.that}"
    return sentence(f"{found.given}, {said}" if found.given else said)


def printed(probability: float) -> str:
    """In whole percent; what no draw showed, or every draw, is not thereby impossible or sure."""
    return percent(min(max(probability, _NEVER), 1 - _NEVER))


def unjudged(found: Found) -> str:
    """One sentence that says that it cannot be judged."""
    said = f"whether {found.that} cannot be judged"
    return sentence(f"{found.given}, {said}" if found.given else said)


def judge(
    ledger: Ledger,
    id: str,
    question: Question,
    found: Found,
    support: Support,
    figures: Iterable[str],
    detail: str = "",
    change: str = "",
    look: str = "",
    why: str = "",
) -> Judgement | None:
    """The judgement, or that there is none to make; ``None`` where the ledger has no figure of it.

    The first of ``figures`` is that of the probability; the others are kept where they exist.
    ``why`` it cannot be judged, where the caller knows; else the table of confidence decides.
    """
    ids = tuple(dict.fromkeys(figures))
    if not ids or ids[0] not in ledger.quantities:
        return None
    why = why or cannot(found.probability, support)
    term = likelihood(found.probability) if not why else None
    return Judgement(
        id=id,
        question=question,
        claim=plain(unjudged(found) if why else claim(found)),
        likelihood=term,
        probability=found.probability,
        low=found.low,
        high=found.high,
        detail=plain(detail),
        confidence=unrated(why, support) if why else rate(support),
        what_would_change=plain(change),
        look_next=plain(look),
        figures=tuple(i for i in ids if i in ledger.quantities or i in ledger.leaves),
    )
