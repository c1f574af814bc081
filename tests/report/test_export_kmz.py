"""network.kmz: complete in itself, in the right place, honest in its cells, inert in its texts."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from html.parser import HTMLParser
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring

from sample_coverage import CELL_M, sample_grid
from sample_network import RANGE_KM
from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.geodesy import Frame, Grid, distance_m
from shieldwall.report.explain import explain_json
from shieldwall.report.exports import write_json, write_kmz
from shieldwall.report.exports.letters import lettered
from shieldwall.report.exports.overlay import overlay_of
from shieldwall.report.maps.colours import probability_classes
from shieldwall.vectors import read_polygons

KML = "{http://www.opengis.net/kml/2.2}"


def unpacked(folder: Path, hostile: bool = False) -> tuple[Element, dict[str, bytes]]:
    write_kmz(sample_assessment(folder, hostile), folder / "network.kmz")
    with zipfile.ZipFile(folder / "network.kmz") as archive:
        assert archive.testzip() is None
        entries = {name: archive.read(name) for name in archive.namelist()}
    return fromstring(entries["doc.kml"], forbid_dtd=True), entries


def pixels(png: bytes) -> np.ndarray:
    """The colour indices of one of our own pictures: one IDAT, filter 0, eight bits."""
    cols, rows = struct.unpack(">II", png[16:24])
    start = png.index(b"IDAT")
    (length,) = struct.unpack(">I", png[start - 4 : start])
    lines = np.frombuffer(zlib.decompress(png[start + 4 : start + 4 + length]), np.uint8)
    return lines.reshape(rows, cols + 1)[:, 1:]


def test_every_link_stays_in_the_archive(tmp_path: Path) -> None:
    root, entries = unpacked(tmp_path)
    assert next(iter(entries)) == "doc.kml"
    hrefs = {e.text for e in root.iter(f"{KML}href")}
    assert hrefs == set(entries) - {"doc.kml"}
    styles = {f"#{e.get('id')}" for e in root.iter(f"{KML}Style")}
    assert {e.text for e in root.iter(f"{KML}styleUrl")} <= styles
    assert not list(root.iter(f"{KML}NetworkLink"))


def test_one_overlay_is_shown_of_all_threats_and_altitudes(tmp_path: Path) -> None:
    root, _ = unpacked(tmp_path)
    overlays = list(root.iter(f"{KML}GroundOverlay"))
    assert len(overlays) == 3 * 6
    shown = [o for o in overlays if o.findtext(f"{KML}visibility") == "1"]
    assert [o.findtext(f"{KML}Icon/{KML}href") for o in shown] == ["cover/threat1-300m.png"]


def test_an_overlay_shows_the_field_under_each_pixel(tmp_path: Path) -> None:
    root, entries = unpacked(tmp_path)
    grid = sample_grid()
    field = sample_assessment(tmp_path).coverage.depth_probability[2, 3, 0]
    picture = pixels(entries["cover/threat3-1000m.png"])
    box = next(root.iter(f"{KML}LatLonBox"))
    north, south, east, west = (
        float(box.findtext(KML + side) or "nan") for side in ("north", "south", "east", "west")
    )
    rows, cols = picture.shape
    lat = north - (north - south) * (np.arange(rows) + 0.5) / rows
    lon = west + (east - west) * (np.arange(cols) + 0.5) / cols
    x, y = grid.frame.to_xy(*np.meshgrid(lat, lon, indexing="ij"))
    centre_x, centre_y = grid.centres()
    classes = probability_classes(field)
    for r in range(rows):
        for c in range(cols):
            dx, dy = abs(centre_x - x[r, c]), abs(centre_y - y[r, c])
            if min(dx) < 0.49 * CELL_M and min(dy) < 0.49 * CELL_M:
                assert picture[r, c] == classes[np.argmin(dy), np.argmin(dx)]
            elif min(dx) > 0.51 * CELL_M or min(dy) > 0.51 * CELL_M:
                assert picture[r, c] == 0


@pytest.mark.parametrize("lat", [-55.0, -0.5, 0.0, 10.2, 55.75, 68.0])
def test_no_pixel_is_smaller_than_a_published_cell(lat: float) -> None:
    grid = Grid(Frame(lat, 37.6), -300_000.0, 250_000.0, 10_000.0, 50, 60)
    overlay = overlay_of(grid)
    rows, cols = overlay.cell.shape
    tall, wide = (overlay.north - overlay.south) / rows, (overlay.east - overlay.west) / cols
    least_m = grid.cell_m * 0.99999  # rounding
    for at in np.linspace(overlay.south, overlay.north - tall, 12):
        assert distance_m(at, 37.6, at + tall, 37.6) >= least_m
    for at in (overlay.south, overlay.north):
        assert distance_m(at, 37.6, at, 37.6 + wide) >= least_m


def test_rings_and_precision_are_geodesic_circles(tmp_path: Path) -> None:
    unpacked(tmp_path)
    shapes = {p.name: p for p in read_polygons(tmp_path / "network.kmz")}
    low, _, high = RANGE_KM["bukm2e"]
    for name, radius_m in (
        (f"Published range, low: {low:.0f} km", low * 1_000),
        (f"Published range, high: {high:.0f} km", high * 1_000),
    ):
        ring = shapes[name].ring
        for lon, lat in ring:
            assert distance_m(10.485, -66.8436, lat, lon) == pytest.approx(radius_m, abs=2)
    precision = [p for p in read_polygons(tmp_path / "network.kmz") if "precision" in p.name]
    assert len(precision) == 4


def test_units_say_their_odds_in_words_and_numbers(tmp_path: Path) -> None:
    root, _ = unpacked(tmp_path)
    texts = {
        p.findtext(f"{KML}name"): p.findtext(f"{KML}description") or ""
        for p in root.iter(f"{KML}Placemark")
    }
    buk = texts["Buk-M2E (SA-17), La Carlota airbase"]
    for wanted in ("likely (80", "Launchers, if there", "1 000 m", "orbat.bukm2e@la-carlota"):
        assert wanted in buk.replace("\u202f", " ")
    point = [p for p in root.iter(f"{KML}Placemark") if p.find(f"{KML}Point") is not None]
    assert len(point) == 4  # the teams are an area, never a position


def test_every_trail_it_names_can_be_followed(tmp_path: Path) -> None:
    root, _ = unpacked(tmp_path)
    write_json(sample_assessment(tmp_path), tmp_path / "assessment.json")
    texts = " ".join(d.text or "" for d in root.iter(f"{KML}description"))
    named = set(re.findall(r"shieldwall explain DIR ([^<\s]+)", texts))
    named |= set(re.findall(r"catalogue:[^<\s]+", texts))
    assert len(named) == 5 + 3 + 4  # units, areas, figures of rings
    for figure in named:
        assert explain_json(tmp_path, figure)


class Tags(HTMLParser):
    """Collects what a viewer would take for tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)


def test_hostile_text_is_inert(tmp_path: Path) -> None:
    root, entries = unpacked(tmp_path, hostile=True)
    assert root.findtext(f"{KML}Document/{KML}name") == HOSTILE_TEXT
    assert b"<script" not in entries["doc.kml"]
    tags = Tags()
    for description in root.iter(f"{KML}description"):
        tags.feed(description.text or "")
    assert tags.found == {"table", "tr", "th", "td"}
    assert all(".." not in name and not name.startswith("/") for name in entries)


def test_letters_are_of_one_height_and_unknown_ones_an_error() -> None:
    assert lettered("0-9%").shape == (14, 4 * 6 * 2)
    with pytest.raises(KeyError):
        lettered("é")
