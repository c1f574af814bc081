"""From claims to signs seen at weeks: each origin once, each source one witness of a sign.

A window holds the readings of one thing. With r the product of its likelihood ratios and p the
chance of the sign in a state, what is held has in that state the likelihood

    r p + (1 - p)        (Pearl 1988, section 2.2.2, virtual evidence)

so that many origins that agree bring the sign's full force p, and never more. An undated reading
speaks of the as-of date with the chance u, else of a time long gone: u r + (1 - u) in place of r.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

from shieldwall.case.control_records import Indicator, Observation
from shieldwall.case.records import Band, Case
from shieldwall.control.records import FamilySays, Reading, Window
from shieldwall.evidence.records import STATED, Evidence
from shieldwall.evidence.witness import (
    DAYS_PER_YEAR,
    NOTHING,
    Hearing,
    Left,
    Telling,
    Voice,
    dated,
    spoken_ratio,
    touches,
    witnesses,
)
from shieldwall.orbat.assumptions import assume

MOST_YEARS = 25
"""Nobody's training lasts longer."""
LEAST_WEEKS = 105


def weeks(case: Case, evidence: Evidence) -> tuple[date, ...]:
    """The day each week ends, the last on the as-of date: from the first delivery or reading."""
    first = [t.delivered.start.date() for t in case.transfers if t.delivered is not None]
    for observation in case.observations:
        for claim in (evidence.claim(c) for c in observation.claims if evidence.has(c)):
            when = dated(claim)
            first += [] if when is None else [when.start.date()]
    back = max((case.as_of - day).days for day in (*first, case.as_of))
    count = min(max(back // 7 + 2, LEAST_WEEKS), MOST_YEARS * 52)
    return tuple(case.as_of - timedelta(days=7 * n) for n in range(count - 1, -1, -1))


@dataclass(frozen=True)
class Said:
    """Claims that tell of one sign, one way, of one system or of the mission."""

    indicator: str
    system: str | None
    says: Literal["yes", "no"]
    claims: tuple[str, ...]


@dataclass
class Heard:
    """The observations of a case, heard once, to be read with some claims left out or others.

    Only claims of ``evidence`` are heard, so that nothing published after the as-of date can enter.
    """

    case: Case
    evidence: Evidence
    count: int
    """Weeks."""
    said: tuple[Said, ...]
    hearing: Hearing
    undated: float
    """Chance that an undated claim speaks of the as-of date."""
    starts: Mapping[str, int | None]
    """System -> week of its delivery: what was said before it tells of other systems."""
    _topics: dict[tuple[str, ...], tuple[Telling, tuple[Voice, ...]]] = field(default_factory=dict)

    def readings(self, left: Left = NOTHING) -> tuple[Reading, ...]:
        """What the observations come to, in the order of sign, system, week and speaker."""
        found = [
            self._reading(said, voice, week)
            for said in self.said
            for voice in self._voices(said.claims, left)
            if (week := self._week(voice)) >= (self.starts.get(said.system or "") or 0)
        ]
        return tuple(sorted(found, key=lambda r: (r.indicator, r.system or "", r.week, r.speaker)))

    def _voices(self, claims: tuple[str, ...], left: Left) -> tuple[Voice, ...]:
        """One voice for each source, or look: what is left out and not in the topic is nothing."""
        if claims not in self._topics:
            topic = self.hearing.topic(self.evidence.claim(id) for id in claims)
            self._topics[claims] = topic, self._witnesses(topic, claims, NOTHING)
        topic, every = self._topics[claims]
        return self._witnesses(topic, claims, left) if touches(topic, left) else every

    def _witnesses(self, topic: Telling, claims: tuple[str, ...], left: Left) -> tuple[Voice, ...]:
        voices = (v for v in self.hearing.voices(topic, left) if _told(v, claims))
        return tuple(sorted(witnesses(voices), key=lambda v: (v.speaker, v.says.id)))

    def _week(self, voice: Voice) -> int:
        """Its index into the weeks: the last where it is undated, below 0 before the first."""
        if voice.age is None:
            return self.count - 1
        return self.count - 1 - int(voice.age * DAYS_PER_YEAR + 1e-6) // 7

    def _reading(self, said: Said, voice: Voice, week: int) -> Reading:
        band = spoken_ratio(voice, self.evidence.weight(voice.speaker))
        if said.says == "no":
            band = Band(1 / band.high, 1 / band.middle, 1 / band.low)
        on = None
        if voice.age is None:
            u = self.undated
            band = Band(*(u * r + 1 - u for r in (band.low, band.middle, band.high)))
        else:
            on = self.case.as_of - timedelta(days=round(voice.age * DAYS_PER_YEAR))
        origin = self.evidence.lineage.origin
        turned: Literal["yes", "no"] = "no" if said.says == "yes" else "yes"
        return Reading(
            said.indicator, said.system, said.says if voice.says.modality in STATED else turned,
            voice.speaker, voice.source, self.evidence.weight(voice.speaker).family,
            tuple(c for c in said.claims if voice.speaker in (c, origin(c))), on, week, band,
        )  # fmt: skip


def listen(
    case: Case,
    evidence: Evidence,
    signs: dict[str, Indicator],
    count: int,
    starts: Mapping[str, int | None] = MappingProxyType({}),
) -> Heard:
    """Hear the observations of a case over ``count`` weeks; ``starts``: weeks of delivery."""
    told: dict[tuple[str, str, Literal["yes", "no"]], list[str]] = defaultdict(list)
    for observation in case.observations:
        for system in _systems(case, signs[observation.indicator], observation):
            told[observation.indicator, system or "", observation.says] += [
                c for c in observation.claims if evidence.has(c)
            ]
    said = tuple(
        Said(indicator, system or None, says, tuple(dict.fromkeys(ids)))
        for (indicator, system, says), ids in sorted(told.items())
    )
    undated = assume(case, "undated_persistence")
    return Heard(case, evidence, count, said, Hearing(case, evidence), undated, starts)


def _systems(case: Case, sign: Indicator, observation: Observation) -> list[str | None]:
    """Of which systems it tells: the mission's signs of none by name."""
    if sign.of == "mission":
        return [None]
    if observation.system is not None:
        return [observation.system]
    return [t.system for t in case.transfers]


def _told(voice: Voice, ids: Sequence[str]) -> bool:
    """Whether the analyst read the sign in it, or in what is coded as relaying it.

    An inferred parent that nobody read the sign in may speak of anything else.
    """
    return voice.speaker in ids or voice.says.relays == voice.speaker


def windows(found: Iterable[Reading], signs: dict[str, Indicator]) -> tuple[Window, ...]:
    """Readings gathered into things read: a window opens with a reading that no other holds."""
    opened: list[list[Reading]] = []
    for reading in sorted(found, key=lambda r: (r.indicator, r.system or "", r.week, r.speaker)):
        last = opened[-1][0] if opened else None
        same = last is not None and (last.indicator, last.system) == (
            reading.indicator, reading.system,
        )  # fmt: skip
        lasts = signs[reading.indicator].persistence_weeks
        if last is not None and same and reading.week < last.week + lasts:
            opened[-1].append(reading)
        else:
            opened.append([reading])
    return tuple(Window(w[0].indicator, w[0].system, w[0].week, tuple(w)) for w in opened)


def families(found: Iterable[Window]) -> tuple[FamilySays, ...]:
    """What each source family says of each sign."""
    groups: dict[tuple[str, str], list[Reading]] = defaultdict(list)
    for window in found:
        for reading in window.readings:
            groups[reading.indicator, reading.family].append(reading)
    return tuple(
        FamilySays(
            indicator, said[0].family, sum(r.says == "yes" for r in said),
            sum(r.says == "no" for r in said),
            math.fsum(r.bits for r in said),
        )
        for (indicator, _), said in sorted(groups.items())
    )  # fmt: skip
