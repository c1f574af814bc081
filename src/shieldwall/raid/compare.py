"""Two variants of a network or raid against each other, on the same draws and the same chance."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from shieldwall.draws import band_over
from shieldwall.progress import Progress, Silent
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.run import Outcomes, run
from shieldwall.raid.scene import Scene
from shieldwall.raid.statistics import (
    LEVEL,
    Distribution,
    Interval,
    distribution,
    paired,
    share_interval,
)
from shieldwall.raid.variants import Variant

TEAM_KEYS = ("count", "present", "serviceable", "kill")
"""What ``fielded`` reads of a system whose teams are spread over an area."""


@dataclass(frozen=True)
class Side:
    """What one of the two comes to."""

    threats: int
    leakers: Distribution
    none_through: Interval
    shots: Distribution


@dataclass(frozen=True)
class ShareChange:
    """Of a probability, one less other: by Monte Carlo, and its band over draws."""

    value: float
    low: float
    """5th percentile over draws."""
    high: float
    """95th percentile over draws."""
    interval: Interval


@dataclass(frozen=True)
class LayerChange:
    """Kills and shots of one layer, one less other."""

    layer: str
    kills: Distribution
    shots: Distribution


@dataclass(frozen=True)
class RaidChange:
    """One raid: one side less the other."""

    raid: str
    name: str
    draws: int
    replications: int
    one: Side
    other: Side
    leakers: Distribution
    none_through: ShareChange
    shots: Distribution
    layers: tuple[LayerChange, ...]


@dataclass(frozen=True)
class Comparison:
    """All raids asked for."""

    one: tuple[str, ...]
    """Settings as they were written; none: the network as drawn."""
    other: tuple[str, ...]
    raids: tuple[RaidChange, ...]
    idle: tuple[str, ...]
    """Settings from which nothing follows, each with why."""


def compare(
    scenes: tuple[Scene, ...],
    one: tuple[tuple[str, ...], Variant],
    other: tuple[tuple[str, ...], Variant],
    replications: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Comparison:
    """One less other, raid by raid. Each side is its settings as written, and their variant."""
    progress = progress or Silent()
    found = []
    for scene in scenes:
        progress.step(f"raid: {scene.raid.name}")
        found.append(change(scene, one[1], other[1], replications, workers, progress))
        scene.forget()
    told = dict.fromkeys(w for s in scenes for w in idle((*one[0], *other[0]), s))
    return Comparison(one[0], other[0], tuple(found), tuple(told))


def change(
    scene: Scene,
    one: Variant,
    other: Variant,
    replications: int,
    workers: int | None = None,
    progress: Progress | None = None,
) -> RaidChange:
    """One less other in a raid."""
    progress = progress or Silent()
    picks = plain_picks(np.arange(scene.draws))
    sides, outcomes = [], []
    for n, variant in enumerate((one, other)):
        fielded = field(scene, variant, picks)
        found = run(fielded, replications, workers)
        outcomes.append(found)
        sides.append(
            Side(
                fielded.threat_count, distribution(found.leakers),
                share_interval(found.none_through), distribution(_shots(found)),
            )
        )  # fmt: skip
        progress.advance(n + 1, 2)
    a, b = outcomes
    return RaidChange(
        scene.raid.id, scene.raid.name, scene.draws, replications, sides[0], sides[1],
        leakers=paired(a.leakers, b.leakers),
        none_through=paired_share(a.none_through, b.none_through),
        shots=paired(_shots(a), _shots(b)),
        layers=tuple(
            LayerChange(
                layer,
                paired(a.kills[:, :, n].astype(float), b.kills[:, :, n].astype(float)),
                paired(a.shots[:, :, n].astype(float), b.shots[:, :, n].astype(float)),
            )
            for n, layer in enumerate(scene.layers)
        ),
    )  # fmt: skip


def _shots(outcomes: Outcomes) -> NDArray[np.float64]:
    shots: NDArray[np.float64] = outcomes.shots.sum(axis=2).astype(np.float64)
    return shots


def paired_share(
    one: NDArray[np.bool_], other: NDArray[np.bool_], level: float = LEVEL
) -> ShareChange:
    """Difference of two probabilities seen on the same (M, R) replications.

    The interval is that of Agresti and Min (2005, Statistics in Medicine 24, 729): Wald's after
    half an observation is added to each of the four cells, so that it has a length even where both
    sides always agreed. The band is over the M draws.
    """
    more, less = float((one & ~other).sum()) + 0.5, float((other & ~one).sum()) + 0.5
    total = one.size + 2.0
    middle = (more - less) / total
    half = NormalDist().inv_cdf(0.5 + level / 2) * sqrt(
        more + less - (more - less) ** 2 / total
    ) / total  # fmt: skip
    low, high = band_over(one.mean(axis=1) - other.mean(axis=1))
    value = float(one.mean()) - float(other.mean())
    return ShareChange(
        value, float(low), float(high),
        Interval(value, max(-1.0, middle - half), min(1.0, middle + half)),
    )  # fmt: skip


def idle(settings: Iterable[str], scene: Scene) -> tuple[str, ...]:
    """Of ``KEY=VALUE`` settings, those from which nothing follows in the scene, and why."""
    sited = {b.system.id for b in scene.batteries}
    spread = {s.system.id for s in scene.spreads}
    found = []
    for text in settings:
        parts = text.partition("=")[0].strip().split(".")
        if parts[0] not in ("units", "crews") or parts[1] == "all":
            continue
        if parts[1] not in {u.system for u in scene.ensemble.units}:
            why = f"no unit of {parts[1]} is drawn, since nothing places one"
        elif parts[1] not in sited | spread:
            why = f"units of {parts[1]} are drawn, but no range is published that they fire to"
        elif parts[0] == "units" and parts[1] not in sited and parts[2] not in TEAM_KEYS:
            why = f"{parts[1]} is drawn as teams spread over an area, and teams have no {parts[2]}"
        else:
            continue
        found.append(f"{text}: nothing follows; {why}")
    return tuple(dict.fromkeys(found))
