"""`shieldwall assess --as-of`: the assessment as it could have been made on an earlier day."""

import importlib
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import shieldwall as sw
from shieldwall import cli, report
from shieldwall.assess import assess
from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.drawn import read
from shieldwall.errors import UsageError
from shieldwall.evidence.as_of import as_it_stood
from shieldwall.report.calculus_text import calculus_text
from shieldwall.report.calculus_words import NOTHING_DRAWN as NOTHING_CHANGED
from shieldwall.report.exports.assessment_json import assessment_data
from shieldwall.report.page import render
from shieldwall.report.raid_text import raid_text
from shieldwall.report.raid_words import NOTHING_DRAWN as NOTHING_MET

VENEZUELA = Path(__file__).resolve().parent.parent / "cases" / "venezuela-2025"
ON, FEW = date(2025, 6, 30), 8


@pytest.fixture(scope="module")
def case():
    return load_case(VENEZUELA, load_catalogue())


@pytest.fixture(scope="module")
def june(tmp_path_factory):
    """The case without its game and with one raid: the rest is what the day changes."""
    folder = tmp_path_factory.mktemp("june") / "venezuela-2025"
    shutil.copytree(VENEZUELA, folder, ignore=shutil.ignore_patterns("game.toml"))
    raids = (folder / "raids.toml").read_text()
    (folder / "raids.toml").write_text(
        raids[: raids.index("[[raid]]", raids.index("[[raid]]") + 1)]
    )
    head = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(head.replace("cell_m = ", "cell_m = 10_000 #"))
    return assess(folder, draws=FEW, as_of=ON)


def test_no_claim_published_later_is_read(june, case):
    end = datetime(2025, 7, 1, tzinfo=UTC)
    read = {c.id for c in june.evidence.claims} & {c.id for c in case.claims}
    assert 50 < len(read) < len(case.claims)
    for id in read:
        # What a claim that was out repeats was said before, whatever date was found for it.
        repeated = any(case.claim(o).relays == id for o in read)
        published = case.claim(id).publication
        assert repeated or (published is not None and published.end <= end), id
    assert not june.evidence.late


def test_nothing_of_what_came_later_is_in_the_trails(june, case):
    later = {c.id for c in case.claims} - {c.id for c in june.case.claims}
    assert {"zhuravlev-pantsir", "fr24-il76-26-october", "hur-contingent"} <= later
    ledger = june.ledger
    named = {i for q in ledger.quantities.values() for i in q.inputs} | ledger.leaves.keys()
    assert not {f"claim:{c}" for c in later} & named
    assert not {f"weight.{c}" for c in later} & ledger.quantities.keys()


def test_the_pantsir_had_not_been_announced(june):
    assert not [u for u in june.ensemble.units if u.system == "pantsir"]
    assert not [s for s in june.control.systems if s.system == "pantsir"]
    assert not [c for c in june.case.claims if c.system == "pantsir"]


def test_the_report_and_the_json_say_which_day_it_is(june):
    said = (
        "Stands at 2025-06-30, a day that was asked for, and not at the case's own date 2025-12-31"
    )
    told = assessment_data(june)["case"]
    assert (told["as_of"], told["earlier"]) == ("2025-06-30", True)
    assert told["summary"].startswith(said)
    assert told["title"] == "venezuela-2025, as of 2025-06-30"
    page = render(june).replace("&#39;", "'")
    assert said in page
    assert '<time datetime="2025-06-30">30 June 2025</time>' in page


def test_the_json_has_both_days_and_what_is_left_out(june, case):
    told = assessment_data(june)["case"]["standing"]
    assert (told["asked"], told["own"]) == ("2025-06-30", "2025-12-31")
    kept = {c.id for c in june.case.claims}
    assert told["left_out"] == [c.id for c in case.claims if c.id not in kept]
    assert told["claims"] == len(case.claims) == told["read"] + len(told["left_out"])
    assert told["read"] == len(kept)
    assert f"Read are {told['read']} of {told['claims']} claims" in june.case.summary


def test_without_a_day_asked_for_the_json_says_so(june, case):
    """Claims published after the case's own date are left out as well, and counted."""
    first = case.claims[0].id
    evidence = replace(june.evidence, claims=case.claims[1:])
    plain = replace(june, case=case, written=case, evidence=evidence)
    told = assessment_data(plain)["case"]["standing"]
    assert told == {
        "asked": None, "own": "2025-12-31", "claims": len(case.claims),
        "read": len(case.claims) - 1, "left_out": [first],
    }  # fmt: skip


