"""Numbers of the order of battle: presence, launchers, serviceability, holdings, layers."""

from __future__ import annotations

import numpy as np

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.draws import band_over, median_over
from shieldwall.network.draw import figures_of
from shieldwall.network.ensemble import Ensemble, Ints, Unit
from shieldwall.orbat.records import HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.provenance import Ledger, Quantity
from shieldwall.trail.rests import TOGETHER

DRAWS = "share of the draws"


def enter_order_of_battle(
    ledger: Ledger, case: Case, catalogue: Catalogue, orbat: OrderOfBattle, ensemble: Ensemble
) -> None:
    """Enter presence, launchers and serviceability of each unit and holdings of each system."""
    for odds in orbat.units:
        name = f"{catalogue.short_name(odds.system)} at {case.place(odds.place).name}"
        _unit(ledger, odds, ensemble, name)
    for held in orbat.held:
        _held(ledger, held, ensemble, catalogue.short_name(held.system))


def _unit(ledger: Ledger, odds: UnitOdds, ensemble: Ensemble, name: str) -> None:
    column = next(i for i, u in enumerate(ensemble.units) if u.id == odds.id)
    present, service = ensemble.present[:, column], ensemble.in_service[:, column]
    total = (f"orbat.{odds.system}.total",) if odds.system in ensemble.holdings else ()
    presence = f"orbat.{odds.id}.presence"
    ledger.quantity(
        Quantity(
            f"orbat.{odds.id}.fused", f"Probability of {name} by the evidence alone",
            odds.presence, None, None, "probability",
            "fused from its origins, before the country's holdings bind all sites together",
            odds.trail,
        )
    )  # fmt: skip
    ledger.quantity(
        Quantity(
            presence, f"Probability of {name}", float(present.mean()), None, None, "probability",
            f"{DRAWS} in which it is there, jointly with all sites of the system",
            (*odds.trail, *total),
        )
    )  # fmt: skip
    count = ensemble.launchers[present, column]
    if count.size:
        low, likely, high = _percentiles(count)
        ledger.quantity(
            Quantity(
                f"orbat.{odds.id}.launchers", f"Launchers of {name}, if there", likely, low, high,
                "launchers" if odds.kind == "system" else "sets",
                "median over the draws in which it is there; 5th to 95th percentile", odds.trail,
            )
        )  # fmt: skip
    share = odds.serviceable.band
    ledger.quantity(
        Quantity(
            f"orbat.{odds.id}.serviceable", f"Probability that {name} works, if there",
            odds.serviceable.mean, share.low, share.high, "probability",
            "mean of the posterior share that works; low and high are its 5th and 95th percentile",
            odds.trail,
        )
    )  # fmt: skip
    ledger.quantity(
        Quantity(
            f"orbat.{odds.id}.in_service", f"Probability that {name} is there and works",
            float(service.mean()), None, None, "probability", DRAWS,
            (presence, f"orbat.{odds.id}.serviceable"),
        )
    )  # fmt: skip


def _held(ledger: Ledger, held: HeldOdds, ensemble: Ensemble, name: str) -> None:
    ledger.quantity(
        Quantity(
            f"orbat.{held.system}.held", f"Probability that the country holds {name}",
            held.held, None, None, "probability", "posterior of all origins, each source once",
            held.trail,
        )
    )  # fmt: skip
    total = ensemble.holdings.get(held.system)
    likely: float | None
    if total is not None:
        low, likely, high = _percentiles(total)
        method = "median over the draws; 5th to 95th percentile"
        unit = "sets" if held.unit in ("radars", "sets") else "launchers"
    elif held.total is not None:
        band = held.total.band
        low, likely, high = band.low, band.likely, band.high
        method, unit = "published figures and claims; 5th to 95th percentile", held.unit
    else:
        return
    ledger.quantity(
        Quantity(
            f"orbat.{held.system}.total", f"{name} held", likely, low, high, unit, method,
            held.trail,
        )
    )  # fmt: skip


def enter_layers(
    ledger: Ledger, catalogue: Catalogue, ensemble: Ensemble, layers: tuple[str, ...]
) -> None:
    """Enter what each layer has in service: what every share of cover by it rests on."""
    for layer in layers:
        columns = [i for i, u in enumerate(ensemble.units) if u.layer == layer]
        units = [ensemble.units[i] for i in columns]
        service = ensemble.in_service[:, columns]
        number = np.where(
            [u.kind == "density" for u in units], ensemble.launchers[:, columns], service
        )
        total: Ints = number.sum(axis=1, dtype=np.int64)
        low, _, high = _percentiles(total)
        inputs = dict.fromkeys(i for u in units for i in _unit_inputs(catalogue, u))
        ledger.quantity(
            Quantity(
                f"network.{layer}", f"Units and teams of the {layer} layer in service",
                float(total.mean()), low, high, "units",
                "mean over the draws; 5th to 95th percentile; with the figures of their systems",
                (*inputs, *TOGETHER),
            )
        )  # fmt: skip


def in_service(unit: Unit) -> tuple[str, ...]:
    """What says whether a unit is there and works; of teams, how many there are."""
    if unit.kind == "site":
        return (f"orbat.{unit.id}.in_service",)
    return (f"orbat.{unit.system}.total", "assumption:missiles_per_team", "assumption:teams_ready")


def _unit_inputs(catalogue: Catalogue, unit: Unit) -> tuple[str, ...]:
    item = catalogue.systems.get(unit.system) or catalogue.radars[unit.system]
    return (*in_service(unit), *(f"catalogue:{f.id}" for f in figures_of(item)))


def _percentiles(values: Ints) -> tuple[float, float, float]:
    low, high = band_over(values)
    return float(low), float(median_over(values)), float(high)
