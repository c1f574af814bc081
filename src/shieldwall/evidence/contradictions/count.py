"""Numbers of one thing that cannot both hold, each read with its bound word."""

from __future__ import annotations

import math

from shieldwall.case.records import Case, Claim, Count
from shieldwall.evidence.assumptions import ABOUT_ERROR, STOCK_YEARS
from shieldwall.evidence.contradictions.camps import clashes, roots
from shieldwall.evidence.contradictions.words import said
from shieldwall.evidence.records import STATED, Contradiction, Lineage
from shieldwall.evidence.witness import DAYS_PER_YEAR, dated
from shieldwall.written import as_given

DAY_S = 86_400.0

COUNTED = ("count", "holding", "personnel", "delivery", "serviceability")

Interval = tuple[float, float]
Side = tuple[Interval, Interval]
"""What a number leaves open, and the time it speaks of."""


def contradicted(case: Case, claims: tuple[Claim, ...], lineage: Lineage) -> list[Contradiction]:
    """Counts of one thing, in one unit, at one place and time, that exclude each other.

    Only those who brought a number in are compared: a relay is held against its origin elsewhere.
    A count is an estimate that its source may have had no way to check, so no channel pays for it.
    """
    found = []
    for group in _groups(claims):
        sides: dict[Side, list[Claim]] = {}
        for claim in roots(lineage, group):
            if claim.count:
                sides.setdefault((bounds(claim.count), _window(claim)), []).append(claim)
        listed = [(each, in_words(c[0].count), c) for each, c in sides.items() if c[0].count]
        for clash in clashes(case, lineage, listed, _alike, _exclude):
            label = clash.against.label
            found += [
                Contradiction(
                    id=f"count:{wrong.id}",
                    kind="count",
                    claims=(wrong.id, *(r.id for r in clash.held)),
                    says=said(case, wrong),
                    finds=f"{label[:1].upper()}{label[1:]} and {clash.believed.label} cannot both "
                    "be right.",
                    why=clash.why,
                    checkable=False,
                )
                for wrong in clash.against.roots
            ]
    return found


def bounds(count: Count) -> Interval:
    """What a published number leaves open, from its bound word: low and high, inf for none."""
    given = [v for v in (count.low, count.likely, count.high) if v is not None]
    if not given:
        return 0.0, math.inf
    low, high = min(given), max(given)
    match count.bound:
        case "at least":
            return low, math.inf
        case "more than":
            return math.nextafter(low, math.inf), math.inf
        case "at most":
            return 0.0, high
        case "about":
            return low * (1 - ABOUT_ERROR), high * (1 + ABOUT_ERROR)
    return low, high


def in_words(count: Count) -> str:
    """A number as it was published: at least 5 000 missiles."""
    given = [v for v in (count.low, count.likely, count.high) if v is not None]
    if not given:
        return f"an unknown number of {count.unit}"
    low, high = min(given), max(given)
    word = {"exact": "", "at least": "at least ", "more than": "more than ", "about": "about "}
    if count.bound == "at most":
        return f"at most {as_given(high)} {count.unit}"
    number = as_given(low)
    if low != high and count.bound in ("exact", "about"):
        number += f" to {as_given(high)}"
    return f"{word[count.bound]}{number} {count.unit}"


def _alike(first: Side, second: Side) -> bool:
    return _overlap(first[0], second[0]) and _overlap(first[1], second[1])


def _exclude(first: Side, second: Side) -> bool:
    return not _overlap(first[0], second[0]) and _overlap(first[1], second[1])


def _overlap(first: Interval, second: Interval) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _groups(claims: tuple[Claim, ...]) -> list[list[Claim]]:
    """Claims that count the same thing in the same unit at the same place."""
    found: dict[tuple[str | None, ...], list[Claim]] = {}
    for c in claims:
        if c.count is None or c.about not in COUNTED or c.modality not in STATED:
            continue
        if c.system is not None and c.place is not None:
            key = (c.about, c.system, c.component, c.place, c.count.unit)
            found.setdefault(key, []).append(c)
    return list(found.values())


def _window(claim: Claim) -> Interval:
    """The time a count speaks of, in seconds; an undated one may speak of any time."""
    moment = dated(claim)
    if moment is None:
        return -math.inf, math.inf
    stock = claim.about == "holding"
    keeps = STOCK_YEARS * DAYS_PER_YEAR * DAY_S / 2 if stock else 0.0
    return moment.start.timestamp() - keeps, moment.end.timestamp() - 1 + keeps