def test_its_own_date_may_be_asked_for(june, case):
    own = as_it_stood(case, case.as_of)
    told = assessment_data(replace(june, case=own))["case"]["standing"]
    assert told["asked"] == told["own"] == "2025-12-31"


def test_what_the_analyst_wrote_by_word_of_later_claims_is_named(june):
    """The first raid's reason is from a document of which no day of publication is known."""
    told = june.case.summary.partition("These name claims or acts that are not read: ")[2]
    assert "raid drones-caracas" in told.partition(".")[0]
    assert "function codai" in told.partition(".")[0]


def test_what_the_case_says_of_itself_is_not_told_as_if_it_was_known(june, case):
    """Its title is of the end of the year; its summary of what was announced in November."""
    assert "end of 2025" in case.title
    assert "single origin" in case.summary
    page = render(june)
    for text in (june.case.title, june.case.summary, page):
        assert "end of 2025" not in text
        assert "single origin announced" not in text


def test_events_that_nobody_had_registered_are_not_asked(june, case):
    assert case.foretold
    assert not june.case.foretold
    assert not june.control.told
    assert "On 3 January 2026" not in render(june)
    assert f"{len(case.foretold)} events are not asked" in june.case.summary


def test_an_event_is_asked_from_the_day_it_was_registered(case):
    first, second, *_ = case.foretold
    registered = replace(first, registered=ON), replace(second, registered=date(2025, 7, 1))
    given = replace(case, foretold=registered)
    assert as_it_stood(given, ON).foretold == registered[:1]
    assert as_it_stood(given, date(2025, 7, 1)).foretold == registered
    assert as_it_stood(case, case.as_of).foretold == case.foretold


def test_before_any_delivery_the_game_is_played_on_what_control_lacks(tmp_path):
    """Its facts of who sits at the consoles and what is joined are 0, and say why."""
    folder = tmp_path / "venezuela-2019"
    shutil.copytree(VENEZUELA.parent / "venezuela-2019", folder)
    head = (folder / "case.toml").read_text()
    (folder / "case.toml").write_text(head.replace("cell_m = ", "cell_m = 10_000 #"))
    found = assess(folder, draws=2, as_of=date(2010, 1, 1))
    assert not found.control.systems
    joined = found.ledger.quantities["calculus.fact.joined"]
    assert (joined.value, joined.inputs) == (0.0, ("fact:joined",))
    assert "nothing tells of the transfer" in joined.method
    assert "nothing tells of the transfer" in found.ledger.leaves["fact:joined"].text
    assert "nothing tells of the transfer" in render(found)


def test_the_banner_says_what_is_of_today_and_what_is_not_asked():
    folder = VENEZUELA.parent / "moscow-2023"
    told = read(folder, as_of=date(2022, 12, 31)).case.summary
    assert "raids are fitted to are of today" in told
    assert "1 question is not asked" in told
    own = read(folder, as_of=date(2023, 1, 20)).case
    assert "of today" not in own.summary
    assert len(own.questions) == 1


@pytest.fixture(scope="module")
def before():
    """Moscow before anything was seen: no unit of any system is drawn."""
    return assess(VENEZUELA.parent / "moscow-2023", draws=2, as_of=date(2022, 12, 31))


def test_where_no_unit_is_drawn_raids_and_crisis_say_so(before):
    assert before.ensemble.units == ()
    page = render(before)
    for word in (NOTHING_MET, NOTHING_CHANGED):
        assert word in page
    assert NOTHING_MET in raid_text(before.case, before.raids, drawn=False)
    assert NOTHING_MET not in raid_text(before.case, before.raids)
    assert NOTHING_CHANGED in calculus_text(before.case, before.calculus, drawn=False)
    assert NOTHING_CHANGED not in calculus_text(before.case, before.calculus)


def test_where_no_unit_is_drawn_raids_stop_nothing_with_the_systems_as_without(before):
    for raid in before.raids.raids:
        assert all(not np.any(fate.stopped) for fate in raid.fates.values())
    assert before.calculus.facts["stopped"].mean == 0.0


