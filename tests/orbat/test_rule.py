"""The first rule: each origin once, grades as declared, dates and places never invented."""

import math
from dataclasses import replace
from datetime import date

import pytest

import makers
from shieldwall.case.records import Assumption, Holding, Override
from shieldwall.errors import InputError
from shieldwall.orbat.rule import order_of_battle, origins, posterior, usable


def odds(case, catalogue=None):
    return {u.id: u for u in order_of_battle(case, catalogue or makers.catalogue()).units}


def test_one_asserted_claim_by_hand():
    """B lets .85 of log 6 through: odds 6^.85, less 29 days at a half-life of four years."""
    then = 6**0.85 / (1 + 6**0.85)
    stays = 0.5 ** (29 / 365.25 / 4)
    assert odds(makers.case())["sam@base"].presence == pytest.approx(then * stays)


def test_seven_relays_count_as_their_one_origin():
    relays = [makers.claim(f"relay{i}", source="other", relays="one") for i in range(7)]
    case = makers.case(claims=(makers.claim("one"), *relays))
    unit = odds(case)["sam@base"]
    assert unit.presence == odds(makers.case())["sam@base"].presence
    assert unit.origins == ("one",)
    assert len(unit.claims) == 8


def test_a_relay_of_a_relay_goes_back_to_the_origin():
    case = makers.case(
        claims=(
            makers.claim("one"),
            makers.claim("two", relays="one"),
            makers.claim("three", relays="two"),
        )
    )
    assert len(origins(case, case.claims)) == 1


@pytest.mark.parametrize(("grade", "credibility"), [("F", 1), ("A", 6)])
def test_unknown_grades_change_nothing(grade, credibility):
    case = makers.case(
        sources=(makers.source("agency", grade),),
        claims=(makers.claim("one", credibility=credibility),),
    )
    assert posterior(case, origins(case, case.claims), 0.5) == 0.5


def test_order_and_duplicates_of_ingestion_do_not_matter():
    claims = (makers.claim("one"), makers.claim("two", source="other"))
    forward = makers.case(claims=claims)
    backward = makers.case(claims=claims[::-1])
    assert odds(forward)["sam@base"].presence == pytest.approx(odds(backward)["sam@base"].presence)


def test_not_confirmed_and_denied_lower_the_odds_and_silence_does_not():
    def with_second(modality):
        claims = (makers.claim("one"), makers.claim("two", source="other", modality=modality))
        return odds(makers.case(claims=claims))["sam@base"].presence

    base = odds(makers.case())["sam@base"].presence
    assert with_second("not confirmed") < base
    assert with_second("denied") < base
    assert with_second("declined to comment") == pytest.approx(base)
    assert base < with_second("speculated") < with_second("reported") < with_second("asserted")


def test_a_claim_published_after_the_as_of_date_is_not_read():
    late = makers.claim("late", publication=makers.moment("2024-07-01"))
    assert not usable(late, date(2024, 6, 30))
    assert usable(
        makers.claim("that-day", publication=makers.moment("2024-06-30")), date(2024, 6, 30)
    )
    assert odds(makers.case(claims=(late,))) == {}


def test_an_undated_claim_keeps_half_its_force_and_gets_no_date():
    undated = makers.claim("one", publication=None)
    case = makers.case(claims=(undated,))
    then = 6**0.85 / (1 + 6**0.85)
    assert odds(case)["sam@base"].presence == pytest.approx(then / 2)


def test_a_place_known_by_name_only_is_on_no_map():
    nowhere = makers.place("nowhere", lat=None, lon=None, precision_m=None)
    case = makers.case(places=(nowhere,), claims=(makers.claim("one", place="nowhere"),))
    orbat = order_of_battle(case, makers.catalogue())
    assert orbat.units == ()
    assert orbat.held[0].unlocated


def test_a_place_is_never_likelier_than_the_country():
    doubt = [
        makers.claim(
            f"no{i}", source=f"s{i}", place=None, modality="not confirmed", about="holding"
        )
        for i in range(4)
    ]
    sources = (makers.source(), *(makers.source(f"s{i}") for i in range(4)))
    case = makers.case(sources=sources, claims=(makers.claim("one"), *doubt))
    orbat = order_of_battle(case, makers.catalogue())
    assert orbat.units[0].presence == orbat.held[0].held < 0.5


def test_a_holding_of_at_least_one_makes_the_country_almost_certain():
    holding = Holding("sam", "launchers", makers.band(4, 8, 12), "V", "register", "", "case.toml:9")
    orbat = order_of_battle(makers.case(holdings=(holding,)), makers.catalogue())
    assert orbat.held[0].held == 0.99
    assert orbat.held[0].total == makers.band(4, 8, 12)


def test_counts_by_their_bound_words():
    def launchers(bound):
        one = makers.claim("one", count=makers.count(3, bound=bound))
        return odds(makers.case(claims=(one,)))["sam@base"].launchers

    assert launchers("exact") == makers.band(3, 3, 3)
    assert launchers("at least") == makers.band(3, 3, 4)
    assert launchers("at most") == makers.band(3, 3, 3)
    assert odds(makers.case())["sam@base"].launchers == makers.band(4, 4, 4)


