"""A bad table is refused with the file, the key and what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.load import DATA
from shieldwall.errors import CatalogueError

GOOD = """\
id = "lynx"
name = "Lynx"
designations = ["SA-99"]
role = "made up for this test"
layer = "short"
kind = "missile"
optical = false
sidc = "SUGPUCDML-*****"

[[interceptor]]
id = "shot"
name = "Lynx missile"
kind = "missile"
range_max = "range_max"

[figure.range_max]
name = "Max range"
kind = "range"
unit = "km"
low = 9
likely = 10
high = 12
evidence = ["R1", "V", "V2"]
sources = ["NOTI"]

[figure.reload_time]
name = "Reload time"
kind = "time"
unit = "min"
evidence = "U"
assumption = "reload_time"
"""


def folder(tmp_path: Path, **systems: str) -> Path:
    """A catalogue of the shipped sources and conventions with these systems."""
    (tmp_path / "systems").mkdir(parents=True)
    for name in ("sources.toml", "conventions.toml"):
        shutil.copy(DATA / name, tmp_path / name)
    for name, text in systems.items():
        (tmp_path / "systems" / f"{name}.toml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_good_table_loads(tmp_path: Path) -> None:
    catalogue = load_catalogue(folder(tmp_path, lynx=GOOD))
    figure = catalogue.figure("lynx.range_max")
    assert (figure.low, figure.likely, figure.high) == (9.0, 10.0, 12.0)
    assert figure.evidence == ("R1", "V", "V2")
    assert figure.unverified
    assert figure.si == (9_000.0, 10_000.0, 12_000.0)
    assert figure.where == "systems/lynx.toml:16"
    assert not catalogue.figure("lynx.reload_time").known


BAD = {
    "no unit": ('unit = "km"\n', "", "figure.range_max.unit", "has a unit"),
    "unknown unit": ('unit = "km"', 'unit = "kms"', "unit", "did you mean 'km'"),
    "unit of another kind": ('unit = "km"', 'unit = "kg"', "unit", "is given in km"),
    "no source": ('sources = ["NOTI"]\n', "", "figure.range_max.sources", "at least one source"),
    "unknown source": ('["NOTI"]', '["NOTIS"]', "sources", "did you mean 'NOTI'"),
    "no code": ('evidence = ["R1", "V", "V2"]\n', "", "figure.range_max.evidence", "V2, C, R1"),
    "unknown code": ('"R1", "V"', '"R3", "V"', "evidence", "unknown evidence code"),
    "two codes": ('["R1", "V", "V2"]', '["R1", "V"]', "evidence", "low, likely, high"),
    "U with a value": ('["R1", "V", "V2"]', '"U"', "evidence", "can have no value"),
    "code without a value": ("high = 12\n", "", "evidence", "there is no high"),
    "order": ("low = 9", "low = 11", "figure.range_max.low", "must not decrease"),
    "high too low": ("high = 12", "high = 9.5", "figure.range_max.low", "must not decrease"),
    "negative": ("low = 9", "low = -9", "figure.range_max.low", "0 or more"),
    "not finite": ("high = 12", "high = inf", "figure.range_max.high", "finite"),
    "not a number": ("high = 12", 'high = "12"', "figure.range_max.high", "number"),
    "unknown kind": ('kind = "range"', 'kind = "rang"', "figure.range_max.kind", "range"),
    "missing figure": ('= "range_max"', '= "range_maxx"', "range_max", "no [figure.range_maxx]"),
    "unsourced figure in a slot": ('= "range_max"', '= "reload_time"', "range_max", "unsourced"),
    "no longest range": ('range_max = "range_max"\n', "", "interceptor.shot", "longest range"),
    "no assumption": ('assumption = "reload_time"\n', "", "reload_time.assumption", "stand in"),
    "unknown assumption": ('= "reload_time"', '= "reload"', "assumption", "reload_time"),
    "unknown key": ("low = 9", "lowest = 9", "figure.range_max.lowest", "did you mean 'low'"),
    "unknown key on top": ('role = "', 'roll = "x"\nrole = "', "roll", "did you mean 'role'"),
    "bad layer": ('"short"', '"shrt"', "layer", "long, medium, short, point"),
    "flag": ("optical = false", 'optical = "no"', "optical", "true or false"),
    "bad id": ('id = "lynx"', 'id = "Lynx 1"', "id", "lower-case"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_table_is_refused(tmp_path: Path, name: str) -> None:
    old, new, key, right = BAD[name]
    assert old in GOOD
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, lynx=GOOD.replace(old, new, 1)))
    message = str(caught.value)
    assert "systems/lynx.toml" in message
    assert key in message
    assert right in message


FIRE = (
    GOOD
    + """
