"""What reckoning movements takes for granted: one table, each with its reason.

Weights and densities are judgements from how aircraft are flown (3-degree approaches, circuits,
climbs), set on simulated flights, not fitted to the tracks they are tested on.
"""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.records import Assumption, Band

HERE = "evidence/flights/assumptions.py"


@dataclass(frozen=True)
class Parameter:
    """One number, its unit, what it means and why it is so."""

    id: str
    value: float
    unit: str
    statement: str
    reason: str


P = Parameter
PARAMETERS = (
    # which positions hold
    P("old_s", 15.0, "s", "A position older than this when recorded is stale.",
      "Receivers time positions out after 10 to 60 s; an aircraft moves 3 km in 15 s."),
    P("moving_mps", 20.0, "m/s", "Reported faster than this, a repeated position is stale.",
      "Above taxi speed, and above the error of reported speed."),
    P("beside_s", 30.0, "s", "A multilaterated position is left out where the aircraft's own lies "
      "within this.", "It is 0.1 to 1 km off and its own is better."),
    P("slow_high_m", 7_500.0, "m", "Above this no jet is slower than slow_high_mps.",
      "Stall speed there exceeds 100 m/s of true airspeed; strong head winds reach 60 m/s."),
    P("slow_high_mps", 40.0, "m/s", "See slow_high_m.", "See slow_high_m."),
    P("jet_mps", 150.0, "m/s", "Aircraft seen faster than this are jets or large turboprops.",
      "290 knots."),
    P("fastest_mps", 350.0, "m/s", "No position is further from the last than this speed allows.",
      "A subsonic aircraft with a strong tail wind."),
    P("jump_m", 3_000.0, "m", "Beyond that, so much is put down to errors.",
      "Clocks off by some seconds, multilateration, GPS in valleys."),
    P("part_s", 60.0, "s", "A string of positions may be cut where it pauses for this.",
      "Spoofing begins and ends with a loss of position."),
    P("geo_share", 0.9, "share", "Satellite height is used where this share of positions has it.",
      "It needs no pressure of the day; mixing both would show as climbs."),
    P("climb_mps", 25.0, "m/s", "No altitude is further from its neighbours than this allows.",
      "5,000 feet a minute: beyond transport aircraft."),
    P("spike_m", 100.0, "m", "Besides that, an altitude may be off by so much.",
      "Steps of 25 to 100 ft; garbled ones are off by thousands."),
    P("baseline_s", 8.0, "s", "Unreported speeds are taken over at least this.",
      "Position errors of 10 to 100 m."),
    # where it may have stopped
    P("slow_mps", 25.0, "m/s", "Slower than this an aircraft may stand or taxi.",
      "49 knots: below the flying speed of nearly all but helicopters and gliders."),
    P("roll_mps", 90.0, "m/s", "Faster than this an on-ground flag is wrong.",
      "Above the landing and take-off speeds of all airliners."),
    P("gap_s", 120.0, "s", "Unheard for longer, an aircraft may have landed in between.",
      "The shortest touch-and-go circuit takes longer."),
    P("gap_intervals", 3.5, "intervals", "Or for so many usual intervals between positions.",
      "Thinned tracks have no gap at every step."),
    P("valley_m", 150.0, "m", "A descent and climb of this each may be a touch-and-go.",
      "Circuits are flown 250 to 450 m above the field."),
    P("apart_m", 8_000.0, "m", "Standing places further apart are two airfields.",
      "The largest airports are 8 km across."),
    P("look_s", 90.0, "s", "Heading and slope at last contact are taken over up to this.",
      "An approach keeps them for 2 to 5 minutes."),
    P("look_long_s", 300.0, "s", "Height lost before last contact is taken over up to this.",
      "An arrival comes from 1,000 m higher; who crosses low has long been low."),
    # before any position: how often such an aircraft uses such a field, in WEIGHTS below
    P("military_own", 12.0, "factor", "A military aircraft prefers military fields by this.",
      "Known by address block or callsign."),
    P("military_airline", 0.3, "factor", "A flight with an airline's callsign uses military fields "
      "less, by this.", "Chartered and shared fields exist."),
    P("elsewhere_km2", 3e-7, "1/km2", "Weight of a landing at no listed airfield, per km2.",
      "The list has the strips; what it lacks sees few aircraft."),
    P("elsewhere_slow", 100.0, "factor", "For helicopters and light aircraft, more by this.",
      "They land at hospitals, farms, fields."),
    P("flew_on_km2", 3e-5, "1/km2", "Weight of losing contact in flight, per km2.",
      "Feeders hear some 200 km far: contact ends anywhere in such a disc."),
    P("flew_on_slow", 4.0, "factor", "For helicopters and light aircraft, more by this.",
      "They fly low, in and out of coverage."),
    # geometry of approach and departure
    P("approach_slope", 0.0524, "rad", "Usual slope of descent to land.", "3 degrees (ICAO)."),
    P("departure_slope", 0.08, "rad", "Usual slope of climb.", "4 to 6 degrees for airliners."),
    P("aimed_share", 0.55, "share", "Share of last contacts heading for the field.",
      "The others are in circuits, holds, vectors."),
    P("aimed_rad", 0.06, "rad", "Spread of heading about the field's direction, besides offset_km.",
      "Intercepts, drift."),
    P("offset_km", 0.8, "km", "Runways lie so far beside the published point.",
      "Parallel runways; the point is the field's centre."),
    P("aimed_spread", 0.35, "log", "Spread of distance when aimed, about height over slope.",
      "Level steps; head winds."),
    P("around_spread", 0.75, "log", "Spread of distance otherwise, low down.", "Circuits."),
    P("around_spread_high", 0.55, "log", "The same from 1,500 m up.",
      "Vectors; few fly overhead so high before landing."),
    P("aimed_high", 0.25, "share", "Share of last contacts heading for the field from 4,000 m up.",
      "Airways lead elsewhere first."),
    P("pattern_km", 5.0, "km", "Least usual distance when not aimed.", "A circuit's downwind leg."),
    # standing
    P("stand_km", 1.1, "km", "Spread of standing places about the published point.",
      "Runways of 2 to 4 km, terminals between."),
    P("stand_wide_km", 2.8, "km", "Spread at the largest fields.", "Runways to 5 km off."),
    P("baro_m", 70.0, "m", "Error of altitude on the ground.",
      "Pressure 8 hPa off standard; geoid up to 100 m."),
    P("baro_tail_m", 220.0, "m", "Error on days of rare pressure.", "27 hPa off standard."),
    P("touch_prior", 0.2, "share", "Of low passes, so many touch the runway.",
      "Go-arounds and low passes besides touch-and-goes."),
    P("touch_light", 0.5, "share", "Of light aircraft's low passes, so many touch.",
      "Training circuits."),
    # time between
    P("stop_s", 3_000.0, "s", "Median time on the ground between flights.", "Turnarounds."),
    P("stop_spread", 1.1, "log", "Its spread.", "Twenty minutes to three hours."),
    P("night_s", 36_000.0, "s", "Median of long stops.", "Night stops."),
    P("elsewhere_between", 0.15, "share", "In a long gap, so many aircraft made a hidden flight.",
      "Two flights unheard is rarer than one."),
    P("floor_prior", 3.0, "ends", "Prior weight of FLOORS against the track's own other ends.",
      "Coverage differs from place to place."),
    P("report", 0.5, "probability", "A movement is named at an airfield with at least this.",
      "Below even odds it is unknown, and the candidates are listed."),
    P("least", 0.25, "probability", "Below this, a stop in mid-track is not reported at all.",
      "Every gap and low pass has some chance; the sum of such is in no list."),
)  # fmt: skip

