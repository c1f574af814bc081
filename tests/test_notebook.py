"""Shieldwall in a notebook, with the real libraries: the views, their plots, their errors."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import samples
import shieldwall as sw
from shieldwall.errors import UsageError
from shieldwall.notebook import Assessed, libraries
from shieldwall.report.judgements import judgements

pytest.importorskip("matplotlib")
xarray = pytest.importorskip("xarray")
pytest.importorskip("pandas")

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = """
import sys
from datetime import date
import shieldwall as sw

a = sw.assess(sys.argv[1], as_of=date(2023, 1, 10), draws=4, workers=1)
assert a.assessment.case.as_of == date(2023, 1, 10)
assert a.assessment.case.earlier
assert a.assessment.written.as_of == date(2023, 1, 20)
a.coverage.plot().figure.savefig(sys.argv[2] + "/cover.png")
a.coverage.plot(altitude_m=3000, layer="short").figure.savefig(sys.argv[2] + "/layer.png")
fields = a.coverage.to_xarray()
at_100 = fields.depth_probability.sel(altitude_m=100, at_least=1)
assert float(at_100.max()) <= 1
assert not len(a.order_of_battle.sort_values("presence", ascending=False))
assert a.explain("terrain.k_factor").data["figure"] == "terrain.k_factor"
a.figures.loc["terrain.k_factor", "value"]
print(a)
"""


@pytest.fixture(autouse=True)
def off_screen():
    from matplotlib import pyplot

    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def a(tmp_path_factory):
    return Assessed(samples.sample_assessment(tmp_path_factory.mktemp("sample")))


def python(*arguments, **more):
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, **more
    ).stdout


def test_a_notebook_runs_from_the_case_folder_to_the_plot(tmp_path):
    folder = ROOT / "cases" / "moscow-2023"
    told = python("-W", "error", "-c", SCRIPT, folder, tmp_path, env={"MPLBACKEND": "Agg"})
    assert told.startswith("<moscow-2023, as of 2023-01-10")
    assert "4 draws" in told
    assert (tmp_path / "cover.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "layer.png").read_bytes() != (tmp_path / "cover.png").read_bytes()


def test_importing_the_package_loads_nothing_heavy():
    heavy = "numpy", "pandas", "xarray", "matplotlib", "pydantic", "shieldwall.notebook", "typing"
    script = f"""
