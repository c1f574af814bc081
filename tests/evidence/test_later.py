"""What was written in the light of later claims is named and marked, part by part."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.as_of import as_it_stood
from shieldwall.evidence.later import marked

CASES = Path(__file__).resolve().parent.parent.parent / "cases"
MARK = "[Written with what is not read as of this day: "
OWN = "[Written for the case's own date "


@pytest.fixture(scope="module", params=[
    ("venezuela-2025", date(2025, 10, 15)), ("venezuela-2019", date(2019, 3, 22)),
    ("moscow-2023", date(2023, 1, 15)),
])  # fmt: skip
def both(request):
    name, on = request.param
    case = load_case(CASES / name, load_catalogue())
    return case, as_it_stood(case, on)


def left_out(case, stood):
    return ({c.id for c in case.claims} | {e.id for e in case.pressure}) - (
        {c.id for c in stood.claims} | {e.id for e in stood.pressure}
    )


def test_every_payoff_and_fact_that_cites_a_later_claim_is_named_and_marked(both):
    case, stood = both
    after, late = marked(case, stood)
    gone = left_out(case, stood)
    found = 0
    for payoff, own in zip(after.game.payoffs, case.game.payoffs, strict=True):
        cites = sorted(id for id in gone if id in own.reason.replace(",", " ").split() or
                       f"({id})" in own.reason or f"({id}," in own.reason)  # fmt: skip
        named = any(f"payoff {own.actor} {own.consequence}" in name for name in late)
        if cites:
            found += 1
            assert named
            assert MARK in payoff.reason
            assert all(id in payoff.reason.partition(MARK)[2] for id in cites)
        elif MARK not in payoff.reason:
            assert payoff == replace(own, reason=f"{OWN}{case.as_of}.] {own.reason}")
    assert found


def test_acts_of_the_record_count_as_claims_do(both):
    case, stood = both
    after, _ = marked(case, stood)
    acts = {e.id for e in case.pressure} - {e.id for e in stood.pressure}
    marks = " ".join(p.reason.partition(MARK)[2] for p in (*after.game.payoffs, *after.game.facts))
    assert any(act in marks for act in acts)


def test_raids_and_signs_are_named(both):
    case, stood = both
    after, late = marked(case, stood)
    assert any(name.startswith("raid ") for name in late)
    assert any(MARK in r.reason for r in after.raids)
    assert not case.observations or any(name.endswith(" signs") for name in late)


def test_every_reason_says_for_which_day_it_was_written(both):
    """Free text may tell of what came later without naming a claim."""
    case, stood = both
    after, _ = marked(case, stood)
    first = f"{OWN}{case.as_of}.] "
    told = [e.reason for part in ("raids", "functions", "defended_areas")
            for e in getattr(after, part)]  # fmt: skip
    told += [e.reason for part in ("payoffs", "facts") for e in getattr(after.game, part)]
    for text in (after.game.note, *(t for t in told if t)):
        assert text.startswith(first)


def test_a_question_that_names_what_is_left_out_is_not_asked(both):
    case, stood = both
    gone = left_out(case, stood)
    for question in case.questions:
        assert gone & {c for e in question.expectations for c in e.claims}
    assert not stood.questions
    assert as_it_stood(case, case.as_of).questions == case.questions


def test_a_question_all_of_whose_claims_were_out_is_asked(both):
    case, stood = both
    for question in case.questions:
        first = replace(question.expectations[0], claims=(stood.claims[0].id,), reason="As read.")
        known = replace(question, expectations=(first,))
        given = replace(case, questions=(known,))
        again = as_it_stood(given, stood.as_of)
        assert again.questions == (known,)
        after, late = marked(given, again)
        assert after.questions[0].expectations[0].reason.startswith(OWN)
        assert f"question {question.id}" not in late


def test_the_name_of_a_payoff_says_by_what_it_is_scaled(both):
    case, _ = both
    first = case.game.payoffs[0]
    gone = case.claims[0].id
    scaled = replace(first, times="some-fact", reason=f"As {gone} says.")
    given = replace(case, game=replace(case.game, payoffs=(scaled,)))
    stood = replace(given, claims=case.claims[1:])
    _, late = marked(given, stood)
    assert f"payoff {first.actor} {first.consequence} times some-fact" in late


def test_on_the_own_date_nothing_is_marked_where_all_is_read(both):
    case, _ = both
    assert marked(case, case) == (case, ())


def test_that_a_country_makes_a_system_itself_is_told_once_somebody_speaks_of_it():
    case = load_case(CASES / "moscow-2023", load_catalogue())
    assert {t.system for t in case.transfers if t.domestic} == {"pantsir", "s400"}
    assert not as_it_stood(case, date(2022, 12, 31)).transfers
    assert as_it_stood(case, case.as_of).transfers == case.transfers
