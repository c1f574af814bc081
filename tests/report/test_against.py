"""Where documents and assessment part, entry by entry, in the shipped cases.

Entries are found by their kind, the document's own claims, what these are held against, systems and
figures. Nothing is matched by the wording of a sentence alone. What really happened is held against
them row by row in ``test_against_rows.py``.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from documents import NAMES, assessed, entries, one, value
from shieldwall.report.against import KINDS, against
from shieldwall.report.against.records import rank

# ---- Any case -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_entries_speak_of_the_document_and_rest_on_what_is_known(name: str) -> None:
    found, assessment = entries(name), assessed(name)
    assert found
    for entry in found:
        assert entry.claims or entry.says
        sources = {assessment.evidence.claim(c).source for c in entry.claims}
        assert sources <= {entry.document}, "the document's own claims only"
        assert entry.finds
        assert entry.why.endswith(".")
        assert 0 <= entry.size <= 1
        known = assessment.ledger.quantities
        assert set(entry.figures) <= set(known)
        assert all(assessment.case.has(c) for c in entry.held)


@pytest.mark.parametrize("name", NAMES)
def test_the_largest_consequence_stands_first(name: str) -> None:
    found = entries(name)
    assert list(found) == sorted(found, key=rank)
    tiers = [KINDS[e.kind].tier for e in found]
    assert tiers == sorted(tiers)


@pytest.mark.parametrize("name", NAMES)
def test_the_same_assessment_gives_the_same_entries(name: str) -> None:
    assert against(assessed(name)) == entries(name)


def test_a_document_that_nobody_contradicts_has_no_entry() -> None:
    named = {c for name in NAMES for e in entries(name) for c in e.claims}
    assert "doc1-caracas" not in named
    assert "doc2-key-base" not in named
    assert "doc3-ramstein" not in named


# ---- Venezuela 2019 -----------------------------------------------------------------------------


def test_2019_the_image_is_one_origin_and_its_relays_are_counted() -> None:
    entry = one("venezuela-2019", "relay", "doc2-launchers")
    assert {"doc2-launchers", "doc2-9s32me", "doc2-activated"} <= set(entry.claims)
    assert entry.held == ("isi-launchers",)
    assert value("venezuela-2019", "origins.isi-launchers") == pytest.approx(1.0, abs=0.05)
    assert "origins.isi-launchers" in entry.figures
    assert entry.size >= 7 / 8, "seven outlets at least"


def test_2019_the_day_after_the_landing_is_contradicted_by_when_the_image_was_taken() -> None:
    entry = one("venezuela-2019", "time", "doc2-activated")
    origin, *landings = entry.held
    claim = assessed("venezuela-2019").evidence.claim(origin)
    assert claim.acquisition
    assert claim.publication
    assert (claim.acquisition.text, claim.publication.text) == ("2019-03-20", "2019-03-24")
    assert "civmilair-an124-arrival" in landings
    assert "20 March 2019" in str(entry.finds)
    assert "published on 24 March 2019" in str(entry.finds)


def test_2019_two_aircraft_were_run_together_and_each_attribute_is_fused_by_itself() -> None:
    entry = one("venezuela-2019", "merged", "doc2-general")
    assert set(entry.claims) == {"doc2-general", "doc2-special-troops", "doc2-cargo"}
    assert entry.systems == ("an124", "il62")
    assert {
        "topic.movement.civmilair-il62-arrival", "topic.personnel.mayorca-general",
        "topic.movement.civmilair-an124-arrival", "topic.delivery.mayorca-cargo",
    } <= set(entry.figures)  # fmt: skip
    origins = [f for f in entry.figures if f.startswith("origins.")]
    assert [assessed("venezuela-2019").evidence.claim(o[8:]).source for o in origins] == ["mayorca"]
    assert {"fr24-an124-registration", "fr24-il62-registration"} <= set(entry.held)


def test_2019_a_missing_track_is_no_evidence_of_no_flight() -> None:
    entry = one("venezuela-2019", "track", "doc2-cargo")
    assert entry.held[0] == "novaya-gazeta-transponder"
    (least,) = entry.figures
    assert value("venezuela-2019", least) >= 1, "no track counts against a flight"


def test_2019_the_document_loses_grade_by_the_errors_listed() -> None:
    entry = one("venezuela-2019", "grade", "doc2-activated")
    assert set(entry.claims) == {
        "doc2-activated", "doc2-additional", "doc2-general", "doc2-special-troops",
    }  # fmt: skip
    assert one("venezuela-2019", "altered", "doc2-additional").held == ("isi-launchers",)


def test_2019_whose_hands_and_what_the_landing_had_to_do_with_it() -> None:
    hands = one("venezuela-2019", "control", "doc2-control")
    assert "control.s300vm.at_consoles" in hands.figures
    reading = one("venezuela-2019", "reading", "doc2-activated")
    assert set(reading.figures) == {f"ach.landing.{h}" for h in ("prompted", "drill", "upkeep")}


# ---- Venezuela 2025 -----------------------------------------------------------------------------


def test_2025_pantsir_is_stated_as_fact_and_is_far_from_certain() -> None:
    entry = one("venezuela-2025", "presence", "doc1-pantsir")
    assert entries("venezuela-2025")[0] == entry
    assert entry.systems == ("pantsir",)
    assert {"zhuravlev-pantsir", "hur-pantsir", "sipri-pantsir"} <= set(entry.held)
    assert {"orbat.pantsir.held", "origins.zhuravlev-pantsir"} <= set(entry.figures)
    assert value("venezuela-2025", "orbat.pantsir.held") < 0.6
    assert not [e for e in entries("venezuela-2025") if e.kind == "presence" and e != entry]


def test_2025_more_than_120_is_one_interested_origin_whose_task_and_tour_are_told() -> None:
    entry = one("venezuela-2025", "people", "doc1-contingent")
    assert entry.held[0] == "hur-contingent"
    assert {"hur-caracas", "hur-task", "hur-tour-extended"} <= set(entry.held)
    assert {
        "origins.hur-contingent", "control.mission.sign.tour_prolonged.hur-tour-extended",
        "control.mission.sign.air_defence_task.hur-task",
    } <= set(entry.figures)  # fmt: skip
    task = one("venezuela-2025", "dispute", "doc1-task")
    assert task.held == ("hur-task",)


def test_2025_5000_igla_is_a_lower_bound_by_who_gains_from_it() -> None:
    entry = one("venezuela-2025", "count", "doc1-igla")
    assert entry.systems == ("iglas",)
    assert entry.held[:2] == ("maduro-igla", "sipri-igla")
    counts = [assessed("venezuela-2025").evidence.claim(c).count for c in entry.held]
    assert [(c.low, c.unit, c.bound) for c in counts if c and c.unit == "launchers"] == [
        (1800, "launchers", "more than")
    ]
    assert {"orbat.iglas.total", "origins.maduro-igla"} <= set(entry.figures)


def test_2025_availability_more_than_inventory_limits_the_network() -> None:
    entry = one("venezuela-2025", "availability", "doc1-s300vm")
    assert {"s300vm", "jyl1"} <= set(entry.systems)
    assert {"twz-s300vm-serviceable", "msi2-radars"} <= set(entry.held)
    assert {"orbat.s300vm.share", "orbat.s300vm.held", "orbat.jyl1.share"} <= set(entry.figures)
    assert value("venezuela-2025", "orbat.s300vm.share") < 0.5
    assert value("venezuela-2025", "orbat.s300vm.held") > 0.95


def test_2025_the_shield_as_a_forecast_and_the_outcome_held_back() -> None:
    entry = one("venezuela-2025", "forecast", "doc1-integrated")
    assert set(entry.figures) == {"control.told.s300vm-connected", "control.told.buk-connected"}
    assert set(entry.systems) == {"s300vm", "bukm2e"}
    assert "us-officials-not-hooked-up-2026" in entry.held
    late = set(assessed("venezuela-2025").evidence.late)
    assert set(entry.held) <= late, "what scores it was not read"
    action = one("venezuela-2025", "forecast", "doc1-pantsir")
    assert action.figures == ("control.told.pantsir-in-action",)
    assert action.size > 0.5


# ---- Moscow 2023 --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "named", "fits"),
    [("doc3-moscow-500", "front", "border"), ("doc3-engels-600", "border", "front")],
)
def test_2023_distances_fit_another_line(claim: str, named: str, fits: str) -> None:
    entry = one("moscow-2023", "distance", claim)
    assert f"distance.{claim}" in entry.figures
    (check,) = [d for d in assessed("moscow-2023").evidence.distances if d.claim == claim]
    assert (check.claimed_origin, check.fits) == (named, fits)
    for origin in (named, fits):
        assert f"{check.computed_km[origin][0]:.0f}" in str(entry.finds)


def test_2023_lavrovs_office_is_an_error_that_costs_the_channel() -> None:
    entry = one("moscow-2023", "record", "doc3-lavrov-office")
    assert "sputnik-lavrov-office" in entry.held
    grade = one("moscow-2023", "grade", "doc3-lavrov-office")
    assert set(grade.claims) == {"doc3-lavrov-office", "doc3-moscow-500", "doc3-engels-600"}


def test_2023_the_photograph_of_2015_is_no_imagery() -> None:
    entry = one("moscow-2023", "picture", "doc3-photo")
    assert "December 2015" in str(entry.finds)
    weights = assessed("moscow-2023").evidence.weights
    assert not any(w.family == "imagery" for w in weights)


def test_2023_three_readings_of_the_roofs_are_weighed() -> None:
    entry = one("moscow-2023", "reading", "doc3-reading-muscle")
    assert set(entry.claims) == {
        "doc3-reading-muscle", "doc3-reading-paranoia", "doc3-reading-threat",
    }  # fmt: skip
    assert set(entry.figures) == {"ach.roofs.show", "ach.roofs.fear", "ach.roofs.threat"}


def test_2023_official_silence_is_an_observation() -> None:
    entry = one("moscow-2023", "silence", "doc3-peskov")
    assert set(entry.claims) == {"doc3-peskov", "doc3-mod-silent"}
    assert set(entry.held) == {"peskov-declines", "russian-mod-silent"}
    show, threat = (value("moscow-2023", f"ach.roofs.silence.{h}") for h in ("show", "threat"))
    assert show < 0 < threat
    assert {f"ach.roofs.silence.{h}" for h in ("show", "fear", "threat")} == set(entry.figures)


def test_2023_a_charge_stands_beside_the_conduct_of_the_own_side() -> None:
    entry = one("moscow-2023", "conduct", "doc3-lavrov")
    assert "doc3-moscow-residential" in entry.claims
    assert {"lavrov-residential", "moscow-calling-teterinsky"} <= set(entry.held)


def test_2023_sites_told_as_confirmed_rest_on_one_origin_each() -> None:
    entry = one("moscow-2023", "presence", "doc3-rublevka")
    origins = {"moscow-calling-teterinsky", "telegram-mod-roof", "telegram-residence"}
    assert origins <= set(entry.held)
    assert "orbat.pantsir@rublevka.presence" in entry.figures


def test_the_report_opens_no_file_of_the_case(tmp_path: Path) -> None:
    """What was refused among its images is in the evidence; the folder may be gone."""
    there = assessed("moscow-2023")
    gone = replace(there, case=replace(there.case, folder=tmp_path / "gone"))
    assert against(gone) == entries("moscow-2023")
    nothing = replace(there, evidence=replace(there.evidence, refused=()))
    assert not [e for e in against(nothing) if e.kind == "picture"]
