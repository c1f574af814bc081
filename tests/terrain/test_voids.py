"""Voids: enclosed by land they are joined from their rims, open to a side they stay missing."""

import numpy as np
import pytest

from shieldwall.terrain.records import TerrainNote, noted_voids
from shieldwall.terrain.voids import fill_enclosed


def plane(rows=20, cols=30):
    return (np.arange(rows)[:, None] * 10.0 + np.arange(cols) * 5.0 + 100).astype(np.float32)


def test_an_enclosed_void_is_joined_from_its_rim():
    """Opposite sides at equal weights give the plane back at the middle of a square void."""
    posts = plane()
    whole = posts.copy()
    posts[8:13, 10:15] = np.nan
    filled = fill_enclosed(posts, 5)
    assert not np.isnan(filled).any()
    assert filled[10, 12] == pytest.approx(whole[10, 12])
    assert np.abs(filled - whole).max() < 30
    assert np.array_equal(filled[~np.isnan(posts)], whole[~np.isnan(posts)])


def test_a_void_that_reaches_an_edge_or_is_too_wide_stays_missing():
    open_sea = plane()
    open_sea[:8] = np.nan
    assert np.isnan(fill_enclosed(open_sea, 5)[:8]).all()
    wide = plane()
    wide[5:15, 5:25] = np.nan
    assert np.isnan(fill_enclosed(wide, 8)[10, 15])


def test_nothing_void_and_all_void_come_back_as_they_are():
    posts = plane()
    assert fill_enclosed(posts, 5) is posts
    nothing = np.full((4, 4), np.nan, np.float32)
    assert fill_enclosed(nothing, 5) is nothing


def test_voids_taken_as_sea_are_said_where_they_matter():
    note = TerrainNote("files", "f", 90.0, "Words.", None, None, True)
    assert noted_voids(note, 0.001) == note
    assert "12\u202f%" in noted_voids(note, 0.12).words
