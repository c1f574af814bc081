"""Simpler ways to weigh the same claims, for comparison: every one of them counts copies."""

from __future__ import annotations

import math

from shieldwall.evidence.records import Weight


def majority(votes: tuple[Weight, ...], prior: float) -> float:
    """Share of the claims that say so, by Laplace's rule; grades and prior are not looked at."""
    del prior
    said = [v.hit > v.false_alarm for v in votes if v.hit != v.false_alarm]
    return (sum(said) + 1) / (len(said) + 2)


def naive_bayes(votes: tuple[Weight, ...], prior: float) -> float:
    """Every claim independent, of now, and by its own grade."""
    log = math.fsum(
        [math.log(prior / (1 - prior)), *(math.log(v.hit / v.false_alarm) for v in votes)]
    )
    return 1 / (1 + math.exp(-log))


def competing(votes: tuple[Weight, ...], prior: float) -> float:
    """Heuer's matrix: weighted inconsistencies with each answer, the less the better."""
    del prior
    against = {True: 0.0, False: 0.0}
    for vote in votes:
        bits = math.log2(vote.hit / vote.false_alarm)
        against[bits < 0] += 2.0 if abs(bits) > 1.5 else 1.0 if abs(bits) > 0.2 else 0.0
    return (1 + against[False]) / (2 + against[True] + against[False])


RIVALS = {"majority vote": majority, "naive Bayes": naive_bayes, "ACH score": competing}
