"""On what the conclusion turns: thresholds, and shares of the variance of a strike's chance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.calculus.records import Share, Turning
from shieldwall.calculus.solve import payoffs, solve
from shieldwall.calculus.tree import Tree
from shieldwall.draws import band_over, median_over

Floats = NDArray[np.float64]

STEPS = 41
"""Values tried between the ends of a band."""


@dataclass(frozen=True)
class Inputs:
    """All that a solution depends on, over N draws."""

    tree: Tree
    worths: Floats  # (P, N)
    facts: Mapping[str, Floats]  # each (N,)
    rationality: Floats  # (N,)


def strike(inputs: Inputs) -> Floats:
    """(N,) chance that a consequence measured as a strike comes about."""
    tree = inputs.tree
    draws = inputs.worths.shape[1]
    scales = np.array([
        np.ones(draws) if p.times is None else inputs.facts[p.times] for p in tree.game.payoffs
    ])  # fmt: skip
    solution = solve(
        tree, payoffs(tree, inputs.worths, scales), dict(inputs.facts), inputs.rationality
    )
    struck = {c.id for c in tree.game.consequences if c.measure == "strike"}
    chance: Floats = solution.reached[[bool(struck & set(e.consequences)) for e in tree.ends]].sum(
        axis=0
    )
    return chance


def turnings(inputs: Inputs) -> tuple[Turning, ...]:
    """Each parameter moved from its low to its high, the others at their middles.

    Middles, lows and highs are the 50th, 5th and 95th percentile of the draws. In the order of how
    far the chance of a strike moves.
    """
    middle = Inputs(
        inputs.tree, median_over(inputs.worths.T)[:, None],
        {f: np.array([median_over(v)]) for f, v in inputs.facts.items()},
        np.array([median_over(inputs.rationality)]),
    )  # fmt: skip
    found = []
    for p, payoff in enumerate(inputs.tree.game.payoffs):
        tried = np.linspace(*band_over(inputs.worths[p]), STEPS)
        worths = np.repeat(middle.worths, STEPS, axis=1)
        worths[p] = tried
        name = f"{payoff.actor} {payoff.consequence}" + (
            f" times {payoff.times}" if payoff.times else ""
        )
        found.append(_turning("payoff", name, tried, _spread(middle, STEPS, worths=worths)))
    for fact, values in inputs.facts.items():
        tried = np.linspace(*band_over(values), STEPS)
        moved = _spread(middle, STEPS, facts={fact: tried})
        found.append(_turning("fact", fact, tried, moved))
    tried = np.geomspace(*band_over(inputs.rationality), STEPS)
    found.append(
        _turning("rationality", "rationality", tried, _spread(middle, STEPS, rationality=tried))
    )
    return tuple(sorted(found, key=lambda t: (-abs(t.strike_high - t.strike_low), t.kind, t.name)))


def _spread(
    middle: Inputs,
    steps: int,
    worths: Floats | None = None,
    facts: Mapping[str, Floats] | None = None,
    rationality: Floats | None = None,
) -> Inputs:
    """The middle, as many times as there are steps, with one thing moved."""
    return Inputs(
        middle.tree,
        np.repeat(middle.worths, steps, axis=1) if worths is None else worths,
        {**{f: np.repeat(v, steps) for f, v in middle.facts.items()}, **(facts or {})},
        np.repeat(middle.rationality, steps) if rationality is None else rationality,
    )


def _turning(kind: str, name: str, tried: Floats, inputs: Inputs) -> Turning:
    chance = strike(inputs)
    passed = np.flatnonzero((chance[:-1] - 0.5) * (chance[1:] - 0.5) <= 0.0)
    threshold = None
    if passed.size and chance[0] != chance[-1]:
        at = int(passed[0])
        step = chance[at + 1] - chance[at]
        part = (0.5 - chance[at]) / step if step else 0.0
        threshold = float(tried[at] + part * (tried[at + 1] - tried[at]))
    return Turning(
        kind, name, float(tried[0]), float(tried[-1]), float(chance[0]), float(chance[-1]),
        threshold,
    )  # fmt: skip


def groups(inputs: Inputs) -> dict[tuple[str, str], tuple[list[int], list[str], bool]]:
    """(kind, group) -> its payoffs, its facts, and whether rationality belongs to it."""
    game = inputs.tree.game
    found: dict[tuple[str, str], tuple[list[int], list[str], bool]] = {
        ("payoffs", a.id): ([p for p, x in enumerate(game.payoffs) if x.actor == a.id], [], False)
        for a in game.actors
    }
    for fact in game.facts:
        source = "assumed" if fact.of is None else fact.of.split(".")[0]
        found.setdefault(("facts", source), ([], [], False))[1].append(fact.id)
    found["rationality", "rationality"] = ([], [], True)
    return found


def shares(inputs: Inputs) -> tuple[Share, ...]:
    """First-order and total indices of each group (Saltelli et al. 2010, Jansen 1999), two halves
    of the draws standing for two samples; all 0 where nothing varies."""
    half = inputs.worths.shape[1] // 2
    one, two = slice(0, half), slice(half, 2 * half)
    a, b = strike(_rows(inputs, one)), strike(_rows(inputs, two))
    variance = float(np.concatenate([a, b]).var())
    middle = float(np.concatenate([a, b]).mean())
    found = []
    for (kind, group), (worths, facts, sharp) in groups(inputs).items():
        mixed = _rows(inputs, one)
        taken = mixed.worths.copy()
        taken[worths] = inputs.worths[worths, two]
        chance = strike(
            Inputs(
                mixed.tree, taken,
                {f: inputs.facts[f][two] if f in facts else v for f, v in mixed.facts.items()},
                inputs.rationality[two] if sharp else mixed.rationality,
            )
        )  # fmt: skip
        first = float(np.mean((b - middle) * (chance - a)))
        total = float(np.mean((a - chance) ** 2)) / 2
        found.append(
            Share(group, kind, first / variance, total / variance) if variance > 1e-12
            else Share(group, kind, 0.0, 0.0)
        )  # fmt: skip
    return tuple(found)


def _rows(inputs: Inputs, rows: slice) -> Inputs:
    return Inputs(
        inputs.tree, inputs.worths[:, rows], {f: v[rows] for f, v in inputs.facts.items()},
        inputs.rationality[rows],
    )  # fmt: skip
