"""On what the conclusion turns: thresholds, and shares of the variance of a chance.

Both are worked out for the chance of any strike, and for each consequence that is measured as a
strike or as the supplier's involvement, from the same solutions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from shieldwall.calculus.play import Inputs, count
from shieldwall.calculus.records import Hangs, Share, Turning
from shieldwall.case.game_records import Game
from shieldwall.draws import band_over, median_over

Floats = NDArray[np.float64]

STEPS = 41
"""Values tried between the ends of a band."""
TOLD = ("strike", "involvement")
"""Measures of the consequences that are looked into by themselves."""
ANY_STRIKE = ""


def outputs(game: Game) -> dict[str, int]:
    """``ANY_STRIKE`` and each consequence that is looked into -> its row of ``Counted.chances``."""
    return {
        ANY_STRIKE: len(game.consequences),
        **{c.id: n for n, c in enumerate(game.consequences) if c.measure in TOLD},
    }


def strike(inputs: Inputs) -> Floats:
    """(N,) chance that a consequence measured as a strike comes about."""
    chance: Floats = count(inputs).chances[-1]
    return chance


def hangs(inputs: Inputs) -> dict[str, Hangs]:
    """On what the chance of any strike hangs, and that of each consequence looked into."""
    game = inputs.tree.game
    turned, divided = turnings(inputs), shares(inputs)
    return {o: replace(divided[o], turnings=turned[o]) for o in outputs(game)}


# ---- Thresholds ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Moved:
    """One parameter over the values tried, and how inputs are set to them."""

    kind: str
    name: str
    tried: Floats  # (STEPS,) as told
    worth: int | None = None
    fact: str | None = None
    values: Floats | None = None  # (STEPS,), of a fact (S, STEPS)


def turnings(inputs: Inputs) -> dict[str, tuple[Turning, ...]]:
    """Each parameter moved from its low to its high, the others at their middles.

    Middles, lows and highs are the 50th, 5th and 95th percentile of the draws. A fact of a raid
    moves in all states of the network at once, each between its own ends. In the order of how far
    the chance moves; all are solved at once.
    """
    moved = list(_parameters(inputs))
    middle = _middle(inputs, STEPS * len(moved))
    worths = middle.worths
    facts = {f: v.copy() for f, v in middle.facts.items()}
    sharp, known = middle.rationality, middle.knowledge
    for n, each in enumerate(moved):
        here = slice(n * STEPS, (n + 1) * STEPS)
        if each.worth is not None:
            worths[each.worth, here] = each.tried
        elif each.fact is not None:
            facts[each.fact][:, here] = each.values
        elif each.kind == "rationality" and sharp is not None:
            sharp[here] = each.tried
        elif known is not None:
            known[here] = each.tried
    found = count(replace(middle, worths=worths, facts=facts))
    return {
        o: tuple(sorted(
            (_turning(m, found.chances[row, n * STEPS : (n + 1) * STEPS])
             for n, m in enumerate(moved)),
            key=lambda t: (-round(t.most - t.least, 12), t.kind, t.name),
        ))
        for o, row in outputs(inputs.tree.game).items()
    }  # fmt: skip


def _parameters(inputs: Inputs) -> Iterable[_Moved]:
    for p, payoff in enumerate(inputs.tree.game.payoffs):
        times = f" times {payoff.times}" if payoff.times else ""
        name = f"{payoff.actor} {payoff.consequence}{times}"
        tried = np.linspace(*band_over(inputs.worths[p]), STEPS)
        yield _Moved("payoff", name, tried, worth=p)
    for fact, values in inputs.facts.items():
        ends = np.array([band_over(v) for v in np.atleast_2d(values)])  # (S, 2)
        tried = np.linspace(ends[:, 0], ends[:, 1], STEPS, axis=1)
        yield _Moved("fact", fact, tried[0], fact=fact, values=tried)
    if inputs.rationality is not None:
        tried = np.geomspace(*band_over(inputs.rationality), STEPS)
        yield _Moved("rationality", "rationality", tried)
    if inputs.knowledge is not None:
        tried = np.linspace(*band_over(inputs.knowledge), STEPS)
        yield _Moved("knowledge", "knowledge", tried)


def _middle(inputs: Inputs, times: int) -> Inputs:
    """Medians of everything, so many times."""

    def repeat(values: Floats | None) -> Floats | None:
        return None if values is None else np.full(times, median_over(values))

    facts = {f: median_over(np.atleast_2d(v).T)[:, None] for f, v in inputs.facts.items()}
    return replace(
        inputs, worths=np.repeat(median_over(inputs.worths.T)[:, None], times, axis=1),
        facts={f: np.repeat(v, times, axis=1) for f, v in facts.items()},
        rationality=repeat(inputs.rationality), knowledge=repeat(inputs.knowledge),
    )  # fmt: skip


def _turning(moved: _Moved, chance: Floats) -> Turning:
    crossed = crossings(moved.tried, chance)
    return Turning(
        moved.kind, moved.name, float(moved.tried[0]), float(moved.tried[-1]), float(chance[0]),
        float(chance[-1]), crossed[0] if crossed else None, crossed, float(chance.min()),
        float(chance.max()),
    )  # fmt: skip


def crossings(tried: Floats, chance: Floats) -> tuple[float, ...]:
    """Every value at which the chance passes one half, from one side to the other."""
    above = chance - 0.5
    off = np.flatnonzero(above)  # where it stays at one half for a while, it passes in the middle
    found = []
    for one, other in pairwise(off):
        if above[one] * above[other] < 0:
            part = above[one] / (above[one] - above[other])
            found.append(float(tried[one] + part * (tried[other] - tried[one])))
    return tuple(found)


# ---- Shares of variance --------------------------------------------------------------------------


@dataclass(frozen=True)
class Group:
    """Unknowns that are taken together from other draws."""

    worths: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    rationality: bool = False
    knowledge: bool = False

    def and_also(self, other: Group) -> Group:
        """Both."""
        return Group(
            (*self.worths, *other.worths), (*self.facts, *other.facts),
            self.rationality or other.rationality, self.knowledge or other.knowledge,
        )  # fmt: skip


def groups(inputs: Inputs) -> dict[tuple[str, str], Group]:
    """(kind, name) -> its unknowns: each in one group."""
    game = inputs.tree.game
    found = {
        ("payoffs", a.id): Group(tuple(p for p, x in enumerate(game.payoffs) if x.actor == a.id))
        for a in game.actors
    }
    for fact in game.facts:
        key = "facts", "assumed" if fact.of is None else fact.of.split(".")[0]
        found[key] = found.get(key, Group()).and_also(Group(facts=(fact.id,)))
    found["rationality", "rationality"] = Group(rationality=True)
    if inputs.knowledge is not None:
        found["knowledge", "knowledge"] = Group(knowledge=True)
    return found


def is_evidence(kind: str, name: str) -> bool:
    """Whether a group comes from other rooms; all else is assumed."""
    return kind == "facts" and name != "assumed"


def shares(inputs: Inputs) -> dict[str, Hangs]:
    """First-order and total indices of each group (Saltelli et al. 2010, Jansen 1999), two halves
    of the draws standing for two samples; all 0 where nothing varies.

    Besides, the totals of all that is assumed and of all that comes from other rooms, each as one
    group, so that what a group does together with another of its side counts once.
    """
    game = inputs.tree.game
    half = inputs.draws // 2
    one, two = inputs.rows(slice(0, half)), inputs.rows(slice(half, 2 * half))
    a, b = count(one).chances, count(two).chances
    every = groups(inputs)
    sides = {True: Group(), False: Group()}
    for key, group in every.items():
        side = is_evidence(*key)
        sides[side] = sides[side].and_also(group)
    mixed = {key: count(_mixed(one, two, g)).chances for key, g in every.items()}
    whole = {side: count(_mixed(one, two, g)).chances for side, g in sides.items()}
    return {
        o: Hangs(
            tuple(
                Share(name, kind, *_indices(a[row], b[row], mixed[kind, name][row]))
                for kind, name in every
            ),
            (),
            _indices(a[row], b[row], whole[False][row])[1],
            _indices(a[row], b[row], whole[True][row])[1],
        )
        for o, row in outputs(game).items()
    }  # fmt: skip


def _indices(a: Floats, b: Floats, ab: Floats) -> tuple[float, float]:
    """First order and total."""
    both = np.concatenate([a, b])
    variance = float(both.var())
    if variance <= 1e-12:
        return 0.0, 0.0
    first = float(np.mean((b - float(both.mean())) * (ab - a)))
    return first / variance, float(np.mean((a - ab) ** 2)) / 2 / variance


def _mixed(one: Inputs, two: Inputs, group: Group) -> Inputs:
    """The first sample with a group from the second."""
    worths = one.worths.copy()
    rows = list(group.worths)
    worths[rows] = two.worths[rows]
    facts: Mapping[str, Floats] = {
        f: two.facts[f] if f in group.facts else v for f, v in one.facts.items()
    }
    return replace(
        one, worths=worths, facts=facts,
        rationality=two.rationality if group.rationality else one.rationality,
        knowledge=two.knowledge if group.knowledge else one.knowledge,
    )  # fmt: skip
