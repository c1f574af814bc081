"""A small operational control for the sample assessment: two systems from abroad, made up.

Bands of states glide from nobody to the host alone over 200 weeks; four claims of the sample speak.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta

import numpy as np

from shieldwall.case.control_records import STATES, Foretold, Transfer
from shieldwall.case.records import Band, Case, Moment
from shieldwall.control.indicators import indicators
from shieldwall.control.rates import learnt
from shieldwall.control.readings import families
from shieldwall.control.records import (
    Ahead,
    Draws,
    Effect,
    Forecast,
    NeedOdds,
    NextObservation,
    OperationalControl,
    Reading,
    Step,
    SystemControl,
    Told,
    Weekly,
    Window,
)
from shieldwall.control.transfers import SPANS

WEEKS = 200
START = 30
SUPPLIER, HOST = "Ruritania", "Venezuela"


def sample_transfers() -> tuple[Transfer, ...]:
    """The long-range and the medium-range system, delivered in 2022."""
    delivered = Moment("2022-09", datetime(2022, 9, 1, tzinfo=UTC), "month")
    return tuple(
        Transfer(s, HOST, SUPPLIER, delivered, "sample", "", f"control.toml:{n}")
        for n, s in enumerate(("s300vm", "bukm2e"), 1)
    )


def sample_foretold() -> tuple[Foretold, ...]:
    """One event, which the document reads otherwise."""
    return (
        Foretold("seen", "On 3 January 2026 the S-300VM is connected.", "connected", "s300vm",
                 date(2026, 1, 3), None, 0.95, "The document says so.", "control.toml:9"),
    )  # fmt: skip


def sample_control(case: Case) -> OperationalControl:
    """Who operates the sample, from the transfers and the events that its case tells of."""
    weeks = tuple(case.as_of - timedelta(days=7 * n) for n in range(WEEKS - 1, -1, -1))
    mission = (_window("air_defence_task", None, _reading("air_defence_task", None, "igla-5000",
               "president", "statement", "yes", case.as_of, 189, 0.7),
               _reading("air_defence_task", None, "border-distance", "outlet", "press", "no", None,
                        WEEKS - 1, -0.4)),)  # fmt: skip
    return OperationalControl(
        weeks, tuple(_system(t, case, 0.98 - 0.01 * n) for n, t in enumerate(case.transfers)), (),
        _weekly(np.tile([0.2, 0.6, 0.15, 0.05], (WEEKS, 1))), mission,
        tuple(learnt(rate, HOST) for rate in SPANS),
        tuple(Told(e, Band(0.3, 0.6, 0.9), np.full(8, 0.6), "held and connected")
              for e in case.foretold),
        indicators(case), Draws({}, {}), True,
    )  # fmt: skip


def _system(transfer: Transfer, case: Case, held: float) -> SystemControl:
    name, gone = transfer.system, np.clip((np.arange(WEEKS) - START) / (WEEKS - START), 0, 1)
    mean = np.empty((WEEKS, 6))
    mean[:, 0], mean[:, 5] = 1 - 0.9 * gone, 0.62 * gone
    mean[:, 1:5] = np.outer(gone, [0.08, 0.05, 0.05, 0.10])
    found = (
        _window("set_up", name, _reading("set_up", name, "image-2019", "imagery-firm", "imagery",
                "yes", date(2019, 3, 20), 0, 2.0)),
        _window("host_commands", name,
                _reading("host_commands", name, "buk-carlota", "outlet", "press", "yes",
                         date(2025, 11, 12), 192, 1.2),
                _reading("host_commands", name, "igla-5000", "president", "statement", "no",
                         date(2025, 10, 22), 189, -0.5),
                _reading("host_commands", name, "border-distance", "outlet", "press", "yes", None,
                         WEEKS - 1, 0.1)),
    )  # fmt: skip
    return SystemControl(
        name, transfer, held, START, _weekly(mean), mean, Band(0.05, 0.18, 0.4),
        _weekly(0.7 * gone[:, None]), np.full(WEEKS, 0.45), Band(0.2, 0.45, 0.7),
        tuple(NeedOdds(n, n, Band(0.2, 0.5, 0.8)) for n in ("crews", "upkeep", "links")),
        families(found), found, _forecast(case.as_of), _looks(name, case), _steps(),
        (Effect("family", "press", (), 0.55, 0.7), Effect("family", "imagery", (), 0.6, 0.7),
         Effect("source", "outlet", (), 0.55, 0.7),
         Effect("origin", "buk-carlota", ("buk-carlota",), 0.57, 0.7),
         Effect("document", "https://example.org/buk-carlota", (), 0.58, 0.7)),
    )  # fmt: skip


def _weekly(mean: np.ndarray) -> Weekly:
    return Weekly(mean, np.clip(mean - 0.2, 0, 1), np.clip(mean + 0.2, 0, 1))


def _reading(
    indicator: str, system: str | None, speaker: str, source: str, family: str, says: str,
    on: date | None, week: int, bits: float,
) -> Reading:  # fmt: skip
    ratio = math.exp2(bits)
    return Reading(indicator, system, says, speaker, source, family, (speaker,), on, week,  # type: ignore[arg-type]
                   Band(ratio / 2, ratio, ratio * 2))  # fmt: skip


def _window(indicator: str, system: str | None, *found: Reading) -> Window:
    return Window(indicator, system, min(r.week for r in found), found)


def _forecast(as_of: date) -> Forecast:
    ahead = tuple(range(0, 105, 4))
    rising = np.linspace(0.62, 0.8, len(ahead))[:, None]
    dates = tuple(
        Ahead(as_of + timedelta(days=d), Band(0.4, 0.65, 0.9), Band(0.5, 0.7, 0.9),
              Band(0.4, 0.4, 0.4), Band(0.1, 0.2, 0.3))
        for d in (30, 365)
    )  # fmt: skip
    within = tuple((y, Band(p - 0.1, p, p + 0.1)) for y, p in ((0.0, 0.62), (1.0, 0.7)))
    return Forecast(dates, ahead, _weekly(rising), _weekly(0.3 * rising), within, (0.0, 0.0, 5.0))


def _looks(system: str, case: Case) -> tuple[NextObservation, ...]:
    signs = [s for s in indicators(case).values() if s.look is not None][:14]
    found = []
    for n, sign in enumerate(signs):
        look, connection = sign.look, sign.of == "connection"
        assert look is not None
        states = 2 if connection else len(STATES["operators"])
        even = (1 / states,) * states
        telling = (*(0.4 / (states - 1),) * (states - 1), 0.6)
        found.append(NextObservation(
            sign.id, sign.name, system, "connection" if connection else "operators", look.how,
            look.family, 0.1 - 0.005 * n, 0.02, 0.2, look.effort_days, look.wait_days, 0.3,
            telling, even,
        ))  # fmt: skip
    return tuple(found)


def _steps() -> tuple[Step, ...]:
    return (
        Step("", "", "", "statement", None, 0.5, 0.6),
        Step("image-2019", "set_up", "yes", "imagery", date(2019, 3, 20), 0.503, 0.6),
        Step("igla-5000", "host_commands", "no", "statement", date(2025, 10, 22), 0.47, 0.7),
        Step("buk-carlota", "host_commands", "yes", "press", date(2025, 11, 12), 0.62, 0.7),
    )
