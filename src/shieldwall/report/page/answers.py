"""The answers: three to eight paragraphs written from the results, each figure with its trail.

No sentence is canned: which unit, area, threat and step it speaks of is chosen from the numbers,
and where a number is missing the sentence says so or is left out. A likelihood term stands with its
figure; how good the evidence is stands in a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from shieldwall.coverage.records import AreaCover
from shieldwall.orbat.records import UnitOdds
from shieldwall.report.maps.svg import join
from shieldwall.report.page.calculus_answer import calculus_answer
from shieldwall.report.page.control_answer import control_answer
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.page.raid_answer import raid_answer
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, listed, number, sentence

LOW_ALTITUDE_M = 100
_NAMED_UNITS, _NAMED_HOLDINGS = 4, 2
_OPEN = (0.05, 0.95)
"""A holding inside is unsettled enough to be told of."""
DEFENCES = {
    "long": "long range", "medium": "medium range", "short": "short range",
    "point": "point defence", "surveillance": "surveillance",
}  # fmt: skip
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
    found = [_there(assessment, figures, names), _evidence(assessment, figures, names)]
    if lead is not None:
        found.append(_claimed(lead, figures, names))
    if assessment.coverage.reach:
        found.append(_reach(assessment, figures, names))
    elif lead is not None:
        found.append(_elsewhere(assessment, lead, figures, names))
    found.append(control_answer(assessment, figures, names))
    found.append(raid_answer(assessment, figures))
    found.append(calculus_answer(assessment, figures))
    caveats = (_open_question(assessment, lead, figures, names), _terrain(assessment, figures))
    found.append(Markup(" ").join(c for c in caveats if c))
    return [each for each in found if each]


def _there(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    odds = assessment.order_of_battle.units
    units = sorted(
        (u for u in odds if u.kind == "system"),
        key=lambda u: (-(figures.value(f"orbat.{u.id}.presence") or 0.0), u.id),
    )
    if not units:
        return Markup("No published claim gives any system a place, so no unit is on the map.")
    places = len({u.place for u in units})
    shown = _varied(units)
    parts = [
        Markup("{} at {} ({})").format(
            names.system(u.system), short(names.place(u.place)),
            figures(f"orbat.{u.id}.presence", words=True),
        )
        for u in shown
    ]  # fmt: skip
    rest = [
        count(number_of, noun)
        for number_of, noun in (
            (len(units) - len(shown), "more unit"),
            (sum(u.kind == "radar" for u in odds), "surveillance radar"),
        )
        if number_of
    ]
    return Markup("The evidence speaks of {} at {}: {}{}.{}").format(
        figures.to("#t-orbat", count(len(units), "unit")), count(places, "place"), _listed(parts),
        f"; the table adds {listed(rest)}" if rest else "", _unlocated(assessment, figures, names),
    )  # fmt: skip


def _evidence(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """What the evidence comes to: origins, the least settled system, what cannot be right."""
    evidence = assessment.evidence
    groups = evidence.lineage.groups
    if not groups:
        return Markup("")
    text = Markup("{} come to {} independent origins").format(
        figures.to("#t-origins", f"{number(len(evidence.claims))} claims"),
        figures("evidence.origins", bare=True),
    )
    spoken = [
        h for h in assessment.order_of_battle.held
        if h.bits and h.system in assessment.catalogue.systems and _OPEN[0] <= h.held <= _OPEN[1]
    ]  # fmt: skip
    if spoken:
        open_ = min(spoken, key=lambda h: (abs(h.held - 0.5), h.system))
        text += Markup("; the least settled is whether the country holds {} ({}), on {}").format(
            names.system(open_.system), figures(f"orbat.{open_.system}.held", words=True),
            figures.to("#t-reasons", count(len(open_.origins), "origin")),
        )  # fmt: skip
    text += Markup(".")
    wrong, lowered = (
        len(evidence.contradictions),
        sum(c.hand != c.computed for c in evidence.channels),
    )
    if wrong:
        text += Markup(" The evidence contradicts itself in {}; {} lost grade by what could have "
                       "been checked.").format(
            figures.to("#t-contradictions", count(wrong, "place")),
            count(lowered, "source") if lowered else "no source",
        )  # fmt: skip
    for found in assessment.matrices:
        best = next((s for s in found.standings if s.hypothesis == found.leader), None)
        if best is not None:
            text += Markup(" {} Likeliest: {} ({}).").format(
                found.text, best.text[:1].lower() + best.text[1:].rstrip("."),
                figures(f"ach.{found.question}.{best.hypothesis}", words=True),
            )  # fmt: skip
    return text[:1].upper() + text[1:]


def _unlocated(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """Systems that the country may hold but no claim places: they cover nothing in these maps."""
    held = sorted(
        (h for h in assessment.order_of_battle.held
         if h.unlocated and h.system in assessment.catalogue.systems),
        key=lambda h: (abs(h.held - 0.5), h.system),
    )  # fmt: skip
    if not held:
        return Markup("")
    parts = [
        Markup("{} (held: {})").format(
            names.system(h.system), figures(f"orbat.{h.system}.held", words=True)
        )
        for h in held[:_NAMED_HOLDINGS]
    ]
    more = len(held) - len(parts)
    return Markup(" On no map, for want of a published place: {}{}.").format(
        _listed(parts), f"; {count(more, 'other')} in the table" if more else ""
    )


def _varied(units: Sequence[UnitOdds]) -> list[UnitOdds]:
    """The likeliest unit of each system first, so that a sentence names systems, not repeats."""
    first = list({u.system: u for u in reversed(units)}.values())
    order = {u.id: n for n, u in enumerate(units)}
    return sorted(first, key=lambda u: order[u.id])[:_NAMED_UNITS]


def _listed(parts: Sequence[Markup]) -> Markup:
    if len(parts) < 2:
        return join(parts)
    return Markup(", ").join(parts[:-1]) + Markup(" and ") + parts[-1]


def base_of(cover: AreaCover) -> str:
    """What the ids of one row's figures begin with."""
    return f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"


