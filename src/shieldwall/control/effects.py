"""What each piece of evidence does: the answer without it, and the answer as origins came in.

Differences are taken on a part of the draws, the same with and without the piece, and laid on the
answer by all draws: few draws give a poor level but a good difference.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from shieldwall.control.dynamics import INDEPENDENT
from shieldwall.control.infer import Posterior
from shieldwall.control.present import CONNECTED, Level, Present
from shieldwall.control.records import Effect, Reading, Step, Window
from shieldwall.evidence.records import Evidence
from shieldwall.evidence.witness import Left
from shieldwall.orbat.contributions import By, pieces

DRAWS, PATHS = 32, 16
"""The part of the draws, and of the mission's paths, that differences are taken on."""
KINDS: tuple[By, ...] = ("document", "origin", "source", "family")


def level(posterior: Posterior) -> Level:
    """Where each system stands on the as-of date, by all draws."""
    return {
        s: (
            float(p[:, -1, INDEPENDENT].mean()),
            float(posterior.connection[s][:, -1, CONNECTED].mean()),
        )
        for s, p in posterior.operators.items()
    }


def effects(
    again: Present,
    evidence: Evidence,
    whole: tuple[Window, ...],
    now: Level,
    read: Callable[[Left], tuple[Window, ...]],
) -> dict[str, tuple[Effect, ...]]:
    """System -> what leaving out each document, origin, source and family does to it.

    Pieces that nothing read rests on are left out of the list. Leaving out a document leaves its
    origin and its relays, read elsewhere; leaving out the others takes their relays with them.
    """
    base = again(whole)
    behind = {c for w in whole for r in w.readings for c in (*r.claims, r.speaker)}
    found: dict[str, list[Effect]] = {s: [] for s in now}
    for by in KINDS:
        for key, claims in sorted(pieces(evidence, by).items()):
            if not claims & behind:
                continue
            windows = read(Left(frozenset(claims), by != "document"))
            if windows == whole:
                continue
            without = again(windows)
            for system, level_ in now.items():
                if _concerns(windows, whole, system):
                    at = _moved(level_, base[system], without[system])
                    found[system].append(Effect(by, key, tuple(sorted(claims & behind)), *at))
    return {s: tuple(each) for s, each in found.items()}


def _concerns(windows: tuple[Window, ...], whole: tuple[Window, ...], system: str) -> bool:
    """Whether anything read of the system or the mission is another without the piece."""
    one, other = ([w for w in each if w.system in (system, None)] for each in (windows, whole))
    return one != other


def _moved(
    now: tuple[float, float], base: tuple[float, float], other: tuple[float, float]
) -> tuple[float, float]:
    at = [float(np.clip(n + o - b, 0.0, 1.0)) for n, b, o in zip(now, base, other, strict=True)]
    return at[0], at[1]


def steps(
    again: Present,
    whole: tuple[Window, ...],
    now: Level,
    gathered: Callable[[tuple[Reading, ...]], tuple[Window, ...]],
) -> dict[str, tuple[Step, ...]]:
    """System -> the waterfall: where it stands as each reading is taken in, in order of dates.

    The first step, without a speaker, is before anything was read; the last is the answer.
    """
    readings = sorted(
        (r for w in whole for r in w.readings),
        key=lambda r: (r.week, r.on is None, r.speaker, r.indicator, r.system or ""),
    )
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.speaker, reading.indicator), []).append(reading)
    base = again(whole)
    found: dict[str, list[Step]] = {s: [] for s in now}
    so_far: tuple[Reading, ...] = ()
    for group in ([], *groups.values()):
        so_far = (*so_far, *group)
        stands = again(gathered(so_far))
        for system, level_ in now.items():
            if group and not any(r.system in (system, None) for r in group):
                continue
            at = _moved(level_, base[system], stands[system])
            first = group[0] if group else None
            found[system].append(
                Step("", "", "", "statement", None, *at) if first is None else
                Step(first.speaker, first.indicator, first.says, first.family, first.on, *at)
            )  # fmt: skip
    return {s: tuple(each) for s, each in found.items()}
