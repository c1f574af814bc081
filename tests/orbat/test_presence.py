"""Country and places over time, against enumeration of every history."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import makers
from shieldwall.evidence.witness import Voice
from shieldwall.orbat.presence import Pace, infer

PACE = Pace(prior=0.3, leave=math.log(2) / 4, undated=0.5)


def voice(id, so=0.6, not_so=0.2, age=0.0, source=None, looks=False):
    return Voice(id, makers.claim(id), source or id, looks, so, not_so, 0.5, age)


def move(years):
    """Transition of the chain over a time, from the matrix exponential of its generator."""
    come = PACE.leave * PACE.prior / (1 - PACE.prior)
    values, vectors = np.linalg.eig(np.array([[-come, come], [PACE.leave, -PACE.leave]]))
    return (vectors @ np.diag(np.exp(values * years)) @ np.linalg.inv(vectors)).real


def enumerated(country, places, prior):
    """P(held), P(there now) and P(there at each date) by adding up every history."""
    nowhere = 1 - prior
    for v in (*country, *(v for at in places.values() for v in at)):
        nowhere *= v.not_so
    held, there, past = prior, {}, {}
    for v in country:
        held *= v.so
    for name, spoken in places.items():
        at = sorted(spoken, key=lambda v: -v.age)
        ages = [*(v.age for v in at), 0.0]
        total = now = 0.0
        then = np.zeros(len(at))
        for path in itertools.product((0, 1), repeat=len(ages)):
            p = PACE.prior if path[0] else 1 - PACE.prior
            for i in range(1, len(path)):
                p *= move(ages[i - 1] - ages[i])[path[i - 1], path[i]]
            for v, state in zip(at, path, strict=False):
                p *= v.so if state else v.not_so
            total += p
            now += p * path[-1]
            then += p * np.array(path[:-1])
        held *= total
        there[name], past[name] = now / total, then / total
    posterior = held / (held + nowhere)
    return posterior, {n: posterior * p for n, p in there.items()}, past


def test_against_every_history():
    rng = np.random.default_rng(3)
    for _ in range(25):

        def spoken(n, name):
            return tuple(
                voice(f"{name}{i}", *rng.uniform(0.05, 0.95, 2), float(rng.uniform(0, 9)))
                for i in range(n)
            )  # fmt: skip

        country, places = spoken(2, "c"), {"a": spoken(4, "a"), "b": spoken(3, "b")}
        found = infer(country, places, 0.4, PACE)
        held, there, past = enumerated(country, places, 0.4)
        assert found.held == pytest.approx(held, abs=1e-12)
        for place in places:
            assert found.at(place) == pytest.approx(there[place], abs=1e-12)
            smooth = [p for _, p in found.stands[place].past][:-1]
            assert smooth == pytest.approx(past[place], abs=1e-12)


def test_nothing_said_leaves_the_priors():
    found = infer((), {"a": (voice("x", 0.5, 0.5),)}, 0.5, PACE)
    assert found.held == 0.5
    assert found.at("a") == pytest.approx(0.15)


def test_old_word_fades_to_the_prior_and_one_half_life_is_one_half_life():
    fresh, old, ancient = (
        infer((), {"a": (voice("x", age=age),)}, 0.999999, PACE).at("a") for age in (0, 8, 400)
    )
    assert fresh > old > ancient == pytest.approx(PACE.prior, abs=1e-5)
    # Seen for certain, with no coming back: half of them are still there after a half-life.
    gone = replace(PACE, prior=1e-9)
    assert gone.after(4, 1.0) == pytest.approx(0.5)


def test_an_undated_claim_speaks_of_now_half_of_the_time():
    dated, undated = (infer((), {"a": (voice("x", age=age),)}, 0.5, PACE) for age in (0.0, None))
    assert undated.held == pytest.approx(dated.held)
    given = dated.at("a") / dated.held
    assert undated.at("a") / undated.held == pytest.approx((given + PACE.prior) / 2)


def test_a_place_is_never_likelier_than_the_country():
    doubt = tuple(voice(f"no{i}", 0.1, 0.9) for i in range(4))
    found = infer(doubt, {"a": (voice("x", 0.99, 0.01),)}, 0.5, PACE)
    assert found.at("a") < found.held < 0.05


def test_of_one_source_one_voice_speaks_for_the_country():
    """Ten towns named by one account: one witness for the country, ten for the towns."""
    one = infer((), {"p0": (voice("c0", source="s"),)}, 0.5, PACE)
    ten = {f"p{i}": (voice(f"c{i}", source="s"),) for i in range(10)}
    found = infer((), ten, 0.5, PACE)
    assert found.held == pytest.approx(one.held)
    assert found.at("p7") == pytest.approx(one.at("p0"))
    assert len(found.voices) == 1


def test_who_looks_twice_is_two_witnesses_and_who_tells_twice_is_one():
    def at(*ages, looks):
        voices = (voice(f"x{i}", age=a, source="s", looks=looks) for i, a in enumerate(ages))
        return infer((), {"a": tuple(voices)}, 0.99, PACE).at("a")

    assert at(0.1, 0.2, looks=False) == at(0.1, looks=False)
    assert at(0.1, 0.2, looks=True) > at(0.1, looks=True)
    assert at(0.1, 0.1, looks=True) == at(0.1, looks=True)


def test_a_source_that_says_yes_here_and_no_there_has_said_both_of_the_country():
    yes, no = voice("yes", source="s"), voice("no", 0.1, 0.9, source="s")
    both = infer((), {"a": (yes,), "b": (no,)}, 0.5, PACE).held
    two = infer((), {"a": (yes,), "b": (replace(no, source="t"),)}, 0.5, PACE).held
    assert both == two < infer((), {"a": (yes,)}, 0.5, PACE).held


def test_a_lead_that_is_silenced_at_its_own_place_leaves_the_lead_to_another():
    """One source denies the base, and guesses at the camp; its guess at the base is not heard."""
    denial, guess = voice("n", 0.2, 0.6, source="s"), voice("y2", 0.5, 0.4, age=1.0, source="s")
    other, unheard = voice("z"), voice("y", 0.5, 0.4, source="s")
    without = infer((), {"base": (denial,), "camp": (guess, other)}, 0.5, PACE)
    found = infer((), {"base": (denial, unheard), "camp": (guess, other)}, 0.5, PACE)
    assert found.held == without.held
    assert found.voices == without.voices


RATES = ((0.6, 0.2), (0.5, 0.4), (0.9, 0.1), (0.2, 0.6), (0.1, 0.9))
spoken = st.lists(
    st.tuples(
        st.sampled_from(["country", "a", "b"]), st.sampled_from("stu"), st.sampled_from(RATES),
        st.sampled_from([0.0, 3.0, None]), st.booleans(),
    ),
    max_size=7,
)  # fmt: skip


def by_all(said, new=()):
    voices = [
        (place, voice(f"v{i}", *rates, age, source, looks))
        for i, (place, source, rates, age, looks) in enumerate((*said, *new))
    ]
    places = {p: tuple(v for at, v in voices if at == p) for p, _ in voices if p != "country"}
    return infer([v for at, v in voices if at == "country"], places, 0.5, PACE)


@settings(max_examples=200, deadline=None)
@given(
    said=spoken, place=st.sampled_from(["country", "a", "b"]), source=st.sampled_from("stuv"),
    rates=st.sampled_from(RATES[:3]), age=st.sampled_from([0.0, 3.0, None]),
)  # fmt: skip
def test_evidence_for_it_never_lowers_the_odds(said, place, source, rates, age):
    """Except where it takes the lead of its own source from an earlier voice for it."""
    earlier = [r for _, by, r, *_ in said if by == source and r[0] > r[1]]
    assume(not earlier)
    new = (place, source, rates, age, False)
    assert by_all(said, [new]).held >= by_all(said).held - 1e-12


@settings(max_examples=100, deadline=None)
@given(said=spoken)
def test_the_bits_that_are_printed_are_those_that_entered(said):
    places = [p for p, *_ in said if p != "country"]
    assume(len(places) == len(set(places)))
    found = by_all(said)
    odds = 2.0 ** math.fsum(bits for _, bits in found.voices)
    assert found.held == pytest.approx(odds / (1 + odds), abs=1e-12)
