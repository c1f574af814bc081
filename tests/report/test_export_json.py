"""assessment.json and coverage.csv: documented, versioned, strict, and true to the records."""

from __future__ import annotations

import csv
import dataclasses
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.report.explain import read_ledger
from shieldwall.report.exports import write_csv, write_json
from shieldwall.report.exports.plain_data import as_read, computed, rounded

DOCS = Path(__file__).parents[2] / "docs" / "outputs.md"
TOP = {
    "format", "version", "case", "order_of_battle", "network", "terrain", "coverage", "reach",
    "assumptions", "provenance", "evidence", "contributions", "control", "questions", "topics",
    "raids", "calculus", "judgements", "against",
}  # fmt: skip


BY_ID = (
    "quantities",
    "leaves",
    "computed_km",
    "holdings",
    "systems",
    "operators",
    "connected",
    "outcomes",
)
"""Objects whose keys are ids."""


def refuse(constant: str) -> float:
    raise AssertionError(f"{constant} is not JSON")


@pytest.fixture
def document(tmp_path: Path) -> dict[str, Any]:
    write_json(sample_assessment(tmp_path), tmp_path / "a.json")
    loaded: dict[str, Any] = json.loads((tmp_path / "a.json").read_text("utf-8"),
                                        parse_constant=refuse)  # fmt: skip
    return loaded


def keys(value: object) -> Iterator[str]:
    """Every key of every object but those whose keys are ids."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key in BY_ID and isinstance(inside, dict):
                yield key
                inside = list(inside.values())  # noqa: PLW2901
            yield from (key, *keys(inside))
    elif isinstance(value, list):
        for each in value:
            yield from keys(each)


def test_the_layout_is_documented(document: dict[str, Any]) -> None:
    assert set(document) == TOP
    assert document["format"] == "shieldwall-assessment/1"
    text = DOCS.read_text("utf-8")
    assert sorted({k for k in keys(document) if f"`{k}`" not in text}) == []


def test_results_are_rounded_and_the_case_is_not(document: dict[str, Any]) -> None:
    place = next(p for p in document["case"]["places"] if p["id"] == "capitan-manuel-rios")
    assert (place["lat"], place["lon"]) == (9.3727, -66.9228)
    for quantity in document["provenance"]["quantities"].values():
        for number in (quantity["value"], quantity["low"], quantity["high"]):
            assert number is None or number == float(f"{number:.7g}")


@pytest.mark.parametrize(
    ("value", "short"),
    [(0.123456789, 0.1234568), (457.34994321, 457.3499), (-0.0, 0.0), (5000, 5000), (1e-9, 1e-9),
     (math.nan, None), (math.inf, None)],
)  # fmt: skip
def test_seven_significant_digits(value: float, short: float | None) -> None:
    assert rounded(value) == short
    assert str(rounded(value)) == str(None if short is None else float(short))


def test_judgements_are_those_of_the_page(document: dict[str, Any]) -> None:
    told, made = document["judgements"], document["provenance"]
    assert {j["question"] for j in told} >= {"network", "coverage", "control", "raids"}
    for each in told:
        assert set(each["figures"]) <= made["quantities"].keys() | made["leaves"].keys()
        if each["likelihood"]:
            assert f" {each['likelihood']} (" in each["claim"]


def test_numbers_that_are_none_become_null(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    floor = next(f for f in sample.coverage.floors if np.isnan(f.median_m).any())
    assert computed(float(floor.median_m[np.isnan(floor.median_m)][0])) is None
    assert as_read(math.nan) is None
    section = sample.coverage.sections[0].layers[1]
    assert np.isnan(section.floor_msl_m).any()
    write_json(sample, tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text("utf-8")
    assert "NaN" not in text
    layers = json.loads(text)["coverage"]["sections"][0]["layers"]
    assert None in layers[1]["floor_msl_m"]


def test_a_record_without_a_place_is_an_error() -> None:
    with pytest.raises(TypeError, match="no place in an export"):
        computed(object())


def test_the_ledger_comes_back_whole(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    write_json(sample, tmp_path / "assessment.json")
    ledger = read_ledger(tmp_path / "assessment.json")
    assert ledger.leaves == sample.ledger.leaves
    assert ledger.quantities.keys() == sample.ledger.quantities.keys()
    for id, quantity in ledger.quantities.items():
        given = sample.ledger.quantities[id]
        assert quantity.value == pytest.approx(given.value, rel=1e-3)
        same = dataclasses.replace(
            given, value=quantity.value, low=quantity.low, high=quantity.high
        )
        assert quantity == same


def test_hostile_text_is_carried_but_can_open_no_tag(tmp_path: Path) -> None:
    write_json(sample_assessment(tmp_path, hostile=True), tmp_path / "a.json")
    text = (tmp_path / "a.json").read_text("utf-8")
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text)["case"]["title"] == HOSTILE_TEXT


def test_control_characters_are_dropped(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    case = dataclasses.replace(sample.case, title="a\x1b[31mb\x00\u202ec\ud800")
    write_json(dataclasses.replace(sample, case=case), tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["case"]["title"] == "a[31mbc"


def test_the_table_holds_every_coverage_figure_once(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    write_csv(sample, tmp_path / "coverage.csv")
    data = (tmp_path / "coverage.csv").read_bytes()
    assert b"\r" not in data
    rows = list(csv.DictReader(data.decode("utf-8").splitlines()))
    assert list(rows[0]) == [
        "area", "threat", "altitude_m", "measure", "value", "low", "high", "unit", "figure",
    ]  # fmt: skip
    wanted = [
        id for id, q in sample.ledger.quantities.items()
        if id.startswith("coverage.") and q.unit == "share"
    ]  # fmt: skip
    assert sorted(r["figure"] for r in rows) == sorted(wanted)
    for row in rows:
        quantity = sample.ledger.quantities[row["figure"]]
        assert float(row["value"]) == pytest.approx(quantity.value, rel=1e-3)
        assert row["figure"].split(".")[1:] == [
            row["area"], row["threat"], f"{row['altitude_m']}m", row["measure"],
        ]  # fmt: skip
        assert (row["low"] == "") == (quantity.low is None)


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path) -> None:
    """Ids cannot begin so in a valid case; the writer does not rely on it."""
    sample = sample_assessment(tmp_path)
    bad = "=HYPERLINK(0)"
    covers = tuple(dataclasses.replace(a, area=bad) for a in sample.coverage.areas[:1])
    for id, quantity in list(sample.ledger.quantities.items()):
        if id.startswith("coverage."):
            moved = f"coverage.{bad}." + id.split(".", 2)[2]
            sample.ledger.quantities[moved] = dataclasses.replace(quantity, id=moved)
    coverage = dataclasses.replace(sample.coverage, areas=covers)
    write_csv(dataclasses.replace(sample, coverage=coverage), tmp_path / "a.csv")
    rows = list(csv.reader((tmp_path / "a.csv").read_text("utf-8").splitlines()))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith("=")]
