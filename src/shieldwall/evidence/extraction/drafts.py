"""Drafts of claims: the proposals of one sentence put together, and nothing that is not in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from shieldwall.evidence.extraction.lexicon import lexicon
from shieldwall.evidence.extraction.records import Draft, Proposal
from shieldwall.evidence.extraction.scan import scan

_DISTANCES = frozenset(("km", "miles", "m"))


def claims_of(proposals: Sequence[Proposal], text: str) -> tuple[Draft, ...]:
    """A draft for each system (or, without one, aircraft, operator or component) of a sentence.

    Each takes the nearest place, count, component, time and speaker of its own sentence. The
    modality is that of what it is about.
    """
    taken = scan(text, lexicon())
    firsts = [taken.span(i, i + 1)[0] for i in taken.sentences[:-1] if i < len(taken.words)]
    groups: dict[int, list[Proposal]] = {}
    for p in proposals:
        groups.setdefault(max(0, bisect_right(firsts, p.start) - 1), []).append(p)
    return tuple(d for _, group in sorted(groups.items()) for d in _drafts(group))


def _drafts(group: list[Proposal]) -> list[Draft]:
    """The drafts of one sentence: one for each different thing it speaks of."""
    heads = _different([p for p in group if p.kind == "system"])
    for kinds in (("component",), ("aircraft",), ("operator",)):
        if not heads:
            heads = _different([p for p in group if p.kind in kinds])
    return [d for h in heads if (d := _draft(h, group)) is not None]


def _different(heads: list[Proposal]) -> list[Proposal]:
    seen: dict[str, Proposal] = {}
    for h in heads:
        seen.setdefault(str(h.value), h)
    return list(seen.values())


def _draft(head: Proposal, group: list[Proposal]) -> Draft | None:
    things = [p for p in group if p.kind == "count" and p.unit not in _DISTANCES]
    distances = [p for p in group if p.kind == "count" and p.unit in _DISTANCES]
    persons = [p for p in things if p.unit == "persons"]
    place = _nearest(head, [p for p in group if p.kind == "place"])
    count = _nearest(
        head, persons if head.kind == "operator" else [p for p in things if p not in persons]
    )
    component = (
        None
        if head.kind == "component"
        else _nearest(head, [p for p in group if p.kind == "component"])
    )
    event = _nearest(head, [p for p in group if p.kind == "time"])
    if place is None and count is None and component is None and head.kind != "system":
        return None
    about: str
    if head.kind == "operator":
        about = "personnel" if count is not None else "control"
    elif head.kind == "aircraft":
        about = "movement"
    else:
        about = "count" if count is not None else "presence"
    if count is None and place is None and distances and head.kind == "system":
        about, count = "distance", _nearest(head, distances)
    parts = [p for p in (head, place, count, component, event) if p is not None]
    said = _nearest(head, [p for p in group if p.kind == "speaker"])
    everyone = [*parts, *([said] if said else [])]
    return Draft(
        head.document, min(p.start for p in everyone), max(p.end for p in everyone),
        about,  # type: ignore[arg-type]
        head if head.kind == "system" else None,
        head if head.kind == "component" else component,
        place, count, event, said, head.modality,
    )  # fmt: skip


def _nearest(head: Proposal, others: list[Proposal]) -> Proposal | None:
    return min(others, key=lambda p: (abs(p.start - head.start), p.start), default=None)
