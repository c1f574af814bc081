"""Airfields by name, ICAO and IATA code, from the package airportsdata; read when first needed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from shieldwall.evidence.extraction.folding import fold
from shieldwall.evidence.extraction.lexicon import words

_TYPES = words("gazetteer", "types")
_RANKS = {"captain": "capitan", "capt": "capitan", "cap": "capitan", "gen": "general",
          "generalissimo": "generalisimo", "marshal": "mariscal", "lt": "teniente"}  # fmt: skip
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Airfields:
    """Look-ups to ICAO codes; a name that several airfields bear leads to none."""

    codes: frozenset[str]
    by_iata: dict[str, str]
    by_core: dict[str, str]
    cities: frozenset[str]
    """Folded names of cities with scheduled flights."""

    def named(self, name: str) -> str | None:
        """The ICAO code of an airfield by its name, type words and ranks set aside."""
        return self.by_core.get(core(name))


@cache
def airfields() -> Airfields:
    """The index of all airfields with an ICAO code of four letters."""
    import airportsdata

    rows = [r for r in airportsdata.load("ICAO").values() if _proper(r["icao"])]
    by_core: dict[str, str] = {}
    for wanted in (True, False):
        fresh: dict[str, set[str]] = {}
        for row in rows:
            if bool(row["iata"]) == wanted:
                for name in re.split(r"[()/]", row["name"]):
                    if len(key := core(name)) >= 4:
                        fresh.setdefault(key, set()).add(row["icao"])
        for key, codes in fresh.items():
            if len(codes) == 1:
                by_core.setdefault(key, next(iter(codes)))
    cities = frozenset(fold(r["city"]).text for r in rows if r["iata"] and len(r["city"]) >= 5)
    return Airfields(
        frozenset(r["icao"] for r in rows),
        {r["iata"]: r["icao"] for r in rows if r["iata"]},
        by_core,
        cities,
    )


def _proper(code: str) -> bool:
    return len(code) == 4 and code.isalpha() and code.isupper()


def core(name: str) -> str:
    """``Capitan Manuel Rios Airbase`` -> ``capitan manuel rios``."""
    words: Iterable[str] = _LETTERS.findall(fold(name).text)
    return " ".join(_RANKS.get(w, w) for w in words if w not in _TYPES)
