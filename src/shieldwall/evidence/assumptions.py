"""How grades, words and interests become probabilities: the one table, with its reasons.

A report is *tied* to the truth, or it is not. Tied, it is made at rate ``hit`` where the thing is
so and ``false_alarm`` where it is not; untied, at a rate that takes no notice. The chance of being
tied is the product of three shares: the channel's reliability, the commitment of the words, and
whether such a source can know at all. ``shieldwall.evidence.grades`` holds the formula.

The scale is that of NATO AJP-2.1 and UK JDP 2-00 (Admiralty code). It is ordinal, and its two axes
are meant to be judged apart; raters do not (Baker, McKendry and Mace 1968: 87 % of 1,400 grades on
the diagonal), credibility leads when they combine them (Samet 1975), and the standards give no
probabilities (Irwin and Mandel 2019, doi 10.1080/02684527.2019.1569343). What follows is therefore
a declared reading with bands. Simulated worlds run on this very table: no case has another.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from shieldwall.case.records import About, Assumption, Band, Family, Modality, Reliability
from shieldwall.written import percent

WHERE = "evidence/assumptions.py"

Interest = Literal["none", "with", "against"]
"""What is said is neither here nor there for its source, serves it, or costs it."""


class Rates(NamedTuple):
    """How often a tied source says it: where it is so, and where it is not."""

    hit: float
    false_alarm: float


RELIABILITY: Mapping[Reliability, Band] = MappingProxyType({
    "A": Band(0.90, 0.95, 0.99),
    "B": Band(0.60, 0.75, 0.90),
    "C": Band(0.35, 0.50, 0.65),
    "D": Band(0.10, 0.25, 0.40),
    "E": Band(0.00, 0.05, 0.15),
    "F": Band(0.00, 0.00, 0.00),
})  # fmt: skip
"""Chance that a source of this grade is tied to the truth. B, C, D as the MISP taxonomy has them
(75, 50, 25); A kept below certainty, E above nil; bands reach towards the neighbours. F cannot be
judged: it changes nothing (MISP scores it 50, as if it were C)."""

CREDIBILITY: Mapping[int, Rates] = MappingProxyType({
    1: Rates(0.95, 0.05),
    2: Rates(0.85, 0.15),
    3: Rates(0.60, 0.30),
    4: Rates(0.35, 0.50),
    5: Rates(0.15, 0.50),
    6: Rates(0.50, 0.50),
})  # fmt: skip
"""From even odds a tied report leaves .95, .85, .67, .41, .23: confirmed, probably, possibly true,
doubtful, improbable, near the words of estimative probability (ICD 203). 6 changes nothing."""

COMMITMENT: Mapping[Modality, float] = MappingProxyType({
    "asserted": 1.0,
    "reported": 0.8,
    "speculated": 0.3,
    "denied": 0.5,
    "not confirmed": 1.0,
    "declined to comment": 0.0,
    "not seen": 1.0,
})  # fmt: skip
"""Share of the tie that the words keep: a guess binds little, and denials come cheap."""

NOT_CONFIRMED = Rates(0.50, 0.90)
"""Somebody well placed who is tied fails to confirm half of what is so, and most of what is not."""

UNTIED: Mapping[Interest, float] = MappingProxyType({"none": 0.2, "with": 0.6, "against": 0.05})
"""How often a source that is not tied says it anyway: a boast or a denial that serves it often, an
admission that costs it hardly ever (Schum 1994 on statements against interest)."""

UNTIED_SILENCE = 0.9
"""How often a source that is not tied does not confirm, or sees nothing."""

UNTIED_SPREAD = 0.5
"""In the band of a ratio, untied sources say it half as often to half as often again."""

PLACE_CHANCE = 0.4
"""Who is wrong about where, or not tied, names this very place so much more seldom."""

POSSIBLE = 3
"""The last credibility at which a report speaks for what it says."""

REACH: Mapping[Family, Mapping[About, float]] = MappingProxyType({
    "imagery": MappingProxyType({
        "personnel": 0.1, "control": 0.1, "connection": 0.2, "serviceability": 0.3, "intent": 0.0,
        "delivery": 0.5, "holding": 0.5, "identity": 0.5, "capability": 0.3,
    }),
    "flight": MappingProxyType({
        "presence": 0.0, "count": 0.0, "holding": 0.0, "serviceability": 0.0, "connection": 0.0,
        "control": 0.0, "personnel": 0.0, "intent": 0.0, "delivery": 0.2, "capability": 0.0,
    }),
    "sighting": MappingProxyType({
        "holding": 0.5, "control": 0.3, "connection": 0.1, "serviceability": 0.3, "intent": 0.0,
        "personnel": 0.5, "capability": 0.3,
    }),
    "statement": MappingProxyType({}),
    "press": MappingProxyType({}),
})  # fmt: skip
"""Can such a source know? A track says which aircraft came, not who or what was in it; an image
counts launchers, not crews. What is not listed it can (1)."""

COMPUTED_CREDIBILITY = ((0.95, 1), (0.70, 2), (0.40, 3), (0.15, 4), (0.0, 5))
"""Credibility by the probability that the other origins leave it, from even odds."""

SURE = 0.95
"""Chance from which on an inferred relay is taken for one when it is held to what it repeats."""

NEAR_KM = 25.0
"""A base is called after a town this far away; beyond it is another town's."""

