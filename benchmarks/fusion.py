"""Is the order of battle calibrated, better than simpler ways, and quick enough?

Worlds with known truth, made from the table the cases run on (``tests/support/worlds.py``): the
calibration error (ten bins) and Brier score of presence, well specified and with one assumption
wrong, beside a majority vote, naive Bayes without lineage, and an ACH score; coverage of 90 % count
intervals; and clocks of fusing 10,000 claims and leaving out each of 1,000 documents.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from benchmarks.tables import best_of, show

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import makers
import weighing
from rivals import RIVALS
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.orbat.contributions import leave_out
from shieldwall.orbat.fuse import order_of_battle
from worlds import Maker, Outcome, Wrong, calibration_error, outcomes, ranks

WORLDS, SEED = 5_000, 20251231

CASES = {
    "nothing wrong": Wrong(),
    "half of the relays unrecognised": Wrong(unlabelled=0.5),
    "grades a letter too good": Wrong(letters=1),
    "grades a letter too bad": Wrong(letters=-1),
    "detection .40, told as .70": Wrong(detection=0.4),
    "detection .95, told as .70": Wrong(detection=0.95),
    "sources err afresh at each place": Wrong(afresh=4),
}


def main() -> None:
    print(f"{WORLDS:,} worlds each, seed {SEED}\n")
    _presence()
    _counts()
    _speed()


def _presence() -> None:
    rows, first = [], None
    for name, wrong in CASES.items():
        rng = np.random.default_rng(SEED)
        found = [o for _ in range(WORLDS) for o in outcomes(Maker(rng, wrong).world())]
        first = first or found
        so = np.array([float(o.so) for o in found])
        rows.append([name, f"{len(so):,}", *_scores(np.array([o.said for o in found]), so)])
        for rival, method in RIVALS.items():
            theirs = np.array([method(o.votes, o.prior) for o in found])
            rows.append([f"  {rival}", "", *_scores(theirs, so)])
    show("Presence", ["what is wrong", "outcomes", "calibration error", "Brier"], rows)
    show("Said and so, nothing wrong", ["said", "outcomes", "mean", "so"], _bins(first or []))


def _scores(said: np.ndarray, so: np.ndarray) -> tuple[str, str]:
    return f"{calibration_error(said, so):.4f}", f"{((said - so) ** 2).mean():.4f}"


def _bins(found: list[Outcome]) -> list[list[str]]:
    said, so = np.array([o.said for o in found]), np.array([o.so for o in found])
    cell = np.minimum((said * 10).astype(int), 9)
    return [
        [f"{b / 10:.1f} to {(b + 1) / 10:.1f}", f"{(cell == b).sum():,}",
         f"{said[cell == b].mean():.3f}", f"{so[cell == b].mean():.3f}"]
        for b in range(10) if (cell == b).any()
    ]  # fmt: skip


def _counts() -> None:
    rng = np.random.default_rng(SEED)
    found = []
    for _ in range(WORLDS):
        found += ranks(Maker(rng, sources=14, counting=1.0, dense=True).world(), rng)
    inside = np.array(found)
    share = ((inside > 0.05) & (inside < 0.95)).mean()
    print(f"90 % count intervals: {100 * share:.2f} % of {len(inside):,} hold the truth\n")


def large(claims: int, sources: int, places: int, systems: int) -> tuple[Case, Catalogue]:
    """A case of so many claims, a third of them relays, each in a document of its own."""
    case = makers.case(
        places=tuple(makers.place(f"p{i}") for i in range(places)),
        sources=tuple(makers.source(f"s{i}", "ABCDE"[i % 5]) for i in range(sources)),
        claims=tuple(
            makers.claim(
                f"c{i:05d}", source=f"s{i % sources}", system=f"y{i % systems}",
                place=f"p{i * 7 % places}", credibility=1 + i % 5, document=f"{i:064d}",
                relays=f"c{i - 1:05d}" if i % 3 == 1 else None,
            )
            for i in range(claims)
        ),
    )  # fmt: skip
    return case, makers.catalogue(*(makers.system(f"y{i}") for i in range(systems)))


def archive(place: str | None) -> Case:
    """1,000 documents of ten dated claims, all on one system, of the country or of one place."""
    claims = tuple(
        makers.claim(
            f"c{i:05d}", source=f"s{i % 1000}", document=f"{i % 1000:064d}", place=place,
            publication=makers.moment(f"20{10 + i % 14}-06-0{1 + i % 9}"),
        )
        for i in range(10_000)
    )  # fmt: skip
    return makers.case(claims=claims, sources=tuple(makers.source(f"s{i}") for i in range(1000)))


def _speed() -> None:
    rows = []
    for shape in ((10_000, 500, 100, 10), (10_000, 2_000, 1, 1)):
        case, catalogue = large(*shape)
        weigh = best_of(2, lambda c=case: weighing.evidence(c))  # type: ignore[misc]
        read = weighing.evidence(case)
        fuse = best_of(3, lambda: order_of_battle(case, catalogue, read))  # noqa: B023
        rows += [_row("weigh", shape, weigh.wall_s), _row("fuse", shape, fuse.wall_s)]
    for shape in ((1_000, 200, 30, 10), (1_000, 900, 1, 1)):
        case, catalogue = large(*shape)
        read = weighing.evidence(case)
        each = best_of(1, lambda: leave_out(case, catalogue, read, "document"))  # noqa: B023
        rows.append(_row("leave out each document", shape, each.wall_s))
    for place in (None, "base"):
        case = archive(place)
        read = weighing.evidence(case)
        each = best_of(1, lambda: leave_out(case, makers.catalogue(), read, "document"))  # noqa: B023
        shape = (10_000, 1_000, int(place is not None), 1)
        rows.append(_row("leave out each of 1,000 documents", shape, each.wall_s))
    show("Speed", ["work", "claims", "sources", "places", "systems", "seconds"], rows)


def _row(work: str, shape: tuple[int, ...], seconds: float) -> list[str]:
    return [work, *(f"{n:,}" for n in shape), f"{seconds:.2f}"]


if __name__ == "__main__":
    main()
