"""What is covered: each defended area at low altitude, by geometry alone and as things stand.

A mean share of an area is the chance that a point of it taken at random is covered; so a share is
told as a likelihood without a threshold of anybody's choosing.
"""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.coverage.records import AreaCover
from shieldwall.report.cover_words import (
    STEPS,
    foremost_layer,
    largest_step,
    lead_row,
    low_rows,
    shares,
)
from shieldwall.report.judgements.images import image_wanted, inside_place
from shieldwall.report.judgements.records import Judgement, Support
from shieldwall.report.judgements.support import (
    agree,
    families,
    network_claims,
    presence_moved,
    two_sided,
)
from shieldwall.report.judgements.wording import Found, judge
from shieldwall.report.raid_words import unknown
from shieldwall.report.records import Assessment
from shieldwall.report.words import layer_name, number, percent, short
from shieldwall.trail.coverage import cover_id
from shieldwall.trail.origins import covering, independent, origins_id

_COARSE = {
    "smooth": "no terrain was used, and the Earth taken as smooth",
    "offline": "the terrain is a coarse map that holds no single ridge or valley",
}
"""Terrain that decides more than evidence could, where cover is asked by geometry alone."""


def coverage_judgements(assessment: Assessment) -> Iterator[Judgement | None]:
    """As things stand, the area first of which rings promise most beyond that; then at best."""
    rows = [lead_row(rows) for rows in low_rows(assessment).values()]
    for row in sorted(rows, key=lambda r: round(r.depth[0].mean - r.rings, 6)):
        yield _as_it_stands(assessment, row)
    for row in rows:
        if row.rings > 0 and not _rings_hold(row):
            yield _at_best(assessment, row)


def _rings_hold(row: AreaCover) -> bool:
    """Whether horizon and terrain take nothing, so that geometry says no more than the rings."""
    return round(100 * (row.rings - row.horizon)) == round(100 * (row.horizon - row.terrain)) == 0


def _at_best(assessment: Assessment, row: AreaCover) -> Judgement | None:
    """What geometry allows, were every unit there and working."""
    base = cover_id(row)
    claims, bits = _behind(assessment, row)
    evidence = assessment.evidence
    support = Support(
        independent(evidence, claims), families(evidence, claims),
        agree(evidence, bits), None, None, against=two_sided(evidence, bits),
        assumed=_COARSE.get(assessment.terrain.kind, ""),
    )  # fmt: skip
    lost_sky, lost_ground = row.rings - row.horizon, row.horizon - row.terrain
    note = assessment.terrain
    detail = (
        f"Range rings claim {percent(row.rings)} of it; horizon and detection range take "
        f"{_off(lost_sky)}, terrain {_off(lost_ground)}."
    )
    look = {
        "smooth": "Look for a terrain model: none was used, so that this is an upper bound.",
        "offline": "Look for a finer terrain model: this one holds no single ridge or valley.",
    }.get(note.kind, f"Look for {unknown('places').help}.")
    change = (
        f"It hangs on the terrain model ({number(note.spacing_m, 0)}\u00a0m between posts) and on "
        "where exactly the units stand."
    )
    return judge(
        assessment.ledger, f"coverage.{row.area}.at_best", "coverage",
        Found(row.terrain, None, None, _that(assessment, row, ""),
              "if every unit reported is there and works"),
        support,
        (f"{base}.terrain", f"{base}.rings", f"{base}.horizon", f"{base}.lost_to_terrain",
         "data:terrain", origins_id(base)),
        detail, change, look,
    )  # fmt: skip


