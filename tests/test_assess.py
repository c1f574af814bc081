"""The main job from end to end: files, equal bytes on any workers, every figure with its trail."""

import csv
import json
from pathlib import Path

import pytest

from shieldwall import cli

ROOT = Path(__file__).resolve().parent.parent
FILES = {
    "report.html", "assessment.json", "network.kmz", "network.gpkg", "coverage.tif",
    "coverage.csv", "raids.csv",
}  # fmt: skip


def assess(case, out, *flags):
    assert cli.main(["assess", str(case), "--out", str(out), "--draws", "12", *flags]) == 0
    return out


@pytest.fixture(scope="module")
def moscow(shipped):
    return shipped("moscow-2023")[1]


def test_all_files_are_written(moscow):
    assert {p.name for p in moscow.iterdir()} == FILES


def test_any_number_of_workers_gives_the_same_bytes(moscow, tmp_path):
    case = ROOT / "cases" / "moscow-2023"
    again = assess(case, tmp_path, "--workers", "3")
    for name in FILES:
        assert (again / name).read_bytes() == (moscow / name).read_bytes(), name


def test_the_json_has_its_documented_keys(moscow):
    data = json.loads((moscow / "assessment.json").read_text())
    assert {
        "case", "order_of_battle", "coverage", "reach", "assumptions", "provenance"
    } <= set(data)  # fmt: skip


def test_the_case_flags_that_the_document_measures_from_another_line(moscow):
    """Document 3: 500 km 'from the front' fits the border; Engels 600 km 'from the border' does
    not fit the border."""
    ledger = json.loads((moscow / "assessment.json").read_text())["provenance"]["quantities"]
    verdicts = [q["label"] for i, q in ledger.items() if i.startswith("distance.")]
    front = [v for v in verdicts if "609 km from" in v and "457 km from" in v]
    engels = [v for v in verdicts if "481 km from" in v and "615 km from" in v]
    assert front
    assert engels
    assert all("does not fit the line it names" in v for v in front)


def test_every_input_of_every_quantity_is_known(moscow):
    ledger = json.loads((moscow / "assessment.json").read_text())["provenance"]
    known = set(ledger["quantities"]) | set(ledger["leaves"])
    missing = {i for q in ledger["quantities"].values() for i in q["inputs"]} - known
    assert missing == set()


def test_every_row_of_the_table_can_be_explained(moscow, capsys):
    with (moscow / "coverage.csv").open() as file:
        rows = list(csv.DictReader(file))
    figure = next(r for r in rows if r["measure"] == "depth_1")["figure"]
    assert cli.main(["explain", str(moscow), figure]) == 0
    trail = capsys.readouterr().out
    assert "claims.toml:" in trail
    assert "https://" in trail
    assert cli.main(["explain", str(moscow), figure, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["figure"] == figure


@pytest.mark.parametrize("name", ["venezuela-2025", "venezuela-2019"])
def test_the_other_shipped_cases_assess(name, shipped):
    _, out = shipped(name)
    assert {p.name for p in out.iterdir()} == FILES
    data = json.loads((out / "assessment.json").read_text())
    assert data["case"]["name"] == name


def test_a_new_case_assesses_as_it_is(tmp_path, capsys):
    assert cli.main(["new", "harbour", "--in", str(tmp_path)]) == 0
    assess(tmp_path / "harbour", tmp_path / "out")
    assert "harbour" in capsys.readouterr().out.lower()


def test_a_folder_that_cannot_be_written_is_one_error(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("")
    code = cli.main(
        ["assess", str(ROOT / "cases" / "moscow-2023"), "--out", str(blocked), "--draws", "2"]
    )
    assert code == 5
    assert "cannot write" in capsys.readouterr().err
