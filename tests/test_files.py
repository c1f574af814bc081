"""Files are whole or not there; what ends early changes nothing, and killed runs leave nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shieldwall.errors import OutputError
from shieldwall.files import replacing, staging, write_text

NAMES = ("a.json", "b.csv", "c.html")


def names(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def stage(folder: Path, text: str = "new", then: Callable[[], object] = lambda: None) -> None:
    with staging(folder) as aside:
        for name in NAMES:
            write_text(aside / name, text)
        then()


def fail(error: BaseException | type[BaseException]) -> None:
    raise error


def test_all_files_come_and_nothing_else_stays(tmp_path):
    write_text(tmp_path / "b.csv", "old")
    write_text(tmp_path / "notes.txt", "mine")
    stage(tmp_path)
    assert names(tmp_path) == [*NAMES, "notes.txt"]
    assert {(tmp_path / n).read_text() for n in NAMES} == {"new"}


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError, OSError(28, "No space left")])
def test_an_end_while_writing_leaves_the_folder_as_it_was(tmp_path, error):
    stage(tmp_path, "old")
    with pytest.raises((KeyboardInterrupt, ValueError, OutputError)):
        stage(tmp_path, then=lambda: fail(error))
    assert names(tmp_path) == list(NAMES)
    assert {(tmp_path / n).read_text() for n in NAMES} == {"old"}


def test_a_folder_in_the_way_is_named_and_nothing_is_replaced(tmp_path):
    stage(tmp_path, "old")
    (tmp_path / "c.html").unlink()
    (tmp_path / "c.html").mkdir()
    with pytest.raises(OutputError, match=r"c\.html: a folder of that name is in the way"):
        stage(tmp_path)
    assert names(tmp_path) == list(NAMES)
    assert [(tmp_path / n).read_text() for n in NAMES[:2]] == ["old", "old"]


def test_a_link_to_a_folder_is_replaced_as_a_file_is(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "c.html").symlink_to(tmp_path / "elsewhere")
    stage(tmp_path)
    assert (tmp_path / "c.html").read_text() == "new"
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_rename_that_fails_says_what_is_new_and_what_is_old(tmp_path, monkeypatch):
    stage(tmp_path, "old")
    rename = Path.replace

    def fails(path: Path, target: Path) -> Path:
        if path.parent.name.startswith(".staging-") and path.name == "b.csv" == target.name:
            raise OSError(16, "Device or resource busy")
        return rename(path, target)

    with pytest.raises(OutputError) as told:
        stage(tmp_path, then=lambda: monkeypatch.setattr(Path, "replace", fails))
    assert f"cannot write {tmp_path / 'b.csv'}: Device or resource busy" in str(told.value)
    assert "in place: a.json; as they were: b.csv, c.html" in str(told.value)
    assert [(tmp_path / n).read_text() for n in NAMES] == ["new", "old", "old"]
    assert names(tmp_path) == list(NAMES)


def test_what_a_killed_run_left_is_cleared_and_what_a_living_one_writes_is_not(tmp_path):
    code = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom shieldwall.files import staging\n"
        "with staging(Path(sys.argv[1])) as aside:\n"
        "    (aside / 'stale.pdf').write_text('half')\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, tmp_path], check=False)
    assert done.returncode == -signal.SIGKILL
    assert len(names(tmp_path)) == 1
    (tmp_path / f".staging-{os.getpid()}").mkdir()  # as older versions left them
    with staging(tmp_path) as aside:
        assert names(tmp_path) == [aside.name]
        write_text(aside / "a.json", "first")
        stage(tmp_path)
        assert aside.exists()
    assert names(tmp_path) == list(NAMES), "nothing stale among them"
    assert (tmp_path / "a.json").read_text() == "first"


def test_a_file_is_left_as_it_was_where_writing_fails(tmp_path):
    write_text(tmp_path / "a.json", "old")
    with pytest.raises(ValueError, match="no"):
        half(tmp_path / "a.json")
    assert names(tmp_path) == ["a.json"]
    assert (tmp_path / "a.json").read_text() == "old"


def half(path: Path) -> None:
    with replacing(path) as temporary:
        temporary.write_text("half")
        fail(ValueError("no"))
