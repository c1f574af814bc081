"""`shieldwall calculus`: words and JSON from a folder, and what it says where it cannot."""

import json
from pathlib import Path

import pytest

from raid_folders import DRONES, write_case
from shieldwall import cli
from shieldwall.report.calculus_words import NO_PREDICTION

CASES = Path(__file__).resolve().parent.parent / "cases"
GAME = """\
[[game]]
scale = "From -10 to 10, made up."
worst = -10
best = 10
note = "Made up."

[[actor]]
id = "host"
name = "Hostland"
role = "host"

[[actor]]
id = "other"
name = "Otherland"
role = "adversary"

[[fact]]
id = "stopped"
name = "Share of the drones that is stopped"
of = "raid.drones.stopped"
reason = "Made up."

[[consequence]]
id = "struck"
name = "Otherland strikes"
measure = "strike"

[[payoff]]
actor = "host"
consequence = "struck"
worth = { low = -8, likely = -5, high = -2 }
reason = "Made up."

[[payoff]]
actor = "other"
consequence = "struck"
worth = { low = 0, likely = 2, high = 4 }
reason = "Made up."

[[payoff]]
actor = "other"
consequence = "struck"
times = "stopped"
worth = { low = -8, likely = -5, high = -2 }
reason = "Made up."

[[node]]
id = "begin"
actor = "other"
question = "Does it strike?"

[[node.move]]
id = "refrain"
name = "Refrain"

[[node.move]]
id = "strike"
name = "Strike"
brings = ["struck"]
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return write_case(tmp_path_factory.mktemp("invented"), {"drones": [{**DRONES, "number": 6}]})


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    raids = {"drones": [{**DRONES, "number": 6}], "idle": [{**DRONES, "number": 2}]}
    folder = write_case(tmp_path_factory.mktemp("crisis"), raids)
    (folder / "game.toml").write_text(GAME, "utf-8")
    return folder


def run(capsys, *arguments):
    try:
        code = cli.main([str(a) for a in arguments])
    except SystemExit as stop:
        code = stop.code
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_in_words_the_answer_first(capsys, case):
    code, out, err = run(capsys, "calculus", case)
    assert code == 0, err
    lines = out.splitlines()
    assert NO_PREDICTION in lines[:3]
    assert "  Otherland strikes: " in out
    assert out.index("with the systems instead of without") < out.index("Who gains")
    assert out.index("Who gains") < out.index("hangs on") < out.index("by how governments choose")
    assert "drawn in" not in out  # no consequence is measured as involvement
    assert "playing the crisis" in err
    assert "raid: idle" not in err.lower()  # raids that no fact reads are not fought


def test_json_is_that_of_the_assessment_and_the_same_on_any_workers(capsys, case):
    told = [run(capsys, "calculus", case, "--json", "--workers", n)[1] for n in (1, 2)]
    assert told[0] == told[1]
    found = json.loads(told[0])
    assert (found["case"], found["seed"]) == (case.name, 7)
    assert (found["as_of"], found["earlier"]) == ("2024-06-30", False)
    assert {"worlds", "differences", "rationality", "turnings", "shares", "payoffs_outweigh",
            "facts"} <= found.keys()  # fmt: skip
    with_, without = (found["worlds"][k]["chances"]["struck"]["mean"]
                      for k in ("drawn", "without"))  # fmt: skip
    change = found["differences"]["systems"]["chances"]["struck"]["mean"]
    assert change == pytest.approx(with_ - without, abs=1e-5)
    assert change < 0
    assert "supplier" not in found["worlds"]


def test_the_first_line_says_where_payoffs_outweigh(capsys, case):
    code, out, _ = run(capsys, "calculus", case)
    found = json.loads(run(capsys, "calculus", case, "--json")[1])
    assert code == 0
    assert out.splitlines()[0].startswith("Payoffs, which are assumed") == found["payoffs_outweigh"]


def test_draws_are_heeded(capsys, case):
    few, more = (run(capsys, "calculus", case, "--json", "--draws", n)[1] for n in (8, 24))
    assert few != more


def test_an_earlier_day_knows_of_less(capsys, case):
    """On the first of June the sites were published; the day before, nothing was known there."""
    told = {
        day: json.loads(run(capsys, "calculus", case, "--json", "--as-of", day)[1])
        for day in ("2024-05-31", "2024-06-01")
    }
    before, after = told.values()
    assert (before["as_of"], before["earlier"]) == ("2024-05-31", True)
    assert before["facts"]["stopped"]["mean"] < after["facts"]["stopped"]["mean"]
    today = json.loads(run(capsys, "calculus", case, "--json")[1])
    assert after["facts"]["stopped"] == today["facts"]["stopped"]
    out = run(capsys, "calculus", case, "--as-of", "2024-06-01")[1]
    assert ", as of 2024-06-01: what it changes, on 2024-06-01" in out


def test_a_case_without_a_game(capsys, plain):
    code, out, err = run(capsys, "calculus", plain)
    assert (code, out) == (3, "")
    assert "lays out no crisis; write game.toml (docs/calculus.md)" in err


@pytest.mark.parametrize("draws", ["0", "x", "100000000"])
def test_wrong_draws(capsys, case, draws):
    code, _, err = run(capsys, "calculus", case, "--draws", draws)
    assert code == 2
    assert draws.lstrip("0") in err.replace(",", "")


def test_no_such_case(capsys, tmp_path):
    code, _, err = run(capsys, "calculus", tmp_path / "nowhere")
    assert code == 3
    assert "nowhere" in err
