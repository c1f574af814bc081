"""One draw of the network against one raid, many times over: plain arrays, SI units, numba.

A replication walks from launch to launch. Each pair of a battery and a threat has a next launch:
the earliest moment at which the threat has been ordered or found, the crew has reacted, a channel
and a round are free, and a hit would still fall inside the mask. The earliest of all is taken, its
shot is drawn, and the pair, the battery and (where command posts coordinate) the threat become free
again once the hit has been assessed. Nothing moves back in time, so that a launch found stale is
only put later (lazy evaluation, as of a priority queue).

Chance is counted, not sequenced: every uniform is a hash of seed, draw, replication, purpose and
indices, so that two variants of a raid differ by what was changed and by nothing else (common
random numbers), and the number of workers changes nothing.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shieldwall.raid.arrays import Batteries, Graph, Masks, Results, Teams, Threats

Array = NDArray[Any]
Key = Any
"""An unsigned 64-bit number; compiled code keeps it one."""

NEVER = np.inf
TIE_S = 1e-6
"""Launches at the same instant are taken in random order: up to so much is added to each."""

ARRIVAL, TRACK, DECOY, FUNCTION, SCAN, TIE, SHOT, TEAM, TEAM_SHOTS = range(9)
"""What a uniform is for."""

STARTED, WORKS, FOUND, ORDERED, FIRED, EMPTY, TEAM_FIRED, KILLED, THROUGH = range(9)
"""Kinds of events in a log. Its columns: kind, s, threat, battery (or B + density; -1 the network),
rounds. Of STARTED the fourth is the group and the fifth whether it is real; of WORKS the third is
the function and the fifth whether it works."""


class Work(NamedTuple):
    """Arrays that one replication after another writes over; T threats."""

    group: Array  # (T,) int64
    track: Array  # (T,) int64
    start_s: Array  # (T,)
    ends_s: Array  # (T,)
    real: Array  # (T,) bool
    dead_s: Array  # (T,)
    killer: Array  # (T,) int64, a battery, or B + a density; -1
    fired_at: Array  # (T,) int64, engagements so far
    up: Array  # (F,) bool
    path_s: Array  # (F,) delay from a detection to what f joins
    gone_s: Array  # (F,) unavailable from, what it needs included; inf: never
    back_s: Array  # (F,) ... and until
    sees: Array  # (B,) bool: there, working, crewed and powered: its radar sees
    own_s: Array  # (B, T) when a battery finds a threat itself
    seen_s: Array  # (Z, T)
    found_s: Array  # (F, T) when a command post hears of it
    decided_s: Array  # (F, T)
    free_s: Array  # (F, T) when a command post may give it away again
    short: Array  # (F, T) int64, rounds of a salvo still to be fired by others
    way: Array  # (B,) int64, the function that joins the battery; -1: on its own
    open_s: Array  # (B,) when it can fire at all
    left: Array  # (B,) int64, rounds
    more: Array  # (B,) int64, reloads
    busy_s: Array  # (B, C) when each channel is free
    ruled: Array  # (B, T) bool: a command post decides on this pair
    engaged: Array  # (B, T) int64
    launch_s: Array  # (B, T) next launch of the pair
    hit_s: Array  # (B, T) ... and its hit
    best_s: Array  # (T,) the earliest launch at the threat
    best: Array  # (T,) int64, whose it is
    met: Array  # (D, T) mean rounds of teams
    due_s: Array  # (D, T) when a round of teams kills; inf: none does
    logged: Array  # (1,) int64


@njit(cache=True, nogil=True, inline="always")
def _mixed(x: Key) -> Key:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014)."""
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@njit(cache=True, nogil=True)
def stir(key: Key, index: int) -> Key:
    """The key of one more index."""
    return _mixed(key + np.uint64(0x9E3779B97F4A7C15) * np.uint64(index + 1))


