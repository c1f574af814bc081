"""`shieldwall control`: words and JSON, standing at an earlier day, without a source, scored."""

import json
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from shieldwall import cli
from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.control.indicators import product_indicators

CASES = Path(__file__).resolve().parent.parent / "cases"
FEW = ("--draws", "16")


@cache
def run(*arguments: object) -> tuple[int, str, str]:
    """Code, words and progress; what is asked again is not computed again."""
    with redirect_stdout(StringIO()) as out, redirect_stderr(StringIO()) as err:
        code = cli.main(["control", *map(str, arguments), *FEW])
    return code, out.getvalue(), err.getvalue()


def told(*arguments: object) -> Any:
    code, out, _ = run(*arguments, "--json")
    assert code == 0
    return json.loads(out)


def test_the_answer_stands_first():
    code, out, err = run(CASES / "venezuela-2025")
    assert code == 0
    assert "asking who operates it" in err
    lines = out.splitlines()
    assert lines[0].endswith("who operates it, on 2025-12-31")
    assert lines[1].startswith("The supplier's mission: ")
    assert any(line.startswith("Pantsir-S1 (if held at all: ") for line in lines)
    assert any("What to look for next, among published things" in line for line in lines)


def test_json_has_what_is_owed():
    found = told(CASES / "venezuela-2019")
    assert (found["case"], found["as_of"], found["earlier"]) == (
        "venezuela-2019", "2019-04-15", False,
    )  # fmt: skip
    assert found["seed"] > 0
    assert found["draws"] == int(FEW[FEW.index("--draws") + 1])
    assert found["exact"] is True
    for system in found["systems"].values():
        weeks, states = len(system["weeks"]), len(system["states"])
        assert weeks > 52
        assert states == 6
        assert [len(row) for row in system["posterior"]] == [states] * weeks
        assert all(abs(sum(row) - 1) < 1e-5 for row in system["posterior"])
        assert len(system["connected"]) == len(system["serviceable"]) == weeks
        assert [d["on"] for d in system["forecast"]["dates"]][-1] == "2021-04-14"
        looks = system["next_observations"]
        assert looks
        assert [o["bits"] for o in looks] == sorted((o["bits"] for o in looks), reverse=True)
        for look in looks:
            assert abs(sum(look["found"]) - 1) < 1e-5
            assert abs(sum(look["not_found"]) - 1) < 1e-5


def test_the_home_made_are_not_in_doubt():
    _, out, _ = run(CASES / "moscow-2023")
    assert "Pantsir-S1: made and operated by Russia itself; control is not in doubt." in out
    found = told(CASES / "moscow-2023")
    assert found["systems"] == {}
    assert found["mission"] is None


def test_an_earlier_day_reads_nothing_later():
    found = told(CASES / "venezuela-2025", "--as-of", "2025-06-30")
    assert found["weeks"][-1] == "2025-06-30"
    assert "pantsir" not in found["systems"], "it had not come"
    read = [r for s in found["systems"].values() for r in s["readings"]]
    read += found["mission"]["readings"]
    assert read
    assert all(r["on"] is not None and r["on"] <= "2025-06-30" for r in read)
    assert not {"hur-contingent", "doc1-integrated"} & {c for r in read for c in r["claims"]}


def test_a_source_left_out_takes_its_relays_with_it():
    whole = told(CASES / "venezuela-2025")
    without = told(CASES / "venezuela-2025", "--without", "hur")
    speakers = {r["source"] for r in whole["mission"]["readings"]}
    assert "hur" in speakers
    left = {c for r in without["mission"]["readings"] for c in r["claims"]}
    assert not {"hur-contingent", "charter97-contingent", "doc1-contingent"} & left
    assert whole["mission"]["now"] != without["mission"]["now"]


def test_leaving_out_reaches_what_works_and_what_is_held():
    whole = told(CASES / "venezuela-2025")["systems"]
    without = told(CASES / "venezuela-2025", "--without", "twz")["systems"]
    assert whole["s300vm"]["serviceable_now"] != without["s300vm"]["serviceable_now"]
    without = told(CASES / "venezuela-2025", "--without", "zhuravlev")["systems"]
    assert without["pantsir"]["held"] < whole["pantsir"]["held"]


def test_a_system_nobody_speaks_of_any_more_is_held_by_the_prior():
    everyone = [s.id for s in load_case(CASES / "venezuela-2025", load_catalogue()).sources]
    left = [a for s in everyone for a in ("--without", s)]
    with_none = told(CASES / "venezuela-2025", *left)["systems"]["pantsir"]
    assert 0 < with_none["held"] < 1


def test_signs_are_told_with_where_they_come_from():
    code, out, _ = run(CASES / "venezuela-2025", "--signs")
    assert code == 0
    for sign in product_indicators():
        assert f"{sign}: " in out


def test_the_hindcast_is_scored_beside_the_document():
    found = told(CASES / "venezuela-2025", "--hindcast")["hindcast"]
    assert {e["event"] for e in found["events"]} == {
        "s300vm-connected", "buk-connected", "supplier-at-consoles", "pantsir-in-action",
    }  # fmt: skip
    assert not any(e["happened"] for e in found["events"])
    assert found["ours"]["low"] <= found["ours"]["likely"] <= found["ours"]["high"]
    assert found["ours"]["likely"] > found["document"]
    _, out, _ = run(CASES / "venezuela-2025", "--hindcast")
    assert "Scored against the outcome" in out


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--as-of", "soon"), 2, "--as-of soon: write a day such as 2025-06-30"),
        (("--as-of", "2026-02-01"), 2, "was coded to stand at 2025-12-31"),
        (("--as-of", "0001-01-01"), 2, "the year must lie in"),
        (("--without", "hurr"), 2, "no source of venezuela-2025 is called so; close to it: hur"),
    ],
)
def test_what_cannot_work_is_told_in_one_line(arguments, code, says):
    got, out, err = run(CASES / "venezuela-2025", *arguments)
    assert (got, out) == (code, "")
    assert says in err.splitlines()[-1]


def test_a_case_without_outcomes_cannot_be_scored():
    code, _, err = run(CASES / "venezuela-2019", "--hindcast")
    assert code == 2
    assert "write outcome.toml" in err
