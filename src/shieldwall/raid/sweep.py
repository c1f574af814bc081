"""Raids at every point of a design: a table, and nothing that ranks its rows.

All points meet the same draws and the same chance, so that rows differ by what is varied alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np

from shieldwall import __version__
from shieldwall.case.files import case_files
from shieldwall.catalogue.load import DATA
from shieldwall.errors import UsageError
from shieldwall.files import writable
from shieldwall.progress import Progress, Silent
from shieldwall.raid import sweep_table
from shieldwall.raid.compare import idle
from shieldwall.raid.design import Design, Point, check_names, points, read_design
from shieldwall.raid.fielded import field, plain_picks
from shieldwall.raid.journal import Journal, Row
from shieldwall.raid.run import run
from shieldwall.raid.scene import Scene
from shieldwall.raid.setting import Setting, setting
from shieldwall.raid.statistics import QUANTILES, distribution, share_interval
from shieldwall.raid.variants import Names, parse

DIGITS = 9
"""Significant digits of a figure: the last bits of a mean differ between processors."""
MOST_RUNS = 4_000_000


@dataclass(frozen=True)
class Task:
    """What is done at a point, wherever it is done: everything that one needs."""

    scenes: tuple[Scene, ...]
    design: Design
    names: Names
    version: str


@dataclass(frozen=True)
class Swept:
    """What a sweep wrote."""

    points: int
    resumed: int
    """Points that an earlier, stopped sweep had finished."""
    rows: int
    columns: tuple[str, ...]
    files: tuple[Path, ...]
    idle: tuple[str, ...]
    """Keys from which nothing follows, each with why."""


Numbered = tuple[int, Point]
Solve = Callable[[Task, list[Numbered]], Iterator[tuple[int, list[Row]]]]
"""Rows of each of the points, in any order."""


def sweep(
    folder: Path,
    file: Path,
    out: Path | None = None,
    cache: Path | None = None,
    draws: int | None = None,
    workers: int | None = None,
    dask: str | None = None,
    progress: Progress | None = None,
) -> Swept:
    """Run the design of ``file`` on a case and write ``sweep.parquet`` and ``sweep.csv``.

    ``out``: the folder, by default ``out/`` and the case's name. ``dask``: ``local`` or the
    address of a scheduler; the same bytes come out. Raises ``UsageError``, ``InputError``,
    ``TerrainError`` or ``OutputError``.
    """
    progress = progress or Silent()
    sweep_table.check_installed()
    if dask is not None:
        from shieldwall.raid import dask_pool

        dask_pool.check_installed()
    design = read_design(file)
    made = setting(folder, cache, draws, None, workers, progress, design.raids)
    names = made.names
    check_names(design, names, file)
    if made.ensemble.draws * design.replications > MOST_RUNS:
        raise UsageError(
            f"{made.ensemble.draws} draws with {design.replications} replications of each are too "
            f"many at one point; at most {MOST_RUNS:,} together"
        )
    place = writable(Path("out", made.case.name) if out is None else out)
    todo = list(enumerate(points(design, made.case.seed)))
    task = Task(made.scenes(workers, progress), design, names, __version__)
    progress.step(f"sweep: {len(todo)} points")
    with Journal(place, key_of(task, made, [p for _, p in todo])) as journal:
        resumed = len(journal.done)
        left = [each for each in todo if each[0] not in journal.done]
        progress.advance(resumed, len(todo))
        for number, rows in _solver(dask, workers)(task, left) if left else ():
            journal.add(number, rows)
            progress.advance(len(journal.done), len(todo))
        columns = columns_of(task)
        table = [
            {**dict(zip(design.keys, point, strict=True)), "point": number, **row}
            for number, point in todo
            for row in journal.done[number]
        ]
        files = sweep_table.write(place, columns, table)
        journal.finish()
    return Swept(
        len(todo), resumed, len(table), tuple(columns), files,
        tuple(dict.fromkeys(
            line for scene in task.scenes for line in idle(design.keys, scene)
        )),
    )  # fmt: skip


def _solver(dask: str | None, workers: int | None) -> Solve:
    if dask is None:
        return lambda task, left: ((n, evaluate(task, point, workers)) for n, point in left)
    from shieldwall.raid.dask_pool import solve

    return lambda task, left: solve(task, left, dask, workers)


def evaluate(task: Task, point: Point, workers: int | None = None) -> list[Row]:
    """The rows of one point, one for each raid: what every process computes alike."""
    if task.version != __version__:
        raise UsageError(
            f"a worker has shieldwall {__version__} and the sweep {task.version}; install the same"
        )
    variant = parse(task.design.settings(point), task.names)
    found = []
    for scene in task.scenes:
        fielded = field(scene, variant, plain_picks(np.arange(scene.draws)))
        outcomes = run(fielded, task.design.replications, workers)
        leakers = distribution(outcomes.leakers, float(fielded.threat_count))
        none = share_interval(outcomes.none_through)
        shots = distribution(outcomes.shots.sum(axis=2).astype(np.float64))
        row: Row = {
            "raid": scene.raid.id,
            "draws": scene.draws,
            "replications": task.design.replications,
            "threats": fielded.threat_count,
            "decoys": int(fielded.threats.decoys.sum()),
            "leakers_mean": leakers.mean,
            "leakers_low": leakers.low,
            "leakers_high": leakers.high,
            **dict(zip(_quantile_names(), leakers.quantiles, strict=True)),
            "p_none_through": none.value,
            "p_none_through_low": none.low,
            "p_none_through_high": none.high,
            "shots_mean": shots.mean,
            "shots_low": shots.low,
            "shots_high": shots.high,
        }
        for n, layer in enumerate(scene.layers):
            row[f"kills_{layer}"] = float(outcomes.kills[:, :, n].mean())
        found.append({k: _short(v) if isinstance(v, float) else v for k, v in row.items()})
    return found


def columns_of(task: Task) -> dict[str, type]:
    """Column -> type of its values, in the table's order."""
    numbers = {"draws": int, "replications": int, "threats": int, "decoys": int}
    figures = (
        "leakers_mean", "leakers_low", "leakers_high", *_quantile_names(), "p_none_through",
        "p_none_through_low", "p_none_through_high", "shots_mean", "shots_low", "shots_high",
        *dict.fromkeys(f"kills_{layer}" for scene in task.scenes for layer in scene.layers),
    )  # fmt: skip
    return {
        "point": int,
        **{v.key: str if v.values and isinstance(v.values[0], str) else float
           for v in task.design.vary},
        "raid": str, **numbers, **dict.fromkeys(figures, float),
    }  # fmt: skip


