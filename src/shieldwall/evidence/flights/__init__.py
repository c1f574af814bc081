"""Tracks of aircraft to landings, take-offs and turnarounds, with odds.

``read_tracks`` reads a file, ``landings`` reckons the movements of a track, ``airlift`` counts
them by week; ``landings_of_files`` is the first two as plain values for the command line.
"""

from shieldwall.evidence.flights.airlift import (
    Number,
    Week,
    airlift,
)
from shieldwall.evidence.flights.assumptions import assumptions
from shieldwall.evidence.flights.movements import landings, landings_of_files
from shieldwall.evidence.flights.reading import read_tracks
from shieldwall.evidence.flights.records import Candidate, Counts, Movement, Track

__all__ = [
    "Candidate",
    "Counts",
    "Movement",
    "Number",
    "Track",
    "Week",
    "airlift",
    "assumptions",
    "landings",
    "landings_of_files",
    "read_tracks",
]
