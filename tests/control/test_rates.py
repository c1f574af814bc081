"""Rates of transfers: against Lomax of scipy, recovered where they are known, and foretold."""

from datetime import date

import numpy as np
import pytest
from scipy.stats import lomax

from makers import moment
from shieldwall.case.records import Moment
from shieldwall.case.shipped import shipped_text
from shieldwall.control import transfers as module
from shieldwall.control.rates import (
    CONSTANT,
    MEANS,
    SHAPES,
    draw_rates,
    drawn,
    foretold,
    learnt,
    posterior,
    probability,
)
from shieldwall.control.transfers import SPANS, HistoricTransfer, Milestone, Span, spans, transfers
from shieldwall.draws import stream
from shieldwall.errors import CatalogueError


def simulated(seed, count, mean, shape):
    """Spans of transfers with Gamma rates: a third exact to a month, a third wide, a third open."""
    rng = np.random.default_rng(seed)
    found = []
    for n in range(count):
        rate = rng.gamma(shape, mean / shape)
        took = rng.exponential(1 / rate)
        kind = rng.integers(3)
        if kind == 0:
            low = float(np.floor(took * 12) / 12)
            found.append(Span(f"t{n}", low, low + 1 / 12))
        elif kind == 1:
            low = float(np.floor(took * 2) / 2)
            found.append(Span(f"t{n}", low, low + 0.5))
        else:
            until = float(rng.exponential(2 / mean))
            low = min(until, took)
            found.append(Span(f"t{n}", low, None if took > until else low + 1 / 52))
    return tuple(found)


@pytest.mark.parametrize("span", [Span("t", 0.0, 1.0), Span("t", 0.4, 0.5), Span("t", 2.0, None)])
def test_likelihood_of_intervals_is_that_of_lomax(span):
    """scipy.stats.lomax(c=s, scale=s / m)."""
    mean, shape = MEANS[::7, None], SHAPES[None, ::5]
    law = lomax(c=shape, scale=shape / mean)
    above = law.sf(span.low)
    expected = above if span.high is None else above - law.sf(span.high)
    assert np.abs(probability(span, mean, shape) - expected).max() < 1e-12


@pytest.mark.parametrize(("mean", "shape"), [(0.5, 0.8), (0.5, 20.0), (4.0, 2.0)])
def test_a_known_rate_and_spread_are_recovered(mean, shape):
    odds = posterior(simulated(3, 600, mean, shape))
    assert odds.sum() == pytest.approx(1)
    by_mean = np.cumsum(odds.sum(axis=1))
    low, high = (MEANS[min(np.searchsorted(by_mean, q), len(MEANS) - 1)] for q in (0.005, 0.995))
    assert low / 1.05 <= mean <= high * 1.05
    assert high / low < 3
    by_shape = np.cumsum(odds.sum(axis=0))
    low, high = (SHAPES[min(np.searchsorted(by_shape, q), len(SHAPES) - 1)] for q in (0.005, 0.995))
    assert low / 1.13 <= shape <= high * 1.13, "a step of the grid is 1.125"


def test_intervals_of_the_posterior_hold_the_truth_as_often_as_they_say():
    """90 % intervals of the mean over 60 simulated histories of a dozen transfers."""
    rng, inside = np.random.default_rng(5), 0
    for n in range(60):
        mean, shape = rng.choice(MEANS[30:90]), rng.choice(SHAPES)
        odds = posterior(simulated(100 + n, 12, mean, shape))
        sums = np.cumsum(odds.sum(axis=1))
        at = int(np.searchsorted(MEANS, mean))
        inside += bool(sums[at] >= 0.05 and sums[at] - odds.sum(axis=1)[at] <= 0.95)
    assert inside >= 46, "binomial(60, .9) is below with chance 4e-4"
    assert inside < 60


def test_open_spans_are_not_thrown_away():
    shown = tuple(Span(f"t{n}", 0.9, 1.1) for n in range(6))
    waiting = tuple(Span(f"w{n}", 10.0, None) for n in range(6))
    means = [posterior(s).sum(axis=1) @ np.log(MEANS) for s in (shown, (*shown, *waiting))]
    assert means[1] < means[0] - 0.5


