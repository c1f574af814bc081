"""The answers: three to five sentences written from the results, each figure with its trail.

No sentence is canned: which unit, area, threat and step it speaks of is chosen from the numbers,
and where a number is missing the sentence says so or is left out. A likelihood term stands with its
figure; how good the evidence is stands in a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from shieldwall.coverage.records import AreaCover
from shieldwall.orbat.records import UnitOdds
from shieldwall.report.maps.svg import join
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import LAYER_NAMES, Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, is_known, number, sentence

LOW_ALTITUDE_M = 100
_NAMED_UNITS = 4
STEPS = (
    ("rings", "rings, everything there and working"),
    ("horizon", "horizon and detection range"),
    ("terrain", "terrain"),
    ("present", "whether units are there"),
    ("depth_1", "whether they work"),
)
"""From what rings claim to what is left: the figure's name and what that step takes in."""


def lead_cover(assessment: Assessment) -> AreaCover | None:
    """The low-altitude row in which rings promise most beyond what the network delivers.

    Ties go to the case's own order. ``None`` where no area was assessed.
    """
    altitudes = assessment.coverage.altitudes_m
    if not altitudes or not assessment.coverage.areas:
        return None
    low = min(altitudes, key=lambda a: (abs(a - LOW_ALTITUDE_M), a))
    rows = [c for c in assessment.coverage.areas if c.altitude_m == low]
    return max(rows, key=lambda c: round(c.rings - c.depth[0].mean, 6), default=None)


def answers(assessment: Assessment, figures: Figures, names: Names) -> list[Markup]:
    """The sentences, in the order a reader asks: what, where, where not, how sure, on what."""
    lead = lead_cover(assessment)
    found = [_there(assessment, figures, names)]
    if lead is not None:
        found.append(_claimed(lead, figures, names))
        found.append(_elsewhere(assessment, lead, figures, names))
    elif assessment.coverage.reach:
        found.append(_reach(assessment, figures, names))
    found.append(_open_question(assessment, lead, figures, names))
    found.append(_terrain(assessment, figures))
    return [each for each in found if each]


