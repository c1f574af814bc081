"""The traps in the documents, row by row: what the tool concludes by itself from the coded cases.

Each function is one row of the table of traps that evidence can decide. Everything goes through
``gather`` (and the order of battle), as an assessment does; no rule knows any of these ids.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from shieldwall.case.load import load_case
from shieldwall.case.records import Case, Claim
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.ach import matrix
from shieldwall.evidence.documents import read_document
from shieldwall.evidence.gather import gather
from shieldwall.evidence.imagery import imagery_claims, readings
from shieldwall.evidence.records import Contradiction, Evidence
from shieldwall.orbat import fuse
from shieldwall.orbat.records import HeldOdds, OrderOfBattle

ROOT = Path(__file__).parents[2]
DOCUMENTS = ROOT.parent / "shared" / "documents"


@cache
def shipped(name: str) -> Case:
    return load_case(ROOT / "cases" / name)


@cache
def read(name: str) -> Evidence:
    return gather(shipped(name), load_catalogue())


@cache
def fused(name: str) -> OrderOfBattle:
    return fuse.order_of_battle(shipped(name), load_catalogue(), read(name))


def held(name: str, system: str) -> HeldOdds:
    return next(h for h in fused(name).held if h.system == system)


def against(name: str, claim: str) -> list[Contradiction]:
    """What is found wrong about a claim."""
    return [c for c in read(name).contradictions if c.claims[0] == claim]


def one(name: str, claim: str, kind: str) -> Contradiction:
    (only,) = [c for c in against(name, claim) if c.kind == kind]
    return only


def outlets(evidence: Evidence, origin: str) -> set[str]:
    """The sources that repeat an origin, its own left out."""
    group = evidence.lineage.groups[origin]
    return {evidence.claim(c).source for c in group} - {evidence.claim(origin).source}


# ---- Venezuela 2019 -----------------------------------------------------------------------------


def test_the_s300_image_is_one_origin_and_not_seven() -> None:
    evidence = read("venezuela-2019")
    repeating = evidence.lineage.groups["isi-launchers"]
    assert len(outlets(evidence, "isi-launchers")) >= 7
    assert evidence.lineage.effective(repeating) == pytest.approx(1.0, abs=0.05)
    assert {evidence.weight(c).family for c in repeating} == {"imagery"}
    (unit,) = [u for u in fused("venezuela-2019").units if u.system == "s300vm"]
    assert set(unit.origins) == {"isi-launchers", "isi-unloading-february"}


def test_a_day_after_the_landing_is_contradicted_by_the_time_of_the_image() -> None:
    found = one("venezuela-2019", "doc2-activated", "chronology")
    assert "20 March 2019, not 24 March 2019" in found.finds
    held_against = [read("venezuela-2019").claim(c) for c in found.claims[1:]]
    assert held_against[0].acquisition
    assert held_against[0].publication
    assert held_against[0].acquisition.text == "2019-03-20"
    assert held_against[0].publication.text == "2019-03-24", "taking is not publishing"
    landings = [c for c in held_against[1:] if c.about == "movement" and c.place == "maiquetia"]
    assert landings
    assert all(c.event and c.event.text == "2019-03-23" for c in landings)
    assert "before, not after" in found.finds


def test_two_aircraft_were_merged() -> None:
    for claim in ("doc2-general", "doc2-special-troops"):
        found = one("venezuela-2019", claim, "relay")
        assert "this of Il-62M, not of An-124" in found.finds
        assert "two were merged" in found.finds
        assert "mayorca-cargo" in found.claims
    assert against("venezuela-2019", "doc2-cargo") == [], "the cargo was on the An-124"
    assert read("venezuela-2019").lineage.origin("doc2-general") == "mayorca-general"


def test_tracks_bear_out_aircraft_and_neither_passengers_nor_cargo() -> None:
    evidence = read("venezuela-2019")

    def of(about: str) -> list[Claim]:
        flown = (c for c in evidence.claims if c.system in ("an124", "il62"))
        march = (c for c in flown if c.event is None or "2019-03" in c.event.text)
        return [c for c in march if c.about == about]

    seen = {evidence.weight(c.id).family for c in of("movement")}
    told = {evidence.weight(c.id).family for c in of("personnel") + of("delivery")}
    assert "flight" in seen
    assert told == {"press"}
    people = tuple(c.id for c in of("personnel"))
    assert {evidence.claim(evidence.lineage.origin(c)).source for c in people} == {"mayorca"}
    registrations = [c for c in of("identity") if c.subject and "registration" in c.subject]
    assert {c.value for c in registrations} == {"RA-82035", "RA-86496"}
    assert {evidence.weight(c.id).family for c in registrations} == {"flight"}


def test_a_missing_track_is_no_evidence_of_no_flight() -> None:
    case = shipped("venezuela-2019")
    evidence = read("venezuela-2019")
    flights = [w for w in evidence.weights if w.family == "flight"]
    assert flights
    assert all(w.ratio.likely and w.ratio.likely >= 1 for w in flights), "no track counts against"
    silent = replace(
        case.claim("civmilair-il62-arrival"), id="no-track", source="flightradar24",
        modality="not seen", statement="No track was received.",
    )  # fmt: skip
    with_it = gather(replace(case, claims=(*case.claims, silent)))
    assert with_it.weight("no-track").ratio.likely == pytest.approx(1.0)
    hole = evidence.claim("novaya-gazeta-transponder")
    assert "transponder off" in hole.statement
    assert against("venezuela-2019", hole.id) == []


def test_a_wrong_town_and_six_systems_are_found_too() -> None:
    assert "74 km" in one("venezuela-2019", "elalacranrojo-calabozo", "place").finds
    assert "sipri-s300vm" in one("venezuela-2019", "muraselon-six", "count").claims


def test_document_2_loses_grade_by_rule() -> None:
    channel = read("venezuela-2019").channel("doc2")
    assert (channel.hand, channel.computed) == ("C", "E")
    assert {id.split(":")[0] for id in channel.errors} == {"chronology", "relay"}


def test_page_furniture_is_no_evidence() -> None:
    path = DOCUMENTS / "venezuela-s300-redeployment.txt"
    if not path.exists():
        pytest.skip("the source documents are not here")
    document = read_document(path.read_bytes(), path.name)
    dropped = {d.reason: document.text[d.start : d.end] for d in document.dropped}
    assert "uçakları" in dropped["trackback"]
    assert "28-01-21" in dropped["reader comment"]
    article = "".join(document.text[s.start : s.end] for s in document.kept)
    assert "03-03-22" not in article
    assert "uçakları" not in article
    told = [c for c in shipped("venezuela-2019").claims if c.source == "doc2"]
    assert {c.publication.text for c in told if c.publication} == {"2019"}


# ---- Venezuela 2025 -----------------------------------------------------------------------------


def test_pantsir_has_one_origin_and_is_far_from_certain() -> None:
    evidence = read("venezuela-2025")
    telling = tuple(
        c.id for c in evidence.claims
        if c.system == "pantsir" and c.modality in ("asserted", "reported")
        and c.about in ("presence", "delivery", "holding")
    )  # fmt: skip
    assert len({evidence.claim(c).source for c in telling}) >= 8
    assert {evidence.lineage.origin(c) for c in telling} == {"zhuravlev-pantsir"}
    assert evidence.lineage.effective(telling) == pytest.approx(1.0, abs=0.05)
    pantsir, buk, s300 = (held("venezuela-2025", s) for s in ("pantsir", "bukm2e", "s300vm"))
    assert pantsir.held < 0.6
    assert pantsir.held < min(buk.held, s300.held) - 0.3
    assert {"hur-pantsir", "sipri-pantsir"} <= set(pantsir.origins), "who could not confirm counts"
    bits = dict(pantsir.bits)
    assert bits["hur-pantsir"] < 0
    boast = evidence.weight("zhuravlev-pantsir")
    assert any("serves its interest" in r or "with its interest" in r for r in boast.reasons)


def test_more_than_120_is_one_interested_origin() -> None:
    evidence = read("venezuela-2025")
    counted = [
        c.id for c in evidence.claims
        if c.about == "personnel" and c.place == "venezuela" and c.count and c.count.low == 120
    ]  # fmt: skip
    assert len({evidence.claim(c).source for c in counted}) >= 4
    assert {evidence.lineage.origin(c) for c in counted} == {"hur-contingent"}
    source = shipped("venezuela-2025").source("hur")
    assert source.interest
    assert source.side == "Ukraine"
    assert {evidence.weight(c).family for c in counted} == {"statement"}


def test_5000_igla_is_a_lower_bound_that_the_register_contradicts() -> None:
    evidence = read("venezuela-2025")
    found = one("venezuela-2025", "maduro-igla", "count")
    assert found.claims == ("maduro-igla", "sipri-igla")
    assert "At least 5\u202f000 missiles and 4\u202f000 missiles" in found.finds
    assert not found.checkable
    assert evidence.lineage.origin("doc1-igla") == "maduro-igla"
    assert shipped("venezuela-2025").source("maduro").favours == "strength"
    stock = held("venezuela-2025", "iglas").total
    assert stock
    assert stock.band.low <= 4_000 <= stock.band.high
    assert stock.band.likely
    assert stock.band.likely < 5_000, "the boast is heard, and does not carry it"


def test_availability_limits_the_network() -> None:
    evidence = read("venezuela-2025")
    for claim in ("msi2-radars", "twz-s300vm-serviceable"):
        assert evidence.lineage.parent(claim) is None
        ratio = evidence.weight(claim).ratio.likely
        assert ratio is not None
        assert ratio < 10, "a weak origin"
    units = {u.system: u for u in fused("venezuela-2025").units}
    assert units["s300vm"].serviceable.mean < 0.4
    unpublished = units["bukm2e"].serviceable.mean
    assert units["s300vm"].serviceable.mean < unpublished - 0.1
    assert units["jyl1"].serviceable.mean < unpublished
    assert held("venezuela-2025", "s300vm").held > 0.95, "it is there; it is the working that lacks"


def test_the_outcome_is_held_back() -> None:
    evidence = read("venezuela-2025")
    new_year = datetime(2026, 1, 1, tzinfo=UTC)
    for claim in evidence.claims:
        for moment in (claim.event, claim.acquisition, claim.publication):
            assert moment is None or moment.start < new_year, claim.id
    assert {"us-officials-not-hooked-up-2026", "particle-buk-la-carlota-2026"} <= set(evidence.late)
    assert not any("2026" in id for id in evidence.lineage.claims)


def test_an_antonov_and_a_misread_registration_cost_their_channel() -> None:
    one("venezuela-2025", "redcastrense-antonov", "identity")
    found = one("venezuela-2025", "redcastrense-il76-registration", "identity")
    assert "RA-78765, not RA-79765" in found.finds
    channel = read("venezuela-2025").channel("redcastrense")
    assert (channel.hand, channel.computed) == ("D", "E")


# ---- Moscow 2023 --------------------------------------------------------------------------------


def test_500_km_from_the_front_fits_the_border() -> None:
    found = one("moscow-2023", "doc3-moscow-500", "distance")
    assert "457 km from Ukraine's border" in found.finds
    assert "609 km from Ukrainian-held ground" in found.finds


def test_600_km_from_the_border_fits_ukrainian_held_ground() -> None:
    found = one("moscow-2023", "doc3-engels-600", "distance")
    assert "481 km from Ukraine's border" in found.finds
    assert "615 km from Ukrainian-held ground" in found.finds
    assert against("moscow-2023", "bbc-engels-500") == [], "who was right is left alone"
    assert against("moscow-2023", "newsweek-engels-350-mi") == [], "a lower bound may be low"


def test_lavrov_was_no_defence_minister_and_it_costs_the_channel() -> None:
    found = one("moscow-2023", "doc3-lavrov-office", "identity")
    assert "minister of foreign affairs, not minister of defence" in found.finds
    assert found.checkable
    channel = read("moscow-2023").channel("doc3")
    assert found.id in channel.errors
    assert channel.computed > channel.hand, "letters fall from A"


def test_the_photograph_of_2015_is_no_imagery() -> None:
    case = shipped("moscow-2023")
    (picture,) = [r for r in readings(case) if r.source == "doc3"]
    assert picture.acquisition
    assert picture.acquisition.text == "2015-12"
    assert picture.refused
    assert "illustration" in picture.refused
    assert imagery_claims(case) == ()
    assert not any(w.family == "imagery" for w in read("moscow-2023").weights)
    spoken_of = {c for u in fused("moscow-2023").units for c in u.claims}
    assert "doc3-photo" not in spoken_of


def test_three_readings_of_the_roofs_are_weighed_and_silence_is_an_observation() -> None:
    case, evidence = shipped("moscow-2023"), read("moscow-2023")
    (question,) = case.questions
    assert {h.id for h in question.hypotheses} == {"show", "fear", "threat"}
    found = matrix(case, evidence, question)
    rows = {r.id: r for r in found.rows}
    silence = {c.hypothesis: c.bits for c in rows["silence"].cells}
    assert set(rows["silence"].claims) == {"peskov-declines", "russian-mod-silent"}
    assert silence["show"].high < 0 < silence["threat"].low, "who shows strength says so"
    timing = {c.hypothesis: c.bits for c in rows["eve-of-ramstein"].cells}
    assert timing["show"].low > 0 > timing["threat"].high
    shares = [s.posterior.likely for s in found.standings]
    assert sum(s or 0.0 for s in shares) == pytest.approx(1.0)
    assert all(s.posterior.low > 0.01 for s in found.standings), "none is ruled out"
    assert found.turns_on


def test_a_charge_stands_beside_the_conduct_of_the_own_side() -> None:
    found = one("moscow-2023", "lavrov-residential", "conduct")
    evidence = read("moscow-2023")
    assert "moscow-calling-teterinsky" in found.claims
    assert any(evidence.weight(c).family == "sighting" for c in found.claims[1:])
    assert "Russia itself" in found.finds
    assert not found.checkable, "shown as such; it does not say that the charge is false"
    assert evidence.channel("lavrov").errors == ()
