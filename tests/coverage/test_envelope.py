"""Envelopes: detection scaled by cross-section, what limits what, and what has no figure."""

from dataclasses import replace

import pytest

import makers
from shieldwall.coverage.envelope import envelope, upper_bounds
from shieldwall.network.draw import draw_ensemble
from weighing import fused as order_of_battle


def enveloped(system=None, threat=None):
    case, catalogue = makers.case(), makers.catalogue(system or makers.system())
    if threat is not None:
        catalogue = makers.catalogue(system or makers.system(), threats=(threat,))
    ensemble = draw_ensemble(
        case, catalogue, order_of_battle(case, catalogue), (1.3, 1.33, 1.4), draws=16
    )
    return envelope(ensemble.units[0], case, catalogue, ensemble), case, catalogue, ensemble


def test_detection_of_a_small_target_is_scaled_from_the_reference():
    shape, *_ = enveloped()
    assert shape.sensor_m == pytest.approx(31_622.8, abs=0.1)
    assert shape.ring_m == 40_000


def test_a_large_target_is_limited_by_the_instrumented_range():
    shape, *_ = enveloped(threat=makers.threat(rcs=100.0))
    assert shape.sensor_m == pytest.approx(120_000)


def test_an_optical_system_needs_no_radar():
    shape, *_ = enveloped(replace(makers.system(), optical=True, radars=()))
    assert shape.sensor_m.min() > 1e8
    assert shape.ring_m == 40_000


def test_a_radar_without_reference_does_not_out_see_one_that_has_it():
    one = makers.system()
    acquisition = replace(one.radars[0], id="a", role="acquisition")
    vague = replace(acquisition, id="b", reference_range=None, reference_rcs_m2=None)
    shape, *_ = enveloped(replace(one, radars=(*one.radars, acquisition, vague)))
    assert shape.sensor_m == pytest.approx(31_622.8, abs=0.1)


def test_a_missing_reference_is_an_upper_bound_and_says_so():
    one = makers.system()
    vague = replace(one.radars[0], reference_range=None, reference_rcs_m2=None)
    shape, case, catalogue, ensemble = enveloped(replace(one, radars=(vague,)))
    assert shape.sensor_m == pytest.approx(120_000)
    said = upper_bounds(case, catalogue, ensemble.units)
    assert [a.id for a in said] == ["upper_bound-sam-radar"]
    assert "instrumented" in said[0].statement


def test_an_unknown_cross_section_is_said():
    ghost = replace(makers.threat(), rcs=None)
    shape, case, catalogue, ensemble = enveloped(threat=ghost)
    assert shape.sensor_m == pytest.approx(120_000)
    assert [a.id for a in upper_bounds(case, catalogue, ensemble.units)] == ["rcs-drone"]
