"""Key judgements on the page: question by question, every figure a link to its trail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from shieldwall.report.judgements import QUESTIONS, Judgement, Question
from shieldwall.report.page.figures import Figures
from shieldwall.report.words import UNKNOWN, count, measure, number, plain, span

TITLES: dict[Question, str] = {
    "network": "What is there",
    "coverage": "What it covers",
    "control": "Who operates it",
    "raids": "How it would fare",
    "ripple": "What it changes",
}
_SHOWN = 3
"""Judgements of a question that stand open."""
_FIGURE = re.compile(r"(?:[<>]\u202f?|[+\u2212])?\d[\d\u202f.]*(?:\u202f%|\u00a0\w+)?")
_ORIGINS = " independent origin"
"""What follows a count of origins in a sentence."""
_BRACKET = re.compile(r"\(([^()]*\d[^()]*)\)")


@dataclass(frozen=True)
class Judged:
    """One judgement as printed."""

    anchor: str
    judged: bool
    claim: Markup
    detail: Markup
    reason: Markup
    change: Markup
    look: str
    figures: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True)
class JudgedGroup:
    """Judgements of one question."""

    title: str
    first: tuple[Judged, ...]
    more: tuple[Judged, ...]
    """Folded: the list is long."""
    more_words: str


def judged(found: Sequence[Judgement], figures: Figures) -> tuple[JudgedGroup, ...]:
    """Every judgement, by question; questions without any are left out."""
    return tuple(
        _group(TITLES[q], tuple(_judged(j, figures) for j in found if j.question == q))
        for q in QUESTIONS
        if any(j.question == q for j in found)
    )


def _group(title: str, own: tuple[Judged, ...]) -> JudgedGroup:
    # They come the most telling first; one more than fits is shown rather than folded by itself.
    shown = len(own) if len(own) <= _SHOWN + 1 else _SHOWN
    more = own[shown:]
    words = f"{count(len(more), 'further judgement').capitalize()}: {title[0].lower()}{title[1:]}"
    return JudgedGroup(title, own[:shown], more, words)


def _judged(found: Judgement, figures: Figures) -> Judged:
    return Judged(
        anchor=f"judgement-{re.sub(r'[^A-Za-z0-9_.@-]', '-', found.id)}",
        judged=found.judged,
        claim=_claim(found, figures),
        detail=_linked(found.detail, found, figures),
        reason=_linked(found.confidence.reason, found, figures),
        change=_linked(found.what_would_change, found, figures),
        look=found.look_next,
        figures=tuple(_figure(id, figures) for id in found.figures),
    )


def _claim(found: Judgement, figures: Figures) -> Markup:
    """The claim with its probability and band as one link."""
    bracket = _BRACKET.search(found.claim)
    if not found.judged or bracket is None or not found.figures:
        return escape(plain(found.claim))
    before, after = found.claim[: bracket.start(1)], found.claim[bracket.end(1) :]
    return Markup("{}{}{}").format(
        plain(before), figures.link(found.figures[0], bracket[1], "fig long"), plain(after)
    )


def _linked(text: str, found: Judgement, figures: Figures) -> Markup:
    """Text in which every figure that one of the judgement's numbers prints leads to its trail."""
    printed: dict[str, str] = {}
    for id in found.figures:
        quantity = figures.quantity(id)
        if quantity is None:
            continue
        if quantity.unit == "origins":
            printed.setdefault(f"{number(quantity.value, 1)}{_ORIGINS}", id)
            continue
        ends = span(quantity.low, quantity.high, quantity.unit).split(" to ")
        for each in (measure(quantity.value, quantity.unit), *ends):
            if each and each != UNKNOWN:
                printed.setdefault(each, id)
    parts, at = [], 0
    for match in _FIGURE.finditer(text):
        counts = text.startswith(_ORIGINS, match.end())
        where = printed.get(f"{match[0]}{_ORIGINS}" if counts else match[0])
        if where is not None:
            parts += [escape(plain(text[at : match.start()])), figures.link(where, match[0])]
            at = match.end()
    return Markup("").join([*parts, escape(plain(text[at:]))])


def _figure(id: str, figures: Figures) -> tuple[str, Markup]:
    quantity = figures.quantity(id)
    if quantity is None:
        return "", figures.link(id, id, "fig claim-id")
    return quantity.label, figures(id)
