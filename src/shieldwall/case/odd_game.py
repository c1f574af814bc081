"""What is no error in a game, and yet most often a slip: told by ``shieldwall check``."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.documents import did_you_mean
from shieldwall.case.game_records import Game
from shieldwall.case.names import named_alike
from shieldwall.case.records import Case


def oddities(case: Case) -> tuple[str, ...]:
    """One line for each, with the file and line it stands in."""
    return () if case.game is None else (*_game(case.game), *_record(case, case.game))


def _game(game: Game) -> Iterator[str]:
    if all(c.measure != "strike" for c in game.consequences):
        yield (
            f'{game.where}: no [[consequence]] has measure = "strike", so that nothing is said of '
            "how likely one is"
        )
    if all(a.role != "adversary" for a in game.actors):
        yield f'{game.where}: no [[actor]] has role = "adversary", so that nobody strikes by choice'
    if len(game.actors) == 1:
        yield (
            f"{game.actors[0].where}: {game.actors[0].id} is the only [[actor]]; a crisis is "
            "between two or three governments"
        )
    choosing = {node.actor for node in game.nodes}
    for actor in game.actors:
        if actor.id not in choosing:
            yield (
                f"{actor.where}: {actor.id} chooses at no [[node]]; its payoffs say what it gains, "
                "and move nothing"
            )


def _record(case: Case, game: Game) -> Iterator[str]:
    """Acts toward the host by the adversary and the supplier; a case without a record has none."""
    hosts = [a for a in game.actors if a.role == "host"]
    sides = [a for a in game.actors if a.role in ("adversary", "supplier")]
    if not case.pressure or not hosts:
        return
    for side in sides:
        named = [
            e for e in case.pressure
            if named_alike(e.actor, side.name) and named_alike(e.toward, hosts[0].name)
        ]  # fmt: skip
        if not named:
            hint = did_you_mean(side.name, sorted({e.actor for e in case.pressure}))
            yield (
                f"{side.where}: no [[event]] of pressure.toml is by {side.name} toward "
                f"{hosts[0].name}, so that action and reaction cannot be compared{hint}"
            )
