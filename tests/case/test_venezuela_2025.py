"""Venezuela 2025: every trap of its document can be decided from the case."""

from __future__ import annotations

import makers
from shipped_cases import published_by, shipped


def test_pantsir_has_one_origin_and_two_who_do_not_confirm() -> None:
    case = shipped("venezuela-2025")
    about = [
        c for c in case.claims
        if c.system == "pantsir" and c.about in ("presence", "delivery", "holding")
    ]  # fmt: skip
    positive = [c for c in about if c.modality in ("asserted", "reported")]
    assert {makers.origin_of(case, c).id for c in positive} == {"zhuravlev-pantsir"}
    assert len({c.source for c in positive}) >= 8
    assert {c.source for c in about if c.modality == "not confirmed"} == {"hur", "sipri"}
    document = case.claim("doc1-pantsir")
    assert document.modality == "asserted"
    assert document.relays == "zhuravlev-pantsir"
    buk = case.claim("hur-buk")
    assert buk.system == "bukm2e"
    assert buk.modality == "asserted"
    assert not any(h.system == "pantsir" for h in case.holdings)


def test_advisers_rest_on_one_interested_origin() -> None:
    case = shipped("venezuela-2025")
    counted = [
        c for c in case.claims
        if c.about == "personnel" and c.place == "venezuela" and c.count and c.count.low == 120
    ]  # fmt: skip
    assert {makers.origin_of(case, c).id for c in counted} == {"hur-contingent"}
    assert case.source("hur").interest
    ninety = case.claim("hur-caracas")
    assert ninety.place == "caracas"
    assert ninety.count
    assert ninety.count.likely == 90
    tasks = [c for c in case.claims if c.id in ("hur-task", "doc1-task")]
    assert {c.about for c in tasks} == {"intent"}
    assert len({c.relays for c in tasks}) == 1
    assert "infantry" in tasks[0].statement
    assert "air defence" in tasks[1].statement
    assert case.claim("hur-tour-extended").about == "control"


def test_igla_is_a_lower_bound_by_its_owner() -> None:
    case = shipped("venezuela-2025")
    owner, register, older = (case.claim(f"{s}-igla").count for s in ("maduro", "sipri", "tsamto"))
    assert owner
    assert (owner.low, owner.high, owner.bound) == (5000, None, "at least")
    assert register
    assert register.likely == 4000
    assert older
    assert (older.low, older.unit) == (1800, "launchers")
    assert case.source("maduro").interest
    assert makers.origin_of(case, case.claim("doc1-igla")).id == "maduro-igla"


def test_availability_limits_the_network() -> None:
    case = shipped("venezuela-2025")
    shares = {
        makers.origin_of(case, c).id: c.count for c in case.claims
        if c.about == "serviceability" and c.count and published_by(case, c)
        and c.count.unit == "share" and c.relays is None and c.system != "su30mk2"
    }  # fmt: skip
    assert set(shares) == {"msi2-radars", "twz-s300vm-serviceable"}
    radars, battery = shares["msi2-radars"], shares["twz-s300vm-serviceable"]
    assert radars.high == 0.4
    assert radars.bound == "at most"
    assert battery.likely == 0.2
    assert {
        makers.origin_of(case, c).id for c in case.claims if c.id in ("msi2-jyl1", "msi2-jy11b")
    } == {"msi2-radars"}


def test_the_outcome_is_held_back() -> None:
    case = shipped("venezuela-2025")
    late = [c for c in case.claims if not published_by(case, c)]
    read = [c for c in case.claims if published_by(case, c)]
    assert len(late) >= 10
    struck = {c.place for c in late if c.system == "bukm2e" and c.about == "conduct"}
    assert {"la-guaira", "catia-la-mar", "la-carlota", "higuerote"} <= struck
    assert any(c.about == "connection" for c in late)
    for claim in read:
        moments = (claim.event, claim.acquisition, claim.publication)
        assert all(m is None or m.start.year < 2026 for m in moments), claim.id
        assert "2026" not in f"{claim.statement}{claim.address}", claim.id
    assert not any("2026" in h.source for h in case.holdings)


def test_who_may_operate_it_is_speculation() -> None:
    case = shipped("venezuela-2025")
    assert case.claim("doc1-russians-might-operate").modality == "speculated"
    assert case.claim("militarnyi-contractors").modality == "speculated"
    assert case.claim("doc1-no-confirmation").modality == "not confirmed"


def test_the_first_landing_has_two_dates_and_two_registrations() -> None:
    case = shipped("venezuela-2025")
    track, other = case.claim("fr24-il76-26-october"), case.claim("news-pravda-il76-27-october")
    assert track.event
    assert other.event
    assert track.event.text != other.event.text
    assert case.source(track.source).family == "flight"
    names = {c.id: c.statement for c in case.claims if c.about == "identity" and c.system == "il76"}
    assert "RA-78765" in names["fr24-il76-registration"]
    assert "RA-79765" in names["redcastrense-il76-registration"]
    assert "Antonov" in names["redcastrense-antonov"]
    cargo = [c for c in case.claims if c.system == "il76" and c.about == "delivery"]
    assert {c.modality for c in cargo} == {"not confirmed", "speculated"}


def test_every_named_layer_has_its_row() -> None:
    case = shipped("venezuela-2025")
    named = {c.system for c in case.claims}
    assert {"s300vm", "bukm2e", "pantsir", "iglas", "pechora2m", "zu23"} <= named
    assert {"jyl1", "jy11b", "jy27"} <= named
    assert sum(c.system == "jyl1" and c.about == "presence" for c in case.claims) == 10
    parts = {c.component for c in case.claims}
    assert {"9S32ME", "CODAI", "central command post"} <= parts


def test_undated_pressure_stays_undated() -> None:
    case = shipped("venezuela-2025")
    kinds = {e.kind for e in case.pressure if e.date is None}
    assert kinds == {"naval deployment", "sanctions", "interdiction", "warning"}
