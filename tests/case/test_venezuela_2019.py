"""Venezuela 2019: every trap of its document can be decided from the case."""

from __future__ import annotations

import pytest

import makers
from shieldwall.geodesy import WGS84
from shipped_cases import going_back_to, located, shipped


def test_one_image_many_outlets() -> None:
    case = shipped("venezuela-2019")
    image = case.claim("isi-launchers")
    assert image.acquisition is not None
    assert image.publication is not None
    assert (image.acquisition.text, image.publication.text) == ("2019-03-20", "2019-03-24")
    assert image.count is not None
    assert image.count.likely == 5
    relays = going_back_to(case, image.id)
    assert len({c.source for c in relays} - {"isi"}) >= 7
    at_base = [
        c for c in case.claims
        if c.system == "s300vm" and c.place == "capitan-manuel-rios"
        and makers.origin_of(case, c).id not in ("isi-launchers", "isi-unloading-february")
    ]  # fmt: skip
    assert at_base == [], "everything about the battery there goes back to two images"
    assert any(c.component == "9S32ME" for c in relays)


def test_the_image_precedes_the_landing() -> None:
    case = shipped("venezuela-2019")
    seen = case.claim("isi-launchers").acquisition
    landed = case.claim("civmilair-an124-arrival").event
    told = case.claim("doc2-activated")
    assert seen is not None
    assert landed is not None
    assert told.event is not None
    assert seen.end <= landed.start < told.event.start
    assert makers.origin_of(case, told).id == "isi-launchers"


def test_two_aircraft_are_kept_apart() -> None:
    case = shipped("venezuela-2019")
    general, cargo = case.claim("doc2-general"), case.claim("doc2-cargo")
    assert general.system == "an124"
    assert makers.origin_of(case, general).system == "il62"
    assert cargo.system == makers.origin_of(case, cargo).system == "an124"
    persons = case.claim("mayorca-personnel").count
    tonnes = case.claim("mayorca-cargo").count
    assert persons is not None
    assert (persons.low, persons.unit) == (99, "persons")
    assert tonnes is not None
    assert (tonnes.likely, tonnes.unit) == (35, "t")


def test_registrations_are_tracked_but_passengers_are_not() -> None:
    case = shipped("venezuela-2019")

    def families(about: set[str]) -> set[str]:
        roots = [
            makers.origin_of(case, c) for c in case.claims
            if c.about in about and c.system in ("an124", "il62")
        ]  # fmt: skip
        return {case.source(r.source).family for r in roots}

    assert families({"identity"}) == {"flight"}
    assert families({"personnel", "delivery"}) == {"press"}
    statements = " ".join(c.statement for c in case.claims if c.about == "identity")
    assert "RA-82035" in statements
    assert "RA-86496" in statements


def test_a_flight_with_a_hole_in_its_track() -> None:
    case = shipped("venezuela-2019")
    hole, landing = case.claim("novaya-gazeta-transponder"), case.claim("civmilair-il62-arrival")
    assert hole.about == "movement"
    assert hole.system == "il62"
    assert "transponder" in hole.statement
    assert hole.event is not None
    assert landing.event is not None
    assert hole.event.start < landing.event.start


def test_routes_counts_and_places_disagree() -> None:
    case = shipped("venezuela-2019")
    stops = {c.place for c in case.claims if c.about == "movement"}
    assert {"hmeimim", "damascus", "dakar"} <= stops
    systems = {
        (c.count.low, c.count.unit) for c in case.claims
        if c.about == "holding" and c.system == "s300vm" and c.count
    }  # fmt: skip
    assert systems == {(6, "systems"), (3, "systems"), (2, "battalions")}
    calabozo, base = case.place("calabozo"), case.place("capitan-manuel-rios")
    apart = WGS84.inv(*located(calabozo), *located(base))[2] / 1000
    assert apart == pytest.approx(74, abs=1)
    assert case.claim("elalacranrojo-calabozo").about == "identity"


def test_page_furniture_is_not_evidence() -> None:
    case = shipped("venezuela-2019")
    assert all(
        c.publication is None or c.publication.start.year <= case.as_of.year for c in case.claims
    )
    comment, trackback = case.source("doc2").furniture
    assert "comment" in comment.what
    assert "Turkish" in trackback.what
    dated = [each.dated.start.year for each in (comment, trackback) if each.dated]
    assert dated == [2021, 2022]
    assert min(dated) > case.as_of.year
