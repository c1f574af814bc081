"""A case folder, read and checked: ``load_case`` is the door into the house."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from shieldwall.case import load_control, load_game, load_raid, records
from shieldwall.case.checks import check
from shieldwall.case.documents import Document, parse_document, read_document
from shieldwall.case.entries import MAX_PROBLEMS, Entry
from shieldwall.case.formats import FILES
from shieldwall.case.question_records import Expectation, Hypothesis, Question
from shieldwall.case.rules import band_if, band_of
from shieldwall.case.schema import (
    AssumptionTable,
    CaseHead,
    ClaimTable,
    DefendedAreaTable,
    DeploymentTable,
    HoldingTable,
    OverrideTable,
    PlaceTable,
    QuestionTable,
    SourceTable,
)
from shieldwall.case.tables import CatalogueIds, Tables, collect
from shieldwall.errors import CaseError, Problem

REQUIRED = {
    "case.toml": "write one with format, title, summary, as_of, layers and [area]",
    "sources.toml": "write one with a [[source]] for each who says something; it may be empty",
    "claims.toml": "write one with a [[claim]] for each thing said; it may be empty",
}
OPTIONAL = tuple(name for name in FILES if name not in REQUIRED)


def load_case(folder: Path, catalogue: CatalogueIds | None = None) -> records.Case:
    """Read the case in ``folder``.

    With ``catalogue``, system and threat ids are checked against it. Raises ``CaseError`` with
    every problem of every file, each with file, line, key, bad value and what would be right.
    """
    return load_texts(folder, catalogue, {})


def load_texts(
    folder: Path, catalogue: CatalogueIds | None, texts: Mapping[str, str]
) -> records.Case:
    """As ``load_case``, with ``texts`` (file name -> text) standing in for files on disk.

    For changes that must be shown to be right before they are written.
    """
    problems: list[Problem] = []
    documents = _documents(folder, texts, problems)
    tables = collect(folder, documents, problems)
    problems.extend(check(tables, catalogue))
    if problems or tables.head is None:
        raise CaseError(_in_order(problems))
    return _case(tables, tables.head.table)


def _documents(folder: Path, texts: Mapping[str, str], problems: list[Problem]) -> list[Document]:
    if not folder.is_dir():
        message = "is not a case folder; make one with `shieldwall new NAME`"
        raise CaseError([Problem(str(folder), None, "folder", "", message)])
    documents = []
    for name in FILES:
        path = folder / name
        try:
            if name in texts:
                documents.append(parse_document(name, texts[name]))
            elif path.is_symlink() and not path.resolve().is_relative_to(folder.resolve()):
                message = "is a link that leaves the case folder; put the file itself there"
                problems.append(Problem(name, None, "file", "", message))
            elif path.exists() or path.is_symlink():
                documents.append(read_document(path))
            elif name in REQUIRED:
                message = f"is missing from {folder}; {REQUIRED[name]}"
                problems.append(Problem(name, None, "file", "", message))
            else:
                documents.append(Document.empty(name))
        except CaseError as error:
            problems.extend(error.problems)
        except (OSError, RuntimeError) as error:
            message = f"cannot be followed: {error}"
            problems.append(Problem(name, None, "file", "", message))
    return documents


def _in_order(problems: list[Problem]) -> list[Problem]:
    files = list(FILES)
    ordered = sorted(
        problems, key=lambda p: (files.index(p.file) if p.file in files else -1, p.line or 0)
    )
    if len(ordered) >= MAX_PROBLEMS:
        last = ordered[MAX_PROBLEMS - 1]
        rest = "there may be more problems; mend these first"
        ordered = [*ordered[:MAX_PROBLEMS], Problem(last.file, last.line, "and so on", "", rest)]
    return ordered


def _case(tables: Tables, head: CaseHead) -> records.Case:
    return records.Case(
        folder=tables.folder,
        name=tables.folder.resolve().name,
        title=head.title,
        summary=head.summary,
        as_of=head.as_of,
        seed=head.seed,
        draws=head.draws,
        area=records.Area(head.area.west, head.area.south, head.area.east, head.area.north),
        terrain=_terrain(head, tables.folder),
        layers=tuple(head.layers),
        threats=tuple(records.ThreatChoice(**_plain(e), where=e.where) for e in tables.threats),
        places=tuple(_place(e, tables) for e in tables.places),
        defended_areas=tuple(_defended_area(e, tables) for e in tables.defended_areas),
        holdings=tuple(map(_holding, tables.holdings)),
        deployments=tuple(map(_deployment, tables.deployments)),
        origins=tuple(records.Origin(**_plain(e), where=e.where) for e in tables.origins),
        reaches=tuple(
            records.Reach(e.table.place, tuple(e.table.threats), e.where) for e in tables.reaches
        ),
        assumptions=tuple(map(_assumption, tables.assumptions)),
        overrides=tuple(map(_override, tables.overrides)),
        sources=tuple(map(_source, tables.sources)),
        claims=tuple(map(_claim, tables.claims)),
        pressure=tuple(records.PressureEvent(**_plain(e), where=e.where) for e in tables.pressure),
        questions=tuple(_question(e, tables) for e in tables.questions),
        transfers=tuple(map(load_control.transfer, tables.transfers)),
        observations=tuple(map(load_control.observation, tables.observations)),
        foretold=tuple(map(load_control.foretold, tables.foretold)),
        indicators=tuple(load_control.indicator(e.table, e.where) for e in tables.indicators),
        outcomes=tuple(map(load_control.outcome, tables.outcomes)),
        functions=tuple(map(load_raid.function, tables.functions)),
        doctrines=tuple(map(load_raid.doctrine, tables.doctrines)),
        crews=tuple(map(load_raid.crew, tables.crews)),
        raids=tuple(map(load_raid.raid, tables.raids)),
        game=load_game.game(tables),
    )


def _plain(entry: Entry[Any]) -> dict[str, Any]:
    return {key: getattr(entry.table, key) for key in type(entry.table).model_fields}


def _terrain(head: CaseHead, folder: Path) -> records.TerrainChoice:
    files = tuple(folder / name for name in head.terrain.files)
    return records.TerrainChoice(head.terrain.choice, files, head.terrain.cell_m)


def _defended_area(entry: Entry[DefendedAreaTable], tables: Tables) -> records.DefendedArea:
    table = entry.table
    return records.DefendedArea(
        table.id, table.name, tables.rings[entry.path], table.reason, entry.where
    )


def _holding(entry: Entry[HoldingTable]) -> records.Holding:
    table = entry.table
    return records.Holding(
        table.system, table.unit, band_of(table), table.evidence, table.source, table.note or "",
        entry.where,
    )  # fmt: skip


def _deployment(entry: Entry[DeploymentTable]) -> records.Deployment:
    table = entry.table
    return records.Deployment(
        table.id, table.system, table.place, band_of(table.fielded), table.reason, entry.where
    )


def _assumption(entry: Entry[AssumptionTable]) -> records.Assumption:
    table = entry.table
    return records.Assumption(
        table.id, table.statement, band_if(table), table.unit or "",
        table.reason, entry.where,
    )  # fmt: skip


def _override(entry: Entry[OverrideTable]) -> records.Override:
    table = entry.table
    return records.Override(
        table.target, table.system, table.place, band_of(table), table.reason, table.by, table.on,
        entry.where,
    )  # fmt: skip


def _place(entry: Entry[PlaceTable], tables: Tables) -> records.Place:
    table: PlaceTable = entry.table
    return records.Place(
        id=table.id,
        name=table.name,
        lat=table.lat,
        lon=table.lon,
        precision_m=table.precision_m,
        polygon=tables.rings.get(entry.path),
        height_m=band_if(table.height_m),
        source=table.source,
        note=table.note or "",
        where=entry.where,
    )


def _source(entry: Entry[SourceTable]) -> records.Source:
    furniture = tuple(records.Furniture(f.what, f.dated) for f in entry.table.furniture or ())
    given = {**_plain(entry), "note": entry.table.note or "", "furniture": furniture}
    return records.Source(**given, where=entry.where)


def _question(entry: Entry[QuestionTable], tables: Tables) -> Question:
    id = entry.table.id
    hypotheses = tuple(
        Hypothesis(**_plain(e), where=e.where) for e in tables.hypotheses if e.table.question == id
    )
    expectations = tuple(
        Expectation(
            e.table.id, id, e.table.observation, tuple(e.table.claims),
            {h.id: band_of(e.table.likelihood[h.id]) for h in hypotheses}, e.table.reason, e.where,
        )
        for e in tables.expectations
        if e.table.question == id
    )  # fmt: skip
    return Question(id, entry.table.text, hypotheses, expectations, entry.where)


def _claim(entry: Entry[ClaimTable]) -> records.Claim:
    count = entry.table.count
    fields = _plain(entry)
    if count is not None:
        fields["count"] = records.Count(
            count.low, count.likely, count.high, count.unit, count.bound
        )
    if entry.table.detection is not None:
        fields["detection"] = band_of(entry.table.detection)
    return records.Claim(**fields, where=entry.where)
