"""What the calculus takes for granted; all of it shown to the reader."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

WHERE = "calculus/assumptions.py"

DEFAULTS = (
    Assumption(
        "rationality", "How sharply governments choose: a difference of 1 on the payoff scale "
        "multiplies the odds of a move by e to this power.",
        Band(0.3, 1.0, 3.0), "per unit of payoff",
        "From hardly better than chance to nearly always the best move; nothing was found to fit "
        "it to.",
        WHERE,
    ),
    Assumption(
        "foreknowledge", "How much of what the network is worth in a raid governments know "
        "beforehand: 0 what open sources allow (the mean over draws), 1 the truth of the draw.",
        Band(0.0, 0.5, 1.0), "share",
        "Nothing is published on what governments know of each other's defences; the whole range.",
        WHERE,
    ),
    Assumption(
        "perfect_information", "Each government sees every earlier move and knows the odds of "
        "chance as this assessment states them, but not what comes of them.",
        None, "",
        "Real governments know other things than open sources, and less of each other's aims.",
        WHERE,
    ),
    Assumption(
        "payoffs_alike", "Payoffs of a government are drawn once for each draw and known to all.",
        None, "",
        "The band of a payoff is what the analyst does not know, not what the governments do not.",
        WHERE,
    ),
    Assumption(
        "answer_days", "An act of the supplier answers one of the adversary if it follows within "
        "so many days.",
        Band(30.0, 60.0, 90.0), "days",
        "Airlifts and missions take weeks to send; longer, and everything answers everything.",
        WHERE,
    ),
)  # fmt: skip