def _there(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    units = sorted(
        (u for u in assessment.order_of_battle.units if u.kind == "system"),
        key=lambda u: (-(figures.value(f"orbat.{u.id}.presence") or 0.0), u.id),
    )
    places = len({u.place for u in units})
    if not units:
        return Markup("No published claim gives any system a place, so no unit is on the map.")
    shown = _varied(units)
    parts = [
        Markup("{} at {} {}").format(
            names.system(u.system), names.place(u.place),
            figures(f"orbat.{u.id}.presence", words=True),
        )
        for u in shown
    ]  # fmt: skip
    rest = len(units) - len(shown)
    return Markup("The evidence speaks of {} at {}: {}{}.").format(
        figures.to("#t-orbat", count(len(units), "unit")), count(places, "place"), _listed(parts),
        f"; the table below has {count(rest, 'more unit')}" if rest else "",
    )  # fmt: skip


def _varied(units: Sequence[UnitOdds]) -> list[UnitOdds]:
    """The likeliest unit of each system first, so that a sentence names systems, not repeats."""
    first = list({u.system: u for u in reversed(units)}.values())
    order = {u.id: n for n, u in enumerate(units)}
    return sorted(first, key=lambda u: order[u.id])[:_NAMED_UNITS]


def _listed(parts: Sequence[Markup]) -> Markup:
    if len(parts) < 2:
        return join(parts)
    return Markup(", ").join(parts[:-1]) + Markup(" and ") + parts[-1]


def _base(cover: AreaCover) -> str:
    return f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"


def _claimed(lead: AreaCover, figures: Figures, names: Names) -> Markup:
    base = _base(lead)
    band = figures.band(f"{base}.depth_1")
    return Markup(
        "Range rings claim {} of {} against {} at {} m; horizon and detection range leave {}, "
        "terrain {}, and the odds that the units are there and work leave {}{}."
    ).format(
        figures(f"{base}.rings"), names.area(lead.area), _lower(names.threat(lead.threat)),
        number(lead.altitude_m), figures(f"{base}.horizon"), figures(f"{base}.terrain"),
        figures(f"{base}.depth_1"), Markup(" ({})").format(band) if band else "",
    )  # fmt: skip


def _elsewhere(assessment: Assessment, lead: AreaCover, figures: Figures, names: Names) -> Markup:
    """Best and worst cover against the same threat, and the layer that carries the best."""
    rows = [c for c in assessment.coverage.areas if c.threat == lead.threat]
    best = max(rows, key=lambda c: (round(c.depth[0].mean, 6), -c.altitude_m))
    worst = min(rows, key=lambda c: (round(c.depth[0].mean, 6), c.altitude_m))
    if best is worst or best.depth[0].mean <= 0:
        return Markup(
            "Against {} no defended area is covered at any altitude in more than a trace of the "
            "draws."
        ).format(_lower(names.threat(lead.threat)))
    base = _base(best)
    text = Markup("Cover against the same threat is best over {} at {} m, {}").format(
        names.area(best.area), number(best.altitude_m), figures(f"{base}.depth_1")
    )
    if best.adds:
        layer = max(best.adds, key=lambda name: best.adds[name].mean)
        text += Markup(", of which the {} layer alone gives {}").format(
            LAYER_NAMES[layer].removesuffix(" range") if layer != "point" else "point",
            figures(f"{base}.adds_{layer}"),
        )
    return text + Markup("; it is weakest over {} at {} m, {}.").format(
        names.area(worst.area), number(worst.altitude_m), figures(f"{_base(worst)}.depth_1")
    )


def _reach(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    nearest = min(assessment.coverage.reach, key=lambda r: r.nearest_km)
    base = f"reach.{nearest.place}.{nearest.origin}"
    return Markup("{} lies {} from {}.").format(
        names.place(nearest.place), figures(base), names.origin(nearest.origin)
    )


def _open_question(
    assessment: Assessment, lead: AreaCover | None, figures: Figures, names: Names
) -> Markup:
    """The step that costs the lead area most, and the unit whose service is least settled."""
    parts = Markup("")
    if lead is not None:
        base = _base(lead)
        shares = [lead.rings, lead.horizon, lead.terrain, lead.present, lead.depth[0].mean]
        losses = [before - after for before, after in zip(shares, shares[1:], strict=False)]
        worst = max(range(len(losses)), key=lambda n: round(losses[n], 6))
        (before, _), (after, cause) = STEPS[worst], STEPS[worst + 1]
        if losses[worst] > 0:
            text = "The largest part of that loss is {}: it takes the share from {} to {}. "
            parts = Markup(text).format(
                cause, figures(f"{base}.{before}"), figures(f"{base}.{after}")
            )
    odds = {
        u.id: p
        for u in assessment.order_of_battle.units
        if is_known(p := figures.value(f"orbat.{u.id}.in_service")) and p is not None
    }
    if odds:
        unit = min(sorted(odds), key=lambda u: abs(odds[u] - 0.5))
        found = next(u for u in assessment.order_of_battle.units if u.id == unit)
        text = "The most open question is whether the {} at {} is there and works: {}."
        parts += Markup(text).format(
            names.system(found.system), names.place(found.place),
            figures(f"orbat.{unit}.in_service", words=True),
        )  # fmt: skip
    return parts


def _terrain(assessment: Assessment, figures: Figures) -> Markup:
    note = assessment.terrain
    text = Markup("{} ").format(sentence(note.words))
    if note.share_error is not None:
        error = figures.link("data:terrain", f"{number(100 * note.share_error)}\u202fpoints")
        text += Markup("Shares measured at this spacing are off by {} on average. ").format(error)
    return text


def basis(assessment: Assessment) -> str:
    """How much evidence stands behind the order of battle, in one sentence without odds."""
    units = assessment.order_of_battle.units
    if not units:
        return ""
    alone = sum(len(u.origins) == 1 for u in units)
    without = sum(not u.origins for u in units)
    text = f"Of {count(len(units), 'unit')}, {alone} rest on a single origin"
    if without:
        text += f" and {without} on no located claim of their own"
    return sentence(text)


def _lower(name: str) -> str:
    """A threat's name inside a sentence: lower case unless it starts with an abbreviation."""
    first = name.split(" ")[0]
    return name if not name or first.isupper() or any(c.isdigit() for c in first) else (
        name[0].lower() + name[1:]
    )  # fmt: skip
