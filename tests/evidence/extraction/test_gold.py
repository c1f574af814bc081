"""The three documents against their hand coding: F1 by kind, hedges, and nothing from furniture."""

from __future__ import annotations

import pytest

from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.documents import read_document
from shieldwall.evidence.extraction import Proposal, extract
from tests.authorities.extraction import score as gold

FILES = [gold.HERE / "gold" / f"{name}.jsonl" for name in gold.CASE_OF]


@pytest.fixture(scope="module")
def proposals() -> list[Proposal]:
    if not gold.DOCUMENTS.is_dir():
        pytest.skip("the shared documents are not here")
    read: list[Proposal] = []
    for name, case in gold.CASE_OF.items():
        document = read_document((gold.DOCUMENTS / f"{name}.txt").read_bytes(), f"{name}.txt")
        places = load_case(gold.CASES / case).places
        dropped = [(d.start, d.end) for d in document.dropped]
        read += extract(
            document.text, name, catalogue=load_catalogue(), places=places, dropped=dropped
        )
    return read


def coded() -> list[gold.Gold]:
    return [row for path in FILES for row in gold.read_gold(path)]


@pytest.mark.parametrize("kind", gold.SCORED)
def test_f1_of_each_kind(proposals: list[Proposal], kind: str) -> None:
    assert gold.score(coded(), proposals, [kind]).f1 >= 0.95


def test_f1_pooled_and_of_hedges(proposals: list[Proposal]) -> None:
    assert gold.score(coded(), proposals).f1 >= 0.95
    assert gold.hedge_score(coded(), proposals).f1 >= 0.90


def test_nothing_from_furniture(proposals: list[Proposal]) -> None:
    furniture = gold.read_furniture(gold.HERE / "gold" / "furniture.jsonl")
    assert gold.in_furniture(furniture, proposals) == []
