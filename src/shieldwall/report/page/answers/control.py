"""Who operates the network, as one of the answers: the systems that the numbers single out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from shieldwall.case.control_records import STATES, Transfer
from shieldwall.control.records import OperationalControl, SystemControl
from shieldwall.control.words import MISSION, heading, operator
from shieldwall.report.maps.charts import stacked_bar
from shieldwall.report.page.answers.records import Answer, Glance, capital, in_words, whole
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import HELD_FOR_SURE, listed, percent

_ROWS = 6
_LIKELIER, _FOREMOST = 0.5, 3
_SURELY_THERE = 0.5


def control_answer(assessment: Assessment, figures: Figures, names: Names) -> Answer:
    """Who operates what, whether it is joined and works, and the event foretold most differently.

    Where no system came from abroad, why nothing is asked.
    """
    control = assessment.control
    if not control.systems:
        return Answer("control", "control", Markup(no_transfer(assessment, names)), ())
    held = [s for s in control.systems if s.held >= _SURELY_THERE] or list(control.systems)
    said = [
        _parts(held, figures, names), _consoles(held, figures, names), _mission(control, figures),
        _foretold(control, figures),
    ]  # fmt: skip
    return Answer(
        "control", "control", _operate(held, figures, names), tuple(s for s in said if s),
        _glance(control.systems, figures, names),
    )  # fmt: skip


def no_transfer(assessment: Assessment, names: Names) -> str:
    """Why nothing is asked of systems none of which came from abroad."""
    if assessment.control.domestic:
        return own(assessment.control.domestic, names)
    return "The case tells of no transfer, so nothing is said about who operates these systems."


def own(domestic: Sequence[Transfer], names: Names) -> str:
    """Systems that their host makes."""
    hosts = listed(dict.fromkeys(t.host for t in domestic))
    systems = listed(names.system(t.system) for t in domestic)
    return f"{hosts} itself makes and operates {systems}, so that control is not in doubt."


def _operate(held: Sequence[SystemControl], figures: Figures, names: Names) -> Markup:
    """Systems of one likeliest operator together; those that are open after them."""
    alike: dict[str, list[SystemControl]] = {}
    open_ = []
    for found in held:
        if float(found.now.max()) >= _LIKELIER:
            alike.setdefault(operator(likeliest(found), found.transfer), []).append(found)
        else:
            open_.append(found)
    parts = []
    for who, systems in alike.items():
        listed_ = [
            Markup("{} ({})").format(
                whole(names.system(s.system)),
                figures(f"control.{s.system}.{likeliest(s)}", words=True),
            )
            for s in systems
        ]
        parts.append(Markup("most likely {} operate {}").format(who, in_words(listed_)))
    if open_:
        listed_ = [
            Markup("{} (foremost {}, {})").format(
                whole(names.system(s.system)), operator(likeliest(s), s.transfer),
                figures(f"control.{s.system}.{likeliest(s)}"),
            )
            for s in open_
        ]  # fmt: skip
        parts.append(Markup("who operates {} is open").format(in_words(listed_)))
    who = capital(Markup("{}.").format(Markup("; ").join(parts)))
    return who + Markup(" ") + _together(held, figures, names)


def _together(held: Sequence[SystemControl], figures: Figures, names: Names) -> Markup:
    """That the host operates it alone, and it is connected, and it works, on the as-of date."""
    parts = []
    for found in held:
        on = found.forecast.dates[0].on.isoformat()
        figure = figures(f"control.{found.system}.ahead.{on}.all_three")
        parts.append(Markup("{} {}").format(whole(names.system(found.system)), figure))
    host = held[0].transfer.host
    return Markup("{} alone, connected and working all at once: {}.").format(host, in_words(parts))


def _parts(held: Sequence[SystemControl], figures: Figures, names: Names) -> Markup:
    """Each of the two other things by itself."""
    said = []
    for words, part in (("Connected", "connected"), ("Share that works", "serviceable")):
        each = [
            Markup("{} {}").format(
                whole(names.system(s.system)), figures(f"control.{s.system}.{part}")
            )
            for s in held
        ]
        said.append(Markup("{}: {}.").format(words, in_words(each)))
    return Markup(" ").join(said)


def _consoles(held: Sequence[SystemControl], figures: Figures, names: Names) -> Markup:
    """The supplier's people at the consoles, alone or in joint crews."""
    each = [
        Markup("{} {}").format(
            whole(names.system(s.system)), figures(f"control.{s.system}.at_consoles")
        )
        for s in held
    ]
    return Markup("{}’s people at the consoles: {}.").format(
        held[0].transfer.supplier, in_words(each)
    )


def _mission(control: OperationalControl, figures: Figures) -> Markup:
    """What the supplier's mission most likely does."""
    if control.mission is None:
        return Markup("")
    state = STATES["mission"][int(control.mission.mean[-1].argmax())]
    return Markup("{}’s mission, most likely: {} ({}).").format(
        control.systems[0].transfer.supplier, MISSION[state],
        figures(f"control.mission.{state}", words=True),
    )  # fmt: skip


def _foretold(control: OperationalControl, figures: Figures) -> Markup:
    """The event whose odds lie farthest from what the document holds of it."""
    read = [t for t in control.told if t.event.document is not None]
    apart = lambda t: abs(t.odds.middle - (t.event.document or 0.0))  # noqa: E731
    told = max(read, key=apart, default=None)
    if told is None:
        return Markup("")
    id = f"control.told.{told.event.id}"
    return Markup(
        "Asked beforehand: “{}”, {} (a source document, taken at its word, {})."
    ).format(
        told.event.text.strip().rstrip("."), figures(id, words=True),
        figures.link(id, percent(told.event.document)),
    )  # fmt: skip


def _glance(systems: Sequence[SystemControl], figures: Figures, names: Names) -> Glance:
    """Who may operate each system, as shares of one bar; the figure is that of the likeliest."""
    states = STATES["operators"]
    rows = []
    for found in systems[:_ROWS]:
        shares = [(f"state {s}", float(found.now[n])) for n, s in enumerate(states)]
        label = names.system(found.system)
        rows.append(
            Row(
                label if found.held >= HELD_FOR_SURE else f"{label}, if held",
                (figures(f"control.{found.system}.{likeliest(found)}"),),
                stacked_bar(list(reversed(shares))),
            )
        )  # fmt: skip
    transfer = systems[0].transfer
    return Glance(
        Block("Who operates it", tuple(rows)), "System", "Odds on the as-of date",
        "The figure is that of the likeliest.",
        tuple((s, heading(s, transfer)) for s in reversed(states)),
    )  # fmt: skip


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
