"""From evidence to the order of battle: what speaks, what binds it, what the analyst sets."""

import math
from dataclasses import replace
from datetime import date
from itertools import pairwise, permutations

import numpy as np
import pytest

import makers
from shieldwall.case.records import Assumption, Holding, Override
from shieldwall.errors import InputError
from shieldwall.evidence.records import Edge
from shieldwall.orbat.fuse import order_of_battle
from weighing import evidence, fused

LAND = makers.place("land", lat=None, lon=None, precision_m=None)
PLACES = (makers.place(), makers.place("camp", lat=10.5), LAND)
SOURCES = (makers.source(), makers.source("other", "C"))
HOLDING = Holding("sam", "launchers", makers.band(4, 8, 12), "V", "register", "", "case.toml:9")


def battle(*claims, edges=(), catalogue=None, **fields):
    given = {"places": PLACES, "claims": claims} | fields
    return fused(makers.case(**given), catalogue or makers.catalogue(), edges)


def unit(*claims, **fields):
    return battle(*claims, **fields).units[0]


def held(*claims, **fields):
    return battle(*claims, **fields).held[0]


def test_one_claim_on_the_country_by_hand():
    """B2 asserted: .6875 against .1625 ... here C2, three to one on even odds."""
    fair = makers.claim("one", source="other", place="land")
    assert held(fair).held == pytest.approx(0.75)
    assert held(fair).prior == 0.5
    assert dict(held(fair).bits)["one"] == pytest.approx(math.log2(3))


def test_a_claim_on_a_place_by_hand():
    fair = makers.claim("one", source="other", publication=makers.moment("2024-06-30"))
    hit, false_alarm = 0.5 * 0.85 + 0.5 * 0.2 * 0.4, (0.5 * 0.15 + 0.5 * 0.2) * 0.4
    there = 0.3 * hit / (0.3 * hit + 0.7 * false_alarm)
    given = 0.3 * hit + 0.7 * false_alarm
    assert unit(fair).presence == pytest.approx(there * given / (given + false_alarm))
    assert unit(fair).prior == pytest.approx(0.15)


def test_relays_add_nothing_and_a_parent_that_says_other_speaks_once():
    relays = [makers.claim(f"r{i}", source="other", relays="one") for i in range(7)]
    one = makers.claim("one")
    assert unit(one, *relays).presence == unit(one).presence
    assert unit(one, *relays).origins == ("one",)
    assert len(unit(one, *relays).claims) == 8
    conduct = replace(one, about="conduct")
    silent = unit(conduct, *relays)
    assert silent.origins == ("one",)
    assert silent.presence == pytest.approx(unit(one).presence, abs=0.05)


def test_what_is_said_through_a_long_chain_is_heard_once():
    """Two thousand retellings of something else, of which only the last speaks of presence."""
    names = ["one", *(f"r{i}" for i in range(2_000))]
    chain = [makers.claim("one", about="conduct")]
    for before, name in pairwise(names):
        chain.append(makers.claim(name, source="other", about="conduct", relays=before))
    last = makers.claim("last", source="other", relays=chain[-1].id)
    assert unit(*chain, last).origins == ("one",)


def test_doubt_about_copying_lies_between_copy_and_origin():
    one, two = makers.claim("one"), makers.claim("two", source="other")

    def with_copy(probability):
        edge = (Edge("two", "one", probability, ("same text",), False),) if probability else ()
        return unit(one, two, edges=edge).presence

    assert with_copy(1.0) == unit(one).presence
    assert with_copy(1.0) < with_copy(0.7) < with_copy(0.3) < with_copy(0.0)


def test_an_inferred_parent_that_speaks_of_another_thing_is_no_parent_of_this():
    other = makers.claim("a", place="camp")
    one = makers.claim("b", source="other")
    edge = (Edge("b", "a", 0.9, ("same words",), False),)
    apart = {u.id: u for u in battle(other, one, edges=edge).units}
    free = {u.id: u for u in battle(other, one).units}
    assert apart == free


