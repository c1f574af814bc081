"""Entering the results of all rooms into the ledger, so that every printed number has its trail.

The rooms compute; this module says of each number what it is called, how it was made and from what.
"""

from __future__ import annotations

import numpy as np

from shieldwall.case.records import Assumption, Band, Case, Claim
from shieldwall.catalogue.records import Catalogue, Figure
from shieldwall.coverage.records import AreaCover, Coverage, Spread
from shieldwall.network.draw import figures_of
from shieldwall.network.ensemble import Ensemble, Unit
from shieldwall.orbat.records import HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.terrain.records import TerrainNote

DRAWS = "share of the draws"
PERCENTILES = "mean over the draws; low and high are the 5th and 95th percentile"


def leaves(
    ledger: Ledger,
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    assumptions: tuple[Assumption, ...],
    terrain: TerrainNote,
    refraction: str,
) -> None:
    """Enter everything a trail may end at; ``refraction`` says where the k factor is from."""
    for claim in case.claims:
        ledger.leaf(_claim_leaf(case, claim))
    for index, holding in enumerate(case.holdings):
        text = (
            f"{holding.system}: {_band_words(holding.band)} {holding.unit}. {holding.note}".strip()
        )
        source = f"{holding.source} (evidence code {holding.evidence})"
        ledger.leaf(Leaf(f"holding:{index}", "holding", text, source, "", holding.where))
    for index, override in enumerate(case.overrides):
        at = f" at {override.place}" if override.place else ""
        text = (
            f"{override.target} of {override.system}{at} set to {_band_words(override.band)}: "
            f"{override.reason}"
        )
        ledger.leaf(Leaf(f"override:{index}", "override", text, override.by, "", override.where))
    for assumption in assumptions:
        band = f" ({_band_words(assumption.band)} {assumption.unit})" if assumption.band else ""
        ledger.leaf(
            Leaf(
                f"assumption:{assumption.id}", "assumption", f"{assumption.statement}{band}",
                assumption.reason, "", assumption.where,
            )
        )  # fmt: skip
    for id in figures_in_use(catalogue, ensemble):
        ledger.leaf(_figure_leaf(catalogue, catalogue.figure(id)))
    ledger.leaf(Leaf("data:terrain", "data", terrain.words, terrain.name))
    ledger.leaf(
        Leaf(
            "data:refraction", "data", refraction, "Recommendation ITU-R P.453",
        )
    )  # fmt: skip


def figures_in_use(catalogue: Catalogue, ensemble: Ensemble) -> tuple[str, ...]:
    """Catalogue figures that any number rests on: those drawn, and battery sizes."""
    batteries = [
        system.launchers_per_battery.id
        for name in dict.fromkeys(u.system for u in ensemble.units)
        if (system := catalogue.systems.get(name)) is not None
        and system.launchers_per_battery is not None
    ]
    return tuple(dict.fromkeys([*ensemble.figures, *batteries]))


def _claim_leaf(case: Case, claim: Claim) -> Leaf:
    source = case.source(claim.source)
    words = f"{source.name} ({source.family}, graded {source.reliability}{claim.credibility})"
    if claim.relays is not None:
        words += f", relaying {case.source(case.origin_of(claim).source).name}"
    text = f"{claim.statement} [{claim.modality}]"
    return Leaf(f"claim:{claim.id}", "claim", text, words, claim.address or "", claim.where)


def _figure_leaf(catalogue: Catalogue, figure: Figure) -> Leaf:
    named = [catalogue.sources[s].title for s in figure.sources if s in catalogue.sources]
    address = next(
        (catalogue.sources[s].address for s in figure.sources if s in catalogue.sources), ""
    )
    codes = " / ".join(figure.evidence)
    marks = " unverified" if figure.unverified else ""
    if figure.filled:
        marks += f"; {' and '.join(figure.filled)} from the default band '{figure.convention}'"
    values = " / ".join(
        "-" if v is None else f"{v:g}" for v in (figure.low, figure.likely, figure.high)
    )
    text = f"{figure.name}: {values} {figure.unit} (low / likely / high; evidence {codes}{marks})"
    return Leaf(
        f"catalogue:{figure.id}", "catalogue", text, "; ".join(named) or figure.remark, address,
        figure.where,
    )  # fmt: skip