import sys; sys.path.insert(0, {str(ROOT / "src")!r})
import shieldwall; print([m for m in {heavy} if m in sys.modules])"""
    told = python("-S", "-c", script)
    assert told.strip() == "[]"


def test_assess_stays_the_function_whoever_imports_the_module():
    from shieldwall.assess import assess as module_function

    assert sw.assess is not module_function
    assert callable(sw.assess)
    assert sys.modules["shieldwall.assess"].assess is module_function


def test_the_dataset_holds_the_arrays_of_the_room_with_their_coordinates(a):
    fields, found = a.coverage.to_xarray(), a.coverage.data
    assert isinstance(fields, xarray.Dataset)
    last = {"threat": found.threats[-1], "altitude_m": 300, "layer": found.layers[1]}
    chosen = fields.layer_probability.sel(last)
    t, h = len(found.threats) - 1, found.altitudes_m.index(300)
    np.testing.assert_array_equal(chosen, found.layer_probability[t, h, 1])
    np.testing.assert_array_equal(fields.lat, found.grid.latlon()[0])
    assert fields.floor_m.sizes["unit"] == len(found.floors)
    assert fields.attrs["as_of"] == a.assessment.case.as_of.isoformat()


def test_judgements_are_a_table_in_the_order_of_the_page(a):
    made = [j.id for j in judgements(a.assessment)]
    assert list(a.judgements.index) == made
    first = a.judgements.iloc[0]
    assert first.question == "network"
    assert first.figures[0] in a.figures.index


def test_tables_say_what_the_ledger_says(a):
    ledger = a.assessment.ledger.quantities
    assert list(a.figures.index) == list(ledger)
    unit = a.order_of_battle.index[0]
    assert a.order_of_battle.loc[unit, "presence"] == ledger[f"orbat.{unit}.presence"].value
    assert len(a.order_of_battle) == len(a.assessment.ensemble.units)
    assert list(a.held.index) == [h.system for h in a.assessment.order_of_battle.held]
    assert set(a.leaves["kind"]) <= {each.kind for each in a.assessment.ledger.leaves.values()}
    shares = a.coverage.shares
    figure = shares.iloc[0]
    assert figure["value"] == pytest.approx(ledger[figure["figure"]].value, rel=1e-6)
    assert len(a.coverage.reach) == len(a.coverage.data.reach)


def test_control_is_weeks_by_states(a):
    system = a.control.systems[0]
    record = a.control.data.systems[0]
    frame = a.control[system]
    states = frame.drop(columns=["connected", "serviceable"])
    np.testing.assert_allclose(states.sum(axis=1), 1)
    np.testing.assert_array_equal(states.to_numpy(), record.operators.mean[record.start :])
    assert frame.index[-1].date() == a.assessment.case.as_of
    assert a.control.now.loc[system, ("independent", "mean")] == record.operators.mean[-1, -1]
    assert a.control.to_xarray().low.sel(system=system).shape == record.operators.low.shape
    assert set(a.control.forecast["system"]) == set(a.control.systems)
    assert len(a.control.mission.columns) == 4


def test_raids_are_measures_and_distributions(a):
    raid = a.raids.data.raids[0]
    own = a.raids[raid.raid]
    assert own.loc[("leakers", ""), "mean"] == pytest.approx(raid.leakers.mean, rel=1e-6)
    np.testing.assert_allclose(a.raids.leakers.sum(), 1, atol=1e-9)
    assert len(a.raids.draw_means) == len(raid.draw_means)


def test_plots_draw_what_was_asked_for(a):
    from matplotlib import pyplot

    _, given = pyplot.subplots()
    layer = a.coverage.data.layers[0]
    axes = a.coverage.plot(altitude_m=300, layer=layer, ax=given)
    assert axes is given
    field = a.coverage.data.layer_probability[0, a.coverage.data.altitudes_m.index(300), 0]
    np.testing.assert_array_equal(axes.collections[0].get_array(), field)
    assert len(a.control.plot().collections) == 6
    assert len(a.raids.plot().figure.axes) == len(a.raids.names)
    assert len(a.raids.plot(a.raids.names[0]).figure.axes) == 1


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda a: a.coverage.plot(threat="nessie"), "no threat is called 'nessie'; there are"),
        (lambda a: a.coverage.plot(altitude_m=70), "no cover was computed at 70 m; there are"),
        (lambda a: a.coverage.plot(layer="space"), "no layer is called 'space'"),
        (lambda a: a.control["nessie"], "no system from abroad is called 'nessie'"),
        (lambda a: a.raids["nessie"], "no raid is called 'nessie'"),
        (lambda a: a.explain("nessie.there"), "no figure is called"),
    ],
)
def test_a_wrong_name_says_what_there_is(a, ask, says):
    with pytest.raises(UsageError, match=says):
        ask(a)


def test_a_missing_library_names_the_extra(a, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(UsageError, match=r"needs pandas.*pip install 'shieldwall\[notebook\]'"):
        _ = a.figures
    assert "how:" in repr(a.explain("terrain.k_factor"))
    assert libraries.library("json").__name__ == "json"


def test_the_cell_of_a_notebook_is_short_and_escaped(tmp_path):
    hostile = Assessed(samples.sample_assessment(tmp_path, hostile=True))
    html = hostile._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert len(html) < 4_000
    assert hostile.calculus is None or hostile.calculus is hostile.assessment.calculus


def test_it_writes_the_report(a, tmp_path):
    written = a.report(tmp_path / "out")
    assert written["report.html"].stat().st_size > 50_000
    assert (tmp_path / "out" / "assessment.json").exists()
