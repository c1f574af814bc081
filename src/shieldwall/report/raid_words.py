"""Plain names of what raids are told by: unknowns, modes, layers, events, times."""

from __future__ import annotations

from typing import NamedTuple

from shieldwall.raid.records import Event, RaidOutcome
from shieldwall.report.words import NARROW_SPACE, count, number, signed


class Unknown(NamedTuple):
    """One group of what is not known: its plain name, what is in it, what evidence would help."""

    name: str
    of: str
    help: str


UNKNOWNS = {
    "presence": Unknown(
        "what is there", "which units are there, with how many launchers",
        "imagery and sightings of units, and counts of launchers",
    ),
    "serviceability": Unknown(
        "what works", "which of the units that are there work",
        "signs of upkeep and repair, live firings, radars heard or seen turning",
    ),
    "places": Unknown(
        "where it stands", "where exactly inside the published precision, and how high",
        "positions published more exactly",
    ),
    "reach": Unknown(
        "ranges and heights", "published ranges, speeds and heights, of both sides",
        "better sheets of systems and threats",
    ),
    "kill": Unknown(
        "how often a round kills", "kill probabilities, and how alike the shots of a raid turn out",
        "published firings that count rounds and hits",
    ),
    "times": Unknown(
        "times and rounds", "channels, reaction, reloading, rounds ready to fire",
        "sheets and drills with times",
    ),
    "operators": Unknown(
        "who operates it", "whose crews sit at the consoles, and what their drill is worth",
        "signs of crews: tours, training, departures",
    ),
    "connection": Unknown(
        "what is joined", "which systems are joined to radars, links and command",
        "signs of links and command posts in use",
    ),
    "network": Unknown(
        "the network itself", "whether radars, command, links and power are well, and their delays",
        "reports of power cuts, of command posts and of links",
    ),
}  # fmt: skip
"""Groups of ``raid.scene``."""

MODES = {
    "drawn": "as drawn from the evidence",
    "integrated": "integrated: all functions well, all joined",
    "degraded": "degraded: slow orders, no coordination of fire",
    "autonomous": "autonomous: every unit by its own radars",
    "unplugged": "unplugged: nothing joined, nothing with a radar fights",
}
"""Modes of ``raid.variants``."""

NOTHING_DRAWN = (
    "No unit of any system is drawn, so every threat comes through: nothing is known to be there, "
    "which is not the same as nothing being there."
)
NO_PREDICTION = (
    "This is no prediction. Tracks are straight and generic: nobody's route is known, planned or "
    "searched for, and what real raids avoid they meet here, so that results flatter the defence. "
    "How alike the shots of one raid turn out is fitted to one party's claims of its own kills."
)


def unknown(group: str) -> Unknown:
    """Plain words of a group of unknowns; the id where it has none."""
    return UNKNOWNS.get(group, Unknown(group, "", ""))


def clock(at_s: float) -> str:
    """``mm:ss``; minutes run on beyond the hour."""
    whole = round(at_s)
    return f"{whole // 60:02d}:{whole % 60:02d}"


def minutes(at_s: float) -> str:
    """A time in whole minutes, or in seconds below two."""
    if at_s < 120:
        return f"{number(at_s, 0)}{NARROW_SPACE}s"
    return f"{number(at_s / 60, 0)}{NARROW_SPACE}min"


def whole_or_tenth(value: float) -> str:
    """A mean of counts: one decimal, ``<0.1`` where it would read as nothing."""
    if 0 < abs(value) < 0.05:
        return f"{'' if value > 0 else '−'}<0.1"
    return number(value, 1)


def band(low: float, high: float) -> str:
    """``3.3 to 20``."""
    return f"{number(low, 1)} to {number(high, 1)}"


def signed_band(low: float, high: float) -> str:
    """``−5.5 to 0``."""
    return f"{signed(low)} to {signed(high)}"


def of_what(found: RaidOutcome) -> str:
    """``20 threats and 5 decoys``."""
    real = count(found.threats, "threat")
    return f"{real} and {count(found.decoys, 'decoy')}" if found.decoys else real


def event_words(event: Event, by: str) -> str:
    """What happened, ``by`` whom in the reader's words."""
    rounds = count(event.rounds, "round")
    return {
        "found": "found by the network",
        "ordered": "the network orders fire",
        "fired": f"{by} fires {rounds}",
        "teams fired": f"{by} fire {rounds}",
        "empty": f"{by} has fired all ready rounds",
        "killed": f"killed by {by}",
        "through": "comes through",
    }.get(event.kind, event.kind)
