"""One subject, two values: a post, a registration or a maker that cannot both be right."""

from __future__ import annotations

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.contradictions.camps import Clash, clashes
from shieldwall.evidence.contradictions.subjects import by_position, by_subject
from shieldwall.evidence.contradictions.words import agree, said, same
from shieldwall.evidence.records import Contradiction, Lineage

WHY = "Names, posts, registrations and makers are matters of record."

OF_RECORD = ("identity", "movement")
"""What claims must be about for their subject to be a matter of record that anybody could look up;
others (a task, an intent) are set side by side, and no channel pays."""


def contradicted(case: Case, claims: tuple[Claim, ...], lineage: Lineage) -> list[Contradiction]:
    """Values of one subject that disagree, each held against the best supported."""
    found = []
    for subject, group in by_subject(claims):
        if by_position(case, subject, group) is not None:
            continue
        values: dict[str, list[Claim]] = {}
        for claim in group:
            text = claim.value or ""
            values.setdefault(next((v for v in values if same(v, text)), text), []).append(claim)
        sides = [(value, value, stated) for value, stated in values.items()]
        for clash in clashes(case, lineage, sides, agree, lambda a, b: not agree(a, b)):
            found += _told(case, subject, clash)
    return found


def _told(case: Case, subject: str, clash: Clash) -> list[Contradiction]:
    wrong, right = clash.against, clash.believed
    name = f"{subject[:1].upper()}{subject[1:]}"
    finds = f"{name}: {right.label}, not {wrong.label}."
    if clash.tie:
        finds = f"{name}: {wrong.label} or {right.label}, and nothing decides."
    return [
        Contradiction(
            id=f"identity:{claim.id}",
            kind="identity",
            claims=(claim.id, *(r.id for r in clash.held)),
            says=said(case, claim),
            finds=finds,
            why=f"{WHY} {clash.why}" if claim.about in OF_RECORD else clash.why,
            checkable=not clash.tie and claim.about in OF_RECORD,
        )
        for claim in wrong.roots
    ]
