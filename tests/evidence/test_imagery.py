"""Imagery readings: from GeoJSON and STAC to claims, strictly; not seen counts by its chance."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

import makers
from shieldwall.case.assumed import in_force
from shieldwall.case.records import Band
from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.imagery import DEFAULTS, imagery_claims, readings
from shieldwall.evidence.imagery.detect import clear, look, marginal, recognised, resolved

ASSUMED = in_force(makers.case(), DEFAULTS)
POINT = {"type": "Point", "coordinates": [-66.0, 10.0]}


def feature(id="image-1", geometry=POINT, **properties):
    usual = {
        "source": "agency", "acquired": "2024-05-20", "published": "2024-05-24", "credibility": 2,
        "seen": [{"what": "launchers", "system": "sam", "likely": 5}],
    }  # fmt: skip
    given = {k: v for k, v in (usual | properties).items() if v is not None}
    return {"type": "Feature", "id": id, "geometry": geometry, "properties": given}


def written(tmp_path, *features, text=None, name="readings.geojson", **fields):
    folder = tmp_path / "imagery"
    folder.mkdir(exist_ok=True)
    collection = {"type": "FeatureCollection", "features": list(features)}
    (folder / name).write_text(text if text is not None else json.dumps(collection))
    return replace(makers.case(**fields), folder=tmp_path)


def test_a_case_without_imagery_has_no_readings(tmp_path):
    assert readings(replace(makers.case(), folder=tmp_path)) == ()


def test_a_reading_becomes_a_claim(tmp_path):
    (claim,) = imagery_claims(written(tmp_path, feature()))
    assert (claim.id, claim.about, claim.modality) == ("image-1-sam-launchers", "count", "asserted")
    assert (claim.count.likely, claim.count.unit, claim.count.bound) == (5, "launchers", "exact")
    assert claim.place == "base"
    assert claim.acquisition.text == "2024-05-20"
    assert claim.publication.text == "2024-05-24"
    assert claim.where == "imagery/readings.geojson:1"
    assert claim.relays is None


def test_everything_on_one_image_is_one_origin(tmp_path):
    seen = [
        {"what": "launchers", "system": "sam", "likely": 5},
        {"what": "radars", "system": "sam", "component": "9S32ME", "likely": 1},
        {"what": "maintenance", "system": "sam", "statement": "One launcher is jacked up."},
        {"what": "footprint", "system": "sam", "statement": "New revetments."},
    ]
    found = imagery_claims(written(tmp_path, feature(seen=seen)))
    assert len({c.material for c in found}) == 1
    assert [c.about for c in found] == ["count", "presence", "serviceability", "conduct"]
    assert [c.relays for c in found] == [None, *[found[0].id] * 3]


def test_two_readers_of_one_image_share_its_name(tmp_path):
    case = written(
        tmp_path,
        feature("one", image="the image"),
        feature("two", image="the image", source="other"),
    )
    assert {c.material for c in imagery_claims(case)} == {"the image"}


# ---- Refused ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("properties", "word"), [
    ({"illustrative": True}, "illustration"),
    ({"recycled": True}, "old one shown as new"),
    ({"acquired": "2015-12", "event": "2024-05-19"}, "before the event"),
    ({"acquired": "2024-05-01", "event": "2024-05-10"}, "8 days or more before"),
])  # fmt: skip
def test_what_shows_nothing_of_the_event_is_kept_but_gives_no_claim(tmp_path, properties, word):
    case = written(tmp_path, feature(**properties))
    (reading,) = readings(case)
    assert word in reading.refused
    assert imagery_claims(case) == ()


@pytest.mark.parametrize("acquired", ["2024-05-04", "2024-05", "2024", "2024-05-20", None])
def test_a_picture_that_may_be_of_the_event_is_a_reading(tmp_path, acquired):
    case = written(tmp_path, feature(acquired=acquired, event="2024-05-10"))
    assert readings(case)[0].refused is None
    assert len(imagery_claims(case)) == 1


# ---- Places -------------------------------------------------------------------------------------


def square(lon, lat, half=0.05):
    ring = [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half],
            [lon - half, lat + half], [lon - half, lat - half]]  # fmt: skip
    return {"type": "Polygon", "coordinates": [ring]}


@pytest.mark.parametrize(("geometry", "place"), [
    (POINT, "base"),
    ({"type": "Point", "coordinates": [-66.0, 10.008]}, "base"),
    ({"type": "Point", "coordinates": [-66.0, 10.02]}, None),
    (square(-66.0, 10.0), "base"),
    (square(-65.0, 10.0), None),
    ({"type": "MultiPolygon", "coordinates": [square(-66.0, 10.0)["coordinates"]]}, "base"),
])  # fmt: skip
def test_the_place_is_the_one_the_geometry_lies_in(tmp_path, geometry, place):
    """The base is known to 1,000 m: 10.008 is 885 m off, 10.02 is 2,212 m."""
    (claim,) = imagery_claims(written(tmp_path, feature(geometry=geometry)))
    assert claim.place == place


def test_a_footprint_over_two_places_does_not_say_which(tmp_path):
    places = (makers.place(), makers.place("depot", lat=10.01))
    (claim,) = imagery_claims(
        written(tmp_path, feature(geometry=square(-66.0, 10.0)), places=places)
    )
    assert claim.place is None


def test_no_geometry_and_no_place_is_unlocated(tmp_path):
    text = json.dumps(feature() | {"geometry": None})
    (claim,) = imagery_claims(written(tmp_path, text=text))
    assert claim.place is None


def test_a_place_that_the_geometry_denies_is_refused(tmp_path):
    case = written(tmp_path, feature(geometry=square(-65.0, 10.0), place="base"))
    with pytest.raises(InputError, match="place: the geometry does not lie at Base"):
        readings(case)


# ---- STAC ---------------------------------------------------------------------------------------


def stac(**more):
    properties = {
        "datetime": "2024-05-20T18:02:31.437000Z", "gsd": 0.5, "eo:cloud_cover": 12.0,
        "platform": "sat-2", "view:off_nadir": 3.8, "title": "Scene",
        "providers": [{"name": "Agency", "roles": ["producer"]}], "shieldwall:credibility": 2,
        "shieldwall:seen": [{"what": "launchers", "system": "sam", "likely": 5}],
    }  # fmt: skip
    return {
        "type": "Feature", "stac_version": "1.0.0", "id": "20240520_180231_SAT2",
        "geometry": square(-66.0, 10.0), "bbox": [-66.05, 9.95, -65.95, 10.05], "links": [],
        "assets": {}, "properties": properties | more,
    }  # fmt: skip


def test_a_stac_item_is_read_by_its_own_names(tmp_path):
    (reading,) = readings(written(tmp_path, text=json.dumps(stac()), name="item.json"))
    assert (reading.id, reading.source) == ("20240520_180231_sat2", "agency")
    assert (reading.resolution_m, reading.cloud_percent, reading.sensor) == (0.5, 12.0, "sat-2")
    assert reading.acquisition.text == "2024-05-20T18:02:31Z"
    assert reading.place == "base"
    assert len(reading.claims) == 1


def test_a_stac_item_of_no_known_provider_says_what_to_do(tmp_path):
    case = written(tmp_path, text=json.dumps(stac(providers=[{"name": "Nobody"}])))
    with pytest.raises(InputError, match=r"providers: none of them is a .* shieldwall:source"):
        readings(case)


# ---- Strict -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("properties", "message"), [
    ({"sorce": "agency"}, 'sorce: is no key of a reading; did you mean "source"'),
    ({"source": None}, "source: is missing"),
    ({"source": "nobody"}, "source: nobody is no"),
    ({"place": "nowhere"}, "place: nowhere is no"),
    ({"acquired": "2024-05-20T10:00"}, "acquired: a clock time needs its offset"),
    ({"cloud_percent": 120}, "cloud_percent: .*less than or equal to 100"),
    ({"resolution_m": 0}, "resolution_m: .*greater than or equal to 0.01"),
    ({"resolution_m": "fine"}, "resolution_m: .*number"),
    ({"credibility": None}, "credibility: is missing"),
    ({"seen": None}, "seen: says nothing was read"),
    ({"seen": [{"what": "tanks"}]}, "seen.1.what"),
    ({"seen": [{"what": "launchers"}]}, "seen.1.system: is missing"),
    ({"seen": [{"what": "launchers", "system": "sam", "low": 3, "high": 1}]}, "must not fall"),
    ({"seen": [{"what": "maintenance", "system": "sam"}]}, "takes a statement"),
    ({"seen": [{"what": "launchers", "system": "sam"}] * 2}, "is taken"),
    ({"acquired": None, "seen": None, "not_seen": [{"system": "sam"}]}, "acquired: is missing"),
    ({"not_seen": [{"what": "launchers"}]}, "not_seen.1.system: "),
    ({"id": "Image One"}, "id: "),
])  # fmt: skip
def test_what_is_wrong_names_file_feature_key_and_what_is_right(tmp_path, properties, message):
    case = written(tmp_path, feature("first"), feature(**properties))
    with pytest.raises(InputError, match=rf"imagery/readings.geojson: feature 2.*{message}"):
        readings(case)


@pytest.mark.parametrize("text", [
    "", "[]", "null", "{", '{"type": "FeatureCollection"}', '{"type": "Feature"}',
    '{"type": "FeatureCollection", "features": [1]}',
    '{"type": "FeatureCollection", "features": {}}', '{"type": "Feature", "properties": []}',
    '{"a": NaN}', '{"a": 1, "a": 2}', "[" * 100_000, '{"a":' * 100_000, "\ud800".encode(
        "utf-8", "surrogatepass").decode("latin-1"),
    '{"type": "FeatureCollection", "crs": {"type": "name"}, "features": []}',
])  # fmt: skip
def test_hostile_or_broken_files_end_in_a_plain_message(tmp_path, text):
    with pytest.raises(InputError, match=r"imagery/readings\.geojson"):
        readings(written(tmp_path, text=text))


def test_a_key_written_twice_is_refused(tmp_path):
    text = json.dumps(feature()).replace('"credibility": 2', '"credibility": 2, "credibility": 5')
    with pytest.raises(InputError, match="same key twice"):
        readings(written(tmp_path, text=text))


@pytest.mark.parametrize("geometry", [
    {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": [0, 91]},
    {"type": "Point", "coordinates": [True, False]}, {"type": "Point", "coordinates": ["a", "b"]},
    {"type": "Point", "coordinates": [10**400, 0]}, {"type": "LineString", "coordinates": [[0, 0]]},
    {"type": "Polygon", "coordinates": []}, {"type": "Polygon", "coordinates": [[[0, 0]]]},
    {"type": "Polygon", "coordinates": [[[0, 0]] * 5_000]}, {"type": "Polygon"}, [], "point",
    {"type": "GeometryCollection", "geometries": []},
])  # fmt: skip
def test_hostile_geometries_end_in_a_plain_message(tmp_path, geometry):
    with pytest.raises(InputError, match=r"feature 1 .image-1.: geometry: "):
        readings(written(tmp_path, feature(geometry=geometry)))


def test_a_crossed_footprint_is_mended_or_holds_nothing(tmp_path):
    bow = {"type": "Polygon", "coordinates": [[[-67, 9], [-65, 11], [-65, 9], [-67, 11], [-67, 9]]]}
    (claim,) = imagery_claims(written(tmp_path, feature(geometry=bow)))
    assert claim.place == "base"  # the crossing itself is part of both halves


def test_a_file_over_the_limit_is_not_read(tmp_path):
    case = written(tmp_path, text="{" + " " * 8_000_001)
    with pytest.raises(HostileInputError, match="over 8 MB"):
        readings(case)


def test_a_link_out_of_the_case_is_not_followed(tmp_path):
    (tmp_path / "case").mkdir()
    case = written(tmp_path / "case", feature())
    secret = tmp_path / "secret.json"
    secret.write_text(json.dumps(feature()))
    (tmp_path / "case" / "imagery" / "link.json").symlink_to(secret)
    with pytest.raises(HostileInputError, match="leaves the case folder"):
        readings(case)


def test_other_files_are_left_alone(tmp_path):
    case = written(tmp_path, feature())
    (tmp_path / "imagery" / "notes.txt").write_text("not a reading")
    assert len(imagery_claims(case)) == 1


# ---- Detection ----------------------------------------------------------------------------------


def test_recognition_against_the_published_curve():
    """x = N/N50, E = 2.7 + .7 x: half at N50; at twice N50 2^4.1 / (1 + 2^4.1) = .945."""
    assert recognised(4.0, 4.0) == pytest.approx(0.5)
    assert recognised(8.0, 4.0) == pytest.approx(2**4.1 / (1 + 2**4.1))
    assert recognised(0.0, 4.0) == 0.0
    assert recognised(1e9, 4.0) == 1.0


def test_finer_images_and_clearer_skies_see_more():
    bands = [resolved(ASSUMED, "launchers", metres) for metres in (0.3, 0.5, 1.0, 3.0, 10.0)]
    assert [b.likely for b in bands] == sorted((b.likely for b in bands), reverse=True)
    assert bands[0].likely > 0.95
    assert bands[-1].high < 0.01
    for band in bands:
        assert band.low <= band.likely <= band.high
    assert clear(ASSUMED, 0.0) == Band(1.0, 1.0, 1.0)
    assert clear(ASSUMED, 100.0).likely == 0.0
    assert clear(ASSUMED, None).likely == 0.85


def test_looks_of_one_period_find_no_more_than_stands_in_the_open():
    """Together exactly open (1 - (1-q)^k), multiplied as if each were independent."""
    in_open, q = Band(0.7, 0.7, 0.7), Band(0.6, 0.6, 0.6)
    missed = math.prod(1 - marginal(in_open, [q] * k).likely for k in range(1, 5))
    assert 1 - missed == pytest.approx(0.7 * (1 - 0.4**4))
    first, second = marginal(in_open, [q]).likely, marginal(in_open, [q, q]).likely
    assert first == pytest.approx(0.42)
    assert second < first


def unseen(id, day, look=None, **more):
    usual = {
        "acquired": day, "published": None, "seen": None, "resolution_m": 0.5, "cloud_percent": 10,
        "not_seen": [{"what": "launchers", "system": "sam"} | (look or {})],
    }  # fmt: skip
    return feature(id, **usual | more)


def test_a_look_that_saw_nothing_is_a_claim_with_its_chance(tmp_path):
    (claim,) = imagery_claims(written(tmp_path, unseen("look", "2024-05-20")))
    assert (claim.modality, claim.about, claim.relays) == ("not seen", "presence", None)
    expected = 0.7 * look(ASSUMED, "launchers", 0.5, 10).likely
    assert claim.detection.likely == pytest.approx(expected)
    assert claim.detection.low < expected < claim.detection.high < 1


def test_a_second_look_in_the_period_adds_less_and_after_it_as_much(tmp_path):
    days = ("2024-05-01", "2024-05-11", "2024-07-01")
    found = imagery_claims(
        written(tmp_path, *(unseen(f"look-{i}", day) for i, day in enumerate(days)))
    )
    first, second, later = (c.detection.likely for c in found)
    assert second < first == later


def test_the_order_of_files_changes_nothing(tmp_path):
    days = ("2024-05-01", "2024-05-11")
    looks = [unseen(f"look-{i}", day) for i, day in enumerate(days)]
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    one = imagery_claims(written(tmp_path / "a", *looks))
    two = imagery_claims(written(tmp_path / "b", *looks[::-1]))
    assert {c.id: c.detection for c in one} == {c.id: c.detection for c in two}


def test_one_image_read_twice_is_one_look(tmp_path):
    case = written(
        tmp_path, unseen("one", "2024-05-01", image="x"), unseen("two", "2024-05-01", image="x")
    )
    assert imagery_claims(case)[1].detection == Band(0.0, 0.0, 0.0)


def test_without_a_resolution_not_seen_says_nothing(tmp_path):
    (claim,) = imagery_claims(written(tmp_path, unseen("look", "2024-05-01", resolution_m=None)))
    assert claim.detection is None


def test_a_reading_may_know_how_much_stands_in_the_open(tmp_path):
    always = {"open": {"low": 1.0, "likely": 1.0, "high": 1.0}}
    (claim,) = imagery_claims(written(tmp_path, unseen("look", "2024-05-01", look=always)))
    assert claim.detection.likely == pytest.approx(look(ASSUMED, "launchers", 0.5, 10).likely)


def test_the_example_of_the_guide_is_read(tmp_path):
    guide = Path(__file__).parents[2] / "docs" / "imagery.md"
    text = guide.read_text(encoding="utf-8").split("```json\n")[1].split("```")[0]
    case = written(
        tmp_path, text=text, sources=(makers.source("example-satellite", "B", "imagery"),),
        places=(makers.place(lat=9.37, lon=-66.92),),
    )  # fmt: skip
    (reading,) = readings(case)
    assert reading.refused is None
    assert [c.about for c in reading.claims] == ["count", "presence", "serviceability", "presence"]


@pytest.mark.parametrize(("metres", "chance"), [(0.3, 0.97), (0.5, 0.76), (1.0, 0.23), (3.0, 0.01)])
def test_the_chances_of_the_guide(metres, chance):
    assert resolved(ASSUMED, "launchers", metres).likely == pytest.approx(chance, abs=0.005)
