"""Claims from the analyst's own spreadsheet into the case's reviewed text.

Every row is validated together with the case before anything is written, and what is wrong names
row and column. Importing the same table twice adds nothing: an imported claim's id is made from
what it says, and text that a person has edited since is kept.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from shieldwall.case.columns import ColumnMap, fitted, read_map
from shieldwall.case.documents import did_you_mean, shown
from shieldwall.case.entries import MAX_PROBLEMS, MAX_TABLES
from shieldwall.case.load import load_case, load_texts
from shieldwall.case.records import Case
from shieldwall.case.render import Value, claim_fields, commented, render_table
from shieldwall.case.sheets import Row, read_rows
from shieldwall.case.tables import CatalogueIds
from shieldwall.errors import CaseError, InputError, Problem
from shieldwall.files import write_text

Fields = dict[str, Value]


@dataclass(frozen=True)
class ImportReport:
    """What an import did, or with ``dry_run`` would do."""

    added: tuple[str, ...]
    """Ids of new claims."""
    known: tuple[str, ...]
    """Ids of claims that were there already, in the case or higher up in the table."""
    differing: tuple[str, ...]
    """Those of ``known`` that say something else in the case; the case's text was kept."""
    sources: tuple[str, ...]
    """Ids of new sources, to be graded by a person."""
    rows: int
    left_out: int
    dry_run: bool

    def as_json(self) -> dict[str, Any]:
        """The report as plain data."""
        return {"ok": True, **asdict(self)}

    def __str__(self) -> str:
        verb = "would add" if self.dry_run else "added"
        lines = [
            f"{verb} {len(self.added)} claims and {len(self.sources)} sources from "
            f"{self.rows} rows ({self.left_out} left out by the map, "
            f"{len(self.known)} claims known already)"
        ]
        if self.sources:
            lines.append(f"grade the new sources in sources.toml: {', '.join(self.sources)}")
        if self.differing:
            lines.append(f"kept as they stand in claims.toml: {', '.join(self.differing)}")
        return "\n".join(lines)


@dataclass(frozen=True)
class _New:
    """A claim to append, and the row it comes from."""

    row: Row
    fields: Fields


def import_claims(
    folder: Path,
    table: Path,
    column_map: Path | None = None,
    catalogue: CatalogueIds | None = None,
    *,
    dry_run: bool = False,
) -> ImportReport:
    """Append the claims of a CSV or XLSX ``table`` to the case in ``folder``.

    Raises ``CaseError`` naming row and column of everything wrong; then nothing is written.
    """
    case = load_case(folder, catalogue)
    given = read_map(column_map)
    rows = read_rows(table, given.sheet if given else None)
    headings = list(rows[0].cells) if rows else []
    mapping = fitted(given, headings, table.name) if rows else ColumnMap({})
    kept = [row for row in rows if mapping.keeps(row)]
    problems: list[Problem] = []
    claims, sources = _read(kept, mapping, case, catalogue, table.name, problems)
    if problems:
        raise CaseError(problems)
    new, known, differing = _sorted_out(claims, case)
    used = {each.fields.get("source") for each in new}
    fresh = {id: name for id, name in sources.items() if id in used}
    _append(folder, table.name, case, catalogue, mapping, new, fresh, dry_run)
    return ImportReport(
        added=tuple(str(each.fields["id"]) for each in new),
        known=known,
        differing=differing,
        sources=tuple(fresh),
        rows=len(rows),
        left_out=len(rows) - len(kept),
        dry_run=dry_run,
    )


def _read(
    rows: Iterable[Row],
    mapping: ColumnMap,
    case: Case,
    catalogue: CatalogueIds | None,
    table: str,
    problems: list[Problem],
) -> tuple[list[_New], dict[str, str]]:
    """The claims of the rows as fields, and the sources they name that the case has not."""
    known = {
        "place": frozenset(place.id for place in case.places),
        "origin": frozenset(origin.id for origin in case.origins),
    }
    if catalogue is not None:
        known["system"] = frozenset([*catalogue.systems, *catalogue.radars, *catalogue.threats])
    existing = {source.id for source in case.sources}
    claims: list[_New] = []
    sources: dict[str, str] = {}
    for row in rows:
        for texts in mapping.claims(row):
            for name, message in _wrong(texts, known):
                problems.append(_problem(table, row, mapping, name, message, texts[name]))
            if len(claims) == MAX_TABLES:
                raise InputError(f"{table}: makes more than {MAX_TABLES} claims; split the table")
            if len(problems) >= MAX_PROBLEMS:
                return claims, sources
            fields: Fields = {name: _number(name, text) for name, text in texts.items()}
            said_by = texts.get("source", "")
            if said_by and said_by not in existing:
                fields["source"] = _slug(said_by)
                if fields["source"] not in existing:
                    sources.setdefault(str(fields["source"]), said_by)
            claims.append(_New(row, _nested(fields)))
    return claims, sources


