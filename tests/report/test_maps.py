"""Maps and charts: well-formed, escaped, in the right place, drawn in the right class."""

from __future__ import annotations

import dataclasses
import itertools
import struct
import zlib
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from markupsafe import Markup

from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.case.records import Origin
from shieldwall.coverage.records import CrossSection, SectionLayer
from shieldwall.geodesy import WGS84, Frame, Grid, distance_m
from shieldwall.report import symbols
from shieldwall.report.basemap import Window, outlines
from shieldwall.report.maps import colours
from shieldwall.report.maps.canvas import Canvas
from shieldwall.report.maps.charts import section_chart, step_bar
from shieldwall.report.maps.network import network_map, outside, sites
from shieldwall.report.maps.placing import Box, around, first_free
from shieldwall.report.maps.reach import nearest_point, reach_map
from shieldwall.report.maps.svg import el, path
from shieldwall.report.png import indexed_png
from shieldwall.report.records import Assessment
from shieldwall.report.words import LIKELIHOOD, likelihood


@pytest.fixture
def assessment(tmp_path: Path) -> Assessment:
    return sample_assessment(tmp_path)


def test_attributes_and_text_are_escaped_and_markup_is_not() -> None:
    drawn = el("text", HOSTILE_TEXT, el("path", d="M0 0"), title=HOSTILE_TEXT, stroke_width=1.25)
    root = ElementTree.fromstring(drawn)
    assert root.text == HOSTILE_TEXT == root.attrib["title"]
    assert root.attrib["stroke-width"] == "1.2"
    assert [c.tag for c in root] == ["path"]
    assert str(el("span")) == "<span></span>"
    assert isinstance(drawn, Markup)


def test_relative_paths_come_back_to_their_points() -> None:
    points = np.cumsum(np.random.default_rng(7).normal(0, 3, (200, 2)), axis=0)
    text = path(points)
    start, steps = text[1:].split("l")
    moves = np.array([float(v) for v in steps.split()]).reshape(-1, 2)
    end = np.array([float(v) for v in start.split()]) + moves.sum(axis=0)
    assert np.allclose(end, points[-1], atol=0.06)


@pytest.mark.parametrize("percent", range(1, 100))
def test_colour_class_follows_the_likelihood_term(percent: int) -> None:
    field = np.array([[percent / 100]], np.float32)
    terms = [term for _, term in LIKELIHOOD]
    assert colours.probability_classes(field)[0, 0] == terms.index(likelihood(percent / 100)) + 1


def test_nothing_is_drawn_below_one_percent_or_out_of_reach() -> None:
    assert not colours.probability_classes(np.array([[0, 0.004, np.nan]], np.float32)).any()
    floors = np.array([[np.nan, 50, 51, 10_000, 10_001]], np.float32)
    assert colours.floor_classes(floors).tolist() == [[0, 7, 6, 2, 1]]


