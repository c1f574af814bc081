"""What terrain, horizon and envelopes leave of each track in one draw: plain arrays, numba."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from shieldwall.units import EARTH_RADIUS_M

Array = NDArray[Any]

NEVER = np.inf


@njit(cache=True, nogil=True)
def slant_m(ground_m: float, low_m: float, high_m: float) -> float:
    """Straight distance of two points at heights above sea level (law of cosines)."""
    half = np.sin(ground_m / (2.0 * EARTH_RADIUS_M))
    rise = high_m - low_m
    chord2 = 4.0 * (EARTH_RADIUS_M + low_m) * (EARTH_RADIUS_M + high_m) * half * half
    return float(np.sqrt(rise * rise + chord2))


@njit(cache=True, nogil=True)
def mask_batteries(
    x_m: Array, y_m: Array, ground_m: Array, agl_m: Array, at_s: Array,
    east_m: Array, north_m: Array, height_m: Array, floor_m: Array, unit: Array,
    finds_m: Array, follows_m: Array,
    range_min_m: Array, range_max_m: Array, low_m: Array, high_m: Array, speed_mps: Array,
    needed_s: Array, allowed: Array, own_s: Array,
) -> None:  # fmt: skip
    """Fill ``needed_s`` (B, J, G, K), ``allowed`` (B, J, G, K + 1) and ``own_s`` (B, J, G).

    Track points ``x_m``, ``y_m``, ``ground_m`` (J, K), the last at the target; ``agl_m``, ``at_s``
    (G, K): height above ground and time there. Units: ``east_m``, ``north_m``, ``height_m`` above
    sea level (U,), ``floor_m`` (U, J, K) lowest height above ground in line of sight. Batteries:
    ``unit`` (B,), ``finds_m`` and ``follows_m`` (B, G) slant ranges of acquisition and guidance;
    interceptors (B, G, I), unused ones with range 0: slant ranges, heights above ground (low) and
    above the launcher (high), speed.

    A hit may fall where the target is in line of sight, followed and inside an envelope, and has
    been in sight and followed ever since the launch. The flight is straight at the published speed.
    """
    groups, steps = at_s.shape
    for b in range(unit.size):
        u = unit[b]
        for j in range(x_m.shape[0]):
            for g in range(groups):
                first, run_s, before = NEVER, NEVER, -NEVER
                for k in range(steps):
                    away = np.hypot(x_m[j, k] - east_m[u], y_m[j, k] - north_m[u])
                    target_m = ground_m[j, k] + agl_m[g, k]
                    slant = slant_m(away, height_m[u], target_m)
                    seen = floor_m[u, j, k] <= agl_m[g, k]
                    if seen and slant <= finds_m[b, g] and first == NEVER:
                        first = at_s[g, k]
                    if not (seen and slant <= follows_m[b, g]):
                        run_s = NEVER
                    elif run_s == NEVER:
                        run_s = at_s[g, k]
                    flight = NEVER
                    for i in range(speed_mps.shape[2]):
                        if (
                            range_min_m[b, g, i] <= slant <= range_max_m[b, g, i]
                            and agl_m[g, k] >= low_m[b, g, i]
                            and target_m - height_m[u] <= high_m[b, g, i]
                        ):
                            flight = min(flight, slant / speed_mps[b, g, i])
                    launch = before
                    if run_s < NEVER and flight < NEVER:
                        launch = float(np.float32(at_s[g, k] - flight))
                    # Receding faster than the interceptor flies, it cannot be caught.
                    good = flight < NEVER and launch >= before and launch >= run_s
                    before = max(before, launch)
                    needed_s[b, j, g, k] = before
                    allowed[b, j, g, k] = k if good else steps
                own_s[b, j, g] = first
                allowed[b, j, g, steps] = steps
                for k in range(steps - 1, -1, -1):
                    if allowed[b, j, g, k] != k:
                        allowed[b, j, g, k] = allowed[b, j, g, k + 1]


@njit(cache=True, nogil=True)
def mask_sensors(
    x_m: Array, y_m: Array, ground_m: Array, agl_m: Array, at_s: Array,
    east_m: Array, north_m: Array, height_m: Array, floor_m: Array, finds_m: Array,
    high_m: Array, works: Array, seen_s: Array,
) -> None:  # fmt: skip
    """Fill ``seen_s`` (Z, J, G): when a sensor on its own first sees each; else as above.

    ``finds_m`` (Z, G) slant range, ``high_m`` (Z,) ceiling above the sensor, ``works`` (Z,).
    """
    groups, steps = at_s.shape
    for z in range(works.size):
        for j in range(x_m.shape[0]):
            for g in range(groups):
                seen_s[z, j, g] = NEVER
                for k in range(steps):
                    if not works[z]:
                        break
                    away = np.hypot(x_m[j, k] - east_m[z], y_m[j, k] - north_m[z])
                    target_m = ground_m[j, k] + agl_m[g, k]
                    if (
                        floor_m[z, j, k] <= agl_m[g, k]
                        and target_m - height_m[z] <= high_m[z]
                        and slant_m(away, height_m[z], target_m) <= finds_m[z, g]
                    ):
                        seen_s[z, j, g] = at_s[g, k]
                        break
