"""A store on a disk that may not be written is read all the same."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shieldwall.evidence.store import open_store

NOBODY = 65_534
READ = f"""
import os, sys
from shieldwall.errors import ShieldwallError
from shieldwall.evidence.store import open_store
if os.getuid() == 0:
    os.setgroups([]), os.setgid({NOBODY}), os.setuid({NOBODY})
try:
    with open_store(sys.argv[1], actor="reader", read_only=sys.argv[2] == "read") as store:
        print(len(store.documents()), store.verify())
except ShieldwallError as error:
    print(error)
"""


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A folder that another user can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        yield path
        path.chmod(0o755)


def as_nobody(folder: Path, how: str) -> str:
    """What a user who may not write to ``folder`` is told."""
    folder.chmod(0o555)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(folder), how], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or done.stderr


def test_a_sealed_store_is_read_and_verified(shelf: Path) -> None:
    with open_store(shelf, actor="analyst") as store:
        store.add_document(b"a", "a", name="a", media_type="")
    names = sorted(shelf.iterdir())
    assert as_nobody(shelf, "read") == "1 ()"
    assert sorted(shelf.iterdir()) == names


def test_what_a_killed_writer_left_is_read_from_a_copy(shelf: Path) -> None:
    script = (
        "import os, signal, sys\n"
        "from shieldwall.evidence.store import open_store\n"
        "store = open_store(sys.argv[1], actor='killed')\n"
        "store.add_document(b'a', 'a', name='a', media_type='')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    subprocess.run([sys.executable, "-c", script, str(shelf)], check=False)
    (shelf / "evidence.sqlite-shm").unlink()
    assert as_nobody(shelf, "read") == "1 ()"


def test_writing_there_is_refused(shelf: Path) -> None:
    with open_store(shelf, actor="analyst") as store:
        store.add_document(b"a", "a", name="a", media_type="")
    assert "choose a folder you may write to" in as_nobody(shelf, "write")
