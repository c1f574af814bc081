"""What the first rule takes for granted: one table, each with its reason, all shown to the reader.

A case may replace any of them by an ``[[assumption]]`` of the same id.
"""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

RELIABILITY_WEIGHT = {"A": 1.0, "B": 0.85, "C": 0.6, "D": 0.35, "E": 0.15, "F": 0.0}
"""How much of a claim's weight of evidence a source's grade lets through; F is unknown: none."""

CREDIBILITY_RATIO = {1: 20.0, 2: 6.0, 3: 2.0, 4: 0.7, 5: 0.3, 6: 1.0}
"""Likelihood ratio of 'it is so' against 'it is not' for one claim; 6 is unknown: 1."""

MODALITY_WEIGHT = {
    "asserted": 1.0,
    "reported": 0.7,
    "speculated": 0.25,
    "declined to comment": 0.0,
    "denied": -0.5,
}
"""Share of the weight of evidence by how it was said; a denial counts half, the other way."""

NOT_CONFIRMED_RATIO = 0.5
"""Likelihood ratio of 'somebody well placed to confirm it did not', before the source's grade."""

DEFAULTS = (
    Assumption(
        "prior_presence", "Before any claim, a system named at a place is there or not, evenly.",
        Band(0.5, 0.5, 0.5), "share",
        "Even odds let the claims speak; the evidence room will replace this rule.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "holding_certainty", "A system of which a published register holds at least one is there.",
        Band(0.99, 0.99, 0.99), "share",
        "Registers err seldom on whether, more often on how many.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "half_life_mobile", "A mobile system stays where it was seen with this half-life.",
        Band(4.0, 4.0, 4.0), "years",
        "Garrisons last for years, deployments for months; no published figure was found.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "half_life_radar", "A surveillance radar site stays in use with this half-life.",
        Band(15.0, 15.0, 15.0), "years",
        "Long-range radar sites are built works; no published figure was found.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "undated_persistence", "An undated claim still holds with this probability.",
        Band(0.5, 0.5, 0.5), "share",
        "A missing date is unknown, not today: the claim keeps half its force.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "availability", "Share of what is held that works, where nothing is published.",
        Band(0.2, 0.5, 0.9), "share",
        "Published availabilities run from a fifth (S-300VM in Venezuela, TWZ through AVIAPRO) "
        "to nine tenths; likely is the middle.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "availability_spread", "A published availability given as one figure is taken as +/- half.",
        Band(0.5, 1.0, 1.5), "factor",
        "Such figures are rounded and weakly sourced.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "grades", "Grades weigh claims: reliability A 1, B .85, C .6, D .35, E .15, F 0 of the "
        "log likelihood ratio; credibility 1 to 6 gives ratios 20, 6, 2, 0.7, 0.3, 1.",
        None, "",
        "The Admiralty scale is ordinal; these values are a declared reading of it.",
        "orbat/assumptions.py",
    ),
    Assumption(
        "modality", "Asserted counts in full, reported 0.7, speculated 0.25, a denial -0.5; "
        "'not confirmed' has ratio 0.5; declining to comment says nothing.",
        None, "",
        "How a thing is said bears on how likely it is; declared here, tested later.",
        "orbat/assumptions.py",
    ),
)  # fmt: skip