def _band_words(band: Band) -> str:
    values = [band.low, band.high] if band.likely is None else [band.low, band.likely, band.high]
    return " to ".join(f"{v:g}" for v in dict.fromkeys(values))


def order_of_battle(ledger: Ledger, orbat: OrderOfBattle, ensemble: Ensemble) -> None:
    """Enter presence, launchers and serviceability of each unit and holdings of each system."""
    for odds in orbat.units:
        _unit(ledger, odds, ensemble)
    for held in orbat.held:
        _held(ledger, held, ensemble)


def _unit(ledger: Ledger, odds: UnitOdds, ensemble: Ensemble) -> None:
    column = next(i for i, u in enumerate(ensemble.units) if u.id == odds.id)
    name = f"{odds.system} at {odds.place}"
    present, service = ensemble.present[:, column], ensemble.in_service[:, column]
    total = (f"orbat.{odds.system}.total",) if odds.system in ensemble.holdings else ()
    presence = f"orbat.{odds.id}.presence"
    ledger.quantity(
        Quantity(
            presence, f"Probability of {name}", float(present.mean()), None, None, "probability",
            f"{DRAWS} in which it is there, jointly with all sites of the system", 
            (*odds.trail, *total),
        )
    )  # fmt: skip
    count = ensemble.launchers[present, column]
    if count.size:
        low, likely, high = np.percentile(count, [5, 50, 95], method="nearest")
        ledger.quantity(
            Quantity(
                f"orbat.{odds.id}.launchers", f"Launchers of {name}, if there", float(likely),
                float(low), float(high), "launchers" if odds.kind == "system" else "sets",
                "median over the draws in which it is there; 5th to 95th percentile", odds.trail,
            )
        )  # fmt: skip
    works = ensemble.serviceable[:, column]
    ledger.quantity(
        Quantity(
            f"orbat.{odds.id}.serviceable", f"Probability that {name} works, if there",
            float(works.mean()), odds.serviceable.low, odds.serviceable.high, "probability",
            f"{DRAWS}; low and high are the band of the availability", odds.trail,
        )
    )  # fmt: skip
    ledger.quantity(
        Quantity(
            f"orbat.{odds.id}.in_service", f"Probability that {name} is there and works",
            float(service.mean()), None, None, "probability", DRAWS,
            (presence, f"orbat.{odds.id}.serviceable"),
        )
    )  # fmt: skip


def _held(ledger: Ledger, held: HeldOdds, ensemble: Ensemble) -> None:
    ledger.quantity(
        Quantity(
            f"orbat.{held.system}.held", f"Probability that the country holds {held.system}",
            held.held, None, None, "probability", "the order of battle's rule", held.trail,
        )
    )  # fmt: skip
    total = ensemble.holdings.get(held.system)
    if total is not None:
        low, likely, high = np.percentile(total, [5, 50, 95], method="nearest")
        ledger.quantity(
            Quantity(
                f"orbat.{held.system}.total", f"{held.system} held", float(likely), float(low),
                float(high), "launchers or sets", "median over the draws; 5th to 95th percentile",
                held.trail,
            )
        )  # fmt: skip
    elif held.total is not None:
        ledger.quantity(
            Quantity(
                f"orbat.{held.system}.total", f"{held.system} held", held.total.likely,
                held.total.low, held.total.high, held.unit, "as published", held.trail,
            )
        )  # fmt: skip


