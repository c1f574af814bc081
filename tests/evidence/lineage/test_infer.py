"""What lineage does claim by claim: credits, time, material, coded relays, no circles."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise

import pytest

from corpora import corpus
from makers import case, claim, count, moment, source
from shieldwall.case.records import Case, Claim
from shieldwall.evidence.lineage import family, infer, tree, tree_json
from shieldwall.evidence.lineage.attribution import Names, credit
from shieldwall.evidence.lineage.words import portable, tokens

SOURCES = (
    source("skyeye", family="imagery"),
    replace(source("kovalchuk", family="statement"), name="Duma deputy Pavel Kovalchuk"),
    *(source(id) for id in ("herald", "diario", "vesti", "blog")),
)


def made(*claims: Claim) -> Case:
    return case(sources=SOURCES, claims=claims)


@pytest.mark.parametrize(
    ("statement", "language"),
    [
        ("According to Pavel Kovalchuk, it has arrived.", "en"),
        ("Según Pavel Kovalchuk, ya llegó.", "es"),
        ("Selon Pavel Kovalchuk, il est arrivé.", "fr"),
        ("По словам Pavel Kovalchuk, комплекс прибыл.", "ru"),
        ("Комплекс прибув, з посиланням на Pavel Kovalchuk.", "uk"),
        ("Relays the deputy: it has arrived.", "en"),
        ("It has arrived, citing Pavel Kovalchuk.", "en"),
    ],
)
def test_credits_in_the_text_name_the_source(statement: str, language: str) -> None:
    names = Names(SOURCES)
    found = credit(claim("x", statement=statement, language=language)).names
    fits = [names.named(name).get(1, 0.0) for name in found]
    assert max(fits, default=0.0) > 0.6


def test_a_credit_finds_its_claim_across_languages() -> None:
    one = claim("one", source="kovalchuk", publication=moment("2024-06-01"), language="ru")
    two = claim(
        "two", source="diario", publication=moment("2024-06-03"), language="es",
        said_by="diputado Pavel Kovalchuk", modality="reported", statement="Ya está en el país.",
    )  # fmt: skip
    lineage = infer(made(one, two), (one, two))
    assert lineage.parent("two") == "one"
    assert any("credits" in reason for reason in lineage.parents("two")[0].reasons)


def test_nobody_repeats_what_is_published_later() -> None:
    late = claim("late", source="skyeye", publication=moment("2024-06-09"), material="image A")
    early = claim("early", source="herald", publication=moment("2024-06-01"), said_by="Skyeye")
    lineage = infer(made(late, early), (late, early))
    assert all(e.parent != "late" for e in lineage.parents("early"))


def test_one_image_is_one_origin_and_its_family_is_the_makers() -> None:
    image = {"material": "Skyeye image of 1 June 2024", "event": moment("2024-06-01")}
    maker = claim("maker", source="skyeye", publication=moment("2024-06-02"), **image)
    paper = claim("paper", source="herald", publication=moment("2024-06-02"), **image)
    whole = made(paper, maker)
    lineage = infer(whole, whole.claims)
    assert lineage.origin("paper") == "maker"
    assert family(whole, lineage, "paper") == "imagery"


def test_a_shared_error_links_and_a_shared_fact_does_not() -> None:
    def told(id: str, source: str, n: float, day: int) -> Claim:
        text = f"Launchers were seen at the base, report {id}."
        return claim(
            id, source=source, about="count", count=count(n), statement=text,
            publication=moment(f"2024-06-{day:02d}"), modality="reported",
        )  # fmt: skip

    sources = (*SOURCES, *(source(f"s{k}") for k in range(6)))
    right = [told(f"r{k}", f"s{k}", 12, 2 + k) for k in range(6)]
    wrong = [told("w0", "herald", 47, 3), told("w1", "blog", 47, 9)]
    whole = case(sources=sources, claims=(*right, *wrong))
    edges = {(e.claim, e.parent): e.probability for e in infer(whole, whole.claims).edges}
    assert edges.get(("w1", "w0"), 0.0) > 2 * edges.get(("r5", "r0"), 0.0)


def test_coded_relays_stand_whatever_their_dates() -> None:
    child = claim("child", source="herald", publication=moment("2024-06-01"), relays="parent")
    parent = claim("parent", source="skyeye", publication=moment("2024-06-05"))
    whole = made(child, parent)
    (edge,) = infer(whole, whole.claims).parents("child")
    assert (edge.parent, edge.probability, edge.coded) == ("parent", 1.0, True)


def test_relays_of_a_claim_that_is_not_at_hand_count_once() -> None:
    gone = claim("gone", source="skyeye")
    two = [claim(f"relay-{s}", source=s, relays="gone") for s in ("herald", "diario")]
    whole = made(gone, *two)
    assert infer(whole, tuple(two)).effective(("relay-herald", "relay-diario")) < 1.5


def test_probabilities_add_up_and_no_circle_has_a_chance() -> None:
    corpora = [corpus(seed).case for seed in (21, 22)]
    for whole in corpora:
        lineage = infer(whole, whole.claims)
        above = {c.id: {e.parent for e in lineage.parents(c.id)} for c in whole.claims}
        settled: set[str] = set()
        while ready := [c for c in above if c not in settled and above[c] <= settled]:
            settled.update(ready)
        assert settled == set(above)
        for c in whole.claims:
            edges = lineage.parents(c.id)
            assert sum(e.probability for e in edges) <= 1 + 1e-9
            assert all(a.probability >= b.probability for a, b in pairwise(edges))
            assert all(e.reasons for e in edges)


def test_the_order_of_claims_changes_nothing_but_the_order() -> None:
    whole = corpus(23).case
    forward = infer(whole, whole.claims)
    backward = infer(replace(whole, claims=whole.claims[::-1]), whole.claims[::-1])
    assert set(forward.edges) == set(backward.edges)


def test_no_claims_no_lineage() -> None:
    assert infer(case(claims=()), ()).claims == ()


def test_words_that_survive_translation() -> None:
    assert portable("Cinco lanzadores S-300VM junto a Rob Lee, 5.000 km.") >= {
        "5",
        "s300vm",
        "5000",
    }
    assert tokens("Жуковский") == ["zhukovskiy"]
    assert "lee" in portable("Yesterday Rob Lee said so.")


def test_the_tree_fits_the_terminal_and_tells_everything() -> None:
    whole = corpus(24).case
    lineage = infer(whole, whole.claims)
    lines = tree(whole, whole.claims, lineage).splitlines()
    assert max(map(len, lines)) <= 100
    for c in whole.claims:
        assert sum(f" {c.id} " in f"{line} " for line in lines) == 1
    told = json.loads(json.dumps(tree_json(whole, whole.claims, lineage)))
    assert told["claims"] == len(whole.claims)
    assert len(told["origins"]) + sum(len(o["relays"]) for o in told["origins"]) == told["claims"]


def test_a_satellite_company_without_a_name_is_the_one_of_the_case():
    """'according to a satellite company' names the only source of imagery there is."""
    image = claim("image", source="space", publication=moment("2019-03-24"))
    report = claim(
        "report", source="paper", said_by="a satellite company", modality="reported",
        publication=moment("2019-03-25"),
    )  # fmt: skip
    other = claim("other", source="daily", publication=moment("2019-03-25"))
    sources = (
        source("space", family="imagery"), source("paper"), source("daily"),
    )  # fmt: skip
    known = case(sources=sources, claims=(image, report, other))
    found = infer(known, known.claims)
    assert found.parent("report") == "image"
    assert found.own("report") < 0.3 < found.own("other")