def test_a_published_serviceable_share_pulls_the_default_by_its_grade():
    fifth = makers.claim("fifth", about="serviceability", count=makers.count(0.2, "share"))
    unit = odds(makers.case(claims=(makers.claim("one"), fifth)))["sam@base"]
    assert unit.serviceable.likely == pytest.approx(0.15 * 0.5 + 0.85 * 0.2)
    assert unit.serviceable.low == pytest.approx(0.15 * 0.2 + 0.85 * 0.1)


def test_an_override_wins_and_is_named():
    override = Override("presence", "sam", "base", makers.band(0.1, 0.2, 0.3), "seen empty", "me",
                        None, "case.toml:5")  # fmt: skip
    unit = odds(makers.case(overrides=(override,)))["sam@base"]
    assert unit.presence == 0.2
    assert unit.overrides == (0,)
    assert "override:0" in unit.trail


def test_a_case_may_replace_an_assumption():
    own = Assumption("prior_presence", "Own", makers.band(0.1, 0.1, 0.1), "share", "r", "case.toml")
    logit = math.log(0.1 / 0.9) + 0.85 * math.log(6)
    then = 1 / (1 + math.exp(-logit))
    stays = 0.5 ** (29 / 365.25 / 4)
    assert odds(makers.case(assumptions=(own,)))["sam@base"].presence == pytest.approx(then * stays)


def test_a_later_claim_does_not_move_an_earlier_assessment():
    early = makers.case(as_of=date(2024, 6, 2))
    both = replace(
        early, claims=(*early.claims, makers.claim("two", publication=makers.moment("2024-06-20")))
    )
    assert odds(early) == odds(both)


def test_a_weak_recent_claim_does_not_revive_old_evidence():
    old = makers.claim("old", credibility=1, publication=makers.moment("2005-06-01"))
    weak = makers.claim("weak", source="other", modality="speculated", credibility=3)
    sources = (makers.source("agency", "A"), makers.source("other", "E"))

    def presence(*claims):
        return odds(makers.case(sources=sources, claims=claims))["sam@base"].presence

    assert presence(old) < 0.05
    assert presence(old, weak) == pytest.approx(presence(weak), abs=0.03)


def test_an_override_of_presence_is_what_is_held_too():
    doubt = makers.claim("no", place=None, modality="not confirmed", about="holding")
    override = Override("presence", "sam", "base", makers.band(1.0, 1.0, 1.0), "seen", "me",
                        None, "case.toml:5")  # fmt: skip
    case = makers.case(claims=(makers.claim("one"), doubt), overrides=(override,))
    orbat = order_of_battle(case, makers.catalogue())
    assert orbat.units[0].presence == orbat.held[0].held == 1.0


def test_published_shares_do_not_depend_on_their_order():
    shares = [
        makers.claim(f"share{i}", about="serviceability", count=makers.count(value, "share"))
        for i, value in enumerate((0.2, 0.8))
    ]
    forward = odds(makers.case(claims=(makers.claim("one"), *shares)))["sam@base"].serviceable
    backward = odds(makers.case(claims=(makers.claim("one"), *shares[::-1])))["sam@base"]
    assert forward == backward.serviceable
    assert forward.likely == pytest.approx(0.15 * 0.5 + 0.85 * 0.5)


@pytest.mark.parametrize(
    ("id", "band"),
    [
        ("half_life_mobile", None),
        ("half_life_mobile", makers.band(0.0, 0.0, 0.0)),
        ("prior_presence", makers.band(1.0, 1.0, 1.0)),
        ("availability", makers.band(2.0, 5.0, 9.0)),
        ("grades", makers.band(1.0, 1.0, 1.0)),
    ],
)
def test_an_assumption_that_cannot_stand_is_refused(id, band):
    own = Assumption(id, "Own", band, "share", "reason", "case.toml:7")
    with pytest.raises(InputError, match=r"case\.toml:7"):
        odds(makers.case(assumptions=(own,)))


def test_one_source_is_one_witness():
    again = [makers.claim(f"again{i}") for i in range(6)]
    case = makers.case(claims=(makers.claim("one"), *again))
    assert odds(case)["sam@base"].presence == odds(makers.case())["sam@base"].presence
    assert len(odds(case)["sam@base"].origins) == 1


@pytest.mark.parametrize(
    "fields", [{"credibility": 6}, {"modality": "denied"}, {"credibility": 5}, {"source": "f"}]
)
def test_what_the_evidence_is_not_for_is_in_no_order_of_battle(fields):
    case = makers.case(
        sources=(makers.source(), makers.source("f", "F")), claims=(makers.claim("one", **fields),)
    )
    orbat = order_of_battle(case, makers.catalogue())
    assert orbat.units == orbat.held == ()
