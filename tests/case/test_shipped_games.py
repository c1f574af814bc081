"""The games of the three shipped cases are small, whole and of their time."""

from __future__ import annotations

import re

import pytest

from shipped_cases import NAMES, shipped


def ways(name: str) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Each way through the game: ``node.move`` in order, and the consequences it brings."""
    game = shipped(name).game
    assert game is not None
    nodes = {node.id: node for node in game.nodes}
    found: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    open_ways: list[tuple[str, tuple[str, ...], tuple[str, ...]]]
    open_ways = [(game.nodes[0].id, (), ())]
    while open_ways:
        at, made, brought = open_ways.pop()
        for move in nodes[at].moves:
            way = ((*made, f"{at}.{move.id}"), (*brought, *move.brings))
            if move.leads is None:
                found.append(way)
            else:
                open_ways.append((move.leads, *way))
    return found


@pytest.mark.parametrize("name", NAMES)
def test_games_are_small_and_whole(name: str) -> None:
    game = shipped(name).game
    assert game is not None
    found = ways(name)
    assert 40 <= len(found) <= 300
    assert all(len(set(brought)) == len(brought) for _, brought in found), "nothing comes twice"
    valued = {p.consequence for p in game.payoffs}
    assert {c.id for c in game.consequences} == valued == {c for _, b in found for c in b}
    used = {p.times for p in game.payoffs} | {m.chance for n in game.nodes for m in n.moves}
    assert {f.id for f in game.facts} == used - {None}
    assert {f.id for f in game.facts if f.of is None} <= {"crews-hit", "reach"}, "else computed"


@pytest.mark.parametrize("name", NAMES)
def test_payoffs_are_bands_with_reasons_of_their_time(name: str) -> None:
    case = shipped(name)
    game = case.game
    assert game is not None
    assert "No payoff was tuned" in " ".join(game.note.split())
    assert all(-10 <= p.worth.low <= p.worth.high - 1 <= 9 for p in game.payoffs), "wide bands"
    dated = {event.id: event.date for event in case.pressure}
    reasons = [(f.reason, f.where) for f in game.facts] + [
        (p.reason, p.where) for p in game.payoffs
    ]
    for reason, where in reasons:
        in_brackets = " ".join(re.findall(r"\(([^)]*)\)", reason))
        cited = re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)+", in_brackets)
        for id in cited:
            date = dated[id] if id in dated else case.claim(id).publication
            assert date is None or date.start.date() <= case.as_of, where
        assert cited or REST_ON.search(reason), where


REST_ON = re.compile(
    r"[Dd]ocument \d|[Aa]ssum|[Nn]ot published|[Nn]othing is published|name no demand|As for"
    r"|stopped"
)
"""What a reason says, where it cites nothing: whose word it is, or that it is nobody's."""


@pytest.mark.parametrize("name", ["venezuela-2025", "venezuela-2019"])
def test_the_louder_the_threats_the_deeper_the_supplier(name: str) -> None:
    """Document 2's action and reaction is one way through the game, in both cases."""
    reaction = ("pressure.coerce", "support.support", "next.press", "step-in.operate")
    game = shipped(name).game
    assert game is not None
    assert {a.role for a in game.actors} == {"host", "adversary", "supplier"}
    through = [made for made, _ in ways(name) if set(reaction) <= set(made)]
    assert {made[-1] for made in through} >= {"last-operated.refrain", "reply.escalate"}
    for made in through:
        assert [step for step in made if step in reaction] == list(reaction)
    assert any(made[:3] == ("pressure.coerce", "support.aside", "stance.hold")
               for made, _ in ways(name)), "and it need not go so"  # fmt: skip
