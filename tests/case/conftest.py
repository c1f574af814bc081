"""A sound case to break: the commented one that ``new_case`` writes."""

from pathlib import Path

import pytest

from shieldwall.case import load_case, new_case
from shieldwall.errors import CaseError, Problem


class Folder:
    """A case folder under test."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace the first place ``old`` stands in a file."""
        text = (self.path / file).read_text("utf-8")
        assert old in text, f"{old!r} stands nowhere in {file}"
        (self.path / file).write_text(text.replace(old, new, 1), "utf-8")

    def append(self, file: str, text: str) -> None:
        """Add text at the end of a file."""
        with (self.path / file).open("a", encoding="utf-8") as stream:
            stream.write(text)

    def line(self, file: str, text: str) -> int:
        """The number of the first line that holds ``text``."""
        lines = (self.path / file).read_text("utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def problems(self, catalogue: object = None) -> tuple[Problem, ...]:
        """What loading complains of."""
        with pytest.raises(CaseError) as caught:
            load_case(self.path, catalogue)
        return caught.value.problems

    def problem(self, catalogue: object = None) -> Problem:
        """The one problem there is."""
        (only,) = self.problems(catalogue)
        return only

    def complains(self, file: str, key: str, says: str) -> None:
        """Loading says so of a key, and where in the file it stands."""
        found = [p for p in self.problems() if p.key == key]
        assert found, [p.key for p in self.problems()]
        assert found[0].file == file
        assert found[0].line is not None
        assert says in found[0].message


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    new_case(tmp_path / "demo", "demo")
    return Folder(tmp_path / "demo")