@pytest.mark.parametrize(("ramp", "darker"), [(colours.PAPER, True), (colours.SCREEN, False)])
def test_ramps_keep_their_order_in_grey(ramp: tuple[str, ...], darker: bool) -> None:
    def grey(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return float(np.dot((0.2126, 0.7152, 0.0722), linear))

    greys = [grey(c) for c in ramp]
    assert greys == sorted(greys, reverse=darker)
    assert all(abs(a - b) > 0.005 for a, b in itertools.pairwise(greys))


def test_png_holds_exactly_the_cells() -> None:
    cells = np.arange(12, dtype=np.uint8).reshape(3, 4) % 5
    data = indexed_png(cells, [(n, n, n, 255) for n in range(5)])
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    at, chunks = 8, {}
    while at < len(data):
        (length,) = struct.unpack(">I", data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        (check,) = struct.unpack(">I", data[at + 8 + length : at + 12 + length])
        assert check == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (4, 3)
    lines = np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(3, 5)
    assert (lines[:, 1:] == cells).all()
    assert not lines[:, 0].any()
    with pytest.raises(ValueError, match="palette"):
        indexed_png(cells, [(0, 0, 0, 0)])


def test_the_grid_fills_the_canvas_and_its_centre_is_in_the_middle() -> None:
    grid = Grid(Frame(10.2, -66.9), -150_000, 125_000, 5_000, 50, 60)
    canvas = Canvas.of_grid(grid, 300)
    assert canvas.height == pytest.approx(250)
    assert np.allclose(canvas.from_lonlat([(-66.9, 10.2)]), [[150, 125]])
    ring = canvas.circle(10.2, -66.9, 50_000)
    assert np.allclose(np.hypot(*(ring - [150, 125]).T), 50, atol=0.01)


def test_coast_passes_between_sea_and_land() -> None:
    """Open water north of La Guaira, land south of Caracas: even-odd over the drawn rings."""
    frame = Frame(10.2, -66.9)
    found = outlines(Window(frame, -2e5, -2e5, 2e5, 2e5))

    def on_land(lat: float, lon: float) -> bool:
        x, y = (float(v) for v in frame.to_xy(lat, lon))
        inside = False
        for ring in found.land:
            for (x1, y1), (x2, y2) in itertools.pairwise(ring):
                if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
                    inside = not inside
        return inside

    assert on_land(10.0, -66.9)
    assert not on_land(11.4, -66.9)


def test_borders_near_moscow_and_none_at_sea() -> None:
    assert outlines(Window(Frame(52.0, 34.0), -2e5, -2e5, 2e5, 2e5)).borders
    assert not outlines(Window(Frame(15.0, -66.0), -1e5, -1e5, 1e5, 1e5)).borders


def test_symbols_are_the_catalogues_own_or_their_layers(assessment: Assessment) -> None:
    code = symbols.code_of(assessment.catalogue, "no-such-system", "long")
    assert code == "SUGPEWMAL"
    assert "<path" in symbols.drawing(code)
    for unit in assessment.ensemble.units:
        drawn = symbols.drawing(symbols.code_of(assessment.catalogue, unit.system, unit.layer))
        ElementTree.fromstring(f"<g>{drawn}</g>")


def test_boxes_move_apart_and_stay_inside() -> None:
    bounds, taken = Box(0, 0, 200, 200), []
    for _ in range(6):
        box = first_free(around((100.0, 100.0)), 30, 20, bounds, taken)
        assert box is not None
        assert box.inside(bounds)
        assert not any(box.overlaps(other) for other in taken)
        taken.append(box)
    assert taken[0].middle == (100, 100)
    assert first_free([(5.0, 5.0)], 30, 20, bounds, []) is None


def test_every_located_unit_stands_on_the_network_map(assessment: Assessment) -> None:
    drawing = ElementTree.fromstring(network_map(assessment, "ground", "The network"))
    badges = {e.text for e in drawing.iter() if e.get("class") == "badge-text"}
    assert badges == {str(n) for site in sites(assessment) for n, _ in site.units}
    assert [child.tag.split("}")[1] for child in drawing][:2] == ["title", "desc"]


def test_rings_wholly_outside_the_map_are_named(assessment: Assessment) -> None:
    assert outside(assessment) == ()
    whole = ElementTree.fromstring(network_map(assessment, "ground", "The network"))
    assert not [e for e in whole.iter() if e.get("class") == "strip-note"]
    grid = assessment.coverage.grid
    point = next(s.place for s in sites(assessment) if s.units[0][1].layer == "long")
    frame = Frame(point.lat or 0.0, point.lon or 0.0)
    small = Grid(frame, -10_000, 10_000, 20_000 / grid.cols, grid.rows, grid.cols)
    coverage = dataclasses.replace(assessment.coverage, grid=small)
    near = dataclasses.replace(assessment, coverage=coverage)
    drawing = ElementTree.fromstring(network_map(near, "ground", "The network"))
    notes = [e.text for e in drawing.iter() if e.get("class") == "strip-note"]
    assert notes == [f"{line}." for line in outside(near)]
    (note,) = [n for n in notes if n and "S-300VM" in n]
    assert note.startswith("Wholly outside this map: the ring of ")
    assert note.endswith("km.")
    height = float((drawing.get("viewBox") or "").split()[3])
    lowest = max(float(e.get("y", "0")) for e in drawing.iter() if e.get("class") == "strip-note")
    assert lowest < height
    desc = next(e.text or "" for e in drawing.iter() if e.tag.endswith("desc"))
    assert all(str(n) in desc for n in notes)


def test_reach_is_drawn_from_the_nearest_point(assessment: Assessment) -> None:
    origin = Origin("o", "o", ((30.0, 50.0), (34.0, 50.0)), 0, None, "", "")
    lon, lat = nearest_point(origin, 52.0, 32.0)
    nearest = distance_m(lat, lon, 52.0, 32.0)
    line = WGS84.npts(30.0, 50.0, 34.0, 50.0, 2_000)
    assert nearest == pytest.approx(min(distance_m(y, x, 52.0, 32.0) for x, y in line), abs=600)
    drawing = reach_map(
        assessment, assessment.case.place("la-carlota"), assessment.coverage.reach, "Reach", "r"
    )
    ElementTree.fromstring(drawing)
    assert "568 km" in drawing
    assert "300 km" in drawing


def test_section_holds_its_lines_inside_the_frame() -> None:
    distance = np.linspace(0, 50_000, 30, dtype=np.float32)
    ground = np.full(30, 500, np.float32)
    floor = np.where(distance > 10_000, ground + 100, np.nan).astype(np.float32)
    section = CrossSection(HOSTILE_TEXT, distance, ground, (SectionLayer("u", floor, 9_000.0),))
    drawing = ElementTree.fromstring(section_chart(section, [HOSTILE_TEXT], ["long"]))
    lines = [e for e in drawing.iter() if e.get("class") == "floor long"]
    assert len(lines) == 1
    assert "nan" not in (lines[0].get("d") or "")
    blind = np.full(30, np.nan, np.float32)
    section = CrossSection("t", distance, ground, (SectionLayer("u", blind, 9_000.0),))
    assert "nan" not in section_chart(section, ["u"], ["long"])


def test_bar_shows_what_a_step_took() -> None:
    bar = ElementTree.fromstring(step_bar(0.25, 0.75, 0.1, 0.4))
    widths = {e.get("class"): float(e.get("width") or 0) for e in bar if e.tag.endswith("rect")}
    assert widths["kept"] / widths["track"] == 0.25
    assert widths["lost"] / widths["track"] == 0.5
