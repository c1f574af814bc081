"""Event lists of others become drafts; what they do not say stays unknown."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shieldwall.case import load_case
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import CaseError, InputError
from shieldwall.evidence.desk.decisions import Desk
from shieldwall.evidence.desk.drafts import unresolved
from shieldwall.evidence.desk.review import accept_all
from shieldwall.evidence.exports import export
from shieldwall.evidence.imports import ListImport, import_events
from shieldwall.evidence.store import Proposal, Store, open_store

ROOT = Path(__file__).resolve().parents[2]
BASE = (-66.9228, 9.3727)
"""Capitán Manuel Ríos airbase, lon and lat."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "cases" / "venezuela-2019", tmp_path / "case"))


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with open_store(folder, actor="analyst") as opened:
        yield opened


def imported(folder: Path, store: Store, path: Path, map: Path | None = None) -> ListImport:
    catalogue = load_catalogue()
    return import_events(load_case(folder, catalogue), catalogue, store, path, map)


def drafts(folder: Path, store: Store) -> list[tuple[Proposal, dict[str, Any], list[str]]]:
    desk = Desk(folder, load_catalogue(), store)
    return [(p, desk.fields(p), unresolved(p, desk.case)) for p in desk.drafts()]


def listed(path: Path, *features: tuple[Any, dict[str, Any]]) -> Path:
    found = [
        {
            "type": "Feature",
            "geometry": None if at is None else {"type": "Point", "coordinates": at},
            "properties": properties,
        }
        for at, properties in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": found}))
    return path


def one(folder: Path, store: Store, at: Any, **properties: Any) -> tuple[dict[str, Any], str]:
    path = listed(folder.parent / "list.geojson", (at, {"name": "An event", **properties}))
    imported(folder, store, path)
    ((_, fields, notes),) = drafts(folder, store)
    return fields, "; ".join(notes)


def test_an_event_becomes_a_draft_that_points_at_its_words(folder: Path, store: Store) -> None:
    at = [*BASE]
    given = {"name": "S-300VM battery", "description": "Seen by hikers", "date": "2019-03-21"}
    report = imported(folder, store, listed(folder.parent / "a.geojson", (at, given)))
    assert (report.events, report.drafts, report.undated, report.unplaced) == (1, 1, 0, 0)
    ((proposal, fields, notes),) = drafts(folder, store)
    assert fields["statement"] == "S-300VM battery: Seen by hikers"
    assert (fields["system"], fields["about"]) == ("s300vm", "presence")
    assert (fields["place"], fields["event"]) == ("capitan-manuel-rios", "2019-03-21")
    assert "publication" not in fields
    assert notes == []
    text = store.text(proposal.document)
    assert "Seen by hikers" in text[proposal.start : proposal.end]
    done = accept_all(Desk(folder, load_catalogue(), store))
    claim = load_case(folder).claim(done.accepted[0])
    assert text[slice(*claim.span or ())] == proposal.text


def test_the_same_list_again_adds_nothing(folder: Path, store: Store) -> None:
    path = listed(folder.parent / "a.geojson", ([*BASE], {"name": "S-300VM"}))
    imported(folder, store, path)
    again = imported(folder, store, path)
    assert (again.new, again.drafts) == (False, 0)
    assert len(drafts(folder, store)) == 1


@pytest.mark.parametrize(
    ("at", "note"),
    [
        (None, "no position: no geometry"),
        ([0, 0], "0, 0 stands for an unknown place"),
        ([-60.0, 5.0], "lies at no place of the case"),
    ],
)
def test_no_place_stays_no_place(folder: Path, store: Store, at: Any, note: str) -> None:
    fields, notes = one(folder, store, at)
    assert "place" not in fields
    assert note in notes


def test_a_point_names_a_place_only_within_its_precision(folder: Path, store: Store) -> None:
    place = load_case(folder).place("capitan-manuel-rios")
    assert place.precision_m is not None
    assert place.lat is not None
    north = place.precision_m / 111_000
    near = one(folder, store, [place.lon, place.lat + 0.9 * north])[0]
    assert near["place"] == place.id


def test_a_point_beyond_the_precision_names_no_place(folder: Path, store: Store) -> None:
    place = load_case(folder).place("capitan-manuel-rios")
    north = (place.precision_m or 0) / 111_000
    far, _ = one(folder, store, [place.lon, (place.lat or 0) + 1.2 * north])
    assert far.get("place") != place.id


@pytest.mark.parametrize(
    ("given", "event"),
    [
        ({}, None),
        ({"date": "2019-03-21"}, "2019-03-21"),
        ({"Date": "2019-03"}, "2019-03"),
        ({"date": "21/03/2019"}, None),
        ({"date": "yesterday"}, None),
        ({"time": 1553126400000}, None),
        ({"date": "2019-03-21T10:00:00-04:00"}, "2019-03-21T10:00:00-04:00"),
        ({"date": "2019-03-21T10:00:00"}, "2019-03-21"),
        ({"start": "2019-03-20", "end": "2019-03-23"}, "2019-03"),
        ({"start": "2019-03-20", "end": "2019-05-01"}, "2019"),
        ({"start": "2018-12-31", "end": "2019-01-02"}, None),
    ],
)
def test_dates_are_kept_as_written_or_left_unknown(
    folder: Path, store: Store, given: dict[str, Any], event: str | None
) -> None:
    fields, notes = one(folder, store, [*BASE], **given)
    assert fields.get("event") == event
    assert (event is None) == ("unknown" in notes or "no date is given" in notes)


def test_kml_times_and_data(folder: Path, store: Store) -> None:
    path = folder.parent / "a.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
        "<Placemark><name>Pantsir-S1</name><TimeStamp><when>2019-03</when></TimeStamp>"
        '<ExtendedData><Data name="colour"><value>green</value></Data></ExtendedData>'
        f"<Point><coordinates>{BASE[0]},{BASE[1]}</coordinates></Point></Placemark>"
        "<Placemark><name>Elsewhere</name></Placemark></Document></kml>"
    )
    report = imported(folder, store, path)
    assert (report.drafts, report.undated, report.unplaced) == (2, 1, 1)
    (first, fields, _), (_, second, notes) = drafts(folder, store)
    assert (fields["event"], fields["system"]) == ("2019-03", "pantsir")
    assert "colour: green" in first.text
    assert "about" not in second
    assert len(notes) == 2