def test_nothing_known_is_the_even_grid():
    assert np.allclose(posterior(()), 1 / (len(MEANS) * len(SHAPES)))
    assert foretold(()) == 0.0


def test_foretold_is_better_than_one_rate_where_transfers_differ():
    many = [simulated(seed, 60, 1.0, 0.5) for seed in range(4)]
    gains = [foretold(s) - foretold(s, CONSTANT) for s in many]
    assert np.mean(gains) > 0.15
    assert min(gains) > 0


def test_foretold_is_about_equal_where_they_are_alike():
    many = [simulated(seed, 60, 1.0, 1e6) for seed in range(4)]
    gains = [foretold(s) - foretold(s, CONSTANT) for s in many]
    assert np.abs(gains).max() < 0.05


def test_foretold_leaves_the_transfer_out_that_it_foretells():
    """By hand: of three, each from the posterior of the other two."""
    given = (Span("a", 0.5, 1.0), Span("b", 3.0, None), Span("c", 0.0, 0.2))
    logs = []
    for n, left in enumerate(given):
        odds = posterior(given[:n] + given[n + 1 :])
        logs.append(np.log2((odds * probability(left, MEANS[:, None], SHAPES[None])).sum()))
    assert foretold(given) == pytest.approx(np.mean(logs), abs=1e-12)


def test_drawn_rates_have_the_posterior_mean_and_spread():
    odds = posterior(simulated(1, 40, 0.7, 3.0))
    rates = draw_rates(odds, np.random.default_rng(0), 100_000)
    mean = float(odds.sum(axis=1) @ MEANS)
    square = float((odds * MEANS[:, None] ** 2 * (1 + 1 / SHAPES[None])).sum())
    error = rates.std() / np.sqrt(len(rates))
    assert rates.mean() == pytest.approx(mean, abs=4 * error)
    assert rates.std() == pytest.approx(np.sqrt(square - mean**2), rel=0.05)


TODAY = date(2025, 12, 31)


def test_every_system_has_rates_of_its_own_and_keeps_them():
    one, again, other = (drawn(7, s, "Nowhere", TODAY, 64) for s in ("sam", "sam", "gun"))
    for rate in SPANS:
        assert (one[rate] == again[rate]).all()
        assert (one[rate] != other[rate]).any()
    odds = posterior(spans("hand", "Nowhere", TODAY))
    assert (draw_rates(odds, stream(7, "control hand sam"), 64) == one["hand"]).all()


def milestone(text, kind="on"):
    return Milestone(Moment(text, moment(text).start, "day"), kind, "", "", None, "V")


def history(first_by="joint", host="There", **milestones):
    return HistoricTransfer("t", "SAM", "Maker", host, first_by, milestones, "")


@pytest.fixture
def told(monkeypatch):
    """Spans of hand-made histories instead of the published ones."""

    def of(rate, *histories, host=None, as_of=None):
        monkeypatch.setattr(module, "transfers", lambda: histories)
        return spans(rate, host, as_of)

    return of


DAY = 1 / 365.25
DELIVERED = milestone("2000-01-01")


def test_a_span_between_two_days_is_known_to_two_days(told):
    (span,) = told("enter", history(delivered=DELIVERED, operational=milestone("2001-01-01")))
    assert span.low == pytest.approx(365 * DAY)
    assert span.high == pytest.approx(367 * DAY)


def test_by_is_any_time_until_then(told):
    (span,) = told("enter", history(delivered=DELIVERED, operational=milestone("2001-01-01", "by")))
    assert span.low == 0.0
    assert span.high == pytest.approx(367 * DAY)


def test_not_by_is_open_above(told):
    late = milestone("2001-01-01", "not by")
    (span,) = told("enter", history(delivered=DELIVERED, operational=late))
    assert span.low == pytest.approx(365 * DAY)
    assert span.high is None


