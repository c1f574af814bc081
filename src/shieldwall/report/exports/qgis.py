"""QGIS styles (QML) for the layers of ``network.gpkg``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal
from xml.sax.saxutils import quoteattr

Symbol = tuple[Literal["marker", "line", "fill"], str, Mapping[str, str]]
"""Kind, symbol layer class, properties."""

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"


def colour(hex_rgb: str, alpha: int = 255) -> str:
    """``#0072b2`` as QGIS writes it: ``0,114,178,255``."""
    red, green, blue = (int(hex_rgb[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


def marker(hex_rgb: str, shape: str) -> Symbol:
    """A point with a dark edge."""
    return ("marker", "SimpleMarker", {"name": shape, "color": colour(hex_rgb), "size": "4",
            "outline_color": "20,20,20,255", "outline_width": "0.3"})  # fmt: skip


def outline(hex_rgb: str, pen: str = "solid", width_mm: float = 0.4) -> Symbol:
    """An area drawn by its edge only."""
    return ("fill", "SimpleFill", {"style": "no", "color": "0,0,0,0", "outline_style": pen,
            "outline_color": colour(hex_rgb), "outline_width": f"{width_mm:g}"})  # fmt: skip


def filled(hex_rgb: str, alpha: int) -> Symbol:
    """An area without an edge."""
    return ("fill", "SimpleFill", {"style": "solid", "color": colour(hex_rgb, alpha),
            "outline_style": "no"})  # fmt: skip


def line(hex_rgb: str, pen: str = "solid") -> Symbol:
    """A line."""
    return ("line", "SimpleLine", {"line_color": colour(hex_rgb), "line_width": "0.4",
            "line_style": pen})  # fmt: skip


def single(symbol: Symbol) -> str:
    """One symbol for all features."""
    return _document('type="singleSymbol"', "", [symbol])


def by_value(column: str, classes: Iterable[tuple[str, Symbol]]) -> str:
    """A symbol for each value of ``column``."""
    listed = list(classes)
    entries = "".join(
        f'<category render="true" symbol="{n}" value={quoteattr(value)} label={quoteattr(value)}/>'
        for n, (value, _) in enumerate(listed)
    )
    return _document(
        f'type="categorizedSymbol" attr={quoteattr(column)}',
        f"<categories>{entries}</categories>",
        [symbol for _, symbol in listed],
    )


def by_class(column: str, classes: Iterable[tuple[float, float, str, Symbol]]) -> str:
    """A symbol for each range of ``column``: lower, upper, label, symbol."""
    listed = list(classes)
    entries = "".join(
        f'<range render="true" symbol="{n}" lower="{low:.6f}" upper="{high:.6f}" '
        f"label={quoteattr(label)}/>"
        for n, (low, high, label, _) in enumerate(listed)
    )
    return _document(
        f'type="graduatedSymbol" graduatedMethod="GraduatedColor" attr={quoteattr(column)}',
        f"<ranges>{entries}</ranges>",
        [symbol for *_, symbol in listed],
    )


def _document(renderer: str, classes: str, symbols: list[Symbol]) -> str:
    drawn = "".join(
        f'<symbol type="{kind}" name="{n}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0">{_properties(properties)}</layer>'
        "</symbol>"
        for n, (kind, layer, properties) in enumerate(symbols)
    )
    return (
        f'{_HEAD}<qgis version="3.22.0" styleCategories="Symbology">'
        f'<renderer-v2 {renderer} symbollevels="0" forceraster="0" enableorderby="0">'
        f"{classes}<symbols>{drawn}</symbols></renderer-v2></qgis>"
    )


def _properties(properties: Mapping[str, str]) -> str:
    return "".join(f"<prop k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in properties.items())