def test_a_map_reads_their_columns(folder: Path, store: Store) -> None:
    path = listed(
        folder.parent / "a.geojson",
        ([*BASE], {"what": "S-300", "n": "5", "when": "2019-03-20", "ok": "yes"}),
        ([*BASE], {"what": "car", "n": "1", "when": "2019-03-20", "ok": "no"}),
    )
    map = folder.parent / "map.toml"
    map.write_text(
        '[columns]\nsystem = "what"\ncount_likely = "n"\nevent = "when"\n'
        '[constants]\nabout = "count"\ncount_unit = "launchers"\ncount_bound = "exact"\n'
        'statement = "From a list."\n[values.system]\n"S-300" = "s300vm"\n'
        '[leave_out]\nok = ["no"]\n'
    )
    report = imported(folder, store, path, map)
    assert (report.events, report.left_out, report.drafts) == (2, 1, 1)
    done = accept_all(Desk(folder, load_catalogue(), store))
    claim = load_case(folder).claim(done.accepted[0])
    assert (claim.about, claim.system) == ("count", "s300vm")
    assert claim.count is not None
    assert claim.count.likely == 5


def test_a_map_of_columns_that_are_not_there_is_one_error(folder: Path, store: Store) -> None:
    path = listed(folder.parent / "a.geojson", ([*BASE], {"what": "S-300"}))
    map = folder.parent / "map.toml"
    map.write_text('[columns]\nsystem = "waht"\n')
    with pytest.raises(CaseError, match='did you mean "what"'):
        imported(folder, store, path, map)
    assert store.documents() == ()


def test_hostile_names_are_inert_all_the_way_out(folder: Path, store: Store) -> None:
    name = '=HYPERLINK("http://x")<script>alert(1)</script>\u202eexe'
    path = listed(folder.parent / "a.geojson", ([*BASE], {"name": name}))
    imported(folder, store, path)
    done = accept_all(Desk(folder, load_catalogue(), store))
    assert done.accepted == (), "what it is about is unknown: a person must say"
    map = folder.parent / "map.toml"
    map.write_text('[columns]\nstatement = "name"\n[constants]\nabout = "presence"\n')
    imported(folder, store, path, map)
    done = accept_all(Desk(folder, load_catalogue(), store))
    case = load_case(folder)
    assert case.claim(done.accepted[0]).statement == '=HYPERLINK("http://x") �exe'
    export(case, store, "csv", folder.parent / "out.csv")
    assert "\n=" not in (folder.parent / "out.csv").read_text().replace(",=", "\n=")


def test_our_own_table_comes_back_as_drafts(folder: Path, store: Store) -> None:
    case = load_case(folder)
    export(case, None, "csv", folder.parent / "out.csv")
    report = imported(folder, store, folder.parent / "out.csv")
    assert report.drafts == len({(c.statement, c.id) for c in case.claims})
    ((_, fields, _), *_) = drafts(folder, store)
    first = case.claims[0]
    assert (fields["statement"], fields["source"]) == (
        " ".join(first.statement.split()),
        first.source,
    )


def test_a_table_from_elsewhere_keeps_only_names_this_case_knows(
    folder: Path, store: Store
) -> None:
    other = load_case(ROOT / "cases" / "moscow-2023")
    export(other, None, "csv", folder.parent / "out.csv")
    text = (folder.parent / "out.csv").read_text("utf-8").replace("Pantsir", "Pant\u202esir")
    (folder.parent / "out.csv").write_text(text, "utf-8")
    imported(folder, store, folder.parent / "out.csv")
    case = load_case(folder)
    found = drafts(folder, store)
    assert found
    assert {f["source"] for _, f, _ in found} <= {"out", *(s.id for s in case.sources)}
    assert {f.get("place") for _, f, _ in found} <= {None, *(p.id for p in case.places)}
    assert any("is not known here: left out" in "".join(notes) for _, _, notes in found)
    assert not any("\u202e" in f["statement"] for _, f, _ in found)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.txt", b"hello", "is no event list"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "holds no event"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [1]}', "must be an object"),
        ("a.kml", b"<kml><Placemark></kml>", "not well-formed"),
        ("a.kmz", b"PK\x03\x04broken", "not a readable KMZ"),
        ("a.csv", b"a,b\n1,2\n", "is no table of"),
        ("missing.kml", None, "no such file"),
    ],
)  # fmt: skip
def test_malformed_is_one_clear_error_and_nothing_is_kept(
    folder: Path, store: Store, name: str, data: bytes | None, message: str
) -> None:
    if data is not None:
        (folder.parent / name).write_bytes(data)
    with pytest.raises(InputError, match=message):
        imported(folder, store, folder.parent / name)
    assert store.documents() == ()
