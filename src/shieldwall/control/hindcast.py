"""Scoring what was foretold against how it came out.

The logarithmic score ln p of what happened, with p held inside [.02, .98] so that no single event
decides everything (Good 1952); nearer to nothing is better. It is given over the whole band of
what is assumed: the score in every draw, and of the mean forecast. Beside it stand the source
document's own reading and even odds. Whoever wrote the case knew the outcome.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Band, Case
from shieldwall.control.records import OperationalControl, Told
from shieldwall.draws import band_over

Floats = NDArray[np.float64]

CLIP = (0.02, 0.98)
EVEN = 0.5


@dataclass(frozen=True)
class Scored:
    """One foretold event with its outcome."""

    event: str
    text: str
    happened: bool
    reason: str
    odds: Band
    """The forecast that it would happen."""
    score: Band
    """Log score of the mean forecast (likely), and 5th and 95th percentile over the draws."""
    document: float | None
    """The document's own reading; ``None`` where it has none."""
    document_score: float | None
    even_score: float


@dataclass(frozen=True)
class Hindcast:
    """All scored events and the sums."""

    events: tuple[Scored, ...]
    ours: Band
    """Sum over the events: of the mean forecasts, and 5th and 95th percentile over the draws."""
    document: float | None
    """``None`` where the document has no reading of one of them."""
    even: float
    better_than_document: float | None
    """Share of the draws in which ours is the better sum."""
    better_than_even: float


def log_score(odds: float | Floats, happened: bool) -> Floats:
    """ln of the clipped probability of what happened."""
    p = np.clip(np.asarray(odds, dtype=np.float64), *CLIP)
    found: Floats = np.log(p if happened else 1 - p)
    return found


def hindcast(case: Case, control: OperationalControl) -> Hindcast | None:
    """Score every foretold event that has an outcome; ``None`` where none has.

    ``case`` is the one with its outcomes; ``control`` was made without them.
    """
    told = {t.event.id: t for t in control.told}
    pairs = [(told[o.foretold], o) for o in case.outcomes if o.foretold in told]
    if not pairs:
        return None
    events = tuple(_scored(t, o.happened, o.reason) for t, o in pairs)
    draws = np.sum([log_score(t.draws, o.happened) for t, o in pairs], axis=0)
    low, high = band_over(draws)
    given = [e.document_score for e in events if e.document_score is not None]
    document = math.fsum(given) if len(given) == len(events) else None
    even = math.fsum(e.even_score for e in events)
    return Hindcast(
        events,
        Band(float(low), math.fsum(e.score.middle for e in events), float(high)),
        document, even,
        None if document is None else float((draws > document).mean()),
        float((draws > even).mean()),
    )  # fmt: skip


def _scored(told: Told, happened: bool, reason: str) -> Scored:
    event = told.event
    low, high = band_over(log_score(told.draws, happened))
    mean = float(log_score(told.odds.middle, happened))
    document = event.document
    return Scored(
        event.id, event.text, happened, reason, told.odds, Band(float(low), mean, float(high)),
        document, None if document is None else float(log_score(document, happened)),
        float(log_score(EVEN, happened)),
    )  # fmt: skip
