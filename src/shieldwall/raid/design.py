"""The file of a sweep: what it varies, and the points of its design.

    design = "latin-hypercube"      # or "grid", "sobol"
    samples = 16                    # of a Latin hypercube or Sobol sequence
    replications = 32               # of each draw, at each point
    raids = ["drones-caracas"]      # all of the case's where left out

    [[vary]]
    key = "units.bukm2e.serviceable"
    values = [0, 1]

    [[vary]]
    key = "raid.size"
    low = 0.5
    high = 2.0                      # a grid takes ``steps`` of them as well

Keys are those of ``variants.parse``: evidence, defence and the raid's size, nothing else.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import isfinite, prod
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
from scipy.stats import qmc

from shieldwall.case.documents import Document, read_document
from shieldwall.draws import stream
from shieldwall.errors import CaseError, InputError, Problem, UsageError
from shieldwall.raid.variants import SWITCHES, Names, parse

Kind = Literal["grid", "latin-hypercube", "sobol"]
Value = float | str
Point = tuple[Value, ...]
"""One value for each key that is varied."""

MOST_POINTS = 10_000
MOST_REPLICATIONS = 10_000
WHOLE = ("count", "channels", "ready", "salvo", "looks")
"""Keys of a system that are counted: samples of them are whole numbers."""
NOT_VARIED = (
    "is not varied: a sweep varies evidence, defence and the raid's size (network.mode, "
    "network.terrain, network.functions.ID.works, units.SYSTEM.KEY, crews.SYSTEM, raid.size); "
    "axes, heights, spacing and times of a raid are described by a case, and no verb searches or "
    "ranks them"
)


@dataclass(frozen=True)
class Vary:
    """One thing that differs between points: listed values, or a range."""

    key: str
    values: Point = ()
    low: float = 0.0
    high: float = 0.0
    steps: int = 0
    """Of a range in a grid."""

    @property
    def whole(self) -> bool:
        """Whether samples of the range are whole numbers."""
        return self.key.startswith("units.") and self.key.rpartition(".")[2] in WHOLE

    def at(self, share: float) -> Value:
        """The value at a share, in [0, 1), of the way through the values or the range."""
        if self.values:
            return self.values[int(share * len(self.values))]
        if self.whole:
            return float(self.low + int(share * (self.high - self.low + 1)))
        return float(f"{self.low + share * (self.high - self.low):.9g}")

    def levels(self) -> Point:
        """The values of it in a grid."""
        if self.values:
            return self.values
        found = np.linspace(self.low, self.high, self.steps)
        return tuple(dict.fromkeys(float(x) for x in (np.rint(found) if self.whole else found)))


@dataclass(frozen=True)
class Design:
    """What the file says."""

    kind: Kind
    samples: int
    replications: int
    raids: tuple[str, ...]
    vary: tuple[Vary, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """What is varied."""
        return tuple(v.key for v in self.vary)

    def settings(self, point: Point) -> tuple[str, ...]:
        """``KEY=VALUE`` of a point, as ``variants.parse`` reads them."""
        return tuple(f"{k}={_text(v)}" for k, v in zip(self.keys, point, strict=True))


def points(design: Design, seed: int) -> tuple[Point, ...]:
    """The points of a design, in order; samples by ``scipy.stats.qmc`` from the case's seed.

    A Latin hypercube (McKay et al. 1979) has one sample in each of as many slices of every range;
    a Sobol sequence (1967) is scrambled (Owen 1998).
    """
    if design.kind == "grid":
        return tuple(product(*(v.levels() for v in design.vary)))
    rng = stream(seed, f"sweep {design.kind}")
    size = len(design.vary)
    sampler = (
        qmc.LatinHypercube(size, rng=rng) if design.kind == "latin-hypercube"
        else qmc.Sobol(size, rng=rng)
    )  # fmt: skip
    return tuple(
        tuple(v.at(min(float(u), 1 - 1e-12)) for v, u in zip(design.vary, row, strict=True))
        for row in sampler.random(design.samples)
    )


def read_design(path: Path) -> Design:
    """Read a sweep file. Raises ``InputError`` with every problem, its line and what is right."""
    if not path.exists():
        raise InputError(f"the sweep file {path.name} is not there; docs/raids.md shows one")
    try:
        document = read_document(path)
    except CaseError as error:
        raise _error(path, list(error.problems)) from error
    problems: list[Problem] = []
    design = _design(document, problems)
    if problems:
        raise _error(path, problems)
    return design


def check_names(design: Design, names: Names, path: Path) -> None:
    """Raise ``InputError`` for a system or function that the case does not have."""
    for vary in design.vary:
        value = vary.values[0] if vary.values else vary.low
        try:
            parse([f"{vary.key}={_text(value)}"], names)
        except UsageError as error:
            raise InputError(f"{path.name}: {str(error).removeprefix('--set ')}") from error


def _error(path: Path, problems: list[Problem]) -> InputError:
    head = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
    lines = [f"the sweep file {path.name} has {head}:", *(f"  {p}" for p in problems)]
    return InputError("\n".join(lines))


def _design(document: Document, problems: list[Problem]) -> Design:
    table = document.data
    _unknown(document, (), table, ("design", "samples", "replications", "raids", "vary"), problems)
    kind: Kind = "grid"
    for each in get_args(Kind):
        if table.get("design") == each:
            kind = each
    if table.get("design") not in get_args(Kind):
        message = f"must be one of: {', '.join(get_args(Kind))}"
        problems.append(document.problem(("design",), message, table.get("design", "")))
    samples = 0
    if kind == "grid":
        if "samples" in table:
            message = "a grid has every combination of its values; leave samples out"
            problems.append(document.problem(("samples",), message, table["samples"]))
    else:
        samples = _whole(document, ("samples",), table, 1, MOST_POINTS, problems)
        if kind == "sobol" and samples & (samples - 1):
            message = "a Sobol sequence is even only in powers of 2: 8, 16, 32, 64 ..."
            problems.append(document.problem(("samples",), message, samples))
    replications = 32
    if "replications" in table:
        replications = _whole(
            document, ("replications",), table, 1, MOST_REPLICATIONS, problems)  # fmt: skip
    vary = _all_varied(document, kind, problems)
    if kind == "grid" and not problems:
        number = prod(len(v.levels()) for v in vary)
        if number > MOST_POINTS:
            message = f"a grid of {number:,} points is too large; at most {MOST_POINTS:,}"
            problems.append(document.problem(("vary",), message))
    return Design(kind, samples, replications, _raids(document, problems), vary)


def _raids(document: Document, problems: list[Problem]) -> tuple[str, ...]:
    given = document.data.get("raids", [])
    if not isinstance(given, list) or not all(isinstance(r, str) for r in given):
        problems.append(document.problem(("raids",), "must be a list of ids of raids", given))
        return ()
    return tuple(dict.fromkeys(given))


def _all_varied(document: Document, kind: Kind, problems: list[Problem]) -> tuple[Vary, ...]:
    tables = document.data.get("vary", [])
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        message = "must be one or more tables [[vary]], each with key and values, or low and high"
        problems.append(document.problem(("vary",), message, tables))
        return ()
    found = [_vary(document, n, t, kind, problems) for n, t in enumerate(tables)]
    vary = [v for v in found if v is not None]
    for n, one in enumerate(vary):
        if one.key in [v.key for v in vary[:n]]:
            message = "is varied twice"
            problems.append(document.problem(("vary", n, "key"), message, one.key))
    return tuple(vary)


def _vary(
    document: Document, n: int, table: Mapping[str, Any], kind: Kind, problems: list[Problem]
) -> Vary | None:
    before = len(problems)
    _unknown(document, ("vary", n), table, ("key", "values", "low", "high", "steps"), problems)
    key = table.get("key")
    if not isinstance(key, str) or not _may_vary(key):
        problems.append(document.problem(("vary", n, "key"), NOT_VARIED, key or ""))
        return None
    if "values" in table:
        values = table["values"]
        if {"low", "high", "steps"} & table.keys() or not isinstance(values, list) or not values:
            message = "must be a list of one or more values, without low, high and steps"
            problems.append(document.problem(("vary", n, "values"), message, values))
            return None
        for value in values:
            _check(document, ("vary", n, "values"), key, value, problems)
        if len(problems) > before:
            return None
        plain = tuple(v if isinstance(v, str) else float(v) for v in values)
        return Vary(key, tuple(dict.fromkeys(plain)))
    last = key.rpartition(".")[2]
    if key in ("network.mode", "network.terrain") or key.startswith("crews.") or last in SWITCHES:
        message = "takes a list, such as values = [0, 1]: there is nothing between its values"
        problems.append(document.problem(("vary", n, "key"), message, key))
        return None
    if not {"low", "high"} <= table.keys():
        message = "must be a list of values; or write low and high"
        problems.append(document.problem(("vary", n, "values"), message))
        return None
    for end in ("low", "high"):
        _check(document, ("vary", n, end), key, table[end], problems)
    steps = 0
    if kind == "grid":
        steps = _whole(document, ("vary", n, "steps"), table, 2, MOST_POINTS, problems)
    elif "steps" in table:
        message = "belongs to a grid; samples sets how many there are"
        problems.append(document.problem(("vary", n, "steps"), message, table["steps"]))
    if len(problems) > before:
        return None
    found = Vary(key, (), float(table["low"]), float(table["high"]), steps)
    if found.low >= found.high:
        problems.append(document.problem(("vary", n, "low"), "must be below high", table["low"]))
        return None
    if found.whole and not (found.low.is_integer() and found.high.is_integer()):
        message = "is counted: low and high must be whole numbers"
        problems.append(document.problem(("vary", n, "low"), message, table["low"]))
        return None
    return found


def _may_vary(key: str) -> bool:
    match key.split("."):
        case ["network", "mode" | "terrain"] | ["raid", "size"]:
            return True
        case ["network", "functions", _, "works"] | ["units", _, _] | ["crews", _]:
            return True
    return False


def _check(
    document: Document, path: tuple[str | int, ...], key: str, value: object,
    problems: list[Problem],
) -> None:  # fmt: skip
    """One value, as ``variants.parse`` would read it; names are checked against the case later."""
    parts = key.split(".")
    names = Names(tuple(parts[1:2]), tuple(parts[2:3]))
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number and not isinstance(value, str):
        problems.append(document.problem(path, "must be a number or a text", value))
        return
    if number and not isfinite(float(str(value))):
        problems.append(document.problem(path, "must be a finite number", value))
        return
    try:
        parse([f"{key}={_text(value)}"], names)
    except UsageError as error:
        message = str(error).partition(": ")[2]
        problems.append(document.problem(path, message, value))
        return
    if number != key.startswith(("units.", "raid.", "network.functions.")):
        message = "must be a number" if not number else "must be a text"
        problems.append(document.problem(path, message, value))


def _text(value: object) -> str:
    return value if isinstance(value, str) else repr(float(str(value)))


def _whole(
    document: Document, path: tuple[str | int, ...], table: Mapping[str, Any], least: int,
    most: int, problems: list[Problem],
) -> int:  # fmt: skip
    value = table.get(str(path[-1]), "")
    if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
        return value
    message = f"must be a whole number from {least} to {most:,}"
    problems.append(document.problem(path, message, value))
    return least


def _unknown(
    document: Document, path: tuple[str | int, ...], table: Mapping[str, Any],
    known: tuple[str, ...], problems: list[Problem],
) -> None:  # fmt: skip
    for key in table:
        if key not in known:
            close = difflib.get_close_matches(key, known, 1)
            hint = f'did you mean "{close[0]}"?' if close else f"there are {', '.join(known)}"
            problems.append(document.problem((*path, key), f"is no key of a sweep; {hint}"))
