"""Changes of a game, of raids and of reasons are named by what they are; words move nothing."""

import dataclasses

import pytest

from sample_calculus import move, node, sample_game, with_calculus
from samples import sample_assessment
from shieldwall.case.records import Band
from shieldwall.provenance import Ledger
from shieldwall.report.diff import difference
from shieldwall.report.diff_text import diff_text
from shieldwall.report.exports import write_json


@pytest.fixture(scope="module")
def bare(tmp_path_factory):
    return sample_assessment(tmp_path_factory.mktemp("case"))


@pytest.fixture
def compared(bare, tmp_path):
    def compare(made):
        for name, game in (("old", sample_game()), ("new", made)):
            (tmp_path / name).mkdir()
            write_json(with_calculus(bare, game), tmp_path / name / "assessment.json")
        return difference(tmp_path / "old", tmp_path / "new")

    return compare


def with_payoff(place, **changed):
    made = sample_game()
    payoffs = list(made.payoffs)
    payoffs[place] = dataclasses.replace(payoffs[place], **changed)
    return dataclasses.replace(made, payoffs=tuple(payoffs))


def test_the_likely_value_of_a_payoff_is_named(compared):
    """0 to 6 with 3 in the middle, then with 5.5: neither end moves."""
    found = compared(with_payoff(1, worth=Band(0, 5.5, 6)))
    assert [(i.id, i.change) for i in found.items] == [("payoff:adversary.struck", "changed")]
    assert found.moves
    assert all(m.because == (0,) for m in found.moves)
    assert "nothing on its trail changed" not in diff_text(found)


def test_the_band_of_an_assumed_fact_is_named(compared):
    made = sample_game()
    facts = tuple(
        dataclasses.replace(f, band=Band(0.0, 0.1, 0.2)) if f.id == "luck" else f
        for f in made.facts
    )
    found = compared(dataclasses.replace(made, facts=facts))
    assert [(i.id, i.change) for i in found.items] == [("fact:luck", "changed")]


def test_a_reason_in_other_words_is_never_a_cause(compared):
    made = with_payoff(1, worth=Band(0, 5.5, 6))
    payoffs = list(made.payoffs)
    payoffs[0] = dataclasses.replace(payoffs[0], reason="The same, said otherwise.")
    found = compared(dataclasses.replace(made, payoffs=tuple(payoffs)))
    assert {i.id: i.change for i in found.items} == {
        "payoff:adversary.coerced": "reworded", "payoff:adversary.struck": "changed",
    }  # fmt: skip
    named = {found.items[n].id for m in found.moves for n in m.because}
    assert named == {"payoff:adversary.struck"}
    text = diff_text(found)
    assert "1 payoff reworded" in text
    assert "on the trail of nothing that moved" not in text


def test_a_move_that_brings_something_else_is_named(compared):
    made = sample_game()
    nodes = tuple(
        node("stance", "host", move("concede"), move("hold", (), "last"))
        if n.id == "stance" else n
        for n in made.nodes
    )  # fmt: skip
    found = compared(dataclasses.replace(made, nodes=nodes))
    assert [(i.id, i.change) for i in found.items] == [("node:stance", "changed")]
    assert found.moves
    assert all(m.because == (0,) for m in found.moves)
    assert not found.other


def test_a_question_in_other_words_is_no_other_game(compared):
    made = sample_game()
    first = dataclasses.replace(made.nodes[0], question="In other words?")
    found = compared(dataclasses.replace(made, nodes=(first, *made.nodes[1:])))
    assert [(i.id, i.change) for i in found.items] == [("node:press", "reworded")]
    assert not found.moves


def test_the_replayed_raid_is_not_compared(bare, tmp_path):
    ledger = bare.ledger
    replays = [id for id in ledger.quantities if id.endswith(".replay")]
    assert replays
    quantities = {
        id: dataclasses.replace(q, value=(q.value or 0) + 10) if id in replays else q
        for id, q in ledger.quantities.items()
    }
    other = dataclasses.replace(bare, ledger=Ledger(quantities, ledger.leaves))
    for name, made in (("old", bare), ("new", other)):
        (tmp_path / name).mkdir()
        write_json(made, tmp_path / name / "assessment.json")
    assert not difference(tmp_path / "old", tmp_path / "new").moves
