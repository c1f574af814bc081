"""Whatever is done to a store's files, ``verify`` finds it, and no writer builds on it."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from shieldwall.errors import InputError, ShieldwallError
from shieldwall.evidence.store import Finding, NewProposal, open_store, reseal, seal
from shieldwall.evidence.store.schema import APPLICATION_ID

FILE, SEAL = "evidence.sqlite", "evidence.sqlite.seal"


def fill(folder: Path, first: int = 0, count: int = 40) -> None:
    with open_store(folder, actor="analyst") as store, store.together():
        for i in range(first, first + count):
            text = f"Report {i}: " + "five launchers near the airbase. " * (i % 37)
            sha256 = store.add_document(
                text.encode(), text + "!", name=f"{i}.txt", media_type="text/plain"
            ).sha256
            store.propose(NewProposal(sha256, 0, 6, "Report", "speaker", i, "asserted"))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    fill(folder)
    return folder


@pytest.fixture
def folder(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path, dirs_exist_ok=True)
    return tmp_path


def verify(folder: Path, noted: str | None = None) -> tuple[Finding, ...]:
    """What a reader is told; a file that no longer opens counts as one finding."""
    try:
        with open_store(folder, actor="reader", read_only=True) as store:
            return store.verify(noted)
    except InputError as error:
        return (Finding(FILE, str(error)),)


def flip(path: Path, offset: int, mask: int) -> None:
    with path.open("r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ mask]))


def alter(folder: Path, *statements: str) -> None:
    """As somebody with a database tool would: triggers dropped first, log merged afterwards."""
    connection = sqlite3.connect(folder / FILE, isolation_level=None)
    for table in ("entries", "blobs"):
        for event in ("update", "delete", "insert"):
            connection.execute(f"DROP TRIGGER IF EXISTS {table}_{event}")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def forge_seal(folder: Path) -> None:
    """As somebody who knows the seal's make would, leaving only the log to tell."""
    before = seal.read(folder / FILE)
    assert before is not None
    seal.write(folder / FILE, seal.closed(folder / FILE, before.entries, before.head))


def test_an_untouched_store_is_sound(folder: Path) -> None:
    assert verify(folder) == ()


def test_any_flipped_byte_of_the_file_is_found(folder: Path) -> None:
    """Everywhere in the file: header, tables, indexes, free space; and said where, if it opens."""
    rng = np.random.default_rng(300)
    size = (folder / FILE).stat().st_size
    located = 0
    for offset in [*range(100), size - 1, *rng.integers(0, size, 400).tolist()]:
        mask = int(rng.integers(1, 256))
        flip(folder / FILE, offset, mask)
        found = verify(folder)
        assert found, f"byte {offset} flipped by {mask}"
        for finding in found:
            if "not as sealed" in finding.what:
                *_, first, _, last = finding.where.replace(",", "").split()
                assert int(first) <= offset <= int(last)
                located += 1
        flip(folder / FILE, offset, mask)
    assert located > 400
    assert verify(folder) == ()


@pytest.mark.parametrize("offset", [0, 16, 18, 60, 70, 100, 105])
def test_an_open_reader_says_where_when_the_header_goes(folder: Path, offset: int) -> None:
    with open_store(folder, actor="reader", read_only=True) as store:
        flip(folder / FILE, offset, 64)
        found = store.verify()
    assert found[0] == Finding(f"{FILE} bytes 0 to 65,535", "not as sealed")


def test_no_writer_builds_on_a_flipped_byte(folder: Path) -> None:
    rng = np.random.default_rng(301)
    size = (folder / FILE).stat().st_size
    for offset in [0, 20, 60, 70, *rng.integers(0, size, 40).tolist()]:
        flip(folder / FILE, offset, 64)
        with pytest.raises(ShieldwallError):
            open_store(folder, actor="analyst")
        flip(folder / FILE, offset, 64)
    assert verify(folder) == ()


