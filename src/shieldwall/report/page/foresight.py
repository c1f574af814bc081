"""What comes next: the forecast by dates, events foretold, and what to look for."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.case.control_records import STATES
from shieldwall.control.records import NextObservation, SystemControl, Told
from shieldwall.control.words import heading
from shieldwall.report.maps.foresight import fan_chart
from shieldwall.report.maps.svg import el
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import FAMILIES, Names
from shieldwall.report.page.plates import Panel
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, likelihood, number, percent, sentence

TOP_LOOKS = 12
_PARTS = ("independent", "connected", "serviceable", "all_three")


@dataclass(frozen=True)
class AheadRow:
    """One system on one date."""

    system: str
    on: str
    cells: tuple[Markup, ...]
    first: bool
    span: int


@dataclass(frozen=True)
class TimeRow:
    """When one system becomes independent, in words and by years ahead."""

    system: str
    words: str
    cells: tuple[Markup, ...]


@dataclass(frozen=True)
class ToldRow:
    """One event foretold."""

    text: str
    word: str
    odds: Markup
    document: Markup | str
    why: str
    reason: str


@dataclass(frozen=True)
class LookRow:
    """One look that could be taken."""

    system: str
    sign: str
    how: str
    family: str
    bits: Markup
    per_work: Markup
    per_wait: Markup
    chance: Markup
    found: Markup
    not_found: Markup


def fans(assessment: Assessment, figures: Figures, names: Names) -> tuple[Panel, ...]:
    """One fan chart a system."""
    return tuple(_fan(assessment, s, figures, names) for s in assessment.control.systems)


def _fan(assessment: Assessment, found: SystemControl, figures: Figures, names: Names) -> Panel:
    forecast, name = found.forecast, names.system(found.system)
    last = forecast.dates[-1]
    base = f"control.{found.system}.ahead.{last.on.isoformat()}"
    told = "; ".join(
        f"{a.on.isoformat()}: {percent(a.independent.middle)}, all three "
        f"{percent(a.all_three.middle)}"
        for a in forecast.dates
    )
    drawing = fan_chart(
        name, f"{heading('independent', found.transfer)}, by dates: {told}.",
        assessment.case.as_of, forecast.weeks,
        (("one", forecast.independent, _name("independent", figures(f"{base}.independent"))),
         ("two", forecast.all_three, _name("all three", figures(f"{base}.all_three")))),
    )  # fmt: skip
    return Panel(name, drawing)


def _name(words: str, figure: Markup) -> Markup:
    return el("tspan", words) + " " + figure


def with_band(figures: Figures, id: str) -> Markup:
    """A figure, and its band in small letters below."""
    band = figures.band(id)
    return figures(id) + (el("span", band, class_="more") if band else Markup(""))


def ahead_rows(assessment: Assessment, figures: Figures, names: Names) -> tuple[AheadRow, ...]:
    """Every system on every date of the forecast."""
    return tuple(
        AheadRow(
            names.system(s.system), a.on.isoformat(),
            tuple(with_band(figures, f"control.{s.system}.ahead.{a.on.isoformat()}.{part}")
                  for part in _PARTS),
            n == 0, len(s.forecast.dates),
        )
        for s in assessment.control.systems
        for n, a in enumerate(s.forecast.dates)
    )  # fmt: skip


def time_heads(assessment: Assessment) -> tuple[str, ...]:
    """The columns of the table of times."""
    years = [y for y, _ in assessment.control.systems[0].forecast.within]
    return tuple("now" if y == 0 else f"{y:g} y" for y in years)


def time_rows(assessment: Assessment, figures: Figures, names: Names) -> tuple[TimeRow, ...]:
    """When each system has been independent, with what chance."""
    return tuple(
        TimeRow(
            names.system(s.system), time_in_words(s),
            tuple(figures(f"control.{s.system}.within.{years:g}y")
                  for years, _ in s.forecast.within),
        )
        for s in assessment.control.systems
    )  # fmt: skip


def time_in_words(found: SystemControl) -> str:
    """When independence is as likely as not, by the years that the forecast tells of."""
    within = found.forecast.within
    if within[0][1].middle >= 0.5:
        return "already likelier than not"
    years = next((y for y, odds in within if odds.middle >= 0.5), None)
    if years is None:
        return "half a chance only beyond ten years"
    words = {0.25: "a quarter of a year", 0.5: "half a year", 7.5: "seven and a half years"}
    return f"half a chance within about {words.get(years) or count(round(years), 'year')}"


def told_rows(assessment: Assessment, figures: Figures) -> tuple[ToldRow, ...]:
    """Events that the case foretold, each with the document's own reading."""
    return tuple(_told(t, f"control.told.{t.event.id}", figures) for t in assessment.control.told)


def _told(told: Told, id: str, figures: Figures) -> ToldRow:
    said = told.event.document
    return ToldRow(
        told.event.text, likelihood(told.odds.middle), with_band(figures, id),
        "none" if said is None else figures.link(id, percent(said)),
        sentence(told.why), told.event.reason.strip(),
    )  # fmt: skip


def look_rows(assessment: Assessment, figures: Figures, names: Names) -> tuple[LookRow, ...]:
    """Every look over all systems, the most telling first."""
    looks = [(s, o) for s in assessment.control.systems for o in s.next_observations]
    looks.sort(key=lambda each: (-round(each[1].bits, 9), each[1].system, each[1].indicator))
    return tuple(_look(s, o, figures, names) for s, o in looks)


def _look(system: SystemControl, look: NextObservation, figures: Figures, names: Names) -> LookRow:
    id = f"control.{look.system}.next.{look.indicator}"
    name, found, not_found = _posteriors(system, look)
    return LookRow(
        names.system(look.system), look.name, look.how, FAMILIES[look.family],
        with_band_bits(figures, id, look), figures.link(id, number(look.per_effort, 3)),
        figures.link(id, number(look.per_day, 4)), figures.link(id, percent(look.chance)),
        _word(name, found, figures, id), _word("", not_found, figures, id),
    )  # fmt: skip


def with_band_bits(figures: Figures, id: str, look: NextObservation) -> Markup:
    """Bits to three decimals: the gains are small."""
    band = f"{number(look.low, 3)} to {number(look.high, 3)}"
    return figures.link(id, number(look.bits, 3)) + el(
        "span", figures.link(id, band, "fig band"), class_="more"
    )


def _posteriors(system: SystemControl, look: NextObservation) -> tuple[str, float, float]:
    """The state that finding it or not finding it moves most, and where it would stand."""
    n = max(range(len(look.found)), key=lambda k: abs(look.found[k] - look.not_found[k]))
    if look.about == "connection":
        n = 1
        return STATES["connection"][n], look.found[n], look.not_found[n]
    name = heading(STATES["operators"][n], system.transfer)
    return name, look.found[n], look.not_found[n]


def _word(name: str, odds: float, figures: Figures, id: str) -> Markup:
    text = f"{likelihood(odds)}, {percent(odds)}"
    return Markup("{}{}").format(f"{name}: " if name else "", figures.link(id, text))
