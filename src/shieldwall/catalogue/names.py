"""Finding a sheet by any of its names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from shieldwall.catalogue.records import Catalogue
from shieldwall.errors import UsageError


def normal(name: str) -> str:
    """A name without case, blanks and punctuation: ``sa23`` for ``SA-23``."""
    return re.sub(r"[^0-9a-z]", "", name.casefold())


def aliases(catalogue: Catalogue) -> Iterator[tuple[str, str, str]]:
    """(name, id, file) of every id and designation of systems, radars and threats."""
    for part, table in (
        ("systems", catalogue.systems),
        ("radars", catalogue.radars),
        ("threats", catalogue.threats),
    ):
        for id, item in table.items():
            for name in (id, item.name, *item.designations):
                yield name, id, f"{part}/{id}.toml"


def resolve(catalogue: Catalogue, name: str) -> str:
    """The id of the sheet called ``name``: an id, a designation, a reporting name.

    Raises ``UsageError`` with the closest names where there is none.
    """
    known = {normal(alias): (alias, id) for alias, id, _ in aliases(catalogue)}
    wanted = normal(name)
    if wanted in known:
        return known[wanted][1]
    inside = [n for n in known if len(wanted) >= 3 and wanted in n]
    close = [*difflib.get_close_matches(wanted, list(known), n=5), *inside]
    ids = list(dict.fromkeys(known[n][1] for n in close))[:4]
    shown = ", ".join(ids)
    hint = f"; close: {shown}" if shown else "; 'shieldwall catalogue' lists what there is"
    raise UsageError(f"the catalogue has no '{name}'{hint}")
