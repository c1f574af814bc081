"""What the order of battle takes for granted: one table, each with its reason, all shown.

A case may replace those with figures by an ``[[assumption]]`` of the same id. How claims weigh is
in ``evidence/assumptions.py``.
"""

from __future__ import annotations

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.records import Assumption, Band, Case

WHERE = "orbat/assumptions.py"

DEFAULTS = (
    Assumption(
        "prior_presence", "Before any claim, a system that somebody names is held or not, evenly.",
        Band(0.5, 0.5, 0.5), "share",
        "Even odds let the claims speak.",
        WHERE,
    ),
    Assumption(
        "prior_place", "A system the country holds stands at a place named for it this share of "
        "the time, before what is said of it is weighed.",
        Band(0.1, 0.3, 0.5), "share",
        "Old word of a place fades to this: bases are used again, roads are not; no published "
        "figure was found.",
        WHERE,
    ),
    Assumption(
        "prior_place_radar", "The same of a surveillance radar.",
        Band(0.3, 0.5, 0.7), "share",
        "A radar site is built to be used; no published figure was found.",
        WHERE,
    ),
    Assumption(
        "holding_certainty", "A system of which a published register holds at least one is held, "
        "before any claim.",
        Band(0.99, 0.99, 0.99), "share",
        "Registers err seldom on whether, more often on how many.",
        WHERE,
    ),
    Assumption(
        "half_life_mobile", "A mobile system leaves where it stands with this half-life.",
        Band(4.0, 4.0, 4.0), "years",
        "Garrisons last for years, deployments for months; no published figure was found.",
        WHERE,
    ),
    Assumption(
        "half_life_radar", "A surveillance radar leaves its site with this half-life.",
        Band(15.0, 15.0, 15.0), "years",
        "Long-range radar sites are built works; no published figure was found.",
        WHERE,
    ),
    Assumption(
        "undated_persistence", "An undated claim speaks of the as-of date with this probability, "
        "else of a time long gone.",
        Band(0.5, 0.5, 0.5), "share",
        "A missing date is unknown, not today.",
        WHERE,
    ),
    Assumption(
        "odd_size", "A unit is of no usual battery size with this probability.",
        Band(0.1, 0.1, 0.1), "share",
        "Single vehicles on roofs and whole battalions are both published; batteries are usual.",
        WHERE,
    ),
    Assumption(
        "odd_size_batteries", "A unit of no usual size goes up to so many batteries.",
        Band(4.0, 4.0, 4.0), "batteries",
        "Judgement: more than a battalion of four is more than one unit.",
        WHERE,
    ),
    Assumption(
        "odd_size_least", "Or up to this where it is more.",
        Band(12.0, 12.0, 12.0), "launchers",
        "Judgement: small or unknown batteries leave room for a battalion of three by four.",
        WHERE,
    ),
    Assumption(
        "count_missed", "Who looks misses each launcher with this probability.",
        Band(0.1, 0.1, 0.1), "share",
        "Covers, hangars and trees; no published figure for open sources was found.",
        WHERE,
    ),
    Assumption(
        "count_error", "A number told as exact is off by this share (one standard deviation); one "
        "told as about by no less, and by what the evidence's table says.",
        Band(0.05, 0.05, 0.05), "share",
        "Numbers are rounded when they are told.",
        WHERE,
    ),
    Assumption(
        "count_error_least", "The least error of a number that is told (one standard deviation).",
        Band(0.3, 0.3, 0.3), "launchers",
        "Judgement: two are told as three less than once in a hundred times.",
        WHERE,
    ),
    Assumption(
        "counted_one_by_one", "Who looks counts one by one up to this, and estimates more.",
        Band(60.0, 60.0, 60.0), "launchers",
        "Judgement: more than four battalions of a dozen are not counted vehicle by vehicle.",
        WHERE,
    ),
    Assumption(
        "count_beyond", "A number so many errors from all that the holding or the battery allows "
        "is taken for an error: it counts as untied, and a warning names it.",
        Band(3.0, 3.0, 3.0), "errors",
        "Three standard deviations: 3 in 1,000 of honest numbers.",
        WHERE,
    ),
    Assumption(
        "availability", "Share of what is held that works, where nothing is published.",
        Band(0.2, 0.5, 0.9), "share",
        "Published availabilities run from a fifth (S-300VM in Venezuela, TWZ through AVIAPRO) "
        "to nine tenths; likely is the middle.",
        WHERE,
    ),
    Assumption(
        "availability_spread", "A published availability given as one figure is taken as +/- half.",
        Band(0.5, 1.0, 1.5), "factor",
        "Such figures are rounded and weakly sourced.",
        WHERE,
    ),
    Assumption(
        "share_error_least", "The least error of a published share (one standard deviation).",
        Band(0.02, 0.02, 0.02), "share",
        "Shares are told in fifths, tenths and halves, seldom finer than two per cent.",
        WHERE,
    ),
    Assumption(
        "half_life_share", "What is said of the share that works still holds with this half-life.",
        Band(4.0, 4.0, 4.0), "years",
        "Spares, crews and contracts change over a few years; no published figure was found.",
        WHERE,
    ),
    Assumption(
        "one_witness", "One source is one witness of one thing: its weightiest claim speaks; who "
        "looks anew (imagery, sightings, tracks) is one for each date. On whether a system is "
        "held at all, one claim of each source speaks for it and one against.",
        None, "",
        "Repeating oneself adds nothing; errors of one source are errors together.",
        WHERE,
    ),
    Assumption(
        "held_lasts", "What a country was delivered it still holds; units move, holdings do not.",
        None, "",
        "Holdings change over decades; losses and sales are claims of their own.",
        WHERE,
    ),
)  # fmt: skip


def assume(case: Case, id: str) -> float:
    """The likely value of an assumption of this room, as it is in force in a case."""
    return likely(in_force(case, DEFAULTS)[id])