@njit(cache=True, nogil=True, inline="always")
def chance(key: Key, purpose: int, a: int, b: int) -> float:
    """A uniform in [0, 1) for one purpose and two indices."""
    mixed = _mixed(
        key
        + np.uint64(0x9E3779B97F4A7C15) * np.uint64(purpose + 1)
        + np.uint64(0xD1342543DE82EF95) * np.uint64(a + 1)
        + np.uint64(0xAF251AF3B0F025B5) * np.uint64(b + 1)
    )
    return float(np.float64(mixed >> np.uint64(11)) * (1.0 / 9007199254740992.0))


@njit(cache=True, nogil=True)
def next_launch(
    needed_s: Array, allowed: Array, at_s: Array, b: int, j: int, g: int, earliest_s: float
) -> tuple[float, float]:
    """(launch, hit) of the earliest launch from ``earliest_s`` on; (inf, inf) where none is left.

    ``needed_s``, ``allowed`` and ``at_s`` as in ``Masks`` and ``Threats``; battery b, track j,
    group g; times from the track's start. Between two allowed steps a hit is interpolated linearly.
    """
    steps = at_s.shape[1]
    low, high = 0, steps
    while low < high:
        middle = (low + high) >> 1
        if needed_s[b, j, g, middle] < earliest_s:
            low = middle + 1
        else:
            high = middle
    step = np.int64(allowed[b, j, g, low])
    if step >= steps:
        return NEVER, NEVER
    if step == low and low > 0 and allowed[b, j, g, low - 1] == low - 1:
        before = np.float64(needed_s[b, j, g, low - 1])
        after = np.float64(needed_s[b, j, g, low])
        part = (earliest_s - before) / (after - before) if after > before else 1.0
        return earliest_s, at_s[g, low - 1] + part * (at_s[g, low] - at_s[g, low - 1])
    return max(earliest_s, np.float64(needed_s[b, j, g, step])), at_s[g, step]


@njit(cache=True, nogil=True)
def quantile(table: Array, n: int, g: int, effect: float) -> float:
    """The value at ``effect`` of quantile functions ``table`` (N, G, Q) at equal steps, 0 to 1."""
    last = table.shape[2] - 1
    if last == 0:
        return float(table[n, g, 0])
    place = effect * last
    below = min(int(place), last - 1)
    value = table[n, g, below]
    return float(value + (place - below) * (table[n, g, below + 1] - value))


@njit(cache=True, nogil=True)
def _note(log: Array, logged: Array, kind: int, at_s: float, i: int, b: int, rounds: float) -> None:
    n = logged[0]
    if n < log.shape[0]:
        log[n, 0], log[n, 1], log[n, 2], log[n, 3], log[n, 4] = kind, at_s, i, b, rounds
        logged[0] = n + 1


@njit(cache=True, nogil=True)
def _arrive(key: Key, threats: Threats, tracks: int, work: Work) -> None:
    """Group, track, start and end of each threat, and which are real."""
    number, decoys, spacing_s, at_s = (
        threats.number, threats.decoys, threats.spacing_s, threats.at_s
    )  # fmt: skip
    group, track, start_s, ends_s = work.group, work.track, work.start_s, work.ends_s
    real, dead_s, killer, fired_at = work.real, work.dead_s, work.killer, work.fired_at
    i = 0
    for g in range(number.size):
        left, fakes, at = number[g] + decoys[g], decoys[g], threats.after_s[g]
        for n in range(left):
            if n > 0:
                gap = spacing_s[g]
                if threats.random[g]:
                    gap *= -np.log(1.0 - chance(key, ARRIVAL, g, n))
                at += gap
            fake = fakes > 0 and chance(key, DECOY, g, n) * left < fakes
            fakes -= 1 if fake else 0
            left -= 1
            group[i], start_s[i], real[i] = g, at, not fake
            track[i] = int(chance(key, TRACK, g, n) * tracks)
            ends_s[i] = at + at_s[g, at_s.shape[1] - 1]
            dead_s[i], killer[i], fired_at[i] = NEVER, -1, 0
            i += 1


