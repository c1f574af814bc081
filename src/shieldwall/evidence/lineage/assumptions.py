"""What lineage takes for granted: one table, each row with its reason, all shown to the reader."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CopyingPriors:
    own_accuracy: float = 0.7
    own_weight: float = 4.0
    rate_alpha: float = 2.0
    rate_beta: float = 1.0
    fewest_shared: int = 20


COPYING = CopyingPriors()

PAIR = {
    "named": 4.0, "named_else": -1.0, "noted": 1.0, "described": 1.0, "upstream": 1.5, "copy": 5.0, "names": 1.0, "words": 0.3,
    "names_share": 1.0, "agree": 0.5, "differ": -1.0, "figure_open": -0.3, "error": 1.0, "material": 3.0,
    "materials_differ": -2.0, "address": 1.5, "source": -2.0, "about_near": -0.7, "about_far": -2.0,
    "system": 0.7, "system_open": -0.5, "place_open": -0.5, "topic": 0.7, "systems_differ": -2.5, "place": 0.7, "places_differ": -2.5, "subject": 1.0,
    "subjects_differ": -1.5, "silence": -3.0, "parent_reports": -0.7, "parent_credits": -0.7,
    "parent_primary": 0.5, "events_apart": -1.5, "before": 0.7, "lag": -0.3, "crowd": -0.5,
    "link": 2.0, "copying": 1.0,
}
OWN = {
    "always": 2.0, "primary": 1.5, "public": 1.5, "weak_press": -0.5, "unaddressed": -0.5, "dated_event": 0.5, "reported": -1.5, "guess": 0.5, "says_relay": -3.0,
    "credits_known": -1.0, "credits_stranger": 0.3, "left_uncoded": 2.0, "article_relays": -1.0,
}
