"""Names a person knows things by, for the labels of the ledger; ids stay ids."""

from __future__ import annotations

from collections.abc import Iterable

from shieldwall.case.records import Case, Claim
from shieldwall.catalogue.records import Catalogue

FAMILIES = {
    "statement": "official statements", "flight": "aircraft movements", "imagery": "imagery",
    "sighting": "sightings", "press": "the press",
}  # fmt: skip


class Named:
    """Looks names up; an id stands in where nothing better was given."""

    def __init__(self, case: Case, catalogue: Catalogue, claims: Iterable[Claim] = ()) -> None:
        """``claims``: those that are read beside the case's own, of its images."""
        self._claims = {c.id: c for c in (*case.claims, *claims)}
        self._sources = {s.id: s.name.split(" (", maxsplit=1)[0] for s in case.sources}
        self._places = {p.id: p.name for p in case.places}
        self._threats = {t.id: t.name for t in case.threats}
        self._catalogue = catalogue

    def system(self, id: str) -> str:
        """A system, a radar or a threat of the catalogue."""
        return self._catalogue.short_name(id)

    def threat(self, id: str) -> str:
        """A threat as the case calls it."""
        return self._threats.get(id) or self.system(id)

    def place(self, id: str) -> str:
        return self._places.get(id, id)

    def source(self, id: str) -> str:
        return self._sources.get(id, id)

    def unit(self, id: str) -> str:
        """A system, or what stands at one place: ``S-300VM at La Carlota``."""
        system, at, place = id.partition("@")
        return f"{self.system(system)} at {self.place(place)}" if at else self.system(system)

    def claim(self, id: str) -> str:
        """Who said it, and when it was published: a source says many things."""
        claim = self._claims.get(id)
        if claim is None:
            return id
        source = self.source(claim.source)
        on = claim.publication or claim.event
        return source if on is None else f"{source} ({on.text})"

    def piece(self, by: str, key: str) -> str:
        """What is left out of the evidence: a source, an origin, a family or a document."""
        if by == "source":
            return self.source(key)
        if by == "origin":
            return self.claim(key)
        if by == "family":
            return FAMILIES.get(key, key)
        return f"the document of {self.claim(key)}" if key in self._claims else f"the page {key}"
