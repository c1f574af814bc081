"""The report as a PDF: drawn, lean, linked, dated, the same bytes, and closed to the outside."""

import builtins
import dataclasses
import hashlib
import re
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

import samples
from shieldwall import cli
from shieldwall.errors import OutputError, UsageError
from shieldwall.report import pdf
from shieldwall.report.page import render
from shieldwall.report.pdf import drawings
from shieldwall.report.pdf.lean import lean

weasyprint = pytest.importorskip("weasyprint")

HOSTILE = (
    '<img src="file:///etc/passwd"><img src=https://attacker.example/x.png>'
    '<link rel=attachment href="file:///etc/passwd"><style>@import "file:///etc/passwd";</style>'
    '<svg><image href="file:///etc/passwd"/></svg>'
)
HERE = Path(__file__).parent
SUPPORT = Path(samples.__file__).parent
AGAIN = """
import sys; sys.path[:0] = sys.argv[1:3]
from pathlib import Path
import test_pdf
from shieldwall.report.pdf import write_pdf
write_pdf(test_pdf.hostile(Path(sys.argv[3])), Path(sys.argv[4]))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sample")


def hostile(folder):
    """The sample, with text that asks for files in its title and summary."""
    assessment = samples.sample_assessment(folder)
    case = dataclasses.replace(assessment.case, title=HOSTILE, summary=HOSTILE)
    return dataclasses.replace(assessment, case=case)


@pytest.fixture(scope="module")
def asked():
    """Addresses that were asked for while ``printed`` was made."""
    return []


@pytest.fixture(scope="module")
def printed(folder, asked):
    fetch, opened = pdf.embedded_only, builtins.open

    def watched(file, *rest, **more):
        assert "passwd" not in str(file)
        return opened(file, *rest, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "embedded_only", lambda url: asked.append(url) or fetch(url))
        patch.setattr(builtins, "open", watched)
        pdf.write_pdf(hostile(folder), folder / "report.pdf")
    return folder / "report.pdf"


@pytest.fixture(scope="module")
def reader(printed):
    return PdfReader(printed)


@pytest.fixture(scope="module")
def texts(reader):
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def test_the_same_assessment_gives_the_same_bytes(folder, printed):
    again = folder / "again.pdf"
    subprocess.run([sys.executable, "-c", AGAIN, SUPPORT, HERE, folder, again], check=True,
                   env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})  # fmt: skip
    first, second = (hashlib.sha256(p.read_bytes()).hexdigest() for p in (printed, again))
    assert first == second


def test_pages_are_numbered_and_dated_by_the_case(reader, texts):
    assert all(f"{n} of {len(texts)}" in text for n, text in enumerate(texts, 1))
    day = samples.sample_assessment(Path()).case.as_of.strftime("%Y%m%d")
    assert str(reader.metadata["/CreationDate"]).startswith(f"D:{day}")
    assert str(reader.metadata["/ModDate"]).startswith(f"D:{day}")


def test_chapters_are_bookmarks(reader):
    titles = {each.title for each in reader.outline[1] if not isinstance(each, list)}
    assert {"The answers", "The network", "Provenance"} <= titles


def test_contents_name_the_pages_of_chapters(reader, texts):
    """On one of the first pages; every other page has its chapter at its head."""
    pages = {e.title: reader.get_destination_page_number(e) + 1
             for e in reader.outline[1] if not isinstance(e, list)}  # fmt: skip
    found = next(t for t in texts[:4] if "Glossary" in t)
    for name in ("Key judgements", "Provenance", "Glossary"):
        assert f"{name} {pages[name]}" in found
    within = texts[pages["Provenance"] : pages["Glossary"] - 1]
    assert within
    assert all("Provenance" in text for text in within)


def test_it_is_tagged_and_every_drawing_is_named(reader):
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert str(root["/MarkInfo"]["/Marked"]).lower() == "true"
    kinds: dict[str, list[object]] = {}
    todo = [root["/StructTreeRoot"]["/K"][0]]
    while todo:
        each = todo.pop().get_object()
        if isinstance(each, dict) and "/S" in each:
            kinds.setdefault(each["/S"], []).append(each.get("/Alt"))
            todo += [k for k in each.get("/K", []) if not isinstance(k, int)]
    assert {"/H1", "/H2", "/H3", "/P", "/Table", "/TH", "/TD", "/L", "/Link"} <= kinds.keys()
    assert len(kinds["/Figure"]) > 50
    assert all(kinds["/Figure"])


def test_figures_lead_to_their_trails(reader, texts):
    """Every link inside has a place to go to; those of the first page stand in the trails."""
    first = next(n for n, t in enumerate(texts) if "Every printed figure: its value" in t)
    led = {
        name: reader.get_destination_page_number(place)
        for name, place in reader.named_destinations.items()
    }
    links = [list(map(str, _links(page))) for page in reader.pages]
    assert {target for each in links for target in each} <= set(led)
    figures = [target for target in links[0] if target.startswith("f-")]
    assert len(figures) > 5
    assert "provenance" not in links[0]
    assert all(led[target] >= first for target in figures)


def _links(page):
    """Names of the places inside that a page's links lead to."""
    for each in page.get("/Annots", []):
        link = each.get_object()
        if "/Dest" in link:
            yield link["/Dest"]
        elif link.get("/A", {}).get("/S") == "/GoTo":
            yield link["/A"]["/D"]


