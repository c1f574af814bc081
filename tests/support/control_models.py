"""Random models of mission and systems, and windows of readings on them."""

import numpy as np

from shieldwall.case.control_records import STATES
from shieldwall.case.records import Band
from shieldwall.control.infer import Chain, Model
from shieldwall.control.records import Reading, Window

A, K = len(STATES["mission"]), len(STATES["operators"])
WEEKS, DRAWS = 16, 2
STARTS = {"sam": 3, "gun": 0, "third": 5}


def rows(rng, *shape, stay=0.0):
    found = rng.dirichlet(np.full(shape[-1], 0.7), shape[:-1])
    return (1 - stay) * found + stay * np.eye(shape[-1]) if stay else found


def model(seed, systems=("sam", "gun"), paths=12, draws=DRAWS):
    """Random steps, and signs of the mission, the operators and the connection."""
    rng = np.random.default_rng(seed)

    def chain(system, missions, states, spread):
        steps = rows(rng, draws, missions, states, states, stay=spread)
        return Chain(rows(rng, draws, states), steps, STARTS[system])

    signs = {f"{of}{n}": rng.random((draws, len(STATES[of]))) for of in STATES for n in range(3)}
    return Model(
        WEEKS, draws, rows(rng, draws, A), rows(rng, draws, A, A, stay=0.7),
        {s: chain(s, A, K, 0.5) for s in systems}, {s: chain(s, 1, 2, 0.5) for s in systems},
        signs, {s: s[:-1] for s in signs}, rng.random((draws, paths, WEEKS)), seed,
    )  # fmt: skip


def reading(sign="operators0", system="sam", ratio=3.0, week=0, speaker="one", **fields_):
    usual = {"says": "yes", "source": "agency", "family": "press", "claims": (speaker,), "on": None}
    band = ratio if isinstance(ratio, Band) else Band(ratio, ratio, ratio)
    return Reading(
        indicator=sign, system=system, week=week, speaker=speaker, ratio=band, **(usual | fields_)
    )


def window(*readings):
    first = readings[0]
    return Window(first.indicator, first.system, first.week, tuple(readings))


def heard(seed, systems=("sam", "gun"), many=25):
    """Random windows of one to three readings, that speak for and against."""
    rng = np.random.default_rng(seed)
    found = []
    for n in range(many):
        of = str(rng.choice(list(STATES)))
        system = None if of == "mission" else str(rng.choice(systems))
        sign, week = f"{of}{rng.integers(3)}", int(rng.integers(WEEKS))
        found.append(window(*(
            reading(sign, system, float(np.exp(rng.normal(0, 1.5))), week, f"c{n}{i}")
            for i in range(rng.integers(1, 4))
        )))  # fmt: skip
    return tuple(found)
