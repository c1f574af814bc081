"""What a document's reading comes to as a forecast, and how it came out where that is known."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from shieldwall.case.records import Claim
from shieldwall.control.hindcast import hindcast
from shieldwall.control.records import Told
from shieldwall.report.against.documents import THERE, Read, ids, stated
from shieldwall.report.against.records import Entry, Linked, Number, Part
from shieldwall.report.words import count, number, percent, short

APART = 0.1
"""A document's word and a forecast closer than this do not disagree."""


def forecasts(read: Read) -> Iterator[Entry]:
    """What a document's reading comes to as a forecast, beside the forecast made here."""
    told = [t for t in read.assessment.control.told if t.event.document is not None]
    kinds = dict.fromkeys(t.event.event for t in told)
    for document, own in read.each():
        for kind in kinds:
            apart = [t for t in told if t.event.event == kind and _gap(t) >= APART]
            claims = [c for t in apart for c in _speaking(own, t)]
            if not claims:
                continue
            finds: list[Part] = []
            for each in apart:
                figure = f"control.told.{each.event.id}"
                finds += [f"{each.event.text.rstrip('.')}: ", Number(figure, "words"), " ("]
                finds += [Number(figure, "band"), "); the document, at its word, comes to "]
                finds += [Linked(figure, percent(each.event.document)), ". "]
            late = _outcomes(read, [t.event.id for t in apart])
            held = "; what was published afterwards is held back, and only scores it"
            yield Entry(
                "forecast", document, ids(dict.fromkeys(claims)), late, tuple(finds),
                "The document's own reading as a number, beside the chance here of all of these: "
                f"{apart[0].why.rstrip('.')}{held if late else ''}.",
                max(_gap(t) for t in apart), tuple(t.event.system for t in apart if t.event.system),
            )  # fmt: skip


def _gap(told: Told) -> float:
    return abs((told.event.document or 0.0) - told.odds.middle)


def _speaking(own: tuple[Claim, ...], told: Told) -> list[Claim]:
    """What a document says that a foretold event comes of."""
    match told.event.event:
        case "connected":
            near = stated(own, "connection")
        case "supplier operates":
            near = tuple(c for c in own if c.about == "control" and c.modality == "speculated")
        case _:
            near = tuple(c for c in stated(own, *THERE) if c.system)
    system = told.event.system
    return [c for c in near if c.system is None or system is None or c.system == system]


def _outcomes(read: Read, foretold: list[str]) -> tuple[str, ...]:
    """Claims about how it came out, which the date of the case keeps out."""
    late = set(read.evidence.late)
    outcomes = (o for o in read.assessment.case.outcomes if o.foretold in foretold)
    return tuple(dict.fromkeys(c for o in outcomes for c in o.claims if c in late))


def outcomes(read: Read) -> Iterator[Entry]:
    """How it came out, where the case knows: scored for forecast and document, read by neither."""
    case, control = read.assessment.case, read.assessment.control
    scored = hindcast(case, control) if case.outcomes else None
    if scored is None:
        return
    known = {e.event: e for e in scored.events}
    for document, own in read.each():
        spoken = {
            t.event.id: claims for t in control.told
            if t.event.id in known and t.event.document is not None
            and (claims := _speaking(own, t))
        }  # fmt: skip
        if not spoken:
            continue
        told = [t for t in control.told if t.event.id in spoken]
        finds: list[Part] = []
        for happened in (False, True):
            finds += _came(read, [t for t in told if known[t.event.id].happened == happened],
                           "It was so" if happened else "It was not so")  # fmt: skip
        scores = [known[t.event.id] for t in told]
        ours, theirs, even = (
            sum(s.score.middle for s in scores), sum(s.document_score or 0.0 for s in scores),
            sum(s.even_score for s in scores),
        )  # fmt: skip
        first = f"control.told.{told[0].event.id}"
        finds += ["Log score, 0 at best: the forecast ", Linked(first, number(ours, 1))]
        finds += [", the document at its word ", Linked(first, number(theirs, 1))]
        finds += [f", even odds {number(even, 1)}. "]
        met = _met(read, told)
        finds += _of_that_day(read, met)
        held = dict.fromkeys((*_outcomes(read, list(spoken)), *met))
        named = dict.fromkeys(c for each in spoken.values() for c in ids(each))
        late = count(len(read.evidence.late), "claim")
        yield Entry(
            "outcome", document, tuple(named), tuple(held), tuple(finds),
            f"An outcome scores a forecast and is no evidence: {late} published after "
            f"{read.as_of} were held back.",
            min(1.0, max(0.0, (ours - theirs) / max(-theirs, 1e-9))),
            tuple(dict.fromkeys(t.event.system for t in told if t.event.system)),
        )  # fmt: skip


def _met(read: Read, told: list[Told]) -> tuple[str, ...]:
    """What came out later of the systems on a day foretold: one claim for each place."""
    case = read.assessment.case
    days = {(t.event.system, t.event.on) for t in told}
    at: dict[tuple[str | None, str], str] = {}
    for claim in (case.claim(c) for c in read.evidence.late if case.has(c)):
        when, place = claim.event, claim.place
        if claim.about != "conduct" or when is None or place is None or when.precision == "year":
            continue
        if (claim.system, when.start.date()) in days and case.place(place).kind != "unlocated":
            at.setdefault((claim.system, place), claim.id)
    return tuple(at.values())


def _came(read: Read, told: list[Told], how: str) -> list[Part]:
    """``It was not so that on 3 January: ...``, each by who says how it came out."""
    texts = [t.event.text.strip().rstrip(".").split() for t in told]
    shared = _shared(texts)
    lead = f" that {_lower(' '.join(texts[0][:shared]))} " if shared else ": "
    parts: list[Part] = [f"{how}{lead}"] if told else []
    for n, (each, words) in enumerate(zip(told, texts, strict=True)):
        parts += ["; " if n else "", Linked(f"control.told.{each.event.id}", _rest(words, shared))]
        by = _outcomes(read, [each.event.id])
        for m, claim in enumerate(by):
            parts += [" (" if m == 0 else ", ", read.linked(claim)]
        parts.append(")" if by else "")
    return [*parts, ". "] if told else []


def _shared(texts: list[list[str]]) -> int:
    """How many words all of several texts begin with."""
    if len(texts) < 2:
        return 0
    alike = takewhile(lambda words: len(set(words)) == 1, zip(*texts, strict=False))
    return len(list(alike))


def _rest(words: list[str], shared: int) -> str:
    return " ".join(words[shared:]) or " ".join(words)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _of_that_day(read: Read, met: tuple[str, ...]) -> list[Part]:
    """The first of them in its words, of the others where it was."""
    case = read.assessment.case
    parts: list[Part] = []
    for n, claim in enumerate(case.claim(c) for c in met):
        place = short(case.place(claim.place or "").name)
        if n == 0:
            told = claim.statement.strip().rstrip(".")
            parts += ["Of that day, told afterwards: ", read.linked(claim.id, told)]
        else:
            before = f"; also of the {read.system(claim.system or '')} at " if n == 1 else ", "
            parts += [before, read.linked(claim.id, place)]
    return [*parts, "."] if parts else []
