"""Who says so: relays of one origin, errors in checkable facts, pictures."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.records import Claim
from shieldwall.evidence.channels import LETTERS
from shieldwall.evidence.contradictions.words import when
from shieldwall.evidence.records import Contradiction
from shieldwall.report.against.documents import Read, behind, ids
from shieldwall.report.against.records import Entry, Linked, Number, Part
from shieldwall.report.words import count, listed

MANY = 3
"""Sources besides its own from which on the repeating of an origin is worth an entry."""


def relays(read: Read, told: set[str]) -> list[Entry]:
    """Origins of another that a document repeats and many print; not those told of elsewhere."""
    found = []
    for document, own in read.each():
        groups: dict[str, list[Claim]] = {}
        for claim in own:
            origin = read.another(claim)
            if origin is not None:
                groups.setdefault(origin, []).append(claim)
        found += [
            _relay(read, document, origin, claims)
            for origin, claims in groups.items()
            if len(read.outlets(origin)) >= MANY and told.isdisjoint(ids(claims))
        ]
    return found


def _relay(read: Read, document: str, origin: str, claims: list[Claim]) -> Entry:
    evidence = read.evidence
    root, outlets = evidence.claim(origin), len(read.outlets(origin))
    group = evidence.lineage.groups[origin]
    one, _ = behind(read, origin, "One origin")
    finds: list[Part] = [
        one, " stands behind it: ", read.linked(origin), f" ({root.statement.strip()[:-1]}). ",
        f"{count(outlets, 'other source').capitalize()} repeat it in ",
        Linked(f"origins.{origin}", count(len(group) - 1, "claim")),
        ", all together worth ", Number(f"origins.{origin}", "bare"), " origin.",
    ]  # fmt: skip
    return Entry(
        "relay", document, ids(claims), (origin,), tuple(finds),
        "A relay would be printed whether it is so or not, and so weighs nothing of its own.",
        outlets / (outlets + 1), tuple(dict.fromkeys(c.system for c in claims if c.system)),
    )  # fmt: skip


def altered(read: Read) -> Iterator[Entry]:
    """What a document added or changed in repeating, other than running two things together."""
    for document, own in read.each():
        for wrong in read.found("relay", ids(own)):
            claim, parent = (read.evidence.claim(c) for c in wrong.claims[:2])
            if claim.system != parent.system and parent.system is not None:
                continue
            yield Entry(
                "altered", document, wrong.claims[:1], wrong.claims[1:],
                (f"{wrong.finds.rstrip('.')}. ", read.linked(parent.id),
                 f": {parent.statement.strip()}"),
                "A relay knows no more than what it repeats.", 0.6,
                (claim.system,) if claim.system else (),
            )  # fmt: skip


def records(read: Read) -> Iterator[Entry]:
    """Names, posts, registrations and places that a document got wrong."""
    for document, own in read.each():
        for kind in ("identity", "place"):
            for wrong in read.found(kind, ids(own)):
                if not wrong.checkable:
                    continue
                finds: list[Part] = [f"{wrong.finds.rstrip('.')}"]
                for n, other in enumerate(wrong.claims[1:]):
                    finds += [" (" if n == 0 else ", ", read.linked(other)]
                finds.append(").")
                yield Entry(
                    "record", document, wrong.claims[:1], wrong.claims[1:], tuple(finds),
                    f"A matter of record that anybody could have looked up{costs(read, wrong)}.",
                    0.9,
                )  # fmt: skip


def costs(read: Read, wrong: Contradiction) -> str:
    """What an error does to the grade of the channel that made it; empty where nothing."""
    channel = read.evidence.channel(read.evidence.claim(wrong.claims[0]).source)
    if wrong.id not in channel.errors or channel.hand == channel.computed:
        return ""
    return (
        f"; with {count(len(channel.errors), 'such error')} the document falls from grade "
        f"{channel.hand} to {channel.computed}"
    )


def grades(read: Read) -> Iterator[Entry]:
    """Documents that lose grade by errors they could have checked."""
    wrong = {c.id: c.claims[0] for c in read.evidence.contradictions}
    for document, own in read.each():
        channel = read.evidence.channel(document)
        if channel.hand == channel.computed:
            continue
        claims = tuple(dict.fromkeys(wrong[e] for e in channel.errors))
        steps = LETTERS.index(channel.computed) - LETTERS.index(channel.hand)
        yield Entry(
            "grade", document, claims, (),
            (f"Its grade falls by {count(steps, 'letter')}, from {channel.hand} to "
             f"{channel.computed}, and with it all that only it says.",),
            channel.why, 1.0,
            says=f"{count(len(claims), 'statement').capitalize()} of its {len(own)} that it could "
            "have checked.",
        )  # fmt: skip


def pictures(read: Read) -> Iterator[Entry]:
    """Pictures of a document that are no reading of what it tells of."""
    for picture in read.evidence.refused:
        if picture.source not in read.documents:
            continue
        own = read.own[picture.source]
        claims = [c for c in own if c.material is not None and c.material == picture.image]
        taken = f"Taken: {when(picture.acquisition)}. " if picture.acquisition else ""
        seen = sum(c.acquisition is not None for c in read.evidence.claims
                   if read.evidence.weight(c.id).family == "imagery")  # fmt: skip
        yield Entry(
            "picture", picture.source, ids(claims), (),
            (f"{taken}{picture.refused} It gives no claim; ",
             f"{count(seen, 'claim')} of the case {'rests' if seen == 1 else 'rest'} on imagery."),
            "A picture is evidence of what it shows, where and when it was taken, and of nothing "
            "else.", 0.5,
        )  # fmt: skip


def furniture(read: Read) -> Iterator[Entry]:
    """What the page of a document holds beside its text: kept, told of, never read.

    On an earlier day that was asked for it is left out: it may not have stood there yet.
    """
    case = read.assessment.case
    for document, own in read.each():
        found = () if case.earlier else case.source(document).furniture
        if not found:
            continue
        dates = list(dict.fromkeys(when(f.dated) for f in found if f.dated))
        after = [f for f in found if f.dated and f.dated.start.date() > case.as_of]
        finds: list[Part] = ["None of it is read as a claim of the document, or of anybody. "]
        if dates:
            late = f" after {read.as_of}," if after and len(after) == len(found) else ""
            finds.append(f"Dated {listed(dates)},{late} it does not date the document")
            published = dict.fromkeys(when(c.publication) for c in own if c.publication)
            finds.append(f", which is of {listed(published)}." if published else ".")
        yield Entry(
            "furniture", document, (), (), tuple(finds),
            "Page furniture is no evidence, and the date of a page is not the date of the report.",
            0.4,
            says=f"Its page also holds {listed(f.what for f in found)}.",
        )  # fmt: skip
