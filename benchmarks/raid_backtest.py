"""Are later raids foretold? Published raids, month by month, from those that ended before.

The raids are one party's claims (``tests/support/attacks.py`` says how they are cleaned) and not
part of the repository: without them this says so and prints nothing. Raids told for one class of
weapon are scored, pooled over the classes with at least 100 raids (those told together with other
classes counted), each from the first month that 30 raids of its class had ended before. What is
foretold is the number that got through: launched, less destroyed, less ``not_reach_goal``. The
latter was reported from July 2024 to July 2025 and told within destroyed thereafter, which leaves
what got through as it was; how the stopped part is divided is scored by itself, for Shahed.

- independent: one probability for all earlier raids of the class;
- beta-binomial: maximum likelihood on all earlier raids of the class;
- surrogate: ``tests/support/raid_surrogate.py``, one layer whose raids share their fate, in closed
  form; its choices (half-life, its posterior) are made from the same earlier raids;
- engine: the raid kernel with that one layer (``tests/support/one_layer.py``), 1,024 replications
  of each raid, counts smoothed over a twentieth of the raid.

Counts are discrete, so coverage is that of the randomised probability integral transform (PIT): a
number at random between P(fewer) and P(as many or fewer), inside the central interval or not; seed
0. "Mean" beside it is its average over that randomness. A model passes where the Wilson interval
(95 %) of its coverage holds the nominal share, for both 80 % and 95 %. Raids are not independent of
one another, so the true interval is somewhat wider.

Score other raids of the same columns: ``python -m benchmarks.raid_backtest --data FILE --from
2026-01-01`` (``--data`` again for more files; rows of all are read, same rows once), or the
environment: ``SHIELDWALL_RAIDS`` (paths, joined as in PATH) and ``SHIELDWALL_RAIDS_FROM``.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.tables import show

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from attacks import ATTACKS, Raid, Raids, arrays, read
from one_layer import one_layer
from raid_surrogate import History, RaidLevel
from shared_fates import fit_beta_binomial, log_pmf
from shieldwall.draws import stream

Floats = NDArray[np.float64]
Forecast = Callable[[int], Floats]
"""Weapons launched -> probabilities of each count 0 ... launched."""

LEAST_CLASS, LEAST_KNOWN = 100, 30
NOMINAL = (0.80, 0.95)
DRAWS = 4_000
MODELS = ("independent", "beta-binomial", "surrogate", "engine")
REPLICATIONS = 1_024


@dataclass(frozen=True)
class Scored:
    """One raid and one model."""

    weapon_class: str
    year: int
    launched: int
    crps: float
    log_score: float
    below: float
    """P(fewer than came)."""
    upto: float
    """P(as many as came, or fewer)."""
    pit: float


def main(arguments: Sequence[str] = ()) -> None:
    paths, begin = _asked(arguments)
    missing = [str(path) for path in paths if not path.is_file()]
    if missing:
        print(f"raid_backtest: skipped, the published raids are not here: {', '.join(missing)}")
        return
    told = list(dict.fromkeys(raid for path in paths for raid in _counted(path)))
    raids = [raid for raid, _ in sorted(told, key=lambda one: one[0].began)]
    classes = _classes(raids)
    single = [raid for raid in raids if raid.weight == 1.0]
    scored = {name: [s for of in classes for s in _foretold(single, of, name, begin)]
              for name in MODELS}  # fmt: skip
    _tables(scored, classes)
    if "shahed" in classes:
        parts = {name: _foretold(single, "shahed", name, begin, "destroyed") for name in MODELS[:3]}
        rows = [_row(name, of) for name, of in parts.items()]
        show("Shahed reported as destroyed, not lost on their way", HEAD, rows,
             "log score of the surrogate: not told, its counts are simulated")  # fmt: skip


def _asked(arguments: Sequence[str]) -> tuple[list[Path], date]:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.raid_backtest")
    parser.add_argument("--data", action="append", type=Path)
    parser.add_argument("--from", dest="begin", type=date.fromisoformat)
    given = parser.parse_args(list(arguments))
    paths = [Path(p) for p in os.environ.get("SHIELDWALL_RAIDS", "").split(os.pathsep) if p]
    begin = given.begin or date.fromisoformat(os.environ.get("SHIELDWALL_RAIDS_FROM", "2022-09-01"))
    return given.data or paths or [ATTACKS], begin


def _counted(path: Path) -> list[tuple[Raid, int]]:
    """Each raid and which of its like in the file it is: raids alike on one day stay apart."""
    seen: dict[Raid, int] = defaultdict(int)
    found = []
    for raid in read(path):
        found.append((raid, seen[raid]))
        seen[raid] += 1
    return found


def _classes(raids: list[Raid]) -> list[str]:
    """Of at least 100 raids, told alone or with other classes; most raids first."""
    counts: dict[str, int] = defaultdict(int)
    for raid in raids:
        counts[raid.weapon_class] += 1
    return sorted((c for c, n in counts.items() if n >= LEAST_CLASS), key=lambda c: -counts[c])


def _foretold(
    raids: list[Raid], weapon_class: str, model: str, begin: date, outcome: str = "through"
) -> list[Scored]:
    """Every raid of the class from ``begin`` on, each month from the raids ended before it."""
    every = arrays([raid for raid in raids if raid.weapon_class == weapon_class])
    history = History.of(every.ended, every.launched, every.through, every.not_reached)
    uniform = stream(0, f"{weapon_class} {outcome}").random(len(every.began))
    months: dict[date, list[int]] = defaultdict(list)
    for index, day in enumerate(every.began):
        months[date.fromordinal(int(day)).replace(day=1)].append(index)
    found = []
    for first, among in months.items():
        known = every.ended < first.toordinal()
        if known.sum() < LEAST_KNOWN or (first + timedelta(31)).replace(day=1) <= begin:
            continue
        forecast = _forecast(model, _those(every, known), history, first, outcome)
        came = getattr(every, outcome)
        for index in among:
            if every.began[index] >= begin.toordinal():
                size = int(every.launched[index])
                one = score(forecast(size), int(came[index]), float(uniform[index]))
                found.append(replace(one, weapon_class=weapon_class, year=first.year))
    return found


def _those(every: Raids, which: NDArray[np.bool_]) -> Raids:
    return Raids(*(getattr(every, field.name)[which] for field in fields(Raids)))


def _forecast(model: str, known: Raids, history: History, day: date, outcome: str) -> Forecast:
    """Only ``known`` and, of ``history``, what ended before ``day`` is read."""
    if model == "engine" and outcome == "through":
        return partial(_fought, history.at(day.toordinal()), day)
    if model in ("surrogate", "engine"):
        level = history.at(day.toordinal())
        return level.through_pmf if outcome == "through" else partial(_simulated, level, day)
    came = getattr(known, outcome)
    if model == "independent":
        # Jeffreys' half, so that a class that always or never got through has a log score.
        mean, rho = (came.sum() + 0.5) / (known.launched.sum() + 1), 1e-6
    else:
        fit = fit_beta_binomial(known.launched, came)
        mean, rho = fit.mean, fit.rho
    return lambda size: np.exp(log_pmf(size, np.arange(size + 1), mean, rho))


def _fought(level: RaidLevel, day: date, size: int) -> Floats:
    """What the kernel makes of it: smoothed, since no count is impossible for want of runs."""
    counts = one_layer(lambda u: level.through_quantile(u, size), size, REPLICATIONS,
                       day.toordinal())  # fmt: skip
    found = np.bincount(counts, minlength=size + 1).astype(np.float64) + 0.5 / (size + 1)
    width = size // 40
    if width:
        bump = np.bartlett(2 * width + 3)[1:-1]
        padded = np.pad(found, width, mode="symmetric")
        found = np.convolve(padded, bump / bump.sum(), mode="valid")
    return found / found.sum()


def _simulated(level: RaidLevel, day: date, size: int) -> Floats:
    counts = level.simulate(stream(0, f"{day} {size}"), size, DRAWS)[:, 1]
    return np.bincount(counts, minlength=size + 1) / DRAWS


def score(pmf: Floats, came: int, uniform: float) -> Scored:
    """CRPS (weapons), natural log score and PIT of one forecast (Gneiting and Raftery 2007)."""
    upto = np.minimum(np.cumsum(pmf), 1.0)
    below = float(upto[came - 1]) if came else 0.0
    crps = float(((upto - (np.arange(len(pmf)) >= came)) ** 2).sum())
    with np.errstate(divide="ignore"):
        log_score = float(np.log(pmf[came]))
    pit = below + uniform * (float(upto[came]) - below)
    return Scored("", 0, len(pmf) - 1, crps, log_score, below, float(upto[came]), pit)


def wilson(hits: int, of: int, z: float = 1.959964) -> tuple[float, float]:
    """95 % interval of a share (Wilson 1927)."""
    share, spread = hits / of, z * z / of
    middle = (share + spread / 2) / (1 + spread)
    half = z / (1 + spread) * np.sqrt(share * (1 - share) / of + spread / (4 * of))
    return float(middle - half), float(middle + half)


HEAD = ["", "raids", "CRPS", "log score", "80 %", "Wilson", "mean", "95 %", "Wilson", "mean",
        "passes", "PIT mean", "PIT gap"]  # fmt: skip


def _row(name: str, scored: list[Scored]) -> list[str]:
    count = len(scored)
    if not count:
        return [name, "0", *[""] * (len(HEAD) - 2)]
    pit = np.sort([s.pit for s in scored])
    cells, passes = [], True
    for nominal in NOMINAL:
        edge = (1 - nominal) / 2
        hits = int(((pit >= edge) & (pit <= 1 - edge)).sum())
        low, high = wilson(hits, count)
        passes &= low <= nominal <= high
        inside = np.mean([_overlap(s, edge) for s in scored])
        cells += [f"{hits / count:.3f}", f"{low:.3f}-{high:.3f}", f"{inside:.3f}"]
    steps = np.arange(count + 1) / count
    gap = max((steps[1:] - pit).max(), (pit - steps[:-1]).max())
    told = np.mean([s.log_score for s in scored])
    return [name, f"{count:,}", f"{np.mean([s.crps for s in scored]):.3f}",
            f"{told:.3f}" if np.isfinite(told) else "-", *cells, "yes" if passes else "NO",
            f"{pit.mean():.3f}", f"{gap:.3f}"]  # fmt: skip


def _overlap(one: Scored, edge: float) -> float:
    """The chance that the randomised PIT falls within the central interval."""
    width = one.upto - one.below
    if width <= 0:
        return float(edge <= one.below <= 1 - edge)
    return max(0.0, min(one.upto, 1 - edge) - max(one.below, edge)) / width


def _tables(scored: dict[str, list[Scored]], classes: list[str]) -> None:
    note = (
        "CRPS in weapons, log score natural, means a raid; coverage by randomised PIT; PIT gap: "
        "its largest distance from uniform (5 % of perfect forecasts exceed 1.36 / sqrt(raids))"
    )
    show("Got through: all classes of 100 raids or more, month by month", HEAD,
         [_row(name, of) for name, of in scored.items()], note)  # fmt: skip
    rows = [_row(f"without s300: {name}", [s for s in of if s.weapon_class != "s300"])
            for name, of in scored.items()]  # fmt: skip
    show("The same without s300, reported as all but never destroyed", HEAD, rows)
    rows = [_row(f"{c}: {name}", [s for s in of if s.weapon_class == c])
            for c in classes for name, of in scored.items()]  # fmt: skip
    show("By class", HEAD, rows)
    years = sorted({s.year for s in scored["engine"]})
    show("The engine, by year", HEAD,
         [_row(str(y), [s for s in scored["engine"] if s.year == y]) for y in years])  # fmt: skip
    rows = []
    for name, of in scored.items():
        bins, _ = np.histogram([s.pit for s in of], bins=10, range=(0, 1))
        rows.append([name, *(f"{b / max(1, len(of)):.3f}" for b in bins)])
    show("PIT: share of raids in each tenth", ["", *(f".{i}" for i in range(10))], rows)


if __name__ == "__main__":
    main(sys.argv[1:])