def test_it_says_what_a_print_leaves_out(texts):
    whole = " ".join(texts)
    assert "here and below: in report.html" not in whole
    assert ": in report.html." in whole
    assert "shieldwall explain prints any of them" in whole


def test_judgements_say_what_would_change_them_and_what_to_look_for(folder, texts):
    root = weasyprint.HTML(string=render(samples.sample_assessment(folder))).etree_element
    section = next(e for e in root.iter() if e.get("id") == "judgements")
    shown = [e for e in section if e.get("class") == "judgements"]
    judged = [e for each in shown for e in each if e.get("class") != "unjudged"]
    assert judged
    lean(root)
    for each in judged:
        told = "".join(each.itertext())
        assert "What would change it: " in told or "Next: Look" in told
        assert "Rests on" not in told
    whole = " ".join(texts)
    assert "What would change it: " in whole
    assert "Next: Look" in whole


def test_the_answers_take_a_page_and_little_more(texts):
    """Of a case with a long title, and of one with every chapter."""
    assert "What comes through" in texts[0]
    assert any("Every underlined figure leads to where it comes from" in t for t in texts[:2])


PAGE = """<html><body><section id="answers"><a href="#a">1</a></section>
<section id="more"><a href="#c">3</a> <a href="#e">5</a> <a href="#t">table</a>
<details id="t"><summary>As a table.</summary><a href="#d">4</a></details></section>
<section id="provenance"><h2>Provenance</h2><p>All.</p><p class="print-only">Long: elsewhere.</p>
<details open class="screen-only"><table><tr id="a"><td><a href="#b">2</a> <a href="#x">9</a></td>
</tr><tr id="c"><td>third</td></tr><tr id="x"><td>ninth</td></tr></table></details>
<details open><p id="b"><a href="#inputs-1">set</a></p><p id="d">fourth</p><p id="e">fifth</p>
<div id="inputs-1"><dd><a href="#e">5</a>, <a href="#x">9</a></dd></div></details>
</section></body></html>"""


def test_trails_are_kept_for_the_first_page_and_in_short_lists():
    root = weasyprint.HTML(string=PAGE).etree_element
    lean(root)
    there = {e.get("id"): e for e in root.iter() if e.get("id")}
    assert {"a", "b", "e", "inputs-1", "t"} <= set(there)
    assert not {"c", "d", "x"} & set(there)
    assert "".join(there["inputs-1"].itertext()) == "5 and one other in report.html"
    text = "".join(root.itertext())
    assert "As a table: in report.html." in text
    assert "three other entries are in report.html" in text
    links = {e.text: e.get("href") for e in root.iter() if e.tag == "a"}
    assert links == {"1": "#a", "2": "#b", "3": "#provenance", "9": "#provenance", "5": "#e",
                     "set": "#inputs-1", "table": "#t"}  # fmt: skip


