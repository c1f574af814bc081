"""Shieldwall in a notebook, with the real libraries: the views, their plots, their errors."""

import doctest
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import samples
import shieldwall as sw
from sample_calculus import sample_game, with_calculus
from shieldwall.errors import UsageError
from shieldwall.notebook import Assessed, libraries
from shieldwall.notebook.calculus import ANY_STRIKE
from shieldwall.report.exports.against import against_data
from shieldwall.report.judgements import judgements
from shieldwall.trail.game_unknowns import base_of, turning_id

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


PAGE = ROOT / "docs" / "notebook.md"


class Shape(doctest.OutputChecker):
    """Figures move with every source that is added; names, columns and order are compared."""

    def check_output(self, want, got, optionflags):
        return self._shape(want) == self._shape(got)

    def _shape(self, text):
        return re.sub(r"[-−]?\d[\d.,]*(e[-+]\d+)?", "#", text).split()


@pytest.fixture(autouse=True)
def off_screen():
    from matplotlib import pyplot

    pyplot.switch_backend("Agg")
    yield
    pyplot.close("all")


@pytest.fixture(scope="module")
def a(tmp_path_factory):
    return Assessed(samples.sample_assessment(tmp_path_factory.mktemp("sample")))


@pytest.fixture(scope="module")
def crisis(a):
    """The sample with a game."""
    return Assessed(with_calculus(a.assessment))


def python(*arguments, **more):
    return subprocess.run(
        [sys.executable, *arguments], check=True, capture_output=True, text=True, **more
    ).stdout


