"""The door of the evidence room: what may be read, and that order changes nothing but order."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

import makers
import shieldwall
from shieldwall.case import load_case
from shieldwall.case.moments import parse_moment
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.as_of import readable_from, usable
from shieldwall.evidence.contradictions.distance import check_distances
from shieldwall.evidence.gather import gather
from shieldwall.evidence.imagery import readings
from shieldwall.evidence.witness import dated
from shieldwall.orbat.fuse import order_of_battle

CASES = Path(__file__).parents[2] / "cases"
SHIPPED = sorted(p.name for p in CASES.iterdir() if p.is_dir())


@pytest.fixture(params=SHIPPED)
def case(request):
    return load_case(CASES / request.param, load_catalogue())


def test_what_was_published_later_is_kept_out(case):
    found = gather(case)
    assert all(usable(c, case) for c in found.claims)
    late = [c.id for c in case.claims if not usable(c, case)]
    assert list(found.late) == late
    assert not set(late) & set(found.lineage.claims)


def test_distances_are_measured_once_of_the_claims_that_may_be_read(case):
    found = gather(case)
    assert found.distances == check_distances(case, found.claims)
    assert not {d.claim for d in found.distances} & set(found.late)


def test_coverage_knows_no_rule_of_contradiction_and_reads_no_claim():
    """It measures lines; which claims may be read, and whether they fit, is decided here."""
    room = Path(shieldwall.__file__).parent / "coverage"
    text = "".join(p.read_text("utf-8") for p in room.glob("*.py"))
    assert not re.search(r"as_of import|case\.claims|DistanceCheck|check_distances", text)


def test_images_that_are_no_reading_are_kept_with_the_reason():
    case = load_case(CASES / "moscow-2023", load_catalogue())
    (picture,) = gather(case).refused
    assert picture.source == "doc3"
    assert picture == next(r for r in readings(case) if r.refused)


def test_when_a_claim_was_so_and_when_it_could_be_read_are_two_times():
    told = replace(
        makers.claim("told", publication=parse_moment("2024-05-09")),
        event=parse_moment("2024-05-01"), acquisition=parse_moment("2024-05-03"),
    )  # fmt: skip
    assert (dated(told), readable_from(told)) == (told.event, told.publication)
    unpublished = replace(told, event=None, publication=None)
    assert dated(unpublished) == readable_from(unpublished) == told.acquisition


def test_the_order_of_times_is_written_in_two_places_only():
    chain = re.compile(r"\.(event|acquisition|publication) or \S*\.(event|acquisition|publication)")
    root = Path(shieldwall.__file__).parent
    rooms = [p for room in ("evidence", "orbat", "control") for p in (root / room).rglob("*.py")]
    held = {p.name for p in rooms if chain.search(p.read_text("utf-8"))}
    assert held == {"witness.py", "as_of.py", "tree.py"}, "tree.py shows one, and reads none"


def test_every_claim_has_one_weight_one_credibility_and_one_channel(case):
    found = gather(case)
    ids = [c.id for c in found.claims]
    assert [w.claim for w in found.weights] == ids
    assert [c.claim for c in found.credibility] == ids
    assert {c.source for c in found.channels} >= {c.source for c in found.claims}


def test_the_order_of_files_changes_nothing(case):
    catalogue = load_catalogue()
    before = order_of_battle(case, catalogue, gather(case))
    shuffled = list(case.claims)
    Random(5).shuffle(shuffled)
    sources = tuple(reversed(case.sources))
    after = order_of_battle(
        other := replace(case, claims=tuple(shuffled), sources=sources), catalogue, gather(other)
    )
    assert {u.id: u.presence for u in before.units} == {u.id: u.presence for u in after.units}
    assert {h.system: h.held for h in before.held} == {h.system: h.held for h in after.held}
    assert {u.id: u.launchers for u in before.units} == {u.id: u.launchers for u in after.units}


def test_no_claim_goes_back_to_itself(case):
    lineage = gather(case).lineage
    for claim in lineage.claims:
        assert lineage.origin(lineage.origin(claim)) == lineage.origin(claim)
        assert sum(e.probability for e in lineage.parents(claim)) <= 1 + 1e-9
    assert sorted(c for group in lineage.groups.values() for c in group) == sorted(lineage.claims)


@pytest.mark.parametrize("again", ["{}-again", "0-{}"])
def test_a_claim_told_again_at_once_does_not_move_the_odds(case, again):
    """The same claim entered twice, under another id: what a careless import does.

    Of the twins the one whose id comes first speaks, so both orders are tried.
    """
    catalogue = load_catalogue()
    before = order_of_battle(case, catalogue, gather(case))
    twice = tuple(replace(c, id=again.format(c.id)) for c in case.claims)
    doubled = replace(case, claims=(*case.claims, *twice))
    after = order_of_battle(doubled, catalogue, gather(doubled))
    odds = {h.system: h.held for h in after.held}
    for held in before.held:
        assert odds[held.system] == pytest.approx(held.held, abs=1e-9)
    units = {u.id: u.presence for u in after.units}
    for unit in before.units:
        assert units[unit.id] == pytest.approx(unit.presence, abs=1e-9)


@pytest.mark.parametrize(
    ("publication", "as_of", "read"),
    [("2025-12", date(2025, 12, 15), True), ("2026", date(2025, 12, 31), False),
     ("2025-12-31T23:00-04:00", date(2025, 12, 31), False), (None, date(1999, 1, 1), True)],
)  # fmt: skip
def test_usable(case, publication, as_of, read):
    claim = replace(
        case.claims[0], event=None, acquisition=None,
        publication=parse_moment(publication) if publication else None,
    )  # fmt: skip
    assert usable(claim, replace(case, as_of=as_of)) is read
