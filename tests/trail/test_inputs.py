"""Every figure rests on what the ledger has, and every assumption in force bears some figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shieldwall.case.assumed import LIMITS
from shieldwall.evidence.imagery import DEFAULTS as IMAGES
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.report.records import Assessment
from shieldwall.terrain.refraction import Refraction
from shieldwall.trail import enter_all
from shieldwall.trail.rests import leaves_of

NAMES = ("venezuela-2025", "venezuela-2019", "moscow-2023")

Shipped = Callable[[str], tuple[Assessment, Path]]


def entered(found: Assessment) -> Ledger:
    bending = Refraction(*found.k_factor, "standard", "as it was")
    return enter_all(
        found.case, found.catalogue, found.evidence, found.order_of_battle, found.contributions,
        found.matrices, found.topics, found.control, found.ensemble, found.coverage, found.raids,
        found.calculus, found.assumptions, found.terrain, bending,
    )  # fmt: skip


def test_what_is_missing_is_named() -> None:
    ledger = Ledger()
    ledger.leaf(Leaf("claim:one", "claim", "Said", "A source"))
    for id, inputs in (("a", ("claim:one",)), ("b", ("a", "claim:two")), ("c", ("c",))):
        ledger.quantity(Quantity(id, id, 1.0, None, None, "", "", inputs))
    assert ledger.broken() == {"b": ("claim:two",)}


@pytest.mark.parametrize("name", NAMES)
def test_every_input_is_in_the_ledger(shipped: Shipped, name: str) -> None:
    found, _ = shipped(name)
    assert len(found.ledger.quantities) > 1000
    assert not found.ledger.broken()


def test_a_figure_on_what_the_ledger_lacks_is_an_error_of_the_program(shipped: Shipped) -> None:
    found, _ = shipped("moscow-2023")
    assert entered(found).quantities == found.ledger.quantities
    fewer = tuple(a for a in found.assumptions if a.id != "position_shape")
    with pytest.raises(ValueError, match="rings on assumption:position_shape"):
        entered(replace(found, assumptions=fewer))


def needed_by_none(found: Assessment) -> dict[str, str]:
    """Assumptions that no figure of this case needs, with the reason."""
    case, evidence = found.case, found.evidence
    reasons: dict[str, str] = {}
    reasons |= {
        a.id: "says how the case's files are coded; no rule reads it"
        for a in case.assumptions if a.id not in LIMITS
    }  # fmt: skip
    if all(case.has(c.id) for c in evidence.claims):
        reasons |= {i.removeprefix("assumption:"): "no image was read" for i in leaves_of(IMAGES)}
    if not case.questions:
        reasons |= dict.fromkeys(("ach_uttered", "ach_independent"), "no question is asked")
    if not found.control.systems:
        reasons |= {
            a.id: "no system is of a foreign supplier"
            for a in found.assumptions if a.id.startswith("control_")
        }  # fmt: skip
    if not any(c.count is not None and c.count.unit == "share" for c in evidence.claims):
        reasons |= dict.fromkeys(
            ("half_life_share", "share_error_least"), "no share that works is told"
        )
    if found.calculus is not None and found.calculus.answered is None:
        reasons["answer_days"] = "no record of acts and answers is kept"
    if not any(u.kind == "density" for u in found.ensemble.units):
        reasons |= dict.fromkeys(("missiles_per_team", "teams_ready"), "no teams are spread")
    if not any(u.kind == "radar" for u in found.order_of_battle.units):
        reasons |= dict.fromkeys(("prior_place_radar", "half_life_radar"), "no radar stands alone")
    listed = {h.system for h in case.holdings if h.band.low >= 1}
    held = {h.system for h in found.order_of_battle.held}
    if held <= listed:
        reasons["prior_presence"] = "a register lists every system"
    if not held & listed:
        reasons["holding_certainty"] = "no register lists any system"
    return reasons


@pytest.mark.parametrize("name", NAMES)
def test_every_assumption_in_force_bears_a_figure_or_is_needed_by_none(
    shipped: Shipped, name: str
) -> None:
    found, _ = shipped(name)
    borne = {i for q in found.ledger.quantities.values() for i in q.inputs}
    idle = {a.id for a in found.assumptions if f"assumption:{a.id}" not in borne}
    assert idle == needed_by_none(found).keys() & {a.id for a in found.assumptions}


def test_the_grade_of_a_channel_rests_on_the_errors_that_cost_it(shipped: Shipped) -> None:
    found, _ = shipped("moscow-2023")
    evidence, ledger = found.evidence, found.ledger
    (lowered, *_) = (c for c in evidence.channels if c.hand != c.computed)
    errors = [e for e in evidence.contradictions if e.id in lowered.errors]
    origins = [o for o in evidence.lineage.groups if evidence.claim(o).source == lowered.source]
    assert errors
    assert origins
    for origin in origins:
        inputs = set(ledger.quantities[f"weight.{origin}"].inputs)
        assert {"assumption:channel_errors", "evidence.relays"} <= inputs
        assert {f"claim:{c}" for e in errors for c in e.claims} <= inputs


def test_places_that_are_not_listed_have_no_figures(shipped: Shipped) -> None:
    found, _ = shipped("venezuela-2019")
    listed = {u.id for u in found.order_of_battle.units}
    moved = {c.id for p in found.contributions for c in p.units}
    assert moved - listed
    units = {i.split(".")[2] for i in found.ledger.quantities
             if i.startswith("without.") and "@" in i}  # fmt: skip
    assert units
    assert units <= listed


def test_sites_with_the_same_evidence_work_alike(shipped: Shipped) -> None:
    found, _ = shipped("moscow-2023")
    alike: dict[object, set[float | None]] = {}
    for unit in found.order_of_battle.units:
        quantity = found.ledger.quantities[f"orbat.{unit.id}.serviceable"]
        assert quantity.low is not None
        assert quantity.high is not None
        assert quantity.low <= (quantity.value or 0.0) <= quantity.high
        alike.setdefault(unit.serviceable, set()).add(quantity.value)
    assert len(alike) < len(found.order_of_battle.units)
    assert all(len(values) == 1 for values in alike.values())
