"""Published raids, one party's claims: read from the folder beside the repository and cleaned.

What is done to the rows, and why:

- A row counts where its launched and destroyed are told; never told is not none.
- Reconnaissance drones, loitering munitions and drones of unknown kind are reported when they are
  shot down, so that destroyed equals launched by construction (in 95 % or more of the rows of each
  such model). They are no class here. ``always_whole`` lets a test look at that share.
- "A and B" tells two models in one count. Models of one class are one raid of it. Otherwise nobody
  can say whose weapon was hit, so the whole raid counts in each class it names with the weight
  1 / (number of classes): it weighs one raid altogether, and its spread is not thinned, as it
  would be by dealing out its counts. Raids that are forecast and scored are those of one class.
- ``not_reach_goal`` (lost, jammed) is an outcome of its own. It is reported from July 2024 and told
  within destroyed from August 2025. It is cut to what is left of launched (one row tells more).
- Weapons ``still_attacking`` at the time of the report stay among the launched.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shared_fates import delta_aic, fit_beta_binomial, profiles

ATTACKS = Path(__file__).parents[3] / "shared" / "data" / "attacks" / "missile_attacks_daily.csv"
SOURCE = (
    "missile_attacks_daily.csv: raids published by the Ukrainian Air Force, September 2022 to "
    "December 2025; one party's claims"
)
CLASSES = {
    "Shahed-136/131": "shahed",
    "X-101/X-555": "kh101",
    "Kalibr": "kalibr",
    "Iskander-K": "iskander_k",
    "Iskander-M": "iskander_m",
    "Iskander-M/KN-23": "iskander_m",
    "KN-23": "iskander_m",
    "Ballistic Missile": "iskander_m",
    "X-47 Kinzhal": "kinzhal",
    "X-59": "x59",
    "X-59/X-69": "x59",
    "X-69": "x59",
    "X-59MK2": "x59",
    "X-22": "x22",
    "X-32": "x22",
    "C-300": "s300",
    "C-400": "s300",
    "C-300/C-400": "s300",
    "X-31": "x31",
    "X-31P": "x31",
    "X-31PD": "x31",
    "X-35": "x35",
    "P-800 Oniks": "oniks",
    "3M22 Zircon": "zircon",
}
"""Weapons sent at the ground; s300 are anti-aircraft missiles fired at it."""
FITTED = {
    "shahed": ("shahed",),
    "kh101": ("kh101",),
    "kalibr": ("kalibr",),
    "iskander_k": ("iskander_k",),
    "x59": ("x59",),
    "iskander_m": ("iskander_m",),
    "kinzhal": ("kinzhal",),
    "cruise": ("kh101", "kalibr", "iskander_k"),
    "ballistic": ("iskander_m", "kinzhal"),
}
"""Classes of the product's table. Not there: x22, x31, s300, oniks, reported as almost never
destroyed, and classes of fewer than 30 raids."""
YEAR_NEEDS = 20


@dataclass(frozen=True)
class Raid:
    """One row, cleaned. A row of two classes is there once for each, with weight below 1."""

    weapon_class: str
    began: date
    ended: date
    launched: int
    destroyed: int
    not_reached: int
    weight: float

    @property
    def through(self) -> int:
        return self.launched - self.destroyed - self.not_reached


@dataclass(frozen=True)
class Raids:
    """Raids of one class, by the day they began; all arrays one entry a raid."""

    began: NDArray[np.int64]
    """Days, as ``date.toordinal`` counts them."""
    ended: NDArray[np.int64]
    launched: NDArray[np.int64]
    destroyed: NDArray[np.int64]
    not_reached: NDArray[np.int64]
    weight: NDArray[np.float64]

    @property
    def through(self) -> NDArray[np.int64]:
        return self.launched - self.destroyed - self.not_reached


def read(path: Path = ATTACKS) -> list[Raid]:
    """Every cleaned raid of the file, by day."""
    with path.open(encoding="utf-8", newline="") as file:
        found = [raid for row in csv.DictReader(file) for raid in _raids(row)]
    return sorted(found, key=lambda raid: raid.began)


def by_class(raids: Iterable[Raid]) -> dict[str, Raids]:
    kept: dict[str, list[Raid]] = defaultdict(list)
    for raid in raids:
        kept[raid.weapon_class].append(raid)
    return {name: arrays(of) for name, of in kept.items()}


def arrays(raids: list[Raid]) -> Raids:
    def column(name: str) -> NDArray[np.int64]:
        return np.array([getattr(raid, name) for raid in raids], dtype=np.int64)

    days = [np.array([getattr(r, n).toordinal() for r in raids], np.int64) for n in
            ("began", "ended")]  # fmt: skip
    counts = (column(name) for name in ("launched", "destroyed", "not_reached"))
    return Raids(*days, *counts, np.array([raid.weight for raid in raids]))


def always_whole(path: Path = ATTACKS) -> dict[str, tuple[int, float]]:
    """Model -> rows, and the share of them in which all that were launched were destroyed."""
    kept: dict[str, list[bool]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kept[row["model"]].append(row["launched"] == row["destroyed"] != "")
    return {model: (len(of), sum(of) / len(of)) for model, of in kept.items()}


def _raids(row: dict[str, str]) -> Iterator[Raid]:
    launched, destroyed = _count(row["launched"]), _count(row["destroyed"])
    if not launched or destroyed is None:
        return
    classes = {CLASSES.get(part, f"other {part}") for part in row["model"].split(" and ")}
    destroyed = min(destroyed, launched)
    lost = min(_count(row["not_reach_goal"]) or 0, launched - destroyed)
    days = [date.fromisoformat(row[name][:10]) for name in ("time_start", "time_end")]
    for name in sorted(classes):
        if not name.startswith("other "):
            yield Raid(name, *days, launched, destroyed, lost, 1 / len(classes))


def _count(text: str) -> int | None:
    return round(float(text)) if text else None


def fresh_effects(raids: list[Raid]) -> dict[str, dict[str, object]]:
    """The product's table, fitted anew: destroyed among those not lost on their way.

    Likely: all raids. Low and high: the furthest of the 95 % profile-likelihood interval and of
    the fits to single years of 20 raids or more, since years differ by more than chance.
    """
    found: dict[str, dict[str, object]] = {}
    for name, classes in FITTED.items():
        # Of a raid whose classes are pooled here, each class adds its part of the weight.
        kept = [r for r in raids if r.weapon_class in classes and r.launched > r.not_reached]
        years = sorted({r.began.year for r in kept})
        whole = _told(kept)
        fit = fit_beta_binomial(*whole)
        mean, rho = profiles(*whole)
        yearly = [
            fit_beta_binomial(*_told(of))
            for of in ([r for r in kept if r.began.year == y] for y in years)
            if len(of) >= YEAR_NEEDS
        ]
        found[name] = {
            "mean": _band(fit.mean, [*mean, *(y.mean for y in yearly)]),
            "rho": _band(fit.rho, [*rho, *(y.rho for y in yearly)]),
            "first": kept[0].began.isoformat(),
            "last": kept[-1].began.isoformat(),
            "raids": round(sum(r.weight for r in kept)),
            "launched": round(sum(r.weight * r.launched for r in kept)),
            "delta_aic": round(delta_aic(*whole), 1),
        }
    return found


def _told(raids: list[Raid]) -> tuple[list[int], list[int], list[float]]:
    return (
        [r.launched - r.not_reached for r in raids],
        [r.destroyed for r in raids],
        [r.weight for r in raids],
    )


def _band(likely: float, others: list[float]) -> dict[str, float]:
    every = [likely, *others]
    values = {"low": min(every), "likely": likely, "high": max(every)}
    return {name: round(value, 3) for name, value in values.items()}


def as_toml(effects: dict[str, dict[str, object]]) -> str:
    lines = [
        "# What the weapons of one raid share, by class; see raid/effects.py for mean and rho.",
        "# Fitted to one party's claims; the claims are not part of the product. Destroyed among",
        "# those not reported lost on their way. likely: all raids; low, high: the furthest of the",
        "# 95 % profile-likelihood interval and of fits to single years of 20 raids or more.",
        "# raids, launched: a raid told for several classes at once counts in part in each.",
    ]
    for name, table in effects.items():
        lines += ["", f"[{name}]"]
        for key, value in table.items():
            if isinstance(value, dict):
                inside = ", ".join(f"{k} = {v}" for k, v in value.items())
                lines.append(f"{key} = {{ {inside} }}")
            else:
                lines.append(f'{key} = "{value}"' if isinstance(value, str) else f"{key} = {value}")
        lines.append(f'source = "{SOURCE}"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(as_toml(fresh_effects(read())))
