"""All exports: the same bytes each time, nothing left beside them, nobody's folder inside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from samples import sample_assessment
from shieldwall.errors import OutputError
from shieldwall.report.exports import EXPORTS


@pytest.mark.parametrize("name", EXPORTS)
@pytest.mark.parametrize("hostile", [False, True])
def test_same_assessment_same_bytes(tmp_path: Path, name: str, hostile: bool) -> None:
    first, second = tmp_path / "one" / name, tmp_path / "two" / name
    EXPORTS[name](sample_assessment(tmp_path / "here", hostile), first)
    EXPORTS[name](sample_assessment(tmp_path / "elsewhere" / "deeper", hostile), second)
    assert first.read_bytes() == second.read_bytes()
    EXPORTS[name](sample_assessment(tmp_path, hostile), first)
    assert first.read_bytes() == second.read_bytes()
    assert [p.name for p in first.parent.iterdir()] == [name]


@pytest.mark.parametrize("name", EXPORTS)
def test_no_folder_of_this_machine_is_told(tmp_path: Path, name: str) -> None:
    EXPORTS[name](sample_assessment(tmp_path / "secret-folder"), tmp_path / name)
    assert b"secret-folder" not in (tmp_path / name).read_bytes()


@pytest.mark.parametrize("name", EXPORTS)
def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot write"):
        EXPORTS[name](sample_assessment(tmp_path), tmp_path / "file" / name)
