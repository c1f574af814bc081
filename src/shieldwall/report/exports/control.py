"""Operational control as plain data: for ``assessment.json`` and ``shieldwall control --json``."""

from __future__ import annotations

from typing import Any

import numpy as np

from shieldwall.case.control_records import STATES
from shieldwall.control.records import OperationalControl, SystemControl, Weekly
from shieldwall.report.exports.plain_data import as_read, computed, rounded

SHOWN = 12
"""So many looks of each system are exported, the most telling first."""


def control_data(control: OperationalControl) -> dict[str, Any]:
    """All that the room found, by the layout in docs/outputs.md."""
    return {
        "weeks": [w.isoformat() for w in control.weeks],
        "exact": control.exact,
        "domestic": [as_read(t) for t in control.domestic],
        "mission": None if control.mission is None else {
            "states": list(STATES["mission"]),
            "posterior": _table(control.mission.mean),
            "now": _now(control.mission, STATES["mission"]),
            "readings": computed([r for w in control.mission_windows for r in w.readings]),
        },
        "systems": {s.system: _system(control, s) for s in control.systems},
        "rates": computed(control.rates),
        "foretold": [
            {"id": t.event.id, "text": t.event.text, "on": t.event.on.isoformat(),
             "odds": computed(t.odds), "document": t.event.document, "why": t.why}
            for t in control.told
        ],
    }  # fmt: skip


def _system(control: OperationalControl, found: SystemControl) -> dict[str, Any]:
    first = found.start
    return {
        "held": rounded(found.held),
        "transfer": as_read(found.transfer),
        "weeks": [w.isoformat() for w in control.weeks[first:]],
        "states": list(STATES["operators"]),
        "posterior": _table(found.operators.mean[first:]),
        "filtered": _table(found.filtered[first:]),
        "now": _now(found.operators, STATES["operators"]),
        "at_consoles": computed(found.at_consoles),
        "connected": _table(found.connected.mean[first:, 0]),
        "connected_now": _now(found.connected, ("connected",))["connected"],
        "serviceable": _table(found.serviceable[first:]),
        "serviceable_now": computed(found.works_now),
        "needs": computed(found.needs),
        "readings": computed([r for w in found.windows for r in w.readings]),
        "families": computed(found.families),
        "forecast": {
            "dates": computed(found.forecast.dates),
            "within_years": [
                {"years": years, "odds": computed(odds)} for years, odds in found.forecast.within
            ],
            "years_until": dict(
                zip(("chance_5", "chance_50", "chance_95"), computed(found.forecast.quantiles),
                    strict=True)
            ),
        },
        "next_observations": [
            {**computed(look), "bits_per_effort_day": rounded(look.per_effort),
             "bits_per_day": rounded(look.per_day)}
            for look in found.next_observations[:SHOWN]
        ],
        "steps": computed(found.steps),
        "effects": computed(found.effects),
    }  # fmt: skip


def _table(values: np.ndarray[Any, Any]) -> list[Any]:
    return [
        rounded(v) if isinstance(v, float) else [rounded(x) for x in v] for v in values.tolist()
    ]


def _now(weekly: Weekly, states: tuple[str, ...]) -> dict[str, Any]:
    ends = {"mean": weekly.mean, "low": weekly.low, "high": weekly.high}
    return {
        state: {name: rounded(float(each[-1, n])) for name, each in ends.items()}
        for n, state in enumerate(states)
    }