@njit(cache=True, nogil=True)
def _functions(key: Key, graph: Graph, work: Work) -> None:
    """Which functions work, the longest delay on the way to each, and when each is away.

    A group of choices is away while all that work are; a function while it or any group is. Windows
    that do not meet are taken as one, from the first to the last.
    """
    for f in range(graph.well.size):
        works, longest = chance(key, FUNCTION, f, 0) < graph.well[f], 0.0
        gone, back = NEVER, 0.0
        if graph.out_for_s[f] > 0.0:
            gone, back = graph.out_from_s[f], graph.out_from_s[f] + graph.out_for_s[f]
        for q in range(graph.group_start[f], graph.group_start[f + 1]):
            shortest, all_gone, first_back = NEVER, 0.0, NEVER
            for n in range(graph.choice_start[q], graph.choice_start[q + 1]):
                c = graph.choices[n]
                shortest = min(shortest, work.path_s[c])
                if work.up[c]:
                    all_gone = max(all_gone, work.gone_s[c])
                    first_back = min(first_back, work.back_s[c])
            works = works and shortest < NEVER
            longest = max(longest, shortest)
            if all_gone < first_back < NEVER:
                gone, back = min(gone, all_gone), max(back, first_back)
        work.up[f] = works
        work.path_s[f] = longest + graph.delay_s[f] if works else NEVER
        work.gone_s[f], work.back_s[f] = gone, back


@njit(cache=True, nogil=True)
def _find(key: Key, masks: Masks, bats: Batteries, graph: Graph, work: Work) -> None:
    """When each battery, and each sensor on its own, finds each threat."""
    group, track, start_s = work.group, work.track, work.start_s
    own_s, scan_s, first_s = work.own_s, bats.scan_s, masks.own_s
    for b in range(scan_s.size):
        for i in range(group.size):
            own_s[b, i] = (
                start_s[i] + first_s[b, track[i], group[i]] + scan_s[b] * chance(key, SCAN, i, b)
            )
    seen_s, sensor_scan_s, sensor_s = work.seen_s, graph.sensor_scan_s, masks.sensor_s
    for z in range(sensor_scan_s.size):
        for i in range(group.size):
            wait = sensor_scan_s[z] * chance(key, SCAN, i, scan_s.size + z)
            seen_s[z, i] = start_s[i] + sensor_s[z, track[i], group[i]] + wait


@njit(cache=True, nogil=True)
def _join(bats: Batteries, graph: Graph, work: Work) -> None:
    """Which batteries have power, and the quickest way by which a command post reaches each."""
    for b in range(bats.plays.size):
        work.way[b], work.sees[b] = -1, bats.plays[b]
        work.left[b], work.more[b], work.busy_s[b, :] = bats.rounds[b], bats.reloads[b], 0.0
        quickest = NEVER
        for f in range(graph.well.size):
            if graph.powered_by[f, b] and not work.up[f]:
                work.sees[b] = False
            ordered = graph.joined_by[f, b] and graph.command_of[f] >= 0
            if bats.joins[b] and ordered and work.path_s[f] < quickest:
                quickest, work.way[b] = work.path_s[f], f
        fires = work.sees[b] and bats.channels[b] > 0 and bats.rounds[b] > 0
        work.open_s[b] = 0.0 if fires else NEVER


@njit(cache=True, nogil=True)
def _hear(graph: Graph, work: Work, f: int, found: Array) -> bool:
    """When command post f first hears of each threat; False where it decides for nobody."""
    way, command_of, up, own_s, seen_s = (
        work.way, graph.command_of, work.up, work.own_s, work.seen_s
    )  # fmt: skip
    found[:] = NEVER
    obeyed = False
    for b in range(way.size):
        if way[b] >= 0 and command_of[way[b]] == f:
            obeyed = True
            for i in range(found.size):
                if work.sees[b]:
                    found[i] = min(found[i], own_s[b, i])
    for d in range(graph.warned_by.shape[1]):
        for x in range(up.size):
            obeyed = obeyed or (graph.warned_by[x, d] and up[x] and command_of[x] == f)
    if not (obeyed and up[f]):
        return False
    hears, sensor_of, delay_s = graph.hears, graph.sensor_of, graph.delay_s
    gone_s, back_s = work.gone_s, work.back_s
    for h in range(up.size):
        if not (hears[f, h] and up[h]):
            continue
        for z in range(seen_s.shape[0]):
            if not sensor_of[h, z]:
                continue
            for i in range(found.size):
                at = seen_s[z, i]
                if gone_s[h] <= at < back_s[h]:
                    at = back_s[h]
                found[i] = min(found[i], at + delay_s[h])
    return True


