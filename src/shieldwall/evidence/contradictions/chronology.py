"""Four times of a claim, compared as the intervals they are: nothing is wrong that may overlap."""

from __future__ import annotations

from shieldwall.case.moments import surely_apart, surely_before
from shieldwall.case.records import Case, Claim
from shieldwall.evidence.contradictions.camps import surely_repeats
from shieldwall.evidence.contradictions.words import said, when
from shieldwall.evidence.records import Contradiction, Lineage

LAPSE = "A time is compared with what its precision leaves open, in UTC."

AHEAD_ABOUT = ("intent",)
"""What may be published before it happens."""

MAX_BETWEEN = 4
"""Events named as lying between; more would hide the point."""


def contradicted(case: Case, claims: tuple[Claim, ...], lineage: Lineage) -> list[Contradiction]:
    """Events told before they happened, relays that redate, one image with two dates."""
    of_id = {c.id: c for c in claims}
    moves = [c for c in claims if c.about == "movement" and c.event is not None]
    found = []
    for claim in claims:
        found += _told_before(case, claim)
        parent = of_id.get(surely_repeats(lineage, claim.id) or "")
        if parent is not None and parent.source != claim.source:
            found += _redated(case, claim, parent, moves)
    return found + _two_dates(case, claims)


def _told_before(case: Case, claim: Claim) -> list[Contradiction]:
    """Published, or taken, before the event it tells of."""
    if claim.event is None or claim.about in AHEAD_ABOUT or claim.modality == "speculated":
        return []
    for name, moment in (("published", claim.publication), ("taken", claim.acquisition)):
        if moment is not None and surely_before(moment, claim.event):
            return [
                Contradiction(
                    id=f"chronology:{claim.id}:{name}",
                    kind="chronology",
                    claims=(claim.id,),
                    says=f"{said(case, claim)} ({when(claim.event)})",
                    finds=f"It was {name} on {when(moment)}, before it is said to have happened.",
                    why=LAPSE,
                    checkable=True,
                )
            ]
    return []


def _redated(case: Case, claim: Claim, parent: Claim, moves: list[Claim]) -> list[Contradiction]:
    """A relay that gives its origin's event a time at which the origin did not see it."""
    if claim.event is None:
        return []
    if parent.acquisition is not None and surely_before(parent.acquisition, claim.event):
        shown, how = parent.acquisition, "was taken"
        why = "What was seen did not begin later, and the time of taking is not that of publishing."
    elif parent.event is not None and surely_apart(parent.event, claim.event):
        shown, how = parent.event, "dates it"
        why = "A relay knows no other time than what it repeats."
    else:
        return []
    first, last = sorted((claim.event, shown), key=lambda m: m.start)
    claimed = claim.event.start
    between = [
        (abs(c.event.start - claimed), c)
        for c in moves
        if c.id not in (claim.id, parent.id)
        and c.event is not None
        and surely_before(first, c.event)
        and surely_before(c.event, last)
    ]
    # The nearest to the time claimed: what the relay ran together with it.
    met = [c for _, c in sorted(between, key=lambda each: each[0])][:MAX_BETWEEN]
    finds = f"What it rests on {how} on {when(shown)}, not {when(claim.event)}"
    if met:
        order = "before, not after" if shown is first else "after, not before"
        finds += f", and so {order}, this: {met[0].statement.rstrip('.')}"
    return [
        Contradiction(
            id=f"chronology:{claim.id}",
            kind="chronology",
            claims=(claim.id, parent.id, *(c.id for c in met)),
            says=said(case, claim),
            finds=f"{finds}.",
            why=f"{LAPSE} {why}",
            checkable=True,
        )
    ]


def _two_dates(case: Case, claims: tuple[Claim, ...]) -> list[Contradiction]:
    """One image or track that two claims date apart; the first to publish is believed."""
    first: dict[str, Claim] = {}
    found = []
    dated = [c for c in claims if c.material is not None and c.acquisition is not None]
    for claim in sorted(dated, key=_published):
        believed = first.setdefault(claim.material or "", claim)
        if believed.source == claim.source or not believed.acquisition or not claim.acquisition:
            continue
        if surely_apart(believed.acquisition, claim.acquisition):
            found.append(
                Contradiction(
                    id=f"chronology:{claim.id}:material",
                    kind="chronology",
                    claims=(claim.id, believed.id),
                    says=f"{said(case, claim)} ({claim.material}, {when(claim.acquisition)})",
                    finds=f"Who published it first dates it to {when(believed.acquisition)}.",
                    why=f"{LAPSE} One image was taken once.",
                    checkable=True,
                )
            )
    return found


def _published(claim: Claim) -> tuple[bool, float, str]:
    moment = claim.publication
    return moment is None, moment.start.timestamp() if moment else 0.0, claim.id
