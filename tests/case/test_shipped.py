"""Tables that ship with the product are refused with file, line and key, never with a KeyError."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.resources import files

import pytest

from shieldwall.case.documents import Document
from shieldwall.case.shipped import shipped_text
from shieldwall.control.transfers import FILE as TRANSFERS
from shieldwall.control.transfers import read_transfers, transfers
from shieldwall.errors import CatalogueError
from shieldwall.evidence.extraction.lexicon import read_entries
from shieldwall.raid.effects import FILE as EFFECTS
from shieldwall.raid.effects import common_effects, read_effects

SYSTEMS = "evidence/extraction/data/systems.toml"
READ: dict[str, Callable[[Document], object]] = {
    TRANSFERS: read_transfers,
    EFFECTS: read_effects,
    SYSTEMS: lambda document: tuple(read_entries(document)),
}


@pytest.mark.parametrize("file", READ)
def test_the_shipped_table_is_sound(file):
    assert READ[file](shipped_text(file, text(file)))


def test_they_are_what_the_rooms_use():
    assert read_transfers(shipped_text(TRANSFERS, text(TRANSFERS))) == transfers()
    assert read_effects(shipped_text(EFFECTS, text(EFFECTS))) == common_effects()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (TRANSFERS, 'host = "China"\n', "", r"transfer\[china-s400-2018\]\.host: is missing"),
        (TRANSFERS, 'evidence = "V"\n', "", r"transfer\[china-s400-2018\]\.delivered\.evidence"),
        (TRANSFERS, '[transfer.delivered]\ndate = "2018-04"\n', "[transfer.delivered]\n",
         r"delivered: write one of date, by, not_by"),
        (TRANSFERS, 'date = "2018-04"', 'date = "2018-13"', r"delivered\.date"),
        (TRANSFERS, 'first_by = "host"', 'first_by = "hots"', r"operational\.first_by"),
        (TRANSFERS, 'note = """', 'noted = """', r"noted"),
        (TRANSFERS, "[[transfer]]", "[[transfer", r"is not TOML"),
        (EFFECTS, "raids = 880\n", "", r"shahed\.raids: is missing"),
        (EFFECTS, "low = 0.798", "low = 'few'", r"shahed\.mean\.low"),
        (EFFECTS, "[shahed]\n", "[shahed]\nspread = 1\n", r"shahed\.spread"),
        (SYSTEMS, "value = ", "vlaue = ", r"value: must be a name in quotes"),
        (SYSTEMS, "names = [", "names = [7, ", r"names: must be a list of names"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_file_line_and_key(file, old, new, said):
    broken = text(file)
    assert old in broken
    with pytest.raises(CatalogueError, match=rf"{re.escape(file)}:\d+: .*{said}"):
        READ[file](shipped_text(file, broken.replace(old, new, 1)))


def text(file: str) -> str:
    return files("shieldwall").joinpath(file).read_text("utf-8")