def test_one_source_is_one_witness():
    again = [makers.claim(f"again{i}") for i in range(6)]
    found = unit(makers.claim("one"), *again)
    assert found.presence == unit(makers.claim("one")).presence
    assert len(found.origins) == 1


def test_denials_and_not_confirming_lower_the_odds_and_silence_does_not():
    def with_second(modality):
        return unit(makers.claim("one"), makers.claim("two", source="other", modality=modality))

    base = unit(makers.claim("one")).presence
    words = ("denied", "not confirmed", "declined to comment", "speculated", "asserted")
    odds = {m: with_second(m).presence for m in words}
    assert odds["denied"] < base
    assert odds["not confirmed"] < base
    assert odds["declined to comment"] == base
    assert base < odds["speculated"] < odds["asserted"]


def test_a_look_that_saw_nothing_counts_by_its_chance_of_seeing():
    sat = makers.source("sat", "A", "imagery")
    sources = (makers.source(), sat)

    def after(detection):
        look = makers.claim("look", source="sat", modality="not seen", detection=detection)
        return unit(makers.claim("one"), look, sources=sources).presence

    base = unit(makers.claim("one")).presence
    assert after(None) == base
    assert base > after(makers.band(0.3, 0.3, 0.3)) > after(makers.band(0.9, 0.9, 0.9))


def test_old_word_is_worth_less_and_weak_word_does_not_revive_it():
    old = makers.claim("old", publication=makers.moment("2005-06-01"))
    weak = makers.claim("weak", source="other", modality="speculated", credibility=3)
    fresh, sure = makers.claim("one"), {"holdings": (HOLDING,)}
    assert unit(old, **sure).presence < 0.32
    assert unit(fresh, **sure).presence > 0.7
    assert unit(old, weak, **sure).presence == pytest.approx(unit(weak, **sure).presence, abs=0.02)


def test_presence_over_time_follows_what_was_seen():
    sat = (makers.source("sat", "A", "imagery"),)
    looks = [
        makers.claim("seen", source="sat", acquisition=makers.moment("2019-03-20")),
        makers.claim("gone", source="sat", acquisition=makers.moment("2021-05-01"),
                     modality="not seen", detection=makers.band(0.9, 0.9, 0.9)),
    ]  # fmt: skip
    found = unit(*looks, sources=sat)
    days = [day for day, _ in found.over_time]
    assert days == [date(2019, 3, 20), date(2021, 5, 1), date(2024, 6, 30)]
    seen, gone, now = (p for _, p in found.over_time)
    assert gone < now < seen
    assert now == pytest.approx(found.presence)


def test_a_component_implies_its_system():
    part = makers.claim("part", system=None, component="Radar", source="agency")
    assert unit(part).system == "sam"


def test_a_place_known_by_name_only_is_on_no_map():
    found = battle(makers.claim("one", place="land"))
    assert found.units == ()
    assert found.held[0].unlocated


def test_a_holding_makes_the_country_almost_certain_and_bounds_the_units():
    found = battle(makers.claim("one"), holdings=(HOLDING,))
    assert found.held[0].prior == 0.99
    assert found.held[0].held > 0.99
    assert found.held[0].total.band.high <= 12
    bare = battle(holdings=(HOLDING,)).held[0]
    assert bare.held == pytest.approx(0.99)
    assert bare.total.values.tolist() == list(range(4, 13))


def test_a_count_at_a_place_is_no_inventory_of_the_country():
    def total(*claims):
        return battle(*claims, holdings=(HOLDING,)).held[0].total

    bare, seen = total(), total(makers.claim("one", count=makers.count(6)))
    at_most = total(makers.claim("one", count=makers.count(6, bound="at most")))
    assert seen.mean > bare.mean
    ratio = np.array(seen.weights) / np.array(bare.weights)
    assert ratio[seen.values >= 6] == pytest.approx(ratio[-1])
    assert (ratio[seen.values < 6] < ratio[-1]).all()
    assert at_most == bare


