"""What it covers, as one of the answers: rings against what is left of them, and where."""

from __future__ import annotations

from markupsafe import Markup

from shieldwall.coverage.records import AreaCover
from shieldwall.report.cover_words import (
    STEPS,
    foremost_layer,
    gap,
    largest_step,
    lead_cover,
)
from shieldwall.report.page.answers.records import NOTHING_THERE, Answer, Glance, capital
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.page.plates import steps
from shieldwall.report.records import Assessment
from shieldwall.report.words import layer_name, listed, metres, number, short, spelt
from shieldwall.trail.coverage import cover_id

_NEARLY = 2.0
"""Altitudes off by this factor still tell of a class that flies near them."""
_WIDE = 0.1
"""A narrower gap is told as none."""
_FOOT = (
    "What is left of the rings, step by step. Hatched: what the step costs; whisker: 5th to 95th "
    "percentile."
)


def coverage_answer(assessment: Assessment, figures: Figures, names: Names) -> Answer:
    """The widest gap between rings and cover; best and worst cover, or reach; the terrain."""
    if not assessment.ensemble.units:
        return Answer(
            "coverage", "sight", Markup(NOTHING_THERE.format("so nothing is covered")), ()
        )
    lead = lead_cover(assessment)
    said = [_step(lead, figures)] if lead is not None else []
    if lead is not None:
        said.append(_elsewhere(assessment, lead, figures, names))
    if assessment.coverage.reach:
        said.append(_reach(assessment, figures, names))
    said.append(_terrain(assessment, figures))
    if lead is None:
        headline = Markup("No defended area was asked about, so cover is drawn and not measured.")
        return Answer("coverage", "sight", headline, tuple(s for s in said if s))
    glance = Glance(
        steps(lead, figures, names), "Step",
        f"{names.threat(lead.threat)} at {metres(lead.altitude_m)}", _FOOT,
    )  # fmt: skip
    return Answer(
        "coverage", "cover", _claimed(lead, figures, names), tuple(s for s in said if s), glance
    )


def _claimed(lead: AreaCover, figures: Figures, names: Names) -> Markup:
    base = cover_id(lead)
    band = figures.band(f"{base}.depth_1")
    less = "Far less than range rings claim" if gap(lead) >= _WIDE else "About what rings claim"
    return Markup("{}: over {}, {} of it{} instead of {}, against {} at {}.").format(
        less, names.area(lead.area), figures(f"{base}.depth_1"),
        Markup(" ({})").format(band) if band else "", figures(f"{base}.rings"),
        _a(names.threat(lead.threat)), metres(lead.altitude_m),
    )  # fmt: skip


def _step(lead: AreaCover, figures: Figures) -> Markup:
    """The step that costs the lead area most."""
    worst = largest_step(lead)
    if worst is None:
        return Markup("")
    base, (before, _), (after, cause) = cover_id(lead), STEPS[worst - 1], STEPS[worst]
    return Markup("The largest step of that gap is {} ({} before, {} after).").format(
        cause, figures(f"{base}.{before}"), figures(f"{base}.{after}")
    )


def _elsewhere(assessment: Assessment, lead: AreaCover, figures: Figures, names: Names) -> Markup:
    """Best and worst cover against the same threat, and areas that no ring reaches."""
    rows = _flown(assessment, lead)
    outside = [
        area
        for area in dict.fromkeys(c.area for c in rows)
        if all(c.rings == 0 for c in rows if c.area == area)
    ]
    within = [c for c in rows if c.area not in outside]
    best = max(within, key=lambda c: (round(c.depth[0].mean, 6), -c.altitude_m))
    worst = min(within, key=lambda c: (round(c.depth[0].mean, 6), c.altitude_m))
    base = cover_id(best)
    text = Markup("Cover against it is best over {} at {}, {}").format(
        names.area(best.area), metres(best.altitude_m), figures(f"{base}.depth_1")
    )
    layer = foremost_layer(best)
    if layer:
        text += Markup(" ({} by {} alone)").format(
            figures(f"{base}.adds_{layer}"), layer_name(layer)
        )
    if worst.area not in (best.area, lead.area):
        text += Markup(", and weakest over {} at {}, {}").format(
            names.area(worst.area), metres(worst.altitude_m), figures(f"{cover_id(worst)}.depth_1")
        )
    if outside:
        text += Markup("; no unit with a published place reaches {}").format(
            listed(names.area(area) for area in outside)
        )
    return text + Markup(".")


