"""What coverage takes for granted; all of it shown to the reader."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

DEFAULTS = (
    Assumption(
        "unpublished_limits", "Where no minimum range, minimum altitude or maximum altitude of an "
        "interceptor is published, none is applied.",
        None, "",
        "Cover is then an upper bound close in, very low or very high.",
        "coverage/assumptions.py",
    ),
    Assumption(
        "one_range", "An interceptor has one range, that against aircraft, for every class of "
        "threat.",
        None, "",
        "Shorter ranges are published against cruise and ballistic missiles for a few systems only "
        "(Buk-M2E: 20 km against cruise missiles); they stand on the catalogue's sheets. Cover "
        "against those threats is an upper bound.",
        "coverage/assumptions.py",
    ),
    Assumption(
        "refraction_band", "k is drawn between its values for 90 and 10 % of the year.",
        None, "",
        "Rarer ducting and sub-refraction are left out of the band.",
        "coverage/assumptions.py",
    ),
    Assumption(
        "distance_rounding", "A published distance fits a line if it is within the line's "
        "precision or within this share of itself.",
        Band(0.1, 0.1, 0.1), "share",
        "Published distances are rounded, often to 50 or 100 km.",
        "coverage/assumptions.py",
    ),
)  # fmt: skip
