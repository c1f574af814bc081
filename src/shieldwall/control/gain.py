"""What to look for next: the expected information gain of each look that can be taken.

A look Y is found or not. With P(c) the state now, given all that is known, and P(found | c),

    I(C; Y) = H(Y) - sum over c of P(c) H(Y | c)        in bits (Lindley 1956)

Conditional on everything known: the states are weighed by their posterior, a sign of the mission
tells of a system by what the mission is in each of its states, the state may move until the look
can be had, and a sign already read within its persistence is the same thing read again. Only
published things are looked for.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import Indicator, Look
from shieldwall.control.dynamics import joint_step
from shieldwall.control.infer import Model, Posterior, ratios
from shieldwall.control.records import NextObservation, Window
from shieldwall.draws import band_over

Floats = NDArray[np.float64]


def information(prior: Floats, found: Floats) -> Floats:
    """Expected gain in bits of each of C candidates: (..., C).

    ``prior`` (..., K) adds up to one; ``found`` (..., C, K) is P(found | state).
    """
    chance = np.einsum("...k,...ck->...c", prior, found)
    given = np.einsum("...k,...ck->...c", prior, _entropy(found))
    found_out: Floats = np.maximum(_entropy(chance) - given, 0.0)
    return found_out


def _entropy(chance: Floats) -> Floats:
    """Of a coin, in bits; nothing where it is certain."""
    p = np.clip(chance, 1e-300, 1.0)
    q = np.clip(1.0 - chance, 1e-300, 1.0)
    found: Floats = -(chance * np.log2(p) + (1.0 - chance) * np.log2(q))
    return found


def read_again(chance: Floats, ratio: Floats) -> Floats:
    """P(sign so | state) once it has been read with likelihood ratio ``ratio``."""
    found: Floats = ratio * chance / (ratio * chance + 1 - chance)
    return found


def next_observations(
    model: Model,
    posterior: Posterior,
    signs: dict[str, Indicator],
    windows: tuple[Window, ...],
    system: str,
) -> tuple[NextObservation, ...]:
    """Every look that could be taken, for one system, the most telling first."""
    looks = [(sign, sign.look) for sign in signs.values() if sign.look is not None]
    found = []
    for of in ("operators", "connection"):
        asked = [(s, look) for s, look in looks if (s.of == "connection") == (of == "connection")]
        if not asked:
            continue
        prior = (posterior.operators if of == "operators" else posterior.connection)[system][:, -1]
        chances = np.stack(
            [_chance(model, posterior, windows, system, sign, look) for sign, look in asked], axis=1
        )
        by_draw = information(prior, chances)
        mean = prior.mean(axis=0)
        # The chance of finding it in a state, over the draws in which that state may be.
        middle = (prior[:, None] * chances).mean(axis=0) / np.maximum(mean, 1e-300)
        bits = information(mean, middle)
        low, high = band_over(by_draw)
        for n, (sign, look) in enumerate(asked):
            chance = float(mean @ middle[n])
            found.append(NextObservation(
                sign.id, sign.name, system, of, look.how, look.family, float(bits[n]),
                float(low[n]), float(high[n]), look.effort_days, look.wait_days, chance,
                _after(mean, middle[n]), _after(mean, 1 - middle[n]),
            ))  # fmt: skip
    return tuple(sorted(found, key=lambda o: (-round(o.bits, 9), o.indicator)))


def _after(prior: Floats, likelihood: Floats) -> tuple[float, ...]:
    joint = prior * likelihood
    total = joint.sum()
    return tuple(float(p) for p in (joint / total if total > 0 else prior))


def _chance(
    model: Model,
    posterior: Posterior,
    windows: tuple[Window, ...],
    system: str,
    sign: Indicator,
    look: Look,
) -> Floats:
    """(D, K): P(found | state of the system now), of its operators or its connection."""
    weeks = max(0, round(look.wait_days / 7))
    so = model.signs[sign.id]
    of = None if sign.of == "mission" else system
    open_ = _open(windows, sign, of, model.count - 1 + weeks)
    if open_ is not None:
        so = read_again(so, ratios(model, open_.readings)[:, None])
        weeks = 0  # the thing is there already, or not: waiting does not change it
    found = look.hit * so + look.false_alarm * (1 - so)
    if sign.of == "connection":
        return _walked(found, model.connection[system].steps[:, 0], weeks)
    joint = posterior.together[system]
    draws, missions, states = joint.shape
    by_both = np.broadcast_to(
        found[:, :, None] if sign.of == "mission" else found[:, None, :], joint.shape
    )
    steps = joint_step(model.mission_step, model.operators[system].steps)
    ahead = _walked(by_both.reshape(draws, missions * states), steps, weeks).reshape(joint.shape)
    total = joint.sum(axis=1)
    given = np.where(total[:, None] > 0, joint / np.maximum(total[:, None], 1e-300), 1 / missions)
    seen: Floats = np.einsum("dak,dak->dk", given, ahead)
    return seen


def _open(
    windows: tuple[Window, ...], sign: Indicator, system: str | None, week: int
) -> Window | None:
    """The window of the sign that is still open in ``week``, if there is one."""
    same = [w for w in windows if w.indicator == sign.id and w.system == system]
    still = [w for w in same if week < w.week + sign.persistence_weeks]
    return still[-1] if still else None


def _walked(found: Floats, steps: Floats, weeks: int) -> Floats:
    """(D, K): the chance seen from each state ``weeks`` weeks before."""
    for _ in range(weeks):
        found = np.einsum("dij,dj->di", steps, found)
    return found
