"""Names and values compared as a reader would: accents, titles and transliterations aside."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from shieldwall.case.records import Case, Claim, Moment
from shieldwall.catalogue.records import Catalogue
from shieldwall.written import day, month_year, short

SMALL = frozenset({"of", "the", "for", "and", "a", "an", "in", "at", "on", "to", "affairs"})
"""Words that change no title: minister of foreign affairs is foreign minister."""

SPELLINGS = {"defense": "defence", "chief": "head", "centre": "center"}
"""One spelling or word for another, in titles."""

LONG_WORD = 5
"""Letters from which on one letter may differ between transliterations (Sergei, Sergey)."""


def said(case: Case, claim: Claim) -> str:
    """Who said it and what, for the reader."""
    return f"{short(case.source(claim.source).name)}: {claim.statement.strip()}"


def system_names(catalogue: Catalogue) -> dict[str, str]:
    """Systems, radars and aircraft as the catalogue calls them, without designations."""
    tables = (catalogue.threats, catalogue.radars, catalogue.systems)
    return {id: item.short_name for table in tables for id, item in table.items()}


def when(moment: Moment) -> str:
    """A moment for the reader, as coarse as it was published, in UTC."""
    s = moment.start
    if moment.precision == "year":
        return str(s.year)
    if moment.precision == "month":
        return month_year(s)
    date = day(s)
    return date if moment.precision == "day" else f"{date}, {s:%H:%M} UTC"


def plain(text: str) -> str:
    """Lower case, without accents or punctuation, one space between words."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = (c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


@lru_cache(maxsize=65_536)
def key_words(text: str) -> frozenset[str]:
    """The words that carry a name or title."""
    words = plain(text).split()
    return frozenset(SPELLINGS.get(w, w) for w in words if w not in SMALL)


def same(first: str, second: str) -> bool:
    """Whether two names are one name, loosely spelt."""
    a, b = key_words(first), key_words(second)
    return len(a) == len(b) and _within(a, b) and _within(b, a)


def agree(first: str, second: str) -> bool:
    """Whether two values can both hold: the same, or one says more than the other."""
    a, b = key_words(first), key_words(second)
    return _within(a, b) or _within(b, a)


def _within(few: frozenset[str], many: frozenset[str]) -> bool:
    return all(word in many or any(_spelt_alike(word, other) for other in many) for word in few)


def _spelt_alike(a: str, b: str) -> bool:
    """One letter changed, added or left out, in long words without digits."""
    if min(len(a), len(b)) < LONG_WORD or a[0] != b[0]:
        return False
    if not (a.isalpha() and b.isalpha()):
        return False
    start = next(
        (i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b))
    )
    return (
        a[start + 1 :] == b[start + 1 :]
        or a[start + 1 :] == b[start:]
        or a[start:] == b[start + 1 :]
    )
