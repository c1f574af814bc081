"""A relay that says other than what it repeats: another system, another number, an added word.

An error is charged to whoever brought it in: a relay is held against the claim it repeats, and who
repeats the relay faithfully is not charged again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.contradictions.camps import surely_repeats
from shieldwall.evidence.contradictions.count import bounds, in_words
from shieldwall.evidence.contradictions.words import said
from shieldwall.evidence.records import Contradiction, Lineage

OF_THINGS = frozenset(
    {"presence", "count", "holding", "serviceability", "delivery", "movement", "personnel"}
)
"""What a claim may be about for its system to mean one thing; capability and intent speak of kinds,
and a relay may rightly name another member of the kind."""

ADDING = re.compile(r"\b(additional|further|more(?!\s+than\b))\b", re.IGNORECASE)
"""Words that make new things of old ones; English, as statements are."""


def contradicted(
    case: Case, claims: tuple[Claim, ...], lineage: Lineage, names: Mapping[str, str]
) -> list[Contradiction]:
    """Relays by another source that change what they repeat."""
    of_id = {c.id: c for c in claims}
    by_source: dict[str, list[Claim]] = {}
    for claim in claims:
        by_source.setdefault(claim.source, []).append(claim)
    found = []
    for claim in claims:
        parent = of_id.get(surely_repeats(lineage, claim.id) or "")
        if parent is None or parent.source == claim.source:
            continue
        for what, finds, held in (
            ("system", *_other_system(claim, parent, of_id, by_source, lineage, names)),
            ("count", *_other_count(claim, parent)),
            ("words", *_added(claim, parent, by_source[parent.source])),
        ):
            if finds:
                found.append(_found(case, claim, parent, held, what, finds))
    return found


def _other_system(
    claim: Claim,
    parent: Claim,
    of_id: dict[str, Claim],
    by_source: dict[str, list[Claim]],
    lineage: Lineage,
    names: Mapping[str, str],
) -> tuple[str, tuple[str, ...]]:
    """Two things run together where the origin keeps them apart, or one thing renamed."""
    if claim.about not in OF_THINGS or parent.about not in OF_THINGS:
        return "", ()
    if claim.system is None or parent.system is None or claim.system == parent.system:
        return "", ()
    told = by_source[of_id.get(lineage.origin(claim.id), parent).source]
    apart = tuple(
        c.id for c in told
        if c.system == claim.system and c.place == parent.place and c.about in OF_THINGS
    )  # fmt: skip
    named, meant = (names.get(id, id) for id in (claim.system, parent.system))
    merged = f"; of {named} the origin says something else, so two were merged" if apart else ""
    return f"What it repeats says this of {meant}, not of {named}{merged}.", apart


def _other_count(claim: Claim, parent: Claim) -> tuple[str, tuple[str, ...]]:
    if claim.count is None or parent.count is None or claim.count.unit != parent.count.unit:
        return "", ()
    if claim.component != parent.component:
        return "", ()
    (low, high), (least, most) = bounds(claim.count), bounds(parent.count)
    if low <= most and least <= high:
        return "", ()
    return f"What it repeats says {in_words(parent.count)}.", ()


def _added(claim: Claim, parent: Claim, told: list[Claim]) -> tuple[str, tuple[str, ...]]:
    """More of something, where the origin shows what was there."""
    if claim.about not in OF_THINGS or claim.system is None or claim.system != parent.system:
        return "", ()
    word = ADDING.search(claim.statement)
    if word is None or any(ADDING.search(c.statement) for c in told if c.system == claim.system):
        return "", ()
    return f"What it repeats does not say {word.group().lower()}.", ()


def _found(
    case: Case, claim: Claim, parent: Claim, held: tuple[str, ...], what: str, finds: str
) -> Contradiction:
    others = (parent.id, *(id for id in held if id not in (claim.id, parent.id)))
    return Contradiction(
        id=f"relay:{claim.id}:{what}",
        kind="relay",
        claims=(claim.id, *others),
        says=said(case, claim),
        finds=finds,
        why=f"It goes back to {case.source(parent.source).name}: {parent.statement}",
        checkable=True,
    )
