"""The arrays one draw hands to the kernel: named tuples of plain arrays in SI units.

B batteries (one kind of interceptor of one unit), G groups of threats, J tracks, K steps of a
track, Z sensors that stand on their own, F functions of the network, D densities of teams, Q steps
of a quantile function, W weapons (a kind of interceptor of a system), R replications.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from numpy.typing import NDArray

Array = NDArray[Any]


class Threats(NamedTuple):
    """Who comes, and when; times in seconds from the start of the raid."""

    number: Array  # (G,) int64, real ones
    decoys: Array  # (G,) int64, others that look the same
    spacing_s: Array  # (G,) between one and the next
    random: Array  # (G,) bool: spacing at random (exponential) with that mean
    after_s: Array  # (G,) when the first starts
    at_s: Array  # (G, K) when a threat is at each step, from the start of its track


class Masks(NamedTuple):
    """What terrain, horizon and envelopes leave of each track; times from the track's start."""

    needed_s: Array  # (B, J, G, K) the launch that hits at each step, not decreasing
    allowed: Array  # (B, J, G, K + 1) int16, the first step from each on where a hit may fall; K
    own_s: Array  # (B, J, G) when the unit's own radars or eyes first see it; inf: never
    sensor_s: Array  # (Z, J, G) when a sensor on its own first sees it


class Batteries(NamedTuple):
    """What fires: one kind of interceptor of one unit."""

    plays: Array  # (B,) bool: there, working, crewed
    joins: Array  # (B,) bool: joined to the network, where the graph lets it
    channels: Array  # (B,) int64, targets at once
    rounds: Array  # (B,) int64, ready
    reloads: Array  # (B,) int64, how often the ready rounds are replaced
    reload_s: Array  # (B,)
    reaction_s: Array  # (B,) from found or ordered to launch
    assess_s: Array  # (B,) from hit to knowing
    scan_s: Array  # (B,) longest wait for its radar to look that way
    kill: Array  # (B, G, Q) quantiles of the chance that one round kills
    salvo: Array  # (B,) int64, rounds fired at once
    looks: Array  # (B,) int64, most engagements of one threat
    weapon: Array  # (B,) int64, what its shots and kills are counted with


class Teams(NamedTuple):
    """Teams spread over an area: no positions, only how many a track meets."""

    warned: Array  # (D, J, G) mean rounds fired at one threat that the network warned of
    cold: Array  # (D, J, G) the same without warning
    kill: Array  # (D, G, Q)
    enter: Array  # (D, J) where their strip begins, as a share of the way along the track
    leave: Array  # (D, J) ... and ends
    weapon: Array  # (D,) int64


class Graph(NamedTuple):
    """Functions in an order in which each needs only earlier ones.

    Function f has the groups ``group_start[f]`` to ``group_start[f + 1]`` (all are needed), group q
    the choices ``choice_start[q]`` to ``choice_start[q + 1]`` (any one will do).
    """

    well: Array  # (F,) chance of being well
    delay_s: Array  # (F,)
    group_start: Array  # (F + 1,) int64
    choice_start: Array  # (Q' + 1,) int64
    choices: Array  # int64, ids of functions
    joined_by: Array  # (F, B) bool: sensors, command posts and links that join a battery
    powered_by: Array  # (F, B) bool: power that a battery cannot fire without
    warned_by: Array  # (F, D) bool
    command_of: Array  # (F,) int64: the command post that decides for what f joins; -1: none
    hears: Array  # (F, F) bool: command post f hears sensor function h
    sensor_of: Array  # (F, Z) bool: what a sensor function is made of
    capacity: Array  # (F,) int64, tracks a command post decides on at once
    decide_s: Array  # (F,) how long one decision takes
    out_from_s: Array  # (F,) unavailable from ...
    out_for_s: Array  # (F,) ... for so long; 0: not at all
    sensor_scan_s: Array  # (Z,)
    coordinated: bool  # command posts give each threat to one battery at a time


class Results(NamedTuple):
    """What each replication came to."""

    leakers: Array  # (R, G) int32, real threats through
    kills: Array  # (R, W) int32, real threats killed by each weapon
    shots: Array  # (R, W) int32
    empty_s: Array  # (R, B) when the ready rounds were first used up; inf: never
    decoys_killed: Array  # (R, W) int32
    log: Array  # (M, 5) kind, s, threat, battery, rounds of the last replication; (0, 5): none