def test_counts_count_once_and_radars_of_a_system_are_no_launchers():
    seen = makers.claim("one", count=makers.count(2))
    relay = makers.claim("two", source="other", relays="one", count=makers.count(2))
    assert (
        unit(seen, relay).launchers == unit(seen).launchers != unit(makers.claim("one")).launchers
    )
    radar = makers.claim("r", source="other", component="Radar", count=makers.count(1, "radars"))
    assert unit(seen, radar).launchers == unit(seen).launchers


def test_an_old_share_says_less():
    def works(year):
        return unit(makers.claim("one"), makers.claim(
            "s", about="serviceability", place=None, count=makers.count(0.2, "share"),
            publication=makers.moment(f"{year}-06-01"),
        )).serviceable.mean  # fmt: skip

    usual = unit(makers.claim("one")).serviceable.mean
    assert works(2024) < 0.4
    assert works(2024) < works(2020) < works(2004) == pytest.approx(usual, abs=0.01)


def test_the_spread_of_availability_lies_below_every_share_and_that_of_figures_where_told():
    told = makers.claim("s", about="serviceability", place=None,
                        count=makers.count(0.2, "share"))  # fmt: skip
    bare, heard = (set(unit(makers.claim("one"), *more).trail) for more in ((), (told,)))
    assert "assumption:availability_spread" in bare & heard
    assert {"assumption:share_error_least", "assumption:half_life_share"} <= heard - bare


def test_a_figure_taken_for_an_error_is_told():
    wild = makers.claim("wild", place="land", count=makers.count(150))
    found = battle(wild, makers.claim("one", count=makers.count(90)), holdings=(HOLDING,))
    assert found.held[0].warnings[0].startswith("wild: tells exact 150 launchers, where 4 to 12")
    assert found.units[0].warnings[0].startswith("one: tells exact 90 launchers, where 1 to 12")
    bare = battle(makers.claim("one"), holdings=(HOLDING,))
    assert found.held[0].total == bare.held[0].total


def test_an_old_count_says_less():
    new = makers.claim("one", count=makers.count(2))
    old = replace(new, publication=makers.moment("2012-06-01"))
    usual = unit(makers.claim("one")).launchers.mean
    assert unit(new).launchers.mean < unit(old).launchers.mean < usual


def test_overrides_win_and_are_named():
    def hand(target, value):
        return Override(target, "sam", "base", makers.band(*value), "r", "me", None, "case.toml:5")

    doubt = makers.claim("no", place="land", source="other", modality="denied")
    set_ = (hand("presence", (0.8, 0.9, 1.0)), hand("launchers", (2, 2, 2)),
            hand("serviceability", (0.1, 0.2, 0.3)))  # fmt: skip
    found = battle(makers.claim("one"), doubt, overrides=set_)
    one = found.units[0]
    assert one.presence == found.held[0].held == 0.9
    assert one.launchers.band == makers.band(2, 2, 2)
    assert one.serviceable.mean == pytest.approx(0.2)
    assert one.overrides == (0, 1, 2)
    assert "override:1" in one.trail


def presence_by_hand(value, place=None):
    band = makers.band(value, value, value)
    return Override("presence", "sam", place, band, "r", "me", None, "case.toml:5")


def test_the_country_set_by_hand_is_what_it_is_set_to():
    plain = battle(makers.claim("one"))
    found = battle(makers.claim("one"), overrides=(presence_by_hand(0.1),))
    given_held = plain.units[0].presence / plain.held[0].held
    assert found.held[0].held == 0.1
    assert found.units[0].presence == pytest.approx(0.1 * given_held)


