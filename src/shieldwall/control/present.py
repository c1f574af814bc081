"""Where each system stands on the as-of date, inferred again and again: forward only, remembered.

What leaving out a piece of evidence does is asked hundreds of times. On the as-of date the filtered
state is the smoothed one, so that nothing need go backward; and what a piece does not touch (the
mission's paths, another system's signs) is the same as before.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.control_records import Variable
from shieldwall.control.dynamics import CONNECTION, INDEPENDENT
from shieldwall.control.infer import EXACT_SYSTEMS, Chain, Model, emission, pair
from shieldwall.control.kernel import draw_paths, smooth, stand_last, stand_last_together
from shieldwall.control.records import Window
from shieldwall.workers import spread

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Windows = tuple[Window, ...]

CONNECTED = CONNECTION.index("connected")
Level = dict[str, tuple[float, float]]
"""System -> probability of independent control and of connection, on the as-of date."""


@dataclass
class Present:
    """Infers the present on a part of the draws; the same readings are inferred once."""

    model: Model
    workers: int
    _paths: dict[Windows, Ints] = field(default_factory=dict)
    _along: dict[tuple[str, Windows, Windows], tuple[Floats, Floats]] = field(default_factory=dict)
    _joined: dict[tuple[str, Windows], float] = field(default_factory=dict)
    _together: dict[Windows, dict[str, float]] = field(default_factory=dict)

    def __call__(self, found: Windows) -> Level:
        """The level by what was read in ``found``: exact for up to two systems."""
        mission = tuple(w for w in found if w.system is None)
        systems = list(self.model.operators)
        if len(systems) <= EXACT_SYSTEMS:
            independent = self._exact(mission, found)
        else:
            independent = self._by_paths(mission, found)
        return {
            s: (independent[s], self._connected(s, self._of(found, s, "connection")))
            for s in systems
        }

    def _exact(self, mission: Windows, found: Windows) -> dict[str, float]:
        model = self.model
        heard = {s: emission(model, found, s, "operators") for s in model.operators}
        own = tuple(w for s in model.operators for w in self._of(found, s, "operators"))
        key = mission + own
        if key not in self._together:
            seen, both = emission(model, mission, None, "mission"), pair(model, heard)
            (joint,) = self._shared(
                lambda n: (
                    stand_last_together(
                        both.initial[n], model.mission_step[n], both.steps[n], seen[n],
                        both.emission[n], both.start,
                    ),
                )
            )  # fmt: skip
            one, other = joint.sum(axis=(1, 3)), joint.sum(axis=(1, 2))
            each = zip(heard, (one, other), strict=False)
            self._together[key] = {s: float(p[:, INDEPENDENT].mean()) for s, p in each}
        return self._together[key]

    def _by_paths(self, mission: Windows, found: Windows) -> dict[str, float]:
        along = {
            s: self._system(s, mission, self._of(found, s, "operators"))
            for s in self.model.operators
        }
        log = np.sum([each[1] for each in along.values()], axis=0)
        shares = np.exp(log - log.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        return {
            s: float((shares * last[:, :, INDEPENDENT]).sum(axis=1).mean())
            for s, (last, _) in along.items()
        }

    def _of(self, found: Windows, system: str, of: Variable) -> Windows:
        return tuple(w for w in found if w.system == system and self.model.of[w.indicator] == of)

    def _mission(self, found: Windows) -> Ints:
        """(D, M, T) paths of the mission."""
        if found not in self._paths:
            model, seen = self.model, emission(self.model, found, None, "mission")
            still = np.zeros((1, model.count), dtype=np.int64)
            self._paths[found] = np.stack([
                draw_paths(
                    smooth(model.mission_initial[d], step[None], still, seen[d], 0)[0][0], step,
                    model.uniform[d],
                )
                for d, step in enumerate(model.mission_step)
            ])  # fmt: skip
        return self._paths[found]

    def _system(self, system: str, mission: Windows, own: Windows) -> tuple[Floats, Floats]:
        """(D, M, K) its state now along each path, and (D, M) log-likelihood of its signs."""
        key = system, mission, own
        if key not in self._along:
            heard = emission(self.model, own, system, "operators")
            self._along[key] = self._last(
                self.model.operators[system], self._mission(mission), heard
            )
        return self._along[key]

    def _connected(self, system: str, own: Windows) -> float:
        if (system, own) not in self._joined:
            heard = emission(self.model, own, system, "connection")
            still = np.zeros((self.model.draws, 1, self.model.count), dtype=np.int64)
            last, _ = self._last(self.model.connection[system], still, heard)
            self._joined[system, own] = float(last[:, 0, CONNECTED].mean())
        return self._joined[system, own]

    def _last(self, chain: Chain, paths: Ints, heard: Floats) -> tuple[Floats, Floats]:
        """``stand_last`` over all draws."""
        last, log = self._shared(
            lambda n: stand_last(chain.initial[n], chain.steps[n], paths[n], heard[n], chain.start)
        )
        return last, log

    def _shared(self, some: Callable[[slice], tuple[Floats, ...]]) -> tuple[Floats, ...]:
        """Arrays over all draws, a share of the draws to each worker."""
        share = -(-self.model.draws // self.workers)
        parts = [slice(at, at + share) for at in range(0, self.model.draws, share)]
        found = zip(*spread(some, parts, self.workers), strict=True)
        return tuple(np.concatenate(each) for each in found)
