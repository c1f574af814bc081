"""The ensemble: one seed, joint over sites, inside every band and precision."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import makers
from shieldwall.case.records import Deployment, Holding
from shieldwall.draws import log_triangle, strata, stream, triangle
from shieldwall.geodesy import distance_m
from shieldwall.network.bands import present_within_total
from shieldwall.network.draw import draw_ensemble
from weighing import fused as order_of_battle

K_BAND = (1.3, 1.33, 1.4)


def drawn(case, catalogue=None, draws=None):
    catalogue = catalogue or makers.catalogue()
    return draw_ensemble(case, catalogue, order_of_battle(case, catalogue), K_BAND, draws)


def two_sites(**fields):
    places = (makers.place(), makers.place("camp", lat=10.5))
    claims = (makers.claim("one"), makers.claim("two", place="camp"))
    return makers.case(places=places, claims=claims, **fields)


def holding(low, likely, high, unit="launchers"):
    return Holding("sam", unit, makers.band(low, likely, high), "V", "register", "", "case.toml:1")


def test_same_seed_same_draws_and_another_seed_others():
    one, same, other = drawn(two_sites()), drawn(two_sites()), drawn(two_sites(seed=8))
    assert np.array_equal(one.lat, same.lat)
    assert np.array_equal(one.present, same.present)
    assert not np.array_equal(one.lat, other.lat)


def test_another_system_leaves_the_draws_of_the_first():
    gun = makers.claim("two", system="gun", place="camp")
    case = replace(two_sites(), claims=(makers.claim("one"), gun))
    one = drawn(makers.case())
    two = drawn(case, makers.catalogue(makers.system(), makers.system("gun")))
    column = [u.id for u in two.units].index("sam@base")
    for field in ("lat", "present", "serviceable", "launchers"):
        assert np.array_equal(getattr(one, field)[:, 0], getattr(two, field)[:, column])


def test_launchers_over_all_sites_never_exceed_the_holding():
    ensemble = drawn(two_sites(holdings=(holding(4, 5, 8),)), draws=512)
    assert (ensemble.launchers.sum(axis=1) <= ensemble.holdings["sam"]).all()
    assert ensemble.present.all(axis=1).any()


def test_batteries_count_their_launchers():
    ensemble = drawn(two_sites(holdings=(holding(1, 1, 1, "batteries"),)), draws=128)
    assert set(ensemble.holdings["sam"]) == {4}
    assert not ensemble.present.all(axis=1).any()


def test_without_a_holding_presence_follows_the_odds():
    case = makers.case()
    ensemble = drawn(case, draws=4000)
    odds = order_of_battle(case, makers.catalogue()).units[0].presence
    assert ensemble.present.mean() == pytest.approx(odds, abs=0.02)


def test_emplacements_stay_inside_the_published_precision_and_fill_it():
    ensemble = drawn(makers.case(), draws=256)
    metres = [
        distance_m(10.0, -66.0, lat, lon)
        for lat, lon in zip(ensemble.lat[:, 0], ensemble.lon[:, 0], strict=True)
    ]
    assert max(metres) <= 1_000.0
    assert np.mean(np.array(metres) < 1_000 / np.sqrt(2)) == pytest.approx(0.5, abs=0.02)


def test_launchers_and_availability_follow_their_posteriors():
    seen = makers.claim("one", count=makers.count(3))
    fifth = makers.claim("share", about="serviceability", count=makers.count(0.2, "share"))
    case = makers.case(claims=(seen, fifth))
    odds = order_of_battle(case, makers.catalogue()).units[0]
    ensemble = drawn(case, draws=8000)
    there = ensemble.launchers[ensemble.present[:, 0], 0]
    shares = [np.mean(there == n) for n in odds.launchers.values]
    assert shares == pytest.approx(odds.launchers.weights, abs=0.02)
    assert ensemble.serviceable.mean() == pytest.approx(odds.serviceable.mean, abs=0.02)


def test_an_absent_unit_has_no_launchers():
    ensemble = drawn(two_sites(), draws=256)
    assert (ensemble.launchers[~ensemble.present] == 0).all()
    assert (ensemble.launchers[ensemble.present] > 0).all()
    assert not (ensemble.in_service & ~ensemble.present).any()


def test_figures_stay_in_their_bands_and_in_si():
    wide = makers.figure("sam.range_max", 30, 40, 45)
    one = makers.system()
    system = replace(one, interceptors=(replace(one.interceptors[0], range_max=wide),))
    metres = drawn(makers.case(), makers.catalogue(system)).figures["sam.range_max"]
    assert metres.min() >= 30_000
    assert metres.max() <= 45_000
    assert metres.std() > 1_000


def test_a_roof_raises_the_base_within_its_band_and_the_antenna_stands_on_it():
    roof = makers.place(height_m=makers.band(20, 30, 45))
    ensemble = drawn(makers.case(places=(roof,)))
    assert ensemble.base_m.min() >= 20
    assert ensemble.base_m.max() <= 45
    assert np.allclose(ensemble.antenna_m, 10.0)


def test_each_published_guidance_radar_is_drawn_equally_often():
    one = makers.system()
    tall = replace(
        one.radars[0], id="tall", antenna_height=makers.figure("sam.tall", 24, 24, 24, "m")
    )
    ensemble = drawn(makers.case(), makers.catalogue(replace(one, radars=(one.radars[0], tall))))
    assert np.bincount(ensemble.guidance[:, 0]).tolist() == [32, 32]
    assert set(np.unique(ensemble.antenna_m)) == {10.0, 24.0}


def test_teams_are_the_fielded_share_of_the_holding():
    area = makers.place("area", lat=None, lon=None, precision_m=None, polygon=makers.BOX)
    deployment = Deployment("teams", "sam", "area", makers.band(0.1, 0.1, 0.1), "test", "case.toml")
    case = makers.case(
        places=(makers.place(), area),
        holdings=(holding(1000, 1000, 1000),),
        deployments=(deployment,),
    )
    ensemble = drawn(case)
    assert ensemble.units[-1].kind == "density"
    present = ensemble.present[:, -1]
    assert set(ensemble.launchers[present, -1]) == {100}
    assert present.mean() > 0.95
    lon, lat = np.array(makers.BOX).T
    assert ensemble.lat[:, -1].min() >= lat.min()
    assert ensemble.lon[:, -1].max() <= lon.max()


def test_presence_given_a_total_matches_enumeration():
    """Chen, Dempster and Liu (1994): conditional Bernoulli, here with unequal sizes."""
    odds, sizes, total = np.array([0.8, 0.6, 0.3]), np.array([2, 3, 4]), 5
    patterns = [np.array([i >> b & 1 for b in range(3)], dtype=bool) for i in range(8)]
    weight = np.array([
        np.prod(np.where(p, odds, 1 - odds)) * (sizes[p].sum() <= total) for p in patterns
    ])  # fmt: skip
    exact = sum(w * p for w, p in zip(weight / weight.sum(), patterns, strict=True))
    rng = np.random.default_rng(1)
    drawn_ = [present_within_total(rng.random(3), odds, sizes, total) for _ in range(20_000)]
    assert np.mean(drawn_, axis=0) == pytest.approx(exact, abs=0.015)
    assert max(sizes[d].sum() for d in drawn_) <= total


@given(
    low=st.floats(0.1, 10), middle=st.floats(0, 1), width=st.floats(0, 10), seed=st.integers(0, 999)
)
def test_triangles_stay_inside_and_grow_with_their_uniform(low, middle, width, seed):
    likely, high = low + middle * width, low + width
    uniform = np.sort(strata(stream(seed, "x"), 50))
    for shape in (triangle, log_triangle):
        values = shape(uniform, low, likely, high)
        assert values.min() >= low * (1 - 1e-9)
        assert values.max() <= high * (1 + 1e-9)
        assert (np.diff(values) >= -1e-9).all()


def test_strata_cover_every_slice_once():
    uniform = strata(stream(3, "x"), 200)
    assert sorted((uniform * 200).astype(int)) == list(range(200))