[fire]
channels = "channels"
channels_per = "launcher"
ready = "channels"
reload = "reload_time_seen"
interceptor_cost = "price"
kill = [
  { against = ["drone"], figure = "sskp", interceptor = "shot" },
  { against = ["drone", "aircraft"], figure = "sskp_guess" },
]

[figure.channels]
name = "Channels"
kind = "count"
unit = "targets"
likely = 2
evidence = "V"
sources = ["NOTI"]

[figure.reload_time_seen]
name = "Reload time as seen"
kind = "time"
unit = "min"
likely = 9
evidence = "V"
sources = ["NOTI"]

[figure.price]
name = "Price"
kind = "cost"
unit = "M USD"
likely = 1
evidence = "V"
sources = ["NOTI"]

[figure.sskp]
name = "SSKP"
kind = "sskp"
unit = "share"
likely = 0.5
evidence = "V"
sources = ["NOTI"]

[figure.sskp_guess]
name = "SSKP, others"
kind = "sskp"
unit = "share"
evidence = "U"
assumption = "kill_probability"
"""
)


def test_the_good_fire_table_loads(tmp_path: Path) -> None:
    fire = load_catalogue(folder(tmp_path, lynx=FIRE)).systems["lynx"].fire
    assert fire is not None
    assert fire.channels is not None
    assert fire.channels.likely == 2
    assert fire.reaction is None
    assert fire.reload is not None
    assert [kill.interceptor for kill in fire.kills] == ["shot", None]
    # classes in the order of the records, whatever the order in the table
    assert fire.kills[1].against == ("drone", "aircraft")
    assert not fire.kills[1].figure.known


BAD_FIRE = {
    "missing figure": ('= "channels"', '= "chanels"', "fire.channels", "did you mean 'channels'"),
    "wrong kind": ('ready = "channels"', 'ready = "sskp"', "fire.ready", "of kind count, not sskp"),
    "unsourced": ('"reload_time_seen"', '"reload_time"', "fire.reload", "leave the key out"),
    "unit of channels": ('"launcher"', '"lancher"', "fire.channels_per", "launcher, battery"),
    "no unit of channels": ('channels_per = "launcher"\n', "", "fire.channels_per", "as a text"),
    "cost of what": ('"M USD"', '"bn USD"', "fire.interceptor_cost", "in M USD, not in bn USD"),
    "kill by a range": ('"sskp_guess" }', '"range_max" }', "fire.kill.range_max", "sskp or obser"),
    "kill by nothing": (', figure = "sskp_guess" }', " }", "fire.kill.2.figure", "name the figure"),
    "kill of nothing": ('["drone"]', "[]", "fire.kill.sskp.against", "classes of target"),
    "unknown class": ('["drone"]', '["dron"]', "fire.kill.sskp.against", "did you mean 'drone'"),
    "unknown shot": ('= "shot" }', '= "shots" }', "interceptor", "did you mean 'shot'"),
    "class twice": (', interceptor = "shot" }', " }", "fire.kill", "twice for any interceptor"),
    "class twice in one": ('["drone"]', '["drone", "drone"]', "fire.kill", "interceptor shot"),
    "unknown key": ("reload = ", "reloads = ", "fire.reloads", "did you mean 'reload'"),
    "ballistic slot": (
        'range_max = "range_max"\n', 'range_max = "range_max"\nrange_ballistic = "x"\n',
        "interceptor.shot.range_ballistic", "no [figure.x]",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD_FIRE)
def test_a_bad_fire_table_is_refused(tmp_path: Path, name: str) -> None:
    old, new, key, right = BAD_FIRE[name]
    assert old in FIRE
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, lynx=FIRE.replace(old, new, 1)))
    message = str(caught.value)
    assert "systems/lynx.toml" in message
    assert key in message
    assert right in message


def test_fire_is_a_table(tmp_path: Path) -> None:
    bad = GOOD.replace("optical = false", 'optical = false\nfire = "yes"', 1)
    with pytest.raises(CatalogueError, match=r"fire: write it as a \[fire\] table"):
        load_catalogue(folder(tmp_path, lynx=bad))


def test_every_problem_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    bad = GOOD.replace('unit = "km"\n', "").replace('sources = ["NOTI"]\n', "")
    other = GOOD.replace('"short"', '"shrt"').replace('"lynx"', '"puma"')
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(folder(tmp_path, lynx=bad, puma=other))
    lines = str(caught.value).splitlines()
    assert lines[0] == "the catalogue has 3 problems:"
    assert all(line.startswith("  systems/lynx.toml:16: figure.range_max.") for line in lines[1:3])
    assert lines[3].startswith("  systems/puma.toml:5: layer:")


def test_ids_and_names_are_unique(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"puma\.toml:1: id: is taken by systems/lynx\.toml"):
        load_catalogue(folder(tmp_path / "same", lynx=GOOD, puma=GOOD))
    twin = GOOD.replace('"lynx"', '"puma"').replace('"Lynx"', '"Puma"').replace("SA-99", "sa 99")
    with pytest.raises(CatalogueError, match="is also a name of lynx"):
        load_catalogue(folder(tmp_path / "names", lynx=GOOD, puma=twin))
    again = GOOD.replace("[figure.reload_time]", "[figure.range_max]")
    with pytest.raises(CatalogueError, match=r"lynx\.toml: is not TOML"):
        load_catalogue(folder(tmp_path / "figures", lynx=again))


def test_two_interceptors_of_one_id(tmp_path: Path) -> None:
    shot = GOOD[GOOD.index("[[interceptor]]") : GOOD.index("[figure.range_max]")]
    with pytest.raises(CatalogueError, match="interceptor: this id is there twice"):
        load_catalogue(folder(tmp_path, lynx=GOOD.replace(shot, shot + shot)))


def test_a_reference_range_needs_its_cross_section(tmp_path: Path) -> None:
    radar = (
        '[[radar]]\nid = "eye"\nname = "Eye"\nrole = "guidance"\nreference_range = "range_max"\n'
    )
    bad = GOOD.replace("[[interceptor]]", radar + "\n[[interceptor]]", 1)
    with pytest.raises(CatalogueError, match=r"radar\.eye\.reference_range: goes with"):
        load_catalogue(folder(tmp_path / "without", lynx=bad))
    good = bad.replace("\n\n[[interceptor]]", "\nreference_rcs_m2 = 2\n\n[[interceptor]]", 1)
    eye = load_catalogue(folder(tmp_path / "with", lynx=good)).systems["lynx"].radars[0]
    assert eye.reference_rcs_m2 == 2.0


def test_a_missing_or_unreadable_file(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"sources\.toml: cannot be read"):
        load_catalogue(tmp_path / "nowhere")
    broken = folder(tmp_path / "bytes", lynx=GOOD)
    (broken / "systems" / "lynx.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CatalogueError, match="is not UTF-8"):
        load_catalogue(broken)


def test_the_example_of_the_documentation_loads(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text(encoding="utf-8")
    example = page.split("```toml\n")[1].split("```")[0]
    lynx = load_catalogue(folder(tmp_path, lynx=example)).systems["lynx"]
    assert lynx.interceptors[0].range_max.stated == (9.0, 10.0, None)
    assert lynx.interceptors[0].range_max.high == pytest.approx(11.0)
    assert len(lynx.figures["range_max"].published) == 3
    assert lynx.fire is not None
    assert lynx.fire.channels is lynx.figures["channels"]
    assert lynx.fire.reload is None
    assert lynx.fire.kills[1].figure.assumption == "kill_probability"