def test_nothing_of_what_was_seen_later_is_on_the_page(before):
    page = render(before)
    for text in ("in January 2023?", "itself makes and operates", "A show of muscle"):
        assert text not in page
    assert "[Written for the case&#39;s own date 2023-01-20.]" in page
    act = before.case.pressure[0].statement.replace("'", "&#39;")
    assert f"<td>[Written for the case&#39;s own date 2023-01-20.] {act}</td>" in page


@pytest.mark.parametrize("verb", ["raid", "calculus"])
def test_the_verbs_say_so_too(capsys, verb):
    where = str(VENEZUELA.parent / "moscow-2023")
    assert cli.main([verb, where, "--as-of", "2022-12-31", "--draws", "2"]) == 0
    assert "No unit of any system is drawn" in capsys.readouterr().out


def test_without_the_flag_the_case_stands_as_it_is(case):
    assert case.as_of == date(2025, 12, 31)
    assert not case.earlier


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("2026-03-01", "the case was coded to stand at 2025-12-31"),
        ("2025-06", "write a day such as 2025-06-30"),
        ("June", "write a day such as 2025-06-30"),
    ],
)
def test_a_day_that_cannot_be_asked_for(tmp_path, capsys, day, why):
    out = tmp_path / "out"
    assert cli.main(["assess", str(VENEZUELA), "--as-of", day, "--out", str(out)]) == 2
    assert f"--as-of {day}: {why}" in capsys.readouterr().err
    assert not (out / "assessment.json").exists()


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ("2026-03-01", "the case was coded to stand at 2025-12-31"),
        ("June", "as_of June: write a day such as 2025-06-30"),
        (datetime(2025, 6, 30, tzinfo=UTC), "as text or as a datetime.date"),
        (2025, "as text or as a datetime.date"),
    ],
)
def test_a_day_that_cannot_be_asked_for_from_python(given, why):
    with pytest.raises(UsageError, match=why):
        sw.assess(VENEZUELA, as_of=given)


def test_text_is_a_day_from_python(monkeypatch):
    asked = []
    monkeypatch.setattr(
        importlib.import_module("shieldwall.assess"), "assess", lambda *a: asked.append(a[-1])
    )
    sw.assess(VENEZUELA, as_of="2025-06-30")
    sw.assess(VENEZUELA, as_of=ON)
    sw.assess(VENEZUELA)
    assert asked == [ON, ON, None]


@pytest.mark.parametrize(
    ("flags", "folder"),
    [
        ([], "out/venezuela-2025"),
        (["--as-of", "2025-06-30"], "out/venezuela-2025-2025-06-30"),
        (["--as-of", "2025-06-30", "--out", "there"], "there"),
    ],
)
def test_results_have_a_folder_by_default(tmp_path, monkeypatch, capsys, flags, folder):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        importlib.import_module("shieldwall.assess"), "assess",
        lambda case, *_: SimpleNamespace(case=SimpleNamespace(title="Case", folder=case)),
    )  # fmt: skip
    monkeypatch.setattr(report, "write_all", lambda assessment, out, pdf: {"there": out})
    assert cli.main(["assess", str(VENEZUELA), *flags]) == 0
    assert capsys.readouterr().out == f"Case: {folder}/report.html\n"
    assert (tmp_path / folder).is_dir()


@pytest.mark.parametrize("inside", [".", "results", "../other"])
def test_results_do_not_stand_among_the_files_of_a_case(tmp_path, capsys, inside):
    case = tmp_path / "venezuela-2025"
    shutil.copytree(VENEZUELA, case)
    shutil.copytree(VENEZUELA, tmp_path / "other")
    before = sorted(tmp_path.rglob("*"))
    assert cli.main(["assess", str(case), "--out", str(case / inside)]) == 2
    assert "results would stand among the files of a case" in capsys.readouterr().err
    assert sorted(tmp_path.rglob("*")) == before


def test_nor_from_python(june):
    with pytest.raises(UsageError, match="among the files of a case"):
        report.write_all(june, june.case.folder / "results")
    assert not (june.case.folder / "results").exists()


def test_help_has_the_flag(capsys):
    with pytest.raises(SystemExit):
        cli.main(["assess", "--help"])
    assert "--as-of DATE" in capsys.readouterr().out