@njit(cache=True, nogil=True)
def _decide(graph: Graph, work: Work, log: Array) -> None:
    """Each command post hears its sensors and its batteries, and decides on one after another."""
    decided_s = work.decided_s
    for f in range(graph.well.size):
        found = work.found_s[f]
        if not _hear(graph, work, f, found):
            continue
        work.free_s[f, :], work.short[f, :] = 0.0, 0
        busy, each_s = np.zeros(graph.capacity[f]), graph.decide_s[f]
        for i in np.argsort(found, kind="mergesort"):
            server = 0
            for n in range(1, busy.size):
                if busy[n] < busy[server]:
                    server = n
            begun = max(found[i], busy[server])
            if work.gone_s[f] <= begun < work.back_s[f]:
                begun = work.back_s[f]
            decided = begun + each_s
            decided_s[f, i] = decided
            if decided < NEVER:
                busy[server] = decided
                if log.shape[0]:
                    _note(log, work.logged, FOUND, found[i], i, -1, 0.0)
                    _note(log, work.logged, ORDERED, decided, i, -1, 0.0)


@njit(cache=True, nogil=True)
def _team_mean(teams: Teams, graph: Graph, work: Work, d: int, i: int) -> float:
    """Mean rounds that teams of d fire at a threat: more on the part of the strip that lies after
    the warning, if any reaches them."""
    g, j = work.group[i], work.track[i]
    length = work.ends_s[i] - work.start_s[i]
    enter = work.start_s[i] + teams.enter[d, j] * length
    leave = work.start_s[i] + teams.leave[d, j] * length
    told = NEVER
    for f in range(work.up.size):
        c = graph.command_of[f]
        if graph.warned_by[f, d] and work.up[f] and c >= 0 and work.decided_s[c, i] < NEVER:
            at = work.decided_s[c, i] + work.path_s[f] - work.path_s[c]
            if work.gone_s[f] <= at < work.back_s[f]:
                at = work.back_s[f]
            told = min(told, at)
    part = 0.0
    if told < leave and leave > enter:
        part = min(1.0, (leave - told) / (leave - enter))
    cold, warned = teams.cold[d, j, g], teams.warned[d, j, g]
    return float(cold + part * (warned - cold))


@njit(cache=True, nogil=True)
def _teams(key: Key, teams: Teams, graph: Graph, effect: Array, work: Work) -> None:
    """When the first round of teams along the track kills: a Poisson stream on their strip."""
    for d in range(teams.weapon.size):
        for i in range(work.group.size):
            g, j = work.group[i], work.track[i]
            mean = _team_mean(teams, graph, work, d, i)
            work.met[d, i], work.due_s[d, i] = mean, NEVER
            p = quantile(teams.kill, d, g, effect[g])
            u = chance(key, TEAM, i, d)
            if mean <= 0.0 or u >= 1.0 - np.exp(-mean * p):
                continue
            part = -np.log(1.0 - u) / (mean * p)
            way = teams.enter[d, j] + part * (teams.leave[d, j] - teams.enter[d, j])
            at = work.start_s[i] + way * (work.ends_s[i] - work.start_s[i])
            work.due_s[d, i] = at
            if at < work.dead_s[i]:
                work.dead_s[i], work.killer[i] = at, work.way.size + d


