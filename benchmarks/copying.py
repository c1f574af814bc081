"""Copying from agreement alone, and relays from text: ours beside the usual learners.

    python -m benchmarks copying

First the world of validation.md over twenty named seeds, with and without relays; then variants
with other numbers of relays, copy rates, items and classes; then relay edges on the coded cases and
on generated corpora; last the time that 10,000 claims take.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

from copying_worlds import dawid_skene, majority, one_coin, score, world
from corpora import Corpus, corpus, hide_credits
from edges import Tally, tally
from shieldwall.case import load_case
from shieldwall.evidence.lineage import infer, learn

SEEDS = range(20)
LEARNERS = {
    "ours": lambda reports: learn(reports).posterior,
    "majority": majority,
    "one-coin EM": one_coin,
    "Dawid-Skene": dawid_skene,
}
VARIANTS: dict[str, dict[str, Any]] = {
    "2 relays": {"relays": 2},
    "10 relays": {"relays": 10},
    "copy 6 in 10": {"rate": 0.6},
    "copy all": {"rate": 1.0},
    "100 items": {"items": 100},
    "200 items": {"items": 200},
    "1000 items": {"items": 1000},
    "chain": {"chain": True},
    "of the best": {"of": 0},
    "3 classes": {"classes": 3},
    "every item": {"spoken": 1.0},
    "every item, 100": {"spoken": 1.0, "items": 100},
}
CASES = ("venezuela-2019", "venezuela-2025", "moscow-2023")


def main() -> None:
    print(f"{'world':<20}{'learner':<14}{'accuracy':>9}{'Brier':>8}{'ECE':>8}")
    for name, kind in (("six relays", {}), ("no relays", {"relays": 0})):
        _row(name, LEARNERS, kind, SEEDS)
    few = {k: v for k, v in LEARNERS.items() if k in ("ours", "Dawid-Skene")}
    for name, kind in VARIANTS.items():
        _row(name, few, kind, SEEDS[:5])
    _edges()
    _speed()


def _row(name: str, learners: dict[str, Any], kind: dict[str, Any], seeds: range) -> None:
    worlds = [world(seed, **kind) for seed in seeds]
    for learner, guess in learners.items():
        mean = np.mean([score(guess(reports), truth) for reports, truth in worlds], axis=0)
        print(f"{name:<20}{learner:<14}{mean[0]:>9.3f}{mean[1]:>8.3f}{mean[2]:>8.3f}", flush=True)


def _edges() -> None:
    print(f"\n{'relay edges':<20}{'precision':>10}{'recall':>8}{'strict':>8}{'Brier':>8}{'ECE':>7}")
    total = Tally()
    for name in CASES:
        case = load_case(Path(__file__).parents[1] / "cases" / name)
        truth = {c.id: c.relays for c in case.claims}
        made = [Corpus(hide_credits(case, seed), truth) for seed in SEEDS]
        found = sum((tally(m) for m in made), start=Tally())
        _print(name, found)
        total += found
    _print("the three cases", total)
    for credit in (0.6, 0.3):
        made = [corpus(500 + seed, credit=credit) for seed in SEEDS]
        hidden = [Corpus(hide_credits(m.case, k), m.parent) for k, m in enumerate(made)]
        found = sum((tally(m) for m in hidden), start=Tally())
        _print(f"corpora, credit {credit}", found)
        total += found
    print("stated probability of an edge -> share that were so")
    for n, said, so in total.table():
        print(f"  {said:.2f} -> {so:.2f}  ({n})")


def _print(name: str, t: Tally) -> None:
    print(
        f"{name:<20}{t.precision:>10.3f}{t.recall:>8.3f}{t.strict:>8.3f}{t.brier:>8.3f}"
        f"{t.calibration_error:>7.3f}"
    )


def _speed() -> None:
    case = corpus(1, stories=2_000).case
    start = time.process_time()
    infer(case, case.claims)
    print(f"\n{len(case.claims)} claims: {time.process_time() - start:.1f} s of processor time")


if __name__ == "__main__":
    main()
