"""Words per second from bytes to a judged document, by format, on one core."""

from __future__ import annotations

from benchmarks.tables import best_of, cores, show
from shieldwall.evidence.documents import read_document

PARAGRAPH = (
    "Five launchers and one radar were seen at the airbase on Wednesday, according to a company "
    "that sells satellite images, which published them on Sunday; the ministry declined to comment "
    "on the move, which follows joint exercises three months ago and a visit by a general.\n\n"
)
FURNITURE = "Read also\nThe general lands in the capital with his staff\n5 1 vote\nArticle Rating\n"
COMMENTS = "View all comments\n28-01-2021 13:39\nThat will teach them!\n"


def _article(paragraphs: int) -> str:
    body = PARAGRAPH * (paragraphs // 2) + FURNITURE + PARAGRAPH * (paragraphs - paragraphs // 2)
    return f"Five launchers seen\nBy A. Writer | 24 March 2019\n\n{body}{COMMENTS}"


def _page(text: str) -> str:
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines() if line)
    return f"<!doctype html><html><body><nav><a href=/>Home</a></nav>{body}</body></html>"


def main() -> None:
    """Articles of 900 words, many at a time, and one document of a million words."""
    short, long = _article(18), _article(20_000)
    jobs = [
        ("text, 200 articles of 900 words", [short.encode()] * 200),
        ("text, one of a million words", [long.encode()]),
        ("text in windows-1252, 200 articles", [short.replace("-", "é").encode("cp1252")] * 200),
        ("Markdown, 200 articles", [f"---\ntitle: x\n---\n{short}".encode()] * 200),
        ("HTML, 200 articles", [_page(short).encode()] * 200),
        ("HTML, one of a million words", [_page(long).encode()]),
    ]
    rows = []
    with cores(1):
        for name, files in jobs:
            took = best_of(3, lambda files=files: [read_document(f, "x") for f in files])
            words = sum(f.count(b" ") + f.count(b"\n") for f in files)
            rows.append([name, took, f"{took.cpu_s:.3f}", f"{words / took.cpu_s:,.0f}"])
    show(
        "Documents: bytes to text, article, language and date",
        ["", "seconds", "of CPU", "words per CPU second"],
        rows,
    )


if __name__ == "__main__":
    main()
