"""The files of a case: as listed, so read; what is not listed is never opened."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from shieldwall.case import entries, files, load, load_case, tables
from shieldwall.case.files import case_files
from shieldwall.case.formats import FILES
from shieldwall.drawn import read

CASES = Path(__file__).parents[2] / "cases"
WATCHED: list[Path] = []
"""The folder under which openings are noted, if any: an audit hook stays for good."""
OPENED: set[Path] = set()


def note(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and WATCHED and isinstance(arguments[0], str | bytes | Path):
        path = Path(str(arguments[0])).resolve()
        if path.is_relative_to(WATCHED[0]):
            OPENED.add(path)


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.iterdir() if p.is_dir()))
def test_what_is_listed_is_what_is_read(tmp_path, name):
    folder = (tmp_path / name).resolve()
    shutil.copytree(CASES / name, folder)
    (folder / "README.md").write_text("No file of the case.")
    sys.addaudithook(note)
    OPENED.clear()
    WATCHED.append(folder)
    try:
        read(folder)
    finally:
        WATCHED.clear()
    assert set(case_files(folder)) == OPENED
    assert any(p.parent.name == "imagery" for p in OPENED) == (folder / "imagery").is_dir()


def test_only_files_that_are_there_are_listed(tmp_path):
    assert case_files(tmp_path) == []
    (tmp_path / "imagery").mkdir()
    for name in ("claims.toml", "case.toml", "notes.toml", "imagery/b.JSON", "imagery/a.txt"):
        (tmp_path / name).write_text("")
    found = [p.relative_to(tmp_path).as_posix() for p in case_files(tmp_path)]
    assert found == ["case.toml", "claims.toml", "imagery/b.JSON"]


def test_the_order_of_the_files_changes_nothing(monkeypatch):
    folder = CASES / "moscow-2023"
    before = load_case(folder)
    turned = dict(reversed(FILES.items()))
    for module in (entries, files, load, tables):
        monkeypatch.setattr(module, "FILES", turned)
    assert load_case(folder) == before
