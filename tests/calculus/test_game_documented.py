"""docs/calculus.md says what the shipped games come to, on what was kept of the other rooms."""

from __future__ import annotations

import numpy as np
import pytest

from shieldwall.raid.records import CREW_STATES, NETWORKS, fate_key
from tools.calculus_tables import CASES, PAGE, page, played, rooms


def test_the_page_says_what_the_games_come_to() -> None:
    text = PAGE.read_text("utf-8")
    assert page(text) == text, "run: python tools/calculus_tables.py"


@pytest.mark.parametrize("name", CASES)
def test_what_was_kept_has_every_state(name: str) -> None:
    _, fought = rooms(name)
    for raid in fought.raids:
        assert set(raid.fates) == {fate_key(n, c) for n in NETWORKS for c in CREW_STATES}
        for fate in raid.fates.values():
            assert len(fate.stopped) == len(fate.none_through) == 256
            assert 0.0 <= min(fate.stopped) <= max(fate.stopped) <= 1.0
        # Some systems are joined as drawn and some are not: the mean lies between the two sides.
        apart, drawn, joined = (
            float(np.mean(raid.fates[fate_key(n, "drawn")].stopped))
            for n in ("apart", "drawn", "joined")
        )
        assert apart <= drawn <= joined


@pytest.mark.parametrize("name", CASES)
def test_a_fact_of_control_keeps_the_mean_of_the_room(name: str) -> None:
    """To a point; the shipped posteriors are wide and skew."""
    _, found = played(name)
    control, _ = rooms(name)
    systems = {s.system: s for s in control.systems}
    for fact in found.game.facts:
        if fact.of is not None and fact.of.startswith("control."):
            _, system, part = fact.of.split(".")
            mean = (
                systems[system].at_consoles.middle if part == "at_consoles"
                else float(systems[system].connected.mean[-1, 0])
            )  # fmt: skip
            assert found.facts[fact.id].mean == pytest.approx(mean, abs=0.01)
