"""One answer of the first page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.report.judgements import Question
from shieldwall.report.maps.svg import el, join
from shieldwall.report.page.blocks import Block

NOTHING_THERE = "Nothing is known to stand at any place, {}."


@dataclass(frozen=True)
class Glance:
    """A small table of bars beside an answer."""

    block: Block
    first: str
    """Heading of its first column, for screen readers."""
    head: str
    foot: str
    swatches: tuple[tuple[str, str], ...] = ()
    """Class and meaning of each colour, where there are several."""


@dataclass(frozen=True)
class Answer:
    """What a reader is told first of one question."""

    question: Question
    chapter: str
    """Id of the chapter that it opens."""
    headline: Markup
    said: tuple[Markup, ...]
    """Sentences of support; may be empty."""
    glance: Glance | None = None

    @property
    def text(self) -> Markup:
        """Headline and support as one paragraph."""
        return Markup(" ").join((self.headline, *self.said))


def in_words(parts: Sequence[Markup]) -> Markup:
    """``a, b and c``."""
    if len(parts) < 2:
        return join(parts)
    return Markup(", ").join(parts[:-1]) + Markup(" and ") + parts[-1]


def whole(name: str) -> Markup:
    """A name that no line break parts, such as ``S-300VM``."""
    return el("span", name, class_="unit")


def capital(text: Markup) -> Markup:
    """With its first letter large; no markup may stand first."""
    return text[:1].upper() + text[1:]
