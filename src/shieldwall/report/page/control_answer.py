"""Who operates the network, as one of the answers: the systems that the numbers single out."""

from __future__ import annotations

from markupsafe import Markup

from shieldwall.case.control_records import STATES
from shieldwall.control.records import OperationalControl, SystemControl, Told
from shieldwall.control.words import operator
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import percent

HELD_FOR_SURE = 0.95
"""A system held with at least these odds is spoken of without an if."""
_ALL = 3
"""So many systems are all named; of more, the least and the most settled that are held."""
_ENDS = 2
_LIKELIER, _FOREMOST = 0.5, 3
_INDEPENDENT = STATES["operators"].index("independent")


def control_answer(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """Who operates what, whether it is joined and works, and the event foretold most differently.

    Empty where no system came from abroad.
    """
    control = assessment.control
    if not control.systems:
        return Markup("")
    chosen = _chosen(control)
    said = [_one(s, figures, names) for s in chosen]
    text = Markup("Who operates it: {}.").format(Markup("; ").join(said))
    if len(control.systems) > len(chosen) == _ENDS:
        text = Markup(
            "Of what came from abroad it is least settled who operates {}, and most settled for {}."
        ).format(*said)
    text += _together(chosen, figures, names)
    told = _most_apart(control)
    if told is not None:
        id = f"control.told.{told.event.id}"
        text += Markup(" Forecast: {} ({}; the document reads it as {}).").format(
            told.event.text.strip().rstrip("."), figures(id, words=True),
            figures.link(id, percent(told.event.document)),
        )  # fmt: skip
    return text


def _chosen(control: OperationalControl) -> list[SystemControl]:
    if len(control.systems) <= _ALL:
        return list(control.systems)
    unsettled = lambda s: (abs(float(s.now[_INDEPENDENT]) - 0.5), s.system)  # noqa: E731
    held = [s for s in control.systems if s.held >= 0.5] or list(control.systems)
    least, most = min(held, key=unsettled), max(held, key=unsettled)
    return [least] if least is most else [least, most]


def _one(found: SystemControl, figures: Figures, names: Names) -> Markup:
    held = if_held(found, figures)
    return Markup("{}{} ({})").format(names.system(found.system), held, operated(found, figures))


def _together(chosen: list[SystemControl], figures: Figures, names: Names) -> Markup:
    """Whether each is connected and works, and all three at once, on the as-of date."""
    parts = []
    for found in chosen:
        base = f"control.{found.system}"
        on = found.forecast.dates[0].on.isoformat()
        parts.append(
            Markup("{}: connected {}, share that works {}, independent and both at once {}").format(
                names.system(found.system), figures(f"{base}.connected"),
                figures(f"{base}.serviceable"), figures(f"{base}.ahead.{on}.all_three"),
            )
        )  # fmt: skip
    return Markup(" {}.").format(Markup("; ").join(parts))


def _most_apart(control: OperationalControl) -> Told | None:
    """The event whose odds lie farthest from what the document holds of it."""
    read = [t for t in control.told if t.event.document is not None]
    apart = lambda t: abs(t.odds.middle - (t.event.document or 0.0))  # noqa: E731
    return max(read, key=apart, default=None)


def operated(found: SystemControl, figures: Figures) -> Markup:
    """Who operates it: the likeliest state, or the foremost ones where none is likelier than not.

    Calling a state likeliest and unlikely in one breath would only confuse.
    """
    order = sorted(range(len(found.now)), key=lambda n: (-round(float(found.now[n]), 9), n))
    states = [STATES["operators"][n] for n in order]
    base = f"control.{found.system}"
    if found.now[order[0]] >= _LIKELIER:
        return Markup("most likely {}; {}").format(
            operator(states[0], found.transfer), stated(f"{base}.{states[0]}", figures)
        )
    first, second, third = (
        Markup("{}, {}").format(
            operator(s, found.transfer), stated(f"{base}.{s}", figures, words=False)
        )
        for s in states[:_FOREMOST]
    )
    return Markup("open, foremost {}; {}; {}").format(first, second, third)


def stated(id: str, figures: Figures, words: bool = True) -> Markup:
    """A probability over its whole band: the term, the mean, and 5th to 95th percentile."""
    band = figures.band(id)
    return figures(id, words=words) + (Markup(" ({})").format(band) if band else Markup(""))


def likeliest(found: SystemControl) -> str:
    """The state of operators that is likeliest now."""
    return STATES["operators"][int(found.now.argmax())]


def if_held(found: SystemControl, figures: Figures) -> Markup:
    """The condition that a system is in the country, where that is not nearly certain."""
    if found.held >= HELD_FOR_SURE:
        return Markup("")
    return Markup(", if the country holds it ({})").format(
        figures(f"control.{found.system}.held", words=True)
    )
