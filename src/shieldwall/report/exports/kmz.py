"""``network.kmz``: the network for a globe viewer: units, precision, rings, cover by altitude."""

from __future__ import annotations

import html
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from shieldwall.files import replacing
from shieldwall.report import words
from shieldwall.report.exports import facts
from shieldwall.report.exports.icons import icon_png
from shieldwall.report.exports.overlay import (
    DEFAULT_ALTITUDE_M,
    Overlay,
    legend_png,
    overlay_of,
)
from shieldwall.report.records import Assessment
from shieldwall.report.words import LAYERS, layer_name, plain
from shieldwall.vectors.archive import write_archive
from shieldwall.vectors.polygons import Ring

NAMESPACE = "http://www.opengis.net/kml/2.2"
EDGE_WIDTHS = {"low": 1.0, "likely": 2.5, "high": 1.0}
DEGREE_DECIMALS = 6
NOTES = (
    "Probabilities over the draws of what is there, works and sees; rings are published ranges "
    "and ignore terrain. Positions are drawn at the precision at which they were published."
)

Element = ElementTree.Element


def write_kmz(assessment: Assessment, path: Path) -> None:
    """Write the KMZ: one document and its pictures, no link leaves it. Raises ``OutputError``."""
    overlay = overlay_of(assessment.coverage.grid)
    entries = {"doc.kml": _document(assessment, overlay), "legend.png": legend_png()}
    entries |= {
        f"icons/{layer}.png": icon_png(layer, rgb) for layer, rgb in facts.LAYER_COLOURS.items()
    }
    for t in range(len(assessment.coverage.threats)):
        for a, altitude_m in enumerate(assessment.coverage.altitudes_m):
            field = assessment.coverage.depth_probability[t, a, 0]
            entries[_picture(t, altitude_m)] = overlay.png(field)
    with replacing(path) as temporary:
        write_archive(temporary, entries)


def _picture(threat: int, altitude_m: int) -> str:
    return f"cover/threat{threat + 1}-{altitude_m}m.png"


def _document(assessment: Assessment, overlay: Overlay) -> bytes:
    root = Element("kml", xmlns=NAMESPACE)
    document = _add(root, "Document")
    _text(document, "name", assessment.case.title)
    _text(document, "open", "1")
    _text(document, "description", _about(assessment))
    for layer, rgb in facts.LAYER_COLOURS.items():
        _layer_styles(document, layer, rgb)
    white, teams = "#ffffff", facts.LAYER_COLOURS["point"]
    _area_style(document, "precision", _abgr(white, 0xC0), 1.5, _abgr(white, 0x30))
    _area_style(document, "area", _abgr(white, 0xFF), 2.5, None)
    _area_style(document, "spread", _abgr(teams, 0xFF), 1.5, _abgr(teams, 0x30))
    _cover(document, assessment, overlay)
    _network(document, assessment)
    areas = _folder(document, "Defended areas")
    for area in sorted(assessment.case.defended_areas, key=lambda a: a.id):
        rows = [("Why", area.reason), ("Trail", f"shieldwall explain DIR coverage.{area.id}")]
        _polygon(_placemark(areas, area.name, "area", rows), facts.closed(area.polygon))
    _legend(document)
    ElementTree.indent(root, " ")
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _about(assessment: Assessment) -> str:
    """What the reader must know first, and what no map can show."""
    case = assessment.case
    unlocated = sorted(h.system for h in assessment.order_of_battle.held if h.unlocated)
    rows = [
        ("As of", case.as_of.isoformat()),
        ("How to read it", NOTES),
        ("Terrain", assessment.terrain.words),
        ("Made by", f"Shieldwall {assessment.version}"),
    ]
    if unlocated:
        named = (
            assessment.catalogue.systems.get(s) or assessment.catalogue.radars.get(s)
            for s in unlocated
        )
        names = [n.name if n else s for n, s in zip(named, unlocated, strict=True)]
        rows.insert(1, ("In the country, on no map", words.listed(names)))
    return _html_table(rows)


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return ElementTree.SubElement(parent, tag, attributes)


def _text(parent: Element, tag: str, text: str) -> Element:
    child = _add(parent, tag)
    child.text = plain(text)
    return child


def _html_table(rows: Iterable[tuple[str, str]]) -> str:
    """A description: viewers read it as HTML, so every text is escaped for HTML here and for XML
    by the writer."""
    cells = "".join(
        f"<tr><th align='left' valign='top'>{html.escape(k)}</th><td>{html.escape(v)}</td></tr>"
        for k, v in rows
    )
    return f"<table cellpadding='3'>{cells}</table>"


def _abgr(rgb: str, alpha: int) -> str:
    """``#0072b2`` in KML's order: alpha, blue, green, red."""
    return f"{alpha:02x}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}"


