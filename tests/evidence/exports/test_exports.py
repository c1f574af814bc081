"""Exports, each read back by a library that knows its format better than we do."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geojson
import openpyxl
import prov.model
import pytest
import shapely
import shapely.geometry

from shieldwall.case import load_case, render_claim
from shieldwall.case.records import Case
from shieldwall.catalogue import load_catalogue
from shieldwall.evidence.desk.decisions import Desk
from shieldwall.evidence.desk.drafts import KIND
from shieldwall.evidence.exports import EXPORTS, export, exported, read_csv
from shieldwall.evidence.exports.table import COLUMNS, nested
from shieldwall.evidence.store import NewProposal, Store, open_store

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted(path for path in (ROOT / "cases").iterdir() if (path / "case.toml").exists())
PASSAGE = "Two launchers were seen at the airbase."


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request: pytest.FixtureRequest) -> Case:
    return load_case(request.param)


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[tuple[Path, Store, str]]:
    """A case with one claim accepted from a stored document; yields its id too."""
    folder = Path(shutil.copytree(ROOT / "cases" / "venezuela-2019", tmp_path / "case"))
    with open_store(folder, actor="Ana Pérez") as store:
        added = store.add_document(
            PASSAGE.encode(), PASSAGE, name="a.txt", media_type="text/plain",
            address="https://news.example/a", language="en",
        )  # fmt: skip
        fields = {
            "about": "presence", "statement": '=HYPERLINK("http://x")', "system": "s300vm",
            "place": "capitan-manuel-rios",
        }  # fmt: skip
        proposal = NewProposal(added.sha256, 0, len(PASSAGE), PASSAGE, KIND, fields, "reported")
        store.propose(proposal)
        desk = Desk(folder, load_catalogue(), store)
        (draft,) = desk.drafts()
        accepted = desk.accept(draft, desk.fields(draft), "accepted")
        yield folder, store, accepted.claim.id


# ---- CSV -----------------------------------------------------------------------------------------


def test_csv_reads_back_as_the_same_claims(case: Case, tmp_path: Path) -> None:
    export(case, None, "csv", tmp_path / "claims.csv")
    rows = {fields["id"]: nested(fields) for _, fields in read_csv(tmp_path / "claims.csv")}
    assert list(rows)[: len(case.claims)] == [claim.id for claim in case.claims]
    for claim in case.claims:
        assert _lines(rows[claim.id]) == _lines_of(render_claim(claim)), claim.id


def _lines(fields: dict[str, Any]) -> list[str]:
    from shieldwall.case.render import render_table

    return _lines_of(render_table("claim", fields))


def _lines_of(table: str) -> list[str]:
    return sorted(table.replace("\\n", "").splitlines())


def test_no_cell_is_a_formula(reviewed: tuple[Path, Store, str], tmp_path: Path) -> None:
    folder, store, id = reviewed
    export(load_case(folder), store, "csv", tmp_path / "claims.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "claims.csv").read_text("utf-8"))))
    assert tuple(rows[0]) == COLUMNS
    row = next(each for each in rows if each["id"] == id)
    assert row["statement"] == '\'=HYPERLINK("http://x")'
    sheet = openpyxl.Workbook().active
    assert sheet is not None
    for each in rows:
        sheet.append(list(each.values()))
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    back = next(fields for _, fields in read_csv(tmp_path / "claims.csv") if fields["id"] == id)
    assert back["statement"] == '=HYPERLINK("http://x")'


# ---- GeoJSON -------------------------------------------------------------------------------------


def test_geojson_is_rfc_7946_and_places_are_as_published(case: Case, tmp_path: Path) -> None:
    export(case, None, "geojson", tmp_path / "claims.geojson")
    text = (tmp_path / "claims.geojson").read_text("utf-8")
    collection = geojson.loads(text)
    assert collection.is_valid, collection.errors()
    assert "crs" not in collection
    features = {feature["id"]: feature for feature in collection["features"]}
    assert len(features) == len(collection["features"])
    kinds = set()
    for claim in case.claims:
        feature = features[claim.id]
        place = None if claim.place is None else case.place(claim.place)
        if place is None or place.kind == "unlocated":
            assert feature["geometry"] is None
        else:
            shape = shapely.geometry.shape(feature["geometry"])
            kinds.add(shape.geom_type)
            if shape.geom_type == "Polygon":
                assert shape.exterior.is_ccw, "RFC 7946, 3.1.6"
            else:
                assert feature["properties"]["place_precision_m"] == place.precision_m
                assert (round(place.lon, 3), round(place.lat, 3)) == pytest.approx(
                    (shape.x, shape.y), abs=2e-3
                )
    assert "Point" in kinds


def test_coordinates_carry_no_more_digits_than_the_precision_allows(tmp_path: Path) -> None:
    from shieldwall.evidence.exports.geo import _rounded

    assert _rounded((-66.92281234, 9.37271234), 1_000) == [-66.9228, 9.3727]
    assert _rounded((-66.92281234, 9.37271234), 50_000) == [-66.92, 9.37]
    assert _rounded((-66.92281234, 9.37271234), None) == [-66.9228123, 9.3727123]


# ---- PROV-JSON -----------------------------------------------------------------------------------


def graph(text: str) -> prov.model.ProvDocument:
    return prov.model.ProvDocument.deserialize(content=text, format="json")


def test_prov_reads_back_with_every_claim_and_relay(case: Case) -> None:
    found = exported(case, None)
    document = graph(EXPORTS["prov"](found))
    entities = {str(e.identifier) for e in document.get_records(prov.model.ProvEntity)}
    assert {f"claim:{claim.id}" for claim in found.claims} <= entities
    agents = {str(a.identifier) for a in document.get_records(prov.model.ProvAgent)}
    assert agents == {f"source:{source.id}" for source in case.sources}
    derived = list(document.get_records(prov.model.ProvDerivation))
    assert len(derived) == len(found.lineage.edges)
    coded = {(f"claim:{c.id}", f"claim:{c.relays}") for c in case.claims if c.relays}
    certain = {
        (str(d.args[0]), str(d.args[1]))
        for d in derived
        if next(iter(d.get_attribute("sw:probability"))) == 1.0
    }
    assert coded <= certain
    said = document.get_records(prov.model.ProvAttribution)
    assert {str(s.args[0]) for s in said} == {f"claim:{claim.id}" for claim in found.claims}
    again = graph(document.serialize(format="json"))
    assert again == document


def test_prov_tells_who_reviewed_what_and_when(reviewed: tuple[Path, Store, str]) -> None:
    folder, store, id = reviewed
    document = graph(EXPORTS["prov"](exported(load_case(folder), store)))
    (made,) = document.get_records(prov.model.ProvGeneration)
    (decision,) = store.decisions()
    assert str(made.args[0]) == f"claim:{id}"
    assert made.args[2].isoformat() == decision.at
    people = {
        agent.label
        for agent in document.get_records(prov.model.ProvAgent)
        if str(agent.identifier).startswith("reviewer:")
    }
    assert people == {"Ana Pérez"}
    (sha256,) = [each.sha256 for each in store.documents()]
    (used,) = document.get_records(prov.model.ProvUsage)
    assert str(used.args[1]) == f"document:{sha256}"
    (entity,) = document.get_record(f"document:{sha256}")
    assert entity.label == "a.txt"


def test_prov_names_no_person_for_what_nobody_reviewed(
    reviewed: tuple[Path, Store, str],
) -> None:
    folder, store, id = reviewed
    text = (folder / "claims.toml").read_text()
    (folder / "claims.toml").write_text(text + 'read_by = "machine"\n')
    document = graph(EXPORTS["prov"](exported(load_case(folder), store)))
    (who,) = document.get_records(prov.model.ProvAssociation)
    assert str(who.args[1]) == "sw:shieldwall"
    assert load_case(folder).claim(id).read_by == "machine"


@pytest.mark.parametrize("to", EXPORTS)
def test_the_same_case_gives_the_same_bytes(to: str) -> None:
    case = load_case(CASES[0])
    assert EXPORTS[to](exported(case, None)) == EXPORTS[to](exported(case, None))


@pytest.mark.parametrize("to", ["prov", "geojson"])
def test_json_holds_no_number_that_json_has_not(case: Case, to: str) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    json.loads(EXPORTS[to](exported(case, None)), parse_constant=refuse)


def test_names_become_local_parts_that_xml_could_hold() -> None:
    from shieldwall.evidence.exports.prov import _local

    assert re.fullmatch(r"\w+", _local("Ana Pérez <ana@example>"))
    assert _local("a b") != _local("a_b")