@njit(cache=True, nogil=True)
def _team_rounds(
    key: Key, teams: Teams, effect: Array, work: Work, shots: Array, log: Array
) -> None:
    """What teams fired: misses up to the threat's death or the end of the strip, and the kill."""
    for d in range(teams.weapon.size):
        for i in range(work.group.size):
            mean = work.met[d, i]
            if mean <= 0.0:
                continue
            g, j = work.group[i], work.track[i]
            length = work.ends_s[i] - work.start_s[i]
            enter = work.start_s[i] + teams.enter[d, j] * length
            leave = work.start_s[i] + teams.leave[d, j] * length
            last = min(leave, work.dead_s[i])
            if last <= enter:
                continue
            p = quantile(teams.kill, d, g, effect[g])
            missed = mean * (1.0 - p) * (last - enter) / (leave - enter)
            v, term, n = chance(key, TEAM_SHOTS, i, d), np.exp(-missed), 0
            while v >= term and n < 1000:
                v -= term
                n += 1
                term *= missed / n
            fired = n + (1 if work.due_s[d, i] <= last else 0)
            shots[teams.weapon[d]] += fired
            if log.shape[0] and fired:
                _note(log, work.logged, TEAM_FIRED, last, i, work.way.size + d, fired)


@njit(cache=True, nogil=True)
def _pick(launch_s: Array, best_s: Array, best: Array, i: int) -> None:
    """The earliest of all launches at a threat."""
    earliest, whose = NEVER, -1
    for b in range(launch_s.shape[0]):
        if launch_s[b, i] < earliest:
            earliest, whose = launch_s[b, i], b
    best_s[i], best[i] = earliest, whose


@njit(cache=True, nogil=True)
def _told(graph: Graph, work: Work, b: int, f: int, decided_s: float) -> tuple[float, bool]:
    """When an order of command post f reaches a battery by the way that is first open, and whether
    it had to wait for one to come back."""
    soonest, waits = NEVER, False
    for x in range(work.up.size):
        if graph.joined_by[x, b] and work.up[x] and graph.command_of[x] == f:
            at = decided_s + work.path_s[x] - work.path_s[f]
            late = work.gone_s[x] <= at < work.back_s[x]
            if late:
                at = work.back_s[x]
            if at < soonest:
                soonest, waits = at, late
    return soonest, waits


@njit(cache=True, nogil=True)
def _begin(
    key: Key, threats: Threats, masks: Masks, bats: Batteries, graph: Graph, work: Work
) -> None:
    """The first launch of every pair: by its own finding, or by order of a command post."""
    needed_s, allowed, at_s = masks.needed_s, masks.allowed, threats.at_s
    group, track, start_s, own_s = work.group, work.track, work.start_s, work.own_s
    launch_s, hit_s, ruled, decided_s = work.launch_s, work.hit_s, work.ruled, work.decided_s
    work.engaged[:, :] = 0
    for b in range(bats.plays.size):
        if work.open_s[b] == NEVER:
            launch_s[b, :] = NEVER
            continue
        react = bats.reaction_s[b]
        f = graph.command_of[work.way[b]] if work.way[b] >= 0 else -1
        for i in range(group.size):
            ready = own_s[b, i] + react
            ruled[b, i] = False
            if f >= 0 and decided_s[f, i] < NEVER:
                told, waits = _told(graph, work, b, f, decided_s[f, i])
                waits = waits or work.gone_s[f] <= work.found_s[f, i] < work.back_s[f]
                # While orders fail to come, a battery fights on its own.
                ruled[b, i] = graph.coordinated and not waits
                ready = told + react if ruled[b, i] else min(ready, told + react)
            ready += TIE_S * chance(key, TIE, i, b)
            launch, hit = next_launch(
                needed_s, allowed, at_s, b, track[i], group[i], ready - start_s[i]
            )
            launch_s[b, i], hit_s[b, i] = max(start_s[i] + launch, ready), start_s[i] + hit
    for i in range(group.size):
        _pick(launch_s, work.best_s, work.best, i)


