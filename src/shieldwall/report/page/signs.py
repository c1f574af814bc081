"""The three key indicators by source family: which family says what of which sign."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.control_records import Group
from shieldwall.case.records import Family
from shieldwall.control.records import Reading, Window
from shieldwall.report.maps.timeline import LANES
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.page.operators import claim_link
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, listed, signed

GROUPS: dict[Group, str] = {
    "mission": "Changes in the advisory mission",
    "command": "Assumption of command by local crews",
    "observable": "Observable evidence",
}
_SPEAKERS: dict[Family, str] = {
    "statement": "official statements", "flight": "aircraft movements", "imagery": "imagery",
    "sighting": "sightings", "press": "the press",
}  # fmt: skip


@dataclass(frozen=True)
class Voice:
    """One origin on one sign."""

    says: str
    bits: Markup
    link: Markup


@dataclass(frozen=True)
class Cell:
    """What one family says of one sign; empty where it says nothing."""

    tally: Markup | str
    voices: tuple[Voice, ...]


@dataclass(frozen=True)
class SignRow:
    """One sign of the mission, or of one or more systems of which the same was read."""

    name: str
    of: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SignGroup:
    """One key indicator and its signs that somebody spoke of."""

    name: str
    rows: tuple[SignRow, ...]
    silent: str
    """Signs of it that nobody spoke of."""


@dataclass(frozen=True)
class _Heard:
    """Readings of one sign, the same of each of ``systems``; of the mission where it has none."""

    indicator: str
    systems: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def of(self) -> str:
        """The part of a figure's id that says what it tells of."""
        return self.systems[0] if self.systems else "mission"

    def by(self, family: Family) -> tuple[Reading, ...]:
        """What one family says."""
        return tuple(r for r in self.readings if r.family == family)


def sign_groups(assessment: Assessment, figures: Figures, names: Names) -> tuple[SignGroup, ...]:
    """All signs, by key indicator."""
    signs, heard = assessment.control.indicators, _heard(assessment)
    spoken = {h.indicator for h in heard}
    return tuple(
        SignGroup(
            title,
            tuple(
                _row(assessment, h, figures, names)
                for h in heard
                if signs[h.indicator].group == group
            ),
            "; ".join(s.name for s in signs.values() if s.group == group and s.id not in spoken),
        )
        for group, title in GROUPS.items()
    )


def _heard(assessment: Assessment) -> list[_Heard]:
    """What was read of each sign; systems of which the same was read stand together."""
    control = assessment.control
    found = [_Heard(i, (), r) for i, r in _by_sign(control.mission_windows).items()]
    same: dict[tuple[str, tuple[tuple[str, str], ...]], _Heard] = {}
    for system in control.systems:
        for indicator, readings in _by_sign(system.windows).items():
            key = (indicator, tuple((r.speaker, r.says) for r in readings))
            others = same[key].systems if key in same else ()
            same[key] = _Heard(indicator, (*others, system.system), readings)
    order = list(control.indicators)
    return sorted(
        [*found, *same.values()], key=lambda h: (order.index(h.indicator), -len(h.systems))
    )


def _by_sign(windows: Iterable[Window]) -> dict[str, tuple[Reading, ...]]:
    found: dict[str, tuple[Reading, ...]] = {}
    for window in windows:
        found[window.indicator] = (*found.get(window.indicator, ()), *window.readings)
    return found


def _of(assessment: Assessment, heard: _Heard, names: Names) -> str:
    if not heard.systems:
        return "the mission"
    if len(heard.systems) == len(assessment.control.systems) > 1:
        return "every system"
    return listed(names.system(s) for s in heard.systems)


def _row(assessment: Assessment, heard: _Heard, figures: Figures, names: Names) -> SignRow:
    name = assessment.control.indicators[heard.indicator].name
    cells = tuple(_cell(heard, family, figures) for family in LANES)
    return SignRow(name, _of(assessment, heard, names), cells)


def _cell(heard: _Heard, family: Family, figures: Figures) -> Cell:
    said = heard.by(family)
    if not said:
        return Cell("", ())
    base = f"control.{heard.of}.sign.{heard.indicator}"
    voices = tuple(
        Voice(r.says, figures.signed(f"{base}.{r.speaker}"), claim_link(r.speaker, figures))
        for r in said
    )
    counts = ((s, sum(r.says == s for r in said)) for s in ("yes", "no"))
    text = ", ".join(count(n, says, says) for says, n in counts if n)
    if len(said) > 1:
        text += f": {signed(math.fsum(r.bits for r in said))} bits"
    return Cell(figures.to(f"#t-readings-{heard.of}", text), voices)


def disagreements(assessment: Assessment, names: Names) -> tuple[str, ...]:
    """Each sign of which families say opposite things, in words."""
    signs = assessment.control.indicators
    found = []
    for heard in _heard(assessment):
        says = {f: {r.says for r in heard.by(f)} for f in LANES}
        if {s for each in says.values() for s in each} != {"yes", "no"}:
            continue
        parts = []
        for words, kind in (
            ("so", {"yes"}), ("not so", {"no"}), ("both", {"yes", "no"}),
        ):  # fmt: skip
            families = [_SPEAKERS[f] for f in LANES if says[f] == kind]
            if families:
                parts.append(f"{words} by {listed(families)}")
        text = f"{signs[heard.indicator].name} ({_of(assessment, heard, names)}): "
        found.append(f"{text}{', '.join(parts)}.")
    return tuple(found)
