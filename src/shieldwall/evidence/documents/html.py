"""From an HTML page to blocks of text with what the markup says of them.

Streaming: elements are never kept as a tree. Scripts and styles are read past, entities are
HTML's own (no external ones exist here), no address is opened. ``JSON-LD`` is parsed as JSON for
date, author, title and publisher.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from shieldwall.errors import HostileInputError
from shieldwall.evidence.documents import limits, markup
from shieldwall.evidence.documents.furniture import ENOUGH_PROSE, Block
from shieldwall.evidence.documents.records import Reason

_MAY_OUTWEIGH: frozenset[Reason] = frozenset(
    ("reader comment", "comment form", "cookie wall", "hidden from readers")
)
"""What may be longer than the article it stands beside."""
_HINTS_KEPT = 8
"""Of elements inside each other that carry one: the outermost decide."""
_SOFT = re.compile("[\u00ad\u200b]")


@dataclass
class Page:
    """What a page holds, before furniture and date are judged."""

    blocks: list[Block] = field(default_factory=list)
    text: str = ""
    title: str | None = None
    heading: str | None = None
    language: str | None = None
    metas: list[tuple[str, str]] = field(default_factory=list)
    times: list[tuple[str, int]] = field(default_factory=list)
    """``datetime`` of <time> elements and the number of blocks before each."""
    json_ld: list[str] = field(default_factory=list)
    softened: int = 0
    """Soft hyphens and zero-width spaces taken out: layout, not text."""


@dataclass
class _Open:
    tag: str
    hint: int | None
    unread: bool


class _Reader(HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.page = Page()
        self.until = time.process_time() + limits.MAX_SECONDS
        self.stack: list[_Open] = []
        self.open_tags: dict[str, int] = {}
        self.unread = 0
        self.links = 0
        self.hints: list[Reason] = []
        self.active: list[int] = []
        self.block_hints: list[tuple[int, ...]] = []
        self.buffer: list[str] = []
        self.size = self.link_size = 0
        self.capture: list[str] | None = None
        self.lines: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._check_time()
        values = {key: value or "" for key, value in attrs}
        self._close_implied(tag)
        if tag in markup.BLOCK:
            self._flush()
            self.capture = None  # a <title> that was never closed ends where the page begins
        elif tag in ("td", "th"):
            self.buffer.append("\t")
        if tag == "meta":
            self._meta(values)
        elif tag == "html":
            self.page.language = values.get("lang") or None
        elif tag == "time" and values.get("datetime") and len(self.page.times) < 1_000:
            self.page.times.append((values["datetime"], len(self.lines)))
        if tag in markup.VOID or (tag in markup.INLINE and "class" not in values):
            return
        self._push(tag, values)
        json_ld = tag == "script" and "ld+json" in values.get("type", "")
        if json_ld or (tag == "title" and self.page.title is None and not self.unread):
            self.capture = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # HTML knows no self-closing elements but the void ones; <div/> opens a division.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._check_time()
        if tag in markup.BLOCK:
            self._flush()
        if self.capture is not None and tag in ("script", "title"):
            self._captured(tag, "".join(self.capture))
        if not self.open_tags.get(tag):
            return
        while self._pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self._check_time()
        if self.capture is not None:
            self.capture.append(data)
        elif not self.unread:
            self.buffer.append(data)
            size = len(data.strip())
            self.size += size
            self.link_size += size if self.links else 0

    def parse_html_declaration(self, i: int) -> int:
        """``<![`` begins a bogus comment in HTML (WHATWG, 13.2.5.42); the library may raise."""
        if self.rawdata.startswith("<![", i):
            return self.parse_bogus_comment(i)
        return super().parse_html_declaration(i)

    def finish(self) -> Page:
        self._flush()
        self._judge_hints()
        return self.page

    def _push(self, tag: str, values: dict[str, str]) -> None:
        hint = markup.hint_of(tag, values, bool(self.open_tags.get("article")))
        if hint is not None:
            self.hints.append(hint)
            self.active.append(len(self.hints) - 1)
        unread = tag in markup.UNREAD
        self.stack.append(_Open(tag, None if hint is None else len(self.hints) - 1, unread))
        self.open_tags[tag] = self.open_tags.get(tag, 0) + 1
        self.unread += unread
        self.links += tag == "a"
        if len(self.stack) > limits.MAX_DEPTH:
            raise HostileInputError(
                f"{self.name}: more than {limits.MAX_DEPTH} HTML elements lie inside each other; "
                "save the page again from a browser, or give its text"
            )

    def _pop(self) -> str:
        top = self.stack.pop()
        self.open_tags[top.tag] -= 1
        if top.hint is not None and (top.tag in markup.BLOCK or self.size == 0):
            self._flush()
        if top.hint is not None:
            self.active.remove(top.hint)
        self.unread -= top.unread
        self.links -= top.tag == "a"
        return top.tag

    def _close_implied(self, tag: str) -> None:
        same = markup.CLOSES.get(tag, ())
        while self.stack and self.stack[-1].tag in same:
            self._pop()
        if tag in markup.BLOCK and self.stack and self.stack[-1].tag == "p" and tag != "br":
            self._pop()

    def _flush(self) -> None:
        if self.buffer:
            raw = "".join(self.buffer)
            soft = _SOFT.sub("", raw)
            self.page.softened += len(raw) - len(soft)
            line = " ".join(soft.split())
            if line:
                self.lines.append((line, self.size > 0 and self.link_size >= 0.9 * self.size))
                self.block_hints.append(tuple(self.active[:_HINTS_KEPT]))
                if self.page.heading is None and self.open_tags.get("h1"):
                    self.page.heading = line
        self.buffer.clear()
        self.size = self.link_size = 0

    def _meta(self, values: dict[str, str]) -> None:
        key = values.get("property") or values.get("name") or values.get("itemprop") or ""
        if key and values.get("content") and len(self.page.metas) < 1_000:
            self.page.metas.append((key.lower(), values["content"][:1_000]))

    def _captured(self, tag: str, text: str) -> None:
        self.capture = None
        if tag == "title":
            self.page.title = " ".join(text.split())[:500] or None
        elif len(text) <= limits.MAX_JSON and len(self.page.json_ld) < 50:
            self.page.json_ld.append(text)

    def _check_time(self) -> None:
        if time.process_time() > self.until:
            raise HostileInputError(
                f"{self.name}: parsing this page takes more than {limits.MAX_SECONDS:.0f} s; "
                "save it again from a browser, or give its text"
            )

    def _judge_hints(self) -> None:
        """Blocks with offsets; a hint that covers the article itself is no hint."""
        swallowed = self._article_hints()
        at = 0
        parts = zip(self.lines, self.block_hints, strict=True)
        for (line, all_link), hints in parts:
            named = next((self.hints[h] for h in hints if h not in swallowed), None)
            self.page.blocks.append(Block(at, at + len(line), line, named, all_link))
            at += len(line) + 1
        self.page.text = "\n".join(line for line, _ in self.lines)

    def _article_hints(self) -> set[int]:
        """Hints that cover most of the prose, and so the article, whatever they are called."""
        prose = [len(line) if len(line) >= 80 else 0 for line, _ in self.lines]
        parts = list(zip(prose, self.block_hints, strict=True))
        outweigh = {i for i, reason in enumerate(self.hints) if reason in _MAY_OUTWEIGH}
        beside = [(size, hints) for size, hints in parts if outweigh.isdisjoint(hints)]
        found = {i for i in _covering(beside) if i not in outweigh}
        free = sum(size for size, hints in beside if found.issuperset(hints))
        return found if free >= ENOUGH_PROSE else found | (_covering(parts) & outweigh)


def _covering(parts: list[tuple[int, tuple[int, ...]]]) -> set[int]:
    """Hints that cover more than half of the prose of ``parts``."""
    covered: Counter[int] = Counter()
    for size, hints in parts:
        for hint in hints:
            covered[hint] += size
    half = 0.5 * sum(size for size, _ in parts)
    return {hint for hint, size in covered.items() if size > half}


def read_page(source: str, name: str) -> Page:
    """Blocks and metadata of a page. Raises ``HostileInputError`` beyond the limits."""
    reader = _Reader(name)
    step = 1 << 16
    for at in range(0, len(source), step):
        reader.feed(source[at : at + step])
    reader.close()
    return reader.finish()
