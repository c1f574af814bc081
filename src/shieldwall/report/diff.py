"""What moved between two results of one case, by how much, and which changed inputs lie below it.

A figure moved where its value differs by more than a step of its unit and a tenth of the wider of
its two intervals; or, where its value held, where an end of its interval differs by more than a
step and a quarter of the wider one. With the same seed and as many draws both sides meet the same
random numbers, so what is left is no noise of drawing. Otherwise a figure that was drawn must also
move by four standard errors of the difference, and ends of its interval are not judged: they jump
where chances are split. An interval from the 5th to the 95th percentile is taken as 3.29 standard
deviations wide (the normal distribution) where it holds its own mean; a share without such an
interval has at most the variance p(1 - p) (Bhatia and Davis 2000). A figure whose value and
interval print the same on both sides has not moved for a reader, and is left out.

What is named below a figure changed and lies on its trail; how much of the move each did is not
worked out.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from shieldwall.errors import InputError, UsageError
from shieldwall.provenance import CHANGE, Ledger, Quantity
from shieldwall.report.diff_items import Item, Spoken, by_id, changed_items, other_parts
from shieldwall.report.explain import FILE, read_ledger
from shieldwall.report.words import is_known, measure, plain, span

Trails = Mapping[str, int]
"""Id -> the changed items on its trail, as bits of one number."""
ROOMS = ("presence", "control", "coverage", "raids", "calculus", "evidence")
"""In the order of the questions; what the evidence weighs comes last."""
_ROOM_OF = {
    "orbat": "presence", "network": "presence", "control": "control", "coverage": "coverage",
    "reach": "coverage", "distance": "coverage", "terrain": "coverage", "raid": "raids",
    "calculus": "calculus",
}  # fmt: skip
_UNCOMPARED = re.compile(r"control\.[^.]+\.step\.|raid\.[^.]+\.(runs|replay)$")
"""Steps of an answer are numbered, so one more claim renames all; runs are a setting, and the
raid that is replayed is one replication of one draw: what it loses is chance."""
_PIECE = re.compile(r"control\.[^.]+\.(sign|without)\.|calculus\.answered\b")
"""What one piece of the evidence does, and what the dated record holds."""
_EXACT = re.compile(
    r"(evidence|weight|bits|origins|topic|without|ach|distance|terrain)\."
    r"|orbat\..*\.(held|fused|share|serviceable)$|control\.[^.]+\.(held|serviceable|sign\..*)$|.*\.origins$"
)
"""Figures that are worked out, not drawn."""
STEPS = {"share": 0.01, "probability": 0.01, CHANGE: 0.01, "bits": 0.05}
RELATIVE_STEP = 0.02
"""Of the larger value, in every other unit."""
OF_INTERVAL, OF_ENDS = 0.1, 0.25
_ERRORS = 4.0
_DEVIATIONS_WIDE = 3.29
_LONGEST_NAME = 60
_GRAIN = 0.25
"""Standard error at the least of a median of whole numbers: it steps by one."""
_ROUGH = 0.1
"""Standard error of a drawn figure of which nothing better is known, of its value."""


@dataclass(frozen=True)
class Results:
    """One results folder, as far as two are compared."""

    folder: Path
    ledger: Ledger
    case: Mapping[str, Any]
    spoken: Spoken
    seed: int
    draws: int
    version: str


@dataclass(frozen=True)
class Move:
    """A figure that moved; ``because`` are places in ``Difference.items``."""

    id: str
    room: str
    old: Quantity
    new: Quantity
    threshold: float
    size: float
    """How far it moved: shares and probabilities as they are, the rest against value or width."""
    because: tuple[int, ...]


@dataclass(frozen=True)
class Alone:
    """A figure that one side only has, with the changed items on its trail."""

    figure: Quantity
    because: tuple[int, ...]


@dataclass(frozen=True)
class Difference:
    """All that differs between two results of a case; moves are sorted, the largest first."""

    old: Results
    new: Results
    compared: int
    moves: tuple[Move, ...]
    gone: tuple[Alone, ...]
    fresh: tuple[Alone, ...]
    items: tuple[Item, ...]
    other: tuple[str, ...]
    """Parts of the case that changed and that no trail ends at."""

    @cached_property
    def same_draws(self) -> bool:
        """Whether both meet the same random numbers."""
        return same_draws(self.old, self.new)


def same_draws(old: Results, new: Results) -> bool:
    """Whether two results meet the same random numbers: one seed, as many draws."""
    return (old.seed, old.draws) == (new.seed, new.draws)


def difference(old: Path, new: Path) -> Difference:
    """Compare two folders that ``assess`` wrote.

    Raises ``InputError`` where one is not such a folder, ``UsageError`` for two cases.
    """
    first, second = read_results(old), read_results(new)
    names = first.case["name"], second.case["name"]
    if names[0] != names[1] and first.case.get("title") != second.case.get("title"):
        one, other = (plain(str(name))[:_LONGEST_NAME] for name in names)
        raise UsageError(
            f"{old} is of the case {one!r}, {new} of {other!r}; name two results of one case"
        )
    before, after = first.ledger, second.ledger
    items = changed_items(before, after, first.spoken, second.spoken)
    then, now = _compared(before), _compared(after)
    both = sorted(then.keys() & now.keys())
    below = _below(before, [i.old_ids for i in items]), _below(after, [i.new_ids for i in items])
    moves = list(_moves(first, second, below, both))
    return Difference(
        first, second, len(both),
        tuple(sorted(moves, key=lambda m: (-m.size, ROOMS.index(m.room), m.id))),
        _alone(before, below[0], then.keys() - now.keys()),
        _alone(after, below[1], now.keys() - then.keys()),
        items, other_parts(first.case, second.case),
    )  # fmt: skip


def _alone(ledger: Ledger, trails: Trails, ids: Iterable[str]) -> tuple[Alone, ...]:
    return tuple(Alone(ledger.quantities[id], _places(trails.get(id, 0))) for id in sorted(ids))


def room_of(id: str) -> str:
    """Which question a figure belongs to; what a single piece of evidence does is evidence."""
    if _PIECE.match(id):
        return "evidence"
    return _ROOM_OF.get(id.split(".", 1)[0], "evidence")


def read_results(folder: Path) -> Results:
    """One results folder. Raises ``InputError`` where it holds no assessment, or an older one."""
    path = folder / FILE
    ledger = read_ledger(path)
    try:
        data = json.loads(path.read_text("utf-8"))
        spoken = _spoken(data["case"], data["evidence"])
        found = Results(
            folder, ledger, data["case"], spoken, int(data["network"]["seed"]),
            int(data["network"]["draws"]), str(data["version"]),
        )  # fmt: skip
        str(found.case["name"]), str(found.case["as_of"])
        for quantity in ledger.quantities.values():
            for value in (quantity.value, quantity.low, quantity.high):
                if value is not None:
                    float(value)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        why = f"{path}: written by an older version, or changed since ({_missing(error)} is missing"
        raise InputError(f"{why} or wrong); assess again") from error
    return found


def _missing(error: Exception) -> str:
    return str(error.args[0])[:60] if isinstance(error, KeyError) else "a key"


def _spoken(case: Mapping[str, Any], evidence: Mapping[str, Any]) -> Spoken:
    own: dict[str, float] = {}
    for edge in evidence["edges"]:
        own[edge["claim"]] = max(0.0, own.get(edge["claim"], 1.0) - edge["probability"])
    return Spoken(
        by_id([*case["claims"], *evidence["readings"]]),
        by_id(case["sources"]),
        frozenset(evidence["read"]),
        {w["claim"]: w for w in evidence["weights"]},
        {c: group["origin"] for group in evidence["origins"] for c in group["claims"]},
        own,
    )


def _compared(ledger: Ledger) -> dict[str, Quantity]:
    return {id: q for id, q in ledger.quantities.items() if not _UNCOMPARED.match(id)}


def _moves(
    old: Results, new: Results, below: tuple[Trails, Trails], both: list[str]
) -> Iterator[Move]:
    spread = 0.0 if same_draws(old, new) else math.sqrt(1 / old.draws + 1 / new.draws)
    for id in both:
        was, now = old.ledger.quantities[id], new.ledger.quantities[id]
        threshold, moved = judge(was, now, spread)
        if moved and _printed(was) != _printed(now):
            because = _places(below[0].get(id, 0) | below[1].get(id, 0))
            yield Move(id, room_of(id), was, now, threshold, _size(was, now), because)


def _printed(figure: Quantity) -> tuple[str, str]:
    return measure(figure.value, figure.unit), span(figure.low, figure.high, figure.unit)


def _places(bits: int) -> tuple[int, ...]:
    return tuple(n for n in range(bits.bit_length()) if bits >> n & 1)


def judge(was: Quantity, now: Quantity, spread: float = 0.0) -> tuple[float, bool]:
    """By how much a value must differ to be told, and whether the figure moved.

    ``spread`` is the root of 1/n + 1/m for n and m draws that are not the same ones, else 0.
    """
    first, second = was.value, now.value
    if first is None or second is None or not (is_known(first) and is_known(second)):
        return 0.0, is_known(first) != is_known(second)
    step = STEPS.get(now.unit, RELATIVE_STEP * max(abs(first), abs(second)))
    width = max(_width(was), _width(now))
    error = _error(was, now, width, spread)
    threshold = max(step, OF_INTERVAL * width, _ERRORS * error)
    ends = math.inf if error else max(step, OF_ENDS * width)
    shifts = [
        abs(a - b)
        for a, b in ((was.low, now.low), (was.high, now.high))
        if a is not None and b is not None
    ]
    slack = 1e-9 * max(abs(first), abs(second), 1.0)
    moved = abs(first - second) > threshold + slack or max(shifts, default=0.0) > ends + slack
    return threshold, moved


def _width(quantity: Quantity) -> float:
    if quantity.low is None or quantity.high is None:
        return 0.0
    return max(0.0, quantity.high - quantity.low)


def _error(was: Quantity, now: Quantity, width: float, spread: float) -> float:
    """Standard error of the difference of two drawn figures; 0 where both have the same draws."""
    if not spread or _EXACT.match(now.id) or was.value is None or now.value is None:
        return 0.0
    first, second = was.value, now.value
    over_draws = "percentile" in now.method
    if width and over_draws and _holds_mean(was) and _holds_mean(now):
        grain = _GRAIN if now.method.startswith("median") else 0.0
        return max(spread * width / _DEVIATIONS_WIDE, grain)
    if now.unit in ("share", "probability"):
        at = min(1.0, max(0.0, (first + second) / 2))
        bound = spread * math.sqrt(at * (1 - at))
        return max(bound, 0.0 if over_draws else width / _DEVIATIONS_WIDE)
    rough = _ROUGH * max(abs(first), abs(second))
    return max(width / _DEVIATIONS_WIDE, rough, _GRAIN if "median" in now.method else 0.0)


def _holds_mean(quantity: Quantity) -> bool:
    """False where few draws far away make the mean: the interval says nothing of its error."""
    low, value, high = quantity.low, quantity.value, quantity.high
    return low is not None and value is not None and high is not None and low <= value <= high


def _size(was: Quantity, now: Quantity) -> float:
    first, second = was.value, now.value
    if first is None or second is None:
        return 1.0
    scale = 1.0
    if now.unit not in ("share", "probability", CHANGE):
        scale = max(abs(first), abs(second), _width(was), _width(now), STEPS.get(now.unit, 0.0))
    return abs(first - second) / scale if scale else 0.0


def _below(ledger: Ledger, ids: list[frozenset[str]]) -> Trails:
    """What lies below each id of a ledger, ``ids`` by item. A circle is walked once."""
    found: dict[str, int] = {}
    for n, names in enumerate(ids):
        for name in names:
            found[name] = found.get(name, 0) | 1 << n
    done: set[str] = set()
    for start in ledger.quantities:
        stack = [(start, False)]
        while stack:
            id, back = stack.pop()
            quantity = ledger.quantities.get(id)
            if quantity is None:
                continue
            if back:
                for each in quantity.inputs:
                    found[id] = found.get(id, 0) | found.get(each, 0)
            elif id not in done:
                done.add(id)
                stack.append((id, True))
                stack.extend((each, False) for each in quantity.inputs if each not in done)
    return found
