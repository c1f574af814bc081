"""What really happened, row by row: each must stand in the section of the case that can decide it.

One row of the parametrised test for each claim that was followed to its origin. A row names the
entries that show it: kind, what the document says (ids), what it is held against (ids), figures,
and the few words or numbers that make the conclusion. It fails if the entry vanishes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from documents import assessed, entries, value
from shieldwall.report.against import Entry, Kind, against
from shieldwall.report.against.text import concluded


@dataclass(frozen=True)
class Shown:
    """An entry that shows a row, or part of it."""

    kind: Kind
    claims: frozenset[str]
    held: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    tells: tuple[str, ...] = ()
    """In what it concludes, or why."""


def shown(
    kind: Kind, claims: str, held: str = "", figures: str = "", tells: tuple[str, ...] = ()
) -> Shown:
    given = (frozenset(text.split()) for text in (claims, held, figures))
    return Shown(kind, *given, tells)


ROWS: dict[str, tuple[str, tuple[Shown, ...]]] = {
    "S-300VM at Capitán Manuel Ríos": ("venezuela-2019", (
        shown("relay", "doc2-launchers doc2-9s32me doc2-activated", "isi-launchers",
              "origins.isi-launchers", ("One origin", "weighs nothing of its own")),
        shown("time", "doc2-activated", "isi-ready civmilair-an124-arrival",
              tells=("taken on 20 March 2019", "published on 24 March 2019",
                     "before, not after, 23 March 2019")),
    )),
    "An-124 with general and 35 t": ("venezuela-2019", (
        shown("merged", "doc2-general doc2-cargo",
              "reuters-general fr24-an124-registration fr24-il62-registration",
              "topic.personnel.mayorca-general topic.delivery.mayorca-cargo "
              "topic.movement.civmilair-il62-arrival topic.movement.civmilair-an124-arrival",
              ("Javier Mayorca", "the Il-62, brought General", "the An-124, carried 35 t",
               "RA-82035", "RA-86496", "each attribute stands on its own origins")),
    )),
    "the flights were all seen": ("venezuela-2019", (
        shown("track", "doc2-cargo", "novaya-gazeta-transponder",
              tells=("transponder off", "A missing track is no evidence of no flight")),
    )),
    "Pantsir-S1 delivered to Venezuela": ("venezuela-2025", (
        shown("presence", "doc1-pantsir", "zhuravlev-pantsir hur-pantsir sipri-pantsir",
              "orbat.pantsir.held origins.zhuravlev-pantsir",
              ("one origin (Alexei Zhuravlev)", "printed by ten other sources")),
    )),
    "more than 120 personnel": ("venezuela-2025", (
        shown("people", "doc1-contingent", "hur-contingent hur-caracas hur-task hur-tour-extended",
              "origins.hur-contingent control.mission.sign.tour_prolonged.hur-tour-extended "
              "control.mission.sign.air_defence_task.hur-task",
              ("about 90 persons", "A single origin with an interest")),
        shown("dispute", "doc1-task", "hur-task", tells=("not air-defence training",)),
    )),
    "about 5,000 Igla-S": ("venezuela-2025", (
        shown("count", "doc1-igla", "maduro-igla sipri-igla tsamto-igla",
              "orbat.iglas.total origins.maduro-igla",
              ("at least 5\u202f000 missiles", "4\u202f000 missiles",
               "more than 1\u202f800 launchers",
               "A lower bound by its own words", "who gains by it")),
    )),
    "radars and S-300VM that work": ("venezuela-2025", (
        shown("availability", "doc1-s300vm", "twz-s300vm-serviceable msi2-radars",
              "orbat.s300vm.share orbat.s300vm.held orbat.jyl1.share",
              ("about 20\u202f% works", "at most 40\u202f% works", "Two origins say so, all weak",
               "availability, more than inventory")),
    )),
    "3 January 2026": ("venezuela-2025", (
        shown("outcome", "doc1-integrated doc1-pantsir",
              "us-officials-not-hooked-up-2026 particle-buk-la-guaira-2026 "
              "particle-buk-catia-la-mar-2026 particle-buk-la-carlota-2026 "
              "collector-buk-higuerote-2026",
              "control.told.s300vm-connected control.told.buk-connected",
              ("It was not so", "S-300VM is connected to radar", "Log score", "La Guaira",
               "Catia La Mar", "La Carlota", "Higuerote", "is no evidence")),
        shown("forecast", "doc1-integrated", "us-officials-not-hooked-up-2026",
              "control.told.s300vm-connected", ("held back, and only scores it",)),
    )),
    "Moscow 500 km from the front": ("moscow-2023", (
        shown("distance", "doc3-moscow-500",
              figures="reach.moscow.front reach.moscow.border distance.doc3-moscow-500",
              tells=("609 to 707\u00a0km from Ukrainian-held ground", "457\u00a0km from Ukraine's "
                     "border", "fit Ukraine's border", "the document falls from grade C to E")),
    )),
    "Engels 600 km from the border": ("moscow-2023", (
        shown("distance", "doc3-engels-600",
              figures="reach.engels.front reach.engels.border distance.doc3-engels-600",
              tells=("481\u00a0km from Ukraine's border", "615 to 664\u00a0km from Ukrainian-held",
                     "fit Ukrainian-held ground")),
    )),
    "Lavrov, Minister of Defense": ("moscow-2023", (
        shown("record", "doc3-lavrov-office", "sputnik-lavrov-office",
              tells=("minister of foreign affairs, not minister of defence",
                     "the document falls from grade C to E")),
        shown("grade", "doc3-lavrov-office", tells=("from C to E",)),
    )),
    "photo in the third document": ("moscow-2023", (
        shown("picture", "doc3-photo",
              tells=("December 2015", "marked as an illustration", "It gives no claim")),
    )),
    "Moscow roofs: three readings": ("moscow-2023", (
        shown("reading", "doc3-reading-muscle doc3-reading-paranoia doc3-reading-threat",
              "peskov-declines russian-mod-silent",
              "ach.roofs.show ach.roofs.fear ach.roofs.threat"),
        shown("silence", "doc3-peskov doc3-mod-silent", "peskov-declines russian-mod-silent",
              "ach.roofs.silence.show ach.roofs.silence.fear ach.roofs.silence.threat",
              ("Silence speaks",)),
    )),
    "air defence in residential areas": ("moscow-2023", (
        shown("conduct", "doc3-lavrov doc3-moscow-residential",
              "lavrov-residential moscow-calling-teterinsky",
              tells=("Charged by Sergei Lavrov", "The same is seen of Russia itself",
                     "A statement beside conduct")),
    )),
    "trackback and reader comments": ("venezuela-2019", (
        shown("furniture", "",
              tells=("January 2021 and March 2022", "after 15 April 2019",
                     "it does not date the document", "Page furniture is no evidence")),
    )),
}  # fmt: skip
"""In the order of the mission's table."""


