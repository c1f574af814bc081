"""Sobol indices of groups of unknowns, where it is known which of them varies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from raid_cases import Sam, Setup, command, world
from shieldwall.raid.decomposition import sobol
from shieldwall.raid.scene import GROUPS
from shieldwall.raid.variants import Variant

EACH = 64
BASE = Setup(
    sams=(Sam(kill=0.5),), groups=({"number": 30},), doctrines=({"system": "sam", "looks": 1},),
    draws=256,
)  # fmt: skip
ALONE = {
    "kill": {"kill_in_the_field": (0.0, 0.5, 1.0)},
    "operators": {"crew_success_drilled": (0.0, 0.5, 1.0)},
    "network": {"function_works": (0.0, 0.5, 1.0)},
}
"""Group -> the only assumption that is not a single value."""


@pytest.mark.parametrize("group", ALONE)
def test_what_alone_varies_makes_all_the_variance(tmp_path: Path, group: str) -> None:
    power = {**command(), "id": "grid", "kind": "power", "serves": ["sam"]}
    functions = (power,) if group == "network" else ()
    found = world(tmp_path, replace(BASE, assumed=ALONE[group], functions=functions))
    # The odd .001 in which a unit set to be there is not makes no draw of so few.
    assert found.rows.size >= 254
    indices, luck = sobol(found.scene, Variant(units={"sam": {"present": 1}}), EACH, 1)
    assert [s.group for s in indices] == list(GROUPS)
    for index in indices:
        if index.group == group:  # of 128 pairs: the variance itself is known to some tenth
            assert index.first.value == pytest.approx(1.0, abs=0.25)
            assert index.total.value == pytest.approx(1.0, abs=0.25)
        else:
            assert (index.first.value, index.total.value) == (0.0, 0.0), index.group
        assert index.first.low <= index.first.value <= index.first.high
    assert 0 < luck < 1


def test_two_groups_that_add_up_share_the_variance(tmp_path: Path) -> None:
    """Success of crews and claims that hold multiply: each has a part, totals hold the rest."""
    assumed = {**ALONE["kill"], **ALONE["operators"]}
    found = world(tmp_path, replace(BASE, assumed=assumed))
    indices, _ = sobol(found.scene, Variant(units={"sam": {"present": 1}}), EACH, 1)
    by = {s.group: s for s in indices}
    for group in ("kill", "operators"):
        assert 0.2 < by[group].first.value < 0.7
        assert by[group].total.value > by[group].first.value - 0.1
    rest = [by[g].total.value for g in GROUPS if g not in ("kill", "operators")]
    assert max(rest) < 0.05


def test_where_nothing_varies_every_index_is_nothing(tmp_path: Path) -> None:
    """Nothing through in any draw: there is no variance to share out, nor luck."""
    found = world(tmp_path, replace(BASE, sams=(Sam(kill=1.0),), draws=32))
    indices, luck = sobol(found.scene, Variant(units={"sam": {"present": 1}}), EACH, 1)
    assert luck == 0.0
    for index in indices:
        assert (index.first.value, index.total.value) == (0.0, 0.0)


def test_luck_is_all_where_draws_are_alike(tmp_path: Path) -> None:
    found = world(tmp_path, replace(BASE, draws=64))
    _, luck = sobol(found.scene, Variant(units={"sam": {"present": 1}}), EACH, 1)
    assert luck > 0.97


def test_workers_change_nothing(tmp_path: Path) -> None:
    found = world(tmp_path, replace(BASE, assumed=ALONE["kill"], draws=32))
    assert sobol(found.scene, Variant(), 16, 1) == sobol(found.scene, Variant(), 16, 3)