ABOUT_ERROR = 0.15
"""Error of a number told as "about", as a share of itself (one standard deviation)."""

STOCK_YEARS = 5.0
"""Two counts of a country's whole stock speak of one stock if they lie no further apart."""

DISTANCE_ROUNDING = 0.1
"""A published distance that is farther off than this share of itself fits no line."""

DIAGONAL_SHARE, DIAGONAL_LEAST = 0.8, 10
"""Hand grades are suspect where so many of so many lie on the diagonal (Baker et al.: 87 %)."""


def _row(id: str, statement: str, reason: str) -> Assumption:
    return Assumption(id, statement, None, "", reason, WHERE)


DEFAULTS = (
    _row(
        "grades",
        "A source graded A to E is tied to the truth with chance "
        + ", ".join(f"{RELIABILITY[g].likely:g}" for g in "ABCDE")  # type: ignore[index]
        + "; F changes nothing.",
        "Reading of NATO AJP-2.1 as in the MISP taxonomy; the bands are shown with each weight.",
    ),
    _row(
        "credibility",
        "Tied, a report of credibility 1 to 5 is made where it is so, and where not, at "
        + ", ".join(f"{r.hit:g}/{r.false_alarm:g}" for c, r in CREDIBILITY.items() if c < 6)
        + "; 6 changes nothing.",
        "From even odds: .95, .85, .67, .41, .23, near the words of estimative probability.",
    ),
    _row(
        "modality",
        "The tie counts by how it is said: "
        + ", ".join(f"{word} {share:g}" for word, share in COMMITMENT.items())
        + f"; not confirmed is said at {NOT_CONFIRMED.hit:g} and {NOT_CONFIRMED.false_alarm:g}; "
        "not seen by the look's own probability of detection, unknown: no effect.",
        "A guess binds its speaker little, a denial comes cheap; refusing to speak says nothing.",
    ),
    _row(
        "interest",
        f"Not tied, a source says it anyway with chance {UNTIED['none']:g}; where it serves its "
        f"interest {UNTIED['with']:g}, where it costs it {UNTIED['against']:g}.",
        "A boast is made whether so or not; an admission against interest hardly ever.",
    ),
    _row(
        "untied_spread",
        f"In the band of a ratio, sources that are not tied say it {1 - UNTIED_SPREAD:g} to "
        f"{1 + UNTIED_SPREAD:g} times as often.",
        "No study of how often was found; the band of the grade goes with it.",
    ),
    _row(
        "place_chance",
        f"A report that is wrong, or not tied, names this very place {PLACE_CHANCE:g} times as "
        "often as it would name the country.",
        "Errors about where fall on several known bases; agreement on one is worth more.",
    ),
    _row(
        "reach",
        "What a family of source cannot know, it is not tied to: tracks know aircraft, not cargo "
        "or crews; images know launchers, not crews or command.",
        "Attributes are fused apart; the table stands beside the code that reads it.",
    ),
    _row(
        "sure_relay",
        f"An inferred relay is held to what it repeats from a probability of {SURE:g} on.",
        "One wrongly charged in twenty is the usual measure.",
    ),
    _row(
        "near_km",
        f"The name of a town is taken for its surroundings to {NEAR_KM:g} km when two places of "
        "one thing are compared.",
        "Bases are called after the nearest town; beyond, it is another town's.",
    ),
    _row(
        "count_about",
        f"A number told as about is off by {percent(ABOUT_ERROR)} (one standard deviation); two "
        "numbers that come so near exclude each other no more.",
        "Numbers are rounded when they are told; three times as much as one told as exact.",
    ),
    _row(
        "stock_years",
        f"Two counts of a country's whole stock that lie no more than {STOCK_YEARS:g} years apart "
        "speak of one stock.",
        "Stocks change by contracts and losses, over years.",
    ),
    _row(
        "distance_rounding",
        f"A published distance farther off than {percent(DISTANCE_ROUNDING)} fits no line.",
        "Distances are told in round numbers, of towns and lines that are wide.",
    ),
)
"""None of these may be replaced by a case: cases and simulated worlds run on one table."""