V = {p.id: p.value for p in PARAMETERS}
"""The values by id."""

SPEEDS_MPS = (45.0, 85.0, 140.0, 200.0)
"""Speed classes of WEIGHTS, by the fastest the aircraft was seen; between them linear in log."""

WEIGHTS = (
    (0.15, 0.15, 0.20, 0.10, 0.10, 0.20, 0.15),
    (0.30, 0.40, 0.30, 0.10, 0.06, 0.01, 0.40),
    (0.80, 0.30, 0.03, 0.003, 0.08, 0.001, 3.0),
    (0.80, 0.20, 0.008, 0.0005, 0.08, 0.0002, 4.0),
)
"""Weight of major, regional, small field, strip, military field, heliport, hub, by speed class.

``airportsdata`` has no traffic figures: this is how often aircraft of that speed use such a field,
judged; an international airport handles ten to a hundred times the movements of a small field.
"""

SLOPES = {
    "landing": ((0.78, -0.05, 0.022), (0.17, 0.0, 0.012), (0.05, 0.03, 0.05)),
    "take-off": ((0.78, -0.075, 0.035), (0.17, 0.0, 0.012), (0.05, 0.03, 0.05)),
    "flew on": ((0.15, -0.035, 0.03), (0.70, 0.0, 0.008), (0.15, 0.045, 0.035)),
}
"""Share, mean, spread of slopes at last contact (rad; first contacts backwards in time)."""

