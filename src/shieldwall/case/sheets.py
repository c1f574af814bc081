"""Rows of a CSV or XLSX spreadsheet that a stranger may have made."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shieldwall.errors import HostileInputError, InputError

# What is read at most; beyond it the file is refused, never cut.
MAX_BYTES = 20_000_000
MAX_UNPACKED_BYTES = 60_000_000
MAX_PARTS = 500
MAX_ROWS = 20_000
MAX_BLANK_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL_CHARACTERS = 10_000


@dataclass(frozen=True)
class Row:
    """One row: its number in the file, the heading's row being 1, and its cells as text."""

    number: int
    cells: dict[str, str]


def read_rows(path: Path, sheet: str | None = None) -> list[Row]:
    """The rows below the heading, blank ones left out; every cell as stripped text.

    Raises ``InputError`` for a file that is no such table, ``HostileInputError`` for a bomb.
    """
    readers = {".csv": _csv_rows, ".xlsx": _xlsx_rows}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path.name}: is no .csv or .xlsx file; save the table as one of them")
    try:
        if not path.is_file():
            raise InputError(f"{path}: no such file")
        if path.stat().st_size > MAX_BYTES:
            raise InputError(f"{path.name}: is over {MAX_BYTES // 1_000_000} MB; split the table")
        return list(_rows(path.name, reader(path, sheet)))
    except OSError as error:
        raise InputError(f"{path.name}: cannot be read: {error.strerror}") from error


def _rows(name: str, lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    heading: list[str] | None = None
    count = 0
    for number, cells in lines:
        texts = [cell.strip() for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        if heading is None:
            heading = _heading(name, number, texts)
            continue
        count += 1
        if count > MAX_ROWS:
            raise InputError(f"{name}: has more than {MAX_ROWS} rows; split the table")
        if len(texts) > len(heading):
            raise InputError(
                f"{name}: row {number} has {len(texts)} cells under {len(heading)} headings; "
                "quote cells that hold the separator"
            )
        if max(map(len, texts)) > MAX_CELL_CHARACTERS:
            raise InputError(
                f"{name}: row {number} has a cell over {MAX_CELL_CHARACTERS} characters long"
            )
        texts += [""] * (len(heading) - len(texts))
        yield Row(number, dict(zip(heading, texts, strict=True)))
    if heading is None:
        raise InputError(f"{name}: is empty; its first row must name the columns")


def _heading(name: str, number: int, cells: list[str]) -> list[str]:
    if len(cells) > MAX_COLUMNS:
        raise InputError(f"{name}: has more than {MAX_COLUMNS} columns")
    for position, cell in enumerate(cells, 1):
        if not cell or cells.count(cell) > 1:
            wrong = "is named twice" if cell else "has no name"
            raise InputError(
                f"{name}: row {number}: column {position} {cell!r} {wrong}; "
                "each column needs a name of its own"
            )
    return cells


def _csv_rows(path: Path, sheet: str | None) -> Iterator[tuple[int, Sequence[str]]]:
    if sheet is not None:
        raise InputError(f"{path.name}: is CSV and has no sheets; remove sheet from the map")
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name}: is not UTF-8; save it as 'CSV UTF-8'") from error
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from enumerate(reader, 1)
    except csv.Error as error:
        raise InputError(f"{path.name}: line {reader.line_num} is not CSV: {error}") from error


def _xlsx_rows(path: Path, sheet: str | None) -> Iterator[tuple[int, Sequence[str]]]:
    _refuse_bomb(path)
    import openpyxl  # slow to import, and needed for XLSX only

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        try:
            if sheet is not None and sheet not in book.sheetnames:
                names = ", ".join(map(repr, book.sheetnames[:20]))
                raise InputError(f"{path.name}: has no sheet {sheet!r}; its sheets: {names}")
            page = book.worksheets[0] if sheet is None else book[sheet]
            # The declared size may lie, and rows beyond it would be dropped without a word.
            page.reset_dimensions()
            rows = page.iter_rows(values_only=True, max_col=MAX_COLUMNS + 1)
            last = 0
            for number, cells in enumerate(rows, 1):
                if any(cell is not None for cell in cells):
                    last = number
                    yield number, [_cell_text(cell) for cell in cells]
                elif number - last > MAX_BLANK_ROWS:
                    raise HostileInputError(
                        f"{path.name}: over {MAX_BLANK_ROWS} blank rows after row {last}; "
                        "delete them, or save the table as CSV"
                    )
        finally:
            book.close()
    except InputError:
        raise
    # openpyxl lets errors of every library below it through.
    except Exception as error:
        raise InputError(f"{path.name}: is not a readable XLSX table: {error}") from error


def _refuse_bomb(path: Path) -> None:
    """Refuse a package that unpacks beyond the limits, counting real bytes, not declared ones."""
    try:
        with zipfile.ZipFile(path) as package:
            parts = package.infolist()
            if len(parts) > MAX_PARTS:
                raise HostileInputError(f"{path.name}: holds {len(parts)} parts; is it a bomb?")
            left = MAX_UNPACKED_BYTES
            for part in parts:
                with package.open(part) as stream:
                    while block := stream.read(1 << 16):
                        left -= len(block)
                        if left < 0:
                            raise HostileInputError(
                                f"{path.name}: unpacks to over {MAX_UNPACKED_BYTES // 1_000_000} "
                                "MB; save only the table, as CSV"
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(f"{path.name}: is not an XLSX file: {error}") from error


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second, cell.microsecond) == (0, 0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(timespec="seconds")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
