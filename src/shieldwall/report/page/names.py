"""The names a reader knows things by; an id stands in where nothing better was given."""

from __future__ import annotations

from shieldwall.report.records import Assessment

FAMILIES = {
    "statement": "official statement", "flight": "aircraft movement", "imagery": "imagery",
    "sighting": "sighting", "press": "press",
}  # fmt: skip

RELIABILITY = {
    "A": "completely reliable", "B": "usually reliable", "C": "fairly reliable",
    "D": "not usually reliable", "E": "unreliable", "F": "reliability unknown",
}  # fmt: skip

CREDIBILITY = {
    1: "confirmed", 2: "probably true", 3: "possibly true", 4: "doubtful", 5: "improbable",
    6: "truth unknown",
}  # fmt: skip


class Names:
    """Looks names up for one assessment."""

    def __init__(self, assessment: Assessment) -> None:
        catalogue, case = assessment.catalogue, assessment.case
        self._catalogue = catalogue
        self._places = {p.id: p.name for p in case.places}
        self._areas = {a.id: a.name for a in case.defended_areas}
        self._threats = {t.id: t.name for t in case.threats}
        self._origins = {o.id: o.name for o in case.origins}
        self._numbers = {u.id: n for n, u in enumerate(assessment.ensemble.units, 1)}

    def system(self, id: str) -> str:
        """A system, radar or threat of the catalogue by its short name: ``S-300VM``."""
        return self._catalogue.short_name(id)

    def place(self, id: str) -> str:
        return self._places.get(id, id)

    def area(self, id: str) -> str:
        return self._areas.get(id, id)

    def threat(self, id: str) -> str:
        return self._threats.get(id, id)

    def origin(self, id: str) -> str:
        return self._origins.get(id, id)

    def number(self, unit: str) -> int | None:
        """The unit's number on the map and in the order of battle."""
        return self._numbers.get(unit)
