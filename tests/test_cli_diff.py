"""`shieldwall diff`: what moved between two assessments, and the claim that lies below it."""

import json
import re

import pytest

from raid_folders import write_case
from shieldwall import cli
from shieldwall.report.words import count

SECOND = """
[[claim]]
id = "second-look"
source = "watcher"
about = "presence"
statement = "A Buk-M2E stands at site 0."
modality = "asserted"
credibility = 2
system = "bukm2e"
place = "site-0"
publication = "2024-06-20"
"""
WATCHER = """
[[source]]
id = "watcher"
name = "Watcher"
family = "imagery"
reliability = "B"
"""
PRESENCE = "orbat.bukm2e@site-0.presence"


def assessed(folder, name, edit=str, *flags, case="spot"):
    """The results of a small case of two sites whose claims ``edit`` may change."""
    at = write_case(
        folder / name / case, {"one": [{"threat": "drone", "number": 4, "spacing_s": 10}]}, sites=2
    )
    head = (at / "case.toml").read_text()
    title = head.replace("Invented", case.title()) if case != "spot" else head
    (at / "case.toml").write_text(re.sub(r"\[\[override\]\]\n(?:[^\[\n].*\n|\n)*", "", title))
    (at / "sources.toml").write_text((at / "sources.toml").read_text() + WATCHER)
    (at / "claims.toml").write_text(edit((at / "claims.toml").read_text() + SECOND))
    out = folder / name / "out"
    assert cli.main(["assess", str(at), "--out", str(out), "--draws", "16", *flags]) == 0
    return out


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("diff")


@pytest.fixture(scope="module")
def base(folder):
    return assessed(folder, "base")


def run(capsys, *arguments):
    capsys.readouterr()  # what assess printed
    code = cli.main(["diff", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def data(capsys, *arguments):
    code, out, _ = run(capsys, *arguments, "--json")
    assert code == 0
    return json.loads(out)


def moves(found):
    return {m["id"]: m for room in found["rooms"] for m in room["moves"]}


def test_the_same_folder_twice_moves_nothing(base, capsys):
    code, out, _ = run(capsys, base, base)
    assert code == 0
    assert re.match(r"None of [\d\u202f]+ figures moved\n", out)
    assert len(out.splitlines()) == 3
    found = data(capsys, base, base)
    assert found["compared"] > 100
    assert (found["moved"], found["rooms"], found["items"]) == (0, [], [])
    assert found["same_draws"]


def test_a_claim_that_is_gone_is_named_below_what_moved(base, folder, capsys):
    without = assessed(folder, "without", lambda t: t[: t.index('\n[[claim]]\nid = "second-look"')])
    found = data(capsys, base, without)
    items = {i["id"]: i for i in found["items"]}
    assert items["claim:second-look"]["change"] == "removed"
    assert set(items) == {"claim:second-look"}
    moved = moves(found)
    presence = moved[PRESENCE]
    assert presence["new"]["value"] < presence["old"]["value"]
    assert presence["because"] == ["claim:second-look"]
    assert {"weight.second-look", "bits.bukm2e.second-look"} <= {a["id"] for a in found["only_old"]}
    rooms = [room["room"] for room in found["rooms"]]
    assert rooms[:2] == ["presence", "coverage"]
    assert "raids" in rooms
    # The other site and its system rest on other claims, and their draws are the same ones.
    assert not [id for id in moved if id.startswith("orbat.pantsir")]
    _, out, _ = run(capsys, base, without)
    lines = out.splitlines()
    assert re.match(r"\d+ of \d+ figures moved; \d+ only in the old; most: ", lines[0])
    assert lines.index(f"What is there ({_counted(found, 'presence')} moved)") < next(
        n for n, line in enumerate(lines) if line.startswith("What it covers")
    )
    assert "    - claim:second-look gone: A Buk-M2E stands at site 0." in lines


def _counted(found, room):
    return count(next(r["moved"] for r in found["rooms"] if r["room"] == room), "figure")


def test_a_claim_that_was_flipped_tells_its_field_and_its_weight(base, folder, capsys):
    flipped = assessed(
        folder, "flipped", lambda t: "credibility = 5".join(t.rsplit("credibility = 2", 1))
    )
    found = data(capsys, base, flipped)
    (item,) = found["items"]
    assert (item["id"], item["change"]) == ("claim:second-look", "changed")
    assert item["details"][0] == "credibility: 2 → 5"
    assert item["details"][1].startswith("weight ")
    assert item["force_bits"] > 1
    moved = moves(found)
    assert moved[PRESENCE]["because"] == ["claim:second-look"]
    assert "weight.second-look" in moved
    few = data(capsys, base, flipped, "--most", "1")
    assert all(len(room["moves"]) == 1 <= room["moved"] for room in few["rooms"])
    # The other way round the same figures move back.
    back = data(capsys, flipped, base)
    assert moves(back).keys() == moved.keys()
    assert moves(back)[PRESENCE]["change"] == pytest.approx(-moved[PRESENCE]["change"])


def test_an_earlier_day_against_the_case_itself(base, folder, capsys):
    june = assessed(folder, "june", str, "--as-of", "2024-06-10")
    found = data(capsys, june, base)
    assert (found["old"]["as_of"], found["old"]["earlier"]) == ("2024-06-10", True)
    assert (found["new"]["as_of"], found["new"]["earlier"]) == ("2024-06-30", False)
    assert found["old"]["standing"] == {
        "asked": "2024-06-10", "own": "2024-06-30", "claims": 3, "read": 2,
        "left_out": ["second-look"],
    }  # fmt: skip
    assert found["new"]["standing"] == {
        "asked": None, "own": "2024-06-30", "claims": 3, "read": 3, "left_out": [],
    }  # fmt: skip
    assert not [part for part in found["also_changed"] if "standing" in part]
    items = {i["id"]: i["change"] for i in found["items"]}
    assert items["claim:second-look"] == "added"
    assert "claim:second-look" in moves(found)[PRESENCE]["because"]
    _, out, _ = run(capsys, june, base)
    assert (
        "as of 2024-06-10 by what was surely published by then "
        "(2 of 3 claims; the case's own date is 2024-06-30), 16 draws"
    ) in out


def test_results_of_an_older_version_do_not_say_where_they_stand(base, folder, tmp_path, capsys):
    old = json.loads((base / "assessment.json").read_text())
    old["case"] |= {"earlier": True}
    del old["case"]["standing"]
    (tmp_path / "assessment.json").write_text(json.dumps(old))
    code, out, _ = run(capsys, tmp_path, base)
    assert code == 0
    assert "by what was surely published by then, 16 draws" in out
    assert data(capsys, tmp_path, base)["old"]["standing"] is None


def test_another_case_is_refused(base, folder, capsys):
    other = assessed(folder, "other", str, case="elsewhere")
    code, out, err = run(capsys, base, other)
    assert (code, out) == (2, "")
    assert "is of the case 'spot'" in err
    assert "'elsewhere'" in err
    assert "two results of one case" in err


def test_what_is_no_results_folder_is_refused(base, tmp_path, capsys):
    code, _, err = run(capsys, base, tmp_path / "nothing")
    assert code == 3
    assert "no such file; name the folder that 'shieldwall assess --out' wrote" in err
    (tmp_path / "assessment.json").write_text('{"format": "shieldwall-assessment/0"}')
    code, _, err = run(capsys, tmp_path, base)
    assert code == 3
    assert "format: must be shieldwall-assessment/1 (got shieldwall-assessment/0)" in err
