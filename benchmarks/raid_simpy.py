"""The same raid as a plain discrete-event model in simpy: what one would write without Shieldwall.

One draw of a scene, its masks given: threats, radars, a command post that decides on so many tracks
at once, batteries with channels, ready rounds and one reload, shoot-look-shoot, and a kill chance
that all shots of a raid share. Every process waits for what it needs, in the order of its requests;
our kernel instead takes the earliest launch of all, so that queues differ a little, and so do the
means. Teams, outages, salvos and other networks than one post and its link are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Generator
from random import Random
from typing import Any

import numpy as np

from shieldwall.raid.fielded import Fielded

Process = Generator[Any, Any, None]


class SimpyRaid:
    """One row of a fielded raid; ``play`` runs it once and returns how many came through."""

    def __init__(self, fielded: Fielded, row: int) -> None:
        import simpy

        self.simpy = simpy
        threats, self.bats, _, graph = fielded.row(row)
        masks = fielded.masks(row)
        # Lists: looking into an array of numpy one number at a time is slow.
        self.needed, self.allowed = masks.needed_s.tolist(), masks.allowed.tolist()
        self.first, self.at = masks.own_s.tolist(), threats.at_s.tolist()
        self.tracks, self.kill = masks.own_s.shape[1], self.bats.kill
        self.groups = [
            (g, int(threats.number[g]), float(threats.spacing_s[g]), bool(threats.random[g]))
            for g in range(len(threats.number))
        ]
        self.number = int(threats.number.sum())
        self.playing = [
            b for b in range(len(self.bats.plays))
            if self.bats.plays[b] and self.bats.rounds[b] and self.bats.channels[b]
        ]  # fmt: skip
        self.post = int(np.flatnonzero(graph.decide_s > 0)[0])
        self.link = int(np.flatnonzero(graph.joined_by.any(axis=1))[0])
        self.well, self.capacity = graph.well.tolist(), int(graph.capacity[self.post])
        self.decide_s = float(graph.decide_s[self.post])
        self.link_s = float(graph.delay_s[self.link])
        self.joins = [bool(graph.joined_by[self.link, b] and self.bats.joins[b])
                      for b in range(len(self.bats.plays))]  # fmt: skip
        self.scan, self.reaction = self.bats.scan_s.tolist(), self.bats.reaction_s.tolist()
        self.assess, self.reload = self.bats.assess_s.tolist(), self.bats.reload_s.tolist()

    def play(self, rng: Random) -> int:
        """One raid."""
        env = self.simpy.Environment()
        self.env, self.rng = env, rng
        self.works = all(rng.random() < self.well[f] for f in (self.post, self.link))
        self.command = self.simpy.Resource(env, self.capacity)
        self.channels = {
            b: self.simpy.Resource(env, int(self.bats.channels[b])) for b in self.playing
        }
        self.left = {b: int(self.bats.rounds[b]) for b in self.playing}
        self.more = {b: int(self.bats.reloads[b]) for b in self.playing}
        self.ready = dict.fromkeys(self.playing, 0.0)
        effect = rng.random()
        steps = self.kill.shape[2]
        p = [[float(np.interp(effect, np.linspace(0, 1, steps), self.kill[b, g]))
              for g, *_ in self.groups] for b in range(len(self.kill))]  # fmt: skip
        self.dead = [False] * self.number
        self.heard = [env.event() for _ in range(self.number)]
        self.given = [self.simpy.Resource(env, 1) for _ in range(self.number)]
        i = 0
        for g, number, spacing, random in self.groups:
            at = 0.0
            for n in range(number):
                if n:
                    at += rng.expovariate(1 / spacing) if random else spacing
                self._send(i, g, rng.randrange(self.tracks), at, p)
                i += 1
        env.run()
        return self.number - sum(self.dead)

    def _send(self, i: int, g: int, j: int, start: float, p: list[list[float]]) -> None:
        joined = [b for b in self.playing if self.works and self.joins[b]]
        for b in self.playing:
            found = start + self.first[b][j][g] + self.scan[b] * self.rng.random()
            if found < float("inf"):
                self.env.process(self._radar(b, i, g, j, start, found, b in joined, p[b][g]))
        if joined:
            self.env.process(self._decide(joined, i, g, j, start, p))

    def _radar(self, b: int, i: int, g: int, j: int, start: float, found: float, joined: bool,
               p: float) -> Process:  # fmt: skip
        yield self.env.timeout(found)
        if not joined:
            yield self.env.process(self._engage(b, i, g, j, start, p, 0.0, False))
        elif not self.heard[i].triggered:
            self.heard[i].succeed()

    def _decide(
        self, joined: list[int], i: int, g: int, j: int, start: float, p: list[list[float]]
    ) -> Process:
        yield self.heard[i]
        with self.command.request() as turn:
            yield turn
            yield self.env.timeout(self.decide_s)
        for b in joined:
            self.env.process(self._engage(b, i, g, j, start, p[b][g], self.link_s, True))

    def _engage(self, b: int, i: int, g: int, j: int, start: float, p: float, after: float,
                ruled: bool) -> Process:  # fmt: skip
        env = self.env
        yield env.timeout(after + self.reaction[b])
        while not self.dead[i]:
            launch, _ = self._next(b, j, g, max(env.now, self.ready[b]) - start)
            if launch == float("inf"):
                return
            if start + launch > env.now + 1e-6:
                yield env.timeout(start + launch - env.now)
                continue
            if ruled:
                with self.given[i].request() as mine:
                    yield mine
                    yield from self._fire(b, i, g, j, start, p)
            else:
                yield from self._fire(b, i, g, j, start, p)

    def _fire(self, b: int, i: int, g: int, j: int, start: float, p: float) -> Process:
        env = self.env
        with self.channels[b].request() as channel:
            yield channel
            launch, hit = self._next(b, j, g, max(env.now, self.ready[b]) - start)
            if self.dead[i] or start + launch > env.now + 1e-6:
                return
            self.left[b] -= 1
            if self.left[b] == 0:
                self.ready[b] = float("inf")
                if self.more[b]:
                    self.more[b] -= 1
                    self.left[b] = int(self.bats.rounds[b])
                    self.ready[b] = env.now + self.reload[b]
            yield env.timeout(start + hit - env.now)
            if self.rng.random() < p:
                self.dead[i] = True
            yield env.timeout(self.assess[b])

    def _next(self, b: int, j: int, g: int, earliest: float) -> tuple[float, float]:
        """As ``raid.kernel.next_launch``."""
        needed, allowed, at = self.needed[b][j][g], self.allowed[b][j][g], self.at[g]
        low = bisect_left(needed, earliest)
        step = allowed[low]
        if step >= len(needed):
            return float("inf"), float("inf")
        if step == low and low > 0 and allowed[low - 1] == low - 1:
            before, later = needed[low - 1], needed[low]
            part = (earliest - before) / (later - before) if later > before else 1.0
            return earliest, at[low - 1] + part * (at[low] - at[low - 1])
        return max(earliest, needed[step]), at[step]