def _layer_styles(document: Element, layer: str, rgb: str) -> None:
    site = _add(document, "Style", id=layer)
    icon = _add(site, "IconStyle")
    _text(icon, "scale", "0.9")
    _text(_add(icon, "Icon"), "href", f"icons/{layer}.png")
    _text(_add(site, "LabelStyle"), "scale", "0.8")
    for bound, width in EDGE_WIDTHS.items():
        _area_style(document, f"{layer}-{bound}", _abgr(rgb, 0xFF), width, None)


def _area_style(document: Element, id: str, line: str, width: float, fill: str | None) -> None:
    style = _add(document, "Style", id=id)
    edge = _add(style, "LineStyle")
    _text(edge, "color", line)
    _text(edge, "width", f"{width:g}")
    inside = _add(style, "PolyStyle")
    _text(inside, "color", fill or "00ffffff")
    _text(inside, "fill", "0" if fill is None else "1")


def _folder(parent: Element, name: str, visible: bool = True, radio: bool = False) -> Element:
    folder = _add(parent, "Folder")
    _text(folder, "name", name)
    _text(folder, "visibility", "1" if visible else "0")
    if radio:
        _text(_add(_add(folder, "Style"), "ListStyle"), "listItemType", "radioFolder")
    return folder


def _placemark(
    parent: Element, name: str, style: str, rows: Iterable[tuple[str, str]], visible: bool = True
) -> Element:
    placemark = _add(parent, "Placemark")
    _text(placemark, "name", name)
    _text(placemark, "visibility", "1" if visible else "0")
    _text(placemark, "description", _html_table(rows))
    _text(placemark, "styleUrl", f"#{style}")
    return placemark


def _network(document: Element, assessment: Assessment) -> None:
    units = facts.units(assessment)
    for layer in LAYERS:
        here = [u for u in units if u.unit.layer == layer]
        if here:
            folder = _folder(document, layer_name(layer).capitalize())
            for unit in here:
                _unit(_folder(folder, unit.title), assessment, unit)


def _unit(folder: Element, assessment: Assessment, unit: facts.UnitFacts) -> None:
    place, layer = unit.place, unit.unit.layer
    area = place.polygon is not None
    site = _placemark(folder, unit.title, "spread" if area else layer, unit.rows)
    if place.polygon is not None:
        _polygon(site, facts.closed(place.polygon))
        return
    if place.lat is None or place.lon is None:
        return
    _text(_add(site, "Point"), "coordinates", _coordinates([(place.lon, place.lat)]))
    if place.precision_m:
        rows = [("Position", f"somewhere within {words.number(place.precision_m)} m")]
        precision = _placemark(folder, "Published precision", "precision", rows)
        _polygon(precision, facts.circle(place.lat, place.lon, place.precision_m))
    for ring in facts.range_rings(assessment, unit):
        name = f"Published range, {ring.bound}: {words.number(ring.radius_m / 1000)} km"
        rows = [("Source", f"catalogue:{ring.figure}")]
        style = f"{layer}-{ring.bound}"
        _polygon(_placemark(folder, name, style, rows, layer != "surveillance"), ring.ring)


def _polygon(placemark: Element, ring: Ring) -> None:
    polygon = _add(placemark, "Polygon")
    _text(polygon, "tessellate", "1")
    outer = _add(_add(polygon, "outerBoundaryIs"), "LinearRing")
    _text(outer, "coordinates", _coordinates(ring))


def _coordinates(ring: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{lon:.{facts.DEGREE_DECIMALS}f},{lat:.{facts.DEGREE_DECIMALS}f},0"
                    for lon, lat in ring)  # fmt: skip


def _cover(document: Element, assessment: Assessment, overlay: Overlay) -> None:
    """One folder a threat, one overlay an altitude; one of them all is shown at first."""
    coverage = assessment.coverage
    names = {t.id: t.name for t in assessment.case.threats}
    shown = min(coverage.altitudes_m, key=lambda each: abs(each - DEFAULT_ALTITUDE_M))
    top = _folder(document, "Probability of cover", radio=True)
    for t, threat in enumerate(coverage.threats):
        folder = _folder(top, f"Against: {names[threat]}", visible=t == 0, radio=True)
        for altitude_m in coverage.altitudes_m:
            ground = _add(folder, "GroundOverlay")
            _text(ground, "name", f"{words.number(altitude_m)} m above ground")
            _text(ground, "visibility", "1" if t == 0 and altitude_m == shown else "0")
            _text(_add(ground, "Icon"), "href", _picture(t, altitude_m))
            box = _add(ground, "LatLonBox")
            for side in ("north", "south", "east", "west"):
                _text(box, side, f"{getattr(overlay, side):.{DEGREE_DECIMALS}f}")


def _legend(document: Element) -> None:
    screen = _add(document, "ScreenOverlay")
    _text(screen, "name", "Legend")
    _text(_add(screen, "Icon"), "href", "legend.png")
    for tag, x, y in (("overlayXY", "0", "0"), ("screenXY", "0.01", "0.06")):
        _add(screen, tag, x=x, y=y, xunits="fraction", yunits="fraction")
