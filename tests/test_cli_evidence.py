"""The verbs of evidence as a person runs them: files in, text out, one message for an error."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from shieldwall import cli
from shieldwall.case import load_case
from shieldwall.evidence.store import open_store

ROOT = Path(__file__).resolve().parent.parent
FLIGHTS = ROOT.parent / "shared" / "data" / "flights"

ARTICLE = """\
<html lang="en"><head><title>Launchers seen at airbase</title>
<meta property="og:site_name" content="Example Herald">
<meta property="article:published_time" content="2019-03-24T09:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/pantsir">Pantsir-S1 special</a></nav>
<article><h1>Launchers seen at airbase</h1>
<p>Five S-300VM launchers stand at Capitán Manuel Ríos airbase in Guárico, a satellite company said
on Sunday after it had looked at pictures of the runway and the hangars beside it.</p>
<p>The ministry declined to comment on whether the Buk-M2E batteries had been moved as well, and a
spokesman said that no further questions about the matter would be answered this week.</p>
</article>
<section id="comments"><h2>2 comments</h2><p>Anonymous: the Pantsir-S1 is in my garden</p></section>
</body></html>
"""
"""Written for this test; the page's furniture names systems that the article does not."""

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Exit code, output and errors of one verb, in process."""

    def ran(*arguments: object) -> tuple[int, str, str]:
        try:
            code = cli.main(["evidence", *map(str, arguments)])
        except SystemExit as stop:
            code = int(stop.code or 0)
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return code, captured.out, captured.err

    return ran


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "cases" / "venezuela-2019", tmp_path / "case"))


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.html"
    path.write_text(ARTICLE, "utf-8")
    return path


def shell(*arguments: object, input: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "shieldwall", "evidence", *map(str, arguments)]
    return subprocess.run(command, input=input, capture_output=True, text=True, check=False)


def stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    given = io.TextIOWrapper(io.BytesIO(text.encode()), "utf-8")
    monkeypatch.setattr(sys, "stdin", given)


# ---- add -----------------------------------------------------------------------------------------


def test_add_says_what_became_of_a_document(run: Run, folder: Path, article: Path) -> None:
    code, out, _ = run("add", folder, article, "--show-dropped")
    assert code == 0
    assert f"{article}: new" in out
    assert "language  en" in out
    assert "date      2019-03-24" in out
    assert "in my garden" in out, "what is dropped is shown"
    code, out, _ = run("add", folder, article)
    assert f"{article}: already known" in out
    assert "drafts    0 proposed" in out
    with open_store(folder, actor="test", read_only=True) as store:
        assert len(store.documents()) == 1


def test_add_from_standard_input_with_address(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin(monkeypatch, ARTICLE)
    address = "https://herald.example/a"
    code, out, _ = run("add", folder, "-", "--address", address, "--retrieved",
                       "2019-03-25T08:00-04:00", "--json")  # fmt: skip
    assert code == 0
    (added,) = json.loads(out)["added"]
    assert (added["name"], added["new"], added["language"]) == ("standard input", True, "en")
    with open_store(folder, actor="test", read_only=True) as store:
        (seen,) = store.documents()[0].seen
        assert seen.address == address
        assert seen.retrieved is not None
        assert seen.retrieved.isoformat() == "2019-03-25T12:00:00+00:00"


def test_add_a_folder_tells_copies_and_goes_on_past_what_it_cannot_read(
    run: Run, folder: Path, article: Path, tmp_path: Path
) -> None:
    given = tmp_path / "given"
    given.mkdir()
    (given / "a.html").write_text(ARTICLE)
    (given / "b.html").write_text(ARTICLE.replace("<nav>", "<nav>Menu "))
    (given / "c.html").write_text(
        ARTICLE.replace("of the runway and the hangars beside it", "of the place")
    )
    (given / "d.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (given / ".hidden").write_text("hidden")
    code, out, _ = run("add", folder, given, "--json")
    assert code == 3
    report = json.loads(out)
    a, b, c = report["added"]
    assert [each["new"] for each in (a, b, c)] == [True] * 3
    likeness = {each["name"][-6:]: each for each in a["alike"]}
    assert likeness["b.html"]["same_text"] is True
    assert likeness["c.html"]["same_text"] is False
    assert 0.5 < likeness["c.html"]["jaccard"] < 1
    assert len(report["failed"]) == 1
    assert "PNG" in report["failed"][0]
    code, out, _ = run("add", folder, given / "a.html")
    assert "same text as" in out
    assert "near-duplicate of" in out


@pytest.mark.parametrize(
    ("name", "data", "hint"),
    [
        ("track.csv", "time,lat,lon\n", "evidence landings"),
        ("track.json", '{"icao": "abc", "trace": []}', "evidence landings"),
        ("events.kml", "<kml/>", "evidence import"),
        ("bad.geojson", "{", "not valid JSON"),
        ("events.geojson", '{"type": "FeatureCollection", "features": [{"type": "Feature", '
         '"geometry": null, "properties": {"name": "x"}}]}', "evidence import"),
        ("picture.jpg", "\xff\xd8\xff", "JPEG"),
        ("empty.txt", " \n", "is empty"),
    ],
)  # fmt: skip
def test_add_refuses_with_a_hint(
    run: Run, folder: Path, tmp_path: Path, name: str, data: str, hint: str
) -> None:
    (tmp_path / name).write_bytes(data.encode("latin-1"))
    code, out, _ = run("add", folder, tmp_path / name)
    assert code == 3
    assert hint in out
    assert not (folder / "imagery" / name).exists()


def test_what_a_terminal_obeys_is_never_printed(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m.txt"
    path.write_text("S-300VM \x1b[2J at the base.\n\nLeave a comment\nWrite \x1b]0;x\x07 here\n")
    shown = run("add", folder, path, "--show-dropped")[1] + run("extract", path)[1]
    assert "\x1b" not in shown
    assert "S-300VM" in shown


def test_add_copies_imagery_once_it_is_right(run: Run, folder: Path, tmp_path: Path) -> None:
    source = load_case(folder).sources[0].id
    reading = {
        "type": "Feature", "id": "look-1", "geometry": None,
        "properties": {
            "source": source, "place": "capitan-manuel-rios", "acquired": "2019-03-20",
            "published": "2019-03-24", "credibility": 2, "resolution_m": 0.5,
            "seen": [{"what": "launchers", "system": "s300vm", "likely": 5}],
        },
    }  # fmt: skip
    path = tmp_path / "look.geojson"
    path.write_text(json.dumps(reading))
    code, out, _ = run("add", folder, path)
    assert (code, "copied to imagery/look.geojson" in out) == (0, True), out
    assert (folder / "imagery" / "look.geojson").read_bytes() == path.read_bytes()
    assert "already at" in run("add", folder, path)[1]
    path.write_text(json.dumps(reading | {"id": "other"}))
    code, out, _ = run("add", folder, path)
    assert (code, "with other content" in out) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("no-such-case", "x"), 3, "is not a case folder"),
        (("CASE", "no-such-file"), 3, "no such file or folder"),
        (("CASE", "CASE/imagery"), 3, "holds no file"),
        (("CASE", "CASE/case.toml", "--address", "herald.example"), 2, "--address"),
        (("CASE", "CASE/case.toml", "--source", "Bad Id"), 2, "is no id"),
        (("CASE", "x", "--retrieved", "yesterday"), 2, "--retrieved"),
        (("CASE", "x", "--retrieved", "2019-03-25"), 2, "clock time"),
    ],
)
def test_add_wrongly_called(
    run: Run, folder: Path, arguments: tuple[str, ...], code: int, message: str
) -> None:
    (folder / "imagery").mkdir()
    given = [each.replace("CASE", str(folder)) for each in arguments]
    got, _, err = run("add", *given)
    assert (got, message in err) == (code, True), err


# ---- extract -------------------------------------------------------------------------------------


def test_extract_lists_exact_spans_and_nothing_from_furniture(run: Run, article: Path) -> None:
    from shieldwall.evidence.documents import read_document

    code, out, _ = run("extract", article, "--json")
    assert code == 0
    found = json.loads(out)
    text = read_document(article.read_bytes(), "x").text
    assert {"document", "start", "end", "text", "kind", "value", "modality"} <= set(found[0])
    assert all(each["document"] == str(article) for each in found)
    assert all(text[each["start"] : each["end"]] == each["text"] for each in found)
    systems = {each["id"] for each in found if each["kind"] == "system"}
    assert "s300vm" in systems
    assert "pantsir" not in systems
    code, out, _ = run("extract", article)
    assert "S-300VM" in out
    assert "system" in out


def test_extract_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    stdin(monkeypatch, "No S-300VM was seen.")
    code, out, _ = run("extract", "-", "--json")
    assert code == 0
    assert "s300vm" in {each["id"] for each in json.loads(out)}


def test_extract_knows_the_places_of_a_case(run: Run, folder: Path, article: Path) -> None:
    _, out, _ = run("extract", article, "--case", folder, "--json")
    places = {each["id"] for each in json.loads(out) if each["kind"] == "place"}
    assert "capitan-manuel-rios" in places


# ---- review --------------------------------------------------------------------------------------


def test_review_through_a_pipe(folder: Path, article: Path) -> None:
    assert shell("add", folder, article).returncode == 0
    with open_store(folder, actor="test", read_only=True) as store:
        drafts = len(store.proposals())
        sha256 = store.documents()[0].sha256
        text = store.text(sha256)
    assert drafts >= 2
    done = shell("review", folder, "--by", "Ana Pérez", input="?\na\nr not sure\nu\nr a hedge\nq\n")
    assert done.returncode == 0, done.stderr
    assert "1 accepted, 1 rejected" in done.stdout
    assert "\x1b" not in done.stdout, "no colours in a pipe"
    case = load_case(folder)
    (claim,) = [c for c in case.claims if c.document == sha256]
    assert claim.span is not None
    words = text[slice(*claim.span)]
    assert words in " ".join(ARTICLE.split()) or " ".join(words.split()) in " ".join(
        ARTICLE.split()
    )
    assert (claim.read_by, claim.language) == ("analyst", "en")
    assert claim.publication is not None
    assert claim.publication.text == "2019-03-24"
    assert case.source(claim.source).name == "Example Herald"
    listed = json.loads(shell("review", folder, "--json").stdout)
    assert len(listed["open"]) == drafts - 2
    with open_store(folder, actor="test", read_only=True) as store:
        assert {d.actor for d in store.decisions()} == {"Ana Pérez"}


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal needs POSIX")
def test_review_in_a_terminal_has_colours(folder: Path, article: Path) -> None:
    import pty

    shell("add", folder, article)
    main, other = pty.openpty()
    command = [sys.executable, "-m", "shieldwall", "evidence", "review", str(folder)]
    process = subprocess.Popen(command, stdin=other, stdout=other, stderr=other, close_fds=True)
    os.close(other)
    os.write(main, b"s\nq\n")
    said = b""
    while True:
        try:
            part = os.read(main, 65_536)
        except OSError:  # the terminal is gone with its last process
            break
        if not part:
            break
        said += part
    assert process.wait() == 0
    os.close(main)
    assert "\x1b[7m⟦" in said.decode()


def test_review_accept_marks_all_as_machine_read(run: Run, folder: Path, article: Path) -> None:
    run("add", folder, article, "--source", "herald")
    code, out, _ = run("review", folder, "--accept", "--json")
    assert code == 0
    report = json.loads(out)
    case = load_case(folder)
    claims = [case.claim(id) for id in report["accepted"]]
    assert claims
    assert {(c.read_by, c.source) for c in claims} == {("machine", "herald")}
    assert case.source("herald").reliability == "F"
    assert json.loads(run("review", folder, "--accept", "--json")[1])["accepted"] == []


def test_review_without_a_store_says_what_to_do(run: Run, folder: Path) -> None:
    code, _, err = run("review", folder, "--json")
    assert (code, "add a document first" in err) == (3, True)


# ---- landings, origins, verify -------------------------------------------------------------------


@pytest.mark.skipif(not FLIGHTS.is_dir(), reason="the shared tracks are not here")
def test_landings_as_json_text_and_weeks(run: Run) -> None:
    track = FLIGHTS / "c130j_caribbean.csv"
    code, out, _ = run("landings", track, "--json")
    assert code == 0
    found = json.loads(out)
    assert all({"track", "event", "airport", "time", "probability"} <= set(f) for f in found)
    landed = {f["airport"] for f in found if f["event"] == "landing"}
    assert {"MUGM", "KCHS", "MHSC"} <= landed
    assert "landing    MUGM" in run("landings", track)[1]
    assert "arrivals" in run("landings", track, "--week", "KCHS")[1]
    assert run("landings", track, "--week", "QQQQ")[0] == 2
    assert run("landings", track, "--detection", "0.5")[0] == 2


def test_landings_of_what_is_no_track(run: Run, article: Path) -> None:
    code, _, err = run("landings", article)
    assert (code, str(article) in err) == (3, True)


def test_origins_prints_a_tree(run: Run, folder: Path) -> None:
    code, out, _ = run("origins", folder)
    assert code == 0
    assert load_case(folder).claims[0].id in out
    code, out, _ = run("origins", folder, "--json")
    assert code == 0
    json.loads(out)


def test_verify_finds_a_flipped_bit(run: Run, folder: Path, article: Path) -> None:
    run("add", folder, article)
    code, out, _ = run("verify", folder)
    assert (code, out.startswith("sound")) == (0, True)
    path = folder / "evidence.sqlite"
    data = bytearray(path.read_bytes())
    data[-100] ^= 1
    path.write_bytes(data)
    code, out, _ = run("verify", folder, "--json")
    assert code == 3
    report = json.loads(out)
    assert report["ok"] is False
    assert report["findings"]


# ---- export, import ------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["prov", "geojson", "csv"])
def test_export_with_and_without_a_store(run: Run, folder: Path, article: Path, to: str) -> None:
    out = folder.parent / f"out.{to}"
    assert run("export", folder, "--to", to, "--out", out)[0] == 0
    before = out.read_bytes()
    run("add", folder, article)
    run("review", folder, "--accept")
    code, said, _ = run("export", folder, "--to", to, "--out", out, "--json")
    assert (code, json.loads(said)["ok"]) == (0, True)
    assert len(out.read_bytes()) > len(before)


def test_export_where_nothing_can_be_written(run: Run, folder: Path) -> None:
    (folder / "file").write_text("x")
    assert run("export", folder, "--to", "csv", "--out", folder / "file" / "x.csv")[0] == 5


def test_import_then_review(run: Run, folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "events.kml"
    path.write_text(
        '<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark><name>S-300VM</name>'
        "<Point><coordinates>-66.9228,9.3727</coordinates></Point></Placemark></kml>"
    )
    code, out, _ = run("import", folder, path, "--source", "mappers")
    assert (code, "1 new draft for review" in out) == (0, True)
    done = json.loads(run("review", folder, "--accept", "--json")[1])
    claim = load_case(folder).claim(done["accepted"][0])
    assert (claim.source, claim.system, claim.event) == ("mappers", "s300vm", None)
    path.write_text("<html/>")
    code, _, err = run("import", folder, path)
    assert (code, "not KML" in err) == (3, True)


# ---- docs ---------------------------------------------------------------------------------------


def sessions(text: str) -> list[tuple[str, str]]:
    """The commands of a document's console blocks, each with the output shown below it."""
    found: list[list[str]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append([line[2:], ""])
            elif line.startswith(">"):
                found[-1][0] += "\n" + line[2:]
            else:
                found[-1][1] += line + "\n"
    return [(command, output) for command, output in found]


@pytest.mark.skipif(shutil.which("bash") is None, reason="the session is one of bash")
def test_the_session_in_the_docs_is_what_happens(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "cases", tmp_path / "cases")
    shell = tmp_path / "shieldwall"
    shell.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m shieldwall "$@"\n')
    shell.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "COLUMNS": "100"}
    steps = sessions((ROOT / "docs" / "evidence.md").read_text("utf-8"))
    assert len(steps) > 5
    for command, shown in steps:
        done = subprocess.run(
            ["bash", "-c", command], cwd=tmp_path, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{command}: {done.stderr}"
        pattern = ".*".join(re.escape(part) for part in shown.strip().split("…"))
        assert re.fullmatch(pattern, done.stdout.strip(), re.DOTALL), f"{command}\n{done.stdout}"


# ---- help ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "verb", ["add", "extract", "review", "landings", "origins", "verify", "export", "import"]
)
def test_every_verb_explains_itself(run: Run, verb: str) -> None:
    code, out, _ = run(verb, "--help")
    assert code == 0
    assert "usage: shieldwall evidence" in out