@njit(cache=True, nogil=True)
def _walk(key: Key, threats: Threats, masks: Masks, bats: Batteries, graph: Graph, effect: Array,
          work: Work, shots: Array, empty_s: Array, log: Array) -> None:  # fmt: skip
    """From launch to launch, until none is left."""
    # Taken out of their tuples once: each look into a tuple of arrays counts references.
    needed_s, allowed, at_s = masks.needed_s, masks.allowed, threats.at_s
    group, track, start_s, dead_s, killer = (
        work.group, work.track, work.start_s, work.dead_s, work.killer
    )  # fmt: skip
    launch_s, hit_s, best_s, best = work.launch_s, work.hit_s, work.best_s, work.best
    open_s, busy_s, left, more = work.open_s, work.busy_s, work.left, work.more
    ruled, engaged, fired_at = work.ruled, work.engaged, work.fired_at
    free_s, short, way = work.free_s, work.short, work.way
    channels, salvo, looks, assess_s = bats.channels, bats.salvo, bats.looks, bats.assess_s
    kill, weapon, command_of = bats.kill, bats.weapon, graph.command_of
    powered_by, gone_s, back_s = graph.powered_by, work.gone_s, work.back_s
    while True:
        i, now = 0, NEVER
        for n in range(best_s.size):
            if best_s[n] < now:
                i, now = n, best_s[n]
        if now == NEVER:
            return
        if dead_s[i] <= now:  # everyone sees that it is gone
            for b in range(launch_s.shape[0]):
                launch_s[b, i] = NEVER
            best_s[i] = NEVER
            continue

        b, g = best[i], group[i]
        f = command_of[way[b]] if ruled[b, i] else -1
        channel = 0
        for c in range(1, channels[b]):
            if busy_s[b, c] < busy_s[b, channel]:
                channel = c
        earliest = max(now, open_s[b], busy_s[b, channel])
        for n in range(back_s.size):
            if powered_by[n, b] and gone_s[n] <= earliest < back_s[n]:
                earliest = back_s[n]
        if f >= 0 and free_s[f, i] > earliest:
            earliest = free_s[f, i] + TIE_S * chance(key, TIE, i, b)

        if earliest <= now:
            wanted, hit = salvo[b], hit_s[b, i]
            if f >= 0 and short[f, i] > 0:
                wanted = short[f, i]
            rounds = min(wanted, left[b])
            left[b] -= rounds
            shots[weapon[b]] += rounds
            fired_at[i] += 1
            engaged[b, i] += 1
            p = quantile(kill, b, g, effect[g])
            if chance(key, SHOT, i, fired_at[i]) < 1.0 - (1.0 - p) ** rounds and hit < dead_s[i]:
                dead_s[i], killer[i] = hit, b
            earliest = hit + assess_s[b]
            busy_s[b, channel] = earliest
            if f >= 0:
                short[f, i] = wanted - rounds
                if wanted == rounds:
                    free_s[f, i] = earliest
            if log.shape[0]:
                _note(log, work.logged, FIRED, now, i, b, rounds)
            if left[b] == 0:
                empty_s[b] = min(empty_s[b], now)
                open_s[b] = NEVER
                if more[b] > 0:
                    more[b] -= 1
                    left[b], open_s[b] = bats.rounds[b], now + bats.reload_s[b]
                if log.shape[0]:
                    _note(log, work.logged, EMPTY, now, i, b, more[b])
            if engaged[b, i] >= looks[b]:
                earliest = NEVER
            earliest = max(earliest, open_s[b])

        launch, hit = next_launch(needed_s, allowed, at_s, b, track[i], g, earliest - start_s[i])
        # Never before what was asked, not even by rounding: the walk would not end.
        launch_s[b, i], hit_s[b, i] = max(start_s[i] + launch, earliest), start_s[i] + hit
        _pick(launch_s, best_s, best, i)