def test_a_byte_of_unused_space_is_found(folder: Path) -> None:
    file = folder / FILE
    data = file.read_bytes()
    page = 4096 * (data.rindex(b"Report 36") // 4096)
    offset = next(i for i in range(page + 4095, page, -1) if data[i - 40 : i] == bytes(40))
    flip(file, offset - 20, 1)
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
    (found,) = verify(folder)
    assert "not as sealed" in found.what


def test_an_altered_document_is_named(folder: Path) -> None:
    file = folder / FILE
    flip(file, file.read_bytes().index(b"Report 17: five launchers") + 12, 1)
    found = verify(folder)
    assert any(f.where.startswith("bytes ") and "do not match" in f.what for f in found)


def test_an_altered_entry_is_named(folder: Path) -> None:
    file = folder / FILE
    flip(file, file.read_bytes().index(b'"name":"17.txt"') + 9, 1)
    found = verify(folder)
    assert any(
        f.where == "entry 35 (document)" and "does not match its hash" in f.what for f in found
    )


def test_any_flipped_byte_of_the_seal_is_found(folder: Path) -> None:
    rng = np.random.default_rng(302)
    before = (folder / SEAL).read_bytes()
    for offset in rng.integers(0, len(before), 60).tolist():
        flip(folder / SEAL, offset, int(rng.integers(1, 256)))
        found = verify(folder)
        assert found, f"byte {offset}"
        assert found[0].where == SEAL
        with pytest.raises(InputError):
            open_store(folder, actor="analyst")
        (folder / SEAL).write_bytes(before)
    assert verify(folder) == ()


def cut(folder: Path) -> None:
    os.truncate(folder / FILE, (folder / FILE).stat().st_size - 4096)


def grow(folder: Path) -> None:
    with (folder / FILE).open("ab") as file:
        file.write(bytes(4096))


def empty(folder: Path) -> None:
    (folder / FILE).write_bytes(b"")


def lose_seal(folder: Path) -> None:
    (folder / SEAL).unlink()


def plant_log(folder: Path) -> None:
    (folder / f"{FILE}-wal").write_bytes(bytes(5000))


def drop_last(folder: Path) -> None:
    alter(folder, "DELETE FROM entries WHERE seq = 80")


def drop_middle(folder: Path) -> None:
    alter(folder, "DELETE FROM entries WHERE seq = 40")


def swap(folder: Path) -> None:
    alter(
        folder,
        "UPDATE entries SET seq = 999 WHERE seq = 40",
        "UPDATE entries SET seq = 40 WHERE seq = 41",
        "UPDATE entries SET seq = 41 WHERE seq = 999",
    )


def reword(folder: Path) -> None:
    alter(folder, "UPDATE entries SET payload = replace(payload, '17.txt', '18.txt')")


def forge_document(folder: Path) -> None:
    alter(folder, "UPDATE blobs SET bytes = 'other' WHERE rowid = 7")


def drop_document(folder: Path) -> None:
    alter(folder, "PRAGMA foreign_keys = OFF", "DELETE FROM blobs WHERE rowid = 7")


def add_document(folder: Path) -> None:
    alter(folder, f"INSERT INTO blobs VALUES ('{'a' * 64}', 'x')")


def drop_trigger(folder: Path) -> None:
    alter(folder)


ROWS = [drop_last, drop_middle, swap, reword, forge_document, drop_document, add_document,
        drop_trigger]  # fmt: skip


@pytest.mark.parametrize("harm", [cut, grow, empty, lose_seal, plant_log, *ROWS])
def test_harm_is_found_and_no_writer_builds_on_it(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    harm(folder)
    assert verify(folder)
    before = (folder / FILE).read_bytes()
    with pytest.raises(InputError, match=r"altered|no evidence store|missing"):
        open_store(folder, actor="analyst")
    assert (folder / FILE).read_bytes() == before


@pytest.mark.parametrize("harm", ROWS)
def test_harm_to_rows_is_found_without_the_help_of_the_file_hash(
    folder: Path, harm: Callable[[Path], None]
) -> None:
    harm(folder)
    forge_seal(folder)
    found = verify(folder)
    assert found
    assert not any("as sealed" in f.what for f in found)


def test_an_older_copy_is_found(folder: Path, tmp_path: Path) -> None:
    shutil.copy(folder / FILE, folder / "older")
    fill(folder, first=100, count=3)
    assert verify(folder) == ()
    (folder / "older").replace(folder / FILE)
    assert any("an older copy" in f.what for f in verify(folder))


def test_an_older_copy_with_its_seal_is_found_by_a_head_noted_elsewhere(folder: Path) -> None:
    for name in (FILE, SEAL):
        shutil.copy(folder / name, folder / f"older-{name}")
    fill(folder, first=100, count=3)
    with open_store(folder, actor="reader", read_only=True) as store:
        noted = store.head
    assert verify(folder, noted) == ()
    for name in (FILE, SEAL):
        (folder / f"older-{name}").replace(folder / name)
    assert verify(folder) == ()
    assert "noted" in verify(folder, noted)[0].what


def killed(folder: Path) -> None:
    """A writer adds one document and is killed with its log unmerged."""
    script = (
        "import os, signal\n"
        "from shieldwall.evidence.store import open_store\n"
        f"store = open_store({str(folder)!r}, actor='killed')\n"
        "store.add_document(b'late', 'late', name='late', media_type='')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL


def test_a_killed_writer_leaves_a_sound_store_that_the_next_one_seals(folder: Path) -> None:
    killed(folder)
    assert (folder / f"{FILE}-wal").stat().st_size > 0
    assert verify(folder) == ()
    with open_store(folder, actor="next") as store:
        assert store.documents()[-1].seen[0].name == "late"
    assert not (folder / f"{FILE}-wal").exists()
    assert verify(folder) == ()


@pytest.mark.parametrize("harm", [reword, forge_document, drop_last, drop_middle, swap])
def test_harm_after_a_kill_is_found_too(folder: Path, harm: Callable[[Path], None]) -> None:
    killed(folder)
    harm(folder)
    assert verify(folder)
    with pytest.raises(InputError, match="altered"):
        open_store(folder, actor="next")


def test_triggers_refuse_what_is_not_growth(folder: Path) -> None:
    connection = sqlite3.connect(folder / FILE)
    for statement in (
        "UPDATE entries SET actor = 'x'", "DELETE FROM entries", "DELETE FROM blobs",
        "UPDATE blobs SET bytes = ''", "REPLACE INTO entries SELECT * FROM entries WHERE seq = 1",
    ):  # fmt: skip
        with pytest.raises(sqlite3.IntegrityError, match=r"only grows|never change"):
            connection.execute(statement)
    connection.execute("REPLACE INTO blobs SELECT sha256, 'x' FROM blobs")
    assert connection.execute("SELECT count(*) FROM blobs WHERE bytes = 'x'").fetchone() == (0,)
    connection.close()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda f: f.write_text("hello, this is no database at all" * 40), "no SQLite file"),
        (lambda f: sqlite3.connect(f).execute("CREATE TABLE a (b)"), "another program"),
        (lambda f: sqlite3.connect(f).executescript(
            f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 2;"
            "CREATE TABLE a (b)"
        ), "format 2"),
    ],
)  # fmt: skip
def test_foreign_and_newer_files_are_refused(
    tmp_path: Path, make: Callable[[Path], object], message: str
) -> None:
    made = make(tmp_path / FILE)
    if isinstance(made, sqlite3.Cursor):
        made.connection.close()
    before = (tmp_path / FILE).read_bytes()
    for read_only in (True, False):
        with pytest.raises(InputError, match=message):
            open_store(tmp_path, actor="analyst", read_only=read_only)
    assert (tmp_path / FILE).read_bytes() == before


def test_a_store_whose_file_is_gone_is_not_made_anew(folder: Path) -> None:
    (folder / FILE).unlink()
    with pytest.raises(InputError, match="is missing, though"):
        open_store(folder, actor="analyst")
    assert not (folder / FILE).exists()


def compact(folder: Path) -> None:
    connection = sqlite3.connect(folder / FILE)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("VACUUM")
    connection.close()


@pytest.mark.parametrize("harm", [lose_seal, compact, plant_log])
def test_a_person_may_seal_a_sound_log_again(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    found = reseal(folder, actor="chief", reason="moved to another disk")
    assert found
    assert verify(folder) == ()
    with open_store(folder, actor="analyst") as store:
        (note,) = store.history("seal")
        assert note.actor == "chief"
        assert "moved to another disk" in note.payload
        assert found[0].what in note.payload


@pytest.mark.parametrize("harm", [harm for harm in ROWS if harm is not drop_last])
def test_nobody_can_seal_a_harmed_log(folder: Path, harm: Callable[[Path], None]) -> None:
    harm(folder)
    with pytest.raises(InputError, match="altered"):
        reseal(folder, actor="chief", reason="it will do")
    assert verify(folder)
