"""Which layers cover which points in one draw: plain arrays, SI units, numba.

Layers are bits of one byte. Five nested answers are kept for every point, threat and altitude:

    RINGS     inside a bare range ring: everything is there, works and sees over anything
    HORIZON   inside the envelope and detection range, over the sea-level Earth from its height
    TERRAIN   the same over terrain
    PRESENT   the same, if the unit is there in this draw
    SERVICE   the same, if it also works in this draw
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shieldwall.units import EARTH_RADIUS_M

Array = NDArray[Any]

RINGS, HORIZON, TERRAIN, PRESENT, SERVICE = range(5)
ANSWERS = 5


@njit(cache=True, nogil=True)
def cover_unit(
    answers: Array,
    bit: int,
    index: Array,
    distance_m: Array,
    floor_m: Array,
    smooth_m: Array,
    ground_m: Array,
    launcher_m: float,
    altitudes_m: Array,
    sensor_m: Array,
    range_min_m: Array,
    range_max_m: Array,
    altitude_min_m: Array,
    altitude_max_m: Array,
    present: bool,
    service: bool,
) -> None:
    """Set ``bit`` in ``answers`` (5, P, T, A) for the M points of ``index`` near one unit.

    ``distance_m``, ``floor_m``, ``smooth_m`` (M,); ``ground_m`` (P,) above sea level;
    ``launcher_m`` above sea level; ``sensor_m`` (T,); interceptor arrays (I,). Slant range by the
    law of cosines on a sphere.
    """
    mark = np.uint8(1 << bit)
    ring_m = range_max_m.max()
    for m in range(index.size):
        p = index[m]
        distance = distance_m[m]
        inside_ring = distance <= ring_m
        half = np.sin(distance / (2.0 * EARTH_RADIUS_M))
        for a in range(altitudes_m.size):
            target_m = ground_m[p] + altitudes_m[a]
            rise = target_m - launcher_m
            chord2 = 4.0 * (EARTH_RADIUS_M + target_m) * (EARTH_RADIUS_M + launcher_m) * half * half
            slant = np.sqrt(rise * rise + chord2)
            engaged = False
            for i in range(range_max_m.size):
                if (
                    range_min_m[i] <= slant <= range_max_m[i]
                    and altitudes_m[a] >= altitude_min_m[i]
                    and rise <= altitude_max_m[i]
                ):
                    engaged = True
            over_terrain = floor_m[m] <= altitudes_m[a]
            over_horizon = over_terrain or smooth_m[m] <= altitudes_m[a]
            for t in range(sensor_m.size):
                if inside_ring:
                    answers[RINGS, p, t, a] |= mark
                if not inside_ring or not engaged or slant > sensor_m[t]:
                    continue
                if over_horizon:
                    answers[HORIZON, p, t, a] |= mark
                if over_terrain:
                    answers[TERRAIN, p, t, a] |= mark
                    if present:
                        answers[PRESENT, p, t, a] |= mark
                        if service:
                            answers[SERVICE, p, t, a] |= mark


@njit(cache=True, nogil=True)
def cover_teams(
    answers: Array,
    bit: int,
    index: Array,
    x_m: Array,
    y_m: Array,
    team_x_m: Array,
    team_y_m: Array,
    inner_m2: Array,
    outer_m2: Array,
    visible: Array,
    uniform: Array,
) -> None:
    """Set ``bit`` where at least one of the scattered teams of this draw reaches the point.

    ``x_m``, ``y_m``, ``uniform`` (M,) for the points of ``index``; ``team_x_m``, ``team_y_m`` (W,);
    a team reaches altitude a at squared ground distances from ``inner_m2`` to ``outer_m2`` (A,) and
    sees it there with chance ``visible`` (A,); one ``uniform`` decides at all altitudes.
    """
    mark = np.uint8(1 << bit)
    farthest_m2 = outer_m2.max()
    teams = np.zeros(outer_m2.size, dtype=np.int64)
    for m in range(index.size):
        teams[:] = 0
        for w in range(team_x_m.size):
            east, north = team_x_m[w] - x_m[m], team_y_m[w] - y_m[m]
            away_m2 = east * east + north * north
            if away_m2 <= farthest_m2:
                for a in range(teams.size):
                    if inner_m2[a] <= away_m2 <= outer_m2[a]:
                        teams[a] += 1
        p = index[m]
        for a in range(teams.size):
            if teams[a] == 0:
                continue
            seen = uniform[m] < 1.0 - (1.0 - visible[a]) ** teams[a]
            for t in range(answers.shape[2]):
                answers[RINGS, p, t, a] |= mark
                answers[HORIZON, p, t, a] |= mark
                if seen:
                    answers[TERRAIN, p, t, a] |= mark
                    answers[PRESENT, p, t, a] |= mark
                    answers[SERVICE, p, t, a] |= mark


@njit(cache=True, nogil=True)
def tally(
    answers: Array,
    cell: Array,
    area: Array,
    layers: int,
    depth_layers: int,
    by_layer: Array,
    by_depth: Array,
    rings: Array,
    areas: Array,
) -> None:
    """Add one draw's answers to the counts.

    ``depth_layers`` is the mask of layers that count towards depth. ``by_layer`` (T, A, L, C),
    ``by_depth`` (T, A, 3, C) and ``rings`` (T, A, L, C) count sub-cells over draws; ``areas``
    (areas, T, A, 7 + 2 L) counts this draw's points: depth 1 to 3, then rings, horizon, terrain,
    present, then each layer, then what each layer alone covers.
    """
    points, threats, altitudes = answers.shape[1:]
    for p in range(points):
        c = cell[p]
        d = area[p]
        for t in range(threats):
            for a in range(altitudes):
                bits = answers[SERVICE, p, t, a]
                deep = bits & depth_layers
                depth = 0
                for layer in range(layers):
                    depth += (deep >> layer) & 1
                if c >= 0:
                    ring = answers[RINGS, p, t, a]
                    if ring == 0:
                        continue
                    for layer in range(layers):
                        by_layer[t, a, layer, c] += (bits >> layer) & 1
                        rings[t, a, layer, c] += (ring >> layer) & 1
                    for least in range(min(depth, 3)):
                        by_depth[t, a, least, c] += 1
                else:
                    for least in range(min(depth, 3)):
                        areas[d, t, a, least] += 1
                    for answer in range(SERVICE):
                        if answers[answer, p, t, a] & depth_layers:
                            areas[d, t, a, 3 + answer] += 1
                    for layer in range(layers):
                        if (bits >> layer) & 1:
                            areas[d, t, a, 7 + layer] += 1
                            if deep == (1 << layer):
                                areas[d, t, a, 7 + layers + layer] += 1