def _claimed(lead: AreaCover, figures: Figures, names: Names) -> Markup:
    base = base_of(lead)
    band = figures.band(f"{base}.depth_1")
    return Markup(
        "The gap between claim and cover is widest over {}: range rings claim {} of it against "
        "{} at {}; horizon and detection range leave {}, terrain {}, and the odds that the "
        "units are there and work leave {}{}."
    ).format(
        names.area(lead.area), figures(f"{base}.rings"), _a(names.threat(lead.threat)),
        metres(lead.altitude_m), figures(f"{base}.horizon"), figures(f"{base}.terrain"),
        figures(f"{base}.depth_1"), Markup(" ({})").format(band) if band else "",
    )  # fmt: skip


def _elsewhere(assessment: Assessment, lead: AreaCover, figures: Figures, names: Names) -> Markup:
    """Best and worst cover against the same threat, and areas that no ring reaches."""
    rows = [c for c in assessment.coverage.areas if c.threat == lead.threat]
    outside = [
        area
        for area in dict.fromkeys(c.area for c in rows)
        if all(c.rings == 0 for c in rows if c.area == area)
    ]
    within = [c for c in rows if c.area not in outside]
    best = max(within, key=lambda c: (round(c.depth[0].mean, 6), -c.altitude_m))
    worst = min(within, key=lambda c: (round(c.depth[0].mean, 6), c.altitude_m))
    base = base_of(best)
    text = Markup("Cover against it is best over {} at {}, {}").format(
        names.area(best.area), metres(best.altitude_m), figures(f"{base}.depth_1")
    )
    if best.adds and best.depth[0].mean > 0:
        layer = max(best.adds, key=lambda name: best.adds[name].mean)
        text += Markup(" ({} by {} alone)").format(figures(f"{base}.adds_{layer}"), DEFENCES[layer])
    if worst is not best:
        text += Markup(", and weakest over {} at {}, {}").format(
            names.area(worst.area), metres(worst.altitude_m), figures(f"{base_of(worst)}.depth_1")
        )
    if outside:
        text += Markup("; no unit with a published place reaches {}").format(
            listed(names.area(area) for area in outside)
        )
    return text + Markup(".")


