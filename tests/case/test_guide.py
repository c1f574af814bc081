"""docs/make-a-case.md does what it says: its blocks, typed in order, make the case it describes."""

import re
from pathlib import Path

import pytest

from shieldwall.case import import_claims, load_case, new_case
from shieldwall.case.columns import read_map
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import CaseError

GUIDE = Path(__file__).parents[2] / "docs" / "make-a-case.md"
TEXT = GUIDE.read_text("utf-8")
BLOCKS = dict(re.findall(r"^```toml\n# ([a-z]+\.toml)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


@pytest.fixture
def serbia(tmp_path):
    folder = tmp_path / "serbia-2020"
    new_case(folder, "serbia-2020")
    for name in ("case.toml", "sources.toml", "claims.toml", "pressure.toml", "control.toml"):
        (folder / name).write_text(f"# {name}\n{BLOCKS[name]}", "utf-8")
    for name in ("network.toml", "raids.toml", "game.toml"):
        (folder / name).write_text(f"# {name}\n{BLOCKS[name]}", "utf-8")
    for name in ("hypotheses.toml", "indicators.toml", "outcome.toml"):
        (folder / name).unlink()
    return folder


def test_no_block_is_left_untested():
    assert TEXT.count("```toml") == len(BLOCKS) == 9


def test_the_case_loads_and_counts_as_shown(serbia):
    case = load_case(serbia, load_catalogue())
    shown = re.search(r"sound \((\d+) claims, (\d+) sources, (\d+) places, (\d+) defended", TEXT)
    assert shown is not None
    counted = (case.claims, case.sources, case.places, case.defended_areas)
    assert tuple(map(int, shown.groups())) == tuple(map(len, counted))


def test_what_is_practice_says_so(serbia):
    for claim in load_case(serbia).claims:
        assert (claim.address is None) == ("PRACTICE" in claim.statement)


def test_the_errors_shown_are_the_errors_given(serbia):
    for name, old, new in [
        ("case.toml", '"owa_generic"', '"owa_generik"'),
        ("claims.toml", '"reported"\ncredibility = 2', '"rumour"\ncredibility = 2'),
        ("claims.toml", 'place = "serbia"', 'place = "serbien"'),
    ]:
        text = (serbia / name).read_text("utf-8")
        assert text.count(old) == 1
        (serbia / name).write_text(text.replace(old, new), "utf-8")
    with pytest.raises(CaseError) as caught:
        load_case(serbia, load_catalogue())
    assert str(caught.value) in TEXT


def test_the_column_map_imports(serbia, tmp_path):
    (tmp_path / "columns.toml").write_text(BLOCKS["columns.toml"], "utf-8")
    (tmp_path / "sightings.csv").write_text(
        "seen by,notes,type,where,number,date\n"
        "A blogger,two at the fence,Pantsir,Surčin,2,2020-10-01\n"
        "A blogger,duplicate,Pantsir,Surčin,2,2020-10-01\n"
        "A blogger,one on the road,Pantsir,unknown,1,2020-10\n",
        "utf-8",
    )
    report = import_claims(
        serbia, tmp_path / "sightings.csv", tmp_path / "columns.toml", load_catalogue()
    )
    assert (len(report.added), report.left_out, report.sources) == (2, 1, ("a-blogger",))
    first, second = (load_case(serbia).claim(id) for id in report.added)
    assert (first.place, first.count.likely, second.place) == ("belgrade-airport", 2, None)


def test_links_and_schema_names_exist():
    for target in re.findall(r"\]\(([^)#]+)\)", TEXT):
        assert (GUIDE.parent / target).exists(), target
    assert read_map(GUIDE.parent / "claims-columns.toml") is not None
