"""Aircraft seen is not passengers seen: each attribute by its own origins."""

from pathlib import Path

import pytest

from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.gather import gather
from shieldwall.evidence.topics import topics

CASE = Path(__file__).parents[2] / "cases" / "venezuela-2019"


@pytest.fixture(scope="module")
def told():
    catalogue = load_catalogue()
    case = load_case(CASE, catalogue)
    found = topics(case, gather(case), catalogue.systems)
    return {(t.about, t.system, t.place, t.month): t for t in found}


def test_the_cargo_aircraft_was_tracked_independently_of_the_post(told):
    flown = told["movement", "an124", None, "2019-03"]
    assert flown.independent == pytest.approx(2.0)
    assert flown.families == ("flight",)
    assert flown.probability > 0.95


def test_who_was_on_board_rests_on_one_post_however_often_it_was_printed(told):
    people = told["personnel", "il62", None, "2019-03"]
    assert people.origins == ("mayorca-general",)
    assert len(people.claims) > 10
    assert people.independent == pytest.approx(1.0)
    assert people.probability < told["movement", "il62", None, "2019-03"].probability


def test_what_it_carried_is_a_third_thing(told):
    cargo = told["delivery", "an124", None, "2019-03"]
    assert cargo.origins == ("mayorca-cargo",)
    assert set(cargo.claims) == {"mayorca-cargo", "reuters-cargo", "doc2-cargo"}


def test_deliveries_of_systems_are_left_to_the_order_of_battle(told):
    catalogue = load_catalogue()
    assert not [t for t in told.values() if t.about == "delivery" and t.system in catalogue.systems]


def test_one_source_is_one_witness_and_even_odds_stay_without_weight(told):
    for topic in told.values():
        assert topic.independent <= len(topic.origins) + 1e-12
        assert 0 < topic.probability < 1