def _reach(assessment: Assessment, figures: Figures, names: Names) -> Markup:
    """The nearest line to the first place asked about, and published distances that misfit."""
    first = assessment.coverage.reach[0].place
    asked = [r for r in assessment.coverage.reach if r.place == first]
    nearest = min(asked, key=lambda r: r.nearest_km)
    text = Markup("{} lies {} from {}").format(
        names.place(first), figures(f"reach.{first}.{nearest.origin}"), names.origin(nearest.origin)
    )
    checks = assessment.coverage.distances
    astray = [c for c in checks if c.fits is not None and c.fits != c.claimed_origin]
    if astray:
        worst = astray[0]
        said = (
            f", said to be from {short(names.origin(worst.claimed_origin))},"
            if worst.claimed_origin
            else ""
        )
        text += Markup(
            "; of {}, {} fits another line than the one it names, as {}{} fits {}"
            if len(astray) == 1
            else "; of {}, {} fit another line than the one they name, as {}{} fits {}"
        ).format(
            figures.to("#t-distances", f"{number(len(checks))} published distances"), len(astray),
            figures(f"distance.{worst.claim}"), said, short(names.origin(worst.fits or "")),
        )  # fmt: skip
    return text + Markup(".")


def _open_question(
    assessment: Assessment, lead: AreaCover | None, figures: Figures, names: Names
) -> Markup:
    """The step that costs the lead area most, and the unit whose service is least settled."""
    parts = []
    if lead is not None:
        base = base_of(lead)
        shares = [lead.rings, lead.horizon, lead.terrain, lead.present, lead.depth[0].mean]
        losses = [before - after for before, after in pairwise(shares)]
        worst = max(range(len(losses)), key=lambda n: round(losses[n], 6))
        (before, _), (after, cause) = STEPS[worst], STEPS[worst + 1]
        if losses[worst] > 0:
            parts.append(
                Markup("the largest step of that gap is {} ({} before, {} after)").format(
                    cause, figures(f"{base}.{before}"), figures(f"{base}.{after}")
                )
            )
    odds = {
        u.id: p
        for u in assessment.order_of_battle.units
        if u.kind == "system" and (p := figures.value(f"orbat.{u.id}.in_service")) is not None
    }
    if odds:
        unit = min(sorted(odds), key=lambda u: abs(odds[u] - 0.5))
        found = next(u for u in assessment.order_of_battle.units if u.id == unit)
        parts.append(
            Markup("the most open question is whether {} at {} is there and works ({})").format(
                names.system(found.system), short(names.place(found.place)),
                figures(f"orbat.{unit}.in_service", words=True),
            )
        )  # fmt: skip
    text = Markup(", and ").join(parts)
    return Markup("{}{}.").format(text[:1].upper(), text[1:]) if parts else Markup("")


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
            "; on Alpine relief, the hard case, shares were off by {} on average"
        ).format(figures.link("data:terrain", error))
    return text + Markup(".")


def metres(altitude_m: int) -> str:
    """An altitude above ground with its unit, never broken over two lines."""
    return f"{number(altitude_m)}\u00a0m"


def short(name: str) -> str:
    """A place in a sentence: its name without region and brackets."""
    return name.split(",", maxsplit=1)[0].split(" (", maxsplit=1)[0].strip() or name


def basis(assessment: Assessment) -> str:
    """How much evidence stands behind the order of battle, in one sentence without odds."""
    units = assessment.order_of_battle.units
    if not units:
        return ""
    alone = sum(len(u.origins) == 1 for u in units)
    without = sum(not u.origins for u in units)
    of = count(len(units), "unit or radar", "units and radars")
    text = f"of {of} at a place, {alone} {'rests' if alone == 1 else 'rest'} on a single origin"
    if without:
        text += f" and {without} on no located claim of their own"
    return sentence(text)


def _a(name: str) -> str:
    """A class of threat inside a sentence: ``a cruise missile``, but plural names as they are."""
    first = name.split(" ", maxsplit=1)[0]
    if name and not first.isupper() and not any(c.isdigit() for c in first):
        name = name[0].lower() + name[1:]
    if name.endswith("s") and not name.endswith("ss"):
        return name
    vowel = name[:1] in "aeiou" and not name.startswith(("one", "uni", "use"))
    return f"{'an' if vowel else 'a'} {name}"
