"""What an entry concludes as plain text, for other programs: the words of the page, unlinked."""

from __future__ import annotations

from shieldwall.provenance import Ledger
from shieldwall.report.against.records import Entry, Number, Part
from shieldwall.report.words import UNKNOWN, likelihood, measure, plain, signed, span


def concluded(entry: Entry, ledger: Ledger) -> str:
    """The middle cell of a row, figures printed as the page prints them."""
    return "".join(_part(part, ledger) for part in entry.finds).strip()


def _part(part: Part, ledger: Ledger) -> str:
    if isinstance(part, str):
        return plain(part)
    return _number(part, ledger) if isinstance(part, Number) else plain(part.text)


def _number(part: Number, ledger: Ledger) -> str:
    found = ledger.quantities.get(part.id)
    if found is None:
        return UNKNOWN
    bare = part.how == "bare" and found.unit not in ("share", "probability")
    unit = "" if bare else found.unit
    text = measure(found.value, unit)
    match part.how:
        case "words":
            return text if text == UNKNOWN else f"{likelihood(found.value)}, {text}"
        case "signed":
            return UNKNOWN if found.value is None else signed(found.value)
        case "band":
            return "" if found.low == found.high else span(found.low, found.high, unit)
        case _:
            return text
