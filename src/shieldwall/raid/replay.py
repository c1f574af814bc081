"""One replication as a readable log of events."""

from __future__ import annotations

import numpy as np

from shieldwall.raid import kernel
from shieldwall.raid.arrays import Results
from shieldwall.raid.fielded import Fielded, field, plain_picks
from shieldwall.raid.kernel import replicate
from shieldwall.raid.records import Event, Replay
from shieldwall.raid.run import draw_key, effects
from shieldwall.raid.scene import Scene
from shieldwall.raid.variants import Variant

KINDS = {
    kernel.FOUND: "found", kernel.ORDERED: "ordered", kernel.FIRED: "fired",
    kernel.EMPTY: "empty", kernel.TEAM_FIRED: "teams fired", kernel.KILLED: "killed",
    kernel.THROUGH: "through",
}  # fmt: skip
EVENTS_EACH = 40
"""Room in the log for one threat and battery."""


def replay(scene: Scene, variant: Variant, number: int, replications: int) -> Replay:
    """Replication ``number`` of a run of all draws, ``replications`` of each: 0 is the first of
    the first draw. It went just so in that run."""
    draw, replication = divmod(number, replications)
    fielded = field(scene, variant, plain_picks(np.array([draw])))
    log = _logged(fielded, draw, replication)
    started = log[log[:, 0] == kernel.STARTED]
    ended = {int(r[2]): float(r[1]) for r in log if r[0] in (kernel.KILLED, kernel.THROUGH)}
    real = {int(r[2]): bool(r[4]) for r in started}
    told = log[log[:, 0] > kernel.WORKS]
    order = np.lexsort((told[:, 3], told[:, 2], told[:, 0], told[:, 1]))
    works = {int(r[2]) for r in log if r[0] == kernel.WORKS and r[4]}
    return Replay(
        draw, replication, variant.mode,
        tuple(
            (scene.threats[int(r[3])].name, float(r[1]), ended[int(r[2])], bool(r[4]))
            for r in started
        ),
        tuple(_event(scene, told[n], real) for n in order),
        int(sum(real[int(r[2])] for r in told if r[0] == kernel.THROUGH)),
        tuple(
            f.name for n, f in enumerate(scene.wiring.functions)
            if n in works and scene.case.functions
        ),
    )  # fmt: skip


def _logged(fielded: Fielded, draw: int, replication: int) -> np.ndarray:
    """The log of one replication, with the chance that it has in any run."""
    scene = fielded.scene
    threats, bats, teams, graph = fielded.row(0)
    total = int(threats.number.sum() + threats.decoys.sum())
    groups, weapons, count = len(scene.threats), len(scene.weapons), len(scene.batteries)
    room = EVENTS_EACH * (total + 1) * (count + len(scene.spreads) + 1)
    results = Results(
        np.zeros((1, groups), np.int32), np.zeros((1, weapons), np.int32),
        np.zeros((1, weapons), np.int32), np.zeros((1, count), np.float32),
        np.zeros((1, weapons), np.int32), np.zeros((room, 5)),
    )  # fmt: skip
    filled = replicate(
        draw_key(scene.case.seed, draw), replication,
        effects(scene, draw, replication, 1, scene.case.seed), threats, fielded.masks(0), bats,
        teams, graph, results,
    )  # fmt: skip
    return results.log[: int(filled)]


def _event(scene: Scene, row: np.ndarray, real: dict[int, bool]) -> Event:
    kind, at, threat, by = int(row[0]), float(row[1]), int(row[2]), int(row[3])
    batteries = len(scene.batteries)
    name = ""
    if by >= batteries:
        name = scene.spreads[by - batteries].unit.id
    elif by >= 0:
        name = f"{scene.batteries[by].unit.id} {scene.batteries[by].kind}"
    rounds = int(row[4]) if kind in (kernel.FIRED, kernel.TEAM_FIRED) else 0
    return Event(at, KINDS[kind], threat, name, rounds, real[threat])
