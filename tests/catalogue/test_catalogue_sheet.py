"""Sheets and the index: names, marks, conflicts side by side, widths, plain data."""

from __future__ import annotations

import json

import pytest

from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.names import resolve
from shieldwall.catalogue.sheet import index, index_json, sheet, sheet_json
from shieldwall.errors import UsageError

CATALOGUE = load_catalogue()
EVERYTHING = [*CATALOGUE.systems, *CATALOGUE.radars, *CATALOGUE.threats]

NAMES = {
    "SA-23": "s300vm", "Antey-2500": "s300vm", "antey 2500": "s300vm", "9K317E": "bukm2e",
    "Buk-M2": "bukm2e", "SA-22": "pantsir", "Igla-S": "iglas", "sa24": "iglas",
    "Growler": "s400", "Geran-2": "shahed136", "JYL-1": "jyl1", "An-124": "an124",
    "s300vm": "s300vm",
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_any_name_finds_its_sheet(name: str) -> None:
    assert resolve(CATALOGUE, name) == NAMES[name]


@pytest.mark.parametrize(
    ("name", "close"), [("s300", "s300vm"), ("bukm2", "bukm2e"), ("Pantzir", "pantsir")]
)
def test_an_unknown_name_gets_close_ones(name: str, close: str) -> None:
    if name == "bukm2":
        assert resolve(CATALOGUE, name) == close
        return
    with pytest.raises(UsageError, match=close):
        sheet(CATALOGUE, name)


def test_a_name_like_nothing_points_to_the_list() -> None:
    with pytest.raises(UsageError, match="lists what there is"):
        sheet_json(CATALOGUE, "xyzzyxyzzy")
    with pytest.raises(UsageError):
        sheet(CATALOGUE, "--")


def line_of(text: str, start: str) -> str:
    (found,) = [line for line in text.splitlines() if line.strip().startswith(start)]
    return found


def test_a_sheet_shows_bands_units_marks_and_addresses() -> None:
    text = sheet(CATALOGUE, "SA-24", 120)
    row = line_of(text, "Max range")
    assert row.split()[2:] == ["4.8*", "6", "6.6*", "km", "V"]
    assert "default band (brochure range, -20 % / +10 %)" in text
    assert "unverified" in text
    assert "assumption needed (reload_time)" in text
    assert "Seeker: two-band passive IR" in text
    assert "https://en.wikipedia.org/wiki/9K38_Igla" in text


def test_a_sheet_sets_conflicts_side_by_side() -> None:
    text = " ".join(sheet(CATALOGUE, "s300vm", 80).split())
    assert (
        "200 km [APA, RBASE, R1] vs 300 km [CMO1378, V2] (its keeper calls it a guess) vs" in text
    )
    assert "vs 400 km [CMO6636, V2]" in text
    assert "R2/R1/V2" in text
    rejected = " ".join(sheet(CATALOGUE, "NASAMS", 80).split())
    assert "in print: 25 km [WIKI-NAS, R1] set aside: 160 km [NASPL, V] (implausible)" in rejected


@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("id", EVERYTHING)
def test_nothing_but_an_address_runs_over(id: str, width: int) -> None:
    lines = sheet(CATALOGUE, id, width).splitlines()
    over = [line for line in lines if len(line) > width and "://" not in line]
    assert not over
    assert all(line == line.rstrip() for line in lines)


def test_the_index_is_one_line_each_and_layers_in_order() -> None:
    lines = index(CATALOGUE, 80).splitlines()
    assert max(map(len, lines)) <= 80
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert sorted(listed) == sorted(EVERYTHING)
    assert listed[0] == "s400"
    layers = [CATALOGUE.systems[id].layer for id in listed[:17]]
    assert layers == sorted(layers, key=["long", "medium", "short", "point"].index)


@pytest.mark.parametrize("id", EVERYTHING)
def test_plain_data_is_json_and_complete(id: str) -> None:
    data = sheet_json(CATALOGUE, id)
    assert json.loads(json.dumps(data, allow_nan=False)) == json.loads(json.dumps(data))
    for short, figure in data["figures"].items():
        assert figure["id"] == f"{id}.{short}"
        assert figure["unit"]
        assert figure["sources"] or figure["assumption"]
        assert set(figure["sources"]) <= set(data["sources"])


def test_plain_data_of_a_system() -> None:
    data = sheet_json(CATALOGUE, "SA-23")
    assert (data["type"], data["id"], data["layer"]) == ("system", "s300vm", "long")
    assert data["interceptors"][0]["range_max"] == "s300vm.range_max_9m82m"
    assert data["radars"][2]["instrumented"] == "s300vm.instrumented_9s32me"
    figure = data["figures"]["instrumented_9s32me"]
    assert figure["marks"] == ["unverified", "conflict"]
    assert figure["si"] == {"low": 150e3, "likely": 200e3, "high": 400e3, "unit": "m"}
    assert [p["value"] for p in figure["published"]] == [200, 300, 400]
    assert data["figures"]["reload_time"]["marks"] == ["assumption needed"]
    assert sheet_json(CATALOGUE, "Tomahawk")["speed"] == "tomahawk.speed"


def test_plain_index_counts() -> None:
    data = index_json(CATALOGUE)
    assert [len(data[k]) for k in ("systems", "radars", "threats")] == [17, 6, 25]
    s300vm = next(s for s in data["systems"] if s["id"] == "s300vm")
    assert s300vm["figures"] == 35
    assert s300vm["unsourced"] == 6


def raids(name: str) -> str:
    """The section of a sheet that says what a raid reads, on one line."""
    text = sheet(CATALOGUE, name, 100)
    return " ".join(text.split("Read by raids")[1].split("\n\n")[0].split())


def test_a_sheet_says_what_raids_read() -> None:
    long = raids("s300vm")
    assert "engaged at once, per battery: 6 targets; ready on a launcher: 4 rounds" in long
    assert "nothing published, so assumed: reload, cost of a missile" in long
    assert "9m83m, ballistic missile: 0.58 (claimed: SSKP, Lance-class TBM, one 9M83)" in long
    assert "or cruise missile: assumed (nothing published)" in long
    short = raids("pantsir")
    assert "gun rounds: 1400 rounds; gun rate: 5000 rpm; reaction: 5 s; reload: 12 min" in short
    assert "57e6e, one-way drone or drone: 0.88 (claimed: SSKP claimed, UAV)" in short
    assert "drone: 0.8 (observed: SSKP observed, small UAV (July 2018))" in raids("torm2")
    assert "missile" not in raids("zu23").split("kill, one shot")[0]
    assert "Read by raids" not in sheet(CATALOGUE, "jyl1", 100)


def test_a_sheet_sets_ballistic_reach_apart() -> None:
    text = " ".join(sheet(CATALOGUE, "s300vm", 100).split())
    assert "speed 1700 m/s, ballistic targets to 40 km, and 25 km up" in text
    assert "ballistic targets" not in sheet(CATALOGUE, "iglas", 100)


def test_plain_data_of_fire() -> None:
    fire = sheet_json(CATALOGUE, "SA-22")["fire"]
    assert fire["channels"] == "pantsir.channels"
    assert fire["channels_per"] == "launcher"
    assert fire["unit_cost"] == "pantsir.unit_price"
    assert fire["interceptor_cost"] is None
    assert fire["kills"][2] == {
        "against": ["one-way drone", "drone"],
        "figure": "pantsir.sskp_uav",
        "interceptor": "57e6e",
    }
    assert sheet_json(CATALOGUE, "SA-23")["interceptors"][1]["range_ballistic"] == (
        "s300vm.range_max_ballistic"
    )
    assert sheet_json(CATALOGUE, "SS-26")["cost"] == "iskander_m.unit_cost"
