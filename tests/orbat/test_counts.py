"""How many: batteries, counts and their words, totals, shares."""

import numpy as np
import pytest

import makers
from shieldwall.orbat.assumptions import DEFAULTS
from shieldwall.orbat.counts import (
    Figure,
    Sizes,
    outside,
    posterior,
    said,
    share,
    total_prior,
    unit_prior,
)
from shieldwall.orbat.fusion import care
from shieldwall.orbat.tally import Tally, made, of_band, whole

ASSUMED = {a.id: a for a in DEFAULTS}
CARE = care(ASSUMED)
SIZES = Sizes(odd=0.1, batteries=4.0, least=12.0)
BATTERY = makers.band(4, 6, 8)


def told(number, bound="exact", tied=0.9, looks=False, claim="one"):
    return Figure(claim, makers.count(number, bound=bound), looks, tied)


def at_base(*figures, cap=None, battery=BATTERY):
    return posterior(*unit_prior(battery, cap, SIZES), figures, CARE)


def test_nothing_counted_is_a_battery_most_of_the_time():
    found = at_base()
    assert found.band == makers.band(3, 6, 8) or found.band.low >= 1
    usual = sum(w for n, w in zip(found.values, found.weights, strict=True) if 4 <= n <= 8)
    assert usual == pytest.approx(0.9, abs=0.05)
    assert sum(found.weights) == pytest.approx(1.0)


def test_a_count_by_hand():
    """Prior even on 5 and 6; five told as seen, tied 0.8: each launcher missed 1 in 10."""
    found = posterior(np.array([5.0, 6.0]), np.array([0.5, 0.5]), [told(5, tied=0.8, looks=True)],
                      CARE)  # fmt: skip
    seen = np.array([0.9**5, 6 * 0.9**5 * 0.1])
    weights = 0.8 * seen + 0.2 * seen.mean()
    assert found.weights == pytest.approx(weights / weights.sum())


def test_who_looks_gives_a_lower_bound_and_who_tells_rounds():
    seen, heard = at_base(told(5, looks=True)), at_base(told(5))
    assert seen.mean > heard.mean
    beyond = dict(zip(seen.values, seen.weights, strict=True))
    assert beyond[6.0] > beyond[4.0]


def test_bound_words():
    least, more = at_base(told(7, "at least")), at_base(told(7, "more than"))
    most, about = at_base(told(4, "at most")), at_base(told(7, "about"))
    assert at_base().mean < least.mean < more.mean
    assert most.mean < at_base().mean
    assert abs(about.mean - 7) < abs(at_base().mean - 7)
    assert at_base(told(7)).weights[6] > about.weights[6]


def test_a_count_that_is_not_tied_says_nothing():
    assert at_base(told(7, tied=0.0)).weights == pytest.approx(at_base().weights)


def test_a_number_beyond_reason_is_taken_for_an_error():
    assert at_base(told(900)).weights == pytest.approx(at_base().weights)


def test_one_vehicle_on_a_roof_is_one_vehicle():
    roof = at_base(told(1, looks=True, tied=0.9), battery=makers.band(3, 6, 6))
    assert roof.band.likely == 1


def test_no_more_stand_anywhere_than_are_held():
    assert at_base(cap=5).values[np.array(at_base(cap=5).weights) > 0].max() == 5


def test_what_is_said_of_a_true_number_adds_up_to_one():
    numbers = np.arange(1.0, 25)
    for bound in ("exact", "about"):
        for looks in (False, True):
            every = [said(makers.count(c, bound=bound), numbers, looks, CARE) for c in range(80)]
            assert np.sum(every, axis=0) == pytest.approx(np.ones(24), abs=0.03)