def test_a_notebook_runs_from_the_case_folder_to_the_plot(tmp_path):
    folder = ROOT / "cases" / "moscow-2023"
    told = python("-W", "error", "-c", SCRIPT, folder, tmp_path, env={"MPLBACKEND": "Agg"})
    assert told == "<moscow-2023, as of 2023-01-10, 4 draws>\n"
    assert (tmp_path / "cover.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "layer.png").read_bytes() != (tmp_path / "cover.png").read_bytes()


def test_the_page_prints_what_it_says(tmp_path, monkeypatch):
    """All blocks, one after the other, in a folder that has the cases and nothing else."""
    (tmp_path / "cases").symlink_to(ROOT / "cases")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    text = PAGE.read_text(encoding="utf-8")
    # Lines outside of blocks are blanked, so that a failure tells the line of the page.
    inside, shown = False, []
    for line in text.splitlines():
        fence = line.startswith("```")
        shown.append(line if inside and not fence else "")
        inside = line == "```pycon" if fence else inside
    page = doctest.DocTestParser().get_doctest("\n".join(shown), {}, PAGE.name, str(PAGE), 0)
    assert len(page.examples) > 40
    told = []
    ran = doctest.DocTestRunner(Shape()).run(page, out=told.append, clear_globs=False)
    assert ran.failed == 0, "".join(told)
    saved = re.findall(r'savefig\("([\w.]+)"', text)
    assert [name for name in saved if (tmp_path / name).stat().st_size < 5_000] == []
    assert "both.png" in saved
    assert (tmp_path / "out" / "moscow" / "report.html").exists()

    a = page.globs["a"]
    entries = against_data(a.assessment)
    assert a.against.to_dict("records") == entries
    assert list(a.against.columns) == list(entries[0])


def test_figures_are_masked_and_names_are_not():
    same = Shape().check_output
    assert same("leakers  0.78 -1.5e-05", "leakers 1 2.25\n", 0)
    assert not same("leakers 0.78", "shots 0.78", 0)
    assert not same("leakers 0.78", "leakers NaN", 0)


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


def test_without_a_game_there_is_no_calculus(a):
    assert a.assessment.calculus is None
    assert a.calculus is None


@pytest.mark.parametrize("table", ["worlds", "changes", "worth", "gains", "moves", "facts"])
def test_the_calculus_says_what_the_ledger_says(crisis, table):
    frame = getattr(crisis.calculus, table)
    told = crisis.figures.loc[frame["figure"]]
    assert len(frame) > 2
    assert frame["mean"].notna().any()
    for ours, theirs in (("mean", "value"), ("low", "low"), ("high", "high")):
        np.testing.assert_array_equal(frame[ours], told[theirs])


def test_every_world_move_and_change_of_the_ledger_is_in_a_table(crisis):
    view = crisis.calculus
    tables = view.worlds, view.changes, view.worth, view.gains, view.moves, view.facts
    shown = {figure for table in tables for figure in table["figure"]}
    worlds = tuple(f"calculus.{w.key}." for w in view.data.worlds)
    parts = *worlds, *(f"calculus.{p}." for p in ("change", "worth", "gain", "move"))
    assert {id for id in crisis.figures.index if id.startswith(parts)} <= shown


def test_the_game_is_looked_up_by_world_node_and_move(crisis):
    view = crisis.calculus
    assert view.data is crisis.assessment.calculus
    assert view.worlds.index.names == ["world", "consequence"]
    assert view.changes.loc[("systems", "struck"), "mean"] == pytest.approx(
        view.worlds.loc[("drawn", "struck"), "mean"]
        - view.worlds.loc[("without", "struck"), "mean"]
    )
    chosen = view.moves.loc[("drawn", "press")]
    assert chosen["mean"].sum() == pytest.approx(1)
    assert set(chosen["reached"]) == {1.0}
    assert view.moves.loc[("without", "manned", "theirs"), "mean"] == 0


def test_what_the_game_hangs_on_is_told_of_any_strike_and_of_each_consequence(crisis):
    view, ledger = crisis.calculus, crisis.assessment.ledger.quantities
    np.testing.assert_array_equal(
        view.shares["total"], crisis.figures.loc[view.shares["figure"], "value"]
    )
    alone = crisis.figures.loc[view.shares["figure"] + ".alone", "value"]
    np.testing.assert_array_equal(view.shares["first"], alone)
    assert set(view.turnings.index.get_level_values("of")) == {ANY_STRIKE, *view.data.hangs}
    for of, turnings in (
        (ANY_STRIKE, view.data.turnings), *((c, h.turnings[:1]) for c, h in view.data.hangs.items())
    ):  # fmt: skip
        base = "" if of == ANY_STRIKE else base_of(view.data.game, of)
        for turning in turnings:
            row = view.turnings.loc[(of, turning.kind, turning.name)]
            for column, part in (("low", "low"), ("high", "high"), ("chance_low", "from"),
                                 ("chance_high", "to")):  # fmt: skip
                assert row[column] == ledger[turning_id(turning, part, base)].value
    spread = (view.turnings["most"] - view.turnings["least"]).loc[ANY_STRIKE].round(12)
    assert spread.is_monotonic_decreasing


def test_the_first_strike_is_plotted_by_world(crisis):
    view = crisis.calculus
    axes = view.plot()
    odds = view.worlds.xs("struck", level="consequence")
    np.testing.assert_array_equal(axes.lines[0].get_xdata(), odds["mean"])
    bands = [(line[0, 0], line[1, 0]) for line in axes.collections[0].get_segments()]
    assert bands == list(zip(odds["low"], odds["high"], strict=True))
    assert [t.get_text() for t in axes.get_yticklabels()] == [w.name for w in view.data.worlds]
    assert axes.get_xlabel().startswith("probability")
    assert view.plot("conceded", ax=axes) is axes
    assert axes.get_title(loc="left") == "The host gives way"


def test_a_name_is_no_formula(a, tmp_path):
    """Between two dollars matplotlib reads mathematics, and raises where it is none."""
    named = Assessed(with_calculus(a.assessment, sample_game("$x^$ for 5 $")))
    named.calculus.plot().figure.savefig(tmp_path / "named.png")
    assert (tmp_path / "named.png").stat().st_size > 1_000


def test_evidence_is_origins_weights_and_contradictions(a):
    view, ledger = a.evidence, a.assessment.ledger.quantities
    evidence = view.data
    assert sorted(c for group in view.origins["claims"] for c in group) == sorted(
        view.weights.index
    )
    assert list(view.weights.index) == [c.id for c in evidence.claims]
    for origin, row in view.origins.iterrows():
        told = ledger[row["figure"]]
        assert (row["ratio"], row["ratio_low"], row["ratio_high"]) == (
            told.value, told.low, told.high
        )  # fmt: skip
        assert view.weights.loc[origin, "ratio"] == row["ratio"]
        if len(row["claims"]) > 1:
            assert row["independent"] == ledger[f"origins.{origin}"].value
    relay = evidence.lineage.edges[0]
    assert view.weights.loc[relay.claim, "own"] == evidence.lineage.own(relay.claim)
    assert list(view.contradictions.index) == [c.id for c in evidence.contradictions]
    assert view.contradictions.iloc[0]["claims"] == list(evidence.contradictions[0].claims)


def test_contributions_say_what_the_ledger_says(a):
    frame = a.evidence.contributions
    entered = frame.dropna(subset="figure")
    assert set(entered["figure"]) == {i for i in a.figures.index if i.startswith("without.")}
    np.testing.assert_array_equal(entered["without"], a.figures.loc[entered["figure"], "value"])
    assert (frame["with_it"] - frame["without"]).abs().is_monotonic_decreasing


def test_against_is_the_table_of_the_page(a):
    assert against_data(a.assessment) == []
    assert a.against.empty
    assert "concludes" in a.against


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
        (lambda a: a.calculus.plot("nessie"), "no consequence is called 'nessie'; there are: st"),
        (lambda a: a.explain("nessie.there"), "no figure is called"),
    ],
)
def test_a_wrong_name_says_what_there_is(crisis, ask, says):
    with pytest.raises(UsageError, match=says):
        ask(crisis)


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


def test_it_writes_the_report(a, tmp_path):
    written = a.report(tmp_path / "out")
    assert written["report.html"].stat().st_size > 50_000
    assert (tmp_path / "out" / "assessment.json").exists()
