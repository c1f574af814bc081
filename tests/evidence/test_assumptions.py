"""Assumptions stand in the room's tables, and so in every report."""

import ast
from pathlib import Path

import pytest

import makers
import shieldwall.evidence
import weighing
from shieldwall.evidence import assumptions
from shieldwall.evidence.contradictions.count import bounds
from shieldwall.evidence.lineage import assumptions as lineage
from shieldwall.orbat.fusion import Fusion

ROOM = Path(shieldwall.evidence.__file__).parent
WEIGHING = (
    "grades.py", "credibility.py", "topics.py", "witness.py", "as_of.py", "gather.py",
    "lineage/order.py", *(f"contradictions/{p.name}" for p in ROOM.glob("contradictions/*.py")),
)  # fmt: skip
NO_ASSUMPTION = {"DAYS_PER_YEAR", "DAY", "DAY_S", "STEP_M", "NAMED", "MAX_BETWEEN", "LONG_WORD"}
"""Units, steps of a computation, how much is shown, and what counts as a long word."""


def numbers(path):
    """Names at the top of a file that are set to a number, or to something made of one."""
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.Assign) and any(
            isinstance(n, ast.Constant) and isinstance(n.value, int | float)
            for n in ast.walk(node.value)
        ):
            yield from (t.id for t in node.targets if isinstance(t, ast.Name))


def test_who_weighs_claims_has_no_figures_of_its_own():
    found = {name for file in WEIGHING for name in numbers(ROOM / file)}
    assert found <= NO_ASSUMPTION


def test_every_figure_of_a_rule_is_told_with_its_reason():
    rows = {a.id: a for a in (*assumptions.DEFAULTS, *lineage.DEFAULTS)}
    told = {
        "untied_spread": "0.5 to 1.5", "sure_relay": "0.95", "near_km": "25 km",
        "stock_years": "5 years", "distance_rounding": "10\u202f%",
    }  # fmt: skip
    assert all(figure in rows[id].statement for id, figure in told.items())
    assert "15\u202f%" in rows["count_about"].statement
    assert rows["lineage_order_sharp"].band.likely == lineage.SHARP
    assert rows["lineage_order_undated"].band.likely == lineage.UNDATED
    assert all(row.reason for row in rows.values())


def test_about_means_one_thing_to_contradictions_and_to_the_order_of_battle():
    case = makers.case()
    care = Fusion(case, makers.catalogue(), weighing.evidence(case)).care
    low, high = bounds(makers.count(100.0, "launchers", "about"))
    assert care.about == assumptions.ABOUT_ERROR == 0.15
    assert (low, high) == (pytest.approx(85), pytest.approx(115))
