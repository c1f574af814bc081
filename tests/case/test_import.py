"""The analyst's spreadsheet into the case's text."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from shieldwall.case import import_claims, load_case
from shieldwall.case.sheets import MAX_UNPACKED_BYTES, read_rows
from shieldwall.catalogue import load_catalogue
from shieldwall.errors import CaseError, HostileInputError, InputError

ROOT = Path(__file__).parents[2]
PUBLISHED = ROOT.parent / "shared" / "claims" / "published_claims.csv"
MAP = """
[columns]
source = "who"
statement = "what"
system = "type"
place = "where"
publication = "when"
count_likely = "n"

[constants]
about = "count"
modality = "reported"
credibility = 4
count_unit = "launchers"

[split]
system = ";"
"""
HEAD = "who,what,type,where,when,n\n"
GOOD = "example-paper,three seen,irist,example-base,2025-12-01,3\n"


@pytest.fixture
def spread(folder):
    """Write a table and its map beside the case, and import them."""

    def run(table, column_map=MAP, **options):
        path = folder.path.parent / "table.csv"
        path.write_text(table, "utf-8")
        (folder.path.parent / "map.toml").write_text(column_map, "utf-8")
        return import_claims(
            folder.path, path, folder.path.parent / "map.toml", load_catalogue(), **options
        )

    return run


def snapshot(folder):
    return {path.name: path.read_bytes() for path in folder.path.iterdir()}


def test_rows_become_reviewed_text(folder, spread):
    before = snapshot(folder)
    report = spread(HEAD + GOOD + "Ana “B” Çelik,two; or more,irist;iglas,,2025-12,\n")
    assert (len(report.added), report.sources, report.rows) == (3, ("ana-b-celik",), 2)
    claims = (folder.path / "claims.toml").read_text("utf-8")
    assert claims.startswith(before["claims.toml"].decode())
    assert "# Imported from table.csv, row 3.\n[[claim]]\n" in claims
    case = load_case(folder.path, load_catalogue())
    first, second, third = (case.claim(id) for id in report.added)
    assert (first.count.likely, first.place, first.credibility) == (3, "example-base", 4)
    assert (second.system, third.system, second.place) == ("irist", "iglas", None)
    assert case.source("ana-b-celik").name == "Ana “B” Çelik"
    assert case.source("ana-b-celik").reliability == "F"


def test_importing_twice_adds_nothing(folder, spread):
    spread(HEAD + GOOD)
    once = snapshot(folder)
    report = spread(HEAD + GOOD + GOOD)
    assert (report.added, len(report.known), report.differing) == ((), 2, ())
    assert snapshot(folder) == once


def test_text_edited_since_is_kept(folder, spread):
    (id,) = spread(HEAD + GOOD).added
    folder.change("claims.toml", "three seen", "three seen, one under a net")
    edited = snapshot(folder)
    report = spread(HEAD + GOOD)
    assert (report.added, report.differing) == ((), (id,))
    assert snapshot(folder) == edited


def test_dry_run_writes_nothing(folder, spread):
    before = snapshot(folder)
    report = spread(HEAD + GOOD, dry_run=True)
    assert len(report.added) == 1
    assert str(report).startswith("would add 1 claims")
    assert snapshot(folder) == before


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        ("example-paper,x,irist,example-bace,2025-12-01,3", "column 'where'", '"example-base"'),
        ("example-paper,x,IRIS-T,example-base,2025-12-01,3", "column 'type'", "values.system"),
        ("example-paper,x,irist,example-base,2025-12-01,about 3", "column 'n'", "plain number"),
        ("example-paper,x,irist,example-base,2025-12-01,nan", "column 'n'", "plain number"),
        ("example-paper,x,irist,example-base,2025-12-01,-3", "column 'n'", "0 or more"),
        ("example-paper,x,irist,example-base,1.12.2025,3", "column 'when'", "is not a time"),
        ("example-paper,x,irist,example-base,2025-02-30,3", "column 'when'", "no such date"),
        ("example-paper,,irist,example-base,2025-12-01,3", "column 'what'", "is missing"),
        (",x,irist,example-base,2025-12-01,3", "column 'who'", "is missing"),
    ],
)
def test_errors_name_row_and_column_and_nothing_is_written(folder, spread, row, column, says):
    before = snapshot(folder)
    with pytest.raises(CaseError) as caught:
        spread(HEAD + GOOD + row + "\n")
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == ("table.csv row 3", column)
    assert says in problem.message
    assert snapshot(folder) == before


def test_all_bad_rows_at_once(spread):
    with pytest.raises(CaseError) as caught:
        spread(HEAD + GOOD.replace("irist", "x") + GOOD.replace(",3", ",y"))
    rows = [problem.file for problem in caught.value.problems]
    assert rows == ["table.csv row 2", "table.csv row 3"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("statement =", "statment =", 'did you mean "statement"?'),
        ("[columns]", "[colums]", 'did you mean "columns"?'),
        ('"when"', '"whenn"', 'did you mean "when"?'),
        ("credibility = 4", "credibility = [4]", "text, a number or a date"),
        ('system = ";"', 'system = ""', "separator"),
    ],
)
def test_a_wrong_map_says_so(spread, old, new, says):
    with pytest.raises(CaseError) as caught:
        spread(HEAD + GOOD, MAP.replace(old, new, 1))
    assert says in str(caught.value)


def test_headings_named_as_fields_need_no_map(folder, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text(
        "id;source;about;statement;modality;credibility\n"
        "mine;example-paper;conduct;seen;reported;3\n"
    )
    assert import_claims(folder.path, table).added == ("mine",)
    table.write_text("id,sorce\nx,y\n")
    with pytest.raises(CaseError, match='did you mean "source"'):
        import_claims(folder.path, table)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "is empty"),
        (b"a,a\n1,2\n", "named twice"),
        (b"a,,b\n1,2,3\n", "has no name"),
        (b"a,b\n1,2,3\n", "row 2 has 3 cells"),
        (b'a,b\n"1,2\n', "is not CSV"),
        (b"a,b\n\xff\xfe,1\n", "UTF-8"),
        (b"a\n" + b"x" * 20_000, "characters long"),
        (b"a,b\n" + b"1,2\n" * 20_001, "more than 20000 rows"),
        (b"a\n" + b'"' + b"x" * 200_000 + b'"\n', "is not CSV"),
    ],
)
def test_tables_that_are_none(tmp_path, data, says):
    path = tmp_path / "t.csv"
    path.write_bytes(data)
    with pytest.raises(InputError, match=says):
        read_rows(path)


def workbook(path, rows, sheet="Sheet"):
    book = openpyxl.Workbook()
    page = book.create_sheet(sheet, 0)
    for row in rows:
        page.append(row)
    book.save(path)
    book.close()


def test_xlsx_with_numbers_and_dates(folder, tmp_path):
    from datetime import date, datetime

    workbook(
        tmp_path / "t.xlsx",
        [
            ["who", "what", "type", "where", "when", "n"],
            [None] * 6,
            ["example-paper", "three", "irist", "example-base", date(2025, 12, 1), 3],
            ["example-paper", "four", "irist", "example-base", datetime(2025, 12, 2), 4.0],
        ],
        "Log",
    )
    (tmp_path / "map.toml").write_text('sheet = "Log"\n' + MAP)
    report = import_claims(folder.path, tmp_path / "t.xlsx", tmp_path / "map.toml")
    first, second = (load_case(folder.path).claim(id) for id in report.added)
    assert (first.publication.text, second.publication.text) == ("2025-12-01", "2025-12-02")
    assert (first.count.likely, second.count.likely) == (3, 4)
    (tmp_path / "map.toml").write_text('sheet = "log"\n' + MAP)
    with pytest.raises(InputError, match="its sheets: 'Log'"):
        import_claims(folder.path, tmp_path / "t.xlsx", tmp_path / "map.toml")


def test_xlsx_clock_times_need_an_offset(folder, tmp_path):
    from datetime import datetime

    head = ["who", "what", "type", "where", "when", "n"]
    row = ["example-paper", "x", "irist", "example-base", datetime(2025, 12, 1, 9, 30), 1]
    workbook(tmp_path / "t.xlsx", [head, row])
    (tmp_path / "map.toml").write_text(MAP)
    with pytest.raises(CaseError, match=r"t\.xlsx row 2: column 'when': .*offset"):
        import_claims(folder.path, tmp_path / "t.xlsx", tmp_path / "map.toml")


def test_xlsx_bombs(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b" " * (MAX_UNPACKED_BYTES + 1))
    with pytest.raises(HostileInputError, match="unpacks to over"):
        read_rows(path)
    with zipfile.ZipFile(path, "w") as package:
        for number in range(600):
            package.writestr(f"part{number}", b"")
    with pytest.raises(HostileInputError, match="parts"):
        read_rows(path)


def test_xlsx_with_rows_far_away(tmp_path):
    plain = io.BytesIO()
    workbook(plain, [["a"], ["x"]])
    path = tmp_path / "far.xlsx"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b'<row r="2"', b'<row r="900000000"')
                text = text.replace(b'r="A2"', b'r="A900000000"')
            new.writestr(name, text)
    with pytest.raises(HostileInputError, match="blank rows"):
        read_rows(path)


@pytest.mark.parametrize(
    "data", [b"not a zip", b"PK\x03\x04" + b"\0" * 100, b"PK\x05\x06" + b"\0" * 18]
)
def test_what_is_no_xlsx(tmp_path, data):
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(InputError):
        read_rows(path)


def test_entities_in_xlsx_are_refused(tmp_path):
    plain = io.BytesIO()
    workbook(plain, [["a"], ["x"]])
    path = tmp_path / "entities.xlsx"
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):
                start = text.index(b"<worksheet")
                text = text[:start] + bomb + text[start:]
            new.writestr(name, text)
    with pytest.raises(InputError, match="XLSX"):
        read_rows(path)


PLACES = ["la-guaira", "caracas", "maiquetia", "higuerote", "capitan-manuel-rios", "venezuela"]


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the shared published claims are not here")
def test_the_published_claims(folder):
    places = "".join(f'\n[[place]]\nid = "{p}"\nname = "{p}"\nsource = "x"\n' for p in PLACES)
    folder.append("case.toml", places)
    column_map = ROOT / "docs" / "claims-columns.toml"
    report = import_claims(folder.path, PUBLISHED, column_map, load_catalogue())
    case = load_case(folder.path, load_catalogue())
    # 31 rows, 7 of them Moscow's; several name more than one system.
    assert (report.rows, report.left_out) == (31, 7)
    assert len(report.added) == len(case.claims) - 7 == 42
    row = next(c for c in case.claims if c.address and "portal84" in c.address)
    assert (row.system, row.modality, row.language) == ("iglas", "not confirmed", "pt")
    told = {c.system for c in case.claims if c.source == "zhuravlev"}
    assert told == {"pantsir", "bukm2e", "s300vm"}
    again = import_claims(folder.path, PUBLISHED, column_map, load_catalogue())
    assert again.added == ()


def test_a_cell_split_into_a_flood(spread):
    flood = ";".join(["irist"] + [f"x{i}" for i in range(2500)])
    statements = MAP.replace('system = ";"', 'system = ";"\nstatement = " "')
    row = f"example-paper,{' '.join(map(str, range(2000)))},{flood},,2025-12,1\n"
    with pytest.raises(InputError):
        spread(HEAD + row, statements)
