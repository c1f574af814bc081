"""`shieldwall raid`, `compare`, `sweep`: words and JSON, one raid told, messages and exit codes."""

import csv
import json
import shutil
from pathlib import Path

import pytest

from raid_folders import DRONES, MISSILES, write_case
from shieldwall import cli

CASES = Path(__file__).resolve().parent.parent / "cases"


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    raids = {
        "drones": [{**DRONES, "number": 6}],
        "mixed": [{**DRONES, "number": 4}, {**MISSILES, "number": 4, "decoys": 2}],
    }
    return write_case(tmp_path_factory.mktemp("invented"), raids)


def run(capsys, *arguments):
    try:
        code = cli.main([str(a) for a in arguments])
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def told(capsys, *arguments):
    code, out, err = run(capsys, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def test_raid_in_words_with_progress(capsys, case):
    code, out, err = run(capsys, "raid", case, "--replications", 8)
    assert code == 0
    assert "Drones (drones)" in out
    assert "Mixed (mixed)" in out
    assert "This is no prediction" in out
    assert "lines of sight along the tracks of raids" in err


def test_raid_json_has_what_is_owed(capsys, case):
    found = told(capsys, "raid", case, "--replications", 8)
    assert (found["seed"], found["draws"]) == (7, 16)
    assert list(found["outcomes"]) == ["drones", "mixed"]
    for one in found["outcomes"].values():
        leakers, none = one["leakers"], one["p_none_through"]
        assert leakers["low"] <= leakers["mean"] <= leakers["high"]
        assert leakers["quantiles"]["q05"] <= leakers["quantiles"]["q95"] <= one["threats"]
        assert 0 <= none["low"] <= none["value"] <= none["high"] <= 1
        assert one["shots"]["mean"] > 0
        assert {"layer", "kills", "shots", "shapley"} <= one["layers"][0].keys()
        assert {"integration", "systems"} <= one["values"].keys()


def test_only_the_raids_asked_for(capsys, case):
    found = told(capsys, "raid", case, "--raid", "mixed", "--replications", 4)
    assert list(found["outcomes"]) == ["mixed"]
    assert found["outcomes"]["mixed"]["decoys"] == 2


def test_seed_draws_and_replications_are_heeded(capsys, case):
    ask = ("raid", case, "--raid", "drones", "--replications", 4)
    plain, same = (told(capsys, *ask, *more) for more in ((), ("--seed", 7, "--workers", 1)))
    assert plain == same
    other = told(capsys, *ask, "--seed", 8, "--draws", 20)
    assert (other["seed"], other["draws"]) == (8, 20)
    assert other["outcomes"]["drones"]["draws"] == 20
    assert other["outcomes"]["drones"]["leakers"] != plain["outcomes"]["drones"]["leakers"]


def test_an_earlier_day_knows_of_less(capsys, case):
    """On the first of June the sites were published; the day before, nothing was known there."""
    ask = ("raid", case, "--raid", "drones", "--replications", 4)
    today, after, before = (
        told(capsys, *ask, *more)
        for more in ((), ("--as-of", "2024-06-01"), ("--as-of", "2024-05-31"))
    )
    assert [(d["as_of"], d["earlier"]) for d in (today, after, before)] == [
        ("2024-06-30", False), ("2024-06-01", True), ("2024-05-31", True),
    ]  # fmt: skip
    assert before["outcomes"]["drones"]["leakers"]["mean"] == 6
    assert before["outcomes"]["drones"]["shots"]["mean"] == 0
    assert after["outcomes"]["drones"]["leakers"] == today["outcomes"]["drones"]["leakers"]
    code, out, _ = run(capsys, *ask, "--as-of", "2024-06-01")
    assert code == 0
    assert out.startswith(f"{case.name}, as of 2024-06-01: how it would fare, on 2024-06-01")


def test_compare_stands_at_an_earlier_day_too(capsys, case):
    ask = ("compare", case, "--raid", "drones", "--replications", 4, "--set",
           "network.mode=unplugged", "--as-of", "2024-06-01")  # fmt: skip
    assert told(capsys, *ask)["as_of"] == "2024-06-01"
    told_first = f"{case.name}, as of 2024-06-01: network.mode=unplugged"
    assert run(capsys, *ask)[1].startswith(told_first)
    for day in ("2024-07-01", "June"):
        code, _, err = run(capsys, "compare", case, "--set", "raid.size=2", "--as-of", day)
        assert code == 2
        assert f"--as-of {day}: " in err


def test_a_half_width_stops_early(capsys, case):
    ask = ("raid", case, "--raid", "drones")
    coarse = told(capsys, *ask, "--half-width", 0.2)["outcomes"]["drones"]
    fine = told(capsys, *ask, "--half-width", 0.02)["outcomes"]["drones"]
    assert coarse["replications"] < fine["replications"] <= 128
    none = fine["p_none_through"]
    assert none["high"] - none["low"] <= 0.04 or fine["replications"] == 128


def test_a_trace_adds_up_and_is_that_replication(capsys, case):
    found = told(capsys, "raid", case, "--raid", "mixed", "--replications", 4, "--trace", 9)
    one = found["traces"]["mixed"]
    assert (one["draw"], one["replication"]) == (2, 1)
    ended = [e for e in one["events"] if e["kind"] in ("killed", "through")]
    assert len(ended) == len(one["threats"]) == 10
    through = [e for e in ended if e["kind"] == "through" and e["real"]]
    assert one["through"] == len(through)
    code, out, _ = run(capsys, "raid", case, "--raid", "mixed", "--replications", 4, "--trace", 9)
    assert code == 0
    assert "draw 2, replication 1" in out
    assert out.rstrip().endswith(f"{len(through)} of 8 came through.")


def test_compare_in_words_and_json(capsys, case):
    ask = ("compare", case, "--raid", "mixed", "--set", "network.mode=autonomous",
           "--set", "units.bukm2e.count=0", "--replications", 16)  # fmt: skip
    code, out, _ = run(capsys, *ask)
    assert code == 0
    head = "Invented: network.mode=autonomous, units.bukm2e.count=0, less the network as drawn"
    assert out.splitlines()[0] == head
    for words in ("come through", "none comes through", "rounds fired", "kills, medium range"):
        assert f"  {words}" in out
    found = told(capsys, *ask)
    one = found["raids"]["mixed"]
    more = one["difference"]["leakers"]
    assert more["mean"] == pytest.approx(
        one["one"]["leakers"]["mean"] - one["other"]["leakers"]["mean"], abs=1e-5
    )
    assert more["low"] <= more["mean"] <= more["high"]
    assert more["monte_carlo"]["low"] <= more["mean"] <= more["monte_carlo"]["high"]
    assert one["difference"]["p_none_through"]["value"] <= 0
    assert found["other"] == found["idle"] == []


def test_compare_two_variants(capsys, case):
    ask = ("compare", case, "--raid", "drones", "--replications", 8)
    sides = ("--set", "network.mode=unplugged", "--against", "network.mode=integrated")
    found = told(capsys, *ask, *sides)
    assert found["other"] == ["network.mode=integrated"]
    assert found["raids"]["drones"]["difference"]["leakers"]["mean"] > 0


def test_nothing_follows_from_a_system_without_a_place(capsys):
    """Pantsir in Venezuela is told of without a place: it may be set, and that changes nothing."""
    ask = ("compare", CASES / "venezuela-2025", "--raid", "high-aircraft", "--draws", 16,
           "--replications", 8, "--set", "units.pantsir.count=0")  # fmt: skip
    found = told(capsys, *ask)
    assert found["raids"]["high-aircraft"]["difference"]["leakers"]["mean"] == 0
    (line,) = found["idle"]
    assert line.startswith("units.pantsir.count=0: nothing follows; no unit of pantsir is drawn")


SWEEP = """\
design = "grid"
replications = 4
raids = ["drones"]
[[vary]]
key = "network.mode"
values = ["drawn", "unplugged"]
"""


def test_sweep_writes_a_table_and_says_where(capsys, case, tmp_path):
    (tmp_path / "sweep.toml").write_text(SWEEP, encoding="utf-8")
    ask = ("sweep", case, tmp_path / "sweep.toml", "--out", tmp_path / "out")
    code, out, err = run(capsys, *ask)
    assert code == 0
    assert out.splitlines()[0] == "2 points, 2 rows:"
    assert "sweep: 2 points" in err
    rows = list(csv.DictReader((tmp_path / "out/sweep.csv").read_text().splitlines()))
    assert [row["network.mode"] for row in rows] == ["drawn", "unplugged"]
    found = told(capsys, *ask)
    assert (found["ok"], found["points"], found["resumed"], found["rows"]) == (True, 2, 0, 2)
    assert set(found["files"]) == {"sweep.csv", "sweep.parquet"}
    assert found["columns"] == list(rows[0])


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["raid", "CASE", "--raid", "nix"], "has no raid nix; there are drones, mixed"),
        (["raid", "CASE", "--draws", "9999"], "from 1 to 4,096"),
        (["raid", "CASE", "--replications", "0"], "not a whole number of at least 1"),
        (["raid", "CASE", "--replications", "10001"], "at most 10,000"),
        (["raid", "CASE", "--replications", "10000", "--draws", "4096"], "ask for fewer"),
        (["raid", "CASE", "--half-width", "0"], "not a share between 0 and 0.5"),
        (["raid", "CASE", "--half-width", "nan"], "not a share between 0 and 0.5"),
        (["raid", "CASE", "--seed", "-1"], "not a whole number from 0 on"),
        (["raid", "CASE", "--seed", str(2**63)], "a seed is a whole number"),
        (["raid", "CASE", "--trace", "x"], "not a whole number from 0 on"),
        (["raid", "CASE", "--trace", "2048"], "numbered 0 to 2047"),
        (["raid", "CASE", "--trace", "1", "--half-width", "0.1"], "leave out --half-width"),
        (["compare", "CASE"], "compare with what?"),
        (["compare", "CASE", "--set", "network.mode"], "write KEY=VALUE"),
        (["compare", "CASE", "--set", "raid.axis=north"], "--set raid.axis=north: no such key"),
        (["compare", "CASE", "--against", "raid.size=-1"], "--against raid.size=-1: must lie"),
        (["compare", "CASE", "--set", "units.bukm2.count=0"], "did you mean bukm2e?"),
    ],
)
def test_a_wrong_argument_is_one_message_and_exit_code_2(capsys, case, arguments, why):
    code, out, err = run(capsys, *(case if a == "CASE" else a for a in arguments))
    assert (code, out) == (2, "")
    assert why in err.splitlines()[-1]


