"""No rule knows a case by name: with every id replaced, the same is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

import told
from shieldwall.case.load import load_case
from shieldwall.case.records import Case, Claim
from shieldwall.evidence.as_of import usable
from shieldwall.evidence.channels import channels
from shieldwall.evidence.contradictions import contradictions
from shieldwall.evidence.contradictions.distance import check_distances

CASES = Path(__file__).parents[3] / "cases"


def renamed(case: Case) -> tuple[Case, dict[str, str]]:
    """The case with claims, sources and systems under ids that mean nothing."""
    ids = {c.id: f"q{i:04d}" for i, c in enumerate(case.claims)}
    sources = {s.id: f"w{i:04d}" for i, s in enumerate(case.sources)}
    systems = {s: f"v{i}" for i, s in enumerate(sorted({c.system or "" for c in case.claims}))}

    def claim(c: Claim) -> Claim:
        return replace(
            c, id=ids[c.id], source=sources[c.source], relays=c.relays and ids[c.relays],
            system=c.system and systems[c.system],
        )  # fmt: skip

    return replace(
        case,
        claims=tuple(claim(c) for c in case.claims),
        sources=tuple(replace(s, id=sources[s.id]) for s in case.sources),
    ), {new: old for old, new in (ids | sources).items()}


@pytest.mark.parametrize("name", ["venezuela-2019", "venezuela-2025", "moscow-2023"])
def test_the_same_is_found_under_other_ids(name):
    case = load_case(CASES / name)
    other, old = renamed(case)
    found, again = (run(each) for each in (case, other))
    assert [(c.kind, c.claims) for c in found[0]] == [
        (c.kind, tuple(old[id] for id in c.claims)) for c in again[0]
    ]
    assert len(found[0]) >= 4
    assert [(c.source, c.computed) for c in found[1]] == [
        (old[c.source], c.computed) for c in again[1]
    ]


def run(case):
    claims = tuple(c for c in case.claims if usable(c, case))
    found = contradictions(case, claims, told.lineage(claims), check_distances(case, claims))
    return found, channels(case, claims, found)
