"""APP-6 symbols drawn once by ``tools/symbols.mjs``, unknown frame: the viewpoint is the reader's.

Every file has the same box, so that the anchor of each is its centre.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from shieldwall.catalogue.records import Catalogue

VIEW_BOX = "26 26 148 148"

_BY_LAYER = {
    "long": "SUGPEWMAL", "medium": "SUGPEWMAI", "short": "SUGPEWMAS", "point": "SUGPEWMA",
    "surveillance": "SUGPESR",
}  # fmt: skip
_GUN = "SUGPEWA"


def code_of(catalogue: Catalogue, system: str, layer: str) -> str:
    """The symbol for a system or radar: its own code where one is drawn, else its layer's."""
    entry = catalogue.systems.get(system)
    named = entry or catalogue.radars.get(system)
    own = named.sidc.rstrip("-*") if named is not None else ""
    if own in _drawn():
        return own
    if entry is not None and entry.kind == "gun":
        return _GUN
    return _BY_LAYER.get(layer, _BY_LAYER["point"])


@cache
def drawing(code: str) -> str:
    """The inside of a symbol's SVG: trusted package data, its title and comment taken off."""
    text = files(__package__).joinpath(f"{code}.svg").read_text("utf-8")
    inner = re.sub(r"^<svg[^>]*>(<title>.*?</title>)?(<!--.*?-->)?", "", text.strip())
    return inner.removesuffix("</svg>")


@cache
def _drawn() -> frozenset[str]:
    names = (each.name for each in files(__package__).iterdir())
    return frozenset(n.removesuffix(".svg") for n in names if n.endswith(".svg"))