def _wrong(texts: dict[str, str], known: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """The fields of a claim that no text of the case could hold, and what would be right."""
    for name, text in texts.items():
        if name in known and text not in known[name]:
            hint = did_you_mean(text, sorted(known[name]))
            told = f'tell it in [values.{name}], "" for unknown'
            yield name, f"is no {name} the case knows{hint}; {told}"
        if name in _NUMBERS and not _NUMBER.fullmatch(text):
            yield name, "must be a plain number; tell others in [values] or leave them out"


def _number(name: str, text: str) -> str | int | float:
    if name not in _NUMBERS or not _NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


_NUMBERS = {"credibility", "count_low", "count_likely", "count_high"}
_NUMBER = re.compile(r"-?\d{1,12}(\.\d{1,6})?", re.ASCII)


def _problem(
    table: str, row: Row, mapping: ColumnMap, name: str, message: str, value: str
) -> Problem:
    return Problem(f"{table} row {row.number}", None, mapping.origin(name), shown(value), message)


def _nested(fields: Fields) -> Fields:
    """Fields with ``count_*`` gathered, and an id made from what the claim says if it has none."""
    count = {k.removeprefix("count_"): v for k, v in fields.items() if k.startswith("count_")}
    plain = {key: value for key, value in fields.items() if not key.startswith("count_")}
    if count.keys() - {"unit", "bound"}:
        plain["count"] = {"bound": "exact", **count}  # type: ignore[dict-item]
    if "id" not in plain:
        digest = hashlib.sha256(_content(plain).encode()).hexdigest()[:8]
        stem = f"{plain.get('source', 'claim')}"[:40].rstrip("-_")
        plain = {"id": f"{stem}-{digest}", **plain}
    return plain


def _content(fields: Fields) -> str:
    """What a claim says, without its name and when it was read, in one canonical text."""
    said = {k: v for k, v in fields.items() if k not in ("id", "ingestion") and v is not None}
    count = said.get("count")
    if isinstance(count, dict):
        said["count"] = {key: count[key] for key in sorted(count) if count[key] is not None}
    return render_table("claim", dict(sorted(said.items())))


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].rstrip("-")
    return slug or f"source-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _sorted_out(
    claims: list[_New], case: Case
) -> tuple[list[_New], tuple[str, ...], tuple[str, ...]]:
    """What is new, what is known already, and what of that says something else in the case."""
    by_id = {claim.id: _content(claim_fields(claim)) for claim in case.claims}
    by_content = {content: id for id, content in by_id.items()}
    new: list[_New] = []
    known: list[str] = []
    differing: list[str] = []
    for each in claims:
        id, content = str(each.fields["id"]), _content(each.fields)
        if id in by_id:
            known.append(id)
            differing += [id] if by_id[id] != content else []
        elif content in by_content:
            known.append(by_content[content])
        else:
            new.append(each)
            by_id[id] = content
            by_content[content] = id
    return new, tuple(known), tuple(differing)


def _append(
    folder: Path,
    table: str,
    case: Case,
    catalogue: CatalogueIds | None,
    mapping: ColumnMap,
    new: list[_New],
    sources: dict[str, str],
    dry_run: bool,
) -> None:
    """Show that the case stays sound with the additions, then write them."""
    if not new:
        return
    given = {"family": mapping.source.family, "reliability": mapping.source.reliability}
    source_texts = [
        f"# Imported from {commented(table)}: give it a grade and its interest.\n"
        + render_table("source", {"id": id, "name": name, **given})
        for id, name in sources.items()
    ]
    claim_texts = [
        f"# Imported from {commented(table)}, row {each.row.number}.\n"
        + render_table("claim", each.fields)
        for each in new
    ]
    texts, starts = {}, {}
    for name, parts in (("sources.toml", source_texts), ("claims.toml", claim_texts)):
        old = (folder / name).read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        texts[name], starts[name] = _joined(old, parts)
    try:
        load_texts(folder, catalogue, texts)
    except CaseError as error:
        raise CaseError(
            [_told_by_row(p, table, mapping, starts["claims.toml"], new) for p in error.problems]
        ) from error
    if not dry_run:
        # Sources first: a source without a claim is sound, a claim without its source is not.
        if sources:
            write_text(folder / "sources.toml", texts["sources.toml"])
        write_text(folder / "claims.toml", texts["claims.toml"])


def _joined(old: str, parts: list[str]) -> tuple[str, list[int]]:
    """``old`` with ``parts`` after it, blank lines between, and the line each part begins on."""
    text = old.rstrip("\n") + "\n" if old.strip() else ""
    starts = []
    for part in parts:
        text += "\n" if text else ""
        starts.append(text.count("\n") + 1)
        text += part
    return text, starts


def _told_by_row(
    problem: Problem, table: str, mapping: ColumnMap, starts: list[int], new: list[_New]
) -> Problem:
    """A problem of the text that would be written, told by the row and column it comes from."""
    index = bisect_right(starts, problem.line or 0) - 1
    if problem.file != "claims.toml" or index < 0:
        return problem
    name = problem.key.rpartition("].")[2].replace("count.", "count_")
    return replace(
        problem,
        file=f"{table} row {new[index].row.number}",
        line=None,
        key=mapping.origin(name),
    )
