"""The same store in PostgreSQL, on a real server."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from shieldwall.errors import InputError, OutputError, UsageError
from shieldwall.evidence.store import Finding, NewProposal, Store, open_store

psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra 'postgres')")

HOSTILE = "a\0b \udcff '); DROP TABLE entries;-- %s %(x)s ? 🙂"


def fill(store: Store, count: int = 20) -> None:
    with store.together():
        for i in range(count):
            text = f"Report {i}"
            sha256 = store.add_document(
                text.encode(), text + "!", name=f"{i}.txt", media_type="text/plain"
            ).sha256
            store.propose(NewProposal(sha256, 0, 6, "Report", "speaker", i, "asserted"))


@pytest.fixture
def filled(database: str) -> str:
    with open_store(database, actor="analyst") as store:
        fill(store)
    return database


def verify(url: str, noted: str | None = None) -> tuple[Finding, ...]:
    with open_store(url, actor="reader", read_only=True) as store:
        return store.verify(noted)


def by_hand(url: str, *statements: str) -> None:
    """As the owner of the database can: triggers do not fire for it."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(f"SET search_path = shieldwall; {statement}")


def test_the_same_log_as_in_a_file(database: str, tmp_path: object) -> None:
    logs = []
    for where in (database, tmp_path):
        with open_store(where, actor="analyst") as store:
            fill(store)
            (first, *_) = store.proposals()
            store.decide(first.id, "accepted", claim="c1", text="[[claim]]")
            store.add_document(b"Report 0", "", name="again", media_type="")
            documents = store.documents()
            logs.append((
                [(d.sha256, d.text_sha256, d.seen, d.seq) for d in documents],
                [(p.id, p.document, p.value) for p in store.proposals()],
                [(d.proposal, d.claim, d.text) for d in store.decisions()],
                [(e.seq, e.kind, e.payload) for e in store.history(documents[0].sha256)],
                [e.kind for e in store.history("c1")],
                store.text(documents[3].sha256), store.content(documents[3].sha256),
                store.verify(),
            ))  # fmt: skip
    assert logs[0] == logs[1]
    assert logs[0][-1] == ()


def test_hostile_text_is_inert(database: str) -> None:
    with open_store(database, actor="%s ' ?") as store:
        added = store.add_document(
            HOSTILE.encode("utf-8", "surrogatepass"), HOSTILE, name=HOSTILE, media_type=HOSTILE
        )
        assert store.text(added.sha256) == HOSTILE
        assert store.documents()[0].seen[0].name == HOSTILE
        assert store.history(HOSTILE) == ()
        assert store.verify() == ()


def test_one_writer_and_any_number_of_readers(database: str) -> None:
    with open_store(database, actor="first hand") as store:
        fill(store, 1)
        with pytest.raises(OutputError, match=r"has a writer already.*shieldwall first hand"):
            open_store(database, actor="second")
        with open_store(database, actor="reader", read_only=True) as reader:
            fill(store, 2)
            assert len(reader.documents()) == 2
            assert reader.verify() == ()
            with pytest.raises(UsageError, match="reading only"):
                reader.note("x", "y")
    with open_store(database, actor="second") as store:
        assert len(store.documents()) == 2


def test_together_is_all_or_nothing(filled: str) -> None:
    with open_store(filled, actor="analyst") as store:
        head = store.head
        with pytest.raises(InputError), store.together():
            store.decide(store.note("x", "y") and "nobody", "rejected")
        assert store.head == head
        store.note("x", "z")
        assert store.verify(head) == ()


def test_triggers_refuse_what_is_not_growth(filled: str) -> None:
    with psycopg.connect(filled, autocommit=True) as connection:
        connection.execute("SET search_path = shieldwall")
        for statement in (
            "UPDATE entries SET actor = 'x'", "DELETE FROM entries", "TRUNCATE entries",
            "UPDATE blobs SET bytes = ''", "DELETE FROM blobs", "TRUNCATE blobs CASCADE",
            "INSERT INTO entries SELECT 99, at, actor, kind, subject, document, text, claim,"
            " payload, previous, repeat('0', 64) FROM entries WHERE seq = 1",
        ):  # fmt: skip
            with pytest.raises(psycopg.errors.RaiseException, match="only grows"):
                connection.execute(statement)
    assert verify(filled) == ()


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE entries SET payload = replace(payload, '7.txt', '8.txt') WHERE seq = 15",
         "entry 15 (document): its content does not match its hash"),
        ("UPDATE entries SET actor = 'other' WHERE seq = 2", "entry 2 (proposal): its content"),
        ("DELETE FROM entries WHERE seq = 10", "entry 10: missing"),
        ("DELETE FROM entries WHERE seq > 30", "stored, but in no entry"),
        ("UPDATE blobs SET bytes = 'x' WHERE sha256 = (SELECT min(sha256) FROM blobs)",
         "do not match their hash"),
        ("DELETE FROM blobs WHERE sha256 = (SELECT document FROM entries WHERE seq = 1)",
         "refers to bytes that are not stored"),
        ("ALTER TABLE entries DISABLE TRIGGER entries_change", "trigger entries_change"),
        ("DROP TRIGGER blobs_change ON blobs", "trigger blobs_change"),
    ],
)  # fmt: skip
def test_harm_is_found(filled: str, statement: str, what: str) -> None:
    assert verify(filled) == ()
    by_hand(filled, statement)
    assert any(what in str(finding) for finding in verify(filled))


def test_a_cut_end_is_found_by_a_head_noted_elsewhere(filled: str) -> None:
    with open_store(filled, actor="analyst") as store:
        store.note("x", "y")
        noted = store.head
    by_hand(filled, "DELETE FROM entries WHERE seq = 41")
    assert verify(filled) == ()
    assert "noted" in str(verify(filled, noted)[0])


def test_a_killed_writer_loses_nothing_and_its_lock(database: str) -> None:
    script = (
        "import os, signal, sys\n"
        "from shieldwall.evidence.store import open_store\n"
        "store = open_store(sys.argv[1], actor='killed')\n"
        "for i in range(9): store.note('x', str(i))\n"
        "with store.together():\n"
        "    store.note('x', 'never')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, database], check=False)
    assert done.returncode == -signal.SIGKILL
    for _ in _until(database):
        with open_store(database, actor="next") as store:
            assert len(store.history("x")) == 9
            assert store.verify() == ()


def _until(url: str) -> Iterator[None]:
    """Once the server has noticed that the lock's holder is gone."""
    with psycopg.connect(url, autocommit=True) as connection:
        query = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
        while connection.execute(query).fetchone() != (0,):
            connection.execute("SELECT pg_sleep(0.02)")
    yield


def test_errors_are_clear_and_show_no_password(server: str, database: str) -> None:
    with pytest.raises(InputError, match="no evidence store in"):
        open_store(database, actor="reader", read_only=True)
    wrong = server.replace("tester@", "tester:secret@").replace("/postgres?", "/nowhere?")
    with pytest.raises(InputError) as caught:
        open_store(wrong, actor="analyst")
    assert "nowhere" in str(caught.value)
    assert "secret" not in str(caught.value)
    with open_store(database, actor="analyst"):
        pass
    by_hand(database, "UPDATE format SET version = 2")
    with pytest.raises(InputError, match=r"format \[2\]"):
        open_store(database, actor="analyst")