@njit(cache=True, nogil=True)
def _count(bats: Batteries, teams: Teams, work: Work, results: Results, r: int, log: Array) -> None:
    """Who was killed, by what, and who came through."""
    batteries = bats.weapon.size
    for i in range(work.group.size):
        by, real = work.killer[i], work.real[i]
        if by >= 0:
            weapon = bats.weapon[by] if by < batteries else teams.weapon[by - batteries]
            if real:
                results.kills[r, weapon] += 1
            else:
                results.decoys_killed[r, weapon] += 1
        elif real:
            results.leakers[r, work.group[i]] += 1
        if log.shape[0]:
            kind, at = (KILLED, work.dead_s[i]) if by >= 0 else (THROUGH, work.ends_s[i])
            _note(log, work.logged, kind, at, i, by, 1.0 if real else 0.0)


@njit(cache=True, nogil=True)
def _open_log(work: Work, log: Array) -> None:
    """What a log begins with: who comes, and which functions work."""
    work.logged[0] = 0
    for i in range(work.group.size):
        real = 1.0 if work.real[i] else 0.0
        _note(log, work.logged, STARTED, work.start_s[i], i, work.group[i], real)
    for f in range(work.up.size):
        _note(log, work.logged, WORKS, 0.0, f, -1, 1.0 if work.up[f] else 0.0)


@njit(cache=True, nogil=True)
def _room(total: int, bats: Batteries, teams: Teams, graph: Graph) -> Work:
    batteries, functions, sensors = bats.plays.size, graph.well.size, graph.sensor_scan_s.size
    channels = max(1, bats.channels.max()) if batteries else 1
    return Work(
        np.empty(total, np.int64), np.empty(total, np.int64), np.empty(total), np.empty(total),
        np.empty(total, np.bool_), np.empty(total), np.empty(total, np.int64),
        np.empty(total, np.int64), np.empty(functions, np.bool_), np.empty(functions),
        np.empty(functions), np.empty(functions), np.empty(batteries, np.bool_),
        np.empty((batteries, total)), np.empty((sensors, total)), np.empty((functions, total)),
        np.empty((functions, total)), np.empty((functions, total)),
        np.empty((functions, total), np.int64), np.empty(batteries, np.int64), np.empty(batteries),
        np.empty(batteries, np.int64), np.empty(batteries, np.int64),
        np.empty((batteries, channels)), np.empty((batteries, total), np.bool_),
        np.empty((batteries, total), np.int64), np.empty((batteries, total)),
        np.empty((batteries, total)), np.empty(total), np.empty(total, np.int64),
        np.empty((teams.weapon.size, total)), np.empty((teams.weapon.size, total)),
        np.zeros(1, np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def replicate(seed: Key, first: int, effect: Array, threats: Threats, masks: Masks, bats: Batteries,
              teams: Teams, graph: Graph, results: Results) -> int:  # fmt: skip
    """Replications ``first`` to ``first + R`` of one draw, into ``results``.

    ``seed`` is the draw's key (uint64); ``effect`` (R, G) the raid-level common effect, a quantile
    in [0, 1). The shapes of everything else stand in ``arrays``. Returns how many rows of the log
    were filled: the log is of the last replication, and in no order of time.
    """
    total = int(threats.number.sum() + threats.decoys.sum())
    work = _room(total, bats, teams, graph)
    nothing = results.log[:0]
    last = effect.shape[0] - 1
    for r in range(effect.shape[0]):
        key = stir(seed, first + r)
        log = results.log if r == last else nothing
        shots, empty_s = results.shots[r], results.empty_s[r]
        results.leakers[r, :], results.kills[r, :], shots[:] = 0, 0, 0
        results.decoys_killed[r, :], empty_s[:] = 0, NEVER
        _arrive(key, threats, masks.own_s.shape[1], work)
        _functions(key, graph, work)
        if log.shape[0]:
            _open_log(work, log)
        _find(key, masks, bats, graph, work)
        _join(bats, graph, work)
        work.decided_s[:, :] = NEVER
        _decide(graph, work, log)
        _teams(key, teams, graph, effect[r], work)
        _begin(key, threats, masks, bats, graph, work)
        _walk(key, threats, masks, bats, graph, effect[r], work, shots, empty_s, log)
        _team_rounds(key, teams, effect[r], work, shots, log)
        _count(bats, teams, work, results, r, log)
    return int(work.logged[0])
