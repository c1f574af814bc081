"""What claims say of a subject: one group for each subject, however it is spelt."""

from __future__ import annotations

from shieldwall.case.records import Case, Claim, Place
from shieldwall.evidence.contradictions.distance import BETWEEN
from shieldwall.evidence.contradictions.words import key_words, plain, same
from shieldwall.evidence.records import STATED


def by_subject(claims: tuple[Claim, ...]) -> list[tuple[str, list[Claim]]]:
    """Claims that give a subject a value, by subject loosely named.

    Distances to a place and charges of conduct are left out: they have rules of their own.
    """
    conduct = {key_words(c.subject) for c in claims if c.subject and c.about == "conduct"}
    groups: dict[frozenset[str], tuple[str, list[Claim]]] = {}
    for claim in claims:
        if claim.subject is None or claim.value is None or claim.modality not in STATED:
            continue
        words = key_words(claim.subject)
        if words in conduct or claim.subject.casefold().startswith(BETWEEN):
            continue
        if words not in groups:
            alike = (k for k, (name, _) in groups.items() if same(name, claim.subject))
            words = next(alike, words)
        groups.setdefault(words, (claim.subject, []))[1].append(claim)
    return list(groups.values())


def named_in(case: Case, subject: str) -> Place | None:
    """The place with a position whose name, up to its first comma, stands in the subject."""
    words = f" {plain(subject)} "
    for place in case.places:
        name = plain(place.name.split(",")[0])
        if place.kind == "point" and name and f" {name} " in words:
            return place
    return None


def by_position(case: Case, subject: str, group: list[Claim]) -> Place | None:
    """The place of the subject, where every claim of its group names a place with a position too.

    Such a group is decided by geodesy, not by votes.
    """
    located = all(c.place is not None and case.place(c.place).kind == "point" for c in group)
    return named_in(case, subject) if located else None
