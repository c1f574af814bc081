"""The desk: from a draft in the store to a claim in the case's text, and back."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import InputError, UsageError
from shieldwall.evidence.desk import drafts, writing
from shieldwall.evidence.desk.decisions import Desk
from shieldwall.evidence.desk.drafts import KIND, open_drafts
from shieldwall.evidence.desk.review import Review, accept_all, listed
from shieldwall.evidence.desk.sources import attribute
from shieldwall.evidence.store import NewProposal, Store, open_store

ROOT = Path(__file__).resolve().parents[3]
TEXT = (
    "A report from the base. Five S-300VM launchers stand at Capitán Manuel Ríos airbase, an image "
    "of 20 March shows. Nobody saw the Buk-M2E that the minister had promised to the reporters."
)
FIRST = "Five S-300VM launchers stand at Capitán Manuel Ríos airbase, an image of 20 March shows."
SECOND = "Nobody saw the Buk-M2E that the minister had promised to the reporters."
FIVE = {
    "about": "count", "statement": FIRST, "system": "s300vm", "place": "capitan-manuel-rios",
    "count_likely": 5, "count_unit": "launchers", "count_bound": "exact", "event": "2019-03-20",
}  # fmt: skip
NOBODY = {"about": "presence", "statement": SECOND, "system": "bukm2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "cases" / "venezuela-2019", tmp_path / "case"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder, actor="Ana Pérez") as opened:
        yield opened


def add(store: Store, text: str = TEXT, **more: Any) -> str:
    given = {"name": "report.txt", "media_type": "text/plain", "language": "en", **more}
    return store.add_document(text.encode(), text, kept=[(0, len(text))], **given).sha256


def propose(store: Store, document: str, passage: str, fields: dict[str, Any]) -> str:
    start = store.text(document).index(passage)
    modality = "reported" if fields["about"] == "count" else "not seen"
    proposal = NewProposal(
        document, start, start + len(passage), passage, KIND, fields, modality, {}
    )
    return store.propose(proposal).id


def two_drafts(store: Store) -> str:
    document = add(store)
    buk = next(s for s in load_catalogue().systems if s.startswith("buk"))
    propose(store, document, FIRST, FIVE)
    propose(store, document, SECOND, NOBODY | {"system": buk})
    return document


def desk(folder: Path, store: Store, source: str | None = None) -> Desk:
    return Desk(folder, load_catalogue(), store, source)


def review(desk: Desk, answers: Iterable[str]) -> tuple[Any, str]:
    said: list[str] = []
    keys = iter(answers)
    tally = Review(desk, lambda prompt: next(keys, None), said.append).run()
    return tally, "\n".join(said)


def claims_text(folder: Path) -> str:
    return (folder / "claims.toml").read_text("utf-8")


def test_an_accepted_draft_points_at_its_very_words(folder: Path, store: Store) -> None:
    document = two_drafts(store)
    before = claims_text(folder)
    tally, said = review(desk(folder, store), ["a", "r a negation, not a site", "q"])
    assert claims_text(folder).startswith(before)
    case = load_case(folder, load_catalogue())
    claim = case.claim(tally.accepted[0])
    assert claim.document == document
    assert claim.span is not None
    assert store.text(document)[slice(*claim.span)] == FIRST
    assert (claim.system, claim.place, claim.read_by) == (
        "s300vm",
        "capitan-manuel-rios",
        "analyst",
    )
    assert claim.count is not None
    assert (claim.count.likely, claim.count.unit) == (5, "launchers")
    assert claim.publication is None, "no date was found: none is made up"
    assert claim.ingestion is not None
    assert claim.credibility == 6
    source = case.source(claim.source)
    assert (source.id, source.reliability) == ("report", "F")
    assert "⟦Five S-300VM" in said
    assert (tally.rejected, tally.left) == (1, 0)
    last = store.decisions()[-1]
    assert (last.verdict, last.reason, last.actor) == (
        "rejected", "a negation, not a site", "Ana Pérez",
    )  # fmt: skip


def test_a_second_session_has_nothing_left_to_ask(folder: Path, store: Store) -> None:
    two_drafts(store)
    review(desk(folder, store), ["a", "a"])
    text = claims_text(folder)
    tally, _ = review(desk(folder, store), ["a", "a"])
    assert (tally.accepted, tally.left) == ([], 0)
    assert claims_text(folder) == text


def test_skip_and_end_of_input_leave_drafts_open(folder: Path, store: Store) -> None:
    two_drafts(store)
    text = claims_text(folder)
    tally, _ = review(desk(folder, store), ["s"])
    assert (tally.skipped, tally.left) == (1, 2)
    assert claims_text(folder) == text


def test_undo_takes_claim_and_source_out_again(folder: Path, store: Store) -> None:
    two_drafts(store)
    before = [(folder / name).read_bytes() for name in ("claims.toml", "sources.toml")]
    tally, said = review(desk(folder, store), ["a", "u", "q"])
    assert "taken out of claims.toml" in said
    assert (tally.accepted, tally.left) == ([], 2)
    assert [(folder / n).read_bytes() for n in ("claims.toml", "sources.toml")] == before


def test_undo_of_a_rejection_and_of_nothing(folder: Path, store: Store) -> None:
    two_drafts(store)
    tally, said = review(desk(folder, store), ["u", "r", "u", "a", "q"])
    assert "nothing of this session to undo" in said
    assert (len(tally.accepted), tally.rejected, tally.left) == (1, 0, 1)


def test_undo_refuses_where_a_person_has_changed_the_text(folder: Path, store: Store) -> None:
    two_drafts(store)

    def answers() -> Iterator[str]:
        yield "a"
        text = claims_text(folder)
        (folder / "claims.toml").write_text(text.replace(f'"{FIRST}"', '"Mended by hand."'))
        yield "u"

    tally, said = review(desk(folder, store), answers())
    assert "was changed since" in said
    assert len(tally.accepted) == 1
    assert "Mended by hand." in claims_text(folder)


def edits(**answers: str) -> list[str]:
    """One answer for every field that is asked for; Enter where none is given."""
    from shieldwall.evidence.desk.form import ASKED

    assert set(answers) <= set(ASKED)
    return [answers.get(name, "") for name in ASKED]


def test_edit_changes_fields_and_keeps_the_rest(folder: Path, store: Store) -> None:
    two_drafts(store)
    keys = ["e", *edits(statement="Five launchers.", credibility="2", event="-"), "q"]
    tally, _ = review(desk(folder, store), keys)
    claim = load_case(folder).claim(tally.accepted[0])
    assert (claim.statement, claim.credibility, claim.event) == ("Five launchers.", 2, None)
    assert claim.system == "s300vm"
    assert store.decisions()[-1].verdict == "edited"


def test_a_wrong_answer_is_told_at_once_and_asked_again(folder: Path, store: Store) -> None:
    two_drafts(store)
    keys = edits(about="sighting", place="atlantis", event="20/03/2019")
    for wrong, right in (("sighting", "?"), ("atlantis", "capitan-manuel-rios"),
                         ("20/03/2019", "2019-03-20")):  # fmt: skip
        keys.insert(keys.index(wrong) + 1, right)
    keys.insert(keys.index("?") + 1, "presence")
    tally, said = review(desk(folder, store), ["e", *keys, "q"])
    assert "about: must be one of: presence" in said
    assert "place: is no place of this case" in said
    assert "event: is not a time" in said
    assert load_case(folder).claim(tally.accepted[0]).about == "presence"


def test_an_edit_cut_short_changes_nothing(folder: Path, store: Store) -> None:
    two_drafts(store)
    text = claims_text(folder)
    tally, said = review(desk(folder, store), ["e", "", "presence"])
    assert "the edit is not kept" in said
    assert (tally.left, claims_text(folder)) == (2, text)


def test_what_the_case_cannot_hold_is_not_accepted(folder: Path, store: Store) -> None:
    document = add(store)
    propose(store, document, FIRST, {k: v for k, v in FIVE.items() if k != "count_unit"})
    tally, said = review(desk(folder, store), ["a", "q"])
    assert "count_unit: is missing" in said
    assert tally.left == 1


KILLED = """
import os, signal, sys
from shieldwall.cli import main
from shieldwall.evidence.desk import decisions
from shieldwall.evidence.store import Store
def kill(*given, **more): os.kill(os.getpid(), signal.SIGKILL)
setattr(*{"write": (decisions, "write"), "decide": (Store, "decide")}[sys.argv[1]], kill)
main(["evidence", "review", sys.argv[2]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
@pytest.mark.parametrize("at", ["write", "decide"])
def test_a_kill_on_either_side_of_the_write_loses_and_doubles_nothing(
    folder: Path, at: str
) -> None:
    with open_store(folder, actor="Ana Pérez") as store:
        two_drafts(store)
    command = [sys.executable, "-c", KILLED, at, str(folder)]
    done = subprocess.run(command, input=b"a\n", capture_output=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert claims_text(folder).count(FIRST) == (0 if at == "write" else 1)
    with open_store(folder, actor="Ana Pérez") as store:
        tally, said = review(desk(folder, store), ["a", "a"])
        assert tally.left == 0
        assert ("its decision is now recorded" in said) == (at == "decide")
        assert claims_text(folder).count(f'"{FIRST}"') == 1
        claims = {c.id for c in load_case(folder).claims}
        assert {d.claim for d in store.decisions()} <= claims
        assert store.verify() == ()


def test_accept_all_marks_claims_as_machine_read(folder: Path, store: Store) -> None:
    document = two_drafts(store)
    propose(store, document, "A report from the base.", {"about": "presence", "statement": ""})
    done = accept_all(desk(folder, store))
    assert len(done.accepted) == 2
    assert [each["text"] for each in done.left] == ["A report from the base."]
    assert any("statement" in problem for problem in done.left[0]["problems"])
    case = load_case(folder)
    assert {case.claim(id).read_by for id in done.accepted} == {"machine"}
    assert len(open_drafts(store)) == 1


def test_accept_all_finds_copies_among_what_it_accepts(folder: Path, store: Store) -> None:
    """The first cannot be held (no unit): the second relays nothing, the third the second."""
    wrong = {key: value for key, value in FIVE.items() if key != "count_unit"}
    for number, fields in enumerate((wrong, FIVE, FIVE)):
        propose(store, add(store, f"{number}. {TEXT}", name=f"{number}.txt"), FIRST, fields)
    done = accept_all(desk(folder, store))
    assert len(done.left) == 1
    second, third = (load_case(folder).claim(id) for id in done.accepted)
    assert second.relays is None
    assert third.relays in (None, second.id)


def test_a_claim_accepted_again_after_undo_counts_once(folder: Path, store: Store) -> None:
    for number in range(2):
        propose(store, add(store, f"{number}. {TEXT}", name=f"{number}.txt"), FIRST, FIVE)
    tally, said = review(desk(folder, store), ["a", "u", "a", "a"])
    first, second = (load_case(folder).claim(id) for id in tally.accepted)
    assert second.relays == first.id
    assert "100% of its wording" in said


def test_the_list_says_what_would_become_of_each(folder: Path, store: Store) -> None:
    two_drafts(store)
    given = listed(desk(folder, store))
    assert [each["text"] for each in given["open"]] == [FIRST, SECOND]
    assert given["open"][0]["claim"]["count"] == {
        "likely": 5,
        "unit": "launchers",
        "bound": "exact",
    }
    assert given["open"][0]["problems"] == []


def test_a_claim_copied_from_an_accepted_document_relays_it(folder: Path, store: Store) -> None:
    one = add(store, date="2019-03-24")
    other = add(store, f"Elsewhere it was read. {TEXT} So much for that.", name="copy.txt",
                date="2019-03-26")  # fmt: skip
    for document in (one, other):
        propose(store, document, FIRST, FIVE)
    tally, said = review(desk(folder, store), ["a", "a"])
    case = load_case(folder)
    first, second = (case.claim(id) for id in tally.accepted)
    assert (first.relays, second.relays) == (None, first.id)
    assert "near-duplicate of" in said
    assert "100% of its wording" in said


def test_the_earlier_document_does_not_relay_the_later(folder: Path, store: Store) -> None:
    for name, date in (("late", "2019-03-26"), ("early", "2019-03-24")):
        document = add(store, f"{name}: {TEXT}", name=name, date=date)
        propose(store, document, FIRST, FIVE)
    tally, _ = review(desk(folder, store), ["a", "a"])
    assert [load_case(folder).claim(id).relays for id in tally.accepted] == [None, None]


def test_file_text_keeps_its_ends_of_line_and_mark(folder: Path, store: Store) -> None:
    path = folder / "claims.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    two_drafts(store)
    review(desk(folder, store), ["a"])
    after = path.read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == after.count(b"\r\n")
    load_case(folder)


def test_hostile_text_reaches_neither_terminal_nor_toml(folder: Path, store: Store) -> None:
    passage = 'Evil \x1b[2J " ]] \n[[claim]] \u202e text'
    document = add(store, passage, name="a\x1b[31m.txt")
    propose(store, document, passage, {"about": "count", "statement": "Plain.", "said_by": passage})
    _, said = review(desk(folder, store), ["a", "q"])
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "said_by: holds the control character" in said
    load_case(folder)


@pytest.mark.parametrize(
    ("word", "whole"),
    [
        ("S-300VM", 'Then five S-300VM stand there, it said ("yes").'),
        ("Heading", "Heading"),
        ("First", "First one."),
        ("without", "A last one without end"),
        ("menu", "menu"),
    ],
)
def test_a_statement_is_the_whole_sentence(word: str, whole: str) -> None:
    text = (
        'Site menu. Heading\n\nFirst one. Then five S-300VM stand there, it said ("yes"). Next.'
        "\n\nA last one without end"
    )
    dropped = [(0, 5), (9, 11)]
    start = text.index(word)
    assert drafts.sentence(text, start, start + len(word), dropped) == whole


def test_a_claim_taken_out_by_hand_stays_out(folder: Path, store: Store) -> None:
    two_drafts(store)
    before = claims_text(folder)
    tally, _ = review(desk(folder, store), ["a", "r"])
    (folder / "claims.toml").write_text(before)
    again, said = review(desk(folder, store), ["a"])
    assert f"{tally.accepted[0]}: was accepted, but stands in claims.toml no more" in said
    assert (again.accepted, claims_text(folder)) == ([], before)


# ---- Sources -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "source"),
    [
        ({"address": "https://www.imagesat.example/2019/x"}, "imagesat-example"),
        ({"more": {"publisher": "Reuters"}}, "reuters"),
        ({"address": "https://www.reuters.com/article/1"}, "reuters"),
        ({"name": "notes/Field report 7.txt"}, "field-report-7"),
        ({"name": "привет.txt"}, None),
    ],
)
def test_whose_word_it_is(folder: Path, store: Store, given: Any, source: str | None) -> None:
    text = (folder / "sources.toml").read_text()
    more = '[[source]]\nid = "reuters"\nname = "Reuters, an agency"\nfamily = "press"\n'
    if 'id = "reuters"' not in text:
        (folder / "sources.toml").write_text(f'{text}\n{more}reliability = "B"\n')
    add(store, **given)
    found = attribute(load_case(folder), store.documents()[0])
    assert source is None or found.id == source
    assert (found.new is None) == (source == "reuters")
    if found.new is not None:
        assert found.new["reliability"] == "F"


def test_a_source_given_must_be_an_id(folder: Path, store: Store) -> None:
    add(store)
    with pytest.raises(UsageError, match="is no id"):
        attribute(load_case(folder), store.documents()[0], "No Id")


def test_a_claim_id_is_one_and_fits_the_format() -> None:
    id = writing.claim_id("a" * 64, "0123456789abcdef" * 2)
    assert len(id) <= 64
    assert id.endswith("-0123456789")


def test_take_back_of_what_is_not_there(folder: Path) -> None:
    new = writing.NewClaim({"id": "x"}, "remark")
    with pytest.raises(InputError, match="by hand"):
        writing.take_back(folder, load_catalogue(), new)