def test_a_place_set_by_hand_only_raises_the_country():
    low, high = presence_by_hand(0.1, "base"), presence_by_hand(0.95, "base")
    plain = battle(makers.claim("one"))
    for override, held in ((low, plain.held[0].held), (high, 0.95)):
        found = battle(makers.claim("one"), overrides=(override,))
        assert found.units[0].presence == override.band.middle
        assert found.units[0].over_time[-1] == (date(2024, 6, 30), override.band.middle)
        assert found.held[0].held == held
    both = battle(makers.claim("one"), overrides=(presence_by_hand(0.1), high))
    assert (both.held[0].held, both.units[0].presence) == (0.95, 0.95)


def test_what_is_foretold_says_nothing_of_the_as_of_date():
    """Published in time, of an event that lies ahead; nor does who repeats it."""
    ahead = makers.claim("a", event=makers.moment("2030-06-01"), count=makers.count(2))
    relay = makers.claim("b", source="other", relays="a", count=makers.count(2))
    one = makers.claim("one", source="other")
    assert battle(ahead, relay).units == ()
    alone, both = unit(one), unit(one, ahead, relay)
    assert (both.presence, both.launchers) == (alone.presence, alone.launchers)
    year = replace(ahead, event=replace(makers.moment("2024-01-01"), precision="year"))
    assert unit(year).presence > 0.3


@pytest.mark.parametrize("ids", list(permutations(("a", "b", "c"))))
def test_ids_decide_no_number(ids):
    """Two numbers of one source on one date; two children of a parent that tells none."""
    four, eight = makers.count(4), makers.count(8)
    large = makers.catalogue(
        makers.system(launchers_per_battery=makers.figure("b", 4, 6, 8, "vehicles"))
    )

    def told(first, second, parent):
        one = makers.claim(first, count=four, statement="Said")
        return battle(
            one, replace(one, id=second, count=eight), makers.claim(parent, source="other"),
            catalogue=large,
        ).units[0].launchers, battle(
            replace(one, source="third", relays=parent),
            replace(one, id=second, count=eight, source="fourth", relays=parent),
            makers.claim(parent), catalogue=large,
            sources=(*SOURCES, makers.source("third"), makers.source("fourth")),
        ).units[0].launchers  # fmt: skip

    assert told(*ids) == told("a", "b", "c")
    assert told(*ids)[1].mean < 6


def test_a_case_may_replace_an_assumption():
    own = Assumption("prior_presence", "Own", makers.band(0.1, 0.1, 0.1), "share", "r", "case.toml")
    fair = makers.claim("one", source="other", place="land")
    assert held(fair, assumptions=(own,)).held == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("id", "band"),
    [
        ("half_life_mobile", None),
        ("half_life_mobile", makers.band(0.0, 0.0, 0.0)),
        ("prior_presence", makers.band(1.0, 1.0, 1.0)),
        ("prior_place", makers.band(0.0, 0.0, 0.0)),
        ("availability", makers.band(2.0, 5.0, 9.0)),
        ("one_witness", makers.band(1.0, 1.0, 1.0)),
    ],
)
def test_an_assumption_that_cannot_stand_is_refused(id, band):
    own = Assumption(id, "Own", band, "share", "reason", "case.toml:7")
    with pytest.raises(InputError, match=r"case\.toml:7"):
        unit(makers.claim("one"), assumptions=(own,))


@pytest.mark.parametrize(
    "fields", [{"credibility": 6}, {"modality": "denied"}, {"credibility": 5}, {"source": "f"}]
)
def test_what_the_evidence_is_not_for_is_in_no_order_of_battle(fields):
    sources = (makers.source(), makers.source("f", "F"))
    found = battle(makers.claim("one", **fields), sources=sources)
    assert found.units == found.held == ()


def test_every_origin_in_the_trail_and_every_bit_has_a_claim():
    case = makers.case(claims=(makers.claim("one"), makers.claim("two", source="other")))
    found = order_of_battle(case, makers.catalogue(), evidence(case)).units[0]
    assert set(found.origins) == {"one", "two"} == {id for id, _ in found.bits}
    assert {"claim:one", "claim:two", "assumption:prior_place"} <= set(found.trail)
