"""The three shipped cases load, and keep what a case owes: reasons, addresses, order, own words."""

from __future__ import annotations

import csv
import re
from urllib.parse import unquote

import pytest

import makers
from shieldwall.case.load import load_case
from shipped_cases import NAMES, ROOT, going_back_to, published_by, shipped

SHARED = ROOT.parent / "shared"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_idle(name: str) -> None:
    case = shipped(name)
    assert {c.source for c in case.claims} == {s.id for s in case.sources}
    used = {c.place for c in case.claims} | {d.place for d in case.deployments}
    assert {p.id for p in case.places} <= used | {r.place for r in case.reaches}
    assert all(s.note for s in case.sources), "every grade has its reason"
    assert case.defended_areas
    assert case.threats
    assert case.pressure


@pytest.mark.parametrize("name", NAMES)
def test_ids_are_in_the_catalogue(name: str) -> None:
    from shieldwall.catalogue import load_catalogue

    catalogue, case = load_catalogue(), shipped(name)
    fielded = catalogue.systems.keys() | catalogue.radars.keys()
    assert {h.system for h in case.holdings} <= fielded
    assert {d.system for d in case.deployments} <= catalogue.systems.keys()
    assert {t.catalogue for t in case.threats} <= catalogue.threats.keys()
    named = {c.system for c in case.claims if c.system}
    assert named <= fielded | catalogue.threats.keys()


@pytest.mark.parametrize("name", NAMES)
def test_raids_are_classes_and_their_numbers_assumptions(name: str) -> None:
    from shieldwall.catalogue import load_catalogue

    load_case(ROOT / "cases" / name, load_catalogue())  # ids of functions and crews too
    case = shipped(name)
    assert 2 <= len(case.raids) <= 4
    for raid in case.raids:
        assert "assumption" in raid.reason
        assert raid.outages == ()
        assert all(g.number in (4, 10, 20) for g in raid.groups), "round numbers"
    kinds = {f.kind for f in case.functions}
    assert {"command", "link"} <= kinds
    assert all(f.works is None for f in case.functions), "nobody published a share"
    served = {s for f in case.functions for s in f.serves}
    claimed = {c.system for c in case.claims if c.system}
    assert served <= claimed | {d.system for d in case.deployments}
    assert {s for f in case.functions for s in f.made_of} <= claimed


@pytest.mark.parametrize("name", NAMES)
def test_raids_know_nothing_that_came_later(name: str) -> None:
    case = shipped(name)
    told = (*case.functions, *case.doctrines, *case.crews, *case.raids)
    for each in told:
        years = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", each.reason)]
        assert all(year <= case.as_of.year for year in years), each.where
        named = [c for c in case.claims if re.search(rf"(?<![\w-]){c.id}(?![\w-])", each.reason)]
        assert all(published_by(case, c) for c in named), each.where


@pytest.mark.parametrize("name", NAMES)
def test_only_documents_and_registers_lack_an_address(name: str) -> None:
    case = shipped(name)
    bare = {c.source for c in case.claims if c.address is None}
    read_in_documents = {"kots", "lavrov"}
    relayed = {c.source for c in case.claims if c.address is None and going_back_to(case, c.id)}
    assert bare <= {"doc1", "doc2", "doc3", "sipri"} | read_in_documents | relayed


@pytest.mark.parametrize("name", NAMES)
def test_relays_come_after_their_origin(name: str) -> None:
    case = shipped(name)
    for claim in case.claims:
        root = makers.origin_of(case, claim)
        if root.publication and claim.publication:
            assert claim.publication.end > root.publication.start, claim.id


@pytest.mark.parametrize("name", NAMES)
def test_no_sentence_is_copied(name: str) -> None:
    if not SHARED.exists():
        pytest.skip("the source documents are not here")
    run = 6

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"[\w-]+", text.lower())
        return {tuple(words[i : i + run]) for i in range(len(words) - run + 1)}

    documents: set[tuple[str, ...]] = set()
    for path in (SHARED / "documents").glob("*.txt"):
        documents |= runs(path.read_text(encoding="utf-8"))
    case = shipped(name)
    texts = [c.statement for c in case.claims] + [e.statement for e in case.pressure]
    copied = {t: runs(t) & documents for t in texts}
    assert {t: found for t, found in copied.items() if found} == {}


def test_every_published_claim_is_coded() -> None:
    path = SHARED / "claims" / "published_claims.csv"
    if not path.exists():
        pytest.skip("the published claims are not here")
    addresses = [unquote(c.address) for n in NAMES for c in shipped(n).claims if c.address]
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    wanted = [unquote(row["url"]).split(" (")[0] for row in rows]  # one row names a page in words
    assert len(wanted) == 31
    assert [u for u in wanted if not any(a.startswith(u) for a in addresses)] == []
