"""A game laid out: a place for each way to a node, an end for each path, consequences once."""

from __future__ import annotations

from sample_calculus import came, game, move, node, sample_game, worth
from shieldwall.calculus.tree import lay_out


def test_a_node_that_two_moves_lead_to_is_played_once_for_each() -> None:
    tree = lay_out(sample_game())
    at = [p.node.id for p in tree.places]
    assert at == ["press", "support", "stance", "last", "manned", "reply", "manned", "reply"]
    manned = [p.path for p in tree.places if p.node.id == "manned"]
    assert manned == [
        (("press", "coerce"), ("support", "advise"), ("stance", "hold"), ("last", "strike")),
        (("press", "strike"),),
    ]


def test_ends_have_their_paths_and_what_came_about_in_order() -> None:
    tree = lay_out(sample_game())
    found = {tuple(m for _, m in e.path): e.consequences for e in tree.ends}
    assert len(found) == len(tree.ends) == 10
    assert found["refrain",] == ()
    assert found["coerce", "advise", "hold", "strike", "theirs", "withdraw"] == (
        "coerced", "advisers", "struck", "crews-fight", "withdrew",
    )  # fmt: skip
    assert found["strike", "others"] == ("struck",)


def test_a_consequence_brought_twice_comes_about_once() -> None:
    made = game(
        (node("a", "adversary", move("x", ("c", "d"), "b"), move("y")),
         node("b", "host", move("x", ("d", "c")), move("y"))),
        (came("c"), came("d")), (worth("host", "c", 1), worth("adversary", "d", 1)),
    )  # fmt: skip
    tree = lay_out(made)
    assert [e.consequences for e in tree.ends] == [("c", "d"), ("c", "d"), ()]


def test_places_lead_to_later_ones_and_ends_to_themselves() -> None:
    tree = lay_out(sample_game())
    met = []
    for at, place in enumerate(tree.places):
        for branch in place.branches:
            if branch.to >= 0:
                assert branch.to > at
                assert tree.places[branch.to].path == (*place.path, (place.node.id, branch.move.id))
            else:
                end = tree.ends[-1 - branch.to]
                assert end.path == (*place.path, (place.node.id, branch.move.id))
                met.append(-1 - branch.to)
    assert sorted(met) == list(range(len(tree.ends)))


def test_chance_belongs_to_nobody() -> None:
    tree = lay_out(sample_game())
    actors = {p.node.id: p.actor for p in tree.places}
    assert actors["manned"] == -1
    assert tree.game.actors[actors["reply"]].id == "supplier"
