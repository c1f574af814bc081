"""Competing hypotheses: closed forms, and what must not change the answer."""

from __future__ import annotations

import itertools
import math

import pytest

import makers
import told
from shieldwall.case.question_records import Expectation, Hypothesis, Question
from shieldwall.case.records import Band
from shieldwall.evidence.ach import in_words, matrix
from shieldwall.evidence.records import Channel, Edge, Evidence, Lineage, Weight


def band(p):
    return p if isinstance(p, Band) else Band(p, p, p)


def question(*rows, priors=(None, None), texts=("It is so.", "It is not.")):
    """Two hypotheses, "so" and "not"; each row is (id, claims, p if so, p if not)."""
    names = ("so", "not") if len(priors) == 2 else tuple("abcdef"[: len(priors)])
    hypotheses = tuple(
        Hypothesis(name, "q", texts[min(i, 1)], prior, "h:1")
        for i, (name, prior) in enumerate(zip(names, priors, strict=True))
    )
    expectations = tuple(
        Expectation(
            id, "q", f"Observed {id}.", tuple(claims),
            {n: band(p) for n, p in zip(names, ps, strict=True)},
            "test", "h:2",
        )
        for id, claims, *ps in rows
    )  # fmt: skip
    return Question("q", "Is it so?", hypotheses, expectations, "h:1")


def evidence(*claims, ratio=9.0, edges=None, ratios=None, grade="A"):
    lineage = told.lineage(claims)
    if edges is not None:
        lineage = Lineage(tuple(c.id for c in claims), edges)
    said = {c.id: (ratios or {}).get(c.id, ratio) for c in claims}
    weights = tuple(
        Weight(id, r / (1 + r), 1 / (1 + r), Band(r, r, r), "press", ()) for id, r in said.items()
    )
    channels = tuple(Channel(c.source, grade, grade, (), "") for c in claims)
    return Evidence(claims, (), lineage, (), channels, (), weights, ())


def claims(*ids, **fields):
    return tuple(makers.claim(id, source=id, **fields) for id in ids)


def heard(ratio, own):
    """What a claim of this ratio says that is an origin with the chance ``own``."""
    half = (ratio + 1) / 2
    return (1 - own + own * ratio / half) / (1 - own + own / half)


def posterior(found):
    return {s.hypothesis: s.posterior.likely for s in found.standings}


def test_virtual_evidence_against_the_closed_form():
    """r = 9, p = .8 against .2: (9 x .8 + .2) / (9 x .2 + .8) = 7.4 / 2.6 = 2.846 to one."""
    told_so = claims("one")
    found = matrix(makers.case(), evidence(*told_so), question(("row", ["one"], 0.8, 0.2)))
    assert posterior(found)["so"] == pytest.approx(7.4 / 10.0, abs=1e-12)
    (row,) = found.rows
    assert [c.bits.likely for c in row.cells] == pytest.approx(
        [math.log2(7.4 / 2.6), -math.log2(7.4 / 2.6)]
    )
    assert row.diagnosticity == pytest.approx(math.log2(7.4 / 2.6))
    assert found.leader == "so"


def test_what_is_certain_takes_the_full_likelihood():
    found = matrix(
        makers.case(), evidence(*claims("one"), ratio=1e9), question(("row", ["one"], 0.8, 0.2))
    )
    assert posterior(found)["so"] == pytest.approx(0.8, abs=1e-6)


def test_what_says_nothing_changes_nothing():
    """An unknown grade has a ratio of 1; so has an observation with no claim to read."""
    q = question(("row", ["one"], 0.9, 0.1))
    for each in (evidence(*claims("one"), ratio=1.0), evidence(*claims("other"))):
        found = matrix(makers.case(), each, q)
        assert posterior(found) == {"so": 0.5, "not": 0.5}
        assert found.leader is None
        assert found.rows[0].cells[0].bits.likely == 0.0


def test_cells_and_prior_odds_make_posterior_odds_with_three_answers():
    q = question(("row", ["one"], 0.8, 0.4, 0.1), priors=(0.5, None, None))
    found = matrix(makers.case(), evidence(*claims("one"), ratio=1e9), q)
    assert [s.prior for s in found.standings] == [0.5, 0.25, 0.25]
    share = posterior(found)["a"]
    bits = found.rows[0].cells[0].bits.likely
    assert share / (1 - share) == pytest.approx(0.5 / 0.5 * 2**bits)


def test_relays_add_nothing_in_whatever_number_or_order():
    origin = makers.claim("origin", source="origin")
    relays = [makers.claim(f"r{i}", source=f"r{i}", relays="origin") for i in range(3)]
    case = makers.case()
    alone = matrix(
        case, evidence(origin, *relays), question(("row", ["origin"], 0.8, 0.2))
    )  # fmt: skip
    for chosen in (["r0"], ["r2", "r0"], ["origin", "r0", "r1", "r2"], ["r1", "origin"]):
        for order in itertools.permutations([origin, *relays]):
            q = question(("row", chosen, 0.8, 0.2))
            found = matrix(case, evidence(*order), q)
            assert found.standings == alone.standings
            assert found.rows[0].origins == 1.0


def test_two_origins_are_two():
    found = matrix(
        makers.case(), evidence(*claims("one", "two")), question(("row", ["one", "two"], 0.8, 0.2))
    )
    assert found.rows[0].ratio.likely == pytest.approx(81.0)
    assert found.rows[0].origins == 2.0


