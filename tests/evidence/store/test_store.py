"""What goes into the store and what comes out of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from shieldwall.errors import InputError, OutputError, UsageError
from shieldwall.evidence.store import LIMITS, NewProposal, Store, open_store
from shieldwall.evidence.store.chain import proposal_id

TEXT = "At least five S-300VM launchers stand at the airbase."
RETRIEVED = datetime(2026, 1, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=-4)))


def add(store: Store, text: str = TEXT, **fields: object):
    return store.add_document(
        f"<p>{text}</p>".encode(errors="surrogatepass"),
        text,
        **{"name": "page.html", "media_type": "text/html", **fields},
    )


def reading(document: str, start: int = 14, end: int = 21, **fields: object) -> NewProposal:
    plain = {"kind": "system", "value": "s-300vm", "modality": "asserted"}
    return NewProposal(document, start, end, TEXT[start:end], **{**plain, **fields})


def test_a_document_comes_back_as_it_went_in(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        added = add(
            store, address="https://example.org/a", retrieved=RETRIEVED, language="en",
            date="2026-01-01", kept=[(0, 20)], dropped=[(20, 30, "comments")], more={"pages": 3},
        )  # fmt: skip
    with open_store(tmp_path, actor="reader", read_only=True) as store:
        (found,) = store.documents()
        assert added.new
        assert (found.sha256, found.text_sha256) == (added.sha256, added.text_sha256)
        assert store.content(added.sha256) == f"<p>{TEXT}</p>".encode()
        assert store.text(added.sha256) == TEXT
        assert found.kept == ((0, 20),)
        assert found.dropped == ((20, 30, "comments"),)
        assert (found.language, found.date, found.more) == ("en", "2026-01-01", {"pages": 3})
        assert found.seen[0].retrieved == RETRIEVED
        assert found.seen[0].retrieved.tzinfo == UTC


def test_the_same_document_twice_is_one_document(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        first = add(store, address="https://example.org/a")
        again = add(store, address="https://example.org/a")
        assert (first.new, again.new, again.sha256) == (True, False, first.sha256)
        assert len(store.history(first.sha256)) == 1
        add(store, address="https://example.net/b", retrieved=RETRIEVED)
        (document,) = store.documents()
        assert [seen.address for seen in document.seen] == [
            "https://example.org/a", "https://example.net/b",
        ]  # fmt: skip
        assert [e.kind for e in store.history(first.sha256)] == ["document", "document-seen"]
        assert store.seen(first.sha256) == document.seen


def test_a_better_extractor_does_not_move_the_spans_of_known_bytes(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        first = store.add_document(b"page", "first text", name="a", media_type="text/plain")
        later = store.add_document(b"page", "other text", name="a", media_type="text/plain")
        assert later.text_sha256 == first.text_sha256
        assert store.text(first.sha256) == "first text"


def test_proposals_are_open_until_somebody_decides(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="machine") as store:
        document = add(store).sha256
        system = store.propose(reading(document, more={"rule": 7}))
        count = store.propose(reading(document, 9, 13, kind="count", value={"low": 5}))
        assert store.propose(reading(document, more={"rule": 7})).new is False
        store.decide(system.id, "accepted", claim="s300-here", text='[[claim]]\nid = "s300-here"')
        (left,) = store.proposals()
        assert (left.id, left.text, left.value) == (count.id, "five", {"low": 5})
        assert len(store.proposals(open_only=False)) == 2
        store.decide(count.id, "rejected", reason="a game")
        assert store.proposals() == ()
        accepted, rejected = store.decisions()
        assert (accepted.claim, accepted.proposal) == ("s300-here", system.id)
        assert (rejected.verdict, rejected.claim, rejected.reason) == ("rejected", None, "a game")


def test_history_follows_a_claim_back_to_its_document(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        document = add(store).sha256
        found = store.propose(reading(document))
        store.decide(found.id, "edited", claim="c1", text="...")
        store.note("c1", "checked by telephone")
        assert [e.kind for e in store.history("c1")] == ["decision", "note"]
        assert [e.kind for e in store.history(found.id)] == ["proposal", "decision"]
        assert [e.kind for e in store.history(document)] == ["document", "proposal", "decision"]
        assert {e.actor for e in store.history(document)} == {"analyst"}


def test_a_proposal_id_is_the_same_in_every_process() -> None:
    script = (
        "from shieldwall.evidence.store import NewProposal\n"
        "from shieldwall.evidence.store.chain import proposal_id\n"
        "print(proposal_id(NewProposal('d', 0, 1, 'x', 'system', {'b': 1, 'a': [2.5]}, 'denied',"
        " {'é': None})))"
    )
    ids = {
        subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }  # fmt: skip
    here = NewProposal("d", 0, 1, "x", "system", {"a": [2.5], "b": 1}, "denied", {"é": None})
    assert ids == {proposal_id(here)}


@pytest.mark.parametrize(
    "changed", ["start", "end", "text", "kind", "value", "modality", "more", "document"]
)
def test_a_proposal_id_depends_on_every_field(changed: str) -> None:
    plain = {"document": "d", "start": 0, "end": 3, "text": "abc", "kind": "system",
             "value": "v", "modality": "asserted", "more": {}}  # fmt: skip
    other = {"start": 1, "end": 4, "more": {"a": 1}}.get(changed, "other")
    assert proposal_id(NewProposal(**plain)) != proposal_id(
        NewProposal(**{**plain, changed: other})
    )


def test_a_proposal_must_stand_where_it_says(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="machine") as store:
        document = add(store).sha256
        with pytest.raises(InputError, match=r"S-300VM.*stands there"):
            store.propose(NewProposal(document, 14, 21, "S-400VM", "system", "", "asserted"))
        with pytest.raises(InputError, match="lies outside"):
            store.propose(NewProposal(document, 50, 99, "x", "system", "", "asserted"))
        with pytest.raises(InputError, match="no document"):
            store.propose(reading("f" * 64))
        assert store.proposals() == ()


def test_decisions_that_make_no_sense_are_refused(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        id = store.propose(reading(add(store).sha256)).id
        with pytest.raises(InputError, match="no proposal"):
            store.decide("nobody", "rejected")
        with pytest.raises(UsageError, match="claim and text"):
            store.decide(id, "accepted", claim="c1")
        with pytest.raises(UsageError, match="claim and text"):
            store.decide(id, "rejected", text="...")
        with pytest.raises(UsageError, match="maybe"):
            store.decide(id, "maybe")
        assert store.decisions() == ()


def test_together_is_all_or_nothing(tmp_path: Path) -> None:
    def half() -> None:
        with store.together():
            add(store, "one")
            add(store, "two")
            raise KeyboardInterrupt

    with open_store(tmp_path, actor="analyst") as store:
        add(store, "zero")
        head = store.head
        with pytest.raises(KeyboardInterrupt):
            half()
        assert store.head == head
        assert len(store.documents()) == 1
        with store.together():
            add(store, "one")
        assert [d.seq for d in store.documents()] == [1, 2]
        assert store.verify() == ()


@pytest.mark.parametrize(
    "text",
    ["a\0b", "lone \udcff surrogate", "pair \ud83d\ude00 apart", "'); DROP TABLE entries;--",
     "\u202egnp.exe", "=cmd|' /C calc'!A0", "🙂 beyond the plane"],
)  # fmt: skip
def test_hostile_text_is_inert(tmp_path: Path, text: str) -> None:
    with open_store(tmp_path, actor="analyst") as store:
        added = store.add_document(
            text.encode("utf-8", "surrogatepass"), text, name=f"../../{text}",
            media_type=text, address=text, language=text, date=text, dropped=[(0, 1, text)],
            more={text: text},
        )  # fmt: skip
        again = store.add_document(
            text.encode("utf-8", "surrogatepass"), "", name=f"../../{text}", media_type="",
            address=text,
        )  # fmt: skip
        assert not again.new
        assert len(store.history(added.sha256)) == 1
        found = store.propose(
            NewProposal(added.sha256, 0, len(text), text, text, text, text, {text: [text]})
        )
        store.decide(found.id, "rejected", reason=text)
        assert store.text(added.sha256) == text
        assert store.history(text) == ()
        with pytest.raises(InputError):
            store.text(text)
        (proposal,) = store.proposals(open_only=False)
        assert proposal.text.encode("utf-16", "surrogatepass") == text.encode(
            "utf-16", "surrogatepass"
        )
        assert all(entry.payload.isascii() for entry in store.history(added.sha256))
    with open_store(tmp_path, actor="reader", read_only=True) as store:
        assert store.verify() == ()
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "evidence.sqlite", "evidence.sqlite.lock", "evidence.sqlite.seal",
    ]  # fmt: skip


@pytest.mark.parametrize("actor", ["", "a\nb", "a\0", "\ud800", "x" * 201])
def test_an_actor_must_be_readable(tmp_path: Path, actor: str) -> None:
    with pytest.raises(InputError, match="the actor"):
        open_store(tmp_path, actor=actor)
    assert list(tmp_path.iterdir()) == []


def test_what_json_cannot_say_is_refused(tmp_path: Path) -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with open_store(tmp_path, actor="analyst") as store:
        for more in ({"a": float("nan")}, {"a": object()}, {"a": deep}):
            with pytest.raises(InputError, match="cannot be recorded"):
                add(store, more=more)
        with pytest.raises(UsageError, match="zone"):
            add(store, retrieved=datetime(2026, 1, 1))
        assert store.documents() == ()
        assert store.verify() == ()


def test_a_document_beyond_the_limit_is_refused(tmp_path: Path) -> None:
    limit, _ = LIMITS["document"]
    with open_store(tmp_path, actor="analyst") as store:
        with pytest.raises(InputError, match="100,000,001 bytes"):
            store.add_document(b"x" * (limit + 1), "", name="big.pdf", media_type="")
        with pytest.raises(InputError, match="takes 10,000,1"):
            add(store, more={"a": "x" * 10_000_000})
        assert store.documents() == ()


def test_reading_only_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no evidence store"):
        open_store(tmp_path, actor="reader", read_only=True)
    with open_store(tmp_path, actor="analyst") as store:
        add(store)
    with (
        open_store(tmp_path, actor="reader", read_only=True) as store,
        pytest.raises(UsageError, match="reading only"),
    ):
        add(store, "more")


def test_a_second_writer_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    with open_store(tmp_path, actor="first hand") as store:
        add(store)
        with pytest.raises(OutputError, match=r"first hand holds evidence\.sqlite\.lock"):
            open_store(tmp_path, actor="second")
        script = (
            "from shieldwall.evidence.store import open_store\n"
            f"open_store({str(tmp_path)!r}, actor='x')"
        )
        other = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=False
        )
        assert "has a writer already" in other.stderr
        with open_store(tmp_path, actor="reader", read_only=True) as reader:
            assert len(reader.documents()) == 1
            add(store, "more")
            assert len(reader.documents()) == 2
            assert reader.verify() == ()
    with open_store(tmp_path, actor="second") as store:
        assert len(store.documents()) == 2
        assert store.verify() == ()


def test_the_log_is_plain_to_other_programs(tmp_path: Path) -> None:
    """Payloads are JSON that any reader understands."""
    with open_store(tmp_path, actor="analyst") as store:
        (entry,) = store.history(add(store, "Ünïcode").sha256)
    assert json.loads(entry.payload)["name"] == "page.html"
    assert datetime.fromisoformat(entry.at).tzinfo == UTC


def elsewhere(folder: Path) -> str:
    """How many documents another process reads, which closes the store behind itself."""
    script = (
        "import sys\n"
        "from shieldwall.evidence.store import open_store\n"
        "with open_store(sys.argv[1], actor='other', read_only=True) as store:\n"
        "    print(len(store.documents()))"
    )
    return subprocess.run(
        [sys.executable, "-c", script, str(folder)], capture_output=True, text=True, check=True
    ).stdout.strip()


def test_verifying_lets_go_of_no_lock_of_this_process(tmp_path: Path) -> None:
    """Else the other process takes the log away under the writer, and what it writes is lost."""
    with open_store(tmp_path, actor="analyst") as store:
        add(store)
    with open_store(tmp_path, actor="analyst") as store:
        with open_store(tmp_path, actor="reader", read_only=True) as reader:
            assert reader.verify() == ()
        assert elsewhere(tmp_path) == "1"
        add(store, "more")
        assert elsewhere(tmp_path) == "2"
        assert store.verify() == ()
    assert elsewhere(tmp_path) == "2"