SINKING = {
    "landing": ((0.86, -4.5, 2.5), (0.10, 0.0, 0.6), (0.04, 4.0, 3.0)),
    "take-off": ((0.86, -9.0, 4.0), (0.10, 0.0, 0.6), (0.04, 4.0, 3.0)),
    "flew on": ((0.12, -5.0, 3.0), (0.74, 0.0, 0.4), (0.14, 6.0, 3.5)),
}
"""The same for the mean rate of climb (m/s) over the last minutes."""

PASSED_THROUGH = (2_000.0, 4_000.0, 7_500.0, 9_500.0)
PASSING_SHARES = (0.42, 0.2, 0.38)
"""Between these heights (m; fully between the middle two) all but light aircraft seldom stay: of
those that fly on such shares go down, level, up, and a descent says little about where to."""

SLOPE_POWER = 0.4
"""Weight of the slope beside the rate: they tell half the same."""

FLOORS = ((0.35, 40.0), (0.20, 300.0), (0.25, 1_000.0), (0.20, 3_000.0))
"""Share and scale (m) of the height above the field at which contact with landing aircraft ends.

The coverage model: receivers at the field hear to the ground, others lose aircraft behind relief
and the horizon, at heights that fall off exponentially.
"""

LOW_FLIGHT = (0.25, 1_500.0, 13_000.0)
"""Heights at which contact with aircraft flying on ends: this share falls off with the scale (m);
the others anywhere up to the last."""

LOW_FLIGHT_LIGHT = (0.9, 600.0, 4_000.0)
"""The same for helicopters and light aircraft, which fly low all the way."""

MILITARY_CALLSIGNS = ("RCH", "RRR", "CFC", "GAF", "CTM", "IAM", "RFF", "HRZ", "BAF", "NATO")
"""Air Mobility Command, RAF, Canada, Germany, France, Italy, Russia, Croatia, Belgium, NATO
(ICAO Doc 8585)."""

MILITARY_ADDRESSES = ((0xADF7C8, 0xAFFFFF), (0x43C000, 0x43CFFF), (0x3F4000, 0x3FBFFF))
"""Blocks of ICAO addresses of the United States', United Kingdom's, Germany's armed forces."""


def assumptions() -> tuple[Assumption, ...]:
    """The table as the report shows assumptions."""
    return tuple(
        Assumption(f"flights_{p.id}", p.statement, Band(p.value, p.value, p.value), p.unit,
                   p.reason, HERE)
        for p in PARAMETERS
    )  # fmt: skip
