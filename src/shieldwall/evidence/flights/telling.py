"""One stop of a track told as movements: which event, where, when, with what odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import numpy as np

from shieldwall.evidence.flights import gaps, reckon, words
from shieldwall.evidence.flights.airfields import airfields
from shieldwall.evidence.flights.assumptions import V
from shieldwall.evidence.flights.cleaning import Path
from shieldwall.evidence.flights.flat import flat_km
from shieldwall.evidence.flights.pauses import Pause, Stand, State, state
from shieldwall.evidence.flights.reckon import ELSEWHERE, FLEW_ON, End, Habit, Scores
from shieldwall.evidence.flights.records import Candidate, Event, Movement, Track, Way


@dataclass(frozen=True)
class Side:
    """One end of a stretch of flight: its odds and its time."""

    odds: dict[int, float]
    time: tuple[float, float, float]
    """Best, earliest, latest."""
    seen: State | Stand


@dataclass(frozen=True)
class Teller:
    """What one track's movements share."""

    track: Track
    path: Path
    who: Habit
    seldom_slow: bool
    ends: list[End]
    """Where contact ended or began in flight, filled while telling."""
    told: tuple[End, ...] | None = None
    """The same from a first telling."""

    def _who(self, visit: int) -> Habit:
        """The aircraft's habits with the coverage that the other stops of the track show."""
        return self.who if self.told is None else reckon.heard(self.who, self.told, visit)

    def tell(self, stop: Pause, visit: int) -> list[Movement]:
        """Movements of one stop."""
        if not stop.stands:
            return self._unheard(stop, visit)
        first, last = stop.stands[0], stop.stands[-1]
        odds = [
            reckon.posterior(reckon.at_stand(s, self.who, self.seldom_slow)) for s in stop.stands
        ]
        made: list[Movement] = []
        if stop.before is not None:
            if self._gap(stop.before, first.first):
                made += self._arriving(stop.before, first, odds[0], visit)
            else:
                side = Side(odds[0], self._touchdown(stop, first), first)
                made += self._movement("arrival", side, visit)
        for k in range(len(stop.stands) - 1):
            made += self._hop(stop.stands[k : k + 2], odds[k : k + 2], visit)
        if stop.after is not None:
            if self._gap(last.last, stop.after):
                made += self._leaving(stop.after, last, odds[-1], visit)
            else:
                side = Side(odds[-1], self._lift_off(last, stop.after), last)
                made += self._movement("departure", side, visit)
        return made + self._turnaround(made, odds[0], visit)

    def _gap(self, i: int, j: int) -> bool:
        return bool(self.path.time[j] - self.path.time[i] > V["gap_s"])

    def _arriving(
        self, before: int, first: Stand, odds: dict[int, float], visit: int
    ) -> list[Movement]:
        """Unheard, then seen standing: it landed there, perhaps after a stop elsewhere."""
        seen = state(self.path, before, backwards=False)
        span = float(self.path.time[first.first]) - seen.time
        scores = reckon.at_contact(seen, self._who(visit), climbing=False)
        both, _ = gaps.joint(scores, _logs(odds), seen, None, span, self.who)
        if _elsewhere(both) < V["report"]:
            side = Side(odds, self._after(seen, odds, span), first)
            return self._movement("arrival", side, visit)
        where = _marginal(both, 0)
        gap = (seen.time, seen.time + span)
        return [
            *self._movement("arrival", Side(where, self._after(seen, where, span), seen), visit),
            *self._movement("departure", Side(where, _within(*gap), seen), visit),
            *self._movement("arrival", Side(odds, _within(*gap), first), visit),
        ]

    def _leaving(
        self, after: int, last: Stand, odds: dict[int, float], visit: int
    ) -> list[Movement]:
        """Seen standing, unheard, then in flight: it left there, perhaps to stop elsewhere."""
        seen = state(self.path, after, backwards=True)
        span = seen.time - float(self.path.time[last.last])
        scores = reckon.at_contact(seen, self._who(visit), climbing=True)
        both, _ = gaps.joint(_logs(odds), scores, None, seen, span, self.who)
        if _elsewhere(both) < V["report"]:
            side = Side(odds, self._before(seen, odds, span), last)
            return self._movement("departure", side, visit)
        where = _marginal(both, 1)
        gap = (seen.time - span, seen.time)
        return [
            *self._movement("departure", Side(odds, _within(*gap), last), visit),
            *self._movement("arrival", Side(where, _within(*gap), seen), visit),
            *self._movement("departure", Side(where, self._before(seen, where, span), seen), visit),
        ]

    def _touchdown(self, stop: Pause, first: Stand) -> tuple[float, float, float]:
        latest = float(self.path.time[first.first])
        earliest = latest if stop.before is None else float(self.path.time[stop.before])
        return (latest if latest - earliest < 60.0 else (latest + earliest) / 2, earliest, latest)

    def _lift_off(self, last: Stand, after: int) -> tuple[float, float, float]:
        earliest, latest = float(self.path.time[last.last]), float(self.path.time[after])
        return (earliest if latest - earliest < 60.0 else (latest + earliest) / 2, earliest, latest)

    def _hop(
        self, stands: Sequence[Stand], odds: Sequence[dict[int, float]], visit: int
    ) -> list[Movement]:
        """An unheard flight between two standing places."""
        start = float(self.path.time[stands[0].last])
        end = float(self.path.time[stands[1].first])
        flying = _stand_km(*stands) * 1000.0 / max(self.who.fastest * 0.7, 40.0) + 300.0
        slack = max(end - start - flying, 0.0)
        left = Side(odds[0], _within(start, start + slack), stands[0])
        landed = Side(odds[1], _within(end - slack, end), stands[1])
        return [
            *self._movement("departure", left, visit),
            *self._movement("arrival", landed, visit),
        ]

    def _unheard(self, stop: Pause, visit: int) -> list[Movement]:
        """Movements at an end of the track in flight, or in a gap between two last contacts."""
        before = None if stop.before is None else state(self.path, stop.before, backwards=False)
        after = None if stop.after is None else state(self.path, stop.after, backwards=True)
        if before is not None and after is not None:
            return self._gap_movements(before, after, visit)
        seen = before or after
        if seen is None:
            return []
        end: Way = "departure" if before is None else "arrival"
        odds = reckon.posterior(reckon.at_contact(seen, self._who(visit), climbing=before is None))
        if before is None:
            return self._movement(end, Side(odds, self._before(seen, odds, np.inf), seen), visit)
        return self._movement(end, Side(odds, self._after(seen, odds, np.inf), seen), visit)

    def _gap_movements(self, before: State, after: State, visit: int) -> list[Movement]:
        span = after.time - before.time
        both, none = gaps.joint(
            reckon.at_contact(before, self._who(visit), climbing=False),
            reckon.at_contact(after, self._who(visit), climbing=True),
            before, after, span, self.who,
        )  # fmt: skip
        if none > 1.0 - V["least"]:
            return []
        landed, left = _marginal(both, 0), _marginal(both, 1)
        landed[FLEW_ON] = left[FLEW_ON] = none
        made = self._movement(
            "arrival", Side(landed, self._after(before, landed, span), before), visit
        )
        made += self._movement(
            "departure", Side(left, self._before(after, left, span), after), visit
        )
        same = {a: p for (a, b), p in both.items() if a == b}
        return made + self._turnaround(made, same, visit)

    def _after(
        self, seen: State, odds: dict[int, float], span: float
    ) -> tuple[float, float, float]:
        """Touchdown after a last contact: the way to the likeliest field, flown more slowly."""
        fly = self._way_s(seen, odds)
        latest = min(2.0 * fly + 600.0, span)
        return (
            seen.time + min(fly, latest),
            seen.time + min(0.6 * fly, latest),
            seen.time + latest,
        )

    def _before(
        self, seen: State, odds: dict[int, float], span: float
    ) -> tuple[float, float, float]:
        fly = self._way_s(seen, odds)
        longest = min(2.0 * fly + 600.0, span)
        return (seen.time - min(fly, longest), seen.time - longest,
                seen.time - min(0.6 * fly, longest))  # fmt: skip

    def _way_s(self, seen: State, odds: dict[int, float]) -> float:
        best = max((a for a in odds if a >= 0), key=lambda a: odds[a], default=None)
        if best is None or odds[best] < 0.1:
            return 0.0
        return gaps.flying_s(best, seen) + 20.0

    def _movement(self, end: Way, side: Side, visit: int) -> list[Movement]:
        """The movement of one side; none where a stop in mid-track is unlikely."""
        listed = sorted(
            ((p, a) for a, p in side.odds.items() if a >= 0), key=lambda x: (-x[0], x[1])
        )
        stopped = 1.0 - side.odds.get(FLEW_ON, 0.0)
        if isinstance(side.seen, State) and listed and not isnan(side.seen.alt):
            above = side.seen.alt - airfields().elevation_m[listed[0][1]]
            self.ends.append(End(visit, float(above), sum(p for p, _ in listed)))
        at_edge = (
            isinstance(side.seen, State)
            and FLEW_ON in side.odds
            and (side.seen.time in (self.path.time[0], self.path.time[-1]))
        )
        low_pass = isinstance(side.seen, Stand) and side.seen.low_pass
        if not at_edge and stopped < (V["report"] if low_pass else V["least"]):
            return []
        named = bool(listed) and listed[0][0] >= V["report"]
        off_field = (
            not named
            and side.odds.get(ELSEWHERE, 0.0) >= V["report"]
            and isinstance(side.seen, Stand)
        )
        event: Event = "unknown"
        probability = 1.0 - (listed[0][0] if listed else 0.0)
        best = side.time
        if named:
            event, probability = ("landing" if end == "arrival" else "take-off"), listed[0][0]
        elif off_field:
            event, probability = (
                ("landing" if end == "arrival" else "take-off"),
                side.odds[ELSEWHERE],
            )
        elif isinstance(side.seen, State):
            best = (side.seen.time, side.seen.time, side.seen.time)
            if end == "arrival":
                best = (side.seen.time, side.seen.time, max(side.time[2], side.seen.time))
            else:
                best = (side.seen.time, min(side.time[1], side.seen.time), side.seen.time)
        fields = airfields()
        candidates = tuple(Candidate(fields.code[a], p) for p, a in listed if p >= 0.01)
        return [
            Movement(
                track=self.track.name, aircraft=self.track.aircraft,
                callsign=self.track.callsign, event=event,
                airport=fields.code[listed[0][1]] if named else None,
                probability=min(max(probability, 0.0), 1.0), time_s=best[0], earliest_s=best[1],
                latest_s=best[2], ground_time_s=None,
                why=words.why(end, side.seen, side.time, listed, named, off_field),
                candidates=candidates,
                end=end, visit=visit, counts=self.path.counts,
            )
        ]  # fmt: skip

    def _turnaround(
        self, made: list[Movement], odds: dict[int, float], visit: int
    ) -> list[Movement]:
        """The stop as one, where it landed and left at the same airfield."""
        pair = [m for m in made if m.event in ("landing", "take-off") and m.airport is not None]
        if len(pair) != 2 or pair[0].airport != pair[1].airport:
            return []
        landed, left = pair
        code = airfields().code
        same = sum(p for a, p in odds.items() if a >= 0 and code[a] == landed.airport)
        probability = min(same, landed.probability, left.probability)
        if probability < V["report"]:
            return []
        ground = left.time_s - landed.time_s
        return [
            Movement(
                track=landed.track, aircraft=landed.aircraft, callsign=landed.callsign,
                event="turnaround", airport=landed.airport, probability=probability,
                time_s=landed.time_s, earliest_s=landed.earliest_s, latest_s=left.latest_s,
                ground_time_s=max(ground, 0.0),
                why=f"landed and left at {landed.airport}, {max(ground, 0.0) / 60:.0f} min apart",
                candidates=landed.candidates, end="", visit=visit, counts=landed.counts,
            )
        ]  # fmt: skip


def _within(start: float, end: float) -> tuple[float, float, float]:
    return (start + end) / 2, start, end


def _elsewhere(both: dict[tuple[int, int], float]) -> float:
    """That it left from another place than it had landed at."""
    return sum(p for (a, b), p in both.items() if a != b)


def _stand_km(a: Stand, b: Stand) -> float:
    return float(np.hypot(*flat_km(a.lat, a.lon, b.lat, b.lon, a.lat)))


def _logs(odds: dict[int, float]) -> Scores:
    return {key: float(np.log(value + 1e-30)) for key, value in odds.items()}


def _marginal(both: dict[tuple[int, int], float], place: int) -> dict[int, float]:
    found: dict[int, float] = {}
    for pair, probability in both.items():
        found[pair[place]] = found.get(pair[place], 0.0) + probability
    return found
