"""What must hold of the key judgements of any assessment."""

from __future__ import annotations

import re

from shieldwall.report.judgements import QUESTIONS, Judgement
from shieldwall.report.judgements.confidence import LIMITS
from shieldwall.report.records import Assessment

TERMS = re.compile(
    r"\b(almost no chance|(un)?likely|(im)?probabl[ye]|roughly even|almost certain(ly)?|remote)\b",
    re.IGNORECASE,
)
SURE = re.compile(r"\bconfiden(ce|t|tly)\b", re.IGNORECASE)


def named(found: tuple[Judgement, ...], id: str) -> Judgement:
    """The judgement of that id."""
    return next(j for j in found if j.id == id)


def check(found: tuple[Judgement, ...], assessment: Assessment) -> None:
    """What must hold of all judgements of any assessment."""
    known = assessment.ledger.quantities.keys() | assessment.ledger.leaves.keys()
    assert len({j.id for j in found}) == len(found)
    order = [QUESTIONS.index(j.question) for j in found]
    assert order == sorted(order)
    for j in found:
        assert j.figures
        assert set(j.figures) <= known
        assert j.figures[0] in assessment.ledger.quantities
        for part in j.sentences:
            for said in re.split(r"(?<=[.!?])\s+", part):
                assert not (TERMS.search(said) and SURE.search(said)), said
        assert not SURE.search(j.claim)
        assert not TERMS.search(j.confidence.reason)
        if not j.judged:
            assert "cannot be judged" in j.claim
            assert not TERMS.search(j.claim)
            assert j.confidence.level is None
            continue
        assert j.likelihood is not None
        assert j.probability is not None
        assert f" {j.likelihood} (" in j.claim
        assert j.confidence.level is not None
        assert j.confidence.reason.startswith(f"Confidence is {j.confidence.level}")
        assert j.confidence.support.origins + j.confidence.support.mission > 0
        if j.low is not None and j.high is not None:
            assert j.low <= j.probability <= j.high
            assert j.high - j.low <= LIMITS.wide or j.confidence.level == "low"