def test_a_beginning_at_an_unknown_time_before_leaves_it_open_above(told):
    begun = history(delivered=milestone("2000-01-01", "by"), operational=milestone("2001-01-01"))
    (span,) = told("enter", begun)
    assert span == Span("t", pytest.approx(365 * DAY), None)


def test_what_tells_nothing_is_left_out(told):
    assert told("enter", history(delivered=DELIVERED)) == ()
    assert told("join", history(delivered=DELIVERED, operational=DELIVERED)) == ()
    assert told("hand", history(operational=milestone("2001-01-01", "not by"), delivered=DELIVERED,
                                host_operates=milestone("2002-01-01"))) == ()  # fmt: skip
    both_by = history(
        delivered=milestone("2000-01-01", "by"), operational=milestone("2001-01-01", "by")
    )
    assert told("enter", both_by) == ()


@pytest.mark.parametrize(
    ("first", "many"), [("supplier", 1), ("contractors", 1), ("joint", 0), ("host", 0), (None, 0)]
)
def test_handing_over_is_only_where_the_supplier_took_part(told, first, many):
    given = history(first, delivered=DELIVERED, operational=milestone("2000-06-01"),
                    host_operates=milestone("2001-06-01"))  # fmt: skip
    assert len(told("hand", given)) == many


def test_who_began_alone_had_nobody_to_be_free_of(told):
    alone = {"delivered": DELIVERED, "host_operates": milestone("2001-01-01"),
             "independent": milestone("2001-01-01")}  # fmt: skip
    assert told("free", history("host", **alone)) == ()
    assert len(told("free", history("joint", **alone))) == 1


def test_the_host_itself_is_left_out(told):
    given = history(host="Here", delivered=DELIVERED, operational=milestone("2001-01-01"))
    assert told("enter", given, host="here") == ()
    assert len(told("enter", given, host="There")) == 1
    assert len(told("enter", given)) == 1


def test_the_published_table_leaves_out_its_own_hosts():
    for transfer in transfers():
        for rate in SPANS:
            others = {s.transfer for s in spans(rate, transfer.host.upper())}
            assert transfer.id not in others
            every = {t.id for t in transfers() if t.host != transfer.host}
            assert others == {s.transfer for s in spans(rate)} & every


def test_on_an_earlier_day_a_later_milestone_was_not_known(told):
    given = history("supplier", delivered=DELIVERED, operational=milestone("2004-01-01"))
    (whole,) = told("enter", given)
    (then,) = told("enter", given, as_of=date(2002, 1, 1))
    assert whole.high == pytest.approx(4, abs=0.02)
    assert then.high is None
    assert then.low == pytest.approx(2, abs=0.02), "it was waited for until that day"
    assert told("enter", given, as_of=date(1999, 1, 1)) == ()


def test_the_published_table_grows_with_the_day():
    for rate in SPANS:
        days = [date(y, 1, 1) for y in (1950, 1990, 2019, 2026)]
        many = [len(spans(rate, None, day)) for day in days]
        assert many == sorted(many)
        assert many[0] == 0
        assert many[-1] == len(spans(rate))


def test_published_spans_are_in_order_and_learnt_bands_too():
    for rate in SPANS:
        found = learnt(rate)
        assert len(found.spans) >= 5
        assert all(s.high is None or 0 <= s.low < s.high for s in found.spans)
        assert 0 < found.band.low < found.band.middle < found.band.high


@pytest.mark.parametrize("when", ["", 'date = "2000"\nby = "2001"\n'])
def test_a_milestone_has_one_date(when):
    text = """\
        [[transfer]]
        id = "t"
        system = "SAM"
        supplier = "Maker"
        host = "Host"
        note = "None."
        [transfer.delivered]
        how = "told"
        source = "press"
        evidence = "V"
        """
    with pytest.raises(CatalogueError, match=r"t\.toml:7: .*one of date, by, not_by"):
        module.read_transfers(shipped_text("t.toml", text + when))
