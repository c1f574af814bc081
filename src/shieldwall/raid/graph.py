"""The network as a graph of functions: what needs what, what serves whom, in the kernel's order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.raid_records import Function, Outage

if TYPE_CHECKING:
    from shieldwall.raid.scene import Battery, Spread
    from shieldwall.raid.unknowns import Known

Array = NDArray[Any]

DELAY = {"sensor": "sensor_s", "command": "decision_s", "link": "link_s"}
"""Kind of function -> the assumption of what it adds; power adds nothing."""


@dataclass(frozen=True)
class Wiring:
    """F functions in an order in which each needs only earlier ones.

    ``group_start``, ``choice_start`` and ``choices`` as in ``arrays.Graph``.
    """

    functions: tuple[Function, ...]
    group_start: Array
    choice_start: Array
    choices: Array
    joined_by: Array  # (F, B)
    powered_by: Array  # (F, B)
    warned_by: Array  # (F, D)
    command_of: Array  # (F,)
    hears: Array  # (F, F)
    sensor_of: Array  # (F, Z)
    consists_of: tuple[tuple[int, ...], ...]
    """Columns of the ensemble that a sensor function is made of."""
    drawn: dict[str, Array]
    """``well``, ``delay_s``, ``capacity`` (N, F), ``degraded`` (N,), ``warned``, ``cold`` (N, D)"""

    def index(self, id: str) -> int:
        """Where a function stands."""
        return next(n for n, f in enumerate(self.functions) if f.id == id)


def wire(
    known: Known,
    batteries: tuple[Battery, ...],
    sensors: tuple[int, ...],
    spreads: tuple[Spread, ...],
) -> Wiring:
    """The case's functions, wired to the batteries, sensors and teams of an ensemble.

    A case without functions has a network that joins nothing.
    """
    case, ensemble = known.case, known.ensemble
    functions = in_order(case.functions)
    place = {f.id: n for n, f in enumerate(functions)}
    groups = [[place[c] for c in group] for f in functions for group in f.needs]
    counts = np.cumsum([0, *(len(f.needs) for f in functions)])
    sizes = np.cumsum([0, *(len(g) for g in groups)])
    needed = [_below(functions, place, n) for n in range(len(functions))]
    units = ensemble.units
    serves = np.array(
        [[b.system.id in f.serves for b in batteries] for f in functions], dtype=np.bool_
    ).reshape(len(functions), len(batteries))
    power = np.array([f.kind == "power" for f in functions], dtype=np.bool_)
    watched = [n for n, f in enumerate(functions) if f.kind == "sensor"]
    hears = np.zeros((len(functions), len(functions)), dtype=np.bool_)
    for n, f in enumerate(functions):
        if f.kind == "command":
            heard = [h for h in watched if h in needed[n]]
            hears[n, heard or watched] = True
    return Wiring(
        functions=functions,
        group_start=counts.astype(np.int64),
        choice_start=sizes.astype(np.int64),
        choices=np.array([c for g in groups for c in g], dtype=np.int64),
        joined_by=serves & ~power[:, None],
        powered_by=serves & power[:, None],
        warned_by=np.array(
            [[s.system.id in f.serves and f.kind != "power" for s in spreads] for f in functions],
            dtype=np.bool_,
        ).reshape(len(functions), len(spreads)),
        command_of=np.array([_commander(functions, needed[n], n) for n in range(len(functions))]),
        hears=hears,
        sensor_of=np.array(
            [[units[c].system in f.made_of for c in sensors] for f in functions], dtype=np.bool_
        ).reshape(len(functions), len(sensors)),
        consists_of=tuple(
            tuple(n for n, u in enumerate(units) if u.system in f.made_of and u.kind == "site")
            for f in functions
        ),
        drawn=_drawn(functions, spreads, known),
    )


def in_order(functions: tuple[Function, ...]) -> tuple[Function, ...]:
    """The functions so that each needs only earlier ones; loading has ruled out circles.

    Where there are none, one that never works stands in, so that nothing is joined.
    """
    if not functions:
        return (Function("none", "none", "link", (), (), (), None, None, None, "", ""),)
    placed: dict[str, Function] = {}
    while len(placed) < len(functions):
        for f in functions:
            if f.id not in placed and all(c in placed for group in f.needs for c in group):
                placed[f.id] = f
    return tuple(placed.values())


def _below(functions: tuple[Function, ...], place: dict[str, int], n: int) -> set[int]:
    """All that a function needs, directly or not."""
    found: set[int] = set()
    ahead = [n]
    while ahead:
        for group in functions[ahead.pop()].needs:
            new = {place[c] for c in group} - found
            found |= new
            ahead.extend(new)
    return found


def _commander(functions: tuple[Function, ...], needed: set[int], n: int) -> int:
    """The command post nearest to what a function joins: itself, or the last it needs; else -1."""
    if functions[n].kind == "command":
        return n
    return max((m for m in needed if functions[m].kind == "command"), default=-1)


def _drawn(
    functions: tuple[Function, ...], spreads: tuple[Spread, ...], known: Known
) -> dict[str, Array]:
    n = known.ensemble.draws
    well, delay, capacity = (np.zeros((n, len(functions))) for _ in range(3))
    for i, f in enumerate(functions):
        name = f"function {f.id}"
        if f.id != "none":
            well[:, i] = (
                known.assumption("function_works", name) if f.works is None
                else known.band(f.works, f"raid works {f.id}")
            )  # fmt: skip
        if f.kind in DELAY:
            delay[:, i] = (
                known.assumption(DELAY[f.kind], name) if f.delay_s is None
                else known.band(f.delay_s, f"raid delay {f.id}")
            )  # fmt: skip
        if f.kind == "command":
            capacity[:, i] = (
                known.assumption("command_capacity", name) if f.capacity is None
                else known.band(f.capacity, f"raid capacity {f.id}")
            )  # fmt: skip
    empty = np.empty((n, 0))
    return {
        "well": well,
        "delay_s": delay,
        "capacity": np.maximum(np.rint(capacity), 1.0),
        "degraded": known.assumption("degraded_delay", "network"),
        "warned": np.stack([known.assumption("teams_warned", s.system.id) for s in spreads], axis=1)
        if spreads else empty,
        "cold": np.stack([known.assumption("teams_cold", s.system.id) for s in spreads], axis=1)
        if spreads else empty,
    }  # fmt: skip


def outages(wiring: Wiring, unavailable: tuple[Outage, ...]) -> tuple[Array, Array]:
    """From when and for how long each function is itself out (F,), from the first to the last where
    there are several; what that means for its dependants depends on what else works."""
    start = np.zeros(len(wiring.functions))
    length = np.zeros(len(wiring.functions))
    for out in unavailable:
        _widen(start, length, wiring.index(out.function), out.from_s, out.for_s)
    return start, length


def _widen(start: Array, length: Array, n: int, from_s: float, for_s: float) -> None:
    if length[n] == 0:
        start[n], length[n] = from_s, for_s
        return
    end = max(start[n] + length[n], from_s + for_s)
    start[n] = min(start[n], from_s)
    length[n] = end - start[n]
