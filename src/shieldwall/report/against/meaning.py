"""What a thing is for: readings weighed against each other, silence, tasks told otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.question_records import Question
from shieldwall.case.records import Claim
from shieldwall.evidence.ach import Matrix
from shieldwall.evidence.contradictions.words import key_words
from shieldwall.report.against.documents import Read, ids
from shieldwall.report.against.records import Entry, Number, Part
from shieldwall.report.words import sentence

LONG_WORD = 6
"""Letters from which on a word that a reading shares with an answer says what it is about."""
SILENT = ("declined to comment", "not seen", "not confirmed")


def disputes(read: Read) -> Iterator[Entry]:
    """Tasks and intents of which another origin says otherwise."""
    for document, own in read.each():
        for found in (c for c in read.found("identity", ids(own)) if not c.checkable):
            others = found.claims[1:]
            finds: list[Part] = [f"{found.finds.rstrip('.')}. "]
            for other in others:
                claim = read.evidence.claim(other)
                finds += [read.linked(other), f": {claim.statement.strip().rstrip('.')}"]
                if read.has(f"weight.{other}"):
                    finds += [" (likelihood ratio ", Number(f"weight.{other}"), ")"]
                finds.append(". ")
            tie = "nothing decides" in found.finds
            yield Entry(
                "dispute", document, found.claims[:1], others, tuple(finds),
                "Either is as well supported as the other, and neither is named wrong." if tie else
                "The other stands better by the grade of its source; no channel pays for it.", 0.5,
            )  # fmt: skip


def readings(read: Read) -> Iterator[Entry]:
    """Answers that a document offers or implies, weighed as competing hypotheses."""
    questions = {q.id: q for q in read.assessment.case.questions}
    for document, own in read.each():
        for found in (m for m in read.assessment.matrices if m.question in questions):
            claims = _offered(questions[found.question], own) or _observed(read, found, own)
            if not claims:
                continue
            yield Entry(
                "reading", document, ids(claims),
                tuple(dict.fromkeys(c for r in found.rows for c in r.claims)),
                tuple(_standings(found)), _why(found),
                1 - max((s.posterior.likely or 0.0) for s in found.standings),
            )  # fmt: skip


def _offered(question: Question, own: tuple[Claim, ...]) -> list[Claim]:
    """Intents a document offers as guesses, about what the answers are about."""
    about = [_telling(h.text) for h in question.hypotheses]
    guesses = [c for c in own if c.about == "intent" and c.modality == "speculated"]
    return [c for c in guesses if any(words & _telling(c.statement) for words in about)]


def _observed(read: Read, found: Matrix, own: tuple[Claim, ...]) -> list[Claim]:
    """What a document makes of the conduct that the question observes."""
    seen = {c for row in found.rows for c in row.claims}
    return [
        c for c in own
        if c.about == "conduct" and (c.id in seen or read.evidence.lineage.parent(c.id) in seen)
    ]  # fmt: skip


def _telling(text: str) -> frozenset[str]:
    return frozenset(w for w in key_words(text) if len(w) >= LONG_WORD)


def _standings(found: Matrix) -> Iterator[Part]:
    order = sorted(found.standings, key=lambda s: (-(s.posterior.likely or 0.0), s.hypothesis))
    for standing in order:
        figure = f"ach.{found.question}.{standing.hypothesis}"
        yield f"{standing.text.rstrip('.')}: "
        yield Number(figure, "words")
        yield " ("
        yield Number(figure, "band")
        yield "). "


def _why(found: Matrix) -> str:
    names = {r.id: r.observation.rstrip(".") for r in found.rows}
    turns = "; ".join(names[i] for i in found.turns_on)
    steady = "" if found.steady else ", and no answer leads in nearly all draws"
    told = f"Each observation weighs on every answer{steady}"
    return f"{told}; it turns on this: {turns}." if turns else f"{told}."


def silences(read: Read) -> Iterator[Entry]:
    """Silence that a document passes on, read as an observation like any other."""
    for document, own in read.each():
        for found in read.assessment.matrices:
            for row in found.rows:
                quiet = [c for c in row.claims if read.evidence.claim(c).modality in SILENT]
                claims = [c for c in own if read.evidence.lineage.origin(c.id) in quiet]
                if not quiet or not claims:
                    continue
                texts = {s.hypothesis: s.text.rstrip(".") for s in found.standings}
                finds: list[Part] = ["Silence speaks, in bits for (+) or against (\u2212): "]
                order = sorted(row.cells, key=lambda c: (-(c.bits.likely or 0.0), c.hypothesis))
                for n, cell in enumerate(order):
                    figure = f"ach.{found.question}.{row.id}.{cell.hypothesis}"
                    finds += ["" if n == 0 else "; ", texts[cell.hypothesis], " "]
                    finds += [Number(figure, "signed")]
                yield Entry(
                    "silence", document, ids(claims), tuple(quiet), (*finds, "."),
                    sentence(row.reason.split(".")[0]), min(1.0, row.diagnosticity / 4),
                )  # fmt: skip
