"""One thing put at two places: a relay that moves it, or a town that cannot be the base's town."""

from __future__ import annotations

from shieldwall.case.records import Case, Claim
from shieldwall.evidence.assumptions import NEAR_KM
from shieldwall.evidence.contradictions.camps import surely_repeats
from shieldwall.evidence.contradictions.subjects import by_position, by_subject
from shieldwall.evidence.contradictions.words import said
from shieldwall.evidence.records import Contradiction, Lineage
from shieldwall.geodesy import distance_m


def contradicted(case: Case, claims: tuple[Claim, ...], lineage: Lineage) -> list[Contradiction]:
    """Relays that put their origin's thing elsewhere, and subjects put where they are not."""
    of_id = {c.id: c for c in claims}
    found = []
    for claim in claims:
        parent = of_id.get(surely_repeats(lineage, claim.id) or "")
        if parent and parent.source != claim.source and parent.about == claim.about:
            found += _apart(case, claim, parent.place, (parent.id,), "Its own origin names")
    for subject, group in by_subject(claims):
        anchor = by_position(case, subject, group)
        if anchor is None:
            continue
        near = {c.id: km for c in group if (km := apart_km(case, c.place, anchor.id)) is not None}
        for claim in group:
            closer = tuple(id for id in near if near[id] < near.get(claim.id, 0.0))
            found += _apart(case, claim, anchor.id, closer, "The thing itself is published at")
    return found


def _apart(
    case: Case, claim: Claim, place: str | None, held: tuple[str, ...], reason: str
) -> list[Contradiction]:
    km = apart_km(case, claim.place, place)
    slack_km = sum(case.place(id).precision_m or 0.0 for id in (claim.place, place) if id) / 1000
    if km is None or km <= max(2 * slack_km, NEAR_KM):
        return []
    here, there = case.place(claim.place or "").name, case.place(place or "").name
    return [
        Contradiction(
            id=f"place:{claim.id}",
            kind="place",
            claims=(claim.id, *held),
            says=said(case, claim),
            finds=f"{reason} {there}, {km:.0f} km from {here}.",
            why=f"Published positions, known to {slack_km:.0f} km together; a name is taken for "
            f"its surroundings to {NEAR_KM:.0f} km.",
            checkable=True,
        )
    ]


def apart_km(case: Case, first: str | None, second: str | None) -> float | None:
    """Geodesic distance between two places with positions, km; ``None`` where one has none."""
    if first is None or second is None:
        return None
    a, b = case.place(first), case.place(second)
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return None
    return distance_m(a.lat, a.lon, b.lat, b.lon) / 1000
