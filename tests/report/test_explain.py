"""shieldwall explain: from a figure down to claims, published figures and assumptions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samples import sample_assessment
from shieldwall.errors import InputError, UsageError
from shieldwall.report.explain import explain, explain_json
from shieldwall.report.exports import write_json

FIGURE = "coverage.caracas.owa_drone.300m.depth_1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_json(sample_assessment(tmp_path), tmp_path / "assessment.json")
    return tmp_path


def test_the_trail_reaches_a_claim_with_its_address_and_line(folder: Path) -> None:
    lines = explain(folder, FIGURE).splitlines()
    assert lines[0] == FIGURE
    at = next(n for n, line in enumerate(lines) if line.endswith("─ claim:image-2019"))
    below = [line.strip("│ ") for line in lines[at + 1 : at + 5]]
    assert below == [
        "claim: Five launchers seen at the airbase", "imagery-firm",
        "https://example.org/image-2019", "claims.toml:1",
    ]  # fmt: skip
    told = [line for line in lines if line.endswith("assumption:availability")]
    again = [line for line in lines if line.endswith("assumption:availability  (told above)")]
    assert len(told) == 1
    assert again


def test_the_trail_reaches_a_published_figure(folder: Path) -> None:
    text = explain(folder, "reach.la-carlota.offshore.owa_drone")
    assert "catalogue:owa_generic.range" in text
    assert "https://example.org/sheet" in text
    assert "sample.toml:1" in text


def test_the_json_twin_holds_the_same_trail(folder: Path) -> None:
    found = explain_json(folder, FIGURE)
    assert json.loads(json.dumps(found)) == found
    assert found["trail"]["id"] == FIGURE
    first = found["trail"]["inputs"][0]
    assert first["id"] == "orbat.s300vm@capitan-manuel-rios.in_service"
    assert first["inputs"][0]["inputs"][0]["where"] == "claims.toml:1"


def test_a_prefix_lists_the_figures_below_it(folder: Path) -> None:
    listed = explain_json(folder, "coverage.caracas.owa_drone.300m")["figures"]
    assert len(listed) == 17
    assert FIGURE in {each["id"] for each in listed}
    assert explain_json(folder, "coverage.caracas.owa_drone.300m.")["figures"] == listed
    assert {e["id"] for e in explain_json(folder, "orbat.s300vm")["figures"]} >= {
        "orbat.s300vm.held", "orbat.s300vm@capitan-manuel-rios.presence",
    }  # fmt: skip
    text = explain(folder, "claim")
    assert text.splitlines()[0].startswith("claim:border-distance  claim: The base lies")


@pytest.mark.parametrize(
    ("asked", "hint"),
    [("coverage.caracas.owa_drone.300m.depht_1", FIGURE), ("coverage.cara", "coverage."),
     ("zzz\x1b[2J", "ids begin with")],
)  # fmt: skip
def test_an_unknown_figure_gets_close_matches(folder: Path, asked: str, hint: str) -> None:
    with pytest.raises(UsageError, match="no figure is called") as caught:
        explain(folder, asked)
    assert hint in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_without_an_id_it_lists_how_ids_begin(folder: Path) -> None:
    """The ledger's own, and not thousands of lines."""
    found = explain_json(folder, "")
    ledger = json.loads((folder / "assessment.json").read_text())["provenance"]
    ids = [*ledger["quantities"], *ledger["leaves"]]
    begin = {each["beginning"]: each for each in found["beginnings"]}
    assert {"weight.", "origins.", "control.", "raid.", "assumption:"} <= begin.keys()
    assert all(any(id.startswith(b) for b in begin) for id in ids)
    assert sum(each["count"] for each in begin.values()) == len(ids)
    assert begin["claim:"]["first"].startswith("claim:")
    lines = explain(folder, "").splitlines()
    assert len(lines) == len(begin) < 40
    for beginning, line in zip(begin, lines, strict=True):
        assert line.startswith(f"{beginning} ")
    with pytest.raises(UsageError, match="ids begin with") as caught:
        explain(folder, "zzz")
    assert all(beginning in str(caught.value) for beginning in begin)


def test_the_weight_of_a_relay_leads_to_whom_it_repeats(folder: Path) -> None:
    ledger = json.loads((folder / "assessment.json").read_text())["provenance"]["quantities"]
    id, group = next((k, q) for k, q in ledger.items() if k.startswith("origins."))
    origin = id.partition(".")[2]
    relay = next(c for c in group["inputs"] if c != f"claim:{origin}").partition(":")[2]
    with pytest.raises(UsageError, match=f"{relay} repeats {origin}: ask for weight.{origin}"):
        explain(folder, f"weight.{relay}")


def test_text_can_forge_no_branch_and_move_no_cursor(tmp_path: Path) -> None:
    write_json(sample_assessment(tmp_path), tmp_path / "assessment.json")
    path = tmp_path / "assessment.json"
    data = json.loads(path.read_text("utf-8"))
    data["provenance"]["leaves"]["claim:igla-5000"]["text"] = "said\n└─ forged\x1b[2J\u202e"
    path.write_text(json.dumps(data))
    text = explain(tmp_path, "claim:igla-5000")
    assert "claim: said └─ forged[2J" in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_ledger_in_a_circle_ends(tmp_path: Path) -> None:
    write_json(sample_assessment(tmp_path), tmp_path / "assessment.json")
    path = tmp_path / "assessment.json"
    data = json.loads(path.read_text("utf-8"))
    data["provenance"]["quantities"][FIGURE]["inputs"] = [FIGURE, "claim:gone"]
    path.write_text(json.dumps(data))
    lines = explain(tmp_path, FIGURE).splitlines()
    assert lines[-2:] == [f"├─ {FIGURE}  (told above)", "└─ claim:gone  (not in the ledger)"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (None, "no such file"),
        ("{", "not the JSON"),
        ("[" * 100_000, "not the JSON"),
        ("[]", "format: must be"),
        ('{"format": "shieldwall-assessment/9"}', "shieldwall-assessment/1"),
        ('{"format": "shieldwall-assessment/1"}', "incomplete"),
        ('{"format": "shieldwall-assessment/1", "provenance": []}', "incomplete"),
    ],
)
def test_a_folder_without_an_assessment_says_so(
    tmp_path: Path, text: str | None, message: str
) -> None:
    if text is not None:
        (tmp_path / "assessment.json").write_text(text)
    with pytest.raises(InputError, match=message):
        explain(tmp_path, FIGURE)