def _as_it_stands(assessment: Assessment, row: AreaCover) -> Judgement | None:
    """What is there and works; where no ring reaches, that it cannot be judged."""
    base, spread = cover_id(row), row.depth[0]
    claims, bits = _behind(assessment, row)
    evidence = assessment.evidence
    support = Support(
        independent(evidence, claims), families(evidence, claims), agree(evidence, bits),
        spread.high - spread.low, presence_moved(assessment, _units(assessment, row)),
        against=two_sided(evidence, bits), what="the presence of a unit that covers it",
    )  # fmt: skip
    that = _that(assessment, row, " by what is there and works")
    ids = (f"{base}.depth_1", f"{base}.present", f"{base}.terrain", f"{base}.rings",
           origins_id(base))  # fmt: skip
    if row.rings <= 0:
        nobody = Support(0.0, (), None, None, None)
        found = Found(None, None, None, that)
        return judge(assessment.ledger, f"coverage.{row.area}", "coverage", found, nobody, ids,
                     look="Look for a published place of any unit near it.",
                     why="No unit with a published place has a ring that reaches it.")  # fmt: skip
    change, step = _largest(row)
    look, more = _look(assessment, row, step)
    detail = (
        f"Given the odds that units are there, {percent(row.present)} of it is left of "
        f"{percent(row.terrain)}; given also what works, {percent(spread.mean)}.{_adds(row)}"
    )
    return judge(
        assessment.ledger, f"coverage.{row.area}", "coverage",
        Found(spread.mean, spread.low, spread.high, that), support,
        (*ids, f"{base}.adds_{foremost_layer(row)}", *more), detail, change,
        look,
    )  # fmt: skip


def _that(assessment: Assessment, row: AreaCover, by: str) -> str:
    case = assessment.case
    area = next((a.name for a in case.defended_areas if a.id == row.area), row.area)
    threat = next((t.name for t in case.threats if t.id == row.threat), row.threat)
    return (
        f"a point taken at random over {inside_place(short(area))}, {number(row.altitude_m)}"
        f"\u00a0m above ground, is covered against the class “{threat}”{by}"
    )


def _off(lost: float) -> str:
    whole = round(100 * lost)
    return "nothing" if whole == 0 else f"{whole} {'point' if whole == 1 else 'points'}"


def _behind(
    assessment: Assessment, row: AreaCover
) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    return network_claims(assessment.order_of_battle, covering(assessment.ensemble, row))


def _units(assessment: Assessment, row: AreaCover) -> Iterator[str]:
    """The units of the systems that cover it."""
    systems = covering(assessment.ensemble, row)
    return (u.id for u in assessment.ensemble.units if u.system in systems)


def _largest(row: AreaCover) -> tuple[str, str]:
    """The step from rings to what is left that costs most: a sentence, and the figure's name."""
    worst = largest_step(row)
    if worst is None:
        return "", "depth_1"
    (name, cause), left = STEPS[worst], shares(row)
    return (
        f"The largest step from what rings claim is {cause}: {percent(left[worst - 1])} before it, "
        f"{percent(left[worst])} after."
    ), name


def _adds(row: AreaCover) -> str:
    layer = foremost_layer(row)
    if not layer:
        return ""
    return f" {percent(row.adds[layer].mean)} is covered by {layer_name(layer)} alone."


def _look(assessment: Assessment, row: AreaCover, step: str) -> tuple[str, tuple[str, ...]]:
    """What would settle the step that costs most."""
    if step in ("rings", "horizon", "terrain"):
        return f"Look for {unknown('places').help}.", ()
    layer = foremost_layer(row)
    units = [u for u in assessment.ensemble.units if u.kind == "site" and u.layer == layer]
    odds = {u.id: u for u in assessment.order_of_battle.units}
    open_ = sorted(
        (odds[u.id] for u in units if u.id in odds), key=lambda u: (-round(u.presence, 9), u.id)
    )
    if step == "present" and open_:
        return image_wanted(assessment, open_[0].system, (open_[0].place,))
    help_ = unknown("serviceability" if step == "depth_1" else "presence").help
    if not open_:
        return f"Look for {help_}.", ()
    unit = open_[0]
    name = assessment.catalogue.short_name(unit.system)
    place = inside_place(short(assessment.case.place(unit.place).name))
    return f"Look at the {name} at {place} for {help_}.", (f"orbat.{unit.id}.in_service",)