def _quantile_names() -> tuple[str, ...]:
    return tuple(f"leakers_q{round(100 * q):02d}" for q in QUANTILES)


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}") + 0.0


def key_of(task: Task, made: Setting, design: Iterable[Point]) -> str:
    """A hash of all that the rows depend on: the case's files, readings of images included, and its
    seed, the catalogue, the terrain as seen along the tracks, the design and its points, the
    version."""
    digest = blake2b(digest_size=32)

    def add(name: str, data: bytes) -> None:
        digest.update(f"{name}:{len(data)}:".encode())
        digest.update(data)

    folder = made.case.folder
    for path in case_files(folder):
        add(path.relative_to(folder).as_posix(), path.read_bytes())
    for path in sorted(DATA.rglob("*.toml")):
        add(path.relative_to(DATA).as_posix(), path.read_bytes())
    told = {
        "version": task.version, "seed": made.case.seed, "draws": made.ensemble.draws,
        "design": asdict(task.design), "points": list(design),
    }  # fmt: skip
    add("design", json.dumps(told, sort_keys=True).encode())
    sight = task.scenes[0].sight
    add("ground", sight.ground_m.tobytes())
    for part in (sight.floor_m, sight.site_m, sight.visible):
        for unit in sorted(part):
            add(unit, np.ascontiguousarray(part[unit]).tobytes())
    return digest.hexdigest()
