"""Running raids: replications of every draw, on any number of workers, with the same bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from shieldwall.network.ensemble import Floats
from shieldwall.raid.arrays import Results
from shieldwall.raid.fielded import Fielded, Ints
from shieldwall.raid.kernel import replicate, stir
from shieldwall.raid.scene import Scene
from shieldwall.raid.statistics import mean_interval, share_interval
from shieldwall.workers import processors, spread

Ints32 = NDArray[np.int32]

BATCH = 32
"""Replications of each draw between two looks at the half-width, and in each of which raid-level
effects are stratified."""


@dataclass(frozen=True)
class Outcomes:
    """M draws, R replications of each."""

    leakers_by_group: Ints32  # (M, R, G) real threats through
    weapon_kills: Ints32  # (M, R, W) real threats killed by each weapon of the scene
    weapon_shots: Ints32  # (M, R, W)
    empty_s: NDArray[np.float32]  # (M, R, B) when ready rounds were used up; inf: never
    weapon_decoys: Ints32  # (M, R, W) decoys killed
    layer_of: Ints32  # (W,) the layer of each weapon
    layers: int

    @cached_property
    def kills(self) -> Ints32:
        """(M, R, L) real threats killed by each layer."""
        return self._by_layer(self.weapon_kills)

    @cached_property
    def shots(self) -> Ints32:
        """(M, R, L) rounds fired by each layer."""
        return self._by_layer(self.weapon_shots)

    @cached_property
    def decoys_killed(self) -> Ints32:
        """(M, R)"""
        killed: Ints32 = self.weapon_decoys.sum(axis=2)
        return killed

    def _by_layer(self, counts: Ints32) -> Ints32:
        out = np.zeros((*counts.shape[:2], self.layers), np.int32)
        for n, layer in enumerate(self.layer_of):
            out[:, :, layer] += counts[:, :, n]
        return out

    @cached_property
    def leakers(self) -> Floats:
        """(M, R) real threats through, of all groups."""
        through: Floats = self.leakers_by_group.sum(axis=2).astype(np.float64)
        return through

    @property
    def none_through(self) -> NDArray[np.bool_]:
        """(M, R)"""
        none: NDArray[np.bool_] = self.leakers == 0
        return none

    def leakers_only(self) -> Outcomes:
        """The same without what comparisons of leakers do not read: a tenth of the memory."""
        none = np.zeros((*self.weapon_kills.shape[:2], 0), np.int32)
        return Outcomes(
            self.leakers_by_group, none, none, none.astype(np.float32), none,
            np.zeros(0, np.int32), self.layers,
        )  # fmt: skip

    @property
    def replications(self) -> int:
        """R."""
        return int(self.weapon_kills.shape[1])


def run(
    fielded: Fielded,
    replications: int,
    workers: int | None = None,
    first: int = 0,
    seed: int | None = None,
    chance: Ints | None = None,
) -> Outcomes:
    """Replications ``first`` to ``first + replications`` of every row.

    Two variants of the same rows meet the same chance: that of the draw of their places, or of the
    draws ``chance`` (M,). ``seed``: other chance than the case's. The number of ``workers``
    changes nothing.
    """
    rows, scene = fielded.rows, fielded.scene
    groups, weapons, batteries = len(scene.threats), len(scene.weapons), len(scene.batteries)
    key = scene.case.seed if seed is None else seed
    out = Outcomes(
        np.zeros((rows, replications, groups), np.int32),
        np.zeros((rows, replications, weapons), np.int32),
        np.zeros((rows, replications, weapons), np.int32),
        np.full((rows, replications, batteries), np.inf, np.float32),
        np.zeros((rows, replications, weapons), np.int32),
        np.array([scene.layers.index(w.layer) for w in scene.weapons], dtype=np.int32),
        len(scene.layers),
    )
    threads = max(1, min(workers or processors(), rows))

    def some(start: int) -> None:
        for m in range(start, rows, threads):
            draw = int((fielded.picks["places"] if chance is None else chance)[m])
            results = Results(
                out.leakers_by_group[m], out.weapon_kills[m], out.weapon_shots[m], out.empty_s[m],
                out.weapon_decoys[m], np.empty((0, 5)),
            )  # fmt: skip
            threats, bats, teams, graph = fielded.row(m)
            replicate(
                draw_key(key, draw), first, effects(scene, draw, first, replications, key),
                threats, fielded.masks(m), bats, teams, graph, results,
            )  # fmt: skip

    spread(some, range(threads), threads)
    return out


def draw_key(seed: int, *indices: int) -> np.uint64:
    """The kernel's key of a draw, or of anything else that is numbered."""
    key = np.uint64(seed)
    for index in indices:
        key = np.uint64(stir(key, index))
    return key


def effects(scene: Scene, draw: int, first: int, replications: int, seed: int) -> Floats:
    """(R, G) raid-level effects, one for each class of threat: a quantile in [0, 1).

    Stratified over every ``BATCH`` replications, so that the luck of few of them is evened out;
    replication r of a draw has the same effect however runs are divided.
    """
    classes = [t.category for t in scene.threats]
    blocks = range(first // BATCH, (first + replications - 1) // BATCH + 1)
    found = {}
    for n, name in enumerate(dict.fromkeys(classes)):
        parts = []
        for block in blocks:
            rng = np.random.default_rng(np.random.SeedSequence([seed, draw, block, n]))
            parts.append((rng.permutation(BATCH) + rng.random(BATCH)) / BATCH)
        found[name] = np.concatenate(parts)[first % BATCH :][:replications]
    return np.column_stack([found[c] for c in classes])


def joined(parts: list[Outcomes]) -> Outcomes:
    """Runs of the same rows, one after the other."""

    def along(name: str) -> Any:
        return np.concatenate([getattr(p, name) for p in parts], axis=1)

    return Outcomes(
        along("leakers_by_group"), along("weapon_kills"), along("weapon_shots"), along("empty_s"),
        along("weapon_decoys"), parts[0].layer_of, parts[0].layers,
    )  # fmt: skip


def run_until(
    fielded: Fielded,
    half_width: float,
    most: int,
    workers: int | None = None,
    tell: Callable[[int, float], None] = lambda done, width: None,
) -> Outcomes:
    """Batches until the shares of leakers and of raids without any are known to ``half_width``.

    Half-widths of 95 % intervals by Monte Carlo: the share of threats through, draws as strata,
    and Wilson's of the raids in which none is. Stops at ``most`` replications of a draw.
    """
    parts: list[Outcomes] = []
    done = 0
    while done < most:
        batch = min(BATCH, most - done)
        parts.append(run(fielded, batch, workers, done))
        done += batch
        whole = joined(parts)
        share = mean_interval(whole.leakers / max(1, fielded.threat_count)).half_width
        width = max(share, share_interval(whole.none_through).half_width)
        tell(done, width)
        if width <= half_width:
            break
    return joined(parts)
