"""What was read from an image has a leaf and a trail, as any claim of the case."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from shieldwall.assess import assess
from shieldwall.provenance import Ledger
from shieldwall.report.explain import lines, trail_of

CASE = Path(__file__).parents[2] / "cases" / "moscow-2023"
SEEN, UNSEEN = "look-1-pantsir-launchers", "look-2-pantsir-launchers"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """Of Moscow with two images: one shows launchers, one does not."""
    folder = tmp_path_factory.mktemp("looks") / "moscow-2023"
    shutil.copytree(CASE, folder)
    (folder / "imagery").mkdir(exist_ok=True)
    usual = {"source": "telegram-mod", "place": "moscow-region", "published": "2023-01-15",
             "credibility": 2, "resolution_m": 0.3, "cloud_percent": 0}  # fmt: skip
    thing = {"what": "launchers", "system": "pantsir"}
    looks = (
        ("look-1", {"acquired": "2023-01-10", "seen": [
            thing | {"likely": 2},
            {"what": "footprint", "system": "pantsir", "statement": "A new revetment."},
        ]}),
        ("look-2", {"acquired": "2023-01-12", "not_seen": [thing]}),
    )  # fmt: skip
    features = [
        {"type": "Feature", "id": id, "geometry": None, "properties": usual | more}
        for id, more in looks
    ]
    collection = {"type": "FeatureCollection", "features": features}
    (folder / "imagery" / "looks.json").write_text(json.dumps(collection))
    return assess(folder, draws=4).ledger


def test_a_reading_is_a_leaf_with_its_file(ledger: Ledger) -> None:
    told = lines(trail_of(ledger, f"weight.{SEEN}"))
    assert "not in the ledger" not in told
    assert "Seen: 2 pantsir launchers." in told
    assert "imagery/looks.json" in told


def test_what_stands_on_one_image_is_told_as_its_relay(ledger: Ledger) -> None:
    assert ", relaying " in ledger.leaves["claim:look-1-pantsir-footprint"].source


def test_a_label_names_who_read_it_and_not_its_id(ledger: Ledger) -> None:
    assert SEEN not in ledger.quantities[f"weight.{SEEN}"].label


def test_readings_rest_on_what_makes_them_readings_and_vain_looks_on_what_would_show(
    ledger: Ledger,
) -> None:
    seen, unseen = (set(ledger.quantities[f"weight.{id}"].inputs) for id in (SEEN, UNSEEN))
    assert "assumption:image_recycled" in seen & unseen
    assert "assumption:image_open_share" in unseen - seen
