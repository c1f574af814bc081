"""Assumptions in force: each room's own table, replaced where the case has one of the same id."""

from __future__ import annotations

from shieldwall.case.records import Assumption, Case
from shieldwall.errors import InputError

LIMITS = {
    "prior_presence": (0.01, 0.99),
    "prior_place": (0.01, 0.99),
    "prior_place_radar": (0.01, 0.99),
    "odd_size": (0.01, 1.0),
    "odd_size_batteries": (1.0, 20.0),
    "odd_size_least": (1.0, 100.0),
    "count_missed": (0.0, 0.9),
    "count_error": (0.0, 1.0),
    "count_error_least": (0.05, 10.0),
    "counted_one_by_one": (0.0, 150.0),
    "count_beyond": (1.0, 10.0),
    "share_error_least": (0.005, 0.5),
    "holding_certainty": (0.5, 0.999),
    "half_life_mobile": (0.01, 1_000.0),
    "half_life_radar": (0.01, 1_000.0),
    "half_life_share": (0.01, 1_000.0),
    "undated_persistence": (0.0, 1.0),
    "availability": (0.0, 1.0),
    "availability_spread": (0.0, 10.0),
    "mast_vehicle_m": (0.0, 500.0),
    "eye_height_m": (0.0, 500.0),
    "missiles_per_team": (1.0, 100.0),
    "image_recognition_cycles": (0.5, 20.0),
    "image_vehicle_m": (0.5, 50.0),
    "image_aircraft_m": (1.0, 100.0),
    "image_missile_m": (0.05, 20.0),
    "image_open_share": (0.0, 1.0),
    "image_cloud_unknown": (0.0, 1.0),
    "image_period": (1.0, 365.0),
    "image_recycled": (1.0, 3650.0),
    "ach_uttered": (1.0, 1_000.0),
    "control_return": (1e-4, 10.0),
    "control_replace": (1e-4, 10.0),
    "control_hire": (1e-4, 10.0),
    "control_contract_ends": (1e-4, 50.0),
    "control_lapse": (1e-4, 10.0),
    "control_withdraw": (0.1, 50.0),
    "control_taken_over": (0.0, 1.0),
    "control_unjoin": (1e-4, 10.0),
    "control_mission_comes": (1e-4, 50.0),
    "control_mission_intervenes": (1e-4, 50.0),
    "control_mission_grows": (1e-4, 50.0),
    "control_mission_shrinks": (1e-4, 50.0),
    "control_mission_ends": (1e-4, 50.0),
    "control_mission_gone": (1e-4, 50.0),
    "kill_in_the_field": (0.0, 1.0),
    "kill_unpublished": (0.0, 1.0),
    "kill_gun_unpublished": (0.0, 1.0),
    "common_effect": (0.0, 0.95),
    "gun_burst_s": (0.1, 60.0),
    "reaction_unpublished_s": (0.0, 3_600.0),
    "assess_s": (0.0, 3_600.0),
    "scan_s": (0.0, 120.0),
    "reload_unpublished_s": (1.0, 86_400.0),
    "reloads": (0.0, 100.0),
    "ready_unpublished": (1.0, 100.0),
    "channels_unpublished": (1.0, 100.0),
    "interceptor_speed_unpublished": (50.0, 5_000.0),
    "crew_reaction_drilled": (0.1, 100.0),
    "crew_success_drilled": (0.0, 1.0),
    "crew_reaction_mixed": (0.1, 100.0),
    "crew_success_mixed": (0.0, 1.0),
    "crew_reaction_basic": (0.1, 100.0),
    "crew_success_basic": (0.0, 1.0),
    "crew_reaction_untrained": (0.1, 100.0),
    "crew_success_untrained": (0.0, 1.0),
    "function_works": (0.0, 1.0),
    "decision_s": (0.0, 86_400.0),
    "link_s": (0.0, 86_400.0),
    "sensor_s": (0.0, 86_400.0),
    "command_capacity": (1.0, 10_000.0),
    "degraded_delay": (1.0, 1_000.0),
    "alone_unplugged": (0.0, 1.0),
    "teams_warned": (0.0, 1.0),
    "teams_cold": (0.0, 1.0),
    "speed_aircraft": (10.0, 2_000.0),
    "speed_other": (5.0, 2_000.0),
    "speed_ballistic": (100.0, 8_000.0),
    "height_aircraft": (10.0, 30_000.0),
    "height_cruise": (10.0, 30_000.0),
    "height_other": (10.0, 30_000.0),
    "descent_deg": (5.0, 85.0),
    "axis_spread_deg": (-180.0, 180.0),
    "tracks_shortest_m": (1_000.0, 300_000.0),
    "tracks_mast_m": (1.0, 1_000.0),
    "tracks_ahead_s": (0.0, 3_600.0),
    "tracks_fastest_mps": (10.0, 8_000.0),
    "tracks_height_unpublished_m": (10.0, 30_000.0),
    "rationality": (0.001, 1_000.0),
    "foreknowledge": (0.0, 1.0),
    "answer_days": (1.0, 3_650.0),
}
"""The assumptions a case may replace, and between what; the others state what the product does."""


def in_force(case: Case, defaults: tuple[Assumption, ...]) -> dict[str, Assumption]:
    """The room's assumptions by id, each replaced by the case's own where it has one.

    Raises ``InputError`` where the case's own has no figures, leaves the limits, or would replace
    an assumption that is no figure.
    """
    own = {a.id: a for a in case.assumptions}
    return {a.id: _replacing(a, own[a.id]) if a.id in own else a for a in defaults}


def _replacing(default: Assumption, own: Assumption) -> Assumption:
    where = f"{own.where}: assumption[{own.id}]"
    if default.id not in LIMITS:
        raise InputError(f"{where}: states what the product does; write yours under another id")
    low, high = LIMITS[default.id]
    if own.band is None or own.band.low < low or own.band.high > high:
        raise InputError(f"{where}: must have low and high between {low:g} and {high:g}")
    return own


def likely(assumption: Assumption) -> float:
    """The likely value of an assumption; the middle of its band where none is given."""
    band = assumption.band
    if band is None:
        raise ValueError(f"assumption {assumption.id} has no figure")
    return (band.low + band.high) / 2 if band.likely is None else band.likely
