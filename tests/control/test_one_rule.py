"""Control asks the order of battle; it has no copy of its rules, tables or streams."""

import re
from dataclasses import replace
from pathlib import Path

import numpy as np

import makers
import shieldwall
import weighing
from shieldwall.case.records import Assumption
from shieldwall.control.readings import listen
from shieldwall.control.working import Working
from shieldwall.evidence.witness import NOTHING
from shieldwall.network.draw import draw_ensemble
from shieldwall.orbat.fusion import Fusion

ROOT = Path(shieldwall.__file__).parent


def test_an_undated_sign_stands_as_the_order_of_battle_has_it():
    own = Assumption("undated_persistence", "", makers.band(0.8, 0.8, 0.8), "share", "test", "c:1")
    case = makers.case()
    for each, expected in ((case, 0.5), (replace(case, assumptions=(own,)), 0.8)):
        found = weighing.evidence(each)
        assert listen(each, found, {}, 10).undated == expected
        assert Fusion(each, makers.catalogue(), found).assume("undated_persistence") == expected


def test_what_works_now_and_ahead_is_drawn_alike():
    """A draw in which a unit works has the larger share that works in control's draws too."""
    case, catalogue, draws = makers.case(), makers.catalogue(), 512
    found = weighing.evidence(case)
    ahead = Working(Fusion(case, catalogue, found), "sam", NOTHING, draws).ahead(0.0)
    order = weighing.order_of_battle(case, catalogue, found)
    ensemble = draw_ensemble(case, catalogue, order, (1.3, 1.33, 1.4), draws)
    works = ensemble.serviceable[:, 0]
    assert ahead[works].mean() > ahead[~works].mean() + 0.02
    apart = np.random.default_rng(1).permutation(ahead)
    assert abs(apart[works].mean() - apart[~works].mean()) < 0.02


def test_the_name_of_the_stream_is_written_once():
    named = [
        p.name
        for p in ROOT.rglob("*.py")
        if re.search(r"[\"']availability \{", p.read_text("utf-8"))
    ]
    assert named == ["tally.py"]
