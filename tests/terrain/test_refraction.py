"""k from ITU-R P.453, and what happens without it or in ducting air."""

from types import SimpleNamespace

import pytest

from shieldwall.errors import TerrainError
from shieldwall.terrain import coarse, refraction


@pytest.mark.parametrize(
    ("lat", "lon", "median", "drop_m"),
    [(10.5, -66.9, 1.54, 2_039), (55.75, 37.6, 1.29, 2_434)],
)
def test_medians_at_caracas_and_moscow(lat, lon, median, drop_m):
    """validation.md, refraction; the drop of the smooth Earth at 200 km is d² / (2 k R)."""
    band = refraction(lat, lon)
    assert band.likely == pytest.approx(median, abs=0.005)
    assert band.low < band.likely < band.high
    assert 200_000**2 / (2 * band.likely * 6_371_000) == pytest.approx(drop_m, rel=0.005)


def gradients(monkeypatch, **by_percent):
    table = {float(key[1:]): value for key, value in by_percent.items()}
    fake = SimpleNamespace(DN1=lambda lat, lon, percent: table[percent])
    monkeypatch.setattr(coarse, "model", lambda name: fake)
    monkeypatch.setattr(coarse, "installed", lambda: True)


def test_ducting_is_clipped_and_said(monkeypatch):
    gradients(monkeypatch, p90=-40.0, p50=-157.0, p10=-300.0)
    band = refraction(25.0, 55.0)
    assert (band.likely, band.high) == (4.0, 4.0)
    assert band.low == pytest.approx(157 / 117)
    assert "clipped" in band.words


def test_ordinary_air_is_not_clipped(monkeypatch):
    gradients(monkeypatch, p90=-30.0, p50=-39.25, p10=-60.0)
    band = refraction(50.0, 10.0)
    assert band.likely == pytest.approx(4 / 3)
    assert "clipped" not in band.words


def test_without_the_extra_the_standard_band_shown_as_such(monkeypatch):
    monkeypatch.setattr(coarse, "installed", lambda: False)
    band = refraction(10.5, -66.9)
    assert band.source == "standard"
    assert (band.low, band.likely, band.high) == (1.2, pytest.approx(4 / 3), 1.7)
    assert "not installed" in band.words


def test_a_place_that_is_none_is_refused():
    with pytest.raises(TerrainError, match="not a place"):
        refraction(99.0, 0.0)
