"""Looks that saw nothing, through gathering and the order of battle."""

import json
import shutil
from pathlib import Path

import pytest

from shieldwall.case.load import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.gather import gather
from shieldwall.orbat import fuse

CASE = Path(__file__).parents[2] / "cases" / "venezuela-2025"


def look(day, **more):
    usual = {
        "source": "isi", "acquired": f"2025-12-{day:02d}", "place": "capitan-manuel-rios",
        "credibility": 2, "resolution_m": 0.3, "cloud_percent": 0,
        "not_seen": [{"what": "launchers", "system": "s300vm"}],
    }  # fmt: skip
    return {"type": "Feature", "id": f"look-{day}", "geometry": None, "properties": usual | more}


@pytest.fixture
def presence(tmp_path):
    """How likely the S-300VM is at the base, with these looks added."""

    def at_the_base(*looks):
        folder = tmp_path / f"case-{len(list(tmp_path.iterdir()))}"
        shutil.copytree(CASE, folder)
        (folder / "imagery").mkdir(exist_ok=True)
        collection = {"type": "FeatureCollection", "features": list(looks)}
        (folder / "imagery" / "looks.json").write_text(json.dumps(collection))
        case = load_case(folder)
        fused = fuse.order_of_battle(case, load_catalogue(), gather(case))
        return {u.id: u.presence for u in fused.units}["s300vm@capitan-manuel-rios"]

    return at_the_base


def test_a_look_that_saw_nothing_counts_against_as_far_as_it_would_have_seen(presence):
    before = presence()
    assert presence(look(1)) < before - 0.1
    coarse = presence(look(1, resolution_m=10))
    assert coarse == pytest.approx(before, abs=0.01)
    assert presence(look(1, resolution_m=None)) == pytest.approx(before, abs=1e-6)


def test_six_looks_of_one_month_say_little_more_than_one(presence):
    one = presence(look(1))
    six = presence(*(look(day) for day in (1, 5, 9, 13, 17, 21)))
    assert six <= one
    assert one - six < 0.05


def test_a_recycled_picture_changes_nothing(presence):
    assert presence(look(1, recycled=True)) == pytest.approx(presence(), abs=1e-12)


@pytest.mark.parametrize(
    "other",
    [
        {"published": "2026-03-01"},
        {"published": "2026-03-01", "image": "one image"},
        {"credibility": 6},
    ],
    ids=["published later", "published later, the same image", "cannot be judged"],
)
def test_a_look_that_says_nothing_takes_nothing_from_another(presence, other):
    alone = presence(look(10, published="2025-12-11", image="one image"))
    beside = presence(look(10, published="2025-12-11", image="one image"), look(5, **other))
    # Another claim shifts how rare words are, and so faint edges elsewhere, in the tenth digit.
    assert beside == pytest.approx(alone, abs=1e-9)
