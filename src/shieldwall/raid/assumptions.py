"""What raids take for granted; all of it shown to the reader, each replaced by a case by its id.

Crews, decisions and readiness are hardly published at all: these bands are wide on purpose, and
the decomposition of variance says which of them matter.
"""

from __future__ import annotations

from shieldwall.case.records import Assumption, Band

WHERE = "raid/assumptions.py"

LEVELS = ("untrained", "basic", "mixed", "drilled")
"""How well a crew is drilled: the host's alone are ``basic``, with the supplier's ``mixed``."""


def _a(id: str, statement: str, band: tuple[float, float, float] | None, unit: str, reason: str
       ) -> Assumption:  # fmt: skip
    return Assumption(id, statement, None if band is None else Band(*band), unit, reason, WHERE)


DEFAULTS = (
    # ---- kill
    _a("kill_in_the_field", "A claimed kill probability holds in the field by this share.",
       (0.3, 0.65, 1.0), "share",
       "Claims come from ranges and makers. The one pair of claim and observation in the catalogue "
       "(Pantsir, small drones: .88 claimed, 3 of 13 seen) is below the band. Not applied where a "
       "declared default band already cuts a lone claim."),
    _a("kill_unpublished", "Chance that one missile kills, where nothing is published for the "
       "class of threat.", (0.1, 0.4, 0.8), "share",
       "Nothing is known: from hardly ever to what makers claim of other classes."),
    _a("kill_gun_unpublished", "Chance that one engagement by a gun kills.",
       (0.02, 0.1, 0.3), "share", "Guns have no published figure for an engagement."),
    _a("common_effect", "How alike all shots of one raid turn out (intraclass correlation), for "
       "classes of threat without published raids.", (0.03, 0.1, 0.2), "share",
       "Between what fits to published raids of drones and of cruise missiles give."),
    _a("effect_of_rounds", "What published raids show of all that came is taken for the chance of "
       "each round, on top of what is drawn.", None, "",
       "Published counts tell of whole raids, not of rounds; where several rounds are fired at one "
       "threat outcomes are less alike than the rounds, and part of the spread of published raids "
       "is of places and dates, which the draws carry too."),
    _a("gun_burst_s", "Length of one engagement by a gun.", (2.0, 3.0, 5.0), "s",
       "A burst or two; what is carried is divided by it."),
    # ---- times
    _a("reaction_unpublished_s", "Time from detection to launch, where none is published.",
       (8.0, 15.0, 30.0), "s", "Published times of other systems run from 4 to 33 s."),
    _a("assess_s", "Time from a hit to knowing whether the target is dead.",
       (3.0, 6.0, 15.0), "s", "A few turns or looks of a radar; hardly published."),
    _a("scan_s", "Longest time until a radar looks that way again.", (5.0, 10.0, 12.0), "s",
       "Rotating surveillance radars turn 5 to 12 times a minute."),
    _a("reload_unpublished_s", "Time to reload a launcher, where none is published.",
       (720.0, 1200.0, 3600.0), "s", "Published times of other systems run from 12 to 60 min."),
    _a("reloads", "How often the ready rounds of a unit can be replaced during a raid.",
       (0.0, 1.0, 1.0), "times", "Stocks behind the launchers are not published."),
    _a("ready_unpublished", "Rounds ready on a launcher, where none is published.",
       (2.0, 4.0, 4.0), "rounds", "As on most launchers of the catalogue."),
    _a("channels_unpublished", "Targets engaged at once, where nothing is published.",
       (1.0, 1.0, 2.0), "targets", "The least that a fire unit can do."),
    _a("interceptor_speed_unpublished", "Speed of an interceptor, where none is published.",
       (500.0, 800.0, 1000.0), "m/s", "As of others of their size in the catalogue."),
    # ---- firing
    _a("shoot_look_shoot", "One round at a time, and another once it has failed, unless the case "
       "tells of another doctrine.", None, "", "Firing doctrine is not published for these crews."),
    _a("flight", "Interceptors fly straight at their published speed to where the threat will be; "
       "threats fly straight at constant height above ground.", None, "",
       "Published speeds are averages or best values; real flights are slower and bend."),
    # ---- crews
    _a("crew_reaction_drilled", "Reaction times of drilled crews, as a multiple of the published.",
       (1.0, 1.0, 1.3), "times", "Published times are for drilled crews on alert."),
    _a("crew_success_drilled", "What drilled crews get of the kill probability.",
       (0.9, 1.0, 1.0), "share", "Published figures are for drilled crews."),
    _a("crew_reaction_mixed", "The same of host crews with the supplier's people beside them.",
       (1.0, 1.25, 1.8), "times", "Two languages, but someone who knows the system."),
    _a("crew_success_mixed", "The same of host crews with the supplier's people beside them.",
       (0.75, 0.9, 1.0), "share", "Mistakes are caught, late."),
    _a("crew_reaction_basic", "The same of host crews on their own.", (1.1, 1.6, 3.0), "times",
       "The declared band for reaction times goes to twice the published; crews who rarely fire "
       "may need longer."),
    _a("crew_success_basic", "The same of host crews on their own.", (0.5, 0.8, 1.0), "share",
       "Few live firings are published; procedure errors cost shots."),
    _a("crew_reaction_untrained", "The same of untrained crews.", (1.5, 3.0, 6.0), "times",
       "Barely able to bring the system into action."),
    _a("crew_success_untrained", "The same of untrained crews.", (0.2, 0.5, 0.8), "share",
       "Barely able to bring the system into action."),
    # ---- network
    _a("function_works", "Chance that a function of the network (radars as a class, command, a "
       "link, power) is well when the raid comes.", (0.5, 0.8, 0.98), "share",
       "Unpublished for nearly all; power cuts and unserviceable radars are reported."),
    _a("decision_s", "Time a command post takes for one decision.", (10.0, 30.0, 90.0), "s",
       "Between automatic assignment and a telephone call."),
    _a("link_s", "Time a link takes to pass an order on.", (1.0, 5.0, 30.0), "s",
       "Between a data link and a voice."),
    _a("sensor_s", "Time a class of sensors takes to report a track.", (2.0, 10.0, 30.0), "s",
       "Two or three turns of a radar, and telling."),
    _a("command_capacity", "Tracks a command post decides on at the same time.",
       (2.0, 6.0, 12.0), "tracks", "Published capacities count tracks shown, not decisions made."),
    _a("degraded_delay", "How much longer orders take in a degraded network.",
       (2.0, 4.0, 8.0), "times", "Voice for data; in that mode nobody coordinates fire either."),
    _a("alone_unplugged", "Chance that a unit that is not joined to the network still fights, on "
       "its own radars.", (0.0, 0.5, 1.0), "share",
       "Anything from never to always: a battery with its own radars needs nobody's leave to fire; "
       "without warning, orders or power from others it may not. Nothing published tells which."),
    # ---- teams
    _a("teams_warned", "Share of the teams along a track that are at their weapon and see the "
       "threat in time, once warned.", (0.1, 0.3, 0.6), "share",
       "Day, weather, sleep and roofs are not modelled one by one."),
    _a("teams_cold", "The same without any warning.", (0.01, 0.05, 0.2), "share",
       "Whoever happens to look up."),
    _a("teams_supplied", "Teams do not run out of rounds in a raid, and several may fire at one "
       "threat.", None, "", "Only as many are out as the fielded share says, each met once."),
    # ---- threats
    _a("speed_aircraft", "Speed of aircraft, where none is published.", (200.0, 250.0, 290.0),
       "m/s", "Cruise of fighters; published maxima are not flown at low level."),
    _a("speed_other", "Speed of other threats, where none is published.", (50.0, 60.0, 80.0),
       "m/s", "As of helicopters and propeller drones."),
    _a("speed_ballistic", "Speed of ballistic missiles, where none is published.",
       (1000.0, 1500.0, 2100.0), "m/s", "As published for others of short range."),
    _a("height_aircraft", "Height above ground of aircraft, where the raid states none.",
       (300.0, 3000.0, 10000.0), "m", "From low flight to their usual level."),
    _a("height_cruise", "Height above ground of cruise missiles, where none is published.",
       (30.0, 50.0, 100.0), "m", "As published for others of the class."),
    _a("height_other", "Height above ground of drones and helicopters, where none is published.",
       (50.0, 150.0, 1000.0), "m", "As published for others of the class."),
    _a("descent_deg", "Angle at which ballistic missiles come down.", (35.0, 45.0, 60.0), "deg",
       "Of a least-energy path; falls from the published height or less."),
    _a("axis_spread_deg", "How far tracks of a raid from one origin spread about its direction.",
       (-15.0, 0.0, 15.0), "deg", "An axis is a direction, not a line; nobody's route is known."),
    _a("straight_tracks", "Each threat comes straight at a point drawn evenly over the defended "
       "area, from a direction drawn evenly all round or about the axis that the case cites.",
       None, "", "No route is planned or searched for: real raids avoid what they know of, so that "
       "results flatter the defence."),
    _a("tracks_shortest_m", "Tracks are followed from at least so far out.", (40_000.0,) * 3, "m",
       "Well beyond the range of teams and guns, wherever the sites stand."),
    _a("tracks_mast_m", "Height of antenna that decides from how far out tracks are followed.",
       (60.0,) * 3, "m", "A roof or a tall mast. It sees nothing itself: heights of antennas are "
       "drawn."),
    _a("tracks_ahead_s", "How long before it is in range a threat may already matter.",
       (120.0,) * 3, "s", "A crew reacts (published: 4 to 33 s), and an interceptor flies."),
    _a("tracks_fastest_mps", "Speed above which a threat is followed from no farther out.",
       (500.0,) * 3, "m/s", "Of what flies level; faster threats come down from above, inside "
       "every ring."),
    _a("tracks_height_unpublished_m", "Height that decides from how far out tracks are followed, "
       "where neither the raid nor the catalogue states one.", (10_000.0,) * 3, "m",
       "The usual level of aircraft, from which the horizon is farthest; the height flown is drawn "
       "from rows of its own."),
    _a("leakers_reach", "Every threat that is not killed arrives.", None, "",
       "Failures and jamming of the threats themselves are not modelled; published raids have "
       "them as a third outcome."),
)  # fmt: skip
