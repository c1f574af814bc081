"""Key judgements, written from results: how likely, and, in sentences of their own, how sure.

    judgements(assessment)  ->  network, coverage, control, raids, ripple, in this order

A judgement is made of figures in the ledger; where these are missing or say nothing, it says that
the thing cannot be judged. The table that rates confidence is in ``confidence.py``.
"""

from __future__ import annotations

from shieldwall.report.judgements.control import control_judgements
from shieldwall.report.judgements.coverage import coverage_judgements
from shieldwall.report.judgements.network import network_judgements
from shieldwall.report.judgements.raids import raid_judgements
from shieldwall.report.judgements.records import (
    QUESTIONS,
    Confidence,
    Judgement,
    Level,
    Question,
    Support,
)
from shieldwall.report.judgements.ripple import ripple_judgements
from shieldwall.report.records import Assessment

__all__ = ["QUESTIONS", "Confidence", "Judgement", "Level", "Question", "Support", "judgements"]


def judgements(assessment: Assessment) -> tuple[Judgement, ...]:
    """Every judgement that the case's data allow, by question; the same input, the same text."""
    found = (
        *network_judgements(assessment),
        *coverage_judgements(assessment),
        *control_judgements(assessment),
        *raid_judgements(assessment),
        *ripple_judgements(assessment),
    )
    return tuple(j for j in found if j is not None)