def _flown(assessment: Assessment, lead: AreaCover) -> list[AreaCover]:
    """Rows of the leading threat at altitudes that its class is published to fly at, or nearly."""
    rows = [c for c in assessment.coverage.areas if c.threat == lead.threat]
    named = {t.id: t.catalogue for t in assessment.case.threats}
    entry = assessment.catalogue.threats.get(named.get(lead.threat, lead.threat))
    flies = entry.altitude if entry is not None else None
    if flies is None or flies.low is None or flies.high is None:
        return rows
    low, high = flies.low / _NEARLY, flies.high * _NEARLY
    return [c for c in rows if low <= c.altitude_m <= high] or rows


def _reach(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """The nearest line to the first place asked about, and published distances that misfit."""
    first = assessment.coverage.reach[0].place
    asked = [r for r in assessment.coverage.reach if r.place == first]
    nearest = min(asked, key=lambda r: r.nearest_km)
    text = Markup("{} lies {} from {}").format(
        names.place(first), figures(f"reach.{first}.{nearest.origin}"), names.origin(nearest.origin)
    )
    checks = assessment.evidence.distances
    astray = [c for c in checks if c.fits is not None and c.fits != c.claimed_origin]
    if astray:
        worst = astray[0]
        said = (
            f", said to be from {short(names.origin(worst.claimed_origin))},"
            if worst.claimed_origin
            else ""
        )
        text += Markup(
            ". Of {}, {} fits another line than the one it names: {}{} fits {}"
            if len(astray) == 1
            else ". Of {}, {} fit another line than the one they name: {}{} fits {}"
        ).format(
            figures.to("#t-distances", f"{number(len(checks))} published distances"),
            spelt(len(astray)),
            figures(f"distance.{worst.claim}"), said, short(names.origin(worst.fits or "")),
        )  # fmt: skip
    return capital(text + Markup("."))


def _terrain(assessment: Assessment, figures: Figures) -> Markup:
    """What the elevation can and cannot show, and how far off shares are where measured."""
    note = assessment.terrain
    told = {
        "smooth": "No terrain was used: the Earth is smooth here, so that every share is an upper "
                  "bound",
        "offline": "The terrain is a coarse map with a post every {}, which holds no single ridge "
                   "or valley, so that cover comes out too large",
        "files": "The terrain has a post every {}",
        "cache": "The terrain has a post every {}",
    }[note.kind]  # fmt: skip
    spacing_km = note.spacing_m / 1_000
    spacing = (
        f"{number(spacing_km, 0)}\u00a0km"
        if spacing_km >= 1
        else f"{number(note.spacing_m, 0)}\u00a0m"
    )
    text = Markup(told).format(figures.link("data:terrain", spacing))
    if note.share_error:
        error = f"{number(100 * note.share_error)}\u00a0percentage points"
        text += Markup(
            "; on Alpine relief, the hard case, shares were off by {} on average; plains were not "
            "measured"
        ).format(figures.link("data:terrain", error))
    return text + Markup(".")


def _a(name: str) -> str:
    """A class of threat inside a sentence: ``a cruise missile``, but plural names as they are."""
    first = name.split(" ", maxsplit=1)[0]
    if name and not first.isupper() and not any(c.isdigit() for c in first):
        name = name[0].lower() + name[1:]
    if name.endswith("s") and not name.endswith("ss"):
        return name
    vowel = name[:1] in "aeiou" and not name.startswith(("one", "uni", "use"))
    return f"{'an' if vowel else 'a'} {name}"
