"""What happened, when and where: times, aircraft run together, charges, distances, tracks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shieldwall.case.moments import surely_before
from shieldwall.case.records import Claim, Origin
from shieldwall.evidence.contradictions.words import when
from shieldwall.evidence.records import Contradiction, DistanceCheck
from shieldwall.evidence.topics import Topic
from shieldwall.report.against.documents import Read, behind, ids, stated
from shieldwall.report.against.records import Entry, Linked, Number, Part
from shieldwall.report.against.worth import costs
from shieldwall.report.words import count, listed, number, span
from shieldwall.trail.evidence import topic_id

MOVED = ("movement", "personnel", "delivery")
CALLED = {
    "movement": "that it came", "personnel": "who was in it", "delivery": "what it carried",
}  # fmt: skip
KNOWN_BY = {
    "flight": "tracks", "imagery": "images", "sighting": "sightings", "statement": "officials",
    "press": "press",
}  # fmt: skip
HOLE = re.compile(r"\btransponder\s+(was\s+)?off\b|\bno track\b|\btrack has a hole\b", re.I)
"""What says that a flight was not, or not wholly, seen; English, as statements are."""


def times(read: Read) -> Iterator[Entry]:
    """Events that a document dates otherwise than its own origin saw them."""
    for document, own in read.each():
        for wrong in read.found("chronology", ids(own)):
            claim = read.evidence.claim(wrong.claims[0])
            finds: list[Part] = [f"{wrong.finds.rstrip('.')}. "]
            parent = read.evidence.claim(wrong.claims[1]) if len(wrong.claims) > 1 else None
            met = [read.evidence.claim(c) for c in wrong.claims[2:]]
            why = wrong.why
            if parent is not None and parent.acquisition and parent.publication:
                finds = [
                    "What it rests on, by ", read.linked(parent.id),
                    f", was taken on {when(parent.acquisition)} and published on "
                    f"{when(parent.publication)}. ",
                ]  # fmt: skip
                if met and met[0].event:
                    before = surely_before(parent.acquisition, met[0].event)
                    finds += [
                        f"So it was seen {'before, not after' if before else 'after, not before'}, "
                        f"{when(met[0].event)}: ",
                        Linked(f"claim:{met[0].id}", met[0].statement.strip().rstrip(".")), ". ",
                    ]  # fmt: skip
                    met = met[1:]
                why = "The time of taking is not the time of publishing, and what an image shows "
                why += "did not begin after it was taken."
            for n, other in enumerate(met):
                finds += ["Likewise " if n == 0 else ", ", read.linked(other.id, other.id)]
            finds += ["."] if met else []
            why = why.rstrip(".") + f"{costs(read, wrong)}."
            yield Entry(
                "time", document, (claim.id,), wrong.claims[1:], tuple(finds), why, 1.0,
                (claim.system,) if claim.system else (),
            )  # fmt: skip


def merged(read: Read) -> Iterator[Entry]:
    """Two things run together: what the origin says of each, attribute by attribute."""
    for document, own in read.each():
        pairs: dict[tuple[str, str], list[Contradiction]] = {}
        for wrong in read.found("relay", ids(own)):
            named = read.evidence.claim(wrong.claims[0]).system
            meant = read.evidence.claim(wrong.claims[1]).system
            if named and meant and named != meant:
                pairs.setdefault((named, meant), []).append(wrong)
        for (named, meant), found in pairs.items():
            wrong_ids = [w.claims[0] for w in found]
            also = [c.id for c in stated(own, *MOVED) if c.system == named]
            months = {_month(read.evidence.claim(c)) for c in wrong_ids}
            finds = _by_origin(read, (*wrong_ids, *also))
            for system in (meant, named):
                finds += _attributes(read, system, months)
            seen = [
                c.id for c in read.evidence.claims
                if c.system in (named, meant) and c.about == "identity"
                and read.evidence.weight(c.id).family == "flight"
                and read.evidence.lineage.parent(c.id) is None
            ]  # fmt: skip
            if seen:
                finds.append("Followed by registration: ")
                for n, each in enumerate(seen):
                    name = read.evidence.claim(each).value or each
                    finds += ["" if n == 0 else ", ", read.linked(each, name)]
                finds.append(".")
            held = dict.fromkeys((*(c for w in found for c in w.claims[1:]), *seen))
            yield Entry(
                "merged", document, tuple(dict.fromkeys((*wrong_ids, *also))), tuple(held),
                tuple(finds),
                "That an aircraft came does not say who or what was in it: tracks bear out the "
                "first, and each attribute stands on its own origins.",
                0.9, (named, meant),
            )  # fmt: skip


def _attributes(read: Read, system: str, months: set[str]) -> list[Part]:
    """How sure each attribute of a transport is, and by which families of source."""
    found = {
        t.about: t for t in reversed(read.assessment.topics)
        if t.system == system and (not months or (t.month or "") in months)
    }  # fmt: skip
    topics: list[Topic] = [found[a] for a in MOVED if a in found and read.has(topic_id(found[a]))]
    parts: list[Part] = []
    for n, topic in enumerate(topics):
        parts += [f"{read.system(system)}: " if n == 0 else "; "]
        families = listed(KNOWN_BY[f] for f in topic.families)
        parts += [
            read.linked(topic.origins[0], CALLED[topic.about]), " ", Number(topic_id(topic)),
            f" ({families})",
        ]  # fmt: skip
    return [*parts, ". "] if parts else []


def _by_origin(read: Read, claims: tuple[str, ...]) -> list[Part]:
    """What the origins behind claims that were run together say, each in its own words.

    Of what a source says the one that is printed most is counted.
    """
    origins = dict.fromkeys(read.evidence.lineage.origin(c) for c in claims)
    most: dict[str, str] = {}
    for origin in origins:
        source = read.evidence.claim(origin).source
        if len(read.outlets(origin)) >= len(read.outlets(most.setdefault(source, origin))):
            most[source] = origin
    parts: list[Part] = []
    for source, origin in most.items():
        one, printed = behind(read, origin, read.who(source))
        parts += ["By its own origin, " if not parts else ", and ", one, f" ({printed})"]
    for n, origin in enumerate(origins):
        told = read.evidence.claim(origin).statement.strip().rstrip(".")
        parts += [": " if n == 0 else "; ", read.linked(origin, told)]
    return [*parts, ". "]


def conduct(read: Read) -> Iterator[Entry]:
    """A charge that a document carries, beside the same conduct of the side that makes it."""
    for document, own in read.each():
        origins = {read.evidence.lineage.origin(c.id): c.id for c in own}
        for found in (c for c in read.evidence.contradictions if c.kind == "conduct"):
            subject = read.evidence.claim(found.claims[0]).subject
            claims = [c.id for c in own if c.id in found.claims]
            claims += [origins[c] for c in found.claims[:1] if c in origins]
            if not claims:
                continue
            others = [c for c in found.claims if c not in claims]
            yield Entry(
                "conduct", document, ids(c for c in own if c.id in claims), tuple(others),
                (
                    "Charged by ", read.linked(found.claims[0]), f": {_told_by(read, found)}. ",
                    f"{found.finds.rstrip('.')} (",
                    *_named(read, [c for c in others if c != found.claims[0]]), ").",
                ),
                f"A statement beside conduct ({subject}): it does not make the charge false, and "
                "no channel pays for it.",
                0.7,
            )  # fmt: skip


def distances(read: Read) -> Iterator[Entry]:
    """Distances that fit another line than the one they name."""
    for document, own in read.each():
        wrong = {c.claims[0]: c for c in read.found("distance", ids(own))}
        for check in (d for d in read.evidence.distances if d.claim in wrong):
            figure = f"distance.{check.claim}"
            place = read.place(check.place)
            finds: list[Part] = [f"{place} lies "]
            named = [o for o in (check.claimed_origin, check.fits) if o]
            for n, origin in enumerate(dict.fromkeys(named)):
                line = f"reach.{check.place}.{origin}"
                km = Linked(line if read.has(line) else figure, _far(read, check, origin))
                finds += ["" if n == 0 else " and ", km, f" from {read.line(origin)}"]
                finds.append(_drawn(read, origin))
            finds += [". The ", Number(figure)]
            fits = f" fit {read.line(check.fits)}." if check.fits else " fit no line."
            near = check.computed_km[check.claimed_origin][0] if check.claimed_origin else 0.0
            other = "the figure is that of another line" if check.fits else "no line fits"
            yield Entry(
                "distance", document, (check.claim,), (), (*finds, fits),
                f"Measured along the geodesic between published positions, {other}"
                f"{costs(read, wrong[check.claim])}.",
                min(1.0, abs(check.stated_km - near) / check.stated_km),
            )  # fmt: skip


def _far(read: Read, check: DistanceCheck, origin: str) -> str:
    """How far a line is: to its nearest point, and of a front also to its farthest.

    A border is where it is nearest. A front is drawn for a day, as a stretch of which any point may
    be meant.
    """
    near, far = check.computed_km[origin]
    front = _line(read, origin).as_of is not None and round(far) > round(near)
    return span(near, far, "km") if front else f"{number(near, 0)}\u00a0km"


def _drawn(read: Read, origin: str) -> str:
    as_of = _line(read, origin).as_of
    return f" (as drawn for {when(as_of)})" if as_of else ""


def _line(read: Read, id: str) -> Origin:
    return next(o for o in read.assessment.case.origins if o.id == id)


def tracks(read: Read) -> Iterator[Entry]:
    """Flights a document tells of, where some flight was not wholly seen."""
    evidence, threats = read.evidence, read.assessment.catalogue.threats
    for document, own in read.each():
        claims = [c for c in stated(own, *MOVED) if c.system in threats]
        kinds = {c.system for c in evidence.claims if c.about == "movement"}
        holes = [
            c.id for c in evidence.claims
            if c.about == "movement" and c.system in threats
            and (c.modality == "not seen" or HOLE.search(c.statement))
        ]  # fmt: skip
        if not claims or not holes:
            continue
        seen = [
            c.id for c in evidence.claims
            if c.system in kinds and c.about == "movement" and c.id not in holes
            and evidence.weight(c.id).family == "flight" and read.has(f"weight.{c.id}")
        ]  # fmt: skip
        finds: list[Part] = [f"{count(len(seen), 'track').capitalize()} bear out aircraft. "]
        for hole in holes:
            statement = evidence.claim(hole).statement.strip().rstrip(".")
            finds += ["Not wholly seen: ", Linked(f"claim:{hole}", statement), ". "]
        if seen:
            least = min(seen, key=lambda c: (read.value(f"weight.{c}"), c))
            finds += ["No track counts against a flight; the least weighs "]
            finds += [Number(f"weight.{least}"), " for one."]
        yield Entry(
            "track", document, ids(claims), (*holes, *seen), tuple(finds),
            "A missing track is no evidence of no flight: how much the watchers see is not "
            "published.",
            0.5, tuple(dict.fromkeys(c.system for c in claims if c.system)),
        )  # fmt: skip


def _told_by(read: Read, found: Contradiction) -> str:
    return read.evidence.claim(found.claims[0]).statement.strip().rstrip(".")


def _named(read: Read, claims: list[str]) -> list[Part]:
    """Who says each, as links."""
    parts: list[Part] = []
    for n, claim in enumerate(claims):
        parts += ["" if n == 0 else ", ", read.linked(claim)]
    return parts


def _month(claim: Claim) -> str:
    return claim.event.text[:7] if claim.event else ""
