"""Markdown stays text, so offsets are those of the file; its marks are only seen through.

No renderer is needed: furniture is recognised on what a line shows, and front matter is read.
"""

from __future__ import annotations

import re

from shieldwall.evidence.documents.furniture import Block, lines_of

_FRONT = re.compile(r"(---|\+\+\+)[ \t]*\r?\n(.*?\n)?(?:\1|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,2000}(?:\s+\"[^\"]{0,200}\")?\)")
_LEAD = re.compile(r"(?:[#>]{1,6}|[-*+]|\d{1,3}[.)])\s+")
_SIGNS = (
    re.compile(r"^#{1,6} \S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\[[^\[\]\n]{1,300}\]\([^()\s]{1,500}\)"),
    re.compile(r"(?:\*\*|__)[^\s*_][^\n*_]{0,200}(?:\*\*|__)"),
    re.compile(r"^[-*+] \S", re.MULTILINE),
    re.compile(r"^\[[^\[\]\n]{1,100}\]: \S", re.MULTILINE),
)


def front_matter(text: str) -> tuple[int, list[str]]:
    """Length of the block of properties at the top (0 without) and its lines."""
    match = _FRONT.match(text[:20_000])
    if match is None or (":" not in match[0] and "=" not in match[0]):
        return 0, []
    return match.end(), (match[2] or "").splitlines()


def looks_like_markdown(text: str) -> bool:
    """Front matter, or at least two kinds of mark in the first 20,000 characters."""
    head = text[:20_000]
    return front_matter(head)[0] > 0 or sum(bool(s.search(head)) for s in _SIGNS) >= 2


def markdown_blocks(text: str) -> list[Block]:
    """Blocks with the offsets of the file and the words a reader would see."""
    length, _ = front_matter(text)
    blocks = [b for b in lines_of(text) if b.start >= length]
    for block in blocks:
        block.text, block.all_link = _shown(block.text)
    if length:
        first = Block(0, length, "", "front matter")
        return [first, *blocks]
    return blocks


def _shown(line: str) -> tuple[str, bool]:
    line = _LEAD.sub("", line, count=1) if _LEAD.match(line) else line
    if "](" in line:
        linked = sum(len(m[1]) for m in _LINK.finditer(line))
        line = _LINK.sub(r"\1", line)
        return line.strip("*_ "), linked > 0 and linked >= 0.9 * len(line.strip("*_ "))
    return line.strip("*_ ") or line, False
