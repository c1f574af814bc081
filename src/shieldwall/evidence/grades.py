"""What each claim weighs by itself; how far others bear it out is in ``credibility.py``.

With t the chance of being tied, h and f the tied rates of hit and false alarm, q the untied rate:

    P(said | so) = t h + (1 - t) q k        P(said | not so) = (t f + (1 - t) q) k

k is ``PLACE_CHANCE`` for a report of credibility 1 to 3 that names a place, else 1. Untied (F), or
tied with h = f (6), the two are alike: such a claim changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from shieldwall.case.records import About, Band, Case, Claim, Family, Reliability
from shieldwall.evidence import assumptions as table
from shieldwall.evidence.records import STATED, Channel, Lineage, Weight

PRESENCE_ABOUT: tuple[About, ...] = ("presence", "count", "delivery", "holding")
"""What a claim may be about to say that a system is there at all."""

_AT_A_PLACE: tuple[About, ...] = (*PRESENCE_ABOUT, "movement", "conduct", "personnel")
"""What happens somewhere: to name the place is part of what is said."""


def weights(
    case: Case, claims: tuple[Claim, ...], lineage: Lineage, channels: tuple[Channel, ...]
) -> tuple[Weight, ...]:
    """What each claim says were it an origin, in the order of ``claims``.

    A source without a channel keeps its grade by hand.
    """
    computed = {c.source: c.computed for c in channels}
    by_id = {c.id: c for c in claims}
    found = []
    for claim in claims:
        grade = computed.get(claim.source) or case.source(claim.source).reliability
        origin = by_id.get(lineage.origin(claim.id), claim)
        found.append(_weight(case, claim, case.source(origin.source).family, grade))
    return tuple(found)


def interest(case: Case, claim: Claim) -> table.Interest:
    """Whether what is said serves its source, costs it, or neither."""
    favours = case.source(claim.source).favours
    if favours is None or claim.modality == "declined to comment":
        return "none"
    return "with" if favours == _direction(claim) else "against"


def _direction(claim: Claim) -> str:
    """What a claim would have believed: that there is more and it works, or less."""
    if claim.modality not in STATED:
        return "weakness"
    if claim.about == "serviceability" and claim.count is not None:
        given = [
            v for v in (claim.count.low, claim.count.likely, claim.count.high) if v is not None
        ]
        if claim.count.bound == "at most" or (claim.count.unit == "share" and max(given) < 0.5):
            return "weakness"
    return "strength"


def _weight(case: Case, claim: Claim, family: Family, grade: Reliability) -> Weight:
    reach = table.REACH[family].get(claim.about, 1.0)
    words = table.COMMITMENT[claim.modality]
    reliable = table.RELIABILITY[grade]
    serves = interest(case, claim)
    rates, untied = _rates(claim, serves)
    chance = table.PLACE_CHANCE if _names_a_place(case, claim) else 1.0

    def made(reliability: float, often: float) -> tuple[float, float]:
        tied = reliability * words * reach
        loose = min(1.0, untied * often) * (1 - tied) * chance
        return tied * rates.hit + loose, tied * rates.false_alarm * chance + loose

    hit, false_alarm = made(reliable.middle, 1.0)
    more, less = 1 + table.UNTIED_SPREAD, 1 - table.UNTIED_SPREAD
    ends = [h / f for h, f in (made(reliable.low, more), made(reliable.high, less))]
    likely = hit / false_alarm
    right = rates.hit / (rates.hit + rates.false_alarm)
    tied = reliable.middle * words * reach * rates.hit / hit * right
    return Weight(
        claim.id, hit, false_alarm, Band(min(*ends, likely), likely, max(*ends, likely)), family,
        tuple(_reasons(claim, family, grade, serves, reach, chance)), tied,
    )  # fmt: skip


def _rates(claim: Claim, serves: table.Interest) -> tuple[table.Rates, float]:
    """The tied rates of what was said, and how often it is said untied."""
    rates = table.CREDIBILITY[claim.credibility]
    if rates.hit == rates.false_alarm:
        return rates, table.UNTIED[serves]
    if claim.modality == "denied":
        return table.Rates(rates.false_alarm, rates.hit), table.UNTIED[serves]
    if claim.modality == "not confirmed":
        return table.NOT_CONFIRMED, table.UNTIED_SILENCE
    if claim.modality == "not seen":
        seen = 0.0 if claim.detection is None else claim.detection.middle
        return table.Rates(1.0 - seen, 1.0), 1.0
    return rates, table.UNTIED[serves]


def _names_a_place(case: Case, claim: Claim) -> bool:
    return (
        claim.modality in STATED
        and claim.about in _AT_A_PLACE
        and claim.credibility <= table.POSSIBLE
        and claim.place is not None
        and case.place(claim.place).kind == "point"
    )


def _reasons(
    claim: Claim,
    family: Family,
    grade: Reliability,
    serves: table.Interest,
    reach: float,
    chance: float,
) -> Iterable[str]:
    if grade == "F":
        yield "source F: cannot be judged, changes nothing"
    else:
        yield f"source {grade}: tied to the truth with chance {table.RELIABILITY[grade].middle:g}"
    if claim.credibility == 6:
        yield "credibility 6: cannot be judged, changes nothing"
    elif claim.modality == "not seen":
        yield (
            "not seen: the look's probability of detection is unknown, so it changes nothing"
            if claim.detection is None
            else f"not seen: it would have been with chance {claim.detection.middle:g}"
        )
    elif claim.modality != "declined to comment":
        rates, _ = _rates(claim, serves)
        yield (
            f"{claim.modality}, credibility {claim.credibility}: said {rates.hit:g} of the time "
            f"where so, {rates.false_alarm:g} where not"
        )
    if claim.modality == "declined to comment":
        yield "declined to comment: says nothing by itself"
    elif table.COMMITMENT[claim.modality] < 1:
        yield f"{claim.modality}: the words keep {table.COMMITMENT[claim.modality]:g} of the tie"
    if serves != "none":
        yield f"{serves} its interest: said anyway with chance {table.UNTIED[serves]:g}"
    if reach < 1:
        yield f"{family} can know about {claim.about} with chance {reach:g}"
    if chance < 1:
        yield f"names a place: an error falls on this one with chance {chance:g}"


def diagonal(case: Case, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """A warning where hand grades lie on the diagonal A1, B2, C3 ..., as one axis in two signs."""
    graded = [
        ("ABCDE".index(letter), claim.credibility - 1)
        for claim in claims
        if (letter := case.source(claim.source).reliability) != "F" and claim.credibility != 6
    ]
    on = sum(a == b for a, b in graded)
    if len(graded) < table.DIAGONAL_LEAST or on < table.DIAGONAL_SHARE * len(graded):
        return ()
    return (
        f"{on} of {len(graded)} hand grades lie on the diagonal (A1, B2, C3 ...): judge what is "
        "said apart from who says it",
    )
