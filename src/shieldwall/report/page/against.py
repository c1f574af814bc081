"""The section where documents and assessment part: three columns, every number linked."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from shieldwall.report.against import KINDS, Entry, Part, against
from shieldwall.report.against.documents import read_documents
from shieldwall.report.against.records import GROUPS, Group, Number
from shieldwall.report.page.figures import Figures
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, plain, sentence

_SHOWN = 2
"""Statements printed for one row; further claims are named by their ids."""


@dataclass(frozen=True)
class Said:
    """One statement of a document, and the link to its trail."""

    text: str
    link: Markup


@dataclass(frozen=True)
class Row:
    """One row: what is said, what is concluded, why."""

    kind: str
    says: tuple[Said, ...]
    finds: Markup
    why: str


@dataclass(frozen=True)
class Rows:
    """Rows of one group, the largest consequence first."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Parted:
    """Everything the section prints."""

    lede: str
    documents: tuple[str, ...]
    groups: tuple[Rows, ...]


def parted(assessment: Assessment, figures: Figures) -> Parted:
    """The section of one assessment; without groups where nothing is held against a document."""
    read = read_documents(assessment)
    entries = against(assessment)
    groups: dict[Group, list[Row]] = {}
    for entry in entries:
        groups.setdefault(KINDS[entry.kind].group, []).append(_row(assessment, entry, figures))
    coded = sum(len(own) for _, own in read.each())
    parting = count(len({c for e in entries for c in e.claims}), "of them", "of them")
    lede = (
        f"{count(coded, 'statement').capitalize()} are coded from the source documents of this "
        f"case. The evidence says otherwise, or more, of {parting}; of the rest it says the same, "
        "or does not decide."
    )
    documents = tuple(assessment.case.source(d).name for d, _ in read.each())
    return Parted(lede, documents, tuple(Rows(GROUPS[g], tuple(r)) for g, r in groups.items()))


def _row(assessment: Assessment, entry: Entry, figures: Figures) -> Row:
    links = [
        Said(_statement(assessment, c), figures.link(f"claim:{c}", c, "fig claim-id"))
        for c in entry.claims
    ]
    if entry.says:
        first = links[0].link if links else Markup("")
        links = [Said(entry.says, first), *(Said("", s.link) for s in links[1:])]
    shown = [s if n < _SHOWN else Said("", s.link) for n, s in enumerate(links)]
    finds = Markup("").join(_part(p, figures) for p in entry.finds)
    return Row(KINDS[entry.kind].name, tuple(shown), finds, sentence(entry.why))


def _statement(assessment: Assessment, claim: str) -> str:
    return sentence(assessment.evidence.claim(claim).statement)


def _part(part: Part, figures: Figures) -> Markup:
    """Text as text, numbers and words as links to their trail."""
    if isinstance(part, str):
        return escape(plain(part))
    if isinstance(part, Number):
        match part.how:
            case "words":
                return figures(part.id, words=True)
            case "bare":
                return figures(part.id, bare=True)
            case "signed":
                return figures.signed(part.id)
            case "band":
                return figures.band(part.id)
            case _:
                return figures(part.id)
    return figures.link(part.id, plain(part.text), "fig long")