@pytest.mark.parametrize("wrong", [
    "foo=1", "raid.axis=north", "network.mode=x", "units.bukm2e.kill=much", "units.bukm2e=1",
    "crews.bukm2e=none", "network.functions.radars=1",
])  # fmt: skip
def test_a_key_of_no_form_is_told_before_anything_is_drawn(capsys, monkeypatch, case, wrong):
    def drawn(*_):
        raise AssertionError("drawn")

    monkeypatch.setattr("shieldwall.raid.setting.setting", drawn)
    for flags in (["--set", wrong], ["--set", "raid.size=2", "--against", wrong]):
        code, out, err = run(capsys, "compare", case, *flags)
        assert (code, out) == (2, "")
        assert f"{flags[-2]} {wrong}: " in err


def test_a_case_without_raids_says_what_to_write(capsys, case, tmp_path):
    bare = shutil.copytree(case, tmp_path / "bare")
    (bare / "raids.toml").unlink()
    for ask in (["raid", bare], ["compare", bare, "--set", "raid.size=2"]):
        code, out, err = run(capsys, *ask)
        assert (code, out) == (3, "")
        assert "bare describes no raid; write raids.toml" in err


def test_a_wrong_sweep_file_is_exit_code_3(capsys, case, tmp_path):
    (tmp_path / "sweep.toml").write_text(SWEEP.replace("network.mode", "raid.axis"))
    code, out, err = run(capsys, "sweep", case, tmp_path / "sweep.toml", "--out", tmp_path)
    assert (code, out) == (3, "")
    assert "sweep.toml:5: vary[1].key: is not varied" in err
