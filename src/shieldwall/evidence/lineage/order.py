"""One order of all claims in which no claim comes before what it could repeat.

Parents come before children in this order and nowhere else, so no circle can ever have a chance.
Where publication times exclude each other they decide; where they overlap or are unknown, the
claim that looks more like an origin goes first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Claim
from shieldwall.evidence.lineage.assumptions import SHARP, UNDATED

DAY = 86_400.0


def spans(claims: Sequence[Claim]) -> NDArray[np.float64]:
    """(claims, 2): first and last possible day of publication; infinite where unknown.

    Nothing is published before what it tells of happened or was pictured.
    """
    found = np.tile([-np.inf, np.inf], (len(claims), 1))
    for row, claim in zip(found, claims, strict=True):
        if claim.publication is not None:
            row[:] = (
                claim.publication.start.timestamp() / DAY, claim.publication.end.timestamp() / DAY,
            )  # fmt: skip
        for told in (claim.event, claim.acquisition):
            if told is not None and told.start.timestamp() / DAY < row[1]:
                row[0] = max(row[0], told.start.timestamp() / DAY)
    return found


def ranks(
    span: NDArray[np.float64], originality: NDArray[np.float64], coded: Mapping[int, int]
) -> NDArray[np.int64]:
    """Place of each claim in the order.

    Each claim is put at one instant of its span, near the start if it looks like an origin and near
    the end if it looks like a relay, so that times which exclude each other are never turned round.
    ``coded`` maps a claim to the claim it is written to repeat, which outdoes publication times.
    """
    known = np.isfinite(span).all(axis=1)
    late = 1 / (1 + np.exp(SHARP * (originality - np.where(known, 0.0, UNDATED))))
    late = np.clip(late, 1e-6, 1 - 1e-6)
    at = np.zeros(len(span))
    at[known] = span[known, 0] + (span[known, 1] - span[known, 0]) * late[known]
    if known.any():
        at[~known] = np.quantile(at[known], late[~known])
    at = np.clip(at, span[:, 0], span[:, 1])
    late = late.copy()
    for child in _parents_first(coded):
        if (at[child], late[child]) <= (at[coded[child]], late[coded[child]]):
            at[child] = at[coded[child]]
            late[child] = late[coded[child]] + 1e-9
    rank = np.empty(len(span), np.int64)
    rank[np.lexsort((np.arange(len(span)), late, at))] = np.arange(len(span))
    return rank


def _parents_first(coded: Mapping[int, int]) -> list[int]:
    def depth(i: int) -> int:
        steps = 0
        while i in coded:
            i, steps = coded[i], steps + 1
        return steps

    return sorted(coded, key=lambda i: (depth(i), i))


def before(
    span: NDArray[np.float64], child: NDArray[np.int64], parent: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Probability that the parent was published before the child; 0.5 where a time is unknown.

    Each time is evenly spread over its span.
    """
    a, b = span[parent], span[child]
    known = np.isfinite(a).all(axis=1) & np.isfinite(b).all(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        a0, a1, b0, b1 = a[:, 0], a[:, 1], b[:, 0], b[:, 1]
        low, high = np.maximum(a0, b0), np.minimum(a1, b1)
        over = np.maximum(high - low, 0)
        surely = np.maximum(b1 - np.maximum(a1, b0), 0) * (a1 - a0)
        surely += np.maximum(np.minimum(a1, b1) - b0, 0) * np.maximum(b0 - a0, 0)
        share = (surely + over**2 / 2) / ((a1 - a0) * (b1 - b0))
    return np.where(known, np.clip(share, 0, 1), 0.5)
