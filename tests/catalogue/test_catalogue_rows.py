"""Every row of the shared table of figures is in the catalogue, with its values and codes."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Figure, System, Threat

TABLE = Path(__file__).parents[3] / "shared" / "figures" / "catalogue.csv"
BOUNDS = (("low", "ev_low"), ("typical", "ev_typical"), ("high", "ev_high"))
CATALOGUE = load_catalogue()
ADDED = {"iskander_m", "scud_b"}
"""Threats read up after the table was made; their sources are in the register."""


def rows() -> list[dict[str, str]]:
    if not TABLE.exists():
        return []
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = rows()
needs_table = pytest.mark.skipif(not ROWS, reason=f"the shared table is missing: {TABLE.name}")


def owner(row: dict[str, str]) -> System | Threat:
    table = CATALOGUE.systems if row["kind"] == "system" else CATALOGUE.threats
    return table[row["id"]]


def number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def is_plain(row: dict[str, str]) -> bool:
    """Each cell is empty or one number."""
    return all(not row[cell] or number(row[cell]) is not None for cell, _ in BOUNDS)


@needs_table
def test_the_table_has_all_its_rows() -> None:
    assert len(ROWS) == 429
    assert {r["id"] for r in ROWS if r["kind"] == "system"} == set(CATALOGUE.systems)
    assert {r["id"] for r in ROWS if r["kind"] == "threat"} == set(CATALOGUE.threats) - ADDED
    assert set(CATALOGUE.threats) >= ADDED
    assert (len(CATALOGUE.systems), len(CATALOGUE.threats)) == (17, 25)


def same_name(row: dict[str, str]) -> list[Figure]:
    return [f for f in owner(row).figures.values() if f.name == row["parameter"]]


@needs_table
def test_rows_of_one_figure_are_there_as_published() -> None:
    checked = 0
    for row in ROWS:
        found = same_name(row)
        if not found or not is_plain(row):
            continue
        assert len(found) == 1, row
        figure = found[0]
        assert figure.stated == tuple(number(row[cell]) for cell, _ in BOUNDS), row
        assert figure.unit == ("share" if row["unit"] == "–" else row["unit"]), row
        for (cell, code), bound, evidence in zip(
            BOUNDS, ("low", "likely", "high"), figure.evidence, strict=True
        ):
            if row[cell] and bound not in figure.filled:
                assert evidence == row[code], (row, bound)
        checked += 1
    assert checked >= 390


@needs_table
def test_rows_of_several_values_are_split_or_kept_in_words() -> None:
    """Cells such as '400 / 320', and rows whose name the catalogue had to split."""
    split = []
    for row in ROWS:
        if same_name(row) and is_plain(row):
            continue
        thing = owner(row)
        words = {a.name: a for a in thing.attributes}
        if row["parameter"] in words:
            assert words[row["parameter"]].text == row["typical"]
            assert words[row["parameter"]].evidence == row["ev_typical"]
            continue
        split.append(row["parameter"])
        cells = " ".join(re.sub(r"\([^)]*\)", "", row[cell]) for cell, _ in BOUNDS)
        numbers = {float(n) for n in re.findall(r"\d+(?:\.\d+)?", cells)}
        rest = [f for f in thing.figures.values() if f.name not in PARAMETERS[row["id"]]]
        rest += same_name(row)
        held = {value for f in rest for value in f.stated if value is not None}
        assert numbers, row
        assert numbers <= held, (row, numbers - held)
    assert len(split) == 27, split


PARAMETERS = {row["id"]: {r["parameter"] for r in ROWS if r["id"] == row["id"]} for row in ROWS}


@needs_table
def test_unsourced_rows_name_an_assumption() -> None:
    empty = [r for r in ROWS if not any(r[cell] for cell, _ in BOUNDS)]
    assert len(empty) >= 40
    for row in empty:
        (figure,) = same_name(row)
        assert not figure.known
        assert figure.evidence == ("U", "U", "U")
        assert figure.assumption in CATALOGUE.assumptions