def coverage(
    ledger: Ledger,
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    result: Coverage,
    k_factor: tuple[float, float, float],
) -> None:
    """Enter the shares of every defended area, the distances and the reach."""
    k = ledger.quantity(
        Quantity(
            "terrain.k_factor", "Effective Earth radius factor", k_factor[1], k_factor[0],
            k_factor[2], "factor", "157 / (157 + refractivity gradient in N/km); low and high",
            ("data:refraction",),
        )
    )  # fmt: skip
    by_layer = {
        layer: tuple(i for u in ensemble.units if u.layer == layer
                     for i in _unit_inputs(catalogue, ensemble, u))
        for layer in result.layers
    }  # fmt: skip
    engaging = tuple(dict.fromkeys(i for name in case.layers for i in by_layer.get(name, ())))
    for share in result.areas:
        threat = next(t for t in case.threats if t.id == share.threat)
        rcs = catalogue.threats[threat.catalogue].rcs
        common = (
            k.id, "data:terrain", "assumption:position_shape",
            *((f"catalogue:{rcs.id}",) if rcs is not None and rcs.known else ()),
        )  # fmt: skip
        _area(ledger, case, share, common, engaging, by_layer)
    _reach(ledger, case, result)


def _unit_inputs(catalogue: Catalogue, ensemble: Ensemble, unit: Unit) -> tuple[str, ...]:
    odds = (
        (f"orbat.{unit.id}.in_service",) if unit.kind == "site" else (f"orbat.{unit.system}.total",)
    )
    item = catalogue.systems.get(unit.system) or catalogue.radars[unit.system]
    return (*odds, *(f"catalogue:{f.id}" for f in figures_of(item)))


def _area(
    ledger: Ledger,
    case: Case,
    share: AreaCover,
    common: tuple[str, ...],
    engaging: tuple[str, ...],
    by_layer: dict[str, tuple[str, ...]],
) -> None:
    base = f"coverage.{share.area}.{share.threat}.{share.altitude_m}m"
    area = next(a.name for a in case.defended_areas if a.id == share.area)
    threat = next(t.name for t in case.threats if t.id == share.threat)
    where = f"{area}, {threat.lower()} at {share.altitude_m:,} m"

    def enter(
        name: str, what: str, value: Spread | float, method: str, inputs: tuple[str, ...]
    ) -> None:
        mean, low, high = (
            (value.mean, value.low, value.high)
            if isinstance(value, Spread)
            else (value, None, None)
        )
        label = f"Share of {where}: {what}"
        ledger.quantity(Quantity(f"{base}.{name}", label, mean, low, high, "share", method, inputs))

    inputs = (*engaging, *common)
    for depth, value in enumerate(share.depth, 1):
        what = f"covered by at least {depth} layer{'s' if depth > 1 else ''}"
        enter(f"depth_{depth}", what, value, PERCENTILES, inputs)
    nested = "mean over the draws, every unit taken as there and working"
    enter("rings", "inside bare range rings", share.rings, nested, engaging)
    enter("horizon", "within envelope, detection range and horizon", share.horizon, nested, inputs)
    enter("terrain", "the same over terrain", share.terrain, nested, inputs)
    enter("present", "the same, given what is there", share.present, "mean over the draws", inputs)
    enter(
        "lost_to_terrain", "inside the rings, lost to horizon and terrain", 
        share.rings - share.terrain, "rings minus terrain",
        (f"{base}.rings", f"{base}.terrain"),
    )  # fmt: skip
    for name, value in share.layer.items():
        enter(f"layer_{name}", f"covered by the {name} layer", value, PERCENTILES,
              (*by_layer[name], *common))  # fmt: skip
    for name, value in share.adds.items():
        enter(f"adds_{name}", f"covered by the {name} layer alone", value, PERCENTILES, inputs)


def _reach(ledger: Ledger, case: Case, result: Coverage) -> None:
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
        ledger.quantity(
            Quantity(
                f"{base}.{each.threat}", f"{threat.name} from {origin.name} reaches {place}",
                each.probability, None, None, "probability",
                f"{DRAWS} in which its published range is at least the distance",
                (base, f"catalogue:{threat.catalogue}.range"),
            )
        )  # fmt: skip
    for check in result.distances:
        lines = [f"reach.{check.place}.{o}" for o in check.computed_km]
        ledger.quantity(
            Quantity(
                f"distance.{check.claim}", check.verdict, check.stated_km, None, None, "km",
                "as published, compared with every origin of the case",
                (f"claim:{check.claim}", *(i for i in lines if i in ledger.quantities)),
            )
        )  # fmt: skip
