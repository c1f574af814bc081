"""Drawings that stand alone: WeasyPrint reads each ``svg`` by itself.

It applies no style of the page to one, knows no symbol of another, and paints strokes over text
whatever ``paint-order`` says. So what the page's style says of each part is written on it, symbols
and patterns are copied to where they are used, and a text's halo becomes a text of its own below.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree.ElementTree import Element

SVG = "{http://www.w3.org/2000/svg}"
PAINT = frozenset((
    "display", "fill", "fill-opacity", "fill-rule", "font-family", "font-size", "font-style",
    "font-weight", "image-rendering", "opacity", "paint-order", "stroke", "stroke-dasharray",
    "stroke-linejoin", "stroke-opacity", "stroke-width",
))  # fmt: skip
"""What a drawing takes from the page's style."""
SHARED = (f"{SVG}symbol", f"{SVG}pattern")

_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")
_NAMED = re.compile(r"^#(.+)$|^url\([\"']?#([^)\"']+)")
_COLOUR = re.compile(r"(--[\w-]+): ?(#[0-9a-fA-F]{6})")
_MIX = re.compile(r"color-mix\(in srgb, var\((--[\w-]+)\) (\d+)%, transparent\)")
_WEIGHT = re.compile(r"(font-weight: )(\d{3})\b")

Variables = Mapping[str, str]
Declarations = list[tuple[str, str]]


def stand_alone(root: Element, css: str) -> None:
    """Make every drawing below ``root`` stand alone, by the page's style in print."""
    import cssselect2

    _dress(cssselect2.ElementWrapper.from_html_root(root), _matcher(css), {}, False)
    shared = {str(e.get("id")): e for e in root.iter() if e.tag in SHARED}
    drawings = [e for e in root.iter() if e.tag == f"{SVG}svg"]
    for drawing in drawings:
        _take_out(drawing)
        _name(drawing)
        _halo(drawing)
    for drawing in drawings:
        _bring(drawing, shared)


def plainer(css: str) -> str:
    """``css`` without what WeasyPrint does not know: ``color-mix``, weights between hundreds.

    A mix becomes the plain colour that it has on white paper.
    """
    colours: dict[str, str] = {}
    for name, colour in _COLOUR.findall(css):
        colours.setdefault(name, colour)  # the first is for light screens and paper

    def thin(match: re.Match[str]) -> str:
        share = int(match[2]) / 100
        parts = (int(colours[match[1]][i : i + 2], 16) for i in (1, 3, 5))
        mixed = (round(255 - share * (255 - part)) for part in parts)
        return f"#{bytes(mixed).hex()}"

    return _WEIGHT.sub(lambda m: f"{m[1]}{round(int(m[2]), -2)}", _MIX.sub(thin, css))


def _matcher(css: str) -> Any:
    import cssselect2
    import tinycss2

    matcher = cssselect2.Matcher()
    for prelude, content in _rules(tinycss2.parse_stylesheet(css, True, True)):
        declared = [
            (d.lower_name if not d.name.startswith("--") else d.name,
             tinycss2.serialize(d.value).strip())
            for d in tinycss2.parse_blocks_contents(content, True, True)
            if d.type == "declaration"
        ]  # fmt: skip
        declared = [(n, v) for n, v in declared if n.startswith("--") or n in PAINT]
        if not declared:
            continue
        try:
            selectors = cssselect2.compile_selector_list(prelude)
        except cssselect2.SelectorError:  # of the screen only, such as :focus-visible
            continue
        for selector in selectors:
            if selector.pseudo_element is None:
                matcher.add_selector(selector, declared)
    return matcher


def _rules(parsed: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """Rules that hold in print, in order."""
    import tinycss2

    for rule in parsed:
        if rule.type == "qualified-rule":
            yield rule.prelude, rule.content
        elif (
            rule.type == "at-rule"
            and rule.lower_at_keyword == "media"
            and tinycss2.serialize(rule.prelude).strip() == "print"
        ):
            yield from _rules(tinycss2.parse_rule_list(rule.content, True, True))


def _dress(wrapper: Any, matcher: Any, variables: Variables, inside: bool) -> None:
    """Write what the style says onto the parts of drawings; variables come down the tree."""
    element: Element = wrapper.etree_element
    inside = inside or element.tag == f"{SVG}svg"
    declared: Declarations = [d for *_, each in matcher.match(wrapper) for d in each]
    own = {name: value for name, value in declared if name.startswith("--")}
    variables = {**variables, **own} if own else variables
    if inside:
        for name, value in declared:
            if not name.startswith("--"):
                element.set(name, _resolved(value, variables))
    for child in wrapper.iter_children():
        _dress(child, matcher, variables, inside)


def _resolved(value: str, variables: Variables) -> str:
    """``value`` with its variables put in; a variable may hold another."""
    for _ in range(4):
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda m: variables.get(m[1], m[2] or "none"), value)
    return value


def _name(drawing: Element) -> None:
    """Name a drawing that the page keeps from screen readers: a tagged PDF tells of every one."""
    if drawing.get("aria-hidden") == "true":
        title = Element(f"{SVG}title")
        title.text = "bar" if "bar" in str(drawing.get("class")) else "symbol"
        drawing.insert(0, title)


def _take_out(drawing: Element) -> None:
    """Leave out what is not displayed: images for dark screens."""
    for parent in list(drawing.iter()):
        for child in list(parent):
            if child.get("display") == "none":
                parent.remove(child)


def _halo(drawing: Element) -> None:
    """A text painted stroke first becomes two: the stroke, and over it the text."""
    for parent in list(drawing.iter()):
        for place, child in reversed(list(enumerate(parent))):
            if child.tag != f"{SVG}text" or child.get("paint-order") != "stroke":
                continue
            below = copy.deepcopy(child)
            for part in below.iter():
                part.set("fill", str(child.get("stroke")))
            below.tail = None
            parent.insert(place, below)
            for name in ("stroke", "stroke-width", "paint-order"):
                child.attrib.pop(name, None)
            child.set("stroke", "none")


def _bring(drawing: Element, shared: Mapping[str, Element]) -> None:
    """Copy into ``drawing`` the symbols and patterns that it uses and another one defines."""
    there = {e.get("id") for e in drawing.iter()}
    wanted = [id for id in used(drawing) if id in shared and id not in there]
    if not wanted:
        return
    definitions = Element(f"{SVG}defs")
    while wanted:
        id = wanted.pop()
        if id in there:
            continue
        there.add(id)
        symbol = copy.deepcopy(shared[id])
        definitions.append(symbol)
        wanted += [each for each in used(symbol) if each in shared]
    drawing.insert(0, definitions)


def used(element: Element) -> set[str]:
    """Ids that a drawing points at by ``href`` or by a paint."""
    found = set()
    for part in element.iter():
        for name in ("href", "fill", "stroke"):
            if match := _NAMED.match(part.get(name, "")):
                found.add(match[1] or match[2])
    return found
