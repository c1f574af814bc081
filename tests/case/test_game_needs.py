"""What moves and consequences of game.toml need, and the states of raids that moves set."""

from __future__ import annotations

from pathlib import Path

import pytest

from shieldwall.case import load_case
from shieldwall.case.game_records import Game
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import CaseError

CASES = Path(__file__).resolve().parents[2] / "cases"


def shipped(name: str) -> Game:
    game = load_case(CASES / name, load_catalogue()).game
    assert game is not None
    return game


def changed(tmp_path: Path, old: str, new: str, case: str = "moscow-2023") -> Path:
    """A shipped case with one place of its game.toml changed."""
    folder = tmp_path / case
    folder.mkdir()
    for each in (CASES / case).iterdir():
        if each.is_file():
            (folder / each.name).write_bytes(each.read_bytes())
    text = (folder / "game.toml").read_text("utf-8")
    assert old in text
    (folder / "game.toml").write_text(text.replace(old, new, 1), "utf-8")
    return folder


@pytest.mark.parametrize("case", ["venezuela-2025", "venezuela-2019"])
def test_whoever_operates_needs_systems_and_people_and_every_world_has_a_move(case: str) -> None:
    game = shipped(case)
    moves = {(n.id, m.id): m for n in game.nodes for m in n.moves}
    for (_, move), found in moves.items():
        if move == "operate":
            assert (found.needs, found.crews) == (("systems", "crews"), "supplier")
        if move == "joined":
            assert (found.needs, found.network) == (("systems",), "joined")
    assert moves["step-in", "withdraw"].crews == "host"
    assert all(any(not m.needs for m in n.moves) for n in game.nodes)
    silent = next(c for c in game.consequences if c.id == "silent")
    assert silent.needs == ("systems",)


@pytest.mark.parametrize(("old", "new", "message"), [
    ('name = "Leave it at what stands there"\n',
     'name = "Leave it at what stands there"\nneeds = ["systems"]\n',
     "stands at every move of the node; one must be there in every world"),
    ('needs = ["systems"]', 'needs = ["crews"]', "the game has no [[actor]] with role supplier"),
    ('needs = ["systems"]', 'crews = "host"', "the game has no [[actor]] with role supplier"),
    ('name = "Drones come as far as Moscow"\n',
     'name = "Drones come as far as Moscow"\nneeds = ["crews"]\n',
     "the game has no [[actor]] with role supplier"),
    ('needs = ["systems"]', 'needs = ["system"]', "systems"),
    ('needs = ["systems"]', 'network = "unplugged"', "apart"),
])  # fmt: skip
def test_what_is_wrong_with_needs_is_said(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(CaseError) as found:
        load_case(changed(tmp_path, old, new), load_catalogue())
    assert message in str(found.value)
    assert "game.toml:" in str(found.value)


def test_a_chance_of_being_joined_is_not_that_of_being_apart_too(tmp_path: Path) -> None:
    """The world that is connected sets that fact to 1, so that it has to tell one thing."""
    folder = changed(
        tmp_path, 'chance = "joined"\nneeds = ["systems"]\nnetwork = "joined"',
        'chance = "joined"\nneeds = ["systems"]\nnetwork = "apart"', "venezuela-2025",
    )  # fmt: skip
    with pytest.raises(CaseError, match="takes joined for the chance of it, elsewhere that of"):
        load_case(folder, load_catalogue())