def test_help_of_evidence_imports_nothing_heavy() -> None:
    check = (
        "import sys\nfrom shieldwall.cli import main\n"
        "try: main(['evidence', 'add', '--help'])\nexcept SystemExit: pass\n"
        "heavy = {'numpy', 'pydantic', 'sqlite3', 'pypdf', 'shapely'} & set(sys.modules)\n"
        "sys.exit(f'imported {heavy}' if heavy else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", check], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_store_elsewhere(run: Run, folder: Path, article: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "archive.sqlite"
    assert run("add", folder, article, "--store", elsewhere)[0] == 0
    assert not (folder / "evidence.sqlite").exists()
    assert json.loads(run("review", folder, "--store", elsewhere, "--json")[1])["open"]


def test_assess_says_when_the_store_beside_a_case_is_damaged(tmp_path, capsys):
    case = tmp_path / "case"
    shutil.copytree(ROOT / "cases" / "moscow-2023", case)
    document = tmp_path / "note.txt"
    document.write_text("A Pantsir-S1 stands in Moscow, the ministry said on 19 January 2023.\n")
    assert cli.main(["evidence", "add", str(case), str(document)]) == 0
    capsys.readouterr()
    cli._warn_of_store(case)
    assert capsys.readouterr().err == ""
    store = case / "evidence.sqlite"
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 1
    store.write_bytes(data)
    cli._warn_of_store(case)
    assert "fails its check" in capsys.readouterr().err