def test_text_of_a_case_is_printed_and_nothing_is_opened(reader, asked):
    assert asked
    assert all(url.startswith("data:image/png;base64,") for url in asked)
    assert '<img src="file:///etc/passwd">' in " ".join(reader.pages[0].extract_text().split())
    assert not reader.attachments


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "https://attacker.example/x", "//attacker.example/x", "ftp://a/b",
     "data:text/css,*{}", "data:image/svg+xml;base64,PHN2Zy8+", "report.html"],
)  # fmt: skip
def test_the_fetcher_opens_nothing(url):
    with pytest.raises(weasyprint.urls.FatalURLFetchingError, match="nothing is read"):
        pdf.embedded_only(url)


@pytest.mark.parametrize(
    "escaped",
    ['<img src="file:///etc/passwd">', '<object data="https://attacker.example/x"></object>',
     "<svg><image href='file:///etc/passwd' width='9' height='9'/></svg>",
     "<p style=\"background: url('file:///etc/passwd')\">x</p>"],
)  # fmt: skip
def test_a_page_that_asks_for_a_file_is_no_pdf(escaped):
    page = f"<!doctype html><html><head><style></style></head><body>{escaped}</body></html>"
    with pytest.raises(OutputError, match="nothing is read from disk or network"):
        pdf.page_as_pdf(page, "2025-12-31")


def test_drawings_carry_the_style_and_symbols_they_need(folder):
    root = weasyprint.HTML(string=render(samples.sample_assessment(folder))).etree_element
    style = next(e for e in root.iter() if e.tag.endswith("style")).text
    drawings.stand_alone(root, style)
    parts = [e for e in root.iter() if str(e.tag).startswith(drawings.SVG)]
    assert {e.get("fill") for e in parts if e.get("class") == "sea"} == {"#e3ebf0"}
    assert not [e for e in parts if "var(" in " ".join(e.attrib.values())]
    assert not [e for e in parts if "on-screen" in str(e.get("class"))]
    shared = {e.get("id") for e in parts if e.tag in drawings.SHARED}
    inner = [e for e in parts if e.tag == f"{drawings.SVG}svg"]
    used = [(e, drawings.used(e) & shared) for e in inner]
    assert len([1 for _, ids in used if ids]) > 5
    for drawing, ids in used:
        assert ids <= {e.get("id") for e in drawing.iter()}


def test_colours_that_weasyprint_does_not_know_are_written_out():
    css = ":root { --ink: #102030; } a { background: color-mix(in srgb, var(--ink) 14%, "
    css += "transparent); font-weight: 650; }"
    told = drawings.plainer(f"{css} @media screen {{ :root {{ --ink: #ffffff; }} }}")
    assert "background: #dee0e2;" in told, "as on white paper, in the colour for light screens"
    assert "font-weight: 600" in told


def test_no_mix_of_colours_is_left_and_marked_rows_are_light(folder):
    root = weasyprint.HTML(string=render(samples.sample_assessment(folder))).etree_element
    told = drawings.plainer(next(e for e in root.iter() if e.tag.endswith("style")).text)
    assert "color-mix" not in told
    marks = re.findall(r"\.flagged > \* \{ background: (#[0-9a-f]{6});", told)
    assert len(marks) == 2
    assert min(int(c[i : i + 2], 16) for c in marks for i in (1, 3, 5)) > 200


def test_a_missing_library_names_the_extra_before_anything_is_computed(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(UsageError, match=r"pip install 'shieldwall\[pdf\]'"):
        pdf.check_installed()
    code = cli.main(["assess", str(tmp_path / "no-case"), "--out", str(tmp_path / "o"), "--pdf"])
    assert code == 2
    assert "shieldwall[pdf]" in capsys.readouterr().err


def test_a_missing_pango_is_named(monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'\nmore")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UsageError, match=r"system library Pango .*docs/pdf\.md"):
        pdf.check_installed()
