"""From a PDF to lines of text: read in a process of its own, paragraphs joined, page heads found.

pypdf gives the lines as they are printed. Lines of one paragraph are joined (a word divided at a
line's end is closed up) so that a sentence is one stretch of text; a line that stands at the top or
bottom of most pages is a page header.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import Counter
from typing import Any

from shieldwall.errors import HostileInputError, InputError
from shieldwall.evidence.documents import dating, limits
from shieldwall.evidence.documents.furniture import Block
from shieldwall.evidence.documents.phrases import fold
from shieldwall.evidence.documents.stated import Stated

_STARTUP_SECONDS = 30.0
"""For starting Python on a busy machine, besides the limit on reading."""
_DIVIDED = re.compile(r"[^\W\d_]-$")


def read_pdf(data: bytes, name: str) -> tuple[str, list[Block], Stated, int]:
    """Text, blocks, stated properties and the number of pages without text."""
    return from_answer(_ask(data, name))


def from_answer(answer: dict[str, Any]) -> tuple[str, list[Block], Stated, int]:
    """As ``read_pdf``, from what ``pdf_worker`` answered."""
    pages = [_lines(page) for page in answer["pages"]]
    blocks, text = _blocks(pages)
    stated = Stated()
    stated.fill(title=answer.get("title"), author=answer.get("author"))
    created = re.match(r"D:(\d{4})(\d\d)(\d\d)", answer.get("created") or "")
    if created:
        printed = "-".join(created.groups())
        why = "says when the file was made, not when the report was published"
        stated.dates += dating.candidate(printed, "PDF properties", why, usable=False)
    return text, blocks, stated, sum(not page for page in pages)


def _ask(data: bytes, name: str) -> dict[str, Any]:
    """What ``pdf_worker`` answers. Raises ``InputError`` with its reason."""
    command = [sys.executable, "-I", "-W", "ignore", "-m", f"{__package__}.pdf_worker"]
    environment = {k: v for k, v in os.environ.items() if k in ("PATH", "SYSTEMROOT", "LANG")}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, check=False, env=environment,
            timeout=limits.MAX_SECONDS + _STARTUP_SECONDS,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise HostileInputError(
            f"{name}: reading this PDF takes more than {limits.MAX_SECONDS:.0f} s; give its text"
        ) from error
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as error:
        raise HostileInputError(
            f"{name}: reading this PDF broke off (out of memory?); give its text instead"
        ) from error
    if "error" in answer:
        raise InputError(f"{name}: {answer['error']}")
    return answer


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines() if line.strip()]


def _blocks(pages: list[list[str]]) -> tuple[list[Block], str]:
    heads = _page_heads(pages)
    paragraphs: list[tuple[str, bool]] = []
    width = _width(pages)
    for page in pages:
        last = 0
        for i, line in enumerate(page):
            head = (i < 2 or i >= len(page) - 2) and fold(line) in heads
            if head:
                paragraphs.append((line, True))
                continue
            if last >= 0.75 * width and paragraphs and _goes_on(*paragraphs[-1]):
                paragraphs[-1] = (_joined(paragraphs[-1][0], line), False)
            else:
                paragraphs.append((line, False))
            last = len(line)
    blocks: list[Block] = []
    at = 0
    for text, head in paragraphs:
        blocks.append(Block(at, at + len(text), text, "page header" if head else None))
        at += len(text) + 1
    return blocks, "\n".join(text for text, _ in paragraphs)


def _goes_on(paragraph: str, head: bool) -> bool:
    """A full line without a full stop; splitting after one is harmless, joining is not."""
    return not head and not paragraph.endswith((".", "!", "?", ":"))


def _width(pages: list[list[str]]) -> int:
    sizes = sorted(len(line) for page in pages for line in page)
    return max(40, sizes[int(len(sizes) * 0.9)]) if sizes else 40


def _joined(paragraph: str, line: str) -> str:
    if _DIVIDED.search(paragraph) and line[:1].islower():
        return paragraph[:-1] + line
    return f"{paragraph} {line}"


def _page_heads(pages: list[list[str]]) -> frozenset[str]:
    """Folded lines at the edge of at least three pages and of half of them."""
    counts = Counter(
        folded for page in pages for folded in {fold(line) for line in (*page[:2], *page[-2:])}
    )
    needed = max(3, len(pages) / 2)
    return frozenset(line for line, count in counts.items() if line and count >= needed)
