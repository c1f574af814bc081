"""Channels: a source's grade by hand, lowered by the checkable errors found in what it published.

The hand grade is what an analyst would give before finding the errors; the rule does the lowering,
so that nothing counts twice and every step can be followed to its contradiction.
"""

from __future__ import annotations

from dataclasses import dataclass

from shieldwall.case.records import Assumption, Case, Claim, Reliability
from shieldwall.evidence.records import Channel, Contradiction, ContradictionKind

LETTERS: tuple[Reliability, ...] = ("A", "B", "C", "D", "E")
"""From completely reliable to unreliable. F is no letter below E: it cannot be judged, and an error
does not make it judgeable."""

MOST_LETTERS = 2
"""However many errors are found: a source that is read closely shows more of them than one that is
not, and a third error of the same text seldom says something new about the source."""


@dataclass(frozen=True)
class Fault:
    """What one kind of error costs its channel."""

    letters: int
    reason: str


FAULTS: dict[ContradictionKind, Fault] = {
    "chronology": Fault(1, "a time its own material contradicts"),
    "relay": Fault(1, "it changed what it repeats"),
    "identity": Fault(1, "a matter of record got wrong"),
    "place": Fault(1, "a place that a map contradicts"),
    "distance": Fault(1, "a distance that a map contradicts"),
    "count": Fault(0, "a number that its source may have had no way to check"),
    "conduct": Fault(0, "a charge set beside what is seen; it may be true all the same"),
}
"""Errors anybody could have avoided by looking it up cost a letter: they show how much a channel
checks, whatever it is right or wrong about otherwise."""

DEFAULTS = (
    Assumption(
        "channel_errors", f"A channel loses a letter for each checkable error, at most "
        f"{MOST_LETTERS}: " + "; ".join(f"{k} {f.letters}" for k, f in FAULTS.items()) + ".",
        None, "letters",
        "Errors that anybody could have looked up show how much a channel checks; numbers and "
        "charges that it could not check show nothing.",
        "evidence/channels.py",
    ),
)  # fmt: skip


def channels(
    case: Case, claims: tuple[Claim, ...], contradictions: tuple[Contradiction, ...]
) -> tuple[Channel, ...]:
    """Every source of the case with its grade by hand and after its errors, in case order.

    Only the first claim of a checkable contradiction is charged: it is the one found wrong.
    """
    source_of = {c.id: c.source for c in claims}
    errors: dict[str, list[Contradiction]] = {}
    for each in contradictions:
        if each.checkable and FAULTS[each.kind].letters and each.claims[0] in source_of:
            errors.setdefault(source_of[each.claims[0]], []).append(each)
    return tuple(
        _channel(s.id, s.reliability, sorted(errors.get(s.id, []), key=lambda e: e.id))
        for s in case.sources
    )


def _channel(source: str, hand: Reliability, errors: list[Contradiction]) -> Channel:
    if not errors:
        why = f"{hand} by hand; no checkable error found."
        return Channel(source, hand, hand, (), why)
    ids = tuple(e.id for e in errors)
    listed = "; ".join(dict.fromkeys(FAULTS[e.kind].reason for e in errors))
    number = "1 checkable error" if len(ids) == 1 else f"{len(ids)} checkable errors"
    if hand == "F":
        why = f"F by hand, and stays F: it cannot be judged. {number} found: {listed}."
        return Channel(source, hand, hand, ids, why)
    down = min(sum(FAULTS[e.kind].letters for e in errors), MOST_LETTERS)
    computed = LETTERS[min(LETTERS.index(hand) + down, len(LETTERS) - 1)]
    most = f", at most {MOST_LETTERS} letters" if len(ids) > MOST_LETTERS else ""
    why = f"{hand} by hand, {computed} after {number}{most}: {listed}."
    return Channel(source, hand, computed, ids, why)
