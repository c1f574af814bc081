"""What several rooms' tests look at and is dear to make: made once in a run."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest

from shieldwall import cli
from shieldwall.report.records import Assessment

CASES = Path(__file__).resolve().parent.parent / "cases"


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Assessment, Path]]:
    """A shipped case, assessed at the command line on few draws, and the folder it wrote."""

    @cache
    def shipped(name: str) -> tuple[Assessment, Path]:
        out, made = tmp_path_factory.mktemp(name), []
        room = import_module("shieldwall.assess")  # the package has a function of that name
        assess = room.assess

        def kept(*arguments: object, **named: object) -> Assessment:
            made.append(assess(*arguments, **named))
            return made[-1]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(room, "assess", kept)
            assert cli.main(["assess", str(CASES / name), "--out", str(out), "--draws", "12"]) == 0
        (assessment,) = made
        return assessment, out

    return shipped
