"""Raids per second of one processor, how that grows, and beside the same raid in plain simpy.

Invented cases are written to a temporary folder and go the way of ``shieldwall raid``. Masks are
made by a first run and not timed, as for every variant but the first. simpy is wanted by nothing
else: ``pip install simpy``; without it the table says so. ``python -m benchmarks raid`` takes about
a minute.
"""

from __future__ import annotations

import sys
import tempfile
import time
from importlib.util import find_spec
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from benchmarks.raid_simpy import SimpyRaid
from benchmarks.tables import cores, show

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from raid_folders import DRONES, MISSILES, write_case
from shieldwall.raid.fielded import Fielded, field, plain_picks
from shieldwall.raid.run import Outcomes, run
from shieldwall.raid.setting import setting
from shieldwall.raid.variants import Variant

DRAWS = 16
TIMES = 3
OWED = {20: "1,000 (aim 20,000)", 253: "50"}
QUOTED = {"Panopticon": 3.9, "a C2 simulator": 0.4}
"""Raids per second of a processor, as quoted in earlier notes: not measured here, nor alike."""


def main() -> None:
    """Print every table as it is measured."""
    with cores(1):
        speed()
        growth()


def speed() -> None:
    """Two raids, ours and in simpy, on the same masks in the same run."""
    rows = []
    for threats, replications, plays in ((20, 512, 40), (253, 64, 3)):
        fielded = _fielded(threats)
        rate, outcomes = _rate(fielded, replications)
        name = f"{threats} threats, 4 sites, a network"
        rows.append([name, "Shieldwall", f"{rate:,.0f}", "", _leakers(outcomes.leakers), ""])
        if find_spec("simpy") is None:
            rows.append([name, "simpy: not installed (pip install simpy)", "", "", "", ""])
        else:
            theirs, seen = _simpy(fielded, plays)
            ours = outcomes.leakers[:, :, None].mean(axis=1)
            rows.append([name, "plain simpy", f"{theirs:,.1f}", f"{rate / theirs:,.0f}",
                         _leakers(seen), _apart(seen, ours)])  # fmt: skip
        if threats == 20:
            for who, quoted in QUOTED.items():
                rows.append([name, f"{who}, quoted", f"{quoted}", f"{rate / quoted:,.0f}", "", ""])
        print(f"  {name}: owed {OWED[threats]}, measured {rate:,.0f}", flush=True)
    show(
        "Raids per second of one processor",
        ["", "", "raids/s", "ours over theirs", "come through", "difference"],
        rows,
        "Masks given to both. simpy: the same draws and rules, chance of its own; difference of the"
        " means with\n  its 95 % Monte Carlo interval. Quoted: figures of earlier notes, not"
        " measured here, and not of this raid.",
    )


def growth() -> None:
    """How a replication's cost grows with threats, sites and draws."""
    rows = []
    for threats in (5, 10, 20, 40, 80, 160, 253):
        rows.append(_row(f"{threats} threats, 4 sites, {DRAWS} draws", _fielded(threats)))
    for sites in (1, 2, 4, 8, 12):
        rows.append(_row(f"20 threats, {sites} sites, {DRAWS} draws", _fielded(20, sites)))
    for draws in (16, 64, 256, 1_024):
        rows.append(_row(f"20 threats, 4 sites, {draws} draws", _fielded(20, 4, draws)))
    show(
        "Growth",
        ["", "raids/s", "microseconds a raid", "masks, ms a draw", "a variant, ms a draw"],
        rows,
        "a variant: what changing the network costs before its first raid (rows of all draws).",
    )


def _row(name: str, fielded: Fielded) -> list[str]:
    scene, rows = fielded.scene, fielded.rows
    scene.forget()
    began = time.process_time()
    for m in range(rows):
        fielded.masks(m)
    masks = time.process_time() - began
    began = time.process_time()
    field(scene, Variant("autonomous"), fielded.picks)
    variant = time.process_time() - began
    rate, _ = _rate(fielded, max(8, 4_096 // rows))
    return [name, f"{rate:,.0f}", f"{1e6 / rate:,.0f}", f"{1e3 * masks / rows:.2f}",
            f"{1e3 * variant / rows:.3f}"]  # fmt: skip


def _fielded(threats: int, sites: int = 4, draws: int = DRAWS) -> Fielded:
    """Half drones and half cruise missiles; of 253 threats 200 are drones."""
    drones = 200 if threats == 253 else threats // 2
    groups = [{**DRONES, "number": drones}, {**MISSILES, "number": threats - drones}]
    with tempfile.TemporaryDirectory() as folder:
        case = write_case(Path(folder) / "case", {"raid": groups}, sites, draws)
        (scene,) = setting(case, workers=1).scenes(1)
    fielded = field(scene, Variant(), plain_picks(np.arange(draws)))
    run(fielded, 1, 1)  # compiles, and makes the masks
    return fielded


def _rate(fielded: Fielded, replications: int) -> tuple[float, Outcomes]:
    """Raids per second of a processor, best of some runs, and what they came to."""
    best, outcomes = float("inf"), None
    for _ in range(TIMES):
        began = time.process_time()
        outcomes = run(fielded, replications, 1)
        best = min(best, time.process_time() - began)
    if outcomes is None:
        raise ValueError("nothing was run")
    return fielded.rows * replications / best, outcomes


def _simpy(fielded: Fielded, plays: int) -> tuple[float, Any]:
    """The same of the peer: raids per second, and those through (M, R)."""
    rows, rng = [SimpyRaid(fielded, m) for m in range(fielded.rows)], Random(1)
    began = time.process_time()
    seen = np.array([[row.play(rng) for _ in range(plays)] for row in rows], dtype=float)
    return fielded.rows * plays / (time.process_time() - began), seen


def _leakers(seen: Any) -> str:
    return f"{seen.mean():.2f}"


def _apart(seen: Any, ours: Any) -> str:
    """Theirs less ours, draws as strata; the chance of ours is small beside theirs."""
    half = 1.96 * sqrt((seen.var(axis=1, ddof=1) / seen.shape[1]).sum()) / seen.shape[0]
    more = seen.mean() - ours.mean()
    return f"{more:+.2f} ± {half:.2f}"


if __name__ == "__main__":
    main()
