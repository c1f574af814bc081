"""Raids for programs and terminals: JSON data, raids.csv, text and the log of one raid."""

from __future__ import annotations

import csv
import dataclasses
import json
import math
from pathlib import Path

import pytest

from sample_raids import DRONES, MISSILES, sample_raids, spread
from samples import sample_assessment
from shieldwall.raid.records import RaidOutcomes
from shieldwall.raid.statistics import Interval
from shieldwall.report.exports.raids import raid_data, raid_rows, write_raids_csv
from shieldwall.report.raid_text import raid_text, trace_text
from shieldwall.report.raid_words import clock, minutes, whole_or_tenth
from shieldwall.report.words import signed


def test_the_data_hold_every_measure_of_every_raid() -> None:
    data = json.loads(json.dumps(raid_data(sample_raids()), allow_nan=False))
    assert data["unsited"] == ["pantsir"]
    drones, missiles = data["outcomes"][DRONES], data["outcomes"][MISSILES]
    assert drones["leakers"]["mean"] == 4.5
    assert drones["leakers"]["quantiles"]["q95"] == 6.0
    assert drones["leakers"]["monte_carlo"] == {"value": 4.5, "low": 4.47, "high": 4.53}
    assert sum(drones["leakers"]["histogram"]) == pytest.approx(1.0)
    assert drones["p_none_through"]["band"] == {"low": 0.0, "high": 0.44}
    assert drones["p_none_through"]["stratified"] is None
    assert missiles["p_none_through"]["stratified"]["interval"]["value"] == 0.012
    assert missiles["values"]["advisers"] is None
    assert [s["key"] for s in drones["values"]["systems"]] == ["s300vm", "bukm2e"]
    assert [f["key"] for f in drones["functions"]] == ["radars", "command", "link"]
    assert drones["modes"]["unplugged"]["mean"] == 5.5
    assert [s["threats"] for s in drones["saturation"]] == [2, 4, 8, 16, 32]
    assert drones["sobol"][0]["group"] == "presence"
    assert drones["luck"] == 0.4
    assert drones["cost"]["rounds_fired"] is None
    assert drones["weapons"][2]["shots_per_kill"] is None
    assert drones["replay"]["through"] == 7
    assert len(drones["replay"]["threats"]) == 10


def test_numbers_that_are_none_are_null() -> None:
    found = sample_raids().raids[0]
    never = dataclasses.replace(found, shots_per_kill=Interval(math.nan, math.nan, math.nan))
    data = raid_data(RaidOutcomes((never,), ()))
    assert data["outcomes"][DRONES]["shots_per_kill"] == {"value": None, "low": None, "high": None}


def test_nothing_fought_is_nothing_told() -> None:
    assert raid_data(RaidOutcomes((), ())) == {"outcomes": {}, "unsited": []}
    assert list(raid_rows(RaidOutcomes((), ()))) == []


def test_the_table_is_tidy(tmp_path: Path) -> None:
    write_raids_csv(sample_assessment(tmp_path), tmp_path / "raids.csv")
    rows = list(csv.DictReader((tmp_path / "raids.csv").read_text("utf-8").splitlines()))
    assert list(rows[0]) == ["raid", "measure", "key", "mean", "low", "high"]
    ids = [(r["raid"], r["measure"], r["key"]) for r in rows]
    assert len(ids) == len(set(ids))
    found = dict(zip(ids, rows, strict=True))
    assert found[DRONES, "mode", "unplugged"]["mean"] == "5.5"
    assert found[DRONES, "luck", ""]["low"] == ""
    assert found[DRONES, "without_function", "command"]["mean"] == "1.5"
    assert (MISSILES, "value_advisers", "") not in found
    assert found[MISSILES, "none_through_stratified", ""]["mean"] == "0.012"


def test_every_measure_of_the_table_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "outputs.md").read_text("utf-8")
    wanted = {row.measure for row in raid_rows(sample_raids())}
    assert {m for m in wanted if f"`{m}`" not in text} == set()


def test_the_text_answers_first_and_says_what_it_is_not(tmp_path: Path) -> None:
    case = sample_assessment(tmp_path).case
    lines = raid_text(case, sample_raids()).splitlines()
    assert lines[0].endswith("how it would fare, on 2025-12-31")
    assert lines[2] == "Eight drones at Caracas (drones)"
    assert "come through, of 8" in lines[4]
    assert "4.5 (3.5 to 5.5); one raid 3 to 6" in lines[4]
    assert "unlikely, 22" in lines[5]
    text = "\n".join(lines)
    assert "by strata" in text
    assert "no price is published for S-300VM" in text
    assert "no unit is drawn: pantsir" in text
    assert "This is no prediction." in text
    assert "nothing is said" in raid_text(case, RaidOutcomes((), ()))


def test_a_raid_that_nobody_meets_is_told_too(tmp_path: Path) -> None:
    found = dataclasses.replace(
        sample_raids().raids[0], layers=(), weapons=(), shots=spread(0.0, 0.0), shots_per_kill=None,
        advisers=None, sobol=(),
    )  # fmt: skip
    text = raid_text(sample_assessment(tmp_path).case, RaidOutcomes((found,), ()))
    assert "no layer has a unit at a place" in text
    assert "nothing varies" in text
    assert "rounds for one kill" not in text


def test_the_log_tells_when_what_and_by_whom() -> None:
    replay = sample_raids().raids[0].replay
    assert replay is not None
    lines = trace_text(replay).splitlines()
    assert "draw 0, replication 0" in lines[0]
    assert "Early-warning radars" in lines[1]
    assert lines[2] == "00:00    1  One-way attack drone sets out"
    assert "01:20    9  One-way attack drone (decoy) sets out" in lines
    assert "05:20    1  bukm2e@la-carlota missile fires two rounds" in lines
    assert "05:12    1  the network orders fire" in lines
    assert lines[-1] == "7 of 8 came through."
    assert not [line for line in lines if "\x1b" in line]


@pytest.mark.parametrize(
    ("shown", "wanted"),
    [(clock(5), "00:05"), (clock(3661), "61:01"), (minutes(90), "90\u202fs"),
     (minutes(345), "6\u202fmin"), (signed(0.04), "0"), (signed(-1.25), "−1.2"),
     (signed(0.3), "+0.3"), (whole_or_tenth(0.02), "<0.1"), (whole_or_tenth(0.0), "0"),
     (whole_or_tenth(4.12), "4.1")],
)  # fmt: skip
def test_small_words(shown: str, wanted: str) -> None:
    assert shown == wanted
