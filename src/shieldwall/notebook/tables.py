"""Data frames of the order of battle and of the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from shieldwall.notebook.libraries import library
from shieldwall.report.judgements import judgements
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment

if TYPE_CHECKING:
    import pandas as pd

UNIT_FIGURES = ("fused", "presence", "launchers", "serviceable", "in_service")
"""Last parts of the ids ``orbat.{unit}.…``, as ``report.records`` lists them."""
UNIT_COLUMNS = (
    "unit", "system", "name", "place", "place_name", "layer", "kind",
    *(f"{part}{end}" for part in UNIT_FIGURES for end in ("", "_low", "_high")),
    "origins", "claims",
)  # fmt: skip
HELD_COLUMNS = (
    "system", "name", "held", "total", "total_low", "total_high", "unit", "located", "origins",
    "claims",
)  # fmt: skip
JUDGEMENT_COLUMNS = (
    "judgement", "question", "claim", "likelihood", "probability", "low", "high", "confidence",
    "reason", "change", "look_next", "figures",
)  # fmt: skip
"""What a table has where nothing is known to be there, so that code that reads it goes on."""


def in_order(rows: Iterable[Sequence[Any]], columns: Sequence[str], levels: int) -> pd.DataFrame:
    """Indexed by the first columns, in the order of the rows, which is that of the case.

    Labels are numbered as they come, so that pandas finds one by its beginning without sorting.
    """
    pandas = library("pandas")
    frame = pandas.DataFrame(list(rows), columns=list(columns))
    keys = list(columns[:levels])
    coded = [pandas.factorize(frame[key]) for key in keys]
    index = pandas.MultiIndex(levels=[u for _, u in coded], codes=[c for c, _ in coded], names=keys)
    found: pd.DataFrame = frame.drop(columns=keys).set_axis(index, axis="index")
    return found


def order_of_battle(assessment: Assessment) -> pd.DataFrame:
    """Indexed by unit; each figure with ``_low`` and ``_high`` where the ledger has a band."""
    pd, names = library("pandas"), Names(assessment)
    told = {u.id: u for u in assessment.order_of_battle.units}
    rows = []
    for unit in assessment.ensemble.units:
        odds = told.get(unit.id)
        row: dict[str, Any] = {
            "unit": unit.id, "system": unit.system, "name": names.system(unit.system),
            "place": unit.place, "place_name": names.place(unit.place), "layer": unit.layer,
            "kind": unit.kind,
        }  # fmt: skip
        for part in UNIT_FIGURES:
            row |= _figure(assessment, f"orbat.{unit.id}.{part}", part)
        row["origins"] = len(odds.origins) if odds else 0
        row["claims"] = len(odds.claims) if odds else 0
        rows.append(row)
    if not rows:
        return pd.DataFrame(columns=list(UNIT_COLUMNS)).set_index("unit")
    return pd.DataFrame(rows).set_index("unit").dropna(axis="columns", how="all")


def key_judgements(assessment: Assessment) -> pd.DataFrame:
    """Indexed by id, in the order of the page: the claim, how likely, and how sure."""
    pd = library("pandas")
    rows = [
        {
            "judgement": j.id, "question": j.question, "claim": j.claim,
            "likelihood": j.likelihood, "probability": j.probability, "low": j.low,
            "high": j.high, "confidence": j.confidence.level, "reason": j.confidence.reason,
            "change": j.what_would_change, "look_next": j.look_next, "figures": list(j.figures),
        }
        for j in judgements(assessment)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(JUDGEMENT_COLUMNS)).set_index("judgement")


def held(assessment: Assessment) -> pd.DataFrame:
    """Indexed by system: probability that any is held, how many with band, and in which unit."""
    pd, names = library("pandas"), Names(assessment)
    rows = [
        {
            "system": each.system, "name": names.system(each.system), "held": each.held,
            **_figure(assessment, f"orbat.{each.system}.total", "total"), "unit": each.unit,
            "located": not each.unlocated, "origins": len(each.origins),
            "claims": len(each.claims),
        }
        for each in assessment.order_of_battle.held
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(HELD_COLUMNS)).set_index("system")


def _figure(assessment: Assessment, id: str, name: str) -> dict[str, float | None]:
    quantity = assessment.ledger.quantities.get(id)
    if quantity is None:
        return {name: None, f"{name}_low": None, f"{name}_high": None}
    return {name: quantity.value, f"{name}_low": quantity.low, f"{name}_high": quantity.high}


def figures(assessment: Assessment) -> pd.DataFrame:
    """The ledger's quantities, indexed by id, in the order they were made."""
    pd = library("pandas")
    columns = ["id", "label", "value", "low", "high", "unit", "method", "inputs"]
    rows = [
        (q.id, q.label, q.value, q.low, q.high, q.unit, q.method, q.inputs)
        for q in assessment.ledger.quantities.values()
    ]
    frame = pd.DataFrame(rows, columns=columns).set_index("id")
    return frame.astype({"value": float, "low": float, "high": float})


def leaves(assessment: Assessment) -> pd.DataFrame:
    """The ledger's leaves, indexed by id."""
    pd = library("pandas")
    columns = ["id", "kind", "text", "source", "address", "where"]
    rows = [
        (e.id, e.kind, e.text, e.source, e.address, e.where)
        for e in assessment.ledger.leaves.values()
    ]
    return pd.DataFrame(rows, columns=columns).set_index("id")