def found(name: str, wanted: Shown) -> Entry:
    """The one entry that shows it."""
    (entry,) = [
        e for e in entries(name)
        if e.kind == wanted.kind and wanted.claims <= set(e.claims)
    ]  # fmt: skip
    return entry


@pytest.mark.parametrize("row", ROWS)
def test_what_really_happened_is_listed(row: str) -> None:
    name, parts = ROWS[row]
    for wanted in parts:
        entry = found(name, wanted)
        assert wanted.held <= set(entry.held)
        assert wanted.figures <= set(entry.figures)
        told = f"{concluded(entry, assessed(name).ledger)} {entry.why}"
        for words in wanted.tells:
            assert words in told


def test_what_the_figures_of_the_rows_come_to() -> None:
    assert value("venezuela-2019", "origins.isi-launchers") == pytest.approx(1.0, abs=0.05)
    assert value("venezuela-2025", "orbat.pantsir.held") < 0.6
    assert 3000 < value("venezuela-2025", "orbat.iglas.total") < 5000
    assert value("venezuela-2025", "orbat.s300vm.share") < 0.5
    assert value("moscow-2023", "ach.roofs.silence.show") < 0


def test_outcomes_and_furniture_are_told_of_and_not_read() -> None:
    evidence = assessed("venezuela-2025").evidence
    outcome = found("venezuela-2025", ROWS["3 January 2026"][1][0])
    assert set(outcome.held) <= set(evidence.late)
    assert not any(evidence.has(c) for c in outcome.held)
    of_2019 = assessed("venezuela-2019")
    assert len(of_2019.case.source("doc2").furniture) == 2
    for claim in of_2019.evidence.claims:
        assert claim.publication is None or claim.publication.start.year <= 2019


def test_an_earlier_day_knows_neither_outcome_nor_later_comments() -> None:

    for name, kind in (("venezuela-2025", "outcome"), ("venezuela-2019", "furniture")):
        now = assessed(name)
        earlier = replace(now, case=replace(now.case, earlier=True, outcomes=()))
        assert kind in {e.kind for e in against(now)}
        assert kind not in {e.kind for e in against(earlier)}