def test_totals_follow_the_claims_inside_the_published_band():
    band = makers.band(1800, 4000, 5000)
    register = Figure("r", makers.count(4000), False, 0.85)
    boast = Figure("b", makers.count(5000, bound="at least"), False, 0.15)
    values, prior = total_prior(band, [register, boast], CARE)
    assert len(set(prior)) == 1
    found = posterior(values, prior, [register, boast], CARE)
    assert found.low == 1800
    assert found.values[-1] <= 5000
    assert found.quantile(np.array([0.5]))[0] == pytest.approx(4000, rel=0.05)
    _, triangle = total_prior(band, [], CARE)
    assert values[np.argmax(triangle)] == pytest.approx(4000, abs=16)


def test_a_figure_that_is_hardly_tied_hardly_moves_the_total():
    band = makers.band(10, 12, 100)

    def mean(tied, number=12):
        figures = [Figure("x", makers.count(number), False, tied)]
        return posterior(*total_prior(band, figures, CARE), figures, CARE).mean

    bare = posterior(*total_prior(band, [], CARE), [], CARE).mean
    assert mean(0.001) == pytest.approx(bare, abs=0.1)
    assert mean(0.9) < mean(0.1)


@pytest.mark.parametrize(
    ("number", "bound"),
    [(150, "exact"), (400, "exact"), (5000, "exact"), (200, "about"), (150, "at least"),
     (100, "more than"), (9, "at most")],
)  # fmt: skip
def test_a_figure_beyond_the_band_is_taken_for_an_error(number, bound):
    band = makers.band(10, 12, 100)
    figures = [Figure("x", makers.count(number, bound=bound), False, 0.9)]
    values, prior = total_prior(band, figures, CARE)
    assert outside(figures[0], values, prior, CARE)
    bare = posterior(*total_prior(band, [], CARE), [], CARE)
    assert posterior(values, prior, figures, CARE) == bare
    near = Figure("x", makers.count(105, bound="about"), False, 0.9)
    assert not outside(near, values, prior, CARE)


def test_shares_pull_the_default_by_their_tie():
    default, spread = makers.band(0.2, 0.5, 0.9), makers.band(0.5, 1.0, 1.5)
    none = share(default, spread, (), CARE)
    assert none.mean == pytest.approx(0.533, abs=0.01)

    def mean(value, tied, bound="exact"):
        figure = Figure("x", makers.count(value, "share", bound), False, tied)
        return share(default, spread, [figure], CARE).mean

    assert mean(0.3, 0.9) < mean(0.3, 0.4) < none.mean
    assert mean(0.3, 0.0) == pytest.approx(none.mean)
    assert mean(0.4, 0.9, "at most") < mean(0.4, 0.3, "at most") < none.mean
    assert mean(0.6, 0.9, "at least") > none.mean


def test_figures_in_any_order_give_the_same_bits():
    figures = [told(5, claim="a"), told(6, "about", claim="b"), told(4, "at least", claim="c")]
    assert at_base(*figures) == at_base(*figures[::-1])


def test_a_tally_draws_what_it_says():
    tally = Tally(3, (0.2, 0.5, 0.3))
    assert tally.mean == pytest.approx(4.1)
    assert tally.band == makers.band(3, 4, 5)
    drawn = tally.quantile((np.arange(1000) + 0.5) / 1000)
    assert [np.mean(drawn == n) for n in (3, 4, 5)] == pytest.approx([0.2, 0.5, 0.3])
    assert tally.quantile(np.array([0.0, 1.0])).tolist() == [3, 5]


def test_a_band_set_by_hand_is_drawn_from_its_triangle():
    assert of_band(makers.band(7, 7, 7)) == Tally(7, (1.0,))
    tally = of_band(makers.band(2, 4, 6))
    assert tally.values.tolist() == [2, 3, 4, 5, 6]
    assert tally.mean == pytest.approx(4)
    assert of_band(makers.band(0.2, 0.3, 0.4), 0.01).values[-1] == pytest.approx(0.4)


def test_large_numbers_are_told_apart_as_finely_as_anybody_counts():
    values = whole(1800, 5000)
    assert len(values) <= 202
    assert made(values, np.ones_like(values)).step == 16