def test_one_source_is_one_witness():
    twice = (makers.claim("one", source="same"), makers.claim("two", source="same"))
    found = matrix(makers.case(), evidence(*twice), question(("row", ["one", "two"], 0.8, 0.2)))
    assert found.rows[0].ratio.likely == pytest.approx(9.0)


def test_a_likely_relay_counts_as_far_as_it_may_be_an_origin():
    """Copied with chance .75: the origin once, and its own quarter, (.75 + .45) / (.75 + .05)."""
    both = claims("origin", "copy")
    edges = (Edge("copy", "origin", 0.75, ("same text",), False),)
    q = question(("row", ["origin", "copy"], 0.8, 0.2))
    found = matrix(makers.case(), evidence(*both, edges=edges), q)
    assert found.rows[0].origins == pytest.approx(1.25)
    assert found.rows[0].ratio.likely == pytest.approx(9 * 1.5)


def test_chances_multiply_along_a_chain_that_is_not_listed():
    """Copied with chance .5 from a copy made with chance .5: shares .5, .25, .25; one in all."""
    chain = claims("top", "middle", "copy")
    edges = (
        Edge("middle", "top", 0.5, ("same text",), False),
        Edge("copy", "middle", 0.5, ("same text",), False),
    )
    each = evidence(*chain, edges=edges, ratios={"top": 16.0, "middle": 4.0, "copy": 2.0})
    (row,) = matrix(makers.case(), each, question(("row", ["copy"], 0.8, 0.2))).rows
    assert row.origins == pytest.approx(1.0)
    assert row.ratio.likely == pytest.approx(heard(2.0, 0.5) * heard(4.0, 0.25) * heard(16.0, 0.25))


def test_silence_is_an_observation_though_it_says_nothing_of_the_thing():
    silent = claims("one", modality="declined to comment")
    found = matrix(
        makers.case(), evidence(*silent, ratio=1.0), question(("row", ["one"], 0.2, 0.8))
    )
    assert found.rows[0].ratio.likely == pytest.approx(0.95 * 20.0 + 0.05)
    assert found.leader == "not"


def test_silence_told_of_by_a_source_that_cannot_be_judged_says_nothing():
    silent = claims("one", modality="declined to comment")
    told_of = evidence(*silent, ratio=1.0, grade="F")
    found = matrix(makers.case(), told_of, question(("row", ["one"], 0.2, 0.8)))
    assert found.rows[0].ratio.likely == pytest.approx(1.0)
    assert posterior(found) == {"so": pytest.approx(0.5), "not": pytest.approx(0.5)}


def test_order_of_observations_changes_no_byte():
    rows = [(f"row{i}", ["one"], 0.1 + 0.11 * i, Band(0.2, 0.3, 0.6)) for i in range(5)]
    each = evidence(*claims("one"))
    first = matrix(makers.case(), each, question(*rows))
    for order in itertools.islice(itertools.permutations(rows), 1, 40, 7):
        again = matrix(makers.case(), each, question(*order))
        assert again.standings == first.standings
        assert {r.id: r.cells for r in again.rows} == {r.id: r.cells for r in first.rows}


def test_the_band_holds_the_likely_figure_and_widens_with_the_likelihoods():
    each = evidence(*claims("one"))
    narrow = matrix(makers.case(), each, question(("row", ["one"], Band(0.75, 0.8, 0.85), 0.2)))
    wide = matrix(makers.case(), each, question(("row", ["one"], Band(0.3, 0.8, 0.95), 0.2)))
    spread = [s.posterior.high - s.posterior.low for s in (narrow.standings[0], wide.standings[0])]
    assert spread[1] > 3 * spread[0] > 0
    for found in (narrow, wide):
        over = found.standings[0].posterior
        assert over.low < over.likely < over.high


def test_what_the_answer_turns_on():
    rows = [("strong", ["one"], 0.9, 0.1), ("weak", ["two"], 0.4, 0.6)]
    each = evidence(*claims("one", "two"))
    found = matrix(makers.case(), each, question(*rows))
    assert found.leader == "so"
    assert found.turns_on == ("strong",)
    assert "Another would lead without: Observed strong" in in_words(found)
    one_way = matrix(makers.case(), each, question(rows[0], ("more", ["two"], 0.6, 0.5)))
    assert one_way.turns_on == ("strong",)
    assert "It leans most on: Observed strong" in in_words(one_way)


def test_a_case_may_replace_how_sure_an_utterance_is():
    from shieldwall.case.records import Assumption

    own = Assumption("ach_uttered", "said", Band(2.0, 4.0, 8.0), "", "test", "case.toml:9")
    silent = claims("one", modality="declined to comment")
    found = matrix(
        makers.case(assumptions=(own,)), evidence(*silent), question(("row", ["one"], 0.2, 0.8))
    )
    assert found.rows[0].ratio.low == pytest.approx(0.95 * 2 + 0.05)
    assert found.rows[0].ratio.likely == pytest.approx(0.95 * 4 + 0.05)
    assert found.rows[0].ratio.high == pytest.approx(0.95 * 8 + 0.05)


def test_a_claim_that_speaks_against_itself_turns_the_row():
    """A ratio below 1 makes the observation less likely than not."""
    found = matrix(
        makers.case(), evidence(*claims("one"), ratio=0.25), question(("row", ["one"], 0.8, 0.2))
    )
    assert found.leader == "not"


def test_unequal_priors_alone_decide_where_nothing_is_observed():
    found = matrix(makers.case(), evidence(), question(priors=(0.7, 0.3)))
    assert posterior(found) == {"so": pytest.approx(0.7), "not": pytest.approx(0.3)}
    assert found.leader == "so"
    assert found.turns_on == ()
    assert found.steady
