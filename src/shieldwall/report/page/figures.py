"""Printing figures: every one is a link to its trail, and what was printed is remembered."""

from __future__ import annotations

import re

from markupsafe import Markup

from shieldwall.provenance import CHANGE, Ledger, Quantity
from shieldwall.report.maps.svg import el
from shieldwall.report.words import UNKNOWN, likelihood, measure, signed, span


def anchor(id: str) -> str:
    """The HTML id of a trail entry: safe in an attribute, a fragment and a selector."""
    return "f-" + re.sub(r"[^A-Za-z0-9_.@:-]", lambda m: f"~{ord(m[0]):x}~", id)


class Figures:
    """Prints quantities of one ledger as links and keeps the ids in the order of printing."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.printed: dict[str, None] = {}

    def quantity(self, id: str) -> Quantity | None:
        """The quantity, or ``None`` where no such number was made."""
        return self._ledger.quantities.get(id)

    def value(self, id: str) -> float | None:
        """The bare number, for choosing words; ``None`` where unknown."""
        found = self.quantity(id)
        return None if found is None else found.value

    def __call__(self, id: str, words: bool = False, bare: bool = False) -> Markup:
        """The value with its unit; ``words`` puts the likelihood term before a probability.

        ``bare`` leaves out units of count, where the heading of a column names them.
        """
        found = self.quantity(id)
        if found is None:
            return el("span", UNKNOWN, class_="unknown")
        text = measure(found.value, _unit(found, bare))
        if words and text != UNKNOWN:
            text = f"{likelihood(found.value)}, {text}"
        return self.link(id, text)

    def signed(self, id: str) -> Markup:
        """A number that is for or against: with its sign, one decimal, no unit."""
        found = self.quantity(id)
        if found is None or found.value is None:
            return el("span", UNKNOWN, class_="unknown")
        return self.link(id, signed(found.value))

    def band(self, id: str, bare: bool = False) -> Markup:
        """Low to high with the unit, or nothing where the number has no band."""
        found = self.quantity(id)
        if found is None or found.low == found.high:
            return Markup("")
        text = span(found.low, found.high, _unit(found, bare))
        return self.link(id, text, "fig band") if text else Markup("")

    def link(self, id: str, text: str, class_: str = "fig") -> Markup:
        """Any text as a link to the trail entry of ``id``, which is then printed below."""
        self.printed.setdefault(id)
        return el("a", text, class_=class_, href=f"#{anchor(id)}")

    @staticmethod
    def to(address: str, text: str) -> Markup:
        """A link inside the page: for counts of what a table lists, which have no trail."""
        return el("a", text, class_="fig", href=address)


def _unit(quantity: Quantity, bare: bool) -> str:
    kept = quantity.unit in ("share", "probability", CHANGE)
    return quantity.unit if kept or not bare else ""
