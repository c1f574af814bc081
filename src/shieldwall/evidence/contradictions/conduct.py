"""A statement set against conduct: what a side charges others with is seen of itself.

Nothing here says that the charge is false. It shows the two side by side, so no channel pays.
"""

from __future__ import annotations

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.contradictions.words import key_words, said, same
from shieldwall.evidence.records import STATED, Contradiction, Lineage


def contradicted(case: Case, claims: tuple[Claim, ...], lineage: Lineage) -> list[Contradiction]:
    """Charges of conduct by a side of which the same conduct is seen.

    A charge is a claim about conduct: ``subject`` is the conduct, ``value`` who is charged, and its
    source has a ``side``. What is seen are claims of the same subject whose value is that side.
    """
    told = [c for c in claims if c.subject and c.value and c.modality in STATED]
    by_subject: dict[frozenset[str], list[Claim]] = {}
    for claim in told:
        by_subject.setdefault(key_words(claim.subject or ""), []).append(claim)
    found = []
    for charge in told:
        side = case.source(charge.source).side
        if charge.about != "conduct" or side is None or same(side, charge.value or ""):
            continue
        seen = [
            c for c in by_subject[key_words(charge.subject or "")]
            if same(c.value or "", side) and c.source != charge.source
        ]  # fmt: skip
        # The charge itself may be relayed; only what its own side does is set against it.
        origins = sorted({lineage.origin(c.id) for c in seen})
        if seen:
            count = "one origin" if len(origins) == 1 else f"{len(origins)} origins"
            found.append(
                Contradiction(
                    id=f"conduct:{charge.id}",
                    kind="conduct",
                    claims=(charge.id, *(c.id for c in seen)),
                    says=said(case, charge),
                    finds=f"The same is seen of {side} itself, by {count}: {seen[0].statement}",
                    why=f"The speaker is of one side ({side}) and charges another "
                    f"({charge.value}) with {charge.subject}; the charge may be true all the same.",
                    checkable=False,
                )
            )
    return found
