"""Numbers of coverage: shares of defended areas, distances and reach."""

from __future__ import annotations

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.records import AreaCover, Coverage, Spread
from shieldwall.evidence.records import DistanceCheck
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.trail.leaves import K_FACTOR, POSTS
from shieldwall.trail.rests import ENVELOPE, FIGURES, RINGS
from shieldwall.written import number

PERCENTILES = "mean over the draws; low and high are the 5th and 95th percentile"
ALL_WORKING = "mean over the draws, every unit taken as there and working"


def cover_id(row: AreaCover) -> str:
    """What the ids of one row's figures begin with."""
    return f"coverage.{row.area}.{row.threat}.{row.altitude_m}m"


def enter_coverage(ledger: Ledger, case: Case, catalogue: Catalogue, result: Coverage) -> None:
    """Enter the shares of every defended area."""
    engaging = tuple(f"network.{layer}" for layer in case.layers)
    bounds = tuple(i for i in ledger.leaves if i.startswith("assumption:upper_bound-"))
    for share in result.areas:
        threat = next(t for t in case.threats if t.id == share.threat)
        rcs = catalogue.threats[threat.catalogue].rcs
        known = rcs is not None and rcs.known
        seen = f"catalogue:{rcs.id}" if rcs is not None and known else f"assumption:rcs-{threat.id}"
        _area(ledger, case, share, engaging, (*ENVELOPE, K_FACTOR, *bounds, seen))


def _area(
    ledger: Ledger,
    case: Case,
    share: AreaCover,
    engaging: tuple[str, ...],
    envelope: tuple[str, ...],
) -> None:
    base = cover_id(share)
    area = next(a.name for a in case.defended_areas if a.id == share.area)
    threat = next(t.name for t in case.threats if t.id == share.threat)
    where = f"{area}, {threat.lower()} at {number(share.altitude_m)} m"

    def enter(name: str, what: str, value: Spread | float, method: str, *inputs: str) -> None:
        mean, low, high = (
            (value.mean, value.low, value.high)
            if isinstance(value, Spread)
            else (value, None, None)
        )
        ledger.quantity(
            Quantity(
                f"{base}.{name}", f"Share of {where}: {what}",
                mean, low, high, "share", method, inputs,
            )
        )  # fmt: skip

    over_terrain = (*engaging, *envelope, POSTS)
    enter("rings", "inside bare range rings", share.rings, ALL_WORKING, *engaging, *RINGS)
    enter(
        "horizon", "within envelope, detection range and horizon", share.horizon, ALL_WORKING,
        *engaging, *envelope,
    )  # fmt: skip
    enter("terrain", "the same over terrain", share.terrain, ALL_WORKING, *over_terrain)
    enter(
        "present", "the same, given what is there", share.present, "mean over the draws",
        *over_terrain,
    )  # fmt: skip
    enter(
        "lost_to_terrain", "inside the rings, lost to horizon and terrain",
        share.rings - share.terrain, "rings minus terrain", f"{base}.rings", f"{base}.terrain",
    )  # fmt: skip
    for depth, value in enumerate(share.depth, 1):
        what = f"covered by at least {depth} layer{'s' if depth > 1 else ''}"
        enter(f"depth_{depth}", what, value, PERCENTILES, *over_terrain)
    for name, value in share.layer.items():
        enter(
            f"layer_{name}", f"covered by the {name} layer", value, PERCENTILES,
            f"network.{name}", *envelope, POSTS,
        )  # fmt: skip
    for name, value in share.adds.items():
        what = f"covered by the {name} layer alone"
        enter(f"adds_{name}", what, value, PERCENTILES, *over_terrain)


def enter_reach(
    ledger: Ledger,
    case: Case,
    catalogue: Catalogue,
    result: Coverage,
    checks: tuple[DistanceCheck, ...],
) -> None:
    """Enter distances from origins, whether threats reach, and published distances checked."""
    for each in result.reach:
        base = f"reach.{each.place}.{each.origin}"
        origin = next(o for o in case.origins if o.id == each.origin)
        place = case.place(each.place).name
        slack = each.plus_minus_km
        leaf = ledger.leaf(
            Leaf(f"origin:{origin.id}", "origin", origin.name, origin.source, "", origin.where)
        )
        ledger.quantity(
            Quantity(
                base, f"{place} from {origin.name}", each.nearest_km, each.nearest_km - slack,
                each.nearest_km + slack, "km",
                "shortest WGS-84 geodesic to the line; low and high by its precision", (leaf,),
            )
        )  # fmt: skip
        if each.threat is None or each.probability is None:
            continue
        threat = next(t for t in case.threats if t.id == each.threat)
        figure = catalogue.threats[threat.catalogue].range
        ledger.quantity(
            Quantity(
                f"{base}.{each.threat}", f"{threat.name} from {origin.name} reaches {place}",
                each.probability, None, None, "probability",
                "share of the draws in which its published range is at least the distance",
                (base, *((f"catalogue:{figure.id}",) if figure is not None else ()), *FIGURES),
            )
        )  # fmt: skip
    for check in checks:
        lines = [f"reach.{check.place}.{o}" for o in check.computed_km]
        ledger.quantity(
            Quantity(
                f"distance.{check.claim}", check.verdict, check.stated_km, None, None, "km",
                "as published, compared with every origin of the case",
                (f"claim:{check.claim}", *lines, "assumption:distance_rounding"),
            )
        )  # fmt: skip
