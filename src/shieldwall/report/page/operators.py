"""Plates of operational control: states over time, with the evidence below, and their tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.control_records import STATES, Transfer
from shieldwall.control.records import OperationalControl, Reading, SystemControl, Weekly, Window
from shieldwall.control.words import MISSION, heading, operator
from shieldwall.report.maps.control import (
    RECENT_WEEKS,
    Axis,
    Floats,
    Line,
    Mark,
    Stripe,
    axis,
    state_plate,
)
from shieldwall.report.maps.svg import el
from shieldwall.report.page.figures import Figures, anchor
from shieldwall.report.page.names import FAMILIES, Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, number, percent, short

OPERATORS, MISSIONS = STATES["operators"], STATES["mission"]
INDEPENDENT = OPERATORS.index("independent")
_MISSION_CLASSES = {
    "none": "not_operational", "training": "joint", "operating": "supplier_instructors",
    "leaving": "supplier_contractors",
}  # fmt: skip
"""The states of the mission in the colours of the states of operators they are nearest to."""
_QUARTER, _YEAR, _FEW = 13, 52, 26


@dataclass(frozen=True)
class WeekRow:
    """One date of the table beside a plate."""

    on: str
    cells: tuple[Markup | str, ...]


@dataclass(frozen=True)
class ReadingRow:
    """One reading of one sign."""

    on: str
    sign: str
    says: str
    who: str
    link: Markup
    family: str
    bits: Markup


@dataclass(frozen=True)
class OperatorPlate:
    """One plate with its two tables."""

    id: str
    name: str
    drawing: Markup
    caption: str
    heads: tuple[str, ...]
    weeks: tuple[WeekRow, ...]
    readings: tuple[ReadingRow, ...]


def operator_plates(
    assessment: Assessment, figures: Figures, names: Names
) -> tuple[OperatorPlate, ...]:
    """The mission first, since every system hangs on it, then one plate a system."""
    control = assessment.control
    mission = control.mission
    found = [] if mission is None else [_mission_plate(assessment, mission, figures)]
    found += [_system_plate(assessment, s, figures, names) for s in control.systems]
    return tuple(found)


def _system_plate(
    assessment: Assessment, found: SystemControl, figures: Figures, names: Names
) -> OperatorPlate:
    control, base = assessment.control, f"control.{found.system}"
    name, transfer = names.system(found.system), found.transfer
    marks = _marks(assessment, found.windows)
    at = axis(found.start, control.weeks, marks)
    order = tuple(reversed(range(len(OPERATORS))))
    stripes = [
        Stripe(OPERATORS[n], found.operators.mean[:, n],
               _end(heading(OPERATORS[n], transfer), figures(f"{base}.{OPERATORS[n]}")))
        for n in order
    ]  # fmt: skip
    lines = [
        Line("one", found.connected.mean[:, 0], found.connected.low[:, 0],
             found.connected.high[:, 0], _end("connected", figures(f"{base}.connected"))),
        Line("two", found.serviceable, None, None,
             _end("share that works", figures(f"{base}.serviceable"))),
    ]  # fmt: skip
    drawing = state_plate(
        f"Who operates {name}, week by week", _told(found, transfer), at, stripes,
        (found.operators.low[:, INDEPENDENT], found.operators.high[:, INDEPENDENT]), lines, marks,
    )  # fmt: skip
    ids = [f"{base}.{OPERATORS[n]}" for n in order]
    ids += [f"{base}.connected", f"{base}.serviceable"]
    series = [s.odds for s in stripes] + [line.odds for line in lines]
    heads = (*(heading(OPERATORS[n], transfer) for n in order), "connected", "share that works")
    return OperatorPlate(
        found.system, name, drawing, _caption(at, transfer), heads,
        _week_rows(at, series, ids, figures),
        _reading_rows(assessment, found.system, found.windows, figures),
    )  # fmt: skip


def _mission_plate(assessment: Assessment, mission: Weekly, figures: Figures) -> OperatorPlate:
    control = assessment.control
    transfer = control.systems[0].transfer
    marks = _marks(assessment, control.mission_windows)
    first = len(control.weeks) - 1 - RECENT_WEEKS
    at = axis(max(0, first), control.weeks, marks)
    order = [MISSIONS.index(s) for s in ("operating", "training", "leaving", "none")]
    stripes = [
        Stripe(_MISSION_CLASSES[MISSIONS[n]], mission.mean[:, n],
               _end(MISSION[MISSIONS[n]], figures(f"control.mission.{MISSIONS[n]}")))
        for n in order
    ]  # fmt: skip
    now = ", ".join(f"{MISSION[MISSIONS[n]]} {percent(float(mission.mean[-1, n]))}"
                    for n in order)  # fmt: skip
    lowest = order[0]
    drawing = state_plate(
        f"What {transfer.supplier}’s mission does, week by week", f"On the last day: {now}.", at,
        stripes, (mission.low[:, lowest], mission.high[:, lowest]), (), marks,
    )  # fmt: skip
    ids = [f"control.mission.{MISSIONS[n]}" for n in order]
    return OperatorPlate(
        "mission", f"{transfer.supplier}’s mission", drawing,
        "The last three years. What was read of the mission tells of every system that came from "
        "the same supplier. Dashed: 5th to 95th percentile of its crews operating.",
        tuple(MISSION[MISSIONS[n]] for n in order),
        _week_rows(at, [s.odds for s in stripes], ids, figures),
        _reading_rows(assessment, "mission", control.mission_windows, figures),
    )  # fmt: skip


def _end(words: str, figure: Markup) -> Markup:
    return el("tspan", words) + " " + figure


def _told(found: SystemControl, transfer: Transfer) -> str:
    """The text alternative: where it stands, and half a year, a year and three years before."""
    now = ", ".join(
        f"{heading(state, transfer)} {percent(float(found.now[n]))}"
        for n, state in reversed(list(enumerate(OPERATORS)))
    )
    last = len(found.serviceable) - 1
    past = [
        f"{words} before: {percent(float(found.operators.mean[last - weeks, INDEPENDENT]))}"
        for weeks, words in ((26, "half a year"), (52, "a year"), (156, "three years"))
        if last - weeks >= found.start
    ]
    alone = f" {heading('independent', transfer)}, {'; '.join(past)}." if past else ""
    return f"On the last day: {now}.{alone}"


def _caption(at: Axis, transfer: Transfer) -> str:
    shown = "When it came is not published: it starts as such transfers stand in the long run"
    if transfer.delivered is not None:
        shown = f"Since the delivery ({transfer.delivered.text})"
    if at.seam > at.first:
        shown += (
            "; what lies more than three years back is pressed together left of the dotted line"
        )
    shown += "."
    return (
        f"{shown} Dashed: 5th to 95th percentile of {operator('independent', transfer)}. What was "
        "read of the mission stands in its own plate."
    )


def row_weeks(at: Axis) -> list[int]:
    """The weeks of the table: quarters back from the last, years before the seam."""
    step = _QUARTER if at.last - at.first > _FEW else 2
    recent = list(range(at.last, at.seam - 1, -step))
    old = range(recent[-1] - _YEAR, at.first - 1, -_YEAR) if at.seam > at.first else []
    return sorted({*recent, *old, at.first})


def _week_rows(
    at: Axis, series: Sequence[Floats], ids: Sequence[str], figures: Figures
) -> tuple[WeekRow, ...]:
    """Past dates as they are drawn; the last with its trails."""
    rows = [
        WeekRow(at.day(week).isoformat(), tuple(percent(float(odds[week])) for odds in series))
        for week in row_weeks(at)[:-1]
    ]
    return (*rows, WeekRow(at.as_of.isoformat(), tuple(figures(id) for id in ids)))


def each_reading(found: Iterable[Window]) -> list[Reading]:
    """All readings of the windows, in the order of time."""
    return sorted(
        (r for w in found for r in w.readings),
        key=lambda r: (r.on is None, r.week, r.indicator, r.speaker),
    )


def _marks(assessment: Assessment, found: Iterable[Window]) -> list[Mark]:
    signs = assessment.control.indicators
    return [
        Mark(
            None if r.on is None else r.week, r.family, r.says == "yes", r.bits,
            signs[r.indicator].name,
            f"{signs[r.indicator].name}: {r.says}, says {r.speaker}, {_on(r)}; "
            f"{number(r.bits, 1)} bits",
            f"#{anchor(f'claim:{r.speaker}')}",
        )
        for r in each_reading(found)
    ]  # fmt: skip


def _on(reading: Reading) -> str:
    return "undated" if reading.on is None else reading.on.isoformat()


def _reading_rows(
    assessment: Assessment, of: str, found: Iterable[Window], figures: Figures
) -> tuple[ReadingRow, ...]:
    return tuple(
        ReadingRow(
            _on(r), assessment.control.indicators[r.indicator].name, r.says,
            short(assessment.case.source(r.source).name), claim_link(r.speaker, figures),
            FAMILIES[r.family], figures.signed(f"control.{of}.sign.{r.indicator}.{r.speaker}"),
        )
        for r in each_reading(found)
    )  # fmt: skip


def claim_link(claim: str, figures: Figures) -> Markup:
    """A claim's id as a link to its trail."""
    return figures.link(f"claim:{claim}", claim, "fig claim-id")


def readings_behind(control: OperationalControl) -> str:
    """How much was read, in one sentence without odds."""
    found = [r for s in control.systems for w in s.windows for r in w.readings]
    found += [r for w in control.mission_windows for r in w.readings]
    origins = {r.speaker for r in found}
    undated = {r.speaker for r in found if r.on is None}
    if not origins:
        return "No origin speaks of any sign: what stands here is how such transfers usually go."
    text = f"{count(len(origins), 'origin')} {'speaks' if len(origins) == 1 else 'speak'} of "
    text += f"{count(len({r.indicator for r in found}), 'sign')}"
    if undated:
        text += f"; {count(len(undated), 'of them is', 'of them are')} undated"
    return f"{text[0].upper()}{text[1:]}."
