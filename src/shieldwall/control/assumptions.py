"""What operational control takes for granted: one table, each with its reason, all shown.

Rates are per year. ``enter``, ``hand``, ``free`` and ``join`` are learnt from history
(``rates.py``); the rest stand here. A case may replace those with figures by an ``[[assumption]]``
of the same id. They were written down before the outcome of January 2026 was coded, by people who
knew it; ``docs/operational-control.md`` says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from shieldwall.case.records import Assumption, Band

WHERE = "control/assumptions.py"


def _rate(id: str, statement: str, band: Band, reason: str, unit: str = "per year") -> Assumption:
    return Assumption(f"control_{id}", statement, band, unit, reason, WHERE)


FIRST: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "none": {"supplier_contractors": 0.02, "independent": 0.28},
    "training": {
        "supplier_instructors": 0.15, "supplier_contractors": 0.05, "joint": 0.25,
        "supervised": 0.40, "independent": 0.15,
    },
    "operating": {
        "supplier_instructors": 0.70, "supplier_contractors": 0.05, "joint": 0.20,
        "supervised": 0.05,
    },
    "leaving": {
        "supplier_instructors": 0.05, "supplier_contractors": 0.05, "joint": 0.10,
        "supervised": 0.40, "independent": 0.40,
    },
})  # fmt: skip
"""Who operates a system first, by what the supplier's mission does. Without a mission the shares
add up to less than one: it is put into operation so much more slowly."""

PACE: Mapping[str, Mapping[str, float]] = MappingProxyType({
    "none": {"hand": 0.0, "free": 1.0, "return": 0.0, "replace": 0.0},
    "training": {"return": 1.0},
    "operating": {"hand": 0.5, "free": 0.25, "return": 5.0},
    "leaving": {"hand": 4.0, "free": 4.0, "return": 0.0},
})  # fmt: skip
"""How many times a rate, by what the mission does; once where nothing is written."""

DEFAULTS = (
    _rate(
        "return", "Supplier crews come one step nearer to a console that hosts man already, while "
        "a mission trains: so often a year; five times as often under a mission with crews.",
        Band(0.02, 0.08, 0.25),
        "Egypt 1970 and Syria after 1982 saw crews come back in a crisis; most transfers never do.",
    ),
    _rate(
        "replace", "Private contractors take over from instructors: so often a year.",
        Band(0.005, 0.02, 0.10),
        "Contractors guard, maintain and advise abroad; at the consoles of long-range air defence "
        "none is documented.",
    ),
    _rate(
        "hire", "A host that operates hires contractors to do it: so often a year.",
        Band(0.002, 0.01, 0.05),
        "As above; kept above nothing because analysts name it.",
    ),
    _rate(
        "contract_ends", "Contractors at the consoles are done and the host takes over: so often a "
        "year.",
        Band(0.2, 0.5, 1.5),
        "Such contracts run for one to a few years.",
    ),
    _rate(
        "lapse", "A system that somebody operates falls out of operation: so often a year.",
        Band(0.02, 0.07, 0.20),
        "For want of parts, crews or money; rarer than losing the share that works, which the "
        "order of battle counts.",
    ),
    _rate(
        "withdraw", "Where no mission is left, its crews are gone within about a month.",
        Band(6.0, 12.0, 24.0),
        "A definition more than a figure: without a mission nobody of it stays.",
    ),
    _rate(
        "taken_over", "Of systems whose supplier crews are withdrawn, the share that the host "
        "goes on operating.",
        Band(0.3, 0.6, 0.9),
        "Egypt 1972 went on; Syria 2022 lost the system with its crews.", "share",
    ),
    _rate(
        "unjoin", "A connected system loses its radars, links or command post: so often a year.",
        Band(0.05, 0.17, 0.50),
        "Half of what works is lost in four years without care, as shares that work are "
        "(half_life_share of the order of battle); war or repair move it either way.",
    ),
    _rate(
        "mission_comes", "A supplier's training mission comes to a country that has none.",
        Band(0.15, 0.4, 1.0),
        "Deliveries and crises bring one every few years.",
    ),
    _rate(
        "mission_intervenes", "A mission with crews comes at once, where there was none.",
        Band(0.01, 0.04, 0.15),
        "Egypt 1970 and Syria 1983, among some dozens of Soviet and Russian transfers.",
    ),
    _rate(
        "mission_grows", "A training mission grows into one with crews.",
        Band(0.03, 0.10, 0.30),
        "Seen in crises only.",
    ),
    _rate(
        "mission_shrinks", "A mission with crews goes back to training.",
        Band(0.3, 0.7, 1.5),
        "Soviet regiments stayed in Syria for about a year and a half, in Egypt for over two.",
    ),
    _rate(
        "mission_ends", "A mission begins to leave.",
        Band(0.10, 0.25, 0.60),
        "Missions to large customers last several years, by renewed rotations.",
    ),
    _rate(
        "mission_gone", "A mission that is leaving has left.",
        Band(1.0, 3.0, 8.0),
        "Withdrawals take weeks (Egypt, July 1972) to months.",
    ),
    Assumption(
        "control_first", "Who operates first: without a mission the host or, seldom, contractors, "
        "and three tenths as fast; under a training mission mostly hosts under supervision or "
        "joint crews; under a mission with crews mostly these.",
        None, "",
        "Judgement from the reference class, whose first operators are listed in the report and "
        "whose transfers all had a mission, or crews trained abroad.",
        WHERE,
    ),
    Assumption(
        "control_pace", "A mission with crews halves the pace of handing over and quarters that of "
        "letting go; one that is leaving makes both four times as fast.",
        None, "",
        "Judgement: missions that operate are sent because the host cannot yet; those that leave "
        "finish what they can.",
        WHERE,
    ),
    Assumption(
        "control_apart", "Given what the mission does, systems are handed over independently, and "
        "connection and serviceability go their own ways.",
        None, "",
        "Crews, cables and spare parts fail for different reasons; what they share is the mission.",
        WHERE,
    ),
    Assumption(
        "control_one_witness", "One source is one witness of one sign: its weightiest claim "
        "speaks; who looks anew is one for each date. Readings of one sign within its persistence "
        "are of one thing, however many they are.",
        None, "",
        "Repeating adds nothing; what is read twice in a month was there once.",
        WHERE,
    ),
    Assumption(
        "control_deceptive", "An official statement that serves its speaker is made with the "
        "chance 0.6 whatever is so, unless the source is tied to the truth: it may deceive.",
        None, "",
        "The row on interest in the evidence's own table: one rule for all claims.",
        WHERE,
    ),
    Assumption(
        "control_held", "Everything said of a system's operators, connection and working is said "
        "for the case that the country holds it.",
        None, "",
        "Whether it is held is the order of battle's to say, and stands beside.",
        WHERE,
    ),
)  # fmt: skip


def named(id: str) -> str:
    """The id of the assumption behind a rate."""
    return f"control_{id}"
