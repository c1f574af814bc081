"""The report: one self-contained file that loads nothing and runs nothing.

Text from a case is escaped by the templates (autoescape) and by ``maps.svg``; the page carries a
content policy that allows its own styles and embedded images only, and no script at all.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from shieldwall.case.records import Case, PressureEvent
from shieldwall.evidence.later import written_for
from shieldwall.files import write_text
from shieldwall.report.calculus_words import NO_GAME
from shieldwall.report.judgements import judgements as key_judgements
from shieldwall.report.maps import colours
from shieldwall.report.maps.colours import DASHES
from shieldwall.report.maps.control import state_patterns
from shieldwall.report.page import plates, sources, tables
from shieldwall.report.page.against import parted
from shieldwall.report.page.answers import answers, sure
from shieldwall.report.page.answers.control import no_transfer
from shieldwall.report.page.calculus import calculus_chapter
from shieldwall.report.page.control import control_chapter
from shieldwall.report.page.evidence import chapter
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.glossary import GLOSSARY
from shieldwall.report.page.judgements import TITLES, judged
from shieldwall.report.page.names import Names
from shieldwall.report.page.raids import raid_chapter
from shieldwall.report.page.trails import trails
from shieldwall.report.records import Assessment
from shieldwall.report.words import band, count, day, plain

__all__ = ["render", "write_report"]

STYLES = ("style", "answers")


def write_report(assessment: Assessment, path: Path) -> None:
    """Write the report to ``path``. The same assessment gives the same bytes.

    Raises ``OutputError`` where the file cannot be written.
    """
    write_text(path, render(assessment))


def render(assessment: Assessment) -> str:
    """The whole page as text."""
    figures, names = Figures(assessment.ledger), Names(assessment)
    adding = plates.adding_layers(assessment)
    found, answered = key_judgements(assessment), answers(assessment, figures, names)
    page = {
        "case": assessment.case,
        "version": assessment.version,
        "as_of": day(assessment.case.as_of),
        "answers": [(a, TITLES[a.question], sure(found, a.question, names)) for a in answered],
        "evidence": _evidence(assessment),
        "control": control_chapter(assessment, figures, names),
        "no_transfer": no_transfer(assessment, names),
        "raids": raid_chapter(assessment, figures, names),
        "calculus": calculus_chapter(assessment, figures),
        "no_game": NO_GAME,
        "judged": judged(found, figures),
        "state_patterns": state_patterns(),
        "against": parted(assessment, figures),
        "evidence_chapter": chapter(assessment, figures, names),
        "asked": sources.asked(assessment, figures),
        "told": sources.told(assessment, figures, names),
        "reasons": sources.reasons(assessment, figures, names),
        "moved": sources.moved(assessment, figures, names),
        "courses": sources.courses(assessment, names),
        "terrain": assessment.terrain,
        "terrain_link": figures.link("data:terrain", f"Source: {assessment.terrain.name}."),
        "k_factor": tables.with_band(figures, "terrain.k_factor"),
        "overrides": _overrides(assessment, figures, names),
        "definitions": plates.definitions(assessment),
        "network": plates.network(assessment),
        "key": plates.key(assessment, figures, names),
        "threats": plates.threats(assessment, figures, names),
        "floors": plates.floors(assessment, names),
        "sections": plates.sections(assessment, names),
        "reaches": plates.reaches(assessment, names),
        "probability_legend": plates.ramp_legend(colours.probability_legend()),
        "floor_legend": plates.ramp_legend(colours.floor_legend()),
        "source_line": plates.source_line(assessment),
        "ringed": plates.ringed_layers(assessment),
        "adding": adding,
        "dashes": DASHES,
        "units": tables.units(assessment, figures, names),
        "held": tables.held(assessment, figures, names),
        "shares": tables.shares(assessment, figures, names),
        "layer_shares": tables.layers(assessment, figures, names, adding),
        "reach": tables.reach(assessment, figures, names),
        "distances": tables.distances(assessment, figures, names),
        "pressure": _pressure(assessment.case, assessment.written.as_of),
        "assumptions": [(a, band(a.band, a.unit)) for a in assessment.assumptions],
        "draws": assessment.ensemble.draws,
        "seed": assessment.ensemble.seed,
        "glossary": GLOSSARY,
        "style": _style(),
    }
    page["trails"] = trails(assessment, list(figures.printed))
    return _environment().get_template("report.html.j2").render(page)


def _evidence(assessment: Assessment) -> str:
    """How many claims from how many sources are read, and how many came too late."""
    claims, late = assessment.evidence.claims, len(assessment.evidence.late)
    sources = len({c.source for c in claims})
    text = f"{count(len(claims), 'claim')} from {count(sources, 'source')}"
    return f"{text}; {late} published later, not read" if late else text


def _pressure(case: Case, own: date) -> list[PressureEvent]:
    """The dated record up to the as-of date, then what has no date; ``own``: of the case's files.

    Their words may tell of what came of an act later.
    """
    dated = [e for e in case.pressure if e.date and e.date.start.date() <= case.as_of]
    undated = [e for e in case.pressure if e.date is None]
    # Reduced-precision ISO texts sort as their times do.
    found = [*sorted(dated, key=lambda e: (e.date.text if e.date else "", e.id)), *undated]
    if case.as_of == own:
        return found
    return [replace(e, statement=written_for(own, e.statement)) for e in found]


def _overrides(assessment: Assessment, figures: Figures, names: Names) -> list[dict[str, Any]]:
    units = {"presence": "probability", "launchers": "launchers", "serviceability": "share"}
    return [
        {
            "what": f"{each.target} of {names.system(each.system)}"
            + (f" at {names.place(each.place)}" if each.place else ""),
            "band": figures.link(f"override:{n}", band(each.band, units[each.target])),
            "reason": each.reason,
            "by": each.by,
            "on": each.on.isoformat() if each.on else "no date given",
            "where": each.where,
        }
        for n, each in enumerate(assessment.case.overrides)
    ]


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("shieldwall.report.page"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _finalize(value: object) -> object:
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _style() -> Markup:
    paper, screen = colours.ramp_css()
    sheets = (files(__package__).joinpath(f"templates/{name}.css") for name in STYLES)
    text = "".join(sheet.read_text("utf-8") for sheet in sheets)
    return Markup(text.replace("/*paper-ramp*/", paper).replace("/*screen-ramp*/", screen))
