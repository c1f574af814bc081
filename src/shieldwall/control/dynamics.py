"""From rates per year to weekly steps: who operates, what the mission does, what is connected.

Continuous time: a generator Q has the rates from state to state off its diagonal and rows that add
up to nothing; a step over a time d is the matrix exponential of Q d, taken by uniformisation
(Jensen 1953), which keeps every entry a probability.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import STATES
from shieldwall.control.assumptions import FIRST, PACE
from shieldwall.evidence.witness import DAYS_PER_YEAR

Floats = NDArray[np.float64]

WEEK_YEARS = 7 / DAYS_PER_YEAR
OPERATORS, MISSION, CONNECTION = (STATES[v] for v in ("operators", "mission", "connection"))
INDEPENDENT = OPERATORS.index("independent")

MOVES = {
    ("supplier_instructors", "joint"): ("hand", 2.0),
    ("supplier_contractors", "independent"): ("contract_ends", 1.0),
    ("joint", "supervised"): ("hand", 2.0),
    ("supervised", "independent"): ("free", 1.0),
    ("independent", "supervised"): ("return", 1.0),
    ("supervised", "joint"): ("return", 1.0),
    ("joint", "supplier_instructors"): ("return", 1.0),
    ("supplier_instructors", "supplier_contractors"): ("replace", 1.0),
    ("supervised", "supplier_contractors"): ("hire", 1.0),
    ("independent", "supplier_contractors"): ("hire", 1.0),
}
"""From, to: which rate, how many times. Handing over goes through joint crews, in two steps that
together take as long as the rate says."""

MISSION_MOVES = {
    ("none", "training"): "mission_comes",
    ("none", "operating"): "mission_intervenes",
    ("training", "operating"): "mission_grows",
    ("operating", "training"): "mission_shrinks",
    ("training", "leaving"): "mission_ends",
    ("operating", "leaving"): "mission_ends",
    ("leaving", "none"): "mission_gone",
    ("leaving", "training"): "mission_comes",
}


def operators_generator(rates: Mapping[str, Floats]) -> Floats:
    """Who operates, by what the mission does: (D, A, K, K) per year; each rate (D,)."""
    found = np.zeros((len(rates["enter"]), len(MISSION), len(OPERATORS), len(OPERATORS)))
    at = {state: i for i, state in enumerate(OPERATORS)}
    for a, mission in enumerate(MISSION):
        for state, share in FIRST[mission].items():
            found[:, a, 0, at[state]] += rates["enter"] * share
        for (source, target), (name, times) in MOVES.items():
            pace = times * PACE[mission].get(name, 1.0)
            found[:, a, at[source], at[target]] += rates[name] * pace
        for state in OPERATORS[1:]:
            found[:, a, at[state], 0] += rates["lapse"]
        if mission == "none":
            # Without a mission no supplier's soldier stays at a console or over a shoulder.
            kept = rates["taken_over"]
            for state in ("supplier_instructors", "joint", "supervised"):
                found[:, a, at[state], at["independent"]] += rates["withdraw"] * kept
                found[:, a, at[state], at["not_operational"]] += rates["withdraw"] * (1 - kept)
    return _closed(found)


def mission_generator(rates: Mapping[str, Floats]) -> Floats:
    """What the mission does: (D, A, A) per year."""
    found = np.zeros((len(rates["mission_comes"]), len(MISSION), len(MISSION)))
    for (source, target), name in MISSION_MOVES.items():
        found[:, MISSION.index(source), MISSION.index(target)] = rates[name]
    return _closed(found)


def connection_generator(rates: Mapping[str, Floats]) -> Floats:
    """Unplugged or connected: (D, 2, 2) per year."""
    found = np.zeros((len(rates["join"]), 2, 2))
    found[:, 0, 1], found[:, 1, 0] = rates["join"], rates["unjoin"]
    return _closed(found)


def _closed(generator: Floats) -> Floats:
    """With the diagonal that makes every row add up to nothing."""
    states = generator.shape[-1]
    generator[..., range(states), range(states)] = 0.0
    generator[..., range(states), range(states)] = -generator.sum(axis=-1)
    return generator


def step(generator: Floats, years: float) -> Floats:
    """The chance of each state after ``years``, from each: same shape as ``generator`` (..., K, K).

    Squared from a short step: uniformisation is summed where at most one jump is expected.
    """
    fastest = float(-generator.diagonal(axis1=-2, axis2=-1).min(initial=0.0)) or 1.0
    halvings = max(0, int(np.ceil(np.log2(max(fastest * years, 1e-300)))))
    jumps = fastest * years / 2**halvings
    unit = np.broadcast_to(np.eye(generator.shape[-1]), generator.shape)
    once = unit + generator / fastest
    weight, power = np.exp(-jumps), unit
    found = weight * power
    for n in range(1, 25):
        power = power @ once
        weight *= jumps / n
        found = found + weight * power
    for _ in range(halvings):
        found = found @ found
    scaled: Floats = found / found.sum(axis=-1, keepdims=True)
    return scaled


def settled(generator: Floats) -> Floats:
    """What a chain comes to in the long run: (..., K)."""
    states = generator.shape[-1]
    system = np.concatenate(
        [np.swapaxes(generator, -1, -2), np.ones((*generator.shape[:-2], 1, states))], -2
    )
    right = np.zeros((*generator.shape[:-2], states + 1, 1))
    right[..., -1, 0] = 1.0
    square = np.swapaxes(system, -1, -2)
    found: Floats = np.linalg.solve(square @ system, square @ right)[..., 0]
    return np.clip(found, 0.0, 1.0)


def joint_step(mission: Floats, steps: Floats) -> Floats:
    """One week of mission and system together: (D, A K, A K), from (D, A, A) and (D, A, K, K)."""
    draws, missions, states, _ = steps.shape
    found: Floats = np.einsum("dab,dbkl->dakbl", mission, steps)
    return found.reshape(draws, missions * states, missions * states)
