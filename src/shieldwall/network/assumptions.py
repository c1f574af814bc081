"""What drawing the ensemble takes for granted; a case may replace any of these by its id."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

DEFAULTS = (
    Assumption(
        "mast_vehicle_m", "Height of a vehicle's antenna above what it stands on, unpublished.",
        Band(3.0, 5.0, 8.0), "m",
        "No antenna height is published for most vehicles; they are 3 to 4 m high and raise "
        "their antennas by little.",
        "network/assumptions.py",
    ),
    Assumption(
        "eye_height_m", "Height from which the gunner of an optical missile or gun looks.",
        Band(1.5, 1.7, 3.0), "m",
        "A standing person; up to a low roof or vehicle.",
        "network/assumptions.py",
    ),
    Assumption(
        "missiles_per_team", "Missiles each fielded team has, where a holding counts missiles.",
        Band(1.0, 1.0, 2.0), "missiles",
        "One tube a gunner, two on a light mount; stocks behind the teams are not counted.",
        "network/assumptions.py",
    ),
    Assumption(
        "teams_ready", "Teams that are fielded are ready, and all of them stand in the area that "
        "the case spreads them over.",
        None, "",
        "Readiness and what is kept elsewhere are part of the fielded share.",
        "network/assumptions.py",
    ),
    Assumption(
        "which_radar", "Where several guidance radars are published for a system and which one a "
        "unit has is not known, each is drawn equally often.",
        None, "",
        "The radars differ in antenna height, and sources do not say which was delivered.",
        "network/assumptions.py",
    ),
    Assumption(
        "band_shape", "A figure is drawn from a triangle over its low, likely and high; "
        "cross-sections on a logarithmic scale.",
        None, "",
        "The simplest shape that respects all three published values.",
        "network/assumptions.py",
    ),
    Assumption(
        "position_shape", "An emplacement is anywhere in the circle of its published precision, "
        "evenly; the emplacements of different draws are independent.",
        None, "",
        "Nothing finer than the published position is used.",
        "network/assumptions.py",
    ),
    Assumption(
        "serviceable_together", "Units of one system share one availability in a draw and are "
        "serviceable or not independently given it.",
        None, "",
        "Spare parts and crews are common to a system; breakdowns are not.",
        "network/assumptions.py",
    ),
)  # fmt: skip
