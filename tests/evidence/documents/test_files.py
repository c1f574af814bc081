"""Markdown, PDF, kinds of file, folders, and inputs made to harm."""

from __future__ import annotations

import os
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from fuzz.seeds import ARTICLE, MARKDOWN, assemble, pdf_of
from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.documents import limits, pdf, read_document, read_files

PROSE = "Five launchers and one radar were seen at the airbase on Wednesday, a company said."


def test_markdown_keeps_the_offsets_of_its_file() -> None:
    document = read_document(MARKDOWN.encode(), "notes.txt")
    assert document.media_type == "text/markdown"
    assert document.text == MARKDOWN
    assert document.title == "Five launchers"
    assert str(document.date.date) == "2019-03-24"
    reasons = {document.text[d.start : d.end].strip()[:12]: d.reason for d in document.dropped}
    assert reasons['---\ntitle: "'] == "front matter"
    assert "Five launchers and a 9S32ME radar" in document.kept_text
    assert "trackback" in reasons.values()


def test_a_markdown_link_list_below_the_article_goes() -> None:
    links = "## Read also\n\n- [The general lands in the capital](https://a.example)\n- [Two](b)\n"
    document = read_document(f"# Seen\n\n{PROSE}\n\n**{PROSE}**\n\n{links}".encode(), "x.md")
    assert document.media_type == "text/markdown"
    assert document.kept_text.strip() == f"# Seen\n\n{PROSE}\n\n**{PROSE}**"


def test_pdf() -> None:
    document = read_document(pdf_of(ARTICLE.splitlines()), "report.pdf")
    assert document.media_type == "application/pdf"
    assert (document.title, document.author) == ("Five launchers", "A. Writer")
    assert "five" in document.text.lower()
    assert "Article Rating" not in document.kept_text
    assert (str(document.date.date), document.date.place) == ("2019-03-24", "byline")
    made = [c for c in document.date.candidates if c.place == "PDF properties"]
    assert [c.usable for c in made] == [False]


def test_pdf_lines_become_paragraphs_and_page_headers_go() -> None:
    body = [
        "Five launchers and one radar were seen at the air-",
        "base on Wednesday, a company that had sold images",
        "said in a statement on its own pages.",
        "No comment.",
    ]
    pages = [
        "\n".join([f"The Quarterly Review, page {n}", f"{word}.", *body, f"{word} it is.", word])
        for n, word in enumerate(("One", "Two", "Six"))
    ]
    text, blocks, _, empty = pdf.from_answer({"pages": [*pages, ""]})
    assert text.count("at the airbase on Wednesday, a company that had sold images said in") == 3
    assert [b.hint for b in blocks if "Quarterly" in b.text] == ["page header"] * 3
    assert empty == 1


def test_encrypted_pdf_is_one_clear_error() -> None:
    entry = (b"<< /Filter /Standard /V 1 /R 2 /O <" + b"00" * 32 + b"> /U <" + b"00" * 32
             + b"> /P -4 >>")  # fmt: skip
    data = assemble(
        [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", entry],
        b"/Encrypt 3 0 R /ID [<00> <00>]",
    )
    with pytest.raises(InputError, match=r"secret\.pdf: the PDF is encrypted"):
        read_document(data, "secret.pdf")


def bomb(size: int) -> bytes:
    once = zlib.compress(b"BT /F 12 Tf (a) Tj ET" + b"\n" * size, 9)
    stream = b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(once), once)
    return assemble([
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R"
        b" /Resources << /Font << /F 5 0 R >> >> >>",
        stream, b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ])  # fmt: skip


def test_a_stream_that_unpacks_without_end_is_refused() -> None:
    with pytest.raises(InputError, match=r"bomb\.pdf: .*[Ll]imit"):
        read_document(bomb(limits.MAX_STREAM * 4), "bomb.pdf")


@pytest.mark.parametrize("cut", [9, 40, 200, 700])
def test_damaged_pdfs_are_errors_or_read(cut: int) -> None:
    data = pdf_of(ARTICLE.splitlines())
    try:
        read_document(data[:cut], "cut.pdf")
    except InputError as error:
        assert str(error).startswith("cut.pdf: ")  # noqa: PT017


def test_a_pdf_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*args: object, timeout: float, **named: object) -> None:
        raise subprocess.TimeoutExpired("worker", timeout)

    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(HostileInputError, match=r"slow\.pdf: .*more than 30 s"):
        read_document(b"%PDF-1.4", "slow.pdf")


@pytest.mark.parametrize(
    ("data", "kind"),
    [(b"PK\x03\x04aa", "ZIP"), (b"\x1f\x8b\x08", "gzip"), (b"\x89PNG\r\n", "PNG")],
)
def test_other_kinds_are_named(data: bytes, kind: str) -> None:
    with pytest.raises(InputError, match=f"x: is a.* {kind}"):
        read_document(data, "x")


def test_size_is_limited() -> None:
    with pytest.raises(HostileInputError, match="big: 20,000,001 bytes"):
        read_document(b" " * (limits.MAX_BYTES + 1), "big")


def test_folders_in_order_hidden_files_skipped(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/.hidden/x.txt", ".git/y.txt", ".x.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PROSE)
    os.symlink(tmp_path / "b.txt", tmp_path / "c.txt")
    names = [Path(d.name).relative_to(tmp_path).as_posix() for d in read_files(tmp_path)]
    assert names == ["a/z.txt", "b.txt", "c.txt"]
    assert [d.name for d in read_files(tmp_path / "b.txt")] == [str(tmp_path / "b.txt")]


def test_links_that_lead_out_are_refused(tmp_path: Path) -> None:
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    os.symlink(tmp_path / "secret.txt", inside / "link.txt")
    with pytest.raises(HostileInputError, match=r"link\.txt: is a link that leads out"):
        list(read_files(inside))
    (inside / "link.txt").unlink()
    os.symlink(tmp_path, inside / "folder")
    with pytest.raises(HostileInputError, match="leads out"):
        list(read_files(inside))


def test_one_bad_file_need_not_stop_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG")
    (tmp_path / "b.txt").write_text(PROSE)
    with pytest.raises(InputError, match=r"a\.png"):
        list(read_files(tmp_path))
    refused: list[InputError] = []
    assert [Path(d.name).name for d in read_files(tmp_path, refused.append)] == ["b.txt"]
    assert len(refused) == 1


def test_missing_file() -> None:
    with pytest.raises(InputError, match="nowhere: there is no such file"):
        list(read_files(Path("nowhere")))


def test_the_same_bytes_give_the_same_document_in_any_process() -> None:
    code = (
        "import sys; from shieldwall.evidence.documents import read_document;"
        "sys.stdout.write(repr(read_document(sys.stdin.buffer.read(), 'x')))"
    )
    data = ARTICLE.encode()
    here = repr(read_document(data, "x"))
    done = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, check=True,
        env={**os.environ, "PYTHONHASHSEED": "7", "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip
    assert done.stdout.decode() == here
